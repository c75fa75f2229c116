/* Counts of values by group: how many rows of each group had each value, in each of several questions. */
#ifndef PJ_COMPUTE_TALLY_H
#define PJ_COMPUTE_TALLY_H

#include "lex/intern.h"

typedef struct pj_tally {
    size_t keys;      /* columns that together name a group; none: all rows are one group */
    size_t questions; /* counted in each group */
    size_t values;    /* that a question may have: 0, 1, ... */
    pj_vec names;     /* pj_intern for each key: the texts met in it */
    pj_intern groups; /* the numbers of its names, a uint32_t for each key */
    pj_vec rows;      /* int64_t for each group */
    pj_vec counts;    /* int64_t for each group, question and value, in this order */
} pj_tally;

PJ_NODISCARD pj_status pj_tally_init(pj_tally *tally, size_t keys, size_t questions, size_t values, pj_alloc alloc,
                                     pj_error *err);
void pj_tally_free(pj_tally *tally);

/* The number of the text of a key. */
PJ_NODISCARD pj_status pj_tally_name(pj_tally *tally, size_t key, const char *text, size_t len, uint32_t *number,
                                     pj_error *err);

/* The group of these names, one for each key. */
PJ_NODISCARD pj_status pj_tally_group(pj_tally *tally, const uint32_t *names, uint32_t *group, pj_error *err);

/* Count one row: the value of each question, each less than `values`. */
void pj_tally_add(pj_tally *tally, uint32_t group, const uint8_t *values);

/* Add the counts of a tally of the same shape. Groups new to this one come in the order in which that one met them. On
 * failure the tally may only be freed. */
PJ_NODISCARD pj_status pj_tally_absorb(pj_tally *tally, const pj_tally *other, pj_error *err);

#endif
