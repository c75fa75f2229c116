/* First pass over a text: its tokens and lines. Everything later works on these and never on bytes, so that the hazards
 * of extracted text (lost or stray spaces, footnote marks, typographic signs) are dealt with in one place. */
#ifndef PJ_LEX_WORDS_H
#define PJ_LEX_WORDS_H

#include <string.h>

#include "base/status.h"
#include "base/text.h"
#include "base/vec.h"

/* A larger text is no report; the bound lets offsets be 32 bits wide. */
#define PJ_TEXT_LIMIT ((size_t)16 << 20)

typedef enum pj_token_kind {
    PJ_WORD,   /* letters; '&' is the word "and" */
    PJ_NUMBER, /* digits, with '.' and thousands commas inside: 2.1, 278,400 */
    PJ_NOTE,   /* a footnote's mark: superscript, or digits stuck to a word ("rating2 for") */
    PJ_SIGN    /* anything else, one character */
} pj_token_kind;

/* What parts a token from the one before. */
typedef enum pj_gap {
    PJ_GLUED,
    PJ_SPACED,
    PJ_WIDE, /* two spaces or more: perhaps a column of a table */
    PJ_TABBED,
    PJ_NEW_LINE,
    PJ_NEW_PARAGRAPH, /* at least one blank line */
    PJ_NEW_PAGE
} pj_gap;

typedef struct pj_token {
    uint32_t start; /* bytes of the text */
    uint32_t end;
    uint32_t fold; /* into pj_words.fold; words only */
    uint32_t fold_len;
    uint32_t line; /* index into pj_words.lines */
    uint8_t kind;
    uint8_t gap;
    uint8_t upper; /* starts with a capital */
    char sign;     /* of PJ_SIGN: its plain ASCII form */
} pj_token;

/* A physical line that holds a token. */
typedef struct pj_line {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t number; /* 1-based, blank lines counted */
} pj_line;

typedef struct pj_words {
    const char *text;
    size_t len;
    pj_vec tokens;
    pj_vec lines;
    pj_vec fold; /* folded letters of all words, one after the other */
} pj_words;

/* Split `text` (borrowed: it must outlive `out`). "ratingGood" gives two tokens: a capital after a small letter starts
 * a new one. On failure `out` can still be freed. PJ_ELIMIT if the text is over PJ_TEXT_LIMIT. */
PJ_NODISCARD pj_status pj_words_read(const char *text, size_t len, pj_alloc alloc, pj_words *out, pj_error *err);
void pj_words_free(pj_words *words);

static inline const pj_token *pj_token_at(const pj_words *words, size_t i) {
    return &PJ_AT(&words->tokens, const pj_token, i);
}

/* The folded word equals `literal` (lower case, not empty); false outside the text. Inline: it is asked of every token,
 * most often in vain. */
static inline bool pj_word_is(const pj_words *words, size_t token, const char *literal) {
    if (token >= words->tokens.len) {
        return false;
    }
    const pj_token *t = pj_token_at(words, token);
    const char *fold = (const char *)words->fold.data + t->fold;
    if (t->kind != PJ_WORD || t->fold_len == 0 || fold[0] != literal[0]) {
        return false;
    }
    size_t n = strlen(literal);
    return t->fold_len == n && memcmp(fold, literal, n) == 0;
}

static inline const pj_line *pj_line_at(const pj_words *words, size_t i) {
    return &PJ_AT(&words->lines, const pj_line, i);
}

#endif
