/* The key questions of each standard with the percentage of cases answered 'Yes'. Their tables stand in the text of the
 * standard, after "... the following key questions" or under "% 'Yes'"; pooled scores stand in a sentence. */
#include "read/zone.h"

#include <string.h>

static const pj_rule_question *wording(const pj_reader *r, int standard, int number) {
    for (size_t i = 0; i < r->rules->questions.len; i++) {
        const pj_rule_question *q = &PJ_AT(&r->rules->questions, const pj_rule_question, i);
        if (q->standard == standard && q->number == number) {
            return q;
        }
    }
    return NULL;
}

static void printed_question(const pj_reader *r, const pj_asked *row, uint32_t *field, size_t n) {
    pj_field_add(r, row->lead_first, row->lead_last, false, field, n);
    pj_field_add(r, row->first, row->last, false, field, n);
}

static pj_status add_row(pj_reader *r, int standard, int number, const pj_asked *row, bool known) {
    void *slot = NULL;
    PJ_TRY(pj_vec_push(&r->out->questions, &slot, r->err));
    pj_question *q = slot;
    const pj_rule_question *rule = known ? wording(r, standard, number) : NULL;
    q->report = r->report;
    pj_literal_field(pj_rule_standard_at(r->rules, standard)->code, q->standard, 8);
    q->number = (int16_t)number;
    if (rule != NULL) {
        memcpy(q->question, rule->text, sizeof(q->question));
    } else {
        printed_question(r, row, q->question, 160);
    }
    q->percent = row->percent;
    q->yes = row->yes;
    q->cases = row->cases;
    q->unique = row->cases >= 0;
    pj_literal_field(row->cases >= 0 ? "printed" : "", q->counts_from, 8);
    size_t last = row->figure + 1u;
    last += last < r->words.tokens.len && pj_sign_at(r, last, '%') ? 1u : 0u;
    pj_place(r, row->figure, last, &q->line, &q->start, &q->end);
    return PJ_OK;
}

static bool has_questions(const pj_reader *r, int standard) {
    for (size_t i = 0; i < r->out->questions.len; i++) {
        uint32_t code[8];
        pj_literal_field(pj_rule_standard_at(r->rules, standard)->code, code, 8);
        if (memcmp(PJ_AT(&r->out->questions, pj_question, i).standard, code, sizeof(code)) == 0) {
            return true;
        }
    }
    return false;
}

/* Is every question that is recognised another standard's? Then the table has strayed, as when pages are out of order.
 */
static bool strayed(const pj_zone *z) {
    bool here = false;
    bool elsewhere = false;
    for (size_t i = 0; i < z->answered; i++) {
        for (uint32_t t = z->rows[i].first; t < z->rows[i].last; t++) {
            const pj_hit *hit = pj_hit_at(z->r, t);
            for (size_t k = 0; hit != NULL && hit->first == t && k < hit->count; k++) {
                const pj_meaning *m = pj_meaning_at(&z->r->rules->lexicon, hit, k);
                bool asks = m->role == PJ_ROLE_question && m->framework == z->r->framework;
                here = here || (asks && m->standard == z->standard);
                elsewhere = elsewhere || (asks && m->standard != z->standard);
            }
        }
    }
    return elsewhere && !here;
}

static pj_status add_rows(pj_zone *z) {
    bool taken[PJ_MOST_ROWS + 1] = {false};
    if (z->columns || strayed(z)) {
        return PJ_OK;
    }
    int asked_here = pj_rule_standard_at(z->r->rules, z->standard)->asked;
    int recognised = 0;
    for (size_t i = 0; i < z->answered; i++) {
        recognised += pj_zone_number(z, &z->rows[i]) > 0 ? 1 : 0;
    }
    for (size_t i = 0; i < z->answered; i++) {
        int number = pj_zone_number(z, &z->rows[i]);
        if (number == 0 && recognised >= asked_here) {
            continue; /* a prompt below the key questions, all of which are there */
        }
        bool again = number > 0 && i > 0 && number == pj_zone_number(z, &z->rows[i - 1]) &&
                     z->rows[i].percent >= z->rows[i - 1].percent && z->rows[i].percent <= z->rows[i - 1].percent;
        if (again) {
            continue; /* a line printed twice */
        }
        bool known = number > 0 && number <= PJ_MOST_ROWS && !taken[number];
        if (!known) {
            for (number = 1; number < PJ_MOST_ROWS && taken[number]; number++) {
            }
            number = (size_t)number > i + 1 ? number : (int)i + 1;
        }
        taken[number < PJ_MOST_ROWS ? number : PJ_MOST_ROWS] = true;
        PJ_TRY(add_row(z->r, z->standard, number, &z->rows[i], known));
    }
    return PJ_OK;
}

/* Did the figures of a table come after all its questions, fewer than there are? Then none can be assigned. */
static bool columns_disagree(const pj_zone *z) {
    if (z->answered == z->n || z->answered == 0) {
        return z->answered == 0;
    }
    return z->rows[0].figure > z->rows[1].first;
}

static pj_status read_part(pj_reader *r, const pj_part *part, size_t end) {
    if (part->standard < 0 || pj_rule_standard_at(r->rules, part->standard)->pooled ||
        pj_rule_standard_at(r->rules, part->standard)->asked == 0 || has_questions(r, part->standard)) {
        return PJ_OK;
    }
    for (size_t i = part->last; i < end; i++) {
        size_t last = 0;
        uint32_t first = pj_zone_opens(r, i, &last);
        if (first == PJ_NONE) {
            continue;
        }
        pj_zone z;
        size_t stop = pj_zone_read(r, part->standard, first, end, pj_sign_at(r, i, '%'), &z);
        if (z.answered > 0) {
            for (size_t line = pj_tok(r, i)->line; line <= pj_tok(r, z.figure_end > i ? z.figure_end - 1 : i)->line;
                 line++) {
                PJ_AT(&r->marks, uint8_t, line) |= PJ_LINE_QUESTIONS;
            }
            return columns_disagree(&z) ? PJ_OK : add_rows(&z);
        }
        i = stop > i ? stop - 1 : i;
    }
    return PJ_OK;
}

/* "Within the case assessment, overall 58% of work to reduce reoffending was done well enough." */
static pj_status read_pooled(pj_reader *r, const pj_sentence *s) {
    const pj_part *part = s->part == PJ_NONE ? NULL : &PJ_AT(&r->parts, const pj_part, s->part);
    int standard = part == NULL ? -1 : part->standard;
    pj_asked row;
    bool found = false;
    memset(&row, 0, sizeof(row));
    for (size_t i = s->first; i < s->last; i++) {
        pj_number n;
        size_t last = 0;
        const pj_meaning *subject = pj_starts_as(r, i, PJ_ROLE_subject, r->framework);
        subject = subject == NULL ? pj_starts_as(r, i, PJ_ROLE_title, r->framework) : subject;
        if (subject != NULL) {
            standard = subject->standard;
        }
        if (!found && pj_percent_read(r, i, &n, &last)) {
            row.figure = (uint32_t)i;
            row.percent = n.value;
            found = true;
        }
    }
    row.yes = -1;
    row.cases = -1;
    if (!found || standard < 0 || !pj_rule_standard_at(r->rules, standard)->pooled || has_questions(r, standard)) {
        return PJ_OK;
    }
    return add_row(r, standard, 1, &row, true);
}

/* The lowest percentage of a standard, once all of its key questions are there: a part of them says too much. */
static void set_percents(pj_reader *r) {
    for (size_t i = 0; i < r->out->ratings.len; i++) {
        pj_rating *rating = &PJ_AT(&r->out->ratings, pj_rating, i);
        double lowest = PJ_NAN;
        int found = 0;
        int wanted = 0;
        for (size_t k = 0; k < r->rules->standards.len; k++) {
            const pj_rule_standard *s = pj_rule_standard_at(r->rules, (int)k);
            uint32_t code[8];
            pj_literal_field(s->code, code, 8);
            if (s->framework == r->framework && memcmp(code, rating->standard, sizeof(code)) == 0) {
                wanted = s->asked;
            }
        }
        for (size_t k = 0; k < r->out->questions.len; k++) {
            const pj_question *q = &PJ_AT(&r->out->questions, const pj_question, k);
            bool prompt = wanted > 0 && q->number > wanted; /* asked under the key questions, not one of them */
            if (memcmp(q->standard, rating->standard, sizeof(q->standard)) == 0 && !prompt) {
                lowest = lowest <= q->percent ? lowest : q->percent;
                found++;
            }
        }
        rating->percent = found > 0 && found >= wanted ? lowest : PJ_NAN;
    }
}

pj_status pj_read_questions(pj_reader *r) {
    if (r->kind != PJ_DOC_REPORT || r->framework < 0) {
        return PJ_OK;
    }
    for (size_t p = 0; p < r->parts.len; p++) {
        const pj_part *part = &PJ_AT(&r->parts, const pj_part, p);
        size_t end = p + 1 < r->parts.len ? PJ_AT(&r->parts, const pj_part, p + 1).first : r->words.tokens.len;
        PJ_TRY(read_part(r, part, end));
    }
    for (size_t i = 0; i < r->sentences.len; i++) {
        const pj_sentence *s = &PJ_AT(&r->sentences, const pj_sentence, i);
        if (pj_has_role(r, s->first, s->last, PJ_ROLE_pooled_score)) {
            PJ_TRY(read_pooled(r, s));
        }
    }
    set_percents(r);
    return PJ_OK;
}
