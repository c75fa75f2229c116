/* base/: vectors, characters, fields. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/records.h"
#include "base/status.h"
#include "base/text.h"
#include "base/vec.h"
#include "check.h"
#include "groups.h"

static void vec_grows_and_gives_back(void) {
    meter m = {.fail_at = SIZE_MAX};
    pj_vec vec;
    pj_vec_init(&vec, metered(&m), sizeof(int));
    CHECK(m.calls == 0);
    for (int i = 0; i < 1000; i++) {
        CHECK(pj_vec_append(&vec, &i, 1, NULL) == PJ_OK);
    }
    void *fresh = NULL;
    CHECK(pj_vec_push(&vec, &fresh, NULL) == PJ_OK);
    CHECK(vec.len == 1001 && PJ_AT(&vec, int, 1000) == 0 && PJ_AT(&vec, int, 999) == 999);
    CHECK(pj_vec_append(&vec, NULL, 0, NULL) == PJ_OK);
    CHECK(m.live == 1);
    pj_vec_free(&vec);
    pj_vec_free(&vec);
    CHECK(m.live == 0);
}

static void vec_survives_failure(void) {
    meter m = {.fail_at = 1};
    pj_error err = {PJ_OK, 0, 0, NULL};
    pj_vec vec;
    pj_vec_init(&vec, metered(&m), sizeof(double));
    CHECK(pj_vec_reserve(&vec, 8, &err) == PJ_OK);
    CHECK(pj_vec_reserve(&vec, 9, &err) == PJ_ENOMEM && err.status == PJ_ENOMEM && err.message != NULL);
    CHECK(vec.cap == 8 && vec.data != NULL);
    CHECK(pj_vec_reserve(&vec, SIZE_MAX, &err) == PJ_ELIMIT);
    pj_vec_free(&vec);
    CHECK(m.live == 0);
}

static void reads_char(const char *bytes, size_t len, uint32_t code, uint8_t size) {
    char *exact = exact_copy(bytes, len);
    pj_char c;
    pj_char_read(exact, len, 0, &c);
    CHECK(c.code == code && c.size == size);
    free(exact);
}

static void text_is_strict_utf8(void) {
    reads_char("A", 1, 'A', 1);
    reads_char("\xC2\xA0", 2, 0xA0, 2);
    reads_char("\xE2\x80\x99", 3, 0x2019, 3);
    reads_char("\xF0\x9F\x98\x80", 4, 0x1F600, 4);
    static const char *const BROKEN[] = {"\x80",             /* a tail alone */
                                         "\xC0\x80",         /* NUL, overlong */
                                         "\xC1\xBF",         /* overlong */
                                         "\xC2",             /* cut */
                                         "\xE0\x80\x80",     /* overlong */
                                         "\xE2\x80",         /* cut */
                                         "\xED\xA0\x80",     /* a surrogate */
                                         "\xF0\x80\x80\x80", /* overlong */
                                         "\xF4\x90\x80\x80", /* above U+10FFFF */
                                         "\xF0\x9F\x98",     /* cut */
                                         "\xF5\x80\x80\x80",
                                         "\xFF"};
    for (size_t i = 0; i < sizeof(BROKEN) / sizeof(BROKEN[0]); i++) {
        reads_char(BROKEN[i], strlen(BROKEN[i]), 0xFFFD, 1);
    }
}

static void every_character_has_a_class_and_a_fold(void) {
    for (uint32_t u = 1; u < 0x10000; u++) {
        unsigned char s[3];
        size_t n = u < 0x80 ? 1 : u < 0x800 ? 2 : 3;
        s[0] = (unsigned char)(n == 1 ? u : n == 2 ? 0xC0 | u >> 6 : 0xE0 | u >> 12);
        s[n - 1] = (unsigned char)(n == 1 ? u : 0x80 | (u & 0x3F));
        if (n == 3) {
            s[1] = (unsigned char)(0x80 | (u >> 6 & 0x3F));
        }
        pj_char c;
        pj_char_read((const char *)s, n, 0, &c);
        bool shown = c.cls == PJ_C_LETTER || c.cls == PJ_C_DIGIT || c.cls == PJ_C_PUNCT;
        CHECK(c.size >= 1 && c.size <= n && c.fold_len <= sizeof(c.fold) && (c.fold_len > 0) == shown);
    }
}

static bool field_is(const char *text, const char *expected) {
    uint32_t field[12];
    uint32_t wanted[12];
    char *exact = exact_copy(text, strlen(text));
    pj_text_field(exact, 0, strlen(text), field, 12);
    free(exact);
    pj_literal_field(expected, wanted, 12);
    return memcmp(field, wanted, sizeof(field)) == 0;
}

static void fields_are_plain_and_cut(void) {
    CHECK(field_is("  St.\xC2\xA0\r\n Helens ", "St. Helens"));
    CHECK(field_is("King\xE2\x80\x99s\xC2\xADLynn", "King'sLynn"));
    CHECK(field_is("sta\xEF\xAC\x83ng", "staffing"));
    CHECK(field_is("exactly12abc", "exactly12abc"));
    CHECK(field_is("thirteen is 1", "thirteen is\xE2\x80\xA6"));
    CHECK(
        field_is("exactly te\xEF\xAC\x83", "exactly te\xE2\x80\xA6")); /* a ligature that does not fit leaves no gap */
    CHECK(field_is("", ""));
}

static void records_have_no_surprising_size(void) {
    /* Larger fields first would pack tighter, but the order is the public one; padding must stay what the compiler
     * adds. */
    CHECK(sizeof(pj_rating) % 8 == 0 && sizeof(pj_inspection) % 8 == 0);
    CHECK(offsetof(pj_rating, framework) == sizeof(int32_t));
}

void test_base(void) {
    vec_grows_and_gives_back();
    vec_survives_failure();
    text_is_strict_utf8();
    every_character_has_a_class_and_a_fold();
    fields_are_plain_and_cut();
    records_have_no_surprising_size();
}
