/* The public copy of a voice: what was reviewed, and nothing else. */
#include "model/voice.h"

#include "base/banned.h"

static str day_str(struct arena *a, date d)
{
    return str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void meeting_put(struct arena *a, struct value *m, const struct voice *v)
{
    struct value *one;

    if (!v->meeting_number)
        return;
    one = value_put_map(a, m, "meeting");
    value_put_int(a, one, "fiscal_year", v->meeting_year);
    value_put_int(a, one, "number", v->meeting_number);
    value_put_text(a, one, "moment", moment_word(v->moment));
}

/* Withheld: that it came, when about, of what kind, and why nobody may read it. */
static struct value *withheld(struct arena *a, const struct voice *v)
{
    struct value *m = value_map(a), *parts;

    value_put_text(a, m, "door", door_word(v->door));
    value_put_text(a, m, "month", str_take(day_str(a, v->turns[0].received), 7));
    value_put_text(a, m, "publication", publication_word(v->publication));
    value_put_text(a, m, "reason", v->publication_reason);
    parts = value_put_list(a, m, "parts");
    for (uint32_t i = 0; i < v->part_count; i++)
        value_put_text(a, value_add_map(a, parts), "category", v->parts[i].category);
    return m;
}

static void answers_put(struct arena *a, struct value *map, const struct voice_part *p)
{
    struct value *list = value_put_list(a, map, "answers");

    for (uint32_t i = 0; i < p->answer_count; i++) {
        const struct voice_answer *one = &p->answers[i];
        struct value *v = value_add_map(a, list);

        value_put_int(a, v, "turn", one->turn);
        value_put_text(a, v, "on", day_str(a, one->on));
        value_put_text(a, v, "kind", one->kind);
        value_put_text(a, v, "text", one->public_text.n ? one->public_text : one->text);
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

    value_put_text(a, v, "summary", p->public_summary);
    value_put_text(a, v, "category", p->category);
    value_put_text(a, v, "section", p->section);
    value_put_text(a, v, "status", p->status);
    value_put_text(a, v, "stage", stage_word(part_stage_of(p)));
    value_put_int(a, v, "fate_year", p->fate_year);
    value_put_text(a, v, "fate_reason", p->fate_reason);
    answers_put(a, v, p);
    links_put(a, v, p);
}

struct value *voice_opinion(struct arena *a, const struct voice *v)
{
    struct value *m, *parts;

    if (v->publication == PUBLICATION_WITHHELD)
        return withheld(a, v);
    if (v->publication != PUBLICATION_PUBLIC)
        return NULL;
    m = value_map(a);
    value_put_text(a, m, "door", door_word(v->door));
    value_put_text(a, m, "month", str_take(day_str(a, v->turns[0].received), 7));
    value_put_text(a, m, "received", day_str(a, v->turns[0].received));
    value_put_text(a, m, "place", v->place);
    meeting_put(a, m, v);
    value_put_text(a, m, "publication", publication_word(v->publication));
    value_put_text(a, m, "published", day_str(a, v->published));
    value_put_bool(a, m, "in_time", voice_in_time(v));
    value_put_bool(a, m, "reopened", v->turn_count > 1);
    parts = value_put_list(a, m, "parts");
    for (uint32_t i = 0; i < v->part_count; i++)
        part_put(a, parts, &v->parts[i]);
    return m;
}
