/* Whose inspection it is: the place named on the cover ("An inspection of youth justice services in X") and wherever a
 * service is named ("X Youth Justice Service"). Every naming is a vote, the cover's the strongest. */
#include "read/reader.h"

#include <string.h>

#define COVER_VOTES 5
#define MARGIN 50       /* bytes; a shorter line was not broken by a margin */
#define LONGEST_NAME 14 /* tokens: "Bournemouth, Christchurch and Poole" has 5 */

/* `place`: never named with its service's type in front, only "the service in X"; `typed`: votes with a type of
 * service, not as a council. */
typedef struct vote {
    uint64_t key; /* hash of the name's letters */
    uint32_t first;
    uint32_t last;
    uint32_t votes;
    uint32_t typed;
    bool place;
} vote;

/* Words that a sentence may start with, and that no place's name does. */
static const char *const NOT_A_NAME[] = {"a",          "an",          "the",          "in",
                                         "at",         "for",         "our",          "when",
                                         "since",      "while",       "both",         "although",
                                         "if",         "this",        "that",         "these",
                                         "by",         "from",        "with",         "and",
                                         "as",         "but",         "so",           "however",
                                         "its",        "their",       "all",          "each",
                                         "many",       "most",        "some",         "other",
                                         "local",      "hm",          "hmi",          "every",
                                         "under",      "within",      "across",       "between",
                                         "after",      "before",      "during",       "we",
                                         "they",       "it",          "is",           "are",
                                         "was",        "were",        "to",           "of",
                                         "on",         "new",         "head",         "cllr",
                                         "councillor", "said",        "today",        "like",
                                         "no",         "not",         "what",         "how",
                                         "where",      "who",         "previous",     "former",
                                         "youth",      "chair",       "also",         "then",
                                         "here",       "there",       "because",      "than",
                                         "or",         "inspection",  "inspections",  "inspectors",
                                         "report",     "chief",       "executive",    "director",
                                         "leader",     "mayor",       "member",       "minister",
                                         "manager",    "cabinet",     "lead",         "deputy",
                                         "assistant",  "team",        "review",       "staff",
                                         "children",   "board",       "officers",     "portfolio",
                                         "rate",       "rated",       "neighbouring", "nearby",
                                         "meanwhile",  "councillors", "visit",        "service",
                                         "services",   "well",        "done",         "inspectorate",
                                         "following",  "once",        "despite",      "congratulations"};

static const char *const INSIDE[] = {"and", "of", "the", "upon", "on", "with", "in", "under", "le", "by", "y"};

static bool in_list(const pj_reader *r, size_t i, const char *const *list, size_t n) {
    for (size_t k = 0; k < n; k++) {
        if (pj_word_is(&r->words, i, list[k])) {
            return true;
        }
    }
    return false;
}

static bool name_word(const pj_reader *r, size_t i) {
    const pj_token *t = pj_tok(r, i);
    if (t->kind != PJ_WORD || !t->upper || in_list(r, i, NOT_A_NAME, sizeof(NOT_A_NAME) / sizeof(NOT_A_NAME[0]))) {
        return false;
    }
    const pj_hit *hit = pj_hit_at(r, i);
    /* "Overall", "Fieldwork", "Published": set phrases are no names; a domain or hedge that is one word may be */
    return hit == NULL ||
           (pj_hit_as(r, hit, PJ_ROLE_service_type, -1) == NULL && pj_hit_as(r, hit, PJ_ROLE_authority, -1) == NULL &&
            pj_hit_as(r, hit, PJ_ROLE_overall_label, -1) == NULL && pj_hit_as(r, hit, PJ_ROLE_section, -1) == NULL &&
            pj_hit_as(r, hit, PJ_ROLE_published, -1) == NULL && pj_hit_as(r, hit, PJ_ROLE_fieldwork, -1) == NULL &&
            pj_hit_as(r, hit, PJ_ROLE_inspectorate, -1) == NULL && pj_hit_as(r, hit, PJ_ROLE_signatory, -1) == NULL &&
            pj_hit_as(r, hit, PJ_ROLE_elsewhere, -1) == NULL && pj_hit_as(r, hit, PJ_ROLE_furniture, -1) == NULL);
}

static bool inside_word(const pj_reader *r, size_t i) {
    return pj_tok(r, i)->kind == PJ_WORD && (!pj_tok(r, i)->upper || pj_word_is(&r->words, i, "and")) &&
           in_list(r, i, INSIDE, sizeof(INSIDE) / sizeof(INSIDE[0]));
}

/* Signs that hold a name together: King's, Stoke-on-Trent, St. Helens. */
static bool binds(const pj_reader *r, size_t i) {
    const pj_token *t = pj_tok(r, i);
    if (t->kind != PJ_SIGN || t->gap != PJ_GLUED) {
        return false;
    }
    return t->sign == '\'' || t->sign == '-' || (t->sign == '.' && i > 0 && pj_word_is(&r->words, i - 1, "st"));
}

/* "Telford & Wrekin" */
static bool ampersand(const pj_reader *r, size_t i) {
    return pj_sign_at(r, i, '&') && i > 0 && i + 1 < r->words.tokens.len && name_word(r, i - 1) && name_word(r, i + 1);
}

/* "A, B and C": is the comma at `i` one of such a list? */
static bool list_comma(const pj_reader *r, size_t i, size_t end) {
    if (!pj_sign_at(r, i, ',')) {
        return false;
    }
    for (size_t k = i + 1; k < end && k < i + 8; k++) {
        if (pj_word_is(&r->words, k, "and")) {
            return k + 1 < r->words.tokens.len && name_word(r, k + 1);
        }
        if (!name_word(r, k) && !binds(r, k) && !pj_sign_at(r, k, ',')) {
            return false;
        }
    }
    return false;
}

static bool piece(const pj_reader *r, size_t i, size_t end) {
    const pj_token *t = pj_tok(r, i);
    return name_word(r, i) || inside_word(r, i) || binds(r, i) || ampersand(r, i) || list_comma(r, i, end) ||
           (t->kind == PJ_WORD && t->gap == PJ_GLUED && i > 0 &&
            (pj_sign_at(r, i - 1, '\'') || pj_sign_at(r, i - 1, '-')));
}

/* A name broken by the margin goes on in the next line only if something binds the two. */
static bool line_binds(const pj_reader *r, size_t i) {
    const pj_line *before = pj_line_at(&r->words, pj_tok(r, i)->line - 1u);
    size_t length = pj_tok(r, before->last - 1)->end - pj_tok(r, before->first)->start;
    if (PJ_AT(&r->marks, uint8_t, pj_tok(r, i)->line) == 0 && PJ_AT(&r->marks, uint8_t, pj_tok(r, i)->line - 1u) == 0 &&
        length >= MARGIN) {
        return true; /* running text is broken anywhere */
    }
    return inside_word(r, i) || inside_word(r, i - 1) || pj_sign_at(r, i - 1, ',') || pj_sign_at(r, i - 1, '-');
}

bool pj_name_from(const pj_reader *r, size_t first, uint32_t *last) {
    size_t end = r->words.tokens.len;
    size_t i = first;
    size_t good = first;
    if (first >= end || !name_word(r, first)) {
        return false;
    }
    for (; i < end && i < first + LONGEST_NAME && piece(r, i, end); i++) {
        if (i > first && pj_tok(r, i)->gap >= PJ_TABBED && !(pj_tok(r, i)->gap == PJ_NEW_LINE && line_binds(r, i))) {
            break;
        }
        if (pj_tok(r, i)->kind == PJ_WORD && !inside_word(r, i)) {
            good = i + 1;
        }
    }
    *last = (uint32_t)good;
    return good > first;
}

bool pj_name_before(const pj_reader *r, size_t end, uint32_t *first) {
    bool possessive = end > 2 && pj_word_is(&r->words, end - 1, "s") && pj_sign_at(r, end - 2, '\'');
    end -= possessive ? 2u : 0u; /* "Wokingham's youth justice service" */
    size_t i = end;
    size_t good = end;
    while (i > 0 && end - i < LONGEST_NAME && piece(r, i - 1, end)) {
        i--;
        if (name_word(r, i)) {
            good = i;
        }
        if (pj_tok(r, i)->gap >= PJ_TABBED && !(pj_tok(r, i)->gap == PJ_NEW_LINE && i > 0 && line_binds(r, i))) {
            break;
        }
    }
    *first = (uint32_t)good;
    return good < end && name_word(r, end - 1);
}

/* Without the possessive at its end: "LEEDS'S youth justice service". */
size_t pj_name_end(const pj_reader *r, size_t first, size_t last) {
    bool possessive = last > first + 2 && pj_word_is(&r->words, last - 1, "s") && pj_sign_at(r, last - 2, '\'');
    return possessive ? last - 2 : last;
}

static bool all_capitals(const pj_reader *r, size_t first, size_t last) {
    for (size_t i = pj_tok(r, first)->start; i < pj_tok(r, last - 1)->end;) {
        pj_char c;
        pj_char_read(r->words.text, r->words.len, i, &c);
        if (c.cls == PJ_C_LETTER && !c.upper) {
            return false;
        }
        i += c.size;
    }
    return true;
}

/* A name in capitals is written as names are, so that one service has one spelling. */
void pj_name_field(const pj_reader *r, size_t first, size_t last, uint32_t *field, size_t n) {
    pj_field(r, first, pj_name_end(r, first, last), field, n);
    if (first >= last || pj_tok(r, last - 1)->end - pj_tok(r, first)->start < 4 || !all_capitals(r, first, last)) {
        return;
    }
    size_t word = 0;
    for (size_t i = 0; i < n && field[i] != 0; i++) {
        bool letter = field[i] >= 'A' && field[i] <= 'Z';
        bool starts = i == 0 || field[i - 1] == ' ' || field[i - 1] == '-';
        word = starts ? i : word;
        field[i] += letter && !starts ? 'a' - 'A' : 0;
        bool ends = i + 1 == n || field[i + 1] == ' ' || field[i + 1] == '-' || field[i + 1] == 0;
        static const char SMALL[][5] = {"And", "Of", "The", "Upon", "On", "With", "In"};
        for (size_t k = 0; ends && word > 0 && k < sizeof(SMALL) / sizeof(SMALL[0]); k++) {
            size_t length = strlen(SMALL[k]);
            bool same = i + 1 - word == length;
            for (size_t c = 0; same && c < length; c++) {
                same = field[word + c] == (unsigned char)SMALL[k][c];
            }
            field[word] += same ? 'a' - 'A' : 0;
        }
    }
}

/* Words alone, so that "St. Helens" and "St Helens" are one, and "Telford & Wrekin" and "Telford and Wrekin"; without
 * what sort of place it is: "Nottingham City". FNV-1a. */
static uint64_t key_of(const pj_reader *r, size_t first, size_t last) {
    static const char *const SORTS[] = {"city", "county", "borough"};
    last = pj_name_end(r, first, last);
    bool sort = last > first + 1 && in_list(r, last - 1, SORTS, sizeof(SORTS) / sizeof(SORTS[0]));
    last -= sort ? 1u : 0u;
    uint64_t key = 14695981039346656037u;
    for (size_t i = first; i < last; i++) {
        const pj_token *t = pj_tok(r, i);
        if (t->kind != PJ_WORD || pj_word_is(&r->words, i, "and")) {
            continue;
        }
        const uint8_t *fold = (const uint8_t *)r->words.fold.data + t->fold;
        for (uint32_t k = 0; k < t->fold_len; k++) {
            key = (key ^ fold[k]) * 1099511628211u;
        }
    }
    return key;
}

bool pj_same_name(const pj_reader *r, size_t first, size_t last, size_t other_first, size_t other_last) {
    return key_of(r, first, last) == key_of(r, other_first, other_last);
}

#define MOST_NAMES 64 /* a document that names more is no inspection's */

typedef struct ballot {
    vote votes[MOST_NAMES];
    size_t n;
} ballot;

static void cast(const pj_reader *r, ballot *b, uint32_t first, uint32_t last, uint32_t votes, bool typed, bool place) {
    uint64_t key = key_of(r, first, last);
    for (size_t i = 0; i < b->n; i++) {
        if (b->votes[i].key == key) {
            b->votes[i].votes += votes;
            b->votes[i].typed += typed ? votes : 0;
            b->votes[i].place = b->votes[i].place && place;
            return;
        }
    }
    if (b->n < MOST_NAMES) {
        vote fresh = {key, first, last, votes, typed ? votes : 0, place};
        b->votes[b->n++] = fresh;
    }
}

/* "Telford" of a headline and "Telford & Wrekin Youth Justice Service" below it. */
static bool goes_further(const pj_reader *r, const vote *place, const vote *service) {
    uint32_t n = place->last - place->first;
    return !service->place && service->last - service->first > n &&
           pj_same_name(r, place->first, place->last, service->first, service->first + n);
}

/* "History of Suffolk" is no place if "Suffolk" has a service. */
static bool ends_in(const pj_reader *r, const vote *title, const vote *service) {
    uint32_t n = service->last - service->first;
    return title->last - title->first > n + 1 && pj_word_is(&r->words, title->last - n - 1, "of") &&
           pj_same_name(r, title->last - n, title->last, service->first, service->last);
}

static bool skip_one(const pj_reader *r, size_t *i, const char *word) {
    if (*i < r->words.tokens.len && pj_word_is(&r->words, *i, word)) {
        (*i)++;
        return true;
    }
    return false;
}

static void vote_cover(const pj_reader *r, ballot *b, const pj_hit *hit) {
    size_t i = hit->last;
    uint32_t last = 0;
    while (i < r->words.tokens.len &&
           (pj_tok(r, i)->kind == PJ_NOTE || pj_sign_at(r, i, ':') || pj_sign_at(r, i, '-'))) {
        i++;
    }
    if (!skip_one(r, &i, "in")) {
        (void)(skip_one(r, &i, "at") || skip_one(r, &i, "by") || skip_one(r, &i, "for") || skip_one(r, &i, "of"));
    }
    (void)skip_one(r, &i, "the");
    if (pj_name_from(r, i, &last)) {
        bool cover = (pj_line_marks(r, hit->first) & PJ_LINE_FURNITURE) != 0;
        cast(r, b, (uint32_t)i, last, cover ? COVER_VOTES : 2, true, !cover);
    }
}

/* The page of a town's council may be about the service of a group of towns: the only one that it names, and not in
 * passing. */
static const vote *only_service(const ballot *b) {
    const vote *only = NULL;
    for (size_t i = 0; i < b->n; i++) {
        if (b->votes[i].typed > 0 && only != NULL) {
            return NULL;
        }
        only = b->votes[i].typed > 0 ? &b->votes[i] : only;
    }
    return only != NULL && only->typed > 1 ? only : NULL;
}

void pj_read_service(pj_reader *r) {
    ballot b;
    b.n = 0;
    for (size_t i = 0; i < r->hits.len; i++) {
        const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, i);
        uint32_t first = 0;
        if (pj_hit_as(r, hit, PJ_ROLE_inspection_title, -1) != NULL) {
            vote_cover(r, &b, hit);
        } else if ((pj_hit_as(r, hit, PJ_ROLE_service_type, -1) != NULL ||
                    pj_hit_as(r, hit, PJ_ROLE_authority, -1) != NULL) &&
                   pj_name_before(r, hit->first, &first)) {
            bool typed = pj_hit_as(r, hit, PJ_ROLE_service_type, -1) != NULL;
            cast(r, &b, first, hit->first, 1, typed, false);
        } else if (pj_hit_as(r, hit, PJ_ROLE_service_type, -1) != NULL && hit->last + 1u < r->words.tokens.len &&
                   pj_word_is(&r->words, hit->last, "in") && pj_name_from(r, hit->last + 1u, &first)) {
            cast(r, &b, hit->last + 1u, first, 1, true, true);
        }
    }
    const vote *most = NULL;
    for (size_t i = 0; i < b.n; i++) {
        most = most == NULL || b.votes[i].votes > most->votes ? &b.votes[i] : most;
    }
    for (size_t i = 0; i < b.n; i++) {
        bool better = (most->place && goes_further(r, most, &b.votes[i])) || ends_in(r, most, &b.votes[i]);
        most = better ? &b.votes[i] : most;
    }
    const vote *group = most != NULL && most->typed == 0 ? only_service(&b) : NULL;
    most = group != NULL ? group : most;
    r->service_first = most != NULL ? most->first : 0;
    r->service_last = most != NULL ? most->last : 0;
}
