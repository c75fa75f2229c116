#include "compute/rate.h"

#include <math.h>

bool pj_counts_from_percent(double percent, int64_t cases, int decimals, int64_t *least, int64_t *most) {
    if (!(percent >= 0 && percent <= 100) || cases < 1 || cases > 1000000000 || decimals < 0 || decimals > 3) {
        return false;
    }
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    double printed = percent * (double)scale;
    int64_t unit = (int64_t)floor(printed + 0.5);
    if (fabs(printed - (double)unit) > 1e-6) {
        return false; /* more decimals than were said to be printed */
    }
    /* half up: unit - 1/2 <= 100 scale k / cases < unit + 1/2, in whole numbers (2 unit - 1) cases <= 200 scale k */
    int64_t whole = 200 * scale;
    int64_t low = (2 * unit - 1) * cases;
    int64_t high = (2 * unit + 1) * cases;
    *least = low <= 0 ? 0 : (low + whole - 1) / whole;
    *most = (high - 1) / whole;
    if (*most > cases) {
        *most = cases;
    }
    return *least <= *most;
}
