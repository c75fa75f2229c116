/* Outcomes of the engine: a status for every call that can fail, and one caller-owned error that says where. */
#ifndef PJ_BASE_STATUS_H
#define PJ_BASE_STATUS_H

#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define PJ_NODISCARD __attribute__((warn_unused_result))
#else
#define PJ_NODISCARD
#endif

/* The code selects the exception's class at the border; the message explains. */
typedef enum pj_status {
    PJ_OK = 0,
    PJ_ENOMEM,
    PJ_EVALUE,
    PJ_ELIMIT
} pj_status;

/* `line` is 1-based (0: none), `offset` 0-based in bytes. The message is a literal: the engine quotes no input. */
typedef struct pj_error {
    pj_status status;
    uint64_t line;
    uint64_t offset;
    const char *message;
} pj_error;

/* Fill `err` (may be NULL) and return `status`, so that a failing function can end in `return pj_fail(...)`. */
pj_status pj_fail(pj_error *err, pj_status status, uint64_t line, uint64_t offset, const char *message);

#define PJ_TRY(call)                                                                                                   \
    do {                                                                                                               \
        pj_status pj_try_status_ = (call);                                                                             \
        if (pj_try_status_ != PJ_OK) {                                                                                 \
            return pj_try_status_;                                                                                     \
        }                                                                                                              \
    } while (0)

#endif
