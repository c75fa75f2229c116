/* What the columns of a file of cases are, and how an answer in a cell is told. Immutable once made: threads share it.
 */
#ifndef PJ_READ_CASE_PLAN_H
#define PJ_READ_CASE_PLAN_H

#include "lex/intern.h"

#define PJ_CASE_SKIP (-1)
#define PJ_CASE_TEXT (-2)
#define PJ_CASE_COLUMNS 100000

/* An answer as a place in a count; the codes of Python's `Answer` are 0, 1, -1, -2, -3 in this order. */
typedef enum pj_answer {
    PJ_ANSWER_NO,
    PJ_ANSWER_YES,
    PJ_ANSWER_NOT_APPLICABLE,
    PJ_ANSWER_DONT_KNOW,
    PJ_ANSWER_BLANK,
    PJ_NO_ANSWER /* none of the spellings that are known */
} pj_answer;

#define PJ_ANSWERS PJ_NO_ANSWER /* how many there are */

#define PJ_ANSWER_CODE(answer) ((int8_t)((answer) < 2 ? (int)(answer) : 1 - (int)(answer)))

typedef struct pj_case_plan {
    char delimiter;
    size_t n_columns;
    pj_vec questions; /* uint32_t: the column of each question */
    pj_vec texts;     /* uint32_t: the columns kept as text, ascending */
    pj_intern spellings;
    pj_vec meanings; /* uint8_t: the answer that each spelling stands for */
} pj_case_plan;

void pj_case_plan_init(pj_case_plan *plan, pj_alloc alloc, char delimiter);
void pj_case_plan_free(pj_case_plan *plan);

/* Give each column its role, in order: PJ_CASE_SKIP, PJ_CASE_TEXT, or the number of the question that it answers. The
 * questions are numbered 0, 1, ... without a gap, and none has two columns, or PJ_EVALUE. */
PJ_NODISCARD pj_status pj_case_plan_roles(pj_case_plan *plan, const int32_t *roles, size_t n, pj_error *err);

/* Add a spelling, folded as by pj_answer_fold. */
PJ_NODISCARD pj_status pj_case_plan_spelling(pj_case_plan *plan, const char *text, size_t len, pj_answer answer,
                                             pj_error *err);

/* Longest cell that can be an answer: longer ones are PJ_NO_ANSWER without a look. */
#define PJ_ANSWER_LENGTH 64

/* Fold a cell of at most PJ_ANSWER_LENGTH bytes into `out`, which has room for as many: ASCII in lower case, blanks of
 * any kind (NBSP of UTF-8 and of Windows-1252 among them) at the ends dropped and elsewhere one space, a curly
 * apostrophe as '. Returns the length. */
size_t pj_answer_fold(const char *text, size_t len, char *out);

/* The answer in a cell, PJ_NO_ANSWER for what is not known as one. `len` is not limited. */
pj_answer pj_answer_read(const pj_case_plan *plan, const char *text, size_t len);

#endif
