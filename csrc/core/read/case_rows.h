/* The rows of a block of delimited text, read by a plan, one after the other. */
#ifndef PJ_READ_CASE_ROWS_H
#define PJ_READ_CASE_ROWS_H

#include "lex/scan.h"
#include "lex/short.h"
#include "read/case_plan.h"

/* Why a row is refused. PJ_REASON_TEXTS of the border has the words in the same order. */
typedef enum pj_case_reason {
    PJ_ROW_FINE,
    PJ_ROW_SHORT,     /* fewer cells than the header */
    PJ_ROW_LONG,      /* more cells, and not all of the rest are blank */
    PJ_ROW_NO_ANSWER, /* a cell of a question holds no known answer */
    PJ_ROW_TORN,      /* text behind a closing quote */
    PJ_ROW_NUL        /* a NUL byte */
} pj_case_reason;

typedef struct pj_refusal {
    int64_t line;   /* 1-based */
    int32_t column; /* 1-based, 0 for the whole row */
    uint8_t reason;
} pj_refusal;

/* Values of the row read last. */
typedef struct pj_case_row {
    uint64_t line;          /* 0-based, within the block */
    const uint8_t *answers; /* pj_answer for each question */
    const pj_cell *texts;   /* a cell for each text column, trimmed */
} pj_case_row;

/* An answer seen before, by its bytes as they stand, so that each spelling is folded once. All zero is none, for a row
 * with a NUL is refused before its answers are read. */
typedef struct pj_answer_memo {
    pj_short bytes;
    uint8_t answer;
} pj_answer_memo;

#define PJ_MEMO_BITS 8

typedef struct pj_case_rows {
    const pj_case_plan *plan;
    const char *text;
    size_t len;
    bool has_nul;
    pj_scan scan;
    pj_vec cells;   /* pj_cell, one for each column */
    pj_vec answers; /* uint8_t */
    pj_vec texts;   /* pj_cell */
    pj_vec copy;    /* char: a cell with its doubled quotes undone */
    pj_case_row row;
    pj_refusal refusal;
    pj_answer_memo memo[1 << PJ_MEMO_BITS];
} pj_case_rows;

typedef enum pj_row_end {
    PJ_ROWS_ROW,     /* `row` holds its values */
    PJ_ROWS_REFUSED, /* `refusal` says why */
    PJ_ROWS_DONE
} pj_row_end;

/* A block starts with a record; its last one may lack its line end. */
PJ_NODISCARD pj_status pj_case_rows_init(pj_case_rows *rows, const pj_case_plan *plan, const char *text, size_t len,
                                         pj_alloc alloc, pj_error *err);
void pj_case_rows_free(pj_case_rows *rows);

/* Read the next row that is one: empty lines and rows of nothing but blanks are passed over. PJ_EVALUE, with the line,
 * if a quote is still open at the end of the block. */
PJ_NODISCARD pj_status pj_case_rows_next(pj_case_rows *rows, pj_row_end *end, pj_error *err);

/* The content of text column `i` of the row, its doubled quotes undone; valid until the next call. */
PJ_NODISCARD pj_status pj_case_rows_text(pj_case_rows *rows, size_t i, const char **text, size_t *len, pj_error *err);

#endif
