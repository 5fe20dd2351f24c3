/* meguri actual: where an indicator's actual comes from, what the evidence gives today, and
 * what somebody accepted. Evidence proposes; a person decides. */
#include "cli/inner.h"

#include <string.h>

#include "measure/measure.h"

#include "base/banned.h"

/* clang-format off */
const struct cli_option ACTUAL_OPTIONS[] = {
    { "org", "KEY", NULL, NULL, { "団体の記号", "key of the organisation" } },
    { "year", "YEAR", NULL, NULL, { "年度(2024、令和6年度)", "fiscal year (2024, 令和6年度)" } },
    { "indicator", "NAME|KEY", NULL, NULL, { "指標の名前か記号(なければ、結び付いたすべて)", "name or key of the indicator (otherwise all that are bound)" } },
    { "measure", "JSON|FILE", NULL, NULL, { "bind: 測り方(JSON)", "bind: the measure (JSON)" } },
    { "reason", "TEXT", NULL, "", { "理由(記録に残る。decline では必ず要る)", "why, kept in the record; decline needs it" } },
    { 0 },
};
/* clang-format on */

struct actual_call {
    struct cli *c;
    struct conn *db;
    struct organisation organisation;
    int fiscal_year;
    struct stamp stamp;
};

/* One bound indicator in a year: what stands in the plan, what was accepted, what the evidence
 * gives. */
struct proposal {
    str key, name;
    struct amount published;
    struct measured accepted, proposed;
    const struct value *tree; /* of the proposal, as its record would have it */
    bool has_target;          /* the year's plan has the indicator: */
    struct indicator indicator;
    enum verdict verdict; /* by what the evidence gives */
    bool is_voices;       /* made of voices */
    bool is_declined;     /* somebody did not want what is proposed */
    bool is_news;         /* the evidence gives another value than was accepted */
};

static bool text_of(struct cli *c, const char *name, str *out, struct err *e)
{
    *out = str_from(cli_value(c, name));
    return utf8_valid_prefix(out->p, out->n) == out->n
           || err_set(e, ERR_INPUT, "--%s の値が UTF-8 ではありません。", name);
}

static bool year_of(struct actual_call *r, struct err *e)
{
    const str s = str_from(cli_value(r->c, "year"));
    size_t used;
    dec n;

    if (fiscal_parse(s, 0, true, &r->fiscal_year, &used) && used == s.n)
        return true;
    if (!dec_parse(s, &n) || n.scale || n.n < FISCAL_MIN || n.n > FISCAL_MAX)
        return err_set(e, ERR_INPUT, "--year に年度を書いてください(2024 か 令和6年度)。");
    r->fiscal_year = (int)n.n;
    return true;
}

static bool prepare(struct actual_call *r, bool writes, struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    str org;

    r->stamp = (struct stamp){ &OPERATOR, cli_now_ms(), { 0 } };
    if (!text_of(r->c, "org", &org, e) || !text_of(r->c, "reason", &r->stamp.reason, e))
        return false;
    if (!org.n)
        return err_set(e, ERR_INPUT, "--org を付けてください。");
    return store_open(r->c->data, writes ? STORE_WRITE : STORE_READ, &r->db, e)
           && store_organisation(r->db, r->c->mem, org, &r->organisation, e);
}

/* A key of 12 hexadecimal digits as it is; a name becomes its key. */
static str key_of(struct arena *a, str text)
{
    bool is_key = text.n == 12;

    for (size_t i = 0; i < text.n && is_key; i++)
        is_key =
            (text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] >= 'a' && text.p[i] <= 'f');
    return is_key ? text : indicator_key(a, text);
}

/* ---- bind ---- */

static bool measure_load(struct cli *c, struct binding *out, struct err *e)
{
    const char *text = cli_value(c, "measure");
    struct value *tree;
    str json;

    if (!text)
        return err_set(e, ERR_INPUT, "--measure に測り方を JSON で書いてください。");
    json = str_from(text);
    if (text[0] != '{' && !file_read(c->mem, text, LIMIT_DOCUMENT_BYTES, &json, e))
        return false;
    return json_load(c->mem, json, &tree, e) && binding_read(c->mem, tree, out, e);
}

static int do_bind(struct actual_call *r)
{
    struct cli *c = r->c;
    struct series series;
    struct binding b;
    struct err e = { .code = ERR_NONE };
    bool is_same;
    str name, key;

    if (!prepare(r, true, &e) || !text_of(c, "indicator", &name, &e)
        || (!name.n && !err_set(&e, ERR_INPUT, "--indicator に指標の名前を書いてください。"))
        || !measure_load(c, &b, &e))
        return cli_fail(c, &e);
    key = key_of(c->mem, name);
    if (!store_series(r->db, c->mem, &(struct indicator_ref){ r->organisation.key, key, 0 },
                      &series, &e)
        || !store_binding_save(r->db, &r->stamp,
                               &(struct indicator_ref){ r->organisation.key, key, 0 },
                               binding_value(c->mem, &b), &is_same, &e))
        return cli_fail(c, &e);
    (void)cli_put(c, str_fmt(c->mem, "%.*s\t%.*s\n", STR_ARG(key),
                             STR_ARG(b.measure.book.n ? b.measure.book : b.measure.survey)));
    return CLI_FINE;
}

/* ---- propose ---- */

/* What the published plans say of the indicator: its name, and that year's result. */
static bool published_find(struct actual_call *r, struct proposal *p, struct err *e)
{
    const struct indicator_ref ref = { r->organisation.key, p->key, 0 };
    struct series series;

    if (!store_series(r->db, r->c->mem, &ref, &series, e))
        return e->code == ERR_NOT_FOUND;
    p->name = series.points[series.count - 1].indicator.name.v;
    for (uint32_t i = 0; i < series.count; i++)
        if (series.points[i].fiscal_year == r->fiscal_year) {
            p->published = series.points[i].indicator.actual;
            p->indicator = series.points[i].indicator;
            p->has_target = true;
        }
    return true;
}

static bool propose(struct actual_call *r, const struct indicator_body *body,
                    struct proposal *p, struct err *e)
{
    struct arena *a = r->c->mem;
    struct actual_state state;
    struct measure_input in;

    *p = (struct proposal){ .key = body->indicator };
    if (!published_find(r, p, e)
        || !store_actual_state(r->db, a,
                               &(struct evidence_year){ r->organisation.key, r->fiscal_year },
                               body, &state, e))
        return false;
    in = measure_input_of(&state.binding.measure, &state.source, r->fiscal_year,
                          cli_today(r->stamp.now_ms));
    measure_actual(a, &in, &p->proposed);
    p->accepted = state.was;
    p->is_voices = state.binding.measure.kind == MEASURE_VOICES;
    p->is_declined = state.refused.has_value;
    p->tree = measured_value(a, &p->proposed, &state.source.evidence);
    p->is_news = measured_is_news(&p->proposed, &state.was, &state.refused);
    p->verdict =
        p->has_target ? measure_verdict(&p->indicator, &p->proposed) : VERDICT_NOT_MEASURABLE;
    return true;
}

static str amount_text(struct arena *a, bool is_set, dec value, str unit)
{
    return is_set ? str_fmt(a, "%.*s%.*s", STR_ARG(dec_str(a, value)), STR_ARG(unit))
                  : STR("-");
}

/* The three figures of one indicator: published, accepted, and what the evidence gives now. */
static void put_figures(const struct actual_call *r, const struct proposal *p, struct buf *out)
{
    struct arena *a = r->c->mem;
    const struct measured *m = &p->proposed;

    buf_fmt(out,
            r->c->lang == LANG_JA ? "%.*s\t%.*s\t公表 %.*s\t確定 %.*s\t台帳 %.*s"
                                  : "%.*s\t%.*s\tpublished %.*s\taccepted %.*s\tevidence %.*s",
            STR_ARG(p->key), STR_ARG(p->name),
            STR_ARG(amount_text(a, p->published.is_set, p->published.value, p->published.unit)),
            STR_ARG(amount_text(a, p->accepted.has_value, p->accepted.value, p->accepted.unit)),
            STR_ARG(amount_text(a, m->has_value, m->value, m->unit)));
    if (m->is_ratio)
        buf_fmt(out, "(%.*s/%.*s)", STR_ARG(dec_str(a, m->numerator)),
                STR_ARG(dec_str(a, m->denominator)));
}

/* How far the figure of the evidence can be believed: its day, what is missing, its interval.
 */
static void put_standing(const struct actual_call *r, const struct proposal *p, struct buf *out)
{
    static const char *const FINAL[2][LANG_COUNT] = {
        { [LANG_JA] = "速報", [LANG_EN] = "provisional" },
        { [LANG_JA] = "確報", [LANG_EN] = "final" },
    };
    static const char *const PENDING[2][LANG_COUNT] = {
        { [LANG_JA] = "値のまだない行", [LANG_EN] = "pending" },
        { [LANG_JA] = "期限の前の声", [LANG_EN] = "not due yet" },
    };
    const struct measured *m = &p->proposed;
    struct arena *a = r->c->mem;
    const bool ja = r->c->lang == LANG_JA;

    if (m->has_value)
        buf_fmt(out, "\t%s\t%.*s", FINAL[m->is_final][r->c->lang], STR_ARG(m->as_of));
    if (m->pending)
        buf_fmt(out, "\t%s %llu", PENDING[p->is_voices][r->c->lang],
                (unsigned long long)m->pending);
    if (m->why_not.n)
        buf_fmt(out, "\t%.*s", STR_ARG(m->why_not));
    if (m->has_interval)
        buf_fmt(out, ja ? "\t95%%区間 %.*s~%.*s" : "\t95%% interval %.*s to %.*s",
                STR_ARG(dec_str(a, m->low)), STR_ARG(dec_str(a, m->high)));
    if (m->is_manual && m->has_value)
        buf_fmt(out, ja ? "\t手入力(%.*s)" : "\tby hand (%.*s)", STR_ARG(m->source));
}

static void put_line(const struct actual_call *r, const struct proposal *p)
{
    const bool ja = r->c->lang == LANG_JA;
    struct buf out;

    buf_init(&out, r->c->mem, 256, 4096);
    put_figures(r, p, &out);
    put_standing(r, p, &out);
    if (p->has_target)
        buf_fmt(&out, "\t%.*s", STR_ARG(verdict_word(p->verdict)));
    if (p->is_declined && !p->is_news)
        buf_put_c(&out, ja ? "\t見送り" : "\tdeclined");
    buf_put_c(&out, p->is_news ? ja ? "\t未確定\n" : "\tto be accepted\n" : "\n");
    (void)cli_put(r->c, buf_str(&out));
}

static void put_json(const struct actual_call *r, const struct proposal *p)
{
    struct arena *a = r->c->mem;
    struct value *v = value_map(a), *tree = NEW(a, struct value, 1);
    struct buf out;

    value_put_text(a, v, "organisation", r->organisation.key);
    value_put_int(a, v, "fiscal_year", r->fiscal_year);
    value_put_text(a, v, "indicator", p->key);
    value_put_text(a, v, "name", p->name);
    value_put_text_or_null(a, v, "published",
                           p->published.is_set ? dec_str(a, p->published.value) : (str){ 0 });
    value_put_text_or_null(a, v, "accepted",
                           p->accepted.has_value ? dec_str(a, p->accepted.value) : (str){ 0 });
    *tree = *p->tree;
    tree->key = STR("evidence");
    (void)value_append(v, tree);
    value_put_text_or_null(a, v, "why_not", p->proposed.why_not);
    value_put_text_or_null(a, v, "verdict",
                           p->has_target ? verdict_word(p->verdict) : (str){ 0 });
    value_put_bool(a, v, "is_declined", p->is_declined);
    value_put_bool(a, v, "is_news", p->is_news);
    buf_init(&out, a, 1024, SIZE_MAX / 2);
    json_put(&out, v);
    buf_put_char(&out, '\n');
    (void)cli_put(r->c, buf_str(&out));
}

/* The bindings that are asked for: one, or all. */
static bool bindings_find(struct actual_call *r, struct indicator_bodies *out, struct err *e)
{
    str name;

    if (!text_of(r->c, "indicator", &name, e))
        return false;
    if (!name.n)
        return store_bindings(r->db, r->c->mem, r->organisation.key, out, e);
    out->rows = NEW(r->c->mem, struct indicator_body, 1);
    out->count = 1;
    return store_binding(r->db, r->c->mem, r->organisation.key, key_of(r->c->mem, name),
                         &out->rows[0], e);
}

static void put_proposal(const struct actual_call *r, const struct proposal *p)
{
    if (strcmp(r->c->format, "json") == 0)
        put_json(r, p);
    else
        put_line(r, p);
}

static int each(struct actual_call *r, bool accept)
{
    struct cli *c = r->c;
    struct indicator_bodies all;
    struct err e = { .code = ERR_NONE };

    if (!year_of(r, &e) || !prepare(r, accept, &e) || !bindings_find(r, &all, &e))
        return cli_fail(c, &e);
    for (uint32_t i = 0; i < all.count; i++) {
        struct proposal p;
        bool is_same;

        if (!propose(r, &all.rows[i], &p, &e))
            return cli_fail(c, &e);
        if (accept && p.proposed.has_value) {
            if (!store_actual_save(r->db, &r->stamp,
                                   &(struct actual_ref){ r->organisation.key, r->fiscal_year,
                                                         p.key },
                                   p.tree, &is_same, &e))
                return cli_fail(c, &e);
            p.accepted = p.proposed;
            p.is_news = false;
        }
        put_proposal(r, &p);
    }
    return CLI_FINE;
}

/* ---- decline ---- */

/* One at a time: why a value is not wanted is never the same for all of them. */
static bool decline(struct actual_call *r, struct proposal *p, struct err *e)
{
    struct indicator_bodies all;

    if (!str_from(cli_value(r->c, "indicator")).n)
        return err_set(e, ERR_INPUT, "--indicator に見送る指標の名前を書いてください。");
    if (!year_of(r, e) || !prepare(r, true, e) || !bindings_find(r, &all, e)
        || !propose(r, &all.rows[0], p, e))
        return false;
    if (!p->is_news)
        return err_set(e, ERR_INPUT, "%d年度のこの指標に、決める提案はありません。",
                       r->fiscal_year);
    if (!store_actual_decline(r->db, &r->stamp,
                              &(struct actual_ref){ r->organisation.key, r->fiscal_year,
                                                    p->key },
                              p->tree, e))
        return false;
    p->is_declined = true;
    p->is_news = false;
    return true;
}

static int do_decline(struct actual_call *r)
{
    struct err e = { .code = ERR_NONE };
    struct proposal p;

    if (!decline(r, &p, &e))
        return cli_fail(r->c, &e);
    put_proposal(r, &p);
    return CLI_FINE;
}

int cmd_actual(struct cli *c)
{
    struct actual_call r = { .c = c };
    int status;

    if (strcmp(c->args[0], "bind") == 0)
        status = do_bind(&r);
    else if (strcmp(c->args[0], "propose") == 0)
        status = each(&r, false);
    else if (strcmp(c->args[0], "accept") == 0)
        status = each(&r, true);
    else if (strcmp(c->args[0], "decline") == 0)
        status = do_decline(&r);
    else
        return cli_refuse(c, "使い方: meguri actual %s", "usage: meguri actual %s",
                          c->command->usage);
    conn_close(&r.db);
    return status;
}
