#include "read/cells.h"

#include <math.h>
#include <string.h>

#include "lex/decimal.h"

/* The folded cell, cut down from both ends as its notes are read off. */
typedef struct signs {
    const char *text;
    size_t len;
} signs;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_raised(char c) {
    return ((unsigned char)c & PJ_SIGN_RAISED) != 0;
}

static void trim(signs *s) {
    while (s->len > 0 && s->text[0] == ' ') {
        s->text++;
        s->len--;
    }
    while (s->len > 0 && s->text[s->len - 1] == ' ') {
        s->len--;
    }
}

static void none(pj_figure *out, pj_cell_reason reason) {
    out->reason = (int8_t)reason;
    out->value = NAN;
    out->lower = NAN;
    out->upper = NAN;
    out->decimals = -1;
    out->unit = PJ_UNIT_NONE;
}

/* --- footnotes: put in front, since they are read from the end --- */

static void keep_note(pj_figure *out, const char *text, size_t len) {
    static const uint32_t raised_signs[4] = {0, 0x2020, 0x2021, 0xA7};
    const size_t room = sizeof(out->footnote) / sizeof(out->footnote[0]);
    size_t have = 0;
    while (have < room && out->footnote[have] != 0) {
        have++;
    }
    size_t comma = have > 0 ? 1 : 0;
    if (len + comma + have > room) {
        out->footnote[room - 1] = 0x2026; /* ellipsis: there was more */
        return;
    }
    memmove(out->footnote + len + comma, out->footnote, have * sizeof(uint32_t));
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i] & 0x7F;
        out->footnote[i] = c < 4 ? raised_signs[c] : c;
    }
    if (comma > 0) {
        out->footnote[len] = ',';
    }
}

/* A note that the dialect knows sets its bit. */
static bool known_note(const pj_markers *markers, const char *text, size_t len, pj_figure *out) {
    const pj_marker *marker = pj_markers_find(markers, PJ_MARKER_NOTE, text, len);
    if (marker == NULL) {
        return false;
    }
    out->notes |= (int32_t)(1u << marker->code);
    return true;
}

/* "4", "12", "a", "iv", "1,2", "note 4": what may stand in brackets behind a figure. */
static bool is_reference(const char *text, size_t len) {
    size_t run = 0;
    for (size_t i = 0; i < len; i++) {
        bool digit = is_digit(text[i]);
        if (text[i] == ',' || text[i] == ' ') {
            run = 0;
            continue;
        }
        if (!digit && !is_letter(text[i])) {
            return false;
        }
        run = run > 0 && is_digit(text[i - 1]) != digit ? 99 : run + 1;
        if (run > (digit ? 2u : 3u)) {
            return false;
        }
    }
    return len > 0;
}

static bool read_bracket(const pj_markers *markers, const char *text, size_t len, pj_figure *out) {
    if (known_note(markers, text, len, out)) {
        return true;
    }
    const char *inner = text + 1;
    size_t n = len - 2;
    bool square = text[0] == '[';
    if (square && n > 5 && memcmp(inner, "note ", 5) == 0) {
        inner += 5;
        n -= 5;
    } else if (square && n > 0 && !is_digit(inner[0])) {
        return false; /* [c], [x]: no note that is known, and a reason does not stand beside a figure */
    }
    if (!is_reference(inner, n)) {
        return known_note(markers, text + 1, len - 2, out);
    }
    if (!square && known_note(markers, inner, n, out)) {
        return true;
    }
    keep_note(out, inner, n);
    return true;
}

static char opening(char closing) {
    switch (closing) {
    case ')':
        return '(';
    case ']':
    case '}': /* "[d}" was published */
        return '[';
    default:
        return '\0';
    }
}

static bool strip_bracket(const pj_markers *markers, signs *s, pj_figure *out) {
    char open = s->len > 2 ? opening(s->text[s->len - 1]) : '\0';
    for (size_t at = s->len - 1; open != '\0' && at-- > 0;) {
        if (s->text[at] == open) {
            if (!read_bracket(markers, s->text + at, s->len - at, out)) {
                return false;
            }
            s->len = at;
            return true;
        }
    }
    return false;
}

/* "[r] 1,234": a known note in front. */
static bool strip_front(const pj_markers *markers, signs *s, pj_figure *out) {
    const char *close = s->len > 3 && s->text[0] == '[' ? memchr(s->text, ']', s->len) : NULL;
    if (close == NULL) {
        return false;
    }
    size_t n = (size_t)(close - s->text) + 1;
    if (n == s->len || !known_note(markers, s->text, n, out)) {
        return false;
    }
    s->text += n;
    s->len -= n;
    return true;
}

static bool strip_raised(const pj_markers *markers, signs *s, pj_figure *out) {
    char note[PJ_SIGNS];
    size_t at = s->len;
    while (at > 0 && (is_raised(s->text[at - 1]) || (at < s->len && s->text[at - 1] == ','))) {
        at--;
    }
    while (at < s->len && s->text[at] == ',') {
        at++;
    }
    size_t n = s->len - at;
    if (n == 0) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s->text[at + i];
        note[i] = (char)((c & 0x7F) < 4 ? c : c & 0x7F);
    }
    if (!known_note(markers, note, n, out)) {
        keep_note(out, note, n);
    }
    s->len = at;
    return true;
}

/* Signs and letters right behind a figure: "123*", "1,234 r", "12?". */
static bool strip_tail(const pj_markers *markers, signs *s, pj_figure *out) {
    size_t at = s->len;
    while (at > 0 && is_letter(s->text[at - 1])) {
        at--;
    }
    if (at == s->len && at > 0) {
        at--; /* one sign */
    }
    if (at == 0 || at == s->len || is_digit(s->text[at])) {
        return false;
    }
    if (!known_note(markers, s->text + at, s->len - at, out)) {
        if (s->len - at != 1 || (s->text[at] != '*' && s->text[at] != '#')) {
            return false;
        }
        keep_note(out, s->text + at, 1);
    }
    s->len = at;
    return true;
}

static bool strip_note(const pj_markers *markers, signs *s, pj_figure *out) {
    bool found = strip_bracket(markers, s, out) || strip_raised(markers, s, out) || strip_front(markers, s, out) ||
                 strip_tail(markers, s, out);
    trim(s);
    return found;
}

/* --- figures --- */

static bool ends_in(const signs *s, const char *word) {
    size_t n = strlen(word);
    return s->len > n && memcmp(s->text + s->len - n, word, n) == 0;
}

static pj_figure_unit strip_unit(signs *s) {
    static const char *const words[] = {"%", "per cent", "percent"};
    pj_figure_unit unit = PJ_UNIT_NONE;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && unit == PJ_UNIT_NONE; i++) {
        if (ends_in(s, words[i])) {
            s->len -= strlen(words[i]);
            unit = PJ_UNIT_PERCENT;
        }
    }
    trim(s);
    return unit;
}

static bool take_sign(signs *s, char sign) {
    if (s->len < 2 || s->text[0] != sign) {
        return false;
    }
    s->text++;
    s->len--;
    return true;
}

/* A number with its sign, currency and unit. */
static bool read_number(signs s, pj_figure *out) {
    pj_decimal decimal;
    pj_figure_unit unit = strip_unit(&s);
    bool money = take_sign(&s, '$');
    bool negative = take_sign(&s, '-');
    if (!negative) {
        (void)take_sign(&s, '+');
    }
    money = take_sign(&s, '$') || money;
    if (!pj_decimal_read(s.text, s.len, &decimal)) {
        return false;
    }
    double lower = 0;
    double upper = 0;
    out->value = pj_decimal_value(decimal.digits, decimal.scale);
    pj_decimal_bounds(&decimal, &lower, &upper);
    if (unit == PJ_UNIT_PERCENT && decimal.whole) {
        lower -= 0.5; /* a percentage is no count */
        upper += 0.5;
    }
    /* The bounds are those of the figure without a spreadsheet's noise; of a whole number they would leave it out. */
    lower = lower < out->value ? lower : out->value;
    upper = upper > out->value ? upper : out->value;
    out->value = negative ? -out->value : out->value;
    out->lower = negative ? -upper : lower;
    out->upper = negative ? -lower : upper;
    out->reason = PJ_CELL_VALUE;
    out->decimals = (int8_t)(decimal.places < 0 ? 0 : decimal.places);
    out->unit = (int8_t)(money ? PJ_UNIT_MONEY : unit);
    return true;
}

/* "<5", ">= 95%": a limit, with what it leaves. */
static bool read_limit(signs s, pj_figure *out) {
    pj_figure number = *out;
    bool below = take_sign(&s, '<');
    if (!below && !take_sign(&s, '>')) {
        return false;
    }
    (void)take_sign(&s, '=');
    trim(&s);
    if (!read_number(s, &number)) {
        return false;
    }
    none(out, PJ_CELL_LIMIT);
    out->unit = number.unit;
    if (below) {
        out->lower = number.value >= 0 ? 0 : NAN;
        out->upper = number.value;
    } else {
        out->lower = number.value;
        out->upper = number.unit == PJ_UNIT_PERCENT && number.value <= 100 ? 100 : NAN;
    }
    return true;
}

/* "1 to 4", "1-4": anything from the one to the other. */
static bool read_range(signs s, pj_figure *out) {
    for (size_t at = 1; at + 1 < s.len; at++) {
        size_t n = s.text[at] == '-' ? 1 : at + 4 < s.len && memcmp(s.text + at, " to ", 4) == 0 ? 4 : 0;
        if (n == 0 || s.text[at - 1] == 'e') {
            continue;
        }
        signs first = {s.text, at};
        signs second = {s.text + at + n, s.len - at - n};
        pj_figure low = *out;
        pj_figure high = *out;
        trim(&first);
        trim(&second);
        if (second.text[0] == '-' || !read_number(first, &low) || !read_number(second, &high) ||
            !(low.value < high.value)) {
            return false;
        }
        none(out, PJ_CELL_RANGE);
        out->lower = low.value;
        out->upper = high.value;
        out->unit = high.unit;
        return true;
    }
    return false;
}

static bool read_marker(const pj_markers *markers, signs s, pj_figure *out) {
    const pj_marker *marker = pj_markers_find(markers, PJ_MARKER_ALONE, s.text, s.len);
    if (marker == NULL) {
        return false;
    }
    none(out, (pj_cell_reason)marker->code);
    out->value = marker->code == PJ_CELL_VALUE ? marker->value : NAN;
    out->lower = marker->lower;
    out->upper = marker->upper;
    out->last_digit = marker->last_digit;
    return true;
}

void pj_figure_read(const pj_markers *markers, const char *text, size_t len, pj_figure *out) {
    char folded[PJ_SIGNS];
    memset(out, 0, sizeof(*out));
    signs rest = {folded, pj_cell_fold(text, len, folded)};
    if (rest.len == 0 || rest.len > PJ_SIGNS) {
        none(out, rest.len == 0 ? PJ_CELL_BLANK : PJ_CELL_UNREADABLE);
        return;
    }
    if (known_note(markers, rest.text, rest.len, out) && !read_marker(markers, rest, out)) {
        none(out, PJ_CELL_NOTE_ALONE);
        return;
    }
    out->notes = 0; /* a sign that stands for a reason alone is no note there */
    while (!read_marker(markers, rest, out) && !read_number(rest, out) && !read_limit(rest, out) &&
           !read_range(rest, out)) {
        if (!strip_note(markers, &rest, out) || rest.len == 0) {
            none(out, rest.len == 0 ? PJ_CELL_NOTE_ALONE : PJ_CELL_UNREADABLE);
            return;
        }
    }
}

pj_status pj_figures_read(const pj_markers *markers, const char *text, size_t len, pj_vec *figures, pj_error *err) {
    size_t at = 0;
    while (at < len) {
        const char *end = memchr(text + at, '\0', len - at);
        void *figure = NULL;
        if (end == NULL) {
            return pj_fail(err, PJ_EVALUE, 0, at, "expected a NUL behind each cell");
        }
        PJ_TRY(pj_vec_push(figures, &figure, err));
        size_t size = (size_t)(end - (text + at));
        pj_figure_read(markers, text + at, size, figure);
        at += size + 1;
    }
    return PJ_OK;
}
