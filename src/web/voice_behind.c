/* The voices behind a line of a plan. */
#include "web/voice_behind.h"

#include "web/parts.h"
#include "web/voice_part.h"

#include "base/banned.h"

/* A voice may be linked to several lines, and with several questions: it counts once. */
static uint32_t voices_in(const struct voice_behind_rows *rows)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < rows->count; i++) {
        bool is_new = true;

        for (uint32_t k = 0; k < i && is_new; k++)
            is_new = rows->rows[k].fiscal_year != rows->rows[i].fiscal_year
                     || rows->rows[k].number != rows->rows[i].number;
        n += is_new;
    }
    return n;
}

static void put_voice(struct req *r, struct value *m, const struct voice_behind *x,
                      const struct hearing *h, const struct voice_behind_asked *asked)
{
    const char *door = asked->is_public ? "o" : "w";

    value_put_text(r->mem, m, "label", voice_label(r, x->fiscal_year, x->number));
    value_put_text(r->mem, m, "url",
                   req_url(r, "/%s/%.*s/voices/%d/%d", door, STR_ARG(asked->organisation),
                           x->fiscal_year, x->number));
    value_put_text_or_null(r->mem, m, "summary", x->summary);
    hearing_put_label(r, m, "status", "status_lang", hearing_label(r, &h->statuses, x->status));
    value_put_text_or_null(r->mem, m, "line",
                           x->link.kind == asked->kind && asked->kind != LINK_INITIATIVE
                               ? (str){ 0 }
                               : x->link.text);
}

static void put_list(struct req *r, struct value *map, const struct voice_behind_rows *shown,
                     const struct hearing *h, const struct voice_behind_asked *asked)
{
    struct value *list = value_put_list(r->mem, map, "voices");

    for (uint32_t i = 0; i < shown->count; i++)
        put_voice(r, value_add_map(r->mem, list), &shown->rows[i], h, asked);
}

static str count_message(const struct req *r, const char *key, uint32_t n)
{
    struct value *words = value_map(r->mem);

    value_put_int(r->mem, words, "n", n);
    return req_message(r, key, words);
}

bool voice_behind_put(struct req *r, struct value *map, const char *key,
                      const struct voice_behind_asked *asked, struct err *e)
{
    struct voice_behind_asked every = *asked;
    struct voice_behind_rows all = { 0 }, shown;
    struct hearing_stored hearing;
    struct value *m;
    uint32_t in_all, in_list;

    every.is_public = false;
    if (!r->at && !store_voices_behind(r->db, r->mem, &every, &all, e))
        return false;
    if (!all.count) {
        value_put_null(r->mem, map, key);
        return true;
    }
    shown = all;
    if ((asked->is_public && !store_voices_behind(r->db, r->mem, asked, &shown, e))
        || !store_hearing(r->db, r->mem, asked->organisation, &hearing, e))
        return false;
    in_all = voices_in(&all);
    in_list = voices_in(&shown);
    m = value_put_map(r->mem, map, key);
    value_put_text(r->mem, m, "says", count_message(r, "behind.says", in_all));
    put_list(r, m, &shown, &hearing.hearing, asked);
    value_put_text_or_null(r->mem, m, "others",
                           in_all > in_list
                               ? count_message(r, "behind.others", in_all - in_list)
                               : (str){ 0 });
    return true;
}
