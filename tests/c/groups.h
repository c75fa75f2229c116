/* The groups of checks, one a file test_*.c. */
#ifndef TESTS_GROUPS_H
#define TESTS_GROUPS_H

void test_base(void);
void test_cases(void);
void test_cells(void);
void test_lex(void);
void test_rate(void);
void test_report(void);
void test_resample(void);
void test_scan(void);

#endif
