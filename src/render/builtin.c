/* The templates and messages that tools/tmpl.c put into the program. */
#include "render/template.h"

#include "base/banned.h"

extern const struct template_set TEMPLATES_BUILTIN;

const struct template_set *template_set_builtin(void)
{
    return &TEMPLATES_BUILTIN;
}

bool render_html(struct buf *out, str name, const struct value *tree, enum lang lang,
                 struct err *e)
{
    return render_html_from(out, &TEMPLATES_BUILTIN, name, tree, lang, e);
}

str render_message(struct arena *a, str key, const struct value *tree, enum lang lang)
{
    return render_message_from(a, &TEMPLATES_BUILTIN, key, tree, lang);
}
