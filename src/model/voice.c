/* A voice as its record holds it, and what follows from it. */
#include "model/voice.h"

#include <stdlib.h>

#include "base/banned.h"

/* ---- numbers ---- */

void voice_number_put(struct buf *b, int fiscal_year, int number)
{
    buf_fmt(b, "%d-%06d", fiscal_year, number);
}

static bool digits_of(str s, int *out)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (s.p[i] - '0');
    }
    *out = n;
    return s.n > 0 && s.n <= 9 && n > 0;
}

bool voice_number_parse(str s, int *fiscal_year, int *number)
{
    str year;
    const str rest = str_cut(str_trim(s), '-', &year);

    return year.n == 4 && digits_of(year, fiscal_year) && *fiscal_year >= FISCAL_MIN
           && *fiscal_year <= FISCAL_MAX && digits_of(rest, number);
}

/* ---- writing ---- */

static void put_day(struct arena *a, struct value *map, const char *key, date d)
{
    if (d.year)
        value_put_text(a, map, key, str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day));
    else
        value_put_null(a, map, key);
}

static str hex_of(struct arena *a, struct hash h)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    hash_put(&b, h);
    return buf_str(&b);
}

static void turn_put(struct arena *a, struct value *list, const struct voice_turn *t)
{
    struct value *v = value_add_map(a, list);

    value_put_text(a, v, "text", hex_of(a, t->text));
    value_put_int(a, v, "at", t->at_ms);
    put_day(a, v, "received", t->received);
    put_day(a, v, "due", t->due);
    put_day(a, v, "answered", t->answered);
}

static void answers_put(struct arena *a, struct value *map, const struct voice_part *p)
{
    struct value *list = value_put_list(a, map, "answers");

    for (uint32_t i = 0; i < p->answer_count; i++) {
        const struct voice_answer *one = &p->answers[i];
        struct value *v = value_add_map(a, list);

        value_put_int(a, v, "turn", one->turn);
        value_put_text(a, v, "kind", one->kind);
        value_put_text(a, v, "text", one->text);
        value_put_text(a, v, "author", one->author);
        value_put_text(a, v, "approver", one->approver);
        put_day(a, v, "on", one->on);
        value_put_text(a, v, "public_text", one->public_text);
    }
}

static void links_put(struct arena *a, struct value *map, const struct voice_part *p)
{
    struct value *list = value_put_list(a, map, "links");

    for (uint32_t i = 0; i < p->link_count; i++) {
        const struct voice_link *one = &p->links[i];
        struct value *v = value_add_map(a, list);

        value_put_text(a, v, "kind", link_kind_word(one->kind));
        value_put_int(a, v, "fiscal_year", one->fiscal_year);
        value_put_int(a, v, "number", one->number);
        value_put_text(a, v, "key", one->key);
        value_put_text(a, v, "text", one->text);
    }
}

static void part_put(struct arena *a, struct value *list, const struct voice_part *p)
{
    struct value *v = value_add_map(a, list);

    value_put_text(a, v, "summary", p->summary);
    value_put_text(a, v, "category", p->category);
    value_put_text(a, v, "section", p->section);
    value_put_text(a, v, "state", part_state_word(p->state));
    value_put_text(a, v, "kind", p->kind);
    value_put_text(a, v, "text", p->text);
    value_put_text(a, v, "writer", p->writer);
    value_put_text(a, v, "comment", p->comment);
    answers_put(a, v, p);
    value_put_text(a, v, "status", p->status);
    value_put_text(a, v, "stage", stage_word(p->stage));
    value_put_bool(a, v, "final", p->is_final);
    value_put_text(a, v, "fate_reason", p->fate_reason);
    value_put_int(a, v, "fate_year", p->fate_year);
    links_put(a, v, p);
    value_put_text(a, v, "public_summary", p->public_summary);
}

struct value *voice_value(struct arena *a, const struct voice *v)
{
    struct value *m = value_map(a), *list;

    value_put_text(a, m, "step", voice_step_word(v->step));
    value_put_int(a, m, "step_part", v->step_part);
    value_put_text(a, m, "door", door_word(v->door));
    value_put_text(a, m, "way", v->way);
    value_put_text(a, m, "place", v->place);
    value_put_int(a, m, "meeting_year", v->meeting_year);
    value_put_int(a, m, "meeting_number", v->meeting_number);
    value_put_text(a, m, "member", v->member);
    value_put_text(a, m, "moment", moment_word(v->moment));
    value_put_bool(a, m, "has_contact", v->has_contact);
    list = value_put_list(a, m, "turns");
    for (uint32_t i = 0; i < v->turn_count; i++)
        turn_put(a, list, &v->turns[i]);
    list = value_put_list(a, m, "parts");
    for (uint32_t i = 0; i < v->part_count; i++)
        part_put(a, list, &v->parts[i]);
    value_put_int(a, m, "group_year", v->group_year);
    value_put_int(a, m, "group_number", v->group_number);
    value_put_text(a, m, "publication", publication_word(v->publication));
    value_put_text(a, m, "publication_reason", v->publication_reason);
    put_day(a, m, "published", v->published);
    put_day(a, m, "closed", v->closed);
    return m;
}

/* ---- reading ---- */

static bool broken(struct err *e, const char *what)
{
    return err_set(e, ERR_INPUT, "声の記録の %s の形が正しくありません。", what);
}

/* A day, or null where there may be none. */
static bool take_day(const struct value *map, const char *key, date *out)
{
    const str s = value_text(map, key);

    *out = (date){ 0 };
    return !s.n || date_parse(s, out);
}

static bool turn_read(const struct value *v, struct voice_turn *out, struct err *e)
{
    *out = (struct voice_turn){ .at_ms = value_int(v, "at") };
    return (hash_parse(value_text(v, "text"), &out->text)
            && take_day(v, "received", &out->received) && out->received.year
            && take_day(v, "due", &out->due) && out->due.year
            && take_day(v, "answered", &out->answered))
           || broken(e, "turns");
}

static bool answer_read(const struct value *v, struct voice_answer *out, struct err *e)
{
    *out = (struct voice_answer){ .turn = (uint32_t)value_int(v, "turn"),
                                  .kind = value_text(v, "kind"),
                                  .text = value_text(v, "text"),
                                  .author = value_text(v, "author"),
                                  .approver = value_text(v, "approver"),
                                  .public_text = value_text(v, "public_text") };
    return (out->turn < VOICE_TURNS && take_day(v, "on", &out->on) && out->on.year)
           || broken(e, "answers");
}

static bool link_read(const struct value *v, struct voice_link *out, struct err *e)
{
    *out = (struct voice_link){ .fiscal_year = (int)value_int(v, "fiscal_year"),
                                .number = (int)value_int(v, "number"),
                                .key = value_text(v, "key"),
                                .text = value_text(v, "text") };
    return link_kind_parse(value_text(v, "kind"), &out->kind) || broken(e, "links");
}

static bool lists_read(struct arena *a, const struct value *v, struct voice_part *out,
                       struct err *e)
{
    const struct value *answers = value_get(v, STR("answers"));
    const struct value *links = value_get(v, STR("links"));

    if ((answers && answers->count > VOICE_TURNS) || (links && links->count > VOICE_LINKS_MAX))
        return broken(e, "parts");
    for (const struct value *x = answers ? answers->first : NULL; x; x = x->next)
        if (!answer_read(x, &out->answers[out->answer_count++], e))
            return false;
    out->links = NEW(a, struct voice_link, links ? links->count : 0);
    for (const struct value *x = links ? links->first : NULL; x; x = x->next)
        if (!link_read(x, &out->links[out->link_count++], e))
            return false;
    return true;
}

static bool part_read(struct arena *a, const struct value *v, struct voice_part *out,
                      struct err *e)
{
    *out = (struct voice_part){
        .summary = value_text(v, "summary"),
        .category = value_text(v, "category"),
        .section = value_text(v, "section"),
        .kind = value_text(v, "kind"),
        .text = value_text(v, "text"),
        .writer = value_text(v, "writer"),
        .comment = value_text(v, "comment"),
        .status = value_text(v, "status"),
        .is_final = value_bool(v, "final"),
        .fate_reason = value_text(v, "fate_reason"),
        .fate_year = (int)value_int(v, "fate_year"),
        .public_summary = value_text(v, "public_summary"),
    };
    if (!part_state_parse(value_text(v, "state"), &out->state)
        || !stage_parse(value_text(v, "stage"), &out->stage))
        return broken(e, "parts");
    return lists_read(a, v, out, e);
}

static bool words_read(const struct value *tree, struct voice *v, struct err *e)
{
    if (!voice_step_parse(value_text(tree, "step"), &v->step))
        return broken(e, "step");
    if (!door_parse(value_text(tree, "door"), &v->door))
        return broken(e, "door");
    if (!moment_parse(value_text(tree, "moment"), &v->moment))
        return broken(e, "moment");
    return publication_parse(value_text(tree, "publication"), &v->publication)
           || broken(e, "publication");
}

bool voice_read(struct arena *a, const struct value *tree, struct voice *out, struct err *e)
{
    const struct value *turns = value_get(tree, STR("turns"));
    const struct value *parts = value_get(tree, STR("parts"));
    struct voice v = {
        .way = value_text(tree, "way"),
        .place = value_text(tree, "place"),
        .meeting_year = (int)value_int(tree, "meeting_year"),
        .meeting_number = (int)value_int(tree, "meeting_number"),
        .member = value_text(tree, "member"),
        .has_contact = value_bool(tree, "has_contact"),
        .group_year = (int)value_int(tree, "group_year"),
        .group_number = (int)value_int(tree, "group_number"),
        .publication_reason = value_text(tree, "publication_reason"),
        .step_part = (uint32_t)value_int(tree, "step_part"),
    };

    if (!words_read(tree, &v, e))
        return false;
    if (!take_day(tree, "published", &v.published) || !take_day(tree, "closed", &v.closed))
        return broken(e, "published");
    if (!turns || !turns->count || turns->count > VOICE_TURNS)
        return broken(e, "turns");
    if (!parts || !parts->count || parts->count > VOICE_PARTS_MAX)
        return broken(e, "parts");
    for (const struct value *x = turns->first; x; x = x->next)
        if (!turn_read(x, &v.turns[v.turn_count++], e))
            return false;
    v.parts = NEW(a, struct voice_part, parts->count);
    for (const struct value *x = parts->first; x; x = x->next)
        if (!part_read(a, x, &v.parts[v.part_count++], e))
            return false;
    *out = v;
    return true;
}

/* ---- what follows ---- */

enum voice_state voice_state_of(const struct voice *v)
{
    bool all_final = true;

    for (uint32_t i = 0; i < v->part_count; i++) {
        if (v->parts[i].state != PART_ANSWERED)
            return VOICE_OPEN;
        all_final = all_final && v->parts[i].is_final;
    }
    return all_final ? VOICE_CLOSED : VOICE_ANSWERED;
}

enum voice_stage part_stage_of(const struct voice_part *p)
{
    if (p->state == PART_NEW)
        return STAGE_RECEIVED;
    if (p->state != PART_ANSWERED)
        return STAGE_ASSIGNED;
    return p->stage > STAGE_ANSWERED ? p->stage : STAGE_ANSWERED;
}

enum voice_stage voice_stage_of(const struct voice *v)
{
    enum voice_stage least = STAGE_DECLINED;

    for (uint32_t i = 0; i < v->part_count; i++) {
        const enum voice_stage s = part_stage_of(&v->parts[i]);

        least = s < least ? s : least;
    }
    return least;
}

int voice_days(const struct voice *v)
{
    const struct voice_turn *first = &v->turns[0];

    return first->answered.year
               ? (int)(date_number(first->answered) - date_number(first->received))
               : -1;
}

bool voice_in_time(const struct voice *v)
{
    const struct voice_turn *first = &v->turns[0];

    return first->answered.year && date_number(first->answered) <= date_number(first->due);
}

date voice_due(const struct voice *v)
{
    return v->turns[v->turn_count - 1].due;
}

/* ---- facets ---- */

struct facets {
    struct arena *a;
    struct facet_value *rows;
    uint32_t count;
};

static void facet_add(struct facets *f, enum voice_facet facet, str value)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->rows[i].facet == facet && str_eq(f->rows[i].value, value))
            return;
    f->rows[f->count++] = (struct facet_value){ facet, value };
}

static void facet_add_given(struct facets *f, enum voice_facet facet, str value)
{
    if (value.n)
        facet_add(f, facet, value);
}

static str day_str(struct arena *a, date d)
{
    return str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* Category and section of a part, unless a part before it has the same. */
static void term_put_part(struct buf *b, const struct voice *v, uint32_t part)
{
    const struct voice_part *p = &v->parts[part];

    for (uint32_t i = 0; i < part; i++)
        if (str_eq(v->parts[i].category, p->category)
            && str_eq(v->parts[i].section, p->section))
            return;
    buf_fmt(b, "\n%.*s\t%.*s", STR_ARG(p->category), STR_ARG(p->section));
}

struct voice_term voice_term_of(struct arena *a, const struct voice *v)
{
    struct buf facets;

    buf_init(&facets, a, 64, LIMIT_JSON_BYTES);
    buf_put(&facets, door_word(v->door));
    for (uint32_t i = 0; i < v->part_count; i++)
        term_put_part(&facets, v, i);
    return (struct voice_term){ .facets = buf_str(&facets),
                                .received = day_str(a, v->turns[0].received),
                                .due = day_str(a, v->turns[0].due),
                                .in_time = voice_in_time(v),
                                .voices = 1 };
}

static void facets_of_time(struct facets *f, const struct voice *v, enum voice_state state)
{
    const int days = voice_days(v);

    facet_add(f, FACET_MONTH, str_take(day_str(f->a, v->turns[0].received), 7));
    if (days < 0)
        facet_add(f, FACET_TIMING, STR("waiting"));
    else
        facet_add(f, FACET_TIMING, voice_in_time(v) ? STR("in-time") : STR("late"));
    if (days >= 0)
        facet_add(f, FACET_DAYS, str_fmt(f->a, "%04d", days < 9999 ? days : 9999));
    if (state == VOICE_OPEN)
        facet_add(f, FACET_DUE, day_str(f->a, voice_due(v)));
    if (v->turn_count > 1)
        facet_add(f, FACET_REOPENED, STR("yes"));
}

uint32_t voice_facets(struct arena *a, const struct voice *v,
                      struct facet_value out[VOICE_FACETS_MAX])
{
    struct facets f = { .a = a, .rows = out };
    const enum voice_state state = voice_state_of(v);

    facet_add(&f, FACET_ALL, STR(""));
    facet_add(&f, FACET_DOOR, door_word(v->door));
    facet_add(&f, FACET_STATE, voice_state_word(state));
    facet_add(&f, FACET_STAGE, stage_word(voice_stage_of(v)));
    facet_add(&f, FACET_PUBLICATION, publication_word(v->publication));
    facet_add_given(&f, FACET_REASON, v->publication_reason);
    facet_add_given(&f, FACET_PLACE, v->place);
    facet_add_given(&f, FACET_WAY, v->way);
    if (v->meeting_number)
        facet_add(&f, FACET_MEETING, str_fmt(a, "%d/%d", v->meeting_year, v->meeting_number));
    facets_of_time(&f, v, state);
    for (uint32_t i = 0; i < v->part_count; i++) {
        const struct voice_part *p = &v->parts[i];

        facet_add(&f, FACET_CATEGORY, p->category);
        facet_add(&f, FACET_SECTION, p->section);
        facet_add_given(&f, FACET_STATUS, p->status);
        if (p->answer_count)
            facet_add(&f, FACET_KIND, p->answers[p->answer_count - 1].kind);
    }
    return f.count;
}

static void facets_of_part(struct facets *f, const struct value *part)
{
    const struct value *answers = value_get(part, STR("answers"));

    facet_add_given(f, FACET_CATEGORY, value_text(part, "category"));
    facet_add_given(f, FACET_SECTION, value_text(part, "section"));
    facet_add_given(f, FACET_STATUS, value_text(part, "status"));
    facet_add_given(f, FACET_STAGE, value_text(part, "stage"));
    if (answers && answers->last)
        facet_add_given(f, FACET_KIND, value_text(answers->last, "kind"));
}

uint32_t opinion_facets(struct arena *a, const struct value *opinion,
                        struct facet_value out[VOICE_FACETS_MAX])
{
    struct facets f = { .a = a, .rows = out };
    const struct value *meeting = value_get(opinion, STR("meeting"));
    const struct value *parts = value_get(opinion, STR("parts"));

    facet_add(&f, FACET_ALL, STR(""));
    facet_add(&f, FACET_DOOR, value_text(opinion, "door"));
    facet_add(&f, FACET_MONTH, value_text(opinion, "month"));
    facet_add(&f, FACET_PUBLICATION, value_text(opinion, "publication"));
    facet_add_given(&f, FACET_REASON, value_text(opinion, "reason"));
    facet_add_given(&f, FACET_PLACE, value_text(opinion, "place"));
    if (meeting)
        facet_add(&f, FACET_MEETING,
                  str_fmt(a, "%d/%d", (int)value_int(meeting, "fiscal_year"),
                          (int)value_int(meeting, "number")));
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next)
        facets_of_part(&f, p);
    return f.count;
}
