/* A table of key questions, cell by cell: a question and its figure in one row, each in a cell of its own, a lead-in
 * with fragments, all questions first and then all figures, or figures first. */
#include "read/zone.h"

#include <string.h>

#define MOST_QUESTION_WORDS 60 /* a longer run of words without an end is prose */

bool pj_percent_read(const pj_reader *r, size_t i, pj_number *n, size_t *last) {
    if (pj_tok(r, i)->kind != PJ_NUMBER || !pj_number_read(&r->words, i, i + 1, n) || n->value > 100) {
        return false;
    }
    bool counted = i > 1 && (pj_word_is(&r->words, i - 2, "of") || pj_sign_at(r, i - 2, '/')); /* "4 of 4 100%" */
    if (i > 0 && pj_tok(r, i - 1)->kind == PJ_NUMBER && pj_tok(r, i)->gap <= PJ_SPACED && !counted) {
        return false; /* "8 1%": digits torn apart */
    }
    *last = i + 2;
    if (pj_sign_at(r, i + 1, '%')) {
        return true;
    }
    if (i + 1 >= r->words.tokens.len || pj_starts_as(r, i + 1, PJ_ROLE_percent_word, -1) == NULL) {
        return false;
    }
    *last = pj_hit_at(r, i + 1)->last;
    return true;
}

/* "15 of 21", "15 out of 21", "15/21" */
static bool count_at(const pj_reader *r, size_t i, pj_asked *out, size_t *last) {
    pj_number a;
    pj_number b;
    size_t n = r->words.tokens.len;
    if (pj_tok(r, i)->kind != PJ_NUMBER || !pj_number_read(&r->words, i, i + 1, &a)) {
        return false;
    }
    size_t next = i + 1;
    if (pj_sign_at(r, next, '/')) {
        next++;
    } else if (next < n && pj_word_is(&r->words, next, "of")) {
        next++;
    } else if (next + 1 < n && pj_word_is(&r->words, next, "out") && pj_word_is(&r->words, next + 1, "of")) {
        next += 2;
    } else {
        return false;
    }
    if (next >= n || pj_tok(r, next)->kind != PJ_NUMBER || !pj_number_read(&r->words, next, next + 1, &b) ||
        a.decimals + b.decimals > 0 || a.value > b.value || b.value > 1e6) {
        return false;
    }
    out->yes = (int32_t)a.value;
    out->cases = (int32_t)b.value;
    *last = next + 1;
    return true;
}

/* "% 'Yes'", the head of the column of figures. */
static bool header_at(const pj_reader *r, size_t i, size_t *last) {
    size_t n = r->words.tokens.len;
    size_t k = i;
    if (pj_sign_at(r, i, '%')) {
        k = i + 1;
    } else if (pj_word_is(&r->words, i, "percentage")) {
        k = i + 1;
    } else {
        return false;
    }
    while (k < n && pj_tok(r, k)->kind == PJ_SIGN && (pj_tok(r, k)->sign == '\'' || pj_tok(r, k)->sign == '"')) {
        k++;
    }
    if (k >= n || !pj_word_is(&r->words, k, "yes")) {
        return false;
    }
    for (k = k + 1; k < n && pj_tok(r, k)->gap == PJ_GLUED && pj_tok(r, k)->kind == PJ_SIGN; k++) {
    }
    *last = k;
    return true;
}

/* Where a table may begin: the first token of its content, or PJ_NONE. */
uint32_t pj_zone_opens(const pj_reader *r, size_t i, size_t *last) {
    const pj_hit *hit = pj_hit_at(r, i);
    bool starts = hit != NULL && hit->first == i;
    if (starts && pj_hit_as(r, hit, PJ_ROLE_questions_anchor, -1) != NULL) {
        *last = hit->last + (pj_sign_at(r, hit->last, ':') ? 1u : 0u);
        return (uint32_t)*last;
    }
    if (header_at(r, i, last)) {
        return (uint32_t)*last;
    }
    bool row = starts && pj_tok(r, i)->gap >= PJ_TABBED;
    if (row && (pj_hit_as(r, hit, PJ_ROLE_question, r->framework) != NULL ||
                pj_hit_as(r, hit, PJ_ROLE_lead, r->framework) != NULL)) {
        return (uint32_t)i;
    }
    return PJ_NONE;
}

static void clip(const pj_reader *r, uint32_t *first, uint32_t *last) {
    while (*first < *last && pj_tok(r, *first)->kind != PJ_WORD) {
        (*first)++;
    }
    while (*last > *first && (pj_tok(r, *last - 1)->kind == PJ_NOTE || pj_sign_at(r, *last - 1, '('))) {
        (*last)--;
    }
}

/* The text from z->first to `end` is a question, complete. */
static void close_question(pj_zone *z, uint32_t end) {
    uint32_t first = z->first;
    uint32_t last = end;
    clip(z->r, &first, &last);
    z->words = 0;
    if (first < last && z->n < PJ_MOST_ROWS) {
        pj_asked *row = &z->rows[z->n++];
        memset(row, 0, sizeof(*row));
        row->first = first;
        row->last = last;
        row->lead_first = z->lead_first;
        row->lead_last = z->lead_last;
        row->yes = -1;
        row->cases = -1;
    }
    z->first = end;
}

static void answer(pj_zone *z, uint32_t figure, double percent);

/* The held figure's question is complete. */
static void release(pj_zone *z, size_t end) {
    if (z->held != PJ_NONE) {
        close_question(z, (uint32_t)end);
        answer(z, z->held, z->held_percent);
        z->held = PJ_NONE;
    }
}

static void close_lead(pj_zone *z, uint32_t end) {
    uint32_t first = z->first;
    uint32_t last = end;
    clip(z->r, &first, &last);
    if (first < last && last - first < 30) {
        z->lead_first = first;
        z->lead_last = last;
    }
    z->words = 0;
}

static void answer(pj_zone *z, uint32_t figure, double percent) {
    if (z->answered >= z->n) { /* a figure without a question; in the row of another it is a second column's */
        z->columns = z->columns || (z->answered > 0 &&
                                    pj_tok(z->r, z->rows[z->answered - 1].figure)->line == pj_tok(z->r, figure)->line);
        return;
    }
    pj_asked *row = &z->rows[z->answered++];
    row->figure = figure;
    row->percent = percent;
    z->figure_end = z->figure_end > figure + 2u ? z->figure_end : figure + 2u;
    row->yes = z->yes;
    row->cases = z->cases;
    z->yes = -1;
    z->cases = -1;
}

static void count(pj_zone *z, const pj_asked *printed, size_t at) {
    bool behind = z->answered == z->n || (at <= z->figure_end + 1u && z->figure_end > 0);
    if (behind && z->answered > 0 && z->rows[z->answered - 1].cases < 0) {
        z->rows[z->answered - 1].yes = printed->yes;
        z->rows[z->answered - 1].cases = printed->cases;
    } else {
        z->yes = printed->yes;
        z->cases = printed->cases;
    }
}

/* Has the text under way turned out to be prose? */
static bool is_prose(const pj_zone *z, size_t i) {
    const pj_token *t = pj_tok(z->r, i);
    if (z->words > MOST_QUESTION_WORDS) {
        return true;
    }
    bool point = t->kind == PJ_SIGN && (t->sign == '.' || t->sign == '!');
    return point && (i + 1 >= z->r->words.tokens.len || pj_tok(z->r, i + 1)->gap != PJ_GLUED);
}

static size_t skip_line(const pj_reader *r, size_t i) {
    return pj_line_at(&r->words, pj_tok(r, i)->line)->last;
}

/* The framework's number for a question that is recognised, else 0. */
int pj_zone_number(const pj_zone *z, const pj_asked *row) {
    const pj_reader *r = z->r;
    for (uint32_t i = row->lead_last > row->lead_first ? row->lead_first : row->first; i < row->last; i++) {
        const pj_hit *hit = pj_hit_at(r, i);
        bool here = (i >= row->first && i < row->last) || (i >= row->lead_first && i < row->lead_last);
        if (hit == NULL || hit->first != i || !here || hit->last > row->last || hit->last <= row->first) {
            continue;
        }
        for (size_t k = 0; k < hit->count; k++) {
            const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, k);
            bool asks = m->role == PJ_ROLE_question || (m->role == PJ_ROLE_fragment && i >= row->first);
            if (asks && m->framework == r->framework && m->standard == z->standard && m->number > 0) {
                return m->number;
            }
        }
    }
    return 0;
}

/* Is a percentage met in running text, not in a cell? A cell is parted from what is before it, and nothing runs on. */
static bool figure_in_prose(const pj_zone *z, size_t i, size_t last) {
    const pj_reader *r = z->r;
    if (last < r->words.tokens.len && pj_tok(r, last)->gap == PJ_SPACED && pj_tok(r, last)->kind == PJ_WORD &&
        !pj_tok(r, last)->upper) {
        return true;
    }
    if (pj_tok(r, i)->gap != PJ_SPACED || z->words == 0) {
        return false;
    }
    pj_asked row;
    memset(&row, 0, sizeof(row));
    row.first = z->first;
    row.last = (uint32_t)i;
    return pj_zone_number(z, &row) == 0;
}

static bool inside_phrase(const pj_reader *r, size_t i) {
    const pj_hit *around = pj_hit_at(r, i);
    return around != NULL && around->first < i && i < around->last;
}

/* A figure at the end of a line whose question, in words that we do not know, goes on in the next. */
static bool beside_text(const pj_zone *z, size_t i) {
    const pj_reader *r = z->r;
    size_t next = pj_line_at(&r->words, pj_tok(r, i)->line)->last;
    return z->headed && z->words > 0 && next - i < 10 && next < r->words.tokens.len &&
           pj_tok(r, next)->gap == PJ_NEW_LINE && pj_tok(r, next)->kind == PJ_WORD && !pj_tok(r, next)->upper;
}

/* Read a table that begins at token `first` and may not go beyond `end`; returns where it ends. */
static size_t read_zone(pj_zone *z, size_t first, size_t end) {
    pj_reader *r = z->r;
    size_t i = first;
    z->first = (uint32_t)first;
    while (i < end) {
        pj_number n;
        pj_asked printed;
        size_t last = 0;
        if (pj_tok(r, i)->gap >= PJ_NEW_LINE && (pj_line_marks(r, i) & PJ_LINE_FURNITURE) != 0) {
            bool open = z->words > 0;
            i = skip_line(r, i);
            if (!open) {
                z->first = (uint32_t)i;
            }
            continue;
        }
        const pj_token *t = pj_tok(r, i);
        if (z->held != PJ_NONE && i >= z->held_end && !pj_sign_at(r, i, '?')) {
            release(z, i);
        }
        if (header_at(r, i, &last)) {
            z->headed = true;
            close_lead(z, (uint32_t)i);
            z->first = (uint32_t)last;
        } else if (count_at(r, i, &printed, &last)) {
            if (z->held != PJ_NONE || inside_phrase(r, i)) { /* beside a wrapped question */
                z->yes = printed.yes;
                z->cases = printed.cases;
                i = last;
                continue;
            }
            if (z->answered == z->n && z->words > 0) {
                close_question(z, (uint32_t)i);
            }
            count(z, &printed, i);
            z->first = (uint32_t)last;
        } else if (pj_percent_read(r, i, &n, &last)) {
            if (z->held == PJ_NONE && (inside_phrase(r, i) || beside_text(z, i))) {
                z->held = (uint32_t)i;
                z->held_percent = n.value;
                z->held_end = inside_phrase(r, i) ? pj_hit_at(r, i)->last : end;
                i = last;
                continue;
            }
            if (z->words == 0 && z->answered == z->n && z->held == PJ_NONE && (z->n == 0 || z->leading)) {
                z->leading = true; /* the column of figures stands before that of questions */
                z->held = (uint32_t)i;
                z->held_percent = n.value;
                z->held_end = end;
                z->first = (uint32_t)last;
                i = last;
                continue;
            }
            if (figure_in_prose(z, i, last)) {
                return i;
            }
            if (z->words > 0) {
                close_question(z, (uint32_t)i);
            }
            answer(z, (uint32_t)i, n.value);
            z->figure_end = (uint32_t)last;
            z->first = (uint32_t)last;
        } else if (pj_sign_at(r, i, '?')) {
            last = i + 1;
            if (z->held != PJ_NONE) {
                release(z, last);
            } else {
                close_question(z, (uint32_t)last);
            }
        } else if (pj_sign_at(r, i, ':') && z->answered == z->n) {
            close_lead(z, (uint32_t)i);
            last = i + 1;
            z->first = (uint32_t)last;
        } else if (is_prose(z, i)) {
            return i;
        } else {
            z->words += t->kind == PJ_WORD ? 1u : 0u;
            last = i + 1;
            /* a lead-in without a colon is a row of its own */
            const pj_hit *hit = pj_hit_at(r, i);
            if (hit != NULL && hit->first == i && pj_hit_as(r, hit, PJ_ROLE_lead, r->framework) != NULL &&
                hit->last < end && pj_tok(r, hit->last)->gap >= PJ_TABBED && pj_tok(r, i)->gap >= PJ_TABBED) {
                z->first = (uint32_t)i;
                close_lead(z, hit->last);
                last = hit->last;
                z->first = hit->last;
            }
        }
        i = last;
    }
    release(z, i);
    return i;
}

size_t pj_zone_read(pj_reader *r, int standard, size_t first, size_t end, bool headed, pj_zone *zone) {
    memset(zone, 0, sizeof(*zone));
    zone->r = r;
    zone->standard = standard;
    zone->headed = headed;
    zone->yes = -1;
    zone->cases = -1;
    zone->held = PJ_NONE;
    return read_zone(zone, first, end);
}
