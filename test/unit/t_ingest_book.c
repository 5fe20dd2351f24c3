/* Workbooks: what a person sees in a cell is what is read, and a file that could be read in two
 * ways is not read at all. Files of other programs are read in test/e2e. */
#include "ingest/ingest.h"
#include "check.h"
#include "zips.h"

struct fixture {
    struct arena a;
    struct table t;
    struct err e;
};

static void done(struct fixture *f)
{
    arena_done(&f->a);
}

static bool read_sheet(struct fixture *f, const struct zip_book *book, const char *sheet)
{
    const struct table_source source = { STR("台帳.xlsx"), zip_workbook(&f->a, book),
                                         str_from(sheet) };

    f->t = (struct table){ 0 };
    f->e = (struct err){ 0 };
    return ingest_table_of(&f->a, &source, &f->t, &f->e);
}

static bool read_book(struct fixture *f, const struct zip_book *book)
{
    const bool ok = read_sheet(f, book, NULL);

    if (!ok)
        printf("# %s\n", f->e.text);
    return ok;
}

/* Rows of a sheet in the usual words. */
static const char *sheet_of(struct fixture *f, const char *rows)
{
    return str_c(&f->a,
                 str_fmt(&f->a,
                         "<?xml version='1.0' encoding='UTF-8'?>\n<worksheet xmlns='" ZIP_MAIN
                         "'><sheetData>%s</sheetData></worksheet>",
                         rows));
}

static bool read_rows(struct fixture *f, const char *rows)
{
    return read_book(f, &(struct zip_book){ .sheet = sheet_of(f, rows) });
}

static const char *cell(struct fixture *f, uint32_t row, uint32_t column)
{
    if (row > f->t.count || column > f->t.rows[row - 1].count)
        return "";
    return str_c(&f->a, f->t.rows[row - 1].cells[column - 1]);
}

static bool says(const struct fixture *f, const char *word)
{
    if (f->e.code == ERR_INPUT && strstr(f->e.text, word))
        return true;
    printf("# said: %s\n", f->e.text);
    return false;
}

/* ---- numbers ---- */

static const struct {
    const char *v, *seen;
} NUMBERS[] = {
    { "0.1", "0.1" },
    { "0.10000000000000001", "0.1" },
    { "0.30000000000000004", "0.3" },
    { "86.200000000000003", "86.2" },
    { "12", "12" },
    { "-3.50", "-3.5" },
    { "1E3", "1000" },
    { "1.5E-05", "0.000015" },
    { "1.2345678901234567E+17", "123456789012345670" },
    { "123456789012345678", "123456789012345678" },
    { "999999999999999.95", "1000000000000000" },
    { "0.99999999999999989", "1" },
    { "0", "0" },
    { "-0", "0" },
    { "000.500", "0.5" },
};

static void numbers_are_the_decimals_that_a_person_sees(void)
{
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        AUTO(done) struct fixture f = { 0 };
        const str row = str_fmt(&f.a, "<row r='1'><c r='A1'><v>%s</v></c></row>", NUMBERS[i].v);

        CHECK(read_rows(&f, str_c(&f.a, row)));
        CHECK_STR(cell(&f, 1, 1), NUMBERS[i].seen);
    }
}

static void what_is_no_number_is_named_by_its_cell(void)
{
    static const char *const BAD[] = { "x", "1.2.3", "--1", "1e999", "NaN", "0x10", "1 2" };

    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        AUTO(done) struct fixture f = { 0 };
        const str row = str_fmt(&f.a, "<row r='7'><c r='B7'><v>%s</v></c></row>", BAD[i]);
        const char *sheet = sheet_of(&f, str_c(&f.a, row));

        CHECK(!read_sheet(&f, &(struct zip_book){ .sheet = sheet }, NULL)
              && says(&f, "B7: 数として"));
    }
}

/* ---- formats ---- */

static const struct {
    const char *code, *v, *seen;
    bool is_1904;
} FORMATS[] = {
    { "yyyy/m/d", "45383", "2024-04-01", false },
    { "[$-411]ggge\"年\"m\"月\"d\"日\";@", "45383", "2024-04-01", false },
    { "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\"", "43586", "2019-05-01", false },
    { "m\"月\"d\"日\"", "45383", "2024-04-01", false },
    { "yyyy\"年\"m\"月\"", "45383", "2024-04", false },
    { "mmm-yy", "45383", "2024-04", false },
    { "yyyy\"年度\"", "45383", "2024年", false },
    { "yyyy-mm-dd hh:mm", "45383.604166666664", "2024-04-01 14:30", false },
    { "yyyy-mm-dd hh:mm", "45383", "2024-04-01", false },
    { "h:mm", "0.60416666666666663", "14:30", false },
    { "h:mm AM/PM", "45383.604166666664", "14:30", false },
    { "[h]:mm", "1.1041666666666667", "26:30", false },
    { "mm:ss", "0.0007060185185185185", "00:01:01", false },
    { "yyyy/m/d", "1", "1900-01-01", false },
    { "yyyy/m/d", "59", "1900-02-28", false },
    { "yyyy/m/d", "60", "1900-02-29", false },
    { "yyyy/m/d", "61", "1900-03-01", false },
    { "yyyy/m/d", "43921", "2024-04-01", true },
    { "yyyy/m/d", "0", "1904-01-01", true },
    { "yyyy/m/d", "-1", "-1", false },
    { "yyyy/m/d", "2958466", "2958466", false },
    { "0.0%", "0.86199999999999999", "86.2%", false },
    { "0%", "1", "100%", false },
    { "General", "45383", "45383", false },
    { "G/標準", "45383", "45383", false },
    { "G/標準\"人\"", "12", "12", false },
    { "0.00E+00", "45383", "45383", false },
    { "#,##0\"名\"", "1200", "1200", false },
    { "#,##0_ ;[Red]\\-#,##0\\ ", "1200", "1200", false },
    { "\"day \"0", "12", "12", false },
    { "\\d0", "12", "12", false },
    /* as LibreOffice writes them */
    { "[$-411]GGGE\\年M\\月D\\日", "45383", "2024-04-01", false },
    { "YYYY/MM/DD HH:MM:SS", "45383.5", "2024-04-01 12:00", false },
    { "GENERAL", "45383", "45383", false },
    { "[RED]#,##0;[MAGENTA]-#,##0", "1200", "1200", false },
};

static void formats_decide_what_is_a_day(void)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        AUTO(done) struct fixture f = { 0 };
        struct buf code;
        str styles, workbook, sheet;

        buf_init(&code, &f.a, 256, 4096);
        for (const char *p = FORMATS[i].code; *p; p++)
            buf_put(&code, *p == '"' ? STR("&quot;") : (str){ p, 1 });
        styles =
            str_fmt(&f.a,
                    "<styleSheet xmlns='" ZIP_MAIN "'><numFmts><numFmt numFmtId='170' "
                    "formatCode=\"%.*s\"/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
                    "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs>"
                    "</styleSheet>",
                    STR_ARG(buf_str(&code)));
        workbook =
            str_fmt(&f.a,
                    "<workbook xmlns='" ZIP_MAIN "' xmlns:r='" ZIP_DOC "'><workbookPr%s/>"
                    "<sheets><sheet name='表' r:id='rId1'/></sheets></workbook>",
                    FORMATS[i].is_1904 ? " date1904='1'" : "");
        sheet = str_fmt(&f.a, "<row r='1'><c r='A1' s='1'><v>%s</v></c></row>", FORMATS[i].v);
        CHECK(read_book(&f, &(struct zip_book){ .workbook = str_c(&f.a, workbook),
                                                .styles = str_c(&f.a, styles),
                                                .sheet = sheet_of(&f, str_c(&f.a, sheet)) }));
        if (strcmp(cell(&f, 1, 1), FORMATS[i].seen) != 0)
            printf("# format %s\n", FORMATS[i].code);
        CHECK_STR(cell(&f, 1, 1), FORMATS[i].seen);
    }
}

static void built_in_formats_of_japanese_are_days(void)
{
    AUTO(done) struct fixture f = { 0 };

    CHECK(
        read_book(&f,
                  &(struct zip_book){
                      .styles = "<styleSheet xmlns='" ZIP_MAIN "'><cellXfs>"
                                "<xf numFmtId='14'/><xf numFmtId='57'/><xf numFmtId='55'/>"
                                "<xf numFmtId='10'/><xf numFmtId='38'/></cellXfs></styleSheet>",
                      .sheet = sheet_of(&f, "<row><c s='0'><v>45383</v></c>"
                                            "<c s='1'><v>45383</v></c>"
                                            "<c s='2'><v>45383</v></c><c s='3'><v>0.5</v></c>"
                                            "<c s='4'><v>1200</v></c></row>") }));
    CHECK_STR(cell(&f, 1, 1), "2024-04-01");
    CHECK_STR(cell(&f, 1, 2), "2024-04-01");
    CHECK_STR(cell(&f, 1, 3), "2024-04");
    CHECK_STR(cell(&f, 1, 4), "50%");
    CHECK_STR(cell(&f, 1, 5), "1200");
}

/* ---- the other kinds of cells ---- */

static void strings_come_without_their_furigana(void)
{
    AUTO(done) struct fixture f = { 0 };

    CHECK(read_book(
        &f,
        &(struct zip_book){
            .strings =
                "<sst xmlns='" ZIP_MAIN "'>"
                "<si><t>朝霧</t><rPh sb='0' eb='2'><t>アサギリ</t></rPh>"
                "<phoneticPr fontId='1'/></si>"
                "<si><r><t xml:space='preserve'>若 </t></r><r><rPr><b/></rPr><t>葉</t></r></si>"
                "<si><t>1行_x000D_\n2行 _x005F_x000D_ _xZZZZ_</t></si></sst>",
            .sheet = sheet_of(
                &f, "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
                    "<c r='C1' t='s'><v>2</v></c>"
                    "<c r='D1' t='inlineStr'><is><t>中で</t><rPh><t>ナカ</t></rPh></is></c>"
                    "<c r='E1' t='str'><f>A1&amp;B1</f><v>朝霧若葉</v></c>"
                    "<c r='F1' t='b'><v>1</v></c><c r='G1' t='b'><v>0</v></c>"
                    "<c r='H1' t='e'><v>#N/A</v></c>"
                    "<c r='I1' t='d'><v>2024-06-03T00:00:00</v></c></row>") }));
    CHECK_STR(cell(&f, 1, 1), "朝霧");
    CHECK_STR(cell(&f, 1, 2), "若 葉");
    CHECK_STR(cell(&f, 1, 3), "1行\r\n2行 _x000D_ _xZZZZ_");
    CHECK_STR(cell(&f, 1, 4), "中で");
    CHECK_STR(cell(&f, 1, 5), "朝霧若葉");
    CHECK_STR(cell(&f, 1, 6), "TRUE");
    CHECK_STR(cell(&f, 1, 7), "FALSE");
    CHECK_STR(cell(&f, 1, 8), "#N/A");
    CHECK_STR(cell(&f, 1, 9), "2024-06-03");
}

static const struct table_fault *note(struct fixture *f, const char *word)
{
    for (uint32_t i = 0; i < f->t.note_count; i++)
        if (str_find(f->t.notes[i].message, str_from(word)) >= 0)
            return &f->t.notes[i];
    return NULL;
}

static void a_formula_is_its_saved_value_and_is_told(void)
{
    AUTO(done) struct fixture f = { 0 };
    const struct table_fault *n;

    CHECK(read_rows(&f, "<row r='1'><c r='A1'><f>SUM(B1:B9)</f><v>12</v></c></row>"
                        "<row r='2'><c r='A2'><f>SUM(B1:B9)</f></c>"
                        "<c r='B2'><f>1+2</f><v></v></c></row>"
                        "<row r='3'><c r='A3' t='str'><f>\"\"</f><v></v></c></row>"));
    CHECK_STR(cell(&f, 1, 1), "12");
    CHECK_STR(cell(&f, 2, 1), "=SUM(B1:B9)");
    CHECK_STR(cell(&f, 2, 2), "=1+2");
    CHECK_STR(cell(&f, 3, 1), "");
    n = note(&f, "計算式のセルです(全部で1)");
    CHECK(n && n->row == 1 && n->column == 1 && n->severity == SEVERITY_WARNING);
}

/* ---- places ---- */

static void cells_stand_where_they_say_or_follow_the_one_before(void)
{
    AUTO(done) struct fixture f = { 0 };

    CHECK(
        read_rows(&f,
                  "<row r='4'><c r='C4'><v>3</v></c><c><v>4</v></c><c r='A4'><v>1</v></c></row>"
                  "<row r='2'><c><v>5</v></c></row><row><c r='B3'><v>6</v></c></row>"));
    CHECK(f.t.count == 4 && f.t.rows[0].count == 0 && f.t.rows[3].count == 4);
    CHECK_STR(cell(&f, 4, 1), "1");
    CHECK_STR(cell(&f, 4, 2), "");
    CHECK_STR(cell(&f, 4, 3), "3");
    CHECK_STR(cell(&f, 4, 4), "4");
    CHECK_STR(cell(&f, 2, 1), "5");
    CHECK_STR(cell(&f, 3, 2), "6");
}

static const struct {
    const char *rows, *said;
} BROKEN_ROWS[] = {
    { "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>", "A1: 同じセルが2度" },
    { "<row r='2'><c><v>1</v></c></row><row r='2'><c><v>1</v></c></row>", "2行目が2度" },
    { "<row r='1'><c r='A2'><v>1</v></c></row>", "セルの名前「A2」" },
    { "<row r='1'><c r='1A'><v>1</v></c></row>", "セルの名前「1A」" },
    { "<row r='0'><c><v>1</v></c></row>", "行の番号「0」" },
    { "<row r='1048577'><c><v>1</v></c></row>", "行の番号「1048577」" },
    { "<row r='1'><c r='IW1'><v>1</v></c></row>", "IW1: 列が多すぎます" },
    { "<row r='3'><c r='B3' t='s'><v>9</v></c></row>", "B3: 文字の番号" },
    { "<row r='1'><c r='A1'><v>1</v></row>", "XML として読めません" },
};

static void a_broken_sheet_is_refused_with_its_cell(void)
{
    for (size_t i = 0; i < sizeof BROKEN_ROWS / sizeof *BROKEN_ROWS; i++) {
        AUTO(done) struct fixture f = { 0 };
        const char *sheet = sheet_of(&f, BROKEN_ROWS[i].rows);

        CHECK(!read_sheet(&f, &(struct zip_book){ .sheet = sheet }, NULL));
        CHECK(says(&f, BROKEN_ROWS[i].said));
    }
}

static void what_is_hidden_and_merged_is_told(void)
{
    AUTO(done) struct fixture f = { 0 };
    const struct table_fault *n;

    CHECK(read_book(&f, &(struct zip_book){
                            .sheet =
                                "<worksheet xmlns='" ZIP_MAIN "'><cols>"
                                "<col min='2' max='2' hidden='1'/></cols><sheetData>"
                                "<row r='1'><c r='A1'><v>1</v></c></row>"
                                "<row r='3' hidden='1'><c r='B3'><v>2</v></c></row></sheetData>"
                                "<mergeCells><mergeCell ref='C5:D6'/><mergeCell ref='A1:B1'/>"
                                "</mergeCells></worksheet>" }));
    n = note(&f, "非表示の行");
    CHECK(n && n->row == 3);
    n = note(&f, "非表示の列");
    CHECK(n && n->row == 3 && n->column == 2);
    CHECK(f.t.merge_count == 2 && f.t.merges[0].row == 1 && f.t.merges[0].last_column == 2);
    CHECK(!read_sheet(&f,
                      &(struct zip_book){ .sheet =
                                              "<worksheet xmlns='" ZIP_MAIN "'><mergeCells>"
                                              "<mergeCell ref='A1:B2'/><mergeCell ref='B2:C3'/>"
                                              "</mergeCells></worksheet>" },
                      NULL)
          && says(&f, "B2: 結合されたセルが重なって"));
}

static void the_strict_namespace_and_prefixes_are_read(void)
{
    AUTO(done) struct fixture f = { 0 };

    CHECK(read_book(&f,
                    &(struct zip_book){
                        .sheet = "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/"
                                 "spreadsheetml/main' xmlns:o='urn:other'><x:sheetData><o:row>"
                                 "<x:row r='9'><x:c><x:v>9</x:v></x:c></x:row></o:row>"
                                 "<x:row r='1' o:r='5'><x:c r='A1'><x:v>7</x:v></x:c></x:row>"
                                 "</x:sheetData></x:worksheet>" }));
    CHECK(f.t.count == 1);
    CHECK_STR(cell(&f, 1, 1), "7");
}

/* ---- sheets ---- */

static void a_sheet_is_chosen_by_name_or_place(void)
{
    AUTO(done) struct fixture f = { 0 };
    const struct zip_book book = { .sheet = sheet_of(&f, "<row><c><v>1</v></c></row>") };

    CHECK(read_sheet(&f, &book, NULL) && f.t.count == 1 && f.t.sheet_count == 2);
    CHECK(note(&f, "シート「表」を読みました。ほかのシート「控え」は読みません"));
    CHECK(read_sheet(&f, &book, "控え") && f.t.count == 0 && str_eq(f.t.sheet, STR("控え")));
    CHECK(read_sheet(&f, &book, "2") && str_eq(f.t.sheet, STR("控え")));
    CHECK(!read_sheet(&f, &book, "3") && f.e.code == ERR_NOT_FOUND);
    CHECK(strstr(f.e.text, "「3」という表のシートはありません。あるシート: 「表」「控え」"));
}

static void a_hidden_sheet_is_passed_over_unless_it_is_asked_for(void)
{
    AUTO(done) struct fixture f = { 0 };
    const struct zip_book book = {
        .workbook =
            "<workbook xmlns='" ZIP_MAIN "' xmlns:r='" ZIP_DOC "'><sheets>"
            "<sheet name='表' state='hidden' r:id='rId1'/><sheet name='控え' r:id='rId2'/>"
            "</sheets></workbook>",
    };

    CHECK(read_sheet(&f, &book, NULL) && str_eq(f.t.sheet, STR("控え")));
    CHECK(read_sheet(&f, &book, "表") && note(&f, "非表示のシート"));
}

/* ---- hostile archives ---- */

static void lies_of_a_zip_file_are_refused(void)
{
    static const struct {
        struct zip_file files[2];
        const char *said;
    } LIES[] = {
        { { { .name = "a", .body = STR_INIT("1") }, { .name = "../b", .body = STR_INIT("2") } },
          ".." },
        { { { .name = "a", .body = STR_INIT("1") }, { .name = "/b", .body = STR_INIT("2") } },
          "絶対パス" },
        { { { .name = "a", .body = STR_INIT("1") }, { .name = "c:b", .body = STR_INIT("2") } },
          "絶対パス" },
        { { { .name = "a", .body = STR_INIT("1") }, { .name = "x\\b", .body = STR_INIT("2") } },
          "絶対パス" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "x/../../b", .body = STR_INIT("2") } },
          ".." },
        { { { .name = "a", .body = STR_INIT("1") }, { .name = "A", .body = STR_INIT("2") } },
          "同じ名前" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .flags = 1 } },
          "パスワード" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .local_name = "c" } },
          "食い違って" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .local_size = 9 } },
          "食い違って" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .size = 300000000 } },
          "大きすぎ" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .size = 101 } },
          "圧縮率" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .size = 2 } },
          "長さが合いません" },
        { { { .name = "a", .body = STR_INIT("1") },
            { .name = "b", .body = STR_INIT("2"), .flags = 0x20 } },
          "圧縮方式" },
    };

    for (size_t i = 0; i < sizeof LIES / sizeof *LIES; i++) {
        AUTO(done) struct fixture f = { 0 };
        const str zip = zip_make(&f.a, LIES[i].files, 2);

        CHECK(!ingest_table(&f.a, STR("x.xlsx"), zip, &f.t, &f.e) && says(&f, LIES[i].said));
    }
}

static void bytes_around_and_between_the_entries_are_refused(void)
{
    AUTO(done) struct fixture f = { 0 };
    const str good = zip_workbook(&f.a, &(struct zip_book){ 0 });
    const size_t half = good.n / 2;
    struct buf b;
    struct table t;

    buf_init(&b, &f.a, good.n + 64, SIZE_MAX / 2);
    buf_fmt(&b, "PK\x03\x04 in front");
    buf_put(&b, good);
    CHECK(!ingest_table(&f.a, STR("x"), buf_str(&b), &t, &f.e) && says(&f, "前か途中に余分"));
    buf_clear(&b);
    buf_put(&b, good);
    buf_put_c(&b, "behind");
    CHECK(!ingest_table(&f.a, STR("x"), buf_str(&b), &t, &f.e) && says(&f, "終わり"));
    CHECK(!ingest_table(&f.a, STR("x"), str_take(good, half), &t, &f.e) && says(&f, "終わり"));
    CHECK(!ingest_table(&f.a, STR("x"), STR("PK\x03\x04"), &t, &f.e) && says(&f, "切れて"));
}

/* Two entries of the directory that lie in one another: the quine's trick (Fifield, 2019). */
static void entries_that_overlap_are_refused(void)
{
    AUTO(done) struct fixture f = { 0 };
    const struct zip_file one = { .name = "a", .body = STR_INIT("11111111") };
    struct buf all, directory;

    buf_init(&all, &f.a, 1024, 4096);
    buf_init(&directory, &f.a, 1024, 4096);
    zip_u32(&all, 0x04034B50);
    zip_u16(&all, 20);
    zip_head(&all, &one, one.body.n, (uint32_t)one.body.n);
    buf_put_c(&all, "a");
    buf_put(&all, one.body);
    zip_central(&directory, &one, one.body.n, 0);
    zip_central(&directory, &one, one.body.n, 0);
    zip_end(&all, buf_str(&directory), 2);
    CHECK(!ingest_table(&f.a, STR("x"), buf_str(&all), &f.t, &f.e));
    CHECK(says(&f, "重なって") || says(&f, "余分"));
}

static void an_archive_that_grows_or_is_damaged_is_refused(void)
{
    AUTO(done) struct fixture f = { 0 };
    const size_t size = 1 << 20;
    char *zeros = memset(arena_bytes(&f.a, size), ' ', size);
    struct zip_file bomb = { .name = "b", .body = { zeros, size }, .deflate = true };
    struct zip_file *many = NEW(&f.a, struct zip_file, 2001);

    CHECK(!ingest_table(&f.a, STR("x"), zip_make(&f.a, &bomb, 1), &f.t, &f.e)
          && says(&f, "圧縮率"));
    for (uint32_t i = 0; i < 2001; i++)
        many[i] =
            (struct zip_file){ .name = str_c(&f.a, str_fmt(&f.a, "%u", i)), .body = STR("1") };
    CHECK(!ingest_table(&f.a, STR("x"), zip_make(&f.a, many, 2001), &f.t, &f.e)
          && says(&f, "2,000個"));
    for (int deflate = 0; deflate < 2; deflate++) {
        const struct zip_file rels = {
            .name = "_rels/.rels", .body = STR("<x/>"), .deflate = deflate, .crc = 12345
        };

        CHECK(!ingest_table(&f.a, STR("x"), zip_make(&f.a, &rels, 1), &f.t, &f.e)
              && says(&f, "検査値"));
    }
}

/* The length in both headers is a lie: what comes out is longer. */
static void a_length_that_is_a_lie_is_noticed_while_inflating(void)
{
    AUTO(done) struct fixture f = { 0 };
    const struct zip_file rels = { .name = "_rels/.rels",
                                   .body = STR("<x>longer than that</x>"),
                                   .deflate = true,
                                   .size = 9 };

    CHECK(!ingest_table(&f.a, STR("x"), zip_make(&f.a, &rels, 1), &f.t, &f.e)
          && says(&f, "長さが目次と合いません"));
}

/* ---- hostile XML ---- */

static void a_dtd_and_a_deep_nest_are_refused(void)
{
    AUTO(done) struct fixture f = { 0 };
    struct buf deep;
    const struct zip_book dtd = {
        .strings = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
                   "<sst xmlns='" ZIP_MAIN "'><si><t>&b;</t></si></sst>",
    };

    CHECK(!read_sheet(&f, &dtd, NULL) && says(&f, "sharedStrings.xml」に DTD"));
    buf_init(&deep, &f.a, 4096, 65536);
    for (int i = 0; i < 62; i++)
        buf_put_c(&deep, "<x>");
    for (int i = 0; i < 62; i++)
        buf_put_c(&deep, "</x>");
    CHECK(read_rows(&f, str_c(&f.a, buf_str(&deep))));
    buf_fmt(&deep, "<x>%.*s</x>", STR_ARG(str_dup(&f.a, buf_str(&deep))));
    CHECK(!read_sheet(&f,
                      &(struct zip_book){ .sheet = sheet_of(&f, str_c(&f.a, buf_str(&deep))) },
                      NULL)
          && says(&f, "入れ子が深すぎ"));
}

/* ---- what is no table ---- */

static const struct {
    str bytes;
    const char *said;
} OTHERS[] = {
    { STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0"), "(.xls)" },
    { STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 "
               "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
      "パスワード" },
    { STR_INIT("%PDF-1.7\n"), "PDF" },
    { STR_INIT("\xEF\xBB\xBF\r\n<!DOCTYPE html><table><tr><td>1"), "HTML" },
    { STR_INIT("<HTML><body>"), "HTML" },
    { STR_INIT("<table border=1>"), "HTML" },
    { STR_INIT("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"), "XML" },
    { STR_INIT("\x89PNG\r\n"), "画像" },
    { STR_INIT("\x1F\x8B\x08"), "圧縮された" },
};

static void what_is_no_table_is_called_by_its_name(void)
{
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        AUTO(done) struct fixture f = { 0 };

        CHECK(!ingest_table(&f.a, STR("dir/x.csv"), OTHERS[i].bytes, &f.t, &f.e));
        CHECK(says(&f, OTHERS[i].said) && says(&f, "「x.csv」は"));
    }
}

static void other_archives_are_called_by_their_names(void)
{
    static const struct {
        struct zip_file file;
        const char *said;
    } ROWS[] = {
        { { .name = "mimetype",
            .body = STR_INIT("application/vnd.oasis.opendocument.spreadsheet") },
          ".ods" },
        { { .name = "xl/workbook.bin", .body = STR_INIT("x") }, ".xlsb" },
        { { .name = "word/document.xml", .body = STR_INIT("x") }, "Word" },
        { { .name = "a.csv", .body = STR_INIT("x") }, "ZIP ファイルですが" },
    };

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        AUTO(done) struct fixture f = { 0 };
        const str zip = zip_make(&f.a, &ROWS[i].file, 1);

        CHECK(!ingest_table(&f.a, STR("x.csv"), zip, &f.t, &f.e) && says(&f, ROWS[i].said));
    }
}

static void utf16_of_a_spreadsheet_is_text(void)
{
    AUTO(done) struct fixture f = { 0 };

    CHECK(ingest_table(&f.a, STR("x"), STR("\xFF\xFE\x42\x30\t\0\x42\xD8\xB7\xDF\r\0\n\0"),
                       &f.t, &f.e));
    CHECK_STR(cell(&f, 1, 1), "あ");
    CHECK_STR(cell(&f, 1, 2), "𠮷");
    CHECK(ingest_table(&f.a, STR("x"), STR("\xFE\xFF\x30\x42\0\t\0z"), &f.t, &f.e));
    CHECK_STR(cell(&f, 1, 1), "あ");
    CHECK(!ingest_table(&f.a, STR("x"), STR("\xFF\xFE\x42\xD8z\0"), &f.t, &f.e)
          && says(&f, "UTF-16"));
}

/* ---- entries out of it ---- */

static void merged_cells_are_a_value_for_each_row_but_never_a_quantity(void)
{
    AUTO(done) struct fixture f = { 0 };
    struct register_def def;
    struct register_entries out;
    const char *sheet =
        "<worksheet xmlns='" ZIP_MAIN "'><sheetData>"
        "<row r='1'><c t='str'><v>日付</v></c><c t='str'><v>研修名</v></c>"
        "<c t='str'><v>対象者数</v></c><c t='str'><v>受講者数</v></c></row>"
        "<row r='2'><c t='str'><v>R6.4.1</v></c><c t='str'><v>接遇</v></c><c><v>30</v></c>"
        "<c><v>28</v></c></row>"
        "<row r='3'><c r='B3' t='str'><v>人権</v></c><c><v>20</v></c><c><v>12</v></c></row>"
        "<row r='4'><c r='A4' t='str'><v>R6.5.1</v></c><c t='str'><v>防災</v></c>"
        "<c r='D4'><v>3</v></c></row></sheetData>"
        "<mergeCells><mergeCell ref='A2:A3'/><mergeCell ref='C3:C4'/></mergeCells></worksheet>";

    CHECK(register_parse(&f.a, register_preset(STR("training")), &def, &f.e));
    CHECK(read_book(&f, &(struct zip_book){ .sheet = sheet }));
    ingest_entries(&f.a, &f.t, &(struct entry_hints){ &def, NULL, 0 }, &out);
    CHECK(out.count == 2 && str_eq(out.rows[1].values[0].v, STR("2024-04-01")));
    CHECK(out.errors == 1);
    for (uint32_t i = 0; i < out.fault_count; i++)
        if (out.faults[i].severity == SEVERITY_ERROR)
            CHECK(out.faults[i].row == 4 && out.faults[i].column == 3
                  && str_find(out.faults[i].message, STR("結合")) >= 0);
}

static void errors_and_formulas_without_value_never_become_entries(void)
{
    AUTO(done) struct fixture f = { 0 };
    struct register_def def;
    struct register_entries out;

    CHECK(register_parse(&f.a, register_preset(STR("training")), &def, &f.e));
    CHECK(read_rows(&f, "<row r='1'><c t='str'><v>日付</v></c><c t='str'><v>研修名</v></c>"
                        "<c t='str'><v>対象者数</v></c><c t='str'><v>受講者数</v></c></row>"
                        "<row r='2'><c t='str'><v>R6.4.1</v></c><c t='e'><v>#N/A</v></c>"
                        "<c><v>30</v></c><c><f>C2*2</f></c></row>"));
    ingest_entries(&f.a, &f.t, &(struct entry_hints){ &def, NULL, 0 }, &out);
    CHECK(out.count == 0 && out.errors == 2);
    CHECK(str_find(out.faults[1].message, STR("表計算のエラー")) >= 0
          && out.faults[1].column == 2);
    CHECK(str_find(out.faults[2].message, STR("計算式の結果")) >= 0
          && out.faults[2].column == 4);
}

static void a_sum_whose_formula_has_no_value_is_told_and_blocks_nothing(void)
{
    AUTO(done) struct fixture f = { 0 };
    struct register_def def;
    struct register_entries out;

    CHECK(register_parse(&f.a, register_preset(STR("training")), &def, &f.e));
    CHECK(read_rows(&f, "<row r='1'><c t='str'><v>日付</v></c><c t='str'><v>研修名</v></c>"
                        "<c t='str'><v>対象者数</v></c><c t='str'><v>受講者数</v></c></row>"
                        "<row r='2'><c t='str'><v>R6.4.1</v></c><c t='str'><v>接遇</v></c>"
                        "<c><v>30</v></c><c><v>28</v></c></row>"
                        "<row r='3'><c t='str'><v>計</v></c><c r='C3'><f>SUM(C2)</f></c>"
                        "<c><v>28</v></c></row>"));
    ingest_entries(&f.a, &f.t, &(struct entry_hints){ .def = &def }, &out);
    CHECK(out.count == 1 && out.errors == 0 && out.totals == 1);
    CHECK(out.faults[out.fault_count - 1].row == 3
          && out.faults[out.fault_count - 1].column == 3);
    CHECK(
        str_find(out.faults[out.fault_count - 1].message, STR("計算式の結果が保存されていない"))
        >= 0);
}

int main(void)
{
    RUN(numbers_are_the_decimals_that_a_person_sees);
    RUN(what_is_no_number_is_named_by_its_cell);
    RUN(formats_decide_what_is_a_day);
    RUN(built_in_formats_of_japanese_are_days);
    RUN(strings_come_without_their_furigana);
    RUN(a_formula_is_its_saved_value_and_is_told);
    RUN(cells_stand_where_they_say_or_follow_the_one_before);
    RUN(a_broken_sheet_is_refused_with_its_cell);
    RUN(what_is_hidden_and_merged_is_told);
    RUN(the_strict_namespace_and_prefixes_are_read);
    RUN(a_sheet_is_chosen_by_name_or_place);
    RUN(a_hidden_sheet_is_passed_over_unless_it_is_asked_for);
    RUN(lies_of_a_zip_file_are_refused);
    RUN(bytes_around_and_between_the_entries_are_refused);
    RUN(entries_that_overlap_are_refused);
    RUN(an_archive_that_grows_or_is_damaged_is_refused);
    RUN(a_length_that_is_a_lie_is_noticed_while_inflating);
    RUN(a_dtd_and_a_deep_nest_are_refused);
    RUN(what_is_no_table_is_called_by_its_name);
    RUN(other_archives_are_called_by_their_names);
    RUN(utf16_of_a_spreadsheet_is_text);
    RUN(merged_cells_are_a_value_for_each_row_but_never_a_quantity);
    RUN(errors_and_formulas_without_value_never_become_entries);
    RUN(a_sum_whose_formula_has_no_value_is_told_and_blocks_nothing);
    return DONE();
}
