/* Texts with marked pieces: what a search found, and what differs between two versions. */
#include "web/parts.h"
#include "web/text_diff.h"

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

static void words_differ_as_a_whole(void)
{
    /* hiragana behind a particle; the particle stays */
    CHECK_STR(differs("参加者の増加をめざす", "参加者の増加をはかる"),
              "参加者の増加を[めざす] | 参加者の増加を[はかる]");
    CHECK_STR(differs("会議を開催する", "会議を開催した"),
              "会議を開催[する] | 会議を開催[した]");
    CHECK_STR(differs("パンフレットを配る", "パンプキンを配る"),
              "[パンフレット]を配る | [パンプキン]を配る");
    CHECK_STR(differs("区民への周知", "住民への周知"), "[区民]への周知 | [住民]への周知");
    /* what was put into a long run of kanji is marked alone */
    CHECK_STR(differs("地域防災計画", "地域防災活動計画"), "地域防災計画 | 地域防災[活動]計画");
    CHECK_STR(differs("来庁者の満足度", "来庁者の高い満足度"),
              "来庁者の満足度 | 来庁者の[高い]満足度");
    CHECK_STR(differs("1,200人", "1,250人"), "[1,200]人 | [1,250]人");
    CHECK_STR(differs("４０％以上", "４５％以上"), "[４０]％以上 | [４５]％以上");
    CHECK_STR(differs("SNSで周知", "LINEで周知"), "[SNS]で周知 | [LINE]で周知");
}

/* What is not marked is the same text on both sides, whatever the two are. */
static void what_is_left_is_common_to_both(void)
{
    static const char *const PIECES[] = { "窓口", "の", "改善", "をめざす", "24",
                                          "回",   "。", "ー",   "カタカナ", "x" };
    uint32_t seed = 7;

    for (int n = 0; n < 300; n++) {
        struct marked_text m[2];
        struct buf b[2], common[2];

        for (int side = 0; side < 2; side++) {
            buf_init(&b[side], &mem, 64, 4096);
            buf_init(&common[side], &mem, 64, 4096);
            for (int i = 0; i < 12; i++) {
                seed = seed * 1664525 + 1013904223;
                if (seed >> 31)
                    buf_put_c(&b[side], PIECES[(seed >> 16) % 10]);
            }
        }
        text_diff(&mem, buf_str(&b[0]), buf_str(&b[1]), &m[0], &m[1]);
        for (int side = 0; side < 2; side++)
            for (uint32_t i = 0; i < m[side].n; i++)
                if (!m[side].is_marked[i])
                    buf_put(&common[side], str_take(str_skip(m[side].text, m[side].at[i]),
                                                    m[side].at[i + 1] - m[side].at[i]));
        CHECK(str_eq(buf_str(&common[0]), buf_str(&common[1])));
    }
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
    RUN(words_differ_as_a_whole);
    RUN(what_is_left_is_common_to_both);
    RUN(a_letter_between_two_changes_is_marked_with_them);
    RUN(texts_too_long_to_compare_are_marked_between_their_ends);
    arena_done(&mem);
    return DONE();
}
