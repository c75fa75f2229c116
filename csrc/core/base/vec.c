#include "base/vec.h"

#include <stdint.h>
#include <string.h>

void pj_vec_init(pj_vec *vec, pj_alloc alloc, size_t item) {
    vec->alloc = alloc;
    vec->data = NULL;
    vec->len = 0;
    vec->cap = 0;
    vec->item = item;
}

void pj_vec_free(pj_vec *vec) {
    if (vec->data != NULL) {
        (void)vec->alloc.resize(vec->alloc.ctx, vec->data, 0);
    }
    vec->data = NULL;
    vec->len = 0;
    vec->cap = 0;
}

pj_status pj_vec_reserve(pj_vec *vec, size_t extra, pj_error *err) {
    if (extra <= vec->cap - vec->len) {
        return PJ_OK;
    }
    size_t limit = SIZE_MAX / 2 / vec->item;
    if (extra > limit - vec->len) {
        return pj_fail(err, PJ_ELIMIT, 0, 0, "more items than memory can address");
    }
    size_t want = vec->len + extra;
    size_t cap = vec->cap < 8 ? 8 : vec->cap + vec->cap / 2;
    if (cap < want) {
        cap = want;
    }
    void *data = vec->alloc.resize(vec->alloc.ctx, vec->data, cap * vec->item);
    if (data == NULL) {
        return pj_fail(err, PJ_ENOMEM, 0, 0, "out of memory");
    }
    vec->data = data;
    vec->cap = cap;
    return PJ_OK;
}

pj_status pj_vec_push(pj_vec *vec, void **out, pj_error *err) {
    PJ_TRY(pj_vec_reserve(vec, 1, err));
    *out = (char *)vec->data + vec->len * vec->item;
    memset(*out, 0, vec->item);
    vec->len++;
    return PJ_OK;
}

pj_status pj_vec_append(pj_vec *vec, const void *items, size_t n, pj_error *err) {
    PJ_TRY(pj_vec_reserve(vec, n, err));
    if (n > 0) {
        memcpy((char *)vec->data + vec->len * vec->item, items, n * vec->item);
        vec->len += n;
    }
    return PJ_OK;
}
