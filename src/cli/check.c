/* meguri check: reads documents, audits them, prints what it found. Stores nothing. Each
 * document has an arena of its own time: memory does not grow with the number of files. */
#include "cli/inner.h"

#include <string.h>

#include "ingest/ingest.h"

#include "base/banned.h"

/* clang-format off */
const struct cli_option CHECK_OPTIONS[] = {
    { "previous", "FILE", NULL, NULL,
      { "前年度の文書(前年度と比べる規則も調べる)", "last year's document, for the rules that compare with it" } },
    { "form", "NAME|FILE", NULL, NULL,
      { "様式の名前か、様式の定義ファイル", "name of a form, or a file that defines one" } },
    { "org", "NAME", NULL, NULL,
      { "文書に団体名がないときの団体名", "the organisation, where the document names none" } },
    { "year", "YEAR", NULL, NULL,
      { "文書に年度がないときの年度(2019、令和元年度 など)", "the fiscal year, where the document names none (2019, 令和元年度)" } },
    { "context", NULL, NULL, NULL,
      { "指摘の場所の行も表示する(端末では既定)", "print the line a finding is in (the default on a terminal)" } },
    { 0 },
};

static const struct check_form *const FORMS[] = { &CHECK_TEXT, &CHECK_JSON, &CHECK_SARIF };
/* clang-format on */

enum { FORM_BYTES_MAX = 1024 * 1024 };

/* What one run needs for every document. */
struct check {
    struct form form;
    struct ingest_hints hints;
    struct plan *previous;
    const struct check_form *print;
    struct check_sum sum;
};

str error_text(const struct cli *c, struct arena *a, const struct err *e)
{
    if (c->lang == LANG_JA)
        return str_from(e->text);
    return str_fmt(a, "%s: %s", err_shown(e->code)->en, e->text);
}

static bool load_form(struct cli *c, struct form *out, struct err *e)
{
    const char *name = cli_value(c, "form");
    const str preset = form_preset(name ? str_from(name) : form_preset_id(0));
    str json;

    if (preset.n)
        return form_read(c->mem, preset, out, e);
    return file_read(c->mem, name, FORM_BYTES_MAX, &json, e) && form_read(c->mem, json, out, e);
}

static bool read_year(const char *value, int *year, struct err *e)
{
    const str s = str_trim(str_from(value));
    dec number;
    size_t used = 0;

    if (fiscal_parse(s, 0, true, year, &used) && used == s.n)
        return true;
    if (dec_parse(s, &number) && number.scale == 0 && number.n >= FISCAL_MIN
        && number.n <= FISCAL_MAX) {
        *year = (int)number.n;
        return true;
    }
    return err_set(
        e, ERR_INPUT,
        "--year の「%s」は年度として読めません。2019 や 令和元年度 のように書いてください。",
        value);
}

/* A document without any initiative is none of ours: everything about it would be silence,
 * which reads like praise. */
static bool read_document(struct arena *a, const struct check *k, const char *path,
                          struct plan *plan, str *text, struct err *e)
{
    str bytes;

    if (!file_read(a, path, LIMIT_DOCUMENT_BYTES, &bytes, e)
        || !ingest_document(a, &k->form, file_name(a, path), bytes, &k->hints, plan, text, e))
        return false;
    if (plan->initiative_count == 0)
        return err_at(e, 1, 1,
                      "「%.*s」に取組項目が見つかりません。運営方針の文書か、様式(--form)"
                      "が合っているか確認してください。",
                      STR_ARG(file_name(a, path)));
    audit_link(a, plan);
    return true;
}

static bool prepare(struct cli *c, struct check *k, struct err *e)
{
    const char *org = cli_value(c, "org"), *year = cli_value(c, "year"),
               *previous = cli_value(c, "previous");
    str text;

    if (!load_form(c, &k->form, e) || (year && !read_year(year, &k->hints.fiscal_year, e)))
        return false;
    if (org && utf8_valid_prefix(org, strlen(org)) != strlen(org))
        return err_set(e, ERR_INPUT, "--org の値が UTF-8 ではありません。");
    k->hints.organisation = str_from(org);
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (strcmp(FORMS[i]->name, c->format) == 0)
            k->print = FORMS[i];
    if (!previous)
        return true;
    k->previous = NEW(c->mem, struct plan, 1);
    /* last year's document names its own year; the hint is for this year's */
    return read_document(c->mem,
                         &(struct check){ .form = k->form,
                                          .hints.organisation = k->hints.organisation },
                         previous, k->previous, &text, e);
}

static void add(struct check_sum *sum, const struct checked *d)
{
    for (uint32_t i = 0; i < d->findings->count; i++)
        sum->findings[d->findings->items[i].severity]++;
    for (uint32_t i = 0; i < d->plan->note_count; i++)
        sum->notes +=
            d->plan->notes[i].kind == NOTE_UNREAD || d->plan->notes[i].kind == NOTE_BROKEN;
}

/* Prints a document to `out`. */
static void check_file(struct cli *c, struct check *k, struct arena *a, const char *path,
                       struct buf *out)
{
    struct findings findings;
    struct plan plan;
    struct checked d = { .plan = &plan, .findings = &findings };
    struct err e = { .code = ERR_NONE };

    d.file = file_name(a, path);
    k->sum.files++;
    if (!read_document(a, k, path, &plan, &d.text, &e)) {
        k->sum.unreadable++;
        k->print->unreadable(c, out, d.file, &e, &k->sum);
        return;
    }
    audit_plan(a, &(struct audit_input){ &plan, k->previous }, &findings);
    k->print->document(c, out, &d, &k->sum);
    add(&k->sum, &d);
}

static int exit_status(const struct check_sum *sum)
{
    if (sum->unreadable)
        return CLI_FAILED;
    return sum->findings[SEVERITY_ERROR] ? CLI_FINDINGS : CLI_FINE;
}

int cmd_check(struct cli *c)
{
    enum { OUT_FIRST = 64 * 1024, KEPT_MAX = 1024 * 1024 };
    AUTO(arena_done) struct arena doc = { 0 };
    struct check k = { .print = NULL };
    struct err e = { .code = ERR_NONE };
    struct buf out;

    if (!prepare(c, &k, &e))
        return cli_fail(c, &e);
    buf_init(&k.sum.kept, c->mem, 0, KEPT_MAX);
    for (int i = -1; i <= c->arg_count; i++) {
        arena_reset(&doc);
        buf_init(&out, &doc, OUT_FIRST, SIZE_MAX / 2);
        if (i < 0 && k.print->begin)
            k.print->begin(c, &out);
        else if (i == c->arg_count && k.print->end)
            k.print->end(c, &out, &k.sum);
        else if (i >= 0 && i < c->arg_count)
            check_file(c, &k, &doc, c->args[i], &out);
        if (!cli_put(c, buf_str(&out))) /* one document's output leaves in one write */
            break;
    }
    return exit_status(&k.sum);
}
