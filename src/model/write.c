/* Structs into value trees, by the tables of shape.c. The trees borrow the structs' texts. */
#include "model/model.h"
#include "model/inner.h"
#include "base/banned.h"

/* What a row is written from and into. */
struct place {
    struct arena *a;
    struct value *map;
    bool is_record;
};

static const void *field(const void *from, const struct shape_row *r)
{
    return (const char *)from + r->offset;
}

static uint32_t list_count(const void *from, const struct shape_row *r)
{
    const void *n = (const char *)from + r->count_offset;

    return *(const uint32_t *)n;
}

static bool span_is_set(struct span s)
{
    return s.off || s.len || s.line || s.col;
}

static void span_fill(struct arena *a, struct value *list, struct span s)
{
    value_add_int(a, list, s.off);
    value_add_int(a, list, s.len);
    value_add_int(a, list, s.line);
    value_add_int(a, list, s.col);
}

static void span_put(const struct place *p, const char *key, struct span s)
{
    if (p->is_record && span_is_set(s))
        span_fill(p->a, value_put_list(p->a, p->map, key), s);
}

/* Nothing: null where readers of the contract look for the key, no key otherwise. */
static void text_put(const struct place *p, const struct shape_row *r, str text)
{
    if (text.n || r->when != IN_RECORD)
        value_put_text_or_null(p->a, p->map, r->key, text);
}

static void number_put(const struct place *p, const struct shape_row *r, int64_t n,
                       int64_t nothing)
{
    if (n != nothing)
        value_put_int(p->a, p->map, r->key, n);
    else if (r->when != IN_RECORD)
        value_put_null(p->a, p->map, r->key);
}

static void digits_put(const struct place *p, const struct shape_row *r, const struct amount *m)
{
    if (m->is_set)
        value_put_dec(p->a, p->map, r->key, m->value);
    else
        value_put_null(p->a, p->map, r->key);
}

str indicator_unit(const struct indicator *i)
{
    if (i->target.unit.n)
        return i->target.unit;
    return i->baseline.unit.n ? i->baseline.unit : i->actual.unit;
}

/* ---- one function a kind ---- */

static void put_text(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct text *text = field(from, r);

    text_put(p, r, text->v);
    span_put(p, r->key_at, text->at);
}

static void put_str(const struct place *p, const struct shape_row *r, const void *from)
{
    text_put(p, r, *(const str *)field(from, r));
}

static void put_amount(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct amount *m = field(from, r);

    digits_put(p, r, m);
    value_put_text_or_null(p->a, p->map, r->key_more, m->unit);
    span_put(p, r->key_at, m->at);
}

/* The unit is written only where it is not the one that "unit" says for all of them. */
static void put_shared(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct amount *m = field(from, r);
    const str expected = m->is_set ? indicator_unit(from) : (str){ 0 };

    digits_put(p, r, m);
    if (!str_eq(m->unit, expected))
        value_put_text_or_null(p->a, p->map, r->key_more, m->unit);
    span_put(p, r->key_at, m->at);
}

static void put_unit(const struct place *p, const struct shape_row *r, const void *from)
{
    value_put_text_or_null(p->a, p->map, r->key, indicator_unit(from));
}

static void put_number(const struct place *p, const struct shape_row *r, const void *from)
{
    value_put_int(p->a, p->map, r->key, *(const int *)field(from, r));
}

static void put_count(const struct place *p, const struct shape_row *r, const void *from)
{
    number_put(p, r, *(const uint32_t *)field(from, r), 0);
}

static void put_year(const struct place *p, const struct shape_row *r, const void *from)
{
    number_put(p, r, *(const int *)field(from, r), 0);
}

static void put_index(const struct place *p, const struct shape_row *r, const void *from)
{
    number_put(p, r, *(const int32_t *)field(from, r), -1);
}

static void put_decimals(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct decimals *d = field(from, r);

    number_put(p, r, d->is_said ? d->count : -1, -1);
}

static void put_bool(const struct place *p, const struct shape_row *r, const void *from)
{
    const bool truth = *(const bool *)field(from, r);

    if (truth || r->when != IN_RECORD)
        value_put_bool(p->a, p->map, r->key, truth);
}

static void put_word(const struct place *p, const struct shape_row *r, const void *from)
{
    text_put(p, r, words_at(r->words, *(const unsigned *)field(from, r)));
}

static void put_mark(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct marked *m = field(from, r);

    text_put(p, r, words_at(r->words, m->mark));
    if (p->is_record && m->symbol.n)
        value_put_text(p->a, p->map, r->key_more, m->symbol);
    span_put(p, r->key_at, m->at);
}

static void put_span(const struct place *p, const struct shape_row *r, const void *from)
{
    span_put(p, r->key, *(const struct span *)field(from, r));
}

static void put_line(const struct place *p, const struct shape_row *r, const void *from)
{
    number_put(p, r, ((const struct span *)field(from, r))->line, 0);
}

static void put_column(const struct place *p, const struct shape_row *r, const void *from)
{
    number_put(p, r, ((const struct span *)field(from, r))->col, 0);
}

static void put_hash(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct hash *h = field(from, r);
    struct buf hex;

    if (hash_is_zero(*h))
        return;
    buf_init(&hex, p->a, 64, 64);
    hash_put(&hex, *h);
    value_put_text(p->a, p->map, r->key, buf_str(&hex));
}

static void put_texts(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct text *const *texts = field(from, r);
    const uint32_t n = list_count(from, r);
    struct value *list = value_put_list(p->a, p->map, r->key);

    for (uint32_t i = 0; i < n; i++)
        value_add_text(p->a, list, (*texts)[i].v);
    if (!p->is_record || !n)
        return;
    list = value_put_list(p->a, p->map, r->key_at);
    for (uint32_t i = 0; i < n; i++)
        span_fill(p->a, value_add_list(p->a, list), (*texts)[i].at);
}

static void put_marks(const struct place *p, const struct shape_row *r, const void *from)
{
    const struct marked *const *marks = field(from, r);
    const uint32_t n = list_count(from, r);
    struct value *list = value_put_list(p->a, p->map, r->key);

    for (uint32_t i = 0; i < n; i++) {
        const str word = words_at(r->words, (*marks)[i].mark);

        if (word.n)
            value_add_text(p->a, list, word);
        else
            value_add_null(p->a, list);
    }
    if (!p->is_record || !n)
        return;
    list = value_put_list(p->a, p->map, r->key_at);
    for (uint32_t i = 0; i < n; i++)
        span_fill(p->a, value_add_list(p->a, list), (*marks)[i].at);
    list = value_put_list(p->a, p->map, r->key_more);
    for (uint32_t i = 0; i < n; i++)
        value_add_text(p->a, list, (*marks)[i].symbol);
}

static void put_list(const struct place *p, const struct shape_row *r, const void *from)
{
    const char *const *items = field(from, r);
    const uint32_t n = list_count(from, r);
    struct value *list;

    if (!n && r->when == IN_RECORD)
        return;
    list = value_put_list(p->a, p->map, r->key);
    for (uint32_t i = 0; i < n; i++)
        shape_put(p->a, value_add_map(p->a, list), r->of, *items + i * r->of->size,
                  p->is_record);
}

static void put_map(const struct place *p, const struct shape_row *r, const void *from)
{
    struct value *map;

    if (r->when != IN_RECORD) {
        map = value_put_map(p->a, p->map, r->key);
        shape_put(p->a, map, r->of, field(from, r), p->is_record);
        return;
    }
    map = value_map(p->a);
    shape_put(p->a, map, r->of, field(from, r), p->is_record);
    map->key = str_from(r->key);
    if (map->count)
        (void)value_append(p->map, map);
}

static void put_activities(const struct place *p, const struct shape_row *r, const void *from)
{
    (void)r; /* two keys of its own */
    activities_put(p->a, p->map, from, p->is_record);
}

typedef void put_kind(const struct place *p, const struct shape_row *r, const void *from);

/* clang-format off */
static put_kind *const PUT[SHAPE_KIND_COUNT] = {
    [SHAPE_TEXT] = put_text,     [SHAPE_STR] = put_str,       [SHAPE_AMOUNT] = put_amount,
    [SHAPE_SHARED] = put_shared, [SHAPE_UNIT] = put_unit,     [SHAPE_NUMBER] = put_number,
    [SHAPE_COUNT] = put_count,   [SHAPE_YEAR] = put_year,     [SHAPE_INDEX] = put_index,
    [SHAPE_DECIMALS] = put_decimals,
    [SHAPE_BOOL] = put_bool,     [SHAPE_WORD] = put_word,     [SHAPE_MARK] = put_mark,
    [SHAPE_SPAN] = put_span,     [SHAPE_LINE] = put_line,     [SHAPE_COLUMN] = put_column,
    [SHAPE_HASH] = put_hash,     [SHAPE_TEXTS] = put_texts,   [SHAPE_MARKS] = put_marks,
    [SHAPE_MAP] = put_map,       [SHAPE_LIST] = put_list,     [SHAPE_ACTIVITIES] = put_activities,
};
/* clang-format on */

void shape_put(struct arena *a, struct value *map, const struct shape *s, const void *from,
               bool is_record)
{
    const struct place p = { a, map, is_record };

    for (uint32_t i = 0; i < s->row_count; i++) {
        const struct shape_row *r = &s->rows[i];

        if (r->when == IN_BOTH || (r->when == IN_RECORD) == is_record)
            PUT[r->kind](&p, r, from);
    }
}

/* ---- activities: a report stands inside the plan it answers ---- */

/* A pairing counts only when both sides name each other: a plan that nobody has linked yet has
 * no reports inside. */
static bool is_paired(const struct initiative *i, uint32_t planned)
{
    const int32_t other = i->planned[planned].other;

    return other >= 0 && (uint32_t)other < i->reported_count
           && i->reported[other].other == (int32_t)planned;
}

static bool has_plan(const struct initiative *i, uint32_t reported)
{
    const int32_t other = i->reported[reported].other;

    return other >= 0 && (uint32_t)other < i->planned_count && is_paired(i, (uint32_t)other)
           && i->planned[other].other == (int32_t)reported;
}

static void report_put(const struct place *p, const struct initiative *i, uint32_t index)
{
    shape_put(p->a, p->map, &REPORT_SHAPE, &i->reported[index], p->is_record);
    if (p->is_record)
        value_put_int(p->a, p->map, "order", index);
}

static void planned_put(const struct place *p, const struct initiative *i, uint32_t index)
{
    const struct activity *planned = &i->planned[index];

    shape_put(p->a, p->map, &ACTIVITY_SHAPE, planned, p->is_record);
    if (is_paired(i, index)) {
        const struct place inner = { p->a, value_put_map(p->a, p->map, "reported"),
                                     p->is_record };

        report_put(&inner, i, (uint32_t)planned->other);
        value_put_text_or_null(p->a, inner.map, "pairing",
                               words_at(&PAIRING_WORDS, planned->pairing));
    } else {
        value_put_null(p->a, p->map, "reported");
    }
    shape_put(p->a, p->map, &ACTIVITY_PLACE_SHAPE, planned, p->is_record);
}

void activities_put(struct arena *a, struct value *map, const struct initiative *i,
                    bool is_record)
{
    struct value *list = value_put_list(a, map, "activities");

    for (uint32_t k = 0; k < i->planned_count; k++)
        planned_put(&(struct place){ a, value_add_map(a, list), is_record }, i, k);
    list = value_put_list(a, map, "unplanned");
    for (uint32_t k = 0; k < i->reported_count; k++)
        if (!has_plan(i, k))
            report_put(&(struct place){ a, value_add_map(a, list), is_record }, i, k);
}

/* ---- the trees ---- */

struct value *model_initiative_value(struct arena *a, const struct initiative *i,
                                     bool with_places)
{
    struct value *v = value_map(a);

    shape_put(a, v, &INITIATIVE_SHAPE, i, with_places);
    return v;
}

struct value *model_plan_head_value(struct arena *a, const struct plan *p)
{
    struct value *v = value_map(a);

    shape_put(a, v, &PLAN_HEAD_SHAPE, p, true);
    return v;
}

struct value *model_plan_value(struct arena *a, const struct plan *p, bool with_places)
{
    struct value *v = value_map(a);

    shape_put(a, v, &PLAN_HEAD_SHAPE, p, with_places);
    shape_put(a, v, &PLAN_INITIATIVES_SHAPE, p, with_places);
    return v;
}

struct value *model_finding_value(struct arena *a, const struct finding *f, enum lang lang)
{
    struct value *v = value_map(a);

    shape_put(a, v, &FINDING_SHAPE, f, false);
    value_put_text_or_null(a, v, "message", f->message[lang]);
    return v;
}

struct value *model_finding_record(struct arena *a, const struct finding *f)
{
    struct value *v = value_map(a);

    shape_put(a, v, &FINDING_SHAPE, f, true);
    return v;
}

struct value *model_note_value(struct arena *a, const struct note *n)
{
    struct value *v = value_map(a);

    shape_put(a, v, &NOTE_SHAPE, n, false);
    return v;
}
