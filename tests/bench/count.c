/* Reads each document, and a made file of cases, once, for a tool that counts instructions. Arguments: documents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_files.h"
#include "check.h"
#include "read/report.h"
#include "rules.h"

#define ROWS 2000
#define LONGEST_ROW 64

/* Rows as most files have them: a few names, answers of few kinds, now and then a quoted note. */
static pj_status count_cases(void) {
    static const char *const answers[] = {"Yes", "No", "yes", "N/A", "", "Don't know"};
    static const char *const notes[] = {"", "none", "\"seen, twice\""};
    char *text = malloc((size_t)ROWS * LONGEST_ROW);
    size_t len = 0;
    for (unsigned i = 0; text != NULL && i < ROWS; i++) {
        len += (size_t)snprintf(text + len, LONGEST_ROW, "Service %u,%s,%s,%s\n", i % 7, answers[i % 6], notes[i % 3],
                                answers[i * i % 5]);
    }
    pj_case_plan plan;
    pj_case_tally made;
    pj_case_table table;
    memset(&made, 0, sizeof(made));
    memset(&table, 0, sizeof(table));
    pj_status status = case_plan_build(pj_alloc_libc(), &plan, NULL);
    status = status == PJ_OK ? pj_case_tally_init(&made, &plan, pj_alloc_libc(), NULL) : status;
    status = status == PJ_OK ? pj_case_table_init(&table, &plan, pj_alloc_libc(), NULL) : status;
    status = status == PJ_OK ? pj_case_tally_read(&made, &plan, text, len, NULL) : status;
    status = status == PJ_OK ? pj_case_table_read(&table, &plan, text, len, NULL) : status;
    pj_case_table_free(&table);
    pj_case_tally_free(&made);
    pj_case_plan_free(&plan);
    free(text);
    return status;
}

int main(int argc, char **argv) {
    pj_rulebook rules;
    pj_status status = rules_build(pj_alloc_libc(), &rules, NULL);
    size_t bytes = 0;
    for (int i = 1; i < argc && status == PJ_OK; i++) {
        size_t len = 0;
        char *text = read_file(argv[i], &len);
        pj_report report;
        status = pj_report_read(&rules, text, len, 0, -1, pj_alloc_libc(), &report, NULL);
        pj_report_free(&report);
        free(text);
        bytes += len;
    }
    pj_rulebook_free(&rules);
    status = status == PJ_OK ? count_cases() : status;
    printf("%zu bytes\n", bytes);
    return status == PJ_OK ? 0 : 1;
}
