/* Any bytes, read as a report with the package's own rulebook. */
#include <stdint.h>
#include <stdlib.h>

#include "check.h"
#include "invariants.h"
#include "rules.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static pj_rulebook rules;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    if (rules_build(pj_alloc_libc(), &rules, NULL) != PJ_OK) {
        abort();
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = exact_copy((const char *)data, size);
    meter m = {.fail_at = SIZE_MAX};
    pj_report report;
    if (pj_report_read(&rules, text, size, 0, -1, metered(&m), &report, NULL) != PJ_OK ||
        report_fault(&report, size) != NULL) {
        abort();
    }
    pj_report_free(&report);
    if (m.live != 0) {
        abort();
    }
    free(text);
    return 0;
}
