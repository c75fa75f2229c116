#include "compute/resample.h"

#include <string.h>

#include "compute/random.h"

/* The most children of a plan, and the most that one may add to one total. */
#define MOST ((int64_t)1 << 31)

int pj_resampling_fits(const pj_resampling *plan, size_t additions) {
    int64_t children = 0;
    if (plan->starts[0] != 0 || (uint64_t)plan->starts[plan->kinds] != additions) {
        return 0;
    }
    for (size_t kind = 0; kind < plan->kinds; kind++) {
        int64_t own = plan->children[kind];
        if (own < 0 || own > MOST - children || plan->starts[kind] > plan->starts[kind + 1]) {
            return 0;
        }
        children += own;
    }
    for (size_t i = 0; i < additions; i++) {
        int64_t column = plan->columns[i];
        if (column < 0 || (uint64_t)column >= plan->width || plan->values[i] < 0 || plan->values[i] >= MOST) {
            return 0;
        }
    }
    return 1;
}

static void add(const pj_resampling *plan, size_t kind, int64_t drawn, int64_t *totals) {
    for (int64_t i = plan->starts[kind]; i < plan->starts[kind + 1]; i++) {
        totals[plan->columns[i]] += drawn * plan->values[i];
    }
}

/* How many children of each kind are drawn is multinomial: kind by kind, binomial of those not yet drawn. */
static void one_resample(const pj_resampling *plan, int64_t children, pj_random *random, int64_t *totals) {
    int64_t left = children;
    int64_t drawn_from = children;
    for (size_t kind = 0; kind < plan->kinds && left > 0; kind++) {
        int64_t own = plan->children[kind];
        if (own == 0) {
            continue;
        }
        double share = (double)own / (double)drawn_from;
        int64_t drawn = own == drawn_from ? left : pj_random_binomial(random, left, share);
        add(plan, kind, drawn, totals);
        left -= drawn;
        drawn_from -= own;
    }
}

void pj_resample(const pj_resampling *plan, const uint64_t key[2], uint64_t first, size_t n, int64_t *totals) {
    int64_t children = 0;
    for (size_t kind = 0; kind < plan->kinds; kind++) {
        children += plan->children[kind];
    }
    memset(totals, 0, n * plan->width * sizeof(*totals));
    for (size_t i = 0; i < n; i++) {
        pj_random random;
        pj_random_start(&random, key, first + i);
        one_resample(plan, children, &random, totals + i * plan->width);
    }
}
