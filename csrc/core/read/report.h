/* A document about a youth justice inspection, read into records. */
#ifndef PJ_READ_REPORT_H
#define PJ_READ_REPORT_H

#include "read/rulebook.h"

typedef struct pj_report {
    pj_inspection inspection;
    pj_vec ratings;
    pj_vec questions;
    pj_vec samples;
    pj_vec recommendations;
    pj_vec quantities;
    pj_vec mentions;
} pj_report;

/* Read UTF-8 text into records. `report` is the number that every record carries; `framework` an index into the rules'
 * frameworks when the caller knows it, else -1. What is not found is marked as such; the only failures are PJ_ELIMIT
 * and PJ_ENOMEM. On failure `out` can still be freed. Time is linear in the size of the text. */
PJ_NODISCARD pj_status pj_report_read(const pj_rulebook *rules, const char *text, size_t len, int32_t report,
                                      int framework, pj_alloc alloc, pj_report *out, pj_error *err);
void pj_report_free(pj_report *report);

#endif
