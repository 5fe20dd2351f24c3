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
    struct result *out;
};

static bool has_word(const struct reader *r, enum form_words list, str s)
{
    size_t at, n;

    return word_in(r, list, s, &at, &n);
}

/* 令和元年度収納率, 【元年度】収納率: the year before a name is no part of it. */
static str without_year(struct reader *r, str s)
{
    size_t n, i = 0;
    struct pairs pairs = view_pairs(r->scratch, str_take(s, 64));
    bool framed = pairs.count && pairs.items[0].open == 0 && pairs.items[0].kind != QUOTE;
    str rest = framed ? pair_inside(s, &pairs.items[0]) : s;

    if (!year_at(r, rest, 0, framed, &n))
        return s;
    i = framed ? pairs.items[0].end : n;
    if (str_starts(str_skip(s, i), STR("の")))
        i += STR("の").n;
    return i < s.n ? view_from(s, i) : s;
}

static bool is_joint(uint32_t c)
{
    c = char_fold(c);
    return c == ':' || c == 0x3001 || c == ',' || c == '=' || c == 0x2192 || c == 0x21D2;
}

/* What leads from the name to the value: 実績:, 元年度, 【元年度】, は. */
static str name_end(struct reader *r, str s)
{
    for (size_t before = s.n + 1; s.n && s.n < before;) {
        size_t at, n;
        struct pairs pairs;

        before = s.n;
        while (s.n && is_joint(char_before(s, s.n)))
            s = view_between(s, 0, s.n - (char_before(s, s.n) < 0x80 ? 1 : 3));
        if (word_ends(r, WORDS_BASELINE, s, &at)
            && (at == 0 || char_is_blank(char_before(s, at)) || char_closes(char_before(s, at))
                || str_ends(str_take(s, at), STR("度"))))
            s = view_between(s, 0, at);
        pairs = view_pairs(r->scratch, s);
        if (pairs.count && pairs.items[pairs.count - 1].end == s.n
            && year_at(r, pair_inside(s, &pairs.items[pairs.count - 1]), 0, true, &n))
            s = view_between(s, 0, pairs.items[pairs.count - 1].open);
        for (size_t i = s.n > 24 ? s.n - 24 : 1; i < s.n; i++) {
            if (((unsigned char)s.p[i] & 0xC0) == 0x80 || !char_is_blank(char_before(s, i)))
                continue;
            if (year_at(r, s, i, true, &n) && i + n == s.n)
                s = view_between(s, 0, i);
        }
    }
    return s;
}

/* NAME －: there is no value. */
static str without_dash(str s)
{
    static const str DASHES[] = { STR_INIT("-"), STR_INIT("－"), STR_INIT("―"), STR_INIT("ー"),
                                  STR_INIT("–"), STR_INIT("—"),  STR_INIT("−") };

    for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++) {
        size_t n = s.n - DASHES[i].n;
        uint32_t before = str_ends(s, DASHES[i]) ? char_before(s, n) : 0;

        if (before && (char_is_blank(before) || is_joint(before)))
            return view_between(s, 0, n);
    }
    return s;
}

static void value_set(struct reached *x, str where, const struct found *f, str name)
{
    x->out->name = text_of(x->r, name_end(x->r, without_year(x->r, view_trim(name))));
    if (f->fault != DEC_FINE)
        note_bad_number(x->r, f->fault, (str){ where.p + f->at, f->end - f->at },
                        x->out->name.v);
    else
        x->out->value = f->amount;
}

/* 比較 - 120千円: in a change, a dash that stands apart is a minus too. */
static void take_minus_apart(str inside, struct found *f)
{
    str before = view_between(inside, 0, f->at);

    if (f->amount.is_set && f->amount.value.n > 0 && before.n
        && amount_is_minus(char_before(before, before.n)))
        f->amount.value.n = -f->amount.value.n;
}

/* (30年度比較 + 737千円): a change, the year it is measured against, the number. */
static bool value_in_brackets(struct reached *x, const struct pair *p)
{
    str inside = pair_inside(x->s, p);
    struct found f;
    size_t at, n;

    if (p->kind == QUOTE || !amount_find(x->r, inside, 0, &f))
        return false;
    if (has_word(x->r, WORDS_CHANGE, inside)) {
        x->out->is_change = true;
        take_minus_apart(inside, &f);
        x->out->base_year = year_find(x->r, inside, 0, &at, &n);
    } else if (has_word(x->r, WORDS_TARGET, inside) || year_at(x->r, inside, 0, true, &n)) {
        return false;
    }
    value_set(x, inside, &f, str_take(x->s, p->open));
    return true;
}

/* Where the brackets begin that end the entry: (3.2ポイント増)(速報値). */
static uint32_t first_of_last_brackets(const struct reached *x)
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

static void result_parse(struct reader *r, str s, struct result *out)
{
    struct reached x = { r, s, view_pairs(r->scratch, s), out };
    uint32_t last = first_of_last_brackets(&x);
    str head = str_take(s, last < x.pairs.count ? x.pairs.items[last].open : s.n);
    struct found f;
    size_t at;

    *out = (struct result){ .indicator = -1 };
    head = view_trim(head);
    if (amount_find_last(r, head, &f)) {
        value_set(&x, head, &f, str_take(head, f.at));
        out->is_change = has_word(r, WORDS_CHANGE, str_take(head, f.at)) && head.p[f.at] != 0
                         && f.at + 1 < head.n && (head.p[f.at] == '+' || head.p[f.at] == '-');
        return;
    }
    for (uint32_t i = last; i < x.pairs.count; i++)
        if (value_in_brackets(&x, &x.pairs.items[i]))
            return;
    if (word_ends(r, WORDS_ZERO, head, &at)) {
        out->value =
            (struct amount){ true, { 0, 0 }, { 0 }, flow_span(&r->flow, str_skip(head, at)) };
        head = view_between(head, 0, at);
    }
    head = without_dash(without_year(r, head.n ? head : s));
    out->name = text_of(r, name_end(r, head));
}

/* ---- a field into results ---- */

struct results {
    struct reader *r;
    struct result *items;
    uint32_t count, cap;
};

static void result_add(struct results *x, str s)
{
    if (!s.n)
        return;
    if (x->count >= LIMIT_INDICATORS) {
        if (x->count == LIMIT_INDICATORS)
            note_add(x->r, NOTE_BROKEN, s, STR(""));
        return;
    }
    GROW(x->r->scratch, x->items, x->count, &x->cap);
    result_parse(x->r, s, &x->items[x->count++]);
}

static bool has_value(struct reader *r, str s)
{
    struct found f;

    return amount_find_last(r, s, &f)
           || (amount_find(r, s, 0, &f) && char_closes(char_before(s, s.n)));
}

static void results_of_view(struct results *x, str view)
{
    struct entries e = entries_split(x->r, view);
    str open = { 0 };

    for (uint32_t i = 0; i < e.count; i++) {
        const struct entry *now = &e.items[i];

        if (now->list == LIST_NONE && open.n
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
    out->results = NEW(r->a, struct result, x.count);
    for (uint32_t i = 0; i < x.count; i++)
        out->results[i] = x.items[i];
}
