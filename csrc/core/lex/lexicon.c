#include "lex/lexicon.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS 32u
#define START 3 /* letters by which most words are told to start no phrase */
#define STARTS ((size_t)LETTERS * LETTERS * LETTERS)

/* Folded text is a to z, and '?' for any other letter: their lowest bits tell them apart. */
static unsigned letter_of(char byte) {
    return (unsigned char)byte % LETTERS;
}

static unsigned start_of(const char *fold) {
    return (letter_of(fold[0]) * LETTERS + letter_of(fold[1])) * LETTERS + letter_of(fold[2]);
}

/* The children of a node stand together in the order of their letters, so that a child is found by counting the letters
 * below its own: one step a letter, whatever the number of phrases. */
typedef struct node {
    uint32_t letters; /* a bit for each child */
    uint32_t child;   /* the first of them */
    uint32_t meaning;
    uint32_t count;
} node;

typedef struct entry {
    const char *fold;
    size_t len;
    size_t index;
} entry;

static int compare(const void *a, const void *b) {
    const entry *x = a;
    const entry *y = b;
    size_t n = x->len < y->len ? x->len : y->len;
    for (size_t i = 0; i < n; i++) {
        unsigned c = letter_of(x->fold[i]);
        unsigned d = letter_of(y->fold[i]);
        if (c != d) {
            return c < d ? -1 : 1;
        }
    }
    if (x->len != y->len) {
        return x->len < y->len ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index ? 1 : 0; /* keep the caller's order among equals */
}

/* A node yet to be filled: it stands for entries [first, last), which agree in their first `depth` letters. */
typedef struct work {
    size_t node;
    size_t first;
    size_t last;
    size_t depth;
} work;

static pj_status add_node(pj_lexicon *lex, pj_vec *stack, work w, pj_error *err) {
    void *zero = NULL;
    w.node = lex->nodes.len;
    PJ_TRY(pj_vec_push(&lex->nodes, &zero, err));
    return pj_vec_append(stack, &w, 1, err);
}

/* Fill the node on top of the stack: depth first, so that the rest of a phrase, node after node with one child, lies
 * together in memory. */
static pj_status fill_node(pj_lexicon *lex, pj_vec *stack, const entry *entries, const pj_phrase *phrases,
                           pj_error *err) {
    work w = PJ_AT(stack, work, --stack->len);
    node fresh = {0, (uint32_t)lex->nodes.len, (uint32_t)lex->meanings.len, 0};
    for (; w.first < w.last && entries[w.first].len == w.depth; w.first++) {
        PJ_TRY(pj_vec_append(&lex->meanings, &phrases[entries[w.first].index].meaning, 1, err));
        fresh.count++;
    }
    while (w.first < w.last) {
        unsigned letter = letter_of(entries[w.first].fold[w.depth]);
        work child = {0, w.first, w.first, w.depth + 1};
        while (child.last < w.last && letter_of(entries[child.last].fold[w.depth]) == letter) {
            child.last++;
        }
        PJ_TRY(add_node(lex, stack, child, err));
        fresh.letters |= (uint32_t)1 << letter;
        w.first = child.last;
    }
    PJ_AT(&lex->nodes, node, w.node) = fresh;
    if (w.depth == START) {
        PJ_AT(&lex->starts, uint32_t, start_of(entries[w.last - 1].fold)) = (uint32_t)w.node;
    }
    return PJ_OK;
}

static pj_status fold_phrases(const pj_phrase *phrases, size_t n, entry *entries, pj_words *words, pj_error *err) {
    for (size_t i = 0; i < n; i++) {
        pj_error inner = {PJ_OK, 0, 0, NULL};
        pj_status status = pj_words_read(phrases[i].text, phrases[i].len, words[i].tokens.alloc, &words[i], &inner);
        if (status != PJ_OK) {
            return pj_fail(err, status, 0, i, inner.message);
        }
        entries[i].fold = words[i].fold.data;
        entries[i].len = words[i].fold.len;
        entries[i].index = i;
        if (entries[i].len == 0) {
            return pj_fail(err, PJ_EVALUE, 0, i, "expected a phrase with at least one letter");
        }
    }
    return PJ_OK;
}

static pj_status build(const pj_phrase *phrases, size_t n, entry *entries, pj_words *words, pj_vec *stack,
                       pj_lexicon *out, pj_error *err) {
    PJ_TRY(fold_phrases(phrases, n, entries, words, err));
    if (n > 0) {
        qsort(entries, n, sizeof(*entries), compare);
    }
    PJ_TRY(pj_vec_reserve(&out->starts, STARTS, err));
    memset(out->starts.data, 0, STARTS * sizeof(uint32_t));
    for (size_t i = 0; i < n; i++) {
        out->has_short = out->has_short || entries[i].len < START;
    }
    work root = {0, 0, n, 0};
    PJ_TRY(add_node(out, stack, root, err));
    while (stack->len > 0) {
        PJ_TRY(fill_node(out, stack, entries, phrases, err));
    }
    return PJ_OK;
}

pj_status pj_lexicon_build(const pj_phrase *phrases, size_t n, pj_alloc alloc, pj_lexicon *out, pj_error *err) {
    memset(out, 0, sizeof(*out));
    pj_vec_init(&out->nodes, alloc, sizeof(node));
    pj_vec_init(&out->meanings, alloc, sizeof(pj_meaning));
    pj_vec_init(&out->starts, alloc, sizeof(uint32_t));
    pj_vec entries;
    pj_vec words;
    pj_vec stack;
    pj_vec_init(&entries, alloc, sizeof(entry));
    pj_vec_init(&words, alloc, sizeof(pj_words));
    pj_vec_init(&stack, alloc, sizeof(work));
    pj_status status = pj_vec_reserve(&entries, n + 1, err);
    if (status == PJ_OK) {
        status = pj_vec_reserve(&words, n + 1, err);
    }
    if (status == PJ_OK) {
        memset(words.data, 0, n * sizeof(pj_words));
        for (size_t i = 0; i < n; i++) {
            pj_vec_init(&PJ_AT(&words, pj_words, i).tokens, alloc, sizeof(pj_token));
        }
        words.len = n;
        status = build(phrases, n, entries.data, words.data, &stack, out, err);
    }
    for (size_t i = 0; i < words.len; i++) {
        pj_words_free(&PJ_AT(&words, pj_words, i));
    }
    pj_vec_free(&stack);
    pj_vec_free(&words);
    pj_vec_free(&entries);
    return status;
}

void pj_lexicon_free(pj_lexicon *lexicon) {
    pj_vec_free(&lexicon->nodes);
    pj_vec_free(&lexicon->meanings);
    pj_vec_free(&lexicon->starts);
}

static unsigned count_bits(uint32_t bits) {
    bits -= (bits >> 1) & 0x55555555u;
    bits = (bits & 0x33333333u) + ((bits >> 2) & 0x33333333u);
    return (((bits + (bits >> 4)) & 0x0F0F0F0Fu) * 0x01010101u) >> 24;
}

/* The child of a node by a letter, 0 (the root, which is nobody's child) if there is none. */
static uint32_t step(const node *nodes, uint32_t at, uint8_t byte) {
    uint32_t bit = (uint32_t)1 << letter_of((char)byte);
    const node *n = &nodes[at];
    if (n->letters == bit) { /* an only child, as most are: nothing to count */
        return n->child;
    }
    return (n->letters & bit) == 0 ? 0 : n->child + count_bits(n->letters & (bit - 1));
}

/* Signs that may stand inside a phrase without parting it. */
static bool passable(char sign) {
    return sign == '\'' || sign == '"' || sign == '-' || sign == ',' || sign == ':' || sign == '(' || sign == ')' ||
           sign == '/' || sign == '*' || sign == '_';
}

size_t pj_figures_at(const pj_words *words, size_t at) {
    bool percent = false;
    size_t i = at;
    if (pj_token_at(words, at)->kind != PJ_NUMBER) {
        return 0;
    }
    for (; i < words->tokens.len && i < at + 12; i++) {
        const pj_token *t = pj_token_at(words, i);
        if (i > at && t->gap >= PJ_NEW_LINE) {
            return percent && t->gap == PJ_NEW_LINE ? i - at : 0;
        }
        bool sign = t->kind == PJ_SIGN && (t->sign == '%' || t->sign == '(' || t->sign == ')' || t->sign == '/');
        bool word = pj_word_is(words, i, "of") || pj_word_is(words, i, "out") || pj_word_is(words, i, "per") ||
                    pj_word_is(words, i, "cent");
        percent = percent || (sign && t->sign == '%') || pj_word_is(words, i, "cent");
        if (t->kind != PJ_NUMBER && !sign && !word) {
            return 0;
        }
    }
    return 0;
}

/* May a phrase start with this word? The letters of the words that follow stand behind its own, so that a short word is
 * told by the next one's too. Stores the node of the word's first three letters, the root (0) if they are to be read.
 */
static bool may_start(const pj_lexicon *lex, const pj_words *words, const pj_token *t, uint32_t *from) {
    *from = 0;
    if (t->kind != PJ_WORD) {
        return false;
    }
    if (words->fold.len - t->fold < START || (t->fold_len < START && lex->has_short)) {
        return true;
    }
    uint32_t start = PJ_AT(&lex->starts, uint32_t, start_of((const char *)words->fold.data + t->fold));
    *from = t->fold_len < START ? 0 : start;
    return start != 0;
}

/* The longest phrase from token `first`, whose letters up to node `from` are known; tokens [skip, skip_end) are passed
 * over. */
static bool walk(const pj_lexicon *lex, const pj_words *words, size_t first, uint32_t from, size_t skip,
                 size_t skip_end, pj_hit *hit) {
    const uint8_t *fold = words->fold.data;
    const node *nodes = lex->nodes.data;
    uint32_t at = from;
    bool complete = false; /* the words so far are a phrase */
    hit->count = 0;
    for (size_t i = first; i < words->tokens.len; i++) {
        const pj_token *t = pj_token_at(words, i);
        if (i >= skip && i < skip_end) {
            continue;
        }
        size_t cell = i > first ? pj_figures_at(words, i) : 0;
        bool bridged = i == skip_end && !t->upper; /* what was passed over has parted lines */
        if (i > first && !bridged &&
            ((t->gap == PJ_TABBED && cell == 0) || t->gap == PJ_NEW_PARAGRAPH || (t->gap == PJ_NEW_PAGE && t->upper))) {
            break;
        }
        if (t->gap == PJ_NEW_LINE && t->upper && complete) {
            break; /* a line that starts with a capital after a whole phrase starts something new */
        }
        if (cell > 0) {
            i += cell - 1;
            continue;
        }
        if (t->kind == PJ_NOTE || (t->kind == PJ_SIGN && passable(t->sign))) {
            continue;
        }
        if (t->kind != PJ_WORD) {
            break;
        }
        for (uint32_t k = i == first && from > 0 ? START : 0; k < t->fold_len; k++) {
            at = step(nodes, at, fold[t->fold + k]);
            if (at == 0) {
                return hit->count > 0;
            }
        }
        const node *here = &nodes[at];
        complete = here->count > 0;
        if (complete) {
            hit->first = (uint32_t)first;
            hit->last = (uint32_t)i + 1;
            hit->meaning = here->meaning;
            hit->count = here->count;
        }
    }
    return hit->count > 0;
}

static void note_roles(const pj_lexicon *lex, pj_hit *hit) {
    hit->roles = 0;
    for (size_t i = 0; i < hit->count; i++) {
        hit->roles |= (uint64_t)1 << pj_meaning_at(lex, hit, i)->role % 64;
    }
}

bool pj_lexicon_bridge(const pj_lexicon *lexicon, const pj_words *words, size_t first, size_t skip, size_t skip_end,
                       pj_hit *hit) {
    if (lexicon->nodes.len == 0 || !walk(lexicon, words, first, 0, skip, skip_end, hit)) {
        return false;
    }
    note_roles(lexicon, hit);
    return hit->last > skip_end;
}

pj_status pj_lexicon_find(const pj_lexicon *lexicon, const pj_words *words, pj_vec *hits, pj_error *err) {
    if (lexicon->nodes.len == 0) {
        return PJ_OK;
    }
    for (size_t i = 0; i < words->tokens.len;) {
        pj_hit hit;
        uint32_t from = 0;
        if (may_start(lexicon, words, pj_token_at(words, i), &from) && walk(lexicon, words, i, from, 0, 0, &hit)) {
            note_roles(lexicon, &hit);
            PJ_TRY(pj_vec_append(hits, &hit, 1, err));
            i = hit.last;
        } else {
            i++;
        }
    }
    return PJ_OK;
}
