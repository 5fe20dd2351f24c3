/* The grammar of what was reached:
 *
 *   result = [list mark] [year] name value  |  name : value  |  name (評価点 value)  |  name
 * (30年度比較 + value) */
#include "ingest/inner.h"

#include "base/banned.h"

struct reached {
    struct reader *r;
    str s;
    struct pairs pairs;
    uint32_t last; /* the first of the brackets with which s ends */
    struct result *out;
};

static bool has_word(const struct reader *r, enum form_words list, str s)
{
    size_t at, n;

    return word_in(r, list, s, &at, &n);
}

/* ---- the name ---- */

/* 【元年度】収納率: brackets with a year before the name. */
static str without_year_brackets(struct reached *x, str s)
{
    const struct pair *first = x->pairs.count ? &x->pairs.items[0] : NULL;
    size_t n, open = (size_t)(s.p - x->s.p);

    if (!first || first->open != open || first->kind == QUOTE
        || !year_at(x->r, pair_inside(x->s, first), 0, true, &n))
        return s;
    return view_from(s, first->end - open);
}

/* NAME 目標40%に対し: the target is told once more. */
static str without_target(struct reader *r, str s)
{
    struct found f;

    for (size_t i = 0, n; i < s.n; i += n) {
        size_t word = word_at(r, WORDS_TARGET, s, i);

        (void)char_at(s, i, &n);
        if (!word || i == 0
            || !(char_is_blank(char_before(s, i)) || char_is_joint(char_before(s, i))))
            continue;
        if (amount_find(r, s, i + word, &f))
            return view_between(s, 0, i);
    }
    return s;
}

static void name_set(struct reached *x, str name)
{
    int year = YEAR_NONE;

    name = without_year_brackets(x, view_trim(name));
    name = name_without_year(x->r, name, &year);
    name = name_without_link(x->r, name, &year);
    x->out->name = text_of(x->r, name_without_link(x->r, without_target(x->r, name), &year));
}

/* NAME －, NAME 未測定, NAME (集計中): there is no value. */
static str without_no_result(struct reader *r, str s)
{
    static const str DASHES[] = { STR_INIT("-"), STR_INIT("－"), STR_INIT("―"), STR_INIT("ー"),
                                  STR_INIT("–"), STR_INIT("—"),  STR_INIT("−") };
    struct pair p;
    size_t at;
    uint32_t before;

    if (last_pair(s, &p) && p.open > 0 && word_is(r, WORDS_NO_RESULT, pair_inside(s, &p)))
        return view_between(s, 0, p.open);
    if (!word_ends(r, WORDS_NO_RESULT, s, &at)) {
        at = s.n;
        for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++)
            if (str_ends(s, DASHES[i]))
                at = s.n - DASHES[i].n;
    }
    before = at && at < s.n ? char_before(s, at) : 0;
    return before && (char_is_blank(before) || char_is_joint(before) || char_closes(before))
               ? view_between(s, 0, at)
               : s;
}

/* ---- the value ---- */

static void value_set(struct reached *x, str where, const struct found *f, str name)
{
    name_set(x, name);
    if (f->fault != DEC_FINE)
        note_bad_number(x->r, f->fault, view_between(where, f->at, f->end), x->out->name.v);
    else
        x->out->value = amount_kept(x->r, f);
}

/* 比較 - 120千円: in a change, a dash that stands apart is a minus too. */
static bool is_minus_before(str s, size_t at)
{
    s = view_trim(str_take(s, at));
    return amount_is_minus(char_before(s, s.n));
}

/* - 2834千円, 120千円の減: the change is a decrease. */
static void change_set(struct reached *x, str where, const struct found *f)
{
    struct amount *v = &x->out->value;
    size_t at, n;

    x->out->is_change = true;
    x->out->base_year = year_find(x->r, where, 0, &at, &n);
    if (v->value.n > 0
        && (is_minus_before(where, f->at)
            || has_word(x->r, WORDS_LESS, str_skip(where, f->end))))
        v->value.n = -v->value.n;
}

/* (30年度比較 + 737千円): a change; (評価点3.4), (28.9%): the value; (目標40%), (29年度14.4%):
 * neither. */
static bool value_in_brackets(struct reached *x, const struct pair *p)
{
    str inside = pair_inside(x->s, p);
    bool is_change = has_word(x->r, WORDS_CHANGE, inside);
    struct found f;
    size_t n;

    if (p->kind == QUOTE || !amount_find(x->r, inside, 0, &f))
        return false;
    if (!is_change
        && (has_word(x->r, WORDS_TARGET, inside) || year_at(x->r, inside, 0, true, &n)))
        return false;
    value_set(x, inside, &f, str_take(x->s, p->open));
    if (is_change)
        change_set(x, inside, &f);
    return true;
}

/* Where the brackets begin with which the entry ends: (3.2ポイント増)(速報値). */
static uint32_t first_of_last(const struct reached *x)
{
    uint32_t i = x->pairs.count;
    size_t end = x->s.n;

    while (i > 0 && x->pairs.items[i - 1].kind != QUOTE
           && !view_between(x->s, x->pairs.items[i - 1].end, end).n) {
        end = x->pairs.items[i - 1].open;
        i--;
    }
    return i;
}

static void no_value(struct reached *x, str head)
{
    size_t at;

    if (word_ends(x->r, WORDS_ZERO, head, &at)) {
        x->out->value = (struct amount){
            true, { 0, 0 }, { 0 }, flow_span(&x->r->flow, str_skip(head, at))
        };
        head = view_between(head, 0, at);
    }
    name_set(x, without_no_result(x->r, head.n ? head : x->s));
}

/* 30年度比較 +737千円, without brackets. */
static void head_value(struct reached *x, str head, const struct found *f)
{
    str before = view_between(head, 0, f->at), name = before;
    size_t at, n, change_at, change_n;
    int year = year_find(x->r, before, 0, &at, &n);

    if (word_in(x->r, WORDS_CHANGE, before, &change_at, &change_n)
        && view_from(before, change_at + change_n).n == 0) {
        name = view_between(before, 0, year && at < change_at ? at : change_at);
        value_set(x, head, f, name);
        change_set(x, head, f);
        return;
    }
    value_set(x, head, f, without_particle(name));
}

void result_read(struct reader *r, str s, struct result *out)
{
    struct reached x = { .r = r, .s = s, .pairs = view_pairs(r, s), .out = out };
    struct found f;
    str head;

    *out = (struct result){ .indicator = -1 };
    x.last = first_of_last(&x);
    head = view_trim(str_take(s, x.last < x.pairs.count ? x.pairs.items[x.last].open : s.n));
    if (amount_find_last(r, head, &f)) {
        head_value(&x, head, &f);
        return;
    }
    for (uint32_t i = x.last; i < x.pairs.count; i++)
        if (value_in_brackets(&x, &x.pairs.items[i]))
            return;
    no_value(&x, head);
}

/* ---- a field into results ---- */

struct results {
    struct reader *r;
    struct result *items;
    uint32_t count, cap;
    bool is_over;
};

static void result_add(struct results *x, str s)
{
    if (!s.n)
        return;
    if (x->count >= LIMIT_INDICATORS) {
        if (!x->is_over)
            note_add(x->r, NOTE_BROKEN, s, STR(""));
        x->is_over = true;
        return;
    }
    GROW(x->r->scratch, x->items, x->count, &x->cap);
    result_read(x->r, s, &x->items[x->count++]);
}

static bool has_value(struct reader *r, str s)
{
    struct found f;

    return amount_find_last(r, s, &f)
           || (char_closes(char_before(s, s.n)) && amount_find(r, s, 0, &f));
}

/* A line without a mark goes on with the one before it as long as only one of them has a value.
 */
static void results_of_view(struct results *x, str view)
{
    struct entries e = entries_split(x->r, view);
    str open = { 0 };

    for (uint32_t i = 0; i < e.count; i++) {
        const struct entry *now = &e.items[i];

        if (now->list == LIST_NONE && open.n && open.n <= VIEW_NEAR
            && (!has_value(x->r, open) || !has_value(x->r, now->s))) {
            open.n = (size_t)(now->s.p + now->s.n - open.p);
            continue;
        }
        result_add(x, open);
        open = now->s;
    }
    result_add(x, open);
}

void results_read(struct reader *r, const struct views *v, struct initiative *out)
{
    struct results x = { .r = r };

    for (uint32_t i = 0; i < v->count; i++)
        results_of_view(&x, v->items[i]);
    out->result_count = x.count;
    out->results = KEEP(r->a, x.items, x.count);
}
