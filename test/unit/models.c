/* Made-up plans for tests, and their comparison without any JSON between. */
#include "models.h"

#include <stdio.h>

/* ---- making ---- */

struct dice {
    struct arena *a;
    uint64_t state;
};

/* xorshift64* (Vigna): enough to visit every branch, and the same everywhere. */
static uint32_t roll(struct dice *d, uint32_t sides)
{
    d->state ^= d->state >> 12;
    d->state ^= d->state << 25;
    d->state ^= d->state >> 27;
    return (uint32_t)((d->state * 0x2545F4914F6CDD1DULL) >> 33) % sides;
}

static const str WORDS[] = {
    STR_INIT("会議"),
    STR_INIT("区民"),
    STR_INIT("の"),
    STR_INIT("開催"),
    STR_INIT("割合"),
    STR_INIT("\"引\""),
    STR_INIT("\\"),
    STR_INIT("自治会・町会"),
    STR_INIT("PDCA"),
    STR_INIT("\n"),
    STR_INIT("\xF0\xA0\xAE\xB7"),
    STR_INIT("<b>&"),
    STR_INIT("\x01"),
    STR_INIT(" "),
    STR_INIT("ﾊﾝｶｸ"),
    STR_INIT("0"),
};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

static str make_str(struct dice *d)
{
    struct buf b;

    buf_init(&b, d->a, 16, 4096);
    for (uint32_t n = roll(d, 5); n > 0; n--)
        buf_put(&b, WORDS[roll(d, WORD_COUNT)]);
    return buf_str(&b);
}

static struct span make_span(struct dice *d)
{
    if (roll(d, 4) == 0)
        return (struct span){ 0 };
    return (struct span){ roll(d, 100000), 1 + roll(d, 500), 1 + roll(d, 900),
                          1 + roll(d, 4000) };
}

static struct text make_text(struct dice *d)
{
    return (struct text){ make_str(d), make_span(d) };
}

static struct text make_some_text(struct dice *d)
{
    struct text t = make_text(d);

    return t.v.n ? t : (struct text){ STR("項目"), t.at };
}

static struct amount make_amount(struct dice *d)
{
    static const str UNITS[] = { STR_INIT(""), STR_INIT("%"), STR_INIT("回"),
                                 STR_INIT("千円") };
    struct amount m = { .is_set = roll(d, 3) != 0, .at = make_span(d) };

    m.unit = UNITS[roll(d, m.is_set ? 4 : 2)];
    if (m.is_set) {
        m.value.n = (int64_t)roll(d, 200000) - 50000;
        m.value.scale = (uint8_t)roll(d, 4);
    }
    return m;
}

static struct marked make_mark(struct dice *d)
{
    struct marked m = { .mark = (enum mark)roll(d, MARK_COUNT), .at = make_span(d) };

    m.symbol = m.mark == MARK_NONE ? STR("") : m.mark == MARK_POSITIVE ? STR("○") : STR("×");
    return m;
}

static struct remedy make_remedy(struct dice *d)
{
    if (roll(d, 2))
        return (struct remedy){ 0 };
    return (struct remedy){ make_str(d), make_str(d), make_str(d), make_str(d) };
}

/* What only a form asks. */
static void make_asked(struct dice *d, struct indicator *i)
{
    i->id = make_str(d);
    i->catalogue = make_str(d);
    i->actual_is_final = roll(d, 2);
    i->actual_note = make_str(d);
    i->population = make_str(d);
    i->definition = make_str(d);
    i->decimals = (struct decimals){ true, (int)roll(d, DEC_SCALE_MAX + 1) };
    i->path_count = roll(d, 4);
    i->path = NEW(d->a, struct path_point, i->path_count);
    for (uint32_t k = 0; k < i->path_count; k++)
        i->path[k] = (struct path_point){ 2020 + (int)k, make_amount(d) };
    if (roll(d, 2))
        i->quality =
            (struct quality){ make_str(d), make_str(d), make_str(d), make_str(d), make_str(d) };
}

static struct indicator make_indicator(struct dice *d)
{
    struct indicator i = {
        .name = make_text(d),
        .role = roll(d, 2) ? ROLE_OTHER : ROLE_MAIN,
        .comparison = (enum comparison)roll(d, COMPARE_COUNT),
        .direction = (enum direction)roll(d, DIRECTION_COUNT),
        .target = make_amount(d),
        .target_year = roll(d, 2) ? 2019 : 0,
        .baseline = make_amount(d),
        .baseline_year = roll(d, 2) ? 2017 : 0,
        .goal = make_text(d),
        .target_lost = roll(d, 2),
        .actual = make_amount(d),
        .result = make_text(d),
        .actual_is_change = roll(d, 2),
        .verdict = (enum verdict)roll(d, VERDICT_COUNT),
    };

    if (roll(d, 2))
        make_asked(d, &i);
    return i;
}

static struct activity make_activity(struct dice *d)
{
    return (struct activity){
        .group = make_text(d),
        .text = make_text(d),
        .quantity = make_amount(d),
        .at_least = roll(d, 2),
        .as_needed = roll(d, 2),
        .quantity_of = make_str(d),
        .other = -1,
        .id = make_str(d),
        .change_reason = make_str(d),
    };
}

static struct activity make_planned(struct dice *d)
{
    struct activity a = make_activity(d);

    if (roll(d, 2))
        return a;
    a.change = (enum activity_change)roll(d, CHANGE_COUNT);
    a.replaced_by = make_str(d);
    a.suspended_from = make_str(d);
    a.suspended_to = make_str(d);
    a.suspended_order = make_str(d);
    return a;
}

static void pair(struct dice *d, struct initiative *i)
{
    for (uint32_t k = 0; k < i->planned_count; k++) {
        const uint32_t other = i->reported_count ? roll(d, i->reported_count) : 0;

        if (!i->reported_count || i->reported[other].other >= 0)
            continue;
        i->planned[k].other = (int32_t)other;
        i->reported[other].other = (int32_t)k;
        i->planned[k].pairing = (enum pairing)(1 + roll(d, PAIR_COUNT - 1));
        i->reported[other].pairing = i->planned[k].pairing;
    }
}

static void make_lists(struct dice *d, struct initiative *i)
{
    i->outline_count = roll(d, 4);
    i->outline = NEW(d->a, struct text, i->outline_count);
    for (uint32_t k = 0; k < i->outline_count; k++)
        i->outline[k] = make_some_text(d);
    i->indicator_count = roll(d, 8);
    i->indicators = NEW(d->a, struct indicator, i->indicator_count);
    for (uint32_t k = 0; k < i->indicator_count; k++)
        i->indicators[k] = make_indicator(d);
    i->planned_count = roll(d, 8);
    i->planned = NEW(d->a, struct activity, i->planned_count);
    for (uint32_t k = 0; k < i->planned_count; k++)
        i->planned[k] = make_planned(d);
    i->reported_count = roll(d, 8);
    i->reported = NEW(d->a, struct activity, i->reported_count);
    for (uint32_t k = 0; k < i->reported_count; k++)
        i->reported[k] = make_activity(d);
    pair(d, i);
    i->result_count = roll(d, 5);
    i->results = NEW(d->a, struct result, i->result_count);
    for (uint32_t k = 0; k < i->result_count; k++)
        i->results[k] = (struct result){
            .name = make_text(d),
            .value = make_amount(d),
            .is_change = roll(d, 2),
            .base_year = roll(d, 2) ? 2018 : 0,
            .indicator = (int32_t)roll(d, i->indicator_count + 1) - 1,
        };
}

static struct initiative make_initiative(struct dice *d, int number)
{
    struct initiative i = { .number = number, .title = make_text(d), .purpose = make_text(d) };

    make_lists(d, &i);
    i.midyear.is_present = roll(d, 2);
    i.midyear.activity_count = roll(d, 3);
    i.midyear.activities = NEW(d->a, struct marked, i.midyear.activity_count);
    for (uint32_t k = 0; k < i.midyear.activity_count; k++)
        i.midyear.activities[k] = make_mark(d);
    i.midyear.goal = make_mark(d);
    i.midyear.improvement = make_text(d);
    i.midyear.remedy = make_remedy(d);
    i.midyear.is_skipped = roll(d, 2);
    i.midyear.skip_reason = make_str(d);
    i.evaluation.remedy = make_remedy(d);
    i.section = make_str(d);
    i.evaluation.is_present = roll(d, 2);
    i.evaluation.mark = make_mark(d);
    i.evaluation.improvement = make_text(d);
    i.evaluation.activities_text = make_text(d);
    i.at = make_span(d);
    return i;
}

struct plan models_plan(struct arena *a, uint64_t seed, uint32_t initiatives)
{
    struct dice d = { a, seed * 2 + 1 };
    struct plan p = {
        .organisation = make_text(&d),
        .organisation_code = STR("271284"),
        .fiscal_year = 2019,
        .fiscal_year_at = make_span(&d),
        .title = make_text(&d),
        .form_id = STR("osaka-ward-2019"),
        .source_name = make_str(&d),
        .source_hash = hash_bytes(STR("document")),
        .notes_dropped = roll(&d, 2),
    };

    p.initiative_count = initiatives;
    p.initiatives = NEW(a, struct initiative, initiatives);
    for (uint32_t i = 0; i < initiatives; i++)
        p.initiatives[i] = make_initiative(&d, (int)i + 1);
    p.note_count = roll(&d, 4);
    p.notes = NEW(a, struct note, p.note_count);
    for (uint32_t i = 0; i < p.note_count; i++)
        p.notes[i] = (struct note){
            .kind = (enum note_kind)roll(&d, NOTE_KIND_COUNT),
            .fault = (enum dec_fault)roll(&d, DEC_LONG + 1),
            .initiative = (int)roll(&d, initiatives + 1),
            .subject = make_str(&d),
            .raw = make_str(&d),
            .at = make_span(&d),
        };
    return p;
}

struct finding models_finding(struct arena *a, uint64_t seed)
{
    struct dice d = { a, seed * 2 + 1 };

    return (struct finding){
        .rule = STR("P1"),
        .severity = (enum severity)roll(&d, SEVERITY_COUNT),
        .initiative = (int)roll(&d, 4),
        .subject = make_str(&d),
        .at = make_span(&d),
        .message = { make_str(&d), make_str(&d) },
    };
}

/* ---- comparing ---- */

static bool differs(const char *what)
{
    printf("# differs: %s\n", what);
    return false;
}

#define SAME(x)                 \
    do {                        \
        if (!(x))               \
            return differs(#x); \
    } while (0)

static bool same_span(struct span x, struct span y)
{
    SAME(x.off == y.off && x.len == y.len && x.line == y.line && x.col == y.col);
    return true;
}

static bool same_text(struct text x, struct text y)
{
    SAME(str_eq(x.v, y.v));
    return same_span(x.at, y.at);
}

static bool same_amount(struct amount x, struct amount y)
{
    SAME(x.is_set == y.is_set);
    SAME(!x.is_set || dec_eq_written(x.value, y.value));
    SAME(str_eq(x.unit, y.unit));
    return same_span(x.at, y.at);
}

static bool same_mark(struct marked x, struct marked y)
{
    SAME(x.mark == y.mark && str_eq(x.symbol, y.symbol));
    return same_span(x.at, y.at);
}

static bool same_remedy(const struct remedy *x, const struct remedy *y)
{
    SAME(str_eq(x->cause, y->cause) && str_eq(x->measure, y->measure));
    SAME(str_eq(x->owner, y->owner) && str_eq(x->due, y->due));
    return true;
}

static bool same_asked(const struct indicator *x, const struct indicator *y)
{
    const struct quality *p = &x->quality, *q = &y->quality;

    SAME(str_eq(x->id, y->id) && str_eq(x->catalogue, y->catalogue));
    SAME(x->actual_is_final == y->actual_is_final && str_eq(x->actual_note, y->actual_note));
    SAME(str_eq(x->population, y->population) && str_eq(x->definition, y->definition));
    SAME(x->decimals.is_said == y->decimals.is_said);
    SAME(x->decimals.count == y->decimals.count && x->path_count == y->path_count);
    for (uint32_t i = 0; i < x->path_count; i++) {
        SAME(x->path[i].year == y->path[i].year);
        SAME(same_amount(x->path[i].value, y->path[i].value));
    }
    SAME(str_eq(p->verified, q->verified) && str_eq(p->source, q->source));
    SAME(str_eq(p->accuracy, q->accuracy) && str_eq(p->limits, q->limits));
    SAME(str_eq(p->compensation, q->compensation));
    return true;
}

static bool same_indicator(const struct indicator *x, const struct indicator *y)
{
    SAME(same_text(x->name, y->name));
    SAME(x->role == y->role && x->comparison == y->comparison);
    SAME(x->direction == y->direction && x->verdict == y->verdict);
    SAME(same_amount(x->target, y->target) && x->target_year == y->target_year);
    SAME(same_amount(x->baseline, y->baseline) && x->baseline_year == y->baseline_year);
    SAME(same_amount(x->actual, y->actual) && x->actual_is_change == y->actual_is_change);
    SAME(same_text(x->goal, y->goal) && same_text(x->result, y->result));
    SAME(x->target_lost == y->target_lost);
    return same_asked(x, y);
}

static bool same_activity(const struct activity *x, const struct activity *y)
{
    SAME(same_text(x->group, y->group) && same_text(x->text, y->text));
    SAME(same_amount(x->quantity, y->quantity) && str_eq(x->quantity_of, y->quantity_of));
    SAME(x->at_least == y->at_least && x->as_needed == y->as_needed);
    SAME(x->other == y->other && x->pairing == y->pairing);
    SAME(str_eq(x->id, y->id) && x->change == y->change);
    SAME(str_eq(x->change_reason, y->change_reason) && str_eq(x->replaced_by, y->replaced_by));
    SAME(str_eq(x->suspended_from, y->suspended_from));
    SAME(str_eq(x->suspended_to, y->suspended_to));
    SAME(str_eq(x->suspended_order, y->suspended_order));
    return true;
}

static bool same_lists(const struct initiative *x, const struct initiative *y)
{
    SAME(x->outline_count == y->outline_count && x->indicator_count == y->indicator_count);
    SAME(x->planned_count == y->planned_count && x->reported_count == y->reported_count);
    SAME(x->result_count == y->result_count);
    for (uint32_t i = 0; i < x->outline_count; i++)
        SAME(same_text(x->outline[i], y->outline[i]));
    for (uint32_t i = 0; i < x->indicator_count; i++)
        SAME(same_indicator(&x->indicators[i], &y->indicators[i]));
    for (uint32_t i = 0; i < x->planned_count; i++)
        SAME(same_activity(&x->planned[i], &y->planned[i]));
    for (uint32_t i = 0; i < x->reported_count; i++)
        SAME(same_activity(&x->reported[i], &y->reported[i]));
    for (uint32_t i = 0; i < x->result_count; i++) {
        const struct result *p = &x->results[i], *q = &y->results[i];

        SAME(same_text(p->name, q->name) && same_amount(p->value, q->value));
        SAME(p->is_change == q->is_change && p->base_year == q->base_year);
        SAME(p->indicator == q->indicator);
    }
    return true;
}

static bool same_reviews(const struct initiative *x, const struct initiative *y)
{
    SAME(x->midyear.is_present == y->midyear.is_present);
    SAME(x->midyear.activity_count == y->midyear.activity_count);
    for (uint32_t i = 0; i < x->midyear.activity_count; i++)
        SAME(same_mark(x->midyear.activities[i], y->midyear.activities[i]));
    SAME(same_mark(x->midyear.goal, y->midyear.goal));
    SAME(same_text(x->midyear.improvement, y->midyear.improvement));
    SAME(same_remedy(&x->midyear.remedy, &y->midyear.remedy));
    SAME(x->midyear.is_skipped == y->midyear.is_skipped);
    SAME(str_eq(x->midyear.skip_reason, y->midyear.skip_reason));
    SAME(same_remedy(&x->evaluation.remedy, &y->evaluation.remedy));
    SAME(str_eq(x->section, y->section));
    SAME(x->evaluation.is_present == y->evaluation.is_present);
    SAME(same_mark(x->evaluation.mark, y->evaluation.mark));
    SAME(same_text(x->evaluation.improvement, y->evaluation.improvement));
    SAME(same_text(x->evaluation.activities_text, y->evaluation.activities_text));
    return true;
}

static bool same_initiative(const struct initiative *x, const struct initiative *y)
{
    SAME(x->number == y->number && same_text(x->title, y->title));
    SAME(same_text(x->purpose, y->purpose) && same_span(x->at, y->at));
    return same_lists(x, y) && same_reviews(x, y);
}

static bool same_note(const struct note *x, const struct note *y)
{
    SAME(x->kind == y->kind && x->fault == y->fault && x->initiative == y->initiative);
    SAME(str_eq(x->subject, y->subject) && str_eq(x->raw, y->raw));
    return same_span(x->at, y->at);
}

bool models_same_plan(const struct plan *x, const struct plan *y)
{
    SAME(same_text(x->organisation, y->organisation));
    SAME(str_eq(x->organisation_code, y->organisation_code));
    SAME(x->fiscal_year == y->fiscal_year && same_span(x->fiscal_year_at, y->fiscal_year_at));
    SAME(same_text(x->title, y->title) && str_eq(x->form_id, y->form_id));
    SAME(str_eq(x->source_name, y->source_name) && hash_eq(x->source_hash, y->source_hash));
    SAME(x->note_count == y->note_count && x->notes_dropped == y->notes_dropped);
    SAME(x->initiative_count == y->initiative_count);
    for (uint32_t i = 0; i < x->note_count; i++)
        SAME(same_note(&x->notes[i], &y->notes[i]));
    for (uint32_t i = 0; i < x->initiative_count; i++)
        SAME(same_initiative(&x->initiatives[i], &y->initiatives[i]));
    return true;
}

bool models_same_finding(const struct finding *x, const struct finding *y)
{
    SAME(str_eq(x->rule, y->rule) && x->severity == y->severity);
    SAME(x->initiative == y->initiative && str_eq(x->subject, y->subject));
    SAME(str_eq(x->message[LANG_JA], y->message[LANG_JA]));
    SAME(str_eq(x->message[LANG_EN], y->message[LANG_EN]));
    return same_span(x->at, y->at);
}
