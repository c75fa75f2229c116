/* The rows of RATING, and what the inspection record takes from the table. */
#include "read/reader.h"

#include <string.h>

#define MOST_STANDARDS 64
#define MOST_PAIRS 512 /* a report has some 30; the bound keeps the work linear */

enum {
    UNSEEN = -1,
    UNSURE = -2
}; /* in place of the index of a standard's pair */

static const pj_meaning *rating_of(const pj_reader *r, const pj_event *rating) {
    const pj_hit *hit = pj_hit_at(r, rating->first);
    const pj_meaning *m = pj_hit_as(r, hit, PJ_ROLE_rating, r->framework);
    return m == NULL || r->framework >= 0 ? m : pj_rating_meaning(r, hit, -1);
}

static void set_word(const pj_reader *r, const pj_event *rating, uint32_t *field, size_t n) {
    pj_field(r, rating->first, rating->last, field, n);
}

/* Is the title of `pair` printed without code exactly once for each standard that has it, and never with a code? Only
 * then does the order of the rows tell which is which. */
static bool in_full(const pj_reader *r, const pj_pair *pair) {
    int printed = 0;
    int standards = 0;
    if (r->pairs.len > MOST_PAIRS) {
        return false;
    }
    for (size_t i = 0; i < r->pairs.len; i++) {
        const pj_pair *other = &PJ_AT(&r->pairs, const pj_pair, i);
        if (other->overall || other->label.hit == PJ_NONE) {
            continue;
        }
        const pj_hit *a = &PJ_AT(&r->hits, const pj_hit, other->label.hit);
        const pj_hit *b = &PJ_AT(&r->hits, const pj_hit, pair->label.hit);
        if (a->meaning == b->meaning) {
            if (other->label.coded) {
                return false;
            }
            printed++;
        }
    }
    const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, pair->label.hit);
    for (size_t i = 0; i < hit->count; i++) {
        const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, i);
        standards += m->role == PJ_ROLE_title && m->framework == r->framework ? 1 : 0;
    }
    return printed == standards;
}

/* Standards that share a title stand in the order of their domains: the first without a rating is meant. */
static int by_order(const pj_reader *r, const pj_pair *pair, const int *pair_of, int first) {
    int found = -1;
    if (pair->label.coded || pair->label.hit == PJ_NONE || !in_full(r, pair)) {
        return -1;
    }
    const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, pair->label.hit);
    for (size_t i = 0; i < hit->count; i++) {
        const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, i);
        bool here = m->role == PJ_ROLE_title && m->framework == r->framework && m->standard >= first;
        if (here && m->standard - first < MOST_STANDARDS && pair_of[m->standard - first] == UNSEEN &&
            (found < 0 || m->standard < found)) {
            found = m->standard;
        }
    }
    return found;
}

/* Two rows without code under one domain heading that disagree: at least one has strayed, and nothing tells which. */
static bool contradicts(const pj_reader *r, const pj_pair *a, const pj_pair *b) {
    return !a->label.coded && !b->label.coded && rating_of(r, &a->rating)->value != rating_of(r, &b->rating)->value;
}

static int first_standard(const pj_reader *r) {
    for (size_t i = 0; i < r->rules->standards.len; i++) {
        if (pj_rule_standard_at(r->rules, (int)i)->framework == r->framework) {
            return (int)i;
        }
    }
    return 0;
}

/* "Overall work to reduce reoffending was unsatisfactory": where a framework's standards have subjects, its reports
 * give the ratings in such sentences. */
bool pj_judgement(const pj_reader *r, const pj_sentence *s, int *standard, pj_event *rating) {
    if (r->framework < 0 || pj_starts_as(r, s->first, PJ_ROLE_overall_label, -1) == NULL || !pj_is_pooled(r)) {
        return false;
    }
    *standard = -1;
    for (size_t i = s->first; i < s->last; i++) {
        const pj_meaning *subject = pj_starts_as(r, i, PJ_ROLE_subject, r->framework);
        subject = subject == NULL ? pj_starts_as(r, i, PJ_ROLE_title, r->framework) : subject;
        if (subject != NULL && *standard < 0) {
            *standard = subject->standard;
        }
        bool verb = pj_word_is(&r->words, i, "was") || pj_word_is(&r->words, i, "were");
        if (*standard < 0 || !verb || i + 1 >= s->last) {
            continue;
        }
        size_t next = i + 1;
        while (next + 1 < s->last && (pj_line_marks(r, next) & PJ_LINE_FURNITURE) != 0) {
            next++; /* a page's edge */
        }
        const pj_hit *hit = pj_hit_at(r, next);
        if (hit != NULL && hit->first == next && pj_hit_as(r, hit, PJ_ROLE_rating, r->framework) != NULL) {
            memset(rating, 0, sizeof(*rating));
            rating->kind = PJ_EV_RATING;
            rating->first = hit->first;
            rating->last = hit->last;
            return true;
        }
    }
    return false;
}

static pj_status add_row(pj_reader *r, int standard, const pj_event *rating) {
    const pj_rule_standard *rule = pj_rule_standard_at(r->rules, standard);
    void *slot = NULL;
    PJ_TRY(pj_vec_push(&r->out->ratings, &slot, r->err));
    pj_rating *row = slot;
    row->report = r->report;
    memcpy(row->framework, pj_rule_framework_at(r->rules, r->framework)->id, sizeof(row->framework));
    pj_literal_field(rule->code, row->standard, 8);
    memcpy(row->title, rule->title, sizeof(row->title));
    row->domain[0] = (unsigned char)rule->domain;
    row->counts = rule->counts;
    row->percent = PJ_NAN;
    row->rating = PJ_NOT_FOUND;
    row->line = -1;
    row->start = -1;
    row->end = -1;
    if (rating != NULL) {
        row->rating = (int8_t)rating_of(r, rating)->value;
        set_word(r, rating, row->word, 24);
        pj_place(r, rating->first, rating->last, &row->line, &row->start, &row->end);
    }
    return PJ_OK;
}

static void read_overall(pj_reader *r) {
    pj_inspection *inspection = &r->out->inspection;
    for (size_t i = 0; i < r->pairs.len; i++) {
        const pj_pair *pair = &PJ_AT(&r->pairs, const pj_pair, i);
        const pj_meaning *m = pair->overall ? rating_of(r, &pair->rating) : NULL;
        if (m != NULL) {
            inspection->overall = (int8_t)m->value;
            set_word(r, &pair->rating, inspection->overall_word, 24);
            pj_place(r, pair->rating.first, pair->rating.last, &inspection->line, &inspection->start, &inspection->end);
            return;
        }
    }
}

pj_status pj_read_ratings(pj_reader *r) {
    if (r->kind == PJ_DOC_OTHER) {
        return PJ_OK;
    }
    read_overall(r);
    if (r->kind != PJ_DOC_REPORT || r->framework < 0) {
        return PJ_OK;
    }
    int first = first_standard(r);
    int pair_of[MOST_STANDARDS];
    for (int i = 0; i < MOST_STANDARDS; i++) {
        pair_of[i] = UNSEEN;
    }
    for (size_t i = 0; i < r->pairs.len; i++) {
        const pj_pair *pair = &PJ_AT(&r->pairs, const pj_pair, i);
        if (pair->overall || rating_of(r, &pair->rating) == NULL) {
            continue;
        }
        int standard = pj_label_standard(r, &pair->label, pair->label.domain, r->framework);
        standard = standard < 0 ? by_order(r, pair, pair_of, first) : standard;
        if (standard < first || standard - first >= MOST_STANDARDS) {
            continue;
        }
        int *kept = &pair_of[standard - first];
        if (*kept == UNSEEN) {
            *kept = (int)i;
        } else if (*kept >= 0 && contradicts(r, &PJ_AT(&r->pairs, const pj_pair, *kept), pair)) {
            *kept = UNSURE;
        }
    }
    pj_event judged[MOST_STANDARDS];
    bool has_judged[MOST_STANDARDS] = {false};
    for (size_t i = 0; i < r->sentences.len; i++) {
        pj_event rating;
        int standard = -1;
        if (pj_judgement(r, &PJ_AT(&r->sentences, const pj_sentence, i), &standard, &rating) &&
            standard - first < MOST_STANDARDS && !has_judged[standard - first]) {
            has_judged[standard - first] = true;
            judged[standard - first] = rating;
        }
    }
    for (int i = 0; i < MOST_STANDARDS && first + i < (int)r->rules->standards.len; i++) {
        const pj_rule_standard *rule = pj_rule_standard_at(r->rules, first + i);
        if (rule->framework != r->framework) {
            break;
        }
        const pj_event *rating = pair_of[i] >= 0 ? &PJ_AT(&r->pairs, const pj_pair, pair_of[i]).rating
                                 : has_judged[i] ? &judged[i]
                                                 : NULL;
        if (rating != NULL || rule->core) {
            PJ_TRY(add_row(r, first + i, rating));
        }
    }
    return PJ_OK;
}
