/* State shared by the passes of the report reader; internal to this folder.
 *
 * The passes, in order:
 *   lex      tokens, lines and phrases                                (lex/)
 *   lines    what each line is: a row of a table, a heading, prose    lines.c, row.c, layout.c
 *            and the phrases that a page's edge tore apart
 *   service  whose inspection it is                                   service.c
 *   table    labels and ratings brought together                      table.c
 *   facts    dates, score, samples, stated recommendations            facts.c
 *   classify kind of document and framework                           classify.c
 *   parts    headings and sentences                                   parts.c
 * and then the records: ratings.c, questions.c, recommendations.c, quantities.c, mentions.c. */
#ifndef PJ_READ_READER_H
#define PJ_READ_READER_H

#include <math.h>

#include "lex/date.h"
#include "lex/number.h"
#include "read/report.h"

#define PJ_MOST_RECORDS 100000 /* of one kind: a record is far larger than the words that it was read from */
#define PJ_NONE UINT32_MAX
#define PJ_NAN ((double)NAN)

/* The reader's codes for "the reader looked and failed" and "the document says that it is not rated"; the scale's own
 * codes come with the framework's words. */
#define PJ_NOT_FOUND (-2)
#define PJ_NOT_RATED (-1)

typedef enum pj_event_kind {
    PJ_EV_LABEL,   /* a standard's title or code */
    PJ_EV_OVERALL, /* "Overall rating" */
    PJ_EV_RATING,
    PJ_EV_SCORE,
    PJ_EV_DOMAIN,
    PJ_EV_STATEMENT,
    PJ_EV_SECTION, /* a section's heading that is known */
    PJ_EV_HEADING, /* a heading that is not */
    PJ_EV_EARLIER, /* a heading of an earlier inspection's ratings */
    PJ_EV_PROSE    /* a line of running text */
} pj_event_kind;

typedef struct pj_event {
    uint8_t kind;
    bool coded;  /* label: its code is printed */
    bool in_row; /* stands in one row with the event before */
    bool named;  /* in a row that stands behind a service's name */
    bool weak;   /* domain: a title that is also its only standard's */
    char domain; /* domain: its code's character; label of a pair: that of the heading above it, 0 */
    char code[8];
    int16_t score;
    int16_t max_score;
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t end; /* one past the row, where the text below a heading begins */
    uint32_t hit; /* PJ_NONE for a code alone */
} pj_event;

/* What a line is, for the passes that read prose. */
enum {
    PJ_LINE_TABLE = 1,
    PJ_LINE_CONTENTS = 2,
    PJ_LINE_FURNITURE = 4,
    PJ_LINE_HEADING = 8,
    PJ_LINE_QUESTIONS = 16,
    PJ_LINE_EARLIER = 32 /* of an earlier inspection's ratings */
};

/* A label and the rating that belongs to it. */
typedef struct pj_pair {
    pj_event label;
    pj_event rating;
    bool overall;
} pj_pair;

/* From a heading to the next one. */
typedef struct pj_part {
    uint32_t first;  /* token of the heading */
    uint32_t last;   /* one past the heading's last token */
    int standard;    /* of the chosen framework; -1 */
    char domain;     /* 0 for none */
    uint8_t section; /* pj_section_kind */
    pj_event event;
} pj_part;

typedef struct pj_sentence {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t part; /* index into parts, PJ_NONE before the first heading */
} pj_sentence;

typedef enum pj_doc_kind {
    PJ_DOC_OTHER,
    PJ_DOC_REPORT,
    PJ_DOC_NEWS
} pj_doc_kind;

typedef struct pj_reader {
    const pj_rulebook *rules;
    pj_report *out;
    pj_error *err;
    int32_t report;
    pj_words words;
    pj_vec hits;
    pj_vec hit_of; /* per token: index of the hit that starts or covers it, PJ_NONE */
    pj_vec marks;  /* per line: PJ_LINE_... */
    pj_vec events;
    pj_vec pairs;
    pj_vec parts;
    pj_vec sentences;
    pj_doc_kind kind;
    int framework;   /* chosen, or -1 */
    int year;        /* of the inspection or its publication, 0 unknown */
    int latest_year; /* in the text at all */
    pj_date published;
    pj_date fieldwork;
    pj_event score;         /* max_score 0 if there is none */
    bool scores_differ;     /* tables give several totals */
    uint32_t dated_mention; /* 1 + the index of a mention that is previous only by its year; 0 none */
    uint32_t service_first; /* tokens of the service's name; equal if unknown */
    uint32_t service_last;
} pj_reader;

/* Looking things up; inline what is asked of every token. */
static inline const pj_token *pj_tok(const pj_reader *r, size_t i) {
    return pj_token_at(&r->words, i);
}

/* The hit that covers a token, or NULL; so too outside the text. */
static inline const pj_hit *pj_hit_at(const pj_reader *r, size_t token) {
    if (token >= r->hit_of.len) {
        return NULL;
    }
    uint32_t index = PJ_AT(&r->hit_of, const uint32_t, token);
    return index == PJ_NONE ? NULL : &PJ_AT(&r->hits, const pj_hit, index);
}

/* reader.c: pj_hit_as for a hit that may have the role */
const pj_meaning *pj_hit_find(const pj_reader *r, const pj_hit *hit, pj_role role, int framework);

/* The first meaning of `hit` (may be NULL) with `role`, and of `framework` unless that is -1; or NULL. */
static inline const pj_meaning *pj_hit_as(const pj_reader *r, const pj_hit *hit, pj_role role, int framework) {
    return hit != NULL && pj_hit_may_be(hit, role) ? pj_hit_find(r, hit, role, framework) : NULL;
}

/* The same for the hit that starts at `token`. */
static inline const pj_meaning *pj_starts_as(const pj_reader *r, size_t token, pj_role role, int framework) {
    const pj_hit *hit = pj_hit_at(r, token);
    return hit != NULL && hit->first == token ? pj_hit_as(r, hit, role, framework) : NULL;
}

static inline bool pj_sign_at(const pj_reader *r, size_t token, char sign) {
    return token < r->words.tokens.len && pj_tok(r, token)->kind == PJ_SIGN && pj_tok(r, token)->sign == sign;
}

/* What the line of a token is: PJ_LINE_... */
static inline uint8_t pj_line_marks(const pj_reader *r, size_t token) {
    return PJ_AT(&r->marks, const uint8_t, pj_tok(r, token)->line);
}

/* Is a token of what a page's edge put into the text? */
static inline bool pj_in_furniture(const pj_reader *r, size_t token) {
    return (pj_line_marks(r, token) & PJ_LINE_FURNITURE) != 0;
}

/* reader.c */
/* A rating of `framework`, else of the newest that has the word: the frameworks come in order of time. */
const pj_meaning *pj_rating_meaning(const pj_reader *r, const pj_hit *hit, int framework);
bool pj_has_role(const pj_reader *r, size_t first, size_t last, pj_role role);
bool pj_is_pooled(const pj_reader *r); /* the chosen framework has pooled scores, and judges in sentences */
void pj_place(const pj_reader *r, size_t first, size_t last, int64_t *line, int64_t *start, int64_t *end);
/* The words of tokens [first, last) as a field, without what a page's edge put between them. */
void pj_field(const pj_reader *r, size_t first, size_t last, uint32_t *field, size_t n);
/* The same, appended to what the field holds; without the cells of figures beside the words if `figures` is false. */
void pj_field_add(const pj_reader *r, size_t first, size_t last, bool figures, uint32_t *field, size_t n);
/* Index of the standard that a label names in framework `f`; `domain` tells apart standards that share a title. */
int pj_label_standard(const pj_reader *r, const pj_event *label, char domain, int f);

/* layout.c: how lines look */
#define PJ_TITLE_WORDS 26 /* a running header that repeats the report's title has no more */
PJ_NODISCARD pj_status pj_event_push(pj_reader *r, pj_event_kind kind, size_t first, size_t last, pj_event **out);
void pj_mark_lines(pj_reader *r, size_t first, size_t last, int value);
void pj_unmark_lines(pj_reader *r, size_t first, size_t last);
bool pj_ends_sentence(const pj_reader *r, size_t last);
bool pj_running_text(const pj_reader *r, const pj_line *line);
bool pj_prose_goes_on(const pj_reader *r, size_t last);
/* A heading as an item of a list is an entry of a contents list. */
bool pj_is_bulleted(const pj_reader *r, size_t first);
unsigned pj_count_words(const pj_reader *r, size_t first, size_t last);

/* row.c: if the line of tokens [first, last) is a row of a table, its events; `*end` is one past the row, which may run
 * into the next line */
PJ_NODISCARD pj_status pj_read_row(pj_reader *r, size_t first, size_t last, bool *found, size_t *end);
/* row.c: a total such as "23/36" that starts at token `at` */
/* the same of the numbers at `at` and `next` */
bool pj_score_of(const pj_reader *r, size_t at, size_t next, pj_event *out);
bool pj_score_read(const pj_reader *r, size_t at, size_t end, pj_event *out);

/* the passes */
PJ_NODISCARD pj_status pj_read_lines(pj_reader *r);
/* lines.c: the phrases that a page's edge tore apart, as hits */
PJ_NODISCARD pj_status pj_join_edges(pj_reader *r);
PJ_NODISCARD pj_status pj_read_table(pj_reader *r);
void pj_read_facts(pj_reader *r);
/* `present`: a byte for each meaning of the rules' marks, 1 if its phrase stands in the text; `framework`: the caller's
 * choice or -1 */
void pj_classify(pj_reader *r, const pj_vec *present, int framework);
void pj_read_service(pj_reader *r);
PJ_NODISCARD pj_status pj_read_parts(pj_reader *r);
PJ_NODISCARD pj_status pj_read_sentences(pj_reader *r);
/* the records */
PJ_NODISCARD pj_status pj_read_ratings(pj_reader *r);
PJ_NODISCARD pj_status pj_read_questions(pj_reader *r);
PJ_NODISCARD pj_status pj_read_samples(pj_reader *r);
PJ_NODISCARD pj_status pj_read_recommendations(pj_reader *r);
PJ_NODISCARD pj_status pj_read_quantities(pj_reader *r);
PJ_NODISCARD pj_status pj_read_mentions(pj_reader *r);

/* ratings.c: a sentence that gives a standard its rating, in frameworks whose reports do so */
bool pj_judgement(const pj_reader *r, const pj_sentence *s, int *standard, pj_event *rating);

/* parts.c: the full stop at token `point` belongs to "St.", "Mr." and their like */
bool pj_is_abbreviation(const pj_reader *r, size_t point);

/* service.c: the name of a place that ends before token `end` ("Waltham Forest" YJS) or starts at `first` */
bool pj_name_before(const pj_reader *r, size_t end, uint32_t *first);
bool pj_name_from(const pj_reader *r, size_t first, uint32_t *last);
size_t pj_name_end(const pj_reader *r, size_t first, size_t last);
void pj_name_field(const pj_reader *r, size_t first, size_t last, uint32_t *field, size_t n);
bool pj_same_name(const pj_reader *r, size_t first, size_t last, size_t other_first, size_t other_last);

#endif
