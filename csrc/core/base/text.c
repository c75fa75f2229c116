#include "base/text.h"

#include <string.h>

#define ELLIPSIS 0x2026u
#define BROKEN 0xFFFDu

/* Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
static uint32_t decode(const unsigned char *s, size_t left, uint8_t *size) {
    unsigned char a = s[0];
    *size = 1;
    if (a < 0x80) {
        return a;
    }
    if (a >= 0xC2 && a < 0xE0 && left >= 2 && (s[1] & 0xC0) == 0x80) {
        *size = 2;
        return ((uint32_t)(a & 0x1F) << 6) | (uint32_t)(s[1] & 0x3F);
    }
    if (a >= 0xE0 && a < 0xF0 && left >= 3 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        uint32_t code = ((uint32_t)(a & 0x0F) << 12) | ((uint32_t)(s[1] & 0x3F) << 6) | (uint32_t)(s[2] & 0x3F);
        if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) {
            *size = 3;
            return code;
        }
    }
    if (a >= 0xF0 && a < 0xF5 && left >= 4 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 && (s[3] & 0xC0) == 0x80) {
        uint32_t code = ((uint32_t)(a & 0x07) << 18) | ((uint32_t)(s[1] & 0x3F) << 12) |
                        ((uint32_t)(s[2] & 0x3F) << 6) | (uint32_t)(s[3] & 0x3F);
        if (code >= 0x10000 && code <= 0x10FFFF) {
            *size = 4;
            return code;
        }
    }
    return BROKEN;
}

/* Base letters of U+00C0 to U+017F, which holds English, Welsh and the names of west and central Europe; '?' where a
 * character is no letter with a plain base ('x' times, division, and the digraphs spelled out elsewhere). */
static const char LATIN[] =
    "AAAAAA?CEEEEIIII?NOOOOO?OUUUUY??aaaaaa?ceeeeiiii?nooooo?ouuuuy?yAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGg"
    "HhHhIiIiIiIiIi??JjKk?LlLlLl??LlNnNnNn???OoOoOo??RrRrRrSsSsSsSsTtTt??UuUuUuUuUuUuWwYyYZzZzZzs";

static void fold_one(pj_char *c, char sign) {
    c->fold[0] = sign;
    c->fold_len = 1;
}

static void read_ascii(pj_char *c) {
    unsigned char a = (unsigned char)c->code;
    if (a >= 'a' && a <= 'z') {
        c->cls = PJ_C_LETTER;
        fold_one(c, (char)a);
    } else if (a >= 'A' && a <= 'Z') {
        c->cls = PJ_C_LETTER;
        c->upper = true;
        fold_one(c, (char)(a + ('a' - 'A')));
    } else if (a >= '0' && a <= '9') {
        c->cls = PJ_C_DIGIT;
        fold_one(c, (char)a);
    } else if (a == ' ') {
        c->cls = PJ_C_SPACE;
    } else if (a == '\t') {
        c->cls = PJ_C_TAB;
    } else if (a == '\n' || a == '\r') {
        c->cls = PJ_C_LINE;
    } else if (a == '\f') {
        c->cls = PJ_C_PAGE;
    } else if (a < 0x20 || a == 0x7F) {
        c->cls = PJ_C_NOTHING; /* PDFium writes U+0002 for the hyphen of a broken word */
    } else {
        c->cls = PJ_C_PUNCT;
        fold_one(c, a == '`' ? '\'' : (char)a);
    }
}

static void read_general_punctuation(pj_char *c) {
    uint32_t u = c->code;
    c->cls = PJ_C_PUNCT;
    if (u <= 0x200A || u == 0x202F || u == 0x205F) {
        c->cls = PJ_C_SPACE;
    } else if (u <= 0x200F || (u >= 0x202A && u <= 0x202E) || (u >= 0x2060 && u <= 0x206F)) {
        c->cls = PJ_C_NOTHING;
    } else if (u == 0x2028 || u == 0x2029) {
        c->cls = PJ_C_LINE;
    } else if (u >= 0x2010 && u <= 0x2015) {
        fold_one(c, '-');
    } else if ((u >= 0x2018 && u <= 0x201B) || u == 0x2032 || u == 0x2035 || u == 0x2039 || u == 0x203A) {
        fold_one(c, '\'');
    } else if ((u >= 0x201C && u <= 0x201F) || u == 0x2033) {
        fold_one(c, '"');
    } else if (u == 0x2022 || u == 0x2023 || u == 0x2043) {
        fold_one(c, '*');
    } else if (u == 0x2026 || u == 0x2024 || u == 0x2025) {
        fold_one(c, '.');
    } else if (u == 0x2044) {
        fold_one(c, '/');
    } else {
        fold_one(c, '~');
    }
}

static void read_latin(pj_char *c) {
    char base = LATIN[c->code - 0xC0];
    c->cls = PJ_C_LETTER;
    if (c->code == 0xD7 || c->code == 0xF7) {
        c->cls = PJ_C_PUNCT;
        fold_one(c, c->code == 0xD7 ? 'x' : '/');
    } else if (base == '?') {
        fold_one(c, '?'); /* a letter that no phrase of ours holds */
    } else {
        c->upper = base >= 'A' && base <= 'Z';
        fold_one(c, c->upper ? (char)(base + ('a' - 'A')) : base);
    }
}

static void read_latin1_signs(pj_char *c) {
    c->cls = PJ_C_PUNCT;
    switch (c->code) {
    case 0xA0:
        c->cls = PJ_C_SPACE;
        break;
    case 0x85:
        c->cls = PJ_C_LINE;
        break;
    case 0xAD:
        c->cls = PJ_C_NOTHING;
        break;
    case 0xB2:
    case 0xB3:
    case 0xB9:
        c->cls = PJ_C_NOTE;
        break;
    case 0xB4:
    case 0x91: /* Windows-1252 quotes that were decoded as Latin-1 */
    case 0x92:
        fold_one(c, '\'');
        break;
    case 0x93:
    case 0x94:
    case 0xAB:
    case 0xBB:
        fold_one(c, '"');
        break;
    case 0x95:
    case 0xB7:
        fold_one(c, '*');
        break;
    case 0x96:
    case 0x97:
        fold_one(c, '-');
        break;
    default:
        if (c->code < 0xA0) {
            c->cls = PJ_C_NOTHING;
        } else {
            fold_one(c, '~');
        }
    }
}

static void read_ligature(pj_char *c) {
    static const char SPELLED[7][4] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    const char *s = SPELLED[c->code - 0xFB00];
    c->cls = PJ_C_LETTER;
    c->fold_len = (uint8_t)strlen(s);
    memcpy(c->fold, s, c->fold_len);
}

void pj_char_read(const char *text, size_t len, size_t at, pj_char *out) {
    out->code = decode((const unsigned char *)text + at, len - at, &out->size);
    out->fold_len = 0;
    out->upper = false;
    uint32_t u = out->code;
    if (u < 0x80) {
        read_ascii(out);
    } else if (u < 0xC0) {
        read_latin1_signs(out);
    } else if (u <= 0x17F) {
        read_latin(out);
    } else if (u >= 0x2000 && u <= 0x206F) {
        read_general_punctuation(out);
    } else if (u >= 0x2070 && u <= 0x2079) {
        out->cls = PJ_C_NOTE;
    } else if (u >= 0xFB00 && u <= 0xFB06) {
        read_ligature(out);
    } else if (u == 0x3000) {
        out->cls = PJ_C_SPACE;
    } else if (u == 0xFEFF || u == 0xFFFE || u == 0xFFFF || (u >= 0x300 && u <= 0x36F) ||
               (u >= 0xFE00 && u <= 0xFE0F)) {
        out->cls = PJ_C_NOTHING; /* stray BOM, PDFium's broken hyphen, accents set apart, variation selectors */
    } else if (u == 0x25CF || u == 0x25AA || u == 0x25E6 || u == 0x25A0 || u == 0xF0B7) {
        out->cls = PJ_C_PUNCT; /* bullets, the last of them Word's */
        fold_one(out, '*');
    } else if (u == 0x2212) {
        out->cls = PJ_C_PUNCT;
        fold_one(out, '-');
    } else if (u == BROKEN || (u >= 0x2100 && u <= 0x2BFF) || (u >= 0xE000 && u <= 0xF8FF)) {
        out->cls = PJ_C_PUNCT;
        fold_one(out, '~');
    } else {
        out->cls = PJ_C_LETTER;
        fold_one(out, '?');
    }
}

/* What a character is written as in a field: plain punctuation, everything else as it stands. */
static uint32_t plain(const pj_char *c) {
    if (c->cls == PJ_C_PUNCT && c->fold_len == 1 && (c->fold[0] == '\'' || c->fold[0] == '"' || c->fold[0] == '-')) {
        return (unsigned char)c->fold[0];
    }
    return c->code;
}

void pj_text_field(const char *text, size_t start, size_t end, uint32_t *field, size_t n) {
    size_t used = 0;
    bool space = false;
    memset(field, 0, n * sizeof(*field));
    for (size_t at = start; at < end;) {
        pj_char c;
        pj_char_read(text, end, at, &c);
        at += c.size;
        if (c.cls == PJ_C_SPACE || c.cls == PJ_C_TAB || c.cls == PJ_C_LINE || c.cls == PJ_C_PAGE) {
            space = used > 0;
            continue;
        }
        if (c.cls == PJ_C_NOTHING || c.cls == PJ_C_NOTE) {
            continue;
        }
        bool spelled = c.code >= 0xFB00 && c.code <= 0xFB06;
        size_t need = (spelled ? c.fold_len : 1u) + (space ? 1u : 0u);
        if (used + need > n) {
            field[used < n ? used : n - 1] = ELLIPSIS; /* right behind the text: no gap of zeros */
            return;
        }
        if (space) {
            field[used++] = ' ';
            space = false;
        }
        for (size_t i = 0; spelled && i < c.fold_len; i++) {
            field[used++] = (unsigned char)c.fold[i];
        }
        if (!spelled) {
            field[used++] = plain(&c);
        }
    }
}

void pj_literal_field(const char *literal, uint32_t *field, size_t n) {
    pj_text_field(literal, 0, strlen(literal), field, n);
}
