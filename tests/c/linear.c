/* Reads text that repeats one thing without end, in two sizes: time may grow with the size, not with its square. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "read/report.h"
#include "rules.h"

#define SMALL ((size_t)1 << 16)
#define GROWTH 8
/* Linear is 8, quadratic 64; between them lies what a busy machine adds. */
#define MOST_GROWTH 24
/* Below this a time says nothing; above that the small size took too long to try the large one. */
#define NOISE (CLOCKS_PER_SEC / 50)
#define HOPELESS CLOCKS_PER_SEC

static const char *const UNITS[] = {
    "a",
    "A ",
    "1 ",
    "1. ",
    "1.1.1.",
    "'",
    "\n",
    "\f",
    "\t",
    "\xC2\xAD",
    "\xFF",
    "Good ",
    "Good\n",
    "Good\n\n",
    "Good\t",
    "2.1 Assessing ",
    "2.1 AssessingGood\n",
    "2.1\n",
    "Overall rating\n",
    "Overall rating Good ",
    "Score 9/12 ",
    "Lambeth Youth Justice Service should:\n",
    "Lambeth Youth Justice Service should:\n1. improve\n",
    "in 2019 and ",
    "rated as 'Good' in 2019, ",
    "was rated good and previously inadequate ",
    "19 out of 21 ",
    "almost three-fifths of the cases ",
    "one hundred and five ",
    "24 per cent ",
    "achieve positive change for the child? 100%\n",
    "Fieldwork started October 2025 ",
    "06 October 2025 ",
    "Waltham Forest ",
    "Waltham and ",
    "Requires i mprovement ",
    "Req\n",
    "in Lambeth, ",
    "............ 3\n",
};

static clock_t time_of(const pj_rulebook *rules, const char *unit, size_t size) {
    size_t n = strlen(unit);
    char *text = malloc(size);
    CHECK(text != NULL);
    for (size_t at = 0; text != NULL && at < size; at++) {
        text[at] = unit[at % n];
    }
    pj_report report;
    clock_t began = clock();
    CHECK(pj_report_read(rules, text, size, 0, -1, pj_alloc_libc(), &report, NULL) == PJ_OK);
    clock_t took = clock() - began;
    pj_report_free(&report);
    free(text);
    return took;
}

int main(void) {
    pj_rulebook rules;
    CHECK(rules_build(pj_alloc_libc(), &rules, NULL) == PJ_OK);
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
        clock_t small = time_of(&rules, UNITS[i], SMALL);
        clock_t large = small > HOPELESS ? HOPELESS : time_of(&rules, UNITS[i], SMALL * GROWTH);
        bool linear = small < HOPELESS && (large < NOISE || large < small * MOST_GROWTH);
        if (!linear) {
            printf("%.2f s, then %.2f s for %d times the size: %s\n", (double)small / CLOCKS_PER_SEC,
                   (double)large / CLOCKS_PER_SEC, GROWTH, UNITS[i]);
        }
        CHECK(linear);
    }
    pj_rulebook_free(&rules);
    return checks_failed() == 0 ? 0 : 1;
}
