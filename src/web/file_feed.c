/* The newest public voices as a feed, for readers that look by themselves. */
#include "render/render.h"
#include "web/opinion_part.h"
#include "web/pages.h"

#include "base/banned.h"

enum { FEED_ENTRIES = 50 };

static struct feed_entry entry_of(const struct req *r, const struct hearing *h,
                                  str organisation, const struct opinion_row *row)
{
    const struct hearing_item *category = hearing_find(&h->categories, row->category);
    const struct hearing_item *status = hearing_find(&h->statuses, row->status);
    const str number = opinion_number(r, row->fiscal_year, row->number);

    return (struct feed_entry){
        .id =
            str_fmt(r->mem, "meguri opinion %.*s %.*s", STR_ARG(organisation), STR_ARG(number)),
        .title =
            str_fmt(r->mem, "%.*s %s%s%.*s", STR_ARG(number), door_label(row->door, r->lang),
                    status ? ": " : "", STR_ARG(status ? status->label[r->lang] : (str){ 0 })),
        .url = opinion_url(r, organisation, row->fiscal_year, row->number),
        .summary = row->is_withheld ? req_message(r, "opinion.withheld", NULL) : row->summary,
        .category = category ? category->label[r->lang] : (str){ 0 },
        .published_ms = row->at_ms,
        .updated_ms = row->at_ms,
    };
}

bool file_feed(struct req *r, struct file *out, struct err *e)
{
    struct feed_entry *entries = NEW(r->mem, struct feed_entry, FEED_ENTRIES);
    struct value *words = value_map(r->mem);
    struct organisation ward;
    struct hearing_stored stored;
    struct opinion_rows rows;
    struct buf body;
    struct feed f;

    if (!store_organisation(r->db, r->mem, req_param(r, "org"), &ward, e)
        || !store_hearing(r->db, r->mem, ward.key, &stored, e)
        || !store_opinions_latest(r->db, r->mem, ward.key, FEED_ENTRIES, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.count; i++)
        entries[i] = entry_of(r, &stored.hearing, ward.key, &rows.rows[i]);
    value_put_text(r->mem, words, "name", ward.name);
    f = (struct feed){
        .id = str_fmt(r->mem, "meguri opinions %.*s", STR_ARG(ward.key)),
        .title = req_message(r, "opinions.title", words),
        .url = req_url(r, "/o/%.*s/voices/feed", STR_ARG(ward.key)),
        .page_url = req_url(r, "/o/%.*s/voices", STR_ARG(ward.key)),
        .lang = r->lang == LANG_JA ? STR("ja") : STR("en"),
        .author = ward.name,
        .entries = entries,
        .count = rows.count,
    };
    buf_init(&body, r->mem, 4096, LIMIT_ANSWER_BYTES);
    render_feed(&body, &f);
    *out = (struct file){ .type = STR("application/atom+xml; charset=utf-8"),
                          .bytes = buf_str(&body) };
    return true;
}
