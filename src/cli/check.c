/* meguri check: reads documents, audits them, prints what it found. Stores nothing. Each
 * document has an arena of its own time: memory does not grow with the number of files. */
#include "cli/inner.h"

#include <string.h>

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

/* What one run needs for every document. */
struct check {
    struct reader reader;
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

static bool prepare(struct cli *c, struct check *k, struct err *e)
{
    const char *previous = cli_value(c, "previous");
    struct reader last_year;
    struct document d;

    if (!reader_prepare(c, &k->reader, e))
        return false;
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (strcmp(FORMS[i]->name, c->format) == 0)
            k->print = FORMS[i];
    if (!previous)
        return true;
    k->previous = NEW(c->mem, struct plan, 1);
    last_year = k->reader;
    last_year.hints.fiscal_year = 0; /* it names its own year; the hint is for this year's */
    return reader_read(&last_year, c->mem, previous, &d, e) && (*k->previous = d.plan, true);
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
    struct document read;
    struct checked d = { .plan = &read.plan, .findings = &findings };
    struct err e = { .code = ERR_NONE };

    d.file = file_name(a, path);
    k->sum.files++;
    if (!reader_read(&k->reader, a, path, &read, &e)) {
        k->sum.unreadable++;
        k->print->unreadable(c, out, d.file, &e, &k->sum);
        return;
    }
    d.text = read.text;
    audit_plan(a, &(struct audit_input){ .plan = &read.plan, .previous = k->previous },
               &findings);
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
