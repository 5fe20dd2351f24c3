/* The manual: docs/manual as it was when the program was built. */
#include "web/pages.h"

#include "base/embed.h"

#include "base/banned.h"

extern const struct embedded WEB_MANUAL[];
extern const size_t WEB_MANUAL_N;

static str source_of(const struct embedded *f)
{
    return (str){ (const char *)f->data, (size_t)(f->end - f->data) };
}

/* "sheet.md" is the page "sheet". */
static str name_of(const struct embedded *f)
{
    str file = str_from(f->name);

    return str_take(file, file.n - 3);
}

static const struct embedded *manual_find(str name)
{
    for (size_t i = 0; i < WEB_MANUAL_N; i++) {
        if (str_eq(name_of(&WEB_MANUAL[i]), name))
            return &WEB_MANUAL[i];
    }
    return NULL;
}

/* The first line is the title: "# 使い方". */
static str title_of(const struct embedded *f)
{
    str line;

    str_cut(source_of(f), '\n', &line);
    return str_trim(str_skip(line, 1));
}

static void put_contents(const struct req *r, struct value *page, str shown)
{
    struct value *list = value_put_list(r->mem, page, "contents");

    for (size_t i = 0; i < WEB_MANUAL_N; i++) {
        str name = name_of(&WEB_MANUAL[i]);
        struct value *m = value_add_map(r->mem, list);

        value_put_text(r->mem, m, "title", title_of(&WEB_MANUAL[i]));
        value_put_text(r->mem, m, "url", req_url(r, "/help/%.*s", STR_ARG(name)));
        value_put_bool(r->mem, m, "current", str_eq(name, shown));
    }
}

bool page_help(struct req *r, struct value *page, struct err *e)
{
    bool is_start = str_eq(r->target.path, STR("/help"));
    str name = is_start ? STR("index") : req_param(r, "name");
    const struct embedded *f = manual_find(name);
    str title;

    if (!f)
        return err_set(e, ERR_NOT_FOUND, "使い方に「%.*s」というページはありません。",
                       STR_ARG(name));
    value_put_markup(r->mem, page, "text", render_markdown(r->mem, source_of(f), &title));
    value_put_text(r->mem, page, "source", source_of(f));
    if (title.n)
        page_title(r, page, title);
    if (!is_start)
        page_crumb(r, page, str_from(r->route->title[r->lang]), req_url(r, "/help"));
    put_contents(r, page, name);
    return true;
}
