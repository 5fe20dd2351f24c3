/* Tables of registers: what is read, and what is said of each cell that is not. */
#include "ingest/ingest.h"
#include "check.h"

#include <string.h>

struct fixture {
    struct arena a;
    struct register_def def;
    struct areas areas;
    struct table t;
    struct register_entries out;
    struct err e;
};

static void done(struct fixture *f)
{
    arena_done(&f->a);
}

static void use(struct fixture *f, const char *key)
{
    static struct area AREAS[] = { { STR_INIT("01"), STR_INIT("朝霧地域") },
                                   { STR_INIT("02"), STR_INIT("若葉地域") } };

    done(f);
    *f = (struct fixture){ 0 };
    f->areas = (struct areas){ AREAS, 2 };
    CHECK(register_parse(&f->a, register_preset(str_from(key)), &f->def, &f->e));
}

static void read_bytes(struct fixture *f, str bytes, int year)
{
    const struct entry_hints hints = { &f->def, &f->areas, year };

    CHECK(ingest_table(&f->a, STR("x.csv"), bytes, &f->t, &f->e));
    ingest_entries(&f->a, &f->t, &hints, &f->out);
}

static void read_csv(struct fixture *f, const char *csv)
{
    read_bytes(f, str_from(csv), 2024);
}

static const char *value_of(struct fixture *f, uint32_t row, const char *field)
{
    const int i = register_field_find(&f->def, str_from(field));

    if (i < 0 || row >= f->out.count)
        return "(no such value)";
    return str_c(&f->a, f->out.rows[row].values[i].v);
}

/* The first fault as "E B3 what: message", "" when there is none. */
static const char *fault_of(struct fixture *f, uint32_t i)
{
    const struct table_fault *t = &f->out.faults[i];
    struct buf b;

    if (i >= f->out.fault_count)
        return "";
    buf_init(&b, &f->a, 256, 4096);
    buf_put(&b, severity_word(t->severity));
    buf_put_char(&b, ' ');
    ingest_column_put(&b, t->column);
    buf_fmt(&b, "%u %.*s: %.*s", t->row, STR_ARG(t->raw), STR_ARG(t->message));
    return str_c(&f->a, buf_str(&b));
}

static bool fault_says(struct fixture *f, uint32_t i, const char *start, const char *word)
{
    const str said = str_from(fault_of(f, i));

    if (str_starts(said, str_from(start)) && str_find(said, str_from(word)) >= 0)
        return true;
    printf("# said: %.*s\n", STR_ARG(said));
    return false;
}

/* ---- cells ---- */

static void a_table_is_read_as_spreadsheets_write_it(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct table t;
    struct err e;

    CHECK(ingest_table(&a, STR("x"),
                       STR("\xEF\xBB\xBF"
                           "a,\"b \"\"c\"\"\", d \r\n\"x\ny\",,\r\n\r\nz"),
                       &t, &e));
    CHECK(t.count == 4 && t.separator == ',');
    CHECK(t.rows[0].count == 3 && str_eq(t.rows[0].cells[1], STR("b \"c\"")));
    CHECK(str_eq(t.rows[0].cells[2], STR("d")));
    CHECK(t.rows[1].count == 1 && str_eq(t.rows[1].cells[0], STR("x\ny")));
    CHECK(t.rows[2].count == 0 && str_eq(t.rows[3].cells[0], STR("z")));
    CHECK(ingest_table(&a, STR("x"), STR("a;b,c;d\n1;2;3"), &t, &e) && t.separator == ';');
    CHECK(t.rows[0].count == 3);
    CHECK(ingest_table(&a, STR("x"), STR("a,b\tc\n"), &t, &e) && t.separator == '\t');
    CHECK(ingest_table(&a, STR("x"), STR(""), &t, &e) && t.count == 0);
}

static void what_is_no_table_is_refused_with_its_place(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct table t;
    struct err e;

    CHECK(!ingest_table(&a, STR("x"), STR("a,b\n1,\"open\n"), &t, &e));
    CHECK(e.code == ERR_INPUT && e.row == 2 && e.col == 3);
    CHECK(!ingest_table(&a, STR("x"), STR("a,\"b\"c\n"), &t, &e) && e.row == 1 && e.col == 6);
    CHECK(!ingest_table(&a, STR("x"), STR("a,b\0c\n"), &t, &e) && e.code == ERR_INPUT);
}

static void columns_have_the_letters_of_a_spreadsheet(void)
{
    static const struct {
        uint32_t n;
        const char *letters;
    } ROWS[] = { { 1, "A" }, { 26, "Z" }, { 27, "AA" }, { 52, "AZ" }, { 703, "AAA" } };

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        AUTO(arena_done) struct arena a = { 0 };
        struct buf b;

        buf_init(&b, &a, 8, 8);
        ingest_column_put(&b, ROWS[i].n);
        CHECK_STR(str_c(&a, buf_str(&b)), ROWS[i].letters);
    }
}

/* ---- encodings ---- */

static void cp932_and_utf8_give_the_same_entries(void)
{
    AUTO(done) struct fixture f = { 0 };
    AUTO(done) struct fixture g = { 0 };
    use(&f, "training");
    use(&g, "training");
    str csv = STR("日付,研修名,対象者数,受講者数\n令和6年4月1日,接遇,30,28\n"), sjis, lost;
    size_t none;

    sjis = text_to_cp932(&g.a, csv, &none, &lost);
    CHECK(none == 0);
    read_bytes(&f, csv, 0);
    read_bytes(&g, sjis, 0);
    CHECK(f.t.encoding == TEXT_UTF8 && g.t.encoding == TEXT_CP932);
    CHECK(f.out.count == 1 && g.out.count == 1);
    CHECK_STR(fault_of(&g, 0), "");
    CHECK_STR(fault_of(&f, 0), "");
    CHECK_STR(value_of(&g, 0, "title"), "接遇");
    CHECK(f.out.count && g.out.count && str_eq(f.out.rows[0].id, g.out.rows[0].id));
}

/* ---- columns ---- */

static void columns_are_found_in_any_order_and_by_other_names(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "training");
    read_csv(&f, "受講人数(名),所属,対象者,名称,実施日\n28,総務課,30,接遇,R6.4.1\n");
    CHECK(f.out.count == 1 && f.out.fault_count == 0);
    CHECK_STR(value_of(&f, 0, "taken"), "28");
    CHECK_STR(value_of(&f, 0, "eligible"), "30");
    CHECK_STR(value_of(&f, 0, "section"), "総務課");
    CHECK_STR(value_of(&f, 0, "date"), "2024-04-01");
}

static void merged_headings_in_two_rows_are_understood(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "training");
    read_bytes(&f,
               STR("令和5年度 研修の実績,,,\n日付,研修,人数,\n,,対象者,受講者\n"
                   "6月3日,接遇,30,28\n"),
               0);
    CHECK(f.out.count == 1 && f.out.errors == 0);
    CHECK_STR(value_of(&f, 0, "date"), "2023-06-03");
    CHECK_STR(value_of(&f, 0, "eligible"), "30");
    CHECK_STR(value_of(&f, 0, "taken"), "28");
}

static void unknown_missing_and_double_columns_are_named(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "training");
    read_csv(&f, "日付,研修名,講師料,対象者数,受講者数\n2024/4/1,接遇,5000,30,28\n");
    CHECK(f.out.count == 1 && fault_says(&f, 0, "W C1 講師料", "読みません"));
    read_csv(&f, "日付,研修名,対象者数\n2024/4/1,接遇,30\n");
    CHECK(f.out.count == 0 && fault_says(&f, 0, "E 1 受講者数", "列がありません"));
    read_csv(&f, "日付,研修名,対象者数,受講者数,受講者\n2024/4/1,接遇,30,1,2\n");
    CHECK(f.out.count == 0 && fault_says(&f, 0, "E E1 受講者", "D列と同じ"));
    read_csv(&f, "い,ろ,は\n1,2,3\n");
    CHECK(f.out.count == 0 && fault_says(&f, 0, "E ", "見出しの行が見つかりません"));
    read_csv(&f, "日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,28,99\n");
    CHECK(f.out.count == 1 && fault_says(&f, 0, "W E2 99", "見出しのない列"));
}

/* ---- values: the list of bad input, one by one ---- */

/* A cell of 受講者数 beside 対象者数 30: what becomes of it. */
static const struct {
    const char *cell, *value;
    bool pending;
    const char *fault, *word; /* "" = none */
} NUMBERS[] = {
    { "28", "28", false, "", "" },
    { "２８", "28", false, "", "" },
    { "28人", "28", false, "", "" },
    { "２８名", "28", false, "", "" },
    { "0", "0", false, "", "" },
    { "12(うち中止1)", "12", false, "W D2 12(うち中止1)", "数に入れていません" },
    { "12人(うち中止1)", "12", false, "W D2", "(うち中止1)" },
    { "１２人（うち中止１）", "12", false, "W D2", "（うち中止１）" },
    { "調査中", "", true, "W D2 調査中", "0ではありません" },
    { "-", "", true, "W D2 -", "0ではありません" },
    { "ー", "", true, "W D2 ー", "0ではありません" },
    { "－", "", true, "W D2", "0ではありません" },
    { "", "", true, "W D2", "空欄" },
    { "12回", "(no such value)", false, "E D2 12回", "単位は「人」" },
    { "12.3.4", "(no such value)", false, "E D2", "小数点が2つ" },
    { "1,20", "(no such value)", false, "E D2", "桁区切り" },
    { "1２", "(no such value)", false, "E D2", "半角と全角" },
    { "十二", "(no such value)", false, "E D2 十二", "数ではありません" },
    { "-3", "(no such value)", false, "E D2 -3", "0より小さい" },
    { "多数", "(no such value)", false, "E D2 多数", "数ではありません" },
    { "12~15", "(no such value)", false, "E D2", "分かりません" },
    { "31", "(no such value)", false, "E D2 31", "対象者数(30)を超えています" },
};

static void a_number_is_taken_or_its_cell_is_named(void)
{
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        AUTO(done) struct fixture f = { 0 };
        use(&f, "training");
        const int taken = register_field_find(&f.def, STR("taken"));

        read_csv(&f, str_c(&f.a, str_fmt(&f.a,
                                         "日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,"
                                         "\"%s\"\n",
                                         NUMBERS[i].cell)));
        CHECK_STR(value_of(&f, 0, "taken"), NUMBERS[i].value);
        CHECK(!f.out.count || f.out.rows[0].values[taken].is_pending == NUMBERS[i].pending);
        CHECK(f.out.pending == NUMBERS[i].pending);
        CHECK((f.out.fault_count == 0) == (NUMBERS[i].fault[0] == '\0'));
        CHECK(fault_says(&f, 0, NUMBERS[i].fault, NUMBERS[i].word));
    }
}

static void a_thousands_separator_and_yen_are_read(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "seizures");
    read_csv(&f, "処分日,件数,金額\n令和6年4月1日,\"1,200件\",\"¥1,234,567\"\n"
                 "R6.4.2,3,\"１，０００円\"\n2024-04-03,3,5千円\n");
    CHECK(f.out.count == 2 && f.out.errors == 1);
    CHECK_STR(value_of(&f, 0, "cases"), "1200");
    CHECK_STR(value_of(&f, 0, "amount"), "1234567");
    CHECK_STR(value_of(&f, 1, "amount"), "1000");
    CHECK(fault_says(&f, 0, "E C4 5千円", "単位は「円」"));
}

static const struct {
    const char *cell, *value, *word;
} DATES[] = {
    { "令和6年4月1日", "2024-04-01", "" },
    { "R6.4.1", "2024-04-01", "" },
    { "2024/4/1", "2024-04-01", "" },
    { "6月3日", "2024-06-03", "" },
    { "2月3日", "2025-02-03", "" },
    { "令和6年7月", "2024-07", "" },
    { "平成31年5月1日", "", "元号" },
    { "2024/2/30", "", "暦" },
    { "2024-04-01(火)", "", "曜日" },
    { "未定", "", "必ず" },
    { "", "", "必ず" },
    { "45383", "", "通し番号のようです" },
    { "12345678901", "", "日付として読めません" },
};

static void a_date_is_taken_or_its_cell_is_named(void)
{
    for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++) {
        AUTO(done) struct fixture f = { 0 };
        use(&f, "training");
        read_csv(&f, str_c(&f.a, str_fmt(&f.a, "研修名,日付,対象者数,受講者数\n接遇,%s,30,28\n",
                                         DATES[i].cell)));
        CHECK(f.out.count == (DATES[i].value[0] != '\0'));
        if (DATES[i].value[0])
            CHECK_STR(value_of(&f, 0, "date"), DATES[i].value);
        else
            CHECK(fault_says(&f, 0, "E B2", DATES[i].word));
    }
}

static void areas_and_choices_outside_their_lists_are_named(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "explanation-meetings");
    read_csv(&f, "日付,地域,参加者数\n2024/4/1,朝霧,12\n2024/4/2,01,12\n2024/4/3,若葉地区,9\n"
                 "2024/4/4,南,12\n");
    CHECK(f.out.count == 3 && f.out.errors == 1);
    CHECK_STR(value_of(&f, 0, "area"), "朝霧地域");
    CHECK_STR(value_of(&f, 1, "area"), "朝霧地域");
    CHECK_STR(value_of(&f, 2, "area"), "若葉地域");
    CHECK(fault_says(&f, 0, "E B5 南", "登録されていません"));
    use(&f, "incidents");
    read_csv(&f, "発生日,担当,区分,原因\n2024/4/1,総務課,個人情報漏えい,確認不足\n"
                 "2024/4/2,総務課,漏えい?,確認不足\n");
    CHECK(f.out.count == 1 && fault_says(&f, 0, "E C3 漏えい?", "紛失"));
    CHECK_STR(value_of(&f, 0, "class"), "leak");
}

/* ---- sums ---- */

static void a_total_row_is_compared_and_not_stored(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "training");
    read_csv(&f, "日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,28\n2024/4/2,人権,20,20\n"
                 "小計,,50,48\n2024/4/3,防災,10,9\n合　計,,60,57\n");
    CHECK(f.out.count == 3 && f.out.totals == 2 && f.out.fault_count == 0);
    read_csv(&f, "日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,28\n2024/4/2,人権,20,20\n"
                 ",計,50,49\n");
    CHECK(f.out.count == 2 && f.out.totals == 1);
    CHECK(fault_says(&f, 0, "E D4 49", "48"));
    read_csv(&f, "日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,28\n2024/4/2,人権,20,調査中\n"
                 "計,,50,48\n");
    CHECK(f.out.errors == 0 && f.out.count == 2);
    CHECK(fault_says(&f, 1, "W D4 48", "まだ値のない行"));
}

static void equal_rows_are_two_entries_and_the_same_file_gives_the_same_ids(void)
{
    AUTO(done) struct fixture f = { 0 };
    AUTO(done) struct fixture g = { 0 };
    static const char CSV[] = "受付日,分類\n2024/4/1,要望\n2024/4/1,要望\n2024/4/1,苦情\n";

    use(&f, "floor-manager-slips");
    use(&g, "floor-manager-slips");
    read_csv(&f, CSV);
    read_csv(&g, CSV);
    CHECK(f.out.count == 3 && g.out.count == 3);
    CHECK(!str_eq(f.out.rows[0].id, f.out.rows[1].id));
    for (uint32_t i = 0; i < 3 && i < f.out.count && i < g.out.count; i++)
        CHECK(str_eq(f.out.rows[i].id, g.out.rows[i].id));
}

static void an_impossible_value_is_taken_with_a_reason(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "training");
    read_csv(&f, "日付,研修名,対象者数,受講者数,理由\n2024/4/1,接遇,30,31,年度途中の転入者\n");
    CHECK(f.out.count == 1 && f.out.errors == 0);
    CHECK(str_eq(f.out.rows[0].reason, STR("年度途中の転入者")));
    read_csv(&f, "日付,研修名,対象者数,受講者数,取消,理由\n2024/4/1,接遇,30,28,○,\n");
    CHECK(f.out.count == 0 && fault_says(&f, 0, "E E2 ○", "理由"));
    read_csv(&f, "日付,研修名,対象者数,受講者数,取消,理由\n2024/4/1,接遇,30,28,○,二重\n");
    CHECK(f.out.count == 1 && f.out.rows[0].is_void);
}

static void a_typed_entry_is_read_by_the_same_rules(void)
{
    AUTO(done) struct fixture f = { 0 };
    use(&f, "explanation-meetings");
    const struct entry_hints hints = { &f.def, &f.areas, 2024 };
    str texts[FIELDS_MAX] = { STR("6月3日"), STR("若葉"), STR("春の説明会"), STR("調査中") };

    ingest_entry(&f.a, texts, (str){ 0 }, &hints, &f.out);
    CHECK(f.out.count == 1 && f.out.errors == 0);
    CHECK_STR(value_of(&f, 0, "date"), "2024-06-03");
    CHECK_STR(value_of(&f, 0, "participants"), "");
    texts[1] = STR("どこか");
    ingest_entry(&f.a, texts, (str){ 0 }, &hints, &f.out);
    CHECK(f.out.count == 0 && fault_says(&f, 0, "E B0 どこか", "登録されていません"));
}

/* ---- columns as somebody chose them ---- */

static void columns_of(struct fixture *f, const char *csv, const struct column_choices *said,
                       struct table_columns *out)
{
    const struct entry_hints hints = { &f->def, &f->areas, 2024 };

    CHECK(ingest_table(&f->a, STR("x.csv"), str_from(csv), &f->t, &f->e));
    ingest_columns(&f->a, &f->t, &hints, said, out);
}

static void columns_are_told_before_they_are_read(void)
{
    AUTO(done) struct fixture f = { 0 };
    struct table_columns c;

    use(&f, "training");
    columns_of(&f, "題\n,,人数,\n実施日,研修名,対象者数,謎\n2024-04-01,a,1,2\n", NULL, &c);
    CHECK(c.heading_row == 3 && c.count == 4);
    CHECK(c.rows[0].to == f.def.date && c.rows[3].to == COLUMN_NOTHING);
    CHECK(str_eq(c.rows[3].heading, STR("謎")));
    columns_of(&f, "いつ,なに\n2024-04-01,a\n", NULL, &c);
    CHECK(c.heading_row == 1 && c.count == 2 && c.rows[0].to == COLUMN_NOTHING);
    columns_of(&f, "2024-04-01,a,1,2\n", NULL, &c);
    CHECK(c.heading_row == HEADINGS_NONE && c.count == 4 && c.rows[0].to == COLUMN_NOTHING);
    columns_of(&f, "2024-04-01,接遇,集合研修,総務課,3,2\n", NULL, &c);
    CHECK(c.heading_row == HEADINGS_NONE && c.rows[0].to == 0 && c.rows[5].to == 5);
    columns_of(&f, "", NULL, &c);
    CHECK(c.count == 0);
}

static void chosen_columns_are_read_as_they_were_chosen(void)
{
    AUTO(done) struct fixture f = { 0 };
    int to[5];
    const struct column_choices unheaded = { HEADINGS_NONE, to, 4 };
    const struct column_choices headed = { 1, to, 5 };

    use(&f, "training");
    const struct entry_hints hints = { &f.def, &f.areas, 2024 };
    to[0] = register_field_find(&f.def, STR("date"));
    to[1] = register_field_find(&f.def, STR("title"));
    to[2] = register_field_find(&f.def, STR("eligible"));
    to[3] = register_field_find(&f.def, STR("taken"));
    to[4] = COLUMN_NOTHING;
    CHECK(ingest_table(&f.a, STR("x"), STR("4/1,a,3,2\n4/2,b,3,1\n"), &f.t, &f.e));
    ingest_entries_by(&f.a, &f.t, &hints, &unheaded, &f.out);
    CHECK(f.out.count == 2 && !f.out.errors && f.out.rows[0].row == 1);
    CHECK_STR(value_of(&f, 1, "taken"), "1");
    CHECK(ingest_table(&f.a, STR("x"), STR("い,ろ,は,に,ほ\n4/1,a,3,2,x\n"), &f.t, &f.e));
    ingest_entries_by(&f.a, &f.t, &hints, &headed, &f.out);
    CHECK(f.out.count == 1 && !f.out.fault_count);
    to[2] = to[3]; /* two columns for one field, none for a required one */
    ingest_entries_by(&f.a, &f.t, &hints, &headed, &f.out);
    CHECK(f.out.count == 0 && f.out.errors == 2);
}

int main(void)
{
    RUN(columns_are_told_before_they_are_read);
    RUN(chosen_columns_are_read_as_they_were_chosen);
    RUN(a_table_is_read_as_spreadsheets_write_it);
    RUN(what_is_no_table_is_refused_with_its_place);
    RUN(columns_have_the_letters_of_a_spreadsheet);
    RUN(cp932_and_utf8_give_the_same_entries);
    RUN(columns_are_found_in_any_order_and_by_other_names);
    RUN(merged_headings_in_two_rows_are_understood);
    RUN(unknown_missing_and_double_columns_are_named);
    RUN(a_number_is_taken_or_its_cell_is_named);
    RUN(a_thousands_separator_and_yen_are_read);
    RUN(a_date_is_taken_or_its_cell_is_named);
    RUN(areas_and_choices_outside_their_lists_are_named);
    RUN(a_total_row_is_compared_and_not_stored);
    RUN(equal_rows_are_two_entries_and_the_same_file_gives_the_same_ids);
    RUN(an_impossible_value_is_taken_with_a_reason);
    RUN(a_typed_entry_is_read_by_the_same_rules);
    return DONE();
}
