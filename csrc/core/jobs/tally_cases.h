/* Cases counted while they are read: what is kept grows with the groups, not with the file. */
#ifndef PJ_JOBS_TALLY_CASES_H
#define PJ_JOBS_TALLY_CASES_H

#include "compute/tally.h"
#include "read/case_rows.h"

/* Refused rows whose place is kept; all are counted. */
#define PJ_TALLY_REFUSED 1000

typedef struct pj_case_tally {
    pj_tally tally; /* its keys are the text columns of the plan */
    pj_vec refused; /* pj_refusal, the first PJ_TALLY_REFUSED */
    uint64_t rows_refused;
    uint64_t line_ends;
} pj_case_tally;

PJ_NODISCARD pj_status pj_case_tally_init(pj_case_tally *made, const pj_case_plan *plan, pj_alloc alloc, pj_error *err);
void pj_case_tally_free(pj_case_tally *made);

/* Count the rows of a block of whole records. On failure it may only be freed. */
PJ_NODISCARD pj_status pj_case_tally_read(pj_case_tally *made, const pj_case_plan *plan, const char *text, size_t len,
                                          pj_error *err);

/* Add what was counted, by a plan of the same keys and questions, in the block that follows. On failure it may only be
 * freed. */
PJ_NODISCARD pj_status pj_case_tally_absorb(pj_case_tally *made, const pj_case_tally *next, pj_error *err);

#endif
