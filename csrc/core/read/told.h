/* The ratings that one sentence of prose tells, while it is made out whose they are; internal to the passes over
 * mentions. */
#ifndef PJ_READ_TOLD_H
#define PJ_READ_TOLD_H

#include "read/reader.h"

#define PJ_MOST_CANDIDATES 16 /* in one sentence */
#define PJ_NEAR 7             /* tokens between a cue and what it governs */

typedef enum pj_mention_role {
    PJ_MENTION_CURRENT,
    PJ_MENTION_PREVIOUS,
    PJ_MENTION_OTHER,
    PJ_MENTION_NOT_GIVEN
} pj_mention_role;

typedef struct pj_candidate {
    const pj_hit *hit;
    pj_mention_role role;
    int year;
    int standard;    /* of the chosen framework; -1 */
    bool some_part;  /* of an unnamed part */
    bool dated_only; /* called previous for no other reason than a year, the latest of an undated text */
    uint32_t service_first;
    uint32_t service_last;
} pj_candidate;

typedef struct pj_told {
    pj_reader *r;
    const pj_sentence *s;
    pj_candidate found[PJ_MOST_CANDIDATES];
    size_t n;
    bool earlier; /* the sentence before told of an earlier inspection, and this one goes on about it */
} pj_told;

static inline bool pj_quote_at(const pj_reader *r, size_t i) {
    return pj_sign_at(r, i, '\'') || pj_sign_at(r, i, '"');
}

/* attribution.c: of candidate `k` of a sentence */
void pj_find_year(pj_told *c, size_t k);
pj_mention_role pj_find_time(pj_told *c, size_t k);
bool pj_is_not_given(const pj_told *c, size_t k);
bool pj_is_of_another(pj_told *c, size_t k);
void pj_find_standard(pj_told *c, size_t k);
/* of all of them */
bool pj_only_quoted(const pj_told *c);
bool pj_is_recited(const pj_told *c);

#endif
