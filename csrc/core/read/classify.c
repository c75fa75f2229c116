/* What kind of document it is, and by which framework. Both are decided by evidence that is added up, since any single
 * piece can be missing from an extracted or cut text. */
#include "read/reader.h"

#include <string.h>

/* Evidence of structure, beside the weights of a framework's own phrases. A title under its printed code is hard to
 * come by otherwise; a total out of another maximum and a date outside the framework's time exclude it for practical
 * purposes. */
enum {
    TITLE_FITS = 3,
    TITLE_MISFITS = -3,
    MAXIMUM_FITS = 8,
    MAXIMUM_MISFITS = -12,
    DATE_FITS = 3,
    DATE_MISFITS = -12
};
enum {
    ENOUGH = 3
};
enum {
    MOST_MISSING = 4
}; /* a cut table is no evidence against its framework */
enum {
    HEAD_TOKENS = 400
}; /* a cover stands near the start */

static int title_evidence(const pj_reader *r, int f) {
    int sum = 0;
    for (size_t i = 0; i < r->events.len; i++) {
        const pj_event *e = &PJ_AT(&r->events, const pj_event, i);
        if (e->kind != PJ_EV_LABEL || e->hit == PJ_NONE || (!e->coded && i > 200)) {
            continue;
        }
        const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, e->hit);
        bool fits = false;
        for (size_t k = 0; k < hit->count; k++) {
            const pj_meaning *m = pj_meaning_at(&r->rules->lexicon, hit, k);
            bool here = m->role == PJ_ROLE_title && m->framework == f && m->standard >= 0;
            if (here && (!e->coded ||
                         memcmp(pj_rule_standard_at(r->rules, m->standard)->code, e->code, sizeof(e->code)) == 0)) {
                fits = true;
            }
        }
        if (e->coded) {
            sum += fits ? TITLE_FITS : TITLE_MISFITS;
        } else {
            sum += fits ? 1 : -1;
        }
    }
    return sum;
}

/* Each phrase counts once, however often it stands. */
static int mark_evidence(const pj_reader *r, const pj_vec *present, int f) {
    int sum = 0;
    for (size_t i = 0; i < present->len; i++) {
        const pj_meaning *m = &PJ_AT(&r->rules->marks.meanings, const pj_meaning, i);
        sum += PJ_AT(present, const uint8_t, i) != 0 && m->framework == f ? m->value : 0;
    }
    return sum;
}

static int maximum_evidence(const pj_reader *r, int f) {
    if (r->score.max_score == 0) {
        return 0;
    }
    const pj_rule_framework *rule = pj_rule_framework_at(r->rules, f);
    for (int i = 0; i < PJ_MAXIMA && rule->maxima[i] > 0; i++) {
        if (rule->maxima[i] == r->score.max_score) {
            return MAXIMUM_FITS;
        }
    }
    return MAXIMUM_MISFITS;
}

static int date_evidence(const pj_reader *r, int f) {
    const pj_rule_framework *rule = pj_rule_framework_at(r->rules, f);
    /* publication comes some months after fieldwork */
    const int64_t late = r->fieldwork.precision == PJ_NO_DATE ? 300 : 45;
    const pj_date *date = r->fieldwork.precision == PJ_NO_DATE ? &r->published : &r->fieldwork;
    if (date->precision == PJ_NO_DATE) {
        return 0;
    }
    bool early = rule->first_day != PJ_NAT && date->days < rule->first_day - 45;
    bool over = rule->last_day != PJ_NAT && date->days > rule->last_day + late;
    /* without the date of fieldwork, the framework in force some months before publication fits best */
    int64_t likely = r->fieldwork.precision == PJ_NO_DATE ? date->days - 120 : date->days;
    bool best = (rule->first_day == PJ_NAT || likely >= rule->first_day) &&
                (rule->last_day == PJ_NAT || likely <= rule->last_day);
    return early || over ? DATE_MISFITS : best ? DATE_FITS : DATE_FITS - 1;
}

/* A framework with more standards than the table shows is a worse fit than one without. */
static int absent_evidence(const pj_reader *r, int f) {
    int core = 0;
    int first = -1;
    for (size_t s = 0; s < r->rules->standards.len; s++) {
        const pj_rule_standard *rule = pj_rule_standard_at(r->rules, (int)s);
        core += rule->framework == f && rule->core ? 1 : 0;
        first = rule->framework == f && first < 0 ? (int)s : first;
    }
    uint64_t shown = 0; /* a bit for each standard, from the framework's first */
    int seen = 0;
    for (size_t i = 0; i < r->pairs.len; i++) {
        const pj_pair *pair = &PJ_AT(&r->pairs, const pj_pair, i);
        int s = pair->overall ? -1 : pj_label_standard(r, &pair->label, pair->label.domain, f);
        uint64_t bit = s >= first && s - first < 64 ? (uint64_t)1 << (s - first) : 0;
        seen += bit != 0 && (shown & bit) == 0 && pj_rule_standard_at(r->rules, s)->core ? 1 : 0;
        shown |= bit;
    }
    int missing = core - seen;
    return seen < 2 ? 0 : missing > MOST_MISSING ? -MOST_MISSING : -missing;
}

/* None if two fit as well: a part of a report may have nothing that tells its framework. */
static int choose_framework(const pj_reader *r, const pj_vec *present) {
    int best = -1;
    int most = ENOUGH - 1;
    for (int f = 0; f < (int)r->rules->frameworks.len; f++) {
        int sum = title_evidence(r, f) + mark_evidence(r, present, f) + maximum_evidence(r, f) + date_evidence(r, f) +
                  absent_evidence(r, f);
        if (sum > most) {
            most = sum;
            best = f;
        } else if (sum == most) {
            best = -1;
        }
    }
    return best;
}

static int count_role(const pj_reader *r, pj_role role) {
    int n = 0;
    for (size_t i = 0; i < r->hits.len; i++) {
        n += pj_hit_as(r, &PJ_AT(&r->hits, const pj_hit, i), role, -1) != NULL ? 1 : 0;
    }
    return n;
}

/* The first cover title in a heading's place: 1 a youth inspection's, -1 another document's, 0 none. */
static int cover(const pj_reader *r) {
    for (size_t i = 0; i < r->hits.len; i++) {
        const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, i);
        bool youth = pj_hit_as(r, hit, PJ_ROLE_inspection_title, -1) != NULL;
        bool other = pj_hit_as(r, hit, PJ_ROLE_other_title, -1) != NULL;
        const uint8_t place = PJ_LINE_FURNITURE | PJ_LINE_HEADING;
        bool dated = pj_tok(r, pj_line_at(&r->words, pj_tok(r, hit->first)->line)->first)->kind == PJ_NUMBER;
        if ((youth || (other && !dated)) && (pj_line_marks(r, hit->first) & place) != 0 && hit->first < HEAD_TOKENS) {
            return other ? -1 : 1;
        }
    }
    return 0;
}

static int report_evidence(const pj_reader *r, int covers) {
    int sections = count_role(r, PJ_ROLE_questions_anchor) > 0 ? 1 : 0;
    for (size_t i = 0; i < r->events.len; i++) {
        uint8_t kind = PJ_AT(&r->events, const pj_event, i).kind;
        sections += kind == PJ_EV_SECTION ? 1 : 0;
    }
    int forms = count_role(r, PJ_ROLE_report_form);
    int rated = r->pairs.len >= 6 ? 3 : r->pairs.len >= 3 ? 2 : 0;
    return (covers > 0 ? 3 : 0) + (sections > 3 ? 3 : sections) + (forms > 3 ? 3 : forms) + rated;
}

void pj_classify(pj_reader *r, const pj_vec *present, int framework) {
    int covers = cover(r);
    int youth = count_role(r, PJ_ROLE_inspection_title) + count_role(r, PJ_ROLE_service_type);
    int other = count_role(r, PJ_ROLE_other_title);
    r->kind = PJ_DOC_OTHER;
    r->framework = -1;
    if (covers < 0 || youth == 0 || (covers == 0 && other > youth)) {
        return;
    }
    int news = count_role(r, PJ_ROLE_news_form);
    int report = report_evidence(r, covers);
    r->framework = framework >= 0 ? framework : choose_framework(r, present);
    r->kind = report >= 3 && report >= news ? PJ_DOC_REPORT : PJ_DOC_NEWS;
}
