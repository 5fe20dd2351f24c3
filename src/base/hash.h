/* SHA-256 and the Merkle tree of RFC 6962 section 2.1 (Certificate Transparency), by which each
 * organisation's log can be shown to hold a record and never to have changed. */
#ifndef MEGURI_HASH_H
#define MEGURI_HASH_H

#include "base/str.h"

struct hash {
    uint8_t b[32];
};

struct hash hash_bytes(str s); /* SHA-256 */
bool hash_eq(struct hash a, struct hash b);
bool hash_is_zero(struct hash h);            /* all zero = no hash */
void hash_put(struct buf *b, struct hash h); /* 64 lower-case hexadecimal digits */
MUST bool hash_parse(str hex, struct hash *out);

struct hash merkle_leaf(str record);                          /* SHA-256(0x00 || record) */
struct hash merkle_node(struct hash left, struct hash right); /* SHA-256(0x01 || left || right)
                                                               */

/* The tree of the leaves so far, as its perfect subtrees: 64 peaks hold any number of leaves.
 * Zero-initialised = empty. */
struct merkle {
    uint64_t size;
    struct hash peaks[64]; /* peaks[i]: root of a perfect subtree of 2^i leaves, where bit i of
                              size is set */
};
void merkle_add(struct merkle *m, struct hash leaf);
struct hash merkle_root(const struct merkle *m); /* of the empty tree: SHA-256("") */

enum { MERKLE_PATH_MAX = 128 };
struct merkle_path {
    uint32_t n;
    struct hash step[MERKLE_PATH_MAX];
};
/* Audit path of leaf `index` in the tree of the first `size` leaves (index < size <= number of
 * leaves given). */
void merkle_prove(const struct hash *leaves, uint64_t size, uint64_t index,
                  struct merkle_path *out);
bool merkle_check(struct hash leaf, uint64_t index, uint64_t size,
                  const struct merkle_path *path, struct hash root);
/* Proof that the tree of `old_size` leaves is a prefix of that of `new_size` (0 < old_size <=
 * new_size). */
void merkle_prove_prefix(const struct hash *leaves, uint64_t old_size, uint64_t new_size,
                         struct merkle_path *out);
bool merkle_check_prefix(uint64_t old_size, uint64_t new_size, struct hash old_root,
                         struct hash new_root, const struct merkle_path *path);

#endif
