/* Distinct byte strings, numbered from 0 in the order in which they are first met. */
#ifndef PJ_LEX_INTERN_H
#define PJ_LEX_INTERN_H

#include <stdbool.h>

#include "base/vec.h"

typedef struct pj_interned {
    size_t start; /* in `bytes` */
    size_t len;
    uint32_t hash;
} pj_interned;

typedef struct pj_intern {
    pj_vec entries; /* pj_interned */
    pj_vec bytes;   /* char */
    pj_vec slots;   /* uint64_t: an entry's hash and number + 1, 0 for none; a power of two of them */
} pj_intern;

#define PJ_INTERN_NONE UINT32_MAX

/* No memory is taken before the first string. */
void pj_intern_init(pj_intern *intern, pj_alloc alloc);
void pj_intern_free(pj_intern *intern);

/* Store the number of a string in `*number`, adding it if it is new. PJ_ELIMIT for the 2^31st string. */
PJ_NODISCARD pj_status pj_intern_add(pj_intern *intern, const char *text, size_t len, uint32_t *number, pj_error *err);

/* Add all strings of another one, and store the number of each in `numbers`, which has room for as many. */
PJ_NODISCARD pj_status pj_intern_absorb(pj_intern *intern, const pj_intern *other, uint32_t *numbers, pj_error *err);

/* The number of a string, or PJ_INTERN_NONE. */
uint32_t pj_intern_find(const pj_intern *intern, const char *text, size_t len);

size_t pj_intern_count(const pj_intern *intern);

/* The string of a number below the count; it moves when another is added. */
const char *pj_intern_at(const pj_intern *intern, uint32_t number, size_t *len);

#endif
