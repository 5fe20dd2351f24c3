/* Documents, by what is in them. They are packed with deflate where that makes them smaller;
 * the hash is of the document, so the packing can change without any record noticing. */
#include "store/blob.h"

#include <libdeflate.h>

#include "base/banned.h"

/* Level 1: a 15 KB document in 60 us; higher levels gain little on text of this size. */
enum { PACK_LEVEL = 1 };

static void compressor_done(struct libdeflate_compressor **z)
{
    libdeflate_free_compressor(*z);
}

static void decompressor_done(struct libdeflate_decompressor **z)
{
    libdeflate_free_decompressor(*z);
}

/* "" when packing gains nothing. */
static str packed(struct arena *a, str bytes)
{
    AUTO(compressor_done)
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(PACK_LEVEL);
    char *out = NEW(a, char, bytes.n);

    if (!z)
        return (str){ 0 };
    return (str){ out, libdeflate_deflate_compress(z, bytes.p, bytes.n, out, bytes.n) };
}

bool blob_save(struct conn *c, struct arena *a, struct hash hash, str bytes, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_BLOB_ADD);
    const str small = packed(a, bytes);

    put_hash(&q, &hash);
    put_int(&q, (int64_t)bytes.n);
    put_text(&q, small.n ? STR("deflate") : STR("plain"));
    put_bytes(&q, small.n ? small : bytes);
    return query_run(&q, e);
}

bool document_save(struct conn *c, const struct stamp *stamp,
                   const struct open_document *document, struct hash *hash, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *v = value_map(&mem);
    struct said what = { document->organisation, STR("source"), { 0 }, v };
    struct buf hex;
    bool is_same;

    *hash = hash_bytes(document->bytes);
    what.entity = entity_source(&mem, *hash);
    buf_init(&hex, &mem, 64, 64);
    hash_put(&hex, *hash);
    value_put_text(&mem, v, "source", buf_str(&hex));
    value_put_text(&mem, v, "name", document->name);
    value_put_int(&mem, v, "bytes", (int64_t)document->bytes.n);
    return blob_save(c, &mem, *hash, document->bytes, e)
           && record_say(c, stamp, &what, &is_same, e);
}

bool blob_unpack(struct arena *a, str packing, str stored, uint64_t size, str *bytes)
{
    AUTO(decompressor_done) struct libdeflate_decompressor *z = NULL;
    char *out;

    if (str_eq(packing, STR("plain"))) {
        *bytes = stored;
        return stored.n == size;
    }
    if (!str_eq(packing, STR("deflate")) || size > LIMIT_DOCUMENT_BYTES)
        return false;
    z = libdeflate_alloc_decompressor();
    out = NEW(a, char, size);
    *bytes = (str){ out, size };
    return z
           && libdeflate_deflate_decompress(z, stored.p, stored.n, out, size, NULL)
                  == LIBDEFLATE_SUCCESS;
}

bool blob_load(struct conn *c, struct arena *a, struct hash hash, str *bytes, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_BLOB_GET);
    bool found;
    int64_t size;
    str packing, stored;

    put_hash(&q, &hash);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return err_set(e, ERR_NOT_FOUND, "その文書は保存されていません。");
    size = take_int(&q);
    packing = take_text(&q, a);
    stored = take_text(&q, a);
    return blob_unpack(a, packing, stored, (uint64_t)size, bytes)
           || err_set(e, ERR_IO,
                      "保存された文書が壊れています。meguri verify で確かめてください。");
}

bool store_blob(struct conn *c, struct arena *a, struct hash hash, str *bytes, str *name,
                struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_BLOB_NAME);
    bool found;

    put_hash(&q, &hash);
    if (!query_step(&q, &found, e))
        return false;
    if (!found) /* answers to a survey are blobs too, and nobody's to read */
        return err_set(e, ERR_NOT_FOUND, "その文書は保存されていません。");
    *name = take_text(&q, a);
    return blob_load(c, a, hash, bytes, e);
}
