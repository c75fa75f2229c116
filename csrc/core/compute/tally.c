#include "compute/tally.h"

#include <string.h>

static pj_intern *names_of(const pj_tally *tally, size_t key) {
    return &PJ_AT(&tally->names, pj_intern, key);
}

pj_status pj_tally_init(pj_tally *tally, size_t keys, size_t questions, size_t values, pj_alloc alloc, pj_error *err) {
    tally->keys = keys;
    tally->questions = questions;
    tally->values = values;
    pj_vec_init(&tally->names, alloc, sizeof(pj_intern));
    pj_intern_init(&tally->groups, alloc);
    pj_vec_init(&tally->rows, alloc, sizeof(int64_t));
    pj_vec_init(&tally->counts, alloc, sizeof(int64_t));
    PJ_TRY(pj_vec_reserve(&tally->names, keys, err));
    for (; tally->names.len < keys; tally->names.len++) {
        pj_intern_init(names_of(tally, tally->names.len), alloc);
    }
    return PJ_OK;
}

void pj_tally_free(pj_tally *tally) {
    for (size_t key = 0; key < tally->names.len; key++) {
        pj_intern_free(names_of(tally, key));
    }
    pj_vec_free(&tally->names);
    pj_intern_free(&tally->groups);
    pj_vec_free(&tally->rows);
    pj_vec_free(&tally->counts);
}

pj_status pj_tally_name(pj_tally *tally, size_t key, const char *text, size_t len, uint32_t *number, pj_error *err) {
    return pj_intern_add(names_of(tally, key), text, len, number, err);
}

pj_status pj_tally_group(pj_tally *tally, const uint32_t *names, uint32_t *group, pj_error *err) {
    size_t width = tally->questions * tally->values;
    void *zero = NULL;
    if (tally->keys == 1 && names[0] < tally->rows.len) {
        *group = names[0]; /* with one key, groups are met in the order of its names */
        return PJ_OK;
    }
    PJ_TRY(pj_intern_add(&tally->groups, (const char *)names, tally->keys * sizeof(*names), group, err));
    if (*group < tally->rows.len) {
        return PJ_OK;
    }
    PJ_TRY(pj_vec_reserve(&tally->counts, width, err));
    PJ_TRY(pj_vec_push(&tally->rows, &zero, err));
    if (width > 0) {
        memset(&PJ_AT(&tally->counts, int64_t, tally->counts.len), 0, width * sizeof(int64_t));
    }
    tally->counts.len += width;
    return PJ_OK;
}

void pj_tally_add(pj_tally *tally, uint32_t group, const uint8_t *values) {
    PJ_AT(&tally->rows, int64_t, group)++;
    if (tally->questions == 0) {
        return; /* no counts at all: there is no array to point into */
    }
    int64_t *counts = &PJ_AT(&tally->counts, int64_t, group * tally->questions * tally->values);
    for (size_t q = 0; q < tally->questions; q++) {
        counts[values[q]]++;
        counts += tally->values;
    }
}

/* The group of this tally that has the names of group `g` of the other. `names` has room for one number a key. */
static pj_status same_group(pj_tally *tally, const pj_tally *other, uint32_t g, uint32_t *names, uint32_t *group,
                            pj_error *err) {
    size_t len = 0;
    const char *theirs = pj_intern_at(&other->groups, g, &len);
    for (size_t key = 0; key < tally->keys; key++) {
        uint32_t number = 0;
        memcpy(&number, theirs + key * sizeof(number), sizeof(number));
        const char *text = pj_intern_at(names_of(other, key), number, &len);
        PJ_TRY(pj_tally_name(tally, key, text, len, &names[key], err));
    }
    return pj_tally_group(tally, names, group, err);
}

pj_status pj_tally_absorb(pj_tally *tally, const pj_tally *other, pj_error *err) {
    size_t width = tally->questions * tally->values;
    pj_vec names;
    pj_vec_init(&names, tally->rows.alloc, sizeof(uint32_t));
    pj_status status = pj_vec_reserve(&names, tally->keys + 1, err);
    for (uint32_t g = 0; g < other->rows.len && status == PJ_OK; g++) {
        uint32_t own = 0;
        status = same_group(tally, other, g, names.data, &own, err);
        if (status == PJ_OK) {
            PJ_AT(&tally->rows, int64_t, own) += PJ_AT(&other->rows, int64_t, g);
            for (size_t i = 0; i < width; i++) {
                PJ_AT(&tally->counts, int64_t, own *width + i) += PJ_AT(&other->counts, int64_t, g *width + i);
            }
        }
    }
    pj_vec_free(&names);
    return status;
}
