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
                     &(struct measure_input){ .def = &b.measure,
                                              .cells = &cells,
                                              .fiscal_year = g->year,
                                              .today = g->today,
                                              .levels = g->levels },
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

/* A survey of one question, 349 of 530 said yes; the answers by hand. */
struct asked {
    struct survey_choice choice;
    struct question question;
    struct survey survey;
    struct question_tally counted;
    struct survey_tally tally;
    struct measure_def def;
    struct measured m;
};

static void ask(struct asked *x)
{
    x->choice = (struct survey_choice){ STR("1"), STR("知っている"), true };
    x->question = (struct question){ .key = STR("knows"),
                                     .kind = QUESTION_SINGLE,
                                     .choices = &x->choice,
                                     .choice_count = 1,
                                     .has_yes = true,
                                     .filter = -1 };
    x->survey = (struct survey){ .key = STR("kumin-2024"),
                                 .fiscal_year = 2024,
                                 .to = { 2024, 9, 30 },
                                 .questions = &x->question,
                                 .question_count = 1 };
    x->counted = (struct question_tally){ .asked = 542, .no_answer = 12, .yes = 349 };
    x->tally = (struct survey_tally){ .questions = &x->counted, .question_count = 1 };
    x->def = (struct measure_def){ .kind = MEASURE_SURVEY,
                                   .value = GIVES_SHARE,
                                   .survey = STR("kumin-{year}"),
                                   .question = STR("knows"),
                                   .unit = STR("%"),
                                   .decimals = 1 };
}

static void answer(struct arena *a, struct asked *x, date today)
{
    measure_actual(a,
                   &(struct measure_input){ .def = &x->def,
                                            .fiscal_year = 2024,
                                            .today = today,
                                            .survey = &x->survey,
                                            .tally = &x->tally },
                   &x->m);
}

static void a_share_of_a_sample_has_its_interval_and_its_day(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct asked x;

    ask(&x);
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK_STR(text_of(&a, &x.m), "65.8%");
    CHECK(x.m.numerator.n == 349 && x.m.denominator.n == 530 && x.m.entries == 530);
    CHECK(x.m.has_interval && x.m.is_final);
    CHECK(x.m.low.n == 617 && x.m.high.n == 698); /* 61.71 to 69.76 */
    CHECK(str_eq(x.m.as_of, STR("2024-09-30")));
    answer(&a, &x, (date){ 2024, 9, 30 });
    CHECK(!x.m.is_final);
}

static void where_everybody_answered_there_is_no_interval(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct asked x;

    ask(&x);
    x.survey.population_size = 530;
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK(x.m.has_value && !x.m.has_interval);
    x.survey.population_size = 540;
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK(x.m.has_interval && x.m.low.n > 650 && x.m.high.n < 665);
}

static void weights_give_the_share_and_people_the_fraction(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct asked x;

    ask(&x);
    x.counted.weighted = (struct weighted_tally){ .is_set = true,
                                                  .share = { 640000000, 9 },
                                                  .low = { 590000000, 9 },
                                                  .high = { 680000000, 9 } };
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK_STR(text_of(&a, &x.m), "64.0%");
    CHECK(x.m.is_weighted && x.m.numerator.n == 349 && x.m.low.n == 590);
    x.def.is_plain = true; /* to be compared with years that had no weights */
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK_STR(text_of(&a, &x.m), "65.8%");
    CHECK(!x.m.is_weighted);
}

static void a_survey_of_another_year_feeds_nothing(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct asked x;

    ask(&x);
    x.survey.fiscal_year = 2023;
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK(!x.m.has_value && x.m.why_not.n);
    ask(&x);
    x.counted.asked = x.counted.no_answer;
    answer(&a, &x, (date){ 2024, 10, 1 });
    CHECK(!x.m.has_value && x.m.why_not.n);
    CHECK_STR(str_c(&a, measure_survey_key(&a, &x.def, 2026)), "kumin-2026");
    CHECK(measure_uses_survey(&x.def, STR("kumin-2026")));
    CHECK(!measure_uses_survey(&x.def, STR("kumin-x")));
}

static void a_number_by_hand_is_of_its_year_and_says_so(void)
{
    static const char JSON[] =
        "{\"kind\":\"manual\",\"unit\":\"名\",\"years\":{\"2023\":{\"number\":\"6\","
        "\"source\":\"委員名簿\",\"by\":\"総務課\",\"on\":\"2023-04-10\"}}}";
    AUTO(arena_done) struct arena a = { 0 };
    const struct measure_def always = { .number = { 8620, 2 },
                                        .source = STR("月報"),
                                        .unit = STR("%") };
    struct value *tree;
    struct measured m;
    struct binding b;
    struct err e;

    CHECK(json_load(&a, STR(JSON), &tree, &e) && binding_read(&a, tree, &b, &e));
    CHECK(binding_read(&a, binding_value(&a, &b), &b, &e));
    measure_manual(&b.measure, 2023, &m);
    CHECK_STR(text_of(&a, &m), "6名");
    CHECK(m.is_manual && str_eq(m.by, STR("総務課")) && str_eq(m.on, STR("2023-04-10")));
    measure_manual(&b.measure, 2024, &m);
    CHECK(!m.has_value && m.why_not.n);
    measure_manual(&always, 2024, &m);
    CHECK_STR(text_of(&a, &m), "86.20%");
}

static void the_latest_of_a_state_is_not_a_sum(void)
{
    static struct cell FOLLOWERS[] = {
        CELL(2024, "2024-04", "", "{}", "", "", 1, 0),
        CELL(2024, "2024-04", "", "{}", "", "followers", 30400000, 4),
        CELL(2024, "2025-03", "", "{}", "", "", 2, 0),
        CELL(2024, "2025-03", "", "{}", "", "followers", 34200000, 4),
    };
    AUTO(arena_done) struct arena a = { 0 };
    const struct given g = { &a, CELLS(FOLLOWERS), 2024, { 2025, 5, 1 }, NULL };
    struct measured m;

    m = measure(&g, "{\"kind\":\"register\",\"register\":\"web-sns\",\"value\":\"latest\","
                    "\"of\":[\"followers\"],\"unit\":\"人\"}");
    CHECK_STR(text_of(&a, &m), "3420人");
    CHECK(str_eq(m.as_of, STR("2025-03")));
}

static void what_was_declined_is_proposed_again_when_it_changes(void)
{
    const struct measured nine = { .has_value = true, .value = { 9, 0 } },
                          ten = { .has_value = true, .value = { 10, 0 } }, none = { 0 };

    CHECK(measured_is_news(&nine, &none, &none));
    CHECK(!measured_is_news(&nine, &nine, &none));
    CHECK(measured_is_news(&ten, &nine, &none));
    CHECK(!measured_is_news(&ten, &nine, &ten));
    CHECK(!measured_is_news(&none, &nine, &none));
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

/* ---- voices ---- */

#define TERM(facets, received, due, in_time, n) \
    { STR_INIT(facets), STR_INIT(received), STR_INIT(due), in_time, n }

/* Three of the counter in time and one late, answered or still waiting; two that are not due on
 * 1 June, of which one is answered; one of the box; one of two questions. */
static struct voice_term TERMS[] = {
    TERM("box\nroads\tmado", "2024-04-01", "2024-04-15", true, 1),
    TERM("voice\ncounter\tmado", "2024-04-01", "2024-04-15", true, 3),
    TERM("voice\ncounter\tmado", "2024-04-20", "2024-05-07", false, 1),
    TERM("voice\ncounter\tmado", "2024-05-20", "2024-06-01", true, 1),
    TERM("voice\ncounter\tmado", "2024-05-30", "2024-06-13", false, 1),
    TERM("voice\nroads\thoken\ncounter\tshimin", "2024-04-02", "2024-04-16", false, 1),
};

static struct measured of_voices(struct arena *a, const char *json, date today)
{
    static const struct voice_terms ALL = { TERMS, sizeof TERMS / sizeof *TERMS };
    struct measured m = { .has_value = false };
    struct binding b = { .measure.kind = MEASURE_VOICES };
    struct value *tree;
    struct err e;

    CHECK(json_load(a, str_from(json), &tree, &e) && binding_read(a, tree, &b, &e));
    CHECK(binding_read(a, binding_value(a, &b), &b, &e));
    measure_actual(a,
                   &(struct measure_input){
                       .def = &b.measure, .fiscal_year = 2024, .today = today, .voices = &ALL },
                   &m);
    return m;
}

static void voices_count_when_their_day_is_over_answered_or_not(void)
{
    static const char SHARE[] = "{\"kind\":\"voices\",\"decimals\":1}";
    AUTO(arena_done) struct arena a = { 0 };
    struct measured m = of_voices(&a, SHARE, (date){ 2024, 6, 1 });

    /* the day itself is not over: somebody may still be answered on it */
    CHECK(m.has_value && m.numerator.n == 4 && m.denominator.n == 6 && m.pending == 2);
    CHECK(str_eq(dec_str(&a, m.value), STR("66.7")));
    CHECK(str_eq(m.unit, STR("%")));
    CHECK(str_eq(m.as_of, STR("2024-05-07")));
    CHECK(!m.is_final && m.entries == 6);
    m = of_voices(&a, SHARE, (date){ 2024, 6, 2 });
    CHECK(m.numerator.n == 5 && m.denominator.n == 7 && m.pending == 1);
    CHECK(str_eq(m.as_of, STR("2024-06-01")));
    m = of_voices(&a, SHARE, (date){ 2024, 7, 1 });
    CHECK(m.numerator.n == 5 && m.denominator.n == 8 && !m.pending && !m.is_final);
    CHECK(of_voices(&a, SHARE, (date){ 2025, 4, 1 }).is_final);
    m = of_voices(&a, SHARE, (date){ 2024, 4, 10 });
    CHECK(!m.has_value && m.pending == 8 && m.why_not.n);
}

static void voices_are_picked_out_by_door_category_and_section_of_one_question(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const date later = { 2024, 7, 1 };
    struct measured m;

    m = of_voices(&a, "{\"kind\":\"voices\",\"filter\":{\"door\":[\"voice\"]}}", later);
    CHECK(m.denominator.n == 7 && m.numerator.n == 4);
    m = of_voices(&a, "{\"kind\":\"voices\",\"filter\":{\"category\":[\"roads\"]}}", later);
    CHECK(m.denominator.n == 2 && m.numerator.n == 1);
    m = of_voices(&a,
                  "{\"kind\":\"voices\",\"value\":\"count\",\"unit\":\"件\",\"filter\":"
                  "{\"category\":[\"counter\",\"roads\"],\"section\":[\"hoken\",\"shimin\"]}}",
                  later);
    CHECK(m.has_value && m.value.n == 1 && m.entries == 1 && !m.is_ratio);
    CHECK(str_eq(m.as_of, STR("2024-04-02")));
    /* category of one question, section of the other: no question has both */
    m = of_voices(&a,
                  "{\"kind\":\"voices\",\"value\":\"count\",\"filter\":"
                  "{\"category\":[\"roads\"],\"section\":[\"shimin\"]}}",
                  later);
    CHECK(m.has_value && m.value.n == 0);
}

static void a_year_before_the_voices_were_kept_has_its_number_by_hand(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const struct measured m =
        of_voices(&a,
                  "{\"kind\":\"voices\",\"years\":{\"2024\":{\"number\":\"98.6\",\"source\":"
                  "\"受付簿\",\"by\":\"総務課\",\"on\":\"2025-04-10\"}}}",
                  (date){ 2025, 6, 1 });

    CHECK(m.has_value && m.is_manual && m.is_final && m.value.n == 986);
    CHECK(str_eq(m.source, STR("受付簿")));
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
    RUN(a_share_of_a_sample_has_its_interval_and_its_day);
    RUN(where_everybody_answered_there_is_no_interval);
    RUN(weights_give_the_share_and_people_the_fraction);
    RUN(a_survey_of_another_year_feeds_nothing);
    RUN(a_number_by_hand_is_of_its_year_and_says_so);
    RUN(the_latest_of_a_state_is_not_a_sum);
    RUN(what_was_declined_is_proposed_again_when_it_changes);
    RUN(what_is_no_measure_is_refused);
    RUN(voices_count_when_their_day_is_over_answered_or_not);
    RUN(voices_are_picked_out_by_door_category_and_section_of_one_question);
    RUN(a_year_before_the_voices_were_kept_has_its_number_by_hand);
    RUN(every_measure_that_a_register_gives_is_read_and_written_back);
    return DONE();
}
