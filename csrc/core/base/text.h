/* UTF-8 text as spans of bytes: decoding, folding of characters, copying into the fixed fields of records. */
#ifndef PJ_BASE_TEXT_H
#define PJ_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a character is to the reader. */
typedef enum pj_char_class {
    PJ_C_LETTER,
    PJ_C_DIGIT,
    PJ_C_SPACE, /* space, NBSP and their kind; not tab, not line ends */
    PJ_C_TAB,
    PJ_C_LINE,    /* LF, CR, NEL, line and paragraph separators */
    PJ_C_PAGE,    /* form feed */
    PJ_C_NOTE,    /* superscript digit: a footnote's mark */
    PJ_C_NOTHING, /* soft hyphen, zero-width and control characters: not there for the reader */
    PJ_C_PUNCT
} pj_char_class;

/* A decoded character. `fold` holds what it is compared as: lower case, without accent, ligatures spelled out;
 * for punctuation one ASCII sign of its family (all quotes ' or ", all dashes -). */
typedef struct pj_char {
    uint32_t code;
    uint8_t size; /* bytes in the text; 1 for a byte that is no UTF-8 */
    uint8_t fold_len;
    char fold[4];
    pj_char_class cls;
    bool upper;
} pj_char;

/* Decode the character at `text[at]`; `at < len`. Never reads past `len`; a broken sequence is one PJ_C_PUNCT byte. */
void pj_char_read(const char *text, size_t len, size_t at, pj_char *out);

/* Copy text[start, end) into a field of `n` UCS-4 units, zero-padded. White space of any length becomes one space, what
 * is PJ_C_NOTHING or PJ_C_NOTE is left out, typographic quotes and dashes, ligatures and NBSP become plain ones. A text
 * too long is cut on a character and ends in an ellipsis. */
void pj_text_field(const char *text, size_t start, size_t end, uint32_t *field, size_t n);

/* The same for a NUL-terminated ASCII or UTF-8 literal, as it is. */
void pj_literal_field(const char *literal, uint32_t *field, size_t n);

#endif
