/* The form of a step as a value tree. What each blank is called and may hold stands in
 * model/blanks.c; here is only how they are laid out. */
#include "web/sheet_form.h"

#include "web/parts.h"

#include "base/banned.h"

/* ---- the layout ---- */

/* clang-format off */
static const struct part {
    enum step step;
    const char *key;            /* messages part.KEY, and part_help.KEY */
    const char *blanks[6];      /* that stand once */
    enum blank_group group;     /* whose rows follow; GROUP_SHEET = none */
    const char *order;          /* the blank that orders them, NULL where rows stand fast */
} PARTS[] = {
    { STEP_PLAN, "head", { "title", "purpose", "outline" }, GROUP_SHEET, NULL },
    { STEP_PLAN, "indicator", { NULL }, GROUP_INDICATOR, "indicator" },
    { STEP_PLAN, "activity", { NULL }, GROUP_ACTIVITY, "activity" },
    { STEP_MIDYEAR, "outlook", { NULL }, GROUP_OUTLOOK, NULL },
    { STEP_MIDYEAR, "outlook_goal", { "outlook_goal" }, GROUP_SHEET, NULL },
    { STEP_MIDYEAR, "midyear_remedy", { "midyear_improvement", "midyear_cause", "midyear_measure",
                                "midyear_owner", "midyear_due" }, GROUP_SHEET, NULL },
    { STEP_EVALUATION, "result", { NULL }, GROUP_RESULT, NULL },
    { STEP_EVALUATION, "extra", { NULL }, GROUP_EXTRA, "extra" },
    { STEP_EVALUATION, "actual", { NULL }, GROUP_ACTUAL, NULL },
    { STEP_EVALUATION, "mark", { "mark" }, GROUP_SHEET, NULL },
    { STEP_EVALUATION, "remedy", { "improvement", "cause", "measure", "owner", "due" },
      GROUP_SHEET, NULL },
};

/* Blanks that few rows need: folded away while they are empty. */
static const char *const FOLDED[] = {
    "indicator.*.path", "indicator.*.goal", "indicator.*.population", "indicator.*.definition",
    "indicator.*.decimals", "indicator.*.source", "indicator.*.verified", "indicator.*.accuracy",
    "indicator.*.limits", "indicator.*.compensation", "activity.*.group",
    "activity.*.quantity_of", "result.*.replaced_by", "result.*.from", "result.*.to",
    "result.*.order", "result.*.text", "actual.*.is_change",
};
/* clang-format on */

static bool is_folded(const struct blank *b)
{
    for (size_t k = 0; k < sizeof FOLDED / sizeof *FOLDED; k++)
        if (str_eq(str_from(FOLDED[k]), str_from(b->name)))
            return true;
    return false;
}

/* ---- one blank ---- */

static str fault_of(const struct sheet_form *f, str name)
{
    for (uint32_t k = 0; f->faults && k < f->faults->count; k++)
        if (str_eq(f->faults->items[k].name, name))
            return f->faults->items[k].text;
    return req_fault_of(f->w->r, name);
}

static struct value *add_choice(const struct req *r, struct value *list, str value, str label,
                                bool is_on)
{
    struct value *m = value_add_map(r->mem, list);

    value_put_text(r->mem, m, "value", value);
    value_put_text(r->mem, m, "label", label);
    value_put_bool(r->mem, m, "is_on", is_on);
    return m;
}

/* The words of the table; of the catalogue, its entries. */
static void put_choices(const struct sheet_form *f, struct value *m, const struct blank *b,
                        str value)
{
    const struct req *r = f->w->r;
    struct value *list = value_put_list(r->mem, m, "choices");
    const str none = req_message(r, "option.none", NULL);

    if (b->kind != BLANK_CHOICE) {
        value_put_bool(r->mem, add_choice(r, list, (str){ 0 }, none, !value.n), "is_ja", false);
        for (uint32_t k = 0; k < f->catalogue->count; k++) {
            const struct catalogue_entry *c = &f->catalogue->rows[k];

            if (!c->is_retired || str_eq(c->id, value))
                value_put_bool(r->mem,
                               add_choice(r, list, c->id, c->name, str_eq(c->id, value)),
                               "is_ja", true);
        }
        return;
    }
    for (size_t k = 0; k == 0 || blank_choice(b, k).n; k++) {
        const str word = blank_choice(b, k);

        value_put_bool(r->mem,
                       add_choice(r, list, word, word.n ? part_word(r, "option", word) : none,
                                  str_eq(word, value)),
                       "is_ja", false);
    }
}

static bool is_catalogue(const struct blank *b)
{
    return str_eq(str_from(b->name), STR("indicator.*.catalogue"));
}

/* How tall a blank of several lines begins: as what stands in it. */
static int64_t lines_of(str text, bool is_long)
{
    enum { LINE_CHARS = 40, LONG = 3, SHORT = 2, MOST = 16 };
    int64_t n = 1 + (int64_t)(utf8_count(text) / LINE_CHARS);

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    if (n < (is_long ? LONG : SHORT))
        n = is_long ? LONG : SHORT;
    return n < MOST ? n : MOST;
}

/* The ids of what stands above the field and explains it. */
static str described_by(const struct req *r, str name, bool has_error, bool has_help)
{
    const str error = has_error ? str_fmt(r->mem, "e-%.*s", STR_ARG(name)) : (str){ 0 };
    const str help = has_help ? str_fmt(r->mem, "h-%.*s", STR_ARG(name)) : (str){ 0 };

    return str_fmt(r->mem, "%.*s%s%.*s", STR_ARG(error), error.n && help.n ? " " : "",
                   STR_ARG(help));
}

static void add_blank(const struct sheet_form *f, struct value *list, const struct blank *b,
                      str row)
{
    enum { WIDE = 1000 };
    const struct req *r = f->w->r;
    const str name = filled_name(r->mem, b, row), value = filled_get(f->list, name);
    const bool is_select = is_catalogue(b);
    struct value *m = value_add_map(r->mem, list);

    value_put_text(r->mem, m, "name", name);
    value_put_text(r->mem, m, "label", str_from(b->label[r->lang]));
    value_put_text_or_null(r->mem, m, "help", str_from(b->help[r->lang]));
    value_put_text(r->mem, m, "value", value);
    value_put_text_or_null(r->mem, m, "error", fault_of(f, name));
    value_put_text_or_null(r->mem, m, "described",
                           described_by(r, name, fault_of(f, name).n, b->help[r->lang][0]));
    value_put_bool(r->mem, m, "is_must", b->is_must);
    value_put_bool(r->mem, m, "is_text", b->kind == BLANK_TEXT);
    value_put_bool(r->mem, m, "is_select", is_select || b->kind == BLANK_CHOICE);
    value_put_bool(r->mem, m, "is_flag", b->kind == BLANK_FLAG);
    value_put_bool(r->mem, m, "is_short",
                   b->kind == BLANK_NUMBER || b->kind == BLANK_YEAR || b->kind == BLANK_DATE
                       || str_ends(name, STR(".unit")));
    value_put_bool(r->mem, m, "is_line",
                   !is_select && b->kind != BLANK_TEXT && b->kind != BLANK_CHOICE
                       && b->kind != BLANK_FLAG);
    value_put_int(r->mem, m, "lines", lines_of(value, b->limit > WIDE));
    if (is_select || b->kind == BLANK_CHOICE)
        put_choices(f, m, b, value);
}

/* ---- rows ---- */

/* What the row is about, for the results: the plan's own words. */
struct about {
    str legend;
    str facts;
    const struct amount *planned;
    str subject;    /* of findings */
    bool is_quoted; /* the legend is the plan's own text, not ours */
};

static str amount_text(const struct req *r, const struct amount *m)
{
    return str_fmt(r->mem, "%.*s%.*s", STR_ARG(dec_str(r->mem, m->value)), STR_ARG(m->unit));
}

static str numbered(const struct req *r, const char *key, uint32_t n)
{
    struct value *words = value_map(r->mem);

    value_put_int(r->mem, words, "n", n);
    return req_message(r, key, words);
}

static struct about about_planned(const struct req *r, const struct activity *p)
{
    struct about a = { .legend = p->text.v, .subject = p->text.v, .is_quoted = true };
    struct value *words = value_map(r->mem);

    if (p->quantity.is_set) {
        a.planned = &p->quantity;
        value_put_text(r->mem, words, "planned", amount_text(r, &p->quantity));
        a.facts = req_message(r, "form.planned", words);
    } else if (p->as_needed) {
        a.facts = req_message(r, "form.as_needed", NULL);
    }
    return a;
}

static struct about about_goal(const struct req *r, const struct indicator *i)
{
    struct about a = { .legend = i->name.v, .subject = i->name.v, .is_quoted = true };
    struct value *words = value_map(r->mem);

    if (!i->target.is_set)
        return a;
    value_put_text(r->mem, words, "target", amount_text(r, &i->target));
    if (i->baseline.is_set) {
        value_put_text(r->mem, words, "baseline", amount_text(r, &i->baseline));
        a.facts = req_message(r, "form.target_from", words);
    } else {
        a.facts = req_message(r, "form.target", words);
    }
    return a;
}

/* The row of the saved sheet that an id names; -1 = it is new. */
static int32_t saved_row(const struct sheet_form *f, enum blank_group g, str id)
{
    const struct initiative *i = &f->w->sheet.initiative;
    struct filled_list put;
    const bool is_goal = g == GROUP_INDICATOR || g == GROUP_ACTUAL;
    int32_t k = 0;
    str rest, at;

    blanks_put(f->w->r->mem, i, STEP_PLAN, &put);
    rest = filled_get(&put, is_goal ? STR("indicator") : STR("activity"));
    for (; (at = filled_next_row(&rest)).n; k++)
        if (str_eq(at, id))
            return k;
    return -1;
}

/* What the evidence gives, beside the blanks of a result. */
static void put_row_evidence(const struct sheet_form *f, struct value *row, enum blank_group g,
                             str id)
{
    const int32_t k = g == GROUP_ACTUAL && f->actuals ? saved_row(f, g, id) : -1;
    const bool is_there = k >= 0 && (uint32_t)k < f->w->sheet.initiative.indicator_count;

    actual_put_beside(f->w->r, row, f->w->ref.organisation, is_there ? &f->actuals[k] : NULL,
                      true);
}

/* Messages by which rows are numbered: 取組 2. */
static const char *const NUMBERED[GROUP_COUNT] = {
    [GROUP_INDICATOR] = "form.row_indicator", [GROUP_ACTIVITY] = "form.row_activity",
    [GROUP_OUTLOOK] = "form.row_outlook",     [GROUP_RESULT] = "form.row_activity",
    [GROUP_EXTRA] = "form.row_extra",         [GROUP_ACTUAL] = "form.row_indicator",
};

static struct about about_outlook(const struct req *r, const struct initiative *i, uint32_t n)
{
    if (i->outline_count > 1 && n <= i->outline_count)
        return (struct about){ .legend = i->outline[n - 1].v, .is_quoted = true };
    return (struct about){ .legend = numbered(r, NUMBERED[GROUP_OUTLOOK], n) };
}

static struct about about_row(const struct sheet_form *f, enum blank_group g, str id,
                              uint32_t n)
{
    const struct req *r = f->w->r;
    const struct initiative *i = &f->w->sheet.initiative;
    struct about a = { 0 };
    int32_t at;

    if (g == GROUP_OUTLOOK)
        return about_outlook(r, i, n);
    at = g == GROUP_EXTRA ? -1 : saved_row(f, g, id);
    if (g == GROUP_RESULT && at >= 0)
        return about_planned(r, &i->planned[at]);
    if (g == GROUP_ACTUAL && at >= 0)
        return about_goal(r, &i->indicators[at]);
    a.legend = numbered(r, NUMBERED[g], n);
    if (at >= 0)
        a.subject = g == GROUP_INDICATOR ? i->indicators[at].name.v : i->planned[at].text.v;
    return a;
}

static void put_row_findings(const struct sheet_form *f, struct value *row, str subject)
{
    const struct plan_head head = { .organisation = f->w->ref.organisation,
                                    .fiscal_year = f->w->ref.fiscal_year };
    struct value *list = value_put_list(f->w->r->mem, row, "findings");

    for (uint32_t k = 0; subject.n && k < f->w->findings.count; k++)
        if (str_eq(f->w->findings.items[k].subject, subject))
            part_put_finding(f->w->r, value_add_map(f->w->r->mem, list), &head,
                             &f->w->findings.items[k]);
}

static void put_move(const struct req *r, struct value *row, const char *key, const char *group,
                     str id, bool is_there)
{
    value_put_text_or_null(r->mem, row, key,
                           is_there ? str_fmt(r->mem, "%s %s %.*s", key, group, STR_ARG(id))
                                    : (str){ 0 });
}

static void put_row_blanks(const struct sheet_form *f, struct value *row, enum blank_group g,
                           str id)
{
    struct arena *a = f->w->r->mem;
    struct value *shown = value_put_list(a, row, "blanks"), *more;
    bool is_open = false;
    size_t n;
    const struct blank *all = blanks(&n);

    for (size_t k = 0; k < n; k++)
        if (all[k].step == f->step && all[k].group == g && !is_folded(&all[k]))
            add_blank(f, shown, &all[k], id);
    more = value_put_list(a, row, "more");
    for (size_t k = 0; k < n; k++) {
        const str name = filled_name(a, &all[k], id);

        if (all[k].step != f->step || all[k].group != g || !is_folded(&all[k]))
            continue;
        add_blank(f, more, &all[k], id);
        is_open |= fault_of(f, name).n > 0;
        is_open |= filled_get(f->list, name).n && !str_ends(name, STR(".text"))
                   && !str_ends(name, STR(".goal"));
    }
    value_put_bool(a, row, "has_more", more->count > 0);
    value_put_bool(a, row, "is_open", is_open);
}

static void add_row(const struct sheet_form *f, struct value *rows, const struct part *p,
                    str id, uint32_t n)
{
    const struct req *r = f->w->r;
    const struct about about = about_row(f, p->group, id, n);
    struct value *row = value_add_map(r->mem, rows);

    value_put_text(r->mem, row, "id",
                   str_fmt(r->mem, "%.*s.%.*s", STR_ARG(blank_group_word(p->group)),
                           STR_ARG(id)));
    value_put_text(r->mem, row, "legend", about.legend);
    value_put_text(r->mem, row, "legend_lang",
                   about.is_quoted || r->lang == LANG_JA ? STR("ja") : STR("en"));
    value_put_text_or_null(r->mem, row, "facts", about.facts);
    value_put_text_or_null(r->mem, row, "planned",
                           about.planned ? dec_str(r->mem, about.planned->value) : (str){ 0 });
    put_row_blanks(f, row, p->group, id);
    put_move(r, row, "up", p->order, id, p->order && n > 1);
    put_move(r, row, "remove", p->order, id, p->order != NULL);
    put_row_findings(f, row, about.subject);
    put_row_evidence(f, row, p->group, id);
}

/* The ids of a part's rows: of its order blank, or of the names that are there. */
static void put_rows(const struct sheet_form *f, struct value *m, const struct part *p)
{
    struct value *rows = value_put_list(f->w->r->mem, m, "rows");
    str rest, id, last = { 0 };
    uint32_t n = 0;

    if (p->group == GROUP_SHEET)
        return;
    if (p->order) {
        rest = filled_get(f->list, str_from(p->order));
        while ((id = filled_next_row(&rest)).n)
            add_row(f, rows, p, id, ++n);
        return;
    }
    for (uint32_t k = 0; k < f->list->count; k++) {
        const str name = f->list->items[k].name;
        const struct blank *b = blank_of(f->step, name);

        if (!b || b->group != p->group || str_eq(blank_row(name), last))
            continue;
        last = blank_row(name);
        add_row(f, rows, p, last, ++n);
    }
}

static void add_part(const struct sheet_form *f, struct value *parts, const struct part *p)
{
    struct arena *a = f->w->r->mem;
    struct value *m = value_add_map(a, parts), *list, *order;

    value_put_text(a, m, "key", str_from(p->key));
    value_put_bool(a, m, "is_mark", str_eq(str_from(p->key), STR("mark")));
    list = value_put_list(a, m, "blanks");
    for (size_t k = 0; k < sizeof p->blanks / sizeof *p->blanks && p->blanks[k]; k++)
        add_blank(f, list, blank_of(p->step, str_from(p->blanks[k])), (str){ 0 });
    put_rows(f, m, p);
    if (!p->order) {
        value_put_null(a, m, "order");
        return;
    }
    order = value_put_map(a, m, "order");
    value_put_text(a, order, "name", str_from(p->order));
    value_put_text(a, order, "value", filled_get(f->list, str_from(p->order)));
    value_put_text(a, order, "add", str_fmt(a, "add %s", p->order));
}

void sheet_form_put(const struct sheet_form *f, struct value *page)
{
    struct value *parts = value_put_list(f->w->r->mem, page, "parts");

    for (size_t k = 0; k < sizeof PARTS / sizeof *PARTS; k++)
        if (PARTS[k].step == f->step)
            add_part(f, parts, &PARTS[k]);
}

/* ---- what is wrong, what is missing ---- */

static uint32_t row_number(const struct initiative *i, enum blank_group g, str row,
                           struct arena *a)
{
    struct filled_list put;
    uint32_t n = 1;
    str rest, at;

    if (g == GROUP_OUTLOOK) {
        dec number;

        return dec_parse(row, &number) ? (uint32_t)number.n : 0;
    }
    blanks_put(a, i, g == GROUP_EXTRA ? STEP_EVALUATION : STEP_PLAN, &put);
    rest = filled_get(&put, g == GROUP_EXTRA                            ? STR("extra")
                            : g == GROUP_INDICATOR || g == GROUP_ACTUAL ? STR("indicator")
                                                                        : STR("activity"));
    for (; (at = filled_next_row(&rest)).n; n++)
        if (str_eq(at, row))
            return n;
    return 0;
}

str sheet_form_label(const struct req *r, const struct initiative *i, enum step s, str name)
{
    const struct blank *b = blank_of(s, name);
    uint32_t n;

    if (!b)
        return name;
    if (b->group == GROUP_SHEET)
        return str_from(b->label[r->lang]);
    n = row_number(i, b->group, blank_row(name), r->mem);
    if (!n)
        return str_from(b->label[r->lang]);
    return str_fmt(r->mem, "%.*s %s", STR_ARG(numbered(r, NUMBERED[b->group], n)),
                   b->label[r->lang]);
}

static void add_fault(const struct req *r, struct value *list, const struct initiative *i,
                      enum step s, const struct blank_fault *f)
{
    struct value *m = value_add_map(r->mem, list);

    value_put_text(r->mem, m, "name", f->name);
    value_put_text(r->mem, m, "label", sheet_form_label(r, i, s, f->name));
    value_put_text(r->mem, m, "text", f->text);
}

void sheet_form_put_faults(const struct sheet_form *f, struct value *page)
{
    struct value *list = value_put_list(f->w->r->mem, page, "faults");

    for (uint32_t k = 0; f->faults && k < f->faults->count; k++)
        add_fault(f->w->r, list, &f->w->sheet.initiative, f->step, &f->faults->items[k]);
    value_put_bool(f->w->r->mem, page, "has_faults", list->count > 0);
}

void sheet_form_put_missing(const struct working *w, enum step s, struct value *map)
{
    struct blank_faults out = { 0 };
    struct value *list = value_put_list(w->r->mem, map, "missing");

    sheet_missing(w->r->mem, &w->form, &w->sheet.initiative, s, &out);
    for (uint32_t k = 0; k < out.count; k++)
        add_fault(w->r, list, &w->sheet.initiative, s, &out.items[k]);
    value_put_int(w->r->mem, map, "missing_count", list->count);
}
