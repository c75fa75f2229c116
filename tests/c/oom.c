/* Fails the n-th allocation, and all after it, for n = 0, 1, 2, ... until nothing fails any more: each call must end in
 * PJ_ENOMEM with every block given back, at last in success. Arguments: documents. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_files.h"
#include "check.h"
#include "invariants.h"
#include "marker_table.h"
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

/* A plan, two blocks read and put together, both ways. */
static pj_status read_cases(pj_alloc alloc, pj_error *err) {
    static const char *const blocks[] = {"A,yes,,no\n\"B \"\"x\"\"\",no,,n/a\nA,bad,,no\n",
                                         "C,,,yes\nA,no,,no\nshort\n"};
    pj_case_plan plan;
    pj_case_table tables[2];
    pj_case_tally tallies[2];
    memset(tables, 0, sizeof(tables));
    memset(tallies, 0, sizeof(tallies));
    pj_status status = case_plan_build(alloc, &plan, err);
    for (int i = 0; i < 2 && status == PJ_OK; i++) {
        status = pj_case_table_init(&tables[i], &plan, alloc, err);
        status = status == PJ_OK ? pj_case_tally_init(&tallies[i], &plan, alloc, err) : status;
        size_t len = strlen(blocks[i]);
        status = status == PJ_OK ? pj_case_table_read(&tables[i], &plan, blocks[i], len, err) : status;
        status = status == PJ_OK ? pj_case_tally_read(&tallies[i], &plan, blocks[i], len, err) : status;
    }
    status = status == PJ_OK ? pj_case_table_absorb(&tables[0], &tables[1], err) : status;
    status = status == PJ_OK ? pj_case_tally_absorb(&tallies[0], &tallies[1], err) : status;
    CHECK(status != PJ_OK || case_fault(&tables[0], &tallies[0]) == NULL);
    for (int i = 0; i < 2; i++) {
        pj_case_table_free(&tables[i]);
        pj_case_tally_free(&tallies[i]);
    }
    pj_case_plan_free(&plan);
    return status;
}

static void fail_each_of_cases(void) {
    pj_status status = PJ_ENOMEM;
    for (size_t n = 0; status == PJ_ENOMEM; n++) {
        meter m = {.fail_at = n};
        pj_error err = {PJ_OK, 0, 0, NULL};
        status = read_cases(metered(&m), &err);
        CHECK(status == err.status && (status == PJ_OK || status == PJ_ENOMEM));
        CHECK(m.live == 0);
    }
}

/* A table of signs, and a column read by it. */
static void fail_each_of_cells(void) {
    static const char text[] = "1,234(4)\0[c]\0<5\0-\0R";
    pj_status status = PJ_ENOMEM;
    for (size_t n = 0; status == PJ_ENOMEM; n++) {
        meter m = {.fail_at = n};
        pj_error err = {PJ_OK, 0, 0, NULL};
        pj_markers markers;
        pj_vec figures;
        pj_vec_init(&figures, metered(&m), sizeof(pj_figure));
        status = marker_table_build(metered(&m), &markers, &err);
        status = status == PJ_OK ? pj_figures_read(&markers, text, sizeof(text), &figures, &err) : status;
        CHECK(status == err.status && (status == PJ_OK || status == PJ_ENOMEM));
        CHECK(status != PJ_OK || figures.len == 5);
        pj_vec_free(&figures);
        pj_markers_free(&markers);
        CHECK(m.live == 0);
    }
}

int main(int argc, char **argv) {
    fail_each_of_rules();
    fail_each_of_cases();
    fail_each_of_cells();
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
