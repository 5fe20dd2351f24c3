/* The desk of a survey, for the section that makes it: where it stands, what comes next, and
 * the forms for it: answers in, invitations out, the end of answering, the release. */
#include "web/body.h"
#include "web/form_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/survey_incoming.h"
#include "web/survey_part.h"

#include "base/banned.h"

enum { CODES_MAX = 2000, ECHO_BYTES = 400 * 1000 };

/* clang-format off */
const struct field SURVEY_ANSWERS_FIELDS[] = {
    { "do", INPUT_LINE, 10, false, { "すること", "What to do" } },
    { "file", INPUT_FILE, 0, false, { "ファイル(CSV または Excel)", "File (CSV or Excel)" } },
    { "text", INPUT_TEXT, 400000, false, { "表を貼り付ける", "Or paste the table" } },
    { 0 },
};
const struct field SURVEY_COLLECT_FIELDS[] = {
    { "do", INPUT_LINE, 10, false, { "すること", "What to do" } },
    { 0 },
};
const struct field SURVEY_INVITE_FIELDS[] = {
    { "count", INPUT_COUNT, 4, true, { "作る数", "How many" } },
    { 0 },
};
const struct field SURVEY_STATE_FIELDS[] = {
    { "do", INPUT_LINE, 10, true, { "すること", "What to do" } },
    { 0 },
};
const struct field SURVEY_RELEASE_FIELDS[] = {
    { "reason", INPUT_LINE, 400, false, { "公表の理由や経緯(記録に残ります)", "Why (kept in the record)" } },
    { 0 },
};
/* clang-format on */

/* ---- the list ---- */

static str desk_url(const struct req *r, str key)
{
    return req_url(r, "/w/%.*s/surveys/%.*s", STR_ARG(req_param(r, "org")), STR_ARG(key));
}

bool page_survey_desks(struct req *r, struct value *page, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "surveys");
    struct organisation o;
    struct survey_work_rows rows;

    if (!staff_put_organisation(r, page, &o, e)
        || !store_survey_works(r->db, r->mem, o.key, &rows, e))
        return false;
    page_crumb(r, page, o.name, req_url(r, "/w/%.*s", STR_ARG(o.key)));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct survey_work_row *row = &rows.rows[i];
        struct value *v = value_add_map(r->mem, list);

        value_put_text(r->mem, v, "key", row->key);
        value_put_text(r->mem, v, "title", row->title);
        part_put_year(r, v, row->fiscal_year);
        value_put_bool(r->mem, v, "is_public", row->is_public);
        value_put_bool(r->mem, v, "is_closed", row->is_closed);
        value_put_int(r->mem, v, "answers", (int64_t)row->rows);
        value_put_text(r->mem, v, "url", desk_url(r, row->key));
    }
    value_put_bool(r->mem, page, "has_surveys", rows.count > 0);
    value_put_text(r->mem, page, "new_url", req_url(r, "/w/%.*s/surveys/new", STR_ARG(o.key)));
    return true;
}

/* ---- one ---- */

struct desk {
    struct req *r;
    struct value *page;
    struct survey_incoming *in;
    str echo;   /* the table that was read, to be mended in its field */
    str *codes; /* new invitations */
    uint32_t code_count;
};

static void put_address(const struct desk *d, const char *key, const char *tail)
{
    value_put_text(d->r->mem, d->page, key,
                   req_url(d->r, "/w/%.*s/surveys/%.*s/%s", STR_ARG(d->in->ref.organisation),
                           STR_ARG(d->in->ref.key), tail));
}

static void put_addresses(const struct desk *d)
{
    const struct survey_work *w = &d->in->work;
    struct req *r = d->r;

    put_address(d, "edit_url", "edit");
    put_address(d, "tally_url", "tally");
    put_address(d, "answers_url", "answers");
    put_address(d, "collect_url", "collect");
    put_address(d, "invite_url", "invite");
    put_address(d, "state_url", "state");
    put_address(d, "release_url", "release");
    put_address(d, "preview_url", "preview");
    value_put_text_or_null(r->mem, d->page, "public_url",
                           w->is_public ? req_url(r, "/o/%.*s/surveys/%.*s",
                                                  STR_ARG(d->in->ref.organisation),
                                                  STR_ARG(d->in->ref.key))
                                        : (str){ 0 });
    value_put_text_or_null(r->mem, d->page, "answer_url",
                           w->is_public || w->invited
                               ? req_url(r, "/o/%.*s/surveys/%.*s/answer",
                                         STR_ARG(d->in->ref.organisation),
                                         STR_ARG(d->in->ref.key))
                               : (str){ 0 });
}

static void put_facts(const struct desk *d)
{
    const struct survey_work *w = &d->in->work;
    const struct survey *s = &w->stored.survey;
    struct arena *a = d->r->mem;

    value_put_text(a, d->page, "title", s->title);
    part_put_year(d->r, d->page, s->fiscal_year);
    value_put_text(a, d->page, "population", s->population);
    value_put_text(a, d->page, "sampling", sampling_word(s->sampling));
    value_put_int(a, d->page, "questions", s->question_count);
    value_put_bool(a, d->page, "has_answers", w->stored.has_tally);
    value_put_int(a, d->page, "answers", (int64_t)w->stored.tally.rows);
    value_put_bool(a, d->page, "is_public", w->is_public);
    value_put_bool(a, d->page, "is_waiting", w->is_waiting);
    value_put_bool(a, d->page, "is_closed", s->is_closed);
    value_put_int(a, d->page, "invited", (int64_t)w->invited);
    value_put_int(a, d->page, "used", (int64_t)w->used);
    value_put_bool(a, d->page, "has_invited", w->invited > 0);
    value_put_bool(a, d->page, "has_used", w->used > 0);
    value_put_bool(a, d->page, "may_release",
                   (d->r->person->duties & DUTY_BIT(DUTY_PLANNING)) != 0 && w->is_waiting);
    value_put_bool(a, d->page, "is_saved", str_eq(req_query(d->r, "done"), STR("saved")));
    value_put_bool(a, d->page, "is_released", str_eq(req_query(d->r, "done"), STR("released")));
}

static void put_forms(const struct desk *d)
{
    struct req *r = d->r;
    struct form_part f =
        form_part_begin(r, value_put_map(r->mem, d->page, "upload"), SURVEY_ANSWERS_FIELDS,
                        STR("answers"), r->form && r->route->fields == SURVEY_ANSWERS_FIELDS);

    (void)form_part_field(&f, "file", (str){ 0 }, req_message(r, "desk.file_says", NULL));
    (void)form_part_field(&f, "text", (str){ 0 }, req_message(r, "desk.text_says", NULL));
    for (struct value *v = f.fields->last->first; v && d->echo.n; v = v->next)
        if (str_eq(v->key, STR("value"))) /* what the file held, instead of what was typed */
            v->text = d->echo;
    f = form_part_begin(r, value_put_map(r->mem, d->page, "invite"), SURVEY_INVITE_FIELDS,
                        STR("invite"), r->form && r->route->fields == SURVEY_INVITE_FIELDS);
    (void)form_part_field(&f, "count", (str){ 0 }, req_message(r, "desk.count_says", NULL));
    f = form_part_begin(r, value_put_map(r->mem, d->page, "release"), SURVEY_RELEASE_FIELDS,
                        STR("release"), r->form && r->route->fields == SURVEY_RELEASE_FIELDS);
    (void)form_part_field(&f, "reason", (str){ 0 }, (str){ 0 });
}

/* Told only on this page: what is kept is their hash. */
static void put_codes(const struct desk *d, const str *codes, uint32_t count)
{
    struct req *r = d->r;
    struct value *map = value_put_map(r->mem, d->page, "codes");
    struct value *list = value_put_list(r->mem, map, "list");
    struct buf csv;

    buf_init(&csv, r->mem, 4096, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < count; i++) {
        value_put_text(r->mem, value_add_map(r->mem, list), "code", codes[i]);
        buf_fmt(&csv, "%u,%.*s\n", i + 1, STR_ARG(codes[i]));
    }
    value_put_text(r->mem, map, "csv", buf_str(&csv));
    value_put_int(r->mem, map, "count", count);
}

static bool desk_head(struct desk *d, struct err *e)
{
    struct organisation o;

    if (!staff_put_organisation(d->r, d->page, &o, e))
        return false;
    page_crumb(d->r, d->page, o.name, req_url(d->r, "/w/%.*s", STR_ARG(o.key)));
    page_crumb(d->r, d->page, req_message(d->r, "survey.list", NULL),
               req_url(d->r, "/w/%.*s/surveys", STR_ARG(o.key)));
    page_title(d->r, d->page, d->in->work.stored.survey.title);
    return true;
}

static bool desk_put(struct desk *d, struct err *e)
{
    if (!desk_head(d, e))
        return false;
    put_facts(d);
    put_addresses(d);
    put_forms(d);
    if (d->code_count)
        put_codes(d, d->codes, d->code_count);
    else
        value_put_null(d->r->mem, d->page, "codes");
    survey_incoming_put(d->r, d->page, d->in);
    return true;
}

static bool desk_load(struct desk *d, struct err *e)
{
    d->in = NEW(d->r->mem, struct survey_incoming, 1);
    return survey_incoming_load(d->r, d->in, e);
}

bool page_survey_desk(struct req *r, struct value *page, struct err *e)
{
    struct desk d = { .r = r, .page = page };

    return desk_load(&d, e) && desk_put(&d, e);
}

/* ---- answers in ---- */

/* What was read, counted and perhaps stored, is shown at the desk; a conflict and what is no
 * table at all is a fault of the field. */
static bool take(struct desk *d, str name, str bytes, struct outcome *out, struct err *e)
{
    struct req *r = d->r;

    if (!survey_incoming_read(r, d->in, name, bytes, e)
        || (str_eq(req_field(r, "do"), STR("store")) && !survey_incoming_keep(r, d->in, e))) {
        if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
            return false;
        d->in->bytes = (str){ 0 };
        req_fault(r, STR("do"), str_dup(r->mem, str_from(e->text)));
        return desk_put(d, e);
    }
    out->status = d->in->is_good ? 200 : 422;
    if (!d->in->is_applied)
        return desk_put(d, e);
    out->status = 200;
    return store_survey_work(r->db, r->mem, &d->in->ref, &d->in->work, e) && desk_put(d, e);
}

bool act_survey_answers(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct desk d = { .r = r, .page = page };
    struct form_file file;
    enum text_encoding encoding;
    str name = req_message(r, "desk.pasted", NULL), bytes = req_field(r, "text");

    if (!desk_load(&d, e))
        return false;
    if (req_file(r, "file", &file)) {
        name = file.file_name;
        bytes = file.bytes;
        if (bytes.n <= ECHO_BYTES && !text_decode(r->mem, name, bytes, &d.echo, &encoding, e))
            d.echo = (str){ 0 }; /* a workbook: nothing to be mended here */
    }
    if (!bytes.n)
        req_fault(r, STR("file"), req_message(r, "desk.nothing", NULL));
    return req_is_fine(r) ? take(&d, name, bytes, out, e) : desk_put(&d, e);
}

bool act_survey_collect(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct desk d = { .r = r, .page = page };
    str csv;

    return desk_load(&d, e)
           && store_survey_replies(r->db, r->mem, &d.in->ref, &d.in->work.stored.survey, &csv,
                                   e)
           && take(&d, req_message(r, "desk.collected", NULL), csv, out, e);
}

/* ---- invitations out ---- */

bool act_survey_invite(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct desk d = { .r = r, .page = page };
    dec count = { 0, 0 };

    (void)out;
    if (!desk_load(&d, e))
        return false;
    if (req_is_fine(r)
        && (!dec_parse(req_field(r, "count"), &count) || count.n < 1 || count.n > CODES_MAX))
        req_fault(r, STR("count"), req_message(r, "desk.count_says", NULL));
    d.code_count = req_is_fine(r) ? (uint32_t)count.n : 0;
    d.codes = NEW(r->mem, str, d.code_count + 1);
    return (!d.code_count
            || (store_survey_invite(r->db, r->mem, &d.in->ref, d.code_count, d.codes, e)
                && store_survey_work(r->db, r->mem, &d.in->ref, &d.in->work, e)))
           && desk_put(&d, e);
}

/* ---- the end of answering, the release ---- */

bool act_survey_state(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct desk d = { .r = r, .page = page };
    const struct actor who = staff_actor(r, DUTIES_WRITE);
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct survey_work_save todo = { .organisation = req_param(r, "org") };
    enum change_kind change;

    if (!desk_load(&d, e))
        return false;
    todo.survey = &d.in->work.stored.survey;
    todo.seen = d.in->work.stored.record;
    d.in->work.stored.survey.is_closed = !str_eq(req_field(r, "do"), STR("open"));
    if (!req_is_fine(r))
        return desk_put(&d, e);
    if (!store_survey_work_save(r->db, &stamp, &todo, &change, e))
        return false;
    out->location = desk_url(r, d.in->ref.key);
    return true;
}

bool act_survey_release(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct desk d = { .r = r, .page = page };
    const struct actor who = staff_actor(r, DUTY_BIT(DUTY_PLANNING));
    const struct stamp stamp = { &who, r->now_ms, req_field(r, "reason") };
    enum change_kind change;

    if (!desk_load(&d, e))
        return false;
    if (!req_is_fine(r))
        return desk_put(&d, e);
    if (!store_survey_release(r->db, &stamp, &d.in->ref, &change, e))
        return false;
    out->location = req_url_with(r, desk_url(r, d.in->ref.key), "done", STR("released"));
    return true;
}
