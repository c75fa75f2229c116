/* Cells of any bytes: every figure is sound, and a cell alone reads as it does among others. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "marker_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = exact_copy((const char *)data, size);
    pj_markers markers;
    pj_vec figures;
    pj_vec_init(&figures, pj_alloc_libc(), sizeof(pj_figure));
    expect(marker_table_build(pj_alloc_libc(), &markers, NULL) == PJ_OK);
    pj_status status = pj_figures_read(&markers, text, size, &figures, NULL);
    expect(status == (size > 0 && text[size - 1] != '\0' ? PJ_EVALUE : PJ_OK));
    size_t at = 0;
    for (size_t i = 0; i < figures.len; i++) {
        const pj_figure *figure = &PJ_AT(&figures, const pj_figure, i);
        size_t len = strlen(text + at);
        char *alone = exact_copy(text + at, len);
        pj_figure again;
        pj_figure_read(&markers, alone, len, &again);
        expect(figure_fault(figure) == NULL && memcmp(figure, &again, sizeof(again)) == 0);
        free(alone);
        at += len + 1;
    }
    pj_vec_free(&figures);
    pj_markers_free(&markers);
    free(text);
    return 0;
}
