#include "base/alloc.h"

#include <stdlib.h>

static void *resize_libc(void *ctx, void *block, size_t size) {
    (void)ctx;
    if (size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size);
}

pj_alloc pj_alloc_libc(void) {
    pj_alloc alloc = {resize_libc, NULL};
    return alloc;
}
