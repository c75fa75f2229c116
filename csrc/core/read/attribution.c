/* Whose rating a sentence tells, of when, and of what: decided by the nearest words that say so. */
#include "read/told.h"

#define SHORTEST_STEM 5 /* letters */

static size_t clause_start(const pj_told *c, size_t k) {
    return k == 0 ? c->s->first : c->found[k - 1].hit->last;
}

static size_t clause_end(const pj_told *c, size_t k) {
    return k + 1 < c->n ? c->found[k + 1].hit->first : c->s->last;
}

/* "its first inspection since 2017": the year of another. */
static bool since(const pj_reader *r, size_t i) {
    return i > 0 && pj_word_is(&r->words, i - 1, "since");
}

/* A year close behind the rating, else one in its clause before it. */
void pj_find_year(pj_told *c, size_t k) {
    pj_candidate *m = &c->found[k];
    const pj_reader *r = c->r;
    size_t end = clause_end(c, k);
    int year = 0;
    unsigned seen = 0;
    for (size_t i = m->hit->last; i < end && seen < 10 && m->year == 0; i++) {
        if (pj_in_furniture(r, i)) {
            continue;
        }
        seen++;
        bool stop = pj_sign_at(r, i, ',') && i > m->hit->last + 1u;
        if (stop) {
            break;
        }
        if (pj_year_read(&r->words, i, &year) && !since(r, i)) {
            m->year = year;
        }
    }
    /* what follows the last rating belongs to it, so only the stretch before is left */
    for (size_t i = m->hit->first; i-- > clause_start(c, k) && m->year == 0;) {
        bool after_other = k > 0 && i < c->found[k - 1].hit->last + (size_t)PJ_NEAR && c->found[k - 1].year != 0;
        if (!after_other && pj_year_read(&r->words, i, &year) && !since(r, i) && !pj_sign_at(r, i + 1, '/') &&
            !pj_sign_at(r, i + 1, '-')) {
            m->year = year;
        }
    }
}

/* "from good in 2022 to rated 'Inadequate'": the rating that the change led to. */
static bool changed_to(const pj_told *c, size_t k) {
    const pj_reader *r = c->r;
    const pj_hit *before = c->found[k - 1].hit;
    size_t from = before->first > c->s->first + 1u && pj_quote_at(r, before->first - 1) ? 2u : 1u;
    bool change = before->first >= c->s->first + from && pj_word_is(&r->words, before->first - from, "from");
    bool to = false;
    for (size_t i = before->last; i < c->found[k].hit->first; i++) {
        to = to || pj_word_is(&r->words, i, "to");
    }
    return change && to;
}

/* "down from", "compared with": what comes next is the earlier rating. */
static bool compares(const pj_reader *r, const pj_hit *cue) {
    return pj_word_is(&r->words, cue->last - 1u, "from") || pj_word_is(&r->words, cue->last - 1u, "with") ||
           pj_word_is(&r->words, cue->last - 1u, "on");
}

/* The nearest cue of time before the rating, else one close behind it. */
pj_mention_role pj_find_time(pj_told *c, size_t k) {
    const pj_candidate *m = &c->found[k];
    const pj_reader *r = c->r;
    size_t from = pj_quote_at(r, m->hit->first - (m->hit->first > 0 ? 1u : 0u)) ? 2u : 1u;
    if (m->hit->first >= c->s->first + from && pj_word_is(&r->words, m->hit->first - from, "from") && k + 1 < c->n) {
        return PJ_MENTION_PREVIOUS;
    }
    if (k > 0 && changed_to(c, k)) {
        return PJ_MENTION_CURRENT;
    }
    if (m->year != 0 && r->year != 0) {
        return m->year < r->year ? PJ_MENTION_PREVIOUS : PJ_MENTION_CURRENT;
    }
    for (size_t i = m->hit->first; i-- > c->s->first;) {
        if (pj_starts_as(r, i, PJ_ROLE_previous, -1) != NULL) {
            return PJ_MENTION_PREVIOUS;
        }
        if (pj_starts_as(r, i, PJ_ROLE_now, -1) != NULL) {
            return PJ_MENTION_CURRENT;
        }
    }
    for (size_t i = m->hit->last; i < clause_end(c, k) && i < m->hit->last + (size_t)2 * PJ_NEAR; i++) {
        if (pj_starts_as(r, i, PJ_ROLE_previous, -1) != NULL && !compares(r, pj_hit_at(r, i))) {
            return PJ_MENTION_PREVIOUS;
        }
    }
    if (m->year != 0) { /* a dated rating in an undated text */
        c->found[k].dated_only = m->year == r->latest_year;
        return PJ_MENTION_PREVIOUS;
    }
    return c->earlier ? PJ_MENTION_PREVIOUS : PJ_MENTION_CURRENT;
}

bool pj_is_not_given(const pj_told *c, size_t k) {
    const pj_reader *r = c->r;
    const pj_hit *hit = c->found[k].hit;
    unsigned past = 0; /* tokens behind the rating */
    for (size_t i = c->s->first; i < c->s->last; i++) {
        if (pj_in_furniture(r, i)) {
            continue;
        }
        past += i >= hit->last ? 1u : 0u;
        const pj_meaning *m = pj_starts_as(r, i, PJ_ROLE_not_given, -1);
        if (m == NULL) {
            continue;
        }
        bool behind = m->value == 2 && past > 0 && past <= 4;
        /* a cue of the whole sentence, one behind its rating, or one that governs the next rating alone */
        if (m->value == 1 || m->value == 3 || behind ||
            (m->value == 0 && i < c->found[k].hit->first && i >= clause_start(c, k))) {
            return true;
        }
    }
    return false;
}

/* A quoted word in a sentence that neither gives ratings nor names a service is a way of speaking ("what 'Good' is").
 */
bool pj_only_quoted(const pj_told *c) {
    const pj_reader *r = c->r;
    for (size_t i = c->s->first; i < c->s->last; i++) {
        if (pj_starts_as(r, i, PJ_ROLE_rated, -1) != NULL || pj_starts_as(r, i, PJ_ROLE_overall_label, -1) != NULL ||
            pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL || pj_starts_as(r, i, PJ_ROLE_authority, -1) != NULL) {
            return false;
        }
    }
    return true;
}

/* Three words of one scale without a year recite the scale. */
bool pj_is_recited(const pj_told *c) {
    unsigned seen = 0;
    unsigned distinct = 0;
    for (size_t k = 0; k < c->n; k++) {
        const pj_meaning *m = pj_rating_meaning(c->r, c->found[k].hit, c->r->framework);
        unsigned bit = 1u << ((unsigned)(m->value + 2) % 16u);
        distinct += (seen & bit) == 0 ? 1u : 0u;
        seen |= bit;
        if (c->found[k].year != 0) {
            return false;
        }
    }
    return distinct >= 3;
}

/* "Westminster was rated ...", "the service in Brighton and Hove was rated ...": a name without a service's type. */
static bool named_subject(const pj_told *c, size_t i, uint32_t *first, uint32_t *last) {
    static const char *const VERBS[] = {"was",      "is",  "has",      "had",     "were",
                                        "received", "got", "achieved", "remains", "rated"};
    const pj_reader *r = c->r;
    bool located = i > c->s->first && pj_word_is(&r->words, i - 1, "in") && i > c->s->first + 1 &&
                   (pj_word_is(&r->words, i - 2, "service") || pj_word_is(&r->words, i - 2, "services") ||
                    pj_word_is(&r->words, i - 2, "team"));
    const pj_hit *hit = pj_hit_at(r, i);
    bool phrase = hit != NULL &&
                  (pj_hit_as(r, hit, PJ_ROLE_title, -1) != NULL || pj_hit_as(r, hit, PJ_ROLE_subject, -1) != NULL ||
                   pj_hit_as(r, hit, PJ_ROLE_domain, -1) != NULL || pj_hit_as(r, hit, PJ_ROLE_rating, -1) != NULL ||
                   pj_hit_as(r, hit, PJ_ROLE_part, -1) != NULL);
    uint32_t start = 0;
    bool inner = i > c->s->first && pj_name_before(r, i + 1, &start) && start < i; /* in the midst of a name */
    if (inner || phrase || !pj_tok(r, i)->upper || !pj_name_from(r, i, last)) {
        return false;
    }
    *first = (uint32_t)i;
    for (size_t k = 0; k < sizeof(VERBS) / sizeof(VERBS[0]) && *last < c->s->last; k++) {
        if (pj_word_is(&r->words, *last, VERBS[k])) {
            return true;
        }
    }
    return located;
}

/* "... have been rated 'Good' by Ofsted", and not by this inspectorate with it. */
static bool told_by_another(const pj_told *c, size_t k) {
    const pj_reader *r = c->r;
    bool another = false;
    for (size_t i = c->found[k].hit->last; i < clause_end(c, k); i++) {
        if (pj_starts_as(r, i, PJ_ROLE_inspectorate, -1) != NULL) {
            return false;
        }
        another = another || (pj_starts_as(r, i, PJ_ROLE_elsewhere, -1) != NULL && pj_word_is(&r->words, i - 1, "by"));
    }
    return another;
}

#define HEADLINE_TOKENS 40

/* "Telford" in a headline, of Telford and Wrekin: the service's name as far as what joins its parts. */
static bool short_for_ours(const pj_reader *r, size_t first, size_t last) {
    size_t next = r->service_first + (last - first);
    bool head = first < HEADLINE_TOKENS || (pj_line_marks(r, first) & PJ_LINE_HEADING) != 0;
    bool joint = next < r->service_last && (pj_word_is(&r->words, next, "and") || pj_sign_at(r, next, ',') ||
                                            pj_sign_at(r, next, '-') || !pj_tok(r, next)->upper);
    return head && joint && pj_same_name(r, first, last, r->service_first, next);
}

static bool is_ours(const pj_reader *r, size_t first, size_t last) {
    return pj_same_name(r, first, last, r->service_first, r->service_last) || short_for_ours(r, first, last);
}

/* Whose rating: the nearest service named before it in the sentence, or another inspectorate's subject. */
bool pj_is_of_another(pj_told *c, size_t k) {
    pj_candidate *m = &c->found[k];
    const pj_reader *r = c->r;
    m->service_first = r->service_first;
    m->service_last = r->service_last;
    if (told_by_another(c, k)) {
        m->service_last = m->service_first;
        return true;
    }
    for (size_t i = m->hit->first; i-- > c->s->first;) {
        uint32_t first = 0;
        if (pj_in_furniture(r, i)) {
            continue;
        }
        if (pj_starts_as(r, i, PJ_ROLE_elsewhere, -1) != NULL) {
            m->service_last = m->service_first;
            return true;
        }
        uint32_t last = 0;
        if (named_subject(c, i, &first, &last) && r->service_first < r->service_last && !is_ours(r, first, last)) {
            m->service_first = first;
            m->service_last = last;
            return true;
        }
        bool service =
            pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL || pj_starts_as(r, i, PJ_ROLE_authority, -1) != NULL;
        if (!service || !pj_name_before(r, i, &first) || first < c->s->first) {
            if (service && i > c->s->first && pj_word_is(&r->words, i - 1, "whose")) {
                m->service_last = m->service_first; /* "Enfield, whose YJS was rated": not ours, whoever's it is */
                return true;
            }
            if (service) {
                return false; /* "the YJS", "the service": ours */
            }
            continue;
        }
        bool typed = pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL;
        if (!typed && first > c->s->first &&
            (pj_word_is(&r->words, first - 1, "for") || pj_word_is(&r->words, first - 1, "with"))) {
            continue; /* "Cheshire YJS, which works for Warrington Council, was rated ..." */
        }
        if (r->service_first < r->service_last && is_ours(r, first, i)) {
            return false;
        }
        m->service_first = first;
        m->service_last = (uint32_t)i;
        return r->service_first < r->service_last;
    }
    for (size_t i = m->hit->last; i < clause_end(c, k); i++) {
        bool by = pj_word_is(&r->words, i - 1, "by") || pj_word_is(&r->words, i - 1, "from");
        if (pj_starts_as(r, i, PJ_ROLE_elsewhere, -1) != NULL && (by || i < m->hit->last + (size_t)PJ_NEAR)) {
            m->service_last = m->service_first;
            return true;
        }
    }
    return false;
}

/* The one standard that a title or subject at token `i` names; -2 if it names several, -1 if none. */
static int standard_at(const pj_reader *r, size_t i, int section) {
    const pj_hit *hit = pj_hit_at(r, i);
    int found = -1;
    bool foreign = false; /* a standard of an earlier framework: a part that this one can not name */
    if (hit == NULL || hit->first != i) {
        return -1;
    }
    for (size_t k = 0; k < hit->count; k++) {
        const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, k);
        bool named = (m->role == PJ_ROLE_title || m->role == PJ_ROLE_subject) && m->standard >= 0;
        foreign = foreign || (named && m->framework != r->framework);
        if (named && m->framework == r->framework) {
            if (m->standard == section) {
                return section;
            }
            found = found == -1 || found == m->standard ? m->standard : -2;
        }
    }
    return found == -1 && foreign ? -2 : found;
}

/* Does a title have the word at token `i`, or one of the same stem ("staffing": "Staff")? */
static bool title_has(const pj_reader *r, const pj_rule_standard *standard, size_t i) {
    const pj_token *t = pj_tok(r, i);
    const uint8_t *word = (const uint8_t *)r->words.fold.data + t->fold;
    size_t same = 0; /* letters of a title's word that are the word's too */
    bool apart = false;
    for (size_t k = 0; k <= 96; k++) {
        uint32_t c = k < 96 ? standard->title[k] : 0;
        c += c >= 'A' && c <= 'Z' ? 'a' - 'A' : 0;
        if (c >= 'a' && c <= 'z') {
            apart = apart || (same < t->fold_len && word[same] != c);
            same += !apart && same < t->fold_len ? 1u : 0u;
        } else if (!apart && same >= SHORTEST_STEM) {
            return true;
        } else {
            same = 0;
            apart = false;
        }
        if (c == 0) {
            break;
        }
    }
    return false;
}

/* "leadership": the one standard of the framework whose title has the word, else -1. */
static int standard_of_word(const pj_reader *r, size_t i, int section) {
    int found = -1;
    for (size_t s = 0; r->framework >= 0 && pj_hit_at(r, i)->last == i + 1u && s < r->rules->standards.len; s++) {
        const pj_rule_standard *standard = pj_rule_standard_at(r->rules, (int)s);
        if (standard->framework != r->framework || !title_has(r, standard, i)) {
            continue;
        }
        if ((int)s == section) {
            return section;
        }
        found = found == -1 ? (int)s : -2;
    }
    return found < 0 ? -1 : found;
}

/* "'Good' or 'Outstanding'": what is said of the first is said of both. */
static bool joined(const pj_told *c, size_t k) {
    bool join = false;
    for (size_t i = k > 0 ? c->found[k - 1].hit->last : c->found[k].hit->first; i < c->found[k].hit->first; i++) {
        bool word = pj_word_is(&c->r->words, i, "or") || pj_word_is(&c->r->words, i, "and");
        if (!word && !pj_quote_at(c->r, i) && !pj_sign_at(c->r, i, ',')) {
            return false;
        }
        join = join || word;
    }
    return join;
}

/* Is the service that is named at token `i` the one that a sentence speaks of? Not "planning at Kent YJS was". */
static bool is_subject(const pj_told *c, size_t i) {
    static const char *const IN[] = {"at", "in", "by", "of", "within", "across", "for", "from", "with"};
    static const char *const BEFORE[] = {"the", "its", "this", "that", "our", "local"};
    const pj_reader *r = c->r;
    uint32_t name = (uint32_t)i;
    size_t first = pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL && pj_name_before(r, i, &name) ? name : i;
    for (size_t k = 0; k < sizeof(BEFORE) / sizeof(BEFORE[0]) && first > c->s->first; k++) {
        first -= pj_word_is(&r->words, first - 1, BEFORE[k]) ? 1u : 0u;
    }
    for (size_t k = 0; k < sizeof(IN) / sizeof(IN[0]) && first > c->s->first; k++) {
        if (pj_word_is(&r->words, first - 1, IN[k])) {
            return false;
        }
    }
    return true;
}

static bool names_service(const pj_reader *r, size_t i) {
    static const char *const WORDS[] = {"service", "it", "team", "council"};
    bool word = false;
    for (size_t k = 0; k < sizeof(WORDS) / sizeof(WORDS[0]) && pj_hit_at(r, i) == NULL; k++) {
        word = word || pj_word_is(&r->words, i, WORDS[k]);
    }
    return word || pj_starts_as(r, i, PJ_ROLE_service_type, -1) != NULL;
}

void pj_find_standard(pj_told *c, size_t k) {
    pj_candidate *m = &c->found[k];
    const pj_reader *r = c->r;
    if (joined(c, k) && c->found[k - 1].role == m->role) {
        m->standard = c->found[k - 1].standard;
        m->some_part = c->found[k - 1].some_part;
        return;
    }
    const pj_part *part = c->s->part == PJ_NONE ? NULL : &PJ_AT(&r->parts, const pj_part, c->s->part);
    int section = part == NULL ? -1 : part->standard;
    int named = -1;
    bool overall = false;
    bool found = false; /* "found to be" */
    bool verb = false;  /* the word that gives the rating has been passed */
    bool about = false;
    size_t behind = m->hit->last + (pj_quote_at(r, m->hit->last) ? 1u : 0u);
    overall = behind < c->s->last && pj_starts_as(r, behind, PJ_ROLE_overall_label, -1) != NULL; /* "'Good' overall" */
    for (size_t i = m->hit->last; i < clause_end(c, k) && i < m->hit->last + (size_t)PJ_NEAR && named == -1 && !overall;
         i++) {
        bool other = pj_starts_as(r, i, PJ_ROLE_rating, -1) != NULL; /* "rated Good with three Outstanding areas" */
        if (pj_sign_at(r, i, ',') || pj_sign_at(r, i, ';') || other) {
            break;
        }
        const pj_meaning *subject = pj_starts_as(r, i, PJ_ROLE_part, -1);
        named = standard_at(r, i, section);
        about = about || pj_word_is(&r->words, i, "for") || pj_word_is(&r->words, i, "in");
        bool some = subject != NULL && (subject->value == 0 || about);
        m->some_part = m->some_part || some;
        named = some && named == -1 ? standard_of_word(r, i, section) : named;
    }
    unsigned seen = 0;
    for (size_t i = m->hit->first; i-- > clause_start(c, k) && seen < 3 * PJ_NEAR && named == -1 && !overall;) {
        seen += (pj_line_marks(r, i) & PJ_LINE_FURNITURE) == 0 ? 1u : 0u; /* a page's edge does not count */
        overall =
            pj_starts_as(r, i, PJ_ROLE_overall_label, -1) != NULL || (verb && names_service(r, i) && is_subject(c, i));
        const pj_meaning *cue = pj_starts_as(r, i, PJ_ROLE_rated, -1);
        named = overall ? -1 : standard_at(r, i, section); /* "rated planning at Kent YJS 'Inadequate'" */
        verb = verb || (cue != NULL && cue->value != 1);
        found = found || (cue != NULL && cue->value == 2);
        bool some = !overall && pj_starts_as(r, i, PJ_ROLE_part, -1) != NULL;
        m->some_part = m->some_part || some;
        named = some && named == -1 ? standard_of_word(r, i, section) : named;
    }
    m->some_part = m->some_part || (found && !overall); /* "plans were found to be 'inadequate'" */
    m->standard = named >= 0 ? named : -1;
    m->some_part = m->some_part || named == -2;
    if (named == -1 && !m->some_part && !overall && section >= 0 && m->role == PJ_MENTION_CURRENT) {
        m->standard = section; /* in the text of a standard, an unnamed rating is that standard's */
    }
}
