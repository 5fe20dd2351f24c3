/* What the staff's pages of voices have in common. */
#include "web/voice_part.h"

#include "web/parts.h"
#include "web/staff.h"

#include "base/banned.h"

/* ---- whose ---- */

static bool own_find(struct hearing_view *v, struct err *e)
{
    struct req *r = v->r;
    struct duty_place at = { v->ward.key, { 0 }, r->now_ms };

    v->is_own = NEW(r->mem, bool, v->sections.count);
    if (!store_duties(r->db, r->person->account, &at, &v->whole, e))
        return false;
    for (uint32_t i = 0; i < v->sections.count; i++) {
        unsigned here;

        at.section = v->sections.rows[i].key;
        if (!store_duties(r->db, r->person->account, &at, &here, e))
            return false;
        v->is_own[i] = here & VOICE_READERS;
    }
    return true;
}

bool hearing_open(struct req *r, struct value *page, struct hearing_view *out, struct err *e)
{
    *out = (struct hearing_view){ .r = r, .page = page, .today = date_of_instant(r->now_ms) };
    return staff_put_organisation(r, page, &out->ward, e)
           && store_hearing(r->db, r->mem, out->ward.key, &out->stored, e)
           && store_sections(r->db, r->mem, out->ward.key, &out->sections, e)
           && own_find(out, e);
}

void hearing_crumb(const struct hearing_view *v)
{
    page_crumb(v->r, v->page, req_message(v->r, "hearing.h1", NULL), hearing_url(v, ""));
}

str hearing_url(const struct hearing_view *v, const char *below)
{
    return req_url(v->r, "/w/%.*s/voices%s", STR_ARG(v->ward.key), below);
}

str voice_url(const struct hearing_view *v, int fiscal_year, int number, const char *below)
{
    return req_url(v->r, "/w/%.*s/voices/%d/%d%s", STR_ARG(v->ward.key), fiscal_year, number,
                   below);
}

str voice_label(const struct req *r, int fiscal_year, int number)
{
    struct buf b;

    buf_init(&b, r->mem, 24, 40);
    voice_number_put(&b, fiscal_year, number);
    return buf_str(&b);
}

/* ---- what things are called ---- */

str hearing_label(const struct req *r, const struct hearing_list *list, str code)
{
    const struct hearing_item *item = code.n ? hearing_find(list, code) : NULL;

    return item ? item->label[r->lang] : code;
}

str hearing_section(const struct hearing_view *v, str key)
{
    for (uint32_t i = 0; i < v->sections.count; i++)
        if (str_eq(v->sections.rows[i].key, key))
            return v->sections.rows[i].name;
    return key;
}

void hearing_put_label(const struct req *r, struct value *map, const char *key,
                       const char *key_lang, str label)
{
    value_put_text_or_null(r->mem, map, key, label);
    value_put_text(r->mem, map, key_lang, page_lang_of(r, label));
}

/* ---- days ---- */

str hearing_iso(const struct req *r, date d)
{
    struct buf b;

    buf_init(&b, r->mem, 16, 16);
    if (d.year)
        date_put(&b, d);
    return buf_str(&b);
}

str hearing_left(const struct req *r, date due)
{
    const int64_t days =
        due.year ? date_number(due) - date_number(date_of_instant(r->now_ms)) : 0;
    struct value *words = value_map(r->mem);

    if (!due.year)
        return (str){ 0 };
    value_put_int(r->mem, words, "n", days < 0 ? -days : days);
    return req_message(r,
                       days < 0   ? "hearing.overdue_by"
                       : days > 0 ? "hearing.days_left"
                                  : "hearing.due_today",
                       words);
}

date hearing_day(str iso)
{
    date d;

    return date_parse(iso, &d) ? d : (date){ 0 };
}

/* ---- choices ---- */

void hearing_options(const struct hearing_view *v, struct form_part *f, struct value *choice,
                     const struct hearing_list *list)
{
    const str now = value_text(choice, "value");

    form_part_option(f, choice, STR(""), req_message(v->r, "hearing.choose", NULL));
    for (uint32_t i = 0; i < list->count; i++) {
        const struct hearing_item *item = &list->rows[i];

        if (!item->is_retired || str_eq(item->code, now))
            form_part_option(f, choice, item->code, item->label[v->r->lang]);
    }
}

void hearing_sections(const struct hearing_view *v, struct form_part *f, struct value *choice)
{
    form_part_option(f, choice, STR(""), req_message(v->r, "hearing.choose", NULL));
    for (uint32_t i = 0; i < v->sections.count; i++)
        form_part_option(f, choice, v->sections.rows[i].key, v->sections.rows[i].name);
}

/* ---- many at once ---- */

static bool batch_take(struct req *r, const struct voice_submission *all, uint32_t count,
                       struct voices_taken *out, struct err *e)
{
    const struct voice_submission **these = NEW(r->mem, const struct voice_submission *, count);
    struct voice_taken *taken = NEW(r->mem, struct voice_taken, count);

    for (uint32_t i = 0; i < count; i++)
        these[i] = &all[i];
    if (!store_voice_receive_many(r->db, these, count, taken, e))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!taken[i].ok && !out->refused++)
            out->why = str_dup(r->mem, str_from(taken[i].why.text));
        else if (taken[i].ok && taken[i].receipt.is_same)
            out->same_ones++;
        else if (taken[i].ok)
            out->new_ones++;
    }
    return true;
}

bool hearing_take(struct req *r, const struct voice_submission *all, uint32_t count,
                  struct voices_taken *out, struct err *e)
{
    enum { BATCH = 250 };

    *out = (struct voices_taken){ 0 };
    for (uint32_t at = 0; at < count; at += BATCH)
        if (!batch_take(r, all + at, count - at < BATCH ? count - at : BATCH, out, e))
            return false;
    return true;
}

void hearing_put_taken(const struct hearing_view *v, const struct voices_taken *taken)
{
    struct req *r = v->r;
    struct value *words = value_map(r->mem), *m;

    if (!taken) {
        value_put_null(r->mem, v->page, "taken");
        return;
    }
    value_put_int(r->mem, words, "n", taken->new_ones);
    value_put_int(r->mem, words, "same", taken->same_ones);
    value_put_int(r->mem, words, "refused", taken->refused);
    m = value_put_map(r->mem, v->page, "taken");
    value_put_text(r->mem, m, "says", req_message(r, "hearing.taken_says", words));
    value_put_text_or_null(r->mem, m, "refused",
                           taken->refused ? req_message(r, "hearing.taken_refused", words)
                                          : (str){ 0 });
    value_put_text_or_null(r->mem, m, "why", taken->why);
    value_put_text(r->mem, m, "url", hearing_url(v, ""));
}
