/* The catalogue: indicators that outlive the year, with what they count and from when on. */
#include "store/work_inner.h"

#include "base/banned.h"

/* Columns of catalogue_row and catalogue_rows. */
static bool row_entry(struct query *q, struct arena *a, struct catalogue_entry *out,
                      struct err *e)
{
    const str id = take_text(q, a);
    const struct hash record = take_hash(q);
    const int64_t at_ms = take_int(q);
    struct value *tree;

    if (!body_tree(a, take_text(q, a), &tree, e) || !work_catalogue_read(tree, out, e))
        return false;
    out->id = id;
    out->record = record;
    out->at_ms = at_ms;
    return true;
}

bool store_catalogue(struct conn *c, struct arena *a, str organisation,
                     struct catalogue_rows *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CATALOGUE_ROWS);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct catalogue_rows){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        if (!row_entry(&q, a, &out->rows[out->count++], e))
            return false;
    }
    return !is_row;
}

bool store_catalogue_entry(struct conn *c, struct arena *a, str organisation, str id,
                           struct catalogue_entry *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CATALOGUE_ROW);
    bool found;

    put_text(&q, organisation);
    put_text(&q, id);
    if (!query_step(&q, &found, e))
        return false;
    return found ? row_entry(&q, a, out, e)
                 : err_set(e, ERR_NOT_FOUND, "指標の台帳に「%.*s」はありません。", STR_ARG(id));
}

static bool entry_check(const struct catalogue_entry *k, struct err *e)
{
    date day;

    if (!str_trim(k->name).n)
        return err_set(e, ERR_INPUT, "指標の名前を書いてください。");
    if (k->decimals < -1 || k->decimals > DEC_SCALE_MAX)
        return err_set(e, ERR_INPUT, "小数点以下の桁数は0から%dまでです。", DEC_SCALE_MAX);
    return !k->valid_from.n || date_parse(k->valid_from, &day)
           || err_set(e, ERR_INPUT,
                      "定義がいつからのものかは、ある日を 2025-04-01 のように書いてください。");
}

bool store_catalogue_save(struct conn *c, struct arena *a, const struct stamp *stamp,
                          str organisation, struct catalogue_entry *entry, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct work_say what = { .organisation = organisation, .kind = STR("indicator") };
    struct organisation known;
    struct work_said r;

    if (!entry_check(entry, e) || !transaction_begin(c, &t, e)
        || !work_planning(c, stamp, organisation, "指標の台帳を書く", e)
        || !store_organisation(c, a, organisation, &known, e))
        return false;
    if (!entry->id.n)
        entry->id = indicator_key(a, entry->name);
    what.entity = entity_catalogue(a, entry->id);
    what.seen = entry->record;
    what.tree = work_catalogue_value(a, entry);
    if (!work_say(c, a, stamp, &what, &r, e))
        return false;
    entry->record = r.record.hash;
    entry->at_ms = r.record.at_ms;
    return r.is_same || transaction_commit(&t, e);
}
