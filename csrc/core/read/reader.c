#include "read/reader.h"

#include <string.h>

const pj_meaning *pj_hit_find(const pj_reader *r, const pj_hit *hit, pj_role role, int framework) {
    for (size_t i = 0; i < hit->count; i++) {
        const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, i);
        if (m->role == role && (framework < 0 || m->framework < 0 || m->framework == framework)) {
            return m;
        }
    }
    return NULL;
}

const pj_meaning *pj_rating_meaning(const pj_reader *r, const pj_hit *hit, int framework) {
    const pj_meaning *best = framework >= 0 ? pj_hit_as(r, hit, PJ_ROLE_rating, framework) : NULL;
    for (size_t i = 0; best == NULL && i < hit->count; i++) {
        const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, hit->count - 1 - i);
        best = m->role == PJ_ROLE_rating ? m : NULL;
    }
    return best;
}

bool pj_has_role(const pj_reader *r, size_t first, size_t last, pj_role role) {
    for (size_t i = first; i < last; i++) {
        if (pj_starts_as(r, i, role, -1) != NULL) {
            return true;
        }
    }
    return false;
}

bool pj_is_pooled(const pj_reader *r) {
    for (size_t i = 0; i < r->rules->standards.len; i++) {
        const pj_rule_standard *s = pj_rule_standard_at(r->rules, (int)i);
        if (s->framework == r->framework && s->pooled) {
            return true;
        }
    }
    return false;
}

void pj_place(const pj_reader *r, size_t first, size_t last, int64_t *line, int64_t *start, int64_t *end) {
    *line = pj_line_at(&r->words, pj_tok(r, first)->line)->number;
    *start = pj_tok(r, first)->start;
    *end = pj_tok(r, last - 1)->end;
}

/* Does a line end at token `i` in a hyphen that only the margin put there? "manage-" and "ment", but "out-of-" and
 * "court". */
static bool margin_hyphen(const pj_reader *r, size_t i, size_t next) {
    const pj_token *after = pj_tok(r, next);
    return i > 1 && pj_sign_at(r, i, '-') && pj_tok(r, i)->gap == PJ_GLUED && pj_tok(r, i - 1)->kind == PJ_WORD &&
           pj_tok(r, i - 1)->fold_len > 2 && !pj_sign_at(r, i - 2, '-') && after->kind == PJ_WORD && !after->upper;
}

void pj_field_add(const pj_reader *r, size_t first, size_t last, bool figures, uint32_t *field, size_t n) {
    size_t used = 0;
    bool joined = true;
    while (used < n && field[used] != 0) {
        used++;
        joined = false;
    }
    for (size_t i = first; i < last && used < n;) {
        size_t cell = figures ? 0 : pj_figures_at(&r->words, i);
        size_t end = pj_line_at(&r->words, pj_tok(r, i)->line)->last;
        if (cell > 0 || (i > first && (pj_line_marks(r, i) & PJ_LINE_FURNITURE) != 0)) {
            i = cell > 0 ? i + cell : end;
            continue;
        }
        end = end < last ? end : last;
        for (size_t k = i + 1; k < end && !figures; k++) {
            end = pj_figures_at(&r->words, k) > 0 ? k : end;
        }
        bool hyphen = end < last && margin_hyphen(r, end - 1, end);
        if (!joined && used + 1 < n) {
            field[used++] = ' ';
        }
        joined = hyphen;
        pj_text_field(r->words.text, pj_tok(r, i)->start, pj_tok(r, end - 1 - (hyphen ? 1u : 0u))->end, field + used,
                      n - used);
        while (used < n && field[used] != 0) {
            used++;
        }
        i = end;
    }
}

void pj_field(const pj_reader *r, size_t first, size_t last, uint32_t *field, size_t n) {
    memset(field, 0, n * sizeof(*field));
    pj_field_add(r, first, last, true, field, n);
}

int pj_label_standard(const pj_reader *r, const pj_event *label, char domain, int f) {
    if (label->coded) {
        int found = pj_rule_find(r->rules, f, label->code);
        if (found >= 0) {
            return found;
        }
    }
    int only = -1;
    int matches = 0;
    if (label->hit == PJ_NONE) {
        return -1;
    }
    const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, label->hit);
    for (size_t i = 0; i < hit->count; i++) {
        const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, i);
        if (m->role != PJ_ROLE_title || m->framework != f || m->standard < 0) {
            continue;
        }
        if (pj_rule_standard_at(r->rules, m->standard)->domain == domain) {
            return m->standard;
        }
        only = m->standard;
        matches++;
    }
    /* A label with the code of another framework's standard is not this title's. */
    return matches == 1 && !label->coded ? only : -1;
}
