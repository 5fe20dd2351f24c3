/* From a file's name to a plan that is linked and judged: what `check` and `import` have in
 * common. The options --form, --org and --year are theirs. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

enum { FORM_BYTES_MAX = 1024 * 1024 };

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

bool reader_prepare(struct cli *c, struct reader *out, struct err *e)
{
    const char *org = cli_value(c, "org"), *year = cli_value(c, "year");

    *out = (struct reader){ 0 };
    if (!load_form(c, &out->form, e) || (year && !read_year(year, &out->hints.fiscal_year, e)))
        return false;
    if (org && utf8_valid_prefix(org, strlen(org)) != strlen(org))
        return err_set(e, ERR_INPUT, "--org の値が UTF-8 ではありません。");
    out->hints.organisation = str_from(org);
    return true;
}

/* A document without any initiative is none of ours: everything about it would be silence,
 * which reads like praise. */
bool reader_read(const struct reader *r, struct arena *a, const char *path,
                 struct document *out, struct err *e)
{
    struct document_source source = { .name = file_name(a, path), .hints = r->hints };

    if (!file_read(a, path, LIMIT_DOCUMENT_BYTES, &source.bytes, e)
        || !ingest_document(a, &r->form, &source, &out->plan, &out->text, e))
        return false;
    out->bytes = source.bytes;
    if (out->plan.initiative_count == 0)
        return err_at(e, 1, 1,
                      "「%.*s」に取組項目が見つかりません。運営方針の文書か、様式(--form)"
                      "が合っているか確認してください。",
                      STR_ARG(file_name(a, path)));
    audit_link(a, &out->plan);
    return true;
}
