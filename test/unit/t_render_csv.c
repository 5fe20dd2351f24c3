/* CSV: quoting, columns, and what a spreadsheet would run. */
#include "render/render.h"

#include "check.h"

static struct arena mem;

#define BOM "\xEF\xBB\xBF"

static const char *csv(const struct value *rows)
{
    struct buf out;

    buf_init(&out, &mem, 64, 1 << 16);
    render_csv(&out, rows);
    return str_c(&mem, buf_str(&out));
}

static const char *cell(const char *text)
{
    struct value *rows = value_list(&mem);

    value_put_text(&mem, value_add_map(&mem, rows), "x", str_from(text));
    return csv(rows);
}

static void columns_are_the_flat_keys_of_the_first_row(void)
{
    struct value *rows = value_list(&mem), *row = value_add_map(&mem, rows);

    value_put_text(&mem, row, "name", STR("みなも区"));
    value_put_int(&mem, row, "year", 2023);
    value_put_list(&mem, row, "list");
    value_put_map(&mem, row, "map");
    value_put_markup(&mem, row, "chart", STR("<svg></svg>"));
    value_put_bool(&mem, row, "is_main", true);
    value_put_null(&mem, row, "actual");
    row = value_add_map(&mem, rows);
    value_put_int(&mem, row, "year", 2024);
    value_put_text(&mem, row, "name", STR("こもれび区"));
    value_put_text(&mem, row, "actual", STR("86.20"));
    value_put_text(&mem, row, "other", STR("not a column"));
    CHECK_STR(csv(rows), BOM
              "name,year,is_main,actual\r\nみなも区,2023,true,\r\nこもれび区,2024,,86.20\r\n");
}

static void a_cell_is_quoted_when_it_must_be(void)
{
    CHECK_STR(cell("a,b"), BOM "x\r\n\"a,b\"\r\n");
    CHECK_STR(cell("say \"yes\""), BOM "x\r\n\"say \"\"yes\"\"\"\r\n");
    CHECK_STR(cell("\""), BOM "x\r\n\"\"\"\"\r\n");
    CHECK_STR(cell("two\nlines"), BOM "x\r\n\"two\nlines\"\r\n");
    CHECK_STR(cell("cr\r"), BOM "x\r\n\"cr\r\"\r\n");
    CHECK_STR(cell("plain 、 text"), BOM "x\r\nplain 、 text\r\n");
}

static void a_formula_stays_text_and_a_number_stays_a_number(void)
{
    CHECK_STR(cell("=1+1"), BOM "x\r\n'=1+1\r\n");
    CHECK_STR(cell("@SUM(A1)"), BOM "x\r\n'@SUM(A1)\r\n");
    CHECK_STR(cell("+cmd|' /C calc'!A0"), BOM "x\r\n'+cmd|' /C calc'!A0\r\n");
    CHECK_STR(cell("-2,3"), BOM "x\r\n\"'-2,3\"\r\n");
    CHECK_STR(cell("-0.5"), BOM "x\r\n-0.5\r\n");
    CHECK_STR(cell("+737"), BOM "x\r\n+737\r\n");
}

static void no_rows_are_a_file_without_lines(void)
{
    CHECK_STR(csv(value_list(&mem)), BOM);
    CHECK_STR(csv(NULL), BOM);
}

int main(void)
{
    RUN(columns_are_the_flat_keys_of_the_first_row);
    RUN(a_cell_is_quoted_when_it_must_be);
    RUN(a_formula_stays_text_and_a_number_stays_a_number);
    RUN(no_rows_are_a_file_without_lines);
    arena_done(&mem);
    return DONE();
}
