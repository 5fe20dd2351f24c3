/* The sheet of a box for a month, as it is emptied: many slips at once, line by line, by
 * keyboard. Each line has a key of its own, made of the sheet's: what is sent twice, or sent
 * again after a line was mended, is one voice each. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/voice_view.h"

#include <stdio.h>

#include "base/banned.h"

enum { LINES = 10 };

/* clang-format off */
const struct field VOICE_BOX_FIELDS[] = {
    { "nonce", INPUT_LINE, 64, true, { "フォームの印", "Key of the form" } },
    { "place", INPUT_LINE, 40, true, { "改善箱の場所", "Place of the box" } },
    { "month", INPUT_LINE, 7, true, { "月(例: 2025-06)", "Month (2025-06)" } },
    { "line.*.day", INPUT_COUNT, 2, false, { "日", "Day" } },
    { "line.*.text", INPUT_TEXT, 20000, false, { "書かれていたこと", "What was written" } },
    { "line.*.category", INPUT_LINE, 40, false, { "分野", "Category" } },
    { "line.*.section", INPUT_LINE, 64, false, { "担当課", "Section" } },
    { 0 },
};
/* clang-format on */

static const char *line_name(const struct req *r, uint32_t line, const char *field)
{
    return str_c(r->mem, str_fmt(r->mem, "line.%u.%s", line, field));
}

/* ---- the page ---- */

static void put_line(const struct hearing_view *v, struct value *lines, uint32_t line,
                     bool is_back)
{
    const struct req *r = v->r;
    struct value *m = value_add_map(r->mem, lines), *choice;
    struct form_part f =
        form_part_begin(r, m, VOICE_BOX_FIELDS, str_fmt(r->mem, "box"), is_back);

    value_put_int(r->mem, m, "number", line);
    form_part_field(&f, line_name(r, line, "day"), (str){ 0 }, (str){ 0 });
    form_part_field(&f, line_name(r, line, "text"), (str){ 0 }, (str){ 0 });
    choice = form_part_choice(&f, line_name(r, line, "category"), (str){ 0 }, (str){ 0 });
    hearing_options(v, &f, choice, &v->stored.hearing.categories);
    choice = form_part_choice(&f, line_name(r, line, "section"), (str){ 0 }, (str){ 0 });
    hearing_sections(v, &f, choice);
}

static void put_sheet(const struct hearing_view *v, bool is_back)
{
    const struct req *r = v->r;
    struct value *sheet = value_put_map(r->mem, v->page, "sheet"), *lines, *choice;
    struct form_part f = form_part_begin(r, sheet, VOICE_BOX_FIELDS, STR("box"), is_back);
    const str month = req_query(r, "month");

    value_put_text(r->mem, sheet, "url", hearing_url(v, "/box"));
    value_put_text(r->mem, sheet, "nonce",
                   is_back ? req_field(r, "nonce") : voice_nonce(r->mem));
    choice = form_part_choice(&f, "place", req_query(r, "place"), (str){ 0 });
    hearing_options(v, &f, choice, &v->stored.hearing.boxes);
    form_part_field(&f, "month", month.n ? month : str_take(hearing_iso(r, v->today), 7),
                    req_message(r, "hearing.hint_month", NULL));
    lines = value_put_list(r->mem, sheet, "lines");
    for (uint32_t i = 1; i <= LINES; i++)
        put_line(v, lines, i, is_back);
}

static bool open_page(struct req *r, struct value *page, struct hearing_view *v, struct err *e)
{
    const str saved = req_query(r, "saved");
    struct value *words = value_map(r->mem);

    if (!hearing_open(r, page, v, e))
        return false;
    hearing_crumb(v);
    value_put_text(r->mem, words, "n", saved);
    value_put_text_or_null(r->mem, page, "saved",
                           saved.n ? req_message(r, "hearing.box_saved", words) : (str){ 0 });
    value_put_text_or_null(r->mem, page, "settings_url",
                           v->stored.hearing.boxes.count ? (str){ 0 }
                                                         : hearing_url(v, "/settings"));
    return true;
}

bool page_voice_box(struct req *r, struct value *page, struct err *e)
{
    struct hearing_view v;

    if (!open_page(r, page, &v, e))
        return false;
    put_sheet(&v, false);
    return true;
}

/* ---- the slips ---- */

struct slips {
    const struct voice_submission *all[LINES];
    uint32_t line[LINES]; /* in which each stands */
    uint32_t count;
};

/* The day of a line; the first of the month where none is said, since a box is emptied later
 * than it was filled. Year 0: there is no such day. */
static date line_day(const struct req *r, uint32_t line, str month)
{
    const str day = req_field_fmt(r, "line.%u.day", line);
    const str two = !day.n ? STR("01") : day.n == 1 ? str_fmt(r->mem, "0%c", day.p[0]) : day;

    return hearing_day(str_fmt(r->mem, "%.*s-%.*s", STR_ARG(month), STR_ARG(two)));
}

static void slip_read(struct req *r, const struct stamp *stamp, uint32_t line,
                      struct slips *out)
{
    const str month = req_field(r, "month");
    struct voice_submission *one = NEW(r->mem, struct voice_submission, 1);

    *one = (struct voice_submission){
        .organisation = req_param(r, "org"),
        .stamp = stamp,
        .door = DOOR_BOX,
        .way = STR("box"),
        .place = req_field(r, "place"),
        .text = req_field_fmt(r, "line.%u.text", line),
        .category = req_field_fmt(r, "line.%u.category", line),
        .section = req_field_fmt(r, "line.%u.section", line),
        .received = line_day(r, line, month),
        .nonce = str_fmt(r->mem, "%.*s/%u", STR_ARG(req_field(r, "nonce")), line),
    };
    if (!one->text.n)
        return;
    if (!one->received.year)
        req_fault(r, str_from(line_name(r, line, "day")),
                  req_message(r, "hearing.no_day", NULL));
    out->line[out->count] = line;
    out->all[out->count++] = one;
}

static void slips_read(struct req *r, const struct stamp *stamp, struct slips *out)
{
    if (!hearing_day(str_fmt(r->mem, "%.*s-01", STR_ARG(req_field(r, "month")))).year)
        req_fault(r, STR("month"), req_message(r, "hearing.no_month", NULL));
    for (uint32_t i = 1; i <= LINES; i++)
        slip_read(r, stamp, i, out);
    if (!out->count)
        req_fault(r, str_from(line_name(r, 1, "text")),
                  req_message(r, "hearing.no_line", NULL));
}

static bool slips_take(struct req *r, const struct slips *s, struct err *e)
{
    struct voice_taken *taken = NEW(r->mem, struct voice_taken, LINES);

    if (!store_voice_receive_many(r->db, s->all, s->count, taken, e))
        return false;
    for (uint32_t i = 0; i < s->count; i++)
        if (!taken[i].ok)
            req_fault(r, str_from(line_name(r, s->line[i], "text")),
                      str_dup(r->mem, str_from(taken[i].why.text)));
    return true;
}

bool act_voice_box(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = { r->person->account, duty_word(DUTY_LISTENER) };
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct slips slips = { 0 };
    struct hearing_view v;
    str url;

    slips_read(r, &stamp, &slips);
    if (req_is_fine(r) && !slips_take(r, &slips, e))
        return false;
    if (!req_is_fine(r)) {
        if (!open_page(r, page, &v, e))
            return false;
        put_sheet(&v, true);
        return true;
    }
    url = req_url(r, "/w/%.*s/voices/box", STR_ARG(req_param(r, "org")));
    url = req_url_with(r, url, "place", req_field(r, "place"));
    url = req_url_with(r, url, "month", req_field(r, "month"));
    out->location = req_url_with(r, url, "saved", str_fmt(r->mem, "%u", slips.count));
    return true;
}
