/* read/: the reader and its rulebook without Python. What it reads is tested in tests/unit and tests/property. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "check.h"
#include "groups.h"
#include "invariants.h"
#include "read/report.h"
#include "rules.h"

static const char TABLE[] = "An inspection of youth justice services in Anytown\n\n"
                            "HM Inspectorate of Probation, May 2024\n\n"
                            "Ratings\n\nAnytown Youth Justice Service\nFieldwork started January 2024\nScore 29/36\n"
                            "Overall rating\tGood\n1. Organisational delivery\n1.1\tGovernance and leadership\tGood\n"
                            "1.2\tStaff\tOutstanding\n2. Court disposals\n2.1\tAssessment\tRequires i mprovement\n";

static pj_report read(const pj_rulebook *rules, const char *text) {
    pj_report report;
    CHECK(pj_report_read(rules, text, strlen(text), 7, -1, pj_alloc_libc(), &report, NULL) == PJ_OK);
    CHECK(report_fault(&report, strlen(text)) == NULL);
    return report;
}

static bool field_is(const uint32_t *field, size_t n, const char *text) {
    uint32_t wanted[96];
    pj_literal_field(text, wanted, n);
    return memcmp(field, wanted, n * sizeof(*field)) == 0;
}

static int8_t rating_of(const pj_report *report, const char *standard) {
    for (size_t i = 0; i < report->ratings.len; i++) {
        const pj_rating *row = &PJ_AT(&report->ratings, const pj_rating, i);
        if (field_is(row->standard, 8, standard)) {
            return row->rating;
        }
    }
    return INT8_MIN;
}

static void a_table_is_read(const pj_rulebook *rules) {
    pj_report report = read(rules, TABLE);
    const pj_inspection *i = &report.inspection;
    CHECK(i->report == 7 && field_is(i->kind, 8, "report") && field_is(i->framework, 16, "yjs-2021"));
    CHECK(field_is(i->service, 96, "Anytown") && i->score == 29 && i->max_score == 36 && i->overall == 2);
    CHECK(rating_of(&report, "1.1") == 2 && rating_of(&report, "1.2") == 3 && rating_of(&report, "2.1") == 1);
    CHECK(rating_of(&report, "3.4") == -2 && rating_of(&report, "4.1") == INT8_MIN);
    pj_report_free(&report);
}

static void another_document_has_no_ratings(const pj_rulebook *rules) {
    pj_report report =
        read(rules, "Ofsted school inspection report\nOverall rating\tGood\n1.1 Governance and leadership Good\n");
    CHECK(field_is(report.inspection.kind, 8, "other") && report.ratings.len == 0);
    pj_report_free(&report);
    report = read(rules, "");
    CHECK(field_is(report.inspection.kind, 8, "other") && report.inspection.line == -1);
    pj_report_free(&report);
}

static pj_status finish(int16_t standard_of_question, pj_phrase phrase) {
    pj_rulebook rules;
    void *made = NULL;
    pj_rulebook_init(&rules, pj_alloc_libc());
    CHECK(pj_vec_push(&rules.frameworks, &made, NULL) == PJ_OK);
    CHECK(pj_vec_push(&rules.standards, &made, NULL) == PJ_OK);
    CHECK(pj_vec_push(&rules.questions, &made, NULL) == PJ_OK);
    ((pj_rule_question *)made)->standard = standard_of_question;
    pj_error err = {PJ_OK, 0, 0, NULL};
    pj_status status = pj_rulebook_finish(&rules, &phrase, 1, pj_alloc_libc(), &err);
    CHECK(status == err.status && (status == PJ_OK) == (err.message == NULL));
    pj_rulebook_free(&rules);
    return status;
}

static void a_rulebook_checks_its_indices(void) {
    pj_phrase title = {"Staff", 5, {PJ_ROLE_title, 0, 0, -1, 0}};
    CHECK(finish(0, title) == PJ_OK);
    CHECK(finish(1, title) == PJ_EVALUE);
    CHECK(finish(-1, title) == PJ_EVALUE);
    title.meaning.standard = 1;
    CHECK(finish(0, title) == PJ_EVALUE);
    title.meaning.standard = -1;
    title.meaning.framework = 1;
    CHECK(finish(0, title) == PJ_EVALUE);
    title.meaning.framework = -1;
    title.meaning.role = PJ_ROLE_COUNT;
    CHECK(finish(0, title) == PJ_EVALUE);
    title.meaning.role = PJ_ROLE_title;
    title.text = " ... ";
    CHECK(finish(0, title) == PJ_EVALUE);
}

void test_report(void) {
    pj_rulebook rules;
    CHECK(rules_build(pj_alloc_libc(), &rules, NULL) == PJ_OK);
    a_table_is_read(&rules);
    another_document_has_no_ratings(&rules);
    pj_rulebook_free(&rules);
    a_rulebook_checks_its_indices();
}
