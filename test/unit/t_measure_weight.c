/* Weights. */
#include "measure/measure.h"
#include "check.h"

#include <math.h>

static void unequal_weights_cost_answers(void)
{
    const double w[] = { 1, 1, 1, 1, 2, 2, 3, 4 };

    CHECK(fabs(measure_design_effect(w, 8) - 1.3155555556) < 1e-9);
    CHECK(measure_weight_ratio(w, 8) == 4);
}

static void raking_meets_every_margin(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint32_t sex[] = { 0, 0, 0, 1, 1, 0, 1, 0 }, age[] = { 0, 1, 2, 0, 1, 2, 2, 0 };
    const double sexes[] = { 0.48, 0.52 }, ages[] = { 0.25, 0.35, 0.4 };
    const struct margin margins[] = { { sex, sexes, 2 }, { age, ages, 3 } };
    struct raking_report report;
    double w[8], women = 0, old = 0, all = 0;

    CHECK(measure_rake(&a, margins, 2, 8, w, &report) == RAKING_DONE);
    CHECK(report.rounds > 1);
    for (int i = 0; i < 8; i++) {
        CHECK(w[i] > 0);
        women += sex[i] == 1 ? w[i] : 0;
        old += age[i] == 2 ? w[i] : 0;
        all += w[i];
    }
    CHECK(fabs(women / all - 0.52) < 1e-9);
    CHECK(fabs(old / all - 0.4) < 1e-9);
    CHECK(fabs(all - 8) < 1e-8);
}

static void a_category_without_answers_is_named(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint32_t age[] = { 0, 2, 2 };
    const double ages[] = { 0.3, 0.3, 0.4 };
    const struct margin margin = { age, ages, 3 };
    struct raking_report report;
    double w[3];

    CHECK(measure_rake(&a, &margin, 1, 3, w, &report) == RAKING_EMPTY);
    CHECK(report.empty_margin == 0 && report.empty_category == 1);
}

static void margins_that_contradict_each_other_have_no_weights(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const uint32_t both[] = { 0, 1 }; /* the same people in both margins, with other shares */
    const double one[] = { 0.5, 0.5 }, other[] = { 0.7, 0.3 };
    const struct margin margins[] = { { both, one, 2 }, { both, other, 2 } };
    struct raking_report report;
    double w[2];

    CHECK(measure_rake(&a, margins, 2, 2, w, &report) == RAKING_NO_END);
}

int main(void)
{
    RUN(unequal_weights_cost_answers);
    RUN(raking_meets_every_margin);
    RUN(a_category_without_answers_is_named);
    RUN(margins_that_contradict_each_other_have_no_weights);
    return DONE();
}
