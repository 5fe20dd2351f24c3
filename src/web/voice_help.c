/* What helps whoever works on a voice: earlier answers to take up, voices that say the same
 * beside it, and what could tell a person before something is published. */
#include "web/voice_view.h"

#include "audit/audit.h"
#include "web/parts.h"

#include "base/banned.h"

enum { MODELS_SHOWN = 5, BESIDE_SHOWN = 10 };

/* ---- earlier answers ---- */

/* The newest approved answer of a voice; NULL = none. */
static const struct voice_answer *answer_of(const struct voice *x)
{
    for (uint32_t i = 0; i < x->part_count; i++)
        if (x->parts[i].answer_count)
            return &x->parts[i].answers[x->parts[i].answer_count - 1];
    return NULL;
}

static bool model_load(const struct voice_view *v, int fiscal_year, int number,
                       struct voice_stored *out, struct err *e)
{
    const struct voice_ref ref = { v->ref.organisation, fiscal_year, number, 0 };

    return store_voice(v->h.r->db, v->h.r->mem, &ref, out, e);
}

str voice_model_text(struct voice_view *v, uint32_t part)
{
    struct req *r = v->h.r;
    struct voice_stored *model = NEW(r->mem, struct voice_stored, 1);
    const struct voice_answer *answer;
    int fiscal_year, number;
    struct err none;

    if (!str_eq(req_query(r, "part"), str_fmt(r->mem, "%u", part))
        || !voice_number_parse(req_query(r, "use"), &fiscal_year, &number)
        || !model_load(v, fiscal_year, number, model, &none))
        return (str){ 0 };
    answer = answer_of(&model->voice);
    return answer ? answer->text : (str){ 0 };
}

static bool put_model(struct voice_view *v, struct value *list, const struct voice_row *row,
                      uint32_t part, struct err *e)
{
    struct req *r = v->h.r;
    struct voice_stored *model = NEW(r->mem, struct voice_stored, 1);
    const struct voice_answer *answer;
    struct value *m, *words;
    uint32_t uses;
    str label, url;

    if (!model_load(v, row->fiscal_year, row->number, model, e))
        return false;
    answer = answer_of(&model->voice);
    if (!answer || !answer->text.n)
        return true;
    if (!store_voice_same_answers(r->db, &v->ref, answer->text, &uses, e))
        return false;
    m = value_add_map(r->mem, list);
    label = voice_label(r, row->fiscal_year, row->number);
    url = req_url_with(r, voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""), "part",
                       str_fmt(r->mem, "%u", part));
    words = value_map(r->mem);
    value_put_int(r->mem, words, "n", uses);
    value_put_text(r->mem, m, "label", label);
    value_put_text(r->mem, m, "url", voice_url(&v->h, row->fiscal_year, row->number, ""));
    value_put_text(r->mem, m, "use_url", req_url_with(r, url, "use", label));
    value_put_text(r->mem, m, "summary", row->summary);
    value_put_text(r->mem, m, "text", answer->text);
    value_put_text_or_null(r->mem, m, "uses",
                           uses ? req_message(r, "hearing.models_uses", words) : (str){ 0 });
    return true;
}

/* By the words that were asked for; without any, those of the same category. */
static bool models_find(struct voice_view *v, uint32_t part, struct voice_rows *out,
                        struct err *e)
{
    struct req *r = v->h.r;
    const struct voice_part *p = &v->stored.voice.parts[part - 1];
    const str words = req_query(r, "models");
    struct voice_filter filter = {
        .organisation = v->ref.organisation,
        .query = words,
        .page = { 0, MODELS_SHOWN },
    };

    if (!words.n && p->category.n)
        filter.facets[filter.facet_count++] =
            (struct facet_value){ FACET_CATEGORY, p->category };
    return store_voices(r->db, r->mem, &filter, out, e);
}

bool voice_put_models(struct voice_view *v, struct value *map, uint32_t part, struct err *e)
{
    struct req *r = v->h.r;
    const bool is_drafting = voice_view_may(v, VOICE_DRAFT, part);
    const bool is_asked =
        str_eq(req_query(r, "part"), str_fmt(r->mem, "%u", part)) && !req_query(r, "use").n;
    struct value *list = value_put_list(r->mem, map, "models");
    struct voice_rows found = { 0 };

    value_put_bool(r->mem, map, "is_drafting", is_drafting);
    value_put_text(r->mem, map, "models_query", is_asked ? req_query(r, "models") : (str){ 0 });
    value_put_text(r->mem, map, "models_url",
                   voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""));
    if (is_drafting && is_asked && !models_find(v, part, &found, e))
        return false;
    for (uint32_t i = 0; i < found.count; i++) {
        const bool is_self = found.rows[i].fiscal_year == v->ref.fiscal_year
                             && found.rows[i].number == v->ref.number;

        if (!is_self && !put_model(v, list, &found.rows[i], part, e))
            return false;
    }
    value_put_bool(r->mem, map, "has_models", is_drafting && is_asked);
    value_put_bool(r->mem, map, "models_none", is_drafting && is_asked && !list->count);
    return true;
}

/* ---- what could tell a person ---- */

str voice_masked(const struct voice_view *v, str text)
{
    struct mask_spans spans;

    mask_find(v->h.r->mem, text, &spans);
    return mask_apply(v->h.r->mem, text, &spans, true);
}

static void add_piece(struct arena *a, struct value *list, str text, bool is_marked)
{
    struct value *m;

    if (!text.n)
        return;
    m = value_add_map(a, list);
    value_put_text(a, m, "text", text);
    value_put_bool(a, m, "is_marked", is_marked);
}

static void put_mask(const struct voice_view *v, struct value *list, uint32_t part,
                     const char *what, str text)
{
    const struct req *r = v->h.r;
    struct mask_spans spans;
    struct value *m, *pieces, *words = value_map(r->mem);
    struct buf says;
    size_t at = 0;

    mask_find(r->mem, text, &spans);
    if (!spans.count)
        return;
    m = value_add_map(r->mem, list);
    value_put_int(r->mem, words, "n", part);
    value_put_text(r->mem, m, "label", req_message(r, what, words));
    pieces = value_put_list(r->mem, m, "pieces");
    buf_init(&says, r->mem, 200, 4000);
    for (uint32_t i = 0; i < spans.count; i++) {
        const struct mask_span *s = &spans.rows[i];

        add_piece(r->mem, pieces, str_take(str_skip(text, at), s->from - at), false);
        add_piece(r->mem, pieces, str_take(str_skip(text, s->from), s->to - s->from), true);
        at = s->to;
        buf_put(&says, i ? STR(" · ") : STR(""));
        buf_put(&says, part_word(r, "hearing_mask", mask_kind_word(s->kind)));
        buf_put(&says,
                req_message(r, s->is_certain ? "hearing.mask_certain" : "hearing.mask_maybe",
                            NULL));
    }
    add_piece(r->mem, pieces, str_skip(text, at), false);
    value_put_text(r->mem, m, "says", buf_str(&says));
}

/* As reviewed, as approved, or as it is being written. */
static str answer_to_publish(const struct voice_part *p)
{
    const struct voice_answer *last = p->answer_count ? &p->answers[p->answer_count - 1] : NULL;

    if (!last)
        return p->text;
    return last->public_text.n ? last->public_text : last->text;
}

void voice_put_masks(const struct voice_view *v)
{
    struct arena *a = v->h.r->mem;
    struct value *list = value_put_list(a, v->h.page, "masks");
    const struct voice *x = &v->stored.voice;

    if (x->publication == PUBLICATION_UNDECIDED
        && (voice_view_may(v, VOICE_EMBARGO, 0) || voice_view_may(v, VOICE_PUBLISH, 0))) {
        for (uint32_t i = 0; i < x->part_count; i++) {
            const struct voice_part *p = &x->parts[i];

            put_mask(v, list, i + 1, "hearing.mask_summary",
                     p->public_summary.n ? p->public_summary : p->summary);
            put_mask(v, list, i + 1, "hearing.mask_answer", answer_to_publish(p));
        }
    }
    value_put_bool(a, v->h.page, "has_masks", list->count > 0);
}

/* ---- side by side ---- */

static bool put_beside(struct voice_view *v, struct value *list, int fiscal_year, int number,
                       struct err *e)
{
    struct req *r = v->h.r;
    struct voice_stored *other = NEW(r->mem, struct voice_stored, 1);
    const struct voice_answer *answer;
    struct value *m;

    if (!model_load(v, fiscal_year, number, other, e))
        return false;
    m = value_add_map(r->mem, list);
    answer = answer_of(&other->voice);
    value_put_text(r->mem, m, "label", voice_label(r, fiscal_year, number));
    value_put_text(r->mem, m, "url", voice_url(&v->h, fiscal_year, number, ""));
    value_put_text(r->mem, m, "state",
                   str_from(voice_state_label(voice_state_of(&other->voice), r->lang)));
    value_put_text(r->mem, m, "summary", other->voice.parts[0].summary);
    value_put_text_or_null(r->mem, m, "answer", answer ? answer->text : (str){ 0 });
    return true;
}

/* One that is asked for (?beside=) and is not in the group yet. */
static bool put_asked(struct voice_view *v, struct value *list, struct err *e)
{
    int fiscal_year, number;

    if (!voice_number_parse(req_query(v->h.r, "beside"), &fiscal_year, &number)
        || put_beside(v, list, fiscal_year, number, e))
        return true;
    return e->code == ERR_NOT_FOUND;
}

bool voice_put_group(struct voice_view *v, struct err *e)
{
    struct req *r = v->h.r;
    struct value *list = value_put_list(r->mem, v->h.page, "group");
    struct voice_rows rows;
    uint32_t beside = 0;

    if (!store_voice_group(r->db, r->mem, &v->ref, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count && beside < BESIDE_SHOWN; i++) {
        if (rows.rows[i].fiscal_year == v->ref.fiscal_year
            && rows.rows[i].number == v->ref.number)
            continue;
        beside++;
        if (!put_beside(v, list, rows.rows[i].fiscal_year, rows.rows[i].number, e))
            return false;
    }
    if (!put_asked(v, list, e))
        return false;
    value_put_bool(r->mem, v->h.page, "may_group", voice_view_may(v, VOICE_GROUP, 0));
    value_put_text(r->mem, v->h.page, "beside_url",
                   voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""));
    value_put_text(r->mem, v->h.page, "beside", req_query(r, "beside"));
    value_put_bool(r->mem, v->h.page, "has_group", list->count > 0);
    return true;
}
