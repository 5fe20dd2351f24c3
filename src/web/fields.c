/* Fields of a form: checked against the row's table, and asked for by handlers. */
#include "web/fields.h"
#include "web/app.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

/* ---- values ---- */

static str trim_end(str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

static str value_trim(const struct field *f, str value)
{
    switch (f->kind) {
    case INPUT_TEXT:
    case INPUT_CARRY:
        return trim_end(value);
    case INPUT_FREE:
    case INPUT_SECRET:
        return value;
    case INPUT_LINE:
    case INPUT_FLAG:
    case INPUT_COUNT:
    case INPUT_DAY:
    case INPUT_HASH:
    case INPUT_FILE:
        break;
    }
    return str_trim(value);
}

static bool is_digits(str s)
{
    enum { COUNT_DIGITS = 9 };

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n <= COUNT_DIGITS;
}

/* What is wrong with the value: the key of a message, NULL for nothing. */
static const char *kind_fault(const struct field *f, str value)
{
    struct hash h;
    date day;

    switch (f->kind) {
    case INPUT_LINE:
    case INPUT_SECRET:
        return str_find_char(value, '\n') >= 0 ? "fault.line" : NULL;
    case INPUT_FLAG:
        return value.n && !str_eq(value, STR("1")) ? "fault.flag" : NULL;
    case INPUT_COUNT:
        return is_digits(value) ? NULL : "fault.count";
    case INPUT_DAY:
        return value.n && !date_parse(value, &day) ? "fault.day" : NULL;
    case INPUT_HASH:
        return value.n && !hash_parse(value, &h) ? "fault.hash" : NULL;
    case INPUT_TEXT:
    case INPUT_FREE:
    case INPUT_CARRY:
    case INPUT_FILE:
        break;
    }
    return NULL;
}

static uint32_t limit_of(const struct field *f)
{
    if (f->limit)
        return f->limit;
    if (f->kind == INPUT_FILE)
        return LIMIT_UPLOAD_BYTES;
    if (f->kind == INPUT_CARRY)
        return LIMIT_REQUEST_BODY;
    if (f->kind == INPUT_FREE)
        return LIMIT_FIELD_FREE;
    return f->kind == INPUT_TEXT ? LIMIT_FIELD_TEXT : LIMIT_FIELD_LINE;
}

enum { MEGABYTE = 1024 * 1024 };

/* Of a file the limit is told in megabytes. */
static void fault_put(struct req *r, const struct field *f, str name, const char *key, size_t n)
{
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "label", str_from(f->label[r->lang]));
    value_put_int(r->mem, words, "limit",
                  f->kind == INPUT_FILE ? limit_of(f) / MEGABYTE : limit_of(f));
    value_put_int(r->mem, words, "n", (int64_t)n);
    req_fault(r, name, req_message(r, key, words));
}

static void value_check(struct req *r, const struct field *f, const struct form_field *field)
{
    size_t n = utf8_count(field->value);
    const char *fault = kind_fault(f, field->value);

    if (n > limit_of(f))
        fault_put(r, f, field->name, "fault.long", n);
    else if (fault)
        fault_put(r, f, field->name, fault, n);
    else if (f->is_required && !field->value.n)
        fault_put(r, f, field->name, "fault.empty", 0);
}

/* ---- the form ---- */

static bool unknown(str name, struct err *e)
{
    return err_set(e, ERR_INPUT, "フォームに知らない項目「%.*s」があります。",
                   STR_ARG(str_take(name, 80)));
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* No name may stand there twice: handlers would see one of the two only. */
static bool twice_check(struct arena *a, const struct form_data *form, struct err *e)
{
    uint32_t count = form->field_count + form->file_count, n = 0;
    str *names = NEW(a, str, count + 1);

    for (uint32_t i = 0; i < form->field_count; i++)
        names[n++] = form->fields[i].name;
    for (uint32_t i = 0; i < form->file_count; i++)
        names[n++] = form->files[i].name;
    qsort(names, count, sizeof names[0], by_name);
    for (uint32_t i = 1; i < count; i++) {
        if (str_eq(names[i - 1], names[i]))
            return err_set(e, ERR_INPUT, "フォームの項目「%.*s」が 2 つあります。",
                           STR_ARG(str_take(names[i], 80)));
    }
    return true;
}

static bool fields_of_table(struct req *r, struct form_data *form, struct err *e)
{
    for (uint32_t i = 0; i < form->field_count; i++) {
        struct form_field *field = &form->fields[i];
        const struct field *f = field_find(r->route->fields, field->name);

        if (str_eq(field->name, STR("csrf")))
            continue;
        if (!f || f->kind == INPUT_FILE)
            return unknown(field->name, e);
        field->value = value_trim(f, field->value);
        value_check(r, f, field);
    }
    return true;
}

static bool files_of_table(struct req *r, const struct form_data *form, struct err *e)
{
    for (uint32_t i = 0; i < form->file_count; i++) {
        const struct form_file *file = &form->files[i];
        const struct field *f = field_find(r->route->fields, file->name);

        if (!f || f->kind != INPUT_FILE)
            return unknown(file->name, e);
        if (file->bytes.n > limit_of(f))
            fault_put(r, f, file->name, "fault.file_long", file->bytes.n);
        else if (f->is_required && !file->file_name.n && !file->bytes.n)
            fault_put(r, f, file->name, "fault.file_empty", 0);
    }
    return true;
}

static bool is_there(const struct form_data *form, str name)
{
    for (uint32_t i = 0; i < form->field_count; i++) {
        if (str_eq(form->fields[i].name, name))
            return true;
    }
    for (uint32_t i = 0; i < form->file_count; i++) {
        if (str_eq(form->files[i].name, name))
            return true;
    }
    return false;
}

bool fields_check(struct req *r, struct form_data *form, struct err *e)
{
    if (!twice_check(r->mem, form, e) || !fields_of_table(r, form, e)
        || !files_of_table(r, form, e))
        return false;
    for (const struct field *f = r->route->fields; f && f->name; f++) {
        if (f->is_required && !is_there(form, str_from(f->name)))
            fault_put(r, f, str_from(f->name), "fault.empty", 0);
    }
    return true;
}

static bool is_kept(const struct req *r, str name)
{
    const struct field *f = field_find(r->route->fields, name);

    return f && f->kind != INPUT_SECRET && f->kind != INPUT_CARRY;
}

str fields_keep(const struct req *r)
{
    struct form_data kept = { 0 };
    struct buf b;

    kept.fields = NEW(r->mem, struct form_field, r->form->field_count + 1);
    for (uint32_t i = 0; i < r->form->field_count; i++) {
        if (is_kept(r, r->form->fields[i].name))
            kept.fields[kept.field_count++] = r->form->fields[i];
    }
    buf_init(&b, r->mem, 1024, LIMIT_ANSWER_BYTES);
    body_write(&b, &kept);
    return buf_str(&b);
}

/* ---- what handlers ask ---- */

static str value_of(const struct req *r, str name)
{
    assert(field_find(r->route->fields, name) && "the row's table has no such field");
    for (uint32_t i = 0; r->form && i < r->form->field_count; i++) {
        if (str_eq(r->form->fields[i].name, name))
            return r->form->fields[i].value;
    }
    return (str){ 0 };
}

str req_field(const struct req *r, const char *name)
{
    return value_of(r, str_from(name));
}

str req_field_fmt(const struct req *r, const char *format, ...)
{
    char name[160];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(name, sizeof name, format, args);
    va_end(args);
    assert(n > 0 && (size_t)n < sizeof name);
    return value_of(r, (str){ name, (size_t)n });
}

uint32_t req_field_count(const struct req *r, const char *pattern)
{
    uint32_t count = 0;
    str key;

    for (uint32_t i = 0; r->form && i < r->form->field_count; i++)
        count += field_name_fits(str_from(pattern), r->form->fields[i].name, &key);
    return count;
}

str req_field_at(const struct req *r, const char *pattern, uint32_t i, str *key)
{
    for (uint32_t k = 0; k < r->form->field_count; k++) {
        if (field_name_fits(str_from(pattern), r->form->fields[k].name, key) && i-- == 0)
            return r->form->fields[k].value;
    }
    assert(false && "i is less than req_field_count");
    return (str){ 0 };
}

bool req_file(const struct req *r, const char *name, struct form_file *out)
{
    for (uint32_t i = 0; r->form && i < r->form->file_count; i++) {
        const struct form_file *file = &r->form->files[i];

        if (str_eq(file->name, str_from(name)) && (file->file_name.n || file->bytes.n)) {
            *out = *file;
            return true;
        }
    }
    return false;
}

str req_form_text(const struct req *r)
{
    return fields_keep(r);
}

/* ---- faults ---- */

str req_fault_of(const struct req *r, str name)
{
    for (const struct fault *f = r->faults; f; f = f->next) {
        if (str_eq(f->name, name))
            return f->text;
    }
    return (str){ 0 };
}

void req_fault(struct req *r, str name, str sentence)
{
    req_fault_called(r, name, (str){ 0 }, sentence);
}

void req_fault_called(struct req *r, str name, str label, str sentence)
{
    struct fault **end = &r->faults;
    struct fault *f = NEW(r->mem, struct fault, 1);

    if (req_fault_of(r, name).n)
        return;
    while (*end)
        end = &(*end)->next;
    f->name = str_dup(r->mem, name);
    f->text = str_dup(r->mem, sentence);
    f->label = label;
    *end = f;
}

bool req_is_fine(const struct req *r)
{
    return !r->faults;
}

bool req_refused(struct req *r, const struct err *e, const char *name)
{
    if (r->faults)
        return true;
    if (e->code != ERR_INPUT)
        return false;
    req_fault(r, str_from(name), str_from(e->text));
    return true;
}

str req_typed(const struct req *r, const char *name, str otherwise)
{
    const struct field *f = r->form ? field_find(r->route->fields, str_from(name)) : NULL;

    return f ? value_of(r, str_from(name)) : otherwise;
}

void page_field(const struct req *r, struct value *map, const char *name, str value)
{
    struct value *m = value_put_map(r->mem, map, name);
    const struct field *f = r->form ? field_find(r->route->fields, str_from(name)) : NULL;
    bool is_secret = f && f->kind == INPUT_SECRET;
    str error = req_fault_of(r, str_from(name));

    value_put_text(r->mem, m, "name", str_from(name));
    value_put_text(r->mem, m, "value", is_secret ? (str){ 0 } : req_typed(r, name, value));
    value_put_text_or_null(r->mem, m, "error", error);
    value_put_text(r->mem, m, "lang", page_lang_of(r, error));
}
