/* compute/rate: counts behind a printed percentage, against every count there is. */
#include <math.h>

#include "check.h"
#include "compute/rate.h"
#include "groups.h"

/* 100 k / cases in units of the last printed decimal, rounded half up. */
static int64_t printed(int64_t k, int64_t cases, int64_t scale) {
    return (200 * scale * k + cases) / (2 * cases);
}

static void agrees(int64_t cases, int decimals, int64_t scale) {
    for (int64_t unit = 0; unit <= 100 * scale; unit++) {
        int64_t first = -1;
        int64_t last = -1;
        for (int64_t k = 0; k <= cases; k++) {
            if (printed(k, cases, scale) == unit) {
                first = first < 0 ? k : first;
                last = k;
            }
        }
        int64_t least = -1;
        int64_t most = -1;
        bool found = pj_counts_from_percent((double)unit / (double)scale, cases, decimals, &least, &most);
        CHECK(found == (first >= 0));
        CHECK(!found || (least == first && most == last));
    }
}

void test_rate(void) {
    for (int64_t cases = 1; cases <= 130; cases++) {
        agrees(cases, 0, 1);
    }
    agrees(7, 1, 10);
    agrees(999, 1, 10);
    agrees(1500, 2, 100);
    int64_t least = 0;
    int64_t most = 0;
    CHECK(!pj_counts_from_percent(NAN, 10, 0, &least, &most));
    CHECK(!pj_counts_from_percent(-1, 10, 0, &least, &most));
    CHECK(!pj_counts_from_percent(100.5, 10, 1, &least, &most));
    CHECK(!pj_counts_from_percent(50, 0, 0, &least, &most));
    CHECK(!pj_counts_from_percent(50, 10, 4, &least, &most));
    CHECK(!pj_counts_from_percent(42.5, 10, 0, &least, &most));
    CHECK(pj_counts_from_percent(100, 1000000000, 3, &least, &most) && most == 1000000000);
}
