#include "base/value.h"

#include "check.h"

static void a_map_gives_back_what_was_put(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *map = value_map(&a), *list;
    dec rate = { 0, 0 };

    value_put_text(&a, map, "name", STR("中央区"));
    value_put_int(&a, map, "year", 2019);
    value_put_bool(&a, map, "final", true);
    value_put_null(&a, map, "reason");
    value_put_dec(&a, map, "rate", (dec){ 8620, 2 });
    value_put_text_or_null(&a, map, "note", STR(""));
    value_put_int(&a, value_put_map(&a, map, "inner"), "x", 7);
    list = value_put_list(&a, map, "marks");
    value_add_text(&a, list, STR("○"));
    value_add_int(&a, list, 3);
    value_add_null(&a, list);
    value_put_int(&a, value_add_map(&a, list), "y", 8);
    value_add_int(&a, value_add_list(&a, list), 9);

    CHECK(map->count == 8 && list->count == 5);
    CHECK(str_eq(value_text(map, "name"), STR("中央区")));
    CHECK(value_int(map, "year") == 2019 && value_bool(map, "final"));
    CHECK(str_eq(value_text(map, "rate"), STR("86.20")));
    CHECK(value_dec(map, "rate", &rate) && rate.n == 8620 && rate.scale == 2);
    CHECK(value_get(map, STR("reason"))->kind == VALUE_NULL);
    CHECK(value_get(map, STR("note"))->kind == VALUE_NULL);
    CHECK(value_int(value_get(map, STR("inner")), "x") == 7);
    CHECK(list->first->kind == VALUE_TEXT && list->last->kind == VALUE_LIST);
    CHECK(list->first->next->number == 3);
    CHECK(list->last->first->number == 9 && list->last->next == NULL);
}

static void children_keep_the_order_they_were_put_in(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *map = value_map(&a);

    value_put_int(&a, map, "b", 1);
    value_put_int(&a, map, "a", 2);
    CHECK(str_eq(map->first->key, STR("b")) && str_eq(map->last->key, STR("a")));
}

static void looking_up_what_is_not_there_gives_the_empty_answer(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct value *map = value_map(&a);
    dec v = { 42, 1 };

    value_put_text(&a, map, "text", STR("x"));
    value_put_int(&a, map, "int", 1);
    CHECK(value_get(NULL, STR("text")) == NULL && value_get(map->first, STR("text")) == NULL);
    CHECK(value_get(map, STR("tex")) == NULL);
    CHECK(value_text(map, "int").n == 0 && value_text(NULL, "x").n == 0);
    CHECK(value_int(map, "text") == 0 && !value_bool(map, "int"));
    CHECK(!value_dec(map, "text", &v) && !value_dec(map, "none", &v) && v.n == 42);
}

int main(void)
{
    RUN(a_map_gives_back_what_was_put);
    RUN(children_keep_the_order_they_were_put_in);
    RUN(looking_up_what_is_not_there_gives_the_empty_answer);
    return DONE();
}
