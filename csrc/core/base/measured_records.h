/* Records of what is computed: the fields of rates, changes, disparities and the like, in the form of records.h, which
 * alone includes this. The engine computes few of them; their layouts stand here so that all have one home. */
#ifndef PJ_BASE_MEASURED_RECORDS_H
#define PJ_BASE_MEASURED_RECORDS_H

#include <stdint.h> /* the types that the kinds of fields stand for */

/* A point of a control chart. `population`, where it has none, `count` of an XmR chart and whatever is missing are NaN;
 * `outside`, `trend`, `two_of_three` and `shift` are 1 upwards, -1 downwards, 0 not so. */
#define PJ_CHART(PJ_F)                                                                                                 \
    PJ_F(U, label, 64)                                                                                                 \
    PJ_F(U, kind, 4)                                                                                                   \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(f8, count, 1)                                                                                                 \
    PJ_F(f8, population, 1)                                                                                            \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(i4, phase, 1)                                                                                                 \
    PJ_F(i4, points, 1)                                                                                                \
    PJ_F(f8, centre, 1)                                                                                                \
    PJ_F(f8, lower, 1)                                                                                                 \
    PJ_F(f8, upper, 1)                                                                                                 \
    PJ_F(f8, near_lower, 1)                                                                                            \
    PJ_F(f8, near_upper, 1)                                                                                            \
    PJ_F(f8, sigma, 1)                                                                                                 \
    PJ_F(f8, spread, 1)                                                                                                \
    PJ_F(i4, screened, 1)                                                                                              \
    PJ_F(i1, outside, 1)                                                                                               \
    PJ_F(i1, trend, 1)                                                                                                 \
    PJ_F(i1, two_of_three, 1)                                                                                          \
    PJ_F(i1, shift, 1)                                                                                                 \
    PJ_F(U, signal, 16)                                                                                                \
    PJ_F(U, flag, 32)

/* One area among its peers. The limits are on the scale of `observed`, and themselves inside. What is not known is NaN;
 * so is `between` where no spread between areas was added. */
#define PJ_FUNNEL(PJ_F)                                                                                                \
    PJ_F(U, name, 96)                                                                                                  \
    PJ_F(U, kind, 12)                                                                                                  \
    PJ_F(f8, observed, 1)                                                                                              \
    PJ_F(f8, population, 1)                                                                                            \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(f8, target, 1)                                                                                                \
    PJ_F(f8, expected, 1)                                                                                              \
    PJ_F(f8, ratio, 1)                                                                                                 \
    PJ_F(f8, z, 1)                                                                                                     \
    PJ_F(f8, z_adjusted, 1)                                                                                            \
    PJ_F(f8, lower_95, 1)                                                                                              \
    PJ_F(f8, upper_95, 1)                                                                                              \
    PJ_F(f8, lower_998, 1)                                                                                             \
    PJ_F(f8, upper_998, 1)                                                                                             \
    PJ_F(f8, tail, 1)                                                                                                  \
    PJ_F(f8, dispersion, 1)                                                                                            \
    PJ_F(f8, between, 1)                                                                                               \
    PJ_F(U, adjust, 16)                                                                                                \
    PJ_F(U, scale, 12)                                                                                                 \
    PJ_F(f8, winsorise, 1)                                                                                             \
    PJ_F(i4, family, 1)                                                                                                \
    PJ_F(U, outside, 12)                                                                                               \
    PJ_F(U, flag, 32)

/* A rate, a share or a standardised rate and its interval. Counts may be missing, and are then NaN. */
#define PJ_RATE(PJ_F)                                                                                                  \
    PJ_F(U, name, 96)                                                                                                  \
    PJ_F(U, kind, 12)                                                                                                  \
    PJ_F(f8, count, 1)                                                                                                 \
    PJ_F(f8, population, 1)                                                                                            \
    PJ_F(f8, value, 1)                                                                                                 \
    PJ_F(f8, lower, 1)                                                                                                 \
    PJ_F(f8, upper, 1)                                                                                                 \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(f8, level, 1)                                                                                                 \
    PJ_F(U, method, 16)                                                                                                \
    PJ_F(U, flag, 32)

/* A change of a rate. `ratio` is that to `reference`, the change it is set against: 1, or that of others. */
#define PJ_CHANGE(PJ_F)                                                                                                \
    PJ_F(U, name, 96)                                                                                                  \
    PJ_F(f8, before, 1)                                                                                                \
    PJ_F(f8, after, 1)                                                                                                 \
    PJ_F(f8, population_before, 1)                                                                                     \
    PJ_F(f8, population_after, 1)                                                                                      \
    PJ_F(f8, reference, 1)                                                                                             \
    PJ_F(f8, ratio, 1)                                                                                                 \
    PJ_F(f8, ratio_lower, 1)                                                                                           \
    PJ_F(f8, ratio_upper, 1)                                                                                           \
    PJ_F(f8, difference, 1)                                                                                            \
    PJ_F(f8, difference_lower, 1)                                                                                      \
    PJ_F(f8, difference_upper, 1)                                                                                      \
    PJ_F(f8, p, 1)                                                                                                     \
    PJ_F(f8, q, 1)                                                                                                     \
    PJ_F(i4, family, 1)                                                                                                \
    PJ_F(f8, smallest_detectable, 1)                                                                                   \
    PJ_F(f8, dispersion, 1)                                                                                            \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(f8, level, 1)                                                                                                 \
    PJ_F(U, against, 16)                                                                                               \
    PJ_F(U, method, 16)                                                                                                \
    PJ_F(U, flag, 32)

/* A trend within one segment of a series: the ratio a year of a log-linear rate, or the slope a year of Theil and Sen.
 */
#define PJ_TREND(PJ_F)                                                                                                 \
    PJ_F(U, name, 96)                                                                                                  \
    PJ_F(i4, segment, 1)                                                                                               \
    PJ_F(U, first, 24)                                                                                                 \
    PJ_F(U, last, 24)                                                                                                  \
    PJ_F(i4, points, 1)                                                                                                \
    PJ_F(f8, count, 1)                                                                                                 \
    PJ_F(f8, ratio, 1)                                                                                                 \
    PJ_F(f8, ratio_lower, 1)                                                                                           \
    PJ_F(f8, ratio_upper, 1)                                                                                           \
    PJ_F(f8, slope, 1)                                                                                                 \
    PJ_F(f8, slope_lower, 1)                                                                                           \
    PJ_F(f8, slope_upper, 1)                                                                                           \
    PJ_F(f8, tau, 1)                                                                                                   \
    PJ_F(f8, p, 1)                                                                                                     \
    PJ_F(f8, q, 1)                                                                                                     \
    PJ_F(i4, family, 1)                                                                                                \
    PJ_F(f8, dispersion, 1)                                                                                            \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(f8, level, 1)                                                                                                 \
    PJ_F(U, method, 16)                                                                                                \
    PJ_F(U, flag, 32)

/* A count that is hidden, and between what an outsider can bound it; `upper` may be infinite. */
#define PJ_HIDDEN(PJ_F)                                                                                                \
    PJ_F(i8, row, 1)                                                                                                   \
    PJ_F(i8, column, 1)                                                                                                \
    PJ_F(U, row_name, 96)                                                                                              \
    PJ_F(U, column_name, 96)                                                                                           \
    PJ_F(U, reason, 12)                                                                                                \
    PJ_F(f8, lower, 1)                                                                                                 \
    PJ_F(f8, upper, 1)

/* All inspections of a service in order. `change`: the overall rating less the one before, NaN unless both are of one
 * framework; NaN, too, where the dates are too rough for months. `flag` is of the comparison, `doubt` of the row. */
#define PJ_HISTORY(PJ_F)                                                                                               \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(i2, year, 1)                                                                                                  \
    PJ_F(D, published, 1)                                                                                              \
    PJ_F(i1, published_precision, 1)                                                                                   \
    PJ_F(i1, overall, 1)                                                                                               \
    PJ_F(U, overall_word, 24)                                                                                          \
    PJ_F(i2, score, 1)                                                                                                 \
    PJ_F(i2, max_score, 1)                                                                                             \
    PJ_F(f8, change, 1)                                                                                                \
    PJ_F(f8, score_change, 1)                                                                                          \
    PJ_F(f8, months_since_previous, 1)                                                                                 \
    PJ_F(i2, years_since_previous, 1)                                                                                  \
    PJ_F(i4, sources, 1)                                                                                               \
    PJ_F(U, source, 256)                                                                                               \
    PJ_F(U, other_sources, 640)                                                                                        \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_F(U, flag, 32)                                                                                                  \
    PJ_F(U, doubt, 32)

/* Figures that come with the package: a count, its population, and the rate as printed per `per`. */
#define PJ_PUBLISHED_COUNT(PJ_F)                                                                                       \
    PJ_F(U, period, 16)                                                                                                \
    PJ_F(D, period_start, 1)                                                                                           \
    PJ_F(D, period_end, 1)                                                                                             \
    PJ_F(U, region, 32)                                                                                                \
    PJ_F(U, area, 96)                                                                                                  \
    PJ_F(U, area_code, 16)                                                                                             \
    PJ_F(i8, count, 1)                                                                                                 \
    PJ_F(i8, population, 1)                                                                                            \
    PJ_F(f8, rate, 1)                                                                                                  \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(U, base, 32)

/* An inspection's outcome as one source tells it; `form` and `page` as far as the source has them. */
#define PJ_PUBLISHED_OUTCOME(PJ_F)                                                                                     \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(i2, year, 1)                                                                                                  \
    PJ_F(b1, year_printed, 1)                                                                                          \
    PJ_F(U, framework, 16)                                                                                             \
    PJ_F(U, form, 16)                                                                                                  \
    PJ_F(i1, overall, 1)                                                                                               \
    PJ_F(U, overall_word, 24)                                                                                          \
    PJ_F(i2, score, 1)                                                                                                 \
    PJ_F(i2, max_score, 1)                                                                                             \
    PJ_F(b1, score_printed, 1)                                                                                         \
    PJ_F(U, finding, 192)                                                                                              \
    PJ_F(D, published, 1)                                                                                              \
    PJ_F(i1, published_precision, 1)                                                                                   \
    PJ_F(b1, disputed, 1)                                                                                              \
    PJ_F(U, source, 256)                                                                                               \
    PJ_F(U, page, 256)
/* A group against a reference; NaN for what is not known or not defined. `holds`: whether the conclusion is the same
 * for every value that a suppressed count may have (1 or 0; -1: nothing is suppressed). */
#define PJ_DISPARITY(PJ_F)                                                                                             \
    PJ_F(U, group, 96)                                                                                                 \
    PJ_F(U, reference, 96)                                                                                             \
    PJ_F(U, kind, 12)                                                                                                  \
    PJ_F(f8, events, 1)                                                                                                \
    PJ_F(f8, base, 1)                                                                                                  \
    PJ_F(f8, reference_events, 1)                                                                                      \
    PJ_F(f8, reference_base, 1)                                                                                        \
    PJ_F(f8, per, 1)                                                                                                   \
    PJ_F(f8, rate, 1)                                                                                                  \
    PJ_F(f8, rate_lower, 1)                                                                                            \
    PJ_F(f8, rate_upper, 1)                                                                                            \
    PJ_F(f8, reference_rate, 1)                                                                                        \
    PJ_F(f8, ratio, 1)                                                                                                 \
    PJ_F(f8, ratio_lower, 1)                                                                                           \
    PJ_F(f8, ratio_upper, 1)                                                                                           \
    PJ_F(f8, difference, 1)                                                                                            \
    PJ_F(f8, difference_lower, 1)                                                                                      \
    PJ_F(f8, difference_upper, 1)                                                                                      \
    PJ_F(f8, odds_ratio, 1)                                                                                            \
    PJ_F(f8, odds_ratio_lower, 1)                                                                                      \
    PJ_F(f8, odds_ratio_upper, 1)                                                                                      \
    PJ_F(f8, difference_from_parity, 1)                                                                                \
    PJ_F(f8, difference_from_parity_lower, 1)                                                                          \
    PJ_F(f8, difference_from_parity_upper, 1)                                                                          \
    PJ_F(f8, events_least, 1)                                                                                          \
    PJ_F(f8, events_most, 1)                                                                                           \
    PJ_F(f8, ratio_least, 1)                                                                                           \
    PJ_F(f8, ratio_most, 1)                                                                                            \
    PJ_F(i1, holds, 1)                                                                                                 \
    PJ_F(f8, smallest_detectable, 1)                                                                                   \
    PJ_F(f8, p, 1)                                                                                                     \
    PJ_F(f8, q, 1)                                                                                                     \
    PJ_F(i4, family, 1)                                                                                                \
    PJ_F(f8, level, 1)                                                                                                 \
    PJ_F(U, method, 32)                                                                                                \
    PJ_F(U, flag, 32)

/* `step`: 'step' on the stage before, 'cumulative' on the first stage. */
#define PJ_PATHWAY(PJ_F)                                                                                               \
    PJ_F(U, stage, 32)                                                                                                 \
    PJ_F(U, before, 32)                                                                                                \
    PJ_F(U, step, 12)                                                                                                  \
    PJ_DISPARITY(PJ_F)

/* The fields of a disparity are the crude comparison; `left_out` are cases without yes or no. */
#define PJ_ADJUSTED(PJ_F)                                                                                              \
    PJ_F(U, outcome, 96)                                                                                               \
    PJ_DISPARITY(PJ_F)                                                                                                 \
    PJ_F(i8, children, 1)                                                                                              \
    PJ_F(i8, cases, 1)                                                                                                 \
    PJ_F(i8, left_out, 1)                                                                                              \
    PJ_F(i4, strata, 1)                                                                                                \
    PJ_F(i4, strata_used, 1)                                                                                           \
    PJ_F(f8, adjusted_ratio, 1)                                                                                        \
    PJ_F(f8, adjusted_ratio_lower, 1)                                                                                  \
    PJ_F(f8, adjusted_ratio_upper, 1)                                                                                  \
    PJ_F(f8, adjusted_odds_ratio, 1)                                                                                   \
    PJ_F(f8, adjusted_odds_ratio_lower, 1)                                                                             \
    PJ_F(f8, adjusted_odds_ratio_upper, 1)                                                                             \
    PJ_F(f8, adjusted_p, 1)                                                                                            \
    PJ_F(f8, adjusted_q, 1)                                                                                            \
    PJ_F(f8, bootstrap_lower, 1)                                                                                       \
    PJ_F(f8, bootstrap_upper, 1)                                                                                       \
    PJ_F(i4, resamples, 1)                                                                                             \
    PJ_F(i4, undefined, 1)                                                                                             \
    PJ_F(U, adjusted_method, 32)

/* A share of a caseload beside a share of a population, in percent; from a report with its date and place. */
#define PJ_SHARE(PJ_F)                                                                                                 \
    PJ_F(U, group, 96)                                                                                                 \
    PJ_F(f8, caseload_share, 1)                                                                                        \
    PJ_F(f8, caseload_share_lower, 1)                                                                                  \
    PJ_F(f8, caseload_share_upper, 1)                                                                                  \
    PJ_F(f8, population_share, 1)                                                                                      \
    PJ_F(f8, ratio, 1)                                                                                                 \
    PJ_F(f8, ratio_lower, 1)                                                                                           \
    PJ_F(f8, ratio_upper, 1)                                                                                           \
    PJ_F(f8, difference, 1)                                                                                            \
    PJ_F(f8, difference_lower, 1)                                                                                      \
    PJ_F(f8, difference_upper, 1)                                                                                      \
    PJ_F(f8, p, 1)                                                                                                     \
    PJ_F(f8, q, 1)                                                                                                     \
    PJ_F(i4, family, 1)                                                                                                \
    PJ_F(f8, n, 1)                                                                                                     \
    PJ_F(f8, unknown_share, 1)                                                                                         \
    PJ_F(f8, level, 1)                                                                                                 \
    PJ_F(U, population, 16)                                                                                            \
    PJ_F(U, service, 96)                                                                                               \
    PJ_F(D, published, 1)                                                                                              \
    PJ_F(D, fieldwork, 1)                                                                                              \
    PJ_F(U, as_of, 96)                                                                                                 \
    PJ_F(i4, report, 1)                                                                                                \
    PJ_PLACE(PJ_F)                                                                                                     \
    PJ_F(U, method, 32)                                                                                                \
    PJ_F(U, flag, 32)

/* A label and the group of a classification that it names; '' if it names none. */
#define PJ_GROUPED(PJ_F)                                                                                               \
    PJ_F(U, label, 96)                                                                                                 \
    PJ_F(U, group, 96)                                                                                                 \
    PJ_F(U, flag, 32)
#endif
