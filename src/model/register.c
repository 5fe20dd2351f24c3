/* Definitions of registers: reading, and the presets that are built in. */
#include "model/register.h"
#include "model/inner.h"

#include <assert.h>

#include "base/banned.h"
#include "base/embed.h"
#include "base/limits.h"

/* presets/registers/, put in by meson.build. */
extern const struct embedded REGISTER_PRESETS[];
extern const size_t REGISTER_PRESETS_N;

static const str KINDS[FIELD_KIND_COUNT] = {
    STR_INIT("date"),    STR_INIT("area"),     STR_INIT("section"),
    STR_INIT("partner"), STR_INIT("quantity"), STR_INIT("text"),
    STR_INIT("choice"),  STR_INIT("flag"),     STR_INIT("year"),
};

str field_kind_word(enum field_kind k)
{
    return KINDS[k];
}

int field_kind_find(str word)
{
    for (int i = 0; i < FIELD_KIND_COUNT; i++)
        if (str_eq(KINDS[i], word))
            return i;
    return -1;
}

int register_field_find(const struct register_def *d, str key)
{
    for (uint32_t i = 0; i < d->field_count; i++)
        if (str_eq(d->fields[i].key, key))
            return (int)i;
    return -1;
}

const struct choice *field_choice(const struct register_field *f, str key)
{
    for (uint32_t i = 0; i < f->choice_count; i++)
        if (str_eq(f->choices[i].key, key))
            return &f->choices[i];
    return NULL;
}

/* ---- reading ---- */

static bool key_read(const struct value *v, const char *what, str *out, struct err *e)
{
    *out = value_text(v, "key");
    return key_is_fine(*out, "-")
           || err_set(
               e, ERR_INPUT,
               "台帳の定義: %sの key「%.*s」は、英小文字で始まる英数字とハイフン(40字まで)"
               "にしてください。",
               what, STR_ARG(*out));
}

static bool label_read(const struct value *v, const char *name, str key, str out[2],
                       struct err *e)
{
    const struct value *both = value_get(v, str_from(name));

    out[0] = value_text(both, "ja");
    out[1] = value_text(both, "en");
    return (out[0].n && out[1].n)
           || err_set(e, ERR_INPUT, "台帳の定義: 「%.*s」に %s(ja と en)が必要です。",
                      STR_ARG(key), name);
}

/* Spellings of one thing, folded: its labels and what the list adds. */
static bool spellings_read(struct arena *a, const struct value *list, const str first[3],
                           str **out, uint32_t *count, struct err *e)
{
    uint32_t n = 0;
    str *rows = NEW(a, str, 3 + (list ? list->count : 0));

    for (int i = 0; i < 3; i++)
        if (first[i].n)
            rows[n++] = text_fold(a, first[i]);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        if (v->kind != VALUE_TEXT || !v->text.n)
            return err_set(e, ERR_INPUT,
                           "台帳の定義: 「%.*s」の別の書き方は、空でない文字にしてください。",
                           STR_ARG(first[0]));
        rows[n++] = text_fold(a, v->text);
    }
    *out = rows;
    *count = n;
    return true;
}

static bool choice_read(struct arena *a, const struct value *v, struct register_field *f,
                        struct err *e)
{
    struct choice *c = &f->choices[f->choice_count];

    if (!key_read(v, "選択肢", &c->key, e) || !label_read(v, "label", c->key, c->label, e))
        return false;
    if (field_choice(f, c->key))
        return err_set(e, ERR_INPUT, "台帳の定義: 選択肢「%.*s」が2回あります。",
                       STR_ARG(c->key));
    f->choice_count++;
    return spellings_read(a, value_get(v, STR("synonyms")),
                          (const str[]){ c->key, c->label[0], c->label[1] }, &c->spellings,
                          &c->spelling_count, e);
}

static bool choices_read(struct arena *a, const struct value *list, struct register_field *f,
                         struct err *e)
{
    if (f->kind != FIELD_CHOICE)
        return !list
               || err_set(e, ERR_INPUT,
                          "台帳の定義: 「%.*s」は choice ではないので choices を持てません。",
                          STR_ARG(f->key));
    if (!list || list->kind != VALUE_LIST || !list->count)
        return err_set(e, ERR_INPUT, "台帳の定義: 「%.*s」に choices(選択肢)が必要です。",
                       STR_ARG(f->key));
    f->choices = NEW(a, struct choice, list->count);
    for (const struct value *v = list->first; v; v = v->next)
        if (!choice_read(a, v, f, e))
            return false;
    return true;
}

static bool field_read(struct arena *a, const struct value *v, struct register_def *d,
                       struct err *e)
{
    struct register_field *f = &d->fields[d->field_count];
    const int kind = field_kind_find(value_text(v, "kind"));

    if (!key_read(v, "項目", &f->key, e) || !label_read(v, "label", f->key, f->label, e))
        return false;
    if (kind < 0)
        return err_set(e, ERR_INPUT,
                       "台帳の定義: 項目「%.*s」の kind は date area section partner quantity "
                       "text choice flag year のどれかにしてください。",
                       STR_ARG(f->key));
    if (register_field_find(d, f->key) >= 0)
        return err_set(e, ERR_INPUT, "台帳の定義: 項目「%.*s」が2回あります。",
                       STR_ARG(f->key));
    f->kind = (enum field_kind)kind;
    f->unit = value_text(v, "unit");
    f->is_required = value_bool(v, "required");
    f->is_retired = value_bool(v, "retired");
    d->field_count++;
    return choices_read(a, value_get(v, STR("choices")), f, e)
           && spellings_read(a, value_get(v, STR("synonyms")),
                             (const str[]){ f->label[0], f->label[1], f->key }, &f->headings,
                             &f->heading_count, e);
}

/* A heading must lead to one field. */
static bool headings_differ(const struct register_def *d, struct err *e)
{
    for (uint32_t i = 0; i < d->field_count; i++)
        for (uint32_t k = i + 1; k < d->field_count; k++)
            for (uint32_t x = 0; x < d->fields[i].heading_count; x++)
                for (uint32_t y = 0; y < d->fields[k].heading_count; y++)
                    if (str_eq(d->fields[i].headings[x], d->fields[k].headings[y]))
                        return err_set(e, ERR_INPUT,
                                       "台帳の定義: 見出し「%.*s」が2つの項目にあります。",
                                       STR_ARG(d->fields[i].headings[x]));
    return true;
}

static bool field_named(const struct register_def *d, str key, uint32_t *out, struct err *e)
{
    const int i = register_field_find(d, key);

    if (i < 0)
        return err_set(e, ERR_INPUT, "台帳の定義: 項目「%.*s」はありません。", STR_ARG(key));
    *out = (uint32_t)i;
    return true;
}

static bool checks_read(struct arena *a, const struct value *list, struct register_def *d,
                        struct err *e)
{
    d->checks = NEW(a, struct field_check, list ? list->count : 0);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        struct field_check *c = &d->checks[d->check_count++];

        if (!field_named(d, value_text(v, "less"), &c->less, e)
            || !field_named(d, value_text(v, "more"), &c->more, e))
            return false;
        if (d->fields[c->less].kind != FIELD_QUANTITY
            || d->fields[c->more].kind != FIELD_QUANTITY)
            return err_set(e, ERR_INPUT, "台帳の定義: checks は数量どうしにしてください。");
    }
    return true;
}

static bool identity_read(struct arena *a, const struct value *list, struct register_def *d,
                          struct err *e)
{
    if (!list || list->kind != VALUE_LIST || !list->count)
        return err_set(e, ERR_INPUT,
                       "台帳の定義: identity(1件を見分ける項目の一覧)が必要です。");
    d->identity = NEW(a, uint32_t, list->count);
    for (const struct value *v = list->first; v; v = v->next)
        if (!field_named(d, v->text, &d->identity[d->identity_count++], e))
            return false;
    return true;
}

static int first_of(const struct register_def *d, enum field_kind kind)
{
    for (uint32_t i = 0; i < d->field_count; i++)
        if (d->fields[i].kind == kind)
            return (int)i;
    return -1;
}

static bool book_read(str word, enum book_kind *out, struct err *e)
{
    if (!word.n || str_eq(word, STR("register")))
        *out = BOOK_REGISTER;
    else if (str_eq(word, STR("collection")))
        *out = BOOK_COLLECTION;
    else if (str_eq(word, STR("revenue")))
        *out = BOOK_REVENUE;
    else
        return err_set(
            e, ERR_INPUT,
            "台帳の定義: book は register collection revenue のどれかにしてください。");
    return true;
}

str register_entity(struct arena *a, const struct register_def *d)
{
    return str_fmt(a, "%s/%.*s", d->book == BOOK_REGISTER ? "register" : "ledger",
                   STR_ARG(d->key));
}

bool register_read(struct arena *a, const struct value *tree, struct register_def *out,
                   struct err *e)
{
    struct register_def d = { .tree = tree };
    const struct value *fields = value_get(tree, STR("fields"));

    if (!key_read(tree, "台帳", &d.key, e) || !book_read(value_text(tree, "book"), &d.book, e)
        || !label_read(tree, "name", d.key, d.name, e)
        || !label_read(tree, "about", d.key, d.about, e))
        return false;
    if (!fields || fields->kind != VALUE_LIST || !fields->count || fields->count > FIELDS_MAX)
        return err_set(e, ERR_INPUT,
                       "台帳の定義: fields(項目)を1個から%d個までにしてください。",
                       (int)FIELDS_MAX);
    d.fields = NEW(a, struct register_field, fields->count);
    for (const struct value *v = fields->first; v; v = v->next)
        if (!field_read(a, v, &d, e))
            return false;
    d.section = value_text(tree, "section");
    d.date = first_of(&d, FIELD_DATE);
    d.area = first_of(&d, FIELD_AREA);
    d.gives = value_get(tree, STR("gives"));
    if (d.date < 0)
        return err_set(e, ERR_INPUT, "台帳の定義: 日付の項目(kind が date)が必要です。");
    if (!headings_differ(&d, e) || !checks_read(a, value_get(tree, STR("checks")), &d, e)
        || !identity_read(a, value_get(tree, STR("identity")), &d, e))
        return false;
    *out = d;
    return true;
}

bool register_parse(struct arena *a, str json, struct register_def *out, struct err *e)
{
    struct value *tree;

    return json_load(a, json, &tree, e) && register_read(a, tree, out, e);
}

/* ---- presets ---- */

static str preset_key(const struct embedded *p)
{
    const str name = str_from(p->name);

    return str_take(name, name.n - STR(".json").n);
}

str register_preset_key(size_t i)
{
    return i < REGISTER_PRESETS_N ? preset_key(&REGISTER_PRESETS[i]) : (str){ 0 };
}

str register_preset(str key)
{
    for (size_t i = 0; i < REGISTER_PRESETS_N; i++)
        if (str_eq(preset_key(&REGISTER_PRESETS[i]), key))
            return (str){ (const char *)REGISTER_PRESETS[i].data,
                          (size_t)(REGISTER_PRESETS[i].end - REGISTER_PRESETS[i].data) };
    return (str){ 0 };
}
