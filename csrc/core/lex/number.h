/* Numbers in running text, in digits or in words. */
#ifndef PJ_LEX_NUMBER_H
#define PJ_LEX_NUMBER_H

#include "lex/words.h"

typedef struct pj_number {
    double value;
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint8_t decimals; /* printed after the point */
    bool digits;      /* written in digits, else in words */
} pj_number;

/* A fraction written in words ("three-fifths", "a third", "half"). */
typedef struct pj_fraction {
    double numerator;
    double denominator;
    uint32_t first;
    uint32_t last;
} pj_fraction;

/* A number that starts at token `at`: "278,400", "9.6", "nine", "Twenty-eight", "one hundred and five". */
bool pj_number_read(const pj_words *words, size_t at, size_t end, pj_number *out);

/* A fraction that starts at token `at`. */
bool pj_fraction_read(const pj_words *words, size_t at, size_t end, pj_fraction *out);

/* May either start at token `at`? Told without reading it; nearly all words start none. */
bool pj_may_be_number(const pj_words *words, size_t at);

#endif
