#include "read/case_table.h"

#include <string.h>

static pj_vec *column(const pj_vec *columns, size_t i) {
    return &PJ_AT(columns, pj_vec, i);
}

static pj_intern *values_of(const pj_case_table *table, size_t i) {
    return &PJ_AT(&table->values, pj_intern, i);
}

static pj_status add_columns(pj_vec *columns, size_t n, pj_alloc alloc, size_t item, pj_error *err) {
    PJ_TRY(pj_vec_reserve(columns, n, err));
    for (columns->len = 0; columns->len < n; columns->len++) {
        pj_vec_init(column(columns, columns->len), alloc, item);
    }
    return PJ_OK;
}

pj_status pj_case_table_init(pj_case_table *table, const pj_case_plan *plan, pj_alloc alloc, pj_error *err) {
    size_t texts = plan->texts.len;
    pj_vec_init(&table->answers, alloc, sizeof(pj_vec));
    pj_vec_init(&table->codes, alloc, sizeof(pj_vec));
    pj_vec_init(&table->values, alloc, sizeof(pj_intern));
    pj_vec_init(&table->lines, alloc, sizeof(int64_t));
    pj_vec_init(&table->refused, alloc, sizeof(pj_refusal));
    table->line_ends = 0;
    PJ_TRY(add_columns(&table->answers, plan->questions.len, alloc, sizeof(int8_t), err));
    PJ_TRY(add_columns(&table->codes, texts, alloc, sizeof(int32_t), err));
    PJ_TRY(pj_vec_reserve(&table->values, texts, err));
    for (; table->values.len < texts; table->values.len++) {
        pj_intern_init(values_of(table, table->values.len), alloc);
    }
    return PJ_OK;
}

void pj_case_table_free(pj_case_table *table) {
    for (size_t i = 0; i < table->answers.len; i++) {
        pj_vec_free(column(&table->answers, i));
    }
    for (size_t i = 0; i < table->codes.len; i++) {
        pj_vec_free(column(&table->codes, i));
    }
    for (size_t i = 0; i < table->values.len; i++) {
        pj_intern_free(values_of(table, i));
    }
    pj_vec_free(&table->answers);
    pj_vec_free(&table->codes);
    pj_vec_free(&table->values);
    pj_vec_free(&table->lines);
    pj_vec_free(&table->refused);
}

/* Append one value; a full column grows, which is rare. */
static inline pj_status push_i1(pj_vec *values, int8_t value, pj_error *err) {
    if (values->len == values->cap) {
        PJ_TRY(pj_vec_reserve(values, 1, err));
    }
    PJ_AT(values, int8_t, values->len++) = value;
    return PJ_OK;
}

static inline pj_status push_i4(pj_vec *values, int32_t value, pj_error *err) {
    if (values->len == values->cap) {
        PJ_TRY(pj_vec_reserve(values, 1, err));
    }
    PJ_AT(values, int32_t, values->len++) = value;
    return PJ_OK;
}

/* The number of a text met before in a column, so that one met often is not looked up again. All zero is none: the text
 * is not blank. */
typedef struct text_memo {
    pj_short bytes;
    uint32_t column;
    uint32_t number;
} text_memo;

/* One table for all columns, for there may be many thousands. */
#define MEMO_BITS 13
#define MEMOS ((size_t)1 << MEMO_BITS)

static text_memo *memo_of(text_memo *memos, const pj_short *bytes, size_t column) {
    return &memos[(pj_short_hash(bytes, MEMO_BITS) + 509 * column) % MEMOS];
}

/* The code of a text column's cell. */
static pj_status code_of(pj_case_table *table, pj_case_rows *rows, size_t i, text_memo *memos, int32_t *code,
                         pj_error *err) {
    const pj_cell *cell = &rows->row.texts[i];
    const char *text = rows->text + cell->start;
    size_t len = cell->len;
    uint32_t number = 0;
    if (len == 0) {
        *code = -1;
        return PJ_OK;
    }
    if (len <= PJ_SHORT_LENGTH) {
        const pj_short bytes = pj_short_of(text, len, rows->len - cell->start);
        text_memo *memo = memo_of(memos, &bytes, i);
        if (memo->column != i || !pj_short_same(&memo->bytes, &bytes)) {
            PJ_TRY(pj_intern_add(values_of(table, i), text, len, &number, err));
            memo->bytes = bytes;
            memo->column = (uint32_t)i;
            memo->number = number;
        }
        *code = (int32_t)memo->number;
        return PJ_OK;
    }
    PJ_TRY(pj_case_rows_text(rows, i, &text, &len, err));
    PJ_TRY(pj_intern_add(values_of(table, i), text, len, &number, err));
    *code = (int32_t)number;
    return PJ_OK;
}

static pj_status add_row(pj_case_table *table, pj_case_rows *rows, text_memo *memos, pj_error *err) {
    int64_t line = (int64_t)(table->line_ends + rows->row.line) + 1;
    PJ_TRY(pj_vec_append(&table->lines, &line, 1, err));
    for (size_t q = 0; q < table->answers.len; q++) {
        PJ_TRY(push_i1(column(&table->answers, q), PJ_ANSWER_CODE(rows->row.answers[q]), err));
    }
    for (size_t i = 0; i < table->codes.len; i++) {
        int32_t code = 0;
        PJ_TRY(code_of(table, rows, i, memos, &code, err));
        PJ_TRY(push_i4(column(&table->codes, i), code, err));
    }
    return PJ_OK;
}

static pj_status add_refusal(pj_case_table *table, pj_refusal refusal, pj_error *err) {
    refusal.line += (int64_t)table->line_ends;
    return pj_vec_append(&table->refused, &refusal, 1, err);
}

static pj_status read_rows(pj_case_table *table, pj_case_rows *rows, text_memo *memos, pj_error *err) {
    pj_row_end end = PJ_ROWS_ROW;
    while (end != PJ_ROWS_DONE) {
        PJ_TRY(pj_case_rows_next(rows, &end, err));
        if (end == PJ_ROWS_ROW) {
            PJ_TRY(add_row(table, rows, memos, err));
        } else if (end == PJ_ROWS_REFUSED) {
            PJ_TRY(add_refusal(table, rows->refusal, err));
        }
    }
    table->line_ends += rows->scan.lines;
    return PJ_OK;
}

pj_status pj_case_table_read(pj_case_table *table, const pj_case_plan *plan, const char *text, size_t len,
                             pj_error *err) {
    pj_case_rows rows;
    pj_vec memos;
    pj_vec_init(&memos, table->lines.alloc, sizeof(text_memo));
    pj_status status = pj_case_rows_init(&rows, plan, text, len, table->lines.alloc, err);
    status = status == PJ_OK ? pj_vec_reserve(&memos, MEMOS, err) : status;
    if (status == PJ_OK) {
        memset(memos.data, 0, MEMOS * sizeof(text_memo));
        status = read_rows(table, &rows, memos.data, err);
    }
    pj_vec_free(&memos);
    pj_case_rows_free(&rows);
    return status;
}

/* Append codes, each as the number that its value has among the table's. */
static void append_codes(pj_vec *own, const pj_vec *codes, const uint32_t *numbers) {
    int32_t *out = (int32_t *)own->data + own->len;
    const int32_t *in = codes->data;
    for (size_t row = 0; row < codes->len; row++) {
        out[row] = in[row] < 0 ? in[row] : (int32_t)numbers[in[row]];
    }
    own->len += codes->len;
}

static pj_status absorb_codes(pj_case_table *table, const pj_case_table *next, size_t i, pj_error *err) {
    const pj_intern *theirs = values_of(next, i);
    const pj_vec *codes = column(&next->codes, i);
    pj_vec *own = column(&table->codes, i);
    pj_vec numbers; /* uint32_t: of their values among the table's */
    if (codes->len == 0) {
        return PJ_OK;
    }
    pj_vec_init(&numbers, own->alloc, sizeof(uint32_t));
    pj_status status = pj_vec_reserve(&numbers, pj_intern_count(theirs) + 1, err);
    status = status == PJ_OK ? pj_intern_absorb(values_of(table, i), theirs, numbers.data, err) : status;
    status = status == PJ_OK ? pj_vec_reserve(own, codes->len, err) : status;
    if (status == PJ_OK) {
        append_codes(own, codes, numbers.data);
    }
    pj_vec_free(&numbers);
    return status;
}

pj_status pj_case_table_absorb(pj_case_table *table, const pj_case_table *next, pj_error *err) {
    for (size_t q = 0; q < table->answers.len; q++) {
        const pj_vec *answers = column(&next->answers, q);
        PJ_TRY(pj_vec_append(column(&table->answers, q), answers->data, answers->len, err));
    }
    for (size_t i = 0; i < table->codes.len; i++) {
        PJ_TRY(absorb_codes(table, next, i, err));
    }
    PJ_TRY(pj_vec_reserve(&table->lines, next->lines.len, err));
    for (size_t row = 0; row < next->lines.len; row++) {
        PJ_AT(&table->lines, int64_t, table->lines.len) = PJ_AT(&next->lines, int64_t, row) + (int64_t)table->line_ends;
        table->lines.len++;
    }
    for (size_t i = 0; i < next->refused.len; i++) {
        PJ_TRY(add_refusal(table, PJ_AT(&next->refused, pj_refusal, i), err));
    }
    table->line_ends += next->line_ends;
    return PJ_OK;
}
