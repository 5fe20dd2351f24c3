/* The rules of the audit: model in, findings out. Rules are rows of one table and one function
 * each; identifiers are stable. */
#ifndef MEGURI_AUDIT_H
#define MEGURI_AUDIT_H

#include "measure/measure.h"
#include "model/model.h"
#include "model/survey.h"

/* Fills in what follows from the document as a whole: which result answers which indicator (by
 * name, exact after folding, then as one assignment by similarity), which report answers which
 * planned activity (likewise), and each indicator's verdict. To be called once after reading,
 * before a plan is judged, shown or stored. */
void audit_link(struct arena *a, struct plan *plan);

/* What stands behind an indicator's figures this year, for the rules that need it. */
struct audit_evidence {
    str indicator;       /* its name; compared as link_name compares */
    str source;          /* where it is from: the title of a survey, the name of a ledger */
    struct amount value; /* what it gives; not set = no figure yet */
    dec shown;           /* the same, rounded for reading */
    bool is_weighted;
    dec unweighted; /* percent, where `value` is weighted */
    /* of a survey: yes of n answers this year and the time before; n 0 = none */
    uint64_t yes, n, yes_before, n_before;
    int year_before;
    uint64_t population, population_before; /* 0 = not known */
    bool is_change;                         /* `value` is an increase over the year before */
    /* of a monthly series: between which figures the year will end, as it was to be foretold
     * when the mid-year review was written */
    bool has_forecast;
    dec forecast_low, forecast_high;
};

struct audit_input {
    const struct plan *plan;     /* linked */
    const struct plan *previous; /* last year's plan of the same organisation, linked; NULL =
                                    not known */
    const struct audit_evidence *evidence; /* NULL = not at hand */
    uint32_t evidence_count;
};
/* Puts into *with, in the arena, what the records behind its plan give on a day (year 0 = not
 * known): of the indicators that are bound first, then of the questions that name an indicator
 * themselves. */
void audit_behind(struct arena *a, const struct plan_behind *behind, date today,
                  struct audit_input *with);

struct findings {
    struct finding *items;
    uint32_t count;
    uint32_t dropped; /* over LIMIT_FINDINGS */
    bool has_error;   /* one of them is SEVERITY_ERROR */
};

/* Runs every rule; findings in the order of the document (line, column, rule). */
void audit_plan(struct arena *a, const struct audit_input *in, struct findings *out);

/* ---- what may be said of a survey (say_survey.c) ---- */

/* What one question gives: figures in percent and points, rounded half up to one decimal, and
 * the sentences that they allow. A sentence is "" where there is nothing to say. */
struct survey_said {
    bool has_share;     /* the question has choices that count as yes, and somebody answered */
    bool is_whole;      /* everybody answered: there is no error of sampling */
    bool of_population; /* a weighted random sample: the share is of the population */
    uint64_t yes, n;    /* counted, without weights */
    dec share, low, high;
    bool has_bounds; /* of those who did not answer nothing is known */
    dec worst, best;
    bool has_change;   /* the survey before asked the same */
    bool is_different; /* by the test, at 5% */
    dec before, change, change_low, change_high, detectable;
    str sentence[LANG_COUNT];  /* the share, with n and interval */
    str caution[LANG_COUNT];   /* of whom it is the share, and of whom not */
    str bounds[LANG_COUNT];    /* what those who did not answer could change */
    str changed[LANG_COUNT];   /* the change since last time */
    str next[LANG_COUNT];      /* the smallest change that a survey like it can tell */
    str weighting[LANG_COUNT]; /* how it was weighted, what that cost, and warnings */
};
/* before: the survey it is compared with, NULL = none. Sources: statistics.md; Wilson 1927,
 * Newcombe 1998. */
void audit_survey_say(struct arena *a, const struct survey_counted *now, uint32_t question,
                      const struct survey_counted *before, struct survey_said *out);

/* The table of rules, as `meguri audit rules`, the manual and SARIF show it. */
struct rule_run; /* the function of the rule; the room's own */
struct audit_rule_info {
    str id;
    enum severity severity;
    str title[LANG_COUNT];   /* a few words */
    str explain[LANG_COUNT]; /* what it holds against, why it matters */
    str example[LANG_COUNT]; /* one example, in our words */
    str silence[LANG_COUNT]; /* when it is right to answer it with a reason, and how */
    bool needs_previous, needs_evidence;
    const struct rule_run *run;
};
const struct audit_rule_info *audit_rules(size_t *count);

/* Version of the rules, raised with any change of what they find; kept with stored findings. */
str audit_version(void);

/* ---- what could tell a person ---- */

#include "audit/mask.h"

#endif
