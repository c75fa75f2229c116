/* A table of key questions while it is read; internal to the passes over questions. */
#ifndef PJ_READ_ZONE_H
#define PJ_READ_ZONE_H

#include "read/reader.h"

#define PJ_MOST_ROWS 16

typedef struct pj_asked {
    uint32_t first; /* tokens [first, last) of the question; equal for none */
    uint32_t last;
    uint32_t lead_first;
    uint32_t lead_last;
    uint32_t figure; /* the token of the percentage */
    double percent;
    int32_t yes;
    int32_t cases;
} pj_asked;

typedef struct pj_zone {
    pj_reader *r;
    int standard;
    pj_asked rows[PJ_MOST_ROWS];
    size_t n;
    size_t answered; /* rows before this one have their percentage */
    uint32_t lead_first;
    uint32_t lead_last;
    int32_t yes; /* a printed count that waits for its percentage */
    int32_t cases;
    uint32_t first; /* where the text under way began */
    uint32_t held;  /* a figure met in the middle of the text under way; PJ_NONE */
    double held_percent;
    size_t held_end;     /* where its question ends */
    uint32_t figure_end; /* one past the last figure read */
    bool leading;        /* figures stand before their questions */
    bool columns;        /* a question has figures in several columns: which is this inspection's is not known */
    bool headed;         /* the column of figures has its head, "% 'Yes'" */
    unsigned words;
} pj_zone;

/* Where a table may begin: the first token of its content at or behind token `i`, or PJ_NONE. */
uint32_t pj_zone_opens(const pj_reader *r, size_t i, size_t *last);
/* Read a table of `standard` that begins at token `first` and may not go beyond `end`; returns where it ends. */
size_t pj_zone_read(pj_reader *r, int standard, size_t first, size_t end, bool headed, pj_zone *zone);
/* The framework's number for a question that is recognised, else 0. */
int pj_zone_number(const pj_zone *zone, const pj_asked *row);
/* A percentage at token `i`. */
bool pj_percent_read(const pj_reader *r, size_t i, pj_number *n, size_t *last);

#endif
