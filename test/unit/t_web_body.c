/* Bodies of forms: what browsers send is read, what none sends is refused. */
#include "web/body.h"

#include "check.h"

static struct arena mem;
static struct err e;

static const struct field TABLE[] = {
    { "purpose", INPUT_TEXT, 0, false, { "趣旨・目的", "Purpose" } },
    { 0 },
};

static bool read(enum body_kind kind, str bytes, struct form_data *out)
{
    const struct body b = {
        .kind = kind, .boundary = STR("b"), .bytes = bytes, .labels = TABLE
    };

    e = (struct err){ 0 };
    return body_read(&mem, &b, out, &e);
}

static bool field_is(const struct form_data *f, uint32_t i, const char *name, const char *value)
{
    return i < f->field_count && str_eq(f->fields[i].name, str_from(name))
           && str_eq(f->fields[i].value, str_from(value));
}

static void an_urlencoded_form_is_decoded(void)
{
    struct form_data f;

    CHECK(read(BODY_URLENCODED, STR("a=1+2&b=%E5%8C%BA&c=&d&e=%3D%26%2B&&a.1.b=x=y"), &f));
    CHECK(f.field_count == 6);
    CHECK(field_is(&f, 0, "a", "1 2") && field_is(&f, 1, "b", "区")
          && field_is(&f, 2, "c", ""));
    CHECK(field_is(&f, 3, "d", "") && field_is(&f, 4, "e", "=&+"));
    CHECK(field_is(&f, 5, "a.1.b", "x=y"));
    CHECK(read(BODY_URLENCODED, STR(""), &f) && f.field_count == 0);
}

static void every_end_of_line_is_one_line_feed(void)
{
    struct form_data f;

    CHECK(read(BODY_URLENCODED, STR("a=1%0D%0A2%0D3%0A4%0D%0A%0D%0A"), &f));
    CHECK(field_is(&f, 0, "a", "1\n2\n3\n4\n\n"));
    CHECK(read(
        BODY_MULTIPART,
        STR("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n--b--\r\n"),
        &f));
    CHECK(field_is(&f, 0, "a", "1\n2"));
}

static void what_is_no_text_is_refused_by_the_label_of_its_field(void)
{
    struct form_data f;

    CHECK(!read(BODY_URLENCODED, STR("purpose=%FF"), &f) && e.code == ERR_INPUT);
    CHECK(str_find(str_from(e.text), STR("「趣旨・目的」")) >= 0);
    CHECK(!read(BODY_URLENCODED, STR("purpose=a%00b"), &f));
    CHECK(str_find(str_from(e.text), STR("「趣旨・目的」")) >= 0);
    CHECK(!read(BODY_URLENCODED, STR("purpose=%1B%5B2J"), &f));
    CHECK(!read(BODY_URLENCODED, STR("%FF=a"), &f));
    CHECK(!read(BODY_URLENCODED, STR("=a"), &f));
}

static void a_broken_escape_is_refused(void)
{
    static const char *const BAD[] = { "a=%", "a=%4", "a=%4G", "%=a", "a=%%41" };
    struct form_data f;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        CHECK(!read(BODY_URLENCODED, str_from(BAD[i]), &f) && e.code == ERR_INPUT);
}

static void too_many_fields_are_refused_before_memory_is_taken(void)
{
    struct form_data f;
    struct buf b;

    buf_init(&b, &mem, 1 << 16, 1 << 20);
    for (int i = 0; i <= LIMIT_FORM_FIELDS; i++)
        buf_put(&b, STR("&a=1"));
    CHECK(!read(BODY_URLENCODED, buf_str(&b), &f));
    buf_clear(&b);
    for (int i = 0; i <= LIMIT_FORM_FIELDS; i++)
        buf_put(&b, STR("\r\n--b\r\n"));
    CHECK(!read(BODY_MULTIPART, buf_str(&b), &f));
}

static void what_is_written_is_read_again_as_the_same(void)
{
    struct form_field fields[] = {
        { STR("目的"), STR("100% の\n人 & 物 = a+b %41") },
        { STR("a"), STR("") },
        { STR("b.1.c"), STR("\ttab  two blanks ") },
    };
    struct form_data f = { .fields = fields, .field_count = 3 }, again;
    struct buf b;

    buf_init(&b, &mem, 256, 1 << 16);
    body_write(&b, &f);
    CHECK(read(BODY_URLENCODED, buf_str(&b), &again) && again.field_count == 3);
    for (uint32_t i = 0; i < 3; i++)
        CHECK(str_eq(again.fields[i].name, fields[i].name)
              && str_eq(again.fields[i].value, fields[i].value));
}

/* ---- multipart ---- */

#define PART(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\""

static void a_multipart_form_has_texts_and_files(void)
{
    struct form_data f;

    CHECK(read(BODY_MULTIPART,
               STR(PART("a") "\r\n\r\n区\r\n" PART(
                   "f") "; filename=\"C:\\\\x\\\\名簿.csv\"\r\n"
                        "Content-Type: text/csv\r\n\r\na,b\r\n1,2\r\n\r\n" PART(
                            "g") "; filename=\"\"\r\nContent-Type: "
                                 "application/octet-stream\r\n\r\n\r\n"
                                 "--b--\r\n"),
               &f));
    CHECK(f.field_count == 1 && field_is(&f, 0, "a", "区") && f.file_count == 2);
    CHECK(str_eq(f.files[0].name, STR("f")) && str_eq(f.files[0].file_name, STR("名簿.csv")));
    CHECK(str_eq(f.files[0].type, STR("text/csv")));
    CHECK(str_eq(f.files[0].bytes, STR("a,b\r\n1,2\r\n")));
    CHECK(!f.files[1].file_name.n && !f.files[1].bytes.n);
}

static void the_bytes_of_a_file_stay_as_they_are(void)
{
    static const char FILE[] = "\0\xFF\r\n--x\r\n--\r\nend";
    struct form_data f;
    struct buf b;

    buf_init(&b, &mem, 256, 4096);
    buf_put(&b, STR(PART("f") "; filename=\"x\"\r\n\r\n"));
    buf_put(&b, (str){ FILE, sizeof FILE - 1 });
    buf_put(&b, STR("\r\n--b--"));
    CHECK(read(BODY_MULTIPART, buf_str(&b), &f) && f.file_count == 1);
    CHECK(str_eq(f.files[0].bytes, (str){ FILE, sizeof FILE - 1 }));
}

static void escapes_in_a_part_s_name_are_those_of_browsers(void)
{
    struct form_data f;

    CHECK(read(BODY_MULTIPART,
               STR(PART("f") "; filename=\"a%22b%0D%0Ac%41.txt\"\r\n\r\nx\r\n--b--"), &f));
    CHECK(f.file_count == 1 && str_eq(f.files[0].file_name, STR("a\"b\r\nc%41.txt")));
}

static void what_no_browser_sends_is_refused(void)
{
    static const char *const BAD[] = {
        "",
        "--b",
        "x--b\r\n",
        "--b\r\n\r\nx\r\n--b--",
        PART("a"),
        PART("a") "\r\n\r\nx",
        PART("a") "\r\n\r\nx\r\n--b",
        PART("a") "\r\n\r\nx\r\n--bx",
        PART("a") "; x\r\n\r\nx\r\n--b--",
        PART("a") "; filename=x\r\n\r\nx\r\n--b--",
        PART("a") "\r\n"
                  "Content-Disposition: form-data; name=\"c\"\r\n\r\nx\r\n--b--",
        PART("a") "\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
        PART("a") "\r\n\r\n\xFF\r\n--b--",
        PART("\xFF") "\r\n\r\na\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    };
    struct form_data f;

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        bool taken = read(BODY_MULTIPART, str_from(BAD[i]), &f);

        if (taken)
            printf("# taken: %s\n", BAD[i]);
        CHECK(!taken && e.code == ERR_INPUT);
    }
}

static void the_kind_is_what_the_content_type_says(void)
{
    str b = { 0 };

    CHECK(body_kind(STR(""), &b) == BODY_NONE);
    CHECK(body_kind(STR("application/x-www-form-urlencoded; charset=UTF-8"), &b)
          == BODY_URLENCODED);
    CHECK(body_kind(STR("Multipart/Form-Data; boundary=----x"), &b) == BODY_MULTIPART
          && str_eq(b, STR("----x")));
    CHECK(body_kind(STR("multipart/form-data; boundary=\"a b\""), &b) == BODY_MULTIPART
          && str_eq(b, STR("a b")));
    CHECK(body_kind(STR("multipart/form-data"), &b) == BODY_OTHER);
    CHECK(body_kind(STR("multipart/form-data; boundary="), &b) == BODY_OTHER);
    CHECK(body_kind(STR("text/plain"), &b) == BODY_OTHER);
    CHECK(body_kind(STR("application/json"), &b) == BODY_OTHER);
}

int main(void)
{
    RUN(an_urlencoded_form_is_decoded);
    RUN(every_end_of_line_is_one_line_feed);
    RUN(what_is_no_text_is_refused_by_the_label_of_its_field);
    RUN(a_broken_escape_is_refused);
    RUN(too_many_fields_are_refused_before_memory_is_taken);
    RUN(what_is_written_is_read_again_as_the_same);
    RUN(a_multipart_form_has_texts_and_files);
    RUN(the_bytes_of_a_file_stay_as_they_are);
    RUN(escapes_in_a_part_s_name_are_those_of_browsers);
    RUN(what_no_browser_sends_is_refused);
    RUN(the_kind_is_what_the_content_type_says);
    arena_done(&mem);
    return DONE();
}
