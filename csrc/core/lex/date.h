/* Dates as reports print them: "15 January 2024", "06 October 2025", "May 2024", "2024", "18/02/25", "2024-01-15". */
#ifndef PJ_LEX_DATE_H
#define PJ_LEX_DATE_H

#include "lex/words.h"

typedef enum pj_precision {
    PJ_NO_DATE = 0,
    PJ_YEAR = 1,
    PJ_MONTH = 2,
    PJ_DAY = 3
} pj_precision;

typedef struct pj_date {
    int64_t days; /* since 1970-01-01; the first day of a month or year */
    int year;
    pj_precision precision;
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
} pj_date;

/* A date with a year (1990 to 2099) that starts at token `at`. A bare year is not taken: `pj_year_read` does that. */
bool pj_date_read(const pj_words *words, size_t at, size_t end, pj_date *out);

/* A bare year of four digits, 1990 to 2099. */
bool pj_year_read(const pj_words *words, size_t at, int *year);

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
int64_t pj_days(int year, int month, int day);

#endif
