/* Signed notes and checkpoints (C2SP signed-note and tlog-checkpoint), Ed25519 by libsodium. */
#define MEGURI_BASE_ROOM
#include "base/sign.h"
#include "base/base64.h"
#include "base/utf8.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/banned.h"

_Static_assert(SIGN_SEED_BYTES == crypto_sign_ed25519_SEEDBYTES, "a seed is libsodium's");
_Static_assert(SIGN_KEY_BYTES == crypto_sign_ed25519_PUBLICKEYBYTES, "a key is libsodium's");
_Static_assert(SIGN_SECRET_BYTES == crypto_sign_ed25519_SECRETKEYBYTES, "a secret as well");

enum { ED25519 = 1, SIGNATURE_BYTES = crypto_sign_ed25519_BYTES, BASE64_MAX = 160 };

static const char PRIVATE[] = "PRIVATE+KEY+";
static const char DASH[] = "\xE2\x80\x94 "; /* — and a blank begin a signature's line */

/* ---- base64 (RFC 4648, with padding) ---- */

static void base64_put(struct buf *b, const uint8_t *bytes, size_t n)
{
    char text[BASE64_MAX];

    assert(sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL) <= sizeof text);
    sodium_bin2base64(text, sizeof text, bytes, n, sodium_base64_VARIANT_ORIGINAL);
    buf_put_c(b, text);
    sodium_memzero(text, sizeof text);
}

/* Exactly n bytes, written the one way in which they can be. */
static bool base64_read(str text, uint8_t *bytes, size_t n)
{
    const char *end = NULL;
    size_t have = 0;

    return text.n && text.n < BASE64_MAX && base64_is_ascii(text)
           && sodium_base642bin(bytes, n, text.p, text.n, NULL, &have, &end,
                                sodium_base64_VARIANT_ORIGINAL)
                  == 0
           && have == n && end == text.p + text.n;
}

/* ---- keys ---- */

bool sign_name_is_valid(str name)
{
    for (size_t i = 0, len; i < name.n; i += len) {
        const uint32_t c = utf8_first(str_skip(name, i), &len);

        if (c <= ' ' || c == '+' || c == 0x7F || c == 0xA0 || c == 0x3000
            || (c >= 0x80 && c < 0xA0) || (c >= 0x2000 && c <= 0x200B) || c == 0x2028
            || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x1680 || c == 0x85)
            return false;
    }
    return name.n > 0 && name.n <= SIGN_NAME_MAX;
}

static void id_make(struct verifier *v)
{
    static const uint8_t BETWEEN[] = { '\n', ED25519 };
    crypto_hash_sha256_state state;
    struct hash h;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)v->name.p, v->name.n);
    crypto_hash_sha256_update(&state, BETWEEN, sizeof BETWEEN);
    crypto_hash_sha256_update(&state, v->key, sizeof v->key);
    crypto_hash_sha256_final(&state, h.b);
    memcpy(v->id, h.b, sizeof v->id);
}

static void hex_put(struct buf *b, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_fmt(b, "%02x", bytes[i]);
}

static str name_of_key(struct arena *a, const uint8_t *key)
{
    const struct hash h = hash_bytes((str){ (const char *)key, SIGN_KEY_BYTES });
    struct buf b;

    buf_init(&b, a, 32, 32);
    buf_put_c(&b, "meguri-");
    hex_put(&b, h.b, 6);
    return buf_str(&b);
}

void signer_make(struct arena *a, str name, const uint8_t *seed, struct signer *out)
{
    assert(!name.n || sign_name_is_valid(name));
    crypto_sign_ed25519_seed_keypair(out->verifier.key, out->secret, seed);
    out->verifier.name = name.n ? name : name_of_key(a, out->verifier.key);
    id_make(&out->verifier);
}

void signer_forget(struct signer *s)
{
    sodium_memzero(s->secret, sizeof s->secret);
}

/* name+id+base64(0x01 || bytes) */
static void key_put(struct buf *b, const struct verifier *v, const uint8_t *bytes)
{
    uint8_t packed[1 + SIGN_KEY_BYTES] = { ED25519 };

    memcpy(packed + 1, bytes, SIGN_KEY_BYTES);
    buf_put(b, v->name);
    buf_put_char(b, '+');
    hex_put(b, v->id, sizeof v->id);
    buf_put_char(b, '+');
    base64_put(b, packed, sizeof packed);
    sodium_memzero(packed, sizeof packed);
}

void signer_put(struct buf *b, const struct signer *s)
{
    buf_put_c(b, PRIVATE);
    key_put(b, &s->verifier, s->secret); /* libsodium's secret begins with the seed */
}

void verifier_put(struct buf *b, const struct verifier *v)
{
    key_put(b, v, v->key);
}

/* The other way: *id is what the line says, to be compared with what the key gives. base64 may
 * hold '+' itself, so the line is cut at the first two. */
static bool key_read(str line, str *name, str *id, uint8_t *bytes)
{
    uint8_t packed[1 + SIGN_KEY_BYTES];
    const str rest = str_cut(str_cut(line, '+', name), '+', id);
    const bool fine = sign_name_is_valid(*name) && base64_read(rest, packed, sizeof packed)
                      && packed[0] == ED25519;

    if (fine)
        memcpy(bytes, packed + 1, SIGN_KEY_BYTES);
    sodium_memzero(packed, sizeof packed);
    return fine;
}

static bool id_is(str id, const struct verifier *v)
{
    char text[2 * SIGN_ID_BYTES + 1];

    (void)snprintf(text, sizeof text, "%02x%02x%02x%02x", v->id[0], v->id[1], v->id[2],
                   v->id[3]);
    return str_eq(id, str_from(text));
}

bool signer_read(str line, struct signer *out, struct err *e)
{
    uint8_t seed[SIGN_SEED_BYTES];
    str name, id;

    if (!str_starts(line, str_from(PRIVATE))
        || !key_read(str_skip(line, sizeof PRIVATE - 1), &name, &id, seed))
        return err_set(e, ERR_INPUT, "署名の秘密鍵として読めません。");
    signer_make(NULL, name, seed, out);
    sodium_memzero(seed, sizeof seed);
    if (id_is(id, &out->verifier))
        return true;
    signer_forget(out);
    return err_set(e, ERR_INPUT, "署名の秘密鍵が壊れています(番号が鍵と合いません)。");
}

bool verifier_read(str line, struct verifier *out, struct err *e)
{
    str id;

    if (!key_read(line, &out->name, &id, out->key))
        return err_set(e, ERR_INPUT,
                       "公開鍵として読めません。「名前+8桁の番号+base64」の形で指定して"
                       "ください(meguri checkpoint --public-key が表示します)。");
    id_make(out);
    return id_is(id, out)
           || err_set(e, ERR_INPUT,
                      "公開鍵の番号が鍵と合いません。写し間違いがないか確かめてください。");
}

bool verifier_eq(const struct verifier *x, const struct verifier *y)
{
    return str_eq(x->name, y->name) && memcmp(x->key, y->key, sizeof x->key) == 0;
}

/* ---- writing ---- */

void checkpoint_sign(struct buf *b, const struct checkpoint *c, const struct signer *s)
{
    uint8_t packed[SIGN_ID_BYTES + SIGNATURE_BYTES];
    const size_t begin = b->n;
    str text;

    assert(c->origin.n && str_find_char(c->origin, '\n') < 0);
    buf_put(b, c->origin);
    buf_fmt(b, "\n%llu\n", (unsigned long long)c->size);
    base64_put(b, c->root.b, sizeof c->root.b);
    buf_put_char(b, '\n');
    text = str_skip(buf_str(b), begin);
    memcpy(packed, s->verifier.id, SIGN_ID_BYTES);
    crypto_sign_ed25519_detached(packed + SIGN_ID_BYTES, NULL, (const unsigned char *)text.p,
                                 text.n, s->secret);
    buf_fmt(b, "\n%s%.*s ", DASH, STR_ARG(s->verifier.name));
    base64_put(b, packed, sizeof packed);
    buf_put_char(b, '\n');
}

/* ---- reading ---- */

/* A text taken line by line. */
struct lines {
    str rest;
    uint32_t row; /* of the line taken last, from 1 */
};

/* False when there is no whole line left. */
static bool line_take(struct lines *l, str *line)
{
    if (str_find_char(l->rest, '\n') < 0)
        return false;
    l->rest = str_cut(l->rest, '\n', line);
    l->row++;
    return true;
}

static bool bad(const struct lines *l, struct err *e, const char *what)
{
    return err_at(e, l->row ? l->row : 1, 1, "署名つき要約として読めません: %s", what);
}

static bool size_read(str line, uint64_t *size)
{
    if (!line.n || line.n > 18 || (line.n > 1 && line.p[0] == '0'))
        return false;
    *size = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] < '0' || line.p[i] > '9')
            return false;
        *size = *size * 10 + (uint64_t)(line.p[i] - '0');
    }
    return true;
}

/* The text up to the empty line that ends it. */
static bool text_take(struct lines *l, struct checkpoint *c, struct err *e)
{
    str line;

    if (!line_take(l, &c->origin) || !c->origin.n)
        return bad(l, e, "1行目に記録の名前がありません。");
    if (str_find_char(c->origin, '\r') >= 0)
        return bad(l, e,
                   "改行が変わっています(CRLF)。保存したままのファイルを使ってください。");
    if (!line_take(l, &line) || !size_read(line, &c->size))
        return bad(l, e, "2行目が記録の数ではありません。");
    if (!line_take(l, &line) || !base64_read(line, c->root.b, sizeof c->root.b))
        return bad(l, e, "3行目が根の値(base64、32バイト)ではありません。");
    do {
        if (!line_take(l, &line))
            return bad(l, e, "空の行と署名がありません。");
    } while (line.n);
    return true;
}

bool checkpoint_read(str *rest, struct signed_checkpoint *out, struct err *e)
{
    struct lines l = { .rest = *rest };
    const char *begin;
    uint32_t count = 0;
    str line;

    while (l.rest.n && l.rest.p[0] == '\n')
        (void)line_take(&l, &line);
    begin = l.rest.p;
    if (!text_take(&l, &out->checkpoint, e))
        return false;
    out->text = (str){ begin, (size_t)(l.rest.p - begin) - 1 };
    begin = l.rest.p;
    while (str_starts(l.rest, str_from(DASH)) && line_take(&l, &line))
        count++;
    out->signatures = (str){ begin, (size_t)(l.rest.p - begin) };
    if (!count)
        return bad(&l, e, "署名の行(「— 」で始まる)がありません。");
    if (count > SIGN_LINES_MAX || out->text.n + out->signatures.n > SIGN_NOTE_MAX)
        return bad(&l, e, "大きすぎます。");
    *rest = l.rest;
    return true;
}

/* One signature's line by this key: is it of the text? */
static bool line_check(str text, str line, const struct verifier *v, enum signature *found)
{
    uint8_t packed[SIGN_ID_BYTES + SIGNATURE_BYTES];
    str name, rest = str_cut(str_skip(line, sizeof DASH - 1), ' ', &name);

    if (!str_eq(name, v->name) || !base64_read(rest, packed, sizeof packed)
        || memcmp(packed, v->id, SIGN_ID_BYTES) != 0)
        return false;
    *found = crypto_sign_ed25519_verify_detached(packed + SIGN_ID_BYTES,
                                                 (const unsigned char *)text.p, text.n, v->key)
                     == 0
                 ? SIGNATURE_GOOD
                 : SIGNATURE_BAD;
    return true;
}

enum signature checkpoint_check(const struct signed_checkpoint *n, const struct verifier *v)
{
    enum signature found = SIGNATURE_MISSING;
    str rest = n->signatures, line;

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (line_check(n->text, line, v, &found) && found == SIGNATURE_GOOD)
            return found;
    }
    return found;
}
