/* The size of each domain's sample: "We took a detailed look at 19 cases". */
#include "read/reader.h"

/* Adjectives may stand between a number and its noun: "12 victim cases", "61 individual cases". */
#define ADJECTIVES 4 /* tokens */

static bool counted_noun(const pj_reader *r, size_t at, size_t end, size_t *last) {
    for (size_t i = at; i < end && i <= at + ADJECTIVES; i++) {
        bool inside = pj_sign_at(r, i, '-') || pj_sign_at(r, i, '\''); /* "children's cases" */
        if (pj_tok(r, i)->gap >= PJ_NEW_PARAGRAPH || (pj_tok(r, i)->kind == PJ_SIGN && !inside)) {
            return false;
        }
        const pj_hit *hit = pj_hit_at(r, i);
        if (hit != NULL && hit->first == i && pj_hit_as(r, hit, PJ_ROLE_case_noun, -1) != NULL) {
            *last = hit->last;
            return true;
        }
    }
    return false;
}

static bool read_count(const pj_reader *r, size_t at, size_t end, pj_number *n, size_t *last) {
    return at < end && pj_number_read(&r->words, at, end, n) && n->decimals == 0 && n->value < 100000 &&
           counted_noun(r, n->last, end, last);
}

typedef struct count {
    double cases;
    char domain; /* by the words that tell what was counted, 0 if they do not */
    size_t first;
    size_t last;
} count;

/* What was counted: "victim cases", "20 cases ... that had received an out-of-court disposal". */
static char counted_domain(const pj_reader *r, size_t first, size_t end) {
    for (size_t i = first; i < end && i < first + 20; i++) {
        const pj_meaning *m = pj_starts_as(r, i, PJ_ROLE_counted, -1);
        if (m != NULL) {
            return (char)m->value;
        }
        pj_number n;
        if (i > first && pj_number_read(&r->words, i, end, &n)) {
            return 0; /* the next count has its own words */
        }
    }
    return 0;
}

static bool take_count(const pj_reader *r, size_t at, size_t end, count *out) {
    pj_number n;
    pj_number of;
    size_t whole_of = at > 0 && pj_word_is(&r->words, at - 1, "the") ? at - 1 : at;
    bool part = whole_of > 1 && pj_word_is(&r->words, whole_of - 1, "of") &&
                pj_number_read(&r->words, whole_of - 2, whole_of - 1, &of);
    if (part || at >= end || !pj_number_read(&r->words, at, end, &n)) {
        return false; /* the whole of which a part was inspected */
    }
    size_t next = n.last;
    if (next + 1 < end && pj_word_is(&r->words, next, "of")) { /* "19 of the 21 eligible cases" */
        next += pj_word_is(&r->words, next + 1, "the") ? 2u : 1u;
        bool whole = next < end && pj_number_read(&r->words, next, end, &of) && of.value >= n.value;
        if (!whole || n.decimals > 0 || !counted_noun(r, of.last, end, &out->last)) {
            return false;
        }
    } else if (!read_count(r, at, end, &n, &out->last)) {
        return false;
    }
    out->cases = n.value;
    out->first = at;
    out->domain = counted_domain(r, n.last, end);
    return true;
}

/* "looked at 23 community sentences and five custodial sentences": up to `most` counts after the verb. */
static size_t read_active(const pj_reader *r, size_t from, size_t end, count *counts, size_t most) {
    size_t at = from;
    size_t n = 0;
    while (at < end && at < from + 3 && !take_count(r, at, end, &counts[0])) {
        at++;
    }
    if (at >= end || !take_count(r, at, end, &counts[0])) {
        return 0;
    }
    for (n = 1; n < most && counts[n - 1].last + 1 < end && pj_word_is(&r->words, counts[n - 1].last, "and") &&
                take_count(r, counts[n - 1].last + 1, end, &counts[n]);
         n++) {
    }
    return n;
}

/* "61 cases were inspected" */
static size_t read_passive(const pj_reader *r, size_t begin, size_t verb, count *out) {
    for (size_t i = verb > begin + 6 ? verb - 6 : begin; i < verb; i++) {
        if (take_count(r, i, verb, out) && out->last + 1 >= verb && pj_word_is(&r->words, verb - 1, "were")) {
            return 1;
        }
    }
    return 0;
}

static size_t read_counts(const pj_reader *r, const pj_sentence *s, count *counts, size_t most) {
    size_t n = 0;
    for (size_t i = s->first; i < s->last && n == 0; i++) {
        if (pj_starts_as(r, i, PJ_ROLE_looked_at, -1) != NULL) {
            n = read_active(r, pj_hit_at(r, i)->last, s->last, counts, most);
            n = n > 0 ? n : read_passive(r, s->first, i, counts);
        }
    }
    return n;
}

#define AHEAD 120 /* tokens from a sample's sentence to the heading of the domain's first standard */

/* The domain that a sentence tells of: its own part's, or that of the standard whose heading comes next, where the
 * domain has no heading of its own. */
static char domain_of(const pj_reader *r, const pj_sentence *s) {
    uint32_t next = s->part == PJ_NONE ? 0 : s->part + 1;
    char domain = s->part == PJ_NONE ? 0 : PJ_AT(&r->parts, const pj_part, s->part).domain;
    for (; next < r->parts.len; next++) {
        const pj_part *part = &PJ_AT(&r->parts, const pj_part, next);
        if (part->event.kind == PJ_EV_SECTION || (pj_line_marks(r, part->first) & PJ_LINE_EARLIER) != 0 ||
            part->first > s->last + AHEAD) {
            break;
        }
        if (part->standard >= 0 || part->event.kind == PJ_EV_DOMAIN) {
            const pj_part *own = s->part == PJ_NONE ? NULL : &PJ_AT(&r->parts, const pj_part, s->part);
            bool under_heading = own != NULL && own->event.kind == PJ_EV_DOMAIN;
            return under_heading ? domain : part->domain;
        }
    }
    return domain;
}

/* Counts of one domain are parts of its sample: their sum. Counts that words give to several domains are a sample each.
 */
static size_t merge(count *counts, size_t n, char domain) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        counts[i].domain = counts[i].domain == 0 ? domain : counts[i].domain;
        if (kept > 0 && counts[kept - 1].domain == counts[i].domain) {
            counts[kept - 1].cases += counts[i].cases;
            counts[kept - 1].last = counts[i].last;
        } else {
            counts[kept++] = counts[i];
        }
    }
    return kept;
}

static bool has_domain(const pj_reader *r, char domain) {
    for (size_t i = 0; i < r->rules->standards.len; i++) {
        const pj_rule_standard *s = pj_rule_standard_at(r->rules, (int)i);
        if (s->framework == r->framework && s->domain == domain) {
            return true;
        }
    }
    return false;
}

pj_status pj_read_samples(pj_reader *r) {
    bool seen[128] = {false};
    if (r->kind != PJ_DOC_REPORT || r->framework < 0) {
        return PJ_OK;
    }
    bool pooled = pj_is_pooled(r); /* one domain for all: its sample may be told anywhere */
    for (size_t i = 0; i < r->sentences.len; i++) {
        const pj_sentence *s = &PJ_AT(&r->sentences, const pj_sentence, i);
        count counts[3];
        if (pj_line_marks(r, s->first) != 0) {
            continue;
        }
        size_t n = read_counts(r, s, counts, 3);
        for (size_t k = 0; k < n; k++) {
            if (pooled) {
                counts[k].domain = 'F';
            } else if (!has_domain(r, counts[k].domain)) {
                counts[k].domain = 0;
            }
        }
        n = merge(counts, n, pooled ? 'F' : domain_of(r, s));
        for (size_t k = 0; k < n; k++) {
            unsigned char domain = (unsigned char)counts[k].domain;
            if (domain == 0 || domain == '1' || domain > 127 || seen[domain] || counts[k].cases < 1) {
                continue;
            }
            void *slot = NULL;
            PJ_TRY(pj_vec_push(&r->out->samples, &slot, r->err));
            pj_sample *row = slot;
            row->report = r->report;
            row->domain[0] = domain;
            row->cases = (int32_t)counts[k].cases;
            pj_place(r, counts[k].first, counts[k].last, &row->line, &row->start, &row->end);
            seen[domain] = true;
        }
    }
    return PJ_OK;
}
