/* The settings of hearing: lists as lines of text, one item each, as people keep them; the rule
 * of the due date; what is erased when. What a code means is never changed by hand of this
 * page's: a code that was used stays, and is marked as not used any more. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_view.h"

#include <string.h>

#include "base/banned.h"

/* clang-format off */
const struct field VOICE_SETTINGS_FIELDS[] = {
    { "seen", INPUT_HASH, 0, false, { "見ていた記録", "The record that was seen" } },
    { "categories", INPUT_TEXT, 20000, true, { "分野", "Categories" } },
    { "ways", INPUT_TEXT, 20000, true, { "受付方法", "Ways in" } },
    { "boxes", INPUT_TEXT, 20000, false, { "改善箱の場所", "Boxes" } },
    { "kinds", INPUT_TEXT, 20000, true, { "回答の種類", "Kinds of response" } },
    { "statuses", INPUT_TEXT, 20000, true, { "対応状況", "Statuses" } },
    { "reasons", INPUT_TEXT, 20000, true, { "公開しない理由", "Reasons not to publish" } },
    { "door.*", INPUT_FLAG, 0, false, { "公開のページに出す入口", "Door on the public pages" } },
    { "days", INPUT_COUNT, 3, true, { "回答の期限(日)", "Days to answer" } },
    { "from_same_day", INPUT_FLAG, 0, false, { "受け付けた日を1日目と数える", "The day of receipt is the first" } },
    { "skips_closed", INPUT_FLAG, 0, false, { "閉庁日を数えない", "Closed days are not counted" } },
    { "rolls", INPUT_FLAG, 0, false, { "期限が閉庁日のときは次の開庁日にする", "A due day that is closed moves on" } },
    { "weekends_closed", INPUT_FLAG, 0, false, { "土曜日・日曜日は閉庁日", "Weekends are closed" } },
    { "holidays", INPUT_TEXT, 40000, false, { "閉庁日", "Holidays" } },
    { "retention_days", INPUT_COUNT, 6, false, { "終わってから受け取った文を消すまでの日数(0 は消さない)", "Days from closing to erasure (0: never)" } },
    { "four_eyes", INPUT_FLAG, 0, false, { "書いた人と承認する人を別にする", "Who wrote an answer does not approve it" } },
    { "template_warning", INPUT_COUNT, 4, true, { "同じ文の回答を知らせる件数", "Warn when a text answers so many others" } },
    { "text_max", INPUT_COUNT, 7, true, { "声の長さの上限(字)", "Longest voice, in characters" } },
    { "contact_max", INPUT_COUNT, 5, true, { "連絡先の長さの上限(字)", "Longest contact, in characters" } },
    { "flood_per_minute", INPUT_COUNT, 6, true, { "一つの接続元から1分に受ける件数", "From one address in a minute" } },
    { "flood_per_second", INPUT_COUNT, 6, true, { "全体で1秒に受ける件数", "In all in a second" } },
    { 0 },
};
/* clang-format on */

/* ---- lists as lines: code | Japanese | English | what else ---- */

static struct hearing_list *list_of(struct hearing *h, const char *name)
{
    return strcmp(name, "categories") == 0 ? &h->categories
           : strcmp(name, "ways") == 0     ? &h->ways
           : strcmp(name, "boxes") == 0    ? &h->boxes
           : strcmp(name, "kinds") == 0    ? &h->kinds
           : strcmp(name, "statuses") == 0 ? &h->statuses
                                           : &h->reasons;
}
static const char *const LISTS[] = { "categories", "ways",     "boxes",
                                     "kinds",      "statuses", "reasons" };
enum { LIST_COUNT = sizeof LISTS / sizeof LISTS[0] };

/* The words that may stand behind the labels. */
static const char NEEDS_TEXT[] = "本文が要る", FINAL[] = "終わり", RETIRED[] = "使わない";

static str list_text(const struct req *r, const struct hearing_list *list, bool has_stage)
{
    struct buf b;

    buf_init(&b, r->mem, 400, 40000);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct hearing_item *x = &list->rows[i];

        buf_fmt(&b, "%.*s | %.*s | %.*s", STR_ARG(x->code), STR_ARG(x->label[0]),
                STR_ARG(x->label[1]));
        if (has_stage)
            buf_fmt(&b, " | %s", stage_label(x->stage, 0));
        if (x->needs_text)
            buf_fmt(&b, " | %s", NEEDS_TEXT);
        if (x->is_final)
            buf_fmt(&b, " | %s", FINAL);
        if (x->is_retired)
            buf_fmt(&b, " | %s", RETIRED);
        buf_put_char(&b, '\n');
    }
    return buf_str(&b);
}

static bool stage_named(str word, enum voice_stage *out)
{
    for (int s = 0; s < STAGE_COUNT; s++) {
        *out = (enum voice_stage)s;
        if (str_eq(word, str_from(stage_label(*out, 0)))
            || str_eq(word, str_from(stage_label(*out, 1))) || str_eq(word, stage_word(*out)))
            return true;
    }
    return false;
}

/* False for a word that says nothing. */
static bool mark_read(struct hearing_item *x, str word, bool has_stage)
{
    if (str_eq(word, str_from(NEEDS_TEXT)) || str_eq(word, STR("needs-text")))
        x->needs_text = true;
    else if (str_eq(word, str_from(FINAL)) || str_eq(word, STR("final")))
        x->is_final = true;
    else if (str_eq(word, str_from(RETIRED)) || str_eq(word, STR("retired")))
        x->is_retired = true;
    else
        return has_stage && stage_named(word, &x->stage);
    return true;
}

/* "roads | 道路・公園 | Roads": what is wrong, "" for nothing. */
static str item_read(const struct req *r, str line, struct hearing_item *x, bool has_stage)
{
    str word;

    *x = (struct hearing_item){ 0 };
    line = str_cut(line, '|', &word);
    x->code = str_trim(word);
    line = str_cut(line, '|', &word);
    x->label[0] = str_trim(word);
    line = str_cut(line, '|', &word);
    x->label[1] = str_trim(word);
    if (!x->code.n || !x->label[0].n)
        return req_message(r, "hearing.bad_line", NULL);
    if (!x->label[1].n)
        x->label[1] = x->label[0];
    while (line.n) {
        line = str_cut(line, '|', &word);
        if (str_trim(word).n && !mark_read(x, str_trim(word), has_stage))
            return str_fmt(r->mem, "「%.*s」: %.*s", STR_ARG(str_trim(word)),
                           STR_ARG(req_message(r, "hearing.bad_mark", NULL)));
    }
    return (str){ 0 };
}

static void list_read(struct req *r, const char *name, struct hearing_list *out)
{
    const bool has_stage = strcmp(name, "statuses") == 0;
    str rest = req_field(r, name), line;

    *out = (struct hearing_list){ .rows = NEW(r->mem, struct hearing_item, HEARING_ITEMS_MAX) };
    while (rest.n) {
        str wrong;

        rest = str_cut(rest, '\n', &line);
        if (!str_trim(line).n)
            continue;
        if (out->count == HEARING_ITEMS_MAX) {
            req_fault(r, str_from(name), req_message(r, "hearing.too_many", NULL));
            return;
        }
        wrong = item_read(r, line, &out->rows[out->count++], has_stage);
        if (wrong.n)
            req_fault(r, str_from(name),
                      str_fmt(r->mem, "%.*s → %.*s", STR_ARG(str_trim(line)), STR_ARG(wrong)));
    }
}

/* ---- holidays as lines: 2025-01-13 成人の日; 01-01 元日 is one of every year ---- */

static str holidays_text(const struct req *r, const struct due_rule *due)
{
    struct buf b;

    buf_init(&b, r->mem, 400, 200000);
    for (uint32_t i = 0; i < due->holiday_count; i++) {
        const struct holiday *h = &due->holidays[i];

        if (h->on.year)
            date_put(&b, h->on);
        else
            buf_fmt(&b, "%02d-%02d", h->on.month, h->on.day);
        buf_fmt(&b, " %.*s\n", STR_ARG(h->name));
    }
    return buf_str(&b);
}

static bool holiday_read(const struct req *r, str line, struct holiday *out)
{
    str day;
    date leap;

    out->name = str_trim(str_cut(line, ' ', &day));
    if (date_parse(day, &out->on))
        return true;
    /* One of every year: a day that exists in a leap year. */
    if (day.n != 5 || !date_parse(str_fmt(r->mem, "2024-%.*s", STR_ARG(day)), &leap))
        return false;
    out->on = (date){ 0, leap.month, leap.day };
    return true;
}

static void holidays_read(struct req *r, struct due_rule *due)
{
    str rest = req_field(r, "holidays"), line;

    due->holidays = NEW(r->mem, struct holiday, HOLIDAYS_MAX);
    due->holiday_count = 0;
    while (rest.n && due->holiday_count < HOLIDAYS_MAX) {
        rest = str_cut(rest, '\n', &line);
        line = str_trim(line);
        if (line.n && !holiday_read(r, line, &due->holidays[due->holiday_count++]))
            req_fault(r, STR("holidays"),
                      str_fmt(r->mem, "%.*s → %.*s", STR_ARG(line),
                              STR_ARG(req_message(r, "hearing.bad_holiday", NULL))));
    }
}

/* ---- numbers and flags ---- */

enum { SCALARS = 6, FLAGS = 5 };
static const char *const NUMBERS[SCALARS] = { "retention_days",   "template_warning",
                                              "text_max",         "contact_max",
                                              "flood_per_minute", "flood_per_second" };

static int *number_of(struct hearing *h, size_t i)
{
    int *const numbers[SCALARS] = { &h->retention_days,   &h->template_warning,
                                    &h->text_max,         &h->contact_max,
                                    &h->flood_per_minute, &h->flood_per_second };

    return numbers[i];
}

static const char *const FLAG_NAMES[FLAGS] = { "from_same_day", "skips_closed", "rolls",
                                               "weekends_closed", "four_eyes" };

static bool *flag_of(struct hearing *h, size_t i)
{
    bool *const flags[FLAGS] = { &h->due.from_same_day, &h->due.skips_closed, &h->due.rolls,
                                 &h->due.weekends_closed, &h->four_eyes };

    return flags[i];
}

static int count_of(str digits)
{
    dec n;

    return dec_parse(digits, &n) && !n.scale ? (int)n.n : 0;
}

static str door_name(const struct req *r, int door)
{
    return str_fmt(r->mem, "door.%.*s", STR_ARG(door_word((enum voice_door)door)));
}

static void settings_read(struct req *r, struct hearing *h)
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        list_read(r, LISTS[i], list_of(h, LISTS[i]));
    for (size_t i = 0; i < SCALARS; i++)
        *number_of(h, i) = count_of(req_field(r, NUMBERS[i]));
    for (size_t i = 0; i < FLAGS; i++)
        *flag_of(h, i) = req_field(r, FLAG_NAMES[i]).n > 0;
    for (int d = 0; d < DOOR_COUNT; d++)
        h->shows_door[d] =
            req_field_fmt(r, "door.%.*s", STR_ARG(door_word((enum voice_door)d))).n > 0;
    h->due.days = count_of(req_field(r, "days"));
    holidays_read(r, &h->due);
}

/* ---- the page ---- */

static str number_text(const struct req *r, int n)
{
    return str_fmt(r->mem, "%d", n);
}

static void put_flag(struct form_part *f, const char *name, bool is)
{
    form_part_field(f, name, is ? STR("1") : (str){ 0 }, (str){ 0 });
}

static void put_due(const struct req *r, struct form_part *f, struct hearing *h)
{
    form_part_field(f, "days", number_text(r, h->due.days), (str){ 0 });
    for (size_t i = 0; i < FLAGS; i++)
        put_flag(f, FLAG_NAMES[i], *flag_of(h, i));
    form_part_field(f, "holidays", holidays_text(r, &h->due),
                    req_message(r, "hearing.hint_holidays", NULL));
}

static void put_form(struct hearing_view *v, bool is_back)
{
    const struct req *r = v->r;
    struct hearing *h = &v->stored.hearing;
    struct value *form = value_put_map(r->mem, v->page, "form");
    struct form_part f =
        form_part_begin(r, form, VOICE_SETTINGS_FIELDS, STR("settings"), is_back);

    value_put_text(r->mem, form, "url", hearing_url(v, "/settings"));
    value_put_text(r->mem, form, "seen",
                   hash_is_zero(v->stored.record) ? (str){ 0 }
                                                  : part_hash(r, v->stored.record));
    for (size_t i = 0; i < LIST_COUNT; i++)
        form_part_field(&f, LISTS[i],
                        list_text(r, list_of(h, LISTS[i]), strcmp(LISTS[i], "statuses") == 0),
                        req_message(r, "hearing.hint_list", NULL));
    for (int d = 0; d < DOOR_COUNT; d++) {
        form_part_field(&f, str_c(r->mem, door_name(r, d)),
                        h->shows_door[d] ? STR("1") : (str){ 0 },
                        str_from(door_label((enum voice_door)d, r->lang)));
    }
    put_due(r, &f, h);
    for (size_t i = 0; i < SCALARS; i++)
        form_part_field(&f, NUMBERS[i], number_text(r, *number_of(h, i)), (str){ 0 });
}

static bool settings_put(struct hearing_view *v, bool is_back, struct err *e)
{
    struct req *r = v->r;
    const bool may = v->whole & (DUTY_BIT(DUTY_LISTENER) | DUTY_BIT(DUTY_PLANNING));

    (void)e;
    hearing_crumb(v);
    value_put_bool(r->mem, v->page, "may_save", may);
    value_put_bool(r->mem, v->page, "is_saved", req_query(r, "done").n > 0 && !is_back);
    put_form(v, is_back);
    return true;
}

bool page_voice_settings(struct req *r, struct value *page, struct err *e)
{
    struct hearing_view v;

    if (!hearing_open(r, page, &v, e))
        return false;
    if (!hash_is_zero(v.stored.record))
        page_record_kept(r, page, v.stored.record, v.stored.at_ms);
    return settings_put(&v, false, e);
}

static str settings_text(const struct req *r, const struct hearing *h)
{
    struct buf b;

    buf_init(&b, r->mem, 8192, LIMIT_JSON_BYTES);
    json_put(&b, hearing_value(r->mem, h));
    return buf_str(&b);
}

/* Sent twice, or nothing changed: what stands says it already. */
static bool is_standing(const struct hearing_view *v, const struct hearing *typed)
{
    return !hash_is_zero(v->stored.record)
           && str_eq(settings_text(v->r, typed), settings_text(v->r, &v->stored.hearing));
}

static bool settings_save(struct req *r, const struct hearing *typed, struct err *e)
{
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_LISTENER) | DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct hearing checked;
    struct hearing_save save = { .organisation = req_param(r, "org"), .hearing = &checked };
    bool is_same;

    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &save.seen))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    return hearing_read(r->mem, hearing_value(r->mem, typed), &checked, e)
           && store_hearing_save(r->db, &stamp, &save, &is_same, e);
}

bool act_voice_settings(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct hearing_view v;
    struct hearing typed;

    if (!hearing_open(r, page, &v, e))
        return false;
    typed = v.stored.hearing;
    settings_read(r, &typed);
    if (req_is_fine(r)) {
        if (is_standing(&v, &typed) || settings_save(r, &typed, e)) {
            out->location = req_url_with(r, hearing_url(&v, "/settings"), "done", STR("1"));
            return true;
        }
        if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
            return false;
        out->status = e->code == ERR_CONFLICT ? 409 : 422;
        req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    }
    return settings_put(&v, true, e);
}
