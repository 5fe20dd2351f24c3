/* Bodies of forms: the first line of the input is the Content-Type, the rest the body. What is
 * taken is text that handlers may trust, and comes back the same when it is written and read
 * again. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "web/body.h"

static void check_field(const struct form_field *f)
{
    if (!f->name.n || utf8_valid_prefix(f->name.p, f->name.n) != f->name.n
        || utf8_valid_prefix(f->value.p, f->value.n) != f->value.n)
        abort();
    for (size_t i = 0; i < f->value.n; i++) {
        unsigned char c = (unsigned char)f->value.p[i];

        if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7F)
            abort();
    }
}

static void check_same(struct arena *a, const struct form_data *form)
{
    struct body again = { .kind = BODY_URLENCODED };
    struct form_data read;
    struct buf b;
    struct err e;

    buf_init(&b, a, 1024, 64U << 20);
    body_write(&b, form);
    again.bytes = buf_str(&b);
    if (!body_read(a, &again, &read, &e) || read.field_count != form->field_count)
        abort();
    for (uint32_t i = 0; i < read.field_count; i++) {
        if (!str_eq(read.fields[i].name, form->fields[i].name)
            || !str_eq(read.fields[i].value, form->fields[i].value))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct body body = { 0 };
    struct form_data form;
    struct err e = { 0 };
    str type;

    body.bytes = str_cut((str){ (const char *)data, size }, '\n', &type);
    body.kind = body_kind(type, &body.boundary);
    if (!body_read(&a, &body, &form, &e)) {
        if (e.code != ERR_INPUT || !e.text[0])
            abort();
        return 0;
    }
    if (form.field_count + form.file_count > LIMIT_FORM_FIELDS)
        abort();
    for (uint32_t i = 0; i < form.field_count; i++)
        check_field(&form.fields[i]);
    for (uint32_t i = 0; i < form.file_count; i++) {
        str bytes = form.files[i].bytes;

        if (bytes.n
            && (bytes.p < body.bytes.p || bytes.p + bytes.n > body.bytes.p + body.bytes.n))
            abort();
    }
    check_same(&a, &form);
    return 0;
}
