#include "case_files.h"

#include <string.h>

pj_status case_plan_build(pj_alloc alloc, pj_case_plan *plan, pj_error *err) {
    static const int32_t roles[] = {PJ_CASE_TEXT, 0, PJ_CASE_SKIP, 1};
    pj_case_plan_init(plan, alloc, ',');
    PJ_TRY(pj_case_plan_roles(plan, roles, 4, err));
    PJ_TRY(pj_case_plan_spelling(plan, "yes", 3, PJ_ANSWER_YES, err));
    PJ_TRY(pj_case_plan_spelling(plan, "no", 2, PJ_ANSWER_NO, err));
    PJ_TRY(pj_case_plan_spelling(plan, "n/a", 3, PJ_ANSWER_NOT_APPLICABLE, err));
    return pj_case_plan_spelling(plan, "don't know", 10, PJ_ANSWER_DONT_KNOW, err);
}

const char *case_fault(const pj_case_table *table, const pj_case_tally *made) {
    int64_t rows = 0;
    for (size_t g = 0; g < made->tally.rows.len; g++) {
        rows += PJ_AT(&made->tally.rows, int64_t, g);
    }
    if ((size_t)rows != table->lines.len || made->rows_refused != table->refused.len ||
        made->line_ends != table->line_ends) {
        return "rows or lines";
    }
    for (size_t q = 0; q < table->answers.len; q++) {
        const pj_vec *answers = &PJ_AT(&table->answers, pj_vec, q);
        if (answers->len != table->lines.len) {
            return "length of a column";
        }
        for (int answer = 0; answer < PJ_ANSWERS; answer++) {
            int64_t left = 0;
            for (size_t i = 0; i < answers->len; i++) {
                left += PJ_AT(answers, int8_t, i) == PJ_ANSWER_CODE(answer);
            }
            for (size_t g = 0; g < made->tally.rows.len; g++) {
                left -= PJ_AT(&made->tally.counts, int64_t, (g * table->answers.len + q) * PJ_ANSWERS + (size_t)answer);
            }
            if (left != 0) {
                return "a count";
            }
        }
    }
    for (size_t i = 0; i < table->codes.len; i++) {
        const pj_vec *codes = &PJ_AT(&table->codes, pj_vec, i);
        size_t values = pj_intern_count(&PJ_AT(&table->values, pj_intern, i));
        for (size_t row = 0; row < codes->len; row++) {
            int32_t code = PJ_AT(codes, int32_t, row);
            if (code < -1 || (code >= 0 && (size_t)code >= values)) {
                return "a code";
            }
        }
    }
    return NULL;
}
