/* Actuals from what was entered: exact, rounded once, and never with a silent zero. */
#include "measure/measure.h"
#include "check.h"

#define CELL(y, m, ar, fa, mi, fi, n, s)                                        \
    {                                                                           \
        y, STR_INIT(m), STR_INIT(ar), STR_INIT(fa), STR_INIT(mi), STR_INIT(fi), \
        {                                                                       \
            n, s                                                                \
        }                                                                       \
    }

/* Three trainings: 28 of 30, 13 of 20, and one of 10 whose number is pending. */
static struct cell TRAINING[] = {
    CELL(2024, "2024-04", "", "{\"form\":\"class\"}", "", "", 1, 0),
    CELL(2024, "2024-04", "", "{\"form\":\"class\"}", "", "eligible", 300000, 4),
    CELL(2024, "2024-04", "", "{\"form\":\"class\"}", "", "taken", 280000, 4),
    CELL(2024, "2024-06", "", "{\"form\":\"elearning\"}", "", "", 1, 0),
    CELL(2024, "2024-06", "", "{\"form\":\"elearning\"}", "", "eligible", 200000, 4),
    CELL(2024, "2024-06", "", "{\"form\":\"elearning\"}", "", "taken", 130000, 4),
    CELL(2024, "2024-07", "", "{\"form\":\"class\"}", "taken? ", "", 1, 0),
    CELL(2024, "2024-07", "", "{\"form\":\"class\"}", "taken? ", "eligible", 100000, 4),
    CELL(2023, "2023-07", "", "{\"form\":\"class\"}", "", "", 1, 0),
    CELL(2023, "2023-07", "", "{\"form\":\"class\"}", "", "eligible", 400000, 4),
    CELL(2023, "2023-07", "", "{\"form\":\"class\"}", "", "taken", 310000, 4),
};

/* A ledger's two newest months; the last lacks what was collected. */
static struct cell LEDGER[] = {
    CELL(2023, "2024-05", "", "{\"line\":\"current\",\"year\":\"2023\"}", "", "", 1, 0),
    CELL(2023, "2024-05", "", "{\"line\":\"current\",\"year\":\"2023\"}", "", "assessed",
         10000000, 4),
    CELL(2023, "2024-05", "", "{\"line\":\"current\",\"year\":\"2023\"}", "", "collected",
         8620000, 4),
    CELL(2023, "2024-05", "", "{\"line\":\"arrears\",\"year\":\"2023\"}", "", "", 1, 0),
    CELL(2023, "2024-05", "", "{\"line\":\"arrears\",\"year\":\"2023\"}", "", "assessed",
         5000000, 4),
    CELL(2023, "2024-05", "", "{\"line\":\"arrears\",\"year\":\"2023\"}", "", "collected",
         1000000, 4),
    CELL(2023, "2024-04", "", "{\"line\":\"current\",\"year\":\"2023\"}", "", "", 1, 0),
    CELL(2023, "2024-04", "", "{\"line\":\"current\",\"year\":\"2023\"}", "", "assessed",
         10000000, 4),
    CELL(2023, "2024-04", "", "{\"line\":\"current\",\"year\":\"2023\"}", "", "collected",
         8000000, 4),
    CELL(2024, "2024-05", "", "{\"line\":\"current\",\"year\":\"2024\"}", "", "", 1, 0),
    CELL(2024, "2024-05", "", "{\"line\":\"current\",\"year\":\"2024\"}", "", "assessed",
         9000000, 4),
    CELL(2024, "2024-05", "", "{\"line\":\"current\",\"year\":\"2024\"}", "", "collected",
         900000, 4),
    CELL(2024, "2024-06", "", "{\"line\":\"current\",\"year\":\"2024\"}", "collected? ", "", 1,
         0),
    CELL(2024, "2024-06", "", "{\"line\":\"current\",\"year\":\"2024\"}", "collected? ",
         "assessed", 9100000, 4),
};

static struct cell MEETINGS[] = {
    CELL(2024, "2024-04", "朝霧", "{}", "", "", 3, 0),
    CELL(2024, "2024-05", "朝霧", "{}", "", "", 1, 0),
    CELL(2024, "2024-05", "若葉", "{}", "", "", 1, 0),
    CELL(2024, "2024-06", "", "{}", "", "", 2, 0),
    CELL(2023, "2023-06", "港", "{}", "", "", 2, 0),
};

struct given {
    struct arena *a;
    struct cell *rows;
    uint32_t count;
    int year;
    date today;
    const struct rating_levels *levels;
};
#define CELLS(x) (x), sizeof(x) / sizeof *(x)

static struct measured measure(const struct given *g, const char *json)
{
    struct binding b = { 0 };
    struct value *tree;
    struct measured m = { 0 };
    struct err e = { .code = ERR_NONE };
    const struct cells cells = { g->rows, g->count };

    if (!json_load(g->a, str_from(json), &tree, &e) || !binding_read(g->a, tree, &b, &e)) {
        CHECK_STR(e.text, "");
        return m;
    }
    measure_evidence(g->a,
                     &(struct measure_input){ &b.measure, &cells, g->year, g->today,
                                              g->levels },
                     &m);
    return m;
}

static const char *text_of(struct arena *a, const struct measured *m)
{
    return m->has_value ? str_c(a, str_fmt(a, "%.*s%.*s", STR_ARG(dec_str(a, m->value)),
                                           STR_ARG(m->unit)))
                        : "-";
}

#define RATIO                                                                                 \
    "{\"kind\":\"register\",\"register\":\"training\",\"value\":\"ratio\",\"of\":[\"taken\"," \
    "\"eligible\"],\"unit\":\"%\",\"decimals\":1"

static void a_ratio_leaves_out_what_is_pending_and_says_so(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(TRAINING), 2024, { 2025, 4, 1 }, NULL };
    struct measured m = measure(&g, RATIO "}");

    CHECK_STR(text_of(&a, &m), "82.0%"); /* 41 of 50, not 41 of 60 */
    CHECK(m.is_ratio && dec_cmp(m.numerator, (dec){ 41, 0 }) == 0);
    CHECK(dec_cmp(m.denominator, (dec){ 50, 0 }) == 0);
    CHECK(m.entries == 2 && m.pending == 1 && !m.is_final);
    CHECK(str_eq(m.as_of, STR("2024-06")));
}

static void a_filter_takes_only_its_choices(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(TRAINING), 2024, { 2024, 12, 1 }, NULL };
    struct measured m = measure(&g, RATIO ",\"filter\":{\"form\":[\"elearning\"]}}");

    CHECK_STR(text_of(&a, &m), "65.0%");
    CHECK(m.pending == 0 && !m.is_final); /* the year is not over */
    m = measure(&g, RATIO ",\"filter\":{\"form\":[\"coaching\"]}}");
    CHECK(!m.has_value && m.why_not.n);
    m = measure(&g,
                "{\"kind\":\"register\",\"register\":\"training\",\"unit\":\"回\",\"filter\":{"
                "\"form\":[\"coaching\"]}}");
    CHECK_STR(text_of(&a, &m), "0回"); /* the register was kept: nobody was coached */
}

static void a_year_that_is_over_is_final(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(TRAINING), 2023, { 2024, 4, 1 }, NULL };
    const struct given before = { &a, CELLS(TRAINING), 2023, { 2024, 3, 31 }, NULL };
    struct measured m = measure(&g, RATIO "}");

    CHECK_STR(text_of(&a, &m), "77.5%");
    CHECK(m.is_final);
    m = measure(&before, RATIO "}");
    CHECK(!m.is_final);
}

static void areas_and_entries_are_counted(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(MEETINGS), 2024, { 0 }, NULL };
    struct measured m = measure(
        &g, "{\"kind\":\"register\",\"register\":\"x\",\"value\":\"areas\",\"unit\":\"地域\"}");

    CHECK_STR(text_of(&a, &m), "2地域");
    m = measure(&g, "{\"kind\":\"register\",\"register\":\"x\",\"unit\":\"回\"}");
    CHECK_STR(text_of(&a, &m), "7回");
    m = measure(&g, "{\"kind\":\"register\",\"register\":\"x\",\"unit\":\"回\",\"filter\":{"
                    "\"area\":[\"若葉\"]}}");
    CHECK_STR(text_of(&a, &m), "1回");
}

#define RATE                                                                               \
    "{\"kind\":\"ledger\",\"ledger\":\"kokuho\",\"value\":\"rate\",\"of\":[\"collected\"," \
    "\"assessed\"],\"filter\":{\"line\":[\"current\"]},\"unit\":\"%\",\"decimals\":2}"

static void a_rate_is_that_of_the_newest_whole_month(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct given now = { &a, CELLS(LEDGER), 2024, { 2024, 7, 1 }, NULL };
    const struct given past = { &a, CELLS(LEDGER), 2023, { 2024, 7, 1 }, NULL };
    struct measured m = measure(&now, RATE);

    CHECK_STR(text_of(&a, &m), "10.00%");
    CHECK(str_eq(m.as_of, STR("2024-05")) && !m.is_final);
    m = measure(&past, RATE);
    CHECK_STR(text_of(&a, &m), "86.20%"); /* not the arrears', not April's, nor their sum */
    CHECK(m.is_final);
}

static void an_increase_needs_the_year_before(void)
{
    static struct cell CELLS_OF[] = {
        CELL(2023, "2023-04", "", "{}", "", "", 1, 0),
        CELL(2023, "2023-04", "", "{}", "", "amount", INT64_C(12000000000), 4),
        CELL(2024, "2024-04", "", "{}", "", "", 1, 0),
        CELL(2024, "2024-04", "", "{}", "", "amount", INT64_C(19374990000), 4),
    };
    static const char JSON[] = "{\"kind\":\"ledger\",\"ledger\":\"revenue\",\"value\":"
                               "\"increase\",\"of\":[\"amount\"],"
                               "\"unit\":\"千円\",\"divide\":1000}";
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(CELLS_OF), 2024, { 0 }, NULL };
    const struct given none = { &a, CELLS(CELLS_OF), 2023, { 0 }, NULL };
    struct measured m = measure(&g, JSON);

    CHECK_STR(text_of(&a, &m), "737千円"); /* 737.499 thousand */
    m = measure(&none, JSON);
    CHECK(!m.has_value && str_find(m.why_not, STR("前の年度")) >= 0);
}

static void a_level_compares_the_exact_mean(void)
{
    static struct cell SCORES[] = {
        CELL(2024, "2024-10", "", "{}", "", "", 300, 0),
        CELL(2024, "2024-10", "", "{}", "", "score", INT64_C(8990000), 4),
    };
    const struct rating_levels levels = { 2020, { 5, 0 }, 3, { { 1, 0 }, { 2, 0 }, { 3, 0 } } };
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(SCORES), 2024, { 0 }, &levels };
    struct measured m = measure(
        &g, "{\"kind\":\"rating\",\"register\":\"service-rating\",\"value\":\"level\",\"of\":["
            "\"score\"],\"unit\":\"☆\"}");

    CHECK_STR(text_of(&a, &m), "2☆"); /* 899 / 300 = 2.9967, which rounds to 3.0 */
    m = measure(&g, "{\"kind\":\"rating\",\"register\":\"service-rating\",\"value\":\"mean\","
                    "\"of\":[\"score\"],\"unit\":\"点\",\"decimals\":1}");
    CHECK_STR(text_of(&a, &m), "3.0点");
}

static void a_share_of_a_survey_and_a_manual_value(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct measure_def share = { .unit = STR("%"), .decimals = 1 };
    const struct measure_def manual = { .unit = STR("%"), .number = { 8620, 2 } };
    struct measured m;

    measure_survey_share(&share, 349, 530, &m);
    CHECK_STR(text_of(&a, &m), "65.8%");
    measure_survey_share(&share, 0, 0, &m);
    CHECK(!m.has_value);
    measure_manual(&manual, &m);
    CHECK_STR(text_of(&a, &m), "86.20%");
}

static void what_is_no_measure_is_refused(void)
{
    static const struct {
        const char *json, *says;
    } WRONG[] = {
        { "{\"kind\":\"guess\"}", "kind" },
        { "{\"kind\":\"register\"}", "register" },
        { "{\"kind\":\"register\",\"register\":\"x\",\"value\":\"ratio\",\"of\":[\"a\"]}",
          "2個" },
        { "{\"kind\":\"register\",\"register\":\"x\",\"value\":\"rate\",\"of\":[\"a\",\"b\"]}",
          "出せません" },
        { "{\"kind\":\"register\",\"register\":\"x\",\"peroid\":\"y\"}", "peroid" },
        { "{\"kind\":\"register\",\"register\":\"x\",\"decimals\":9}", "decimals" },
        { "{\"kind\":\"manual\",\"number\":\"12\"}", "source" },
        { "{\"kind\":\"manual\",\"number\":\"many\",\"source\":\"x\"}", "number" },
        { "{\"kind\":\"survey\",\"survey\":\"x\"}", "question" },
        { "[]", "ありません" },
    };

    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct binding b;
        struct value *tree;
        struct err e = { .code = ERR_NONE };

        CHECK(json_load(&a, str_from(WRONG[i].json), &tree, &e));
        CHECK(!binding_read(&a, tree, &b, &e));
        if (str_find(str_from(e.text), str_from(WRONG[i].says)) < 0)
            CHECK_STR(e.text, WRONG[i].says);
    }
}

static void every_measure_that_a_register_gives_is_read_and_written_back(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct err e = { .code = ERR_NONE };

    for (size_t i = 0; register_preset_key(i).n; i++) {
        struct register_def d;

        CHECK(register_parse(&a, register_preset(register_preset_key(i)), &d, &e));
        for (const struct value *v = d.gives ? d.gives->first : NULL; v; v = v->next) {
            struct binding x, y;

            if (!binding_read(&a, v, &x, &e)) {
                printf("# %.*s: %s\n", STR_ARG(d.key), e.text);
                CHECK(false);
                continue;
            }
            CHECK(binding_read(&a, binding_value(&a, &x), &y, &e));
            CHECK(x.measure.kind == y.measure.kind && x.measure.value == y.measure.value);
            CHECK(str_eq(x.measure.book, y.measure.book)
                  && x.measure.divide == y.measure.divide);
            for (uint32_t k = 0; k < x.measure.of_count; k++)
                CHECK(register_field_find(&d, x.measure.of[k]) >= 0);
        }
    }
}

int main(void)
{
    RUN(a_ratio_leaves_out_what_is_pending_and_says_so);
    RUN(a_filter_takes_only_its_choices);
    RUN(a_year_that_is_over_is_final);
    RUN(areas_and_entries_are_counted);
    RUN(a_rate_is_that_of_the_newest_whole_month);
    RUN(an_increase_needs_the_year_before);
    RUN(a_level_compares_the_exact_mean);
    RUN(a_share_of_a_survey_and_a_manual_value);
    RUN(what_is_no_measure_is_refused);
    RUN(every_measure_that_a_register_gives_is_read_and_written_back);
    return DONE();
}
