/* Arithmetic of ratings on whole numbers. */
#ifndef PJ_COMPUTE_RATE_H
#define PJ_COMPUTE_RATE_H

#include <stdbool.h>
#include <stdint.h>

/* All counts `yes` out of `cases` whose percentage, rounded half up to `decimals` places, prints as `percent`. They
 * form an interval: the smallest and largest are stored. False if there is none, or an argument is out of range
 * (`cases` 1 to 10^9, `decimals` 0 to 3, `percent` 0 to 100). */
bool pj_counts_from_percent(double percent, int64_t cases, int decimals, int64_t *least, int64_t *most);

#endif
