/* The route table: every row is sound, and paths find their rows. */
#include "web/route.h"

#include "check.h"
#include "web/web.h"

static const char *path_found(const char *path, str params[ROUTE_PARAMS_MAX])
{
    unsigned allowed;
    const struct route *r = route_find(METHOD_GET, str_from(path), params, &allowed);

    return r ? r->path : "";
}

static void every_row_is_sound(void)
{
    struct err e = { 0 };
    bool fine = routes_check(&e);

    if (!fine)
        printf("# %s\n", e.text);
    CHECK(fine);
}

static void a_path_finds_its_row_and_its_parameters(void)
{
    str params[ROUTE_PARAMS_MAX];

    CHECK_STR(path_found("/", params), "/");
    CHECK_STR(path_found("/o/minamo/2023/12", params), "/o/:org/:year/:number");
    CHECK(str_eq(params[0], STR("minamo")) && str_eq(params[1], STR("2023"))
          && str_eq(params[2], STR("12")));
    CHECK_STR(path_found("/o/271004", params), "/o/:org");
    CHECK_STR(path_found("/o/minamo/2023/findings", params), "/o/:org/:year/findings");
}

static void a_parameter_of_another_shape_finds_nothing(void)
{
    static const char *const NONE[] = {
        "/o/Minamo",
        "/o/271005",
        "/o/minamo/23",
        "/o/minamo/20231",
        "/o/minamo/2023/0",
        "/o/minamo/2023/01",
        "/o/minamo/2023/x",
        "/o/minamo/2023/1/2",
        "/o/minamo/i/ABC",
        "/records/12",
        "/o",
        "/nowhere",
        "/help/../../etc",
        "/static/x/y.css",
        "/o/minamo/i/facd44f31f2",
    };
    str params[ROUTE_PARAMS_MAX];

    for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
        CHECK_STR(path_found(NONE[i], params), "");
}

static void another_method_is_told_what_is_allowed(void)
{
    str params[ROUTE_PARAMS_MAX];
    unsigned allowed;

    CHECK(!route_find(METHOD_POST, STR("/o/minamo"), params, &allowed));
    CHECK(allowed == 1U << METHOD_GET);
    CHECK(!route_find(METHOD_POST, STR("/nowhere"), params, &allowed) && allowed == 0);
}

static void a_parameter_is_known_by_its_place(void)
{
    const struct route r = { .path = "/o/:org/:year/x/:number" };

    CHECK(route_param(&r, "org") == 0 && route_param(&r, "year") == 1);
    CHECK(route_param(&r, "number") == 2 && route_param(&r, "x") == -1);
}

static void the_table_is_told_to_the_outside(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct web_route_info r;
    size_t n = 0;

    while (web_route_at(&a, n, NULL, &r)) {
        CHECK(r.path.n && r.title[LANG_JA].n && r.title[LANG_EN].n && r.who.n);
        n++;
    }
    CHECK(n > 10);
    CHECK(!web_route_at(&a, n + 5, NULL, &r));
}

int main(void)
{
    RUN(every_row_is_sound);
    RUN(a_path_finds_its_row_and_its_parameters);
    RUN(a_parameter_of_another_shape_finds_nothing);
    RUN(another_method_is_told_what_is_allowed);
    RUN(a_parameter_is_known_by_its_place);
    RUN(the_table_is_told_to_the_outside);
    return DONE();
}
