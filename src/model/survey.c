/* Survey definitions: strict in, canonical out. */
#include "model/survey.h"
#include "model/inner.h"

#include "base/embed.h"

#include "base/banned.h"

extern const struct embedded SURVEY_PRESETS[];
extern const size_t SURVEY_PRESETS_N;

/* clang-format off */
static const struct words SAMPLING_WORDS = { SAMPLING_COUNT, {
    [SAMPLING_RANDOM]   = STR_INIT("random"),
    [SAMPLING_PANEL]    = STR_INIT("panel"),
    [SAMPLING_EVENT]    = STR_INIT("event"),
    [SAMPLING_EVERYONE] = STR_INIT("everyone"),
    [SAMPLING_OPEN]     = STR_INIT("open"),
} };
static const struct words KIND_WORDS = { QUESTION_KIND_COUNT, {
    [QUESTION_SINGLE]   = STR_INIT("single"),
    [QUESTION_MULTIPLE] = STR_INIT("multiple"),
    [QUESTION_TEXT]     = STR_INIT("text"),
} };
/* The keys that each map may have, blanks between. */
static const char SURVEY_KEYS[] =
    " key title fiscal_year previous population sampling method sent returned from to closed small questions weights ";
static const char POPULATION_KEYS[] = " description size ";
static const char QUESTION_KEYS[] =
    " key number text column kind choices attribute no_answer answers_max only_if indicators ";
static const char CHOICE_KEYS[]  = " code label yes ";
static const char ONLY_IF_KEYS[] = " question codes ";
static const char WEIGHTS_KEYS[] = " source margins ";
static const char MARGIN_KEYS[]  = " question shares ";
static const char SHARE_KEYS[]   = " code pct ";
/* clang-format on */

enum { TEXT_MAX = 4000, CODE_MAX = 40, INDICATORS_MAX = 20 };

str sampling_word(enum sampling s)
{
    return words_at(&SAMPLING_WORDS, s);
}

str question_kind_word(enum question_kind k)
{
    return words_at(&KIND_WORDS, k);
}

bool survey_key_is_valid(str key)
{
    return key.n > 1 && key_is_fine(key, "-");
}

int32_t survey_question(const struct survey *s, str key)
{
    for (uint32_t i = 0; i < s->question_count; i++)
        if (str_eq(s->questions[i].key, key))
            return (int32_t)i;
    return -1;
}

/* ---- reading: pieces ---- */

/* Where something stands in the definition, for the sentence: 問1, weights. */
static bool wrong(struct err *e, str where, const char *what)
{
    return err_set(e, ERR_INPUT, "アンケートの定義(%.*s): %s", STR_ARG(where), what);
}

/* A map with known keys only: what is misspelt must not be left out silently. */
static bool is_map(const struct value *v, const char *keys, str where, struct err *e)
{
    if (!v || v->kind != VALUE_MAP)
        return wrong(e, where, "{ } の形で書いてください。");
    for (const struct value *x = v->first; x; x = x->next) {
        AUTO(arena_done) struct arena mem = { 0 };
        const str padded = str_fmt(&mem, " %.*s ", STR_ARG(x->key));

        if (str_find_char(x->key, ' ') >= 0 || str_find(str_from(keys), padded) < 0)
            return err_set(e, ERR_INPUT,
                           "アンケートの定義(%.*s)に、知らない項目「%.*s」があります。",
                           STR_ARG(where), STR_ARG(x->key));
    }
    return true;
}

/* A text that may be absent or null. */
static bool take_text(const struct value *map, const char *key, str where, str *out,
                      struct err *e)
{
    const struct value *v = value_get(map, str_from(key));

    *out = (str){ 0 };
    if (!v || v->kind == VALUE_NULL)
        return true;
    if (v->kind != VALUE_TEXT || v->text.n > TEXT_MAX)
        return err_set(e, ERR_INPUT,
                       "アンケートの定義(%.*s)の %s は、%dバイトまでの文字列にしてください。",
                       STR_ARG(where), key, TEXT_MAX);
    *out = str_trim(v->text);
    return true;
}

static bool need_text(const struct value *map, const char *key, str where, str *out,
                      struct err *e)
{
    if (!take_text(map, key, where, out, e))
        return false;
    return out->n
           || err_set(e, ERR_INPUT, "アンケートの定義(%.*s)に %s がありません。",
                      STR_ARG(where), key);
}

/* A whole number that is not negative; absent and null are `absent`. */
static bool take_count(const struct value *map, const char *key, str where, uint64_t absent,
                       uint64_t *out, struct err *e)
{
    const struct value *v = value_get(map, str_from(key));

    *out = absent;
    if (!v || v->kind == VALUE_NULL)
        return true;
    if (v->kind != VALUE_INT || v->number < 0 || v->number > 1000000000)
        return err_set(e, ERR_INPUT,
                       "アンケートの定義(%.*s)の %s は、0から10億までの整数にしてください。",
                       STR_ARG(where), key);
    *out = (uint64_t)v->number;
    return true;
}

static bool take_bool(const struct value *map, const char *key, str where, bool *out,
                      struct err *e)
{
    const struct value *v = value_get(map, str_from(key));

    *out = v && v->kind == VALUE_BOOL && v->truth;
    if (!v || v->kind == VALUE_NULL || v->kind == VALUE_BOOL)
        return true;
    return err_set(e, ERR_INPUT,
                   "アンケートの定義(%.*s)の %s は、true か false にしてください。",
                   STR_ARG(where), key);
}

static bool take_word(const struct value *map, const char *key, str where,
                      const struct words *words, unsigned *out, struct err *e)
{
    str word;

    if (!need_text(map, key, where, &word, e))
        return false;
    return words_find(words, word, out)
           || err_set(e, ERR_INPUT, "アンケートの定義(%.*s)の %s「%.*s」はありません。",
                      STR_ARG(where), key, STR_ARG(word));
}

static bool take_list(const struct value *map, const char *key, str where, uint32_t max,
                      const struct value **out, struct err *e)
{
    const struct value *v = value_get(map, str_from(key));

    *out = NULL;
    if (!v || v->kind == VALUE_NULL)
        return true;
    if (v->kind != VALUE_LIST || v->count > max)
        return err_set(e, ERR_INPUT,
                       "アンケートの定義(%.*s)の %s は、%u個までの [ ] の一覧にしてください。",
                       STR_ARG(where), key, max);
    *out = v;
    return true;
}

static bool take_date(const struct value *map, const char *key, date *out, struct err *e)
{
    str s;

    if (!take_text(map, key, STR("日付"), &s, e))
        return false;
    *out = (date){ 0 };
    return !s.n || date_parse(s, out)
           || err_set(e, ERR_INPUT,
                      "アンケートの定義の %s「%.*s」は、2024-09-01 の形の日付にしてください。",
                      key, STR_ARG(s));
}

/* ---- reading: questions ---- */

static bool choice_read(const struct value *v, struct question *q, struct err *e)
{
    struct survey_choice c;

    if (!is_map(v, CHOICE_KEYS, q->number, e) || !need_text(v, "code", q->number, &c.code, e)
        || !need_text(v, "label", q->number, &c.label, e)
        || !take_bool(v, "yes", q->number, &c.is_yes, e))
        return false;
    if (c.code.n > CODE_MAX)
        return wrong(e, q->number, "選択肢の code が長すぎます(40バイトまで)。");
    for (uint32_t i = 0; i < q->choice_count; i++)
        if (str_eq(q->choices[i].code, c.code) || str_eq(q->choices[i].label, c.label))
            return err_set(e, ERR_INPUT,
                           "アンケートの定義(%.*s)に、同じ選択肢「%.*s %.*s」が2度あります。",
                           STR_ARG(q->number), STR_ARG(c.code), STR_ARG(c.label));
    q->choices[q->choice_count++] = c;
    q->has_yes = q->has_yes || c.is_yes;
    return true;
}

static bool choices_read(struct arena *a, const struct value *v, struct question *q,
                         struct err *e)
{
    const struct value *list;

    if (!take_list(v, "choices", q->number, SURVEY_CHOICES_MAX, &list, e))
        return false;
    if ((list && list->count > 1) == (q->kind == QUESTION_TEXT))
        return wrong(e, q->number,
                     q->kind == QUESTION_TEXT ? "自由記述の問に choices は書けません。"
                                              : "choices に選択肢を2つ以上書いてください。");
    q->choices = NEW(a, struct survey_choice, list ? list->count : 0);
    for (const struct value *c = list ? list->first : NULL; c; c = c->next)
        if (!choice_read(c, q, e))
            return false;
    return true;
}

static int32_t choice_find(const struct question *q, str code)
{
    for (uint32_t i = 0; i < q->choice_count; i++)
        if (str_eq(q->choices[i].code, code))
            return (int32_t)i;
    return -1;
}

/* Who is asked: by an answer to an earlier question. */
static bool filter_read(const struct value *v, const struct survey *s, struct question *q,
                        struct err *e)
{
    const struct value *f = value_get(v, STR("only_if")), *codes;
    str key;

    q->filter = -1;
    if (!f || f->kind == VALUE_NULL)
        return true;
    if (!is_map(f, ONLY_IF_KEYS, q->number, e) || !need_text(f, "question", q->number, &key, e)
        || !take_list(f, "codes", q->number, SURVEY_CHOICES_MAX, &codes, e))
        return false;
    q->filter = survey_question(s, key);
    if (q->filter < 0 || s->questions[q->filter].kind == QUESTION_TEXT)
        return wrong(e, q->number, "only_if は、前に出てくる選択式の問を指してください。");
    for (const struct value *c = codes ? codes->first : NULL; c; c = c->next) {
        const int32_t at =
            c->kind == VALUE_TEXT ? choice_find(&s->questions[q->filter], c->text) : -1;

        if (at < 0)
            return wrong(e, q->number, "only_if の codes に、その問にない選択肢があります。");
        q->filter_codes |= UINT64_C(1) << at;
    }
    return q->filter_codes != 0 || wrong(e, q->number, "only_if に codes がありません。");
}

static bool indicators_read(struct arena *a, const struct value *v, struct question *q,
                            struct err *e)
{
    const struct value *list;

    if (!take_list(v, "indicators", q->number, INDICATORS_MAX, &list, e))
        return false;
    q->indicators = NEW(a, str, list ? list->count : 0);
    for (const struct value *x = list ? list->first : NULL; x; x = x->next) {
        if (x->kind != VALUE_TEXT || !str_trim(x->text).n)
            return wrong(e, q->number, "indicators は、指標の名前の一覧にしてください。");
        q->indicators[q->indicator_count++] = str_trim(x->text);
    }
    return !q->indicator_count || q->has_yes
           || wrong(e, q->number, "指標のもとになる問には、yes とする選択肢を決めてください。");
}

static bool no_answer_read(const struct value *v, struct question *q, struct err *e)
{
    static const struct words WORDS = { 2, { STR_INIT("out"), STR_INIT("in") } };
    unsigned word;

    if (!q->has_yes && !value_get(v, STR("no_answer")))
        return true;
    if (!take_word(v, "no_answer", q->number, &WORDS, &word, e))
        return false;
    q->no_answer_in = word == 1;
    return true;
}

static bool question_read(struct arena *a, const struct value *v, const struct survey *s,
                          struct question *q, struct err *e)
{
    uint64_t most;
    unsigned kind;

    if (!is_map(v, QUESTION_KEYS, STR("questions"), e)
        || !need_text(v, "key", STR("questions"), &q->key, e)
        || !need_text(v, "number", q->key, &q->number, e)
        || !need_text(v, "text", q->number, &q->text, e)
        || !take_text(v, "column", q->number, &q->column, e)
        || !take_word(v, "kind", q->number, &KIND_WORDS, &kind, e)
        || !take_bool(v, "attribute", q->number, &q->is_attribute, e)
        || !take_count(v, "answers_max", q->number, 0, &most, e))
        return false;
    q->kind = (enum question_kind)kind;
    q->answers_max = (uint32_t)most;
    q->column = q->column.n ? q->column : q->number;
    if (!key_is_fine(q->key, "-_"))
        return wrong(e, q->number,
                     "key は英小文字で始まる英数字と - _(40字まで)にしてください。");
    if (survey_question(s, q->key) >= 0)
        return wrong(e, q->number, "同じ key の問が2つあります。");
    if (q->is_attribute && q->kind != QUESTION_SINGLE)
        return wrong(e, q->number, "属性(attribute)は single の問だけです。");
    return choices_read(a, v, q, e) && filter_read(v, s, q, e) && no_answer_read(v, q, e)
           && indicators_read(a, v, q, e);
}

static bool columns_differ(const struct survey *s, struct err *e)
{
    for (uint32_t i = 0; i < s->question_count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (str_eq(s->questions[i].column, s->questions[k].column))
                return wrong(e, s->questions[i].number,
                             "同じ番号または同じ列(column)の問が2つあります。");
    return true;
}

static bool questions_read(struct arena *a, const struct value *v, struct survey *s,
                           struct err *e)
{
    const struct value *list;

    if (!take_list(v, "questions", STR("questions"), SURVEY_QUESTIONS_MAX, &list, e))
        return false;
    if (!list || !list->count)
        return wrong(e, STR("questions"), "問が1つもありません。");
    s->questions = NEW(a, struct question, list->count);
    for (const struct value *q = list->first; q; q = q->next) {
        if (!question_read(a, q, s, &s->questions[s->question_count], e))
            return false;
        s->question_count++;
    }
    return columns_differ(s, e);
}

/* ---- reading: weights ---- */

static bool share_read(const struct value *v, const struct question *q, struct survey_margin *m,
                       dec *sum, struct err *e)
{
    str code, pct;
    int32_t at;

    if (!is_map(v, SHARE_KEYS, q->number, e) || !need_text(v, "code", q->number, &code, e)
        || !need_text(v, "pct", q->number, &pct, e))
        return false;
    at = choice_find(q, code);
    if (at < 0 || !dec_parse(pct, &m->pct[at]) || m->pct[at].n < 0
        || !dec_add(*sum, m->pct[at], sum))
        return wrong(
            e, q->number,
            "weights の shares は、選択肢の code と割合 \"48.2\" の組にしてください。");
    return true;
}

static bool margin_read(struct arena *a, const struct value *v, const struct survey *s,
                        struct survey_margin *m, struct err *e)
{
    const dec hundred = { 100, 0 };
    const struct value *list;
    const struct question *q;
    dec sum = { 0, 0 };
    str key;
    int32_t at;

    if (!is_map(v, MARGIN_KEYS, STR("weights"), e)
        || !need_text(v, "question", STR("weights"), &key, e)
        || !take_list(v, "shares", key, SURVEY_CHOICES_MAX, &list, e))
        return false;
    at = survey_question(s, key);
    if (at < 0 || !s->questions[at].is_attribute)
        return wrong(e, key, "weights の question は、属性(attribute)の問にしてください。");
    q = &s->questions[at];
    m->question = (uint32_t)at;
    m->pct = NEW(a, dec, q->choice_count);
    for (const struct value *x = list ? list->first : NULL; x; x = x->next)
        if (!share_read(x, q, m, &sum, e))
            return false;
    if (dec_cmp(sum, hundred) != 0) {
        const str got = dec_str(a, sum);

        return err_set(e, ERR_INPUT, "アンケートの定義(weights): %.*s の割合の計 %.*s ≠ 100",
                       STR_ARG(q->number), STR_ARG(got));
    }
    return true;
}

static bool weights_read(struct arena *a, const struct value *v, struct survey *s,
                         struct err *e)
{
    const struct value *w = value_get(v, STR("weights")), *list;

    if (!w || w->kind == VALUE_NULL)
        return true;
    if (!is_map(w, WEIGHTS_KEYS, STR("weights"), e)
        || !need_text(w, "source", STR("weights"), &s->margin_source, e)
        || !take_list(w, "margins", STR("weights"), SURVEY_MARGINS_MAX, &list, e))
        return false;
    s->margins = NEW(a, struct survey_margin, list ? list->count : 0);
    for (const struct value *m = list ? list->first : NULL; m; m = m->next)
        if (!margin_read(a, m, s, &s->margins[s->margin_count++], e))
            return false;
    return s->margin_count > 0 || wrong(e, STR("weights"), "margins がありません。");
}

/* ---- reading: the whole ---- */

static bool numbers_fit(const struct survey *s, struct err *e)
{
    if (s->sent && s->returned > s->sent)
        return err_set(e, ERR_INPUT, "回収数 %llu > 配布数 %llu です。どちらかが違っています。",
                       (unsigned long long)s->returned, (unsigned long long)s->sent);
    if (s->population_size && s->sent > s->population_size)
        return err_set(e, ERR_INPUT, "配布数 %llu > 母集団 %llu です。どちらかが違っています。",
                       (unsigned long long)s->sent, (unsigned long long)s->population_size);
    if (s->population_size && s->returned > s->population_size)
        return err_set(e, ERR_INPUT, "回収数 %llu > 母集団 %llu です。どちらかが違っています。",
                       (unsigned long long)s->returned, (unsigned long long)s->population_size);
    if (s->from.year && s->to.year
        && (s->from.year * 372 + s->from.month * 31 + s->from.day
            > s->to.year * 372 + s->to.month * 31 + s->to.day))
        return err_set(e, ERR_INPUT, "調査の終わりの日(to)が、始まりの日(from)より前です。");
    return true;
}

static bool population_read(const struct value *v, struct survey *s, struct err *e)
{
    const struct value *p = value_get(v, STR("population"));

    return is_map(p, POPULATION_KEYS, STR("population"), e)
           && need_text(p, "description", STR("population"), &s->population, e)
           && take_count(p, "size", STR("population"), 0, &s->population_size, e);
}

static bool head_read(const struct value *v, struct survey *s, struct err *e)
{
    const str here = STR("先頭");
    uint64_t year;
    unsigned sampling;

    if (!is_map(v, SURVEY_KEYS, here, e) || !need_text(v, "key", here, &s->key, e)
        || !need_text(v, "title", here, &s->title, e)
        || !take_count(v, "fiscal_year", here, 0, &year, e)
        || !take_text(v, "previous", here, &s->previous, e)
        || !take_word(v, "sampling", here, &SAMPLING_WORDS, &sampling, e)
        || !take_text(v, "method", here, &s->method, e)
        || !take_count(v, "sent", here, 0, &s->sent, e)
        || !take_count(v, "returned", here, 0, &s->returned, e)
        || !take_date(v, "from", &s->from, e) || !take_date(v, "to", &s->to, e)
        || !take_bool(v, "closed", here, &s->is_closed, e)
        || !take_count(v, "small", here, SURVEY_SMALL_DEFAULT, &s->small, e))
        return false;
    s->sampling = (enum sampling)sampling;
    s->fiscal_year = (int)year;
    if (!survey_key_is_valid(s->key))
        return wrong(e, here, "key は英小文字で始まる英数字と -(2~40字)にしてください。");
    if (s->previous.n && (!survey_key_is_valid(s->previous) || str_eq(s->previous, s->key)))
        return wrong(e, here, "previous は、前回のアンケートの key にしてください。");
    return (year >= FISCAL_MIN && year <= FISCAL_MAX)
           || wrong(e, here, "fiscal_year は西暦の年度にしてください。");
}

bool survey_from_value(struct arena *a, const struct value *v, struct survey *out,
                       struct err *e)
{
    struct survey s = { 0 };

    if (!head_read(v, &s, e) || !population_read(v, &s, e) || !numbers_fit(&s, e)
        || !questions_read(a, v, &s, e) || !weights_read(a, v, &s, e))
        return false;
    *out = s;
    return true;
}

bool survey_read(struct arena *a, str json, struct survey *out, struct err *e)
{
    struct value *v;

    return json_load(a, json, &v, e) && survey_from_value(a, v, out, e);
}

/* ---- writing ---- */

static void count_put(struct arena *a, struct value *map, const char *key, uint64_t n)
{
    if (n)
        value_put_int(a, map, key, (int64_t)n);
    else
        value_put_null(a, map, key);
}

static void date_put_or_null(struct arena *a, struct value *map, const char *key, date d)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    if (d.year)
        date_put(&b, d);
    value_put_text_or_null(a, map, key, buf_str(&b));
}

static void choices_put(struct arena *a, struct value *map, const struct question *q)
{
    struct value *list = value_put_list(a, map, "choices");

    for (uint32_t i = 0; i < q->choice_count; i++) {
        struct value *c = value_add_map(a, list);

        value_put_text(a, c, "code", q->choices[i].code);
        value_put_text(a, c, "label", q->choices[i].label);
        value_put_bool(a, c, "yes", q->choices[i].is_yes);
    }
}

static void filter_put(struct arena *a, struct value *map, const struct survey *s,
                       const struct question *q)
{
    const struct question *of = &s->questions[q->filter];
    struct value *f = value_put_map(a, map, "only_if"), *codes;

    value_put_text(a, f, "question", of->key);
    codes = value_put_list(a, f, "codes");
    for (uint32_t i = 0; i < of->choice_count; i++)
        if (q->filter_codes >> i & 1)
            value_add_text(a, codes, of->choices[i].code);
}

static void question_put(struct arena *a, struct value *list, const struct survey *s,
                         const struct question *q)
{
    struct value *v = value_add_map(a, list), *names;

    value_put_text(a, v, "key", q->key);
    value_put_text(a, v, "number", q->number);
    value_put_text(a, v, "text", q->text);
    value_put_text(a, v, "column", q->column);
    value_put_text(a, v, "kind", question_kind_word(q->kind));
    value_put_bool(a, v, "attribute", q->is_attribute);
    if (q->has_yes)
        value_put_text(a, v, "no_answer", q->no_answer_in ? STR("in") : STR("out"));
    if (q->answers_max)
        value_put_int(a, v, "answers_max", q->answers_max);
    if (q->choice_count)
        choices_put(a, v, q);
    if (q->filter >= 0)
        filter_put(a, v, s, q);
    names = q->indicator_count ? value_put_list(a, v, "indicators") : NULL;
    for (uint32_t i = 0; i < q->indicator_count; i++)
        value_add_text(a, names, q->indicators[i]);
}

static void weights_put(struct arena *a, struct value *map, const struct survey *s)
{
    struct value *w = value_put_map(a, map, "weights"), *margins;

    value_put_text(a, w, "source", s->margin_source);
    margins = value_put_list(a, w, "margins");
    for (uint32_t i = 0; i < s->margin_count; i++) {
        const struct question *q = &s->questions[s->margins[i].question];
        struct value *m = value_add_map(a, margins), *shares;

        value_put_text(a, m, "question", q->key);
        shares = value_put_list(a, m, "shares");
        for (uint32_t k = 0; k < q->choice_count; k++) {
            struct value *one = value_add_map(a, shares);

            value_put_text(a, one, "code", q->choices[k].code);
            value_put_dec(a, one, "pct", s->margins[i].pct[k]);
        }
    }
}

struct value *survey_value(struct arena *a, const struct survey *s)
{
    struct value *v = value_map(a), *population, *questions;

    value_put_text(a, v, "key", s->key);
    value_put_text(a, v, "title", s->title);
    value_put_int(a, v, "fiscal_year", s->fiscal_year);
    value_put_text_or_null(a, v, "previous", s->previous);
    population = value_put_map(a, v, "population");
    value_put_text(a, population, "description", s->population);
    count_put(a, population, "size", s->population_size);
    value_put_text(a, v, "sampling", sampling_word(s->sampling));
    value_put_text_or_null(a, v, "method", s->method);
    count_put(a, v, "sent", s->sent);
    count_put(a, v, "returned", s->returned);
    date_put_or_null(a, v, "from", s->from);
    date_put_or_null(a, v, "to", s->to);
    if (s->is_closed)
        value_put_bool(a, v, "closed", true);
    value_put_int(a, v, "small", (int64_t)s->small);
    questions = value_put_list(a, v, "questions");
    for (uint32_t i = 0; i < s->question_count; i++)
        question_put(a, questions, s, &s->questions[i]);
    if (s->margin_count)
        weights_put(a, v, s);
    return v;
}

/* ---- presets ---- */

str survey_preset_id(size_t i)
{
    const str name = i < SURVEY_PRESETS_N ? str_from(SURVEY_PRESETS[i].name) : (str){ 0 };

    return str_take(name, name.n ? name.n - STR(".json").n : 0);
}

str survey_preset(str id)
{
    for (size_t i = 0; i < SURVEY_PRESETS_N; i++)
        if (str_eq(survey_preset_id(i), id))
            return (str){ (const char *)SURVEY_PRESETS[i].data,
                          (size_t)(SURVEY_PRESETS[i].end - SURVEY_PRESETS[i].data) };
    return (str){ 0 };
}
