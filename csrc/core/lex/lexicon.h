/* Many phrases found in one pass. The phrases are data handed in (a framework's titles and wordings, the set phrases of
 * reports); the lexicon knows nothing of their meaning but the numbers that came with them.
 *
 * A phrase is compared by its folded letters alone: case, accents, white space, line breaks, hyphens, commas, quotes
 * and footnote marks do not matter, so "Requires i mprovement" and "Out-of-\ncourt disposals" are found. It starts and
 * ends at the edge of a token. */
#ifndef PJ_LEX_LEXICON_H
#define PJ_LEX_LEXICON_H

#include "lex/words.h"

/* What a phrase stands for. `framework` and `standard` are indices into the caller's tables, -1 for none. */
typedef struct pj_meaning {
    uint8_t role;
    int16_t framework;
    int16_t standard;
    int16_t number;
    int32_t value;
} pj_meaning;

typedef struct pj_phrase {
    const char *text;
    size_t len;
    pj_meaning meaning;
} pj_phrase;

typedef struct pj_lexicon {
    pj_vec nodes;
    pj_vec meanings; /* those of one phrase stand together */
    pj_vec
        starts; /* uint32_t: the node of each three letters that a phrase starts with, else 0: most words start none */
    bool has_short; /* a phrase of fewer letters */
} pj_lexicon;

/* Tokens [first, last) are a phrase; its meanings are meanings[meaning ... meaning + count). */
typedef struct pj_hit {
    uint32_t first;
    uint32_t last;
    uint32_t meaning;
    uint32_t count;
    uint64_t roles; /* a bit, role % 64, for the role of each meaning: most are asked for in vain */
} pj_hit;

static inline bool pj_hit_may_be(const pj_hit *hit, unsigned role) {
    return (hit->roles >> role % 64 & 1u) != 0;
}

/* Copies what it needs. PJ_EVALUE for a phrase without letters (its index is the error's offset). On failure `out` can
 * still be freed. */
PJ_NODISCARD pj_status pj_lexicon_build(const pj_phrase *phrases, size_t n, pj_alloc alloc, pj_lexicon *out,
                                        pj_error *err);
void pj_lexicon_free(pj_lexicon *lexicon);

/* Append the hits of a text in order: at each place the longest, none inside another. Time is linear in the text, since
 * an attempt is bounded by the longest phrase. */
PJ_NODISCARD pj_status pj_lexicon_find(const pj_lexicon *lexicon, const pj_words *words, pj_vec *hits, pj_error *err);

/* Is there a phrase from token `first` that goes on past tokens [skip, skip_end), which another column's cell put in
 * its way? */
bool pj_lexicon_bridge(const pj_lexicon *lexicon, const pj_words *words, size_t first, size_t skip, size_t skip_end,
                       pj_hit *hit);

/* Figures up to a line's end ("57%", "57% (24 of 42)") may be the next column's cell, met in the middle of a phrase
 * that the column's width broke; a phrase goes on past them. The number of their tokens, 0 if there are none at `at`.
 */
size_t pj_figures_at(const pj_words *words, size_t at);

static inline const pj_meaning *pj_meaning_at(const pj_lexicon *lexicon, const pj_hit *hit, size_t i) {
    return &PJ_AT(&lexicon->meanings, const pj_meaning, hit->meaning + i);
}

#endif
