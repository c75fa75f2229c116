/* Figures in running text: percentages, counts, fractions, rates, populations and plain numbers, each with its
 * sentence. A number is taken only where its words say what it counts; dates, ages, addresses and labels ("Outcome 22")
 * are not. */
#include "read/reader.h"

#include <string.h>

typedef struct figure {
    const char *kind;
    double value;
    double numerator;
    double denominator;
    size_t first;
    size_t last;
    size_t hedged; /* before which its hedge stands */
} figure;

typedef struct scope {
    pj_reader *r;
    const pj_sentence *s;
    double per; /* "the rates of offences per 1,000 ...": the base of figures that follow in the sentence; 0 none */
    size_t low; /* "between 10 and 15 per cent": where the two figures stand; equal if there are none */
    size_t high;
} scope;

static bool word_at(const pj_reader *r, size_t i, size_t end, const char *word) {
    return i < end && pj_word_is(&r->words, i, word);
}

static bool any_word_at(const pj_reader *r, size_t i, size_t end, const char *const *list, size_t n) {
    for (size_t k = 0; k < n; k++) {
        if (word_at(r, i, end, list[k])) {
            return true;
        }
    }
    return false;
}

#define ANY_WORD(r, i, end, list) any_word_at(r, i, end, list, sizeof(list) / sizeof((list)[0]))

/* Tokens of "%", "per cent", "percent" at `i`, 0 if there are none. */
static size_t percent_sign(const pj_reader *r, size_t i, size_t end) {
    if (i < end && pj_sign_at(r, i, '%')) {
        return 1;
    }
    if (i < end && pj_starts_as(r, i, PJ_ROLE_percent_word, -1) != NULL) {
        return pj_hit_at(r, i)->last - i;
    }
    size_t next = i + 1; /* "per", a page's edge, "cent" */
    while (next < end && (pj_line_marks(r, next) & PJ_LINE_FURNITURE) != 0) {
        next++;
    }
    return next > i + 1 && word_at(r, i, end, "per") && word_at(r, next, end, "cent") ? next + 1 - i : 0;
}

static figure make(const char *kind, double value, size_t first, size_t last) {
    figure f = {kind, value, PJ_NAN, PJ_NAN, first, last, first};
    return f;
}

/* "60 to 70 per cent", "30-40%", "between 60 and 70 per cent": the first figure has the unit of the second. */
static bool range_percent(scope *c, const pj_number *n, size_t end) {
    const pj_reader *r = c->r;
    pj_number to;
    size_t next = n->last + 1u;
    bool between =
        word_at(r, n->last, end, "and") && n->first > c->s->first && pj_word_is(&r->words, n->first - 1, "between");
    bool range = between || word_at(r, n->last, end, "to") || (n->last < end && pj_sign_at(r, n->last, '-'));
    if (!range || next >= end || !pj_number_read(&r->words, next, end, &to) || percent_sign(r, to.last, end) == 0) {
        return false;
    }
    c->low = n->first;
    c->high = between ? to.first : n->first;
    return true;
}

static bool is_time(const pj_reader *r, size_t i, size_t end) {
    static const char *const TIME[] = {"month", "months", "year",   "years",   "week", "weeks", "day",     "days",
                                       "hour",  "hours",  "minute", "minutes", "am",   "pm",    "yearold", "per"};
    return ANY_WORD(r, i, end, TIME);
}

/* "19 out of 21", "six of the 20 relevant cases", "nine of 20". "One of 15 boroughs" tells membership, not a count. */
static bool read_count(const pj_reader *r, const pj_number *n, size_t from, size_t end, figure *out) {
    static const char *const BEING[] = {"is", "are", "was", "were", "be", "as", "became", "remains", "being"};
    pj_number of;
    size_t i = n->last;
    bool out_of = word_at(r, i, end, "out") && word_at(r, i + 1, end, "of");
    if (!out_of && !word_at(r, i, end, "of")) {
        return false;
    }
    i += out_of ? 2u : 1u;
    i += word_at(r, i, end, "the") || word_at(r, i, end, "all") || word_at(r, i, end, "a") ? 1u : 0u;
    i += word_at(r, i, end, "possible") ? 1u : 0u;
    if (i >= end || !pj_number_read(&r->words, i, end, &of) || of.decimals + n->decimals > 0 || n->value > of.value ||
        percent_sign(r, of.last, end) > 0) {
        return false;
    }
    int year = 0;
    bool dated = pj_tok(r, i)->kind == PJ_NUMBER && pj_year_read(&r->words, i, &year);
    bool member = n->value == 1 && !out_of && n->first > from && ANY_WORD(r, n->first - 1, end, BEING);
    if (dated || member) {
        return false;
    }
    *out = make("count", n->value, n->first, of.last);
    out->numerator = n->value;
    out->denominator = of.value;
    return true;
}

#define OF_WORDS 6 /* tokens between the whole and the comma before its part */

/* "Of the 32 children, 19 had ...": the whole before its part. */
static bool read_part_of(const pj_reader *r, const pj_number *n, size_t from, size_t end, figure *out) {
    pj_number part;
    int year = 0;
    size_t i = n->first;
    i -= i > from && (pj_word_is(&r->words, i - 1, "the") || pj_word_is(&r->words, i - 1, "all")) ? 1u : 0u;
    bool opens = i > from && pj_word_is(&r->words, i - 1, "of") &&
                 (i - 1 == from || pj_sign_at(r, i - 2, ',') || pj_sign_at(r, i - 2, ';'));
    if (!opens || n->decimals > 0 || pj_year_read(&r->words, n->first, &year)) {
        return false;
    }
    for (i = n->last; i < end && i < n->last + (size_t)OF_WORDS && pj_tok(r, i)->kind == PJ_WORD; i++) {
    }
    bool comma = i > n->last && pj_sign_at(r, i, ',');
    for (i++; comma && i < end; i++) { /* "at least 19", "only six" */
        const pj_hit *hit = pj_hit_at(r, i);
        if (pj_hit_as(r, hit, PJ_ROLE_hedge, -1) == NULL && !pj_word_is(&r->words, i, "only")) {
            break;
        }
    }
    static const char *const OTHERWISE[] = {"of", "out", "in"}; /* the part has a whole of its own */
    pj_fraction share;
    if (!comma || i >= end || !pj_number_read(&r->words, i, end, &part) || part.decimals > 0 || part.value > n->value ||
        pj_fraction_read(&r->words, i, end, &share) || percent_sign(r, part.last, end) > 0 ||
        is_time(r, part.last, end) || ANY_WORD(r, part.last, end, OTHERWISE) || pj_sign_at(r, part.last, '/') ||
        pj_sign_at(r, part.last, '-')) {
        return false;
    }
    *out = make("count", part.value, n->first, part.last);
    out->numerator = part.value;
    out->denominator = n->value;
    out->hedged = i;
    return true;
}

/* "Two in five", "6 in 10": a share. */
static bool read_share(const pj_reader *r, const pj_number *n, size_t end, figure *out) {
    pj_number of;
    size_t next = n->last + 1u;
    if (!word_at(r, n->last, end, "in") || next >= end || !pj_number_read(&r->words, next, end, &of) ||
        of.decimals + n->decimals > 0 || n->value < 1 || n->value >= of.value || of.value > 100) {
        return false;
    }
    bool unit = of.last < end && (percent_sign(r, of.last, end) > 0 || is_time(r, of.last, end));
    if (unit) {
        return false; /* "four in 12 months" */
    }
    *out = make("fraction", n->value / of.value, n->first, of.last);
    out->numerator = n->value;
    out->denominator = of.value;
    return true;
}

/* "aged 10 to 17": where the range ends, 0 if it is none. */
static size_t age_range(const pj_reader *r, const pj_number *n, size_t from, size_t end) {
    static const char *const AGED[] = {"aged", "age", "ages"};
    pj_number to;
    size_t next = n->last + 1u;
    bool range = word_at(r, n->last, end, "to") || word_at(r, n->last, end, "and") || word_at(r, n->last, end, "or");
    return n->first > from && ANY_WORD(r, n->first - 1, end, AGED) && range && next < end &&
                   pj_number_read(&r->words, next, end, &to)
               ? to.last
               : 0;
}

/* The base of a rate at "per": 0 if there is none. */
static double rate_base(const pj_reader *r, size_t i, size_t end, size_t *last) {
    pj_number base;
    if (!word_at(r, i, end, "per") || i + 1 >= end || !pj_number_read(&r->words, i + 1, end, &base)) {
        return 0;
    }
    *last = base.last;
    bool round =
        base.value == 100 || base.value == 1000 || base.value == 10000 || base.value == 100000 || base.value == 1000000;
    return round ? base.value : 0;
}

static bool read_rate(const pj_reader *r, const pj_number *n, size_t end, figure *out) {
    size_t last = 0;
    for (size_t i = n->last; i < end && i < n->last + 4u; i++) {
        double base = rate_base(r, i, end, &last);
        if (base > 0) {
            *out = make("rate", n->value, n->first, last);
            out->denominator = base;
            return true;
        }
        if (pj_tok(r, i)->kind != PJ_WORD) {
            return false;
        }
    }
    return false;
}

static bool read_population(const pj_reader *r, const pj_number *n, size_t from, size_t end, figure *out) {
    if (n->value < 1000 || n->decimals > 0) {
        return false;
    }
    bool people = false;
    for (size_t i = n->last; i < end && i < n->last + 4u; i++) {
        people = people || pj_starts_as(r, i, PJ_ROLE_people, -1) != NULL ||
                 pj_starts_as(r, i, PJ_ROLE_population, -1) != NULL;
    }
    for (size_t i = n->first, seen = 0; i > from && seen < 9; i--) {
        seen += (pj_line_marks(r, i - 1) & PJ_LINE_FURNITURE) == 0 ? 1u : 0u;
        people = people || pj_starts_as(r, i - 1, PJ_ROLE_population, -1) != NULL;
    }
    *out = make("population", n->value, n->first, n->last);
    return people;
}

/* What stands before or after shows that the number is a label, an age, a time, an address or money. */
static bool is_label(const scope *c, const pj_number *n, size_t end) {
    static const char *const AGE[] = {
        "aged", "age",      "ages", "outcome", "level", "section",  "page",   "chapter", "figure", "table",  "appendix",
        "form", "schedule", "part", "tier",    "phase", "standard", "domain", "theme",   "annex",  "annexe", "version"};
    const pj_reader *r = c->r;
    const pj_token *t = pj_tok(r, n->first);
    if (n->first > c->s->first) {
        const pj_token *before = pj_tok(r, n->first - 1);
        bool opening = before->kind == PJ_SIGN && (before->sign == '(' || before->sign == '\'' || before->sign == '"');
        bool name = n->digits && before->kind == PJ_WORD && before->upper && n->first - 1 > c->s->first;
        if ((t->gap == PJ_GLUED && !opening) || name || ANY_WORD(r, n->first - 1, end, AGE)) {
            return true;
        }
    }
    if (n->last >= end) {
        return true;
    }
    const pj_token *after = pj_tok(r, n->last);
    if (after->kind != PJ_WORD || after->upper || after->gap == PJ_GLUED || is_time(r, n->last, end)) {
        return true;
    }
    bool joined = word_at(r, n->last, end, "and") || word_at(r, n->last, end, "or") || word_at(r, n->last, end, "to");
    return joined || n->value < 2 || n->decimals > 0;
}

static bool read_fraction(const scope *c, size_t i, size_t end, figure *out) {
    pj_fraction f;
    const pj_reader *r = c->r;
    if (!pj_fraction_read(&r->words, i, end, &f)) {
        return false;
    }
    bool several = f.numerator > 1;
    bool hedged =
        i > c->s->first && pj_hit_at(r, i - 1) != NULL && pj_hit_as(r, pj_hit_at(r, i - 1), PJ_ROLE_hedge, -1) != NULL;
    bool of = word_at(r, f.last, end, "of") || word_at(r, f.last, end, "the") || word_at(r, f.last, end, "all");
    if (!several && !hedged && !of) {
        return false; /* "a third party", "half-term" */
    }
    *out = make("fraction", f.numerator / f.denominator, f.first, f.last);
    out->numerator = f.numerator;
    out->denominator = f.denominator;
    return true;
}

static bool read_figure(scope *c, size_t i, size_t end, figure *out, size_t *next) {
    pj_reader *r = c->r;
    pj_number n;
    pj_date date;
    int year = 0;
    *next = i + 1;
    if (!pj_tok(r, i)->upper && !pj_may_be_number(&r->words, i)) {
        return false; /* no date either: its month has a capital */
    }
    if (pj_date_read(&r->words, i, end, &date)) {
        *next = date.last;
        return false;
    }
    if (read_fraction(c, i, end, out)) {
        return true;
    }
    if (!pj_number_read(&r->words, i, end, &n)) {
        return false;
    }
    *next = n.last;
    size_t sign = percent_sign(r, n.last, end);
    if (sign > 0) {
        *out = make("percent", n.value, i, n.last + sign);
        return true;
    }
    if (range_percent(c, &n, end)) {
        *out = make("percent", n.value, i, n.last);
        return true;
    }
    if (read_part_of(r, &n, c->s->first, end, out) || read_count(r, &n, c->s->first, end, out) ||
        read_share(r, &n, end, out) || read_rate(r, &n, end, out)) {
        return true;
    }
    size_t range_end = age_range(r, &n, c->s->first, end);
    if (range_end > 0) {
        *next = range_end;
        return false;
    }
    bool bare_year = n.digits && pj_year_read(&r->words, i, &year);
    bool range = n.last + 1u < end && pj_sign_at(r, n.last, '-') && pj_tok(r, n.last + 1u)->kind == PJ_NUMBER;
    if (range || (n.last < end && pj_sign_at(r, n.last, '/'))) {
        *next = n.last + 2u; /* 10-17 years, 2024-2026, 2021/22 */
        return false;
    }
    if (bare_year) {
        return false;
    }
    if (c->per > 0 && n.digits && n.decimals > 0) {
        *out = make("rate", n.value, i, n.last);
        out->denominator = c->per;
        return true;
    }
    if (read_population(r, &n, c->s->first, end, out)) {
        return true;
    }
    *out = make("number", n.value, i, n.last);
    return !is_label(c, &n, end);
}

static void set_hedge(const scope *c, size_t first, uint32_t *field) {
    const pj_reader *r = c->r;
    unsigned words = 0;
    for (size_t i = first; i > c->s->first && words < 2; i--) {
        if ((pj_line_marks(r, i - 1) & PJ_LINE_FURNITURE) != 0) {
            continue; /* a page's edge */
        }
        const pj_hit *hit = pj_hit_at(r, i - 1);
        if (hit != NULL && hit->first >= c->s->first && pj_hit_as(r, hit, PJ_ROLE_hedge, -1) != NULL) {
            pj_field(r, hit->first, hit->last, field, 16);
            for (size_t k = 0; k < 16; k++) {
                field[k] += field[k] >= 'A' && field[k] <= 'Z' ? 'a' - 'A' : 0;
            }
            return;
        }
        if (!pj_word_is(&r->words, i - 1, "the") && !pj_word_is(&r->words, i - 1, "a")) {
            return;
        }
        words++;
    }
}

static void set_section(const scope *c, uint32_t *field) {
    const pj_reader *r = c->r;
    if (c->s->part >= r->parts.len || r->parts.data == NULL) { /* before the first heading */
        return;
    }
    const pj_part *part = &PJ_AT(&r->parts, const pj_part, c->s->part);
    size_t first = part->first;
    const pj_line *line = pj_line_at(&r->words, pj_tok(r, first)->line);
    if (part->event.kind == PJ_EV_LABEL) {
        first = line->first; /* with its code */
    }
    pj_field(r, first, part->last, field, 96);
}

static pj_status add(const scope *c, const figure *f) {
    pj_reader *r = c->r;
    void *slot = NULL;
    int64_t line = 0;
    if (r->out->quantities.len >= PJ_MOST_RECORDS) {
        return pj_fail(r->err, PJ_ELIMIT, 0, pj_tok(r, f->first)->start,
                       "expected at most 100,000 figures in one document");
    }
    PJ_TRY(pj_vec_push(&r->out->quantities, &slot, r->err));
    pj_quantity *q = slot;
    q->report = r->report;
    pj_literal_field(f->kind, q->kind, 12);
    q->value = f->value;
    q->numerator = f->numerator;
    q->denominator = f->denominator;
    if (c->high > c->low && (f->first == c->low || f->first == c->high)) {
        pj_literal_field("between", q->hedge, 16);
    } else {
        set_hedge(c, f->hedged, q->hedge);
    }
    set_section(c, q->section);
    pj_place(r, f->first, f->last, &q->line, &q->start, &q->end);
    pj_place(r, c->s->first, c->s->last, &line, &q->sentence_start, &q->sentence_end);
    return PJ_OK;
}

/* A list's mark or number at the start of a sentence is not part of it. */
static size_t text_start(const pj_reader *r, const pj_sentence *s) {
    size_t i = s->first;
    while (i < s->last && pj_tok(r, i)->kind == PJ_SIGN) {
        i++;
    }
    bool numbered = i + 1 < s->last && pj_tok(r, i)->kind == PJ_NUMBER && pj_tok(r, i + 1)->gap == PJ_GLUED &&
                    (pj_sign_at(r, i + 1, '.') || pj_sign_at(r, i + 1, ')'));
    return numbered ? i + 2 : i;
}

static pj_status read_sentence(pj_reader *r, const pj_sentence *s) {
    scope c = {.r = r, .s = s};
    size_t next = 0;
    for (size_t i = text_start(r, s); i < s->last; i = next) {
        figure f;
        size_t last = 0;
        double base = rate_base(r, i, s->last, &last);
        if ((pj_line_marks(r, i) & (PJ_LINE_FURNITURE | PJ_LINE_QUESTIONS)) != 0) {
            next = i + 1;
        } else if (base > 0) {
            c.per = base;
            next = last;
        } else if (pj_tok(r, i)->kind != PJ_NUMBER && pj_tok(r, i)->kind != PJ_WORD) {
            next = i + 1;
        } else if (read_figure(&c, i, s->last, &f, &next)) {
            PJ_TRY(add(&c, &f));
            next = f.last;
        }
    }
    return PJ_OK;
}

pj_status pj_read_quantities(pj_reader *r) {
    const uint8_t not_text = PJ_LINE_TABLE | PJ_LINE_CONTENTS | PJ_LINE_FURNITURE | PJ_LINE_QUESTIONS | PJ_LINE_HEADING;
    for (size_t i = 0; i < r->sentences.len; i++) {
        const pj_sentence *s = &PJ_AT(&r->sentences, const pj_sentence, i);
        const pj_part *part = s->part == PJ_NONE ? NULL : &PJ_AT(&r->parts, const pj_part, s->part);
        bool notes = part != NULL && part->section == PJ_SECTION_END && part->event.kind == PJ_EV_SECTION;
        if ((pj_line_marks(r, s->first) & not_text) == 0 && !notes) {
            PJ_TRY(read_sentence(r, s));
        }
    }
    return PJ_OK;
}
