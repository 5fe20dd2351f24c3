/* Structs of the domain into JSON and back. */
#include "models.h"
#include "check.h"

#include <string.h>

enum { PLANS = 400 };

static str canonical(struct arena *a, const struct value *v)
{
    struct buf b;

    buf_init(&b, a, 4096, 1 << 24);
    json_put_canonical(&b, v);
    return buf_str(&b);
}

static void a_plan_comes_back_from_its_record_as_it_went_in(void)
{
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct plan plan = models_plan(&mem, seed, (uint32_t)(seed % 4));
        const str bytes = canonical(&mem, model_plan_value(&mem, &plan, true));
        struct value *tree;
        struct plan back;
        struct err e = { 0 };

        CHECK(json_read_canonical(&mem, bytes, &tree, &e));
        CHECK(model_plan_read(&mem, tree, &back, &e));
        CHECK(models_same_plan(&plan, &back));
        CHECK(str_eq(bytes, canonical(&mem, model_plan_value(&mem, &back, true))));
    }
}

static void the_head_of_a_plan_comes_back_without_initiatives(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct plan plan = models_plan(&mem, 7, 3), back;
    struct err e = { 0 };

    CHECK(model_plan_read(&mem, model_plan_head_value(&mem, &plan), &back, &e));
    plan.initiative_count = 0;
    CHECK(models_same_plan(&plan, &back));
}

static void a_finding_comes_back_with_its_place_and_both_messages(void)
{
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct finding f = models_finding(&mem, seed);
        struct finding back;
        struct err e = { 0 };

        CHECK(model_finding_read(&mem, model_finding_record(&mem, &f), &back, &e));
        CHECK(models_same_finding(&f, &back));
    }
}

/* One initiative in which every key of the contract stands once. */
static struct initiative small_initiative(struct arena *a)
{
    struct initiative i = { .number = 3, .title = { .v = STR("窓口") } };

    i.outline = NEW(a, struct text, 1);
    i.outline[i.outline_count++].v = STR("待たせない");
    i.indicators = NEW(a, struct indicator, 1);
    i.indicators[i.indicator_count++] = (struct indicator){
        .name = { STR("知っている割合"), { 90, 21, 12, 34 } },
        .comparison = COMPARE_GE,
        .direction = DIRECTION_HIGHER,
        .target = { .is_set = true, .value = { 40, 0 }, .unit = STR("%") },
        .target_year = 2019,
        .baseline = { .is_set = true, .value = { 144, 1 }, .unit = STR("%") },
        .baseline_year = 2017,
        .verdict = VERDICT_NOT_MEASURED,
    };
    i.planned = NEW(a, struct activity, 1);
    i.planned[i.planned_count++] = (struct activity){
        .text = { STR("会議"), { 200, 6, 20, 2 } },
        .quantity = { .is_set = true, .value = { 12, 0 }, .unit = STR("回") },
        .pairing = PAIR_SAME,
    };
    i.reported = NEW(a, struct activity, 2);
    i.reported[i.reported_count++] = (struct activity){
        .text.v = STR("会議"),
        .quantity = { .is_set = true, .value = { 17, 0 }, .unit = STR("回") },
        .pairing = PAIR_SAME,
    };
    i.reported[i.reported_count++] = (struct activity){ .text.v = STR("愛称"), .other = -1 };
    i.midyear.activities = NEW(a, struct marked, 1);
    i.midyear.activity_count = 1;
    i.midyear.goal.mark = MARK_POSITIVE;
    i.evaluation.mark.mark = MARK_NEGATIVE;
    return i;
}

static void the_check_output_has_the_keys_of_the_contract_in_their_order(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct initiative i = small_initiative(&mem);
    struct plan p = { .fiscal_year = 2019, .initiatives = &i, .initiative_count = 1 };
    struct buf b;

    buf_init(&b, &mem, 4096, 1 << 20);
    json_put(&b, model_plan_value(&mem, &p, false));
    CHECK_STR(
        str_c(&mem, buf_str(&b)),
        "{\"organisation\":null,\"fiscal_year\":2019,\"initiatives\":["
        "{\"number\":3,\"title\":\"窓口\",\"purpose\":null,\"outline\":[\"待たせない\"],"
        "\"indicators\":[{\"name\":\"知っている割合\",\"role\":\"main\",\"comparison\":\"ge\","
        "\"direction\":\"higher\",\"target\":\"40\",\"unit\":\"%\",\"target_year\":2019,"
        "\"baseline\":\"14.4\",\"baseline_year\":2017,\"actual\":null,"
        "\"verdict\":\"not_measured\",\"line\":12,\"column\":34}],"
        "\"activities\":[{\"group\":null,\"text\":\"会議\",\"quantity\":\"12\",\"unit\":\"回\","
        "\"as_needed\":false,\"reported\":{\"text\":\"会議\",\"quantity\":\"17\","
        "\"unit\":\"回\",\"pairing\":\"same\"},\"line\":20,\"column\":2}],"
        "\"unplanned\":[{\"text\":\"愛称\",\"quantity\":null,\"unit\":null}],"
        "\"midyear\":{\"activities\":[null],\"goal\":\"ok\",\"improvement\":null},"
        "\"evaluation\":{\"mark\":\"not_met\",\"improvement\":null},\"results\":[]}]}");
}

static void what_only_a_form_asks_has_no_key_in_a_record_until_it_is_said(void)
{
    static const char *const KEYS[] = { "\"id\"",      "catalogue",  "actual_is_final",
                                        "actual_note", "population", "definition",
                                        "decimals",    "path",       "quality",
                                        "change",      "replaced",   "suspended",
                                        "remedy",      "skip",       "section" };
    AUTO(arena_done) struct arena mem = { 0 };
    struct initiative i = small_initiative(&mem);
    str record = canonical(&mem, model_initiative_value(&mem, &i, true));

    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
        CHECK(str_find(record, str_from(KEYS[k])) < 0);
    i.evaluation.remedy.owner = STR("窓口課");
    record = canonical(&mem, model_initiative_value(&mem, &i, true));
    CHECK(str_find(record, STR("\"remedy\":{\"owner\":\"窓口課\"}")) >= 0);
    record = canonical(&mem, model_initiative_value(&mem, &i, false));
    CHECK(str_find(record, STR("remedy")) < 0);
}

static void a_finding_of_the_check_output_speaks_the_language_asked_for(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct finding f = {
        .rule = STR("C3"),
        .severity = SEVERITY_ERROR,
        .initiative = 3,
        .subject = STR("3"),
        .at = { 900, 3, 40, 7 },
        .message = { STR("印がありません。"), STR("There is no mark.") },
    };
    struct buf b;

    buf_init(&b, &mem, 4096, 1 << 20);
    json_put(&b, model_finding_value(&mem, &f, LANG_EN));
    CHECK_STR(str_c(&mem, buf_str(&b)),
              "{\"rule\":\"C3\",\"severity\":\"E\",\"initiative\":3,\"subject\":\"3\","
              "\"line\":40,\"column\":7,\"message\":\"There is no mark.\"}");
}

static void a_unit_that_differs_from_the_targets_is_told(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct initiative i = small_initiative(&mem);
    const struct value *v;

    i.indicators[0].baseline.unit = STR("千円");
    v = value_get(model_initiative_value(&mem, &i, false), STR("indicators"))->first;
    CHECK(str_eq(value_text(v, "unit"), STR("%")));
    CHECK(str_eq(value_text(v, "baseline_unit"), STR("千円")));
    CHECK(value_get(v, STR("target_unit")) == NULL);
}

static void a_plan_that_nobody_linked_has_every_report_unplanned(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct initiative i = small_initiative(&mem);
    const struct value *v;

    i.planned[0].other = i.reported[0].other = -1;
    v = model_initiative_value(&mem, &i, false);
    CHECK(value_get(value_get(v, STR("activities"))->first, STR("reported"))->kind
          == VALUE_NULL);
    CHECK(value_get(v, STR("unplanned"))->count == 2);
}

static void each_step_writes_its_own_part_of_a_sheet(void)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct initiative was = small_initiative(&mem);
    struct initiative plan = small_initiative(&mem), midyear = was;
    struct initiative result = small_initiative(&mem);

    plan.planned[0].quantity.value.n = 20;
    midyear.midyear.remedy.due = STR("2020-01-31");
    result.planned[0].change = CHANGE_FEWER;
    result.indicators[0].actual = (struct amount){ .is_set = true, .value = { 31, 0 } };
    result.evaluation.mark.mark = MARK_POSITIVE;
    for (int s = 0; s < STEP_COUNT; s++) {
        const enum step step = (enum step)s;

        CHECK(initiative_differs_only_in(&mem, &was, &was, step));
        CHECK(initiative_differs_only_in(&mem, &was, &plan, step) == (step == STEP_PLAN));
        CHECK(initiative_differs_only_in(&mem, &was, &midyear, step) == (step == STEP_MIDYEAR));
        CHECK(initiative_differs_only_in(&mem, &was, &result, step)
              == (step == STEP_EVALUATION));
    }
}

/* Changes `from` into `to` (both must be found) in the record of small_initiative() and reads
 * it. */
static bool reads_with(const char *from, const char *to, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct initiative i = small_initiative(&mem);
    const str good = canonical(&mem, model_initiative_value(&mem, &i, true));
    const ptrdiff_t at = str_find(good, str_from(from));
    struct initiative out;
    struct value *tree;
    str bad;

    CHECK(at >= 0);
    bad = str_fmt(&mem, "%.*s%s%s", (int)at, good.p, to,
                  str_c(&mem, str_skip(good, (size_t)at + strlen(from))));
    CHECK(json_read_canonical(&mem, bad, &tree, e));
    return model_initiative_read(&mem, tree, &out, e);
}

static void a_record_that_is_not_ours_is_refused_and_the_key_is_named(void)
{
    static const struct {
        const char *from, *to, *key;
    } CASES[] = {
        { "\"number\":3", "\"number\":\"3\"", "number" },
        { "\"target\":\"40\"", "\"target\":\"4O\"", "target" },
        { "\"target\":\"40\"", "\"target\":40", "target" },
        { "\"comparison\":\"ge\"", "\"comparison\":\"about\"", "comparison" },
        { "\"verdict\":\"not_measured\"", "\"verdict\":null", "verdict" },
        { "\"name_at\":[90,21,12,34]", "\"name_at\":[90,21,12]", "name_at" },
        { "\"name_at\":[90,21,12,34]", "\"name_at\":[90,-1,12,34]", "name_at" },
        { "\"order\":0", "\"order\":1", "order" },
        { "\"order\":0", "\"order\":2", "order" },
        { "\"as_needed\":false", "\"as_needed\":0", "as_needed" },
        { "\"outline\":[\"待たせない\"]", "\"outline\":[7]", "outline" },
        { "\"outline\":[\"待たせない\"]", "\"outline\":{}", "outline" },
        { "\"pairing\":\"same\"", "\"pairing\":\"twin\"", "pairing" },
        { "\"results\":[]",
          "\"results\":[{\"base_year\":null,\"indicator\":1,\"is_change\":false,"
          "\"name\":null,\"unit\":null,\"value\":null}]",
          "results" },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct err e = { 0 };

        CHECK(!reads_with(CASES[i].from, CASES[i].to, &e));
        CHECK(e.code == ERR_INPUT);
        if (!strstr(e.text, CASES[i].key))
            CHECK_STR(e.text, CASES[i].key);
    }
}

static void a_tally_counts_each_verdict(void)
{
    struct indicator rows[3] = { { .verdict = VERDICT_MET },
                                 { .verdict = VERDICT_NOT_MEASURED },
                                 { .verdict = VERDICT_MET } };
    const struct initiative i = { .indicators = rows, .indicator_count = 3 };
    struct tally t = { 0 };

    model_tally(&i, &t);
    model_tally(&i, &t);
    CHECK(t.indicators == 6);
    CHECK(t.by_verdict[VERDICT_MET] == 4);
    CHECK(t.by_verdict[VERDICT_NOT_MEASURED] == 2);
    CHECK(t.by_verdict[VERDICT_NOT_MET] == 0);
}

int main(void)
{
    RUN(a_plan_comes_back_from_its_record_as_it_went_in);
    RUN(the_head_of_a_plan_comes_back_without_initiatives);
    RUN(a_finding_comes_back_with_its_place_and_both_messages);
    RUN(the_check_output_has_the_keys_of_the_contract_in_their_order);
    RUN(what_only_a_form_asks_has_no_key_in_a_record_until_it_is_said);
    RUN(a_finding_of_the_check_output_speaks_the_language_asked_for);
    RUN(a_unit_that_differs_from_the_targets_is_told);
    RUN(a_plan_that_nobody_linked_has_every_report_unplanned);
    RUN(each_step_writes_its_own_part_of_a_sheet);
    RUN(a_record_that_is_not_ours_is_refused_and_the_key_is_named);
    RUN(a_tally_counts_each_verdict);
    return DONE();
}
