/* A feed of what was published: Atom (RFC 4287), for readers that look by themselves. */
#ifndef MEGURI_RENDER_FEED_H
#define MEGURI_RENDER_FEED_H

#include "base/base.h"

struct feed_entry {
    str id;       /* stays the same for as long as the entry is there: any text; it becomes a
                     urn:uuid of its SHA-256 (RFC 9562, version 8), as the program does not know
                     under which name a city serves it */
    str title;    /* plain text; what XML cannot hold becomes U+FFFD */
    str url;      /* of its page: "/o/minamo/voices/2025/1"; relative to the feed's address */
    str summary;  /* plain text, "" = none */
    str category; /* "" = none */
    int64_t published_ms, updated_ms; /* Unix milliseconds */
};
struct feed {
    str id, title, subtitle;
    str url;            /* of the feed itself */
    str page_url;       /* of the page it is about */
    str lang;           /* "ja" */
    str author;         /* the organisation; an Atom feed must have one */
    str rights;         /* licence, "" = none */
    int64_t updated_ms; /* used when there is no entry; otherwise the newest of them */
    const struct feed_entry *entries; /* newest first */
    uint32_t count;
};
/* Writes the whole document, UTF-8 with its XML declaration. */
void render_feed(struct buf *out, const struct feed *f);

#endif
