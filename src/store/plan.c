/* Plans, as pages ask for them: from the tables as it stands now, from the records as it stood
 * then. */
#include "store/kept.h"

#include "base/banned.h"

/* On a day before the first of it, says when that was. */
static bool plan_missing(struct conn *c, const struct plan_ref *ref, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    int64_t first = 0;
    struct buf day;

    if (ref->when && !store_first_plan(c, ref->organisation, ref->fiscal_year, &first, e))
        return false;
    buf_init(&day, &mem, 40, 40);
    instant_put(&day, first);
    if (!first)
        return err_set(e, ERR_NOT_FOUND, "%.*s の %d年度の運営方針は保存されていません。",
                       STR_ARG(ref->organisation), ref->fiscal_year);
    return err_set(
        e, ERR_NOT_FOUND,
        "%.*s の %d年度の運営方針は、その時点ではまだありません。%.*s からあります。",
        STR_ARG(ref->organisation), ref->fiscal_year, STR_ARG(str_take(buf_str(&day), 10)));
}

bool body_tree(struct arena *a, str body, struct value **out, struct err *e)
{
    return json_read_canonical(a, body, out, e)
           || err_set(e, ERR_IO,
                      "保存された記録が壊れています。meguri verify で場所を確かめてください。");
}

/* ---- heads ---- */

/* Columns of plan_row and plan_rows. */
static struct plan_head row_plan_head(struct query *q, struct arena *a)
{
    struct plan_head h = { .organisation = take_text(q, a) };

    h.organisation_name = take_text(q, a);
    h.fiscal_year = (int)take_int(q);
    h.title = take_text(q, a);
    h.state = take_text(q, a);
    h.form_id = take_text(q, a);
    h.source = take_hash(q);
    h.source_name = take_text(q, a);
    h.initiatives = (uint32_t)take_int(q);
    h.initiatives_met = (uint32_t)take_int(q);
    h.initiatives_not_met = (uint32_t)take_int(q);
    h.tally.indicators = (uint32_t)take_int(q);
    h.tally.with_result = (uint32_t)take_int(q);
    h.tally.by_verdict[VERDICT_MET] = (uint32_t)take_int(q);
    h.tally.by_verdict[VERDICT_NOT_MET] = (uint32_t)take_int(q);
    h.tally.by_verdict[VERDICT_CANNOT_TELL] = (uint32_t)take_int(q);
    h.tally.by_verdict[VERDICT_NOT_MEASURED] = (uint32_t)take_int(q);
    h.tally.by_verdict[VERDICT_NOT_MEASURABLE] = (uint32_t)take_int(q);
    h.tally.findings[SEVERITY_ERROR] = (uint32_t)take_int(q);
    h.tally.findings[SEVERITY_WARNING] = (uint32_t)take_int(q);
    h.tally.findings[SEVERITY_INFO] = (uint32_t)take_int(q);
    h.id = take_int(q);
    h.at_ms = take_int(q);
    h.author = take_text(q, a);
    h.reason = take_text(q, a);
    h.record = take_hash(q);
    return h;
}

bool store_plans(struct conn *c, struct arena *a, str organisation, struct plan_heads *out,
                 struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_PLAN_ROWS);
    uint32_t room = 0;
    bool is_row = true;

    *out = (struct plan_heads){ 0 };
    put_text(&q, organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = row_plan_head(&q, a);
    }
    return !is_row;
}

static bool head_read(struct conn *c, struct arena *a, const void *of, void *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_PLAN_ROW);
    const struct plan_ref *ref = of;
    bool found;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return plan_missing(c, ref, e);
    *(struct plan_head *)out = row_plan_head(&q, a);
    return true;
}

static bool head_now(struct conn *c, struct arena *a, const struct plan_ref *ref,
                     struct plan_head *out, struct err *e)
{
    const struct kept_reader how = {
        KEPT_HEAD, str_fmt(a, "%.*s/%d", STR_ARG(ref->organisation), ref->fiscal_year), ref,
        head_read, sizeof *out
    };

    return kept_or_read(c, a, &how, out, e);
}

/* ---- from the records ---- */

/* The plan's own record, its tree, and the initiatives it lists. */
struct listed {
    struct record record;
    struct value *tree;
    const struct value *numbers;
};

static bool listed_load(struct conn *c, struct arena *a, const struct plan_ref *ref,
                        struct listed *out, struct err *e)
{
    const struct entity_ref entity = { ref->organisation, entity_plan(a, ref->fiscal_year),
                                       ref->when };

    if (!record_find(c, a, &entity, &out->record, e))
        return false;
    if (!out->record.seq)
        return plan_missing(c, ref, e);
    if (!body_tree(a, out->record.body, &out->tree, e))
        return false;
    out->numbers = value_get(out->tree, STR("numbers"));
    return true;
}

static bool row_read(struct conn *c, struct arena *a, int64_t seq, struct initiative_row *out,
                     struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_RECORD_BODY);
    struct value *tree;
    bool found;

    put_int(&q, seq);
    if (!query_step(&q, &found, e) || !body_tree(a, take_text(&q, a), &tree, e))
        return false;
    out->record = take_hash(&q);
    out->at_ms = take_int(&q);
    return model_initiative_read(a, tree, &out->initiative, e);
}

bool initiative_of_record(struct conn *c, struct arena *a, int64_t seq,
                          struct initiative_row *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct kept_key key = { .kind = KEPT_INITIATIVE, .record = seq };
    const struct initiative_row *kept = kept_find(c, &key);
    const bool is_kept = kept_is_open(c);

    if (kept) {
        *out = *kept;
        return true;
    }
    if (is_kept)
        a = &mem;
    if (!row_read(c, a, seq, out, e))
        return false;
    out->keys = indicator_keys(a, &out->initiative);
    if (is_kept)
        kept_add(c, &key, &mem, out, sizeof *out);
    return true;
}

/* By the record of its own that stands, or stood then. */
static bool initiative_load(struct conn *c, struct arena *a, const struct plan_ref *ref,
                            int number, struct initiative_row *out, struct err *e)
{
    const struct entity_ref entity = { ref->organisation,
                                       entity_initiative(a, ref->fiscal_year, number),
                                       ref->when };
    int64_t seq;

    if (!record_find_seq(c, &entity, &seq, e))
        return false;
    if (!seq)
        return err_set(e, ERR_NOT_FOUND, "%d年度の取組項目%dはありません。", ref->fiscal_year,
                       number);
    return initiative_of_record(c, a, seq, out, e);
}

bool store_plan(struct conn *c, struct arena *a, const struct plan_ref *ref, struct plan *out,
                struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct listed plan;
    uint32_t n = 0;

    if (!transaction_begin_read(c, &t, e) || !listed_load(c, a, ref, &plan, e)
        || !model_plan_read(a, plan.tree, out, e))
        return false;
    out->initiatives = NEW(a, struct initiative, plan.numbers ? plan.numbers->count : 0);
    for (const struct value *v = plan.numbers ? plan.numbers->first : NULL; v; v = v->next) {
        struct initiative_row row;

        if (!initiative_load(c, a, ref, (int)v->number, &row, e))
            return false;
        out->initiatives[n++] = row.initiative;
    }
    out->initiative_count = n;
    return true;
}

static bool is_listed(const struct value *numbers, int number)
{
    for (const struct value *v = numbers ? numbers->first : NULL; v; v = v->next)
        if (v->number == number)
            return true;
    return false;
}

static bool initiative_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                            int number, struct initiative_row *out, struct err *e)
{
    struct listed plan;

    if (!listed_load(c, a, ref, &plan, e))
        return false;
    if (!is_listed(plan.numbers, number))
        return err_set(e, ERR_NOT_FOUND, "%d年度の取組項目%dはその時点ではありません。",
                       ref->fiscal_year, number);
    return initiative_load(c, a, ref, number, out, e);
}

bool store_initiative(struct conn *c, struct arena *a, const struct plan_ref *ref, int number,
                      struct initiative_row *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_INITIATIVE_RECORD);
    bool found;

    if (ref->when)
        return initiative_then(c, a, ref, number, out, e);
    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    put_int(&q, number);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "%d年度の取組項目%dはありません。", ref->fiscal_year,
                       number);
    return initiative_of_record(c, a, take_int(&q), out, e);
}

/* ---- neighbours ---- */

/* `q` is initiative_before or initiative_after. */
static bool neighbour_now(struct query *q, struct arena *a, const struct plan_ref *ref,
                          int number, struct initiative_name *out, struct err *e)
{
    bool found;

    put_text(q, ref->organisation);
    put_int(q, ref->fiscal_year);
    put_int(q, number);
    if (!query_step(q, &found, e))
        return false;
    if (found) {
        out->number = (int)take_int(q);
        out->title = take_text(q, a);
    }
    return true;
}

static bool name_then(struct conn *c, struct arena *a, const struct plan_ref *ref, int number,
                      struct initiative_name *out, struct err *e)
{
    struct initiative_row row;

    if (!number)
        return true;
    if (!initiative_load(c, a, ref, number, &row, e))
        return false;
    *out = (struct initiative_name){ number, row.initiative.title.v };
    return true;
}

static bool neighbours_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                            int number, struct neighbours *out, struct err *e)
{
    struct listed plan;
    int before = 0, after = 0;

    if (!listed_load(c, a, ref, &plan, e))
        return false;
    for (const struct value *v = plan.numbers ? plan.numbers->first : NULL; v; v = v->next) {
        const int n = (int)v->number;

        if (n < number && (!before || n > before))
            before = n;
        if (n > number && (!after || n < after))
            after = n;
    }
    return name_then(c, a, ref, before, &out->previous, e)
           && name_then(c, a, ref, after, &out->next, e);
}

struct neighbours_of {
    const struct plan_ref *ref;
    int number;
};

static bool neighbours_now(struct conn *c, struct arena *a, const void *of, void *out,
                           struct err *e)
{
    AUTO(query_end) struct query before = query_on(c, Q_INITIATIVE_BEFORE);
    AUTO(query_end) struct query after = query_on(c, Q_INITIATIVE_AFTER);
    const struct neighbours_of *what = of;
    struct neighbours *n = out;

    *n = (struct neighbours){ 0 };
    return neighbour_now(&before, a, what->ref, what->number, &n->previous, e)
           && neighbour_now(&after, a, what->ref, what->number, &n->next, e);
}

bool store_neighbours(struct conn *c, struct arena *a, const struct plan_ref *ref, int number,
                      struct neighbours *out, struct err *e)
{
    const struct neighbours_of what = { ref, number };
    struct kept_reader how = { .kind = KEPT_NEIGHBOURS, .of = &what, .size = sizeof *out };

    *out = (struct neighbours){ 0 };
    if (ref->when)
        return neighbours_then(c, a, ref, number, out, e);
    how.name = str_fmt(a, "%.*s/%d/%d", STR_ARG(ref->organisation), ref->fiscal_year, number);
    how.read = neighbours_now;
    return kept_or_read(c, a, &how, out, e);
}

/* ---- findings ---- */

static enum severity severity_of(str word)
{
    for (int s = 0; s < SEVERITY_COUNT; s++)
        if (str_eq(severity_word((enum severity)s), word))
            return (enum severity)s;
    return SEVERITY_INFO;
}

/* Columns of finding_of_plan and finding_of_initiative. */
static struct finding row_finding(struct query *q, struct arena *a)
{
    struct finding f = { .initiative = (int)take_int(q) };

    f.rule = take_text(q, a);
    f.severity = severity_of(take_text(q, a));
    f.subject = take_text(q, a);
    f.at.off = (uint32_t)take_int(q);
    f.at.len = (uint32_t)take_int(q);
    f.at.line = (uint32_t)take_int(q);
    f.at.col = (uint32_t)take_int(q);
    f.message[LANG_JA] = take_text(q, a);
    f.message[LANG_EN] = take_text(q, a);
    return f;
}

static bool findings_read(struct conn *c, struct arena *a, const struct plan_ref *ref,
                          int initiative, struct finding_rows *out, struct err *e)
{
    AUTO(query_end)
    struct query q = query_on(c, initiative ? Q_FINDING_OF_INITIATIVE : Q_FINDING_OF_PLAN);
    struct finding *rows = NULL;
    uint32_t room = 0;
    bool is_row = true;

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    if (initiative)
        put_int(&q, initiative);
    while (query_step(&q, &is_row, e) && is_row) {
        rows = rows_grow(a, rows, sizeof *rows, out->count, &room);
        rows[out->count++] = row_finding(&q, a);
    }
    out->rows = rows;
    return !is_row;
}

/* The record that the plan's findings were read from; 0 = there is none. */
static bool findings_record(struct conn *c, const struct plan_ref *ref, int64_t *out,
                            struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_FINDING_RECORD);

    put_text(&q, ref->organisation);
    put_int(&q, ref->fiscal_year);
    return query_number(&q, out, e);
}

static bool findings_now(struct conn *c, struct arena *a, const struct plan_ref *ref,
                         int initiative, struct finding_rows *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct kept_key key = { .kind = KEPT_FINDINGS, .number = initiative };
    const bool is_kept = kept_is_open(c);
    const struct finding_rows *kept;

    if (!findings_record(c, ref, &key.record, e))
        return false;
    kept = kept_find(c, &key);
    if (kept) {
        *out = *kept;
        return true;
    }
    if (!findings_read(c, is_kept ? &mem : a, ref, initiative, out, e))
        return false;
    if (is_kept && key.record)
        kept_add(c, &key, &mem, out, sizeof *out);
    return true;
}

static bool findings_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                          int initiative, struct finding_rows *out, struct err *e)
{
    const struct entity_ref entity = { ref->organisation, entity_findings(a, ref->fiscal_year),
                                       ref->when };
    struct record r;
    struct finding *rows;
    struct value *tree;
    const struct value *list;

    if (!record_find(c, a, &entity, &r, e))
        return false;
    if (!r.seq)
        return true;
    if (!body_tree(a, r.body, &tree, e))
        return false;
    list = value_get(tree, STR("findings"));
    out->rows = rows = NEW(a, struct finding, list ? list->count : 0);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        struct finding *f = &rows[out->count];

        if (!model_finding_read(a, v, f, e))
            return false;
        out->count += !initiative || f->initiative == initiative;
    }
    return true;
}

bool store_findings(struct conn *c, struct arena *a, const struct plan_ref *ref, int initiative,
                    struct finding_rows *out, struct err *e)
{
    *out = (struct finding_rows){ 0 };
    return ref->when ? findings_then(c, a, ref, initiative, out, e)
                     : findings_now(c, a, ref, initiative, out, e);
}

/* ---- a head as it stood then: counted from the records ---- */

static bool count_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                       const struct value *numbers, struct plan_head *out, struct err *e)
{
    struct finding_rows findings = { 0 };

    for (const struct value *v = numbers ? numbers->first : NULL; v; v = v->next) {
        struct initiative_row row;
        bool known, met;

        if (!initiative_load(c, a, ref, (int)v->number, &row, e))
            return false;
        model_tally(&row.initiative, &out->tally);
        met = goals_met(&row.initiative, &known);
        out->initiatives++;
        out->initiatives_met += known && met;
        out->initiatives_not_met += known && !met;
    }
    if (!findings_then(c, a, ref, 0, &findings, e))
        return false;
    for (uint32_t i = 0; i < findings.count; i++)
        out->tally.findings[findings.rows[i].severity]++;
    return true;
}

static bool head_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                      struct plan_head *out, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct organisation organisation = { .name = ref->organisation };
    struct listed plan;
    struct plan_head h = { 0 };
    struct plan p;

    if (!transaction_begin_read(c, &t, e) || !listed_load(c, a, ref, &plan, e)
        || !model_plan_read(a, plan.tree, &p, e) || !count_then(c, a, ref, plan.numbers, &h, e))
        return false;
    /* a plan may be older than the record of its organisation: then its key must do */
    if (!store_organisation_then(c, a, ref->organisation, ref->when, &organisation, e)
        && e->code != ERR_NOT_FOUND)
        return false;
    h.id = plan.record.seq;
    h.organisation = ref->organisation;
    h.organisation_name = organisation.name;
    h.fiscal_year = ref->fiscal_year;
    h.title = p.title.v;
    h.state = value_text(plan.tree, "state");
    h.form_id = p.form_id;
    h.source_name = p.source_name;
    h.source = p.source_hash;
    h.record = plan.record.hash;
    h.at_ms = plan.record.at_ms;
    h.author = plan.record.author;
    h.reason = plan.record.reason;
    *out = h;
    return true;
}

bool store_plan_head(struct conn *c, struct arena *a, const struct plan_ref *ref,
                     struct plan_head *out, struct err *e)
{
    return ref->when ? head_then(c, a, ref, out, e) : head_now(c, a, ref, out, e);
}
