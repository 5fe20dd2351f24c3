/* Reads scales, strictly: a slip in a preset is a sentence, not a wrong mark. */
#include "model/scale.h"

#include "base/banned.h"
#include "base/embed.h"

extern const struct embedded SCALE_PRESETS[];
extern const size_t SCALE_PRESETS_N;

static bool bad(struct err *e, const char *what)
{
    return err_set(e, ERR_INPUT, "評価の基準の定義: %s", what);
}

/* Only these keys, so that a misspelt one is not silently a missing one. */
static bool keys_known(const struct value *map, const char *keys, struct err *e)
{
    for (const struct value *v = map->first; v; v = v->next) {
        str rest = str_from(keys), key;
        bool is_known = false;

        while (rest.n && !is_known) {
            rest = str_cut(rest, ' ', &key);
            is_known = str_eq(key, v->key);
        }
        if (!is_known)
            return err_set(e, ERR_INPUT, "評価の基準の定義: 知らない項目「%.*s」があります。",
                           STR_ARG(v->key));
    }
    return true;
}

static bool names_read(const struct value *v, str names[2], struct err *e)
{
    if (!v || v->kind != VALUE_MAP || !keys_known(v, "ja en", e))
        return bad(e, "ja と en の名前が必要です。");
    names[0] = value_text(v, "ja");
    names[1] = value_text(v, "en");
    if (!names[0].n || !names[1].n || names[0].n > SCALE_LABEL_BYTES
        || names[1].n > SCALE_LABEL_BYTES)
        return bad(e, "ja と en の名前が空か、長すぎます。");
    return true;
}

static bool word_read(const struct value *v, const char *key, const char *const words[2],
                      int *out, struct err *e)
{
    const str word = value_text(v, key);

    for (*out = 0; *out < 2; ++*out)
        if (str_eq(word, str_from(words[*out])))
            return true;
    return err_set(e, ERR_INPUT, "評価の基準の定義: %s は %s か %s です。", key, words[0],
                   words[1]);
}

static bool flag_read(const struct value *v, const char *key, bool *out, struct err *e)
{
    const struct value *flag = value_get(v, str_from(key));

    if (!flag || flag->kind != VALUE_BOOL)
        return err_set(e, ERR_INPUT, "評価の基準の定義: %s は true か false です。", key);
    *out = flag->truth;
    return true;
}

static bool level_read(const struct value *v, bool is_last, struct scale_level *out,
                       struct err *e)
{
    const struct value *at_least, *polarity;

    if (v->kind != VALUE_MAP)
        return bad(e, "levels には、段階をオブジェクトで並べてください。");
    if (!keys_known(v, "code label at_least polarity comment", e)
        || !names_read(value_get(v, STR("label")), out->label, e)
        || !flag_read(v, "comment", &out->needs_comment, e))
        return false;
    out->code = value_text(v, "code");
    if (!out->code.n || out->code.n > SCALE_CODE_BYTES)
        return bad(e, "code(印)が空か、長すぎます。");
    polarity = value_get(v, STR("polarity"));
    if (!polarity || polarity->kind != VALUE_INT || polarity->number < -1
        || polarity->number > 1)
        return bad(e, "polarity は 1、0、-1 のどれかです。");
    out->polarity = (int8_t)polarity->number;
    at_least = value_get(v, STR("at_least"));
    if (is_last)
        return !at_least || bad(e, "最後の段階は残りすべてなので、at_least を持ちません。");
    if (!at_least || at_least->kind != VALUE_TEXT || !dec_parse(at_least->text, &out->at_least)
        || out->at_least.n < 0)
        return bad(e, "at_least は \"80\" のような、0 以上の数の文字列です。");
    return true;
}

static bool is_twice(const struct scale *s, uint32_t k)
{
    for (uint32_t i = 0; i < k; i++)
        if (str_eq(s->levels[i].code, s->levels[k].code))
            return true;
    return false;
}

static bool levels_read(struct arena *a, const struct value *list, struct scale *s,
                        struct err *e)
{
    if (!list || list->kind != VALUE_LIST || list->count < 2 || list->count > SCALE_LEVELS_MAX)
        return bad(e, "levels(段階)は2個から12個です。");
    s->levels = NEW(a, struct scale_level, list->count);
    for (const struct value *v = list->first; v; v = v->next) {
        const uint32_t k = s->level_count;

        if (!level_read(v, !v->next, &s->levels[k], e))
            return false;
        if (is_twice(s, k))
            return bad(e, "同じ印が二つあります。");
        if (k && v->next && dec_cmp(s->levels[k].at_least, s->levels[k - 1].at_least) >= 0)
            return bad(e, "at_least は、上の段階から順に小さくしてください。");
        s->level_count++;
    }
    return true;
}

static bool forms_read(struct arena *a, const struct value *list, struct scale *s,
                       struct err *e)
{
    if (!list || list->kind != VALUE_LIST)
        return bad(e, "forms(様式の一覧)が必要です。空でも構いません。");
    s->forms = NEW(a, str, list->count);
    for (const struct value *v = list->first; v; v = v->next) {
        if (v->kind != VALUE_TEXT || !v->text.n)
            return bad(e, "forms には様式の id を並べてください。");
        s->forms[s->form_count++] = v->text;
    }
    return true;
}

bool scale_read(struct arena *a, str json, struct scale *out, struct err *e)
{
    static const char *const BY[SCALE_BY_COUNT] = { "rate", "progress" };
    static const char *const LOWER[SCALE_LOWER_COUNT] = { "inverse", "mirror" };
    struct scale s = { 0 };
    struct value *v;
    int by, lower;

    if (!json_load(a, json, &v, e))
        return false;
    if (v->kind != VALUE_MAP || !keys_known(v, "id name by lower forms levels", e)
        || !names_read(value_get(v, STR("name")), s.name, e) || !word_read(v, "by", BY, &by, e)
        || !word_read(v, "lower", LOWER, &lower, e)
        || !forms_read(a, value_get(v, STR("forms")), &s, e)
        || !levels_read(a, value_get(v, STR("levels")), &s, e))
        return v->kind != VALUE_MAP ? bad(e, "JSON のオブジェクトではありません。") : false;
    s.id = value_text(v, "id");
    if (!s.id.n || s.id.n > (size_t)SCALE_CODE_BYTES * 2)
        return bad(e, "id が空か、長すぎます。");
    s.by = (enum scale_by)by;
    s.lower = (enum scale_lower)lower;
    *out = s;
    return true;
}

str scale_preset(size_t i)
{
    if (i >= SCALE_PRESETS_N)
        return (str){ 0 };
    return (str){ (const char *)SCALE_PRESETS[i].data,
                  (size_t)(SCALE_PRESETS[i].end - SCALE_PRESETS[i].data) };
}

void scales_read(struct arena *a, struct scales *out)
{
    struct err ignored;

    *out = (struct scales){ .all = NEW(a, struct scale, SCALE_PRESETS_N) };
    for (size_t i = 0; i < SCALE_PRESETS_N; i++) /* t_measure_scale reads every one */
        if (scale_read(a, scale_preset(i), &out->all[out->count], &ignored))
            out->count++;
}

const struct scale *scale_of_form(const struct scales *s, str form_id)
{
    for (uint32_t i = 0; i < s->count; i++)
        for (uint32_t k = 0; k < s->all[i].form_count; k++)
            if (str_eq(s->all[i].forms[k], form_id))
                return &s->all[i];
    return NULL;
}
