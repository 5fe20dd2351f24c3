/*
 * Made-up plans for tests: every field of every struct takes every kind of value sooner or
 * later. The same seed gives the same plan on every machine.
 */
#ifndef MEGURI_TEST_MODELS_H
#define MEGURI_TEST_MODELS_H

#include "model/model.h"

/* A plan with `initiatives` initiatives, linked consistently, in the arena. */
struct plan models_plan(struct arena *a, uint64_t seed, uint32_t initiatives);

/* A finding about an initiative of it. */
struct finding models_finding(struct arena *a, uint64_t seed);

/* Do two plans say the same, field by field? Prints the first difference. */
bool models_same_plan(const struct plan *x, const struct plan *y);
bool models_same_finding(const struct finding *x, const struct finding *y);

#endif
