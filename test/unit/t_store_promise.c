/* What was promised, sentence by sentence, and what a later year does about it. */
#include "stores.h"
#include "store/work_inner.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

static const str WARD = STR_INIT("minamo");

/* ---- sentences ---- */

static void a_text_is_cut_into_its_sentences(void)
{
    static const struct {
        const char *text, *sentences; /* joined by | */
    } CASES[] = {
        { "", "" },
        { "特になし", "" },
        { "－", "" },
        { "周知が足りない。窓口で配る。", "周知が足りない。|窓口で配る。" },
        { "周知が足りない\n窓口で配る", "周知が足りない|窓口で配る" },
        { "周知が足りない\r\n\r\n窓口で配る\r\n", "周知が足りない|窓口で配る" },
        { "・周知が足りない\n・窓口で配る", "周知が足りない|窓口で配る" },
        { "①周知 ②配布\n③点検", "周知 ②配布|点検" },
        { "(1) 周知する。\n（２）配る。", "周知する。|配る。" },
        { "1. 周知する\n２．配る\n3)点検する", "周知する|配る|点検する" },
        { "1.5倍にする。", "1.5倍にする。" },
        { "12か所で行う。", "12か所で行う。" },
        { "「よかった。また来る。」と言われた。次も行う。",
          "「よかった。また来る。」と言われた。|次も行う。" },
        { "【課題】\n周知が足りない。\n【改善策】\n配る。", "周知が足りない。|配る。" },
        { "【課題】周知が足りない。", "【課題】周知が足りない。" },
        { "(閉じない括弧。\n次の行。", "(閉じない括弧。|次の行。" },
        { "。。", "" },
    };
    AUTO(arena_done) struct arena mem = { 0 };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct sentences s;
        struct buf b;

        buf_init(&b, &mem, 64, 4096);
        sentences_of(&mem, str_from(CASES[i].text), &s);
        for (uint32_t k = 0; k < s.count; k++) {
            buf_put_c(&b, k ? "|" : "");
            buf_put(&b, s.rows[k]);
        }
        CHECK_STR(str_c(&mem, buf_str(&b)), CASES[i].sentences);
    }
}

/* ---- fates ---- */

static struct stamp now(int64_t ms)
{
    return (struct stamp){ &STORES_CLERK, STORES_NOW + ms, STR("理由") };
}

/* A plan of a year with one initiative that promises. */
static void import_promises(struct fixture *f, int fiscal_year, const char *midyear,
                            const char *evaluation)
{
    struct plan p = stores_plan(&f->mem, (uint64_t)fiscal_year, WARD, fiscal_year, 1);
    struct import_report report;

    p.initiatives[0] = (struct initiative){
        .number = 3,
        .title.v = STR("題"),
        .midyear = { .is_present = true, .improvement.v = str_from(midyear) },
        .evaluation = { .is_present = true, .improvement.v = str_from(evaluation) },
    };
    stores_fill(&f->mem, &p.initiatives[0], STEP_PLAN);
    CHECK(stores_import(f, &p, STORES_NOW, true, &report));
}

static bool start(struct fixture *f, int fiscal_year, int from, enum phase phase)
{
    const struct stamp stamp = now(fiscal_year);
    const struct cycle_start s = { { WARD, fiscal_year, 0 }, from, phase, { 0 }, { 0 } };

    return store_cycle_start(f->c, &f->mem, &stamp, &s, &f->e);
}

static struct commitment_rows waiting(struct fixture *f, int fiscal_year, bool is_official)
{
    const struct work_ref ref = { WARD, fiscal_year, 0 };
    struct commitment_rows rows = { 0 };

    CHECK(store_commitments(f->c, &f->mem, &ref, is_official, &rows, &f->e));
    return rows;
}

static bool decide(struct fixture *f, int fiscal_year, const char *id, enum fate fate,
                   const char *reason)
{
    const struct work_ref ref = { WARD, fiscal_year, 0 };
    const struct stamp stamp = now(fiscal_year + 100);
    const struct commitment_rows rows = waiting(f, fiscal_year, false);
    struct commitment k = { .id = str_from(id) };

    for (uint32_t i = 0; i < rows.count; i++)
        if (str_eq(rows.rows[i].id, k.id))
            k = rows.rows[i];
    k.fate = fate;
    k.fate_number = fate == FATE_ADOPTED ? 3 : 0;
    k.fate_line = fate == FATE_ADOPTED ? STR("窓口での配布") : STR("");
    k.fate_reason = str_from(reason);
    return store_commitment_decide(f->c, &stamp, &ref, &k, &f->e);
}

static bool move(struct fixture *f, int fiscal_year, enum move m)
{
    const struct stamp stamp = now(fiscal_year + 200);
    struct cycle_move what = { .ref = { WARD, fiscal_year, 0 },
                               .move = m,
                               .audit_version = STR("1") };
    struct plan official;
    struct cycle k;

    CHECK(store_cycle(f->c, &f->mem, &what.ref, &k, &f->e));
    CHECK(store_work_plan(f->c, &f->mem, &what.ref, &official, &what.made_of, &f->e));
    what.seen = k.record;
    what.official = &official;
    return store_cycle_move(f->c, &f->mem, &stamp, &what, &k, &f->e);
}

static bool settle(struct fixture *f, int fiscal_year)
{
    const struct stamp stamp = now(fiscal_year + 150);
    struct sheet_act what = { { WARD, fiscal_year, 3 }, STEP_PLAN, ACTION_SUBMIT, { { 0 } } };
    struct sheet_copy s;

    CHECK(store_sheet(f->c, &f->mem, &what.ref, &s, &f->e));
    what.sheet = s.record;
    CHECK(store_sheet_act(f->c, &stamp, &what, &f->e));
    what.action = ACTION_APPROVE;
    return store_sheet_act(f->c, &stamp, &what, &f->e);
}

static void every_sentence_waits_for_the_next_year(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct commitment_rows rows;

    import_promises(&f, 2023, "・周知が足りない。\n・人手も足りない。",
                    "周知が足りない。来年度は窓口で配る。");
    CHECK(start(&f, 2024, 2023, PHASE_DRAFT));
    rows = waiting(&f, 2024, false);
    CHECK(rows.count == 3); /* what the evaluation repeats is one promise */
    CHECK(str_eq(rows.rows[0].id, STR("2023-3-midyear-1")));
    CHECK(str_eq(rows.rows[1].id, STR("2023-3-midyear-2")));
    CHECK(str_eq(rows.rows[2].id, STR("2023-3-evaluation-2")));
    CHECK(str_eq(rows.rows[2].text, STR("来年度は窓口で配る。")));
    for (uint32_t i = 0; i < rows.count; i++)
        CHECK(rows.rows[i].fate == FATE_OPEN && rows.rows[i].years == 0);
}

static void a_plan_is_proposed_when_every_promise_has_its_fate(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct commitment_rows rows;

    import_promises(&f, 2023, "周知する。", "配る。見直す。");
    CHECK(start(&f, 2024, 2023, PHASE_DRAFT) && settle(&f, 2024));
    CHECK(!move(&f, 2024, MOVE_PROPOSE) && f.e.code == ERR_CONFLICT);
    CHECK(str_find(str_from(f.e.text), STR("3件")) > 0);
    CHECK(str_find(str_from(f.e.text), STR("2023-3-evaluation-2")) > 0);
    CHECK(!decide(&f, 2024, "2023-3-midyear-1", FATE_DROPPED, "") && f.e.code == ERR_INPUT);
    CHECK(!decide(&f, 2024, "2023-3-midyear-1", FATE_CARRIED, " ") && f.e.code == ERR_INPUT);
    CHECK(!decide(&f, 2024, "2023-9-midyear-1", FATE_DONE, "") && f.e.code == ERR_NOT_FOUND);
    CHECK(decide(&f, 2024, "2023-3-midyear-1", FATE_DROPPED, "終わったため"));
    CHECK(decide(&f, 2024, "2023-3-evaluation-1", FATE_ADOPTED, ""));
    CHECK(decide(&f, 2024, "2023-3-evaluation-2", FATE_CARRIED, "予算がないため"));
    rows = waiting(&f, 2024, true);
    CHECK(rows.count == 3 && rows.rows[0].fate == FATE_OPEN); /* not public yet */
    CHECK(move(&f, 2024, MOVE_PROPOSE));
    rows = waiting(&f, 2024, true);
    CHECK(rows.count == 3);
    CHECK(rows.rows[0].fate == FATE_DROPPED
          && str_eq(rows.rows[0].fate_reason, STR("終わったため")));
    CHECK(rows.rows[1].fate == FATE_ADOPTED && rows.rows[1].fate_number == 3);
    CHECK(str_eq(rows.rows[1].fate_line, STR("窓口での配布")));
}

static void what_is_carried_grows_older(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    struct commitment_rows rows;
    struct verify_report report;

    import_promises(&f, 2023, "", "見直す。");
    for (int year = 2024; year <= 2026; year++) {
        CHECK(start(&f, year, year - 1, PHASE_DRAFT) && settle(&f, year));
        rows = waiting(&f, year, false);
        CHECK(rows.count == 1 && rows.rows[0].years == year - 2024);
        CHECK(rows.rows[0].made_year == 2023 && rows.rows[0].fate == FATE_OPEN);
        CHECK(decide(&f, year, "2023-3-evaluation-1", FATE_CARRIED, "まだ"));
        CHECK(move(&f, year, MOVE_PROPOSE));
    }
    CHECK(store_verify(f.c, &f.mem, &report, &f.e) && report.fault_count == 0);
    CHECK(store_rebuild(f.c, &f.e) && waiting(&f, 2026, true).count == 1);
}

int main(void)
{
    RUN(a_text_is_cut_into_its_sentences);
    RUN(every_sentence_waits_for_the_next_year);
    RUN(a_plan_is_proposed_when_every_promise_has_its_fate);
    RUN(what_is_carried_grows_older);
    return DONE();
}
