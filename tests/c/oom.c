/* Fails the n-th allocation, and all after it, for n = 0, 1, 2, ... until nothing fails any more: each call must end in
 * PJ_ENOMEM with every block given back, at last in success. Arguments: documents. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "invariants.h"
#include "read/report.h"
#include "rules.h"

static void fail_each_of_rules(void) {
    pj_status status = PJ_ENOMEM;
    for (size_t n = 0; status == PJ_ENOMEM; n++) {
        meter m = {.fail_at = n};
        pj_error err = {PJ_OK, 0, 0, NULL};
        pj_rulebook rules;
        status = rules_build(metered(&m), &rules, &err);
        CHECK(status == err.status && (status == PJ_OK || status == PJ_ENOMEM));
        pj_rulebook_free(&rules);
        CHECK(m.live == 0);
    }
}

static size_t fail_each_of_report(const pj_rulebook *rules, const char *text, size_t len) {
    pj_status status = PJ_ENOMEM;
    size_t n = 0;
    for (; status == PJ_ENOMEM; n++) {
        meter m = {.fail_at = n};
        pj_error err = {PJ_OK, 0, 0, NULL};
        pj_report report;
        status = pj_report_read(rules, text, len, 0, -1, metered(&m), &report, &err);
        CHECK(status == err.status && (status == PJ_OK || status == PJ_ENOMEM));
        CHECK(status != PJ_OK || report_fault(&report, len) == NULL);
        pj_report_free(&report);
        CHECK(m.live == 0);
    }
    return n - 1;
}

int main(int argc, char **argv) {
    fail_each_of_rules();
    pj_rulebook rules;
    CHECK(rules_build(pj_alloc_libc(), &rules, NULL) == PJ_OK);
    for (int i = 1; i < argc; i++) {
        size_t len = 0;
        char *text = read_file(argv[i], &len);
        printf("%zu allocations failed: %s\n", fail_each_of_report(&rules, text, len), argv[i]);
        free(text);
    }
    pj_rulebook_free(&rules);
    return checks_failed() == 0 ? 0 : 1;
}
