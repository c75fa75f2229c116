/* lex/marks, lex/scan, lex/intern: delimited text, cell by cell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "groups.h"
#include "lex/intern.h"
#include "lex/scan.h"

#define ROOM 16

/* Records as text: cells between '<' and '>', records ended by '/', a torn one by '!', an open quote by '?'. */
static void show(const char *text, size_t len, char delimiter, size_t room, char *out) {
    pj_scan scan;
    pj_cell cells[ROOM];
    pj_scan_init(&scan, text, len, delimiter);
    for (;;) {
        pj_scan_end end = pj_scan_next(&scan, cells, room);
        if (end == PJ_SCAN_NO_MORE || end == PJ_SCAN_OPEN) {
            strcpy(out, end == PJ_SCAN_OPEN ? "?" : "");
            return;
        }
        for (size_t i = 0; i < scan.cells && i < room; i++) {
            *out++ = '<';
            out += pj_cell_copy(text, &cells[i], out);
            *out++ = '>';
        }
        if (scan.cells > room) {
            *out++ = '+';
        }
        *out++ = scan.torn ? '!' : '/';
    }
}

static void reads(const char *text, const char *expected) {
    char *copy = exact_copy(text, strlen(text));
    char out[256];
    show(copy, strlen(text), ',', ROOM, out);
    if (strcmp(out, expected) != 0) {
        printf("%s\nread as %s\nnot as  %s\n", text, out, expected);
    }
    CHECK(strcmp(out, expected) == 0);
    free(copy);
}

static void cells_and_records(void) {
    reads("", "");
    reads("a", "<a>/");
    reads("a,b\nc,d\n", "<a><b>/<c><d>/");
    reads("a,b\r\nc\rd\n", "<a><b>/<c>/<d>/");
    reads(",\n,", "<><>/<><>/");
    reads("\n\na\n", "<>/<>/<a>/");
    reads("\"a\",b", "<a><b>/");
    reads("\"a,b\",\"c\nd\"\n", "<a,b><c\nd>/");
    reads("\"a\"\"b\",\"\"\n", "<a\"b><>/");
    reads("\"\"\"\",x", "<\"><x>/");
    reads("a\"b,c\"\n\"d\"", "<a\"b><c\">/<d>/");
    reads("\"a\" ,b\n\"a\"b,c\n", "<a><b>/<a><c>!");
    reads("\"a\"b\"c,d\n", "<a><d>!");
    reads("a,\"b\nc", "?");
    reads("a\n\"b\"\"", "<a>/?");
    reads(" \"a\",b", "< \"a\"><b>/");
}

static void records_wider_than_the_room(void) {
    char out[64];
    show("a,b,c\nd,e\nf\n", 12, ',', 2, out);
    CHECK(strcmp(out, "<a><b>+/<d><e>/<f>/") == 0);
    show("a;b,c\n", 6, ';', 2, out);
    CHECK(strcmp(out, "<a><b,c>/") == 0);
}

static void lines_of_records(void) {
    const char *text = "a\r\n\"b\nc\rd\r\ne\"\nf\r\"";
    pj_scan scan;
    pj_cell cells[1];
    pj_scan_init(&scan, text, strlen(text), ',');
    CHECK(pj_scan_next(&scan, cells, 1) == PJ_SCAN_RECORD && scan.line == 0);
    CHECK(pj_scan_next(&scan, cells, 1) == PJ_SCAN_RECORD && scan.line == 1);
    CHECK(pj_scan_next(&scan, cells, 1) == PJ_SCAN_RECORD && scan.line == 5);
    CHECK(pj_scan_next(&scan, cells, 1) == PJ_SCAN_OPEN && scan.line == 6 && scan.end == strlen(text) - 1);
}

/* Text of few signs, so that each meets each; long enough for several windows of marks. */
static char *made_text(size_t len, unsigned seed) {
    static const char signs[] = "ab,,,\n\n\r\"\" ";
    char *text = malloc(len + 1);
    CHECK(text != NULL);
    for (size_t i = 0; text != NULL && i < len; i++) {
        seed = seed * 1664525u + 1013904223u;
        text[i] = signs[(seed >> 16) % (sizeof(signs) - 1)];
    }
    return text;
}

static void marks_agree_however_found(void) {
    static uint32_t one[PJ_MARKS_WINDOW];
    static uint32_t other[PJ_MARKS_WINDOW];
    for (unsigned seed = 0; seed < 200; seed++) {
        size_t len = seed % 4 == 0 ? PJ_MARKS_WINDOW : seed;
        char *text = made_text(len, seed);
        char *copy = exact_copy(text, len);
        size_t from = len < seed % 7 ? 0 : seed % 7;
        size_t n = pj_marks_find(copy, from, len, ',', one);
        CHECK(n == pj_marks_find_scalar(copy, from, len, ',', other));
        CHECK(memcmp(one, other, n * sizeof(*one)) == 0);
        CHECK(n == pj_marks_find_words(copy, from, len, ',', one));
        CHECK(memcmp(one, other, n * sizeof(*one)) == 0);
        free(copy);
        free(text);
    }
}

/* The quick way through a plain record and the long one, which a room of no cells takes, count alike. */
static void room_changes_no_record(void) {
    for (unsigned seed = 0; seed < 400; seed++) {
        size_t len = seed * 37;
        char *text = made_text(len, seed);
        pj_cell cells[3];
        pj_scan quick;
        pj_scan slow;
        pj_scan_init(&quick, text, len, ',');
        pj_scan_init(&slow, text, len, ',');
        pj_scan_end end = PJ_SCAN_RECORD;
        while (end == PJ_SCAN_RECORD) {
            end = pj_scan_next(&quick, cells, 1 + seed % 3);
            CHECK(pj_scan_next(&slow, NULL, 0) == end);
            CHECK(quick.next == slow.next && quick.cells == slow.cells && quick.lines == slow.lines);
            CHECK(quick.start == slow.start && quick.torn == slow.torn && quick.line == slow.line);
        }
        free(text);
    }
}

/* Wherever a text is cut, the records before and behind the cut are those of the whole. */
static void cuts_change_no_record(void) {
    static char whole[1 << 13];
    static char parts[1 << 13];
    for (unsigned seed = 0; seed < 60; seed++) {
        size_t len = 60 + seed;
        char *text = made_text(len, seed);
        show(text, len, ',', 4, whole);
        for (size_t at = 0; at <= len; at++) {
            size_t open = 0;
            size_t cut = pj_scan_cut(text, at, ',', &open);
            CHECK(cut <= at && open <= at && (open == at || open >= cut));
            show(text, cut, ',', 4, parts);
            CHECK(strchr(parts, '?') == NULL);
            show(text + cut, len - cut, ',', 4, parts + strlen(parts));
            CHECK(strcmp(whole, parts) == 0);
        }
        free(text);
    }
    size_t open = 0;
    CHECK(pj_scan_cut("a\nb\r", 4, ',', &open) == 2 && open == 4);
    CHECK(pj_scan_cut("a\nb\rc", 5, ',', &open) == 4);
    CHECK(pj_scan_cut("\"a\"\nb,\"c\nd", 10, ',', &open) == 4 && open == 6);
    CHECK(pj_scan_cut("", 0, ',', &open) == 0);
}

/* The end of the last record that is complete, found the long way: record by record. */
static size_t cut_by_records(const char *text, size_t len, size_t *open) {
    pj_scan scan;
    size_t cut = 0;
    *open = len;
    pj_scan_init(&scan, text, len, ',');
    for (;;) {
        pj_scan_end end = pj_scan_next(&scan, NULL, 0);
        *open = end == PJ_SCAN_OPEN ? scan.end : *open;
        if (end != PJ_SCAN_RECORD || (scan.next == len && text[len - 1] == '\r')) {
            return cut;
        }
        cut = scan.next;
    }
}

/* Texts longer than what is looked through first, some without a line end there or within quotes there. */
static void cuts_of_long_texts(void) {
    size_t len = (size_t)1 << 17;
    for (unsigned seed = 0; seed < 64; seed++) {
        char *text = made_text(len, seed);
        size_t quiet = (len / 64) * (seed % 64);
        for (size_t i = len - quiet; i < len && seed % 2 == 0; i++) {
            text[i] = text[i] == '\n' || text[i] == '\r' || (seed % 4 == 0 && text[i] == '"') ? 'x' : text[i];
        }
        for (size_t at = len - 3; at <= len; at++) {
            size_t open = 0;
            size_t expected = 0;
            CHECK(pj_scan_cut(text, at, ',', &open) == cut_by_records(text, at, &expected));
            CHECK(open == expected);
        }
        free(text);
    }
}

static void interned_strings(void) {
    pj_intern intern;
    pj_intern_init(&intern, pj_alloc_libc());
    char name[16];
    uint32_t number = 0;
    size_t len = 0;
    CHECK(pj_intern_find(&intern, "x", 1) == PJ_INTERN_NONE);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 1000; i++) {
            int n = snprintf(name, sizeof(name), "%u", i * 7919u);
            CHECK(pj_intern_add(&intern, name, (size_t)n, &number, NULL) == PJ_OK && number == i);
        }
    }
    CHECK(pj_intern_count(&intern) == 1000);
    CHECK(pj_intern_find(&intern, "7919", 4) == 1 && pj_intern_find(&intern, "791", 3) == PJ_INTERN_NONE);
    CHECK(memcmp(pj_intern_at(&intern, 1, &len), "7919", 4) == 0 && len == 4);
    CHECK(pj_intern_add(&intern, "", 0, &number, NULL) == PJ_OK && number == 1000);
    CHECK(pj_intern_add(&intern, "a\0b", 3, &number, NULL) == PJ_OK && number == 1001);
    CHECK(pj_intern_add(&intern, "a\0c", 3, &number, NULL) == PJ_OK && number == 1002);
    CHECK(pj_intern_find(&intern, "", 0) == 1000);
    pj_intern_free(&intern);
}

void test_scan(void) {
    cells_and_records();
    records_wider_than_the_room();
    lines_of_records();
    marks_agree_however_found();
    room_changes_no_record();
    cuts_change_no_record();
    cuts_of_long_texts();
    interned_strings();
}
