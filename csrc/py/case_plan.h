/* The plan behind a CasePlan, for the files of the border that read by it. */
#ifndef PJ_PY_CASE_PLAN_H
#define PJ_PY_CASE_PLAN_H

#include "border.h"

#include "read/case_plan.h"

const pj_case_plan *pj_case_plan_of(PyObject *plan);

#endif
