/* Received texts beside the records: each that is there is what its record says, each that is
 * gone has its tombstone, and none is missing. */
#include "store/voice_inner.h"

#include "base/banned.h"

struct kept {
    str organisation;
    int fiscal_year, number, turn;
    bool is_erased;
    str salt, text, contact;
    struct hash hash; /* as the record says; zero = no record names it */
    bool has_tombstone;
};

static bool is_blank(str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i])
            return false;
    return true;
}

static const char *wrong_with(const struct kept *k)
{
    const struct hash hash = voice_text_hash(k->salt, k->text, k->contact);

    if (hash_is_zero(k->hash))
        return "どの記録も名指ししない文章があります。";
    if (k->has_tombstone && !k->is_erased)
        return "消した記録があるのに、文章が残っています。";
    if (k->is_erased && !k->has_tombstone)
        return "文章が消されていますが、消した記録がありません。";
    if (k->is_erased)
        return is_blank(k->salt) && is_blank(k->text) && is_blank(k->contact)
                   ? NULL
                   : "消したはずの文章が残っています。";
    return hash_eq(hash, k->hash)
               ? NULL
               : "受け付けた文章が、記録と合いません。書き換えられています。";
}

static struct kept row_kept(struct query *q, struct arena *a)
{
    struct kept k = { .organisation = take_text(q, a) };

    k.fiscal_year = (int)take_int(q);
    k.number = (int)take_int(q);
    k.turn = (int)take_int(q);
    k.is_erased = take_int(q) != 0;
    k.salt = take_text(q, a);
    k.text = take_text(q, a);
    k.contact = take_text(q, a);
    k.hash = take_hash(q);
    k.has_tombstone = take_int(q) != 0;
    return k;
}

static bool missing_texts(struct verify *v, struct conn *c, struct arena *a, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_MISSING);
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row) {
        const str organisation = take_text(&q, a);
        const int year = (int)take_int(&q), number = (int)take_int(&q);

        verify_fault(v, str_fmt(a, "%.*s の声 %d-%06d: 受け付けた文章がなくなっています。",
                                STR_ARG(organisation), year, number));
    }
    return !is_row;
}

bool verify_voices(struct verify *v, struct conn *c, struct arena *a, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    bool is_row = true;

    {
        AUTO(query_end) struct query q = query_on(c, Q_VOICE_TEXT_ALL);

        while (query_step(&q, &is_row, e) && is_row) {
            const char *what;
            struct kept k;

            arena_reset(&mem);
            k = row_kept(&q, &mem);
            what = wrong_with(&k);
            if (what)
                verify_fault(v, str_fmt(a, "%.*s の声 %d-%06d: %s", STR_ARG(k.organisation),
                                        k.fiscal_year, k.number, what));
        }
    }
    return !is_row && missing_texts(v, c, a, e);
}
