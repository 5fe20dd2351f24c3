/* Bindings and actuals as trees. */
#include "model/binding.h"

#include "base/banned.h"

static const str KINDS[MEASURE_KIND_COUNT] = {
    STR_INIT("register"), STR_INIT("ledger"), STR_INIT("survey"),
    STR_INIT("rating"),   STR_INIT("voices"), STR_INIT("manual"),
};

static const str VALUES[GIVES_COUNT_OF_KINDS] = {
    STR_INIT("count"), STR_INIT("sum"),    STR_INIT("mean"),    STR_INIT("ratio"),
    STR_INIT("areas"), STR_INIT("latest"), STR_INIT("rate"),    STR_INIT("increase"),
    STR_INIT("share"), STR_INIT("level"),  STR_INIT("in_time"), STR_INIT("number"),
};

const str MEASURE_VOICES_BOOK = STR_INIT("voices");
const str MEASURE_RULE = STR_INIT("measure-2");

/* Which values a kind can give, and how many quantities each needs. */
static const struct {
    enum measure_kind kind;
    enum measure_value value;
    uint32_t least, most;
} FITS[] = {
    { MEASURE_REGISTER, GIVES_COUNT, 0, 0 },  { MEASURE_REGISTER, GIVES_SUM, 1, 1 },
    { MEASURE_REGISTER, GIVES_MEAN, 1, 1 },   { MEASURE_REGISTER, GIVES_RATIO, 2, 2 },
    { MEASURE_REGISTER, GIVES_AREAS, 0, 0 },  { MEASURE_REGISTER, GIVES_INCREASE, 1, 1 },
    { MEASURE_REGISTER, GIVES_LATEST, 1, 1 }, { MEASURE_LEDGER, GIVES_COUNT, 0, 0 },
    { MEASURE_LEDGER, GIVES_RATE, 2, 3 },     { MEASURE_LEDGER, GIVES_SUM, 1, 1 },
    { MEASURE_LEDGER, GIVES_INCREASE, 1, 1 }, { MEASURE_SURVEY, GIVES_SHARE, 0, 0 },
    { MEASURE_RATING, GIVES_MEAN, 1, 1 },     { MEASURE_RATING, GIVES_LEVEL, 1, 1 },
    { MEASURE_VOICES, GIVES_IN_TIME, 0, 0 },  { MEASURE_VOICES, GIVES_COUNT, 0, 0 },
    { MEASURE_MANUAL, GIVES_NUMBER, 0, 0 },
};

str measure_kind_word(enum measure_kind k)
{
    return KINDS[k];
}

str measure_value_word(enum measure_value v)
{
    return VALUES[v];
}

static int word_find(const str *words, int count, str word)
{
    for (int i = 0; i < count; i++)
        if (str_eq(words[i], word))
            return i;
    return -1;
}

bool measure_kind_find(str word, enum measure_kind *out)
{
    const int i = word_find(KINDS, MEASURE_KIND_COUNT, word);

    *out = (enum measure_kind)(i < 0 ? 0 : i);
    return i >= 0;
}

bool measure_value_find(str word, enum measure_value *out)
{
    const int i = word_find(VALUES, GIVES_COUNT_OF_KINDS, word);

    *out = (enum measure_value)(i < 0 ? 0 : i);
    return i >= 0;
}

bool measure_gives(enum measure_kind kind, enum measure_value value)
{
    for (size_t i = 0; i < sizeof FITS / sizeof *FITS; i++)
        if (FITS[i].kind == kind && FITS[i].value == value)
            return true;
    return false;
}

/* ---- years ---- */

const struct measure_year *measure_year_of(const struct measure_def *d, int fiscal_year)
{
    for (uint32_t i = 0; i < d->year_count; i++)
        if (d->years[i].fiscal_year == fiscal_year)
            return &d->years[i];
    return NULL;
}

static const str YEAR = STR_INIT("{year}");

str measure_survey_key(struct arena *a, const struct measure_def *d, int fiscal_year)
{
    const struct measure_year *own = measure_year_of(d, fiscal_year);
    const ptrdiff_t at = str_find(d->survey, YEAR);

    if (own && own->survey.n)
        return own->survey;
    if (at < 0)
        return d->survey;
    return str_fmt(a, "%.*s%d%.*s", (int)at, d->survey.p, fiscal_year,
                   STR_ARG(str_skip(d->survey, (size_t)at + YEAR.n)));
}

bool measure_uses_survey(const struct measure_def *d, str key)
{
    const ptrdiff_t at = str_find(d->survey, YEAR);
    str middle, after;
    dec year;

    for (uint32_t i = 0; i < d->year_count; i++)
        if (str_eq(d->years[i].survey, key))
            return true;
    if (d->kind != MEASURE_SURVEY || at < 0)
        return d->kind == MEASURE_SURVEY && d->survey.n && str_eq(d->survey, key);
    after = str_skip(d->survey, (size_t)at + YEAR.n);
    if (!str_starts(key, str_take(d->survey, (size_t)at)) || !str_ends(key, after)
        || key.n < (size_t)at + after.n)
        return false;
    middle = str_take(str_skip(key, (size_t)at), key.n - (size_t)at - after.n);
    return middle.n == 4 && dec_parse(middle, &year);
}

/* ---- reading ---- */

static bool keys_are_known(const struct value *m, struct err *e)
{
    static const str KEYS[] = {
        STR_INIT("kind"),    STR_INIT("register"), STR_INIT("ledger"), STR_INIT("survey"),
        STR_INIT("rating"),  STR_INIT("question"), STR_INIT("value"),  STR_INIT("of"),
        STR_INIT("filter"),  STR_INIT("period"),   STR_INIT("unit"),   STR_INIT("decimals"),
        STR_INIT("divide"),  STR_INIT("number"),   STR_INIT("source"), STR_INIT("years"),
        STR_INIT("weights"),
    };

    for (const struct value *v = m->first; v; v = v->next)
        if (word_find(KEYS, sizeof KEYS / sizeof *KEYS, v->key) < 0)
            return err_set(e, ERR_INPUT, "測り方の定義: 知らない項目「%.*s」があります。",
                           STR_ARG(v->key));
    return true;
}

static bool of_read(const struct value *m, struct measure_def *out, struct err *e)
{
    const struct value *list = value_get(m, STR("of"));

    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        if (out->of_count == 3 || v->kind != VALUE_TEXT || !v->text.n)
            return err_set(e, ERR_INPUT,
                           "測り方の定義: of は項目の名前を3つまでにしてください。");
        out->of[out->of_count++] = v->text;
    }
    for (size_t i = 0; i < sizeof FITS / sizeof *FITS; i++)
        if (FITS[i].kind == out->kind && FITS[i].value == out->value)
            return (out->of_count >= FITS[i].least && out->of_count <= FITS[i].most)
                   || err_set(e, ERR_INPUT, "測り方の定義: %.*s には of の項目が%u個要ります。",
                              STR_ARG(VALUES[out->value]), FITS[i].least);
    return err_set(e, ERR_INPUT, "測り方の定義: %.*s から %.*s は出せません。",
                   STR_ARG(KINDS[out->kind]), STR_ARG(VALUES[out->value]));
}

static bool filters_read(struct arena *a, const struct value *m, struct measure_def *out,
                         struct err *e)
{
    const struct value *map = value_get(m, STR("filter"));

    for (const struct value *v = map ? map->first : NULL; v; v = v->next) {
        struct measure_filter *f = &out->filters[out->filter_count++];

        if (out->filter_count > MEASURE_FILTERS_MAX || v->kind != VALUE_LIST || !v->count)
            return err_set(e, ERR_INPUT,
                           "測り方の定義: filter の「%.*s」は、数える値の一覧にしてください。",
                           STR_ARG(v->key));
        f->field = v->key;
        f->any_of = NEW(a, str, v->count);
        for (const struct value *one = v->first; one; one = one->next)
            f->any_of[f->count++] = one->text;
    }
    return true;
}

static bool year_read(const struct value *v, enum measure_kind kind, struct measure_year *out,
                      struct err *e)
{
    dec year;

    if (!dec_parse(v->key, &year) || year.scale || year.n < FISCAL_MIN || year.n > FISCAL_MAX)
        return err_set(e, ERR_INPUT,
                       "測り方の定義: years の「%.*s」は年度(2024)ではありません。",
                       STR_ARG(v->key));
    *out = (struct measure_year){ .fiscal_year = (int)year.n,
                                  .survey = value_text(v, "survey"),
                                  .source = value_text(v, "source"),
                                  .by = value_text(v, "by"),
                                  .on = value_text(v, "on") };
    out->has_number = value_dec(v, "number", &out->number);
    if (kind == MEASURE_SURVEY)
        return out->survey.n
               || err_set(e, ERR_INPUT, "測り方の定義: %d年度の survey(調査)を書いてください。",
                          out->fiscal_year);
    return (out->has_number && out->source.n)
           || err_set(e, ERR_INPUT,
                      "測り方の定義: %d年度には number(引用符で囲んだ数)と source(元の資料)が"
                      "要ります。",
                      out->fiscal_year);
}

static bool years_read(struct arena *a, const struct value *m, struct measure_def *out,
                       struct err *e)
{
    const struct value *map = value_get(m, STR("years"));

    if (!map)
        return true;
    if (map->kind != VALUE_MAP || map->count > MEASURE_YEARS_MAX
        || (out->kind != MEASURE_SURVEY && out->kind != MEASURE_MANUAL
            && out->kind != MEASURE_VOICES))
        return err_set(
            e, ERR_INPUT,
            "測り方の定義: years は survey と manual と voices だけにあり、年度ごとに1つ、"
            "%dまでです。",
            MEASURE_YEARS_MAX);
    out->years = NEW(a, struct measure_year, map->count);
    for (const struct value *v = map->first; v; v = v->next)
        if (!year_read(v, out->kind, &out->years[out->year_count++], e))
            return false;
    return true;
}

static bool manual_read(const struct value *m, struct measure_def *out, struct err *e)
{
    out->source = value_text(m, "source");
    if (!value_dec(m, "number", &out->number))
        return (out->year_count && !value_get(m, STR("number")))
               || err_set(e, ERR_INPUT,
                          "測り方の定義: number は \"86.20\" のように引用符で囲んだ数にして"
                          "ください。");
    return out->source.n
           || err_set(e, ERR_INPUT,
                      "測り方の定義: 手で入れる値には source(元の資料)が要ります。");
}

/* What voices are picked out by; and a share of voices is a percentage. */
static bool voices_read(struct measure_def *out, struct err *e)
{
    out->book = MEASURE_VOICES_BOOK;
    for (uint32_t i = 0; i < out->filter_count; i++) {
        const struct measure_filter *f = &out->filters[i];
        const bool is_door = str_eq(f->field, STR("door"));
        enum voice_door door;

        if (!is_door && !str_eq(f->field, STR("category")) && !str_eq(f->field, STR("section")))
            return err_set(
                e, ERR_INPUT,
                "測り方の定義: 声を絞れるのは door(入口)、category(分野)、section(担当課)"
                "だけです。");
        for (uint32_t k = 0; is_door && k < f->count; k++)
            if (!door_parse(f->any_of[k], &door))
                return err_set(e, ERR_INPUT, "測り方の定義: 声の入口「%.*s」はありません。",
                               STR_ARG(f->any_of[k]));
    }
    if (out->value != GIVES_IN_TIME)
        return true;
    if (!out->unit.n)
        out->unit = STR("%");
    return str_eq(out->unit, STR("%"))
           || err_set(e, ERR_INPUT,
                      "測り方の定義: 期限内に回答した割合の単位(unit)は %% です。");
}

static bool place_read(struct arena *a, const struct value *m, struct measure_def *out,
                       struct err *e)
{
    const bool is_ledger = out->kind == MEASURE_LEDGER;
    str key = value_text(m, is_ledger ? "ledger" : "register");

    if (!years_read(a, m, out, e))
        return false;
    if (out->kind == MEASURE_MANUAL)
        return manual_read(m, out, e);
    if (out->kind == MEASURE_VOICES)
        return voices_read(out, e);
    if (out->kind == MEASURE_SURVEY) {
        const struct value *weights = value_get(m, STR("weights"));

        out->is_plain = weights && weights->kind == VALUE_BOOL && !value_bool(m, "weights");
        out->survey = value_text(m, "survey");
        out->question = value_text(m, "question");
        return ((out->survey.n || out->year_count) && out->question.n)
               || err_set(e, ERR_INPUT,
                          "測り方の定義: survey(調査)と question(設問)を書いてください。");
    }
    if (out->kind == MEASURE_RATING && !key.n)
        key = value_text(m, "rating");
    if (!key.n)
        return err_set(e, ERR_INPUT, "測り方の定義: どの台帳か(%s)を書いてください。",
                       is_ledger ? "ledger" : "register");
    out->book = str_fmt(a, "%s/%.*s", is_ledger ? "ledger" : "register", STR_ARG(key));
    return true;
}

static bool measure_read(struct arena *a, const struct value *m, struct measure_def *out,
                         struct err *e)
{
    static const enum measure_value USUAL[] = { GIVES_COUNT, GIVES_RATE,    GIVES_SHARE,
                                                GIVES_MEAN,  GIVES_IN_TIME, GIVES_NUMBER };
    const str value = value_text(m, "value"), period = value_text(m, "period");
    const int kind = word_find(KINDS, MEASURE_KIND_COUNT, value_text(m, "kind"));
    const int64_t decimals = value_int(m, "decimals"), divide = value_int(m, "divide");
    int gives;

    if (kind < 0)
        return err_set(
            e, ERR_INPUT,
            "測り方の定義: kind は register ledger survey rating voices manual のどれかに"
            "してください。");
    gives = value.n ? word_find(VALUES, GIVES_COUNT_OF_KINDS, value) : (int)USUAL[kind];
    if (gives < 0)
        return err_set(e, ERR_INPUT, "測り方の定義: value の「%.*s」はありません。",
                       STR_ARG(value));
    if (period.n && !str_eq(period, STR("fiscal-year")))
        return err_set(e, ERR_INPUT, "測り方の定義: period は fiscal-year だけです。");
    if (decimals < 0 || decimals > 4 || divide < 0)
        return err_set(e, ERR_INPUT,
                       "測り方の定義: decimals は0から4、divide は1以上にしてください。");
    out->kind = (enum measure_kind)kind;
    out->value = (enum measure_value)gives;
    out->unit = value_text(m, "unit");
    out->decimals = (uint8_t)decimals;
    out->divide = divide ? divide : 1;
    return keys_are_known(m, e) && of_read(m, out, e) && filters_read(a, m, out, e)
           && place_read(a, m, out, e);
}

bool binding_read(struct arena *a, const struct value *tree, struct binding *out, struct err *e)
{
    const struct value *m = value_get(tree, STR("measure"));
    const struct value *q = value_get(tree, STR("quality"));
    struct binding b = { .quality = { value_text(q, "verified"), value_text(q, "source"),
                                      value_text(q, "accuracy"), value_text(q, "limits"),
                                      value_text(q, "compensation") } };

    if (!tree || tree->kind != VALUE_MAP)
        return err_set(e, ERR_INPUT, "測り方の定義がありません。");
    if (!measure_read(a, m ? m : tree, &b.measure, e))
        return false;
    *out = b;
    return true;
}

/* ---- writing ---- */

static void put_filters(struct arena *a, struct value *m, const struct measure_def *d)
{
    struct value *map;

    if (!d->filter_count)
        return;
    map = value_put_map(a, m, "filter");
    for (uint32_t i = 0; i < d->filter_count; i++) {
        struct value *list = value_put_list(a, map, str_c(a, d->filters[i].field));

        for (uint32_t k = 0; k < d->filters[i].count; k++)
            value_add_text(a, list, d->filters[i].any_of[k]);
    }
}

static void put_years(struct arena *a, struct value *m, const struct measure_def *d)
{
    struct value *map;

    if (!d->year_count)
        return;
    map = value_put_map(a, m, "years");
    for (uint32_t i = 0; i < d->year_count; i++) {
        const struct measure_year *y = &d->years[i];
        struct value *one = value_put_map(a, map, str_c(a, str_fmt(a, "%d", y->fiscal_year)));

        if (d->kind == MEASURE_SURVEY) {
            value_put_text(a, one, "survey", y->survey);
            continue;
        }
        value_put_dec(a, one, "number", y->number);
        value_put_text(a, one, "source", y->source);
        value_put_text(a, one, "by", y->by);
        value_put_text(a, one, "on", y->on);
    }
}

struct value *binding_value(struct arena *a, const struct binding *b)
{
    const struct measure_def *d = &b->measure;
    struct value *v = value_map(a), *m = value_put_map(a, v, "measure"), *q;

    value_put_text(a, m, "kind", KINDS[d->kind]);
    value_put_text(a, m, "value", VALUES[d->value]);
    put_years(a, m, d);
    if (d->kind == MEASURE_MANUAL) {
        if (d->source.n) {
            value_put_dec(a, m, "number", d->number);
            value_put_text(a, m, "source", d->source);
        }
    } else if (d->kind == MEASURE_SURVEY) {
        if (d->survey.n)
            value_put_text(a, m, "survey", d->survey);
        value_put_text(a, m, "question", d->question);
        value_put_bool(a, m, "weights", !d->is_plain);
    } else if (d->kind != MEASURE_VOICES) {
        value_put_text(a, m, d->kind == MEASURE_LEDGER ? "ledger" : "register",
                       str_skip(d->book, (size_t)str_find_char(d->book, '/') + 1));
    }
    if (d->of_count) {
        struct value *of = value_put_list(a, m, "of");

        for (uint32_t i = 0; i < d->of_count; i++)
            value_add_text(a, of, d->of[i]);
    }
    put_filters(a, m, d);
    value_put_text(a, m, "unit", d->unit);
    value_put_int(a, m, "decimals", d->decimals);
    value_put_int(a, m, "divide", d->divide);
    q = value_put_map(a, v, "quality");
    value_put_text(a, q, "verified", b->quality.verified);
    value_put_text(a, q, "source", b->quality.source);
    value_put_text(a, q, "accuracy", b->quality.accuracy);
    value_put_text(a, q, "limits", b->quality.limits);
    value_put_text(a, q, "compensation", b->quality.compensation);
    return v;
}

static void put_hash_of(struct arena *a, struct value *v, const char *key, struct hash h)
{
    struct buf hex;

    if (hash_is_zero(h)) {
        value_put_null(a, v, key);
        return;
    }
    buf_init(&hex, a, 64, 64);
    hash_put(&hex, h);
    value_put_text(a, v, key, buf_str(&hex));
}

static void put_interval(struct arena *a, struct value *v, const struct measured *m)
{
    struct value *interval;

    if (!m->has_interval) {
        value_put_null(a, v, "interval");
        return;
    }
    interval = value_put_map(a, v, "interval");
    value_put_dec(a, interval, "low", m->low);
    value_put_dec(a, interval, "high", m->high);
    value_put_int(a, interval, "confidence", 95);
}

static void put_entered(struct arena *a, struct value *v, const struct measured *m)
{
    struct value *entered;

    if (!m->is_manual) {
        value_put_null(a, v, "entered");
        return;
    }
    entered = value_put_map(a, v, "entered");
    value_put_text(a, entered, "source", m->source);
    value_put_text_or_null(a, entered, "by", m->by);
    value_put_text_or_null(a, entered, "on", m->on);
}

struct value *measured_value(struct arena *a, const struct measured *m,
                             const struct evidence_of *evidence)
{
    struct value *v = value_map(a), *of;

    if (m->has_value)
        value_put_dec(a, v, "value", m->value);
    else
        value_put_null(a, v, "value");
    value_put_text(a, v, "unit", m->unit);
    value_put_bool(a, v, "is_change", m->is_change);
    if (m->is_ratio) {
        value_put_dec(a, v, "numerator", m->numerator);
        value_put_dec(a, v, "denominator", m->denominator);
    } else {
        value_put_null(a, v, "numerator");
        value_put_null(a, v, "denominator");
    }
    value_put_int(a, v, "entries", (int64_t)m->entries);
    value_put_int(a, v, "pending", (int64_t)m->pending);
    value_put_text_or_null(a, v, "as_of", m->as_of);
    value_put_bool(a, v, "is_final", m->is_final);
    put_interval(a, v, m);
    value_put_bool(a, v, "is_weighted", m->is_weighted);
    put_entered(a, v, m);
    value_put_text(a, v, "rule", MEASURE_RULE);
    of = value_put_map(a, v, "evidence");
    value_put_text_or_null(a, of, "book", evidence->book);
    value_put_int(a, of, "batches", evidence->batches);
    put_hash_of(a, of, "digest", evidence->digest);
    put_hash_of(a, of, "newest", evidence->newest);
    put_hash_of(a, of, "binding", evidence->binding);
    put_hash_of(a, of, "definition", evidence->definition);
    return v;
}

bool measured_read(const struct value *tree, struct measured *out)
{
    const struct value *interval = value_get(tree, STR("interval")),
                       *entered = value_get(tree, STR("entered"));

    *out = (struct measured){ .unit = value_text(tree, "unit"),
                              .entries = (uint64_t)value_int(tree, "entries"),
                              .pending = (uint64_t)value_int(tree, "pending"),
                              .as_of = value_text(tree, "as_of"),
                              .is_final = value_bool(tree, "is_final") };
    out->has_value = value_dec(tree, "value", &out->value);
    out->is_ratio = value_dec(tree, "numerator", &out->numerator)
                    && value_dec(tree, "denominator", &out->denominator);
    out->has_interval = interval && value_dec(interval, "low", &out->low)
                        && value_dec(interval, "high", &out->high);
    out->is_change = value_bool(tree, "is_change");
    out->is_weighted = value_bool(tree, "is_weighted");
    out->is_manual = entered && entered->kind == VALUE_MAP;
    if (out->is_manual) {
        out->source = value_text(entered, "source");
        out->by = value_text(entered, "by");
        out->on = value_text(entered, "on");
    }
    return out->has_value;
}

static bool is_same(const struct measured *x, const struct measured *y)
{
    return x->has_value && y->has_value && dec_cmp(x->value, y->value) == 0
           && x->is_final == y->is_final && str_eq(x->as_of, y->as_of);
}

bool measured_is_news(const struct measured *now, const struct measured *accepted,
                      const struct measured *declined)
{
    return now->has_value && !is_same(now, accepted) && !is_same(now, declined);
}
