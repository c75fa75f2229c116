#include "lex/date.h"

#include <string.h>

static const char *const MONTHS[12] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
static const char *const SHORT[12] = {"jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec"};

/* Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: years start in March so that the
 * leap day comes last. */
int64_t pj_days(int year, int month, int day) {
    int64_t y = year - (month <= 2 ? 1 : 0);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int digits(const pj_words *w, size_t at, size_t most) {
    const pj_token *t = pj_token_at(w, at);
    if (t->kind != PJ_NUMBER || t->end - t->start > most) {
        return -1;
    }
    int value = 0;
    for (uint32_t i = t->start; i < t->end; i++) {
        if (w->text[i] < '0' || w->text[i] > '9') {
            return -1;
        }
        value = value * 10 + (w->text[i] - '0');
    }
    return value;
}

bool pj_year_read(const pj_words *words, size_t at, int *year) {
    const pj_token *t = pj_token_at(words, at);
    if (t->end - t->start != 4) {
        return false;
    }
    *year = digits(words, at, 4);
    return *year >= 1990 && *year <= 2099;
}

/* Tokens of a name at `at`, 0 if it is not there. Extraction may have put a space into it ("J anuary"). */
static size_t name_at(const pj_words *w, size_t at, size_t end, const char *name) {
    size_t length = strlen(name);
    size_t matched = 0;
    for (size_t i = at; i < end && i < at + 3; i++) {
        const pj_token *t = pj_token_at(w, i);
        bool apart = i > at && (t->gap != PJ_SPACED || t->upper);
        if (t->kind != PJ_WORD || apart || t->fold_len > length - matched ||
            memcmp((const char *)w->fold.data + t->fold, name + matched, t->fold_len) != 0) {
            return 0;
        }
        matched += t->fold_len;
        if (matched == length) {
            return i + 1 - at;
        }
    }
    return 0;
}

static int month_at(const pj_words *w, size_t at, size_t end, size_t *tokens) {
    const pj_token *t = pj_token_at(w, at);
    char letter = t->kind == PJ_WORD && t->fold_len > 0 ? ((const char *)w->fold.data)[t->fold] : 0;
    for (int m = 0; m < 12; m++) {
        if (MONTHS[m][0] != letter) {
            continue; /* most words begin no month */
        }
        *tokens = name_at(w, at, end, MONTHS[m]);
        *tokens = *tokens == 0 && pj_word_is(w, at, SHORT[m]) ? 1 : *tokens;
        if (*tokens > 0) {
            return m + 1;
        }
    }
    return 0;
}

static int month_length(int year, int month) {
    static const int LENGTH[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return LENGTH[month - 1] + (leap && month == 2 ? 1 : 0);
}

static bool finish(pj_date *out, int year, int month, int day, size_t last) {
    if (month < 1 || month > 12 || (day != 0 && day > month_length(year, month))) {
        return false;
    }
    out->year = year;
    out->precision = day > 0 ? PJ_DAY : PJ_MONTH;
    out->days = pj_days(year, month, day > 0 ? day : 1);
    out->last = (uint32_t)last;
    return true;
}

static bool ordinal_suffix(const pj_words *w, size_t at) {
    return pj_token_at(w, at)->gap == PJ_GLUED &&
           (pj_word_is(w, at, "st") || pj_word_is(w, at, "nd") || pj_word_is(w, at, "rd") || pj_word_is(w, at, "th"));
}

static bool sign_at(const pj_words *w, size_t at, size_t end, char sign) {
    return at < end && pj_token_at(w, at)->kind == PJ_SIGN && pj_token_at(w, at)->sign == sign;
}

/* 18/02/25, 18/02/2025 and 2025-02-18. */
static bool read_numeric(const pj_words *w, size_t at, size_t end, pj_date *out) {
    char sign = sign_at(w, at + 1, end, '/') ? '/' : '-';
    if (at + 5 > end || !sign_at(w, at + 1, end, sign) || !sign_at(w, at + 3, end, sign)) {
        return false;
    }
    int a = digits(w, at, 4);
    int b = digits(w, at + 2, 2);
    int c = digits(w, at + 4, 4);
    int year = 0;
    if (a < 0 || b < 1 || c < 0) {
        return false;
    }
    if (sign == '-') {
        return pj_year_read(w, at, &year) && c > 0 && finish(out, year, b, c, at + 5);
    }
    year = c < 100 ? 2000 + c : c;
    return year >= 1990 && year <= 2099 && a > 0 && finish(out, year, b, a, at + 5);
}

bool pj_date_read(const pj_words *words, size_t at, size_t end, pj_date *out) {
    const pj_token *t = pj_token_at(words, at);
    if (t->kind != PJ_NUMBER && (t->kind != PJ_WORD || !t->upper)) {
        return false;
    }
    size_t i = at;
    int day = digits(words, i, 2);
    out->first = (uint32_t)at;
    if (read_numeric(words, at, end, out)) {
        return true;
    }
    if (day > 0) {
        i++;
        if (i < end && ordinal_suffix(words, i)) {
            i++;
        }
    } else {
        day = 0;
    }
    size_t tokens = 0;
    int month = i < end ? month_at(words, i, end, &tokens) : 0;
    if (month == 0 || !pj_token_at(words, i)->upper) {
        return false;
    }
    i += tokens;
    if (day == 0 && i + 1 < end && digits(words, i, 2) > 0) { /* "October 6, 2025", "January 13 2026" */
        size_t year_at = sign_at(words, i + 1, end, ',') ? i + 2 : i + 1;
        int year = 0;
        if (year_at < end && pj_year_read(words, year_at, &year)) {
            return finish(out, year, month, digits(words, i, 2), year_at + 1);
        }
    }
    if (sign_at(words, i, end, ',')) {
        i++;
    }
    int year = 0;
    return i < end && pj_year_read(words, i, &year) && finish(out, year, month, day, i + 1);
}
