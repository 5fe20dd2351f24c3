/* A ward with a section and the people who work in it, for the tests of working copies. The
 * functions stand here whole, because a failed CHECK counts in the file that it stands in. */
#ifndef MEGURI_TEST_WORKS_H
#define MEGURI_TEST_WORKS_H

#include "stores.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const str WARD = STR_INIT("minamo");
/* Who works in the ward: accounts that each test hires anew. */
static struct actor EDITOR, HEAD, PLANNING, MAYOR, AUDITOR, STRANGER;

/* A store with a ward, a section of it, and a clock that goes on with every writing. */
struct year {
    struct fixture f;
    int64_t now_ms;
    struct stamp stamp;
};

static inline void year_end(struct year *y)
{
    stores_end(&y->f);
}

static inline const struct stamp *by(struct year *y, const struct actor *who,
                                     const char *reason)
{
    y->now_ms += 1000;
    y->stamp = (struct stamp){ who, y->now_ms, str_from(reason) };
    return &y->stamp;
}

static inline void hire(struct year *y, struct actor *out, const char *login, str organisation,
                        enum duty duty)
{
    struct account a = { .login = str_from(login), .name = str_from(login) };
    struct grant g = { .organisation = organisation, .duty = duty, .from = STR("2020-04-01") };

    CHECK(store_account_add(y->f.c, &y->f.mem, y->now_ms, &a, &y->f.e));
    g.account = a.id;
    CHECK(store_grant_save(y->f.c, by(y, &STORES_CLERK, ""), &g, &y->f.e));
    *out = (struct actor){ a.id, duty_word(duty) };
}

static inline void year_begin(struct year *y)
{
    const struct organisation ward = { WARD, STR("みなも区"), STR("ward"), { 0 } };
    const struct organisation section = { STR("minamo-kikaku"), STR("市民協働課"),
                                          STR("section"), WARD };
    const struct organisation other = {
        STR("komorebi"), STR("こもれび区"), STR("ward"), { 0 }
    };

    *y = (struct year){ .now_ms = STORES_NOW };
    stores_begin(&y->f);
    CHECK(store_organisation_save(y->f.c, by(y, &STORES_CLERK, ""), &ward, &y->f.e));
    CHECK(store_organisation_save(y->f.c, by(y, &STORES_CLERK, ""), &section, &y->f.e));
    CHECK(store_organisation_save(y->f.c, by(y, &STORES_CLERK, ""), &other, &y->f.e));
    hire(y, &EDITOR, "editor", section.key, DUTY_EDITOR);
    hire(y, &HEAD, "head", section.key, DUTY_HEAD);
    hire(y, &PLANNING, "planning", WARD, DUTY_PLANNING);
    hire(y, &MAYOR, "mayor", WARD, DUTY_MAYOR);
    hire(y, &AUDITOR, "auditor", WARD, DUTY_AUDITOR);
    hire(y, &STRANGER, "stranger", STR("komorebi"), DUTY_PLANNING);
}

static inline struct work_ref sheet_of(int fiscal_year, int number)
{
    return (struct work_ref){ WARD, fiscal_year, number };
}

static inline bool start(struct year *y, const struct actor *who, int fiscal_year, int from,
                         enum phase phase)
{
    const struct cycle_start s = { .ref = sheet_of(fiscal_year, 0),
                                   .from_year = from,
                                   .phase = phase,
                                   .title = from ? STR("") : STR("運営方針") };

    return store_cycle_start(y->f.c, &y->f.mem, by(y, who, ""), &s, &y->f.e);
}

static inline bool assign(struct year *y, const struct actor *who, struct work_ref ref,
                          const char *section)
{
    const struct sheet_assign what = { ref, &ref.number, 1, str_from(section) };

    return store_sheet_assign(y->f.c, by(y, who, ""), &what, &y->f.e);
}

/* Gives every sheet of a year to the section. */
static inline void assign_all(struct year *y, int fiscal_year)
{
    struct work_ref ref = { WARD, fiscal_year, 0 };
    struct sheet_rows rows;

    CHECK(store_sheets(y->f.c, &y->f.mem, &ref, &rows, &y->f.e));
    for (uint32_t i = 0; i < rows.count; i++) {
        ref.number = rows.rows[i].number;
        CHECK(assign(y, &PLANNING, ref, "minamo-kikaku"));
    }
}

static inline bool save(struct year *y, const struct actor *who, const struct sheet_save *s,
                        struct saved *out)
{
    return store_sheet_save(y->f.c, &y->f.mem, by(y, who, ""), s, out, &y->f.e);
}

/* A new sheet of the section with a title. */
static inline bool add(struct year *y, const struct actor *who, int fiscal_year,
                       const char *title, struct saved *out)
{
    struct initiative i = { .title.v = str_from(title) };
    const struct sheet_save s = { .ref = sheet_of(fiscal_year, 0),
                                  .initiative = &i,
                                  .section = STR("minamo-kikaku") };

    stores_fill(&y->f.mem, &i, STEP_PLAN);
    return save(y, who, &s, out);
}

static inline struct sheet_copy sheet(struct year *y, int fiscal_year, int number)
{
    const struct work_ref ref = sheet_of(fiscal_year, number);
    struct sheet_copy out = { 0 };

    CHECK(store_sheet(y->f.c, &y->f.mem, &ref, &out, &y->f.e));
    return out;
}

/* Changes a sheet as it stands. */
static inline bool write_sheet(struct year *y, const struct actor *who,
                               const struct sheet_copy *s, int fiscal_year, enum step step)
{
    const struct sheet_save what = { .ref = sheet_of(fiscal_year, s->number),
                                     .step = step,
                                     .seen = s->record,
                                     .initiative = &s->initiative };
    struct saved out;

    return save(y, who, &what, &out);
}

static inline bool act(struct year *y, const struct actor *who, int fiscal_year, int number,
                       enum step step, enum step_action action)
{
    const struct sheet_act what = { sheet_of(fiscal_year, number), step, action,
                                    sheet(y, fiscal_year, number).record };

    return store_sheet_act(y->f.c, by(y, who, "理由"), &what, &y->f.e);
}

static inline struct cycle cycle(struct year *y, int fiscal_year)
{
    const struct work_ref ref = sheet_of(fiscal_year, 0);
    struct cycle k = { 0 };

    CHECK(store_cycle(y->f.c, &y->f.mem, &ref, &k, &y->f.e));
    return k;
}

static inline bool move(struct year *y, const struct actor *who, int fiscal_year, enum move m)
{
    struct cycle_move what = { .ref = sheet_of(fiscal_year, 0),
                               .move = m,
                               .seen = cycle(y, fiscal_year).record,
                               .audit_version = STR("1") };
    struct plan official;
    struct cycle after;

    CHECK(store_work_plan(y->f.c, &y->f.mem, &what.ref, &official, &what.made_of, &y->f.e));
    what.official = &official;
    return store_cycle_move(y->f.c, &y->f.mem, by(y, who, "理由"), &what, &after, &y->f.e);
}

/* A step of one sheet, written by its section and approved by its head. */
static inline bool settle(struct year *y, int fiscal_year, int number, enum step step)
{
    struct sheet_copy s = sheet(y, fiscal_year, number);

    stores_fill(&y->f.mem, &s.initiative, step);
    CHECK(write_sheet(y, &EDITOR, &s, fiscal_year, step));
    return act(y, &EDITOR, fiscal_year, number, step, ACTION_SUBMIT)
           && act(y, &HEAD, fiscal_year, number, step, ACTION_APPROVE);
}

static inline bool is_public(struct year *y, int fiscal_year, const char *state)
{
    const struct plan_ref ref = { WARD, fiscal_year, 0 };
    struct plan_head head;

    return store_plan_head(y->f.c, &y->f.mem, &ref, &head, &y->f.e)
           && str_eq(head.state, str_from(state));
}

static inline struct initiative public_initiative(struct year *y, int fiscal_year, int number)
{
    const struct plan_ref ref = { WARD, fiscal_year, 0 };
    struct initiative_row row = { 0 };

    CHECK(store_initiative(y->f.c, &y->f.mem, &ref, number, &row, &y->f.e));
    return row.initiative;
}

static inline bool is_whole(struct year *y)
{
    struct verify_report report;
    const bool ok = store_verify(y->f.c, &y->f.mem, &report, &y->f.e) && !report.fault_count;

    for (uint32_t i = 0; !ok && i < report.fault_count; i++)
        printf("#   %.*s\n", STR_ARG(report.faults[i]));
    return ok;
}

#endif
