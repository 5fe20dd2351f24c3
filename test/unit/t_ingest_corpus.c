/* The published document of a real ward, read as a whole. It stands beside the checkout, not in
 * it; without it the tests count as skipped. Only its figures and places are named here, none
 * of its sentences. */
#include "ingest/ingest.h"

#include "check.h"

#include <string.h>

#define DOCUMENT "../shared/corpus/osaka-chuo-r01-reform.txt"

static struct arena mem;
static struct plan plan;
static str text;

/* Reads the document once. False: it is not on this machine. */
static bool is_read(void)
{
    static char bytes[1 << 16];
    struct form form;
    struct err e;
    FILE *f;
    size_t n;

    if (plan.initiative_count)
        return true;
    f = fopen(DOCUMENT, "rb");
    if (!f)
        return false;
    n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    return form_read(&mem, form_preset(STR("osaka-ward-2019")), &form, &e)
           && ingest_document(&mem, &form,
                              &(struct document_source){
                                  STR("r01"), (str){ bytes, n }, { { 0 }, 0 } },
                              &plan, &text, &e);
}

#define NEEDS_DOCUMENT \
    if (!is_read())    \
    SKIP("the document is not beside the checkout")

struct goal {
    int initiative;
    const char *target, *baseline, *unit; /* NULL = none */
    int baseline_year;
    uint32_t line, col; /* of its name */
};

/* clang-format off */
static const struct goal GOALS[] = {
    { 1, "40", "14.4", "%", 2017, 10, 170 },  { 1, "70", "62.1", "%", 2017, 10, 252 },
    { 1, "25", "19.3", "%", 2017, 10, 337 },  { 1, "45", "36.5", "%", 2017, 10, 383 },
    { 1, "4", "1", "件", 2017, 10, 443 },     { 1, "95", "91.5", "%", 2017, 10, 481 },
    { 1, "97", "95.1", "%", 2017, 10, 547 },  { 1, "65", "55.7", "%", 2017, 10, 615 },
    { 1, "5", "8", "件", 2017, 10, 667 },     { 1, "90", "85.7", "%", 2017, 10, 720 },
    { 1, "1", NULL, "件", 0, 10, 776 },       { 1, "3", "0", "件", 2017, 10, 812 },
    { 2, "73", "63.6", "%", 2017, 23, 217 },  { 2, "85", "81.8", "%", 2017, 23, 347 },
    { 2, "2", "2", "名", 2017, 23, 428 },     { 2, "40", "36.4", "%", 2017, 23, 478 },
    { 2, "48", "42.1", "%", 2017, 23, 541 },  { 3, NULL, NULL, NULL, 2018, 37, 323 },
    { 3, "76", "72.4", "%", 2017, 37, 412 },  { 3, "0", "1", "件", 2017, 37, 473 },
    { 3, "85", "93.2", "%", 2017, 37, 522 },  { 4, "86.20", "85.96", "%", 2018, 51, 157 },
    { 5, NULL, NULL, NULL, 0, 64, 87 },
};
/* clang-format on */

static bool amount_is(struct amount a, const char *value, const char *unit)
{
    if (!value)
        return !a.is_set;
    return a.is_set && str_eq(dec_str(&mem, a.value), str_from(value))
           && str_eq(a.unit, str_from(unit));
}

static void the_sheet_has_its_initiatives_goals_and_activities(void)
{
    static const uint32_t indicators[] = { 12, 5, 4, 1, 1 }, activities[] = { 6, 11, 13, 4, 2 };

    NEEDS_DOCUMENT;
    CHECK(plan.fiscal_year == 2019);
    CHECK(plan.initiative_count == 5);
    for (uint32_t i = 0; i < 5; i++) {
        CHECK(plan.initiatives[i].number == (int)i + 1);
        CHECK(plan.initiatives[i].indicator_count == indicators[i]);
        CHECK(plan.initiatives[i].planned_count == activities[i]);
    }
}

static void every_goal_has_its_target_baseline_years_and_place(void)
{
    size_t k = 0;

    NEEDS_DOCUMENT;
    for (uint32_t i = 0; i < plan.initiative_count; i++) {
        for (uint32_t j = 0; j < plan.initiatives[i].indicator_count; j++, k++) {
            const struct indicator *in = &plan.initiatives[i].indicators[j];
            const struct goal *want = &GOALS[k];

            CHECK(k < sizeof GOALS / sizeof *GOALS);
            CHECK(want->initiative == (int)i + 1);
            CHECK(amount_is(in->target, want->target, want->unit));
            CHECK(amount_is(in->baseline, want->baseline, want->unit));
            CHECK(in->target_year == 2019);
            CHECK(in->baseline_year == want->baseline_year);
            CHECK(in->name.at.line == want->line);
            CHECK(in->name.at.col == want->col);
            CHECK(in->role == (j == 0 ? ROLE_MAIN : ROLE_OTHER));
        }
    }
    CHECK(k == sizeof GOALS / sizeof *GOALS);
}

static void the_results_are_the_published_figures(void)
{
    static const struct {
        int initiative;
        const char *value, *unit;
    } WANT[] = {
        { 0, "28.9", "%" },  { 1, "85", "%" },     { 2, "3.4", "" },
        { 3, "85.96", "%" }, { 4, "737", "千円" }, { 4, "273", "千円" },
    };
    size_t k = 0;

    NEEDS_DOCUMENT;
    for (uint32_t i = 0; i < plan.initiative_count; i++) {
        for (uint32_t j = 0; j < plan.initiatives[i].result_count; j++, k++) {
            const struct result *r = &plan.initiatives[i].results[j];

            CHECK(k < sizeof WANT / sizeof *WANT && WANT[k].initiative == (int)i);
            CHECK(amount_is(r->value, WANT[k].value, WANT[k].unit));
            CHECK(r->is_change == (i == 4));
            CHECK(r->base_year == (i == 4 ? 2018 : 0));
        }
    }
    CHECK(k == sizeof WANT / sizeof *WANT);
}

static void the_marks_that_were_lost_are_told_place_by_place(void)
{
    static const uint32_t places[] = { 1, 4, 1, 1, 1 };

    NEEDS_DOCUMENT;
    for (uint32_t i = 0; i < plan.initiative_count; i++) {
        CHECK(plan.initiatives[i].midyear.activity_count == places[i]);
        CHECK(plan.initiatives[i].midyear.goal.mark == MARK_NONE);
        CHECK(plan.initiatives[i].evaluation.mark.mark == MARK_NONE);
    }
    CHECK(plan.note_count == 10);
    for (uint32_t i = 0; i < plan.note_count; i++)
        CHECK(plan.notes[i].kind == NOTE_LOST_MARK);
}

static void improvements_stand_where_the_document_has_them(void)
{
    static const size_t length[] = { 313, 0, 231, 313, 0 }; /* characters */

    NEEDS_DOCUMENT;
    for (uint32_t i = 0; i < plan.initiative_count; i++) {
        CHECK(utf8_count(plan.initiatives[i].evaluation.improvement.v) == length[i]);
        CHECK(plan.initiatives[i].midyear.improvement.v.n == 0);
    }
}

int main(void)
{
    RUN(the_sheet_has_its_initiatives_goals_and_activities);
    RUN(every_goal_has_its_target_baseline_years_and_place);
    RUN(the_results_are_the_published_figures);
    RUN(the_marks_that_were_lost_are_told_place_by_place);
    RUN(improvements_stand_where_the_document_has_them);
    arena_done(&mem);
    return DONE();
}
