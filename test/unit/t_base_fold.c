#include "base/utf8.h"

#include <utf8proc.h>

#include "check.h"

static bool folds(const char *text, const char *want)
{
    AUTO(arena_done) struct arena a = { 0 };
    str got = text_fold(&a, str_from(text));

    if (str_eq(got, str_from(want)))
        return true;
    printf("# %s folds to %.*s\n", text, STR_ARG(got));
    return false;
}

static void text_that_is_folded_already_is_given_back(void)
{
    static const char *const same[] = { "",         "地域活動協議会", "センター",
                                        "かながな", "abc123",         "・",
                                        "○×△",      "々〆",           "「」『』、。" };
    AUTO(arena_done) struct arena a = { 0 };

    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        str s = str_from(same[i]), got = text_fold(&a, s);

        CHECK(got.p == s.p && got.n == s.n);
    }
}

static void two_spellings_of_one_name_fold_alike(void)
{
    CHECK(folds("ＮＰＯ法人　Ａ－１", "npo法人aー1"));
    CHECK(folds("（１２回）", "(12回)"));
    CHECK(folds("ﾎｰﾑﾍﾟｰｼﾞ ｶﾞｲﾄﾞ ｳﾞ", "ホームページガイドヴ"));
    CHECK(folds("ﾁｭｳｵｳｸ｡｢｣､･ｦ", "チュウオウク。「」、・ヲ"));
    CHECK(folds("C B / S B", "cb/sb"));
    CHECK(folds("取 組\t内\n容\u00A0\u3000", "取組内容"));
    CHECK(folds("㈱ ① ㎡ ㍻ Ⅳ ½", "(株)1m2平成iv1⁄2"));
    CHECK(folds("か\u3099は\u309A", "がぱ"));
    CHECK(folds("か゛は゜", "がぱ"));
    CHECK(folds("は ﾟ", "ぱ"));
    CHECK(folds("ｶ\u3099ﾊ゜", "ガパ"));
    CHECK(folds("é É e\u0301", "ééé"));
    CHECK(folds("ΑΒΓ Я", "αβγя"));
    CHECK(folds("神\uFA19", "神神"));
    CHECK(folds("葛\U000E0100城", "葛城"));
}

static void dashes_are_one_sign_and_wave_dashes_another(void)
{
    CHECK(folds("-‐‑‒–—―−ー－ｰ─", "ーーーーーーーーーーーー"));
    CHECK(folds("〜～~", "~~~"));
    CHECK(folds("センタ－", "センター") && folds("センタ−", "センター"));
}

/* utf8proc's own NFKC with lower case, for what the quick way must not differ from. */
static str slow_fold(struct arena *a, uint32_t c)
{
    /* NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): flags */
    const utf8proc_option_t nfkc = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE;
    utf8proc_int32_t points[64];
    struct buf b;
    utf8proc_ssize_t n;

    buf_init(&b, a, 8, 8);
    utf8_put(&b, c);
    n = utf8proc_decompose((const utf8proc_uint8_t *)b.p, (utf8proc_ssize_t)b.n, points, 64,
                           nfkc);
    n = utf8proc_normalize_utf32(points, n, nfkc);
    buf_init(&b, a, 300, 300);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        if (points[i] != ' ')
            utf8_put(&b, (uint32_t)utf8proc_tolower(points[i]));
    return buf_str(&b);
}

static bool is_own_rule(uint32_t c)
{
    return c <= ' ' || c == '-' || (c >= 0x2000 && c <= 0x2015) || c == 0x2212 || c == 0x2500
           || c == 0x301C || c == 0xFF0D || c == 0x85 || (c >= 0x2028 && c <= 0x202F)
           || c == 0x205F || c == 0x1680 || c == 0xFEFF;
}

static void the_quick_way_agrees_with_nfkc(void)
{
    static const uint32_t ranges[][2] = { { 0x21, 0x7E },
                                          { 0x25A0, 0x25FF },
                                          { 0x3000, 0x30FF },
                                          { 0x4E00, 0x9FFF },
                                          { 0xFF01, 0xFFEE } };

    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
        for (uint32_t c = ranges[r][0]; c <= ranges[r][1]; c++) {
            AUTO(arena_done) struct arena a = { 0 };
            struct buf b;

            if (is_own_rule(c) || c == 0x3164 || c == 0xFFA0)
                continue; /* blanks, dashes and characters without a shape have a rule of ours
                           */
            buf_init(&b, &a, 8, 8);
            utf8_put(&b, c);
            CHECK(str_eq(text_fold(&a, buf_str(&b)), slow_fold(&a, c)));
        }
    }
}

static void folding_twice_changes_nothing_more(void)
{
    for (uint32_t c = 1; c <= 0x2FFFF; c++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct buf b;
        str once;

        if (c == 0xD800)
            c = 0xE000;
        buf_init(&b, &a, 32, 32);
        buf_put(&b, STR("か"));
        utf8_put(&b, c);
        buf_put(&b, STR("ｳ ゛a"));
        once = text_fold(&a, buf_str(&b));
        CHECK(str_eq(text_fold(&a, once), once));
    }
}

static void a_text_of_combining_marks_ends_in_time(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;
    str got;

    buf_init(&b, &a, 0, 1 << 20);
    for (int i = 0; i < 60000; i++)
        buf_put(&b, i % 2 ? STR("\u0327") : STR("\u0301"));
    got = text_fold(&a, buf_str(&b));
    CHECK(got.n > 0 && utf8_valid_prefix(got.p, got.n) == got.n);
}

int main(void)
{
    RUN(text_that_is_folded_already_is_given_back);
    RUN(two_spellings_of_one_name_fold_alike);
    RUN(dashes_are_one_sign_and_wave_dashes_another);
    RUN(the_quick_way_agrees_with_nfkc);
    RUN(folding_twice_changes_nothing_more);
    RUN(a_text_of_combining_marks_ends_in_time);
    return DONE();
}
