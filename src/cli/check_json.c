/* One JSON object per document and line: the contract that scripts and tests rely on. Keys may
 * be added, none renamed. */
#include "cli/inner.h"

#include "base/banned.h"

static void document(const struct cli *c, struct buf *b, const struct checked *d,
                     const struct check_sum *sum)
{
    (void)sum;
    buf_put(b, STR("{\"file\":"));
    json_put_string(b, d->file);
    buf_put(b, STR(",\"plan\":"));
    json_put(b, model_plan_value(b->a, d->plan, false));
    buf_put(b, STR(",\"findings\":["));
    for (uint32_t i = 0; i < d->findings->count; i++) {
        if (i)
            buf_put_char(b, ',');
        json_put(b, model_finding_value(b->a, &d->findings->items[i], c->lang));
    }
    buf_put(b, STR("],\"findings_dropped\":"));
    buf_put_int(b, d->findings->dropped);
    buf_put(b, STR(",\"notes\":["));
    for (uint32_t i = 0; i < d->plan->note_count; i++) {
        if (i)
            buf_put_char(b, ',');
        json_put(b, model_note_value(b->a, &d->plan->notes[i]));
    }
    buf_put(b, STR("],\"notes_dropped\":"));
    buf_put_int(b, d->plan->notes_dropped);
    buf_put(b, STR("}\n"));
}

void document_error_json(const struct cli *c, struct buf *b, str file, const struct err *e)
{
    struct value *v = value_map(b->a);

    value_put_text(b->a, v, "file", file);
    value_put_text(b->a, v, "error", error_text(c, b->a, e));
    value_put_text(b->a, v, "error_kind", str_from(err_shown(e->code)->name));
    if (e->row) {
        value_put_int(b->a, v, "line", e->row);
        value_put_int(b->a, v, "column", e->col);
    }
    json_put(b, v);
    buf_put_char(b, '\n');
}

static void unreadable(const struct cli *c, struct buf *b, str file, const struct err *e,
                       struct check_sum *sum)
{
    (void)sum;
    document_error_json(c, b, file, e);
}

const struct check_form CHECK_JSON = { .name = "json",
                                       .document = document,
                                       .unreadable = unreadable };
