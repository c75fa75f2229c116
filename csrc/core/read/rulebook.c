#include "read/rulebook.h"

#include <string.h>

void pj_rulebook_init(pj_rulebook *rules, pj_alloc alloc) {
    memset(rules, 0, sizeof(*rules));
    pj_vec_init(&rules->frameworks, alloc, sizeof(pj_rule_framework));
    pj_vec_init(&rules->standards, alloc, sizeof(pj_rule_standard));
    pj_vec_init(&rules->questions, alloc, sizeof(pj_rule_question));
}

void pj_rulebook_free(pj_rulebook *rules) {
    pj_vec_free(&rules->frameworks);
    pj_vec_free(&rules->standards);
    pj_vec_free(&rules->questions);
    pj_lexicon_free(&rules->lexicon);
    pj_lexicon_free(&rules->marks);
}

static bool index_ok(int index, size_t n) {
    return index >= -1 && (index < 0 || (size_t)index < n);
}

/* The marks, or all the others. An error's offset is the phrase's index in `phrases`. */
static pj_status build_lexicon(const pj_phrase *phrases, size_t n, bool marks, pj_alloc alloc, pj_lexicon *out,
                               pj_error *err) {
    pj_vec chosen;
    pj_vec_init(&chosen, alloc, sizeof(pj_phrase));
    pj_status status = pj_vec_reserve(&chosen, n + 1, err);
    for (size_t i = 0; i < n && status == PJ_OK; i++) {
        if ((phrases[i].meaning.role == PJ_ROLE_mark) == marks) {
            status = pj_vec_append(&chosen, &phrases[i], 1, err);
        }
    }
    if (status == PJ_OK) {
        status = pj_lexicon_build(chosen.data, chosen.len, alloc, out, err);
        for (size_t i = 0, k = 0; status == PJ_EVALUE && err != NULL && i < n; i++) {
            if ((phrases[i].meaning.role == PJ_ROLE_mark) == marks && k++ == err->offset) {
                err->offset = i;
                break;
            }
        }
    }
    pj_vec_free(&chosen);
    return status;
}

pj_status pj_rulebook_finish(pj_rulebook *rules, const pj_phrase *phrases, size_t n, pj_alloc alloc, pj_error *err) {
    for (size_t i = 0; i < rules->standards.len; i++) {
        int framework = PJ_AT(&rules->standards, pj_rule_standard, i).framework;
        if (framework < 0 || (size_t)framework >= rules->frameworks.len) {
            return pj_fail(err, PJ_EVALUE, 0, i, "expected a standard of a known framework");
        }
    }
    for (size_t i = 0; i < rules->questions.len; i++) {
        int standard = PJ_AT(&rules->questions, pj_rule_question, i).standard;
        if (standard < 0 || (size_t)standard >= rules->standards.len) {
            return pj_fail(err, PJ_EVALUE, 0, i, "expected a question of a known standard");
        }
    }
    for (size_t i = 0; i < n; i++) {
        const pj_meaning *m = &phrases[i].meaning;
        if (m->role >= PJ_ROLE_COUNT || !index_ok(m->framework, rules->frameworks.len) ||
            !index_ok(m->standard, rules->standards.len)) {
            return pj_fail(err, PJ_EVALUE, 0, i, "expected a phrase of a known role, framework and standard");
        }
    }
    pj_status status = build_lexicon(phrases, n, true, alloc, &rules->marks, err);
    return status == PJ_OK ? build_lexicon(phrases, n, false, alloc, &rules->lexicon, err) : status;
}

int pj_rule_find(const pj_rulebook *rules, int framework, const char code[8]) {
    for (size_t i = 0; i < rules->standards.len; i++) {
        const pj_rule_standard *s = pj_rule_standard_at(rules, (int)i);
        if (s->framework == framework && memcmp(s->code, code, sizeof(s->code)) == 0) {
            return (int)i;
        }
    }
    return -1;
}
