/* The table of the form's blanks, names of blanks, and filled forms. What is put into a blank
 * and taken from it is in blank_ways.c. */
#include "model/blanks.h"

#include <stddef.h>

#include "model/blanks_inner.h"
#include "base/banned.h"

/* clang-format off */
const struct words TOLD_WORDS = { 7, {
    [TOLD_DONE] = STR_INIT("done"),
    [TOLD_CHANGE + CHANGE_FEWER]     = STR_INIT("fewer"),
    [TOLD_CHANGE + CHANGE_MORE]      = STR_INIT("more"),
    [TOLD_CHANGE + CHANGE_REPLACED]  = STR_INIT("replaced"),
    [TOLD_CHANGE + CHANGE_CANCELLED] = STR_INIT("cancelled"),
    [TOLD_CHANGE + CHANGE_SUSPENDED] = STR_INIT("suspended"),
} };

#define AT(s, f) (uint16_t)offsetof(struct s, f)
enum { LINE = 200, SHORT = 40, PROSE = 4000, WHOLE = 20000 };
static const struct blank BLANKS[] = {
    /* name, step, group, kind, must, limit, label, help, way, offset, words */

    /* ---- 計画 ---- */
    { "title", STEP_PLAN, GROUP_SHEET, BLANK_LINE, true, LINE,
      { "取組項目の名前", "Name of the initiative" }, { "", "" },
      &WAY_TEXT, AT(initiative, title), NULL },
    { "purpose", STEP_PLAN, GROUP_SHEET, BLANK_TEXT, true, WHOLE,
      { "趣旨・目的", "Purpose" },
      { "だれの、どのような状態をめざすかを書きます。", "Whose situation is to become what." },
      &WAY_TEXT, AT(initiative, purpose), NULL },
    { "outline", STEP_PLAN, GROUP_SHEET, BLANK_TEXT, false, WHOLE,
      { "取組の概要", "Outline" },
      { "1行に1項目を書きます。", "One entry a line." },
      &WAY_LINES, 0, NULL },
    { "indicator", STEP_PLAN, GROUP_SHEET, BLANK_ROWS, false, WHOLE,
      { "目標", "Goals" }, { "", "" }, &WAY_ROWS, GROUP_INDICATOR, NULL },
    { "indicator.*.name", STEP_PLAN, GROUP_INDICATOR, BLANK_TEXT, true, 1000,
      { "指標の名前", "Name of the indicator" },
      { "何を数えるかを、対象と範囲も含めて書きます。", "What is counted, of whom, within which bounds." },
      &WAY_TEXT, AT(indicator, name), NULL },
    { "indicator.*.catalogue", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, SHORT,
      { "指標台帳の番号", "Entry in the catalogue" },
      { "年度をまたいで同じ指標を使うときに選びます。", "For an indicator that is kept from year to year." },
      &WAY_STR, AT(indicator, catalogue), NULL },
    { "indicator.*.role", STEP_PLAN, GROUP_INDICATOR, BLANK_CHOICE, true, SHORT,
      { "目標の種類", "Kind of goal" }, { "", "" },
      &WAY_WORD, AT(indicator, role), &ROLE_WORDS },
    { "indicator.*.comparison", STEP_PLAN, GROUP_INDICATOR, BLANK_CHOICE, false, SHORT,
      { "目標の比べ方", "How it is compared" }, { "", "" },
      &WAY_WORD, AT(indicator, comparison), &COMPARISON_WORDS },
    { "indicator.*.target", STEP_PLAN, GROUP_INDICATOR, BLANK_NUMBER, false, SHORT,
      { "目標値", "Target" },
      { "例: 40、1,234、12.50。小数の桁はそのまま残ります。", "For example 40, 1,234, 12.50. Decimals are kept." },
      &WAY_AMOUNT, AT(indicator, target), NULL },
    { "indicator.*.unit", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, SHORT,
      { "単位", "Unit" }, { "例: %、件、人、回", "For example %, 件, 人, 回" },
      &WAY_UNIT, 0, NULL },
    { "indicator.*.target_year", STEP_PLAN, GROUP_INDICATOR, BLANK_YEAR, false, SHORT,
      { "目標の年度", "Year of the target" }, { "例: 令和7年度、R7、2025", "For example 令和7年度, R7, 2025" },
      &WAY_YEAR, AT(indicator, target_year), NULL },
    { "indicator.*.path", STEP_PLAN, GROUP_INDICATOR, BLANK_TEXT, false, 2000,
      { "年度ごとの目標値", "Targets by year" },
      { "1行に1年度を書きます。例: 令和8年度 45", "One year a line, for example 令和8年度 45" },
      &WAY_PATH, 0, NULL },
    { "indicator.*.baseline", STEP_PLAN, GROUP_INDICATOR, BLANK_NUMBER, false, SHORT,
      { "基準値", "Baseline" }, { "目標と比べる前の値です。", "Where it stands before." },
      &WAY_AMOUNT, AT(indicator, baseline), NULL },
    { "indicator.*.baseline_year", STEP_PLAN, GROUP_INDICATOR, BLANK_YEAR, false, SHORT,
      { "基準値の年度", "Year of the baseline" }, { "", "" },
      &WAY_YEAR, AT(indicator, baseline_year), NULL },
    { "indicator.*.direction", STEP_PLAN, GROUP_INDICATOR, BLANK_CHOICE, false, SHORT,
      { "よい向き", "Better is" }, { "", "" },
      &WAY_WORD, AT(indicator, direction), &DIRECTION_WORDS },
    { "indicator.*.goal", STEP_PLAN, GROUP_INDICATOR, BLANK_TEXT, false, PROSE,
      { "目標の文", "The goal in words" },
      { "公表する文があれば書きます。数値がない目標はここに書きます。", "As it is to be published; a goal without a number stands here." },
      &WAY_TEXT, AT(indicator, goal), NULL },
    { "indicator.*.population", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, LINE,
      { "対象", "Population" }, { "だれ、または何についての数かを書きます。", "Of whom, or of what." },
      &WAY_STR, AT(indicator, population), NULL },
    { "indicator.*.definition", STEP_PLAN, GROUP_INDICATOR, BLANK_TEXT, false, PROSE,
      { "定義", "Definition" }, { "数え方と、割合なら分母を書きます。", "How it is counted; of a share, the denominator." },
      &WAY_STR, AT(indicator, definition), NULL },
    { "indicator.*.decimals", STEP_PLAN, GROUP_INDICATOR, BLANK_NUMBER, false, 2,
      { "小数の桁数", "Decimals" }, { "0から9までの数です。", "0 to 9." },
      &WAY_DECIMALS, AT(indicator, decimals), NULL },
    { "indicator.*.source", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, LINE,
      { "数の出どころ", "Source" }, { "", "" },
      &WAY_STR, AT(indicator, quality.source), NULL },
    { "indicator.*.verified", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, LINE,
      { "確かめ方", "How it is verified" }, { "", "" },
      &WAY_STR, AT(indicator, quality.verified), NULL },
    { "indicator.*.accuracy", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, LINE,
      { "正確さ", "Accuracy" }, { "例: 回答者400人の調査", "For example: a survey of 400 people" },
      &WAY_STR, AT(indicator, quality.accuracy), NULL },
    { "indicator.*.limits", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, LINE,
      { "限界", "Limits" }, { "この数では分からないことを書きます。", "What the figure cannot tell." },
      &WAY_STR, AT(indicator, quality.limits), NULL },
    { "indicator.*.compensation", STEP_PLAN, GROUP_INDICATOR, BLANK_LINE, false, LINE,
      { "限界の補い方", "What is done about it" }, { "", "" },
      &WAY_STR, AT(indicator, quality.compensation), NULL },
    { "activity", STEP_PLAN, GROUP_SHEET, BLANK_ROWS, false, WHOLE,
      { "取組内容", "Activities" }, { "", "" }, &WAY_ROWS, GROUP_ACTIVITY, NULL },
    { "activity.*.group", STEP_PLAN, GROUP_ACTIVITY, BLANK_LINE, false, LINE,
      { "見出し", "Heading" }, { "概要の項目ごとに分けるときに書きます。", "The entry of the outline it belongs to." },
      &WAY_TEXT, AT(activity, group), NULL },
    { "activity.*.text", STEP_PLAN, GROUP_ACTIVITY, BLANK_TEXT, true, 1000,
      { "取組", "Activity" }, { "数量は右の欄に書きます。", "Without its quantity." },
      &WAY_TEXT, AT(activity, text), NULL },
    { "activity.*.quantity_of", STEP_PLAN, GROUP_ACTIVITY, BLANK_LINE, false, SHORT,
      { "数量が指すもの", "What is counted" }, { "例: 広報紙、受験率", "For example 広報紙, 受験率" },
      &WAY_STR, AT(activity, quantity_of), NULL },
    { "activity.*.quantity", STEP_PLAN, GROUP_ACTIVITY, BLANK_NUMBER, false, SHORT,
      { "数量", "Quantity" }, { "", "" },
      &WAY_AMOUNT, AT(activity, quantity), NULL },
    { "activity.*.unit", STEP_PLAN, GROUP_ACTIVITY, BLANK_LINE, false, SHORT,
      { "単位", "Unit" }, { "", "" },
      &WAY_UNIT_OF, AT(activity, quantity), NULL },
    { "activity.*.at_least", STEP_PLAN, GROUP_ACTIVITY, BLANK_FLAG, false, 1,
      { "以上", "At least" }, { "", "" },
      &WAY_BOOL, AT(activity, at_least), NULL },
    { "activity.*.as_needed", STEP_PLAN, GROUP_ACTIVITY, BLANK_FLAG, false, 1,
      { "随時", "As needed" }, { "", "" },
      &WAY_BOOL, AT(activity, as_needed), NULL },

    /* ---- 中間振り返り ---- */
    { "outlook.*", STEP_MIDYEAR, GROUP_OUTLOOK, BLANK_CHOICE, true, SHORT,
      { "取組内容の実施見込み", "Will the activities be done?" }, { "", "" },
      &WAY_MARK, 0, &OUTLOOK_WORDS },
    { "outlook_goal", STEP_MIDYEAR, GROUP_SHEET, BLANK_CHOICE, true, SHORT,
      { "目標の達成見込み", "Will the goal be met?" }, { "", "" },
      &WAY_MARK, AT(initiative, midyear.goal), &OUTLOOK_WORDS },
    { "midyear_improvement", STEP_MIDYEAR, GROUP_SHEET, BLANK_TEXT, false, WHOLE,
      { "課題と改善策", "Issues and improvement" },
      { "見込みに「できない」があるときは必須です。", "Mandatory where something will not be done or met." },
      &WAY_TEXT, AT(initiative, midyear.improvement), NULL },
    { "midyear_cause", STEP_MIDYEAR, GROUP_SHEET, BLANK_TEXT, false, PROSE,
      { "原因", "Cause" }, { "", "" },
      &WAY_STR, AT(initiative, midyear.remedy.cause), NULL },
    { "midyear_measure", STEP_MIDYEAR, GROUP_SHEET, BLANK_TEXT, false, PROSE,
      { "対策", "Measure" }, { "", "" },
      &WAY_STR, AT(initiative, midyear.remedy.measure), NULL },
    { "midyear_owner", STEP_MIDYEAR, GROUP_SHEET, BLANK_LINE, false, LINE,
      { "担当", "Owner" }, { "課や係の名前です。個人の名前は書きません。", "An office, never a person's name." },
      &WAY_STR, AT(initiative, midyear.remedy.owner), NULL },
    { "midyear_due", STEP_MIDYEAR, GROUP_SHEET, BLANK_DATE, false, SHORT,
      { "期限", "Due" }, { "例: 令和6年12月27日、2024-12-27", "For example 2024-12-27" },
      &WAY_DAY, AT(initiative, midyear.remedy.due), NULL },

    /* ---- 自己評価 ---- */
    { "result.*.status", STEP_EVALUATION, GROUP_RESULT, BLANK_CHOICE, true, SHORT,
      { "実施の状況", "What became of it" }, { "", "" },
      &WAY_WORD, AT(told, status), &TOLD_WORDS },
    { "result.*.quantity", STEP_EVALUATION, GROUP_RESULT, BLANK_NUMBER, false, SHORT,
      { "実績の数量", "Quantity done" }, { "", "" },
      &WAY_AMOUNT, AT(told, quantity), NULL },
    { "result.*.unit", STEP_EVALUATION, GROUP_RESULT, BLANK_LINE, false, SHORT,
      { "単位", "Unit" }, { "", "" },
      &WAY_UNIT_OF, AT(told, quantity), NULL },
    { "result.*.reason", STEP_EVALUATION, GROUP_RESULT, BLANK_TEXT, false, PROSE,
      { "計画と違った理由", "Why it differs from the plan" },
      { "計画より少ないとき、替えたとき、行わなかったときは必須です。", "Mandatory where less was done, something else, or nothing." },
      &WAY_STR, AT(told, reason), NULL },
    { "result.*.replaced_by", STEP_EVALUATION, GROUP_RESULT, BLANK_LINE, false, 1000,
      { "替わりに行ったこと", "What was done instead" }, { "「別の取組に替えた」ときは必須です。", "Mandatory where it was replaced." },
      &WAY_STR, AT(told, replaced_by), NULL },
    { "result.*.from", STEP_EVALUATION, GROUP_RESULT, BLANK_DATE, false, SHORT,
      { "休止の始まり", "Suspended from" }, { "", "" },
      &WAY_DAY, AT(told, from), NULL },
    { "result.*.to", STEP_EVALUATION, GROUP_RESULT, BLANK_DATE, false, SHORT,
      { "休止の終わり", "Suspended to" }, { "", "" },
      &WAY_DAY, AT(told, to), NULL },
    { "result.*.order", STEP_EVALUATION, GROUP_RESULT, BLANK_LINE, false, LINE,
      { "だれの指示か", "By whose order" }, { "", "" },
      &WAY_STR, AT(told, order), NULL },
    { "result.*.text", STEP_EVALUATION, GROUP_RESULT, BLANK_TEXT, false, 1000,
      { "実績の書き方", "How it is reported" }, { "計画の文と変えるときだけ直します。", "Change it only where it differs from the plan's words." },
      &WAY_STR, AT(told, text), NULL },
    { "extra", STEP_EVALUATION, GROUP_SHEET, BLANK_ROWS, false, WHOLE,
      { "計画になかった取組", "Done without a plan" }, { "", "" }, &WAY_ROWS, GROUP_EXTRA, NULL },
    { "extra.*.text", STEP_EVALUATION, GROUP_EXTRA, BLANK_TEXT, true, 1000,
      { "取組", "Activity" }, { "", "" },
      &WAY_STR, AT(told, text), NULL },
    { "extra.*.quantity", STEP_EVALUATION, GROUP_EXTRA, BLANK_NUMBER, false, SHORT,
      { "実績の数量", "Quantity done" }, { "", "" },
      &WAY_AMOUNT, AT(told, quantity), NULL },
    { "extra.*.unit", STEP_EVALUATION, GROUP_EXTRA, BLANK_LINE, false, SHORT,
      { "単位", "Unit" }, { "", "" },
      &WAY_UNIT_OF, AT(told, quantity), NULL },
    { "extra.*.reason", STEP_EVALUATION, GROUP_EXTRA, BLANK_TEXT, true, PROSE,
      { "加えた理由", "Why it was added" }, { "", "" },
      &WAY_STR, AT(told, reason), NULL },
    { "actual.*.value", STEP_EVALUATION, GROUP_ACTUAL, BLANK_NUMBER, false, SHORT,
      { "実績値", "Result" }, { "", "" },
      &WAY_AMOUNT, AT(told_actual, value), NULL },
    { "actual.*.is_change", STEP_EVALUATION, GROUP_ACTUAL, BLANK_FLAG, false, 1,
      { "前の年度との差", "It is a difference to the year before" }, { "", "" },
      &WAY_BOOL, AT(told_actual, is_change), NULL },
    { "actual.*.is_final", STEP_EVALUATION, GROUP_ACTUAL, BLANK_FLAG, false, 1,
      { "確定した値", "It is final" }, { "", "" },
      &WAY_BOOL, AT(told_actual, is_final), NULL },
    { "actual.*.note", STEP_EVALUATION, GROUP_ACTUAL, BLANK_TEXT, false, PROSE,
      { "実績の注記", "Note to the result" }, { "実績値がないときは、測っていない理由を書きます。必須です。", "Where there is no result: why it was not measured. Then mandatory." },
      &WAY_STR, AT(told_actual, note), NULL },
    { "mark", STEP_EVALUATION, GROUP_SHEET, BLANK_CHOICE, true, SHORT,
      { "目標の達成", "Was the goal met?" }, { "", "" },
      &WAY_MARK, AT(initiative, evaluation.mark), &EVALUATION_WORDS },
    { "improvement", STEP_EVALUATION, GROUP_SHEET, BLANK_TEXT, false, WHOLE,
      { "課題と改善策", "Issues and improvement" },
      { "「未達成」のときは必須です。", "Mandatory where the goal was not met." },
      &WAY_TEXT, AT(initiative, evaluation.improvement), NULL },
    { "cause", STEP_EVALUATION, GROUP_SHEET, BLANK_TEXT, false, PROSE,
      { "原因", "Cause" }, { "", "" },
      &WAY_STR, AT(initiative, evaluation.remedy.cause), NULL },
    { "measure", STEP_EVALUATION, GROUP_SHEET, BLANK_TEXT, false, PROSE,
      { "対策", "Measure" }, { "", "" },
      &WAY_STR, AT(initiative, evaluation.remedy.measure), NULL },
    { "owner", STEP_EVALUATION, GROUP_SHEET, BLANK_LINE, false, LINE,
      { "担当", "Owner" }, { "課や係の名前です。個人の名前は書きません。", "An office, never a person's name." },
      &WAY_STR, AT(initiative, evaluation.remedy.owner), NULL },
    { "due", STEP_EVALUATION, GROUP_SHEET, BLANK_DATE, false, SHORT,
      { "期限", "Due" }, { "例: 令和7年9月30日、2025-09-30", "For example 2025-09-30" },
      &WAY_DAY, AT(initiative, evaluation.remedy.due), NULL },
};

static const char *const GROUP_WORDS[GROUP_COUNT] = {
    [GROUP_SHEET] = "", [GROUP_INDICATOR] = "indicator", [GROUP_ACTIVITY] = "activity",
    [GROUP_OUTLOOK] = "outlook", [GROUP_RESULT] = "result", [GROUP_EXTRA] = "extra",
    [GROUP_ACTUAL] = "actual",
};
/* clang-format on */

const struct blank *blanks(size_t *count)
{
    *count = sizeof BLANKS / sizeof *BLANKS;
    return BLANKS;
}

str blank_choice(const struct blank *b, size_t i)
{
    return b->words && i < b->words->count ? b->words->word[i] : (str){ 0 };
}

bool blank_choice_is(const struct blank *b, str word)
{
    unsigned ignored;

    return b->words && words_find(b->words, word, &ignored);
}

/* ---- names ---- */

str blank_group_word(enum blank_group g)
{
    return str_from(GROUP_WORDS[g]);
}

str blank_row(str name)
{
    const ptrdiff_t first = str_find_char(name, '.');
    str rest, row;

    if (first < 0)
        return (str){ 0 };
    rest = str_skip(name, (size_t)first + 1);
    (void)str_cut(rest, '.', &row);
    return row;
}

/* Is it the name that the pattern makes with some id? */
static bool name_fits(str pattern, str name)
{
    const ptrdiff_t star = str_find_char(pattern, '*');
    str id;

    if (star < 0)
        return str_eq(pattern, name);
    if (!str_starts(name, str_take(pattern, (size_t)star)))
        return false;
    (void)str_cut(str_skip(name, (size_t)star), '.', &id);
    return blank_row_is_valid(id)
           && str_eq(str_skip(name, (size_t)star + id.n), str_skip(pattern, (size_t)star + 1));
}

const struct blank *blank_of(enum step s, str name)
{
    for (size_t i = 0; i < sizeof BLANKS / sizeof *BLANKS; i++)
        if (BLANKS[i].step == s && name_fits(str_from(BLANKS[i].name), name))
            return &BLANKS[i];
    return NULL;
}

bool blank_orders(str name, enum blank_group *out)
{
    for (size_t i = 0; i < sizeof BLANKS / sizeof *BLANKS; i++) {
        if (BLANKS[i].kind != BLANK_ROWS || !str_eq(str_from(BLANKS[i].name), name))
            continue;
        *out = (enum blank_group)BLANKS[i].offset;
        return true;
    }
    return false;
}

bool blank_row_is_valid(str id)
{
    enum { ID_MAX = 40 };

    for (size_t i = 0; i < id.n; i++) {
        const char c = id.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return id.n > 0 && id.n <= ID_MAX;
}

str filled_name(struct arena *a, const struct blank *b, str row)
{
    const str name = str_from(b->name);
    const ptrdiff_t star = str_find_char(name, '*');

    if (star < 0)
        return name;
    return str_fmt(a, "%.*s%.*s%s", (int)star, name.p, STR_ARG(row), name.p + star + 1);
}

str filled_next_row(str *rest)
{
    str id = { 0 };

    while (rest->n && !id.n)
        *rest = str_cut(*rest, ' ', &id);
    return id;
}

/* ---- filled forms ---- */

/* The slot of a name: the one that holds it, or the empty one where it would stand. */
static uint32_t *slot_of(const struct filled_list *l, str name)
{
    uint32_t at = (uint32_t)str_hash(name) & (l->slot_count - 1);

    while (l->slots[at] && !str_eq(l->items[l->slots[at] - 1].name, name))
        at = (at + 1) & (l->slot_count - 1);
    return &l->slots[at];
}

static void grow(struct arena *a, struct filled_list *l)
{
    enum { FIRST = 64 };
    struct filled *items;

    l->room = l->room ? 2 * l->room : FIRST;
    items = NEW(a, struct filled, l->room);
    if (l->count)
        memcpy(items, l->items, l->count * sizeof *items);
    l->items = items;
    l->slot_count = 2 * l->room; /* a power of two, never full */
    l->slots = NEW(a, uint32_t, l->slot_count);
    for (uint32_t i = 0; i < l->count; i++)
        *slot_of(l, l->items[i].name) = i + 1;
}

void filled_set(struct arena *a, struct filled_list *l, str name, str text)
{
    uint32_t *slot;

    if (l->count == l->room)
        grow(a, l);
    slot = slot_of(l, name);
    if (!*slot) {
        l->items[l->count++].name = name;
        *slot = l->count;
    }
    l->items[*slot - 1].text = text;
}

bool filled_has(const struct filled_list *l, str name)
{
    return l->count && *slot_of(l, name);
}

str filled_get(const struct filled_list *l, str name)
{
    const uint32_t at = l->count ? *slot_of(l, name) : 0;

    return at ? l->items[at - 1].text : (str){ 0 };
}

void blank_fault_add(struct arena *a, struct blank_faults *f, str name, str text)
{
    struct blank_fault *items;

    if (f->count == f->room) {
        f->room = f->room ? 2 * f->room : 8;
        items = NEW(a, struct blank_fault, f->room);
        if (f->count)
            memcpy(items, f->items, f->count * sizeof *items);
        f->items = items;
    }
    f->items[f->count++] = (struct blank_fault){ name, text };
}

void filled_flags(struct arena *a, enum step s, struct filled_list *l)
{
    const uint32_t count = l->count;

    for (uint32_t i = 0; i < count; i++) {
        const struct blank *b = blank_of(s, l->items[i].name);
        const str row = blank_row(l->items[i].name);

        for (size_t k = 0; b && row.n && k < sizeof BLANKS / sizeof *BLANKS; k++) {
            const struct blank *f = &BLANKS[k];
            str name;

            if (f->kind != BLANK_FLAG || f->step != s || f->group != b->group)
                continue;
            name = filled_name(a, f, row);
            if (!filled_has(l, name))
                filled_set(a, l, name, (str){ 0 });
        }
    }
}
