#include "lex/scan.h"

#include <string.h>

/* Bytes at the end of a text in which a cut is looked for before the rest. */
#define CUT_WITHIN ((size_t)1 << 16)

void pj_scan_init(pj_scan *scan, const char *text, size_t len, char delimiter) {
    scan->text = text;
    scan->len = len;
    scan->delimiter = delimiter;
    scan->start = 0;
    scan->end = 0;
    scan->next = 0;
    scan->line = 0;
    scan->cells = 0;
    scan->torn = false;
    scan->lines = 0;
    scan->seen = 0;
    scan->n_marks = 0;
    scan->at_mark = 0;
}

/* Fill the window of marks; false at the end of the text. */
static bool refill(pj_scan *scan) {
    scan->at_mark = 0;
    scan->n_marks = 0;
    while (scan->n_marks == 0 && scan->seen < scan->len) {
        size_t to = scan->len - scan->seen > PJ_MARKS_WINDOW ? scan->seen + PJ_MARKS_WINDOW : scan->len;
        scan->n_marks = (uint32_t)pj_marks_find(scan->text, scan->seen, to, scan->delimiter, scan->marks);
        scan->seen = to;
    }
    return scan->n_marks > 0;
}

/* Offset of the next mark without taking it; `len` if there is none. */
static size_t peek(pj_scan *scan) {
    if (scan->at_mark == scan->n_marks && !refill(scan)) {
        return scan->len;
    }
    return scan->marks[scan->at_mark];
}

/* Count the line end at a mark that has just been taken, and take the LF of a CRLF with it; returns where it ends. */
static size_t take_line_end(pj_scan *scan, size_t at) {
    scan->lines++;
    if (scan->text[at] == '\r' && at + 1 < scan->len && scan->text[at + 1] == '\n') {
        (void)peek(scan); /* the window may end between the two */
        scan->at_mark++;
        return at + 2;
    }
    return at + 1;
}

/* Read on behind an opening quote, which has been taken: store the cell, with its quotes dropped. False if the text
 * ends before the cell does. */
static bool read_quoted(pj_scan *scan, size_t start, pj_cell *cell) {
    uint32_t doubled = 0;
    for (;;) {
        size_t at = peek(scan);
        if (at == scan->len) {
            return false;
        }
        scan->at_mark++;
        char c = scan->text[at];
        if (c == '\n' || c == '\r') {
            (void)take_line_end(scan, at);
        } else if (c == '"' && at + 1 < scan->len && scan->text[at + 1] == '"') {
            (void)peek(scan);
            scan->at_mark++;
            doubled = PJ_CELL_DOUBLED;
        } else if (c == '"') {
            cell->start = (uint32_t)start;
            cell->len = (uint32_t)(at - start) | doubled;
            return true;
        }
    }
}

static bool all_blank(const char *text, size_t from, size_t to) {
    while (from < to && (text[from] == ' ' || text[from] == '\t')) {
        from++;
    }
    return from == to;
}

/* The common record: `room` cells without a quote, their marks all at hand. False, with nothing taken, for any other.
 */
static bool next_plain(pj_scan *scan, pj_cell *cells, size_t room) {
    if (room == 0 || scan->n_marks - scan->at_mark < room) {
        return false;
    }
    const char *text = scan->text;
    const uint32_t *marks = scan->marks + scan->at_mark;
    uint32_t start = (uint32_t)scan->next;
    bool plain = text[marks[room - 1]] == '\n' || text[marks[room - 1]] == '\r';
    for (size_t i = 0; i + 1 < room && plain; i += 8) {
        size_t until = i + 8 < room - 1 ? i + 8 : room - 1;
        for (size_t j = i; j < until; j++) {
            plain &= text[marks[j]] == scan->delimiter;
        }
    }
    if (!plain) {
        return false;
    }
    scan->start = scan->next;
    scan->line = scan->lines;
    scan->torn = false;
    for (size_t i = 0; i < room; i++) {
        cells[i].start = start;
        cells[i].len = marks[i] - start;
        start = marks[i] + 1;
    }
    scan->cells = room;
    scan->end = start - 1;
    scan->at_mark += (uint32_t)room;
    scan->next = take_line_end(scan, scan->end);
    return true;
}

pj_scan_end pj_scan_next(pj_scan *scan, pj_cell *cells, size_t room) {
    if (next_plain(scan, cells, room)) {
        return PJ_SCAN_RECORD;
    }
    const char *text = scan->text;
    size_t start = scan->next; /* of the cell at hand */
    size_t n = 0;
    bool quoted = false;
    size_t closed = 0; /* behind the quote that closed the cell at hand */
    pj_cell cell = {0, 0};
    if (start >= scan->len) {
        return PJ_SCAN_NO_MORE;
    }
    scan->start = start;
    scan->line = scan->lines;
    scan->torn = false;
    for (;;) {
        size_t at = peek(scan);
        char c = at < scan->len ? text[at] : '\n';
        if (c == '"') {
            scan->at_mark++;
            if (at == start) {
                uint64_t opened = scan->lines;
                quoted = read_quoted(scan, at + 1, &cell);
                if (!quoted) {
                    scan->line = opened;
                    scan->end = at;
                    return PJ_SCAN_OPEN;
                }
                closed = (size_t)cell.start + pj_cell_len(&cell) + 1;
            }
            continue;
        }
        if (quoted) {
            scan->torn |= !all_blank(text, closed, at);
        } else {
            cell.start = (uint32_t)start;
            cell.len = (uint32_t)(at - start);
        }
        if (n < room) {
            cells[n] = cell;
        }
        n++;
        if (c != '\n' && c != '\r') { /* a delimiter */
            scan->at_mark++;
            start = at + 1;
            quoted = false;
            continue;
        }
        scan->cells = n;
        scan->end = at;
        if (at == scan->len) {
            scan->next = at;
            return PJ_SCAN_CUT;
        }
        scan->at_mark++;
        scan->next = take_line_end(scan, at);
        return PJ_SCAN_RECORD;
    }
}

/* Behind the last line end of text[from, to); `from` if there is none. */
static size_t behind_line_end(const char *text, size_t from, size_t to) {
    while (to > from && text[to - 1] != '\n' && text[to - 1] != '\r') {
        to--;
    }
    return to;
}

/* Behind the quote that closes a cell whose content starts at `at`; `len` + 1 if none does. */
static size_t behind_quoted(const char *text, size_t at, size_t len) {
    for (;;) {
        const char *quote = at < len ? memchr(text + at, '"', len - at) : NULL;
        if (quote == NULL) {
            return len + 1;
        }
        at = (size_t)(quote - text) + 1;
        if (at == len || text[at] != '"') {
            return at;
        }
        at++; /* '""' stands for one */
    }
}

/* The cut as pj_scan_cut has it, if it lies behind `least`, else 0. Goes from quote to quote: only they tell which
 * line ends are within a cell. */
static size_t cut_behind(const char *text, size_t len, char delimiter, size_t least, size_t *open) {
    size_t cut = 0;
    size_t from = 0; /* outside of quotes */
    while (from <= len) {
        const char *quote = from < len ? memchr(text + from, '"', len - from) : NULL;
        size_t at = quote != NULL ? (size_t)(quote - text) : len;
        if (at >= least) {
            /* A CR at the very end may be half of a CRLF. */
            size_t to = at == len && at > from && text[at - 1] == '\r' ? at - 1 : at;
            size_t low = from > least ? from : least;
            size_t end = behind_line_end(text, low, to);
            cut = end > low ? end : cut;
        }
        if (quote == NULL) {
            break;
        }
        char before = at > 0 ? text[at - 1] : '\n';
        bool opens = before == delimiter || before == '\n' || before == '\r';
        from = opens ? behind_quoted(text, at + 1, len) : at + 1;
        *open = from > len ? at : len;
    }
    return cut;
}

size_t pj_scan_cut(const char *text, size_t len, char delimiter, size_t *open) {
    *open = len;
    if (len == 0) {
        return 0;
    }
    /* The last record nearly always ends close to the end: line ends are looked for there first. */
    size_t cut = cut_behind(text, len, delimiter, len > CUT_WITHIN ? len - CUT_WITHIN : 0, open);
    return cut > 0 || len <= CUT_WITHIN ? cut : cut_behind(text, len, delimiter, 0, open);
}

size_t pj_cell_copy(const char *text, const pj_cell *cell, char *out) {
    size_t len = pj_cell_len(cell);
    const char *from = text + cell->start;
    if (len == cell->len) {
        memcpy(out, from, len);
        return len;
    }
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        out[n++] = from[i];
        i += from[i] == '"'; /* the second of two */
    }
    return n;
}
