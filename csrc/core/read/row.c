/* One row of a ratings table. A line is a row of a ratings table only if everything in it is accounted for (codes,
 * titles, rating words, table furniture): that is what keeps prose, which always has other words, from ever becoming a
 * rating. */
#include "read/reader.h"

#include <string.h>

#define UNKNOWN_TITLE 8 /* words of a title that no framework has, after a printed code */

typedef struct row {
    pj_reader *r;
    size_t first;
    size_t at;
    size_t last;   /* one past the row's last token; grows when a phrase runs into the next line */
    size_t events; /* how many there were before this row */
    char code[8];  /* a printed code that waits for its title */
    bool domain_code;
    bool coded;
    bool label;
    bool rating;
    bool heading; /* a domain or section */
    bool leader;
    bool closed; /* the last label has its rating */
    bool score;
    bool dated; /* starts with a date, without a label before it: a line of a history */
    bool other; /* something recognised that is neither */
    bool page;  /* a bare number at the end */
    unsigned unknown;
} row;

static size_t line_end(const pj_reader *r, size_t token) {
    return pj_line_at(&r->words, pj_tok(r, token)->line)->last;
}

static void take(row *w, size_t last) {
    w->at = last;
    if (last > w->last) {
        w->last = line_end(w->r, last - 1);
    }
}

static pj_status take_label(row *w, size_t last, bool has_title) {
    pj_event *e = NULL;
    PJ_TRY(pj_event_push(w->r, PJ_EV_LABEL, w->at, last, &e));
    if (!has_title) {
        e->hit = PJ_NONE;
    }
    e->coded = w->code[0] != '\0';
    memcpy(e->code, w->code, sizeof(e->code));
    e->in_row = w->r->events.len - 1 > w->events;
    memset(w->code, 0, sizeof(w->code));
    w->label = true;
    w->closed = false;
    take(w, last);
    return PJ_OK;
}

/* A code that no title followed is a label of its own: the title may be in the next cell, or be new to us. */
static pj_status settle_code(row *w, size_t before) {
    if (w->code[0] == '\0') {
        return PJ_OK;
    }
    size_t at = w->at;
    w->at = before - 1;
    PJ_TRY(take_label(w, before, false));
    w->at = at;
    return PJ_OK;
}

static bool set_code(row *w, char letter, char digit, size_t last) {
    w->code[0] = letter;
    w->code[1] = digit;
    w->code[2] = '\0';
    w->coded = true;
    take(w, last);
    return true;
}

static bool digit_token(const pj_reader *r, size_t i, size_t end, char *digit) {
    if (i >= end) {
        return false;
    }
    const pj_token *t = pj_tok(r, i);
    *digit = r->words.text[t->start];
    return t->kind == PJ_NUMBER && t->end - t->start == 1;
}

/* "2.1", "V1", "V 1", "F1", "Theme 1". */
static bool take_code(row *w) {
    const pj_reader *r = w->r;
    const pj_token *t = pj_tok(r, w->at);
    const char *s = r->words.text + t->start;
    char digit = 0;
    if (t->kind == PJ_NUMBER && t->end - t->start == 3 && s[1] == '.') {
        w->code[0] = s[0];
        w->code[1] = '.';
        w->code[2] = s[2];
        w->code[3] = '\0';
        w->coded = true;
        take(w, w->at + 1);
        return true;
    }
    if (t->kind != PJ_WORD || !t->upper || !digit_token(r, w->at + 1, w->last, &digit)) {
        return false;
    }
    if (pj_word_is(&r->words, w->at, "theme")) {
        return set_code(w, 'F', digit, w->at + 2);
    }
    bool letter = pj_word_is(&r->words, w->at, "v") || pj_word_is(&r->words, w->at, "f");
    return letter && set_code(w, s[0], digit, w->at + 2);
}

/* "2. Court disposals", "Domain two: Court disposals". */
static bool take_domain_code(row *w) {
    const pj_reader *r = w->r;
    char digit = 0;
    pj_number number;
    size_t next = 0;
    if (pj_word_is(&r->words, w->at, "domain") && w->at + 1 < w->last &&
        pj_number_read(&r->words, w->at + 1, w->last, &number) && number.value < 10) {
        next = number.last;
    } else if (digit_token(r, w->at, w->last, &digit) && pj_sign_at(r, w->at + 1, '.')) {
        next = w->at + 2;
    } else {
        return false;
    }
    next += pj_sign_at(r, next, ':') || pj_sign_at(r, next, '-') ? 1u : 0u;
    if (next >= w->last || pj_starts_as(r, next, PJ_ROLE_domain, -1) == NULL) {
        return false;
    }
    w->domain_code = true;
    take(w, next);
    return true;
}

static bool known_maximum(const pj_reader *r, int maximum) {
    for (size_t f = 0; f < r->rules->frameworks.len; f++) {
        const pj_rule_framework *rule = pj_rule_framework_at(r->rules, (int)f);
        for (int i = 0; i < PJ_MAXIMA && rule->maxima[i] > 0; i++) {
            if (rule->maxima[i] == maximum) {
                return true;
            }
        }
    }
    return false;
}

static bool whole(const pj_reader *r, size_t i, size_t end, pj_number *n) {
    return i < end && pj_tok(r, i)->kind == PJ_NUMBER && pj_number_read(&r->words, i, end, n) && n->decimals == 0;
}

bool pj_score_of(const pj_reader *r, size_t at, size_t next, pj_event *out) {
    size_t end = r->words.tokens.len;
    pj_number score;
    pj_number maximum;
    if (!whole(r, at, end, &score) || !whole(r, next, end, &maximum) || maximum.value > 99 ||
        score.value > maximum.value || !known_maximum(r, (int)maximum.value)) {
        return false;
    }
    if (maximum.last < r->words.tokens.len) {
        const pj_token *after = pj_tok(r, maximum.last);
        if (after->gap == PJ_GLUED && (after->kind == PJ_NUMBER || after->sign == '/')) {
            return false; /* a date */
        }
    }
    memset(out, 0, sizeof(*out));
    out->kind = PJ_EV_SCORE;
    out->score = (int16_t)score.value;
    out->max_score = (int16_t)maximum.value;
    out->first = (uint32_t)at;
    out->last = maximum.last;
    out->hit = PJ_NONE;
    return true;
}

/* "23/36", "33 out of a possible 36"; only totals that a framework has. A digit before it may be a broken-off part. */
bool pj_score_read(const pj_reader *r, size_t at, size_t end, pj_event *out) {
    pj_number score;
    if (!whole(r, at, end, &score) || (at > 0 && pj_tok(r, at - 1)->kind == PJ_NUMBER)) {
        return false;
    }
    for (size_t i = at + 1; i < end && i < at + 12; i++) {
        end = pj_tok(r, i)->gap >= PJ_NEW_PARAGRAPH ? i : end;
    }
    size_t next = score.last;
    if (pj_sign_at(r, next, '/')) {
        next++;
    } else if (next < end && pj_starts_as(r, next, PJ_ROLE_out_of, -1) != NULL) {
        next = pj_hit_at(r, next)->last;
    } else {
        return false;
    }
    return pj_score_of(r, at, next, out);
}

static pj_status take_domain(row *w, const pj_hit *hit, const pj_meaning *m, bool weak) {
    pj_event *e = NULL;
    PJ_TRY(pj_event_push(w->r, PJ_EV_DOMAIN, w->at, hit->last, &e));
    e->domain = (char)m->value;
    e->weak = weak;
    w->domain_code = false;
    w->heading = true;
    take(w, hit->last);
    return PJ_OK;
}

/* A title that is a domain's too ("Work with victims") is the standard's if its rating stands in the same row. */
static bool rating_follows(const row *w, size_t next) {
    while (next < w->last && pj_tok(w->r, next)->kind == PJ_NOTE) {
        next++;
    }
    return next < w->last &&
           (pj_starts_as(w->r, next, PJ_ROLE_rating, -1) != NULL ||
            (pj_starts_as(w->r, next, PJ_ROLE_form_label, -1) != NULL && !pj_sign_at(w->r, next - 1, '(')));
}

static bool quoted(const row *w) {
    return w->at > w->first && (pj_sign_at(w->r, w->at - 1, '\'') || pj_sign_at(w->r, w->at - 1, '"'));
}

/* A title behind another, without a code or a rating between, is a word of the first one's row. */
static bool inside_title(const row *w) {
    if (!w->label || w->code[0] != '\0' || w->r->events.len == w->events) {
        return false;
    }
    const pj_event *last = &PJ_AT(&w->r->events, const pj_event, w->r->events.len - 1);
    return last->kind == PJ_EV_LABEL;
}

/* One phrase of the row; `*ok` is false if it has no place in a table. */
static pj_status take_hit(row *w, const pj_hit *hit, bool *ok) {
    pj_reader *r = w->r;
    pj_event *e = NULL;
    const pj_token *t = pj_tok(r, hit->first);
    const pj_meaning *domain = pj_hit_as(r, hit, PJ_ROLE_domain, -1);
    bool title = pj_hit_as(r, hit, PJ_ROLE_title, -1) != NULL;
    *ok = true;
    if (pj_hit_as(r, hit, PJ_ROLE_rating, -1) != NULL) {
        bool sentence = w->unknown > 0 && pj_sign_at(r, w->at - 1, '.') && t->gap != PJ_GLUED;
        *ok = t->upper && !(quoted(w) && !w->coded) && !sentence && (w->label || !w->dated);
        if (*ok) {
            PJ_TRY(settle_code(w, hit->first));
            PJ_TRY(pj_event_push(r, PJ_EV_RATING, w->at, hit->last, &e));
            e->in_row = r->events.len - 1 > w->events;
            w->rating = true;
            w->closed = true;
            take(w, hit->last);
        }
    } else if (pj_hit_as(r, hit, PJ_ROLE_overall_label, -1) != NULL) {
        *ok = t->upper;
        PJ_TRY(pj_event_push(r, PJ_EV_OVERALL, w->at, hit->last, &e));
        w->label = true;
        take(w, hit->last);
    } else if (domain != NULL && w->code[0] == '\0' && (w->domain_code || !title || !rating_follows(w, hit->last))) {
        *ok = t->upper;
        PJ_TRY(take_domain(w, hit, domain, title && !w->domain_code));
    } else if (title && inside_title(w)) {
        *ok = false;
    } else if (title) {
        *ok = t->upper || w->coded;
        PJ_TRY(take_label(w, hit->last, true));
    } else if (pj_hit_as(r, hit, PJ_ROLE_statement, -1) != NULL) {
        PJ_TRY(pj_event_push(r, PJ_EV_STATEMENT, w->at, hit->last, &e));
        w->other = true;
        take(w, hit->last);
    } else if (pj_hit_as(r, hit, PJ_ROLE_form_label, -1) != NULL ||
               pj_hit_as(r, hit, PJ_ROLE_score_label, -1) != NULL || pj_hit_as(r, hit, PJ_ROLE_fieldwork, -1) != NULL) {
        w->other = true;
        take(w, hit->last);
    } else {
        *ok = false;
    }
    return PJ_OK;
}

static pj_status take_number(row *w, bool *ok) {
    pj_reader *r = w->r;
    pj_event score;
    pj_date date;
    *ok = true;
    if (pj_score_read(r, w->at, r->words.tokens.len, &score)) { /* may run into the next line */
        PJ_TRY(settle_code(w, w->at));
        PJ_TRY(pj_vec_append(&r->events, &score, 1, r->err));
        w->other = true;
        w->score = true;
        take(w, score.last);
    } else if (pj_date_read(&r->words, w->at, w->last, &date)) {
        w->dated = w->dated || !(w->label || w->other);
        take(w, date.last);
    } else {
        size_t length = pj_tok(r, w->at)->end - pj_tok(r, w->at)->start;
        int year = 0;
        bool dated = w->at == w->first && pj_year_read(&r->words, w->at, &year) && w->at + 1 < w->last &&
                     pj_starts_as(r, w->at + 1, PJ_ROLE_score_label, -1) != NULL; /* "May" stood in the line above */
        w->page = w->at + 1 == w->last && length <= 3;
        *ok = w->page || w->label || dated;
        take(w, w->at + 1);
    }
    return PJ_OK;
}

/* "i) Governance and leadership", "II. Court disposals", "a. Staff": an item's mark, which says nothing. */
static bool takes_numeral(const row *w) {
    const pj_token *t = pj_tok(w->r, w->at);
    if (t->kind != PJ_WORD || t->fold_len > 4 || w->at + 2 >= w->last ||
        !(pj_sign_at(w->r, w->at + 1, ')') || pj_sign_at(w->r, w->at + 1, '.'))) {
        return false;
    }
    const char *letters = (const char *)w->r->words.fold.data + t->fold;
    bool roman = true;
    for (uint32_t i = 0; i < t->fold_len; i++) {
        roman = roman && (letters[i] == 'i' || letters[i] == 'v' || letters[i] == 'x');
    }
    return roman || t->fold_len == 1;
}

static pj_status take_any(row *w, bool *ok) {
    pj_reader *r = w->r;
    const pj_token *t = pj_tok(r, w->at);
    const pj_hit *hit = pj_hit_at(r, w->at);
    pj_date date;
    *ok = true;
    if (t->kind == PJ_NOTE) {
        take(w, w->at + 1);
    } else if (w->at == w->first && takes_numeral(w)) {
        take(w, w->at + 2);
    } else if (t->kind == PJ_SIGN) {
        bool dots = t->sign == '.' && pj_sign_at(r, w->at + 1, '.') && pj_sign_at(r, w->at + 2, '.');
        w->leader = w->leader || dots;
        *ok = t->sign != '?' && (t->sign != '%' || w->label) && t->sign != '!' && t->sign != ';';
        take(w, w->at + 1);
    } else if (take_domain_code(w)) {
        return PJ_OK;
    } else if (take_code(w)) {
        return PJ_OK;
    } else if (hit != NULL && hit->first == w->at) {
        PJ_TRY(take_hit(w, hit, ok));
    } else if (t->kind == PJ_NUMBER) {
        PJ_TRY(take_number(w, ok));
    } else if (pj_date_read(&r->words, w->at, w->last, &date)) {
        w->dated = w->dated || !(w->label || w->other);
        take(w, date.last);
        return PJ_OK;
    }
    if (!*ok || (t->kind == PJ_WORD && w->at < w->last && pj_tok(r, w->at) == t)) {
        *ok = w->coded && !w->closed && t->kind == PJ_WORD; /* a title's words that we do not know */
        if (*ok) {
            PJ_TRY(settle_code(w, w->at));
            w->unknown++;
            take(w, w->at + 1);
        }
    }
    return PJ_OK;
}

/* Is what was taken a row? A heading with words we do not know must be short; a sentence is no row. */
static bool is_row(const row *w) {
    if (w->unknown > UNKNOWN_TITLE || (w->unknown > 0 && !w->rating && pj_ends_sentence(w->r, w->last))) {
        return false;
    }
    if (w->rating && !w->coded && pj_sign_at(w->r, w->last - 1, '.')) {
        return false;
    }
    return w->label || w->rating || w->heading || w->other;
}

/* A page may repeat at its head the heading under way ("3.2. Planning"): the text goes on below it. */
static bool repeats_heading(const pj_reader *r, const row *w) {
    if (pj_tok(r, w->first)->gap != PJ_NEW_PAGE || w->rating || r->events.len != w->events + 1) {
        return false;
    }
    const pj_event *here = &PJ_AT(&r->events, const pj_event, w->events);
    for (size_t i = w->events; here->kind == PJ_EV_LABEL && i-- > 0;) {
        const pj_event *e = &PJ_AT(&r->events, const pj_event, i);
        if (e->kind == PJ_EV_LABEL) {
            return e->coded && here->coded && memcmp(e->code, here->code, sizeof(e->code)) == 0;
        }
        if (e->kind == PJ_EV_SECTION || e->kind == PJ_EV_DOMAIN || w->events - i > 200) {
            break;
        }
    }
    return false;
}

/* "2.3 Implementation and      Good" and "delivery" in the next line: a narrow column broke the title, and the rating's
 * cell stands in its midst. Events and `*end` as of a row. */
static pj_status read_broken_row(row *w, bool *found, size_t *end) {
    pj_reader *r = w->r;
    const pj_hit *rating = pj_hit_at(r, w->last - 1);
    pj_hit title;
    *found = rating != NULL && rating->last == w->last && rating->first > w->first && pj_tok(r, rating->first)->upper &&
             pj_hit_as(r, rating, PJ_ROLE_rating, -1) != NULL && pj_prose_goes_on(r, w->last);
    if (!*found) {
        return PJ_OK;
    }
    (void)take_code(w);
    while (w->at < rating->first && pj_tok(r, w->at)->kind == PJ_SIGN) {
        w->at++;
    }
    *found = pj_lexicon_bridge(&r->rules->lexicon, &r->words, w->at, rating->first, rating->last, &title) &&
             pj_hit_as(r, &title, PJ_ROLE_title, -1) != NULL;
    if (!*found) {
        return PJ_OK;
    }
    pj_event *e = NULL;
    uint32_t index = (uint32_t)r->hits.len;
    PJ_TRY(pj_vec_append(&r->hits, &title, 1, r->err));
    PJ_TRY(take_label(w, rating->first, true));
    PJ_AT(&r->events, pj_event, r->events.len - 1).hit = index;
    rating = pj_hit_at(r, w->last - 1);
    PJ_TRY(pj_event_push(r, PJ_EV_RATING, rating->first, rating->last, &e));
    e->in_row = true;
    *end = line_end(r, title.last - 1);
    pj_mark_lines(r, w->first, *end, PJ_LINE_TABLE | PJ_LINE_HEADING);
    return PJ_OK;
}

/* "Good | 1.1 Governance and leadership": a row whose rating comes first is turned, so that all have one order. */
static void turn_round(const row *w) {
    pj_vec *events = &w->r->events;
    size_t n = events->len - w->events;
    for (size_t i = 0; i < n; i++) {
        uint8_t kind = PJ_AT(events, pj_event, w->events + i).kind;
        bool label = kind == PJ_EV_LABEL || kind == PJ_EV_OVERALL;
        if (n % 2 != 0 || (i % 2 == 0 ? kind != PJ_EV_RATING : !label)) {
            return;
        }
    }
    for (size_t i = 0; i < n; i += 2) {
        pj_event *a = &PJ_AT(events, pj_event, w->events + i);
        pj_event rating = *a;
        a[0] = a[1];
        a[1] = rating;
        a[1].in_row = true;
    }
}

/* "Assessment   Good   2.1": a code behind the rating is that of the title before it. */
static void join_code(const row *w) {
    pj_vec *events = &w->r->events;
    if (events->len - w->events != 3) {
        return;
    }
    pj_event *e = &PJ_AT(events, pj_event, w->events);
    if (e[0].kind == PJ_EV_LABEL && !e[0].coded && e[1].kind == PJ_EV_RATING && e[2].kind == PJ_EV_LABEL &&
        e[2].hit == PJ_NONE) {
        e[0].coded = true;
        memcpy(e[0].code, e[2].code, sizeof(e[0].code));
        events->len--;
    }
}

pj_status pj_read_row(pj_reader *r, size_t first, size_t last, bool *found, size_t *end) {
    row broken = {.r = r, .first = first, .at = first, .last = last, .events = r->events.len};
    PJ_TRY(read_broken_row(&broken, found, end));
    if (*found) {
        return PJ_OK;
    }
    row w = {.r = r, .first = first, .at = first, .last = last, .events = r->events.len};
    bool ok = true;
    while (ok && w.at < w.last) {
        PJ_TRY(take_any(&w, &ok));
    }
    ok = ok && w.unknown <= UNKNOWN_TITLE;
    if (ok) {
        PJ_TRY(settle_code(&w, w.last));
    }
    *found = ok && is_row(&w);
    bool whole_row = w.label && w.rating;
    if (*found && !whole_row && !w.coded && pj_prose_goes_on(r, w.last)) {
        *found = false;
    }
    bool contents = *found && !w.rating && !w.score && (w.leader || w.page || pj_is_bulleted(r, first));
    if (*found) {
        turn_round(&w);
        join_code(&w);
    }
    bool repeated = *found && repeats_heading(r, &w);
    if (!*found || contents || repeated) {
        r->events.len = w.events;
    }
    if (*found) {
        int kind = w.label || w.heading ? PJ_LINE_TABLE | PJ_LINE_HEADING : PJ_LINE_TABLE;
        pj_mark_lines(r, first, w.last, contents ? PJ_LINE_CONTENTS : repeated ? PJ_LINE_FURNITURE : kind);
        *end = w.last;
    }
    return PJ_OK;
}
