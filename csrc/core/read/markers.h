/* What the signs of a published table mean: a dialect's table, handed in. The engine knows no publisher. */
#ifndef PJ_READ_MARKERS_H
#define PJ_READ_MARKERS_H

#include "lex/intern.h"

/* Why a cell has no figure: the closed list, PJ_F(NAME, text). The engine itself finds the first seven; the others are
 * what markers stand for. */
#define PJ_CELL_REASONS(PJ_F)                                                                                          \
    PJ_F(VALUE, "")                                                                                                    \
    PJ_F(BLANK, "blank")                                                                                               \
    PJ_F(UNREADABLE, "unreadable")                                                                                     \
    PJ_F(AMBIGUOUS, "ambiguous")                                                                                       \
    PJ_F(NOTE_ALONE, "note alone")                                                                                     \
    PJ_F(LIMIT, "limit")                                                                                               \
    PJ_F(RANGE, "range")                                                                                               \
    PJ_F(SUPPRESSED, "suppressed")                                                                                     \
    PJ_F(NOT_AVAILABLE, "not available")                                                                               \
    PJ_F(NOT_APPLICABLE, "not applicable")                                                                             \
    PJ_F(NOT_COLLECTED, "not collected")                                                                               \
    PJ_F(LOW, "low")                                                                                                   \
    PJ_F(UNRELIABLE, "unreliable")                                                                                     \
    PJ_F(MISSING, "missing")                                                                                           \
    PJ_F(NO_COLUMN, "no column")

#define PJ_CELL_REASON_CODE(NAME, text) PJ_CELL_##NAME,
typedef enum pj_cell_reason {
    PJ_CELL_REASONS(PJ_CELL_REASON_CODE) PJ_N_CELL_REASONS
} pj_cell_reason;

typedef enum pj_marker_place {
    PJ_MARKER_ALONE, /* stands in the place of a figure */
    PJ_MARKER_NOTE   /* stands beside one, which stays valid */
} pj_marker_place;

/* ALONE: a reason and the bounds of what it hides (NaN for none), in units of the last printed digit if `last_digit`;
 * or, for the reason PJ_CELL_VALUE, the value that it stands for. NOTE: `code` is the number of a bit, 0 to 30. */
typedef struct pj_marker {
    uint8_t place;
    uint8_t code;
    bool last_digit;
    double value;
    double lower;
    double upper;
} pj_marker;

/* Signs of a folded cell that are no ASCII: those in superscript have this bit, other characters are PJ_SIGN_OTHER. */
#define PJ_SIGN_RAISED 0x80u
#define PJ_SIGN_OTHER 0x7F
/* Longest cell, folded, that can be a figure or a marker. */
#define PJ_SIGNS 64

typedef struct pj_markers {
    pj_intern texts; /* the place, then the folded text */
    pj_vec markers;  /* pj_marker, one a text */
} pj_markers;

void pj_markers_init(pj_markers *markers, pj_alloc alloc);
void pj_markers_free(pj_markers *markers);

/* Add a marker, folded here. PJ_EVALUE for no text, one too long, a code out of range, or a text that already stands
 * for something else in this place. */
PJ_NODISCARD pj_status pj_markers_add(pj_markers *markers, const char *text, size_t len, const pj_marker *marker,
                                      pj_error *err);

/* The marker of a folded text of at most PJ_SIGNS bytes, NULL for none. */
const pj_marker *pj_markers_find(const pj_markers *markers, pj_marker_place place, const char *folded, size_t len);

/* Fold a cell of UTF-8: lower case, blanks of any kind one space and none at the ends, all dashes '-', all quotes one,
 * pounds and euros '$', at-most signs '<='. Returns the number of bytes, PJ_SIGNS + 1 if there are more; `out` has
 * room for PJ_SIGNS. */
size_t pj_cell_fold(const char *text, size_t len, char *out);

#endif
