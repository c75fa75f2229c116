/* What each line is: a row of a ratings table, a heading, an entry of a contents list, a page's furniture, or prose. */
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

#define HEADLINE_WORDS 16 /* a heading has no more */

/* A section's heading, whole and parted from the text below it, may follow a list whose items have no full stop. */
static bool heads_paragraph(const pj_reader *r, const pj_line *line) {
    size_t n = r->words.tokens.len;
    bool known = pj_tok(r, line->first)->upper && pj_starts_as(r, line->first, PJ_ROLE_section, -1) != NULL &&
                 line->last < n && pj_tok(r, line->last)->gap == PJ_NEW_PARAGRAPH;
    for (size_t i = known ? pj_hit_at(r, line->first)->last : line->last; i < line->last && known; i++) {
        const pj_hit *hit = pj_hit_at(r, i);
        known = pj_tok(r, i)->kind == PJ_SIGN || (hit != NULL && pj_hit_as(r, hit, PJ_ROLE_form_label, -1) != NULL);
    }
    return known;
}

/* The line before is running text that the margin broke here. */
static bool continues_prose(const pj_reader *r, size_t line) {
    const pj_line *here = pj_line_at(&r->words, line);
    if (line == 0 || pj_tok(r, here->first)->gap != PJ_NEW_LINE || PJ_AT(&r->marks, uint8_t, line - 1) != 0) {
        return false;
    }
    size_t first = here->first;
    bool cell = pj_tok(r, first)->upper && (pj_starts_as(r, first, PJ_ROLE_score_label, -1) != NULL ||
                                            pj_starts_as(r, first, PJ_ROLE_overall_label, -1) != NULL);
    return !cell && !heads_paragraph(r, here) && pj_running_text(r, pj_line_at(&r->words, line - 1));
}

static bool all_signs(const pj_reader *r, size_t first, size_t last) {
    for (size_t i = first; i < last; i++) {
        if (pj_tok(r, i)->kind == PJ_WORD || pj_tok(r, i)->kind == PJ_NUMBER) {
            return false;
        }
    }
    return true;
}

/* A page may repeat at its head the section's heading. */
static bool repeats_section(const pj_reader *r, const pj_hit *hit) {
    const pj_meaning *m = pj_hit_as(r, hit, PJ_ROLE_section, -1);
    for (size_t i = r->events.len; i-- > 0;) {
        const pj_event *e = &PJ_AT(&r->events, const pj_event, i);
        if (e->kind == PJ_EV_SECTION) {
            return PJ_AT(&r->hits, const pj_hit, e->hit).meaning == hit->meaning;
        }
        bool body = (e->kind == PJ_EV_LABEL || e->kind == PJ_EV_DOMAIN) && m->value != PJ_SECTION_RATINGS;
        if (body || r->events.len - i > 200) {
            return false;
        }
    }
    return false;
}

/* A known section's heading, alone in its line but for furniture or a page number. */
static pj_status read_section(pj_reader *r, size_t first, size_t *row_end, bool *found) {
    size_t at = first;
    size_t last = *row_end;
    bool listed = pj_is_bulleted(r, first);
    while (at < last && pj_tok(r, at)->kind == PJ_SIGN) {
        at++;
    }
    const pj_meaning *m = at < last ? pj_starts_as(r, at, PJ_ROLE_section, -1) : NULL;
    *found = m != NULL && pj_tok(r, at)->upper && pj_hit_at(r, at)->last <= last;
    if (!*found) {
        return PJ_OK;
    }
    size_t head = at;
    bool page = false;
    bool leader = false;
    for (at = pj_hit_at(r, at)->last; at < last && *found; at++) {
        const pj_token *t = pj_tok(r, at);
        const pj_hit *hit = pj_hit_at(r, at);
        if (hit != NULL && hit->last > last) { /* "(Back to top)" may run into the next line */
            last = pj_line_at(&r->words, pj_tok(r, hit->last - 1)->line)->last;
        }
        page = page || t->kind == PJ_NUMBER;
        leader = leader || (t->sign == '.' && pj_sign_at(r, at + 1, '.'));
        bool furniture = hit != NULL && pj_hit_as(r, hit, PJ_ROLE_form_label, -1) != NULL;
        *found = t->kind != PJ_WORD || furniture;
    }
    bool repeated = *found && pj_tok(r, first)->gap == PJ_NEW_PAGE && repeats_section(r, pj_hit_at(r, head));
    if (!*found || page || leader || repeated || listed) {
        if (*found) {
            pj_mark_lines(r, first, last, repeated ? PJ_LINE_FURNITURE : PJ_LINE_CONTENTS);
            *row_end = last;
        }
        return PJ_OK;
    }
    pj_event *e = NULL;
    PJ_TRY(pj_event_push(r, PJ_EV_SECTION, head, pj_hit_at(r, head)->last, &e));
    e->end = (uint32_t)last;
    *row_end = last;
    pj_mark_lines(r, first, last, PJ_LINE_HEADING);
    return PJ_OK;
}

static bool is_furniture(const pj_reader *r, size_t first, size_t last) {
    if (all_signs(r, first, last)) {
        return true;
    }
    if (pj_count_words(r, first, last) > PJ_TITLE_WORDS || pj_sign_at(r, last - 1, '.')) {
        return false;
    }
    if (last - first == 1 && pj_tok(r, first)->kind == PJ_NUMBER &&
        pj_tok(r, first)->end - pj_tok(r, first)->start <= 3) {
        return true; /* a page number */
    }
    if (pj_starts_as(r, first, PJ_ROLE_furniture, -1) != NULL && pj_count_words(r, first, last) <= HEADLINE_WORDS &&
        !pj_running_text(r, pj_line_at(&r->words, pj_tok(r, first)->line))) {
        return true;
    }
    while (first + 1 < last && pj_sign_at(r, first, '#')) {
        first++; /* a heading's mark */
    }
    return (pj_has_role(r, first, last, PJ_ROLE_inspection_title) ||
            pj_has_role(r, first, last, PJ_ROLE_other_title)) &&
           (pj_tok(r, first)->upper || pj_tok(r, first)->kind == PJ_NUMBER);
}

static bool stands_alone(const pj_reader *r, size_t first, size_t last) {
    return pj_tok(r, first)->gap >= PJ_NEW_PARAGRAPH &&
           (last >= r->words.tokens.len || pj_tok(r, last)->gap >= PJ_NEW_PARAGRAPH);
}

/* FNV-1a of a line's words; its digits, which count pages, are left out. */
static uint64_t line_key(const pj_reader *r, size_t first, size_t last) {
    uint64_t key = 14695981039346656037u;
    for (size_t i = first; i < last; i++) {
        const pj_token *t = pj_tok(r, i);
        const uint8_t *fold = (const uint8_t *)r->words.fold.data + t->fold;
        for (uint32_t k = 0; t->kind == PJ_WORD && k < t->fold_len; k++) {
            key = (key ^ fold[k]) * 1099511628211u;
        }
    }
    return key;
}

static int compare_keys(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

/* The keys of all first and last lines of pages, sorted. */
static pj_status read_edges(pj_reader *r, pj_vec *edges) {
    for (size_t i = 0; i < r->words.lines.len; i++) {
        const pj_line *line = pj_line_at(&r->words, i);
        bool head = pj_tok(r, line->first)->gap == PJ_NEW_PAGE && i > 0;
        bool foot = line->last < r->words.tokens.len && pj_tok(r, line->last)->gap == PJ_NEW_PAGE;
        if (head || foot) {
            uint64_t key = line_key(r, line->first, line->last);
            PJ_TRY(pj_vec_append(edges, &key, 1, r->err));
        }
    }
    if (edges->len > 1) {
        qsort(edges->data, edges->len, sizeof(uint64_t), compare_keys);
    }
    return PJ_OK;
}

/* Does the line stand at the edge of another page too? */
static bool repeated_edge(const pj_reader *r, const pj_vec *edges, size_t first, size_t last) {
    uint64_t key = line_key(r, first, last);
    size_t low = 0;
    size_t high = edges->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (PJ_AT(edges, const uint64_t, middle) < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low + 1 < edges->len && PJ_AT(edges, const uint64_t, low + 1) == key;
}

/* A heading does not end in a word that asks for another. */
static bool ends_open(const pj_reader *r, size_t last) {
    static const char *const OPEN[] = {"in",   "at",   "and",   "of",  "the",  "to",   "was",  "as",    "by",  "for",
                                       "with", "a",    "an",    "or",  "that", "on",   "from", "its",   "our", "were",
                                       "is",   "are",  "had",   "has", "be",   "been", "not",  "which", "who", "we",
                                       "this", "when", "after", "but", "it",   "they", "their"};
    for (size_t i = 0; i < sizeof(OPEN) / sizeof(OPEN[0]); i++) {
        if (pj_word_is(&r->words, last - 1, OPEN[i])) {
            return true;
        }
    }
    return false;
}

/* A rating at a line's end in the midst of a known statement is the next column's cell. */
static bool beside_statement(const pj_reader *r, const pj_hit *rating) {
    size_t line = pj_tok(r, rating->first)->line;
    for (size_t back = 0; back < 3 && back <= line; back++) {
        size_t first = pj_line_at(&r->words, line - back)->first;
        pj_hit hit;
        if (pj_lexicon_bridge(&r->rules->lexicon, &r->words, first, rating->first, rating->last, &hit) &&
            pj_hit_as(r, &hit, PJ_ROLE_statement, -1) != NULL) {
            return true;
        }
        if (pj_tok(r, first)->gap >= PJ_NEW_PARAGRAPH) {
            break;
        }
    }
    return false;
}

/* "... was rated": a sentence, not a caption. */
static bool gives_rating(const pj_reader *r, size_t first, size_t last) {
    for (size_t i = first; i < last; i++) {
        const pj_meaning *m = pj_starts_as(r, i, PJ_ROLE_rated, -1);
        if (m != NULL && m->value == 0) {
            return true;
        }
    }
    return false;
}

/* "Kent Youth Justice Service   Score 24/36": the total beside the service's name. */
static pj_status read_score_line(pj_reader *r, size_t first, size_t last) {
    bool service = false;
    for (size_t i = first; i + 1 < last; i++) {
        pj_event score;
        service = service || pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL;
        if (pj_starts_as(r, i, PJ_ROLE_score_label, -1) == NULL) {
            continue;
        }
        size_t at = pj_hit_at(r, i)->last;
        while (at < last && pj_tok(r, at)->kind == PJ_SIGN) {
            at++;
        }
        bool cell = pj_tok(r, i)->upper && (pj_tok(r, i)->gap != PJ_SPACED || i == first || service);
        if (cell && at < last && pj_score_read(r, at, last, &score) && score.last == last &&
            !pj_has_role(r, first, i, PJ_ROLE_previous) && pj_count_words(r, first, last) <= HEADLINE_WORDS) {
            return pj_vec_append(&r->events, &score, 1, r->err);
        }
    }
    return PJ_OK;
}

/* "The service was previously", a page's edge, "graded as ...": the sentence goes on in a small letter. */
static bool goes_on_over_page(const pj_reader *r, size_t last) {
    size_t n = r->words.tokens.len;
    bool page = false;
    for (size_t lines = 0; last < n && lines < 4; lines++) {
        const pj_token *t = pj_tok(r, last);
        size_t end = pj_line_at(&r->words, t->line)->last;
        page = page || t->gap == PJ_NEW_PAGE;
        if (!is_furniture(r, last, end)) {
            return page && t->kind == PJ_WORD && !t->upper;
        }
        last = end;
    }
    return false;
}

/* "Self-assessment", "Mock inspection" at the start of a line or a cell: nobody's inspection. */
static bool is_own_view(const pj_reader *r, size_t first, size_t last) {
    for (size_t i = first; i < last; i++) {
        const pj_meaning *m = pj_starts_as(r, i, PJ_ROLE_not_given, -1);
        bool cell = i == first || pj_tok(r, i)->gap >= PJ_WIDE || pj_sign_at(r, i - 1, '#') ||
                    pj_sign_at(r, i - 1, '*') || pj_sign_at(r, i - 1, '|');
        if (m != NULL && m->value == 3 && cell) {
            return true;
        }
    }
    return false;
}

/* The heading of an earlier inspection's ratings, or of those that a service gives itself. */
static bool is_earlier(const pj_reader *r, size_t first, size_t last) {
    first += pj_sign_at(r, first, '#') || pj_sign_at(r, first, '*') || pj_sign_at(r, first, '|') ? 1u : 0u;
    return first < last && pj_tok(r, first)->upper &&
           (pj_has_role(r, first, last, PJ_ROLE_previous) || is_own_view(r, first, last)) &&
           pj_count_words(r, first, last) <= HEADLINE_WORDS && !pj_ends_sentence(r, last) &&
           !pj_prose_goes_on(r, last) && !goes_on_over_page(r, last) && !ends_open(r, last) &&
           !gives_rating(r, first, last);
}

/* Prose, or a heading that we do not know. */
static pj_status read_other(pj_reader *r, const pj_vec *edges, size_t first, size_t last) {
    pj_event *e = NULL;
    bool short_line =
        pj_count_words(r, first, last) <= HEADLINE_WORDS && !pj_ends_sentence(r, last) && pj_tok(r, first)->upper;
    bool page_edge = pj_tok(r, first)->gap == PJ_NEW_PAGE && first > 0;
    page_edge = page_edge || (last < r->words.tokens.len && pj_tok(r, last)->gap == PJ_NEW_PAGE);
    bool questions = pj_has_role(r, first, last, PJ_ROLE_question) || pj_has_role(r, first, last, PJ_ROLE_lead) ||
                     pj_has_role(r, first, last, PJ_ROLE_fragment);
    bool text = pj_running_text(r, pj_line_at(&r->words, pj_tok(r, first)->line));
    if (is_earlier(r, first, last)) {
        /* better a table too many left out than an earlier inspection's ratings taken for this one's; but a line that
         * may be running text stays that */
        pj_mark_lines(r, first, last, text ? 0 : PJ_LINE_HEADING);
        PJ_TRY(pj_event_push(r, PJ_EV_EARLIER, first, last, &e));
        e->weak = text;
        return PJ_OK;
    }
    if (page_edge && !questions && !text && (short_line && repeated_edge(r, edges, first, last))) {
        pj_mark_lines(r, first, last, PJ_LINE_FURNITURE);
        return PJ_OK;
    }
    PJ_TRY(read_score_line(r, first, last));
    bool heading = short_line && !text && !questions && stands_alone(r, first, last) && !pj_sign_at(r, last - 1, ',') &&
                   !pj_sign_at(r, last - 1, '%') && !pj_sign_at(r, last - 1, ')');
    if (heading) {
        pj_mark_lines(r, first, last, PJ_LINE_HEADING);
    }
    PJ_TRY(pj_event_push(r, heading ? PJ_EV_HEADING : PJ_EV_PROSE, first, last, &e));
    /* A statement that we do not know may have its rating in the last cell: "... are delivered.Good" */
    for (size_t i = last; i-- > first + 1;) {
        const pj_hit *hit = pj_hit_at(r, i);
        if (hit == NULL || hit->last != last || pj_hit_as(r, hit, PJ_ROLE_rating, -1) == NULL) {
            break;
        }
        const pj_token *t = pj_tok(r, hit->first);
        bool cell =
            t->gap == PJ_TABBED || t->gap == PJ_WIDE || (t->gap == PJ_GLUED && pj_sign_at(r, hit->first - 1, '.'));
        bool torn =
            pj_sign_at(r, hit->first - 1, ':') && !pj_tok(r, first)->upper && pj_count_words(r, first, last) < 8;
        cell = cell || torn || beside_statement(r, hit);
        bool asks = pj_has_role(r, first, last, PJ_ROLE_question) || pj_has_role(r, first, last, PJ_ROLE_fragment) ||
                    pj_sign_at(r, hit->first - 1, '%') || pj_sign_at(r, hit->first - 1, '?');
        int year = 0;
        pj_date date;
        asks = asks || pj_year_read(&r->words, first, &year) || pj_date_read(&r->words, first, last, &date);
        if (hit->first > first && t->upper && cell && !asks) {
            PJ_TRY(pj_event_push(r, PJ_EV_RATING, hit->first, hit->last, &e));
            e->in_row = true;
        }
        break;
    }
    return PJ_OK;
}

#define NAMED_TOKENS 20 /* of a service's name in front of its table */

/* "Kent YJS Overall ratingGood2.1 AssessmentGood": a whole table in one line behind the name of its service. Events and
 * `*end` as of a row. */
static pj_status read_named_row(pj_reader *r, size_t first, size_t last, bool *found, size_t *end) {
    size_t at = first;
    uint32_t name = 0;
    while (at < last && at < first + NAMED_TOKENS && pj_starts_as(r, at, PJ_ROLE_service_type, -1) == NULL) {
        at++;
    }
    *found = at < last && at < first + NAMED_TOKENS && pj_hit_at(r, at)->last < last && pj_name_before(r, at, &name) &&
             name == first;
    if (!*found) {
        return PJ_OK;
    }
    for (at = pj_hit_at(r, at)->last; at + 1 < last && pj_tok(r, at)->kind == PJ_SIGN; at++) {
    }
    size_t events = r->events.len;
    unsigned ratings = 0;
    PJ_TRY(pj_read_row(r, at, last, found, end));
    for (size_t i = events; i < r->events.len; i++) {
        pj_event *e = &PJ_AT(&r->events, pj_event, i);
        ratings += e->kind == PJ_EV_RATING ? 1u : 0u;
        e->named = true;
    }
    if (*found && ratings < 2) { /* one rating behind a name may be anything */
        pj_unmark_lines(r, first, *end);
        r->events.len = events;
        *found = false;
    }
    return PJ_OK;
}

static bool is_page_number(const pj_reader *r, size_t first, size_t last) {
    bool edge =
        pj_tok(r, first)->gap == PJ_NEW_PAGE || (last < r->words.tokens.len && pj_tok(r, last)->gap == PJ_NEW_PAGE);
    return edge && last - first == 1 && pj_tok(r, first)->kind == PJ_NUMBER;
}

static pj_status read_all(pj_reader *r, const pj_vec *edges) {
    size_t n = r->words.lines.len;
    PJ_TRY(pj_vec_reserve(&r->marks, n, r->err));
    if (n > 0) {
        memset(r->marks.data, 0, n);
    }
    r->marks.len = n;
    for (size_t line = 0; line < n;) {
        size_t first = pj_line_at(&r->words, line)->first;
        size_t last = pj_line_at(&r->words, line)->last;
        bool found = continues_prose(r, line) && !is_earlier(r, first, last) && !is_page_number(r, first, last);
        if (found) {
            pj_event *e = NULL;
            PJ_TRY(pj_event_push(r, PJ_EV_PROSE, first, last, &e));
        }
        if (!found) {
            PJ_TRY(read_section(r, first, &last, &found));
        }
        if (!found) {
            PJ_TRY(pj_read_row(r, first, last, &found, &last));
        }
        if (!found) {
            PJ_TRY(read_named_row(r, first, last, &found, &last));
        }
        pj_date date;
        if (!found && pj_date_read(&r->words, first, last, &date) && date.last == last) {
            pj_mark_lines(r, first, last, PJ_LINE_HEADING); /* a dateline is no sentence's */
            found = true;
        }
        if (!found && is_furniture(r, first, last) && !is_own_view(r, first, last)) {
            pj_mark_lines(r, first, last, PJ_LINE_FURNITURE);
            found = true;
        }
        if (!found) {
            PJ_TRY(read_other(r, edges, first, last));
        }
        line = pj_tok(r, last - 1)->line + 1u;
    }
    return PJ_OK;
}

pj_status pj_read_lines(pj_reader *r) {
    pj_vec edges;
    pj_vec_init(&edges, r->words.tokens.alloc, sizeof(uint64_t));
    pj_status status = read_edges(r, &edges);
    if (status == PJ_OK) {
        status = read_all(r, &edges);
    }
    pj_vec_free(&edges);
    return status;
}

#define TORN_TOKENS 8 /* of a phrase before a page's edge */

/* "governance", a page's edge, "and leadership": a phrase of running text that goes on past the lines [first, last). */
static pj_status join_edge(pj_reader *r, size_t first, size_t last) {
    size_t skip = pj_line_at(&r->words, first)->first;
    size_t skip_end = pj_line_at(&r->words, last - 1)->last;
    size_t begin = pj_line_at(&r->words, first - 1)->first;
    begin = skip > begin + TORN_TOKENS ? skip - TORN_TOKENS : begin;
    for (size_t i = begin; i < skip; i++) {
        pj_hit hit;
        if (!pj_lexicon_bridge(&r->rules->lexicon, &r->words, i, skip, skip_end, &hit) || hit.last <= skip_end) {
            continue;
        }
        uint32_t index = (uint32_t)r->hits.len;
        PJ_TRY(pj_vec_append(&r->hits, &hit, 1, r->err));
        for (size_t t = i; t < hit.last; t++) {
            if (t < skip || t >= skip_end) {
                PJ_AT(&r->hit_of, uint32_t, t) = index;
            }
        }
        break;
    }
    return PJ_OK;
}

pj_status pj_join_edges(pj_reader *r) {
    size_t n = r->words.lines.len;
    for (size_t first = 1; first < n; first++) {
        if (PJ_AT(&r->marks, uint8_t, first) != PJ_LINE_FURNITURE || PJ_AT(&r->marks, uint8_t, first - 1) != 0) {
            continue;
        }
        size_t last = first + 1;
        while (last < n && PJ_AT(&r->marks, uint8_t, last) == PJ_LINE_FURNITURE) {
            last++;
        }
        if (last < n && PJ_AT(&r->marks, uint8_t, last) == 0) {
            PJ_TRY(join_edge(r, first, last));
        }
        first = last;
    }
    return PJ_OK;
}
