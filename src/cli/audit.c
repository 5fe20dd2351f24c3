/* meguri audit rules: the table of rules, for people, scripts and the manual. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

static void put_text(struct buf *b, const struct audit_rule_info *r, enum lang lang)
{
    const bool ja = lang == LANG_JA;

    buf_fmt(b, "%.*s (%.*s) %.*s\n", STR_ARG(r->id), STR_ARG(severity_word(r->severity)),
            STR_ARG(r->title[lang]));
    buf_fmt(b, "    %.*s\n", STR_ARG(r->explain[lang]));
    buf_fmt(b, ja ? "    例: %.*s\n" : "    Example: %.*s\n", STR_ARG(r->example[lang]));
    buf_fmt(b, ja ? "    回答: %.*s\n" : "    Answer: %.*s\n", STR_ARG(r->silence[lang]));
}

static void put_json(struct buf *b, const struct audit_rule_info *r, enum lang lang)
{
    struct value *v = value_map(b->a);

    value_put_text(b->a, v, "id", r->id);
    value_put_text(b->a, v, "severity", severity_word(r->severity));
    value_put_text(b->a, v, "title", r->title[lang]);
    value_put_text(b->a, v, "explain", r->explain[lang]);
    value_put_text(b->a, v, "example", r->example[lang]);
    value_put_text(b->a, v, "silence", r->silence[lang]);
    value_put_bool(b->a, v, "needs_previous", r->needs_previous);
    value_put_bool(b->a, v, "needs_evidence", r->needs_evidence);
    json_put(b, v);
    buf_put_char(b, '\n');
}

/* For docs/rules.md: Japanese title, the rest in English. */
static void put_markdown(struct buf *b, const struct audit_rule_info *r, enum lang lang)
{
    (void)lang;
    buf_fmt(b, "\n## %.*s (%.*s) %.*s\n\n", STR_ARG(r->id), STR_ARG(severity_word(r->severity)),
            STR_ARG(r->title[LANG_EN]));
    for (int l = 0; l < LANG_COUNT; l++)
        buf_fmt(b, "%s%.*s\n\n- %s: %.*s\n- %s: %.*s\n", l ? "\n" : "", STR_ARG(r->explain[l]),
                l == LANG_JA ? "例" : "example", STR_ARG(r->example[l]),
                l == LANG_JA ? "回答" : "answer", STR_ARG(r->silence[l]));
    if (r->needs_previous)
        buf_put(b, STR("- needs last year's plan\n"));
    if (r->needs_evidence)
        buf_put(b, STR("- needs the evidence behind the sheet\n"));
}

/* One row a format: its name and how it prints a rule. */
static const struct {
    const char *name;
    void (*put)(struct buf *b, const struct audit_rule_info *r, enum lang lang);
} FORMS[] = { { "text", put_text }, { "json", put_json }, { "markdown", put_markdown } };

enum { TEXT_MAX = 1024 * 1024 };

int cmd_audit(struct cli *c)
{
    const str only = str_from(c->arg_count > 1 ? c->args[1] : NULL);
    struct buf out;
    size_t rules, form = 0;
    const struct audit_rule_info *r = audit_rules(&rules);

    if (strcmp(c->args[0], "rules") != 0)
        return cli_refuse(c, "「%s」はありません。meguri audit rules で規則の一覧が出ます。",
                          "there is no \"%s\"; meguri audit rules lists the rules.",
                          c->args[0]);
    while (strcmp(FORMS[form].name, c->format) != 0)
        form++;
    buf_init(&out, c->mem, 4096, TEXT_MAX);
    for (size_t i = 0; i < rules; i++)
        if (only.n == 0 || str_eq(only, r[i].id))
            FORMS[form].put(&out, &r[i], c->lang);
    if (out.n == 0)
        return cli_refuse(c, "規則 %s はありません。", "there is no rule %s.", c->args[1]);
    (void)cli_put(c, buf_str(&out));
    return CLI_FINE;
}
