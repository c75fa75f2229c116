/* The frameworks as the reader needs them: what their documents look like, not how they rate. */
#ifndef PJ_READ_RULEBOOK_H
#define PJ_READ_RULEBOOK_H

#include "base/records.h"
#include "lex/lexicon.h"
#include "read/roles.h"

#define PJ_MAXIMA 8

typedef struct pj_rule_framework {
    uint32_t id[16];
    int64_t first_day; /* dates of fieldwork; PJ_NAT for none */
    int64_t last_day;
    int16_t maxima[PJ_MAXIMA]; /* possible totals of points, 0 at the end */
    bool gives_overall;
} pj_rule_framework;

typedef struct pj_rule_standard {
    int16_t framework;
    char code[8];
    char domain;
    bool core;
    bool counts;
    bool pooled;   /* one pooled score instead of key questions */
    int16_t asked; /* key questions with a percentage in its reports */
    uint32_t title[96];
} pj_rule_standard;

typedef struct pj_rule_question {
    int16_t standard; /* index into the rulebook's standards */
    int16_t number;
    uint32_t text[160];
} pj_rule_question;

typedef struct pj_rulebook {
    pj_vec frameworks;
    pj_vec standards;
    pj_vec questions;
    pj_lexicon lexicon; /* every phrase but the marks */
    pj_lexicon marks;   /* apart, since a mark may hold other phrases or be part of one */
} pj_rulebook;

void pj_rulebook_init(pj_rulebook *rules, pj_alloc alloc);
void pj_rulebook_free(pj_rulebook *rules);

/* Check every index of the tables and phrases, then build the lexicon. The tables have been filled by the caller.
 * PJ_EVALUE names the fault, with the phrase's index as offset. */
PJ_NODISCARD pj_status pj_rulebook_finish(pj_rulebook *rules, const pj_phrase *phrases, size_t n, pj_alloc alloc,
                                          pj_error *err);

/* Index of a framework's standard by its code, which zeros fill up; -1 if it has none. */
int pj_rule_find(const pj_rulebook *rules, int framework, const char code[8]);

static inline const pj_rule_standard *pj_rule_standard_at(const pj_rulebook *rules, int i) {
    return &PJ_AT(&rules->standards, const pj_rule_standard, i);
}

static inline const pj_rule_framework *pj_rule_framework_at(const pj_rulebook *rules, int i) {
    return &PJ_AT(&rules->frameworks, const pj_rule_framework, i);
}

#endif
