#include "jobs/tally_cases.h"

#include <string.h>

pj_status pj_case_tally_init(pj_case_tally *made, const pj_case_plan *plan, pj_alloc alloc, pj_error *err) {
    pj_vec_init(&made->refused, alloc, sizeof(pj_refusal));
    made->rows_refused = 0;
    made->line_ends = 0;
    return pj_tally_init(&made->tally, plan->texts.len, plan->questions.len, PJ_ANSWERS, alloc, err);
}

void pj_case_tally_free(pj_case_tally *made) {
    pj_tally_free(&made->tally);
    pj_vec_free(&made->refused);
}

/* The group of the row before, so that rows in order of their group are not looked up. */
typedef struct last_group {
    pj_vec texts; /* pj_cell for each key, in the block */
    pj_vec names; /* uint32_t */
    uint32_t group;
    bool known;
} last_group;

static bool same_text(const char *text, const pj_cell *a, const pj_cell *b) {
    return a->len == b->len && memcmp(text + a->start, text + b->start, pj_cell_len(a)) == 0;
}

static pj_status group_of(pj_case_tally *made, pj_case_rows *rows, last_group *last, pj_error *err) {
    size_t keys = made->tally.keys;
    pj_cell *texts = last->texts.data;
    uint32_t *names = last->names.data;
    bool same = last->known;
    for (size_t key = 0; key < keys; key++) {
        const pj_cell *cell = &rows->row.texts[key];
        if (last->known && same_text(rows->text, cell, &texts[key])) {
            continue;
        }
        const char *text = NULL;
        size_t len = 0;
        PJ_TRY(pj_case_rows_text(rows, key, &text, &len, err));
        PJ_TRY(pj_tally_name(&made->tally, key, text, len, &names[key], err));
        texts[key] = *cell;
        same = false;
    }
    last->known = true;
    return same ? PJ_OK : pj_tally_group(&made->tally, names, &last->group, err);
}

static pj_status add_refusal(pj_case_tally *made, pj_refusal refusal, pj_error *err) {
    if (made->refused.len >= PJ_TALLY_REFUSED) {
        return PJ_OK;
    }
    refusal.line += (int64_t)made->line_ends;
    return pj_vec_append(&made->refused, &refusal, 1, err);
}

static pj_status count_rows(pj_case_tally *made, pj_case_rows *rows, last_group *last, pj_error *err) {
    PJ_TRY(pj_vec_reserve(&last->texts, made->tally.keys + 1, err));
    PJ_TRY(pj_vec_reserve(&last->names, made->tally.keys + 1, err));
    pj_row_end end = PJ_ROWS_ROW;
    while (end != PJ_ROWS_DONE) {
        PJ_TRY(pj_case_rows_next(rows, &end, err));
        if (end == PJ_ROWS_ROW) {
            PJ_TRY(group_of(made, rows, last, err));
            pj_tally_add(&made->tally, last->group, rows->row.answers);
        } else if (end == PJ_ROWS_REFUSED) {
            made->rows_refused++;
            PJ_TRY(add_refusal(made, rows->refusal, err));
        }
    }
    made->line_ends += rows->scan.lines;
    return PJ_OK;
}

pj_status pj_case_tally_read(pj_case_tally *made, const pj_case_plan *plan, const char *text, size_t len,
                             pj_error *err) {
    pj_alloc alloc = made->refused.alloc;
    pj_case_rows rows;
    last_group last = {.group = 0, .known = false};
    pj_vec_init(&last.texts, alloc, sizeof(pj_cell));
    pj_vec_init(&last.names, alloc, sizeof(uint32_t));
    pj_status status = pj_case_rows_init(&rows, plan, text, len, alloc, err);
    if (status == PJ_OK) {
        status = count_rows(made, &rows, &last, err);
    }
    pj_vec_free(&last.texts);
    pj_vec_free(&last.names);
    pj_case_rows_free(&rows);
    return status;
}

pj_status pj_case_tally_absorb(pj_case_tally *made, const pj_case_tally *next, pj_error *err) {
    PJ_TRY(pj_tally_absorb(&made->tally, &next->tally, err));
    for (size_t i = 0; i < next->refused.len; i++) {
        PJ_TRY(add_refusal(made, PJ_AT(&next->refused, pj_refusal, i), err));
    }
    made->rows_refused += next->rows_refused;
    made->line_ends += next->line_ends;
    return PJ_OK;
}
