#include "rules.h"

#include <string.h>

#include "base/text.h"

/* Rows as pyjustice/readers/rulebook.py lays them out. */
typedef struct framework_row {
    const char *id;
    int64_t first_day;
    int64_t last_day;
    int16_t maxima[PJ_MAXIMA];
    bool gives_overall;
} framework_row;

typedef struct standard_row {
    int16_t framework;
    const char *code;
    const char *title;
    const char *domain;
    bool core;
    bool counts;
    bool pooled;
    int16_t asked;
} standard_row;

typedef struct question_row {
    int16_t standard;
    int16_t number;
    const char *text;
} question_row;

#include "rules_tables.h"

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

static pj_status add_framework(pj_rulebook *rules, const framework_row *row, pj_error *err) {
    void *made = NULL;
    PJ_TRY(pj_vec_push(&rules->frameworks, &made, err));
    pj_rule_framework *f = made;
    pj_literal_field(row->id, f->id, ROWS(f->id));
    f->first_day = row->first_day;
    f->last_day = row->last_day;
    memcpy(f->maxima, row->maxima, sizeof(f->maxima));
    f->gives_overall = row->gives_overall;
    return PJ_OK;
}

static pj_status add_standard(pj_rulebook *rules, const standard_row *row, pj_error *err) {
    void *made = NULL;
    PJ_TRY(pj_vec_push(&rules->standards, &made, err));
    pj_rule_standard *s = made;
    s->framework = row->framework;
    memcpy(s->code, row->code, strlen(row->code));
    s->domain = row->domain[0];
    s->core = row->core;
    s->counts = row->counts;
    s->pooled = row->pooled;
    s->asked = row->asked;
    pj_literal_field(row->title, s->title, ROWS(s->title));
    return PJ_OK;
}

static pj_status add_question(pj_rulebook *rules, const question_row *row, pj_error *err) {
    void *made = NULL;
    PJ_TRY(pj_vec_push(&rules->questions, &made, err));
    pj_rule_question *q = made;
    q->standard = row->standard;
    q->number = row->number;
    pj_literal_field(row->text, q->text, ROWS(q->text));
    return PJ_OK;
}

pj_status rules_build(pj_alloc alloc, pj_rulebook *out, pj_error *err) {
    pj_rulebook_init(out, alloc);
    for (size_t i = 0; i < ROWS(FRAMEWORKS); i++) {
        PJ_TRY(add_framework(out, &FRAMEWORKS[i], err));
    }
    for (size_t i = 0; i < ROWS(STANDARDS); i++) {
        PJ_TRY(add_standard(out, &STANDARDS[i], err));
    }
    for (size_t i = 0; i < ROWS(QUESTIONS); i++) {
        PJ_TRY(add_question(out, &QUESTIONS[i], err));
    }
    return pj_rulebook_finish(out, PHRASES, ROWS(PHRASES), alloc, err);
}
