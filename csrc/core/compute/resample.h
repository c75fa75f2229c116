/* Bootstrap of totals: children drawn with replacement, and what they add to each total. */
#ifndef PJ_COMPUTE_RESAMPLE_H
#define PJ_COMPUTE_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

/* Children that add the same to the same totals are of one kind: only how many of each kind are drawn matters. */
typedef struct pj_resampling {
    size_t kinds;
    const int64_t *children; /* of each kind */
    const int64_t *starts;   /* kinds + 1: where the additions of each kind begin, and the last end */
    const int32_t *columns;  /* which total an addition is to, less than `width` */
    const int64_t *values;   /* what a child of the kind adds to it */
    size_t width;            /* totals of one resample */
} pj_resampling;

/* Whether every index is within its bounds and no total of any resample can leave int64_t. `additions` is the length of
 * `columns` and `values`. */
int pj_resampling_fits(const pj_resampling *plan, size_t additions);

/* Resamples `first` to `first + n - 1` of as many children as there are; `totals` is n by `width`. A resample depends
 * on the key and its number alone. */
void pj_resample(const pj_resampling *plan, const uint64_t key[2], uint64_t first, size_t n, int64_t *totals);

#endif
