/* Definitions of registers: the built-in ones are sound, and a wrong one is refused with what
 * is wrong in it. */
#include "model/register.h"
#include "check.h"

static void every_built_in_register_is_read(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    size_t count = 0;
    struct err e;

    for (; register_preset_key(count).n; count++) {
        struct register_def d;

        CHECK(register_parse(&a, register_preset(register_preset_key(count)), &d, &e)
              || (printf("# %.*s: %s\n", STR_ARG(register_preset_key(count)), e.text), false));
        CHECK(str_eq(d.key, register_preset_key(count)));
        CHECK(d.gives && d.gives->count > 0);
    }
    CHECK(count == 25);
    CHECK(register_preset(STR("nothing")).n == 0);
}

static const struct {
    const char *change_from, *change_to, *says;
} WRONG[] = {
    { "\"kind\":\"date\"", "\"kind\":\"day\"", "kind" },
    { "\"key\":\"taken\"", "\"key\":\"eligible\"", "2回" },
    { "\"key\":\"taken\"", "\"key\":\"Taken\"", "英小文字" },
    { "\"less\":\"taken\"", "\"less\":\"nobody\"", "nobody" },
    { "\"less\":\"taken\"", "\"less\":\"date\"", "数量" },
    { "\"identity\":[\"date\"]", "\"identity\":[]", "identity" },
    { "\"synonyms\":[\"対象\"]", "\"synonyms\":[\"受講者\"]", "2つの項目" },
    { "\"en\":\"Training\"", "\"en\":\"\"", "ja と en" },
};

static const char GOOD[] =
    "{\"key\":\"training\",\"name\":{\"ja\":\"研修\",\"en\":\"Training\"},\"about\":{\"ja\":"
    "\"研修"
    "\",\"en\":\"T\"},\"fields\":[{\"key\":\"date\",\"label\":{\"ja\":\"日付\",\"en\":\"Date\"}"
    ","
    "\"kind\":\"date\"},{\"key\":\"eligible\",\"label\":{\"ja\":\"対象者\",\"en\":\"Eligible\"}"
    ","
    "\"kind\":\"quantity\",\"synonyms\":[\"対象\"]},{\"key\":\"taken\",\"label\":{\"ja\":"
    "\"受講者\",\"en\":\"Taken\"},\"kind\":\"quantity\"}],\"identity\":[\"date\"],\"checks\":[{"
    "\"less\":\"taken\",\"more\":\"eligible\"}]}";

static str replaced(struct arena *a, str s, str from, str to)
{
    const ptrdiff_t at = str_find(s, from);

    CHECK(at >= 0);
    return str_fmt(a, "%.*s%.*s%.*s", (int)at, s.p, STR_ARG(to),
                   STR_ARG(str_skip(s, (size_t)at + from.n)));
}

static void a_wrong_definition_is_refused_with_what_is_wrong(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct register_def d;
    struct err e;

    CHECK(register_parse(&a, STR(GOOD), &d, &e));
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        e.text[0] = '\0';
        CHECK(!register_parse(&a,
                              replaced(&a, STR(GOOD), str_from(WRONG[i].change_from),
                                       str_from(WRONG[i].change_to)),
                              &d, &e));
        if (str_find(str_from(e.text), str_from(WRONG[i].says)) < 0)
            CHECK_STR(e.text, WRONG[i].says);
    }
}

static void the_same_identity_gives_the_same_id(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct entry_value x[3] = { { STR("2024-04-01"), false },
                                { STR("30"), false },
                                { { 0 }, false } };
    struct entry_value y[3] = { { STR("2024-04-01"), false },
                                { STR("31"), false },
                                { { 0 }, false } };
    struct register_def d;
    struct err e;

    CHECK(register_parse(&a, STR(GOOD), &d, &e));
    const struct register_entry one = { .values = x }, other = { .values = y };
    CHECK(str_eq(register_entry_id(&a, &d, &one, 0), register_entry_id(&a, &d, &other, 0)));
    CHECK(!str_eq(register_entry_id(&a, &d, &one, 0), register_entry_id(&a, &d, &one, 1)));
    y[0].v = STR("2024-04-02");
    CHECK(!str_eq(register_entry_id(&a, &d, &one, 0), register_entry_id(&a, &d, &other, 0)));
}

static void more_taken_than_eligible_needs_a_reason(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct entry_value v[3] = { { STR("2024-04-01"), false },
                                { STR("30"), false },
                                { STR("30.5"), false } };
    struct register_entry one = { .values = v };
    struct register_def d;
    struct err e;

    CHECK(register_parse(&a, STR(GOOD), &d, &e));
    CHECK(register_entry_check(&d, &one) == 0);
    one.reason = STR("年度途中の異動");
    CHECK(register_entry_check(&d, &one) == -1);
    one.reason = STR("");
    v[2].v = STR("30");
    CHECK(register_entry_check(&d, &one) == -1);
    v[2].v = STR("");
    CHECK(register_entry_check(&d, &one) == -1);
}

static void only_what_leaves_entries_true_may_change(void)
{
    static const struct {
        const char *from, *to;
        bool may;
    } CHANGES[] = {
        { "\"ja\": \"受講者数\"", "\"ja\": \"受けた人\"", true },
        { "\"unit\": \"人\"", "\"unit\": \"件\"", false },
        { "\"kind\": \"section\"", "\"kind\": \"text\"", false },
        { "\"key\": \"class\"", "\"key\": \"klass\"", false },
        { "\"key\": \"training\"", "\"key\": \"trainings\"", false },
        { "\"required\": true", "\"required\": false", true },
    };
    AUTO(arena_done) struct arena a = { 0 };
    const str json = register_preset(STR("training"));
    struct register_def before, after;
    struct err e;
    int field;

    CHECK(register_parse(&a, json, &before, &e));
    CHECK(register_may_become(&before, &before, &field, &e));
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        const str changed =
            replaced(&a, json, str_from(CHANGES[i].from), str_from(CHANGES[i].to));

        CHECK(!str_eq(changed, json) && register_parse(&a, changed, &after, &e));
        if (register_may_become(&before, &after, &field, &e) != CHANGES[i].may)
            CHECK_STR(CHANGES[i].from, "the other way round");
    }
}

int main(void)
{
    RUN(only_what_leaves_entries_true_may_change);
    RUN(every_built_in_register_is_read);
    RUN(a_wrong_definition_is_refused_with_what_is_wrong);
    RUN(the_same_identity_gives_the_same_id);
    RUN(more_taken_than_eligible_needs_a_reason);
    return DONE();
}
