/* The package's own rulebook without Python: tests/tools/dump_rules.py writes its tables as rules_tables.h. */
#ifndef TESTS_RULES_H
#define TESTS_RULES_H

#include "read/rulebook.h"

/* Fill and finish a rulebook; on failure `out` can still be freed. */
PJ_NODISCARD pj_status rules_build(pj_alloc alloc, pj_rulebook *out, pj_error *err);

#endif
