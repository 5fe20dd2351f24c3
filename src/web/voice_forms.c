/* What may be done with a voice, as forms: one for each step of model/voice_act.h that the
 * reader may make now. Which fields a step has stands in one table. */
#include "web/voice_view.h"

#include <stdio.h>

#include "base/banned.h"
#include "web/parts.h"

/* clang-format off */
const struct field VOICE_STEP_FIELDS[] = {
    { "step", INPUT_LINE, 20, true, { "すること", "What to do" } },
    { "part", INPUT_COUNT, 2, false, { "問い", "Question" } },
    { "seen", INPUT_HASH, 0, true, { "見ていた記録", "The record that was seen" } },
    { "summary", INPUT_TEXT, 2000, false, { "要旨(職員の言葉で)", "Summary, in staff's words" } },
    { "category", INPUT_LINE, 40, false, { "分野", "Category" } },
    { "section", INPUT_LINE, 64, false, { "担当課", "Section" } },
    { "kind", INPUT_LINE, 40, false, { "回答の種類", "Kind of response" } },
    { "text", INPUT_TEXT, 20000, false, { "回答の本文", "Text of the answer" } },
    { "status", INPUT_LINE, 40, false, { "対応状況", "Status" } },
    { "fate_year", INPUT_COUNT, 4, false, { "反映する年度(西暦)", "Fiscal year that adopts it" } },
    { "target", INPUT_LINE, 200, false, { "計画・予算のどこ", "Line of the plan or budget" } },
    { "line", INPUT_LINE, 400, false, { "予算の事業名など", "Name of the budget line" } },
    { "index", INPUT_COUNT, 2, false, { "外すつながり", "Link to take off" } },
    { "group", INPUT_LINE, 20, false, { "並べる声の番号(例: 2025-000123)", "Number of the voice beside it (2025-000123)" } },
    { "code", INPUT_LINE, 40, false, { "公開しない理由", "Reason not to publish" } },
    { "reason", INPUT_TEXT, 2000, false, { "理由・コメント", "Reason or comment" } },
    { "again", INPUT_TEXT, 20000, false, { "答えになっていないという声", "What was not answered" } },
    { "confirmed", INPUT_FLAG, 0, false, { "同じ文の回答でよいことを確かめました", "The same text is right for this voice" } },
    { "piece.*.summary", INPUT_TEXT, 2000, false, { "分けたあとの問い", "Question after the split" } },
    { "public.*.summary", INPUT_TEXT, 2000, false, { "公開する要旨", "Public summary" } },
    { "public.*.text", INPUT_TEXT, 20000, false, { "公開する回答", "Public answer" } },
    { 0 },
};

/* In the order of the page. `fields` are those of the table above; * stands for each part. */
static const struct step_form {
    enum voice_step step;
    const char *fields, *says, *fault; /* says: key of a message; fault: the field a refusal is
                                          told beside */
    bool is_main;
} FORMS[] = {
    { VOICE_TRIAGE, "summary category section", "hearing.says_triage", "summary", true },
    { VOICE_ASSIGN, "section reason", "hearing.says_assign", "section", false },
    { VOICE_DRAFT, "kind text", "hearing.says_draft", "text", true },
    { VOICE_SUBMIT, "", "hearing.says_submit", "", true },
    { VOICE_APPROVE, "", "hearing.says_approve", "", true },
    { VOICE_RETURN, "reason", NULL, "reason", false },
    { VOICE_SPLIT, "piece.1.summary piece.2.summary piece.3.summary piece.4.summary", "hearing.says_split", "piece.2.summary", false },
    { VOICE_FATE, "status fate_year target line reason", "hearing.says_fate", "status", false },
    { VOICE_LINK, "target line", "hearing.says_link", "target", false },
    { VOICE_UNLINK, "index reason", NULL, "index", false },
    { VOICE_EMBARGO, "public.*", "hearing.says_embargo", "public.1.summary", false },
    { VOICE_PUBLISH, "public.*", "hearing.says_publish", "public.1.summary", true },
    { VOICE_WITHHOLD, "code reason", "hearing.says_withhold", "code", false },
    { VOICE_GROUP, "group", "hearing.says_group", "group", false },
    { VOICE_REOPEN, "again", "hearing.says_reopen", "again", false },
};
/* clang-format on */
enum { FORM_COUNT = sizeof FORMS / sizeof FORMS[0] };

static const struct step_form *form_of(enum voice_step step)
{
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (FORMS[i].step == step)
            return &FORMS[i];
    return NULL;
}

/* What a status needs besides: the first of it that is missing. */
static const char *fate_fault(const struct voice_view *v)
{
    const struct req *r = v->h.r;
    const struct hearing_item *to =
        hearing_find(&v->h.stored.hearing.statuses, req_field(r, "status"));

    if (to && to->stage == STAGE_DECLINED && !req_field(r, "reason").n)
        return "reason";
    if (to && to->stage == STAGE_ADOPTED)
        return req_field(r, "fate_year").n ? "target" : "fate_year";
    return "status";
}

const char *voice_fault_field(const struct voice_view *v, enum voice_step step)
{
    const struct req *r = v->h.r;
    const struct step_form *form = form_of(step);

    if (step == VOICE_FATE)
        return fate_fault(v);
    if (step == VOICE_DRAFT && !req_field(r, "kind").n)
        return "kind";
    if (step == VOICE_APPROVE)
        return req_field(r, "confirmed").n ? "reason" : "confirmed";
    if (step == VOICE_ASSIGN && req_field(r, "section").n && !req_field(r, "reason").n)
        return "reason";
    return form ? form->fault : "";
}

/* ---- a form ---- */

struct form_part voice_form_begin(const struct req *r, struct value *list, str id, bool is_back,
                                  const struct field *table)
{
    struct value *map = value_add_map(r->mem, list);
    struct form_part f = form_part_begin(r, map, table, id, is_back);

    value_put_text(r->mem, map, "id", id);
    value_put_bool(r->mem, map, "is_open", is_back);
    value_put_list(r->mem, map, "hidden");
    return f;
}

/* What voice_form_begin put into the map of the form. */
static struct value *own(const struct form_part *f, const char *key)
{
    struct value *v = f->map->first;

    while (!str_eq(v->key, str_from(key)))
        v = v->next;
    return v;
}

void voice_form_open(struct form_part *f)
{
    own(f, "is_open")->truth = true;
}

void voice_form_hide(struct form_part *f, const char *name, str value)
{
    struct arena *a = f->r->mem;
    struct value *m = value_add_map(a, own(f, "hidden"));

    value_put_text(a, m, "name", str_from(name));
    value_put_text(a, m, "value", value);
}

void voice_form_title(struct form_part *f, str url, str title, str button)
{
    struct arena *a = f->r->mem;

    value_put_text(a, f->map, "url", url);
    value_put_text(a, f->map, "title", title);
    value_put_text(a, f->map, "button", button);
}

/* ---- its fields ---- */

static str number_text(const struct req *r, int n)
{
    return n ? str_fmt(r->mem, "%d", n) : (str){ 0 };
}

/* What stands in a field before anybody typed. */
static str value_now(struct voice_view *v, const struct voice_part *p, uint32_t part, str name)
{
    const struct req *r = v->h.r;
    str use;

    if (!p)
        return str_eq(name, STR("code")) ? v->stored.voice.publication_reason : (str){ 0 };
    if (str_eq(name, STR("summary")) || str_eq(name, STR("piece.1.summary")))
        return p->summary;
    if (str_eq(name, STR("category")))
        return p->category;
    if (str_eq(name, STR("section")))
        return p->section;
    if (str_eq(name, STR("kind")))
        return p->kind;
    if (str_eq(name, STR("status")))
        return p->status;
    if (str_eq(name, STR("fate_year")))
        return number_text(r, p->fate_year);
    if (!str_eq(name, STR("text")))
        return (str){ 0 };
    use = voice_model_text(v, part);
    return use.n ? use : p->text;
}

static void put_statuses(const struct voice_view *v, struct form_part *f, struct value *choice)
{
    hearing_options(&v->h, f, choice, &v->h.stored.hearing.statuses);
}

static bool put_targets(struct voice_view *v, struct form_part *f, struct value *choice,
                        struct err *e)
{
    form_part_option(f, choice, STR(""), req_message(v->h.r, "hearing.choose", NULL));
    if (!voice_targets(v, e))
        return false;
    voice_offer_targets(v, f, choice, value_text(choice, "value"));
    return true;
}

static void put_indexes(const struct voice_view *v, struct form_part *f, struct value *choice,
                        const struct voice_part *p)
{
    const struct req *r = v->h.r;

    for (uint32_t i = 0; p && i < p->link_count; i++)
        form_part_option(f, choice, number_text(r, (int)i + 1),
                         p->links[i].text.n ? p->links[i].text : p->links[i].key);
}

static bool is_choice(str name)
{
    return str_eq(name, STR("category")) || str_eq(name, STR("section"))
           || str_eq(name, STR("kind")) || str_eq(name, STR("status"))
           || str_eq(name, STR("target")) || str_eq(name, STR("index"))
           || str_eq(name, STR("code"));
}

/* A field that is chosen from a list. */
static bool put_choice(struct voice_view *v, struct form_part *f, const char *name, str now,
                       const struct voice_part *p, struct err *e)
{
    const struct hearing *h = &v->h.stored.hearing;
    const str word = str_from(name);
    struct value *choice;

    choice = form_part_choice(f, name, now, (str){ 0 });
    if (str_eq(word, STR("target")))
        return put_targets(v, f, choice, e);
    if (str_eq(word, STR("category")))
        hearing_options(&v->h, f, choice, &h->categories);
    else if (str_eq(word, STR("section")))
        hearing_sections(&v->h, f, choice);
    else if (str_eq(word, STR("kind")))
        hearing_options(&v->h, f, choice, &h->kinds);
    else if (str_eq(word, STR("status")))
        put_statuses(v, f, choice);
    else if (str_eq(word, STR("code")))
        hearing_options(&v->h, f, choice, &h->reasons);
    else
        put_indexes(v, f, choice, p);
    return true;
}

/* The reviewed texts of each part; what is certainly personal is put out beforehand. */
static void put_public(struct voice_view *v, struct form_part *f)
{
    const struct req *r = v->h.r;
    const struct voice *voice = &v->stored.voice;

    for (uint32_t i = 0; i < voice->part_count; i++) {
        const struct voice_part *p = &voice->parts[i];
        struct value *words = value_map(r->mem);
        char name[40];
        str which;

        value_put_int(r->mem, words, "n", i + 1);
        which = voice->part_count > 1 ? req_message(r, "hearing.question", words) : (str){ 0 };
        snprintf(name, sizeof name, "public.%u.summary", i + 1);
        form_part_field(f, str_c(r->mem, str_from(name)),
                        p->public_summary.n ? p->public_summary : voice_masked(v, p->summary),
                        which);
        snprintf(name, sizeof name, "public.%u.text", i + 1);
        form_part_field(f, str_c(r->mem, str_from(name)),
                        p->answer_count ? p->answers[p->answer_count - 1].public_text
                                        : (str){ 0 },
                        req_message(r, "hearing.hint_public_text", NULL));
    }
}

static bool put_fields(struct voice_view *v, struct form_part *f, const struct step_form *form,
                       uint32_t part, struct err *e)
{
    const struct voice_part *p = part ? &v->stored.voice.parts[part - 1] : NULL;
    const struct req *r = v->h.r;
    str rest = str_from(form->fields), name;

    while (rest.n) {
        const char *c_name;
        str now;

        rest = str_cut(rest, ' ', &name);
        if (str_eq(name, STR("public.*"))) {
            put_public(v, f);
            continue;
        }
        c_name = str_c(r->mem, name);
        now = form->step == VOICE_FATE && str_eq(name, STR("target"))
                  ? (str){ 0 }
                  : value_now(v, p, part, name);
        if (is_choice(name)) {
            if (!put_choice(v, f, c_name, now, p, e))
                return false;
        } else {
            form_part_field(f, c_name, now,
                            str_eq(name, STR("reason")) && voice_rule(form->step)->needs_reason
                                ? req_message(r, "hearing.reason_needed", NULL)
                                : (str){ 0 });
        }
    }
    return true;
}

/* The same answer to many others is told, and has to be meant. */
static bool put_same(struct voice_view *v, struct form_part *f, uint32_t part, struct err *e)
{
    struct req *r = v->h.r;
    struct value *words = value_map(r->mem);
    uint32_t count;

    if (!store_voice_same_answers(r->db, &v->ref, v->stored.voice.parts[part - 1].text, &count,
                                  e))
        return false;
    value_put_int(r->mem, words, "n", count);
    if (!voice_needs_confirmation(&v->h.stored.hearing, count)) {
        value_put_null(r->mem, f->map, "warning");
        return true;
    }
    value_put_text(r->mem, f->map, "warning", req_message(r, "hearing.same", words));
    form_part_field(f, "confirmed", (str){ 0 }, (str){ 0 });
    form_part_field(f, "reason", (str){ 0 }, req_message(r, "hearing.reason_needed", NULL));
    return true;
}

/* What a question waits for, or the whole voice. */
static bool is_next(const struct voice_view *v, enum voice_step step, uint32_t part)
{
    static const enum voice_step NEXT[PART_STATE_COUNT] = {
        [PART_NEW] = VOICE_TRIAGE,     [PART_ASSIGNED] = VOICE_DRAFT,
        [PART_DRAFTED] = VOICE_SUBMIT, [PART_SUBMITTED] = VOICE_APPROVE,
        [PART_RETURNED] = VOICE_DRAFT, [PART_ANSWERED] = VOICE_FATE,
    };

    if (!part)
        return step == VOICE_PUBLISH && v->stored.voice.publication == PUBLICATION_UNDECIDED;
    return NEXT[v->stored.voice.parts[part - 1].state] == step;
}

/* Steps that are called by what they are about say on their button what it does. */
static bool is_noun(enum voice_step step)
{
    return step == VOICE_TRIAGE || step == VOICE_FATE || step == VOICE_REOPEN;
}

static bool put_form(struct voice_view *v, struct value *list, const struct step_form *form,
                     uint32_t part, struct err *e)
{
    const struct req *r = v->h.r;
    const bool is_back = v->back == form->step && v->back_part == part;
    const str word = voice_step_word(form->step);
    str title;
    struct form_part f =
        voice_form_begin(r, list, str_fmt(r->mem, "%.*s-%u", STR_ARG(word), part), is_back,
                         VOICE_STEP_FIELDS);

    if (is_next(v, form->step, part)
        || (form->step == VOICE_DRAFT && voice_model_text(v, part).n))
        voice_form_open(&f);
    voice_form_hide(&f, "step", word);
    voice_form_hide(&f, "part", str_fmt(r->mem, "%u", part));
    voice_form_hide(&f, "seen", part_hash(r, v->stored.record));
    title = str_from(voice_step_label(form->step, r->lang));
    voice_form_title(&f, voice_url(&v->h, v->ref.fiscal_year, v->ref.number, ""), title,
                     is_noun(form->step) ? req_message(r, "hearing.record", NULL) : title);
    value_put_bool(r->mem, f.map, "is_main", form->is_main);
    value_put_text_or_null(r->mem, f.map, "says",
                           form->says ? req_message(r, form->says, NULL) : (str){ 0 });
    if (form->step == VOICE_APPROVE)
        return put_same(v, &f, part, e);
    value_put_null(r->mem, f.map, "warning");
    return put_fields(v, &f, form, part, e);
}

/* What may be done, and has something that it could be done to. */
static bool is_offered(const struct voice_view *v, enum voice_step step, uint32_t part)
{
    if (step == VOICE_UNLINK && !v->stored.voice.parts[part - 1].link_count)
        return false;
    return voice_view_may(v, step, part);
}

bool voice_put_forms(struct voice_view *v, struct value *map, uint32_t part, struct err *e)
{
    struct value *list = value_put_list(v->h.r->mem, map, "forms");

    for (size_t i = 0; i < FORM_COUNT; i++) {
        const enum voice_step step = FORMS[i].step;
        const bool is_back = v->back == step && v->back_part == part;

        if (voice_rule(step)->of_part != (part > 0))
            continue;
        if (is_offered(v, step, part) || is_back)
            if (!put_form(v, list, &FORMS[i], part, e))
                return false;
    }
    if (!part)
        value_put_bool(v->h.r->mem, map, "has_forms", list->count > 0);
    return true;
}
