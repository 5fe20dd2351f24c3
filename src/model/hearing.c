/* Settings of 広聴: strict in, canonical out; due dates. */
#include "model/hearing.h"

#include "base/embed.h"
#include "model/inner.h"

#include "base/banned.h"

extern const struct embedded VOICE_PRESETS[];
extern const size_t VOICE_PRESETS_N;

/* clang-format off */
static const struct words STAGE_WORDS = { STAGE_COUNT, {
    [STAGE_RECEIVED]   = STR_INIT("received"),
    [STAGE_ASSIGNED]   = STR_INIT("assigned"),
    [STAGE_ANSWERED]   = STR_INIT("answered"),
    [STAGE_CONSIDERED] = STR_INIT("considered"),
    [STAGE_ADOPTED]    = STR_INIT("adopted"),
    [STAGE_DONE]       = STR_INIT("done"),
    [STAGE_DECLINED]   = STR_INIT("declined"),
} };

/* The lists, as tables: where each stands in the struct, what its rows may say. */
static const struct list_rule {
    const char *key;
    size_t offset;
    const char *keys; /* that a row may have, blanks between */
} LISTS[] = {
    { "categories", offsetof(struct hearing, categories), " code label retired " },
    { "ways",       offsetof(struct hearing, ways),       " code label retired " },
    { "boxes",      offsetof(struct hearing, boxes),      " code label retired " },
    { "kinds",      offsetof(struct hearing, kinds),      " code label retired needs_text " },
    { "statuses",   offsetof(struct hearing, statuses),   " code label retired stage final " },
    { "reasons",    offsetof(struct hearing, reasons),    " code label retired " },
};
/* The numbers and their ranges. */
static const struct number_rule {
    const char *key;
    size_t offset;
    int min, max;
} NUMBERS[] = {
    { "retention_days",   offsetof(struct hearing, retention_days),   0, 36500 },
    { "template_warning", offsetof(struct hearing, template_warning), 1, 100000 },
    { "text_max",         offsetof(struct hearing, text_max),         1, VOICE_TEXT_MAX },
    { "contact_max",      offsetof(struct hearing, contact_max),      0, 4000 },
    { "flood_per_minute", offsetof(struct hearing, flood_per_minute), 1, 1000000 },
    { "flood_per_second", offsetof(struct hearing, flood_per_second), 1, 1000000 },
};
/* clang-format on */
enum {
    LIST_COUNT = sizeof LISTS / sizeof *LISTS,
    NUMBER_COUNT = sizeof NUMBERS / sizeof *NUMBERS,
    CODE_MAX = 40,
    LABEL_MAX = 200,
    DOORS = 4,
};
static const char KEYS[] =
    " categories ways boxes kinds statuses reasons doors due retention_days "
    "four_eyes template_warning text_max contact_max flood_per_minute "
    "flood_per_second ";
enum { KEY_COUNT = LIST_COUNT + NUMBER_COUNT + 3 };
static const str DOOR_WORD[DOORS] = { STR_INIT("voice"), STR_INIT("box"), STR_INIT("council"),
                                      STR_INIT("survey") };

str stage_word(enum voice_stage s)
{
    return words_at(&STAGE_WORDS, s);
}

bool stage_parse(str word, enum voice_stage *out)
{
    unsigned found;

    if (!word.n || !words_find(&STAGE_WORDS, word, &found))
        return false;
    *out = (enum voice_stage)found;
    return true;
}

/* ---- reading: pieces ---- */

static bool wrong(struct err *e, const char *where, const char *what)
{
    return err_set(e, ERR_INPUT, "広聴の設定の %s: %s", where, what);
}

/* A map with known keys only: what is misspelt must not be left out silently. */
static bool is_map(const struct value *v, const char *keys, const char *where, struct err *e)
{
    if (!v || v->kind != VALUE_MAP)
        return wrong(e, where, "{ } の形で書いてください。");
    for (const struct value *x = v->first; x; x = x->next) {
        AUTO(arena_done) struct arena mem = { 0 };
        const str padded = str_fmt(&mem, " %.*s ", STR_ARG(x->key));

        if (str_find_char(x->key, ' ') >= 0 || str_find(str_from(keys), padded) < 0)
            return err_set(e, ERR_INPUT, "広聴の設定の %s に、知らない項目「%.*s」があります。",
                           where, STR_ARG(str_take(x->key, LABEL_MAX)));
    }
    return true;
}

static bool is_code(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return s.n > 0 && s.n <= CODE_MAX;
}

static bool is_label(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            return false;
    return s.n > 0 && s.n <= LABEL_MAX;
}

/* True, false or left out (= false). */
static bool take_bool(const struct value *map, const char *key, const char *where, bool *out,
                      struct err *e)
{
    const struct value *v = value_get(map, str_from(key));

    *out = v && v->kind == VALUE_BOOL && v->truth;
    return !v || v->kind == VALUE_BOOL
           || err_set(e, ERR_INPUT, "広聴の設定の %s の %s は true か false です。", where,
                      key);
}

/* ---- lists ---- */

static bool item_read(const struct value *v, const struct list_rule *rule,
                      struct hearing_item *out, struct err *e)
{
    const struct value *label = value_get(v, STR("label"));
    const str stage = value_text(v, "stage");

    if (!is_map(v, rule->keys, rule->key, e) || !is_map(label, " ja en ", rule->key, e)
        || !take_bool(v, "retired", rule->key, &out->is_retired, e)
        || !take_bool(v, "needs_text", rule->key, &out->needs_text, e)
        || !take_bool(v, "final", rule->key, &out->is_final, e))
        return false;
    out->code = value_text(v, "code");
    out->label[0] = value_text(label, "ja");
    out->label[1] = value_text(label, "en");
    if (!out->label[1].n)
        out->label[1] = out->label[0];
    if (!is_code(out->code))
        return wrong(e, rule->key, "code は英小文字、数字、ハイフンで40字までにしてください。");
    if (!is_label(out->label[0]) || !is_label(out->label[1]))
        return wrong(e, rule->key, "label の ja(表示名)は1から200バイトで書いてください。");
    if (stage.n && !stage_parse(stage, &out->stage))
        return wrong(e, rule->key,
                     "stage は received assigned answered considered adopted done declined の"
                     "どれかです。");
    return stage.n || offsetof(struct hearing, statuses) != rule->offset
           || wrong(e, rule->key, "stage(段階)がありません。");
}

static bool list_read(struct arena *a, const struct value *list, const struct list_rule *rule,
                      struct hearing_list *out, struct err *e)
{
    if (list->kind != VALUE_LIST || !list->count || list->count > HEARING_ITEMS_MAX)
        return wrong(e, rule->key, "1個から200個の並びにしてください。");
    *out = (struct hearing_list){ .rows = NEW(a, struct hearing_item, list->count) };
    for (const struct value *v = list->first; v; v = v->next) {
        struct hearing_item *one = &out->rows[out->count];

        if (!item_read(v, rule, one, e))
            return false;
        if (hearing_find(out, one->code))
            return err_set(e, ERR_INPUT, "広聴の設定の %s に、code「%.*s」が2つあります。",
                           rule->key, STR_ARG(one->code));
        out->count++;
    }
    return true;
}

static bool lists_read(struct arena *a, const struct value *tree, struct hearing *h,
                       struct err *e)
{
    for (int i = 0; i < LIST_COUNT; i++) {
        const struct value *v = value_get(tree, str_from(LISTS[i].key));
        struct hearing_list *to = (struct hearing_list *)((char *)h + LISTS[i].offset);

        if (v && !list_read(a, v, &LISTS[i], to, e))
            return false;
    }
    return true;
}

/* ---- the rule of the due date ---- */

/* "2025-01-13", or "12-29" for every year. */
static bool holiday_read(const struct value *v, struct holiday *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const str on = value_text(v, "on");
    bool every_year = on.n == 5;

    if (!is_map(v, " on name ", "due.holidays", e))
        return false;
    out->name = value_text(v, "name");
    if (!is_label(out->name))
        return wrong(e, "due.holidays", "name(休みの名前)を書いてください。");
    /* 2024 is a leap year: 02-29 may be a closed day */
    if (!date_parse(every_year ? str_fmt(&mem, "2024-%.*s", STR_ARG(on)) : on, &out->on))
        return err_set(e, ERR_INPUT,
                       "広聴の設定の due.holidays の日「%.*s」がありません。2025-01-13 か、"
                       "毎年の日は 12-29 のように書いてください。",
                       STR_ARG(str_take(on, LABEL_MAX)));
    if (every_year)
        out->on.year = 0;
    return true;
}

static bool holidays_read(struct arena *a, const struct value *list, struct due_rule *r,
                          struct err *e)
{
    if (!list)
        return true;
    if (list->kind != VALUE_LIST || list->count > HOLIDAYS_MAX)
        return wrong(e, "due.holidays", "2000個までの並びにしてください。");
    r->holidays = NEW(a, struct holiday, list->count);
    for (const struct value *v = list->first; v; v = v->next)
        if (!holiday_read(v, &r->holidays[r->holiday_count++], e))
            return false;
    return true;
}

/* One of two words; what is left out is the first. */
static bool take_choice(const struct value *map, const char *key, const char *const words[2],
                        bool *out, struct err *e)
{
    const str word = value_text(map, key);

    *out = str_eq(word, str_from(words[1]));
    return *out || !value_get(map, str_from(key)) || str_eq(word, str_from(words[0]))
           || err_set(e, ERR_INPUT, "広聴の設定の due の %s は %s か %s です。", key, words[0],
                      words[1]);
}

static bool due_read(struct arena *a, const struct value *v, struct due_rule *out,
                     struct err *e)
{
    static const char *const FROM[] = { "next-day", "same-day" };
    static const char *const CLOSED[] = { "count", "skip" };
    static const char *const ROLL[] = { "none", "next-working-day" };
    static const char KEYS_OF_DUE[] = " days from closed_days roll weekends_closed holidays ";
    struct due_rule r = { .days = (int)value_int(v, "days") };
    const struct value *days = value_get(v, STR("days"));

    if (!is_map(v, KEYS_OF_DUE, "due", e) || !take_choice(v, "from", FROM, &r.from_same_day, e)
        || !take_choice(v, "closed_days", CLOSED, &r.skips_closed, e)
        || !take_choice(v, "roll", ROLL, &r.rolls, e)
        || !take_bool(v, "weekends_closed", "due", &r.weekends_closed, e)
        || !holidays_read(a, value_get(v, STR("holidays")), &r, e))
        return false;
    if (!days || days->kind != VALUE_INT || days->number < 1 || days->number > 365)
        return wrong(e, "due", "days(回答までの日数)は1から365の整数にしてください。");
    *out = r;
    return true;
}

/* ---- the whole ---- */

static bool numbers_read(const struct value *tree, struct hearing *h, struct err *e)
{
    for (int i = 0; i < NUMBER_COUNT; i++) {
        const struct number_rule *rule = &NUMBERS[i];
        const struct value *v = value_get(tree, str_from(rule->key));

        if (!v)
            continue;
        if (v->kind != VALUE_INT || v->number < rule->min || v->number > rule->max)
            return err_set(e, ERR_INPUT, "広聴の設定の %s は、%dから%dの整数にしてください。",
                           rule->key, rule->min, rule->max);
        *(int *)((char *)h + rule->offset) = (int)v->number;
    }
    return true;
}

static bool doors_read(const struct value *list, struct hearing *h, struct err *e)
{
    if (!list)
        return true;
    if (list->kind != VALUE_LIST)
        return wrong(e, "doors", "入口の並びにしてください。");
    for (int i = 0; i < DOORS; i++)
        h->shows_door[i] = false;
    for (const struct value *v = list->first; v; v = v->next) {
        int door = 0;

        while (door < DOORS && !(v->kind == VALUE_TEXT && str_eq(v->text, DOOR_WORD[door])))
            door++;
        if (door == DOORS)
            return wrong(e, "doors", "入口は voice box council survey のどれかです。");
        h->shows_door[door] = true;
    }
    return true;
}

/* What answers, plans and refusals end in must have a status each. */
static bool stages_reached(const struct hearing *h, struct err *e)
{
    static const enum voice_stage NEEDED[] = { STAGE_ANSWERED, STAGE_ADOPTED, STAGE_DONE,
                                               STAGE_DECLINED };

    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
        const str word = stage_word(NEEDED[i]);

        if (!hearing_status_of(h, NEEDED[i]))
            return err_set(e, ERR_INPUT,
                           "広聴の設定の statuses に、段階 %.*s の対応状況がありません。",
                           STR_ARG(word));
    }
    return true;
}

static bool parts_read(struct arena *a, const struct value *tree, struct hearing *h,
                       struct err *e)
{
    const struct value *due = value_get(tree, STR("due"));
    const struct value *four_eyes = value_get(tree, STR("four_eyes"));

    return lists_read(a, tree, h, e) && numbers_read(tree, h, e)
           && doors_read(value_get(tree, STR("doors")), h, e)
           && (!due || due_read(a, due, &h->due, e))
           && (!four_eyes || take_bool(tree, "four_eyes", "最上位", &h->four_eyes, e));
}

bool hearing_read(struct arena *a, const struct value *tree, struct hearing *out, struct err *e)
{
    struct hearing h = { 0 };
    struct value *preset;

    if (!is_map(tree, KEYS, "最上位", e))
        return false;
    if (tree->count < KEY_COUNT
        && (!json_load(a, hearing_preset(), &preset, e) || !parts_read(a, preset, &h, e)))
        return false;
    if (!parts_read(a, tree, &h, e) || !stages_reached(&h, e))
        return false;
    h.tree = tree;
    *out = h;
    return true;
}

bool hearing_parse(struct arena *a, str json, struct hearing *out, struct err *e)
{
    struct value *tree;

    return json_load(a, json, &tree, e) && hearing_read(a, tree, out, e);
}

str hearing_preset(void)
{
    return VOICE_PRESETS_N ? (str){ (const char *)VOICE_PRESETS[0].data,
                                    (size_t)(VOICE_PRESETS[0].end - VOICE_PRESETS[0].data) }
                           : (str){ 0 };
}

/* ---- writing ---- */

static void list_put(struct arena *a, struct value *map, const struct list_rule *rule,
                     const struct hearing_list *list)
{
    struct value *to = value_put_list(a, map, rule->key);

    for (uint32_t i = 0; i < list->count; i++) {
        const struct hearing_item *one = &list->rows[i];
        struct value *v = value_add_map(a, to), *label;

        value_put_text(a, v, "code", one->code);
        label = value_put_map(a, v, "label");
        value_put_text(a, label, "ja", one->label[0]);
        value_put_text(a, label, "en", one->label[1]);
        if (one->is_retired)
            value_put_bool(a, v, "retired", true);
        if (rule->offset == offsetof(struct hearing, kinds))
            value_put_bool(a, v, "needs_text", one->needs_text);
        if (rule->offset != offsetof(struct hearing, statuses))
            continue;
        value_put_text(a, v, "stage", stage_word(one->stage));
        value_put_bool(a, v, "final", one->is_final);
    }
}

static void due_put(struct arena *a, struct value *map, const struct due_rule *r)
{
    struct value *v = value_put_map(a, map, "due"), *list;

    value_put_int(a, v, "days", r->days);
    value_put_text(a, v, "from", r->from_same_day ? STR("same-day") : STR("next-day"));
    value_put_text(a, v, "closed_days", r->skips_closed ? STR("skip") : STR("count"));
    value_put_text(a, v, "roll", r->rolls ? STR("next-working-day") : STR("none"));
    value_put_bool(a, v, "weekends_closed", r->weekends_closed);
    list = value_put_list(a, v, "holidays");
    for (uint32_t i = 0; i < r->holiday_count; i++) {
        const struct holiday *one = &r->holidays[i];
        struct value *row = value_add_map(a, list);

        value_put_text(a, row, "on",
                       one->on.year ? str_fmt(a, "%04d-%02d-%02d", one->on.year, one->on.month,
                                              one->on.day)
                                    : str_fmt(a, "%02d-%02d", one->on.month, one->on.day));
        value_put_text(a, row, "name", one->name);
    }
}

struct value *hearing_value(struct arena *a, const struct hearing *h)
{
    struct value *v = value_map(a), *doors;

    for (int i = 0; i < LIST_COUNT; i++)
        list_put(a, v, &LISTS[i],
                 (const struct hearing_list *)((const char *)h + LISTS[i].offset));
    doors = value_put_list(a, v, "doors");
    for (int i = 0; i < DOORS; i++)
        if (h->shows_door[i])
            value_add_text(a, doors, DOOR_WORD[i]);
    due_put(a, v, &h->due);
    value_put_bool(a, v, "four_eyes", h->four_eyes);
    for (int i = 0; i < NUMBER_COUNT; i++)
        value_put_int(a, v, NUMBERS[i].key,
                      *(const int *)((const char *)h + NUMBERS[i].offset));
    return v;
}

/* ---- asking ---- */

const struct hearing_item *hearing_find(const struct hearing_list *list, str code)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (str_eq(list->rows[i].code, code))
            return &list->rows[i];
    return NULL;
}

const struct hearing_item *hearing_status_of(const struct hearing *h, enum voice_stage s)
{
    for (uint32_t i = 0; i < h->statuses.count; i++)
        if (h->statuses.rows[i].stage == s && !h->statuses.rows[i].is_retired)
            return &h->statuses.rows[i];
    return NULL;
}

bool due_is_open(const struct due_rule *r, date d)
{
    enum { SUNDAY = 0, SATURDAY = 6 };
    const int weekday = date_weekday(d);

    if (r->weekends_closed && (weekday == SUNDAY || weekday == SATURDAY))
        return false;
    for (uint32_t i = 0; i < r->holiday_count; i++) {
        const date h = r->holidays[i].on;

        if (h.month == d.month && h.day == d.day && (!h.year || h.year == d.year))
            return false;
    }
    return true;
}

/* The first open day from `from` on; `from` when there is none within reach. */
static int64_t open_from(const struct due_rule *r, int64_t from)
{
    for (int i = 0; i < DUE_SEARCH_MAX; i++)
        if (due_is_open(r, date_from_number(from + i)))
            return from + i;
    return from;
}

date due_of(const struct due_rule *r, date received)
{
    int64_t day = date_number(received) - (r->from_same_day ? 1 : 0);

    for (int i = 0; i < r->days; i++)
        day = r->skips_closed ? open_from(r, day + 1) : day + 1;
    return date_from_number(r->rolls ? open_from(r, day) : day);
}
