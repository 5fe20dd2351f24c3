/* What the pages for those who hold a duty have in common. */
#include "web/staff.h"

#include "audit/audit.h"
#include "web/parts.h"
#include "web/audit_part.h"

#include "base/banned.h"

struct work_ref staff_ref(const struct req *r)
{
    return (struct work_ref){ req_param(r, "org"), req_int(r, "year"), 0 };
}

struct actor staff_actor(const struct req *r, unsigned duties)
{
    struct actor who = { r->person->account, { 0 } };

    for (int d = 0; d < DUTY_COUNT && !who.role.n; d++)
        if (r->person->duties & duties & DUTY_BIT(d))
            who.role = duty_word((enum duty)d);
    return who;
}

str staff_name(const struct req *r, str account)
{
    struct account found;
    struct err none;

    if (!account.n)
        return account;
    if (str_eq(account, STR("cli")))
        return req_message(r, "board.cli", NULL);
    return store_account(r->db, r->mem, account, &found, &none)
               ? found.name
               : req_message(r, "board.erased", NULL);
}

bool staff_put_organisation(struct req *r, struct value *page, struct organisation *out,
                            struct err *e)
{
    if (!store_organisation(r->db, r->mem, req_param(r, "org"), out, e))
        return false;
    part_put_organisation(r, page, out->key, out->name);
    page_crumb(r, page, req_message(r, "board.my_work", NULL), req_url(r, "/work"));
    return true;
}

bool staff_put_year(struct req *r, struct value *page, struct organisation *out, struct err *e)
{
    if (!staff_put_organisation(r, page, out, e))
        return false;
    page_crumb(r, page, out->name, req_url(r, "/w/%.*s", STR_ARG(out->key)));
    part_put_year(r, page, req_int(r, "year"));
    return true;
}

/* ---- days ---- */

static bool day_ms(const struct req *r, str day, int64_t *ms)
{
    return day.n && instant_parse(str_fmt(r->mem, "%.*sT00:00:00.000+09:00", STR_ARG(day)), ms);
}

void staff_put_day(const struct req *r, struct value *map, const char *key, str day)
{
    date d;

    if (!date_parse(day, &d))
        value_put_null(r->mem, map, key);
    else if (r->lang == LANG_JA)
        value_put_text(r->mem, map, key,
                       str_fmt(r->mem, "%d年%d月%d日", d.year, d.month, d.day));
    else
        value_put_text(r->mem, map, key, day);
}

void staff_put_date(const struct req *r, struct value *map, const char *key, date d)
{
    struct buf iso;

    buf_init(&iso, r->mem, 16, 16);
    if (d.year)
        date_put(&iso, d);
    staff_put_day(r, map, key, buf_str(&iso));
}

bool staff_is_over(const struct req *r, str day)
{
    const int64_t one_day = 86400000;
    int64_t ms;

    return day_ms(r, day, &ms) && r->now_ms >= ms + one_day;
}

/* ---- sections ---- */

bool staff_put_sections(struct req *r, struct value *map, const char *key, str organisation,
                        struct err *e)
{
    struct value *list = value_put_list(r->mem, map, key), *row = value_add_map(r->mem, list);
    struct organisation_list sections;

    value_put_text(r->mem, row, "value", STR(""));
    value_put_text(r->mem, row, "label", req_message(r, "board.planning_section", NULL));
    value_put_bool(r->mem, row, "is_name", false);
    if (!store_sections(r->db, r->mem, organisation, &sections, e))
        return false;
    for (uint32_t i = 0; i < sections.count; i++) {
        row = value_add_map(r->mem, list);
        value_put_text(r->mem, row, "value", sections.rows[i].key);
        value_put_text(r->mem, row, "label", sections.rows[i].name);
        value_put_bool(r->mem, row, "is_name", true);
    }
    return true;
}

/* ---- what becomes public ---- */

bool staff_audit(struct req *r, struct cycle_move *m, struct err *e)
{
    const struct plan_ref last = { m->ref.organisation, m->ref.fiscal_year - 1, 0 };
    struct plan *official = NEW(r->mem, struct plan, 1),
                *previous = NEW(r->mem, struct plan, 1);
    struct findings findings;

    if (!store_work_plan(r->db, r->mem, &m->ref, official, &m->made_of, e))
        return false;
    m->used_previous = store_plan(r->db, r->mem, &last, previous, e);
    if (!m->used_previous && e->code != ERR_NOT_FOUND)
        return false;
    audit_link(r->mem, official);
    if (!evidence_audit(r,
                        &(struct audit_input){ .plan = official,
                                               .previous = m->used_previous ? previous : NULL },
                        &findings, e))
        return false;
    m->official = official;
    m->findings = findings.items;
    m->finding_count = findings.count;
    m->audit_version = audit_version();
    return true;
}
