/* What `import` says of each document: a line, and for what changes a line each; or one JSON
 * object a document. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

enum { SHOWN_CHARS = 60 }; /* of a text in a line of changes */

/* What became of a document, told from its changes. */
struct outcome {
    uint32_t fresh, changed, gone;
    bool is_new; /* its plan was not there before */
};

static struct outcome outcome_of(const struct import_report *report, uint32_t number)
{
    struct outcome o = { 0 };

    for (uint32_t i = 0; i < report->change_count; i++) {
        const struct entity_change *one = &report->changes[i];

        if (one->item != number)
            continue;
        o.fresh += one->kind == CHANGE_NEW;
        o.changed += one->kind == CHANGE_CHANGED;
        o.gone += one->kind == CHANGE_GONE;
        o.is_new = o.is_new
                   || (one->kind == CHANGE_NEW && str_starts(one->entity, STR("plan/"))
                       && str_find_char(str_skip(one->entity, 5), '/') < 0);
    }
    return o;
}

static void count(struct import_sum *sum, struct outcome o)
{
    if (o.is_new)
        sum->fresh++;
    else if (o.fresh || o.changed || o.gone)
        sum->changed++;
    else
        sum->same++;
}

/* ---- text ---- */

static void put_cut(struct buf *out, str text)
{
    const str shown = utf8_take(text, SHOWN_CHARS);

    for (size_t i = 0; i < shown.n; i++)
        buf_put_char(out, shown.p[i] == '\n' || shown.p[i] == '\r' || shown.p[i] == '\t'
                              ? ' '
                              : shown.p[i]);
    if (shown.n < text.n)
        buf_put_c(out, "…");
}

static void put_change(struct buf *out, const struct entity_change *one, enum lang lang)
{
    static const char *const WORDS[][LANG_COUNT] = {
        [CHANGE_NEW] = { "追加", "new" },
        [CHANGE_CHANGED] = { "変更", "changed" },
        [CHANGE_SAME] = { "同じ", "same" },
        [CHANGE_GONE] = { "削除", "gone" },
    };

    buf_fmt(out, "  %s %.*s", WORDS[one->kind][lang], STR_ARG(one->entity));
    if (one->title.n) {
        buf_put_c(out, "「");
        put_cut(out, one->title);
        buf_put_c(out, "」");
    }
    buf_put_char(out, '\n');
    for (uint32_t i = 0; i < one->field_count; i++) {
        buf_fmt(out, "    %.*s: 「", STR_ARG(one->fields[i].path));
        put_cut(out, one->fields[i].before);
        buf_put_c(out, "」→「");
        put_cut(out, one->fields[i].after);
        buf_put_c(out, "」\n");
    }
}

static uint32_t findings_of(const struct incoming *in, enum severity severity)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < in->findings.count; i++)
        n += in->findings.items[i].severity == severity;
    return n;
}

static uint32_t indicators_of(const struct plan *p)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->initiative_count; i++)
        n += p->initiatives[i].indicator_count;
    return n;
}

/* [same, changed, new][would, did] */
static const char *const OUTCOMES[3][2][LANG_COUNT] = {
    { { "前と同じです", "the same as before" }, { "前と同じです", "the same as before" } },
    { { "改定として保存します", "would be stored as a revision" },
      { "改定として保存しました", "stored as a revision" } },
    { { "新しく保存します", "would be stored" }, { "新しく保存しました", "stored" } },
};

static void put_text(struct cli *c, struct buf *out, const struct incoming *in, uint32_t number,
                     const struct import_report *report, struct outcome o)
{
    const struct plan *p = &in->document.plan;
    const bool ja = c->lang == LANG_JA, apply = cli_is_on(c, "apply");
    const int what = o.is_new ? 2 : o.fresh || o.changed || o.gone ? 1 : 0;

    buf_fmt(out, "%.*s: %.*s(%.*s) ", STR_ARG(in->file), STR_ARG(in->organisation_name),
            STR_ARG(p->organisation_code));
    fiscal_put(out, p->fiscal_year, ja ? FISCAL_ERA : FISCAL_ENGLISH);
    buf_fmt(out,
            ja ? ": %s(取組項目 %u、指標 %u、指摘 E %u W %u I %u)\n"
               : ": %s (initiatives %u, indicators %u, findings E %u W %u I %u)\n",
            OUTCOMES[what][apply][c->lang], p->initiative_count, indicators_of(p),
            findings_of(in, SEVERITY_ERROR), findings_of(in, SEVERITY_WARNING),
            findings_of(in, SEVERITY_INFO));
    for (uint32_t i = 0; !o.is_new && i < report->change_count; i++)
        if (report->changes[i].item == number && report->changes[i].kind != CHANGE_SAME)
            put_change(out, &report->changes[i], c->lang);
}

/* ---- JSON ---- */

static void put_json_change(struct arena *a, struct value *list,
                            const struct entity_change *one)
{
    static const char *const WORDS[] = { "new", "changed", "same", "gone" };
    struct value *v = value_add_map(a, list), *fields;

    value_put_text(a, v, "change", str_from(WORDS[one->kind]));
    value_put_text(a, v, "entity", one->entity);
    value_put_text_or_null(a, v, "title", one->title);
    fields = value_put_list(a, v, "fields");
    for (uint32_t i = 0; i < one->field_count; i++) {
        struct value *f = value_add_map(a, fields);

        value_put_text(a, f, "path", one->fields[i].path);
        value_put_text_or_null(a, f, "before", one->fields[i].before);
        value_put_text_or_null(a, f, "after", one->fields[i].after);
    }
}

static void put_json(struct cli *c, struct buf *out, const struct incoming *in, uint32_t number,
                     const struct import_report *report)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct plan *p = &in->document.plan;
    struct value *v = value_map(&mem), *findings, *changes;

    value_put_text(&mem, v, "file", in->file);
    value_put_bool(&mem, v, "applied", cli_is_on(c, "apply"));
    value_put_text(&mem, v, "organisation", p->organisation_code);
    value_put_text_or_null(&mem, v, "organisation_name", in->organisation_name);
    value_put_int(&mem, v, "fiscal_year", p->fiscal_year);
    value_put_int(&mem, v, "initiatives", p->initiative_count);
    value_put_int(&mem, v, "indicators", indicators_of(p));
    findings = value_put_map(&mem, v, "findings");
    value_put_int(&mem, findings, "E", findings_of(in, SEVERITY_ERROR));
    value_put_int(&mem, findings, "W", findings_of(in, SEVERITY_WARNING));
    value_put_int(&mem, findings, "I", findings_of(in, SEVERITY_INFO));
    changes = value_put_list(&mem, v, "changes");
    for (uint32_t i = 0; i < report->change_count; i++)
        if (report->changes[i].item == number)
            put_json_change(&mem, changes, &report->changes[i]);
    json_put(out, v);
    buf_put_char(out, '\n');
}

/* ---- either ---- */

static bool is_json(const struct cli *c)
{
    return strcmp(c->format, "json") == 0;
}

void import_put(struct cli *c, struct buf *out, const struct incoming *in, uint32_t number,
                const struct import_report *report, struct import_sum *sum)
{
    const struct outcome o = outcome_of(report, number);

    count(sum, o);
    if (is_json(c))
        put_json(c, out, in, number, report);
    else
        put_text(c, out, in, number, report, o);
}

void import_put_refused(struct cli *c, struct buf *out, str file, const struct err *e)
{
    const str said = error_text(c, out->a, e);

    if (is_json(c))
        document_error_json(c, out, file, e);
    else if (e->row)
        (void)cli_refuse(c, "%.*s:%u:%u: %.*s", "%.*s:%u:%u: %.*s", STR_ARG(file), e->row,
                         e->col, STR_ARG(said));
    else
        (void)cli_refuse(c, "%.*s: %.*s", "%.*s: %.*s", STR_ARG(file), STR_ARG(said));
}

void import_put_end(struct cli *c, struct buf *out, const struct import_sum *sum)
{
    const bool ja = c->lang == LANG_JA;

    if (is_json(c))
        return;
    buf_fmt(out,
            ja ? "文書 %u(新規 %u、改定 %u、同じ %u、取り込めない %u)、記録 %u件\n"
               : "documents %u (new %u, revised %u, same %u, refused %u), records %u\n",
            sum->files, sum->fresh, sum->changed, sum->same, sum->refused, sum->records);
    if (!cli_is_on(c, "apply"))
        buf_put_c(out,
                  ja ? "まだ何も保存していません。保存するには --apply を付けてください。\n"
                     : "Nothing has been stored yet; --apply stores it.\n");
}
