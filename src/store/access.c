/* Who may write what: which entity a kind of record is about, and which duties may write it. A
 * new kind is a row here and one in project.c. What a duty may change within a record (which
 * step of a sheet, which move) is asked of model/cycle.h by whoever makes the draft. */
#include "store/entry_inner.h"

#include "base/banned.h"

/* In `entity` Y is a fiscal year, N a number, * a name of [a-z0-9-]; each a whole part. */
static const struct kind_rule {
    str kind, entity;
    unsigned duties; /* may write it; "cli" may write everything */
} KINDS[] = {
#define BY(duty) DUTY_BIT(DUTY_##duty)
    { STR_INIT("organisation"), STR_INIT("organisation"), BY(PLANNING) | BY(ADMINISTRATOR) },
    { STR_INIT("source"), STR_INIT("source/*"),
      DUTIES_WRITE | BY(LISTENER) | BY(ADMINISTRATOR) },
    { STR_INIT("plan"), STR_INIT("plan/Y"), BY(PLANNING) | BY(MAYOR) },
    { STR_INIT("initiative"), STR_INIT("plan/Y/initiative/N"), BY(PLANNING) | BY(MAYOR) },
    { STR_INIT("findings"), STR_INIT("plan/Y/findings"), BY(PLANNING) | BY(MAYOR) },
    { STR_INIT("commitment"), STR_INIT("plan/Y/commitment/*"), BY(PLANNING) | BY(MAYOR) },
    { STR_INIT("cycle"), STR_INIT("work/Y"), BY(PLANNING) | BY(MAYOR) },
    { STR_INIT("sheet"), STR_INIT("work/Y/sheet/N"), DUTIES_WRITE },
    { STR_INIT("step"), STR_INIT("work/Y/step/N/*"), DUTIES_WRITE },
    { STR_INIT("answer"), STR_INIT("work/Y/answer/N/*"), DUTIES_WRITE },
    { STR_INIT("commitment"), STR_INIT("work/Y/commitment/*"), BY(PLANNING) },
    { STR_INIT("indicator"), STR_INIT("catalogue/*"), BY(PLANNING) },
    { STR_INIT("grant"), STR_INIT("grant/*/*"), BY(ADMINISTRATOR) },
    { STR_INIT("survey"), STR_INIT("survey/*"), BY(PLANNING) },
    { STR_INIT("answers"), STR_INIT("survey/*/answers"), BY(PLANNING) },
    { STR_INIT("survey"), STR_INIT("work/survey/*"), DUTIES_WRITE },
    { STR_INIT("answers"), STR_INIT("work/survey/*/answers"), DUTIES_WRITE },
    { STR_INIT("areas"), STR_INIT("areas"), BY(PLANNING) },
    { STR_INIT("register"), STR_INIT("register/*"), BY(PLANNING) | BY(ADMINISTRATOR) },
    { STR_INIT("ledger"), STR_INIT("ledger/*"), BY(PLANNING) | BY(ADMINISTRATOR) },
    { STR_INIT("entries"), STR_INIT("register/*/batch/N"), DUTIES_WRITE | BY(ADMINISTRATOR) },
    { STR_INIT("entries"), STR_INIT("ledger/*/batch/N"), DUTIES_WRITE | BY(ADMINISTRATOR) },
    { STR_INIT("binding"), STR_INIT("binding/*"), DUTIES_WRITE },
    { STR_INIT("actual"), STR_INIT("actual/Y/*"), DUTIES_WRITE },
    { STR_INIT("declined"), STR_INIT("declined/Y/*"), DUTIES_WRITE },
    { STR_INIT("hearing"), STR_INIT("hearing"), BY(PLANNING) | BY(LISTENER) },
    { STR_INIT("voice"), STR_INIT("voice/Y/N"), DUTIES_WRITE | BY(LISTENER) },
    { STR_INIT("opinion"), STR_INIT("opinion/Y/N"), DUTIES_WRITE | BY(LISTENER) },
    { STR_INIT("look"), STR_INIT("voice/Y/N/look"), BY(LISTENER) },
    { STR_INIT("erasure"), STR_INIT("voice/Y/N/erasure"), BY(LISTENER) },
    { STR_INIT("disclosure"), STR_INIT("voice/Y/N/disclosure"), BY(LISTENER) },
    { STR_INIT("council"), STR_INIT("council"), BY(PLANNING) | BY(LISTENER) },
    { STR_INIT("meeting"), STR_INIT("meeting/Y/N"), BY(PLANNING) | BY(LISTENER) },
#undef BY
};

/* Digits as they are printed: no zero before them. */
static bool is_number(str part, size_t most)
{
    for (size_t i = 0; i < part.n; i++)
        if (part.p[i] < '0' || part.p[i] > '9')
            return false;
    return part.n && part.n <= most && (part.p[0] != '0' || part.n == 1);
}

static bool is_name(str part)
{
    for (size_t i = 0; i < part.n; i++) {
        const char c = part.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return part.n > 0 && part.n <= 80;
}

static bool part_fits(str part, str pattern)
{
    if (str_eq(pattern, STR("Y")))
        return part.n == 4 && is_number(part, 4);
    if (str_eq(pattern, STR("N")))
        return is_number(part, 9);
    return str_eq(pattern, STR("*")) ? is_name(part) : str_eq(part, pattern);
}

static bool entity_fits(str entity, str pattern)
{
    while (entity.n && pattern.n) {
        str part, want;

        entity = str_cut(entity, '/', &part);
        pattern = str_cut(pattern, '/', &want);
        if (!part_fits(part, want))
            return false;
    }
    return !entity.n && !pattern.n;
}

static const struct kind_rule *rule_of(const struct draft *d)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_eq(KINDS[i].kind, d->kind) && entity_fits(d->entity, KINDS[i].entity))
            return &KINDS[i];
    return NULL;
}

bool kind_fits(const struct draft *d)
{
    return !str_ends(d->entity, STR("/")) && rule_of(d) != NULL;
}

bool actor_is_machine(const struct actor *who)
{
    return str_eq(who->id, STR("cli"));
}

bool access_duties(struct conn *c, const struct stamp *stamp, str organisation, str section,
                   unsigned *out, struct err *e)
{
    const struct duty_place at = { organisation, section, stamp->now_ms };

    return store_duties(c, stamp->who->id, &at, out, e);
}

/* "binding/KEY", "actual/2024/KEY", "declined/2024/KEY": the section whose sheet has the
 * indicator, "" when none has. */
static bool section_of_indicator(struct conn *c, struct arena *a, const struct draft *d,
                                 str *section, struct err *e)
{
    str key = { 0 };

    for (str rest = d->entity; rest.n;)
        rest = str_cut(rest, '/', &key);
    return store_indicator_section(c, a, d->organisation, key, section, e);
}

static bool is_of_indicator(const struct draft *d)
{
    return str_eq(d->kind, STR("binding")) || str_eq(d->kind, STR("actual"))
           || str_eq(d->kind, STR("declined"));
}

/* The section whose duty counts: that of the sheet, "" for what belongs to all. A sheet that is
 * new says itself whose it is. */
static bool section_of(struct conn *c, struct arena *a, const struct draft *d,
                       const struct value *tree, str *section, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SHEET_SECTION);
    int year, number;
    bool found;

    *section = (str){ 0 };
    if (is_of_indicator(d))
        return section_of_indicator(c, a, d, section, e);
    entity_parts(d->entity, &year, &number);
    if (!number || !str_starts(d->entity, STR("work/")))
        return true;
    put_text(&q, d->organisation);
    put_int(&q, year);
    put_int(&q, number);
    if (!query_step(&q, &found, e))
        return false;
    *section = found ? take_text(&q, a) : value_text(tree, "section");
    return true;
}

bool store_book_duties(struct conn *c, str account, const struct duty_place *at, unsigned *out,
                       struct err *e)
{
    return at->section.n
               ? store_duties(c, account, at, out, e)
               : store_duties_within(c, account, at->organisation, at->now_ms, out, e);
}

/* Entries belong to the section that keeps their register. */
static bool entries_duties(struct conn *c, struct arena *a, const struct stamp *stamp,
                           const struct draft *d, unsigned *out, struct err *e)
{
    struct book_ref ref = { .organisation = d->organisation };
    struct register_def def;
    struct hash record;
    int64_t number;

    *out = DUTIES_NONE;
    return !entity_batch(d->entity, &ref.book, &number)
           || (store_book(c, a, &ref, &def, &record, e)
               && store_book_duties(c, stamp->who->id,
                                    &(struct duty_place){ d->organisation, def.section,
                                                          stamp->now_ms },
                                    out, e));
}

/* For which section a voice may be written, voice_may has said of the voice as it stood. */
static bool is_voice(str entity)
{
    return str_starts(entity, STR("voice/")) || str_starts(entity, STR("opinion/"));
}

/* The duties that count for a draft. A survey that is worked on is any section's affair. */
static bool held_for(struct conn *c, const struct stamp *stamp, const struct draft *d,
                     const struct value *tree, unsigned *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    str section;

    if (str_eq(d->kind, STR("entries")))
        return entries_duties(c, &mem, stamp, d, out, e);
    /* the bytes of a table that somebody enters, and what is worked on: any section's */
    if (str_eq(d->kind, STR("source")) || str_starts(d->entity, STR("work/survey/"))
        || is_voice(d->entity))
        return store_duties_within(c, stamp->who->id, d->organisation, stamp->now_ms, out, e);
    return section_of(c, &mem, d, tree, &section, e)
           && access_duties(c, stamp, d->organisation, section, out, e);
}

/* Whoever sends a voice, or reopens it by the receipt. */
static bool is_residents(const struct stamp *stamp, const struct draft *d)
{
    return str_eq(stamp->who->id, ACTOR_RESIDENT.id)
           && (str_eq(d->kind, STR("voice")) || str_eq(d->kind, STR("opinion")));
}

bool access_check(struct conn *c, const struct stamp *stamp, const struct draft *d,
                  const struct value *tree, struct err *e)
{
    const struct kind_rule *rule = rule_of(d);
    unsigned held;
    enum duty duty;

    if (actor_is_machine(stamp->who) || is_residents(stamp, d))
        return true;
    if (!rule || !duty_parse(stamp->who->role, &duty) || !(rule->duties & DUTY_BIT(duty)))
        return err_set(e, ERR_DENIED, "この役割では書き込めません(%.*s)。", STR_ARG(d->entity));
    if (!held_for(c, stamp, d, tree, &held, e))
        return false;
    return (held & DUTY_BIT(duty))
           || err_set(e, ERR_DENIED,
                      "その役割の権限がありません。期間が終わったか、ほかの課のものです。"
                      "管理者に確かめてください。");
}
