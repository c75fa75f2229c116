/* The document's headings, and its running text as sentences. */
#include "read/reader.h"

#define CLOSING 6 /* signs between a full stop and the next sentence: quotes, brackets, marks of notes */

static bool is_heading(const pj_event *e) {
    return e->kind == PJ_EV_LABEL || e->kind == PJ_EV_DOMAIN || e->kind == PJ_EV_SECTION || e->kind == PJ_EV_HEADING ||
           (e->kind == PJ_EV_EARLIER && !e->weak);
}

/* A heading that we do not know ("Strengths", "Diversity") may stand inside a standard's text; it gives the section its
 * name, while the standard goes on until the next known heading. */
pj_status pj_read_parts(pj_reader *r) {
    int standard = -1;
    char domain = 0;
    uint8_t section = PJ_SECTION_PLAIN;
    for (size_t i = 0; i < r->events.len; i++) {
        const pj_event *e = &PJ_AT(&r->events, const pj_event, i);
        if (!is_heading(e)) {
            continue;
        }
        if (e->kind == PJ_EV_DOMAIN) {
            domain = e->domain;
            standard = -1;
            section = PJ_SECTION_PLAIN;
        } else if (e->kind == PJ_EV_LABEL) {
            int found = r->framework < 0 ? -1 : pj_label_standard(r, e, domain, r->framework);
            standard = found;
            domain = found < 0 ? domain : pj_rule_standard_at(r->rules, found)->domain;
            section = PJ_SECTION_PLAIN;
        } else if (e->kind == PJ_EV_SECTION) {
            const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, e->hit);
            const pj_meaning *m = pj_hit_as(r, hit, PJ_ROLE_section, -1);
            section = (uint8_t)m->value;
            standard = -1;
            domain = 0;
        }
        pj_part part = {e->first, e->last, standard, domain, section, *e};
        PJ_TRY(pj_vec_append(&r->parts, &part, 1, r->err));
    }
    return PJ_OK;
}

bool pj_is_abbreviation(const pj_reader *r, size_t point) {
    static const char *const SHORT[] = {"st",   "mr",  "mrs", "ms", "dr", "cllr",   "no",
                                        "prof", "rev", "hon", "e",  "i",  "approx", "vs"};
    if (point == 0 || pj_tok(r, point)->gap != PJ_GLUED) {
        return false;
    }
    for (size_t i = 0; i < sizeof(SHORT) / sizeof(SHORT[0]); i++) {
        if (pj_word_is(&r->words, point - 1, SHORT[i])) {
            return true;
        }
    }
    return false;
}

static bool furniture(const pj_reader *r, size_t i) {
    return (pj_line_marks(r, i) & PJ_LINE_FURNITURE) != 0;
}

/* Is token `i` within, or right behind, what a page's edge put into the midst of a sentence? */
static bool edge_in_sentence(const pj_reader *r, size_t i) {
    size_t before = i;
    size_t after = i;
    while (before > 0 && i - before < 60 && (before == i || furniture(r, before))) {
        before--;
    }
    while (after < r->words.tokens.len && after - i < 60 && furniture(r, after)) {
        after++;
    }
    if (after >= r->words.tokens.len || (after == i && before + 1 == i)) {
        return false;
    }
    bool text = pj_line_marks(r, before) == 0 && pj_line_marks(r, after) == 0;
    const pj_token *next = pj_tok(r, after);
    const pj_token *last = pj_tok(r, before);
    bool listed = next->kind == PJ_NUMBER && next->end - next->start <= 2 &&
                  (pj_sign_at(r, after + 1, '.') || pj_sign_at(r, after + 1, ')'));
    bool goes_on = (next->kind == PJ_WORD && !next->upper) ||
                   (next->kind == PJ_NUMBER && !listed && last->kind == PJ_WORD && !last->upper);
    bool quoted = next->kind == PJ_SIGN && (next->sign == '\'' || next->sign == '"');
    goes_on = goes_on || (quoted && last->kind == PJ_WORD && !last->upper);
    return text && goes_on && (last->kind != PJ_SIGN || last->sign == ',');
}

/* Does a new sentence begin at token `i`? */
static bool sentence_starts(const pj_reader *r, size_t i) {
    const pj_token *t = pj_tok(r, i);
    const pj_token *before = pj_tok(r, i - 1);
    if (t->gap < PJ_TABBED && (before->kind == PJ_WORD || before->kind == PJ_NUMBER)) {
        return false; /* within a line a sentence ends in a sign */
    }
    if (t->gap >= PJ_NEW_LINE && (furniture(r, i) || furniture(r, i - 1)) && edge_in_sentence(r, i)) {
        return false;
    }
    bool text_here = PJ_AT(&r->marks, uint8_t, t->line) == 0 && PJ_AT(&r->marks, uint8_t, before->line) == 0;
    bool small = t->kind == PJ_WORD && !t->upper && !pj_sign_at(r, i - 1, '.');
    bool over_page = t->gap == PJ_NEW_PAGE && text_here && (small || (before->kind == PJ_WORD && !before->upper));
    if ((t->gap >= PJ_NEW_PARAGRAPH && !over_page) || t->gap == PJ_TABBED) {
        return true;
    }
    if (t->gap == PJ_NEW_LINE) {
        bool listed = t->kind == PJ_SIGN && (t->sign == '*' || t->sign == '-');
        bool table = PJ_AT(&r->marks, uint8_t, t->line) != 0 || PJ_AT(&r->marks, uint8_t, before->line) != 0;
        bool numbered =
            t->kind == PJ_NUMBER && t->end - t->start <= 2 && (pj_sign_at(r, i + 1, '.') || pj_sign_at(r, i + 1, ')'));
        if (listed || table || numbered) {
            return true;
        }
    }
    size_t end = i - 1; /* the closing sign, past quotes, brackets and footnote marks */
    while (end > 0 && i - end < CLOSING &&
           (pj_tok(r, end)->kind == PJ_NOTE || pj_sign_at(r, end, '"') || pj_sign_at(r, end, '\'') ||
            pj_sign_at(r, end, ')'))) {
        if (pj_tok(r, end)->gap != PJ_GLUED) {
            return false;
        }
        end--;
    }
    bool closed =
        (pj_sign_at(r, end, '.') && !pj_is_abbreviation(r, end)) || pj_sign_at(r, end, '?') || pj_sign_at(r, end, '!');
    return closed && t->gap != PJ_GLUED && !(t->kind == PJ_WORD && !t->upper);
}

pj_status pj_read_sentences(pj_reader *r) {
    pj_sentence s = {0, 0, PJ_NONE};
    size_t n = r->words.tokens.len;
    size_t part = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i > s.first && (i == n || sentence_starts(r, i))) {
            s.last = (uint32_t)i;
            while (part < r->parts.len && PJ_AT(&r->parts, pj_part, part).first <= s.first) {
                part++;
            }
            s.part = part == 0 ? PJ_NONE : (uint32_t)(part - 1);
            PJ_TRY(pj_vec_append(&r->sentences, &s, 1, r->err));
            s.first = (uint32_t)i;
        }
    }
    return PJ_OK;
}
