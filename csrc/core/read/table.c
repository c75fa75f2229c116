/* Labels and ratings brought together, whatever the extraction did to the table: both in one row, each in a cell of its
 * own, or all labels first and then all ratings. Where the two do not count up, nothing is paired: a missing rating is
 * better than a wrong one. */
#include "read/reader.h"

#include <string.h>

#define TORN_WORDS 4
#define HEAD_TOKENS 16    /* of the heads of a table's columns */
#define STATEMENT_LINES 4 /* lines of an unknown statement between a heading and its rating */

typedef struct pairing {
    pj_reader *r;
    pj_vec labels;
    pj_vec ratings;
    char domain;
    bool earlier;           /* in the table of an earlier inspection */
    uint32_t earlier_first; /* its heading and its last rating so far, as lines */
    uint32_t earlier_last;
    unsigned prose; /* lines of prose since the last label */
    pj_event weak;  /* a domain's heading that is also its only standard's title */
    bool has_weak;
    bool suspect; /* ratings are left over among the labels: cells in rows of their own can not be matched until the
                     table is over */
    bool lead;    /* a rating stood before the labels */
    size_t lead_pairs; /* how many pairs there were then */
    bool two_columns;  /* a row had two ratings: one alone may be either column's */
} pairing;

static pj_event *last_label(pairing *p) {
    return p->labels.len > 0 ? &PJ_AT(&p->labels, pj_event, p->labels.len - 1) : NULL;
}

static pj_status pair(pairing *p, const pj_event *label, const pj_event *rating) {
    pj_pair found = {.label = *label, .rating = *rating, .overall = label->kind == PJ_EV_OVERALL};
    return p->earlier ? PJ_OK : pj_vec_append(&p->r->pairs, &found, 1, p->r->err);
}

/* Columns read one after the other: their rows can only be matched if the labels stand in the order of a table. */
static bool in_order(const pairing *p) {
    const pj_event *before = NULL;
    for (size_t i = 0; p->labels.len > 1 && i < p->labels.len; i++) {
        const pj_event *e = &PJ_AT(&p->labels, const pj_event, i);
        if (e->coded && before != NULL && memcmp(before->code, e->code, sizeof(e->code)) >= 0 &&
            !(before->code[0] != 'V' && e->code[0] == 'V')) {
            return false;
        }
        before = e->coded ? e : before;
    }
    return true;
}

/* One label's two ratings: both in its row, or each in the next cell. */
static bool two_cells(const pairing *p) {
    const pj_event *one = &PJ_AT(&p->ratings, pj_event, 0);
    const pj_event *two = &PJ_AT(&p->ratings, pj_event, 1);
    uint32_t line = pj_tok(p->r, PJ_AT(&p->labels, pj_event, 0).last - 1)->line;
    bool row = pj_tok(p->r, one->first)->line == line && pj_tok(p->r, two->first)->line == line && two->in_row;
    return row || (pj_tok(p->r, one->first)->line > line && two->first == one->last);
}

static bool one_row(const pj_reader *r, const pj_pair *pair) {
    return pj_tok(r, pair->label.last - 1)->line == pj_tok(r, pair->rating.first)->line;
}

/* The table is over. If a rating stood before its labels, each may have stood above its own and been given to the label
 * above: cells that share no row with their label are not to be trusted. */
static void close_table(pairing *p) {
    size_t kept = p->lead_pairs;
    for (size_t i = p->lead_pairs; p->lead && i < p->r->pairs.len; i++) {
        const pj_pair *pair = &PJ_AT(&p->r->pairs, const pj_pair, i);
        if (one_row(p->r, pair)) {
            PJ_AT(&p->r->pairs, pj_pair, kept++) = *pair;
        }
    }
    p->r->pairs.len = p->lead ? kept : p->r->pairs.len;
    p->lead = false;
    p->suspect = false;
    p->two_columns = false;
}

/* Bring together what has been collected, then start afresh. */
static pj_status settle(pairing *p) {
    bool row = p->ratings.len == 1 && PJ_AT(&p->ratings, pj_event, 0).in_row;
    if (p->ratings.len > p->labels.len && !p->has_weak) {
        p->suspect = p->suspect || p->labels.len > 1;
        p->lead_pairs = p->lead ? p->lead_pairs : p->r->pairs.len;
        p->lead = true;
    }
    p->two_columns = p->two_columns || (p->labels.len == 1 && p->ratings.len == 2 &&
                                        PJ_AT(&p->labels, pj_event, 0).kind == PJ_EV_LABEL && two_cells(p));
    bool matched = !p->two_columns && (row || !p->suspect);
    if (p->ratings.len > 0 && p->labels.len == p->ratings.len && in_order(p) && matched) {
        for (size_t i = 0; i < p->labels.len; i++) {
            PJ_TRY(pair(p, &PJ_AT(&p->labels, pj_event, i), &PJ_AT(&p->ratings, pj_event, i)));
        }
    } else if (p->ratings.len == 1 && p->labels.len == 0 && p->has_weak) {
        PJ_TRY(pair(p, &p->weak, &PJ_AT(&p->ratings, pj_event, 0)));
    }
    p->labels.len = 0;
    p->ratings.len = 0;
    p->has_weak = false;
    p->prose = 0;
    return PJ_OK;
}

static bool same_label(const pj_event *a, const pj_event *b) {
    if (a->kind != b->kind) {
        return false;
    }
    if (a->kind == PJ_EV_OVERALL) {
        return true;
    }
    return a->coded && b->coded && a->code[0] == b->code[0] && a->code[1] == b->code[1] && a->code[2] == b->code[2];
}

static pj_status take_label(pairing *p, const pj_event *event) {
    pj_event placed = *event;
    const pj_event *label = &placed;
    placed.domain = p->domain; /* under whose heading it stands; its rating may come after the next one */
    if (p->ratings.len > 0) {
        PJ_TRY(settle(p));
    }
    pj_event *last = last_label(p);
    p->prose = 0;
    if (last != NULL && same_label(last, label)) {
        *last = *label; /* a heading above the standard of the same number: "4.1. Resettlement" */
        return PJ_OK;
    }
    if (last != NULL && last->coded && last->hit == PJ_NONE && !label->coded && label->kind == PJ_EV_LABEL) {
        last->hit = label->hit; /* the code had a cell of its own */
        last->last = label->last;
        return PJ_OK;
    }
    return pj_vec_append(&p->labels, label, 1, p->r->err);
}

static pj_status take_rating(pairing *p, const pj_event *rating, const pj_event *before) {
    pj_event *last = last_label(p);
    p->earlier_last = pj_tok(p->r, rating->first)->line;
    bool row = rating->in_row && last != NULL && p->ratings.len == 0 &&
               pj_tok(p->r, last->last - 1)->line == pj_tok(p->r, rating->first)->line && before->kind != PJ_EV_PROSE;
    if (row && p->labels.len > 1) { /* labels without ratings stood before this row: they are no part of it */
        PJ_AT(&p->labels, pj_event, 0) = *last;
        p->labels.len = 1;
    }
    return pj_vec_append(&p->ratings, rating, 1, p->r->err);
}

/* The earlier inspection's table is over: none of its lines says anything about this one. */
static void leave_earlier(pairing *p) {
    bool table = p->earlier && p->earlier_last > p->earlier_first;
    for (uint32_t line = p->earlier_first; table && line <= p->earlier_last; line++) {
        PJ_AT(&p->r->marks, uint8_t, line) |= PJ_LINE_EARLIER;
    }
    p->earlier = false;
}

/* Prose ends a table. One short paragraph may stand between a printed heading and its rating: the statement. */
static pj_status take_prose(pairing *p, const pj_event *prose) {
    pj_event *last = last_label(p);
    const pj_line *line = pj_line_at(&p->r->words, pj_tok(p->r, prose->first)->line);
    bool text = pj_running_text(p->r, line) || pj_ends_sentence(p->r, line->last);
    if (p->earlier && text && (p->earlier_last > p->earlier_first || ++p->prose > STATEMENT_LINES)) {
        PJ_TRY(settle(p));
        leave_earlier(p);
        return PJ_OK;
    }
    if (text) {
        PJ_TRY(p->suspect ? settle(p) : PJ_OK);
        close_table(p);
    }
    bool torn = p->labels.len > 0 && p->ratings.len == 0 && !pj_tok(p->r, prose->first)->upper &&
                pj_count_words(p->r, line->first, line->last) <= TORN_WORDS;
    if (torn) {
        return PJ_OK; /* the rest of a label that a page's edge tore apart: "3.3 Implementation" ... "and delivery" */
    }
    bool statement = p->ratings.len == 0 && p->labels.len == 1 && last->coded && ++p->prose <= STATEMENT_LINES;
    return statement ? PJ_OK : settle(p);
}

/* A label and its rating in one row belong together whatever comes next. */
static bool row_is_over(const pairing *p, const pj_event *e) {
    if (p->labels.len != 1 || p->ratings.len != 1) {
        return false;
    }
    const pj_event *label = &PJ_AT(&p->labels, const pj_event, 0);
    const pj_event *rating = &PJ_AT(&p->ratings, const pj_event, 0);
    uint32_t line = pj_tok(p->r, rating->first)->line;
    return rating->in_row && pj_tok(p->r, label->last - 1)->line == line && pj_tok(p->r, e->first)->line > line;
}

/* Does the row of `e` stand behind the name of another service, or of one when we know none? */
static bool is_of_another(const pj_reader *r, const pj_event *e) {
    size_t first = pj_line_at(&r->words, pj_tok(r, e->first)->line)->first;
    for (size_t i = first; e->named && i < e->first; i++) {
        if (pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL) {
            return r->service_first == r->service_last || !pj_same_name(r, first, i, r->service_first, r->service_last);
        }
    }
    return e->named;
}

/* "2019   2023" before the first row, with "Rating" or a month beside each: the table has a column for each of several
 * inspections, and a row that was cut short has the older one's rating. */
static bool heads_columns(const pj_reader *r, size_t first) {
    unsigned years = 0;
    size_t i = pj_line_at(&r->words, pj_tok(r, first)->line)->first;
    for (size_t back = 0; i > 0 && back < HEAD_TOKENS && years < 2; back++) {
        int year = 0;
        i--;
        const pj_hit *hit = pj_hit_at(r, i);
        bool label = pj_sign_at(r, i, '(') || pj_sign_at(r, i, ')') || pj_sign_at(r, i, ':') ||
                     pj_word_is(&r->words, i, "inspection") || pj_word_is(&r->words, i, "and") ||
                     pj_word_is(&r->words, i, "in") || pj_hit_as(r, hit, PJ_ROLE_form_label, -1) != NULL ||
                     pj_hit_as(r, hit, PJ_ROLE_previous, -1) != NULL || pj_hit_as(r, hit, PJ_ROLE_now, -1) != NULL;
        pj_date date;
        bool span = i > 0 && (pj_sign_at(r, i - 1, '/') || pj_sign_at(r, i - 1, '-')); /* "2022/23", "2019-2023" */
        if (pj_year_read(&r->words, i, &year) && !span) {
            years++;
        } else if (!label && !pj_date_read(&r->words, i, r->words.tokens.len, &date)) {
            break;
        }
    }
    return years > 1;
}

static pj_status take_event(pairing *p, const pj_event *e, const pj_event *before) {
    if (row_is_over(p, e)) {
        PJ_TRY(settle(p));
    }
    if (e->named && is_of_another(p->r, e)) {
        return PJ_OK;
    }
    bool starts = e->kind == PJ_EV_LABEL || e->kind == PJ_EV_OVERALL || e->kind == PJ_EV_DOMAIN;
    p->two_columns = p->two_columns || (starts && heads_columns(p->r, e->first));
    switch ((pj_event_kind)e->kind) {
    case PJ_EV_LABEL:
    case PJ_EV_OVERALL:
        return take_label(p, e);
    case PJ_EV_RATING:
        return take_rating(p, e, before);
    case PJ_EV_DOMAIN:
        if (p->ratings.len > 0) {
            PJ_TRY(settle(p));
        }
        p->domain = e->domain;
        p->has_weak = e->weak && p->labels.len == 0;
        p->weak = *e;
        p->weak.kind = PJ_EV_LABEL;
        return PJ_OK;
    case PJ_EV_SCORE:
        if (p->r->score.max_score == 0 && !p->earlier) {
            p->r->score = *e;
        } else if (!p->earlier && (e->score != p->r->score.score || e->max_score != p->r->score.max_score)) {
            p->r->scores_differ = true;
        }
        return PJ_OK;
    case PJ_EV_STATEMENT:
        return PJ_OK;
    case PJ_EV_SECTION:
        PJ_TRY(settle(p));
        leave_earlier(p);
        close_table(p);
        p->domain = 0;
        return PJ_OK;
    case PJ_EV_EARLIER:
        PJ_TRY(settle(p));
        if (p->earlier && p->earlier_last == p->earlier_first) {
            return PJ_OK; /* the heading again, at the head of a page */
        }
        leave_earlier(p);
        p->earlier = true;
        p->earlier_first = pj_tok(p->r, e->first)->line;
        p->earlier_last = p->earlier_first;
        return PJ_OK;
    case PJ_EV_HEADING:
        /* a name or a caption among the cells: it parts labels from ratings only if ratings were under way */
        return p->ratings.len > 0 || p->prose > 0 ? settle(p) : PJ_OK;
    case PJ_EV_PROSE:
        return take_prose(p, e);
    }
    return PJ_OK;
}

pj_status pj_read_table(pj_reader *r) {
    pairing p = {.r = r};
    pj_event none = {.kind = PJ_EV_SECTION};
    const pj_event *before = &none;
    pj_vec_init(&p.labels, r->words.tokens.alloc, sizeof(pj_event));
    pj_vec_init(&p.ratings, r->words.tokens.alloc, sizeof(pj_event));
    pj_status status = PJ_OK;
    for (size_t i = 0; i < r->events.len && status == PJ_OK; i++) {
        const pj_event *e = &PJ_AT(&r->events, const pj_event, i);
        status = take_event(&p, e, before);
        before = e;
    }
    if (status == PJ_OK) {
        status = settle(&p);
        close_table(&p);
        leave_earlier(&p);
    }
    pj_vec_free(&p.labels);
    pj_vec_free(&p.ratings);
    return status;
}
