/* The sheet: rows, cells and paragraphs of the flow, cut by the form's labels into the fields
 * of one initiative after another. It knows the order of the printed form only where a cell has
 * no label of its own:
 *
 *   part        a cell without a label holds
 *   plan        what the label in the cell before it names, else activities when it begins with
 * a list mark mid-year    marks, else the improvement evaluation  marks, else, once results
 * were read, the improvement, before that the reported activities
 *
 * In a text without table cells a field goes on over lines until the next label. */
#include "ingest/inner.h"

#include <string.h>

#include "base/banned.h"

enum { MARKS_BYTES = 600 /* a longer text has more to say than marks with names */ };

enum part { PART_NONE, PART_PLAN, PART_MIDYEAR, PART_EVALUATION };

struct sheet {
    struct reader *r;
    bool is_open; /* an initiative is being read */
    struct initiative now;
    enum part part;
    enum field field;
    enum field outlook; /* the outlook that was named last */
    bool is_named;      /* the field's label was read, its text was not yet */
    bool in_table;      /* the row has cells */
    bool has_results;   /* reported or achieved was read in this initiative */
    bool is_asked;   /* the improvement's label was read in this part, its text was not yet */
    bool can_extend; /* the last view of the field may grow: nothing stood between */
    uint32_t labels; /* in the cell so far */
    bool has_text;   /* in the cell so far */
    struct views views[FIELD_COUNT];
    struct views midyear_marks; /* unused views keep their memory */
};

/* What a label opens: the part of the form and the field. */
/* clang-format off */
static const struct {
    enum part part;
    enum field field;
} OPENS[LABEL_COUNT] = {
    [LABEL_PLAN_ROW]           = { PART_PLAN,       FIELD_NONE },
    [LABEL_PLAN_COLUMN]        = { PART_PLAN,       FIELD_NONE },
    [LABEL_PURPOSE]            = { PART_PLAN,       FIELD_PURPOSE },
    [LABEL_OUTLINE]            = { PART_PLAN,       FIELD_OUTLINE },
    [LABEL_GOAL]               = { PART_PLAN,       FIELD_GOAL },
    [LABEL_OTHER_GOALS]        = { PART_PLAN,       FIELD_OTHER_GOALS },
    [LABEL_ACTIVITIES_COLUMN]  = { PART_PLAN,       FIELD_ACTIVITIES },
    [LABEL_ACTIVITIES]         = { PART_PLAN,       FIELD_ACTIVITIES },
    [LABEL_MIDYEAR]            = { PART_MIDYEAR,    FIELD_NONE },
    [LABEL_OUTLOOK_ACTIVITIES] = { PART_MIDYEAR,    FIELD_OUTLOOK_ACTIVITIES },
    [LABEL_OUTLOOK_GOAL]       = { PART_MIDYEAR,    FIELD_OUTLOOK_GOAL },
    [LABEL_EVALUATION]         = { PART_EVALUATION, FIELD_NONE },
    [LABEL_RESULTS_COLUMN]     = { PART_EVALUATION, FIELD_REPORTED },
    [LABEL_REPORTED]           = { PART_EVALUATION, FIELD_REPORTED },
    [LABEL_ACHIEVED]           = { PART_EVALUATION, FIELD_ACHIEVED },
};
/* clang-format on */

static void views_add(struct sheet *s, enum field f, str view)
{
    struct views *v = &s->views[f];

    if (s->can_extend && v->count && s->field == f) {
        v->items[v->count - 1].n = (size_t)(view.p + view.n - v->items[v->count - 1].p);
        return;
    }
    GROW(s->r->scratch, v->items, v->count, &v->cap);
    v->items[v->count++] = view;
}

/* ---- closing an initiative ---- */

/* The number as text: what a note about marks is about. */
static str number_text(struct sheet *s)
{
    struct buf b;

    buf_init(&b, s->r->a, 12, 12);
    buf_put_int(&b, s->now.number);
    return buf_str(&b);
}

static void marks_of(struct sheet *s, enum field f, str subject, struct marked *one)
{
    struct marked *m;
    uint32_t n;

    marks_read(s->r, &s->views[f], subject, &m, &n);
    if (n)
        *one = m[0];
}

static void initiative_build(struct sheet *s)
{
    struct initiative *i = &s->now;
    struct reader *r = s->r;
    struct views *v = s->views;
    struct outline outline;
    str number = number_text(s);

    i->purpose = prose_read(r, &v[FIELD_PURPOSE]);
    outline_read(r, &v[FIELD_OUTLINE], &outline);
    goals_read(r, &v[FIELD_GOAL], i);
    activities_read(r, &v[FIELD_ACTIVITIES], &outline, &i->planned, &i->planned_count);
    activities_read(r, &v[FIELD_REPORTED], &outline, &i->reported, &i->reported_count);
    outline_settle(r, &outline, i->planned, i->planned_count);
    results_read(r, &v[FIELD_ACHIEVED], i);
    i->outline_count = outline.count;
    i->outline = KEEP(r->a, outline.items, outline.count);
    marks_read(r, &v[FIELD_OUTLOOK_ACTIVITIES], number, &i->midyear.activities,
               &i->midyear.activity_count);
    marks_of(s, FIELD_OUTLOOK_GOAL, number, &i->midyear.goal);
    i->midyear.improvement = prose_read(r, &v[FIELD_MIDYEAR_IMPROVEMENT]);
    marks_of(s, FIELD_MARK, number, &i->evaluation.mark);
    i->evaluation.improvement = prose_read(r, &v[FIELD_IMPROVEMENT]);
    i->evaluation.activities_text = prose_read(r, &v[FIELD_REPORTED]);
}

static void initiative_close(struct sheet *s)
{
    struct plan *p = s->r->plan;

    if (!s->is_open)
        return;
    initiative_build(s);
    GROW(s->r->a, p->initiatives, p->initiative_count, &s->r->initiative_cap);
    p->initiatives[p->initiative_count++] = s->now;
    arena_reset(s->r->scratch);
    *s = (struct sheet){ .r = s->r, .in_table = s->in_table };
}

/* Signs that people set before a label: ■ ● ▼ ※ #. */
static size_t skip_decoration(str s, size_t i)
{
    for (size_t n; i < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);

        if (!char_is_blank(c) && c != '#' && c != 0x203B && !(c >= 0x25A0 && c <= 0x25CF)
            && c != '*')
            break;
    }
    return i;
}

/* The label at the start of a block. */
struct first_label {
    size_t at; /* where it would begin, behind what decorates it */
    bool is_there;
    struct label_hit hit;
};

static struct first_label first_label(const struct sheet *s, str block, size_t i)
{
    struct first_label f = { .at = skip_decoration(block, i) };

    f.is_there =
        f.at < block.n && lexicon_label(s->r->form->index, block, f.at, PLACE_START, &f.hit);
    return f;
}

/* ---- the heading of an initiative ---- */

/* 1, １, ①, (1), その1 behind 取組項目; 0 = none. *i is moved behind it. */
static int heading_number(str s, size_t *i)
{
    size_t at = skip_blanks(s, *i), n, used;
    uint32_t c;
    bool bracket;
    dec d;

    if (at >= s.n)
        return 0;
    c = char_at(s, at, &n);
    if (c >= 0x2460 && c <= 0x2473) {
        *i = at + n;
        return (int)(c - 0x2460) + 1;
    }
    bracket = char_opens(c) == ROUND || char_opens(c) == SQUARE;
    if (bracket)
        at = skip_blanks(s, at + n);
    if (dec_read(str_skip(s, at), &d, &used) != DEC_FINE || d.scale || d.n < 1
        || d.n > LIMIT_INITIATIVES)
        return 0;
    at += used;
    if (bracket) {
        at = skip_blanks(s, at);
        if (at >= s.n || !char_closes(char_at(s, at, &n)))
            return 0;
        at += n;
    }
    *i = at;
    return (int)d.n;
}

/* The title without the brackets around it. */
static str title_of(str s)
{
    size_t n, last;
    enum bracket kind;

    s = view_trim(s);
    s = view_from(s, s.n && s.p[0] == '#' ? skip_decoration(s, 0) : 0);
    if (!s.n)
        return s;
    kind = char_opens(char_at(s, 0, &n));
    for (last = s.n - 1; last > 0 && ((unsigned char)s.p[last] & 0xC0) == 0x80; last--)
        ;
    if (kind && kind != ROUND && char_closes(char_at(s, last, &(size_t){ 0 })) == kind)
        return view_between(s, n, last);
    return s;
}

static void initiative_open(struct sheet *s, str block, size_t label_at, int number, size_t end)
{
    struct reader *r = s->r;
    str title = title_of(str_skip(block, end));

    initiative_close(s);
    s->is_open = true;
    s->now.number = number ? number : (int)r->plan->initiative_count + 1;
    s->now.at = flow_span(&r->flow, view_between(block, label_at, end));
    s->now.title = text_of(r, title);
    s->field = FIELD_TITLE;
    s->is_named = title.n == 0;
    r->number = s->now.number;
}

/* A block that begins with 取組項目 and a number, or with nothing else than brackets behind it.
 */
static bool heading_take(struct sheet *s, str block, const struct first_label *first)
{
    size_t at = first->at, end = first->hit.end, n;
    int number;

    if (!first->is_there || first->hit.label != LABEL_INITIATIVE)
        return false;
    number = heading_number(block, &end);
    n = skip_blanks(block, end);
    if (!number && n < block.n && char_opens(char_at(block, n, &(size_t){ 0 })) != LENTICULAR)
        return false;
    if (s->r->plan->initiative_count >= LIMIT_INITIATIVES) {
        note_add(s->r, NOTE_BROKEN, block, STR(""));
        return true;
    }
    if (end < block.n && char_fold(char_at(block, end, &n)) == ':')
        end += n;
    initiative_open(s, block, at, number, end);
    return true;
}

/* ---- text of a field ---- */

static bool is_rule(str s)
{
    for (size_t i = 0, n; i < s.n; i += n) {
        uint32_t c = char_at(s, i, &n);

        if (!char_is_blank(c) && c != '-' && c != '=' && c != '_' && c != '|' && c != 0x30FC
            && c != 0x2500 && c != 0x2015 && c != 0x2014 && c != 0x2501 && c != 0xFF0D
            && c != '+')
            return false;
    }
    return true;
}

/* - 3 -, 3/12, 3ページ: a page's number alone in its line. */
static bool is_page_number(str s)
{
    static const str WORDS[] = { STR_INIT("ページ"), STR_INIT("頁"), STR_INIT("P."),
                                 STR_INIT("p."),     STR_INIT("-"),  STR_INIT("－"),
                                 STR_INIT("/"),      STR_INIT("／"), STR_INIT("―"),
                                 STR_INIT("–"),      STR_INIT("—") };
    size_t digits = 0, words = 0;

    for (size_t i = 0, n; i < s.n && s.n < 40; i += n) {
        uint32_t c = char_at(s, i, &n);
        size_t k = 0;

        digits += char_is_digit(c);
        if (char_is_digit(c) || char_is_blank(c))
            continue;
        while (k < sizeof WORDS / sizeof *WORDS && !str_starts(str_skip(s, i), WORDS[k]))
            k++;
        if (k == sizeof WORDS / sizeof *WORDS)
            return false;
        n = WORDS[k].n;
        words++;
    }
    return digits > 0 && digits <= 8 && words > 0 && words <= 2;
}

static enum field improvement_field(const struct sheet *s)
{
    return s->part == PART_MIDYEAR ? FIELD_MIDYEAR_IMPROVEMENT : FIELD_IMPROVEMENT;
}

static void set_field(struct sheet *s, enum field f, bool is_named)
{
    s->field = f;
    s->is_named = is_named;
    s->can_extend = false;
}

/* Running text, as improvements are: a sentence, no list, no value at its end. */
static bool is_prose(const struct sheet *s, str text)
{
    enum list_class list;
    struct found f;

    return str_find(text, STR("。")) >= 0 && !list_mark_at(text, 0, true, &list)
           && !amount_find_last(s->r, text, &f);
}

/* Where a text without a label of its own belongs. */
static enum field unlabelled(const struct sheet *s, str text)
{
    enum list_class list;

    switch (s->part) {
    case PART_MIDYEAR:
        return FIELD_MIDYEAR_IMPROVEMENT;
    case PART_EVALUATION:
        return s->has_results ? FIELD_IMPROVEMENT : FIELD_REPORTED;
    case PART_PLAN:
        return list_mark_at(text, 0, true, &list) ? FIELD_ACTIVITIES : FIELD_NONE;
    case PART_NONE:
        break;
    }
    return FIELD_NONE;
}

/* The marks of a text outside the plan. */
struct marks_seen {
    bool is_all;   /* the text is marks, perhaps with names before them */
    size_t behind; /* where it goes on behind marks with their legend; 0 = it has none */
};

static bool has_named_marks(const struct sheet *s, str text)
{
    if (text.n > MARKS_BYTES || s->part == PART_NONE)
        return false;
    if (s->part == PART_MIDYEAR)
        return s->field == FIELD_OUTLOOK_ACTIVITIES && marks_named(s->r, text);
    return marks_explained(s->r, text);
}

static struct marks_seen look_for_marks(const struct sheet *s, str text)
{
    struct marks_at_start m;

    if (s->part == PART_PLAN)
        return (struct marks_seen){ 0 };
    m = marks_at_start(s->r, text);
    return (struct marks_seen){
        .is_all = (s->part != PART_NONE && m.reach == text.n && m.has_mark)
                  || has_named_marks(s, text),
        .behind = m.with_legend ? m.reach : 0,
    };
}

static void put_marks(struct sheet *s, str text)
{
    enum field f = s->part == PART_EVALUATION ? FIELD_MARK : s->outlook;

    s->can_extend = false;
    if (f == FIELD_NONE)
        f = FIELD_OUTLOOK_ACTIVITIES;
    GROW(s->r->scratch, s->views[f].items, s->views[f].count, &s->views[f].cap);
    s->views[f].items[s->views[f].count++] = text;
    if (s->part == PART_EVALUATION && !s->in_table && s->has_results)
        set_field(s, FIELD_NONE, false); /* the results end here */
}

static void put_title(struct sheet *s, str text)
{
    if (s->is_named) {
        s->now.title = text_of(s->r, title_of(text));
        s->is_named = false;
        return;
    }
    note_add(s->r, NOTE_UNREAD, text, STR(""));
}

/* A trimmed text and its marks. */
static void put_text(struct sheet *s, str text, struct marks_seen marks)
{
    if (!text.n || is_rule(text)) {
        s->can_extend = s->can_extend && !text.n;
        return;
    }
    if (marks.is_all) {
        put_marks(s, text);
        return;
    }
    if (marks.behind) {
        put_marks(s, view_between(text, 0, marks.behind));
        text = view_from(text, marks.behind);
    }
    if (s->field == FIELD_OUTLOOK_ACTIVITIES || s->field == FIELD_OUTLOOK_GOAL)
        set_field(s, improvement_field(s), true);
    if (s->field == FIELD_ACHIEVED && !s->in_table && s->is_asked && is_prose(s, text))
        set_field(s, FIELD_IMPROVEMENT, true);
    if (s->field == FIELD_NONE)
        set_field(s, unlabelled(s, text), true);
    if (s->field == FIELD_NONE) {
        note_add(s->r, NOTE_UNREAD, text, STR(""));
        return;
    }
    if (s->field == FIELD_TITLE) {
        put_title(s, text);
        return;
    }
    views_add(s, s->field, text);
    s->is_named = false;
    s->has_text = true;
    s->can_extend = true;
    if (s->field == FIELD_IMPROVEMENT || s->field == FIELD_MIDYEAR_IMPROVEMENT)
        s->is_asked = false;
}

static void take_label(struct sheet *s, enum form_label label)
{
    s->labels++;
    if (label == LABEL_MANDATORY) {
        if (s->field == FIELD_NONE || s->field == FIELD_OUTLOOK_ACTIVITIES
            || s->field == FIELD_OUTLOOK_GOAL)
            set_field(s, improvement_field(s), true);
        return;
    }
    if (label == LABEL_IMPROVEMENT) {
        set_field(s, improvement_field(s), true);
        s->is_asked = true;
        return;
    }
    if (OPENS[label].part != s->part)
        s->is_asked = false;
    s->part = OPENS[label].part;
    set_field(s, OPENS[label].field, true);
    s->now.midyear.is_present = s->now.midyear.is_present || s->part == PART_MIDYEAR;
    s->now.evaluation.is_present = s->now.evaluation.is_present || s->part == PART_EVALUATION;
    if (label == LABEL_REPORTED || label == LABEL_ACHIEVED)
        s->has_results = true;
    if (label == LABEL_OUTLOOK_ACTIVITIES || label == LABEL_OUTLOOK_GOAL)
        s->outlook = s->field;
}

/* ---- cutting a block by labels ---- */

/* A label or the marks at the end of an evaluation may begin behind a blank, a full stop or a
 * bracket. */
static bool may_begin(uint32_t before)
{
    return char_is_blank(before) || before == 0x3002 || char_closes(before);
}

enum { BEFORE_CUT = HINT_BLANK | HINT_BRACKET | HINT_SIGN };

/* Where marks can begin: a mark, brackets, the colon or the word of a legend. */
static bool may_be_marks(uint32_t c, uint32_t starts)
{
    return starts & FORM_START_MARK || char_opens(c) || char_fold(c) == ':';
}

/* The next place in the block, at or behind i, where a label or the closing marks begin. What
 * was once tried as marks and found to be none is not tried again from its middle. */
static size_t next_cut(const struct sheet *s, str block, size_t i, struct label_hit *hit,
                       bool *is_label)
{
    const struct form_index *x = s->r->form->index;
    bool marks = s->part == PART_EVALUATION || s->part == PART_MIDYEAR;
    bool may = may_begin(char_before(block, i));
    size_t tried = i;

    *is_label = false;
    for (size_t n; i < block.n; i += n) {
        uint32_t c, starts;
        bool may_here = may;

        if (!may && (i = hint_next(&s->r->flow, block, i, BEFORE_CUT)) == block.n)
            break;
        c = char_at(block, i, &n);
        may = may_begin(c);
        if (!may_here || !hint_at(&s->r->flow, block, i, HINT_FIRST) || char_is_blank(c))
            continue;
        starts = x->starts[form_start(char_fold(c))];
        *is_label = (starts & (FORM_START_LABEL | FORM_START_YEAR) || char_opens(c))
                    && lexicon_label(x, block, i, PLACE_INSIDE, hit)
                    && hit->label != LABEL_INITIATIVE;
        if (*is_label)
            return i;
        if (marks && i >= tried && may_be_marks(c, starts)) {
            struct marks_at_start m = marks_at_start(s->r, str_skip(block, i));

            tried = i + m.reach;
            if (m.with_legend && tried == block.n)
                return i;
        }
    }
    return block.n;
}

static void block_take(struct sheet *s, str block, struct first_label first)
{
    size_t i = 0;

    while (i < block.n) {
        struct label_hit hit;
        struct marks_seen marks;
        str text = view_from(block, i);
        bool is_label;
        size_t n, cut;

        if (first.is_there && first.hit.label != LABEL_INITIATIVE) {
            take_label(s, first.hit.label);
            i = first.hit.end;
            first = first_label(s, block, i);
            continue;
        }
        marks = look_for_marks(s, text);
        if (marks.is_all) {
            put_text(s, text, marks);
            return;
        }
        (void)char_at(block, i, &n);
        cut = next_cut(s, block, i + n, &hit, &is_label);
        if (cut < block.n) {
            text = view_between(block, i, cut);
            marks = look_for_marks(s, text);
        }
        put_text(s, text, marks);
        if (!is_label) {
            text = view_from(block, cut);
            put_text(s, text, look_for_marks(s, text));
            return;
        }
        take_label(s, hit.label);
        i = hit.end;
        first = first_label(s, block, i);
    }
}

/* ---- rows, cells, paragraphs ---- */

/* A new cell goes on with the field only when the cell before it was nothing but the field's
 * label. */
static void cell_begin(struct sheet *s)
{
    if (s->field != FIELD_TITLE && !(s->is_named && s->labels == 1 && !s->has_text))
        set_field(s, FIELD_NONE, false);
    s->can_extend = false;
    s->has_text = false;
    s->labels = 0;
}

/* A cell may hold line ends: the first cell of a row goes on with the field where the line
 * before it had no cells of its own, or ended in running text. */
static void row_begin(struct sheet *s, bool has_cells)
{
    bool was_in_table = s->in_table;

    s->in_table = has_cells;
    if (!has_cells)
        return;
    if (s->field != FIELD_TITLE && !s->can_extend
        && !(s->is_named && (s->has_text || !was_in_table)))
        set_field(s, FIELD_NONE, false);
    if (was_in_table) {
        s->has_text = false;
        s->labels = 0;
    }
}

static void block_end(struct sheet *s, str block)
{
    str trimmed = view_trim(block);
    struct first_label first;

    if (!trimmed.n || (!s->in_table && is_page_number(trimmed)))
        return;
    first = first_label(s, block, 0);
    if (heading_take(s, block, &first))
        return;
    if (s->is_open)
        block_take(s, block, first);
    else if (!is_rule(trimmed))
        head_line(s->r, trimmed);
}

static bool row_has_cells(str text, size_t i)
{
    for (; (i = next_control(text, i)) < text.n && text.p[i] != '\n'; i++)
        if (text.p[i] == '\t')
            return true;
    return false;
}

void sheet_read(struct reader *r)
{
    struct sheet s = { .r = r };
    str text = r->flow.text;
    size_t from = 0;

    if (text.n)
        row_begin(&s, row_has_cells(text, 0));
    for (size_t i = 0; (i = next_control(text, i)) < text.n; i++) {
        char c = text.p[i];

        if (c != '\n' && c != '\t' && c != FLOW_PARA && c != FLOW_SOFT && c != FLOW_LINE)
            continue;
        block_end(&s, (str){ text.p + from, i - from });
        from = i + 1;
        if (c == '\n')
            row_begin(&s, row_has_cells(text, from));
        else if (c == '\t')
            cell_begin(&s);
    }
    block_end(&s, str_skip(text, from));
    initiative_close(&s);
    if (!r->plan->initiative_count)
        note_add(r, NOTE_BROKEN, str_take(text, 0), STR(""));
}
