#include "compute/random.h"

#include <math.h>

static uint64_t rotated(uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
}

/* SplitMix64 (Steele, Lea and Flood 2014), which fills the state that xoshiro starts from. */
static uint64_t mixed(uint64_t *x) {
    *x += 0x9E3779B97F4A7C15U;
    uint64_t z = *x;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

void pj_random_start(pj_random *random, const uint64_t key[2], uint64_t number) {
    uint64_t x = key[0];
    uint64_t y = key[1] ^ number;
    x ^= mixed(&y); /* neighbouring numbers start far apart */
    for (int i = 0; i < 4; i++) {
        random->state[i] = mixed(&x);
    }
}

uint64_t pj_random_next(pj_random *random) {
    uint64_t *s = random->state;
    uint64_t result = rotated(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return result;
}

/* Uniform in (0, 1): never an end, whose logarithm or inverse would be infinite. */
static double uniform(pj_random *random) {
    return ((double)(pj_random_next(random) >> 12) + 0.5) * 0x1p-52;
}

/* log k! less Stirling's formula for it. */
static double stirling_rest(double k) {
    static const double small[] = {0.08106146679532726,  0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
                                   0.01664469118982119,  0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
                                   0.009255462182712733, 0.008330563433362871};
    if (k < 10) {
        return small[(int)k];
    }
    double square = (k + 1) * (k + 1);
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
}

/* Walk up from 0, where few successes are expected. */
static int64_t by_inversion(pj_random *random, double n, double p) {
    double odds = p / (1 - p);
    double none = exp(n * log(1 - p));
    for (;;) {
        double u = uniform(random);
        double chance = none;
        double k = 0;
        while (u > chance && k <= n) {
            u -= chance;
            k++;
            chance *= (n + 1) * odds / k - odds;
        }
        if (k <= n) { /* else the sum of all chances, rounded, fell short of u */
            return (int64_t)k;
        }
    }
}

/* Transformed rejection, algorithm BTRS of Hormann, "The generation of binomial random variates" (1993). */
static int64_t by_rejection(pj_random *random, double n, double p) {
    double deviation = sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = n * p + 0.5;
    double sure = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double odds = p / (1 - p);
    double mode = floor((n + 1) * p);
    double at_mode = stirling_rest(mode) + stirling_rest(n - mode);
    for (;;) {
        double u = uniform(random) - 0.5;
        double v = uniform(random);
        double edge = 0.5 - fabs(u);
        double k = floor((2 * a / edge + b) * u + centre);
        if (edge >= 0.07 && v <= sure) {
            return (int64_t)k;
        }
        if (k < 0 || k > n) {
            continue;
        }
        double bound = (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) +
                       (n + 1) * log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * log(odds * (n - k + 1) / (k + 1)) +
                       at_mode - stirling_rest(k) - stirling_rest(n - k);
        if (log(v * alpha / (a / (edge * edge) + b)) <= bound) {
            return (int64_t)k;
        }
    }
}

int64_t pj_random_binomial(pj_random *random, int64_t n, double p) {
    if (p > 0.5) {
        return n - pj_random_binomial(random, n, 1 - p);
    }
    if (n <= 0 || p <= 0) {
        return 0;
    }
    return (double)n * p < 10 ? by_inversion(random, (double)n, p) : by_rejection(random, (double)n, p);
}
