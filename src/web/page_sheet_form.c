/* The form of a step of a sheet: shown, saved, and what comes between.
 *
 *  1. What somebody typed is never lost: whatever does not become a record (a fault, a
 * conflict, a state that no longer allows it) is kept as their draft, and offered when they
 * come back.
 *  2. A record is made of what its author saw: the form carries the record it was opened on.
 *     When another one stands there by now, the three versions are merged blank by blank, and
 *     what both changed differently is asked (409) before anything is saved.
 *  3. The same form sent twice is one record: the second finds nothing to change. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/sheet_form.h"
#include "web/body.h"
#include "web/fields.h"
#include "web/voice_behind.h"

#include <string.h>

#include "base/banned.h"

/* clang-format off */
/* Every blank of the table may be there: which ones are, the table says (model/blanks.h). */
#define ANY_BLANK(label_ja, label_en) \
    { "*",     INPUT_TEXT, 0, false, { label_ja, label_en } }, \
    { "*.*",   INPUT_TEXT, 0, false, { label_ja, label_en } }, \
    { "*.*.*", INPUT_TEXT, 0, false, { label_ja, label_en } }
const struct field SHEET_FIELDS[] = {
    { "seen", INPUT_HASH, 0, false, { "開いたときの記録", "The record that was opened" } },
    { "seed", INPUT_LINE, 24, false, { "新しい行の印", "Sign of new rows" } },
    { "do", INPUT_LINE, 100, false, { "操作", "What to do" } },
    { "step", INPUT_LINE, 20, false, { "段階", "Step" } },
    ANY_BLANK("記入欄", "Blank"),
    { 0 },
};
/* clang-format on */

/* One visit to the form. */
struct visit {
    struct req *r;
    struct working w;
    enum step step;
    struct hash seen;        /* the record that the form was opened on */
    str seed;                /* new rows get their ids from it, so that a form sent twice gives
                                them the same */
    struct filled_list list; /* what stands in the form now */
    struct blank_faults faults;
    struct blank_merge merge;
    struct catalogue_rows catalogue;
    int64_t draft_ms; /* of the draft that is offered, 0 = none */
    bool is_draft;    /* the form shows the draft */
    str why_not;      /* may not be written: why */
    const struct sheet_actual *actuals;
};

static str last_piece(str path)
{
    str rest = path, piece = path;

    while (rest.n)
        rest = str_cut(rest, '/', &piece);
    return piece;
}

static str draft_key(const struct visit *v)
{
    return str_fmt(v->r->mem, "%.*s/%d/%d/%.*s", STR_ARG(v->w.ref.organisation),
                   v->w.ref.fiscal_year, v->w.ref.number, STR_ARG(step_word(v->step)));
}

static bool visit_load(struct req *r, struct visit *v, struct err *e)
{
    str word = last_piece(str_from(r->route->path));

    *v = (struct visit){ .r = r };
    if (str_eq(word, STR("draft")))
        word = req_field(r, "step");
    if (!step_parse(word, &v->step))
        return err_set(e, ERR_INPUT, "段階の名前が正しくありません。");
    if (!working_load(r, &v->w, e)
        || !store_catalogue(r->db, r->mem, v->w.ref.organisation, &v->catalogue, e))
        return false;
    (void)working_may_edit(&v->w, v->step, &v->why_not);
    v->seen = v->w.sheet.record;
    return true;
}

/* ---- filled forms from what was sent and from drafts ---- */

/* Takes the blanks of the step out of a form; what else is in it steers. */
static void list_of(struct visit *v, const struct form_data *form, struct filled_list *out)
{
    for (uint32_t k = 0; k < form->field_count; k++)
        if (blank_of(v->step, form->fields[k].name))
            filled_set(v->r->mem, out, form->fields[k].name, form->fields[k].value);
    filled_flags(v->r->mem, v->step, out);
}

static str value_of(const struct form_data *form, const char *name)
{
    for (uint32_t k = 0; k < form->field_count; k++)
        if (str_eq(form->fields[k].name, str_from(name)))
            return form->fields[k].value;
    return (str){ 0 };
}

static bool draft_load(struct visit *v, struct form_data *out, struct err *e)
{
    struct form_draft draft;
    struct body body = { .kind = BODY_URLENCODED };
    struct err ignored;

    if (!store_draft(v->r->db, v->r->mem, v->w.who.account, draft_key(v), &draft, e))
        return false;
    body.bytes = draft.fields;
    if (draft.at_ms && body_read(v->r->mem, &body, out, &ignored))
        v->draft_ms = draft.at_ms;
    return true;
}

static void draft_keep(struct visit *v)
{
    const struct form_draft draft = { .account = v->w.who.account,
                                      .form = draft_key(v),
                                      .base = v->seen,
                                      .fields = req_form_text(v->r),
                                      .at_ms = v->r->now_ms };
    struct err ignored; /* the page still holds all of it */

    if (!store_draft_save(v->r->db, &draft, &ignored))
        v->draft_ms = 0;
}

/* A write costs a wait for the disk: none where there is no draft. */
static bool draft_drop(struct visit *v, struct err *e)
{
    struct form_draft draft;

    if (!store_draft(v->r->db, v->r->mem, v->w.who.account, draft_key(v), &draft, e))
        return false;
    return !draft.at_ms || store_draft_drop(v->r->db, v->w.who.account, draft_key(v), e);
}

static str new_seed(const struct visit *v)
{
    struct buf b;

    buf_init(&b, v->r->mem, 64, 64);
    hash_put(&b, hash_bytes(str_fmt(v->r->mem, "%.*s %.*s %lld", STR_ARG(v->w.who.account),
                                    STR_ARG(v->r->id), (long long)v->r->now_ms)));
    return str_take(buf_str(&b), 8);
}

/* ---- the page ---- */

static void put_saved(const struct visit *v, struct value *page)
{
    struct req *r = v->r;
    const struct sheet_copy *s = &v->w.sheet;
    const str how = req_query(r, "saved"), hash = part_hash(r, s->record);
    struct value *m;
    struct buf at;

    if (!how.n || v->is_draft) {
        value_put_null(r->mem, page, "saved");
        return;
    }
    buf_init(&at, r->mem, 40, 40);
    instant_put(&at, s->at_ms);
    m = value_put_map(r->mem, page, "saved");
    value_put_bool(r->mem, m, "is_same", str_eq(how, STR("same")));
    value_put_text(r->mem, m, "time", str_take(str_skip(buf_str(&at), 11), 5));
    value_put_text(r->mem, m, "short", str_take(hash, 12));
    value_put_text(r->mem, m, "by", working_name(r, s->author));
}

static void put_draft(const struct visit *v, struct value *page)
{
    struct value *m;

    if (!v->draft_ms) {
        value_put_null(v->r->mem, page, "draft");
        return;
    }
    m = value_put_map(v->r->mem, page, "draft");
    value_put_bool(v->r->mem, m, "is_shown", v->is_draft);
    value_put_text(v->r->mem, m, "when", part_time_label(v->r, v->draft_ms));
    value_put_text(v->r->mem, m, "use_url",
                   req_url_with(v->r,
                                working_url(&v->w, str_c(v->r->mem,
                                                         str_fmt(v->r->mem, "/%.*s",
                                                                 STR_ARG(step_word(v->step))))),
                                "draft", STR("use")));
}

/* Goals with the verdict of the numbers, beside the mark that people give. */
static void put_verdicts(const struct visit *v, struct value *page)
{
    const struct initiative *i = &v->w.sheet.initiative;
    struct value *list = value_put_list(v->r->mem, page, "verdicts");

    for (uint32_t k = 0; v->step == STEP_EVALUATION && k < i->indicator_count; k++) {
        struct value *m = value_add_map(v->r->mem, list);

        value_put_text(v->r->mem, m, "name", i->indicators[k].name.v);
        value_put_text(v->r->mem, m, "verdict", verdict_word(i->indicators[k].verdict));
    }
}

/* Findings on the whole; those of rows stand beside them. */
static void put_findings(const struct visit *v, struct value *page)
{
    const struct working *w = &v->w;
    const struct plan_head head = { .organisation = w->ref.organisation,
                                    .fiscal_year = w->ref.fiscal_year };
    struct value *list = value_put_list(v->r->mem, page, "findings");
    const str number = str_fmt(v->r->mem, "%d", w->ref.number);

    for (uint32_t k = 0; k < w->findings.count; k++)
        if (str_eq(w->findings.items[k].subject, number))
            part_put_finding(v->r, value_add_map(v->r->mem, list), &head,
                             &w->findings.items[k]);
}

static const char *step_path(enum step s)
{
    static const char *const PATHS[STEP_COUNT] = {
        [STEP_PLAN] = "/plan", [STEP_MIDYEAR] = "/midyear", [STEP_EVALUATION] = "/evaluation"
    };

    return PATHS[s];
}

/* A choice in the reader's words; any other text as it is. */
static str shown(const struct visit *v, const struct blank *b, str text)
{
    if (!b || b->kind != BLANK_CHOICE || !text.n)
        return text;
    return part_word(v->r, "option", text);
}

/* A blank that both changed: all three texts, what differs marked. */
static void add_conflict(const struct visit *v, struct value *list, uint32_t k)
{
    struct req *r = v->r;
    const struct blank_conflict *c = &v->merge.conflicts[k];
    struct value *m = value_add_map(r->mem, list);
    const struct blank *b = blank_of(v->step, c->name);

    value_put_int(r->mem, m, "n", k + 1);
    value_put_text(r->mem, m, "name", c->name);
    value_put_text(r->mem, m, "label",
                   c->is_row ? c->base
                             : sheet_form_label(r, &v->w.sheet.initiative, v->step, c->name));
    value_put_text(r->mem, m, "base", shown(v, b, c->base));
    value_put_text(r->mem, m, "mine", c->mine);
    value_put_text(r->mem, m, "theirs", c->theirs);
    value_put_bool(r->mem, m, "is_row", c->is_row);
    value_put_bool(r->mem, m, "is_free",
                   !c->is_row && b && b->kind != BLANK_CHOICE && b->kind != BLANK_FLAG);
    part_put_diff(r, m, NULL, shown(v, b, c->base), "mine_runs", shown(v, b, c->mine));
    part_put_diff(r, m, NULL, shown(v, b, c->base), "theirs_runs", shown(v, b, c->theirs));
}

static void put_conflicts(const struct visit *v, struct value *page)
{
    struct req *r = v->r;
    struct value *map, *list, *kept;

    if (!v->merge.conflict_count) {
        value_put_null(r->mem, page, "conflict");
        return;
    }
    map = value_put_map(r->mem, page, "conflict");
    value_put_text(r->mem, map, "by", working_name(r, v->w.sheet.author));
    value_put_text(r->mem, map, "when", part_time_label(r, v->w.sheet.at_ms));
    value_put_int(r->mem, map, "count", v->merge.conflict_count);
    list = value_put_list(r->mem, map, "blanks");
    for (uint32_t k = 0; k < v->merge.conflict_count; k++)
        add_conflict(v, list, k);
    kept = value_put_list(r->mem, map, "kept");
    for (uint32_t k = 0; k < v->merge.list.count; k++) {
        struct value *m = value_add_map(r->mem, kept);

        value_put_text(r->mem, m, "name", v->merge.list.items[k].name);
        value_put_text(r->mem, m, "value", v->merge.list.items[k].text);
    }
}

/* What a form did not send stands as it is saved. */
static void list_complete(struct visit *v)
{
    struct filled_list saved;

    blanks_put(v->r->mem, &v->w.sheet.initiative, v->step, &saved);
    for (uint32_t k = 0; k < saved.count; k++)
        if (!filled_has(&v->list, saved.items[k].name))
            filled_set(v->r->mem, &v->list, saved.items[k].name, saved.items[k].text);
}

/* A result that nobody has written yet is the actual that somebody accepted: shown in its
 * blank, saved with the form like what is typed. */
static void list_accept(struct visit *v)
{
    const struct initiative *i = &v->w.sheet.initiative;
    struct arena *a = v->r->mem;
    struct filled_list put;
    str rest, id;

    if (v->step != STEP_EVALUATION || v->r->form || v->is_draft || v->why_not.n)
        return;
    blanks_put(a, i, STEP_PLAN, &put);
    rest = filled_get(&put, STR("indicator"));
    for (uint32_t k = 0; k < i->indicator_count && (id = filled_next_row(&rest)).n; k++) {
        const struct actual_view *bound = v->actuals[k].v;
        const struct measured *was = bound ? &bound->state.was : NULL;
        const str name = str_fmt(a, "actual.%.*s.value", STR_ARG(id));

        if (!was || !was->has_value || filled_get(&v->list, name).n
            || i->indicators[k].actual_note.n)
            continue;
        filled_set(a, &v->list, name,
                   str_fmt(a, "%.*s%.*s", STR_ARG(dec_str(a, was->value)), STR_ARG(was->unit)));
        if (was->is_change)
            filled_set(a, &v->list, str_fmt(a, "actual.%.*s.is_change", STR_ARG(id)), STR("1"));
        if (was->is_final)
            filled_set(a, &v->list, str_fmt(a, "actual.%.*s.is_final", STR_ARG(id)), STR("1"));
    }
}

/* The voices that were adopted here: who writes the line knows what it answers. */
static bool put_behind(const struct visit *v, struct value *page, struct err *e)
{
    const struct voice_behind_asked asked = { .organisation = v->w.ref.organisation,
                                              .kind = LINK_INITIATIVE,
                                              .fiscal_year = v->w.ref.fiscal_year,
                                              .number = v->w.ref.number };

    return voice_behind_put(v->r, page, "behind", &asked, e);
}

static bool visit_put(struct visit *v, struct value *page, struct err *e)
{
    struct req *r = v->r;
    struct sheet_form form = { &v->w, v->step, &v->list, &v->faults, &v->catalogue, NULL };
    const struct initiative *i = &v->w.sheet.initiative;

    if (!working_audit(&v->w, e)
        || !actual_sheet_load(r, &v->w.ref, i, indicator_keys(r->mem, i), &v->actuals, e))
        return false;
    form.actuals = v->actuals;
    list_complete(v);
    list_accept(v);
    working_put(&v->w, page,
                v->step == STEP_PLAN      ? "form.title_plan"
                : v->step == STEP_MIDYEAR ? "form.title_midyear"
                                          : "form.title_evaluation");
    value_put_int(r->mem, page, "number", v->w.ref.number);
    value_put_text(r->mem, page, "title", v->w.sheet.initiative.title.v);
    value_put_text(r->mem, page, "step", step_word(v->step));
    value_put_text(r->mem, page, "sheet_url", working_url(&v->w, ""));
    value_put_text(r->mem, page, "form_url", working_url(&v->w, step_path(v->step)));
    value_put_text(r->mem, page, "draft_url", working_url(&v->w, "/draft"));
    value_put_text(r->mem, page, "form_js", req_static(r, "form.js"));
    value_put_bool(r->mem, page, "is_answer", r->form != NULL);
    value_put_text(r->mem, page, "seen", part_hash(r, v->seen));
    value_put_text(r->mem, page, "seed", v->seed.n ? v->seed : new_seed(v));
    value_put_text_or_null(r->mem, page, "why_not", v->why_not);
    value_put_bool(r->mem, page, "may_edit", !v->why_not.n);
    put_saved(v, page);
    put_draft(v, page);
    put_conflicts(v, page);
    put_findings(v, page);
    put_verdicts(v, page);
    sheet_form_put(&form, page);
    sheet_form_put_faults(&form, page);
    sheet_form_put_missing(&v->w, v->step, page);
    return put_behind(v, page, e);
}

bool page_sheet_form(struct req *r, struct value *page, struct err *e)
{
    struct form_data draft = { 0 };
    struct visit v;

    if (!visit_load(r, &v, e) || !draft_load(&v, &draft, e))
        return false;
    blanks_put(r->mem, &v.w.sheet.initiative, v.step, &v.list);
    if (v.draft_ms && str_eq(req_query(r, "draft"), STR("use"))) {
        struct hash base;

        v.is_draft = true;
        list_of(&v, &draft, &v.list);
        v.seed = value_of(&draft, "seed");
        if (hash_parse(value_of(&draft, "seen"), &base))
            v.seen = base;
    }
    return visit_put(&v, page, e);
}

/* ---- rows put in, taken out, moved: nothing is saved ---- */

static void order_set(struct visit *v, str group, const str *ids, uint32_t n)
{
    struct buf b;

    buf_init(&b, v->r->mem, 256, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < n; k++) {
        buf_put_c(&b, k ? " " : "");
        buf_put(&b, ids[k]);
    }
    filled_set(v->r->mem, &v->list, str_dup(v->r->mem, group), buf_str(&b));
}

/* "add activity", "up activity p2", "remove activity p2". */
static void rows_change(struct visit *v, str what)
{
    str verb, group, id, rest, at;
    str *ids = NEW(v->r->mem, str, BLANK_ROWS_MAX + 1);
    uint32_t n = 0;
    enum blank_group g;

    rest = str_cut(what, ' ', &verb);
    id = str_cut(rest, ' ', &group);
    if (!blank_orders(group, &g))
        return;
    rest = filled_get(&v->list, group);
    while ((at = filled_next_row(&rest)).n && n < BLANK_ROWS_MAX) {
        if (str_eq(verb, STR("remove")) && str_eq(at, id))
            continue;
        ids[n++] = at;
        if (str_eq(verb, STR("up")) && str_eq(at, id) && n > 1) {
            ids[n - 1] = ids[n - 2];
            ids[n - 2] = at;
        }
    }
    for (uint32_t k = 1; str_eq(verb, STR("add")) && n < BLANK_ROWS_MAX; k++) {
        at = str_fmt(v->r->mem, "n%.*s-%u", STR_ARG(v->seed), n + k);
        if (blank_row_is_valid(at)
            && !filled_has(&v->list,
                           str_fmt(v->r->mem, "%.*s.%.*s.text", STR_ARG(group), STR_ARG(at)))
            && !filled_has(&v->list,
                           str_fmt(v->r->mem, "%.*s.%.*s.name", STR_ARG(group), STR_ARG(at)))) {
            ids[n++] = at;
            break;
        }
    }
    order_set(v, group, ids, n);
}

/* ---- the answers of the conflict page ---- */

static void row_settle(struct visit *v, str name, str kept)
{
    str group, id;

    if (kept.n)
        return;
    id = str_cut(name, '.', &group);
    rows_change(v, str_fmt(v->r->mem, "remove %.*s %.*s", STR_ARG(group), STR_ARG(id)));
}

static str numbered_field(const struct visit *v, const char *name, uint32_t n)
{
    return value_of(v->r->form, str_c(v->r->mem, str_fmt(v->r->mem, "%s.%u", name, n)));
}

/* at.1 names the blank; pick.1 says whose text; mine.1, theirs.1 and new.1 are the texts. */
static void conflicts_settle(struct visit *v)
{
    for (uint32_t n = 1;; n++) {
        const str name = numbered_field(v, "at", n), pick = numbered_field(v, "pick", n);
        str text;

        if (!name.n)
            return;
        text = str_eq(pick, STR("theirs")) ? numbered_field(v, "theirs", n)
               : str_eq(pick, STR("new"))  ? numbered_field(v, "new", n)
                                           : numbered_field(v, "mine", n);
        if (blank_of(v->step, name))
            filled_set(v->r->mem, &v->list, name, text);
        else
            row_settle(v, name, text);
    }
}

/* ---- saving ---- */

/* The sheet as that record says it. */
static bool version_load(struct visit *v, struct hash record, struct initiative *out,
                         struct err *e)
{
    struct record r;
    struct value *tree;

    return store_record(v->r->db, v->r->mem, record, &r, e)
           && json_read_canonical(v->r->mem, r.body, &tree, e)
           && model_initiative_read(v->r->mem, value_get(tree, STR("initiative")), out, e);
}

/* Somebody saved since the form was opened: theirs and mine into one. */
static bool visit_merge(struct visit *v, struct err *e)
{
    struct filled_list base, theirs;
    struct initiative was;

    if (hash_eq(v->seen, v->w.sheet.record) || hash_is_zero(v->seen))
        return true;
    if (!version_load(v, v->seen, &was, e))
        return false;
    blanks_put(v->r->mem, &was, v->step, &base);
    blanks_put(v->r->mem, &v->w.sheet.initiative, v->step, &theirs);
    blanks_merge(v->r->mem, v->step, &base, &v->list, &theirs, &v->merge);
    v->list = v->merge.list;
    v->seen = v->w.sheet.record;
    return true;
}

/* A new goal taken from the catalogue begins with what the catalogue says of it. */
static void catalogue_fill(struct visit *v)
{
    str rest = filled_get(&v->list, STR("indicator")), id;

    while (v->step == STEP_PLAN && (id = filled_next_row(&rest)).n) {
        const char *row = str_c(v->r->mem, id);
        const str entry =
            filled_get(&v->list, str_fmt(v->r->mem, "indicator.%s.catalogue", row));
        const str name = str_fmt(v->r->mem, "indicator.%s.name", row);

        for (uint32_t k = 0; entry.n && k < v->catalogue.count; k++) {
            const struct catalogue_entry *c = &v->catalogue.rows[k];

            if (!str_eq(c->id, entry) || str_trim(filled_get(&v->list, name)).n)
                continue;
            filled_set(v->r->mem, &v->list, name, c->name);
            filled_set(v->r->mem, &v->list, str_fmt(v->r->mem, "indicator.%s.unit", row),
                       c->unit);
            filled_set(v->r->mem, &v->list, str_fmt(v->r->mem, "indicator.%s.population", row),
                       c->population);
            filled_set(v->r->mem, &v->list, str_fmt(v->r->mem, "indicator.%s.definition", row),
                       c->definition);
            filled_set(v->r->mem, &v->list, str_fmt(v->r->mem, "indicator.%s.direction", row),
                       direction_word(c->direction));
        }
    }
}

/* What came of an attempt. */
enum ending {
    ENDING_SAVED,
    ENDING_ASKS,  /* faults or conflicts: the page asks */
    ENDING_STALE, /* somebody saved this very moment: once more */
};

static bool visit_try(struct visit *v, struct saved *saved, enum ending *how, struct err *e)
{
    const struct actor who = working_actor(&v->w, DUTIES_WRITE);
    const struct stamp stamp = { .who = &who, .now_ms = v->r->now_ms };
    const struct blanks_input in = { &v->w.form, &v->w.sheet.initiative, &v->list, v->step,
                                     v->w.ref.fiscal_year };
    struct initiative made;
    const struct sheet_save save = { .ref = v->w.ref,
                                     .step = v->step,
                                     .seen = v->w.sheet.record,
                                     .initiative = &made,
                                     .section = v->w.sheet.section };

    *how = ENDING_ASKS;
    if (!visit_merge(v, e))
        return false;
    if (v->merge.conflict_count || !req_is_fine(v->r)
        || !blanks_take(v->r->mem, &in, &made, &v->faults))
        return true;
    if (v->step != STEP_MIDYEAR && !blanks_same(v->r->mem, &made, in.base, v->step))
        working_link(&v->w, &made);
    *how = ENDING_SAVED;
    if (store_sheet_save(v->r->db, v->r->mem, &stamp, &save, saved, e))
        return true;
    if (e->code != ERR_CONFLICT)
        return false;
    *how = ENDING_STALE;
    return true;
}

/* What cannot be saved any more (the step was submitted meanwhile) is kept and told. */
static void visit_refused(struct visit *v, const struct err *e)
{
    v->why_not = str_dup(v->r->mem, str_from(e->text));
}

static bool visit_save(struct visit *v, struct saved *saved, enum ending *how, struct err *e)
{
    enum { TRIES = 4 };

    for (int k = 0; k < TRIES; k++) {
        struct err why;

        if (!visit_try(v, saved, how, &why)) {
            *e = why;
            return false;
        }
        if (*how != ENDING_STALE)
            return true;
        if (!store_sheet(v->r->db, v->r->mem, &v->w.ref, &v->w.sheet, e))
            return false;
        if (hash_eq(v->seen, v->w.sheet.record)) { /* not the sheet: its state */
            visit_refused(v, &why);
            *how = ENDING_ASKS;
            return true;
        }
    }
    return err_set(e, ERR_CONFLICT, "ほかの人の保存が続いています。もう一度保存してください。");
}

static str saved_url(const struct visit *v, const struct saved *saved)
{
    return req_url_with(v->r, working_url(&v->w, step_path(v->step)), "saved",
                        saved->is_same ? STR("same") : STR("1"));
}

static bool visit_ask(struct visit *v, struct value *page, struct outcome *out, struct err *e)
{
    draft_keep(v);
    out->status = v->merge.conflict_count ? 409 : v->why_not.n ? 409 : 422;
    return visit_put(v, page, e);
}

bool act_sheet_form(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct visit v;
    struct saved saved = { 0 };
    enum ending how;
    str what;

    if (!visit_load(r, &v, e))
        return false;
    what = req_field(r, "do");
    v.seed = req_field(r, "seed");
    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &v.seen))
        return err_set(e, ERR_INPUT, "開いたときの記録が正しくありません。");
    if (str_eq(what, STR("discard"))) {
        out->location = working_url(&v.w, step_path(v.step));
        return draft_drop(&v, e);
    }
    list_of(&v, r->form, &v.list);
    conflicts_settle(&v);
    catalogue_fill(&v);
    if (what.n && !str_eq(what, STR("save"))) {
        rows_change(&v, what);
        draft_keep(&v);
        out->status = 200;
        return visit_put(&v, page, e);
    }
    if (v.why_not.n)
        return visit_ask(&v, page, out, e);
    if (!visit_save(&v, &saved, &how, e))
        return false;
    if (how == ENDING_ASKS)
        return visit_ask(&v, page, out, e);
    out->location = saved_url(&v, &saved);
    return draft_drop(&v, e);
}

/* What is being typed, sent along by the page's own script. */
bool act_sheet_draft(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct visit v;

    (void)page;
    if (!visit_load(r, &v, e))
        return false;
    if (req_field(r, "seen").n && !hash_parse(req_field(r, "seen"), &v.seen))
        return err_set(e, ERR_INPUT, "開いたときの記録が正しくありません。");
    draft_keep(&v);
    out->location = working_url(&v.w, step_path(v.step));
    return true;
}
