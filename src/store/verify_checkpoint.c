/* What was signed, beside what is there: the one check that also sees records taken away from
 * the end of a log, and a log that somebody wrote anew from its beginning with right hashes. */
#include "store/inner.h"

#include "base/banned.h"

#define FAULT(h, row, ...)                                                             \
    verify_fault((h)->v, str_fmt((h)->a, "%.*s の署名つき要約%lld(記録%llu件): %.*s",  \
                                 STR_ARG((h)->organisation), (long long)(row)->number, \
                                 (unsigned long long)(row)->size,                      \
                                 STR_ARG(str_fmt((h)->a, __VA_ARGS__))))

/* Is it the note that the row says it is, and signed by the key that it names? */
static bool is_signed(struct heads *h, const struct checkpoint_row *row)
{
    struct signed_checkpoint note = { 0 };
    struct verifier by = { 0 };
    str rest = row->note, origin;
    struct err e;

    if (!verifier_read(row->verifier, &by, &e) || !checkpoint_read(&rest, &note, &e)) {
        FAULT(h, row, "%s", e.text);
        return false;
    }
    origin = str_fmt(h->a, "%.*s/%.*s", STR_ARG(by.name), STR_ARG(h->organisation));
    if (rest.n || note.checkpoint.size != row->size
        || !str_eq(note.checkpoint.origin, origin)) {
        FAULT(h, row, "署名された文が、この団体のこの件数のものではありません。");
        return false;
    }
    if (checkpoint_check(&note, &by) != SIGNATURE_GOOD) {
        FAULT(h, row, "署名が文と合いません。書き換えられています。");
        return false;
    }
    if (h->key.name.n && !verifier_eq(&h->key, &by)) {
        FAULT(h, row, "このデータの鍵(%.*s)による署名ではありません。", STR_ARG(h->key.name));
        return false;
    }
    return true;
}

bool heads_begin(struct heads *h, struct arena *a, struct verify_report *report, struct err *e)
{
    AUTO(query_end) struct query q = query_on(h->c, Q_CHECKPOINT_OF_LOG);
    uint32_t room = 0;
    bool is_row = true;

    h->a = a;
    put_text(&q, h->organisation);
    while (query_step(&q, &is_row, e) && is_row) {
        const struct checkpoint_row row = row_checkpoint(&q, a);

        report->checkpoints++;
        if (!is_signed(h, &row))
            continue;
        h->rows = rows_grow(a, h->rows, sizeof *h->rows, h->count, &room);
        h->rows[h->count++] = row;
    }
    return !is_row;
}

void heads_pass(struct heads *h, const struct merkle *tree)
{
    for (; h->next < h->count && h->rows[h->next].size <= tree->size; h->next++) {
        const struct checkpoint_row *row = &h->rows[h->next];

        if (hash_eq(row->root, merkle_root(tree)))
            h->good = row->size;
        else
            FAULT(h, row,
                  "%llu件目から%llu件目までの記録のどれかが、署名したあとで変えられています。",
                  (unsigned long long)h->good + 1, (unsigned long long)row->size);
    }
}

void heads_end(struct heads *h, uint64_t size)
{
    for (; h->next < h->count; h->next++)
        FAULT(h, &h->rows[h->next],
              "記録が%llu件しかありません。署名したあとで終わりの記録が消されています。",
              (unsigned long long)size);
}

static bool logs_missing(struct verify *v, struct conn *c, struct arena *a, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_ORPHANS);
    bool is_row = true;

    while (query_step(&q, &is_row, e) && is_row) {
        const str organisation = take_text(&q, a);

        verify_fault(v, str_fmt(a,
                                "%.*s の記録が一つもありません。署名つき要約があるので、"
                                "消されています。",
                                STR_ARG(organisation)));
    }
    return !is_row;
}

bool heads_missing(struct verify *v, struct conn *c, struct arena *a, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_CHECKPOINT_NUMBERS);
    int64_t have, last;
    bool is_row;

    if (!query_step(&q, &is_row, e))
        return false;
    have = take_int(&q);
    last = take_int(&q);
    if (have != last)
        verify_fault(v, str_fmt(a,
                                "署名つき要約は通し番号では%lld件あるはずですが、%lld件しか"
                                "ありません。",
                                (long long)last, (long long)have));
    return logs_missing(v, c, a, e);
}
