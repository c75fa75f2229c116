/* The least that C tests need: checks that say where, and an allocator that counts and fails on demand. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)

/* Print a check that failed, and count it. */
void check(bool holds, const char *what, const char *file, int line);

/* How many checks failed so far; prints how many were made. */
int checks_failed(void);

/* Blocks that live now; the allocation with number `fail_at` (0-based) and every later one fails. Each resize moves the
 * block, so that a pointer kept over it is found. */
typedef struct meter {
    size_t live;
    size_t calls;
    size_t fail_at;
} meter;

pj_alloc metered(meter *m);

/* A copy of `len` bytes in a block of exactly that size, so that reading one byte further is found. Caller frees. */
char *exact_copy(const char *bytes, size_t len);

/* The whole file in a block of exactly its size; ends the program if it cannot be read. Caller frees. */
char *read_file(const char *path, size_t *len);

#endif
