/* Areas and ratings, as the pages tell them over the sample's registers. */
#include "sites.h"

#include "check.h"
#include "ingest/ingest.h"

static struct site site;

static const struct value *page(const char *target)
{
    struct reply r = sites_get(&site, target);
    struct value *tree = NULL;

    CHECK(r.status == 200);
    CHECK(json_load(&site.f.mem, r.body, &tree, &site.f.e));
    return tree;
}

/* The row of a list in which `key` is `text`. */
static const struct value *row_of(const struct value *list, const char *key, const char *text)
{
    const struct value *v = list ? list->first : NULL;

    while (v && !str_eq(value_text(v, key), str_from(text)))
        v = v->next;
    return v;
}

static const struct value *nth(const struct value *list, uint32_t n)
{
    const struct value *v = list ? list->first : NULL;

    while (v && n--)
        v = v->next;
    return v;
}

static void an_area_where_nothing_was_held_is_listed_and_counted(void)
{
    const struct value *tree = page("/o/minamo/areas.json?year=2023");
    const struct value *areas = value_get(tree, STR("areas"));
    const struct value *first = row_of(areas, "name", "宮前"),
                       *other = row_of(value_get(page("/o/minamo/areas.json"), STR("areas")),
                                       "name", "宮前");

    CHECK(areas && areas->count == 20);
    CHECK(first && value_int(first, "bodies") >= 4 && value_int(first, "held_total") == 0);
    CHECK(other && value_int(other, "held_total") > 0); /* the newest year with an entry */
    CHECK(str_find(value_text(tree, "sentence"), STR("20の地域")) >= 0);
}

/* samples/areas/area-facts.csv: 令和4年 5,143, 令和6年 5,097, written with separators. */
static void facts_stand_year_by_year_with_their_day_and_source(void)
{
    const struct value *tree = page("/o/minamo/areas/01.json");
    const struct value *people = row_of(value_get(tree, STR("facts")), "item", "人口");
    const struct value *values = people ? value_get(people, STR("values")) : NULL;
    const struct value *columns = value_get(tree, STR("columns"));

    CHECK(columns && columns->count == 3);
    CHECK(values && values->count == 3);
    CHECK(value_int(nth(columns, 0), "fiscal_year") == 2022);
    CHECK(str_eq(value_text(nth(values, 0), "value"), STR("5143")));
    CHECK(str_eq(value_text(nth(values, 2), "value"), STR("5097")));
    CHECK(str_eq(value_text(nth(values, 2), "day"), STR("2024-10-01")));
    CHECK(people && str_eq(value_text(people, "unit"), STR("人")));
    CHECK(people && str_eq(value_text(people, "source"), STR("住民基本台帳")));
}

static void bodies_of_another_area_are_not_shown(void)
{
    const struct value *bodies = value_get(page("/o/minamo/areas/02.json"), STR("bodies"));

    CHECK(row_of(bodies, "name", "若葉連合自治会") != NULL);
    CHECK(row_of(bodies, "name", "朝霧連合自治会") == NULL);
}

static void an_area_that_is_not_there_is_said_so(void)
{
    CHECK(sites_get(&site, "/o/minamo/areas/99").status == 404);
    CHECK(sites_get(&site, "/o/nowhere/areas").status == 404);
}

static void a_ward_without_areas_says_what_to_do(void)
{
    struct reply r = sites_get(&site, "/o/komorebi/areas?lang=ja");

    CHECK(r.status == 200 && str_find(r.body, STR("地域の一覧を登録すると")) >= 0);
    r = sites_get(&site, "/o/komorebi/rating?lang=ja");
    CHECK(r.status == 200 && str_find(r.body, STR("項目ごとの点数を取り込むと")) >= 0);
}

/* samples/areas/service-rating.json: three stars from 3.5 on, since 令和6年度 from 3.6 on. */
static void stars_follow_from_the_mean_and_the_thresholds_of_the_year(void)
{
    const struct value *years = value_get(page("/o/minamo/rating.json"), STR("years"));
    const struct value *newest = nth(years, 0), *middle = nth(years, 1),
                       *oldest = nth(years, 2);

    CHECK(years && years->count == 3);
    CHECK(newest && str_eq(value_text(newest, "mean"), STR("3.70"))
          && value_int(newest, "stars") == 3
          && str_eq(value_text(newest, "next_at"), STR("4.1")));
    CHECK(middle && str_eq(value_text(middle, "mean"), STR("3.40"))
          && value_int(middle, "stars") == 2
          && str_eq(value_text(middle, "next_at"), STR("3.5")));
    CHECK(oldest && str_eq(value_text(oldest, "mean"), STR("3.10"))
          && value_int(oldest, "stars") == 2);
}

/* What cannot be shown as of a day says so, instead of passing today's for it. */
static void a_page_of_registers_does_not_pretend_to_be_of_a_past_day(void)
{
    struct reply r = sites_get(&site, "/o/minamo/rating?at=2024-04-01&lang=ja");

    CHECK(r.status == 200 && str_find(r.body, STR("過去の時点では見られません")) >= 0);
    r = sites_get(&site, "/o/minamo/rating?lang=ja");
    CHECK(str_find(r.body, STR("過去の時点では見られません")) < 0);
}

int main(void)
{
    sites_begin(&site);
    RUN(an_area_where_nothing_was_held_is_listed_and_counted);
    RUN(facts_stand_year_by_year_with_their_day_and_source);
    RUN(bodies_of_another_area_are_not_shown);
    RUN(an_area_that_is_not_there_is_said_so);
    RUN(a_ward_without_areas_says_what_to_do);
    RUN(stars_follow_from_the_mean_and_the_thresholds_of_the_year);
    RUN(a_page_of_registers_does_not_pretend_to_be_of_a_past_day);
    sites_end(&site);
    return DONE();
}
