#include "base/err.h"

#include <string.h>

#include "base/utf8.h"
#include "check.h"

static bool fails(struct err *e)
{
    return err_at(e, 3, 12, "%d 行目を直してください。", 3);
}

static void a_failure_is_false_and_carries_its_place(void)
{
    struct err e = { 0 };

    CHECK(!fails(&e));
    CHECK(e.code == ERR_INPUT && e.row == 3 && e.col == 12);
    CHECK_STR(e.text, "3 行目を直してください。");
    CHECK(!err_set(&e, ERR_IO, "%s", "ディスク"));
    CHECK(e.code == ERR_IO && e.row == 0 && e.col == 0);
    CHECK_STR(e.text, "ディスク");
}

static void a_long_sentence_is_cut_between_characters(void)
{
    for (int shift = 0; shift < 4; shift++) {
        char text[1000] = "";
        struct err e = { 0 };
        size_t n = (size_t)shift;

        memset(text, 'a', n);
        while (n + 4 < sizeof text) {
            memcpy(text + n, shift % 2 ? "あ" : "𠮷", shift % 2 ? 4 : 5);
            n += shift % 2 ? 3 : 4;
        }
        err_set_(&e, ERR_INPUT, "%s", text);
        n = strlen(e.text);
        CHECK(n > sizeof e.text - 5);
        CHECK(utf8_valid_prefix(e.text, n) == n);
        CHECK(memcmp(text, e.text, n) == 0);
    }
}

static void every_code_is_shown_in_both_languages(void)
{
    for (enum err_code c = ERR_NONE; c <= ERR_IO; c++) {
        const struct err_shown *s = err_shown(c);

        CHECK(s->http >= 200 && s->http < 600);
        CHECK(s->exit >= 0 && s->exit <= 2);
        CHECK((s->exit == 0) == (c == ERR_NONE));
        CHECK(s->name && *s->name && s->ja && *s->ja && s->en && *s->en);
    }
    CHECK(err_shown(ERR_NOT_FOUND)->http == 404);
}

int main(void)
{
    RUN(a_failure_is_false_and_carries_its_place);
    RUN(a_long_sentence_is_cut_between_characters);
    RUN(every_code_is_shown_in_both_languages);
    return DONE();
}
