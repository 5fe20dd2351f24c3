/* Reads a form definition from its JSON and keeps the definitions that are built into the
 * program. It checks that a form can be read with, so that a slip in a preset is a sentence at
 * start and not a document full of unread text. */
#include "model/form.h"

#include <stdlib.h>

#include "base/embed.h"

enum {
    SPELLING_BYTES = 120, /* one spelling or word */
    ITEMS_MAX = 400,      /* spellings of one label, words of one list */
    SPELLINGS_MAX = 1000, /* of one form */
};

extern const struct embedded FORM_PRESETS[];
extern const size_t FORM_PRESETS_N;

/* clang-format off */
static const str LABEL_WORD[LABEL_COUNT] = {
    [LABEL_INITIATIVE]         = STR_INIT("initiative"),
    [LABEL_PLAN_COLUMN]        = STR_INIT("plan_column"),
    [LABEL_PURPOSE]            = STR_INIT("purpose"),
    [LABEL_OUTLINE]            = STR_INIT("outline"),
    [LABEL_GOAL]               = STR_INIT("goal"),
    [LABEL_OTHER_GOALS]        = STR_INIT("other_goals"),
    [LABEL_ACTIVITIES_COLUMN]  = STR_INIT("activities_column"),
    [LABEL_ACTIVITIES]         = STR_INIT("activities"),
    [LABEL_PLAN_ROW]           = STR_INIT("plan_row"),
    [LABEL_MIDYEAR]            = STR_INIT("midyear"),
    [LABEL_OUTLOOK_ACTIVITIES] = STR_INIT("outlook_activities"),
    [LABEL_OUTLOOK_GOAL]       = STR_INIT("outlook_goal"),
    [LABEL_EVALUATION]         = STR_INIT("evaluation"),
    [LABEL_RESULTS_COLUMN]     = STR_INIT("results_column"),
    [LABEL_REPORTED]           = STR_INIT("reported"),
    [LABEL_ACHIEVED]           = STR_INIT("achieved"),
    [LABEL_IMPROVEMENT]        = STR_INIT("improvement"),
    [LABEL_MANDATORY]          = STR_INIT("mandatory"),
    [LABEL_LEGEND_OK]          = STR_INIT("legend_ok"),
    [LABEL_LEGEND_NOT_OK]      = STR_INIT("legend_not_ok"),
    [LABEL_DOCUMENT]           = STR_INIT("document"),
};
static const str WORDS_WORD[WORDS_COUNT] = {
    [WORDS_AS_NEEDED]      = STR_INIT("as_needed"),
    [WORDS_BASELINE]       = STR_INIT("baseline"),
    [WORDS_TARGET]         = STR_INIT("target"),
    [WORDS_LAST_YEAR]      = STR_INIT("last_year"),
    [WORDS_AT_LEAST]       = STR_INIT("at_least"),
    [WORDS_AT_MOST]        = STR_INIT("at_most"),
    [WORDS_AIM]            = STR_INIT("aim"),
    [WORDS_ZERO]           = STR_INIT("zero"),
    [WORDS_MORE]           = STR_INIT("more"),
    [WORDS_LESS]           = STR_INIT("less"),
    [WORDS_KEEP]           = STR_INIT("keep"),
    [WORDS_LOWER]          = STR_INIT("lower"),
    [WORDS_LOWER_UNLESS]   = STR_INIT("lower_unless"),
    [WORDS_LEVEL]          = STR_INIT("level"),
    [WORDS_COUNTER]        = STR_INIT("counter"),
    [WORDS_NOT_A_QUANTITY] = STR_INIT("not_a_quantity"),
    [WORDS_AFTER_UNIT]     = STR_INIT("after_unit"),
    [WORDS_QUALIFIER]      = STR_INIT("qualifier"),
    [WORDS_AFTER_YEAR]     = STR_INIT("after_year"),
    [WORDS_NO_RESULT]      = STR_INIT("no_result"),
    [WORDS_CHANGE]         = STR_INIT("change"),
    [WORDS_ORGANISATION]   = STR_INIT("organisation"),
};
/* clang-format on */

str form_label_word(enum form_label label)
{
    return LABEL_WORD[label];
}

str form_words_word(enum form_words list)
{
    return WORDS_WORD[list];
}

static int word_find(const str *words, int count, str word)
{
    for (int i = 0; i < count; i++)
        if (str_eq(words[i], word))
            return i;
    return -1;
}

/* The kinds of brackets, which forms use as they please, become ( and ). Full-width ones are
 * folded already. */
static str one_bracket(struct arena *a, str s)
{
    static const struct {
        str from;
        char to;
    } KINDS[] = {
        { STR_INIT("["), '(' },  { STR_INIT("]"), ')' },  { STR_INIT("<"), '(' },
        { STR_INIT(">"), ')' },  { STR_INIT("【"), '(' }, { STR_INIT("】"), ')' },
        { STR_INIT("〔"), '(' }, { STR_INIT("〕"), ')' }, { STR_INIT("〈"), '(' },
        { STR_INIT("〉"), ')' }, { STR_INIT("《"), '(' }, { STR_INIT("》"), ')' },
    };
    struct buf b;

    buf_init(&b, a, s.n + 1, s.n + 1);
    while (s.n) {
        size_t i = 0;

        while (i < sizeof KINDS / sizeof *KINDS && !str_starts(s, KINDS[i].from))
            i++;
        if (i < sizeof KINDS / sizeof *KINDS) {
            buf_put_char(&b, KINDS[i].to);
            s = str_skip(s, KINDS[i].from.n);
        } else {
            buf_put_char(&b, *s.p);
            s = str_skip(s, 1);
        }
    }
    return buf_str(&b);
}

/* {年度} becomes FORM_YEAR. */
static str year_in(struct arena *a, str s)
{
    static const str HOLE = STR_INIT("{年度}");
    ptrdiff_t at = str_find(s, HOLE);

    if (at < 0)
        return s;
    return str_fmt(a, "%.*s%c%.*s", (int)at, s.p, FORM_YEAR,
                   STR_ARG(str_skip(s, (size_t)at + HOLE.n)));
}

/* Words are compared folded; a mark is not, or ① would be 1. */
static bool item_read(struct arena *a, const struct value *v, bool folded, str *out,
                      struct err *e)
{
    str s = v->kind == VALUE_TEXT ? str_trim(v->text) : (str){ 0 };

    if (!s.n || s.n > SPELLING_BYTES)
        return err_set(
            e, ERR_INPUT,
            "様式定義の語の一覧に、空の語、長すぎる語、または文字列でない値があります。");
    *out = folded ? text_fold(a, s) : s;
    return true;
}

static bool list_read(struct arena *a, const struct value *list, bool folded,
                      struct form_list *out, struct err *e)
{
    uint32_t n = 0;

    if (list->kind != VALUE_LIST || list->count > ITEMS_MAX)
        return err_set(e, ERR_INPUT, "様式定義の「%.*s」は、%d個までの語の一覧にしてください。",
                       STR_ARG(list->key), ITEMS_MAX);
    out->items = NEW(a, str, list->count);
    for (const struct value *v = list->first; v; v = v->next)
        if (!item_read(a, v, folded, &out->items[n++], e))
            return false;
    out->count = n;
    return true;
}

/* A star stands for a text between two others, once. The names of documents have stars around
 * them. */
static bool star_is_fine(enum form_label label, str s)
{
    ptrdiff_t star = str_find_char(s, '*');

    if (star < 0 || label == LABEL_DOCUMENT)
        return true;
    return star > 0 && s.p[star - 1] != '(' && (size_t)star + 1 < s.n
           && str_find_char(str_skip(s, (size_t)star + 1), '*') < 0;
}

static bool spelling_add(struct form *f, enum form_label label, str spelling, struct err *e)
{
    if (!star_is_fine(label, spelling))
        return err_set(e, ERR_INPUT,
                       "様式定義の見出し「%.*s」の * は、語と語の間に1つだけ書けます。",
                       STR_ARG(spelling));
    for (uint32_t i = 0; i < f->spelling_count; i++)
        if (str_eq(f->spellings[i].spelling, spelling))
            return err_set(e, ERR_INPUT,
                           "様式定義に同じ見出し「%.*s」が2度あります(%.*s と %.*s)。",
                           STR_ARG(spelling), STR_ARG(LABEL_WORD[f->spellings[i].label]),
                           STR_ARG(LABEL_WORD[label]));
    if (f->spelling_count == SPELLINGS_MAX)
        return err_set(e, ERR_INPUT, "様式定義の見出しは、合わせて%d個までです。",
                       SPELLINGS_MAX);
    f->spellings[f->spelling_count++] = (struct form_spelling){ label, spelling };
    return true;
}

static bool labels_read(struct arena *a, const struct value *labels, struct form *f,
                        struct err *e)
{
    f->spellings = NEW(a, struct form_spelling, SPELLINGS_MAX);
    for (const struct value *l = labels->first; l; l = l->next) {
        int label = word_find(LABEL_WORD, LABEL_COUNT, l->key);
        struct form_list list;

        if (label < 0)
            return err_set(e, ERR_INPUT, "様式定義の labels に、知らない欄「%.*s」があります。",
                           STR_ARG(l->key));
        if (!list_read(a, l, true, &list, e))
            return false;
        for (uint32_t i = 0; i < list.count; i++)
            if (!spelling_add(f, (enum form_label)label,
                              year_in(a, one_bracket(a, list.items[i])), e))
                return false;
    }
    for (uint32_t i = 0; i < f->spelling_count; i++)
        if (f->spellings[i].label == LABEL_INITIATIVE)
            return true;
    return err_set(e, ERR_INPUT,
                   "様式定義の labels に initiative(取組項目の見出し)がありません。");
}

static bool marks_read(struct arena *a, const struct value *marks, struct form *f,
                       struct err *e)
{
    static const char *const SIDE[] = { "positive", "negative" };
    struct form_list list[2] = { { 0 }, { 0 } };

    for (int i = 0; i < 2; i++) {
        const struct value *v = value_get(marks, str_from(SIDE[i]));

        if (v && !list_read(a, v, false, &list[i], e))
            return false;
        if (!list[i].count)
            return err_set(e, ERR_INPUT, "様式定義の marks に %s の記号がありません。",
                           SIDE[i]);
    }
    f->marks = NEW(a, struct form_mark, list[0].count + list[1].count);
    for (int i = 0; i < 2; i++)
        for (uint32_t k = 0; k < list[i].count; k++) {
            const str symbol = list[i].items[k];
            size_t len;

            f->marks[f->mark_count++] =
                (struct form_mark){ symbol, symbol.n ? utf8_first(symbol, &len) : 0,
                                    i ? -1 : 1 };
        }
    return true;
}

static bool words_read(struct arena *a, const struct value *words, struct form *f,
                       struct err *e)
{
    for (const struct value *w = words ? words->first : NULL; w; w = w->next) {
        int list = word_find(WORDS_WORD, WORDS_COUNT, w->key);

        if (list < 0)
            return err_set(e, ERR_INPUT,
                           "様式定義の words に、知らない一覧「%.*s」があります。",
                           STR_ARG(w->key));
        if (!list_read(a, w, true, &f->words[list], e))
            return false;
    }
    return true;
}

/* ---- the index ---- */

static uint32_t first_char(str s)
{
    size_t n;

    return utf8_first(s, &n);
}

/* In an order that is by bucket and then by length, the longest first. */
static void lexeme_put(struct form_index *x, uint32_t *count, struct form_lexeme l)
{
    uint32_t at = (*count)++, bucket = l.bucket;

    while (at > 0) {
        const struct form_lexeme *before = &x->lexemes[at - 1];
        uint32_t b = before->bucket;

        if (b < bucket || (b == bucket && before->spelling.n >= l.spelling.n))
            break;
        x->lexemes[at] = *before;
        at--;
    }
    x->lexemes[at] = l;
    for (uint32_t b = bucket + 1; b <= FORM_BUCKETS; b++)
        x->first[b]++;
}

/* Where c stands first, the end when it does not. */
static size_t first_of(str s, char c)
{
    ptrdiff_t at = str_find_char(s, c);

    return at < 0 ? s.n : (size_t)at;
}

static struct form_lexeme lexeme_of(str spelling, enum form_label label, bool bracketed)
{
    struct form_lexeme l = { .label = label, .is_bracketed = bracketed };
    uint32_t all[FORM_HEAD] = { 0 };

    l.bucket = (uint8_t)form_bucket(first_char(spelling));
    if (first_char(spelling) == FORM_YEAR)
        spelling = str_skip(spelling, 1);
    l.spelling = spelling;
    l.star = first_of(spelling, '*');
    while (l.head_count < FORM_HEAD && l.head_n < spelling.n) {
        size_t n;
        uint32_t c = utf8_first(str_skip(spelling, l.head_n), &n);

        if (c == FORM_YEAR || c == '*')
            break;
        all[l.head_count] = 0x1FFFFF;
        l.head[l.head_count++] = c;
        l.head_n += (uint8_t)n;
    }
    l.plain_n = first_of(str_take(spelling, l.star), FORM_YEAR);
    l.key = form_key(l.head);
    l.key_mask = form_key(all);
    return l;
}

static uint32_t last_char(str s)
{
    size_t at = s.n - 1;

    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return first_char(str_skip(s, at));
}

static void start_put(struct form_index *x, str word, uint32_t bits)
{
    x->starts[form_start(first_char(word))] |= bits;
}

/* {年度} stands for words that begin with these. */
static void starts_of_year(struct form_index *x)
{
    static const str FIRST[] = {
        STR_INIT("当"), STR_INIT("本"), STR_INIT("今"), STR_INIT("令"), STR_INIT("平"),
        STR_INIT("昭"), STR_INIT("元"), STR_INIT("㋿"), STR_INIT("㍻"), STR_INIT("r"),
        STR_INIT("h"),  STR_INIT("s"),  STR_INIT("f"),  STR_INIT("0"),  STR_INIT("1"),
        STR_INIT("2"),  STR_INIT("3"),  STR_INIT("4"),  STR_INIT("5"),  STR_INIT("6"),
        STR_INIT("7"),  STR_INIT("8"),  STR_INIT("9"),
    };

    for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++)
        start_put(x, FIRST[i], FORM_START_YEAR);
}

/* A word and the slot that it is sorted by. */
struct slotted {
    struct form_word word;
    uint32_t slot;
};

/* By slot, and in a slot the longest first. Words of one length keep the order of the form. */
static int slot_order(const void *a, const void *b)
{
    const struct slotted *x = a, *y = b;

    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    if (x->word.word.n != y->word.word.n)
        return x->word.word.n > y->word.word.n ? -1 : 1;
    return 0;
}

static struct form_word *words_by_slot(struct arena *a, struct slotted *words, uint32_t count,
                                       uint16_t first[FORM_STARTS + 1])
{
    struct form_word *out = NEW(a, struct form_word, count);
    uint32_t at = 0;

    if (count)
        qsort(words, count, sizeof *words, slot_order);
    for (uint32_t slot = 0; slot <= FORM_STARTS; slot++) {
        for (; at < count && words[at].slot < slot; at++)
            out[at] = words[at].word;
        first[slot] = (uint16_t)at;
    }
    return out;
}

static void words_index(struct arena *a, struct form_index *x, const struct form *f)
{
    uint32_t count = 0, at = 0;
    struct slotted *begin, *end;

    for (uint32_t list = 0; list < WORDS_COUNT; list++)
        count += f->words[list].count;
    begin = NEW(a, struct slotted, count);
    end = NEW(a, struct slotted, count);
    for (uint32_t list = 0; list < WORDS_COUNT; list++) {
        for (uint32_t i = 0; i < f->words[list].count; i++, at++) {
            struct form_word w = { f->words[list].items[i], (enum form_words)list };

            begin[at] = (struct slotted){ w, form_start(first_char(w.word)) };
            end[at] = (struct slotted){ w, form_start(last_char(w.word)) };
            x->starts[begin[at].slot] |= 1u << list;
            x->ends[end[at].slot] |= 1u << list;
        }
    }
    x->words = words_by_slot(a, begin, count, x->word_first);
    x->ending = words_by_slot(a, end, count, x->ending_first);
}

/* The slots in which anything begins, so that a table of all of them is filled from a few. */
static void used_index(struct arena *a, struct form_index *x)
{
    for (uint32_t slot = 0; slot < FORM_STARTS; slot++)
        x->used_count += x->starts[slot] != 0;
    x->used = NEW(a, uint16_t, x->used_count);
    for (uint32_t slot = 0, at = 0; slot < FORM_STARTS; slot++)
        if (x->starts[slot])
            x->used[at++] = (uint16_t)slot;
}

static bool is_legend(enum form_label l)
{
    return l == LABEL_LEGEND_OK || l == LABEL_LEGEND_NOT_OK;
}

static const struct form_index *index_make(struct arena *a, const struct form *f)
{
    struct form_index *x = NEW(a, struct form_index, 1);
    uint32_t count = 0;

    x->lexemes = NEW(a, struct form_lexeme, f->spelling_count);
    for (uint32_t i = 0; i < f->spelling_count; i++) {
        enum form_label label = f->spellings[i].label;
        str s = f->spellings[i].spelling;
        bool bracketed = s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';

        if (bracketed)
            s = (str){ s.p + 1, s.n - 2 };
        start_put(x, s, is_legend(label) ? FORM_START_MARK : FORM_START_LABEL);
        lexeme_put(x, &count, lexeme_of(s, label, bracketed));
    }
    starts_of_year(x);
    for (uint32_t i = 0; i < f->mark_count; i++)
        start_put(x, f->marks[i].symbol, FORM_START_MARK);
    words_index(a, x, f);
    used_index(a, x);
    return x;
}

bool form_read(struct arena *a, str json, struct form *out, struct err *e)
{
    struct form f = { 0 };
    struct value *v;
    const struct value *name, *labels;
    int64_t since;

    if (!json_load(a, json, &v, e))
        return false;
    name = value_get(v, STR("name"));
    labels = value_get(v, STR("labels"));
    since = value_int(v, "since");
    f.id = value_text(v, "id");
    f.name[0] = value_text(name, "ja");
    f.name[1] = value_text(name, "en");
    f.improvement_when_negative = value_bool(v, "improvement_when_negative");
    if (!f.id.n || !f.name[0].n || !f.name[1].n)
        return err_set(e, ERR_INPUT, "様式定義に id と name(ja と en)が必要です。");
    if (since < FISCAL_MIN || since > FISCAL_MAX)
        return err_set(e, ERR_INPUT,
                       "様式定義の since は %d から %d までの西暦年度にしてください。",
                       FISCAL_MIN, FISCAL_MAX);
    f.since = (int)since;
    if (!labels || labels->kind != VALUE_MAP)
        return err_set(e, ERR_INPUT, "様式定義に labels(見出しの一覧)がありません。");
    if (!labels_read(a, labels, &f, e) || !marks_read(a, value_get(v, STR("marks")), &f, e)
        || !words_read(a, value_get(v, STR("words")), &f, e))
        return false;
    f.index = index_make(a, &f);
    *out = f;
    return true;
}

/* presets/forms/osaka-ward-2019.json is embedded as osaka-ward-2019.json. */
static str preset_id(const struct embedded *p)
{
    str name = str_from(p->name);

    return str_take(name, name.n - STR(".json").n);
}

str form_preset_id(size_t i)
{
    return i < FORM_PRESETS_N ? preset_id(&FORM_PRESETS[i]) : (str){ 0 };
}

str form_preset(str id)
{
    for (size_t i = 0; i < FORM_PRESETS_N; i++)
        if (str_eq(preset_id(&FORM_PRESETS[i]), id))
            return (str){ (const char *)FORM_PRESETS[i].data,
                          (size_t)(FORM_PRESETS[i].end - FORM_PRESETS[i].data) };
    return (str){ 0 };
}
