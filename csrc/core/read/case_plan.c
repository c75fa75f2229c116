#include "read/case_plan.h"

#include <string.h>

void pj_case_plan_init(pj_case_plan *plan, pj_alloc alloc, char delimiter) {
    plan->delimiter = delimiter;
    plan->n_columns = 0;
    pj_vec_init(&plan->questions, alloc, sizeof(uint32_t));
    pj_vec_init(&plan->texts, alloc, sizeof(uint32_t));
    pj_intern_init(&plan->spellings, alloc);
    pj_vec_init(&plan->meanings, alloc, 1);
}

void pj_case_plan_free(pj_case_plan *plan) {
    pj_vec_free(&plan->questions);
    pj_vec_free(&plan->texts);
    pj_intern_free(&plan->spellings);
    pj_vec_free(&plan->meanings);
}

pj_status pj_case_plan_roles(pj_case_plan *plan, const int32_t *roles, size_t n, pj_error *err) {
    const uint32_t none = UINT32_MAX;
    size_t questions = 0;
    if (n < 1 || n > PJ_CASE_COLUMNS) {
        return pj_fail(err, PJ_EVALUE, 0, n, "expected 1 to 100,000 columns");
    }
    for (size_t i = 0; i < n; i++) {
        questions += roles[i] >= 0;
    }
    plan->n_columns = n;
    for (size_t i = 0; i < questions; i++) {
        PJ_TRY(pj_vec_append(&plan->questions, &none, 1, err));
    }
    for (uint32_t i = 0; i < n; i++) {
        if (roles[i] == PJ_CASE_TEXT) {
            PJ_TRY(pj_vec_append(&plan->texts, &i, 1, err));
        } else if (roles[i] >= 0) {
            size_t q = (size_t)roles[i];
            if (q >= questions || PJ_AT(&plan->questions, uint32_t, q) != none) {
                return pj_fail(err, PJ_EVALUE, 0, i, "expected questions numbered from 0, each with one column");
            }
            PJ_AT(&plan->questions, uint32_t, q) = i;
        } else if (roles[i] != PJ_CASE_SKIP) {
            return pj_fail(err, PJ_EVALUE, 0, i, "expected a role: -2, -1 or the number of a question");
        }
    }
    return PJ_OK;
}

pj_status pj_case_plan_spelling(pj_case_plan *plan, const char *text, size_t len, pj_answer answer, pj_error *err) {
    uint8_t meaning = (uint8_t)answer;
    uint32_t number = 0;
    if (len < 1 || len > PJ_ANSWER_LENGTH) {
        return pj_fail(err, PJ_EVALUE, 0, 0, "expected a spelling of 1 to 64 bytes");
    }
    PJ_TRY(pj_intern_add(&plan->spellings, text, len, &number, err));
    if (number < plan->meanings.len) {
        return PJ_AT(&plan->meanings, uint8_t, number) == meaning
                   ? PJ_OK
                   : pj_fail(err, PJ_EVALUE, 0, 0, "one spelling stands for two answers");
    }
    return pj_vec_append(&plan->meanings, &meaning, 1, err);
}

/* Bytes of a blank at `at`: a space, a tab, a line end inside of quotes, an NBSP in either encoding; else 0. A lone A0
 * is Windows-1252: in UTF-8 it is never the first byte of a character. */
static size_t blank_at(const char *text, size_t at, size_t len) {
    unsigned char c = (unsigned char)text[at];
    if (c == 0xC2 && at + 1 < len && (unsigned char)text[at + 1] == 0xA0) {
        return 2;
    }
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ? 1 : 0;
}

/* Bytes of a curly apostrophe at `at`, in either encoding; else 0. */
static size_t apostrophe_at(const char *text, size_t at, size_t len) {
    unsigned char c = (unsigned char)text[at];
    if (c == 0xE2 && at + 2 < len && (unsigned char)text[at + 1] == 0x80) {
        unsigned char last = (unsigned char)text[at + 2];
        return last == 0x98 || last == 0x99 ? 3 : 0;
    }
    return c == 0x91 || c == 0x92 ? 1 : 0;
}

size_t pj_answer_fold(const char *text, size_t len, char *out) {
    size_t n = 0;
    bool gap = false;
    size_t at = 0;
    while (at < len) {
        size_t blank = blank_at(text, at, len);
        if (blank > 0) {
            gap = n > 0;
            at += blank;
            continue;
        }
        if (gap) {
            out[n++] = ' ';
            gap = false;
        }
        size_t apostrophe = apostrophe_at(text, at, len);
        if (apostrophe > 0) {
            out[n++] = '\'';
            at += apostrophe;
            continue;
        }
        char c = text[at++];
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return n;
}

pj_answer pj_answer_read(const pj_case_plan *plan, const char *text, size_t len) {
    char folded[PJ_ANSWER_LENGTH];
    /* Blanks around an answer must not make it too long, whatever their number. */
    size_t blank = 0;
    while (len > 0 && (blank = blank_at(text, 0, len)) > 0) {
        text += blank;
        len -= blank;
    }
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) {
        len--;
    }
    if (len == 0) {
        return PJ_ANSWER_BLANK;
    }
    if (len > PJ_ANSWER_LENGTH) {
        return PJ_NO_ANSWER;
    }
    uint32_t number = pj_intern_find(&plan->spellings, folded, pj_answer_fold(text, len, folded));
    return number == PJ_INTERN_NONE ? PJ_NO_ANSWER : (pj_answer)PJ_AT(&plan->meanings, uint8_t, number);
}
