/* A hint that is not set is certain: whatever the grammar asks of a character, it finds. */
#include "ingest/inner.h"

#include "check.h"

static struct arena mem;
static struct form form;

/* Every character there is, each once; NUL cannot be in a document. */
static str all_characters(void)
{
    struct buf b;

    buf_init(&b, &mem, 1 << 22, 1 << 23);
    for (uint32_t c = 1; c <= 0x10FFFF; c++)
        if (c < 0xD800 || c > 0xDFFF)
            utf8_put(&b, c);
    return buf_str(&b);
}

static uint32_t hints_owed(const struct reader *r, uint32_t c)
{
    const uint32_t starts = form.index->starts[form_start(char_fold(c))];
    const bool is_sign = c == 0x3002 || c == 0x203B || c == FLOW_ITEM || char_fold(c) == ':';
    const bool ends_pairs = c == FLOW_PARA || c == FLOW_ITEM;

    return (char_is_blank(c) ? HINT_BLANK : 0u)
           | (char_bracket(c) || ends_pairs ? HINT_BRACKET : 0u) | (is_sign ? HINT_SIGN : 0u)
           | (year_may_begin(r, c) || starts >> WORDS_LEVEL & 1 ? HINT_NUMBER : 0u)
           | (starts >> WORDS_BASELINE & 1 || starts >> WORDS_LESS & 1 ? HINT_WORD : 0u)
           | (starts & FORM_START_MARK ? HINT_LEGEND : 0u);
}

static void every_character_has_the_hints_it_is_owed(void)
{
    struct flow f = { .text = all_characters() };
    struct reader r = { .form = &form };
    uint32_t missed = 0;

    hints_make(&mem, &form, &f);
    for (size_t i = 0, n; i < f.text.n; i += n) {
        uint32_t owed = hints_owed(&r, char_at(f.text, i, &n));

        missed += (owed & ~(uint32_t)f.hints[i]) != 0;
    }
    CHECK(missed == 0);
}

/* Would the grammar find anything at the character behind a blank? */
static bool is_first(str s, uint32_t c)
{
    const uint32_t starts = form.index->starts[form_start(char_fold(c))];
    enum list_class list;

    return starts & (FORM_START_LABEL | FORM_START_YEAR | FORM_START_MARK) || char_opens(c)
           || char_fold(c) == ':' || list_mark_at(s, 0, true, &list);
}

static void what_begins_behind_a_blank_has_its_hint(void)
{
    static const char *const AROUND[][2] = {
        { " ", "x" }, { "。", ". x" }, { ")", ") x" }, { "　", "、 x" }
    };
    uint32_t missed = 0;

    for (size_t k = 0; k < sizeof AROUND / sizeof *AROUND; k++) {
        struct flow f = { .line_end = '\n' };
        struct buf b;

        buf_init(&b, &mem, 1 << 22, 1 << 25);
        for (uint32_t c = 1; c <= 0x10FFFF; c++) {
            if (c >= 0xD800 && c <= 0xDFFF)
                continue;
            buf_put_c(&b, AROUND[k][0]);
            utf8_put(&b, c);
            buf_put_c(&b, AROUND[k][1]);
        }
        f.text = buf_str(&b);
        hints_make(&mem, &form, &f);
        for (size_t i = 0, n; i < f.text.n; i += n + strlen(AROUND[k][1])) {
            i += strlen(AROUND[k][0]);
            if (is_first(str_skip(f.text, i), char_at(f.text, i, &n)))
                missed += (f.hints[i] & HINT_FIRST) == 0;
        }
    }
    CHECK(missed == 0);
}

static void the_next_hint_is_found_at_every_distance(void)
{
    char text[64];

    for (size_t from = 0; from < 20; from++) {
        for (size_t at = from; at < 40; at++) {
            struct flow f = { .text = { text, 40 } };

            memset(text, 'x', sizeof text);
            text[at] = '(';
            hints_make(&mem, &form, &f);
            CHECK(hint_next(&f, f.text, from, HINT_BRACKET) == at);
            CHECK(hint_next(&f, str_skip(f.text, from), 0, HINT_BRACKET) == at - from);
            CHECK(hint_next(&f, str_take(f.text, at), from, HINT_BRACKET) == at);
            CHECK(hint_next(&f, f.text, from, HINT_NUMBER) == 40);
        }
    }
}

static void in_another_text_every_character_is_looked_at(void)
{
    struct flow f = { .text = STR("本文") };
    const str copy = str_dup(&mem, STR("年度(3)"));

    hints_make(&mem, &form, &f);
    CHECK(hint_next(&f, copy, 3, HINT_BRACKET) == 3);
    CHECK(hint_next(&f, (str){ 0 }, 0, HINT_BRACKET) == 0);
}

int main(void)
{
    struct err e = { .code = ERR_NONE };

    if (!form_read(&mem, form_preset(form_preset_id(0)), &form, &e))
        return 1;
    RUN(every_character_has_the_hints_it_is_owed);
    RUN(what_begins_behind_a_blank_has_its_hint);
    RUN(the_next_hint_is_found_at_every_distance);
    RUN(in_another_text_every_character_is_looked_at);
    arena_done(&mem);
    return DONE();
}
