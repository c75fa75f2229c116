#include "check.h"
#include "groups.h"

int main(void) {
    test_base();
    test_scan();
    test_cases();
    test_cells();
    test_lex();
    test_rate();
    test_report();
    test_resample();
    return checks_failed() == 0 ? 0 : 1;
}
