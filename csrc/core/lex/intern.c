#include "lex/intern.h"

#include <string.h>

#define LEAST_SLOTS 64
#define MOST ((size_t)INT32_MAX)

void pj_intern_init(pj_intern *intern, pj_alloc alloc) {
    pj_vec_init(&intern->entries, alloc, sizeof(pj_interned));
    pj_vec_init(&intern->bytes, alloc, 1);
    pj_vec_init(&intern->slots, alloc, sizeof(uint32_t));
}

void pj_intern_free(pj_intern *intern) {
    pj_vec_free(&intern->entries);
    pj_vec_free(&intern->bytes);
    pj_vec_free(&intern->slots);
}

/* Up to eight bytes as a word; fixed sizes only, for a copy of a size not known costs more than the rest. */
static uint64_t short_word(const char *text, size_t len) {
    uint32_t first = 0;
    uint32_t last = 0;
    if (len >= sizeof(first)) {
        memcpy(&first, text, sizeof(first));
        memcpy(&last, text + len - sizeof(last), sizeof(last)); /* the two may overlap */
        return (uint64_t)first << 32 | last;
    }
    for (size_t i = 0; i < len; i++) {
        last = last << 8 | (unsigned char)text[i];
    }
    return last;
}

/* A word at a time, each multiplied in; the upper half of the product is what mixes well. */
static uint32_t hash_of(const char *text, size_t len) {
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = (uint64_t)len * odd;
    uint64_t word = 0;
    for (; len > sizeof(word); text += sizeof(word), len -= sizeof(word)) {
        memcpy(&word, text, sizeof(word));
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    hash = (hash ^ short_word(text, len)) * odd;
    return (uint32_t)(hash >> 32);
}

static const pj_interned *entry(const pj_intern *intern, uint32_t number) {
    return &PJ_AT(&intern->entries, pj_interned, number);
}

/* The slot of a string, or the free one where it belongs. There is always a free one. */
static size_t slot_of(const pj_intern *intern, const char *text, size_t len, uint32_t hash) {
    const char *bytes = intern->bytes.data;
    size_t mask = intern->slots.len - 1;
    size_t slot = hash & mask;
    for (;;) {
        uint32_t number = PJ_AT(&intern->slots, uint32_t, slot);
        if (number == 0) {
            return slot;
        }
        const pj_interned *e = entry(intern, number - 1);
        if (e->hash == hash && e->len == len && (len == 0 || memcmp(bytes + e->start, text, len) == 0)) {
            return slot;
        }
        slot = (slot + 1) & mask;
    }
}

static pj_status grow(pj_intern *intern, pj_error *err) {
    size_t n = intern->slots.len == 0 ? LEAST_SLOTS : intern->slots.len * 2;
    pj_vec slots;
    pj_vec_init(&slots, intern->slots.alloc, sizeof(uint32_t));
    PJ_TRY(pj_vec_reserve(&slots, n, err));
    memset(slots.data, 0, n * sizeof(uint32_t));
    slots.len = n;
    pj_vec_free(&intern->slots);
    intern->slots = slots;
    for (uint32_t i = 0; i < intern->entries.len; i++) {
        size_t slot = entry(intern, i)->hash & (n - 1);
        while (PJ_AT(&intern->slots, uint32_t, slot) != 0) {
            slot = (slot + 1) & (n - 1);
        }
        PJ_AT(&intern->slots, uint32_t, slot) = i + 1;
    }
    return PJ_OK;
}

pj_status pj_intern_add(pj_intern *intern, const char *text, size_t len, uint32_t *number, pj_error *err) {
    if (intern->entries.len * 2 >= intern->slots.len) {
        if (intern->entries.len >= MOST) {
            return pj_fail(err, PJ_ELIMIT, 0, 0, "more different values than can be numbered");
        }
        PJ_TRY(grow(intern, err));
    }
    uint32_t hash = hash_of(text, len);
    size_t slot = slot_of(intern, text, len, hash);
    uint32_t found = PJ_AT(&intern->slots, uint32_t, slot);
    if (found != 0) {
        *number = found - 1;
        return PJ_OK;
    }
    pj_interned made = {intern->bytes.len, len, hash};
    PJ_TRY(pj_vec_reserve(&intern->entries, 1, err));
    PJ_TRY(pj_vec_append(&intern->bytes, text, len, err));
    *number = (uint32_t)intern->entries.len;
    PJ_TRY(pj_vec_append(&intern->entries, &made, 1, err));
    PJ_AT(&intern->slots, uint32_t, slot) = *number + 1;
    return PJ_OK;
}

uint32_t pj_intern_find(const pj_intern *intern, const char *text, size_t len) {
    if (intern->slots.len == 0) {
        return PJ_INTERN_NONE;
    }
    size_t slot = slot_of(intern, text, len, hash_of(text, len));
    return PJ_AT(&intern->slots, uint32_t, slot) - 1; /* an empty slot, 0, becomes PJ_INTERN_NONE */
}

size_t pj_intern_count(const pj_intern *intern) {
    return intern->entries.len;
}

const char *pj_intern_at(const pj_intern *intern, uint32_t number, size_t *len) {
    const pj_interned *e = entry(intern, number);
    *len = e->len;
    return e->len == 0 ? "" : (const char *)intern->bytes.data + e->start; /* there may be no bytes at all */
}
