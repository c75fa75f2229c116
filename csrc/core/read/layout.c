/* How lines look: the small questions that the passes over lines share. */
#include "read/reader.h"

#define LONG_LINE 40  /* bytes; a shorter line of prose was not broken by a margin */
#define SMALL_WORDS 4 /* words without a capital in a line of running text, at least */

pj_status pj_event_push(pj_reader *r, pj_event_kind kind, size_t first, size_t last, pj_event **out) {
    void *slot = NULL;
    PJ_TRY(pj_vec_push(&r->events, &slot, r->err));
    pj_event *e = slot;
    e->kind = (uint8_t)kind;
    e->first = (uint32_t)first;
    e->last = (uint32_t)last;
    e->end = (uint32_t)last;
    e->hit = PJ_AT(&r->hit_of, const uint32_t, first);
    *out = e;
    return PJ_OK;
}

bool pj_ends_sentence(const pj_reader *r, size_t last) {
    return pj_sign_at(r, last - 1, '.') || pj_sign_at(r, last - 1, '?') || pj_sign_at(r, last - 1, '!') ||
           pj_sign_at(r, last - 1, ':') || pj_sign_at(r, last - 1, ';');
}

bool pj_running_text(const pj_reader *r, const pj_line *line) {
    unsigned small = 0;
    for (size_t i = line->first; i < line->last && small < SMALL_WORDS; i++) {
        small += pj_tok(r, i)->kind == PJ_WORD && !pj_tok(r, i)->upper ? 1u : 0u;
    }
    size_t length = pj_tok(r, line->last - 1)->end - pj_tok(r, line->first)->start;
    return length >= LONG_LINE && small >= SMALL_WORDS && !pj_ends_sentence(r, line->last);
}

bool pj_prose_goes_on(const pj_reader *r, size_t last) {
    return last < r->words.tokens.len && pj_tok(r, last)->gap == PJ_NEW_LINE && pj_tok(r, last)->kind == PJ_WORD &&
           !pj_tok(r, last)->upper;
}

void pj_mark_lines(pj_reader *r, size_t first, size_t last, int value) {
    for (size_t line = pj_tok(r, first)->line; line <= pj_tok(r, last - 1)->line; line++) {
        PJ_AT(&r->marks, uint8_t, line) |= (uint8_t)value;
    }
}

void pj_unmark_lines(pj_reader *r, size_t first, size_t last) {
    for (size_t line = pj_tok(r, first)->line; line <= pj_tok(r, last - 1)->line; line++) {
        PJ_AT(&r->marks, uint8_t, line) = 0;
    }
}

/* A heading as an item of a list is an entry of a contents list. */
bool pj_is_bulleted(const pj_reader *r, size_t first) {
    bool sign = pj_sign_at(r, first, '-') || pj_sign_at(r, first, '*');
    return sign && first + 1 < r->words.tokens.len && pj_tok(r, first + 1)->gap == PJ_SPACED;
}

unsigned pj_count_words(const pj_reader *r, size_t first, size_t last) {
    unsigned n = 0;
    for (size_t i = first; i < last && n <= PJ_TITLE_WORDS; i++) {
        n += pj_tok(r, i)->kind == PJ_WORD && pj_tok(r, i)->gap != PJ_GLUED ? 1u : 0u;
    }
    return n;
}
