/* Cases as columns: answers as codes, texts as numbers of their distinct values. Tables of consecutive blocks are put
 * one behind the other. */
#ifndef PJ_READ_CASE_TABLE_H
#define PJ_READ_CASE_TABLE_H

#include "read/case_rows.h"

typedef struct pj_case_table {
    pj_vec answers; /* pj_vec of int8_t for each question: codes of Python's `Answer` */
    pj_vec codes;   /* pj_vec of int32_t for each text column: -1 for a blank cell */
    pj_vec values;  /* pj_intern for each text column */
    pj_vec lines;   /* int64_t: 1-based line of each row */
    pj_vec refused; /* pj_refusal */
    uint64_t line_ends;
} pj_case_table;

PJ_NODISCARD pj_status pj_case_table_init(pj_case_table *table, const pj_case_plan *plan, pj_alloc alloc,
                                          pj_error *err);
void pj_case_table_free(pj_case_table *table);

/* Append the rows of a block of whole records. On failure the table may only be freed. */
PJ_NODISCARD pj_status pj_case_table_read(pj_case_table *table, const pj_case_plan *plan, const char *text, size_t len,
                                          pj_error *err);

/* Append what was read, by the same plan, of the block that follows. On failure the table may only be freed. */
PJ_NODISCARD pj_status pj_case_table_absorb(pj_case_table *table, const pj_case_table *next, pj_error *err);

#endif
