/* Numbers, fractions, dates and fields at every token of any bytes. */
#include <stdint.h>
#include <stdlib.h>

#include "check.h"
#include "lex/date.h"
#include "lex/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds) {
    if (!holds) {
        abort();
    }
}

static void read_at(const pj_words *words, size_t at, size_t end) {
    pj_number number;
    pj_fraction fraction;
    pj_date date;
    int year = 0;
    if (pj_number_read(words, at, end, &number)) {
        expect(number.first == at && number.last > at && number.last <= end && number.value >= 0);
    }
    if (pj_fraction_read(words, at, end, &fraction)) {
        expect(fraction.first == at && fraction.last <= end && fraction.numerator < fraction.denominator);
    }
    if (pj_date_read(words, at, end, &date)) {
        expect(date.first == at && date.last > at && date.last <= end && date.year >= 1990 && date.year <= 2099);
        expect(date.days >= pj_days(date.year, 1, 1) && date.days <= pj_days(date.year, 12, 31));
    }
    if (pj_year_read(words, at, &year)) {
        expect(year >= 1990 && year <= 2099);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = exact_copy((const char *)data, size);
    pj_words words;
    uint32_t field[16];
    expect(pj_words_read(text, size, pj_alloc_libc(), &words, NULL) == PJ_OK);
    for (size_t i = 0; i < words.tokens.len; i++) {
        const pj_token *t = pj_token_at(&words, i);
        expect(t->start < t->end && t->end <= size && t->line < words.lines.len);
        pj_text_field(text, t->start, t->end, field, 16);
        read_at(&words, i, words.tokens.len);
        read_at(&words, i, i + 1); /* no look beyond the end that was given */
    }
    pj_words_free(&words);
    free(text);
    return 0;
}
