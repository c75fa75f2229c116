/* Every record that leaves the engine, each defined once. The lists below make the C structs here and the numpy dtypes
 * at the border, so that the two can not drift apart.
 *
 * A field is PJ_F(kind, name, n): kind i1 i2 i4 i8 f8 as in numpy; b1 a bool; U a text of n UCS-4 units; D a date in
 * days since 1970-01-01 (numpy datetime64[D]). n is 1 for all but U. */
#ifndef PJ_BASE_RECORDS_H
#define PJ_BASE_RECORDS_H

#include "base/measured_records.h"

#include <stdint.h>

#define PJ_NAT INT64_MIN /* numpy's not-a-time */

/* Where a value was read: 1-based line, byte offsets into the text as UTF-8; -1 for none. */
#define PJ_PLACE(PJ_F) PJ_F(i8, line, 1) PJ_F(i8, start, 1) PJ_F(i8, end, 1)

#define PJ_INSPECTION(PJ_F)                                                                                            \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, source, 256)                                                                                               \
    PJ_F(U, encoding, 16)                                                                                              \
    PJ_F(U, kind, 8)                                                                                                   \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(D, published, 1)                                                                                              \
    PJ_F(i1, published_precision, 1)                                                                                   \
    PJ_F(D, fieldwork, 1)                                                                                              \
    PJ_F(i1, fieldwork_precision, 1)                                                                                   \
    PJ_F(i2, score, 1)                                                                                                 \
    PJ_F(i2, max_score, 1)                                                                                             \
    PJ_F(i1, overall, 1)                                                                                               \
    PJ_F(U, overall_word, 24)                                                                                          \
    PJ_F(i2, stated_recommendations, 1)                                                                                \
    PJ_PLACE(PJ_F)

#define PJ_RATING(PJ_F)                                                                                                \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(U, title, 96)                                                                                                 \
    PJ_F(U, domain, 4)                                                                                                 \
    PJ_F(i1, rating, 1)                                                                                                \
    PJ_F(U, word, 24)                                                                                                  \
    PJ_F(b1, counts, 1)                                                                                                \
    PJ_F(f8, percent, 1)                                                                                               \
    PJ_PLACE(PJ_F)

#define PJ_QUESTION(PJ_F)                                                                                              \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(U, question, 160)                                                                                             \
    PJ_F(f8, percent, 1)                                                                                               \
    PJ_F(i4, yes, 1)                                                                                                   \
    PJ_F(i4, cases, 1)                                                                                                 \
    PJ_F(U, counts_from, 8)                                                                                            \
    PJ_F(b1, unique, 1)                                                                                                \
    PJ_PLACE(PJ_F)

#define PJ_SAMPLE(PJ_F)                                                                                                \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, domain, 4)                                                                                                 \
    PJ_F(i4, cases, 1)                                                                                                 \
    PJ_PLACE(PJ_F)

#define PJ_RECOMMENDATION(PJ_F)                                                                                        \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(i2, printed, 1)                                                                                               \
    PJ_F(U, addressee, 128)                                                                                            \
    PJ_PLACE(PJ_F)

#define PJ_QUANTITY(PJ_F)                                                                                              \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, kind, 12)                                                                                                  \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(f8, numerator, 1)                                                                                             \
    PJ_F(f8, denominator, 1)                                                                                           \
    PJ_F(U, hedge, 16)                                                                                                 \
    PJ_F(U, section, 96)                                                                                               \
    PJ_PLACE(PJ_F)                                                                                                     \
    PJ_F(i8, sentence_start, 1)                                                                                        \
    PJ_F(i8, sentence_end, 1)

#define PJ_MENTION(PJ_F)                                                                                               \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(i2, year, 1)                                                                                                  \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(i1, rating, 1)                                                                                                \
    PJ_F(U, word, 24)                                                                                                  \
    PJ_F(U, role, 12)                                                                                                  \
    PJ_PLACE(PJ_F)

#define PJ_CHECK(PJ_F)                                                                                                 \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, item, 16)                                                                                                  \
    PJ_F(f8, published, 1)                                                                                             \
    PJ_F(f8, computed, 1)                                                                                              \
    PJ_F(i1, result, 1)                                                                                                \
    PJ_F(U, reason, 32)                                                                                                \
    PJ_F(U, rule_confidence, 8)                                                                                        \
    PJ_F(b1, close_to_boundary, 1)                                                                                     \
    PJ_F(i4, answers_to_change, 1)                                                                                     \
    PJ_PLACE(PJ_F)

#define PJ_REFUSED(PJ_F)                                                                                               \
    PJ_F(U, source, 256)                                                                                               \
    PJ_F(i8, line, 1)                                                                                                  \
    PJ_F(i8, column, 1)                                                                                                \
    PJ_F(i8, start, 1)                                                                                                 \
    PJ_F(U, reason, 64)

#define PJ_COUNT(PJ_F)                                                                                                 \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(i8, yes, 1)                                                                                                   \
    PJ_F(i8, cases, 1)

/* What cases were answered on a key question, and the rating that follows. */
#define PJ_RATED_QUESTION(PJ_F)                                                                                        \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(U, question, 160)                                                                                             \
    PJ_F(i8, yes, 1)                                                                                                   \
    PJ_F(i8, cases, 1)                                                                                                 \
    PJ_F(i8, not_applicable, 1)                                                                                        \
    PJ_F(i8, dont_know, 1)                                                                                             \
    PJ_F(i8, blank, 1)                                                                                                 \
    PJ_F(f8, percent, 1)                                                                                               \
    PJ_F(i1, rating, 1)                                                                                                \
    PJ_F(U, word, 24)                                                                                                  \
    PJ_F(b1, lowest, 1)                                                                                                \
    PJ_F(U, flag, 32)

/* `number`, `percent`, `yes` and `cases` are those of the lowest key question, which set the rating. */
#define PJ_RATED_STANDARD(PJ_F)                                                                                        \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(U, title, 96)                                                                                                 \
    PJ_F(U, domain, 4)                                                                                                 \
    PJ_F(i1, rating, 1)                                                                                                \
    PJ_F(U, word, 24)                                                                                                  \
    PJ_F(b1, counts, 1)                                                                                                \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(f8, percent, 1)                                                                                               \
    PJ_F(i8, yes, 1)                                                                                                   \
    PJ_F(i8, cases, 1)                                                                                                 \
    PJ_F(U, rated_by, 12)                                                                                              \
    PJ_F(U, flag, 32)

#define PJ_RATED_OVERALL(PJ_F)                                                                                         \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(i8, rows, 1)                                                                                                  \
    PJ_F(i2, score, 1)                                                                                                 \
    PJ_F(i2, max_score, 1)                                                                                             \
    PJ_F(i1, overall, 1)                                                                                               \
    PJ_F(U, overall_word, 24)                                                                                          \
    PJ_F(U, missing, 96)                                                                                               \
    PJ_F(U, flag, 32)

/* `standard` '' is the overall rating, `number` 0 a standard. */
#define PJ_BAND(PJ_F)                                                                                                  \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(U, scenario, 16)                                                                                              \
    PJ_F(i1, rating, 1)                                                                                                \
    PJ_F(f8, percent, 1)                                                                                               \
    PJ_F(f8, lower, 1)                                                                                                 \
    PJ_F(f8, upper, 1)                                                                                                 \
    PJ_F(f8, level, 1)                                                                                                 \
    PJ_F(f8, p_0, 1)                                                                                                   \
    PJ_F(f8, p_1, 1)                                                                                                   \
    PJ_F(f8, p_2, 1)                                                                                                   \
    PJ_F(f8, p_3, 1)                                                                                                   \
    PJ_F(f8, p_same, 1)                                                                                                \
    PJ_F(i8, yes, 1)                                                                                                   \
    PJ_F(i8, cases, 1)                                                                                                 \
    PJ_F(f8, eligible, 1)                                                                                              \
    PJ_F(i8, down_answers, 1)                                                                                          \
    PJ_F(i8, up_answers, 1)                                                                                            \
    PJ_F(U, prior, 16)                                                                                                 \
    PJ_F(U, rounding, 8)                                                                                               \
    PJ_F(U, flag, 32)

/* -1: cannot move that way; the rating there is then -2. */
#define PJ_MARGIN(PJ_F)                                                                                                \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, standard, 8)                                                                                               \
    PJ_F(i2, number, 1)                                                                                                \
    PJ_F(i1, rating, 1)                                                                                                \
    PJ_F(U, word, 24)                                                                                                  \
    PJ_F(i8, yes, 1)                                                                                                   \
    PJ_F(i8, cases, 1)                                                                                                 \
    PJ_F(i8, down_answers, 1)                                                                                          \
    PJ_F(i8, up_answers, 1)                                                                                            \
    PJ_F(i8, down_cases, 1)                                                                                            \
    PJ_F(i8, up_cases, 1)                                                                                              \
    PJ_F(i1, down_rating, 1)                                                                                           \
    PJ_F(i1, up_rating, 1)                                                                                             \
    PJ_F(U, flag, 32)

/* What is doubtful about a file of cases: how many rows, of how many, and where the first one stands. */
#define PJ_CASE_CHECK(PJ_F)                                                                                            \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, column, 96)                                                                                                \
    PJ_F(U, reason, 32)                                                                                                \
    PJ_F(i8, count, 1)                                                                                                 \
    PJ_F(i8, of, 1)                                                                                                    \
    PJ_F(i8, first_line, 1)

/* What the engine makes of one printed figure (read/cells.h); `reason` is a place in its list of reasons. */
#define PJ_FIGURE(PJ_F)                                                                                                \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(f8, lower, 1)                                                                                                 \
    PJ_F(f8, upper, 1)                                                                                                 \
    PJ_F(U, footnote, 12)                                                                                              \
    PJ_F(i4, notes, 1)                                                                                                 \
    PJ_F(i1, reason, 1)                                                                                                \
    PJ_F(i1, decimals, 1)                                                                                              \
    PJ_F(i1, unit, 1)                                                                                                  \
    PJ_F(b1, last_digit, 1)

/* A figure of a published table with its labels. `row` is 0-based; `line` and `column` are 1-based places in the sheet.
 */
#define PJ_TABLE_CELL(PJ_F)                                                                                            \
    PJ_F(i8, row, 1)                                                                                                   \
    PJ_F(U, row_label, 128)                                                                                            \
    PJ_F(U, column_label, 96)                                                                                          \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(f8, lower, 1)                                                                                                 \
    PJ_F(f8, upper, 1)                                                                                                 \
    PJ_F(U, reason, 16)                                                                                                \
    PJ_F(U, footnote, 24)                                                                                              \
    PJ_F(U, printed, 24)                                                                                               \
    PJ_F(i8, line, 1)                                                                                                  \
    PJ_F(i8, column, 1)

/* A row of a table whose columns are known. A number that is not there is NaN, and its reason says why. `line` and
 * `column` are the 1-based place of the count in the sheet, where there is none that of the rate, else of the value. */
#define PJ_STATISTIC(PJ_F)                                                                                             \
    PJ_F(U, area, 96)                                                                                                  \
    PJ_F(U, area_code, 12)                                                                                             \
    PJ_F(U, area_reason, 24)                                                                                           \
    PJ_F(U, period, 32)                                                                                                \
    PJ_F(D, period_start, 1)                                                                                           \
    PJ_F(D, period_end, 1)                                                                                             \
    PJ_F(U, period_reason, 16)                                                                                         \
    PJ_F(U, measure, 96)                                                                                               \
    PJ_F(U, groups, 128)                                                                                               \
    PJ_F(f8, count, 1)                                                                                                 \
    PJ_F(f8, count_lower, 1)                                                                                           \
    PJ_F(f8, count_upper, 1)                                                                                           \
    PJ_F(U, count_reason, 16)                                                                                          \
    PJ_F(f8, population, 1)                                                                                            \
    PJ_F(U, population_reason, 16)                                                                                     \
    PJ_F(f8, rate, 1)                                                                                                  \
    PJ_F(f8, rate_lower, 1)                                                                                            \
    PJ_F(f8, rate_upper, 1)                                                                                            \
    PJ_F(U, rate_reason, 16)                                                                                           \
    PJ_F(U, unit, 24)                                                                                                  \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(U, value_reason, 16)                                                                                          \
    PJ_F(U, footnote, 24)                                                                                              \
    PJ_F(U, flag, 32)                                                                                                  \
    PJ_F(i8, line, 1)                                                                                                  \
    PJ_F(i8, column, 1)

/* A row or column of a table that is a total of others. `places` are their lines or columns in the sheet. */
#define PJ_TOTAL(PJ_F)                                                                                                 \
    PJ_F(U, axis, 8)                                                                                                   \
    PJ_F(i8, index, 1)                                                                                                 \
    PJ_F(i8, place, 1)                                                                                                 \
    PJ_F(U, label, 128)                                                                                                \
    PJ_F(i8, parts, 1)                                                                                                 \
    PJ_F(U, places, 96)                                                                                                \
    PJ_F(f8, difference, 1)                                                                                            \
    PJ_F(U, evidence, 16)

/* PJ_R(list, NAME, struct): every record, for code that treats all alike. */
#define PJ_RECORDS(PJ_R)                                                                                               \
    PJ_R(PJ_INSPECTION, INSPECTION, pj_inspection)                                                                     \
    PJ_R(PJ_RATING, RATING, pj_rating)                                                                                 \
    PJ_R(PJ_QUESTION, QUESTION, pj_question)                                                                           \
    PJ_R(PJ_SAMPLE, SAMPLE, pj_sample)                                                                                 \
    PJ_R(PJ_RECOMMENDATION, RECOMMENDATION, pj_recommendation)                                                         \
    PJ_R(PJ_QUANTITY, QUANTITY, pj_quantity)                                                                           \
    PJ_R(PJ_MENTION, MENTION, pj_mention)                                                                              \
    PJ_R(PJ_CHECK, CHECK, pj_check)                                                                                    \
    PJ_R(PJ_REFUSED, REFUSED, pj_refused)                                                                              \
    PJ_R(PJ_COUNT, COUNT, pj_count)                                                                                    \
    PJ_R(PJ_RATED_QUESTION, RATED_QUESTION, pj_rated_question)                                                         \
    PJ_R(PJ_RATED_STANDARD, RATED_STANDARD, pj_rated_standard)                                                         \
    PJ_R(PJ_RATED_OVERALL, RATED_OVERALL, pj_rated_overall)                                                            \
    PJ_R(PJ_BAND, BAND, pj_band)                                                                                       \
    PJ_R(PJ_MARGIN, MARGIN, pj_margin)                                                                                 \
    PJ_R(PJ_CHART, CHART, pj_chart)                                                                                    \
    PJ_R(PJ_FUNNEL, FUNNEL, pj_funnel)                                                                                 \
    PJ_R(PJ_CASE_CHECK, CASE_CHECK, pj_case_check)                                                                     \
    PJ_R(PJ_HISTORY, HISTORY, pj_history)                                                                              \
    PJ_R(PJ_PUBLISHED_COUNT, PUBLISHED_COUNT, pj_published_count)                                                      \
    PJ_R(PJ_PUBLISHED_OUTCOME, PUBLISHED_OUTCOME, pj_published_outcome)                                                \
    PJ_R(PJ_RATE, RATE, pj_rate)                                                                                       \
    PJ_R(PJ_CHANGE, CHANGE, pj_change)                                                                                 \
    PJ_R(PJ_TREND, TREND, pj_trend)                                                                                    \
    PJ_R(PJ_DISPARITY, DISPARITY, pj_disparity)                                                                        \
    PJ_R(PJ_PATHWAY, PATHWAY, pj_pathway)                                                                              \
    PJ_R(PJ_ADJUSTED, ADJUSTED, pj_adjusted)                                                                           \
    PJ_R(PJ_SHARE, SHARE, pj_share)                                                                                    \
    PJ_R(PJ_GROUPED, GROUPED, pj_grouped)                                                                              \
    PJ_R(PJ_HIDDEN, HIDDEN, pj_hidden)                                                                                 \
    PJ_R(PJ_FIGURE, FIGURE, pj_figure)                                                                                 \
    PJ_R(PJ_TABLE_CELL, CELL, pj_table_cell)                                                                           \
    PJ_R(PJ_STATISTIC, STATISTIC, pj_statistic)                                                                        \
    PJ_R(PJ_TOTAL, TOTAL, pj_total)

#define PJ_MEMBER_i1(name, n) int8_t name;
#define PJ_MEMBER_i2(name, n) int16_t name;
#define PJ_MEMBER_i4(name, n) int32_t name;
#define PJ_MEMBER_i8(name, n) int64_t name;
#define PJ_MEMBER_f8(name, n) double name;
#define PJ_MEMBER_b1(name, n) uint8_t name;
#define PJ_MEMBER_U(name, n) uint32_t name[n];
#define PJ_MEMBER_D(name, n) int64_t name;
#define PJ_MEMBER(kind, name, n) PJ_MEMBER_##kind(name, n)
#define PJ_STRUCT(list, NAME, type)                                                                                    \
    typedef struct type {                                                                                              \
        list(PJ_MEMBER)                                                                                                \
    } type;

PJ_RECORDS(PJ_STRUCT)

#endif
