/* Templates: the input is a page, a part and a message, apart by a byte that is none of theirs.
 * What the parser takes, the interpreter walks, and no value of the tree appears unescaped. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "render/render.h"

/* Not one of these may come out as it is. */
static const char DANGER[] = "<script>'\"&";

static struct value *tree(struct arena *a)
{
    struct value *t = value_map(a), *list, *inner;

    value_put_text(a, t, "a", STR("<script>'\"&"));
    value_put_int(a, t, "n", 7);
    value_put_bool(a, t, "t", true);
    value_put_null(a, t, "z");
    list = value_put_list(a, t, "l");
    for (int i = 0; i < 3; i++)
        value_put_text(a, value_add_map(a, list), "a", STR("<script>'\"&"));
    inner = value_put_map(a, t, "m");
    value_put_text(a, inner, "b", STR("javascript:<script>'\"&"));
    return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    str page, part,
        messages =
            str_cut(str_cut((str){ (const char *)data, size }, '\x1F', &page), '\x1F', &part);
    struct template_source sources[] = { { STR("page"), page }, { STR("part"), part } };
    const struct template_set *set;
    struct err e = { 0 };
    struct buf out;

    if (!template_set_make(&a, sources, 2, messages, &set, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    buf_init(&out, &a, 256, 1 << 18);
    if (!render_html_from(&out, set, STR("page"), tree(&a), LANG_JA, &e))
        abort();
    if (str_find((str){ (const char *)data, size }, STR("script")) < 0
        && str_find(buf_str(&out), str_from(DANGER)) >= 0)
        abort();
    return 0;
}
