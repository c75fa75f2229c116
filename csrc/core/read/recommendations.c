/* The recommendations: a list under its heading, each item with the body that it is addressed to. That body stands
 * either in a line above the items ("The X Board should:") or, in full joint inspections, in brackets at an item's end.
 */
#include "read/reader.h"

#include <string.h>

#define LONGEST_ADDRESSEE 30 /* tokens */

typedef struct list {
    pj_reader *r;
    uint32_t to_first; /* addressee in force */
    uint32_t to_last;
    bool pending;  /* an item is open */
    bool numbered; /* items have numbers, so that a bullet is part of one */
    pj_recommendation row;
    uint32_t first; /* the open item's tokens */
    uint32_t last;
    int16_t running;
} list;

static pj_status close_item(list *l) {
    pj_reader *r = l->r;
    if (!l->pending) {
        return PJ_OK;
    }
    l->pending = false;
    /* "... of the Gangs Unit. (YOS Manager)" */
    uint32_t end = l->last;
    if (end > l->first + 2 && pj_sign_at(r, end - 1, '.')) {
        end--;
    }
    if (pj_sign_at(r, end - 1, ')')) {
        unsigned seen = 0;
        for (uint32_t i = end - 1; i > l->first && seen < LONGEST_ADDRESSEE; i--) {
            seen += (pj_line_marks(r, i) & PJ_LINE_FURNITURE) == 0 ? 1u : 0u;
            if (pj_sign_at(r, i, '(')) {
                if (l->to_first == l->to_last && i + 1 < end - 1 && pj_tok(r, i + 1)->upper) {
                    pj_field(r, i + 1, end - 1, l->row.addressee, 128);
                }
                break;
            }
        }
    }
    pj_place(r, l->first, l->last, &l->row.line, &l->row.start, &l->row.end);
    return pj_vec_append(&r->out->recommendations, &l->row, 1, r->err);
}

static pj_status open_item(list *l, size_t first, int printed) {
    PJ_TRY(close_item(l));
    memset(&l->row, 0, sizeof(l->row));
    l->row.report = l->r->report;
    l->row.number = ++l->running;
    l->row.printed = (int16_t)printed;
    pj_field(l->r, l->to_first, l->to_last, l->row.addressee, 128);
    l->pending = true;
    l->first = (uint32_t)first;
    return PJ_OK;
}

static bool bullet(const pj_reader *r, size_t i) {
    const pj_token *t = pj_tok(r, i);
    return t->kind == PJ_SIGN && (t->sign == '*' || t->sign == '-' || t->sign == '~') && i + 1 < r->words.tokens.len &&
           pj_tok(r, i + 1)->line == t->line && pj_tok(r, i + 1)->gap != PJ_GLUED;
}

/* "1.", "1)", "(1)" or "1" and a tab at a line's start. 0 if there is none. */
static int item_number(const pj_reader *r, size_t i) {
    pj_number n;
    i += pj_sign_at(r, i, '(') && i + 1 < r->words.tokens.len && pj_tok(r, i + 1)->gap == PJ_GLUED ? 1u : 0u;
    if (pj_tok(r, i)->kind != PJ_NUMBER || !pj_number_read(&r->words, i, i + 1, &n) || n.decimals > 0 || n.value > 99 ||
        n.value < 1 || i + 1 >= r->words.tokens.len) {
        return 0;
    }
    const pj_token *next = pj_tok(r, i + 1);
    bool closed = next->gap == PJ_GLUED && next->kind == PJ_SIGN && (next->sign == '.' || next->sign == ')');
    bool column = next->line == pj_tok(r, i)->line && next->gap == PJ_TABBED;
    return closed || column ? (int)n.value : 0;
}

/* Where a list's heading ends: behind "should", a colon or not, or behind "should work with X to:"; 0 if the line goes
 * on otherwise. Marks of bold type may close it. */
static size_t heading_end(const pj_reader *r, size_t should, size_t end) {
    size_t line = pj_line_at(&r->words, pj_tok(r, should)->line)->last;
    size_t last = line;
    while (last > should + 1 && pj_sign_at(r, last - 1, '*')) {
        last--;
    }
    last -= pj_sign_at(r, last - 1, ':') ? 1u : 0u;
    bool to = pj_word_is(&r->words, last - 1, "to") && pj_sign_at(r, last, ':');
    bool over = line >= end || pj_tok(r, line)->gap >= PJ_NEW_LINE;
    return over && (to || last == should + 1) ? line : 0;
}

/* A line, or two, that ends in "should:" and names who should. */
static bool addressee(const pj_reader *r, size_t first, size_t end, uint32_t *name_first, uint32_t *name_last,
                      size_t *last) {
    bool over_page = false;
    while (first < end && pj_sign_at(r, first, '*') && pj_tok(r, first + 1)->gap == PJ_GLUED) {
        first++; /* bold */
    }
    if (item_number(r, first) > 0 || bullet(r, first) || !pj_tok(r, first)->upper) {
        return false;
    }
    for (size_t i = first; i < end && i < first + LONGEST_ADDRESSEE; i++) {
        const pj_token *t = pj_tok(r, i);
        if (i > first && (pj_line_marks(r, i) & PJ_LINE_FURNITURE) != 0) {
            i = pj_line_at(&r->words, t->line)->last - 1u;
            over_page = true;
            continue;
        }
        bool goes_on = over_page || t->gap == PJ_NEW_LINE || (t->gap == PJ_NEW_PAGE && t->kind == PJ_WORD && !t->upper);
        if (i > first && t->gap >= PJ_NEW_LINE && (!goes_on || item_number(r, i) > 0 || bullet(r, i))) {
            return false;
        }
        if (pj_sign_at(r, i, '.') && !(i > 0 && pj_word_is(&r->words, i - 1, "st"))) {
            return false;
        }
        if (!pj_word_is(&r->words, i, "should")) {
            continue;
        }
        size_t next = heading_end(r, i, end);
        if (next == 0 || i == first) {
            return false;
        }
        *name_first = (uint32_t)(pj_word_is(&r->words, first, "the") ? first + 1 : first);
        *name_last = (uint32_t)i;
        *last = next;
        return *name_first < *name_last;
    }
    return false;
}

/* Was the item broken off inside a bracket? */
static bool open_bracket(const pj_reader *r, size_t first, size_t last) {
    unsigned seen = 0;
    for (size_t i = last; i > first && seen < LONGEST_ADDRESSEE; i--) {
        seen += (pj_line_marks(r, i - 1) & PJ_LINE_FURNITURE) == 0 ? 1u : 0u;
        if (pj_sign_at(r, i - 1, ')')) {
            return false;
        }
        if (pj_sign_at(r, i - 1, '(')) {
            return true;
        }
    }
    return false;
}

/* "1. Reducing reoffending": the numbered heading of a section, not an item. */
static bool section_heading(const pj_reader *r, size_t i, size_t next) {
    const pj_hit *hit = i + 2 < next ? pj_hit_at(r, i + 2) : NULL;
    return hit != NULL && hit->first == i + 2 && hit->last == next &&
           (pj_hit_as(r, hit, PJ_ROLE_title, r->framework) != NULL ||
            pj_hit_as(r, hit, PJ_ROLE_domain, r->framework) != NULL);
}

static pj_status read_list(list *l, size_t first, size_t end) {
    pj_reader *r = l->r;
    for (size_t i = first; i < end;) {
        const pj_line *line = pj_line_at(&r->words, pj_tok(r, i)->line);
        size_t next = line->last < end ? line->last : end;
        int printed = item_number(r, i);
        bool furniture = (pj_line_marks(r, i) & (PJ_LINE_FURNITURE | PJ_LINE_CONTENTS)) != 0;
        bool paragraph = pj_tok(r, i)->gap >= PJ_NEW_PARAGRAPH;
        uint32_t name_first = 0;
        uint32_t name_last = 0;
        if (printed > 0 && section_heading(r, i, next)) {
            break;
        }
        if (furniture) {
            /* a page's edge in the middle of an item */
        } else if (addressee(r, i, end, &name_first, &name_last, &next)) {
            PJ_TRY(close_item(l));
            l->to_first = name_first;
            l->to_last = name_last;
            l->numbered = false;
        } else if (printed > 0 || (bullet(r, i) && !l->numbered)) {
            l->numbered = printed > 0;
            PJ_TRY(open_item(l, i, printed));
            l->last = (uint32_t)next;
        } else if (l->pending && pj_tok(r, i)->upper && pj_sign_at(r, l->last - 1, ')')) {
            PJ_TRY(close_item(l)); /* its addressee closed it */
        } else if (l->pending && (!paragraph || !pj_tok(r, i)->upper) && pj_tok(r, i)->gap != PJ_NEW_PAGE) {
            l->last = (uint32_t)next;
        } else if (l->pending && pj_tok(r, i)->gap == PJ_NEW_PAGE && !pj_tok(r, i)->upper) {
            l->last = (uint32_t)next;
        } else if (l->pending && (pj_sign_at(r, i, '(') || open_bracket(r, l->first, l->last))) {
            l->last = (uint32_t)next; /* an addressee in a paragraph of its own */
        } else {
            PJ_TRY(close_item(l));
        }
        i = next;
    }
    return close_item(l);
}

pj_status pj_read_recommendations(pj_reader *r) {
    if (r->kind != PJ_DOC_REPORT) {
        return PJ_OK;
    }
    for (size_t p = 0; p < r->parts.len && r->out->recommendations.len == 0; p++) {
        const pj_part *part = &PJ_AT(&r->parts, const pj_part, p);
        if (part->event.kind != PJ_EV_SECTION || part->section != PJ_SECTION_RECOMMENDATIONS) {
            continue;
        }
        size_t end = r->words.tokens.len;
        for (size_t k = p + 1; k < r->parts.len; k++) {
            const pj_part *next = &PJ_AT(&r->parts, const pj_part, k);
            uint32_t name_first = 0;
            uint32_t name_last = 0;
            size_t after = next->last;
            bool lists = after < r->words.tokens.len &&
                         (item_number(r, after) > 0 || bullet(r, after) || pj_sign_at(r, after, ':') ||
                          addressee(r, next->first, r->words.tokens.len, &name_first, &name_last, &after));
            if (next->event.kind != PJ_EV_HEADING || !lists) { /* an unknown heading above items names who should act */
                end = next->first;
                break;
            }
        }
        list l;
        memset(&l, 0, sizeof(l));
        l.r = r;
        PJ_TRY(read_list(&l, part->event.end, end));
    }
    return PJ_OK;
}
