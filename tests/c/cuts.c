/* Reads documents cut at every STEP-th byte, each in a block of its exact size: never a fault, and reading more text
 * never takes place outside of it. Arguments: STEP, documents. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "invariants.h"
#include "rules.h"

static void read_cut(const pj_rulebook *rules, const char *text, size_t len) {
    char *cut = exact_copy(text, len);
    meter m = {.fail_at = SIZE_MAX};
    pj_report report;
    CHECK(pj_report_read(rules, cut, len, 0, -1, metered(&m), &report, NULL) == PJ_OK);
    const char *fault = report_fault(&report, len);
    if (fault != NULL) {
        printf("cut at %zu: %s\n", len, fault);
    }
    CHECK(fault == NULL);
    pj_report_free(&report);
    CHECK(m.live == 0);
    free(cut);
}

int main(int argc, char **argv) {
    pj_rulebook rules;
    size_t step = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    CHECK(step > 0 && rules_build(pj_alloc_libc(), &rules, NULL) == PJ_OK);
    for (int i = 2; i < argc; i++) {
        size_t len = 0;
        char *text = read_file(argv[i], &len);
        for (size_t at = 0; at < len; at += step) {
            read_cut(&rules, text, at);
        }
        read_cut(&rules, text, len);
        free(text);
    }
    pj_rulebook_free(&rules);
    return checks_failed() == 0 ? 0 : 1;
}
