#include "read/case_rows.h"

#include <string.h>

pj_status pj_case_rows_init(pj_case_rows *rows, const pj_case_plan *plan, const char *text, size_t len, pj_alloc alloc,
                            pj_error *err) {
    rows->plan = plan;
    rows->text = text;
    rows->len = len;
    rows->has_nul = len > 0 && memchr(text, 0, len) != NULL;
    pj_scan_init(&rows->scan, text, len, plan->delimiter);
    pj_vec_init(&rows->cells, alloc, sizeof(pj_cell));
    pj_vec_init(&rows->answers, alloc, 1);
    pj_vec_init(&rows->texts, alloc, sizeof(pj_cell));
    pj_vec_init(&rows->copy, alloc, 1);
    memset(rows->memo, 0, sizeof(rows->memo));
    PJ_TRY(pj_vec_reserve(&rows->cells, plan->n_columns, err));
    PJ_TRY(pj_vec_reserve(&rows->answers, plan->questions.len + 1, err));
    PJ_TRY(pj_vec_reserve(&rows->texts, plan->texts.len + 1, err));
    rows->row.answers = rows->answers.data;
    rows->row.texts = rows->texts.data;
    return PJ_OK;
}

void pj_case_rows_free(pj_case_rows *rows) {
    pj_vec_free(&rows->cells);
    pj_vec_free(&rows->answers);
    pj_vec_free(&rows->texts);
    pj_vec_free(&rows->copy);
}

/* Store the answer in each question's cell; false if one holds none that is known. */
static bool read_answers(pj_case_rows *rows) {
    /* Locals, for the compiler must take each byte stored for a change of what pointers lead to. */
    const pj_case_plan *plan = rows->plan;
    const uint32_t *asked = plan->questions.data;
    const pj_cell *cells = rows->cells.data;
    const char *text = rows->text;
    uint8_t *answers = rows->answers.data;
    pj_answer_memo *memos = rows->memo;
    const size_t n = plan->questions.len;
    const size_t end = rows->len;
    bool known = true;
    for (size_t q = 0; q < n; q++) {
        const char *cell = text + cells[asked[q]].start;
        const size_t len = pj_cell_len(&cells[asked[q]]);
        const size_t room = end - cells[asked[q]].start;
        if (len == 0) {
            answers[q] = PJ_ANSWER_BLANK;
            continue;
        }
        if (len > PJ_SHORT_LENGTH) {
            answers[q] = (uint8_t)pj_answer_read(plan, cell, len);
            known &= answers[q] != PJ_NO_ANSWER;
            continue;
        }
        const pj_short bytes = pj_short_of(cell, len, room);
        pj_answer_memo *memo = &memos[pj_short_hash(&bytes, PJ_MEMO_BITS)];
        if (!pj_short_same(&memo->bytes, &bytes)) {
            memo->bytes = bytes;
            memo->answer = (uint8_t)pj_answer_read(plan, cell, len);
        }
        answers[q] = memo->answer;
        known &= memo->answer != PJ_NO_ANSWER;
    }
    return known;
}

/* The leftmost column, 1-based, whose answer is not known. */
static uint32_t unknown_column(const pj_case_rows *rows) {
    uint32_t column = UINT32_MAX;
    for (size_t q = 0; q < rows->plan->questions.len; q++) {
        uint32_t asked = PJ_AT(&rows->plan->questions, uint32_t, q);
        if (PJ_AT(&rows->answers, uint8_t, q) == PJ_NO_ANSWER && asked < column) {
            column = asked;
        }
    }
    return column + 1;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void trim(const char *text, pj_cell *cell) {
    while (pj_cell_len(cell) > 0 && is_blank(text[cell->start])) {
        cell->start++;
        cell->len--;
    }
    while (pj_cell_len(cell) > 0 && is_blank(text[cell->start + pj_cell_len(cell) - 1])) {
        cell->len--;
    }
}

/* Whether nothing but blanks, quotes and delimiters stands in text[from, to). */
static bool says_nothing(const pj_case_rows *rows, size_t from, size_t to) {
    for (size_t at = from; at < to; at++) {
        char c = rows->text[at];
        if (!is_blank(c) && c != '"' && c != rows->plan->delimiter) {
            return false;
        }
    }
    return true;
}

/* Whether all columns of the header are blank in this record. A quoted delimiter is content, in whichever column. */
static bool all_blank(const pj_case_rows *rows) {
    for (size_t i = 0; i < rows->plan->n_columns; i++) {
        pj_cell cell = PJ_AT(&rows->cells, pj_cell, i);
        trim(rows->text, &cell);
        if (pj_cell_len(&cell) > 0) {
            return false;
        }
    }
    return true;
}

/* Whether the record has no content past the last column of the header: a spreadsheet leaves delimiters there. */
static bool rest_is_empty(const pj_case_rows *rows) {
    const pj_cell *last = &PJ_AT(&rows->cells, pj_cell, rows->plan->n_columns - 1);
    return says_nothing(rows, (size_t)last->start + pj_cell_len(last), rows->scan.end);
}

static pj_row_end refuse(pj_case_rows *rows, pj_case_reason reason, uint32_t column) {
    if (says_nothing(rows, rows->scan.start, rows->scan.end)) {
        return PJ_ROWS_DONE; /* of this row: it is none */
    }
    rows->refusal.line = (int64_t)rows->scan.line + 1;
    rows->refusal.column = (int32_t)column;
    rows->refusal.reason = (uint8_t)reason;
    return PJ_ROWS_REFUSED;
}

/* PJ_ROWS_DONE here: the record is no row. */
static pj_row_end read_row(pj_case_rows *rows) {
    const pj_case_plan *plan = rows->plan;
    const pj_scan *scan = &rows->scan;
    const pj_cell *cells = rows->cells.data;
    if (scan->torn) {
        return refuse(rows, PJ_ROW_TORN, 0);
    }
    if (rows->has_nul && memchr(rows->text + scan->start, 0, scan->end - scan->start) != NULL) {
        return refuse(rows, PJ_ROW_NUL, 0);
    }
    if (scan->cells < plan->n_columns) {
        return refuse(rows, PJ_ROW_SHORT, 0);
    }
    if (scan->cells > plan->n_columns && !rest_is_empty(rows)) {
        return refuse(rows, PJ_ROW_LONG, 0);
    }
    if (!read_answers(rows)) {
        return refuse(rows, PJ_ROW_NO_ANSWER, unknown_column(rows));
    }
    bool said = false;
    for (size_t q = 0; q < plan->questions.len && !said; q++) {
        said = PJ_AT(&rows->answers, uint8_t, q) != PJ_ANSWER_BLANK;
    }
    pj_cell *texts = rows->texts.data;
    for (size_t i = 0; i < plan->texts.len; i++) {
        texts[i] = cells[PJ_AT(&plan->texts, uint32_t, i)];
        trim(rows->text, &texts[i]);
        said |= pj_cell_len(&texts[i]) > 0;
    }
    if (!said && all_blank(rows)) {
        return PJ_ROWS_DONE;
    }
    rows->row.line = scan->line;
    return PJ_ROWS_ROW;
}

pj_status pj_case_rows_next(pj_case_rows *rows, pj_row_end *end, pj_error *err) {
    for (;;) {
        pj_scan_end read = pj_scan_next(&rows->scan, rows->cells.data, rows->plan->n_columns);
        if (read == PJ_SCAN_NO_MORE) {
            *end = PJ_ROWS_DONE;
            return PJ_OK;
        }
        if (read == PJ_SCAN_OPEN) {
            return pj_fail(err, PJ_EVALUE, rows->scan.line + 1, rows->scan.end, "a quote that opens here never closes");
        }
        *end = read_row(rows);
        if (*end != PJ_ROWS_DONE) {
            return PJ_OK;
        }
    }
}

pj_status pj_case_rows_text(pj_case_rows *rows, size_t i, const char **text, size_t *len, pj_error *err) {
    const pj_cell *cell = &rows->row.texts[i];
    *text = rows->text + cell->start;
    *len = pj_cell_len(cell);
    if (*len != cell->len) {
        rows->copy.len = 0;
        PJ_TRY(pj_vec_reserve(&rows->copy, *len, err));
        *len = pj_cell_copy(rows->text, cell, rows->copy.data);
        *text = rows->copy.data;
    }
    return PJ_OK;
}
