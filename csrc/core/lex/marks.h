/* Where the signs of delimited text stand: delimiters, quotes, line ends. Everything between them is skipped unread. */
#ifndef PJ_LEX_MARKS_H
#define PJ_LEX_MARKS_H

#include <stddef.h>
#include <stdint.h>

/* Text looked through at a time: its marks (4 bytes each, one a byte at most) stay in the first cache. */
#define PJ_MARKS_WINDOW 4096

/* Store the offset of every delimiter, '"', LF and CR of text[from, to) in `marks`, in order, and return how many there
 * are. `to - from` is at most PJ_MARKS_WINDOW, `to` at most UINT32_MAX; `marks` has room for PJ_MARKS_WINDOW. Uses
 * the vector unit where the compiler's baseline has one. */
size_t pj_marks_find(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks);

/* The same, eight bytes at a time, for machines without it. */
size_t pj_marks_find_words(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks);

/* The same, a byte at a time: what the others must agree with. */
size_t pj_marks_find_scalar(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks);

#endif
