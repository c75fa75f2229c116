#include "read/report.h"

#include <string.h>

#include "read/reader.h"

static void init_report(pj_report *out, int32_t report, pj_alloc alloc) {
    memset(out, 0, sizeof(*out));
    pj_vec_init(&out->ratings, alloc, sizeof(pj_rating));
    pj_vec_init(&out->questions, alloc, sizeof(pj_question));
    pj_vec_init(&out->samples, alloc, sizeof(pj_sample));
    pj_vec_init(&out->recommendations, alloc, sizeof(pj_recommendation));
    pj_vec_init(&out->quantities, alloc, sizeof(pj_quantity));
    pj_vec_init(&out->mentions, alloc, sizeof(pj_mention));
    pj_inspection *i = &out->inspection;
    i->report = report;
    i->published = PJ_NAT;
    i->fieldwork = PJ_NAT;
    i->score = -1;
    i->max_score = -1;
    i->overall = PJ_NOT_FOUND;
    i->stated_recommendations = -1;
    i->line = -1;
    i->start = -1;
    i->end = -1;
}

void pj_report_free(pj_report *report) {
    pj_vec_free(&report->ratings);
    pj_vec_free(&report->questions);
    pj_vec_free(&report->samples);
    pj_vec_free(&report->recommendations);
    pj_vec_free(&report->quantities);
    pj_vec_free(&report->mentions);
}

static void init_reader(pj_reader *r, pj_alloc alloc) {
    pj_vec_init(&r->words.tokens, alloc, sizeof(pj_token));
    pj_vec_init(&r->words.lines, alloc, sizeof(pj_line));
    pj_vec_init(&r->words.fold, alloc, 1);
    pj_vec_init(&r->hits, alloc, sizeof(pj_hit));
    pj_vec_init(&r->hit_of, alloc, sizeof(uint32_t));
    pj_vec_init(&r->marks, alloc, sizeof(uint8_t));
    pj_vec_init(&r->events, alloc, sizeof(pj_event));
    pj_vec_init(&r->pairs, alloc, sizeof(pj_pair));
    pj_vec_init(&r->parts, alloc, sizeof(pj_part));
    pj_vec_init(&r->sentences, alloc, sizeof(pj_sentence));
    r->framework = -1;
}

static void free_reader(pj_reader *r) {
    pj_words_free(&r->words);
    pj_vec_free(&r->hits);
    pj_vec_free(&r->hit_of);
    pj_vec_free(&r->marks);
    pj_vec_free(&r->events);
    pj_vec_free(&r->pairs);
    pj_vec_free(&r->parts);
    pj_vec_free(&r->sentences);
}

static pj_status index_hits(pj_reader *r) {
    size_t n = r->words.tokens.len;
    PJ_TRY(pj_vec_reserve(&r->hit_of, n, r->err));
    r->hit_of.len = n;
    if (n > 0) {
        memset(r->hit_of.data, 0xFF, n * sizeof(uint32_t));
    }
    for (size_t i = 0; i < r->hits.len; i++) {
        const pj_hit *hit = &PJ_AT(&r->hits, const pj_hit, i);
        for (size_t t = hit->first; t < hit->last; t++) {
            PJ_AT(&r->hit_of, uint32_t, t) = (uint32_t)i;
        }
    }
    return PJ_OK;
}

/* Does "3.4" stand before the phrase, if the mark has a code (34)? */
static bool has_code(const pj_reader *r, const pj_meaning *mark, const pj_hit *hit) {
    if (mark->number <= 0) {
        return true;
    }
    size_t i = hit->first;
    i -= i > 0 && pj_sign_at(r, i - 1, '.') ? 1u : 0u;
    const pj_token *t = i > 0 ? pj_tok(r, i - 1) : NULL;
    const char *code = t != NULL ? r->words.text + t->start : NULL;
    return t != NULL && t->kind == PJ_NUMBER && t->end - t->start == 3 && code[1] == '.' &&
           (code[0] - '0') * 10 + code[2] - '0' == mark->number;
}

static pj_status classify(pj_reader *r, int framework, pj_alloc alloc) {
    pj_vec hits;
    pj_vec present;
    pj_vec_init(&hits, alloc, sizeof(pj_hit));
    pj_vec_init(&present, alloc, 1);
    size_t n = r->rules->marks.meanings.len;
    pj_status status = pj_lexicon_find(&r->rules->marks, &r->words, &hits, r->err);
    if (status == PJ_OK) {
        status = pj_vec_reserve(&present, n + 1, r->err);
    }
    if (status == PJ_OK) {
        memset(present.data, 0, n + 1);
        present.len = n;
        for (size_t i = 0; i < hits.len; i++) {
            const pj_hit *hit = &PJ_AT(&hits, const pj_hit, i);
            for (size_t k = 0; k < hit->count; k++) {
                const pj_meaning *mark = pj_meaning_at(&r->rules->marks, hit, k);
                PJ_AT(&present, uint8_t, hit->meaning + k) |= has_code(r, mark, hit) ? 1u : 0u;
            }
        }
        pj_classify(r, &present, framework);
    }
    pj_vec_free(&present);
    pj_vec_free(&hits);
    return status;
}

static void set_date(const pj_date *date, int64_t *days, int8_t *precision) {
    if (date->precision != PJ_NO_DATE) {
        *days = date->days;
        *precision = (int8_t)date->precision;
    }
}

static void finish_inspection(pj_reader *r) {
    static const char *const KINDS[] = {"other", "report", "news"};
    pj_inspection *i = &r->out->inspection;
    pj_literal_field(KINDS[r->kind], i->kind, 8);
    pj_name_field(r, r->service_first, r->service_last, i->service, 96);
    set_date(&r->published, &i->published, &i->published_precision);
    if (r->kind == PJ_DOC_OTHER) {
        return; /* dates and names may be its own; ratings and totals are never a youth inspection's */
    }
    set_date(&r->fieldwork, &i->fieldwork, &i->fieldwork_precision);
    if (r->framework >= 0) {
        const pj_rule_framework *rule = pj_rule_framework_at(r->rules, r->framework);
        memcpy(i->framework, rule->id, sizeof(i->framework));
        if (!rule->gives_overall) {
            i->overall = PJ_NOT_RATED;
        }
    }
}

/* The total stands in the table, or in the sentence that gives the overall rating; news may list those of others. */
static void set_score(pj_reader *r) {
    pj_inspection *i = &r->out->inspection;
    if (r->score.max_score > 0 && r->kind != PJ_DOC_OTHER && (r->kind == PJ_DOC_REPORT || i->overall >= 0)) {
        i->score = r->score.score;
        i->max_score = r->score.max_score;
    }
}

static pj_status read_document(pj_reader *r, const char *text, size_t len, int framework, pj_alloc alloc) {
    PJ_TRY(pj_words_read(text, len, alloc, &r->words, r->err));
    PJ_TRY(pj_lexicon_find(&r->rules->lexicon, &r->words, &r->hits, r->err));
    PJ_TRY(index_hits(r));
    PJ_TRY(pj_read_lines(r));
    PJ_TRY(pj_join_edges(r));
    pj_read_service(r);
    PJ_TRY(pj_read_table(r));
    pj_read_facts(r);
    PJ_TRY(classify(r, framework, alloc));
    PJ_TRY(pj_read_parts(r));
    PJ_TRY(pj_read_sentences(r));
    finish_inspection(r);
    PJ_TRY(pj_read_ratings(r));
    PJ_TRY(pj_read_samples(r));
    PJ_TRY(pj_read_questions(r));
    PJ_TRY(pj_read_recommendations(r));
    PJ_TRY(pj_read_quantities(r));
    if (r->kind == PJ_DOC_NEWS && (r->out->inspection.overall < 0 || r->scores_differ)) {
        r->score.max_score = 0; /* a total in a list of several services' */
    }
    PJ_TRY(pj_read_mentions(r));
    set_score(r);
    return PJ_OK;
}

pj_status pj_report_read(const pj_rulebook *rules, const char *text, size_t len, int32_t report, int framework,
                         pj_alloc alloc, pj_report *out, pj_error *err) {
    pj_reader r;
    memset(&r, 0, sizeof(r));
    r.rules = rules;
    r.out = out;
    r.err = err;
    r.report = report;
    init_reader(&r, alloc);
    init_report(out, report, alloc);
    pj_status status = read_document(&r, text, len, framework, alloc);
    free_reader(&r);
    return status;
}
