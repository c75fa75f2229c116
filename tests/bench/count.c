/* Reads each document once, for a tool that counts the instructions of pj_report_read. Arguments: documents. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "read/report.h"
#include "rules.h"

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
    printf("%zu bytes\n", bytes);
    return status == PJ_OK ? 0 : 1;
}
