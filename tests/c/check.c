#include "check.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int made;
static int failed;

void check(bool holds, const char *what, const char *file, int line) {
    made++;
    if (!holds) {
        failed++;
        printf("%s:%d: %s\n", file, line, what);
    }
}

int checks_failed(void) {
    printf("%d checks, %d failed\n", made, failed);
    return failed;
}

/* In front of each block; as large as any alignment asks. */
typedef union header {
    size_t size;
    max_align_t align;
} header;

static void *resize(void *ctx, void *block, size_t size) {
    meter *m = ctx;
    header *old = block == NULL ? NULL : (header *)block - 1;
    if (size == 0) {
        m->live -= old != NULL ? 1 : 0;
        free(old);
        return NULL;
    }
    if (m->calls++ >= m->fail_at) {
        return NULL;
    }
    header *fresh = malloc(sizeof(header) + size);
    if (fresh == NULL) {
        return NULL;
    }
    fresh->size = size;
    if (old == NULL) {
        m->live++;
    } else {
        memcpy(fresh + 1, old + 1, old->size < size ? old->size : size);
        free(old);
    }
    return fresh + 1;
}

pj_alloc metered(meter *m) {
    pj_alloc alloc = {resize, m};
    return alloc;
}

char *exact_copy(const char *bytes, size_t len) {
    char *copy = malloc(len > 0 ? len : 1);
    if (copy == NULL) {
        abort();
    }
    memcpy(copy, bytes, len);
    return copy;
}

char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        long size = ftell(file);
        rewind(file);
        bytes = malloc(size > 0 ? (size_t)size : 1);
        *len = bytes == NULL ? 0 : fread(bytes, 1, (size_t)size, file);
    }
    if (bytes == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    fclose(file);
    return bytes;
}
