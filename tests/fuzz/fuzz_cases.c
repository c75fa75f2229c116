/* Files of cases of any bytes: both ways of reading agree, whole or cut, and so do the two ways of finding marks. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "case_files.h"
#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds) {
    if (!holds) {
        abort();
    }
}

static void marks_agree(const char *text, size_t len) {
    static uint32_t one[PJ_MARKS_WINDOW];
    static uint32_t other[PJ_MARKS_WINDOW];
    size_t to = len < PJ_MARKS_WINDOW ? len : PJ_MARKS_WINDOW;
    size_t n = pj_marks_find(text, 0, to, ',', one);
    expect(n == pj_marks_find_scalar(text, 0, to, ',', other) && memcmp(one, other, n * sizeof(*one)) == 0);
    expect(n == pj_marks_find_words(text, 0, to, ',', one) && memcmp(one, other, n * sizeof(*one)) == 0);
}

typedef struct reading {
    pj_case_table table;
    pj_case_tally made;
} reading;

static pj_status read_part(const pj_case_plan *plan, const char *text, size_t len, reading *out) {
    expect(pj_case_table_init(&out->table, plan, pj_alloc_libc(), NULL) == PJ_OK);
    expect(pj_case_tally_init(&out->made, plan, pj_alloc_libc(), NULL) == PJ_OK);
    pj_status status = pj_case_table_read(&out->table, plan, text, len, NULL);
    expect(pj_case_tally_read(&out->made, plan, text, len, NULL) == status);
    expect(status != PJ_OK || case_fault(&out->table, &out->made) == NULL);
    return status;
}

static void free_part(reading *part) {
    pj_case_table_free(&part->table);
    pj_case_tally_free(&part->made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) {
        return 0;
    }
    size_t len = size - 1;
    char *text = exact_copy((const char *)data + 1, len);
    pj_case_plan plan;
    expect(case_plan_build(pj_alloc_libc(), &plan, NULL) == PJ_OK);
    marks_agree(text, len);
    reading whole;
    reading first;
    reading second;
    size_t open = 0;
    size_t cut = pj_scan_cut(text, len * data[0] / 255, ',', &open);
    pj_status status = read_part(&plan, text, len, &whole);
    expect(read_part(&plan, text, cut, &first) == PJ_OK);
    expect(read_part(&plan, text + cut, len - cut, &second) == status);
    if (status == PJ_OK) {
        expect(pj_case_table_absorb(&first.table, &second.table, NULL) == PJ_OK);
        expect(pj_case_tally_absorb(&first.made, &second.made, NULL) == PJ_OK);
        expect(case_fault(&whole.table, &first.made) == NULL && case_fault(&first.table, &whole.made) == NULL);
        expect(memcmp(&whole.table.line_ends, &first.table.line_ends, sizeof(uint64_t)) == 0);
        size_t rows = whole.table.lines.len;
        expect(rows == 0 || memcmp(whole.table.lines.data, first.table.lines.data, rows * sizeof(int64_t)) == 0);
    }
    free_part(&whole);
    free_part(&first);
    free_part(&second);
    pj_case_plan_free(&plan);
    free(text);
    return 0;
}
