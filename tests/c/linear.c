/* Reads text that repeats one thing without end, as a report, as a file of cases and as cells, in two sizes: work may
 * grow with the size, not with its square. Work is the number of basic blocks that run, which the build counts: it is
 * the same on every machine, however busy. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_files.h"
#include "check.h"
#include "marker_table.h"
#include "read/report.h"
#include "rules.h"

#define SMALL ((size_t)1 << 16)
#define GROWTH 8
/* Linear is 8, quadratic 64; between them lies what a growing array and a longer search may add. */
#define MOST_GROWTH 10
/* Blocks a byte at the small size: a hundred times what a report takes. Beyond it the large size is not tried. */
#define HOPELESS ((uint64_t)SMALL * 5000)

static uint64_t blocks;

/* Called at the start of every basic block of this build (-fsanitize-coverage=trace-pc). */
void __sanitizer_cov_trace_pc(void);
__attribute__((no_sanitize_coverage)) void __sanitizer_cov_trace_pc(void) {
    blocks++;
}

static const char *const UNITS[] = {
    "a",
    "A ",
    "1 ",
    "1. ",
    "1.1.1.",
    "'",
    "\n",
    "\f",
    "\t",
    "\xC2\xAD",
    "\xFF",
    "Good ",
    "Good\n",
    "Good\n\n",
    "Good\t",
    "2.1 Assessing ",
    "2.1 AssessingGood\n",
    "2.1\n",
    "Overall rating\n",
    "Overall rating Good ",
    "Score 9/12 ",
    "Lambeth Youth Justice Service should:\n",
    "Lambeth Youth Justice Service should:\n1. improve\n",
    "in 2019 and ",
    "rated as 'Good' in 2019, ",
    "was rated good and previously inadequate ",
    "19 out of 21 ",
    "almost three-fifths of the cases ",
    "one hundred and five ",
    "24 per cent ",
    "achieve positive change for the child? 100%\n",
    "Fieldwork started October 2025 ",
    "06 October 2025 ",
    "Waltham Forest ",
    "Waltham and ",
    "Requires i mprovement ",
    "Req\n",
    "in Lambeth, ",
    "............ 3\n",
};

static const char *const CASE_UNITS[] = {
    ",", "\n",   "\r", "\"", "\"\"", "a", "a,", ",\n", "\"\",", "\"a\nb\",yes,,no\n", "A,yes,,no\n", "A,maybe,,no\n",
    " ", "yes,",
};

/* A column of one such cell after another, and one cell without end. */
static const char *const CELL_UNITS[] = {
    "1,", "1,234(4)", "(1)", "[r]", "\xC2\xB9", " ", "<", "-", "1 to 4 ", "\xE2\x80\xA6", "a", "1e", "\xFF", ",",
};

typedef void read_text(const void *by, const char *text, size_t size);

static void read_report(const void *rules, const char *text, size_t size) {
    pj_report report;
    CHECK(pj_report_read(rules, text, size, 0, -1, pj_alloc_libc(), &report, NULL) == PJ_OK);
    pj_report_free(&report);
}

/* Any outcome will do: a quote may stay open. */
static void read_cases(const void *plan, const char *text, size_t size) {
    pj_case_table table;
    pj_case_tally made;
    size_t open = 0;
    CHECK(pj_scan_cut(text, size, ',', &open) <= size);
    CHECK(pj_case_table_init(&table, plan, pj_alloc_libc(), NULL) == PJ_OK);
    CHECK(pj_case_tally_init(&made, plan, pj_alloc_libc(), NULL) == PJ_OK);
    pj_status status = pj_case_table_read(&table, plan, text, size, NULL);
    CHECK(pj_case_tally_read(&made, plan, text, size, NULL) == status);
    pj_case_table_free(&table);
    pj_case_tally_free(&made);
}

static void read_cells(const void *markers, const char *text, size_t size) {
    pj_figure figure;
    pj_figure_read(markers, text, size, &figure);
    CHECK(figure_fault(&figure) == NULL);
    for (size_t at = 0; at < size; at += 32) {
        pj_figure_read(markers, text + at, size - at < 32 ? size - at : 32, &figure);
    }
}

static uint64_t work_of(read_text *read, const void *by, const char *unit, size_t size) {
    size_t n = strlen(unit);
    size -= size % n; /* whole units: both sizes end alike */
    char *text = malloc(size);
    CHECK(text != NULL);
    for (size_t at = 0; text != NULL && at < size; at++) {
        text[at] = unit[at % n];
    }
    uint64_t before = blocks;
    read(by, text, size);
    free(text);
    return blocks - before;
}

static void is_linear(read_text *read, const void *by, const char *unit) {
    uint64_t small = work_of(read, by, unit, SMALL);
    CHECK(small > SMALL / 200); /* or nothing was counted */
    uint64_t large = small > HOPELESS ? UINT64_MAX : work_of(read, by, unit, SMALL * GROWTH);
    bool linear = large / MOST_GROWTH < small;
    if (!linear) {
        printf("%" PRIu64 " blocks, then %" PRIu64 " for %d times the size: %s\n", small, large, GROWTH, unit);
    }
    CHECK(linear);
}

int main(void) {
    pj_rulebook rules;
    CHECK(rules_build(pj_alloc_libc(), &rules, NULL) == PJ_OK);
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
        is_linear(read_report, &rules, UNITS[i]);
    }
    pj_rulebook_free(&rules);
    pj_case_plan plan;
    CHECK(case_plan_build(pj_alloc_libc(), &plan, NULL) == PJ_OK);
    for (size_t i = 0; i < sizeof(CASE_UNITS) / sizeof(CASE_UNITS[0]); i++) {
        is_linear(read_cases, &plan, CASE_UNITS[i]);
    }
    pj_case_plan_free(&plan);
    pj_markers markers;
    CHECK(marker_table_build(pj_alloc_libc(), &markers, NULL) == PJ_OK);
    for (size_t i = 0; i < sizeof(CELL_UNITS) / sizeof(CELL_UNITS[0]); i++) {
        is_linear(read_cells, &markers, CELL_UNITS[i]);
    }
    pj_markers_free(&markers);
    return checks_failed() == 0 ? 0 : 1;
}
