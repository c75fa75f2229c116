/* The lines of any bytes up to a form feed as phrases, and the rest as the text to find them in. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "lex/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 64

static size_t split(const char *lines, size_t len, pj_phrase *phrases) {
    size_t n = 0;
    size_t start = 0;
    for (size_t i = 0; i <= len && n < MOST; i++) {
        if (i == len || lines[i] == '\n') {
            phrases[n].text = lines + start;
            phrases[n].len = i - start;
            phrases[n].meaning.value = (int32_t)n;
            n++;
            start = i + 1;
        }
    }
    return n;
}

static void find(const pj_lexicon *lexicon, const char *text, size_t len, pj_alloc alloc) {
    pj_words words;
    pj_vec hits;
    pj_vec_init(&hits, alloc, sizeof(pj_hit));
    if (pj_words_read(text, len, alloc, &words, NULL) != PJ_OK ||
        pj_lexicon_find(lexicon, &words, &hits, NULL) != PJ_OK) {
        abort();
    }
    uint32_t last = 0;
    for (size_t i = 0; i < hits.len; i++) {
        const pj_hit *hit = &PJ_AT(&hits, const pj_hit, i);
        if (hit->first < last || hit->last <= hit->first || hit->last > words.tokens.len || hit->count == 0 ||
            hit->meaning + hit->count > lexicon->meanings.len) {
            abort();
        }
        last = hit->last;
    }
    pj_vec_free(&hits);
    pj_words_free(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    pj_phrase phrases[MOST] = {{0}};
    meter m = {.fail_at = SIZE_MAX};
    const uint8_t *page = size == 0 ? NULL : memchr(data, '\f', size);
    size_t len = page == NULL ? size : (size_t)(page - data);
    char *lines = exact_copy((const char *)data, len);
    char *text = exact_copy((const char *)data + len, size - len);
    pj_lexicon lexicon;
    pj_status status = pj_lexicon_build(phrases, split(lines, len, phrases), metered(&m), &lexicon, NULL);
    if (status == PJ_OK) {
        find(&lexicon, text, size - len, metered(&m));
    } else if (status != PJ_EVALUE) {
        abort();
    }
    pj_lexicon_free(&lexicon);
    if (m.live != 0) {
        abort();
    }
    free(text);
    free(lines);
    return 0;
}
