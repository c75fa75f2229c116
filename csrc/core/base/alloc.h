/* The allocator is a value handed in, so that tests can count blocks and fail any allocation. */
#ifndef PJ_BASE_ALLOC_H
#define PJ_BASE_ALLOC_H

#include <stddef.h>

/* `resize(ctx, block, size)`: block NULL allocates, size 0 frees and returns NULL, else as realloc. */
typedef struct pj_alloc {
    void *(*resize)(void *ctx, void *block, size_t size);
    void *ctx;
} pj_alloc;

/* The C library's allocator. */
pj_alloc pj_alloc_libc(void);

#endif
