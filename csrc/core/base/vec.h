/* A growing array of equal items. Callers name the type at access: `PJ_AT(vec, pj_token, i)`. */
#ifndef PJ_BASE_VEC_H
#define PJ_BASE_VEC_H

#include "base/alloc.h"
#include "base/status.h"

typedef struct pj_vec {
    pj_alloc alloc;
    void *data;
    size_t len;
    size_t cap;
    size_t item;
} pj_vec;

#define PJ_AT(vec, type, i) (((type *)(vec)->data)[i])

/* No memory is taken before the first item. */
void pj_vec_init(pj_vec *vec, pj_alloc alloc, size_t item);

/* Safe on a zeroed vec and after an earlier free. */
void pj_vec_free(pj_vec *vec);

/* Room for `extra` more items. On failure the vec is as it was. */
PJ_NODISCARD pj_status pj_vec_reserve(pj_vec *vec, size_t extra, pj_error *err);

/* Room for one more item. Inline: it is asked for every item, and nearly always there. */
PJ_NODISCARD static inline pj_status pj_vec_room(pj_vec *vec, pj_error *err) {
    return vec->len < vec->cap ? PJ_OK : pj_vec_reserve(vec, 1, err);
}

/* Append one zeroed item and store its address in `*out` (padding is zeroed too: no heap bytes reach a result). */
PJ_NODISCARD pj_status pj_vec_push(pj_vec *vec, void **out, pj_error *err);

/* Append a copy of `n` items. */
PJ_NODISCARD pj_status pj_vec_append(pj_vec *vec, const void *items, size_t n, pj_error *err);

#endif
