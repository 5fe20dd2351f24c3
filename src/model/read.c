/* Value trees of records back into structs, by the tables of shape.c. Texts are borrowed from
 * the tree. What is not as write.c writes it is refused: then the record is not one of ours. */
#include "model/model.h"
#include "model/inner.h"
#include "base/banned.h"

static const uint32_t ANY_COUNT = UINT32_MAX;
static const int32_t NOT_READ = INT32_MIN;

/* What a row is read from. */
struct place {
    struct arena *a;
    const struct value *map;
    struct err *e;
};

static bool refuse(struct err *e, const char *key)
{
    return err_set(e, ERR_INPUT, "記録の項目「%s」の形が正しくありません。", key);
}

static void *field(void *to, const struct shape_row *r)
{
    return (char *)to + r->offset;
}

static uint32_t *list_count(void *to, const struct shape_row *r)
{
    void *n = (char *)to + r->count_offset;

    return n;
}

/* The value under a key; NULL when there is none or it is null. */
static const struct value *find(const struct place *p, const char *key)
{
    const struct value *v = value_get(p->map, str_from(key));

    return v && v->kind != VALUE_NULL ? v : NULL;
}

static bool text_get(const struct place *p, const char *key, str *to)
{
    const struct value *v = find(p, key);

    if (v && v->kind != VALUE_TEXT)
        return refuse(p->e, key);
    *to = v ? v->text : (str){ 0 };
    return true;
}

static bool number_get(const struct place *p, const char *key, int64_t least, int64_t most,
                       int64_t *to)
{
    const struct value *v = find(p, key);

    if (v && (v->kind != VALUE_INT || v->number < least || v->number > most))
        return refuse(p->e, key);
    if (v)
        *to = v->number;
    return true;
}

static bool bool_get(const struct place *p, const char *key, bool *to)
{
    const struct value *v = find(p, key);

    if (v && v->kind != VALUE_BOOL)
        return refuse(p->e, key);
    *to = v && v->truth;
    return true;
}

static bool word_get(const struct place *p, const struct shape_row *r, str word, unsigned *to)
{
    return words_find(r->words, word, to) || refuse(p->e, r->key);
}

static bool span_of(const struct value *v, struct span *to)
{
    uint32_t *const part[4] = { &to->off, &to->len, &to->line, &to->col };
    const struct value *n;

    if (v->kind != VALUE_LIST || v->count != 4)
        return false;
    n = v->first;
    for (int i = 0; i < 4; i++, n = n->next) {
        if (n->kind != VALUE_INT || n->number < 0 || n->number > UINT32_MAX)
            return false;
        *part[i] = (uint32_t)n->number;
    }
    return true;
}

static bool span_get(const struct place *p, const char *key, struct span *to)
{
    const struct value *v = find(p, key);

    return !v || span_of(v, to) || refuse(p->e, key);
}

static bool digits_get(const struct place *p, const char *key, struct amount *to)
{
    const struct value *v = find(p, key);

    to->is_set = v != NULL;
    return !v || (v->kind == VALUE_TEXT && dec_parse(v->text, &to->value)) || refuse(p->e, key);
}

/* A list under a key, as long as `count` says; NULL when there is no such key. */
static bool list_get(const struct place *p, const char *key, uint32_t count,
                     const struct value **to)
{
    const struct value *v = find(p, key);

    if (v && (v->kind != VALUE_LIST || (count != ANY_COUNT && v->count != count)))
        return refuse(p->e, key);
    *to = v;
    return true;
}

/* ---- one function a kind ---- */

static bool get_text(const struct place *p, const struct shape_row *r, void *to)
{
    struct text *text = field(to, r);

    return text_get(p, r->key, &text->v) && span_get(p, r->key_at, &text->at);
}

static bool get_str(const struct place *p, const struct shape_row *r, void *to)
{
    return text_get(p, r->key, field(to, r));
}

static bool get_amount(const struct place *p, const struct shape_row *r, void *to)
{
    struct amount *m = field(to, r);

    return digits_get(p, r->key, m) && text_get(p, r->key_more, &m->unit)
           && span_get(p, r->key_at, &m->at);
}

static bool get_shared(const struct place *p, const struct shape_row *r, void *to)
{
    struct amount *m = field(to, r);
    const char *key = r->key_more;

    if (!digits_get(p, r->key, m))
        return false;
    if (m->is_set && !value_get(p->map, str_from(key)))
        key = "unit";
    return text_get(p, key, &m->unit) && span_get(p, r->key_at, &m->at);
}

static bool get_number(const struct place *p, const struct shape_row *r, void *to)
{
    int64_t n = 0;

    if (!number_get(p, r->key, INT32_MIN, INT32_MAX, &n))
        return false;
    *(int *)field(to, r) = (int)n;
    return true;
}

static bool get_count(const struct place *p, const struct shape_row *r, void *to)
{
    int64_t n = 0;

    if (!number_get(p, r->key, 0, UINT32_MAX, &n))
        return false;
    *(uint32_t *)field(to, r) = (uint32_t)n;
    return true;
}

static bool get_index(const struct place *p, const struct shape_row *r, void *to)
{
    int64_t n = -1;

    if (!number_get(p, r->key, 0, INT32_MAX, &n))
        return false;
    *(int32_t *)field(to, r) = (int32_t)n;
    return true;
}

static bool get_decimals(const struct place *p, const struct shape_row *r, void *to)
{
    struct decimals *d = field(to, r);
    int64_t n = -1;

    if (!number_get(p, r->key, 0, DEC_SCALE_MAX, &n))
        return false;
    if (n >= 0)
        *d = (struct decimals){ .is_said = true, .count = (int)n };
    return true;
}

static bool get_bool(const struct place *p, const struct shape_row *r, void *to)
{
    return bool_get(p, r->key, field(to, r));
}

static bool get_word(const struct place *p, const struct shape_row *r, void *to)
{
    str word;

    return text_get(p, r->key, &word) && word_get(p, r, word, field(to, r));
}

static bool get_mark(const struct place *p, const struct shape_row *r, void *to)
{
    struct marked *m = field(to, r);
    unsigned mark = MARK_NONE;
    str word;

    if (!text_get(p, r->key, &word) || !word_get(p, r, word, &mark))
        return false;
    m->mark = (enum mark)mark;
    return text_get(p, r->key_more, &m->symbol) && span_get(p, r->key_at, &m->at);
}

static bool get_span(const struct place *p, const struct shape_row *r, void *to)
{
    return span_get(p, r->key, field(to, r));
}

static bool get_hash(const struct place *p, const struct shape_row *r, void *to)
{
    str hex;

    if (!text_get(p, r->key, &hex))
        return false;
    return hex.n == 0 || hash_parse(hex, field(to, r)) || refuse(p->e, r->key);
}

static bool get_texts(const struct place *p, const struct shape_row *r, void *to)
{
    const struct value *list, *at, *where;
    struct text *texts;
    uint32_t n = 0;

    if (!list_get(p, r->key, ANY_COUNT, &list))
        return false;
    if (!list)
        return true;
    if (!list_get(p, r->key_at, list->count, &at))
        return false;
    texts = NEW(p->a, struct text, list->count);
    where = at ? at->first : NULL;
    for (const struct value *v = list->first; v; v = v->next, n++) {
        if (v->kind != VALUE_TEXT || (where && !span_of(where, &texts[n].at)))
            return refuse(p->e, r->key);
        texts[n].v = v->text;
        where = where ? where->next : NULL;
    }
    *(struct text **)field(to, r) = texts;
    *list_count(to, r) = n;
    return true;
}

/* One mark of a list: its word (or null), its place and symbol where the record has them. */
static bool mark_of(const struct shape_row *r, const struct value *word,
                    const struct value *where, const struct value *symbol, struct marked *to)
{
    const str text = word->kind == VALUE_TEXT ? word->text : (str){ 0 };
    unsigned mark = MARK_NONE;

    if (word->kind != VALUE_TEXT && word->kind != VALUE_NULL)
        return false;
    if (!words_find(r->words, text, &mark) || (where && !span_of(where, &to->at))
        || (symbol && symbol->kind != VALUE_TEXT))
        return false;
    to->mark = (enum mark)mark;
    to->symbol = symbol ? symbol->text : (str){ 0 };
    return true;
}

static bool get_marks(const struct place *p, const struct shape_row *r, void *to)
{
    const struct value *list, *at, *symbols, *where, *symbol;
    struct marked *marks;
    uint32_t n = 0;

    if (!list_get(p, r->key, ANY_COUNT, &list))
        return false;
    if (!list)
        return true;
    if (!list_get(p, r->key_at, list->count, &at)
        || !list_get(p, r->key_more, list->count, &symbols))
        return false;
    marks = NEW(p->a, struct marked, list->count);
    where = at ? at->first : NULL;
    symbol = symbols ? symbols->first : NULL;
    for (const struct value *v = list->first; v; v = v->next, n++) {
        if (!mark_of(r, v, where, symbol, &marks[n]))
            return refuse(p->e, r->key);
        where = where ? where->next : NULL;
        symbol = symbol ? symbol->next : NULL;
    }
    *(struct marked **)field(to, r) = marks;
    *list_count(to, r) = n;
    return true;
}

static bool get_map(const struct place *p, const struct shape_row *r, void *to)
{
    const struct value *v = find(p, r->key);

    if (!v && r->when == IN_RECORD)
        return true;
    if (!v || v->kind != VALUE_MAP)
        return refuse(p->e, r->key);
    return shape_get(p->a, v, r->of, field(to, r), p->e);
}

static bool get_list(const struct place *p, const struct shape_row *r, void *to)
{
    const struct value *list;
    char *items;
    uint32_t n = 0;

    if (!list_get(p, r->key, ANY_COUNT, &list))
        return false;
    if (!list)
        return true;
    items = arena_alloc(p->a, r->of->size, list->count);
    for (const struct value *v = list->first; v; v = v->next, n++) {
        if (v->kind != VALUE_MAP)
            return refuse(p->e, r->key);
        if (!shape_get(p->a, v, r->of, items + n * r->of->size, p->e))
            return false;
    }
    *(char **)field(to, r) = items;
    *list_count(to, r) = n;
    return true;
}

static bool get_activities(const struct place *p, const struct shape_row *r, void *to)
{
    (void)r; /* two keys of its own */
    return activities_get(p->a, p->map, to, p->e);
}

typedef bool get_kind(const struct place *p, const struct shape_row *r, void *to);

/* Follows from the other fields: nothing to read. */
static bool get_nothing(const struct place *p, const struct shape_row *r, void *to)
{
    (void)p, (void)r, (void)to;
    return true;
}

/* clang-format off */
static get_kind *const GET[SHAPE_KIND_COUNT] = {
    [SHAPE_TEXT] = get_text,     [SHAPE_STR] = get_str,       [SHAPE_AMOUNT] = get_amount,
    [SHAPE_SHARED] = get_shared, [SHAPE_UNIT] = get_nothing,  [SHAPE_NUMBER] = get_number,
    [SHAPE_COUNT] = get_count,   [SHAPE_YEAR] = get_number,   [SHAPE_INDEX] = get_index,
    [SHAPE_DECIMALS] = get_decimals,
    [SHAPE_BOOL] = get_bool,     [SHAPE_WORD] = get_word,     [SHAPE_MARK] = get_mark,
    [SHAPE_SPAN] = get_span,     [SHAPE_LINE] = get_nothing,  [SHAPE_COLUMN] = get_nothing,
    [SHAPE_HASH] = get_hash,     [SHAPE_TEXTS] = get_texts,   [SHAPE_MARKS] = get_marks,
    [SHAPE_MAP] = get_map,       [SHAPE_LIST] = get_list,     [SHAPE_ACTIVITIES] = get_activities,
};
/* clang-format on */

bool shape_get(struct arena *a, const struct value *map, const struct shape *s, void *to,
               struct err *e)
{
    const struct place p = { a, map, e };

    for (uint32_t i = 0; i < s->row_count; i++) {
        const struct shape_row *r = &s->rows[i];

        if (r->when != IN_CHECK && !GET[r->kind](&p, r, to))
            return false;
    }
    return true;
}

/* ---- activities: a report stands inside the plan it answers ---- */

/* One report into its place among the reports, which "order" says; each place is taken once. */
static bool report_get(const struct place *p, struct initiative *i, int32_t planned)
{
    int64_t order = -1;
    struct activity *report;

    if (!number_get(p, "order", 0, (int64_t)i->reported_count - 1, &order))
        return false;
    if (order < 0 || i->reported[order].other != NOT_READ)
        return refuse(p->e, "order");
    report = &i->reported[order];
    report->other = planned;
    if (planned >= 0)
        i->planned[planned].other = (int32_t)order;
    return shape_get(p->a, p->map, &REPORT_SHAPE, report, p->e);
}

static bool planned_get(const struct place *p, struct initiative *i, int32_t index)
{
    static const struct shape_row pairing = { .key = "pairing", .words = &PAIRING_WORDS };
    struct activity *planned = &i->planned[index];
    const struct place inner = { p->a, find(p, "reported"), p->e };
    unsigned word = PAIR_NONE;
    str text;

    planned->other = -1;
    if (!shape_get(p->a, p->map, &ACTIVITY_SHAPE, planned, p->e))
        return false;
    if (!inner.map)
        return true;
    if (!report_get(&inner, i, index) || !text_get(&inner, "pairing", &text)
        || !word_get(&inner, &pairing, text, &word))
        return false;
    planned->pairing = i->reported[planned->other].pairing = (enum pairing)word;
    return true;
}

/* How many reports the two lists hold together. */
static uint32_t reports_count(const struct value *activities, const struct value *unplanned)
{
    uint32_t n = unplanned ? unplanned->count : 0;

    for (const struct value *v = activities ? activities->first : NULL; v; v = v->next) {
        const struct value *reported = value_get(v, STR("reported"));

        n += reported && reported->kind != VALUE_NULL;
    }
    return n;
}

bool activities_get(struct arena *a, const struct value *map, struct initiative *i,
                    struct err *e)
{
    const struct place p = { a, map, e };
    const struct value *activities, *unplanned;

    if (!list_get(&p, "activities", ANY_COUNT, &activities)
        || !list_get(&p, "unplanned", ANY_COUNT, &unplanned))
        return false;
    i->reported_count = reports_count(activities, unplanned);
    i->reported = NEW(a, struct activity, i->reported_count);
    for (uint32_t k = 0; k < i->reported_count; k++)
        i->reported[k].other = NOT_READ;
    i->planned = NEW(a, struct activity, activities ? activities->count : 0);
    for (const struct value *v = activities ? activities->first : NULL; v; v = v->next)
        if (!planned_get(&(struct place){ a, v, e }, i, (int32_t)i->planned_count++))
            return false;
    for (const struct value *v = unplanned ? unplanned->first : NULL; v; v = v->next)
        if (!report_get(&(struct place){ a, v, e }, i, -1))
            return false;
    return true;
}

/* ---- the trees ---- */

static bool results_fit(const struct initiative *i, struct err *e)
{
    for (uint32_t k = 0; k < i->result_count; k++)
        if (i->results[k].indicator >= (int32_t)i->indicator_count)
            return refuse(e, "results");
    return true;
}

bool model_initiative_read(struct arena *a, const struct value *v, struct initiative *out,
                           struct err *e)
{
    struct initiative i = { 0 };

    if (!v || v->kind != VALUE_MAP)
        return refuse(e, "initiative");
    if (!shape_get(a, v, &INITIATIVE_SHAPE, &i, e) || !results_fit(&i, e))
        return false;
    *out = i;
    return true;
}

bool model_plan_read(struct arena *a, const struct value *v, struct plan *out, struct err *e)
{
    struct plan p = { 0 };

    if (!v || v->kind != VALUE_MAP)
        return refuse(e, "plan");
    if (!shape_get(a, v, &PLAN_HEAD_SHAPE, &p, e)
        || !shape_get(a, v, &PLAN_INITIATIVES_SHAPE, &p, e))
        return false;
    for (uint32_t k = 0; k < p.initiative_count; k++)
        if (!results_fit(&p.initiatives[k], e))
            return false;
    *out = p;
    return true;
}

bool model_finding_read(struct arena *a, const struct value *v, struct finding *out,
                        struct err *e)
{
    struct finding f = { 0 };

    if (!v || v->kind != VALUE_MAP)
        return refuse(e, "finding");
    if (!shape_get(a, v, &FINDING_SHAPE, &f, e))
        return false;
    *out = f;
    return true;
}
