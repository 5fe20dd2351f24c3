/* What was promised under 課題と改善策, sentence by sentence, and what later years do about it.
 * Promises are read from the official plan of the year before, so that nothing has to be copied
 * for them to wait; a record is made when somebody decides. */
#include "store/work_inner.h"

#include "base/utf8.h"
#include "base/banned.h"

/* ---- sentences ---- */

/* What may stand before a sentence as a mark of its list: one of these, or a number in one of
 * its forms. */
static bool is_list_mark(uint32_t c)
{
    static const uint32_t MARKS[] = { 0x30FB, 0xFF65, 0x25CF, 0x25CB, 0x25A0, 0x25A1,
                                      0x25C6, 0x25C7, 0x203B, '*',    '-',    0x2022,
                                      0x25B6, 0x25BC, 0x27A2, 0x2713, 0x2610 };

    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (c == MARKS[i])
            return true;
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x2474 && c <= 0x2487);
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* "(1)" "（２）" "1." "１．" "1)" with what follows it; 0 = none. 12か所 is none. */
static size_t number_mark(str s)
{
    str rest = s;
    size_t len, digits = 0;
    uint32_t c;
    bool is_bracketed;

    if (!rest.n)
        return 0;
    c = utf8_first(rest, &len);
    is_bracketed = c == '(' || c == 0xFF08;
    if (is_bracketed)
        rest = str_skip(rest, len);
    for (; rest.n && is_digit(c = utf8_first(rest, &len)); digits++)
        rest = str_skip(rest, len);
    if (!rest.n || !digits || digits > 2)
        return 0;
    if (c != ')' && c != 0xFF09 && (is_bracketed || (c != '.' && c != 0xFF0E)))
        return 0;
    rest = str_skip(rest, len);
    if (rest.n && is_digit(utf8_first(rest, &len)))
        return 0; /* 1.5倍 */
    return s.n - rest.n;
}

static str without_marks(str s)
{
    for (s = str_trim(s); s.n;) {
        size_t len, mark = number_mark(s);
        const uint32_t c = utf8_first(s, &len);

        if (!mark && !is_list_mark(c))
            break;
        s = str_trim(str_skip(s, mark ? mark : len));
    }
    return s;
}

/* Says that there is nothing to say. */
static bool is_nothing(str s)
{
    static const str NOTHING[] = { STR_INIT("特になし"), STR_INIT("特になし。"),
                                   STR_INIT("なし"),     STR_INIT("なし。"),
                                   STR_INIT("－"),       STR_INIT("―"),
                                   STR_INIT("—"),        STR_INIT("。") };

    for (size_t i = 0; i < sizeof NOTHING / sizeof *NOTHING; i++)
        if (str_eq(s, NOTHING[i]))
            return true;
    return !s.n;
}

/* A heading that stands alone: 【課題】 (改善策) <対応>. */
static bool is_heading(str s)
{
    static const struct {
        str open, close;
    } PAIRS[] = {
        { STR_INIT("【"), STR_INIT("】") }, { STR_INIT("（"), STR_INIT("）") },
        { STR_INIT("("), STR_INIT(")") },   { STR_INIT("＜"), STR_INIT("＞") },
        { STR_INIT("<"), STR_INIT(">") },   { STR_INIT("["), STR_INIT("]") },
        { STR_INIT("〔"), STR_INIT("〕") }, { STR_INIT("「"), STR_INIT("」") },
    };

    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
        if (str_starts(s, PAIRS[i].open)
            && str_find(s, PAIRS[i].close) == (ptrdiff_t)(s.n - PAIRS[i].close.n))
            return true;
    return false;
}

static int depth_of(uint32_t c)
{
    switch (c) {
    case 0x300C: /* 「 */
    case 0x300E: /* 『 */
    case 0xFF08: /* （ */
    case '(':
        return 1;
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case ')':
        return -1;
    default:
        return 0;
    }
}

/* Bytes of the first sentence: to 。 outside of brackets, or to the end of the line. A bracket
 * that never closes does not swallow what follows its line. */
static size_t sentence_length(str s)
{
    size_t at = 0, len;
    int depth = 0;

    while (at < s.n) {
        const uint32_t c = utf8_first(str_skip(s, at), &len);

        if (c == '\n' || c == '\r')
            return at;
        depth += depth_of(c);
        depth = depth < 0 ? 0 : depth;
        at += len;
        if (depth == 0 && (c == 0x3002 || c == 0xFF61))
            return at;
    }
    return at;
}

void sentences_of(struct arena *a, str text, struct sentences *out)
{
    uint32_t room = 0;

    *out = (struct sentences){ 0 };
    while (text.n) {
        size_t n = sentence_length(text);
        const str one = without_marks(str_take(text, n));

        text = str_skip(text, n ? n : 1);
        if (is_nothing(one) || is_heading(one))
            continue;
        out->rows = rows_grow(a, out->rows, sizeof *out->rows, out->count, &room);
        out->rows[out->count++] = one;
    }
}

/* ---- what waits for a year ---- */

struct waiting {
    struct conn *c;
    struct arena *a;
    struct commitment_rows *out;
    uint32_t room;
    as_of when; /* of what is official; 0 = now */
};

static void wait_add(struct waiting *w, const struct commitment *k)
{
    struct commitment_rows *out = w->out;

    out->rows = rows_grow(w->a, out->rows, sizeof *out->rows, out->count, &w->room);
    out->rows[out->count++] = *k;
}

static bool is_said(const struct commitment_rows *rows, uint32_t from, str text)
{
    for (uint32_t i = from; i < rows->count; i++)
        if (str_eq(rows->rows[i].text, text))
            return true;
    return false;
}

/* One block of 課題と改善策; a form that has only its parts speaks through the measure. */
static void promises_of(struct waiting *w, struct commitment k, str improvement,
                        const struct remedy *remedy, uint32_t first)
{
    struct sentences s;
    const str word = step_word(k.made_step);
    uint32_t ordinal = 0;

    sentences_of(w->a, improvement.n ? improvement : remedy->measure, &s);
    k.cause = remedy->cause;
    k.measure = remedy->measure;
    k.owner = remedy->owner;
    k.due = remedy->due;
    for (uint32_t i = 0; i < s.count; i++) {
        ordinal++;
        if (is_said(w->out, first, s.rows[i]))
            continue; /* the evaluation repeats what the review said */
        k.text = s.rows[i];
        k.id =
            str_fmt(w->a, "%d-%d-%.*s-%u", k.made_year, k.made_number, STR_ARG(word), ordinal);
        wait_add(w, &k);
    }
}

static bool wait_promised(struct waiting *w, str organisation, int year, struct err *e)
{
    const struct plan_ref ref = { organisation, year, w->when };
    struct plan p;

    if (!store_plan(w->c, w->a, &ref, &p, e))
        return false;
    for (uint32_t i = 0; i < p.initiative_count; i++) {
        const struct initiative *one = &p.initiatives[i];
        struct commitment k = { .made_year = year, .made_number = one->number };
        const uint32_t first = w->out->count;

        k.made_step = STEP_MIDYEAR;
        promises_of(w, k, one->midyear.improvement.v, &one->midyear.remedy, first);
        k.made_step = STEP_EVALUATION;
        promises_of(w, k, one->evaluation.improvement.v, &one->evaluation.remedy, first);
    }
    return true;
}

/* Calls back with each commitment that a year decided about. */
typedef void decided_fn(struct waiting *w, const struct commitment *k);

struct decided_year {
    str organisation;
    int fiscal_year;
    bool is_official;
};

/* How the decision stood then; *found false when it was not made yet. */
static bool decision_then(const struct waiting *w, const struct decided_year *y, str id,
                          struct record *out, struct err *e)
{
    const struct entity_ref ref = { y->organisation,
                                    entity_commitment(w->a, y->fiscal_year, y->is_official, id),
                                    w->when };

    return record_find(w->c, w->a, &ref, out, e);
}

static bool decided_each(struct waiting *w, const struct decided_year *y, decided_fn *visit,
                         struct err *e)
{
    AUTO(query_end) struct query q = query_on(w->c, Q_COMMITMENT_ROWS);
    bool is_row = true;

    put_text(&q, y->organisation);
    put_int(&q, y->fiscal_year);
    put_int(&q, y->is_official);
    while (query_step(&q, &is_row, e) && is_row) {
        const str id = take_text(&q, w->a);
        struct record r = { .seq = 1, .hash = take_hash(&q) };
        struct commitment k;
        struct value *tree;

        r.body = take_text(&q, w->a);
        if (w->when && !decision_then(w, y, id, &r, e))
            return false;
        if (!r.seq)
            continue;
        if (!body_tree(w->a, r.body, &tree, e) || !work_commitment_read(tree, &k, e))
            return false;
        k.record = r.hash;
        visit(w, &k);
    }
    return !is_row;
}

/* What the year before carried waits again, a year older. */
static void wait_carried(struct waiting *w, const struct commitment *k)
{
    struct commitment again = *k;

    if (k->fate != FATE_CARRIED)
        return;
    again.fate = FATE_OPEN;
    again.fate_number = 0;
    again.fate_line = again.fate_reason = (str){ 0 };
    again.record = (struct hash){ { 0 } };
    again.years++;
    wait_add(w, &again);
}

/* What this year decided; a sentence that its plan no longer holds stays as it was decided. */
static void apply_decided(struct waiting *w, const struct commitment *k)
{
    for (uint32_t i = 0; i < w->out->count; i++)
        if (str_eq(w->out->rows[i].id, k->id)) {
            w->out->rows[i] = *k;
            return;
        }
    wait_add(w, k);
}

/* The newest official plan before the year; 0 = there is none. */
static bool year_before(const struct waiting *w, const struct work_ref *ref, int *out,
                        struct err *e)
{
    struct plan_heads heads;

    *out = 0;
    if (!store_plans_then(w->c, w->a, ref->organisation, w->when, &heads, e))
        return false;
    for (uint32_t i = 0; i < heads.count && !*out; i++)
        if (heads.rows[i].fiscal_year < ref->fiscal_year)
            *out = heads.rows[i].fiscal_year;
    return true;
}

static bool waiting_load(struct waiting *w, const struct work_ref *ref, bool is_official,
                         struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    const struct decided_year now = { ref->organisation, ref->fiscal_year, is_official };
    struct decided_year before = { ref->organisation, 0, true };

    if (!transaction_begin_read(w->c, &t, e) || !year_before(w, ref, &before.fiscal_year, e))
        return false;
    if (before.fiscal_year
        && (!decided_each(w, &before, wait_carried, e)
            || !wait_promised(w, ref->organisation, before.fiscal_year, e)))
        return false;
    return decided_each(w, &now, apply_decided, e);
}

bool store_commitments(struct conn *c, struct arena *a, const struct work_ref *ref,
                       bool is_official, struct commitment_rows *out, struct err *e)
{
    struct waiting w = { .c = c, .a = a, .out = out };

    *out = (struct commitment_rows){ 0 };
    return waiting_load(&w, ref, is_official, e);
}

bool store_commitments_then(struct conn *c, struct arena *a, const struct plan_ref *ref,
                            struct commitment_rows *out, struct err *e)
{
    const struct work_ref year = { ref->organisation, ref->fiscal_year, 0 };
    struct waiting w = { .c = c, .a = a, .out = out, .when = ref->when };

    *out = (struct commitment_rows){ 0 };
    return waiting_load(&w, &year, true, e);
}

/* ---- deciding ---- */

static bool check_decided(struct conn *c, struct arena *a, const struct work_ref *ref,
                          const struct commitment *k, struct err *e)
{
    struct work_ref sheet = *ref;
    str section;

    if ((k->fate == FATE_DROPPED || k->fate == FATE_CARRIED) && !str_trim(k->fate_reason).n)
        return err_set(e, ERR_INPUT,
                       "見送るときと持ち越すときは、理由が要ります。理由を書いてください。");
    if (k->fate != FATE_ADOPTED)
        return true;
    sheet.number = k->fate_number;
    return k->fate_number
               ? store_sheet_section(c, a, &sheet, &section, e)
               : err_set(e, ERR_INPUT, "どの取組項目に採り入れるかを選んでください。");
}

static bool waiting_find(struct conn *c, struct arena *a, const struct work_ref *ref, str id,
                         struct commitment *out, struct err *e)
{
    struct commitment_rows rows;

    if (!store_commitments(c, a, ref, false, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        if (str_eq(rows.rows[i].id, id)) {
            *out = rows.rows[i];
            return true;
        }
    return err_set(e, ERR_NOT_FOUND, "改善の約束「%.*s」はありません。", STR_ARG(id));
}

bool store_commitment_decide(struct conn *c, const struct stamp *stamp,
                             const struct work_ref *ref, const struct commitment *decided,
                             struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    struct work_say what = { .organisation = ref->organisation, .kind = STR("commitment") };
    struct commitment k;
    struct cycle cycle;
    struct work_said r;

    if (!transaction_begin(c, &t, e)
        || !work_planning(c, stamp, ref->organisation, "改善の約束をどうするか決める", e)
        || !store_cycle(c, &mem, ref, &cycle, e)
        || !waiting_find(c, &mem, ref, decided->id, &k, e)
        || !check_decided(c, &mem, ref, decided, e))
        return false;
    if (cycle.phase == PHASE_PUBLISHED)
        return err_set(e, ERR_CONFLICT,
                       "この年度は公表済みです。訂正のために開き直してから決めてください。");
    what.seen = decided->record;
    what.entity = entity_commitment(&mem, ref->fiscal_year, false, k.id);
    k.fate = decided->fate;
    k.fate_number = k.fate == FATE_ADOPTED || k.fate == FATE_DONE ? decided->fate_number : 0;
    k.fate_line = k.fate == FATE_ADOPTED ? decided->fate_line : (str){ 0 };
    k.fate_reason = decided->fate_reason;
    what.tree = work_commitment_value(&mem, &k);
    return work_say(c, &mem, stamp, &what, &r, e) && transaction_commit(&t, e);
}

/* ---- publishing ---- */

bool commitments_publish(struct conn *c, struct arena *a, const struct stamp *stamp,
                         const struct work_ref *ref, struct err *e)
{
    struct commitment_rows rows = { 0 };
    const struct decided_year year = { ref->organisation, ref->fiscal_year, false };
    struct waiting w = { .c = c, .a = a, .out = &rows };

    if (!decided_each(&w, &year, wait_add, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct work_say what = {
            .organisation = ref->organisation,
            .kind = STR("commitment"),
            .entity = entity_commitment(a, ref->fiscal_year, true, rows.rows[i].id),
            .tree = work_commitment_value(a, &rows.rows[i]),
            .is_blind = true,
        };
        struct work_said r;

        if (!work_say(c, a, stamp, &what, &r, e))
            return false;
    }
    return true;
}
