/* A plan of three columns (a name, two questions), and both ways of reading by it, for tests and fuzzers. */
#ifndef TESTS_CASE_FILES_H
#define TESTS_CASE_FILES_H

#include "jobs/tally_cases.h"
#include "read/case_table.h"

PJ_NODISCARD pj_status case_plan_build(pj_alloc alloc, pj_case_plan *plan, pj_error *err);

/* Whether a table and a tally of the same text say the same; NULL, or what differs. */
const char *case_fault(const pj_case_table *table, const pj_case_tally *made);

#endif
