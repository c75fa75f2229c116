#include "lex/marks.h"

#if defined(__SSE2__) && defined(__GNUC__)
#include <emmintrin.h>
#define PJ_VECTOR 1
#else
#define PJ_VECTOR 0
#endif

size_t pj_marks_find_scalar(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks) {
    size_t n = 0;
    for (size_t at = from; at < to; at++) {
        char c = text[at];
        if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
            marks[n++] = (uint32_t)at;
        }
    }
    return n;
}

#define EACH(byte) (0x0101010101010101u * (uint64_t)(unsigned char)(byte))

/* Eight bytes, the first of them lowest, on any machine. */
static uint64_t word_at(const char *text) {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++) {
        word |= (uint64_t)(unsigned char)text[i] << (8 * i);
    }
    return word;
}

/* The top bit of each byte that is zero: the sums carry over into no other byte. */
static uint64_t zeros(uint64_t word) {
    return ~(((word & EACH(0x7F)) + EACH(0x7F)) | word | EACH(0x7F));
}

/* Which byte the lowest of such bits is in: the bits below it reach into it and all bytes before. */
static uint32_t lowest(uint64_t bits) {
    uint64_t below = (bits & (0 - bits)) - 1;
    return (uint32_t)(((below & EACH(1)) * EACH(1)) >> 56) - 1;
}

size_t pj_marks_find_words(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks) {
    uint32_t *out = marks;
    size_t at = from;
    for (; to - at >= 8; at += 8) {
        uint64_t word = word_at(text + at);
        uint64_t bits = zeros(word ^ EACH(delimiter)) | zeros(word ^ EACH('"')) | zeros(word ^ EACH('\n')) |
                        zeros(word ^ EACH('\r'));
        for (; bits != 0; bits &= bits - 1) {
            *out++ = (uint32_t)at + lowest(bits);
        }
    }
    return (size_t)(out - marks) + pj_marks_find_scalar(text, at, to, delimiter, out);
}

#if PJ_VECTOR

/* One bit for each of 16 bytes, set where the byte is a mark. */
static uint64_t marks_of_16(const char *text, __m128i delimiter) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(ends, signs));
}

size_t pj_marks_find(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks) {
    __m128i wanted = _mm_set1_epi8(delimiter);
    uint32_t *out = marks;
    size_t at = from;
    for (; to - at >= 64; at += 64) {
        uint64_t bits = marks_of_16(text + at, wanted) | marks_of_16(text + at + 16, wanted) << 16 |
                        marks_of_16(text + at + 32, wanted) << 32 | marks_of_16(text + at + 48, wanted) << 48;
        while (bits != 0) {
            *out++ = (uint32_t)at + (uint32_t)__builtin_ctzll(bits);
            bits &= bits - 1;
        }
    }
    return (size_t)(out - marks) + pj_marks_find_scalar(text, at, to, delimiter, out);
}

#else

size_t pj_marks_find(const char *text, size_t from, size_t to, char delimiter, uint32_t *marks) {
    return pj_marks_find_words(text, from, to, delimiter, marks);
}

#endif
