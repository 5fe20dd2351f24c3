/* Texts with marked pieces: what a search found, and what differs between two versions. */
#include "web/parts.h"

#include "check.h"

static struct arena mem;

/* The list under `key` as one text: marked runs in [brackets]. */
static const char *shown(const struct value *map, const char *key)
{
    const struct value *list = value_get(map, str_from(key));
    struct buf b;

    buf_init(&b, &mem, 256, 65536);
    for (const struct value *run = list ? list->first : NULL; run; run = run->next) {
        bool is_marked = value_bool(run, "is_marked");

        buf_put_c(&b, is_marked ? "[" : "");
        buf_put(&b, value_text(run, "text"));
        buf_put_c(&b, is_marked ? "]" : "");
    }
    return str_c(&mem, buf_str(&b));
}

static const char *marked(const char *text, const char *query, size_t room)
{
    const struct req r = { .mem = &mem };
    struct value *map = value_map(&mem);

    part_put_marked(&r, map, "runs", str_from(text), str_from(query), room);
    return shown(map, "runs");
}

/* "before | after" */
static const char *differs(const char *before, const char *after)
{
    const struct req r = { .mem = &mem };
    struct value *map = value_map(&mem);

    part_put_diff(&r, map, "before", str_from(before), "after", str_from(after));
    return str_c(&mem, str_fmt(&mem, "%s | %s", shown(map, "before"), shown(map, "after")));
}

static void every_place_of_a_word_is_marked(void)
{
    CHECK_STR(marked("窓口の案内と窓口の待ち時間", "窓口", 0),
              "[窓口]の案内と[窓口]の待ち時間");
    CHECK_STR(marked("ああああ", "ああ", 0), "[ああああ]");
    CHECK_STR(marked("言葉がない", "窓口", 0), "言葉がない");
    CHECK_STR(marked("", "窓口", 0), "");
    CHECK_STR(marked("言葉", "", 0), "言葉");
}

static void words_are_separated_by_blanks_of_either_width(void)
{
    CHECK_STR(marked("区民の声を窓口で聴く", "窓口 声", 0), "区民の[声]を[窓口]で聴く");
    CHECK_STR(marked("区民の声を窓口で聴く", " 窓口　声　", 0), "区民の[声]を[窓口]で聴く");
}

static void spellings_that_the_search_takes_as_one_are_marked_as_written(void)
{
    CHECK_STR(marked("ＳＮＳの登録者", "sns", 0), "[ＳＮＳ]の登録者");
    CHECK_STR(marked("ﾀﾌﾞﾚｯﾄ端末", "タブレット", 0), "[ﾀﾌﾞﾚｯﾄ]端末");
    CHECK_STR(marked("㍿巡り", "株式会社", 0), "[㍿]巡り");
    CHECK_STR(marked("e ラーニング", "eラーニング", 0), "[e ラーニング]");
}

static void a_long_text_is_cut_around_its_first_word(void)
{
    CHECK_STR(marked("一二三四五六七八九十窓口一二三四五六七八九十", "窓口", 12),
              "…七八九十[窓口]一二三四五六…");
    CHECK_STR(marked("窓口一二三四五六七八九十一二三", "窓口", 12),
              "[窓口]一二三四五六七八九十…");
    CHECK_STR(marked("短い窓口", "窓口", 12), "短い[窓口]");
}

static void only_what_differs_is_marked(void)
{
    CHECK_STR(differs("進め方研修の実施", "計画づくり演習の実施"),
              "[進め方研修]の実施 | [計画づくり演習]の実施");
    CHECK_STR(differs("同じ文", "同じ文"), "同じ文 | 同じ文");
    CHECK_STR(differs("", "加わった"), " | [加わった]");
    CHECK_STR(differs("消えた", ""), "[消えた] | ");
    CHECK_STR(differs("収納率", "収納率(現年度分)"), "収納率 | 収納率[(現年度分)]");
}

static void a_number_differs_as_a_whole(void)
{
    CHECK_STR(differs("委員会の開催(24回)", "委員会の開催(17回)"),
              "委員会の開催([24]回) | 委員会の開催([17]回)");
    CHECK_STR(differs("86.20%", "86.25%"), "[86.20]% | [86.25]%");
}

static void a_letter_between_two_changes_is_marked_with_them(void)
{
    CHECK_STR(differs("東の西", "南の北"), "[東の西] | [南の北]");
}

static void texts_too_long_to_compare_are_marked_between_their_ends(void)
{
    struct buf x, y;

    buf_init(&x, &mem, 1 << 16, 1 << 20);
    buf_init(&y, &mem, 1 << 16, 1 << 20);
    buf_put(&x, STR("始"));
    buf_put(&y, STR("始"));
    for (int i = 0; i < 2100; i++) {
        buf_put_c(&x, i % 2 ? "あ" : "い");
        buf_put_c(&y, i % 3 ? "う" : "あ");
    }
    buf_put(&x, STR("終"));
    buf_put(&y, STR("終"));
    CHECK(str_starts(str_from(differs(str_c(&mem, buf_str(&x)), str_c(&mem, buf_str(&y)))),
                     STR("始[いあい")));
}

int main(void)
{
    RUN(every_place_of_a_word_is_marked);
    RUN(words_are_separated_by_blanks_of_either_width);
    RUN(spellings_that_the_search_takes_as_one_are_marked_as_written);
    RUN(a_long_text_is_cut_around_its_first_word);
    RUN(only_what_differs_is_marked);
    RUN(a_number_differs_as_a_whole);
    RUN(a_letter_between_two_changes_is_marked_with_them);
    RUN(texts_too_long_to_compare_are_marked_between_their_ends);
    arena_done(&mem);
    return DONE();
}
