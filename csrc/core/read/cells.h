/* Printed figures: each cell of a column of a published table becomes a value with bounds, or the reason why it has
 * none. What the signs mean is a dialect's table. */
#ifndef PJ_READ_CELLS_H
#define PJ_READ_CELLS_H

#include "base/records.h"
#include "read/markers.h"

typedef enum pj_figure_unit {
    PJ_UNIT_NONE,
    PJ_UNIT_PERCENT,
    PJ_UNIT_MONEY
} pj_figure_unit;

/* Read one cell of UTF-8. Bounds are closed and of real numbers: '12.3' is 12.25 to 12.35, '<5' is 0 to 5; a whole
 * number is itself; NaN is no bound. `decimals` are the printed places (-1: no number). */
void pj_figure_read(const pj_markers *markers, const char *text, size_t len, pj_figure *out);

/* Append the figure of each cell; a NUL ends each. PJ_EVALUE if the last one has none. */
PJ_NODISCARD pj_status pj_figures_read(const pj_markers *markers, const char *text, size_t len, pj_vec *figures,
                                       pj_error *err);

#endif
