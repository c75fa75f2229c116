/* Ratings that prose attributes: to this inspection, to an earlier one, to another service, or to nothing (recited,
 * feared, hoped for). A rating word counts only if it is quoted or governed by a word that gives ratings ("rated",
 * "rating of"); everything is decided within the sentence, but for a pronoun that carries the sentence before it along.
 */
#include "read/told.h"

#include <string.h>

static bool is_quoted(const pj_reader *r, const pj_hit *hit) {
    if (hit->first == 0 || !pj_quote_at(r, hit->first - 1) || pj_tok(r, hit->first)->gap != PJ_GLUED) {
        return false;
    }
    size_t i = hit->last;
    i += i < r->words.tokens.len && pj_sign_at(r, i, ',') ? 1u : 0u; /* 'Good,' */
    return pj_quote_at(r, i) || (pj_sign_at(r, i, '.') && pj_quote_at(r, i + 1));
}

/* Words that may stand between a cue and its rating. */
static bool filler(const pj_reader *r, size_t i) {
    static const char *const WORDS[] = {"as",  "an",   "a",      "the",     "overall", "of",      "be",     "to",
                                        "was", "is",   "being",  "been",    "at",      "again",   "now",    "from",
                                        "its", "with", "second", "highest", "top",     "service", "overall"};
    const pj_token *t = pj_tok(r, i);
    if (t->kind == PJ_SIGN) {
        return pj_quote_at(r, i) || t->sign == ':' || t->sign == '(';
    }
    for (size_t k = 0; k < sizeof(WORDS) / sizeof(WORDS[0]); k++) {
        if (pj_word_is(&r->words, i, WORDS[k])) {
            return true;
        }
    }
    return t->kind == PJ_NOTE;
}

static bool cue_before(const pj_told *c, const pj_hit *hit) {
    const pj_reader *r = c->r;
    for (size_t i = hit->first; i-- > c->s->first && hit->first - i <= PJ_NEAR;) {
        const pj_hit *cue = pj_hit_at(r, i);
        const pj_meaning *gives = cue != hit ? pj_hit_as(r, cue, PJ_ROLE_rated, -1) : NULL;
        if (gives != NULL) {
            return gives->value != 2;
        }
        if (!filler(r, i)) {
            return false;
        }
    }
    return false;
}

/* "'Inadequate' rating", "Good overall" */
static bool cue_after(const pj_told *c, const pj_hit *hit) {
    const pj_reader *r = c->r;
    for (size_t i = hit->last; i < c->s->last && i < hit->last + 3u; i++) {
        const pj_meaning *m = pj_starts_as(r, i, PJ_ROLE_rated, -1);
        if (m != NULL && m->value == 1) { /* a noun */
            return true;
        }
        if (!pj_quote_at(r, i) && !pj_word_is(&r->words, i, "overall")) {
            return false;
        }
    }
    return false;
}

/* "... in 2019 and inadequate in 2015", "Good or Outstanding": joined to the rating before it. */
static bool chained(const pj_told *c, const pj_hit *hit) {
    const pj_reader *r = c->r;
    if (c->n == 0 || hit->first - c->found[c->n - 1].hit->last > PJ_NEAR) {
        return false;
    }
    for (size_t i = c->found[c->n - 1].hit->last; i < hit->first; i++) {
        int year = 0;
        bool join = pj_word_is(&r->words, i, "and") || pj_word_is(&r->words, i, "or") ||
                    pj_word_is(&r->words, i, "to") || pj_word_is(&r->words, i, "in") ||
                    pj_word_is(&r->words, i, "then") || pj_sign_at(r, i, ',') || pj_quote_at(r, i) ||
                    pj_sign_at(r, i, '(') || pj_sign_at(r, i, ')') || pj_year_read(&r->words, i, &year);
        if (!join && !filler(r, i)) {
            return false;
        }
    }
    return pj_word_is(&r->words, hit->first - 1, "and") || pj_word_is(&r->words, hit->first - 1, "or") ||
           pj_word_is(&r->words, hit->first - 1, "to") || pj_quote_at(r, hit->first - 1);
}

/* "from requiring improvement in 2019 to rated 'Good'": a rating follows. */
static bool starts_change(const pj_told *c, const pj_hit *hit) {
    const pj_reader *r = c->r;
    size_t from = hit->first > c->s->first && pj_quote_at(r, hit->first - 1) ? 2u : 1u;
    if (hit->first < c->s->first + from || !pj_word_is(&r->words, hit->first - from, "from")) {
        return false;
    }
    bool to = false;
    for (size_t i = hit->last; i < c->s->last && i < hit->last + (size_t)2 * PJ_NEAR; i++) {
        to = to || pj_word_is(&r->words, i, "to");
        if (to && pj_starts_as(r, i, PJ_ROLE_rating, -1) != NULL) {
            return true;
        }
    }
    return false;
}

static void collect(pj_told *c) {
    pj_reader *r = c->r;
    for (size_t i = c->s->first; i < c->s->last && c->n < PJ_MOST_CANDIDATES; i++) {
        const pj_hit *hit = pj_hit_at(r, i);
        if (hit == NULL || hit->first != i || hit->last > c->s->last || pj_hit_as(r, hit, PJ_ROLE_rating, -1) == NULL) {
            continue;
        }
        if (is_quoted(r, hit) || cue_before(c, hit) || cue_after(c, hit) || starts_change(c, hit) || chained(c, hit)) {
            pj_candidate fresh = {.hit = hit, .role = PJ_MENTION_CURRENT, .standard = -1};
            c->found[c->n++] = fresh;
        }
    }
}

/* A total in the sentence that gives the overall rating: "rated 'Good' with 25/36", "scored 33 out of a possible 36".
 */
static void find_score(const pj_told *c, const pj_candidate *m) {
    pj_reader *r = c->r;
    for (size_t i = c->s->first; i < c->s->last && r->score.max_score == 0; i++) {
        pj_event score;
        bool first = c->n == 1 || (i > m->hit->first && i < m->hit->last + (size_t)3 * PJ_NEAR);
        if (first && pj_tok(r, i)->kind == PJ_NUMBER && pj_score_read(r, i, c->s->last, &score)) {
            r->score = score;
        }
    }
}

/* A lower-case noun behind "33 out of 36" is what was counted: "... cases". */
static bool counts_things(const pj_reader *r, const pj_sentence *s, const pj_event *score) {
    static const char *const GO_ON[] = {"and",     "which",  "in", "with", "giving", "for",
                                        "overall", "points", "to", "at",   "by"};
    const pj_token *t = score->last < s->last ? pj_tok(r, score->last) : NULL;
    bool goes_on = t == NULL || t->kind != PJ_WORD;
    for (size_t k = 0; k < sizeof(GO_ON) / sizeof(GO_ON[0]) && !goes_on; k++) {
        goes_on = pj_word_is(&r->words, score->last, GO_ON[k]);
    }
    return !goes_on;
}

#define SCORE_WINDOW 12 /* tokens from "scored" to its total */

/* A total in a sentence of its own: "The service scored 33 out of a possible 36", "was rated 34 out of 36". */
static void read_told_score(pj_reader *r, const pj_sentence *s) {
    if (r->score.max_score > 0 || r->kind == PJ_DOC_OTHER || r->service_first == r->service_last) {
        return;
    }
    size_t cue = 0; /* one past the word that announces a total */
    pj_told c = {.r = r, .s = s, .n = 1};
    for (size_t i = s->first; i < s->last; i++) {
        pj_event score;
        int year = 0;
        bool barred = pj_starts_as(r, i, PJ_ROLE_previous, -1) != NULL ||
                      pj_starts_as(r, i, PJ_ROLE_not_given, -1) != NULL ||
                      (pj_year_read(&r->words, i, &year) && (r->year == 0 || year < r->year));
        if (barred) {
            return;
        }
        bool announces =
            pj_starts_as(r, i, PJ_ROLE_score_label, -1) != NULL || pj_starts_as(r, i, PJ_ROLE_rated, -1) != NULL;
        if (announces) {
            cue = pj_hit_at(r, i)->last;
            c.found[0].hit = pj_hit_at(r, i);
            continue;
        }
        bool points = pj_word_is(&r->words, i + 1, "points") && pj_hit_at(r, i + 1) != NULL;
        c.found[0].hit = points ? pj_hit_at(r, i + 1) : c.found[0].hit;
        if ((points || (cue > 0 && i < cue + SCORE_WINDOW)) && pj_tok(r, i)->kind == PJ_NUMBER &&
            pj_score_read(r, i, s->last, &score)) {
            if (!counts_things(r, s, &score) && !pj_is_of_another(&c, 0)) {
                r->score = score;
            }
            return;
        }
    }
}

static const uint32_t *framework_id(const pj_reader *r, const pj_candidate *m) {
    if (m->role == PJ_MENTION_CURRENT && r->framework >= 0) {
        return pj_rule_framework_at(r->rules, r->framework)->id;
    }
    int only = -1;
    if (m->role != PJ_MENTION_PREVIOUS || m->year == 0) {
        return NULL;
    }
    for (size_t f = 0; f < r->rules->frameworks.len; f++) {
        const pj_rule_framework *rule = pj_rule_framework_at(r->rules, (int)f);
        bool after = rule->first_day == PJ_NAT || rule->first_day <= pj_days(m->year, 12, 31);
        bool before = rule->last_day == PJ_NAT || rule->last_day >= pj_days(m->year, 1, 1);
        if (after && before) {
            only = only == -1 ? (int)f : -2;
        }
    }
    /* the framework in force that year, if its scale has the word at all */
    return only >= 0 && pj_hit_as(r, m->hit, PJ_ROLE_rating, only) != NULL ? pj_rule_framework_at(r->rules, only)->id
                                                                           : NULL;
}

static const char *const ROLES[] = {"current", "previous", "other", "not given"};

static void set_overall(pj_inspection *inspection, const pj_mention *row) {
    inspection->overall = row->rating;
    memcpy(inspection->overall_word, row->word, sizeof(row->word));
    inspection->line = row->line;
    inspection->start = row->start;
    inspection->end = row->end;
}

static pj_status add(const pj_told *c, const pj_candidate *m) {
    pj_reader *r = c->r;
    pj_inspection *inspection = &r->out->inspection;
    void *slot = NULL;
    if (r->out->mentions.len >= PJ_MOST_RECORDS) {
        return pj_fail(r->err, PJ_ELIMIT, 0, pj_tok(r, m->hit->first)->start,
                       "expected at most 100,000 ratings in one document");
    }
    PJ_TRY(pj_vec_push(&r->out->mentions, &slot, r->err));
    pj_mention *row = slot;
    const uint32_t *id = framework_id(r, m);
    int framework = r->framework;
    row->report = r->report;
    if (m->role != PJ_MENTION_NOT_GIVEN) {
        pj_name_field(r, m->service_first, m->service_last, row->service, 96);
    }
    if (m->standard >= 0) {
        pj_literal_field(pj_rule_standard_at(r->rules, m->standard)->code, row->standard, 8);
    } else if (m->some_part) {
        row->standard[0] = '*';
    }
    row->year = (int16_t)(m->year != 0 ? m->year : -1);
    if (id != NULL) {
        memcpy(row->framework, id, sizeof(row->framework));
        for (size_t f = 0; f < r->rules->frameworks.len; f++) {
            framework = pj_rule_framework_at(r->rules, (int)f)->id == id ? (int)f : framework;
        }
    }
    row->rating = (int8_t)pj_rating_meaning(r, m->hit, framework)->value;
    pj_field(r, m->hit->first, m->hit->last, row->word, 24);
    pj_literal_field(ROLES[m->role], row->role, 12);
    pj_place(r, m->hit->first, m->hit->last, &row->line, &row->start, &row->end);
    bool overall = m->role == PJ_MENTION_CURRENT && m->standard < 0 && !m->some_part;
    if (m->role == PJ_MENTION_PREVIOUS && m->dated_only && m->standard < 0 && !m->some_part) {
        r->dated_mention = (uint32_t)r->out->mentions.len;
    }
    if (overall && inspection->overall == PJ_NOT_FOUND) {
        set_overall(inspection, row);
    }
    return PJ_OK;
}

/* "It was rated ..." after a sentence about an earlier inspection. */
static bool goes_on(const pj_reader *r, const pj_sentence *s, const pj_sentence *before) {
    bool pronoun = pj_word_is(&r->words, s->first, "it") || pj_word_is(&r->words, s->first, "then") ||
                   pj_word_is(&r->words, s->first, "this") || pj_word_is(&r->words, s->first, "at");
    return pronoun && before != NULL && pj_tok(r, s->first)->gap < PJ_NEW_PARAGRAPH &&
           pj_has_role(r, before->first, before->last, PJ_ROLE_previous) &&
           !pj_has_role(r, s->first, s->last, PJ_ROLE_now);
}

static pj_status read_sentence(pj_reader *r, const pj_sentence *s, const pj_sentence *before) {
    pj_told c;
    memset(&c, 0, sizeof(c));
    c.r = r;
    c.s = s;
    c.earlier = goes_on(r, s, before);
    collect(&c);
    int judged = -1;
    pj_event judgement;
    bool judges = pj_judgement(r, s, &judged, &judgement);
    const pj_hit *judged_hit = judges ? pj_hit_at(r, judgement.first) : NULL;
    if (judged_hit != NULL && c.n == 0) {
        pj_candidate fresh = {.hit = judged_hit, .role = PJ_MENTION_CURRENT, .standard = judged};
        c.found[c.n++] = fresh;
    }
    const pj_hit *lead = c.n > 0 ? c.found[0].hit : NULL;
    bool torn =
        s->first == 0 && lead != NULL && (lead->first <= 1 || (pj_tok(r, 0)->kind == PJ_WORD && !pj_tok(r, 0)->upper));
    bool asks = pj_sign_at(r, s->last - 1, '?');
    bool scale = torn || asks || /* the text begins in mid-sentence; nothing is stated */ pj_is_recited(&c) ||
                 (!judges && pj_only_quoted(&c));
    for (size_t k = 0; k < c.n; k++) {
        pj_candidate *m = &c.found[k];
        pj_find_year(&c, k);
        bool another = pj_is_of_another(&c, k);
        /* in news that names no service, whose rating it is stays open */
        bool nameless = r->kind == PJ_DOC_NEWS && r->service_first == r->service_last;
        m->role = another || nameless || r->kind == PJ_DOC_OTHER ? PJ_MENTION_OTHER : pj_find_time(&c, k);
        if (scale || pj_is_not_given(&c, k)) {
            m->role = PJ_MENTION_NOT_GIVEN;
        }
        if (!(judges && m->standard >= 0)) {
            pj_find_standard(&c, k);
        }
        if (m->role == PJ_MENTION_CURRENT && m->standard < 0 && !m->some_part) {
            find_score(&c, m);
        }
        PJ_TRY(add(&c, m));
    }
    return PJ_OK;
}

/* Does the text break off in the midst of a sentence? What came next is not known. */
static bool is_cut(const pj_reader *r) {
    size_t n = r->words.tokens.len;
    return n > 0 && pj_line_marks(r, n - 1) == 0 && pj_tok(r, n - 1)->kind != PJ_SIGN;
}

pj_status pj_read_mentions(pj_reader *r) {
    const uint8_t not_text = PJ_LINE_TABLE | PJ_LINE_CONTENTS | PJ_LINE_FURNITURE | PJ_LINE_QUESTIONS;
    const pj_sentence *before = NULL;
    pj_inspection *inspection = &r->out->inspection;
    for (size_t i = 0; i < r->sentences.len; i++) {
        const pj_sentence *s = &PJ_AT(&r->sentences, const pj_sentence, i);
        if ((pj_line_marks(r, s->first) & not_text) == 0) {
            PJ_TRY(read_sentence(r, s, before));
            read_told_score(r, s);
        }
        before = s;
    }
    if (r->dated_mention > 0 && inspection->overall == PJ_NOT_FOUND && r->kind != PJ_DOC_OTHER && !is_cut(r)) {
        /* "was inspected in October 2023 and rated Good": no other rating is this inspection's */
        pj_mention *row = &PJ_AT(&r->out->mentions, pj_mention, r->dated_mention - 1);
        pj_literal_field(ROLES[PJ_MENTION_CURRENT], row->role, 12);
        set_overall(inspection, row);
    }
    return PJ_OK;
}
