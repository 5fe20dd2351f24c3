/* Where the actuals of indicators come from, what the evidence gives now, and what a person
 * accepted or declined of it. Part of store.h; include that.
 *
 *   binding/<indicator key>             kind "binding": where the indicator's actual comes from
 *   actual/<year>/<indicator key>       kind "actual": an actual that somebody accepted
 *   declined/<year>/<indicator key>     kind "declined": one that somebody did not want, and
 *                                       why; it is proposed again when the evidence changes
 *
 * The evidence proposes, a person decides: nothing here changes a plan. The value itself is
 * computed by measure_actual from what store_actual_state gives. Bodies are trees of
 * model/binding.h. */
#ifndef MEGURI_STORE_ACTUALS_H
#define MEGURI_STORE_ACTUALS_H

#include "model/binding.h"
#include "model/model.h"

struct conn;
struct stamp;
struct indicator_ref;

/* The year of an organisation that evidence is looked at for. */
struct evidence_year {
    str organisation;
    int fiscal_year;
};
MUST bool store_measure_source(struct conn *c, struct arena *a, const struct evidence_year *of,
                               const struct measure_def *d, struct measure_source *out,
                               struct err *e);

struct indicator_body {
    str indicator; /* key */
    const struct value *tree;
    struct binding binding; /* what the tree says, where it is a binding */
    struct hash record;
    int64_t at_ms;
    str author, role, reason;
};
struct indicator_bodies {
    struct indicator_body *rows;
    uint32_t count;
};
MUST bool store_binding_save(struct conn *c, const struct stamp *stamp,
                             const struct indicator_ref *ref, const struct value *tree,
                             bool *is_same, struct err *e);
/* ERR_NOT_FOUND when the indicator has none. */
MUST bool store_binding(struct conn *c, struct arena *a, str organisation, str indicator,
                        struct indicator_body *out, struct err *e);
MUST bool store_bindings(struct conn *c, struct arena *a, str organisation,
                         struct indicator_bodies *out, struct err *e);
/* Accepts an actual: `tree` as model/binding.h writes it. */
struct actual_ref {
    str organisation;
    int fiscal_year;
    str indicator; /* key */
};
MUST bool store_actual_save(struct conn *c, const struct stamp *stamp,
                            const struct actual_ref *ref, const struct value *tree,
                            bool *is_same, struct err *e);
/* Declines it; the stamp's reason must not be empty (ERR_INPUT). */
MUST bool store_actual_decline(struct conn *c, const struct stamp *stamp,
                               const struct actual_ref *ref, const struct value *tree,
                               struct err *e);
/* ERR_NOT_FOUND when none was accepted. `when` as everywhere: 0 = now. */
MUST bool store_actual(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                       int fiscal_year, struct indicator_body *out, struct err *e);

/* One bound indicator in a year. */
struct actual_state {
    struct binding binding;
    struct measure_source source;   /* as it is now */
    struct indicator_body accepted; /* record zero = none was */
    struct indicator_body declined; /* the last one, record zero = none was */
    struct measured was, refused;   /* what these two say; without a value when none */
    bool is_decided; /* what stands was decided after the last one was declined */
};
/* `declared` is the indicator's binding. */
MUST bool store_actual_state(struct conn *c, struct arena *a, const struct evidence_year *of,
                             const struct indicator_body *declared, struct actual_state *out,
                             struct err *e);

/* Which years a bound indicator is judged in: those of the plans that have it, then the years
 * that are being worked on, rising. */
struct actual_years {
    int *years;
    uint32_t count;
};
MUST bool store_actual_years(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                             struct actual_years *out, struct err *e);

/* Whose sheet has the indicator: the section of its initiative in the newest year that is
 * worked on; "" = none, then the planning section answers for it. */
MUST bool store_indicator_section(struct conn *c, struct arena *a, str organisation,
                                  str indicator, str *section, struct err *e);

/* What stands behind a plan: its indicators that are bound, and the surveys of its year. */
MUST bool store_plan_behind(struct conn *c, struct arena *a, const struct plan *plan,
                            struct plan_behind *out, struct err *e);

/* The bound indicators that a register, ledger or survey feeds: "register/training",
 * "survey/kumin-2024". */
MUST bool store_bound_to(struct conn *c, struct arena *a, str organisation, str evidence,
                         struct indicator_bodies *out, struct err *e);

#endif
