/* Plans into records. A plan becomes one record for its head, one for each initiative and one
 * for what the audit found, so that history, difference and "as of" are told for each
 * initiative alone. What is the same as before makes no record: importing a file twice changes
 * nothing. */
#include "store/work_inner.h"
#include "store/blob.h"

#include <stdlib.h>

#include "base/banned.h"

/* One thing that the document wants to say of an entity. */
struct wanted {
    str kind, entity, title;
    const struct value *tree;
};

struct noted {
    struct entity_change change;
    struct noted *next;
};

/* A batch being stored, or only looked at. */
struct import {
    struct conn *c;
    struct arena *a; /* the report lives here */
    const struct stamp *stamp;
    bool apply;
    uint32_t item; /* being stored */
    uint32_t records;
    struct noted *first, **last;
    uint32_t count;
};

/* ---- can it be stored? ---- */

static int by_value(const void *x, const void *y)
{
    const int *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

static bool numbers_differ(const struct plan *p, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    int *numbers = NEW(&mem, int, p->initiative_count);

    for (uint32_t i = 0; i < p->initiative_count; i++)
        numbers[i] = p->initiatives[i].number;
    qsort(numbers, p->initiative_count, sizeof *numbers, by_value);
    for (uint32_t i = 1; i < p->initiative_count; i++)
        if (numbers[i] == numbers[i - 1])
            return err_set(e, ERR_INPUT,
                           "取組項目%dが2つあります。番号を直してから取り込んでください。",
                           numbers[i]);
    return true;
}

static bool state_is_known(str state)
{
    static const str STATES[] = { STR_INIT("draft"),    STR_INIT("proposal"),
                                  STR_INIT("adopted"),  STR_INIT("revised"),
                                  STR_INIT("midyear"),  STR_INIT("evaluated"),
                                  STR_INIT("published") };

    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        if (str_eq(STATES[i], state))
            return true;
    return false;
}

bool import_item_check(const struct import_item *item, struct err *e)
{
    const struct plan *p = item->plan;

    if (!organisation_key_is_valid(p->organisation_code))
        return err_set(e, ERR_INPUT,
                       "団体の記号「%.*s」は使えません。6桁の団体コード(最後は検査数字)か、"
                       "英小文字で始まる英数字とハイフン(2~40字)にしてください。",
                       STR_ARG(p->organisation_code));
    if (p->fiscal_year < FISCAL_MIN || p->fiscal_year > FISCAL_MAX)
        return err_set(e, ERR_INPUT,
                       "年度が分かりません。--year 2019 のように西暦で指定してください。");
    if (!state_is_known(item->state))
        return err_set(e, ERR_INPUT,
                       "段階「%.*s」はありません。draft, proposal, adopted, revised, midyear, "
                       "evaluated, published のどれかにしてください。",
                       STR_ARG(item->state));
    if (!p->initiative_count)
        return err_set(
            e, ERR_INPUT,
            "取組項目が見つかりません。運営方針の様式の文書かどうか確かめてください。");
    return numbers_differ(p, e);
}

/* ---- what the document wants to say ---- */

static str hex_of(struct arena *a, struct hash h)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    hash_put(&b, h);
    return buf_str(&b);
}

static struct value *source_value(struct arena *a, const struct import_item *item)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "source", hex_of(a, item->plan->source_hash));
    value_put_text(a, v, "name", item->plan->source_name);
    value_put_int(a, v, "bytes", (int64_t)item->bytes.n);
    return v;
}

static struct value *plan_value(struct arena *a, const struct import_item *item)
{
    struct value *v = model_plan_head_value(a, item->plan);
    struct value *numbers = value_put_list(a, v, "numbers");

    for (uint32_t i = 0; i < item->plan->initiative_count; i++)
        value_add_int(a, numbers, item->plan->initiatives[i].number);
    value_put_text(a, v, "state", item->state);
    return v;
}

/* ---- comparing, noting, storing ---- */

static void note(struct import *m, enum change_kind kind, str organisation,
                 const struct wanted *w, const struct record *before)
{
    struct noted *one = NEW(m->a, struct noted, 1);
    struct err ignored;
    struct value *tree;

    one->change.kind = kind;
    one->change.item = m->item;
    one->change.organisation = str_dup(m->a, organisation);
    one->change.entity = str_dup(m->a, w->entity);
    one->change.title = str_dup(m->a, w->title);
    if (kind == CHANGE_CHANGED && body_tree(m->a, str_dup(m->a, before->body), &tree, &ignored))
        record_diff(m->a, tree, w->tree, &one->change.fields, &one->change.field_count);
    for (uint32_t i = 0; i < one->change.field_count; i++) {
        struct field_change *f = &one->change.fields[i];

        f->path = str_dup(m->a, f->path);
        f->before = str_dup(m->a, f->before);
        f->after = str_dup(m->a, f->after);
    }
    *m->last = one;
    m->last = &one->next;
    m->count++;
}

/* *hash is that of the record which now says so; zero when it would be a new one. */
static bool say(struct import *m, struct arena *a, str organisation, const struct wanted *w,
                struct hash *hash, struct err *e)
{
    struct draft d = { .organisation = organisation, .kind = w->kind, .entity = w->entity };
    const struct entity_ref ref = { organisation, w->entity, 0 };
    struct record before, after;

    d.body = body_put(a, w->tree);
    if (!d.body.n)
        return err_set(e, ERR_INPUT, "%.*s が大きすぎます。", STR_ARG(w->entity));
    if (!record_find(m->c, a, &ref, &before, e))
        return false;
    if (before.seq && str_eq(before.body, d.body)) {
        *hash = before.hash;
        note(m, CHANGE_SAME, organisation, w, NULL);
        return true;
    }
    m->records++;
    note(m, before.seq ? CHANGE_CHANGED : CHANGE_NEW, organisation, w, &before);
    *hash = (struct hash){ { 0 } };
    if (!m->apply)
        return true;
    d.replaces = before.hash;
    if (!record_commit(m->c, m->stamp, &d, &after, e))
        return false;
    *hash = after.hash;
    return true;
}

/* ---- one document ---- */

/* A dry run stores nothing, so a second document of the batch would find the organisation
 * missing again. */
static bool is_announced(const struct import *m, str organisation)
{
    for (const struct noted *n = m->first; n; n = n->next)
        if (str_eq(n->change.entity, STR("organisation"))
            && str_eq(n->change.organisation, organisation))
            return true;
    return false;
}

static bool say_organisation(struct import *m, struct arena *a, const struct import_item *item,
                             struct err *e)
{
    const str key = item->plan->organisation_code;
    const str name = item->organisation_name.n ? item->organisation_name : key;
    const struct organisation o = { key, name, store_organisation_kind(name), { 0 } };
    const struct wanted w = { STR("organisation"), STR("organisation"), name,
                              organisation_value(a, &o) };
    struct organisation known;
    struct hash hash;

    if ((!m->apply && is_announced(m, key)) || store_organisation(m->c, a, key, &known, e))
        return true;
    return e->code == ERR_NOT_FOUND && say(m, a, key, &w, &hash, e);
}

static bool say_source(struct import *m, struct arena *a, const struct import_item *item,
                       struct err *e)
{
    const struct plan *p = item->plan;
    const struct wanted w = { STR("source"), entity_source(a, p->source_hash), p->source_name,
                              source_value(a, item) };
    struct hash hash;

    return (!m->apply || blob_save(m->c, a, p->source_hash, item->bytes, e))
           && say(m, a, p->organisation_code, &w, &hash, e);
}

static bool say_initiatives(struct import *m, struct arena *a, const struct import_item *item,
                            struct hash *hashes, struct err *e)
{
    const struct plan *p = item->plan;

    for (uint32_t i = 0; i < p->initiative_count; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        const struct initiative *one = &p->initiatives[i];
        const struct wanted w = { STR("initiative"),
                                  entity_initiative(a, p->fiscal_year, one->number),
                                  one->title.v, model_initiative_value(&mem, one, true) };

        if (!say(m, &mem, p->organisation_code, &w, &hashes[i], e))
            return false;
    }
    return true;
}

/* Initiatives that the plan listed until now and lists no more. */
static bool note_gone(struct import *m, struct arena *a, const struct plan *p, struct err *e)
{
    AUTO(query_end) struct query q = query_on(m->c, Q_INITIATIVE_RECORDS);
    bool is_row;

    put_text(&q, p->organisation_code);
    put_int(&q, p->fiscal_year);
    while (query_step(&q, &is_row, e) && is_row) {
        const int number = (int)take_int(&q);
        bool stays = false;

        for (uint32_t i = 0; i < p->initiative_count && !stays; i++)
            stays = p->initiatives[i].number == number;
        if (!stays) {
            const struct wanted w = {
                STR("initiative"), entity_initiative(a, p->fiscal_year, number), { 0 }, NULL
            };

            note(m, CHANGE_GONE, p->organisation_code, &w, NULL);
        }
    }
    return !is_row;
}

static bool say_plan(struct import *m, struct arena *a, const struct import_item *item,
                     struct hash *hash, struct err *e)
{
    const struct plan *p = item->plan;
    const struct wanted w = { STR("plan"), entity_plan(a, p->fiscal_year), p->title.v,
                              plan_value(a, item) };

    return note_gone(m, a, p, e) && say(m, a, p->organisation_code, &w, hash, e);
}

/* The records of last year's plan, which the audit looked at too. */
static bool put_previous(struct conn *c, struct arena *a, struct value *judged,
                         const struct plan *p, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_PLAN_HASHES);
    struct value *list = value_put_list(a, judged, "previous");
    bool is_row;

    put_text(&q, p->organisation_code);
    put_int(&q, p->fiscal_year - 1);
    while (query_step(&q, &is_row, e) && is_row)
        value_add_text(a, list, hex_of(a, take_hash(&q)));
    return !is_row;
}

/* Findings are derived: they say from which records and by which version of the rules
 * (invariant 5 of the architecture). */
static bool say_findings(struct import *m, struct arena *a, const struct import_item *item,
                         const struct hash *hashes, struct hash plan_hash, struct err *e)
{
    const struct plan *p = item->plan;
    struct value *v = value_map(a), *judged, *list;
    const struct wanted w = { STR("findings"), entity_findings(a, p->fiscal_year), { 0 }, v };
    struct hash hash;

    value_put_text(a, v, "audit", item->audit_version);
    judged = value_put_map(a, v, "judged");
    value_put_text(a, judged, "plan", hex_of(a, plan_hash));
    list = value_put_list(a, judged, "initiatives");
    for (uint32_t i = 0; i < p->initiative_count; i++)
        value_add_text(a, list, hex_of(a, hashes[i]));
    if (item->used_previous && !put_previous(m->c, a, judged, p, e))
        return false;
    list = value_put_list(a, v, "findings");
    for (uint32_t i = 0; i < item->finding_count; i++)
        (void)value_append(list, model_finding_record(a, &item->findings[i]));
    return say(m, a, p->organisation_code, &w, &hash, e);
}

/* A year that is worked on here becomes public by its moves, and not past them. */
static bool check_free(struct import *m, struct arena *a, const struct import_item *item,
                       struct err *e)
{
    const struct work_ref ref = { item->plan->organisation_code, item->plan->fiscal_year, 0 };
    struct cycle k;
    bool found;

    if (!work_cycle_find(m->c, a, &ref, &k, &found, e))
        return false;
    return !found
           || err_set(
               e, ERR_CONFLICT,
               "%.*s の%d年度は、この中で作業が進んでいます。取り込まずに、その年度の画面"
               "で直してください。",
               STR_ARG(ref.organisation), ref.fiscal_year);
}

static bool import_one(struct import *m, const struct import_item *item, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct hash *hashes = NEW(&mem, struct hash, item->plan->initiative_count), plan_hash;

    return import_item_check(item, e) && check_free(m, &mem, item, e)
           && say_organisation(m, &mem, item, e) && say_source(m, &mem, item, e)
           && say_initiatives(m, &mem, item, hashes, e)
           && say_plan(m, &mem, item, &plan_hash, e)
           && say_findings(m, &mem, item, hashes, plan_hash, e);
}

bool plan_publish(struct conn *c, struct arena *a, const struct stamp *stamp,
                  const struct import_item *item, struct err *e)
{
    struct import m = { .c = c, .a = a, .stamp = stamp, .apply = true };
    struct hash *hashes = NEW(a, struct hash, item->plan->initiative_count), plan_hash;

    m.last = &m.first;
    return import_item_check(item, e) && say_initiatives(&m, a, item, hashes, e)
           && say_plan(&m, a, item, &plan_hash, e)
           && say_findings(&m, a, item, hashes, plan_hash, e);
}

/* ---- the batch ---- */

static void report(struct import *m, struct import_report *out)
{
    out->changes = NEW(m->a, struct entity_change, m->count);
    out->change_count = 0;
    out->records = m->records;
    for (const struct noted *n = m->first; n; n = n->next)
        out->changes[out->change_count++] = n->change;
}

bool store_import(struct conn *c, struct arena *a, const struct stamp *stamp,
                  const struct import_batch *batch, struct import_report *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct import m = { .c = c, .a = a, .stamp = stamp, .apply = batch->apply };

    m.last = &m.first;
    if (!(m.apply ? transaction_begin(c, &t, e) : transaction_begin_read(c, &t, e)))
        return false;
    for (; m.item < batch->count; m.item++)
        if (!import_one(&m, &batch->items[m.item], e))
            return false;
    if (m.apply && !transaction_commit(&t, e))
        return false;
    report(&m, out);
    return true;
}

static bool parent_exists(struct conn *c, struct arena *a, const struct organisation *o,
                          struct err *e)
{
    struct organisation parent;

    if (str_eq(o->parent, o->key))
        return err_set(e, ERR_INPUT, "団体は自分自身に属することはできません。");
    return !o->parent.n || store_organisation(c, a, o->parent, &parent, e);
}

bool store_organisation_save(struct conn *c, const struct stamp *stamp,
                             const struct organisation *o, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct import m = { .c = c, .a = &mem, .stamp = stamp, .apply = true };
    const struct wanted w = { STR("organisation"), STR("organisation"), o->name,
                              organisation_value(&mem, o) };
    struct hash hash;

    m.last = &m.first;
    if (!o->name.n)
        return err_set(e, ERR_INPUT, "団体の名前を書いてください。");
    if (!transaction_begin(c, &t, e) || !parent_exists(c, &mem, o, e))
        return false;
    return say(&m, &mem, o->key, &w, &hash, e) && transaction_commit(&t, e);
}
