#include "lex/number.h"

#include <string.h>

typedef struct named {
    const char *word;
    double value;
} named;

static const named SMALL[] = {{"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
                              {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
                              {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
                              {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}};
static const named TENS[] = {{"twenty", 20}, {"thirty", 30},  {"forty", 40},  {"fifty", 50},
                             {"sixty", 60},  {"seventy", 70}, {"eighty", 80}, {"ninety", 90}};
static const named PARTS[] = {{"half", 2},    {"halves", 2},   {"third", 3},   {"thirds", 3},
                              {"quarter", 4}, {"quarters", 4}, {"fifth", 5},   {"fifths", 5},
                              {"sixth", 6},   {"sixths", 6},   {"seventh", 7}, {"sevenths", 7},
                              {"eighth", 8},  {"eighths", 8},  {"tenth", 10},  {"tenths", 10}};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define THREE(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

/* By the first three letters of all number words. */
static bool may_count(const pj_words *w, size_t at) {
    const pj_token *t = pj_token_at(w, at);
    if (t->kind != PJ_WORD || t->fold_len < 3) {
        return false;
    }
    const unsigned char *fold = (const unsigned char *)w->fold.data + t->fold;
    switch (THREE(fold[0], fold[1], fold[2])) {
    case THREE('z', 'e', 'r'):
    case THREE('o', 'n', 'e'):
    case THREE('t', 'w', 'o'):
    case THREE('t', 'h', 'r'):
    case THREE('f', 'o', 'u'):
    case THREE('f', 'i', 'v'):
    case THREE('s', 'i', 'x'):
    case THREE('s', 'e', 'v'):
    case THREE('e', 'i', 'g'):
    case THREE('n', 'i', 'n'):
    case THREE('t', 'e', 'n'):
    case THREE('e', 'l', 'e'):
    case THREE('t', 'w', 'e'):
    case THREE('t', 'h', 'i'):
    case THREE('f', 'i', 'f'):
    case THREE('f', 'o', 'r'):
        return true;
    default:
        return false;
    }
}

static bool look_up(const pj_words *w, size_t at, const named *table, size_t n, double *value) {
    for (size_t i = 0; i < n; i++) {
        if (pj_word_is(w, at, table[i].word)) {
            *value = table[i].value;
            return true;
        }
    }
    return false;
}

/* The next token of the same phrase, past one hyphen; `end` if there is none. */
static size_t after(const pj_words *w, size_t at, size_t end) {
    size_t next = at + 1;
    if (next < end && pj_token_at(w, next)->kind == PJ_SIGN && pj_token_at(w, next)->sign == '-') {
        next++;
    }
    return next < end && pj_token_at(w, next)->gap < PJ_NEW_PARAGRAPH ? next : end;
}

static bool read_digits(const pj_words *w, size_t at, pj_number *out) {
    const pj_token *t = pj_token_at(w, at);
    double value = 0;
    double scale = 1;
    bool point = false;
    unsigned decimals = 0;
    for (uint32_t i = t->start; i < t->end; i++) {
        char c = w->text[i];
        if (c == '.') {
            if (point) {
                return false; /* 2.1.3 is no number */
            }
            point = true;
        } else if (c != ',') {
            value = value * 10 + (c - '0');
            decimals += point ? 1u : 0u;
            scale *= point ? 10 : 1;
        }
    }
    out->value = value / scale;
    out->decimals = (uint8_t)(decimals > 15 ? 15 : decimals);
    out->digits = true;
    out->last = (uint32_t)at + 1;
    return t->end - t->start <= 15; /* longer ones are identifiers, and no double holds them */
}

/* One to ninety-nine. */
static bool read_below_hundred(const pj_words *w, size_t at, size_t end, double *value, size_t *last) {
    if (look_up(w, at, SMALL, COUNT(SMALL), value)) {
        *last = at + 1;
        return true;
    }
    if (!look_up(w, at, TENS, COUNT(TENS), value)) {
        return false;
    }
    double unit = 0;
    size_t next = after(w, at, end);
    *last = at + 1;
    if (next < end && look_up(w, next, SMALL, 10, &unit) && unit > 0) {
        *value += unit;
        *last = next + 1;
    }
    return true;
}

static bool read_words(const pj_words *w, size_t at, size_t end, pj_number *out) {
    double value = 0;
    size_t last = 0;
    if (!read_below_hundred(w, at, end, &value, &last)) {
        return false;
    }
    if (last < end && pj_word_is(w, last, "hundred")) {
        value *= 100;
        last++;
        double rest = 0;
        size_t rest_last = 0;
        size_t next = last < end && pj_word_is(w, last, "and") ? last + 1 : last;
        if (next > last && next < end && read_below_hundred(w, next, end, &rest, &rest_last)) {
            value += rest;
            last = rest_last;
        }
    }
    if (last < end && pj_word_is(w, last, "thousand")) {
        value *= 1000;
        last++;
    }
    out->value = value;
    out->decimals = 0;
    out->digits = false;
    out->last = (uint32_t)last;
    return true;
}

#define LONGEST_NUMERAL 9 /* letters: "seventeen" */

/* "four-", a line's end, "teen". */
static bool read_torn(const pj_words *w, size_t at, size_t end, pj_number *out) {
    if (at + 2 >= end || pj_token_at(w, at + 1)->sign != '-' || pj_token_at(w, at + 2)->gap != PJ_NEW_LINE) {
        return false;
    }
    const pj_token *head = pj_token_at(w, at);
    const pj_token *tail = pj_token_at(w, at + 2);
    char whole[LONGEST_NUMERAL + 1] = {0};
    if (head->kind != PJ_WORD || tail->kind != PJ_WORD || head->fold_len + tail->fold_len > LONGEST_NUMERAL) {
        return false;
    }
    memcpy(whole, (const char *)w->fold.data + head->fold, head->fold_len);
    memcpy(whole + head->fold_len, (const char *)w->fold.data + tail->fold, tail->fold_len);
    bool found = false;
    for (size_t i = 0; i < COUNT(SMALL) + COUNT(TENS) && !found; i++) {
        const named *n = i < COUNT(SMALL) ? &SMALL[i] : &TENS[i - COUNT(SMALL)];
        found = strcmp(whole, n->word) == 0;
        out->value = n->value;
    }
    out->decimals = 0;
    out->digits = false;
    out->last = (uint32_t)at + 3;
    return found;
}

bool pj_number_read(const pj_words *words, size_t at, size_t end, pj_number *out) {
    const pj_token *t = pj_token_at(words, at);
    out->first = (uint32_t)at;
    if (t->kind == PJ_NUMBER) {
        if (!read_digits(words, at, out)) {
            return false;
        }
        if (at + 1 < end && pj_word_is(words, at + 1, "million")) {
            out->value *= 1e6;
            out->last++;
        }
        return true;
    }
    return read_torn(words, at, end, out) || (may_count(words, at) && read_words(words, at, end, out));
}

bool pj_may_be_number(const pj_words *words, size_t at) {
    bool hyphen = at + 1 < words->tokens.len && pj_token_at(words, at + 1)->sign == '-'; /* of a numeral it tears */
    return pj_token_at(words, at)->kind == PJ_NUMBER || hyphen || may_count(words, at) || pj_word_is(words, at, "a") ||
           pj_word_is(words, at, "half");
}

bool pj_fraction_read(const pj_words *words, size_t at, size_t end, pj_fraction *out) {
    double many = 1;
    size_t part = at;
    out->first = (uint32_t)at;
    if (pj_word_is(words, at, "a")) {
        part = after(words, at, end);
    } else if (may_count(words, at) && look_up(words, at, SMALL, 10, &many)) {
        part = after(words, at, end);
        if (many < 1) {
            return false;
        }
    } else if (!pj_word_is(words, at, "half")) {
        return false;
    }
    double whole = 0;
    if (part >= end || !look_up(words, part, PARTS, COUNT(PARTS), &whole) || many >= whole) {
        return false;
    }
    out->numerator = many;
    out->denominator = whole;
    out->last = (uint32_t)part + 1;
    return true;
}
