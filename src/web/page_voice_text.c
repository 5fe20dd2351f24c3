/* What came in, as it came in: shown to the listener alone, on the answer to a form that says
 * why, after that was written down; erased for good; handed out on a disclosure request. No GET
 * shows any of it. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_view.h"

#include <string.h>

#include "base/banned.h"

enum { LOOKS_SHOWN = 50 };

/* clang-format off */
const struct field VOICE_LOOK_FIELDS[] = {
    { "purpose", INPUT_TEXT, 400, true, { "目的", "Purpose" } },
    { 0 },
};

static const struct {
    const char *word, *title, *says; /* the end of the address; keys of messages */
    bool is_whole;                   /* for the listener of the whole organisation alone */
} FORMS[] = {
    { "look", "hearing.look", "hearing.says_look", false },
    { "erase", "hearing.erase", "hearing.says_erase", true },
    { "disclosure", "hearing.disclosure", "hearing.says_disclosure", true },
};
/* clang-format on */

/* ---- on the page of the voice ---- */

static bool is_all_erased(const struct voice_view *v)
{
    for (uint32_t i = 0; i < v->stored.voice.turn_count; i++)
        if (!v->stored.is_erased[i])
            return false;
    return true;
}

static bool may_look(const struct voice_view *v)
{
    struct voice_asker who = v->whole.asker;
    struct err ignored;

    who.section = v->whole.any_section;
    return voice_may_look(&v->stored.voice, &who, &ignored);
}

static void put_forms(const struct voice_view *v, struct value *map)
{
    const struct req *r = v->h.r;
    struct value *list = value_put_list(r->mem, map, "forms");
    const bool is_listener = v->whole.asker.whole & DUTY_BIT(DUTY_LISTENER);

    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        const char *word = FORMS[i].word;
        const bool is_back = v->back_text && strcmp(v->back_text, word) == 0;
        struct form_part f;

        if (FORMS[i].is_whole ? !is_listener : !may_look(v))
            continue;
        if (is_all_erased(v) && strcmp(word, "disclosure") != 0)
            continue;
        f = voice_form_begin(r, list, str_from(word), is_back, VOICE_LOOK_FIELDS);
        voice_form_title(&f,
                         voice_url(&v->h, v->ref.fiscal_year, v->ref.number,
                                   str_c(r->mem, str_fmt(r->mem, "/%s", word))),
                         req_message(r, FORMS[i].title, NULL),
                         req_message(r, FORMS[i].title, NULL));
        value_put_bool(r->mem, f.map, "is_main", false);
        value_put_text(r->mem, f.map, "says", req_message(r, FORMS[i].says, NULL));
        value_put_null(r->mem, f.map, "warning");
        form_part_field(&f, "purpose", (str){ 0 }, (str){ 0 });
    }
}

/* Who read it, who erased it, to whom it was handed out. */
static bool put_looks(const struct voice_view *v, struct value *map, struct err *e)
{
    struct req *r = v->h.r;
    struct value *list = value_put_list(r->mem, map, "looks");
    const struct history asked = {
        .organisation = v->ref.organisation,
        .entity_prefix = str_fmt(r->mem, "voice/%d/%d/", v->ref.fiscal_year, v->ref.number),
        .page = { 0, LOOKS_SHOWN },
    };
    struct record_rows rows;

    if (!store_history(r->db, r->mem, &asked, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++) {
        struct value *m = value_add_map(r->mem, list);

        part_put_time(r, m, rows.rows[i].at_ms);
        value_put_text(r->mem, m, "what", part_word(r, "hearing_text", rows.rows[i].kind));
        value_put_text(r->mem, m, "by", staff_name(r, rows.rows[i].author));
        value_put_text_or_null(r->mem, m, "purpose", rows.rows[i].reason);
    }
    value_put_bool(r->mem, map, "has_looks", rows.count > 0);
    return true;
}

bool voice_put_personal(struct voice_view *v, struct err *e)
{
    struct req *r = v->h.r;
    struct value *map = value_put_map(r->mem, v->h.page, "personal");

    value_put_text_or_null(r->mem, map, "erased",
                           is_all_erased(v) ? req_message(r, "hearing.erased", NULL)
                                            : (str){ 0 });
    put_forms(v, map);
    return put_looks(v, map, e);
}

/* ---- acts ---- */

/* The listener who asks, and why. */
static struct stamp stamp_of(const struct req *r, struct actor *who)
{
    *who = (struct actor){ r->person->account, duty_word(DUTY_LISTENER) };
    return (struct stamp){ who, r->now_ms, req_field(r, "purpose") };
}

static bool again(struct voice_view *v, const char *word, struct outcome *out, struct err *e)
{
    struct req *r = v->h.r;
    const enum err_code code = e->code;

    v->back_text = word;
    if (req_is_fine(r)) {
        if (code != ERR_INPUT && code != ERR_CONFLICT && code != ERR_DENIED)
            return false;
        req_fault(r, STR("purpose"), str_dup(r->mem, str_from(e->text)));
    }
    out->status = code == ERR_CONFLICT ? 409 : code == ERR_DENIED ? 403 : 422;
    return voice_view_put(v, (str){ 0 }, e);
}

bool act_voice_look(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct voice_view *v = NEW(r->mem, struct voice_view, 1);
    struct voice_text *raw = NEW(r->mem, struct voice_text, VOICE_TURNS);
    struct actor who;
    const struct stamp stamp = stamp_of(r, &who);

    if (!voice_view_load(r, page, v, e))
        return false;
    if (!req_is_fine(r) || !store_voice_look(r->db, r->mem, &stamp, &v->ref, raw, e))
        return again(v, "look", out, e);
    v->raw = raw;
    return voice_view_put(v, (str){ 0 }, e);
}

bool act_voice_erase(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct voice_view *v = NEW(r->mem, struct voice_view, 1);
    struct voice_erasing what = { .why = STR("request") };
    struct voice_erased erased;
    struct actor who;
    const struct stamp stamp = stamp_of(r, &who);

    if (!voice_view_load(r, page, v, e))
        return false;
    what.ref = v->ref;
    if (!req_is_fine(r) || !store_voice_erase(r->db, &stamp, &what, &erased, e))
        return again(v, "erase", out, e);
    out->location = str_fmt(r->mem, "%.*s#personal",
                            STR_ARG(voice_url(&v->h, v->ref.fiscal_year, v->ref.number, "")));
    return true;
}

bool act_voice_disclosure(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct voice_view *v = NEW(r->mem, struct voice_view, 1);
    struct value *all;
    struct actor who;
    const struct stamp stamp = stamp_of(r, &who);

    if (!voice_view_load(r, page, v, e))
        return false;
    if (!req_is_fine(r) || !store_voice_disclose(r->db, r->mem, &stamp, &v->ref, &all, e))
        return again(v, "disclosure", out, e);
    v->disclosed = all;
    return voice_view_put(v, (str){ 0 }, e);
}
