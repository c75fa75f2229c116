/* A text of at most 16 bytes as two words: compared and looked up without a loop over its bytes. */
#ifndef PJ_LEX_SHORT_H
#define PJ_LEX_SHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PJ_SHORT_LENGTH 16

/* The bytes, and zeros behind them: texts without a NUL that differ give different words. */
typedef struct pj_short {
    uint64_t low;
    uint64_t high;
} pj_short;

/* The first `len` <= 8 bytes of a text as a word, the rest zero; never reads past `room`. */
static inline uint64_t pj_word_of(const char *text, size_t len, size_t room) {
    static const unsigned char kept[16] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
    uint64_t word = 0;
    uint64_t mask = 0;
    if (room < sizeof(word)) {
        memcpy(&word, text, len);
        return word;
    }
    memcpy(&word, text, sizeof(word));
    memcpy(&mask, kept + sizeof(word) - len, sizeof(mask));
    return word & mask;
}

/* Read a text of `len` <= PJ_SHORT_LENGTH bytes; `room` bytes from its start may be read, `len` at least. */
static inline pj_short pj_short_of(const char *text, size_t len, size_t room) {
    pj_short made = {pj_word_of(text, len < 8 ? len : 8, room), 0};
    made.high = len > 8 ? pj_word_of(text + 8, len - 8, room - 8) : 0;
    return made;
}

static inline bool pj_short_same(const pj_short *a, const pj_short *b) {
    return a->low == b->low && a->high == b->high;
}

/* A number below 2^bits that is the same for the same text. */
static inline size_t pj_short_hash(const pj_short *text, unsigned bits) {
    return (size_t)(((text->low ^ (text->high << 7)) * 0x9E3779B97F4A7C15u) >> (64 - bits));
}

#endif
