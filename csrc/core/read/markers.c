#include "read/markers.h"

#include <string.h>

#include "base/text.h"

void pj_markers_init(pj_markers *markers, pj_alloc alloc) {
    pj_intern_init(&markers->texts, alloc);
    pj_vec_init(&markers->markers, alloc, sizeof(pj_marker));
}

void pj_markers_free(pj_markers *markers) {
    pj_intern_free(&markers->texts);
    pj_vec_free(&markers->markers);
}

/* What a character that is no plain letter, digit or sign of ASCII is folded to, up to three signs. */
static const char *spelled(uint32_t code) {
    switch (code) {
    case 0xA3:   /* pound */
    case 0x20AC: /* euro */
        return "$";
    case 0x2264:
    case 0x2A7D:
        return "<=";
    case 0x2265:
    case 0x2A7E:
        return ">=";
    case 0x2026:
        return "...";
    case 0x2020: /* dagger */
        return "\x81";
    case 0x2021:
        return "\x82";
    case 0xA7: /* section */
        return "\x83";
    case 0xB9:
        return "\xB1"; /* raised 1 */
    case 0xB2:
        return "\xB2";
    case 0xB3:
        return "\xB3";
    case 0x2B3:
        return "\xF2"; /* raised r */
    case 0x1D43:
    case 0xAA:
        return "\xE1"; /* raised a */
    case 0x1D47:
        return "\xE2";
    case 0x1D9C:
        return "\xE3";
    case 0x1D48:
        return "\xE4";
    case 0x1D49:
        return "\xE5";
    case 0x1D56:
        return "\xF0"; /* raised p */
    default:
        return NULL;
    }
}

/* Write the signs of one character; how many there are. */
static size_t signs_of(const pj_char *c, char *out) {
    const char *text = spelled(c->code);
    if (text != NULL) {
        size_t n = 0;
        for (; text[n] != '\0'; n++) {
            out[n] = text[n];
        }
        return n;
    }
    if (c->code == 0x2070 || (c->code >= 0x2074 && c->code <= 0x2079)) {
        out[0] = (char)(PJ_SIGN_RAISED | ('0' + (c->code - 0x2070)));
        return 1;
    }
    char sign = c->fold_len > 0 ? c->fold[0] : '\0';
    if (c->code >= 0x80 && (c->fold_len != 1 || sign == '~' || sign == '?')) {
        sign = PJ_SIGN_OTHER;
    }
    out[0] = sign;
    return 1;
}

size_t pj_cell_fold(const char *text, size_t len, char *out) {
    size_t n = 0;
    bool gap = false;
    pj_char c;
    for (size_t at = 0; at < len; at += c.size) {
        pj_char_read(text, len, at, &c);
        if (c.cls == PJ_C_SPACE || c.cls == PJ_C_TAB || c.cls == PJ_C_LINE || c.cls == PJ_C_PAGE) {
            gap = n > 0;
            continue;
        }
        if (c.cls == PJ_C_NOTHING) {
            continue;
        }
        char signs[4];
        size_t more = signs_of(&c, signs);
        if (n + (gap ? 1u : 0u) + more > PJ_SIGNS) {
            return PJ_SIGNS + 1;
        }
        if (gap) {
            out[n++] = ' ';
            gap = false;
        }
        memcpy(out + n, signs, more);
        n += more;
    }
    return n;
}

static uint32_t number_of(const pj_markers *markers, pj_marker_place place, const char *folded, size_t len) {
    char key[PJ_SIGNS + 1];
    key[0] = (char)place;
    memcpy(key + 1, folded, len);
    return pj_intern_find(&markers->texts, key, len + 1);
}

static bool same(double a, double b) {
    return a == b || (a != a && b != b);
}

pj_status pj_markers_add(pj_markers *markers, const char *text, size_t len, const pj_marker *marker, pj_error *err) {
    char key[PJ_SIGNS + 1];
    size_t n = pj_cell_fold(text, len, key + 1);
    uint8_t most = marker->place == PJ_MARKER_NOTE ? 30 : PJ_N_CELL_REASONS - 1;
    if (n < 1 || n > PJ_SIGNS) {
        return pj_fail(err, PJ_EVALUE, 0, 0, "expected a marker of 1 to 64 signs");
    }
    if (marker->place > PJ_MARKER_NOTE || marker->code > most) {
        return pj_fail(err, PJ_EVALUE, 0, 0, "expected the code of a reason, or of a note, 0 to 30");
    }
    uint32_t number = number_of(markers, (pj_marker_place)marker->place, key + 1, n);
    if (number != PJ_INTERN_NONE) {
        const pj_marker *known = &PJ_AT(&markers->markers, pj_marker, number);
        bool agree = known->code == marker->code && known->last_digit == marker->last_digit &&
                     same(known->value, marker->value) && same(known->lower, marker->lower) &&
                     same(known->upper, marker->upper);
        return agree ? PJ_OK : pj_fail(err, PJ_EVALUE, 0, 0, "one marker stands for two things");
    }
    key[0] = (char)marker->place;
    PJ_TRY(pj_vec_reserve(&markers->markers, 1, err));
    PJ_TRY(pj_intern_add(&markers->texts, key, n + 1, &number, err));
    return pj_vec_append(&markers->markers, marker, 1, err);
}

const pj_marker *pj_markers_find(const pj_markers *markers, pj_marker_place place, const char *folded, size_t len) {
    uint32_t number = len > PJ_SIGNS ? PJ_INTERN_NONE : number_of(markers, place, folded, len);
    return number == PJ_INTERN_NONE ? NULL : &PJ_AT(&markers->markers, const pj_marker, number);
}
