#include "lex/words.h"

/* Of English text, a token with what parts it from the next: the room that most texts need is taken once. */
#define TOKEN_BYTES 5

typedef struct scan {
    pj_words *out;
    size_t at;
    uint32_t line;   /* physical, 1-based */
    uint32_t breaks; /* line ends since the last token */
    uint32_t spaces;
    bool tab;
    bool page;
    pj_error *err;
} scan;

static void peek(const scan *s, size_t at, pj_char *c) {
    pj_char_read(s->out->text, s->out->len, at, c);
}

/* Move over white space and count what it is made of. */
static void skip_gap(scan *s) {
    s->breaks = 0;
    s->spaces = 0;
    s->tab = false;
    s->page = false;
    while (s->at < s->out->len) {
        char a = s->out->text[s->at];
        if (a == ' ') { /* nearly all of it */
            s->spaces++;
            s->at++;
            continue;
        }
        if (a > ' ' && a < 0x7F) {
            return;
        }
        pj_char c;
        peek(s, s->at, &c);
        if (c.cls == PJ_C_LINE) {
            bool crlf = c.code == '\r' && s->at + 1 < s->out->len && s->out->text[s->at + 1] == '\n';
            s->at += crlf ? 2u : c.size;
            /* editors count LF, CR and CRLF; other separators part lines without being counted */
            s->line += c.code == '\n' || c.code == '\r' ? 1u : 0u;
            s->breaks++;
            continue;
        }
        if (c.cls == PJ_C_SPACE) {
            s->spaces++;
        } else if (c.cls == PJ_C_TAB) {
            s->tab = true;
        } else if (c.cls == PJ_C_PAGE) {
            s->page = true;
        } else if (c.cls != PJ_C_NOTHING) {
            return;
        }
        s->at += c.size;
    }
}

static pj_gap gap_of(const scan *s, bool first) {
    if (s->page || first) {
        return PJ_NEW_PAGE;
    }
    if (s->breaks > 1) {
        return PJ_NEW_PARAGRAPH;
    }
    if (s->breaks == 1) {
        return PJ_NEW_LINE;
    }
    if (s->tab) {
        return PJ_TABBED;
    }
    return s->spaces > 1 ? PJ_WIDE : s->spaces == 1 ? PJ_SPACED : PJ_GLUED;
}

/* Folding at most triples a text ("&" is "and"), so that the room is taken once; what stays unused is never touched. */
static void put_fold(scan *s, const char *fold, size_t n) {
    memcpy((char *)s->out->fold.data + s->out->fold.len, fold, n);
    s->out->fold.len += n;
}

static void read_word(scan *s, pj_token *t) {
    const char *text = s->out->text;
    bool small = false;
    t->kind = PJ_WORD;
    t->fold = (uint32_t)s->out->fold.len;
    while (s->at < s->out->len) {
        char a = text[s->at];
        bool lower = a >= 'a' && a <= 'z';
        if (lower || (a >= 'A' && a <= 'Z' && !small)) { /* nearly all of English */
            small = lower;
            ((char *)s->out->fold.data)[s->out->fold.len++] = lower ? a : (char)(a + ('a' - 'A'));
            t->end = (uint32_t)++s->at;
            continue;
        }
        if (a >= ' ' && a < 0x7F) { /* nearly all of what ends a word, a capital behind a small letter among it */
            break;
        }
        pj_char c;
        peek(s, s->at, &c);
        if (c.cls == PJ_C_NOTHING) {
            s->at += c.size;
            continue;
        }
        if (c.cls != PJ_C_LETTER || (c.upper && small)) {
            break;
        }
        small = !c.upper;
        put_fold(s, c.fold, c.fold_len);
        s->at += c.size;
        t->end = (uint32_t)s->at;
    }
    t->fold_len = (uint32_t)s->out->fold.len - t->fold;
}

static bool digit_at(const scan *s, size_t at) {
    return at < s->out->len && s->out->text[at] >= '0' && s->out->text[at] <= '9';
}

static size_t digits_from(const scan *s, size_t at) {
    size_t n = 0;
    while (digit_at(s, at + n)) {
        n++;
    }
    return n;
}

static void read_number(scan *s, pj_token *t) {
    t->kind = PJ_NUMBER;
    s->at += digits_from(s, s->at);
    while (s->at < s->out->len) {
        char c = s->out->text[s->at];
        size_t n = digits_from(s, s->at + 1);
        if ((c == '.' && n > 0) || (c == ',' && n == 3)) {
            s->at += 1 + n;
        } else {
            break;
        }
    }
    t->end = (uint32_t)s->at;
}

/* Digits stuck to the end of a word are a footnote's mark ("rating2 for", "London.1 In"), unless what follows makes
 * them a figure ("Score9/12", "safe100%", "Assessing2.2 Planning") or the word is one letter ("V1"). */
static bool is_note(const scan *s, const pj_token *t) {
    const pj_vec *tokens = &s->out->tokens;
    if (t->gap != PJ_GLUED || t->end - t->start > 2 || tokens->len == 0) {
        return false;
    }
    const char *text = s->out->text;
    if (t->end < s->out->len) {
        pj_char next;
        peek(s, t->end, &next);
        bool closed = next.cls != PJ_C_LETTER && next.cls != PJ_C_DIGIT && text[t->end] != '%' && text[t->end] != '/' &&
                      !(next.fold_len == 1 && next.fold[0] == '-');
        if (!closed) {
            return false;
        }
    }
    const pj_token *before = &PJ_AT(tokens, pj_token, tokens->len - 1);
    if (before->kind == PJ_SIGN) {
        bool ends = before->sign == '.' || before->sign == ',' || before->sign == ';' || before->sign == ')' ||
                    before->sign == '\'' || before->sign == '"';
        if (!ends || before->gap != PJ_GLUED || tokens->len < 2) {
            return false;
        }
        before = &PJ_AT(tokens, pj_token, tokens->len - 2);
        return before->kind == PJ_WORD || before->kind == PJ_SIGN;
    }
    return before->kind == PJ_WORD && before->fold_len > 1;
}

static void read_sign(scan *s, pj_token *t, const pj_char *c) {
    s->at += c->size;
    t->end = (uint32_t)s->at;
    if (c->cls == PJ_C_NOTE) {
        t->kind = PJ_NOTE;
        while (s->at < s->out->len) {
            pj_char next;
            peek(s, s->at, &next);
            if (next.cls != PJ_C_NOTE) {
                break;
            }
            s->at += next.size;
            t->end = (uint32_t)s->at;
        }
        return;
    }
    if (c->code == '&') {
        t->kind = PJ_WORD;
        t->fold = (uint32_t)s->out->fold.len;
        t->fold_len = 3;
        put_fold(s, "and", 3);
        return;
    }
    t->kind = PJ_SIGN;
    t->sign = c->fold_len == 1 ? c->fold[0] : '~';
}

static pj_status read_token(scan *s, pj_gap gap) {
    pj_char c;
    pj_token t = {0};
    t.start = (uint32_t)s->at;
    t.gap = (uint8_t)gap;
    peek(s, s->at, &c);
    t.upper = c.upper;
    if (c.cls == PJ_C_LETTER) {
        read_word(s, &t);
    } else if (c.cls == PJ_C_DIGIT) {
        read_number(s, &t);
        t.kind = is_note(s, &t) ? PJ_NOTE : PJ_NUMBER;
    } else {
        read_sign(s, &t, &c);
    }
    bool new_line = gap >= PJ_NEW_LINE;
    if (new_line) {
        pj_line line = {(uint32_t)s->out->tokens.len, 0, s->line};
        PJ_TRY(pj_vec_append(&s->out->lines, &line, 1, s->err));
    }
    t.line = (uint32_t)s->out->lines.len - 1;
    PJ_AT(&s->out->lines, pj_line, t.line).last = (uint32_t)s->out->tokens.len + 1;
    PJ_TRY(pj_vec_room(&s->out->tokens, s->err));
    PJ_AT(&s->out->tokens, pj_token, s->out->tokens.len++) = t;
    return PJ_OK;
}

pj_status pj_words_read(const char *text, size_t len, pj_alloc alloc, pj_words *out, pj_error *err) {
    out->text = text;
    out->len = len;
    pj_vec_init(&out->tokens, alloc, sizeof(pj_token));
    pj_vec_init(&out->lines, alloc, sizeof(pj_line));
    pj_vec_init(&out->fold, alloc, 1);
    if (len > PJ_TEXT_LIMIT) {
        return pj_fail(err, PJ_ELIMIT, 0, PJ_TEXT_LIMIT, "expected a document of at most 16 MiB of text");
    }
    PJ_TRY(pj_vec_reserve(&out->fold, 3 * len + 1, err));
    PJ_TRY(pj_vec_reserve(&out->tokens, len / TOKEN_BYTES + 1, err));
    scan s = {.out = out, .at = 0, .line = 1, .err = err};
    skip_gap(&s);
    while (s.at < len) {
        PJ_TRY(read_token(&s, gap_of(&s, out->tokens.len == 0)));
        skip_gap(&s);
    }
    return PJ_OK;
}

void pj_words_free(pj_words *words) {
    pj_vec_free(&words->tokens);
    pj_vec_free(&words->lines);
    pj_vec_free(&words->fold);
}
