/* Random numbers that are the same on every machine and for every number of threads: each stream is numbered. */
#ifndef PJ_COMPUTE_RANDOM_H
#define PJ_COMPUTE_RANDOM_H

#include <stdint.h>

/* xoshiro256** of Blackman and Vigna (2021). */
typedef struct pj_random {
    uint64_t state[4];
} pj_random;

/* Start stream `number` of a key; streams of one key have nothing to do with each other. */
void pj_random_start(pj_random *random, const uint64_t key[2], uint64_t number);

uint64_t pj_random_next(pj_random *random);

/* How many of `n` succeed, each with probability `p`; 0 <= n <= 2^40, 0 <= p <= 1. */
int64_t pj_random_binomial(pj_random *random, int64_t n, double p);

#endif
