/* What may change in the definition of a register that has entries. */
#include "model/register.h"

#include "base/banned.h"

static bool choices_stay(const struct register_field *before,
                         const struct register_field *after, struct err *e)
{
    for (uint32_t i = 0; i < before->choice_count; i++)
        if (!field_choice(after, before->choices[i].key))
            return err_set(
                e, ERR_INPUT,
                "「%.*s」の選択肢「%.*s」は消せません。これまでの記録が使っているかも"
                "しれません。名前を直すことはできます。",
                STR_ARG(before->label[0]), STR_ARG(before->choices[i].label[0]));
    return true;
}

static bool field_stays(const struct register_field *before, const struct register_def *d,
                        struct err *e)
{
    const int at = register_field_find(d, before->key);
    const struct register_field *after = at < 0 ? NULL : &d->fields[at];

    if (!after)
        return err_set(
            e, ERR_INPUT,
            "項目「%.*s」は消せません。これまでの記録が値を持っています。使わないときは"
            "「もう使わない」にしてください。",
            STR_ARG(before->label[0]));
    if (after->kind != before->kind)
        return err_set(
            e, ERR_INPUT,
            "項目「%.*s」の種類は変えられません。これまでの記録が読めなくなります。新しい"
            "項目を加えてください。",
            STR_ARG(before->label[0]));
    if (!str_eq(after->unit, before->unit) && before->unit.n)
        return err_set(
            e, ERR_INPUT,
            "項目「%.*s」の単位は変えられません。これまでの数の意味が変わります。新しい"
            "項目を加えてください。",
            STR_ARG(before->label[0]));
    return choices_stay(before, after, e);
}

/* The ids of entries come of it: another identity would take every entry for a new one. */
static bool identity_stays(const struct register_def *before, const struct register_def *after)
{
    if (before->identity_count != after->identity_count)
        return false;
    for (uint32_t i = 0; i < before->identity_count; i++)
        if (!str_eq(before->fields[before->identity[i]].key,
                    after->fields[after->identity[i]].key))
            return false;
    return true;
}

/* The first field of a kind gives every entry its day and its area. */
static bool leads_stay(const struct register_def *before, const struct register_def *after)
{
    return str_eq(before->fields[before->date].key, after->fields[after->date].key)
           && (before->area < 0
               || (after->area >= 0
                   && str_eq(before->fields[before->area].key,
                             after->fields[after->area].key)));
}

bool register_may_become(const struct register_def *before, const struct register_def *after,
                         int *field, struct err *e)
{
    for (uint32_t i = 0; i < before->field_count; i++) {
        *field = (int)i;
        if (!field_stays(&before->fields[i], after, e))
            return false;
    }
    *field = -1;
    if (!str_eq(before->key, after->key) || before->book != after->book)
        return err_set(e, ERR_INPUT, "台帳の記号と種類は変えられません。");
    if (!identity_stays(before, after))
        return err_set(
            e, ERR_INPUT,
            "1件を見分ける項目は、記録が入ったあとは変えられません。同じ表を取り込み直すと"
            "二重になります。");
    return leads_stay(before, after)
           || err_set(
               e, ERR_INPUT,
               "日付や地域の項目より前に、別の日付や地域の項目は置けません。これまでの記録の"
               "日付と地域が変わります。");
}
