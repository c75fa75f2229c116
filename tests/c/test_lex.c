/* lex/: tokens, phrases, numbers, dates. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "groups.h"
#include "lex/date.h"
#include "lex/lexicon.h"
#include "lex/number.h"
#include "lex/words.h"

/* Tokens of a text that stands in a block of its exact size. */
typedef struct sample {
    char *text;
    pj_words words;
} sample;

static sample open_sample(const char *text) {
    sample s = {.text = exact_copy(text, strlen(text))};
    CHECK(pj_words_read(s.text, strlen(text), pj_alloc_libc(), &s.words, NULL) == PJ_OK);
    return s;
}

static void close_sample(sample *s) {
    pj_words_free(&s->words);
    free(s->text);
}

/* One letter a token: w word, n number, f footnote's mark, s sign; the gap's sign stands before it, if any. */
static void shape(const pj_words *words, char *out, size_t n) {
    static const char KIND[] = "wnfs";
    static const char *const GAP[] = {"", " ", "_", ">", "/", "//", "#"};
    out[0] = '\0';
    for (size_t i = 0; i < words->tokens.len; i++) {
        const pj_token *t = pj_token_at(words, i);
        char letter[2] = {KIND[t->kind], '\0'};
        if (strlen(out) + 4 < n) {
            strcat(out, GAP[t->gap]);
            strcat(out, letter);
        }
    }
}

static bool has_shape(const char *text, const char *expected) {
    char found[80];
    sample s = open_sample(text);
    shape(&s.words, found, sizeof(found));
    close_sample(&s);
    return strcmp(found, expected) == 0;
}

static void words_are_split(void) {
    CHECK(has_shape("", ""));
    CHECK(has_shape("Overall ratingGood", "#w ww"));
    CHECK(has_shape("2.1 AssessingGood", "#n ww"));
    CHECK(has_shape("October 2025Score 9/12", "#w nw nsn"));
    CHECK(has_shape("Our rating2 for", "#w wf w"));
    CHECK(has_shape("Resettlement\xC2\xB9", "#wf"));
    CHECK(has_shape("a\tb  c\r\nd\n\ne\ff", "#w>w_w/w//w#w"));
    CHECK(has_shape("soft\xC2\xADhyphen", "#w"));
    CHECK(has_shape("278,400 of 1,2", "#n w nsn"));
}

static void lines_are_counted(void) {
    sample s = open_sample("one\r\ntwo\rthree\n\n\nsix\n");
    CHECK(s.words.lines.len == 4);
    CHECK(pj_line_at(&s.words, 1)->number == 2 && pj_line_at(&s.words, 2)->number == 3);
    CHECK(pj_line_at(&s.words, 3)->number == 6);
    close_sample(&s);
}

static void too_long_a_text_is_refused(void) {
    pj_words words;
    pj_error err = {PJ_OK, 0, 0, NULL};
    CHECK(pj_words_read("", PJ_TEXT_LIMIT + 1, pj_alloc_libc(), &words, &err) == PJ_ELIMIT);
    pj_words_free(&words);
}

static void phrases_are_found(void) {
    static const pj_phrase PHRASES[] = {
        {"Good", 4, {.value = 1}},
        {"Requires improvement", 20, {.value = 2}},
        {"Out-of-court disposals", 22, {.value = 3}},
        {"Out-of-court", 12, {.value = 4}},
        {"good", 4, {.value = 5}},
    };
    pj_lexicon lexicon;
    pj_vec hits;
    CHECK(pj_lexicon_build(PHRASES, 5, pj_alloc_libc(), &lexicon, NULL) == PJ_OK);
    pj_vec_init(&hits, pj_alloc_libc(), sizeof(pj_hit));
    sample s = open_sample("Requires i mprovement, GOOD out of-\ncourt disposals goods out of court");
    CHECK(pj_lexicon_find(&lexicon, &s.words, &hits, NULL) == PJ_OK);
    static const int32_t FOUND[] = {2, 1, 3, 4};
    CHECK(hits.len == 4);
    for (size_t i = 0; i < hits.len && i < 4; i++) {
        CHECK(pj_meaning_at(&lexicon, &PJ_AT(&hits, pj_hit, i), 0)->value == FOUND[i]);
    }
    CHECK(PJ_AT(&hits, pj_hit, 1).count == 2);
    close_sample(&s);
    pj_vec_free(&hits);
    pj_lexicon_free(&lexicon);
}

static void phrases_without_letters_are_refused(void) {
    static const pj_phrase PHRASES[] = {{"Good", 4, {.value = 1}}, {" - ", 3, {.value = 2}}};
    pj_lexicon lexicon;
    pj_error err = {PJ_OK, 0, 0, NULL};
    CHECK(pj_lexicon_build(PHRASES, 2, pj_alloc_libc(), &lexicon, &err) == PJ_EVALUE && err.offset == 1);
    pj_lexicon_free(&lexicon);
    CHECK(pj_lexicon_build(NULL, 0, pj_alloc_libc(), &lexicon, &err) == PJ_OK);
    pj_lexicon_free(&lexicon);
}

static bool number_is(const char *text, double value, uint32_t tokens) {
    pj_number number;
    sample s = open_sample(text);
    bool found = pj_number_read(&s.words, 0, s.words.tokens.len, &number) && number.last - number.first == tokens;
    close_sample(&s);
    return found && number.value >= value && number.value <= value;
}

static void numbers_are_read(void) {
    CHECK(number_is("278,400", 278400, 1));
    CHECK(number_is("9.6 per", 9.6, 1));
    CHECK(number_is("nine of", 9, 1));
    CHECK(number_is("Twenty-eight", 28, 3));
    CHECK(number_is("one hundred and five children", 105, 4));
    CHECK(number_is("one hundred and", 100, 2));
    CHECK(number_is("1.2 million", 1.2e6, 2));
    CHECK(!number_is("children", 0, 1));
    CHECK(!number_is("2.1.3", 2.1, 1));
    CHECK(!number_is("1234567890123456", 1234567890123456.0, 1));
}

static bool fraction_is(const char *text, double numerator, double denominator) {
    pj_fraction f;
    sample s = open_sample(text);
    bool found = pj_fraction_read(&s.words, 0, s.words.tokens.len, &f);
    close_sample(&s);
    return found && f.numerator >= numerator && f.numerator <= numerator && f.denominator >= denominator &&
           f.denominator <= denominator;
}

static void fractions_are_read(void) {
    CHECK(fraction_is("three-fifths", 3, 5));
    CHECK(fraction_is("a third of", 1, 3));
    CHECK(fraction_is("half", 1, 2));
    CHECK(!fraction_is("a child", 1, 1));
    CHECK(!fraction_is("five thirds", 5, 3));
}

static bool date_is(const char *text, int year, int month, int day, pj_precision precision) {
    pj_date date;
    sample s = open_sample(text);
    bool found = pj_date_read(&s.words, 0, s.words.tokens.len, &date);
    close_sample(&s);
    return found && date.days == pj_days(year, month, day) && date.precision == precision;
}

static void dates_are_read(void) {
    CHECK(pj_days(1970, 1, 1) == 0 && pj_days(2000, 3, 1) == 11017 && pj_days(1969, 12, 31) == -1);
    CHECK(date_is("06 October 2025", 2025, 10, 6, PJ_DAY));
    CHECK(date_is("May 2024", 2024, 5, 1, PJ_MONTH));
    CHECK(date_is("18/02/25", 2025, 2, 18, PJ_DAY));
    CHECK(date_is("2024-01-15", 2024, 1, 15, PJ_DAY));
    CHECK(date_is("29 February 2024", 2024, 2, 29, PJ_DAY));
    CHECK(!date_is("29 February 2023", 2023, 2, 29, PJ_DAY));
    CHECK(!date_is("31/04/2024", 2024, 4, 31, PJ_DAY));
    CHECK(!date_is("May I", 2024, 5, 1, PJ_MONTH));
}

void test_lex(void) {
    words_are_split();
    lines_are_counted();
    too_long_a_text_is_refused();
    phrases_are_found();
    phrases_without_letters_are_refused();
    numbers_are_read();
    fractions_are_read();
    dates_are_read();
}
