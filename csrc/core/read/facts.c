/* Dates, and the number of recommendations stated. */
#include "read/reader.h"

#include <string.h>

#define DATE_WINDOW 30 /* tokens from "fieldwork" to its date */

static bool same_line(const pj_reader *r, size_t a, size_t b) {
    return pj_tok(r, a)->line == pj_tok(r, b)->line;
}

/* Is the date the only thing in its line? */
static bool alone(const pj_reader *r, const pj_date *date) {
    const pj_line *line = pj_line_at(&r->words, pj_tok(r, date->first)->line);
    return line->first == date->first && line->last == date->last;
}

static void keep(pj_date *kept, const pj_date *date) {
    if (date->precision > kept->precision) {
        *kept = *date;
    }
}

/* Where a date goes on behind "Tuesday" or "Tuesday,". */
static size_t past_weekday(const pj_reader *r, size_t i) {
    static const char *const DAYS[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (size_t k = 0; k < sizeof(DAYS) / sizeof(DAYS[0]); k++) {
        if (pj_word_is(&r->words, i, DAYS[k])) {
            return i + (pj_sign_at(r, i + 1, ',') ? 2u : 1u);
        }
    }
    return i;
}

/* "Published: 13 January 2026"; the label may stand in a cell of its own. */
static void read_published(const pj_reader *r, const pj_hit *hit, pj_date *out) {
    pj_date date;
    size_t n = r->words.tokens.len;
    size_t i = hit->last;
    bool label = pj_line_at(&r->words, pj_tok(r, hit->first)->line)->first == hit->first;
    while (i < n && pj_tok(r, i)->kind != PJ_NUMBER && pj_tok(r, i)->kind != PJ_WORD && i < hit->last + 3u) {
        i++;
    }
    i = past_weekday(r, i);
    if (!label || i >= n || !pj_date_read(&r->words, i, n, &date)) {
        return;
    }
    bool near = pj_tok(r, i)->gap <= PJ_TABBED || (pj_tok(r, i)->gap == PJ_NEW_LINE && alone(r, &date));
    if (near && same_line(r, i, date.last - 1)) {
        keep(out, &date);
    }
}

/* "HM Inspectorate of Probation, May 2024" on the cover. */
static void read_cover_date(const pj_reader *r, const pj_hit *hit, pj_date *out) {
    pj_date date;
    size_t n = r->words.tokens.len;
    size_t i = hit->last + (pj_sign_at(r, hit->last, ',') || pj_sign_at(r, hit->last, '-') ? 1u : 0u);
    const pj_line *line = pj_line_at(&r->words, pj_tok(r, hit->first)->line);
    bool starts = line->first == hit->first || pj_starts_as(r, line->first, PJ_ROLE_furniture, -1) != NULL;
    if (starts && i < n && same_line(r, hit->first, i) && pj_date_read(&r->words, i, n, &date) &&
        date.last == pj_line_at(&r->words, pj_tok(r, i)->line)->last) {
        keep(out, &date);
    }
}

/* The line under the chief inspector's name. */
static void read_signed_date(const pj_reader *r, const pj_hit *hit, pj_date *out) {
    pj_date date;
    size_t n = r->words.tokens.len;
    size_t i = hit->last;
    while (i < n && i < hit->last + 30u && (pj_line_marks(r, i) & PJ_LINE_FURNITURE) != 0) {
        i++; /* a page's edge */
    }
    if (i < n && pj_tok(r, i)->gap >= PJ_NEW_LINE && pj_date_read(&r->words, i, n, &date) && alone(r, &date)) {
        keep(out, &date);
    }
}

#define COVER_TOKENS 80

/* A date alone in its line near the start, before the first heading. */
static void read_bare_date(const pj_reader *r, pj_date *out) {
    size_t n = r->words.tokens.len;
    for (size_t i = 0; i < n && i < COVER_TOKENS; i++) {
        pj_date date;
        bool heading = (pj_line_marks(r, i) & (PJ_LINE_HEADING | PJ_LINE_CONTENTS)) != 0 &&
                       pj_starts_as(r, i, PJ_ROLE_section, -1) != NULL;
        if (heading) {
            return;
        }
        if (pj_tok(r, i)->gap >= PJ_NEW_LINE && pj_date_read(&r->words, i, n, &date) && alone(r, &date)) {
            keep(out, &date);
            return;
        }
    }
}

/* "6-10 February 2025", "06 and 20 February 2023": the first of the days. */
static void start_of_range(const pj_reader *r, pj_date *date) {
    pj_number day;
    pj_number first;
    size_t at = date->first;
    bool range = at > 1 && (pj_sign_at(r, at - 1, '-') || pj_word_is(&r->words, at - 1, "and") ||
                            pj_word_is(&r->words, at - 1, "to"));
    if (date->precision == PJ_DAY && range && pj_number_read(&r->words, at, at + 1, &day) &&
        pj_tok(r, at - 2)->kind == PJ_NUMBER && pj_number_read(&r->words, at - 2, at - 1, &first) && first.value >= 1 &&
        first.value < day.value && day.value <= 31) {
        date->days -= (int64_t)(day.value - first.value);
    }
}

/* "beginning 28", a page's edge, "April 2025". */
static bool read_torn_date(const pj_reader *r, size_t i, pj_date *date) {
    size_t n = r->words.tokens.len;
    size_t next = i + 1;
    pj_number day;
    pj_date month;
    while (next < n && pj_in_furniture(r, next)) {
        next++;
    }
    if (next == i + 1 || next >= n || pj_tok(r, i)->kind != PJ_NUMBER || !pj_number_read(&r->words, i, i + 1, &day) ||
        day.decimals > 0 || day.value < 1 || day.value > 31 || !pj_date_read(&r->words, next, n, &month) ||
        month.precision != PJ_MONTH) {
        return false;
    }
    *date = month;
    date->precision = PJ_DAY;
    date->days += (int64_t)day.value - 1;
    return true;
}

static void read_fieldwork(const pj_reader *r, const pj_hit *hit, pj_date *out) {
    size_t n = r->words.tokens.len;
    size_t window = hit->last + (size_t)DATE_WINDOW;
    for (size_t i = hit->last; i < n && i < window; i++) {
        pj_date date;
        const pj_token *t = pj_tok(r, i);
        if ((pj_line_marks(r, i) & PJ_LINE_FURNITURE) != 0) {
            window++; /* a page's edge */
            continue;
        }
        bool over_page = t->gap == PJ_NEW_PAGE && t->kind == PJ_WORD && !t->upper;
        bool edge = i > 0 && (pj_line_marks(r, i - 1) & PJ_LINE_FURNITURE) != 0;
        bool cell = i == hit->last && t->gap >= PJ_NEW_PARAGRAPH && pj_date_read(&r->words, i, n, &date) &&
                    (alone(r, &date) || (pj_line_marks(r, i) & PJ_LINE_TABLE) != 0);
        bool broken = t->gap >= PJ_NEW_PARAGRAPH && !over_page && !edge && !cell && !pj_sign_at(r, i - 1, ':');
        bool sentence =
            pj_sign_at(r, i - 1, '.') && t->gap != PJ_GLUED && i > hit->last && !pj_is_abbreviation(r, i - 1);
        if (broken || sentence || pj_starts_as(r, i, PJ_ROLE_previous, -1) != NULL) {
            return;
        }
        if (pj_date_read(&r->words, i, n, &date) || read_torn_date(r, i, &date)) {
            start_of_range(r, &date);
            keep(out, &date);
            return;
        }
    }
}

static bool previous_before(const pj_reader *r, size_t token) {
    for (size_t i = token; i > 0 && token - i < DATE_WINDOW; i--) {
        if (pj_starts_as(r, i - 1, PJ_ROLE_previous, -1) != NULL || pj_starts_as(r, i - 1, PJ_ROLE_now, -1) != NULL) {
            return pj_starts_as(r, i - 1, PJ_ROLE_previous, -1) != NULL;
        }
        if (pj_tok(r, i)->gap >= PJ_NEW_PARAGRAPH || (pj_sign_at(r, i - 1, '.') && pj_tok(r, i)->gap != PJ_GLUED)) {
            return false;
        }
    }
    return false;
}

/* "we have made nine recommendations", "The report makes four recommendations" */
static bool read_stated(const pj_reader *r, size_t noun, int16_t *stated) {
    size_t from = noun > 3 ? noun - 3 : 0;
    for (size_t i = noun; i-- > from;) {
        pj_number n;
        if (pj_number_read(&r->words, i, noun, &n) && n.decimals == 0 && n.value < 100) {
            /* "twenty-one" is one number */
            while (i > 0 && pj_number_read(&r->words, i - 1, noun, &n) && n.last > i) {
                i--;
            }
            (void)pj_number_read(&r->words, i, noun, &n);
            if (n.value >= 100 || previous_before(r, i)) {
                return false;
            }
            for (size_t k = i; k > 0 && i - k < 4; k--) {
                if (pj_word_is(&r->words, k - 1, "made") || pj_word_is(&r->words, k - 1, "makes") ||
                    pj_word_is(&r->words, k - 1, "make") || pj_word_is(&r->words, k - 1, "making") ||
                    pj_word_is(&r->words, k - 1, "contains") || pj_word_is(&r->words, k - 1, "includes")) {
                    *stated = (int16_t)n.value;
                    return true;
                }
            }
            return false;
        }
    }
    return false;
}

/* "Score 18 out of a possible", a page's edge, "24". */
static void read_torn_score(pj_reader *r, const pj_hit *label) {
    size_t n = r->words.tokens.len;
    size_t at = label->last + (pj_sign_at(r, label->last, ':') ? 1u : 0u);
    const pj_hit *between = at + 1 < n ? pj_hit_at(r, at + 1) : NULL;
    pj_event whole;
    if (between == NULL || pj_hit_as(r, between, PJ_ROLE_out_of, -1) == NULL || !pj_tok(r, label->first)->upper ||
        (pj_line_marks(r, label->first) & PJ_LINE_EARLIER) != 0) {
        return;
    }
    size_t next = between->last;
    while (next < n && (pj_line_marks(r, next) & PJ_LINE_FURNITURE) != 0) {
        next++;
    }
    if (next > between->last && next < n && pj_score_of(r, at, next, &whole)) {
        r->score = whole;
    }
}

void pj_read_facts(pj_reader *r) {
    pj_date published = {0};
    pj_date cover = {0};
    pj_date signed_on = {0};
    pj_inspection *inspection = &r->out->inspection;
    for (size_t i = 0; i < r->hits.len; i++) {
        const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, i);
        if (pj_hit_as(r, hit, PJ_ROLE_published, -1) != NULL) {
            read_published(r, hit, &published);
        }
        if (pj_hit_as(r, hit, PJ_ROLE_inspectorate, -1) != NULL) {
            read_cover_date(r, hit, &cover);
        }
        if (pj_hit_as(r, hit, PJ_ROLE_signatory, -1) != NULL) {
            read_signed_date(r, hit, &signed_on);
        }
        if (pj_hit_as(r, hit, PJ_ROLE_fieldwork, -1) != NULL && !previous_before(r, hit->first) &&
            (pj_line_marks(r, hit->first) & PJ_LINE_EARLIER) == 0) {
            read_fieldwork(r, hit, &r->fieldwork);
        }
        if (r->score.max_score == 0 && pj_hit_as(r, hit, PJ_ROLE_score_label, -1) != NULL) {
            read_torn_score(r, hit);
        }
        if (inspection->stated_recommendations < 0 && pj_hit_as(r, hit, PJ_ROLE_recommended, -1) != NULL) {
            (void)read_stated(r, hit->first, &inspection->stated_recommendations);
        }
    }
    if (cover.precision == PJ_NO_DATE) {
        read_bare_date(r, &cover);
    }
    r->published = published.precision > PJ_NO_DATE ? published : cover.precision > PJ_NO_DATE ? cover : signed_on;
    const pj_date *known = r->fieldwork.precision > PJ_NO_DATE ? &r->fieldwork : &r->published;
    for (size_t i = 0; i < r->words.tokens.len; i++) {
        int year = 0;
        if (pj_tok(r, i)->kind == PJ_NUMBER && pj_year_read(&r->words, i, &year) && year > r->latest_year) {
            r->latest_year = year;
        }
    }
    r->year = known->precision > PJ_NO_DATE ? known->year : 0;
}
