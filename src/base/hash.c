/* SHA-256 by libsodium, and the Merkle tree of RFC 6962 section 2.1 above it.
 *
 * The proofs follow the RFC's recursive definitions, written as a walk down from the root: in a
 * tree of n leaves (n > 1) the left subtree holds k of them, the largest power of two below n.
 */
#define MEGURI_BASE_ROOM
#include "base/hash.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/banned.h"

_Static_assert(sizeof(struct hash) == crypto_hash_sha256_BYTES, "a hash is a SHA-256");

/* SHA-256 needs no sodium_init: it has one implementation and no state outside its argument. */
struct hash hash_bytes(str s)
{
    struct hash h;

    crypto_hash_sha256(h.b, (const unsigned char *)s.p, s.n);
    return h;
}

bool hash_eq(struct hash a, struct hash b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

bool hash_is_zero(struct hash h)
{
    return hash_eq(h, (struct hash){ { 0 } });
}

void hash_put(struct buf *b, struct hash h)
{
    static const char HEX[] = "0123456789abcdef";
    char text[2 * sizeof h.b];

    for (size_t i = 0; i < sizeof h.b; i++) {
        text[2 * i] = HEX[h.b[i] >> 4];
        text[2 * i + 1] = HEX[h.b[i] & 15];
    }
    buf_put(b, (str){ text, sizeof text });
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hash_parse(str hex, struct hash *out)
{
    struct hash h;

    if (hex.n != 2 * sizeof h.b)
        return false;
    for (size_t i = 0; i < sizeof h.b; i++) {
        int high = hex_digit(hex.p[2 * i]), low = hex_digit(hex.p[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        h.b[i] = (uint8_t)(high << 4 | low);
    }
    *out = h;
    return true;
}

struct hash merkle_leaf(str record)
{
    crypto_hash_sha256_state state;
    struct hash h;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)"\0", 1);
    crypto_hash_sha256_update(&state, (const unsigned char *)record.p, record.n);
    crypto_hash_sha256_final(&state, h.b);
    return h;
}

struct hash merkle_node(struct hash left, struct hash right)
{
    char text[1 + 2 * sizeof left.b];

    text[0] = 1;
    memcpy(text + 1, left.b, sizeof left.b);
    memcpy(text + 1 + sizeof left.b, right.b, sizeof right.b);
    return hash_bytes((str){ text, sizeof text });
}

void merkle_add(struct merkle *m, struct hash leaf)
{
    unsigned level = 0;

    assert(m->size < UINT64_MAX);
    for (; m->size >> level & 1; level++)
        leaf = merkle_node(m->peaks[level], leaf);
    m->peaks[level] = leaf;
    m->size++;
}

struct hash merkle_root(const struct merkle *m)
{
    struct hash root = { { 0 } };
    bool any = false;

    for (unsigned level = 0; level < 64; level++) {
        if (!(m->size >> level & 1))
            continue;
        root = any ? merkle_node(m->peaks[level], root) : m->peaks[level];
        any = true;
    }
    return any ? root : hash_bytes((str){ NULL, 0 });
}

/* Root of n leaves (n > 0). */
static struct hash root_of(const struct hash *leaves, uint64_t n)
{
    struct merkle m = { 0 };

    for (uint64_t i = 0; i < n; i++)
        merkle_add(&m, leaves[i]);
    return merkle_root(&m);
}

/* Leaves in the left subtree of n leaves: the largest power of two below n (n > 1). */
static uint64_t left_size(uint64_t n)
{
    return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

/* The walk goes from the root down, a proof is read from the leaf up. */
static void turn_round(struct merkle_path *path)
{
    for (uint32_t i = 0, j = path->n; i + 1 < j; i++) {
        struct hash h = path->step[i];

        path->step[i] = path->step[--j];
        path->step[j] = h;
    }
}

void merkle_prove(const struct hash *leaves, uint64_t size, uint64_t index,
                  struct merkle_path *out)
{
    assert(index < size);
    out->n = 0;
    while (size > 1) {
        uint64_t k = left_size(size);

        if (index < k) {
            out->step[out->n++] = root_of(leaves + k, size - k);
            size = k;
        } else {
            out->step[out->n++] = root_of(leaves, k);
            leaves += k;
            index -= k;
            size -= k;
        }
    }
    turn_round(out);
}

/* RFC 9162 section 2.1.3.2 states this check; the tree is the same. */
bool merkle_check(struct hash leaf, uint64_t index, uint64_t size,
                  const struct merkle_path *path, struct hash root)
{
    uint64_t at = index, last = size - 1;
    struct hash h = leaf;

    if (index >= size || path->n > MERKLE_PATH_MAX)
        return false;
    for (uint32_t i = 0; i < path->n; i++) {
        if (last == 0)
            return false;
        if ((at & 1) || at == last) {
            h = merkle_node(path->step[i], h);
            while (!(at & 1) && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            h = merkle_node(h, path->step[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_eq(h, root);
}

void merkle_prove_prefix(const struct hash *leaves, uint64_t old_size, uint64_t new_size,
                         struct merkle_path *out)
{
    bool whole = true; /* the old tree's root is known to the reader and is left out */

    assert(old_size > 0 && old_size <= new_size);
    out->n = 0;
    while (old_size < new_size) {
        uint64_t k = left_size(new_size);

        if (old_size <= k) {
            out->step[out->n++] = root_of(leaves + k, new_size - k);
            new_size = k;
        } else {
            out->step[out->n++] = root_of(leaves, k);
            leaves += k;
            old_size -= k;
            new_size -= k;
            whole = false;
        }
    }
    if (!whole)
        out->step[out->n++] = root_of(leaves, new_size);
    turn_round(out);
}

/* RFC 9162 section 2.1.4.2. */
bool merkle_check_prefix(uint64_t old_size, uint64_t new_size, struct hash old_root,
                         struct hash new_root, const struct merkle_path *path)
{
    bool is_power = (old_size & (old_size - 1)) == 0;
    uint64_t at = old_size - 1, last = new_size - 1;
    struct hash from_old, from_new;
    uint32_t i = 0;

    if (old_size == 0 || old_size > new_size)
        return false;
    if (old_size == new_size)
        return path->n == 0 && hash_eq(old_root, new_root);
    if (path->n == 0 || path->n > MERKLE_PATH_MAX)
        return false;
    for (; at & 1; at >>= 1)
        last >>= 1;
    from_old = from_new = is_power ? old_root : path->step[i++];
    for (; i < path->n; i++) {
        if (last == 0)
            return false;
        if ((at & 1) || at == last) {
            from_old = merkle_node(path->step[i], from_old);
            from_new = merkle_node(path->step[i], from_new);
            while (!(at & 1) && at != 0) {
                at >>= 1;
                last >>= 1;
            }
        } else {
            from_new = merkle_node(from_new, path->step[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_eq(from_old, old_root) && hash_eq(from_new, new_root);
}
