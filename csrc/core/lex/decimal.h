/* Printed decimal numbers: their value as a double, and the interval that rounding to the printed places leaves. */
#ifndef PJ_LEX_DECIMAL_H
#define PJ_LEX_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number is digits / 10^scale. `rounded` and `places` are the same number as it was meant to be printed: a double
 * written out in full ("40.630000000000003") has no more than fifteen digits of its own. */
typedef struct pj_decimal {
    uint64_t digits;
    int32_t scale;
    uint64_t rounded;
    int32_t places;
    bool whole; /* no point and no exponent, or nothing but zeros behind it that the double brought */
} pj_decimal;

/* Read a number without a sign that is the whole of a text: "1,234", "1 234", "12.30", ".5", "1.5e-05". Groups of
 * thousands have three digits. False for anything else, and for more digits than can be kept apart. */
bool pj_decimal_read(const char *text, size_t len, pj_decimal *out);

/* digits / 10^scale as the nearest double; scale is -22 to 44, digits below 10^19. */
double pj_decimal_value(uint64_t digits, int32_t scale);

/* Half a unit of the last printed place below and above; the value itself for whole numbers. */
void pj_decimal_bounds(const pj_decimal *decimal, double *lower, double *upper);

#endif
