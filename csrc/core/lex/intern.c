#include "lex/intern.h"

#include <string.h>

#define LEAST_SLOTS 64
#define MOST ((size_t)INT32_MAX)
/* Strings between the one at hand and the one whose slot is fetched. */
#define AHEAD 16

void pj_intern_init(pj_intern *intern, pj_alloc alloc) {
    pj_vec_init(&intern->entries, alloc, sizeof(pj_interned));
    pj_vec_init(&intern->bytes, alloc, 1);
    pj_vec_init(&intern->slots, alloc, sizeof(uint64_t));
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

static uint64_t word_at(const char *text) {
    uint64_t word = 0;
    memcpy(&word, text, sizeof(word));
    return word;
}

/* Whether two texts of one length are the same; most are short, for which a call costs more than the comparison. */
static bool same(const char *a, const char *b, size_t len) {
    if (len > 2 * sizeof(uint64_t)) {
        return memcmp(a, b, len) == 0;
    }
    if (len >= sizeof(uint64_t)) {
        size_t last = len - sizeof(uint64_t); /* the two words may overlap */
        return word_at(a) == word_at(b) && word_at(a + last) == word_at(b + last);
    }
    return short_word(a, len) == short_word(b, len);
}

static uint64_t *slots_of(const pj_intern *intern) {
    return intern->slots.data;
}

static uint64_t slot_value(uint32_t hash, size_t number) {
    return (uint64_t)hash << 32 | (number + 1);
}

/* The number in a slot that is not free. */
static uint32_t number_in(uint64_t slot) {
    return (uint32_t)slot - 1;
}

/* The slot of a string, or the free one where it belongs. There is always a free one. Another string is told from it
 * by the hash in the slot, nearly always: the string itself lies elsewhere, and fetching it takes longer. */
static size_t slot_of(const pj_intern *intern, const char *text, size_t len, uint32_t hash) {
    const char *bytes = intern->bytes.data;
    const uint64_t *slots = slots_of(intern);
    size_t mask = intern->slots.len - 1;
    size_t slot = hash & mask;
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
        if (slots[slot] >> 32 == hash) {
            const pj_interned *e = entry(intern, number_in(slots[slot]));
            if (e->len == len && (len == 0 || same(bytes + e->start, text, len))) {
                break;
            }
        }
    }
    return slot;
}

static pj_status grow(pj_intern *intern, pj_error *err) {
    size_t n = intern->slots.len == 0 ? LEAST_SLOTS : intern->slots.len * 2;
    pj_vec made;
    pj_vec_init(&made, intern->slots.alloc, sizeof(uint64_t));
    PJ_TRY(pj_vec_reserve(&made, n, err));
    memset(made.data, 0, n * sizeof(uint64_t));
    made.len = n;
    pj_vec_free(&intern->slots);
    intern->slots = made;
    uint64_t *slots = slots_of(intern);
    for (size_t i = 0; i < intern->entries.len; i++) {
        uint32_t hash = entry(intern, (uint32_t)i)->hash;
        size_t slot = hash & (n - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (n - 1);
        }
        slots[slot] = slot_value(hash, i);
    }
    return PJ_OK;
}

/* Add a string whose hash is known. */
static pj_status add(pj_intern *intern, const char *text, size_t len, uint32_t hash, uint32_t *number, pj_error *err) {
    if (intern->entries.len * 2 >= intern->slots.len) {
        if (intern->entries.len >= MOST) {
            return pj_fail(err, PJ_ELIMIT, 0, 0, "more different values than can be numbered");
        }
        PJ_TRY(grow(intern, err));
    }
    size_t slot = slot_of(intern, text, len, hash);
    uint64_t *slots = slots_of(intern);
    if (slots[slot] != 0) {
        *number = number_in(slots[slot]);
        return PJ_OK;
    }
    pj_interned made = {intern->bytes.len, len, hash};
    PJ_TRY(pj_vec_reserve(&intern->entries, 1, err));
    PJ_TRY(pj_vec_append(&intern->bytes, text, len, err));
    *number = (uint32_t)intern->entries.len;
    PJ_TRY(pj_vec_append(&intern->entries, &made, 1, err));
    slots[slot] = slot_value(hash, *number);
    return PJ_OK;
}

pj_status pj_intern_add(pj_intern *intern, const char *text, size_t len, uint32_t *number, pj_error *err) {
    return add(intern, text, len, hash_of(text, len), number, err);
}

/* Fetch the slot of a hash into the cache: in a large table that is what a look-up waits for. */
static void fetch(const pj_intern *intern, uint32_t hash) {
#if defined(__GNUC__)
    if (intern->slots.len > 0) {
        __builtin_prefetch(slots_of(intern) + (hash & (intern->slots.len - 1)));
    }
#else
    (void)intern;
    (void)hash;
#endif
}

pj_status pj_intern_absorb(pj_intern *intern, const pj_intern *other, uint32_t *numbers, pj_error *err) {
    const pj_interned *theirs = other->entries.data;
    const char *bytes = other->bytes.data;
    size_t n = other->entries.len;
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n) {
            fetch(intern, theirs[i + AHEAD].hash);
        }
        const char *text = theirs[i].len == 0 ? "" : bytes + theirs[i].start;
        PJ_TRY(add(intern, text, theirs[i].len, theirs[i].hash, &numbers[i], err));
    }
    return PJ_OK;
}

uint32_t pj_intern_find(const pj_intern *intern, const char *text, size_t len) {
    if (intern->slots.len == 0) {
        return PJ_INTERN_NONE;
    }
    size_t slot = slot_of(intern, text, len, hash_of(text, len));
    return number_in(slots_of(intern)[slot]); /* an empty slot, 0, becomes PJ_INTERN_NONE */
}

size_t pj_intern_count(const pj_intern *intern) {
    return intern->entries.len;
}

const char *pj_intern_at(const pj_intern *intern, uint32_t number, size_t *len) {
    const pj_interned *e = entry(intern, number);
    *len = e->len;
    return e->len == 0 ? "" : (const char *)intern->bytes.data + e->start; /* there may be no bytes at all */
}
