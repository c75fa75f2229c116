/* Delimited text (CSV, TSV) as records of cells.
 *
 * A cell that starts with '"' is quoted: it holds delimiters and line ends, '""' stands for '"', and it ends at the
 * next single '"', behind which only blanks may follow. A '"' elsewhere is a character like any other. LF, CRLF and CR
 * end a record. Nothing is copied: cells are spans of the text. */
#ifndef PJ_LEX_SCAN_H
#define PJ_LEX_SCAN_H

#include <stdbool.h>

#include "base/alloc.h"
#include "base/status.h"
#include "lex/marks.h"

/* `len` is without the quotes; its top bit says that the cell holds '""' that stands for '"'. */
typedef struct pj_cell {
    uint32_t start;
    uint32_t len;
} pj_cell;

#define PJ_CELL_DOUBLED 0x80000000u

static inline uint32_t pj_cell_len(const pj_cell *cell) {
    return cell->len & ~PJ_CELL_DOUBLED;
}

/* Longest text that can be scanned at once. */
#define PJ_SCAN_LONGEST ((size_t)INT32_MAX)

/* One pass over a text of at most PJ_SCAN_LONGEST bytes. Fields are private but for what pj_scan_next stores. */
typedef struct pj_scan {
    const char *text;
    size_t len;
    char delimiter;
    /* of the record read last */
    size_t start; /* [start, end) without its line end */
    size_t end;
    size_t next;   /* where the next record starts */
    uint64_t line; /* 0-based line on which it starts */
    size_t cells;  /* how many it has; only the first `room` of them are stored */
    bool torn;     /* text behind a closing quote */
    /* between records */
    uint64_t lines; /* line ends before `next` */
    size_t seen;    /* the text before this has been looked through for marks */
    uint32_t n_marks;
    uint32_t at_mark;
    uint32_t marks[PJ_MARKS_WINDOW];
} pj_scan;

typedef enum pj_scan_end {
    PJ_SCAN_RECORD,
    PJ_SCAN_NO_MORE,
    PJ_SCAN_OPEN, /* the text ends inside of a quoted cell: `end` is where its quote opens, `line` on which line */
    PJ_SCAN_CUT   /* the text ends without a line end; the record is stored as far as it goes */
} pj_scan_end;

void pj_scan_init(pj_scan *scan, const char *text, size_t len, char delimiter);

/* Read one record; its first `room` cells are stored. */
pj_scan_end pj_scan_next(pj_scan *scan, pj_cell *cells, size_t room);

/* End of the last record of `text` that is complete whatever follows, 0 if none is: a CR at the very end may be half of
 * a CRLF, so it completes nothing. Where a quote stays open, its offset is stored in `*open`, else `len`. */
size_t pj_scan_cut(const char *text, size_t len, char delimiter, size_t *open);

/* Copy a cell's content to `out`, which has room for `pj_cell_len(cell)` bytes, with '""' made '"'; returns its length.
 */
size_t pj_cell_copy(const char *text, const pj_cell *cell, char *out);

#endif
