#include "lex/decimal.h"

#define MOST_DIGITS 19   /* that any uint64_t holds */
#define DOUBLE_DIGITS 15 /* that every double holds */
#define MOST_WHOLE ((uint64_t)1 << 53)
#define LEAST_SCALE (-22)
#define MOST_SCALE 43 /* one place more is needed for bounds */

static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define EXACT_TENS 22 /* larger powers of ten are no doubles */

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

typedef struct cursor {
    const char *text;
    size_t len;
    size_t at;
} cursor;

static size_t count_digits(const cursor *c) {
    size_t n = 0;
    while (c->at + n < c->len && digit(c->text[c->at + n])) {
        n++;
    }
    return n;
}

/* Take `n` digits in; false if they are too many. Digits behind the point that no double could hold are left out. */
static bool take(cursor *c, size_t n, bool behind_point, pj_decimal *out) {
    for (size_t end = c->at + n; c->at < end; c->at++) {
        if (out->digits >= 1000000000000000000u) {
            if (!behind_point) {
                return false;
            }
            continue;
        }
        out->digits = out->digits * 10 + (uint64_t)(c->text[c->at] - '0');
        out->scale += behind_point ? 1 : 0;
        if (out->scale > MOST_SCALE) {
            return false;
        }
    }
    return true;
}

/* Digits before the point, with or without groups of thousands. */
static bool take_whole(cursor *c, pj_decimal *out) {
    size_t n = count_digits(c);
    if (!take(c, n, false, out)) {
        return false;
    }
    char sign = c->at < c->len ? c->text[c->at] : '\0';
    if (n < 1 || n > 3 || (sign != ',' && sign != ' ')) {
        return true;
    }
    while (c->at < c->len && c->text[c->at] == sign) {
        c->at++;
        if (count_digits(c) != 3 || !take(c, 3, false, out)) {
            return false;
        }
    }
    return true;
}

static bool take_exponent(cursor *c, pj_decimal *out) {
    c->at++;
    bool negative = c->at < c->len && c->text[c->at] == '-';
    if (c->at < c->len && (c->text[c->at] == '-' || c->text[c->at] == '+')) {
        c->at++;
    }
    size_t n = count_digits(c);
    if (n < 1 || n > 3) {
        return false;
    }
    int32_t exponent = 0;
    for (; n > 0; n--) {
        exponent = exponent * 10 + (c->text[c->at++] - '0');
    }
    out->scale += negative ? exponent : -exponent;
    return true;
}

/* Leave out what a double's own error printed. */
static void round_off(pj_decimal *out) {
    uint64_t rounded = out->digits;
    int32_t places = out->scale;
    uint64_t most = 1;
    for (int i = 0; i < DOUBLE_DIGITS; i++) {
        most *= 10;
    }
    if (rounded >= most && places > 0) {
        uint64_t unit = 1;
        for (; rounded / unit >= most && places > 0; places--) {
            unit *= 10;
        }
        rounded = rounded / unit + (rounded % unit >= unit / 2 ? 1 : 0);
        for (; places > 0 && rounded % 10 == 0; places--) {
            rounded /= 10;
        }
        out->whole = places == 0;
    }
    out->rounded = rounded;
    out->places = places;
}

bool pj_decimal_read(const char *text, size_t len, pj_decimal *out) {
    cursor c = {text, len, 0};
    out->digits = 0;
    out->scale = 0;
    out->whole = true;
    if (!take_whole(&c, out)) {
        return false;
    }
    size_t before = c.at;
    if (c.at < len && text[c.at] == '.') {
        c.at++;
        size_t behind = count_digits(&c);
        if (behind < 1 || !take(&c, behind, true, out)) {
            return false;
        }
        out->whole = false;
    }
    if (before == 0 && out->whole) {
        return false;
    }
    if (c.at < len && text[c.at] == 'e') {
        if (!take_exponent(&c, out)) {
            return false;
        }
        out->whole = false;
    }
    if (c.at != len || out->scale < LEAST_SCALE || out->scale > MOST_SCALE ||
        (out->whole && out->digits > MOST_WHOLE)) {
        return false;
    }
    round_off(out);
    return true;
}

/* Veltkamp's splitting: the upper half of a double's digits. */
static double upper_half(double x) {
    double big = x * 134217729.0; /* 2^27 + 1 */
    return big - (big - x);
}

/* A double and what it lacks. */
typedef struct twofold {
    double high;
    double low;
} twofold;

/* The quotient, and a second one of what its rounding left: that remainder is exact (Dekker 1971, Numer. Math. 18). */
static twofold divide(twofold x, double by) {
    double quotient = x.high / by;
    double product = quotient * by;
    double a = upper_half(quotient);
    double b = upper_half(by);
    double a_low = quotient - a;
    double b_low = by - b;
    double error = ((a * b - product) + a * b_low + a_low * b) + a_low * b_low;
    twofold made = {quotient, (((x.high - product) - error) + x.low) / by};
    return made;
}

double pj_decimal_value(uint64_t digits, int32_t scale) {
    double high = (double)digits;
    if (scale <= 0) {
        return high * TENS[-scale];
    }
    uint64_t back = (uint64_t)high;
    twofold x = {high, digits >= back ? (double)(digits - back) : -(double)(back - digits)};
    if (scale > EXACT_TENS) {
        x = divide(x, TENS[EXACT_TENS]);
        scale -= EXACT_TENS;
    }
    x = divide(x, TENS[scale]);
    return x.high + x.low;
}

void pj_decimal_bounds(const pj_decimal *decimal, double *lower, double *upper) {
    if (decimal->whole) {
        *lower = pj_decimal_value(decimal->rounded, decimal->places);
        *upper = *lower;
        return;
    }
    uint64_t tenths = decimal->rounded;
    if (tenths > UINT64_MAX / 10 - 1) { /* more digits than any rounding concerns */
        *lower = pj_decimal_value(decimal->digits, decimal->scale);
        *upper = *lower;
        return;
    }
    tenths *= 10;
    *upper = pj_decimal_value(tenths + 5, decimal->places + 1);
    *lower = tenths >= 5 ? pj_decimal_value(tenths - 5, decimal->places + 1)
                         : -pj_decimal_value(5 - tenths, decimal->places + 1);
}
