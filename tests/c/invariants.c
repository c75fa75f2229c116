#include "invariants.h"

/* A place is inside the text, or nowhere. */
static bool in_text(int64_t line, int64_t start, int64_t end, size_t len) {
    if (line == -1) {
        return start == -1 && end == -1;
    }
    return line >= 1 && (uint64_t)line <= len + 1 && start >= 0 && start < end && (uint64_t)end <= len;
}

/* Zero-padded after the text, and only characters that numpy can make a str of. */
static bool is_field(const uint32_t *field, size_t n) {
    size_t used = n;
    while (used > 0 && field[used - 1] == 0) {
        used--;
    }
    for (size_t i = 0; i < used; i++) {
        if (field[i] == 0 || field[i] > 0x10FFFF || (field[i] >= 0xD800 && field[i] <= 0xDFFF)) {
            return false;
        }
    }
    return true;
}

#define FIELD_i1(r, name, n)
#define FIELD_i2(r, name, n)
#define FIELD_i4(r, name, n)
#define FIELD_i8(r, name, n)
#define FIELD_f8(r, name, n)
#define FIELD_b1(r, name, n) ok = ok && (r)->name <= 1;
#define FIELD_U(r, name, n) ok = ok && is_field((r)->name, n);
#define FIELD_D(r, name, n)
#define FIELD(kind, name, n) FIELD_##kind(row, name, n)

#define ROW_CHECK(list, type)                                                                                          \
    static bool type##_holds(const type *row, size_t len) {                                                            \
        bool ok = in_text(row->line, row->start, row->end, len);                                                       \
        list(FIELD) return ok;                                                                                         \
    }

ROW_CHECK(PJ_INSPECTION, pj_inspection)
ROW_CHECK(PJ_RATING, pj_rating)
ROW_CHECK(PJ_QUESTION, pj_question)
ROW_CHECK(PJ_SAMPLE, pj_sample)
ROW_CHECK(PJ_RECOMMENDATION, pj_recommendation)
ROW_CHECK(PJ_QUANTITY, pj_quantity)
ROW_CHECK(PJ_MENTION, pj_mention)

#define ROWS_CHECK(vec, type, what)                                                                                    \
    for (size_t i = 0; i < (vec).len; i++) {                                                                           \
        if (!type##_holds(&PJ_AT(&(vec), const type, i), len)) {                                                       \
            return what;                                                                                               \
        }                                                                                                              \
    }

static bool is_percent(double value) {
    return value >= 0 && value <= 100;
}

const char *report_fault(const pj_report *report, size_t len) {
    if (!pj_inspection_holds(&report->inspection, len)) {
        return "inspection";
    }
    ROWS_CHECK(report->ratings, pj_rating, "rating")
    ROWS_CHECK(report->questions, pj_question, "question")
    ROWS_CHECK(report->samples, pj_sample, "sample")
    ROWS_CHECK(report->recommendations, pj_recommendation, "recommendation")
    ROWS_CHECK(report->quantities, pj_quantity, "quantity")
    ROWS_CHECK(report->mentions, pj_mention, "mention")
    for (size_t i = 0; i < report->ratings.len; i++) {
        const pj_rating *r = &PJ_AT(&report->ratings, const pj_rating, i);
        if ((r->rating == -2) != (r->line == -1) || (r->rating == -2) != (r->word[0] == 0)) {
            return "a rating that was found has a place and a word, another has none";
        }
    }
    for (size_t i = 0; i < report->questions.len; i++) {
        const pj_question *q = &PJ_AT(&report->questions, const pj_question, i);
        if (!is_percent(q->percent) || q->yes > q->cases || q->yes < -1) {
            return "a question's figures";
        }
    }
    for (size_t i = 0; i < report->quantities.len; i++) {
        const pj_quantity *q = &PJ_AT(&report->quantities, const pj_quantity, i);
        if (q->sentence_start > q->start || q->sentence_end < q->end || (uint64_t)q->sentence_end > len) {
            return "a quantity outside of its sentence";
        }
    }
    return NULL;
}
