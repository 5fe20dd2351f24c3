/* What must I do now? One row and one link each, the most urgent first; below, what I did. */
#include "web/actual_part.h"
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_part.h"

#include "base/banned.h"

enum { TASKS_ON_A_PAGE = 20, DONE_ROWS = 10 };

/* ---- to do ---- */

static str task_word(const struct task *t)
{
    switch (t->kind) {
    case TASK_WRITE:
        return STR("write");
    case TASK_RETURNED:
        return STR("returned");
    case TASK_APPROVE:
        return STR("approve");
    case TASK_MOVE:
        return STR("move");
    case TASK_DECIDE:
        return STR("decide");
    case TASK_KIND_COUNT:
        break;
    }
    return (str){ 0 };
}

static str task_url(const struct req *r, const struct task *t)
{
    const str year = str_fmt(r->mem, "/w/%.*s/%d", STR_ARG(t->organisation), t->fiscal_year);
    const str step = step_word(t->step);

    if (t->kind == TASK_MOVE)
        return req_url(r, "%.*s#moves", STR_ARG(year));
    if (t->kind == TASK_DECIDE)
        return req_url(r, "%.*s/commitments", STR_ARG(year));
    if (t->kind == TASK_APPROVE)
        return req_url(r, "%.*s/%d", STR_ARG(year), t->number);
    return req_url(r, "%.*s/%d/%.*s", STR_ARG(year), t->number, STR_ARG(step));
}

/* "3 安全なまち", or what move the year waits for. */
static str task_subject(const struct req *r, const struct task *t)
{
    if (t->kind == TASK_MOVE)
        return str_from(move_rule(t->move)->label[r->lang]);
    if (t->kind == TASK_DECIDE)
        return req_message(r, "my_work.promises", NULL);
    return str_fmt(r->mem, "%d %.*s", t->number, STR_ARG(t->title));
}

static void put_task(const struct req *r, struct value *row, const struct task *t)
{
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, row, "kind", task_word(t));
    value_put_text(r->mem, row, "subject", task_subject(r, t));
    value_put_text(r->mem, row, "url", task_url(r, t));
    value_put_text(r->mem, row, "organisation_name", t->organisation_name);
    part_put_year(r, row, t->fiscal_year);
    value_put_text_or_null(r->mem, row, "step",
                           t->kind == TASK_MOVE || t->kind == TASK_DECIDE ? (str){ 0 }
                                                                          : step_word(t->step));
    staff_put_day(r, row, "due_label", t->due);
    value_put_bool(r->mem, row, "is_overdue", staff_is_over(r, t->due));
    value_put_text_or_null(r->mem, row, "comment",
                           t->kind == TASK_RETURNED ? t->comment : (str){ 0 });
    value_put_int(r->mem, words, "n", t->empty);
    value_put_text_or_null(r->mem, row, "empty",
                           t->empty ? req_message(r,
                                                  t->kind == TASK_DECIDE ? "my_work.undecided"
                                                                         : "board.empty",
                                                  words)
                                    : (str){ 0 });
}

/* ---- voices that wait ---- */

static void put_voice(const struct req *r, struct value *row, const struct voice_task *t)
{
    value_put_text(r->mem, row, "wait", voice_wait_word(t->wait));
    value_put_text(r->mem, row, "label", voice_label(r, t->fiscal_year, t->number));
    value_put_text_or_null(r->mem, row, "summary", t->summary);
    value_put_text(r->mem, row, "url",
                   req_url(r, "/w/%.*s/voices/%d/%d%s", STR_ARG(t->organisation),
                           t->fiscal_year, t->number,
                           t->part ? str_c(r->mem, str_fmt(r->mem, "#part-%u", t->part))
                                   : "#whole"));
    value_put_text(r->mem, row, "organisation_name", t->organisation_name);
    value_put_text_or_null(r->mem, row, "comment",
                           t->wait == WAIT_RETURNED ? t->comment : (str){ 0 });
    staff_put_date(r, row, "due_label", t->due);
    value_put_text_or_null(r->mem, row, "left", hearing_left(r, t->due));
    value_put_bool(r->mem, row, "is_overdue", t->is_overdue);
}

static bool put_voices(struct req *r, struct value *page, uint32_t *count, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "voices"), *words = value_map(r->mem);
    struct voice_task_rows rows;

    if (!store_voice_tasks(r->db, r->mem, r->person->account, r->now_ms, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count && i < TASKS_ON_A_PAGE; i++)
        put_voice(r, value_add_map(r->mem, list), &rows.rows[i]);
    *count = rows.total;
    value_put_bool(r->mem, page, "has_voices", rows.total > 0);
    value_put_int(r->mem, words, "n", rows.total);
    value_put_text_or_null(r->mem, page, "more_voices",
                           rows.total > TASKS_ON_A_PAGE
                               ? req_message(r, "my_work.more_voices", words)
                               : (str){ 0 });
    return true;
}

/* ---- done ---- */

static str done_url(const struct req *r, const struct record *record, int year, int number)
{
    const str survey = STR("work/survey/");
    str key;

    if (str_starts(record->entity, survey)) {
        (void)str_cut(str_skip(record->entity, survey.n), '/', &key);
        return req_url(r, "/w/%.*s/surveys/%.*s", STR_ARG(record->organisation), STR_ARG(key));
    }
    if (number)
        return req_url(r, "/w/%.*s/%d/%d", STR_ARG(record->organisation), year, number);
    return year ? req_url(r, "/w/%.*s/%d", STR_ARG(record->organisation), year)
                : req_url(r, "/w/%.*s", STR_ARG(record->organisation));
}

/* "work/2025/sheet/3": its year and number; 0 where it has none. */
static void entity_read(str entity, int *year, int *number)
{
    str part;
    dec n;

    *year = *number = 0;
    for (int i = 0; entity.n; i++) {
        entity = str_cut(entity, '/', &part);
        if (!dec_parse(part, &n) || n.scale || n.n < 0 || n.n > 99999)
            continue;
        if (i == 1)
            *year = (int)n.n;
        else if (i == 3)
            *number = (int)n.n;
    }
}

/* "voice/2025/123/look", "opinion/2025/123": a voice, and where it is worked on. */
static bool put_done_voice(const struct req *r, struct value *row, const struct record *record)
{
    str rest = record->entity, kind, part;
    dec year, number;

    rest = str_cut(rest, '/', &kind);
    if (!str_eq(kind, STR("voice")) && !str_eq(kind, STR("opinion")))
        return false;
    rest = str_cut(rest, '/', &part);
    if (!dec_parse(part, &year))
        return false;
    (void)str_cut(rest, '/', &part);
    if (!dec_parse(part, &number))
        return false;
    part_put_time(r, row, record->at_ms);
    value_put_text(r->mem, row, "what", record->kind);
    value_put_text(r->mem, row, "year_label", voice_label(r, (int)year.n, (int)number.n));
    value_put_null(r->mem, row, "number");
    value_put_text(r->mem, row, "url",
                   req_url(r, "/w/%.*s/voices/%d/%d", STR_ARG(record->organisation),
                           (int)year.n, (int)number.n));
    return true;
}

static void put_done(const struct req *r, struct value *row, const struct record *record)
{
    int year, number;

    if (put_done_voice(r, row, record))
        return;
    entity_read(record->entity, &year, &number);
    part_put_time(r, row, record->at_ms);
    value_put_text(r->mem, row, "what", record->kind);
    value_put_text_or_null(r->mem, row, "year_label",
                           year ? part_year_label(r, year) : (str){ 0 });
    if (number)
        value_put_int(r->mem, row, "number", number);
    else
        value_put_null(r->mem, row, "number");
    value_put_text(r->mem, row, "url", done_url(r, record, year, number));
}

/* "news": [{name, n, url}]: organisations whose evidence proposes actuals that this person may
 * decide about. */
static bool add_news(struct req *r, struct value *list, const struct organisation *o,
                     struct err *e)
{
    struct value *words = value_map(r->mem), *row;
    uint32_t n;

    if (!actual_news_count(r, o->key, &n, e))
        return false;
    if (!n)
        return true;
    row = value_add_map(r->mem, list);
    value_put_int(r->mem, words, "n", n);
    value_put_text(r->mem, row, "key", o->key);
    value_put_text(r->mem, row, "organisation_name", o->name);
    value_put_text(r->mem, row, "subject", req_message(r, "my_work.proposals", words));
    value_put_text(r->mem, row, "url", req_url(r, "/w/%.*s/proposals", STR_ARG(o->key)));
    return true;
}

/* The ward of a grant: a section's duties lead to the ward that it belongs to. */
static bool ward_of(struct req *r, str organisation, struct organisation *out, struct err *e)
{
    return store_organisation(r->db, r->mem, organisation, out, e)
           && (!str_eq(out->kind, STR("section")) || !out->parent.n
               || store_organisation(r->db, r->mem, out->parent, out, e));
}

static void add_place(struct req *r, struct value *list, const struct organisation *o,
                      unsigned duties)
{
    struct value *row = value_add_map(r->mem, list);

    value_put_text(r->mem, row, "name", o->name);
    value_put_text(r->mem, row, "url", req_url(r, "/w/%.*s", STR_ARG(o->key)));
    value_put_text_or_null(r->mem, row, "voices_url",
                           duties & VOICE_READERS
                               ? req_url(r, "/w/%.*s/voices", STR_ARG(o->key))
                               : (str){ 0 });
}

/* Where to go without a task: the years of the organisations in which a duty is held, each
 * once. */
static bool put_places(struct req *r, struct value *page, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "places");
    struct value *news = value_put_list(r->mem, page, "news");
    struct organisation *wards;
    struct grant_rows held;
    unsigned *duties;
    uint32_t count = 0;

    if (!store_grants(r->db, r->mem, r->person->account, (str){ 0 }, &held, e))
        return false;
    wards = NEW(r->mem, struct organisation, held.count + 1);
    duties = NEW(r->mem, unsigned, held.count + 1);
    for (uint32_t i = 0; i < held.count; i++) {
        uint32_t k = 0;

        if (!ward_of(r, held.rows[i].organisation, &wards[count], e))
            return false;
        while (!str_eq(wards[k].key, wards[count].key))
            k++;
        count += k == count;
        duties[k] |= DUTY_BIT(held.rows[i].duty);
    }
    for (uint32_t i = 0; i < count; i++) {
        if ((duties[i] & DUTIES_WRITE) && !add_news(r, news, &wards[i], e))
            return false;
        add_place(r, list, &wards[i], duties[i]);
    }
    value_put_bool(r->mem, page, "has_news", news->count > 0);
    value_put_bool(r->mem, page, "has_places", count > 0);
    return true;
}

bool page_my_work(struct req *r, struct value *page, struct err *e)
{
    const struct page_of shown = req_page_of(r, TASKS_ON_A_PAGE);
    struct value *tasks = value_put_list(r->mem, page, "tasks");
    struct value *done = value_put_list(r->mem, page, "done");
    struct record_rows written;
    struct task_rows rows;
    uint32_t voices;

    if (!put_voices(r, page, &voices, e)
        || !store_tasks(r->db, r->mem, r->person->account, r->now_ms, &rows, e)
        || !store_written_by(r->db, r->mem, r->person->account, DONE_ROWS, &written, e))
        return false;
    for (uint32_t i = shown.offset; i < rows.count && i < shown.offset + shown.limit; i++)
        put_task(r, value_add_map(r->mem, tasks), &rows.rows[i]);
    for (uint32_t i = 0; i < written.count; i++)
        put_done(r, value_add_map(r->mem, done), &written.rows[i]);
    value_put_bool(r->mem, page, "has_tasks", rows.count > 0);
    value_put_bool(r->mem, page, "is_idle", rows.count + voices == 0);
    value_put_bool(r->mem, page, "has_done", written.count > 0);
    page_put_pages(r, page, shown, rows.count);
    return put_places(r, page, e);
}
