#include "base/dec.h"

#include <string.h>

#include "check.h"

static bool prints(dec v, const char *want)
{
    AUTO(arena_done) struct arena a = { 0 };

    return str_eq(dec_str(&a, v), str_from(want));
}

/* What the text says as a decimal; INT64_MIN for none. */
static dec of(const char *text)
{
    dec v = { INT64_MIN, 0 };

    return dec_parse(str_from(text), &v) ? v : (dec){ INT64_MIN, 0 };
}

static void a_decimal_keeps_the_digits_it_was_written_with(void)
{
    static const char *const same[] = { "0",
                                        "86.20",
                                        "-0.5",
                                        "737",
                                        "0.00",
                                        "100",
                                        "-12.345",
                                        "0.000000001",
                                        "999999999999999999",
                                        "-999999999999999999",
                                        "999999999.999999999",
                                        "-0.000000001" };

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        CHECK(prints(of(same[i]), same[i]));
    CHECK(prints(of("+5"), "5"));
    CHECK(prints(of("007"), "7"));
    CHECK(prints(of("-0"), "0"));
}

static void what_is_no_decimal_leaves_the_result_alone(void)
{
    static const char *const bad[] = { "",
                                       "+",
                                       "-",
                                       ".",
                                       "1.",
                                       ".5",
                                       "1.2.3",
                                       "1e3",
                                       " 1",
                                       "1 ",
                                       "1,000",
                                       "１",
                                       "--1",
                                       "0x1",
                                       "1000000000000000000",
                                       "0.0000000001",
                                       "1.-2" };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dec v = { 42, 1 };

        CHECK(!dec_parse(str_from(bad[i]), &v));
        CHECK(v.n == 42 && v.scale == 1);
    }
}

struct reading {
    const char *text;
    enum dec_fault fault;
    const char *value; /* of DEC_FINE */
    const char *rest;  /* what the number does not cover */
};

static void check_readings(const struct reading *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        str s = str_from(r[i].text);
        dec v = { 42, 1 };
        size_t used = 99;
        enum dec_fault fault = dec_read(s, &v, &used);

        CHECK(fault == r[i].fault);
        CHECK(str_eq(str_skip(s, used), str_from(r[i].rest)));
        CHECK(fault == DEC_FINE ? prints(v, r[i].value) : v.n == 42);
        if (fault != r[i].fault)
            printf("# %s\n", r[i].text);
    }
}

static void documents_write_numbers_in_many_ways(void)
{
    static const struct reading r[] = {
        { "86.20% (", DEC_FINE, "86.20", "% (" },
        { "40", DEC_FINE, "40", "" },
        { "１２回", DEC_FINE, "12", "回" },
        { "８６．２０％", DEC_FINE, "86.20", "％" },
        { "86．2", DEC_FINE, "86.2", "" },
        { "1,234,567千円", DEC_FINE, "1234567", "千円" },
        { "１，２３４", DEC_FINE, "1234", "" },
        { "12,345.67", DEC_FINE, "12345.67", "" },
        { "+737千円", DEC_FINE, "737", "千円" },
        { "＋５", DEC_FINE, "5", "" },
        { "-3", DEC_FINE, "-3", "" },
        { "－３", DEC_FINE, "-3", "" },
        { "−3", DEC_FINE, "-3", "" },
        { "▲1,200", DEC_FINE, "-1200", "" },
        { "△0.5ポイント", DEC_FINE, "-0.5", "ポイント" },
        { "000123", DEC_FINE, "123", "" },
        { "999999999999999999", DEC_FINE, "999999999999999999", "" },
    };

    check_readings(r, sizeof r / sizeof *r);
}

static void a_mark_that_no_digit_follows_is_not_of_the_number(void)
{
    static const struct reading r[] = {
        { "12.", DEC_FINE, "12", "." },   { "12、13", DEC_FINE, "12", "、13" },
        { "12,", DEC_FINE, "12", "," },   { "5, 6", DEC_FINE, "5", ", 6" },
        { "5.%", DEC_FINE, "5", ".%" },   { "1,000,", DEC_FINE, "1000", "," },
        { "3－5", DEC_FINE, "3", "－5" }, { "10..5", DEC_FINE, "10", "..5" },
    };

    check_readings(r, sizeof r / sizeof *r);
}

static void what_is_no_number_is_told_with_all_its_characters(void)
{
    static const struct reading r[] = {
        { "12.3.4件", DEC_TWO_POINTS, "", "件" },
        { "1.2.3.4", DEC_TWO_POINTS, "", "" },
        { "1,20回", DEC_SEPARATOR, "", "回" },
        { "1234,567", DEC_SEPARATOR, "", "" },
        { "1,2345", DEC_SEPARATOR, "", "" },
        { "1.234,567", DEC_SEPARATOR, "", "" },
        { "1,23.4", DEC_SEPARATOR, "", "" },
        { "0,1,2", DEC_SEPARATOR, "", "" },
        { "1２回", DEC_MIXED, "", "回" },
        { "86.２%", DEC_MIXED, "", "%" },
        { "1000000000000000000円", DEC_LONG, "", "円" },
        { "0.1234567890", DEC_LONG, "", "" },
        { "-1,20回", DEC_SEPARATOR, "", "回" },
    };

    check_readings(r, sizeof r / sizeof *r);
}

static void without_a_digit_there_is_no_number(void)
{
    static const char *const none[] = { "",   "-",  "▲",   "+ 737千円", ".5",
                                        ",1", "件", "--1", "\xEF\xBC",  "△▲1" };

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        str s = str_from(none[i]);

        check_readings(&(struct reading){ none[i], DEC_NONE, "", s.p }, 1);
    }
}

static void comparing_is_exact_for_all_scales(void)
{
    CHECK(dec_cmp(of("86.2"), of("86.20")) == 0 && !dec_eq_written(of("86.2"), of("86.20")));
    CHECK(dec_eq_written(of("86.20"), of("86.20")));
    CHECK(dec_cmp(of("0.1"), of("0.10000001")) < 0);
    CHECK(dec_cmp(of("-0.1"), of("0.1")) < 0 && dec_cmp(of("-0.2"), of("-0.1")) < 0);
    CHECK(dec_cmp(of("-0.5"), of("0")) < 0 && dec_cmp(of("0.5"), of("0")) > 0);
    CHECK(dec_cmp(of("999999999999999999"), of("999999999.999999999")) > 0);
    CHECK(dec_cmp(of("-999999999999999999"), of("-999999999.999999999")) < 0);
    CHECK(dec_cmp(of("999999999999999998"), of("999999999999999999")) < 0);
}

static void sums_are_exact_or_refused(void)
{
    dec v;

    CHECK(dec_add(of("85.96"), of("0.24"), &v) && prints(v, "86.20"));
    CHECK(dec_sub(of("28.9"), of("14.45"), &v) && prints(v, "14.45"));
    CHECK(dec_sub(of("1"), of("1.000000001"), &v) && prints(v, "-0.000000001"));
    CHECK(dec_add(of("0.1"), of("0.2"), &v) && prints(v, "0.3"));
    CHECK(dec_add(of("999999999999999998"), of("1"), &v) && prints(v, "999999999999999999"));
    v = (dec){ 42, 1 };
    CHECK(!dec_add(of("999999999999999999"), of("1"), &v));
    CHECK(!dec_sub(of("-999999999999999999"), of("1"), &v));
    CHECK(!dec_add(of("999999999999999999"), of("0.1"), &v));
    CHECK(!dec_add(of("0.000000001"), of("99999999999"), &v));
    CHECK(v.n == 42 && v.scale == 1);
}

static void a_double_is_the_nearest_one(void)
{
    CHECK(dec_double(of("86.20")) == 86.2);
    CHECK(dec_double(of("-0.1")) == -0.1);
    CHECK(dec_double(of("0.000000001")) == 1e-9);
}

static void check_plain(const char *written)
{
    dec parsed, got = { 0 };
    size_t used;

    CHECK(dec_parse(str_from(written), &parsed));
    CHECK(dec_read(str_from(written), &got, &used) == DEC_FINE);
    CHECK(dec_eq_written(got, parsed) && used == str_from(written).n);
}

static void plain_numbers_of_every_length_are_read_exactly(void)
{
    char text[40];

    for (int whole = 1; whole <= 15; whole++) {
        for (int part = 0; part <= 9 && whole + part <= 18; part++) {
            for (int i = 0; i < whole + 1 + part; i++)
                text[i] = (char)('1' + i % 9);
            text[whole] = part ? '.' : '\0';
            text[whole + 1 + part] = '\0';
            check_plain(text);
        }
    }
}

int main(void)
{
    RUN(a_decimal_keeps_the_digits_it_was_written_with);
    RUN(what_is_no_decimal_leaves_the_result_alone);
    RUN(documents_write_numbers_in_many_ways);
    RUN(a_mark_that_no_digit_follows_is_not_of_the_number);
    RUN(plain_numbers_of_every_length_are_read_exactly);
    RUN(what_is_no_number_is_told_with_all_its_characters);
    RUN(without_a_digit_there_is_no_number);
    RUN(comparing_is_exact_for_all_scales);
    RUN(sums_are_exact_or_refused);
    RUN(a_double_is_the_nearest_one);
    return DONE();
}
