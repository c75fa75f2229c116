#include "base/status.h"

#include <stddef.h>

pj_status pj_fail(pj_error *err, pj_status status, uint64_t line, uint64_t offset, const char *message) {
    if (err != NULL) {
        err->status = status;
        err->line = line;
        err->offset = offset;
        err->message = message;
    }
    return status;
}
