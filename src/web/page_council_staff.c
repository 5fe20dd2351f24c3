/* The ward council, kept by the planning section or whoever hears the public: seats and terms,
 * meetings with their papers and minutes. All of it is public as soon as it is saved. */
#include "web/body.h"
#include "web/council_part.h"
#include "web/pages.h"
#include "web/staff.h"

#include "base/banned.h"

enum {
    COUNCIL_WRITERS = DUTY_BIT(DUTY_PLANNING) | DUTY_BIT(DUTY_LISTENER),
    NEW_SEATS = 3,
};

/* clang-format off */
const struct field COUNCIL_FIELDS[] = {
    { "seen", INPUT_HASH, 0, false, { "見ていた記録", "The record that was seen" } },
    { "title", INPUT_LINE, 100, true, { "会議の名前", "Name of the council" } },
    { "basis", INPUT_LINE, 200, false, { "根拠", "Basis" } },
    { "seat.*.kind", INPUT_LINE, 60, false, { "区分", "Kind of seat" } },
    { "seat.*.body", INPUT_LINE, 100, false, { "推薦した団体", "Proposed by" } },
    { "seat.*.name", INPUT_LINE, 60, false, { "公表する名前", "Name, if published" } },
    { "seat.*.from", INPUT_DAY, 0, false, { "任期の始まり", "Term from" } },
    { "seat.*.to", INPUT_DAY, 0, false, { "任期の終わり", "Term to" } },
    { "survey.*", INPUT_FLAG, 0, false, { "委員アンケート", "Survey among members" } },
    { 0 },
};
const struct field MEETING_FIELDS[] = {
    { "seen", INPUT_HASH, 0, false, { "見ていた記録", "The record that was seen" } },
    { "title", INPUT_LINE, 100, true, { "会議の名前", "Name" } },
    { "group", INPUT_LINE, 60, false, { "部会", "Group" } },
    { "state", INPUT_LINE, 10, true, { "状態", "State" } },
    { "year", INPUT_COUNT, 4, false, { "年度", "Fiscal year" } },
    { "day", INPUT_DAY, 0, false, { "開催日", "Day" } },
    { "from", INPUT_LINE, 5, false, { "始まり", "From" } },
    { "to", INPUT_LINE, 5, false, { "終わり", "To" } },
    { "place", INPUT_LINE, 100, false, { "場所", "Place" } },
    { "reason", INPUT_LINE, 400, false, { "中止の理由", "Why it was cancelled" } },
    { "agenda", INPUT_TEXT, 6000, false, { "議題", "Agenda" } },
    { "present.*", INPUT_FLAG, 0, false, { "出席", "Present" } },
    { "watching", INPUT_COUNT, 6, false, { "傍聴者の数", "Listeners" } },
    { "minutes", INPUT_TEXT, 20000, false, { "議事の要旨", "Minutes" } },
    { "published", INPUT_DAY, 0, false, { "議事録の公表日", "Minutes published on" } },
    { "keep.*", INPUT_FLAG, 0, false, { "残す資料", "Papers that stay" } },
    { "paper_title", INPUT_LINE, 100, false, { "資料の題", "Title of the paper" } },
    { "paper", INPUT_FILE, 0, false, { "資料のファイル", "File of the paper" } },
    { 0 },
};
/* clang-format on */

static str staff_url(const struct council_view *v, const char *below)
{
    return req_url(v->r, "/w/%.*s/council%s", STR_ARG(v->ward.key), below);
}

static bool may_write(const struct req *r)
{
    return (r->person->duties & COUNCIL_WRITERS) != 0;
}

/* A field of a row of the form: what was typed, or what stands. */
static void put_typed(const struct req *r, struct value *map, const char *key, str name,
                      str stands)
{
    value_put_text(r->mem, map, key,
                   r->form ? req_field_fmt(r, "%.*s.%s", STR_ARG(name), key) : stands);
}

/* ---- the council ---- */

static void put_seat_row(const struct council_view *v, struct value *list,
                         const struct council_seat *seat, str key)
{
    struct req *r = v->r;
    struct value *row = value_add_map(r->mem, list);
    const str name = str_fmt(r->mem, "seat.%.*s", STR_ARG(key));
    const struct council_seat none = { 0 };
    const struct council_seat *s = seat ? seat : &none;

    value_put_text(r->mem, row, "key", key);
    value_put_bool(r->mem, row, "is_new", !seat);
    put_typed(r, row, "kind", name, s->kind);
    put_typed(r, row, "body", name, s->body);
    put_typed(r, row, "name", name, s->name);
    put_typed(r, row, "from", name, council_iso(r, s->from));
    put_typed(r, row, "to", name, council_iso(r, s->to));
}

static bool put_surveys(const struct council_view *v, struct value *form, struct err *e)
{
    struct req *r = v->r;
    struct value *list = value_put_list(r->mem, form, "surveys");
    struct survey_rows rows;

    if (!store_surveys(r->db, r->mem, v->ward.key, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct council *c = &v->stored.council;
        struct value *one = value_add_map(r->mem, list);
        bool is_linked = false;

        for (uint32_t k = 0; k < c->survey_count; k++)
            is_linked |= str_eq(c->surveys[k].key, rows.rows[i].key);
        value_put_text(r->mem, one, "key", rows.rows[i].key);
        value_put_text(r->mem, one, "title", rows.rows[i].title);
        value_put_bool(r->mem, one, "is_linked",
                       r->form
                           ? req_field_fmt(r, "survey.%.*s", STR_ARG(rows.rows[i].key)).n > 0
                           : is_linked);
    }
    return true;
}

static bool put_council_form(const struct council_view *v, struct err *e)
{
    struct req *r = v->r;
    const struct council *c = &v->stored.council;
    struct value *form = value_put_map(r->mem, v->page, "form"), *list;

    value_put_text(r->mem, form, "url", staff_url(v, ""));
    value_put_text_or_null(r->mem, form, "seen",
                           v->has_council ? part_hash(r, v->stored.record) : (str){ 0 });
    page_field(r, form, "title",
               v->has_council ? c->title : req_message(r, "council.short", NULL));
    page_field(r, form, "basis", c->basis);
    list = value_put_list(r->mem, form, "seats");
    for (uint32_t i = 0; i < c->seat_count; i++)
        put_seat_row(v, list, &c->seats[i], c->seats[i].key);
    for (int i = 1; i <= NEW_SEATS; i++)
        put_seat_row(v, list, NULL, str_fmt(r->mem, "new-%d", i));
    return put_surveys(v, form, e);
}

static bool council_staff_put(struct req *r, struct value *page, struct err *e)
{
    const struct meeting_ref all = { .organisation = req_param(r, "org") };
    struct meeting_rows rows = { 0 };
    struct council_view v;
    struct value *list;

    if (!council_open(r, page, "council.title_staff", &v, e)
        || (v.has_council && !store_meetings(r->db, r->mem, &all, &rows, e)))
        return false;
    page_crumb(r, page, v.ward.name, req_url(r, "/w/%.*s", STR_ARG(v.ward.key)));
    list = value_put_list(r->mem, page, "meetings");
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct meeting *m = &rows.rows[i].meeting;
        struct value *one = value_add_map(r->mem, list);

        part_put_year(r, one, m->fiscal_year);
        council_put_meeting(&v, one, m);
        value_put_text(r->mem, one, "edit_url",
                       req_url(r, "/w/%.*s/council/%d/%d", STR_ARG(v.ward.key), m->fiscal_year,
                               m->number));
    }
    value_put_text(r->mem, page, "new_url", staff_url(&v, "/new"));
    value_put_text(r->mem, page, "public_url", council_url(&v, ""));
    value_put_bool(r->mem, page, "may_write", may_write(r));
    return put_council_form(&v, e);
}

bool page_council_staff(struct req *r, struct value *page, struct err *e)
{
    return council_staff_put(r, page, e);
}

/* A key for a seat that has none yet: s1, s2, … the first that is free. */
static str free_key(struct req *r, const struct council *c)
{
    for (uint32_t n = c->seat_count + 1;; n++) {
        const str key = str_fmt(r->mem, "s%u", n);

        if (!council_seat(c, key))
            return key;
    }
}

static bool day_typed(const struct req *r, str key, const char *what, date *out)
{
    const str text = req_field_fmt(r, "seat.%.*s.%s", STR_ARG(key), what);

    *out = (date){ 0 };
    return !text.n || date_parse(text, out);
}

/* The seats as they were typed. A row without a kind is a seat that is taken out, or one that
 * was not filled. */
static bool seats_typed(struct req *r, struct council *c, struct err *e)
{
    const uint32_t rows = req_field_count(r, "seat.*.kind");

    c->seats = NEW(r->mem, struct council_seat, rows);
    for (uint32_t i = 0; i < rows && i < COUNCIL_SEATS_MAX; i++) {
        struct council_seat *s = &c->seats[c->seat_count];
        str key;
        const str kind = req_field_at(r, "seat.*.kind", i, &key);

        if (!kind.n)
            continue;
        *s = (struct council_seat){
            .key = str_starts(key, STR("new-")) ? free_key(r, c) : key,
            .kind = kind,
            .body = req_field_fmt(r, "seat.%.*s.body", STR_ARG(key)),
            .name = req_field_fmt(r, "seat.%.*s.name", STR_ARG(key)),
        };
        if (!day_typed(r, key, "from", &s->from) || !day_typed(r, key, "to", &s->to))
            return err_set(e, ERR_INPUT, "「%.*s」の任期の日が正しくありません。",
                           STR_ARG(kind));
        c->seat_count++;
    }
    return true;
}

static bool surveys_typed(struct req *r, str organisation, struct council *c, struct err *e)
{
    struct survey_rows rows;

    if (!store_surveys(r->db, r->mem, organisation, &rows, e))
        return false;
    c->surveys = NEW(r->mem, struct council_survey, rows.count);
    for (uint32_t i = 0; i < rows.count; i++)
        if (req_field_fmt(r, "survey.%.*s", STR_ARG(rows.rows[i].key)).n)
            c->surveys[c->survey_count++] =
                (struct council_survey){ rows.rows[i].fiscal_year, rows.rows[i].key };
    return true;
}

/* What was typed, checked as a record would be read back. */
static bool council_typed(struct req *r, str organisation, struct council *c, struct err *e)
{
    struct council again;

    *c = (struct council){ .title = req_field(r, "title"), .basis = req_field(r, "basis") };
    return seats_typed(r, c, e) && surveys_typed(r, organisation, c, e)
           && council_read(r->mem, council_value(r->mem, c), &again, e);
}

bool act_council(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = staff_actor(r, COUNCIL_WRITERS);
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    const str org = req_param(r, "org");
    struct council council;
    struct council_save save = { .organisation = org, .council = &council };
    bool is_same;

    if (!req_is_fine(r))
        return council_staff_put(r, page, e);
    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &save.seen))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    if (council_typed(r, org, &council, e)
        && store_council_save(r->db, &stamp, &save, &is_same, e)) {
        out->location = req_url(r, "/w/%.*s/council", STR_ARG(org));
        return true;
    }
    if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    return council_staff_put(r, page, e);
}

/* ---- a meeting ---- */

/* The meeting of the address; a new one when it names none. */
static bool meeting_open(struct req *r, bool is_new, struct meeting_stored *out, struct err *e)
{
    struct meeting_ref ref = { .organisation = req_param(r, "org") };

    *out = (struct meeting_stored){ .meeting = { .state = MEETING_PLANNED } };
    if (is_new)
        return true;
    ref.fiscal_year = req_int(r, "year");
    ref.number = req_int(r, "meeting");
    return store_meeting(r->db, r->mem, &ref, out, e);
}

static str agenda_text(const struct req *r, const struct meeting *m)
{
    struct buf b;

    buf_init(&b, r->mem, 256, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < m->agenda_count; i++) {
        buf_put(&b, m->agenda[i]);
        buf_put_char(&b, '\n');
    }
    return buf_str(&b);
}

static void put_states(const struct req *r, struct value *form, enum meeting_state now)
{
    struct value *list = value_put_list(r->mem, form, "states");
    const str chosen = req_typed(r, "state", meeting_state_word(now));

    for (int s = 0; s < MEETING_STATE_COUNT; s++) {
        const str word = meeting_state_word((enum meeting_state)s);
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "value", word);
        value_put_bool(r->mem, one, "is_chosen", str_eq(word, chosen));
    }
}

static bool was_present(const struct meeting *m, str key)
{
    for (uint32_t i = 0; i < m->present_count; i++)
        if (str_eq(m->present[i], key))
            return true;
    return false;
}

/* Those who sat on it that day; of a new meeting, those who sit now. */
static void put_attendance(const struct council_view *v, struct value *form,
                           const struct meeting *m)
{
    struct req *r = v->r;
    const struct council *c = &v->stored.council;
    struct value *list = value_put_list(r->mem, form, "seats");
    date day = m->day.year ? m->day : v->today;

    if (r->form && !date_parse(req_field(r, "day"), &day))
        day = v->today;
    for (uint32_t i = 0; i < c->seat_count; i++) {
        const str key = c->seats[i].key;
        struct value *one;

        if (!council_sits(&c->seats[i], day) && !was_present(m, key))
            continue;
        one = value_add_map(r->mem, list);
        council_put_seat(v, one, &c->seats[i]);
        value_put_bool(r->mem, one, "is_present",
                       r->form ? req_field_fmt(r, "present.%.*s", STR_ARG(key)).n > 0
                               : was_present(m, key));
    }
}

static void put_papers(const struct council_view *v, struct value *form,
                       const struct meeting *m)
{
    struct req *r = v->r;
    struct value *list = value_put_list(r->mem, form, "documents");

    for (uint32_t i = 0; i < m->document_count; i++) {
        const str hash = part_hash(r, m->documents[i].hash);
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "hash", hash);
        value_put_text(r->mem, one, "title", m->documents[i].title);
        value_put_text(r->mem, one, "url", part_blob_url(r, m->documents[i].hash));
        value_put_bool(r->mem, one, "is_kept",
                       !r->form || req_field_fmt(r, "keep.%.*s", STR_ARG(hash)).n > 0);
    }
}

static void put_meeting_form(const struct council_view *v, const struct meeting_stored *stored)
{
    struct req *r = v->r;
    const struct meeting *m = &stored->meeting;
    struct value *form = value_put_map(r->mem, v->page, "form");

    value_put_text(r->mem, form, "url",
                   m->number ? req_url(r, "/w/%.*s/council/%d/%d", STR_ARG(v->ward.key),
                                       m->fiscal_year, m->number)
                             : staff_url(v, "/new"));
    value_put_text_or_null(r->mem, form, "seen",
                           m->number ? part_hash(r, stored->record) : (str){ 0 });
    page_field(r, form, "title", m->title);
    page_field(r, form, "group", m->group);
    page_field(r, form, "day", council_iso(r, m->day));
    page_field(r, form, "from", m->from);
    page_field(r, form, "to", m->to);
    page_field(r, form, "place", m->place);
    page_field(r, form, "reason", m->reason);
    page_field(r, form, "agenda", agenda_text(r, m));
    page_field(r, form, "watching",
               m->watching ? str_fmt(r->mem, "%u", m->watching) : (str){ 0 });
    page_field(r, form, "minutes", m->minutes);
    page_field(r, form, "published", council_iso(r, m->published));
    page_field(r, form, "paper_title", (str){ 0 });
    put_states(r, form, m->state);
    put_attendance(v, form, m);
    put_papers(v, form, m);
}

static bool meeting_put(struct req *r, struct value *page, bool is_new, struct err *e)
{
    struct meeting_stored stored;
    struct council_view v;

    if (!meeting_open(r, is_new, &stored, e)
        || !council_open(r, page, "council.title_staff", &v, e))
        return false;
    page_crumb(r, page, v.ward.name, req_url(r, "/w/%.*s", STR_ARG(v.ward.key)));
    page_crumb(r, page, req_message(r, "council.short", NULL), staff_url(&v, ""));
    value_put_bool(r->mem, page, "is_new", is_new);
    value_put_text_or_null(r->mem, page, "public_url",
                           is_new ? (str){ 0 } : meeting_url(&v, &stored.meeting));
    value_put_text_or_null(
        r->mem, page, "opinion_url",
        is_new ? (str){ 0 }
               : req_url_with(r,
                              req_url_with(r,
                                           req_url_with(r,
                                                        req_url(r, "/w/%.*s/voices/new",
                                                                STR_ARG(v.ward.key)),
                                                        "door", STR("council")),
                                           "year",
                                           str_fmt(r->mem, "%d", stored.meeting.fiscal_year)),
                              "meeting", str_fmt(r->mem, "%d", stored.meeting.number)));
    value_put_bool(r->mem, page, "may_write", may_write(r));
    put_meeting_form(&v, &stored);
    return true;
}

bool page_meeting_new(struct req *r, struct value *page, struct err *e)
{
    return meeting_put(r, page, true, e);
}

bool page_meeting_staff(struct req *r, struct value *page, struct err *e)
{
    return meeting_put(r, page, false, e);
}

/* One item a line. */
static void agenda_typed(struct req *r, struct meeting *m)
{
    str rest = req_field(r, "agenda"), line;

    m->agenda = NEW(r->mem, str, MEETING_AGENDA_MAX + 1);
    while (rest.n && m->agenda_count <= MEETING_AGENDA_MAX) {
        rest = str_cut(rest, '\n', &line);
        line = str_trim(line);
        if (line.n)
            m->agenda[m->agenda_count++] = line;
    }
}

static void present_typed(struct req *r, struct meeting *m)
{
    const uint32_t count = req_field_count(r, "present.*");

    m->present = NEW(r->mem, str, count);
    for (uint32_t i = 0; i < count; i++) {
        str key;

        if (req_field_at(r, "present.*", i, &key).n)
            m->present[m->present_count++] = key;
    }
}

/* Papers that stay are those whose box is ticked. */
static void papers_typed(struct req *r, const struct meeting *before, struct meeting *m)
{
    m->documents = NEW(r->mem, struct meeting_document, before->document_count);
    m->document_count = 0;
    for (uint32_t i = 0; i < before->document_count; i++)
        if (req_field_fmt(r, "keep.%.*s", STR_ARG(part_hash(r, before->documents[i].hash))).n)
            m->documents[m->document_count++] = before->documents[i];
}

static bool meeting_typed(struct req *r, const struct meeting *before, struct meeting *m,
                          struct err *e)
{
    struct meeting again;
    dec watching = { 0 };

    *m = (struct meeting){ .fiscal_year = before->fiscal_year,
                           .number = before->number,
                           .title = req_field(r, "title"),
                           .group = req_field(r, "group"),
                           .from = req_field(r, "from"),
                           .to = req_field(r, "to"),
                           .place = req_field(r, "place"),
                           .reason = req_field(r, "reason"),
                           .minutes = req_field(r, "minutes") };
    if (!meeting_state_parse(req_field(r, "state"), &m->state))
        return err_set(e, ERR_INPUT, "会議の状態を選んでください。");
    if (!date_parse(req_field(r, "day"), &m->day))
        m->day = (date){ 0 };
    if (!date_parse(req_field(r, "published"), &m->published))
        m->published = (date){ 0 };
    if (dec_parse(req_field(r, "watching"), &watching))
        m->watching = (uint32_t)watching.n;
    agenda_typed(r, m);
    present_typed(r, m);
    papers_typed(r, before, m);
    if (!m->number)
        m->fiscal_year = m->day.year ? date_fiscal_year(m->day) : 0;
    if (!m->fiscal_year)
        return err_set(e, ERR_INPUT, "開催日(予定の日)を書いてください。");
    return meeting_read(r->mem, meeting_value(r->mem, m), &again, e);
}

static bool meeting_act(struct req *r, struct value *page, struct outcome *out, bool is_new,
                        struct err *e)
{
    const struct actor who = staff_actor(r, COUNCIL_WRITERS);
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    const str org = req_param(r, "org");
    struct meeting_file file = { 0 };
    struct meeting_stored before;
    struct form_file sent;
    struct meeting m;
    struct meeting_save save = { .organisation = org, .meeting = &m, .files = &file };
    struct meeting_saved saved;

    if (!req_is_fine(r))
        return meeting_put(r, page, is_new, e);
    if (!meeting_open(r, is_new, &before, e))
        return false;
    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &save.seen))
        return err_set(e, ERR_INPUT, "送られた内容が足りません。ページを開き直してください。");
    if (req_file(r, "paper", &sent)) {
        file = (struct meeting_file){ req_field(r, "paper_title"), sent.file_name, sent.bytes };
        if (!file.title.n)
            file.title = sent.file_name;
        save.file_count = 1;
    }
    if (meeting_typed(r, &before.meeting, &m, e)
        && store_meeting_save(r->db, r->mem, &stamp, &save, &saved, e)) {
        out->location =
            req_url(r, "/w/%.*s/council/%d/%d", STR_ARG(org), m.fiscal_year, saved.number);
        return true;
    }
    if (e->code != ERR_INPUT && e->code != ERR_CONFLICT)
        return false;
    out->status = e->code == ERR_CONFLICT ? 409 : 422;
    req_fault(r, (str){ 0 }, str_dup(r->mem, str_from(e->text)));
    return meeting_put(r, page, is_new, e);
}

bool act_meeting_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    return meeting_act(r, page, out, true, e);
}

bool act_meeting(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    return meeting_act(r, page, out, false, e);
}
