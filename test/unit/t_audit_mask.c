/* What could tell a person is found in every writing of it, and what could not is left alone.
 */
#include "audit/mask.h"
#include "check.h"

/* The text with everything found in brackets: "電話は[phone:06-0000-0000]です"; an offered one
 * has a question mark. */
static const char *marked(struct arena *a, const char *text)
{
    const str whole = str_from(text);
    struct mask_spans found;
    struct buf b;
    size_t at = 0;

    mask_find(a, whole, &found);
    buf_init(&b, a, 256, 1 << 20);
    for (uint32_t k = 0; k < found.count; k++) {
        const struct mask_span *s = &found.rows[k];

        CHECK(s->from >= at && s->to > s->from && s->to <= whole.n);
        buf_put(&b, str_take(str_skip(whole, at), s->from - at));
        buf_fmt(&b, "[%.*s%s:", STR_ARG(mask_kind_word(s->kind)), s->is_certain ? "" : "?");
        buf_put(&b, str_take(str_skip(whole, s->from), s->to - s->from));
        buf_put(&b, STR("]"));
        at = s->to;
    }
    buf_put(&b, str_skip(whole, at));
    return str_c(a, buf_str(&b));
}

#define MARKED(text, want)                         \
    do {                                           \
        AUTO(arena_done) struct arena mem = { 0 }; \
        CHECK_STR(marked(&mem, (text)), (want));   \
    } while (0)
#define LEFT(text) MARKED(text, text)

static void telephone_numbers_in_every_writing(void)
{
    MARKED("電話は06-0000-0000です。", "電話は[phone:06-0000-0000]です。");
    MARKED("06-0000-0000まで", "[phone:06-0000-0000]まで");
    MARKED("090 0000 0000", "[phone:090 0000 0000]");
    MARKED("(06)0000-0000", "[phone:(06)0000-0000]");
    MARKED("TEL:0600000000", "TEL:[phone:0600000000]");
    MARKED("080‐0000‐0000と0120-000-000", "[phone:080‐0000‐0000]と[phone:0120-000-000]");
    MARKED("06ー0000ー0000", "[phone:06ー0000ー0000]");
    MARKED("+81-6-0000-0000", "[phone:+81-6-0000-0000]");
    MARKED("自宅 0000-0000", "自宅 [phone?:0000-0000]");
}

static void post_codes_mail_and_long_numbers(void)
{
    MARKED("〒540-0000です", "[postcode:〒540-0000]です");
    MARKED("〒5400000", "[postcode:〒5400000]");
    MARKED("taro.y+x@example.jp.", "[mail:taro.y+x@example.jp].");
    MARKED("taro@example.ne.jpへ", "[mail:taro@example.ne.jp]へ");
    MARKED("番号は123456789012です", "番号は[number:123456789012]です");
    MARKED("口座1234567", "口座[number?:1234567]");
    LEFT("@区役所");
    LEFT("1@2");
}

static void addresses_are_offered_from_the_name_of_the_place(void)
{
    MARKED("みなも区港町1丁目2番3号に住む", "みなも[address:区港町1丁目2番3号]に住む");
    MARKED("大海市港町1-2-3です", "[address:大海市港町1-2-3]です");
    MARKED("港町二丁目三番四号", "[address:港町二丁目三番四号]");
    MARKED("港町2丁目の街灯", "[address?:港町2丁目]の街灯");
    MARKED("港町1-2の空き地", "[address?:港町1-2]の空き地");
}

static void figures_dates_and_counts_are_left_alone(void)
{
    LEFT("令和7年7月1日に3回、12月にも行った。");
    LEFT("予算は1,234,567円、737000000円である。");
    LEFT("2025-07-01の広報紙12ページ");
    LEFT("5番の窓口で2号線について聞いた。");
    LEFT("目標は86.20%、実績は85.96%だった。");
    LEFT("会議は2-3回で足りる。");
    LEFT("");
}

static void names_are_offered_where_a_word_makes_them_a_person(void)
{
    MARKED("山田さんに聞いた", "[name?:山田]さんに聞いた");
    MARKED("氏名:甲野 乙子", "氏名:[name?:甲野 乙子]");
    MARKED("名前は甲野と申します", "名前は[name?:甲野]と申します");
    MARKED("窓口の佐藤課長が", "窓口の[name?:佐藤]課長が");
    LEFT("皆さん、お客様、業者さんへ");
    LEFT("総務課長と区民課の職員に");
    LEFT("同様に、仕様の様子を多様な人に");
}

static void masking_puts_the_kind_in_its_place(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    const str text = STR("港町2丁目の田中さん(06-0000-0000)へ");
    struct mask_spans found;

    mask_find(&a, text, &found);
    CHECK_STR(str_c(&a, mask_apply(&a, text, &found, false)),
              "〔住所〕の〔氏名〕さん(〔電話番号〕)へ");
    CHECK_STR(str_c(&a, mask_apply(&a, text, &found, true)),
              "港町2丁目の田中さん(〔電話番号〕)へ");
}

/* What somebody sends to make it slow must not: a megabyte of each in well under a second even
 * with the checks of the sanitizers. The count of spans is limited and says so. */
static void a_megabyte_of_anything_is_looked_through(void)
{
    static const char *const PIECES[] = { "一",  "((",     "1 ",  "06-0000-0000 ",
                                          "@a.", "森さん", "港1-" };

    for (size_t k = 0; k < sizeof PIECES / sizeof *PIECES; k++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct mask_spans found;
        struct buf b;

        buf_init(&b, &a, 1 << 20, 1 << 20);
        while (!b.full)
            buf_put_c(&b, PIECES[k]);
        mask_find(&a, buf_str(&b), &found);
        CHECK(found.count <= LIMIT_MASK_SPANS);
        CHECK(found.is_cut == (found.count == LIMIT_MASK_SPANS));
    }
}

int main(void)
{
    RUN(telephone_numbers_in_every_writing);
    RUN(post_codes_mail_and_long_numbers);
    RUN(addresses_are_offered_from_the_name_of_the_place);
    RUN(figures_dates_and_counts_are_left_alone);
    RUN(names_are_offered_where_a_word_makes_them_a_person);
    RUN(masking_puts_the_kind_in_its_place);
    RUN(a_megabyte_of_anything_is_looked_through);
    return DONE();
}
