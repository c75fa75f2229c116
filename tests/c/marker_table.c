#include "marker_table.h"

#include <math.h>
#include <string.h>

typedef struct sign {
    const char *text;
    pj_marker marker;
} sign;

pj_status marker_table_build(pj_alloc alloc, pj_markers *markers, pj_error *err) {
    const sign signs[] = {
        {"[c]", {PJ_MARKER_ALONE, PJ_CELL_SUPPRESSED, false, NAN, 0, NAN}},
        {"-", {PJ_MARKER_ALONE, PJ_CELL_MISSING, false, NAN, NAN, NAN}},
        {"low", {PJ_MARKER_ALONE, PJ_CELL_LOW, true, NAN, 0, 0.5}},
        {"nil", {PJ_MARKER_ALONE, PJ_CELL_VALUE, false, 0, 0, 0}},
        {"[r]", {PJ_MARKER_NOTE, 0, false, NAN, NAN, NAN}},
        {"r", {PJ_MARKER_NOTE, 0, false, NAN, NAN, NAN}},
    };
    pj_markers_init(markers, alloc);
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        PJ_TRY(pj_markers_add(markers, signs[i].text, strlen(signs[i].text), &signs[i].marker, err));
    }
    return PJ_OK;
}

const char *figure_fault(const pj_figure *figure) {
    bool value = figure->reason == PJ_CELL_VALUE;
    if (figure->reason < 0 || figure->reason >= PJ_N_CELL_REASONS) {
        return "reason";
    }
    if (value != (isfinite(figure->value) != 0)) {
        return "a value and a reason, or neither";
    }
    if (value && !(figure->lower <= figure->value && figure->value <= figure->upper)) {
        return "bounds without their value";
    }
    if (figure->lower > figure->upper) {
        return "bounds";
    }
    return figure->decimals < -1 || figure->decimals > 44 ? "decimals" : NULL;
}
