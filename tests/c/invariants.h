/* What holds of every report read, whatever the text was. */
#ifndef TESTS_INVARIANTS_H
#define TESTS_INVARIANTS_H

#include "read/report.h"

/* NULL, or what is wrong with the report of a text of `len` bytes. */
const char *report_fault(const pj_report *report, size_t len);

#endif
