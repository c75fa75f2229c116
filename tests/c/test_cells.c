/* lex/decimal, read/markers, read/cells: printed figures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "groups.h"
#include "lex/decimal.h"
#include "marker_table.h"
#include "read/cells.h"

static bool decimal(const char *text, double value, double lower, double upper) {
    pj_decimal d;
    double low = 0;
    double high = 0;
    if (!pj_decimal_read(text, strlen(text), &d)) {
        return false;
    }
    pj_decimal_bounds(&d, &low, &high);
    return pj_decimal_value(d.digits, d.scale) == value && low == lower && high == upper;
}

static void test_decimals(void) {
    static const char *const no[] = {"",     ".",     "5.",     "1,23", "1,2345", "1234,567",         "1,234 567",
                                     "12,5", "1.2.3", "e5",     "1e",   "1e+",    "1e1000",           "1e-60",
                                     "--1",  "1 23",  "0x10",   "nan",  "inf",    "9007199254740993", "1,,234",
                                     " 1",   "1 ",    "1e99999"};
    CHECK(decimal("0", 0, 0, 0));
    CHECK(decimal("1,234", 1234, 1234, 1234));
    CHECK(decimal("1 234 567", 1234567, 1234567, 1234567));
    CHECK(decimal("12.3", 12.3, 12.25, 12.35));
    CHECK(decimal("12.30", 12.3, 12.295, 12.305));
    CHECK(decimal(".5", 0.5, 0.45, 0.55));
    CHECK(decimal("0.0", 0, -0.05, 0.05));
    CHECK(decimal("1.5e2", 150, 145, 155));
    CHECK(decimal("1e-05", 1e-5, 5e-6, 1.5e-5));
    /* a double written out in full has but fifteen digits of its own */
    CHECK(decimal("40.630000000000003", 40.630000000000003, 40.625, 40.635));
    CHECK(decimal("17.399999999999999", 17.399999999999999, 17.35, 17.45));
    CHECK(decimal("674.00000000000001", 674, 674, 674));
    CHECK(decimal("9007199254740992", 9007199254740992.0, 9007199254740992.0, 9007199254740992.0));
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
        CHECK(!decimal(no[i], 0, 0, 0));
        pj_decimal d;
        CHECK(!pj_decimal_read(no[i], strlen(no[i]), &d));
    }
}

static pj_figure read_one(const pj_markers *markers, const char *text) {
    pj_figure figure;
    char *copy = exact_copy(text, strlen(text));
    pj_figure_read(markers, copy, strlen(text), &figure);
    free(copy);
    return figure;
}

static bool reads(const pj_markers *markers, const char *text, double value, const char *note, int notes) {
    pj_figure f = read_one(markers, text);
    bool same =
        f.reason == (int)PJ_CELL_VALUE && f.value == value && f.notes == notes && f.lower <= value && value <= f.upper;
    for (size_t i = 0; same && i < 12; i++) {
        uint32_t want = i < strlen(note) ? (unsigned char)note[i] : 0;
        same = f.footnote[i] == want;
        if (want == 0) {
            break;
        }
    }
    return same;
}

static bool hides(const pj_markers *markers, const char *text, pj_cell_reason reason, double lower, double upper) {
    pj_figure f = read_one(markers, text);
    return f.reason == (int)reason && isnan(f.value) && (isnan(lower) ? isnan(f.lower) : f.lower == lower) &&
           (isnan(upper) ? isnan(f.upper) : f.upper == upper);
}

static void test_figures(const pj_markers *m) {
    CHECK(reads(m, "1,234(4)", 1234, "4", 0));
    CHECK(reads(m, " 1,234 (4) ", 1234, "4", 0));
    CHECK(reads(m, "1234 [r]", 1234, "", 1));
    CHECK(reads(m, "[r] 1234", 1234, "", 1));
    CHECK(reads(m, "1234R", 1234, "", 1));
    CHECK(reads(m, "12 r (1,2)", 12, "1,2", 1));
    CHECK(reads(m, "12[3][note 4]", 12, "3,4", 0));
    CHECK(reads(m, "12\xC2\xB9\xE2\x81\xB4", 12, "14", 0)); /* raised 1, raised 4 */
    CHECK(reads(m, "12*", 12, "*", 0));
    CHECK(reads(m, "12\xCA\xB3", 12, "", 1)); /* raised r */
    CHECK(reads(m, "\xC2\xA3\x31,200", 1200, "", 0));
    CHECK(reads(m, "-\xC2\xA3\x35", -5, "", 0));
    CHECK(reads(m, "\xE2\x88\x92\x35", -5, "", 0)); /* minus sign */
    CHECK(reads(m, "+5", 5, "", 0));
    CHECK(reads(m, "1\xC2\xA0\x32\x33\x34", 1234, "", 0)); /* no-break space */
    CHECK(reads(m, "5%", 5, "", 0) && read_one(m, "5%").upper == 5.5 && read_one(m, "5%").unit == PJ_UNIT_PERCENT);
    CHECK(reads(m, "5.0 per cent", 5, "", 0));
    CHECK(reads(m, "nil", 0, "", 0));
    CHECK(hides(m, "", PJ_CELL_BLANK, NAN, NAN));
    CHECK(hides(m, " \t\xC2\xA0", PJ_CELL_BLANK, NAN, NAN));
    CHECK(hides(m, "[c]", PJ_CELL_SUPPRESSED, 0, NAN));
    CHECK(hides(m, "[C] (2)", PJ_CELL_SUPPRESSED, 0, NAN));
    CHECK(hides(m, "\xE2\x80\x93", PJ_CELL_MISSING, NAN, NAN)); /* en dash, as '-' */
    CHECK(hides(m, "low", PJ_CELL_LOW, 0, 0.5) && read_one(m, "low").last_digit);
    CHECK(hides(m, "<5", PJ_CELL_LIMIT, 0, 5));
    CHECK(hides(m, "\xE2\x89\xA4 5", PJ_CELL_LIMIT, 0, 5));
    CHECK(hides(m, ">=95%", PJ_CELL_LIMIT, 95, 100));
    CHECK(hides(m, "> 7", PJ_CELL_LIMIT, 7, NAN));
    CHECK(hides(m, "1 to 4", PJ_CELL_RANGE, 1, 4));
    CHECK(hides(m, "1-4", PJ_CELL_RANGE, 1, 4));
    CHECK(hides(m, "R", PJ_CELL_NOTE_ALONE, NAN, NAN) && read_one(m, "R").notes == 1);
    CHECK(hides(m, "(4)", PJ_CELL_NOTE_ALONE, NAN, NAN));
    static const char *const no[] = {"x",       "5 [c]", "[c] 5", "12 (34%)", "4-1",   "1,23", "2014-15", "1234 abc",
                                     "12(345)", "Kent",  "5 [q]", "<",        "< low", "<<5",  "%",       "$"};
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
        CHECK(hides(m, no[i], PJ_CELL_UNREADABLE, NAN, NAN));
    }
}

static void test_columns(const pj_markers *m) {
    static const char text[] = "1\0[c]\0\0x\0"; /* the literal ends in one NUL more */
    pj_vec figures;
    pj_error err = {PJ_OK, 0, 0, NULL};
    pj_vec_init(&figures, pj_alloc_libc(), sizeof(pj_figure));
    CHECK(pj_figures_read(m, text, sizeof(text) - 1, &figures, &err) == PJ_OK && figures.len == 4);
    CHECK(PJ_AT(&figures, pj_figure, 2).reason == PJ_CELL_BLANK);
    CHECK(pj_figures_read(m, text, 0, &figures, &err) == PJ_OK && figures.len == 4);
    CHECK(pj_figures_read(m, "1\0002", 3, &figures, &err) == PJ_EVALUE && err.offset == 2);
    pj_vec_free(&figures);
}

static void test_tables(void) {
    pj_markers markers;
    pj_marker marker = {PJ_MARKER_ALONE, PJ_CELL_SUPPRESSED, false, NAN, 0, NAN};
    pj_markers_init(&markers, pj_alloc_libc());
    CHECK(pj_markers_find(&markers, PJ_MARKER_ALONE, "[c]", 3) == NULL);
    CHECK(pj_markers_add(&markers, "[C]", 3, &marker, NULL) == PJ_OK);
    CHECK(pj_markers_add(&markers, "[c]", 3, &marker, NULL) == PJ_OK); /* the same again */
    CHECK(pj_markers_find(&markers, PJ_MARKER_ALONE, "[c]", 3) != NULL);
    CHECK(pj_markers_find(&markers, PJ_MARKER_NOTE, "[c]", 3) == NULL);
    marker.upper = 5;
    CHECK(pj_markers_add(&markers, "[c]", 3, &marker, NULL) == PJ_EVALUE);
    CHECK(pj_markers_add(&markers, " ", 1, &marker, NULL) == PJ_EVALUE);
    marker.code = PJ_N_CELL_REASONS;
    CHECK(pj_markers_add(&markers, "q", 1, &marker, NULL) == PJ_EVALUE);
    marker.place = PJ_MARKER_NOTE;
    marker.code = 31;
    CHECK(pj_markers_add(&markers, "q", 1, &marker, NULL) == PJ_EVALUE);
    pj_markers_free(&markers);
}

void test_cells(void) {
    pj_markers markers;
    CHECK(marker_table_build(pj_alloc_libc(), &markers, NULL) == PJ_OK);
    test_decimals();
    test_figures(&markers);
    test_columns(&markers);
    test_tables();
    pj_markers_free(&markers);
}
