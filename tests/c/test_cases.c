/* read/case_*, compute/tally, jobs/tally_cases: answers told apart, rows refused, blocks put together. */
#include <stdlib.h>
#include <string.h>

#include "case_files.h"
#include "check.h"
#include "groups.h"

static void folds(const char *text, const char *expected) {
    char out[PJ_ANSWER_LENGTH];
    size_t len = pj_answer_fold(text, strlen(text), out);
    CHECK(len == strlen(expected) && memcmp(out, expected, len) == 0);
}

static void answers_are_told_apart(void) {
    folds("  Don\xE2\x80\x99T \t know ", "don't know");
    folds("don\x92t\xA0know", "don't know");
    folds("\xC2\xA0Yes\xC2\xA0", "yes");
    folds(" \t\r\n", "");
    folds("\xC3\xA0", "\xC3"); /* the second byte alone is an NBSP of Windows-1252: no spelling has either */
    pj_case_plan plan;
    CHECK(case_plan_build(pj_alloc_libc(), &plan, NULL) == PJ_OK);
    CHECK(pj_answer_read(&plan, "YES", 3) == PJ_ANSWER_YES);
    CHECK(pj_answer_read(&plan, "", 0) == PJ_ANSWER_BLANK);
    CHECK(pj_answer_read(&plan, "\xC2\xA0 ", 3) == PJ_ANSWER_BLANK);
    CHECK(pj_answer_read(&plan, "yess", 4) == PJ_NO_ANSWER);
    char wide[300];
    memset(wide, ' ', sizeof(wide));
    memcpy(wide + 100, "No", 2);
    CHECK(pj_answer_read(&plan, wide, sizeof(wide)) == PJ_ANSWER_NO);
    memset(wide, 'x', sizeof(wide));
    CHECK(pj_answer_read(&plan, wide, sizeof(wide)) == PJ_NO_ANSWER);
    pj_error err = {PJ_OK, 0, 0, NULL};
    CHECK(pj_case_plan_spelling(&plan, "yes", 3, PJ_ANSWER_YES, &err) == PJ_OK);
    CHECK(pj_case_plan_spelling(&plan, "yes", 3, PJ_ANSWER_NO, &err) == PJ_EVALUE);
    CHECK(pj_case_plan_spelling(&plan, "", 0, PJ_ANSWER_NO, &err) == PJ_EVALUE);
    pj_case_plan_free(&plan);
}

static void roles_are_checked(void) {
    static const int32_t twice[] = {0, 0};
    static const int32_t gap[] = {0, 2, PJ_CASE_SKIP};
    static const int32_t unknown[] = {-3};
    const struct {
        const int32_t *roles;
        size_t n;
    } wrong[] = {{twice, 2}, {gap, 3}, {unknown, 1}, {twice, 0}};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        pj_case_plan plan;
        pj_case_plan_init(&plan, pj_alloc_libc(), ',');
        CHECK(pj_case_plan_roles(&plan, wrong[i].roles, wrong[i].n, NULL) == PJ_EVALUE);
        pj_case_plan_free(&plan);
    }
}

static void rows_are_kept_or_refused(void) {
    static const char text[] = "Lambeth,Yes,,No\n"               /* 1 */
                               "\"A \"\"B\"\"\",n/a,\"x\ny\",\n" /* 2, 3 */
                               "\n , ,\"\",\n"                   /* 4, 5: no rows */
                               "short,yes\n"                     /* 6 */
                               "long,yes,,no,, ,\n"              /* 7: the rest is blank */
                               "long,yes,,no,x\n"                /* 8 */
                               "C,yes,,maybe\n"                  /* 9 */
                               "\"C\"d,yes,,no\n"                /* 10 */
                               "N\0L,yes,,no\n"                  /* 11 */
                               " Lambeth ,DON'T KNOW,,yes";      /* 12 */
    size_t len = sizeof(text) - 1;
    char *copy = exact_copy(text, len);
    pj_case_plan plan;
    pj_case_table table;
    CHECK(case_plan_build(pj_alloc_libc(), &plan, NULL) == PJ_OK);
    CHECK(pj_case_table_init(&table, &plan, pj_alloc_libc(), NULL) == PJ_OK);
    CHECK(pj_case_table_read(&table, &plan, copy, len, NULL) == PJ_OK);
    free(copy);
    static const int64_t lines[] = {1, 2, 7, 12};
    static const int8_t first[] = {1, -1, 1, -2};
    static const int8_t second[] = {0, -3, 0, 1};
    static const int32_t codes[] = {0, 1, 2, 0};
    CHECK(table.lines.len == 4 && memcmp(table.lines.data, lines, sizeof(lines)) == 0);
    CHECK(memcmp(PJ_AT(&table.answers, pj_vec, 0).data, first, 4) == 0);
    CHECK(memcmp(PJ_AT(&table.answers, pj_vec, 1).data, second, 4) == 0);
    CHECK(memcmp(PJ_AT(&table.codes, pj_vec, 0).data, codes, sizeof(codes)) == 0);
    static const pj_refusal refused[] = {
        {6, 0, PJ_ROW_SHORT}, {8, 0, PJ_ROW_LONG}, {9, 4, PJ_ROW_NO_ANSWER}, {10, 0, PJ_ROW_TORN}, {11, 0, PJ_ROW_NUL}};
    CHECK(table.refused.len == 5);
    for (size_t i = 0; i < 5 && i < table.refused.len; i++) {
        const pj_refusal *row = &PJ_AT(&table.refused, pj_refusal, i);
        CHECK(row->line == refused[i].line && row->column == refused[i].column && row->reason == refused[i].reason);
    }
    size_t n = 0;
    CHECK(memcmp(pj_intern_at(&PJ_AT(&table.values, pj_intern, 0), 1, &n), "A \"B\"", 5) == 0 && n == 5);
    pj_case_table_free(&table);
    pj_case_plan_free(&plan);
}

/* Read in two blocks, wherever a record ends, is what is read in one. */
static void blocks_make_a_whole(void) {
    static const char text[] = "A,yes,,no\nB,no,\"x\n\",n/a\nA,bad,,no\n\nC,yes,,yes\nB,,,don't know\n";
    size_t len = sizeof(text) - 1;
    pj_case_plan plan;
    pj_case_table whole;
    CHECK(case_plan_build(pj_alloc_libc(), &plan, NULL) == PJ_OK);
    CHECK(pj_case_table_init(&whole, &plan, pj_alloc_libc(), NULL) == PJ_OK);
    CHECK(pj_case_table_read(&whole, &plan, text, len, NULL) == PJ_OK);
    for (size_t at = 0; at <= len; at++) {
        size_t open = 0;
        size_t cut = pj_scan_cut(text, at, ',', &open);
        pj_case_table tables[2];
        pj_case_tally tallies[2];
        for (int i = 0; i < 2; i++) {
            const char *part = i == 0 ? text : text + cut;
            size_t size = i == 0 ? cut : len - cut;
            CHECK(pj_case_table_init(&tables[i], &plan, pj_alloc_libc(), NULL) == PJ_OK);
            CHECK(pj_case_tally_init(&tallies[i], &plan, pj_alloc_libc(), NULL) == PJ_OK);
            CHECK(pj_case_table_read(&tables[i], &plan, part, size, NULL) == PJ_OK);
            CHECK(pj_case_tally_read(&tallies[i], &plan, part, size, NULL) == PJ_OK);
        }
        CHECK(pj_case_table_absorb(&tables[0], &tables[1], NULL) == PJ_OK);
        CHECK(pj_case_tally_absorb(&tallies[0], &tallies[1], NULL) == PJ_OK);
        CHECK(tables[0].lines.len == whole.lines.len);
        CHECK(memcmp(tables[0].lines.data, whole.lines.data, whole.lines.len * sizeof(int64_t)) == 0);
        CHECK(memcmp(PJ_AT(&tables[0].codes, pj_vec, 0).data, PJ_AT(&whole.codes, pj_vec, 0).data,
                     whole.lines.len * sizeof(int32_t)) == 0);
        CHECK(tables[0].refused.len == 1 && PJ_AT(&tables[0].refused, pj_refusal, 0).line == 4);
        CHECK(PJ_AT(&tallies[0].refused, pj_refusal, 0).line == 4);
        CHECK(case_fault(&whole, &tallies[0]) == NULL);
        for (int i = 0; i < 2; i++) {
            pj_case_table_free(&tables[i]);
            pj_case_tally_free(&tallies[i]);
        }
    }
    pj_case_table_free(&whole);
    pj_case_plan_free(&plan);
}

static void open_quotes_are_told(void) {
    static const char text[] = "A,yes,,no\nB,\"yes,,no\n";
    pj_case_plan plan;
    pj_case_tally made;
    pj_error err = {PJ_OK, 0, 0, NULL};
    CHECK(case_plan_build(pj_alloc_libc(), &plan, NULL) == PJ_OK);
    CHECK(pj_case_tally_init(&made, &plan, pj_alloc_libc(), NULL) == PJ_OK);
    CHECK(pj_case_tally_read(&made, &plan, text, sizeof(text) - 1, &err) == PJ_EVALUE);
    CHECK(err.line == 2 && err.offset == 12);
    pj_case_tally_free(&made);
    pj_case_plan_free(&plan);
}

/* Without a key all rows are one group; without a question there is nothing to count but rows. */
static void tallies_of_little(void) {
    static const int32_t none[] = {PJ_CASE_SKIP, PJ_CASE_SKIP};
    pj_case_plan plan;
    pj_case_tally made;
    pj_case_plan_init(&plan, pj_alloc_libc(), ',');
    CHECK(pj_case_plan_roles(&plan, none, 2, NULL) == PJ_OK);
    CHECK(pj_case_tally_init(&made, &plan, pj_alloc_libc(), NULL) == PJ_OK);
    CHECK(pj_case_tally_read(&made, &plan, "a,b\n,\nc,d\n", 10, NULL) == PJ_OK);
    CHECK(made.tally.rows.len == 1 && PJ_AT(&made.tally.rows, int64_t, 0) == 2);
    pj_case_tally_free(&made);
    pj_case_plan_free(&plan);
}

static void groups_of_two_keys(void) {
    static const int32_t roles[] = {PJ_CASE_TEXT, 0, PJ_CASE_TEXT};
    static const char text[] = "a,yes,x\na,no,y\nb,yes,x\na,yes,x\n,yes,\n";
    pj_case_plan plan;
    pj_case_tally made;
    pj_case_plan_init(&plan, pj_alloc_libc(), ',');
    CHECK(pj_case_plan_roles(&plan, roles, 3, NULL) == PJ_OK);
    CHECK(pj_case_plan_spelling(&plan, "yes", 3, PJ_ANSWER_YES, NULL) == PJ_OK);
    CHECK(pj_case_plan_spelling(&plan, "no", 2, PJ_ANSWER_NO, NULL) == PJ_OK);
    CHECK(pj_case_tally_init(&made, &plan, pj_alloc_libc(), NULL) == PJ_OK);
    CHECK(pj_case_tally_read(&made, &plan, text, sizeof(text) - 1, NULL) == PJ_OK);
    static const int64_t rows[] = {2, 1, 1, 1};
    CHECK(made.tally.rows.len == 4 && memcmp(made.tally.rows.data, rows, sizeof(rows)) == 0);
    CHECK(PJ_AT(&made.tally.counts, int64_t, PJ_ANSWER_YES) == 2);
    pj_case_tally_free(&made);
    pj_case_plan_free(&plan);
}

void test_cases(void) {
    answers_are_told_apart();
    roles_are_checked();
    rows_are_kept_or_refused();
    blocks_make_a_whole();
    open_quotes_are_told();
    tallies_of_little();
    groups_of_two_keys();
}
