/* compute/random and compute/resample: whole draws, the right means, the same on every machine. */
#include <math.h>

#include "check.h"
#include "compute/random.h"
#include "compute/resample.h"
#include "groups.h"

static const uint64_t KEY[2] = {11, 22};

/* Mean and variance of many draws, within five standard errors of what they should be. */
static void moments(int64_t n, double p) {
    enum {
        DRAWS = 20000
    };
    pj_random random;
    pj_random_start(&random, KEY, (uint64_t)n);
    double sum = 0;
    double squares = 0;
    double mean = (double)n * p;
    double variance = mean * (1 - p);
    for (int i = 0; i < DRAWS; i++) {
        int64_t k = pj_random_binomial(&random, n, p);
        CHECK(k >= 0 && k <= n);
        sum += (double)k - mean;
        squares += ((double)k - mean) * ((double)k - mean);
    }
    CHECK(fabs(sum) <= 5 * sqrt(variance * DRAWS) + 1e-9);
    /* the variance of a square is at most that of a normal variable's, or of a rare event's */
    CHECK(fabs(squares - variance * DRAWS) <= 5 * sqrt((2 * variance * variance + variance) * DRAWS) + 1e-9);
}

static void known_numbers(void) {
    /* of the published algorithm (xoshiro256**), from the state 1, 2, 3, 4 */
    pj_random random = {{1, 2, 3, 4}};
    CHECK(pj_random_next(&random) == 11520);
    CHECK(pj_random_next(&random) == 0);
    CHECK(pj_random_next(&random) == 1509978240);
    CHECK(pj_random_next(&random) == 1215971899390074240);
}

static void totals(void) {
    const int64_t children[] = {3, 0, 5};
    const int64_t starts[] = {0, 1, 2, 4};
    const int32_t columns[] = {0, 1, 1, 2};
    const int64_t values[] = {1, 1, 2, 1};
    pj_resampling plan = {3, children, starts, columns, values, 3};
    int64_t found[2 * 3 * 3];
    CHECK(pj_resampling_fits(&plan, 4));
    pj_resample(&plan, KEY, 7, 2, found);
    pj_resample(&plan, KEY, 7, 1, found + 6);
    pj_resample(&plan, KEY, 8, 1, found + 9);
    for (int i = 0; i < 6; i++) {
        CHECK(found[i] == found[6 + i]);
    }
    for (int i = 0; i < 2; i++) {
        CHECK(found[3 * i] + found[3 * i + 2] == 8);
        CHECK(found[3 * i + 1] == 2 * found[3 * i + 2]);
    }
    CHECK(!pj_resampling_fits(&plan, 5));
    plan.width = 2;
    CHECK(!pj_resampling_fits(&plan, 4));
    pj_resampling none = {0, NULL, starts, NULL, NULL, 0};
    CHECK(pj_resampling_fits(&none, 0));
}

void test_resample(void) {
    known_numbers();
    const int64_t sizes[] = {1, 2, 9, 40, 1000, 3000000};
    const double chances[] = {0, 1e-7, 0.01, 0.3, 0.5, 0.77, 0.9999, 1};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        for (size_t j = 0; j < sizeof(chances) / sizeof(chances[0]); j++) {
            moments(sizes[i], chances[j]);
        }
    }
    totals();
}
