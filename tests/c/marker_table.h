/* A few signs and what they mean, for tests and fuzzers. */
#ifndef TESTS_MARKER_TABLE_H
#define TESTS_MARKER_TABLE_H

#include "read/cells.h"

PJ_NODISCARD pj_status marker_table_build(pj_alloc alloc, pj_markers *markers, pj_error *err);

/* What cannot be about a figure; NULL for a sound one. */
const char *figure_fault(const pj_figure *figure);

#endif
