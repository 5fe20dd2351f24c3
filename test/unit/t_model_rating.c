/* Ratings: which star a mean is worth, by which year's thresholds. */
#include "model/rating.h"

#include "check.h"
#include "model/register.h"

static struct arena mem;

static dec number(const char *digits)
{
    dec v = { 0, 0 };

    CHECK(dec_parse(str_from(digits), &v));
    return v;
}

static bool scale(const char *json, struct rating_scale *out, struct err *e)
{
    struct value *tree = NULL;

    CHECK(json_load(&mem, str_from(json), &tree, e));
    return rating_scale_read(&mem, tree, out, e);
}

static const char TWO_YEARS[] =
    "{\"levels\":[{\"since\":2024,\"full\":\"5\",\"at_least\":[\"1\",\"2.5\",\"3.5\"]},"
    "{\"since\":2019,\"full\":\"5\",\"at_least\":[\"1\",\"2\",\"3\"]}]}";

static void the_thresholds_are_those_of_the_year(void)
{
    struct rating_scale s;
    struct err e;

    CHECK(scale(TWO_YEARS, &s, &e));
    CHECK(rating_levels_of(&s, 2018) == NULL);
    CHECK(rating_stars(rating_levels_of(&s, 2019), number("3.0")) == 3);
    CHECK(rating_stars(rating_levels_of(&s, 2023), number("3.4")) == 3);
    CHECK(rating_stars(rating_levels_of(&s, 2024), number("3.4")) == 2);
}

/* 3 + 3 + 2.99 is shown as 3.0 and is below 3 all the same. */
static void a_mean_that_is_only_rounded_up_to_a_star_does_not_get_it(void)
{
    const dec scores[] = { number("3"), number("3"), number("2.99") };
    struct rating_scale s;
    struct err e;
    dec mean;

    CHECK(scale(TWO_YEARS, &s, &e));
    CHECK(rating_mean(scores, 3, 1, &mean) && dec_eq_written(mean, number("3.0")));
    CHECK(rating_stars_of(rating_levels_of(&s, 2020), scores, 3) == 2);
}

static void means_are_rounded_half_up(void)
{
    const dec scores[] = { number("3.3"), number("3.4") };
    dec mean;

    CHECK(rating_mean(scores, 2, 1, &mean) && dec_eq_written(mean, number("3.4")));
    CHECK(rating_mean(scores, 2, 2, &mean) && dec_eq_written(mean, number("3.35")));
    CHECK(!rating_mean(scores, 0, 1, &mean));
}

static void below_the_first_threshold_there_is_no_star(void)
{
    struct rating_scale s;
    struct err e;

    CHECK(scale(TWO_YEARS, &s, &e));
    CHECK(rating_stars(rating_levels_of(&s, 2024), number("0.99")) == 0);
    CHECK(rating_stars_of(rating_levels_of(&s, 2024), NULL, 0) == 0);
}

static void thresholds_that_cannot_be_are_refused_in_words(void)
{
    static const char *const BAD[][2] = {
        { "{\"levels\":{}}", "並び" },
        { "{\"levels\":[{\"full\":\"5\",\"at_least\":[\"1\"]}]}", "年度" },
        { "{\"levels\":[{\"since\":2024,\"at_least\":[\"1\"]}]}", "満点" },
        { "{\"levels\":[{\"since\":2024,\"full\":\"5\",\"at_least\":[]}]}", "at_least" },
        { "{\"levels\":[{\"since\":2024,\"full\":\"5\",\"at_least\":[\"x\"]}]}", "1番目" },
        { "{\"levels\":[{\"since\":2024,\"full\":\"5\",\"at_least\":[\"2\",\"2\"]}]}",
          "小さい順" },
        { "{\"levels\":[{\"since\":2024,\"full\":\"5\",\"at_least\":[\"6\"]}]}", "満点を超え" },
        { "{\"levels\":[{\"since\":2024,\"full\":\"5\",\"at_least\":[\"1\"]},"
          "{\"since\":2024,\"full\":\"5\",\"at_least\":[\"1\"]}]}",
          "2つ" },
    };

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct rating_scale s;
        struct err e = { 0 };

        CHECK(!scale(BAD[i][0], &s, &e) && e.code == ERR_INPUT);
        CHECK(str_find(str_from(e.text), str_from(BAD[i][1])) >= 0);
    }
}

static void the_preset_has_a_scale(void)
{
    struct register_def def;
    struct rating_scale s;
    struct err e;

    CHECK(register_parse(&mem, register_preset(STR("service-rating")), &def, &e));
    CHECK(rating_scale_read(&mem, def.tree, &s, &e) && s.count == 1);
    CHECK(rating_stars(rating_levels_of(&s, 2024), number("3.4")) == 3);
}

int main(void)
{
    RUN(the_thresholds_are_those_of_the_year);
    RUN(a_mean_that_is_only_rounded_up_to_a_star_does_not_get_it);
    RUN(means_are_rounded_half_up);
    RUN(below_the_first_threshold_there_is_no_star);
    RUN(thresholds_that_cannot_be_are_refused_in_words);
    RUN(the_preset_has_a_scale);
    arena_done(&mem);
    return DONE();
}
