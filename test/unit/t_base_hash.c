/* The vectors are those that implementations of Certificate Transparency check themselves
 * against; the SHA-256 of "abc" is from FIPS 180-4. */
#include "base/hash.h"

#include <string.h>

#include "check.h"

enum { LEAVES = 8, MANY = 70 };

static const str RECORDS[LEAVES] = {
    STR_INIT(""),
    STR_INIT("\0"),
    STR_INIT("\x10"),
    STR_INIT("\x20\x21"),
    STR_INIT("\x30\x31"),
    STR_INIT("\x40\x41\x42\x43"),
    STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
    STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"),
};

/* Root of the first n leaves, n from 1. */
static const char *const ROOTS[LEAVES] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static bool is(struct hash h, const char *want)
{
    struct hash w;

    return hash_parse(str_from(want), &w) && hash_eq(h, w);
}

static void sha_256_gives_the_published_values(void)
{
    CHECK(is(hash_bytes((str){ NULL, 0 }),
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    CHECK(is(hash_bytes(STR("abc")),
             "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

static void a_hash_reads_back_and_only_in_lower_case(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    struct buf b;
    struct hash h = hash_bytes(STR("x")), back = { { 0 } };
    char text[64];

    buf_init(&b, &a, 0, 100);
    hash_put(&b, h);
    CHECK(b.n == 64 && hash_parse(buf_str(&b), &back) && hash_eq(h, back));
    CHECK(!hash_is_zero(h) && hash_is_zero((struct hash){ { 0 } }));
    CHECK(!hash_parse(str_take(buf_str(&b), 63), &back));
    memset(text, 'A', sizeof text);
    CHECK(!hash_parse((str){ text, sizeof text }, &back));
    memset(text, 'g', sizeof text);
    CHECK(!hash_parse((str){ text, sizeof text }, &back));
    CHECK(hash_eq(h, back));
}

static void each_tree_of_the_vectors_has_its_published_root(void)
{
    struct merkle m = { 0 };

    CHECK(is(merkle_root(&m),
             "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (size_t i = 0; i < LEAVES; i++) {
        merkle_add(&m, merkle_leaf(RECORDS[i]));
        CHECK(m.size == i + 1 && is(merkle_root(&m), ROOTS[i]));
    }
}

/* A list of leaves with the root of each of its prefixes. */
struct log {
    struct hash leaf[MANY], root[MANY + 1];
};

static void fill(struct log *log)
{
    struct merkle m = { 0 };

    log->root[0] = merkle_root(&m);
    for (size_t i = 0; i < MANY; i++) {
        char record[2] = { (char)i, 'r' };

        log->leaf[i] = merkle_leaf((str){ record, sizeof record });
        merkle_add(&m, log->leaf[i]);
        log->root[i + 1] = merkle_root(&m);
    }
}

static void the_published_paths_come_out(void)
{
    struct hash leaves[LEAVES];
    struct merkle_path path;

    for (size_t i = 0; i < LEAVES; i++)
        leaves[i] = merkle_leaf(RECORDS[i]);
    merkle_prove(leaves, 8, 5, &path);
    CHECK(path.n == 3);
    CHECK(is(path.step[0], "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
    CHECK(is(path.step[1], "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"));
    CHECK(is(path.step[2], "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    merkle_prove_prefix(leaves, 6, 8, &path);
    CHECK(path.n == 3);
    CHECK(is(path.step[0], "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"));
    CHECK(is(path.step[1], "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"));
    CHECK(is(path.step[2], "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
}

static void every_leaf_of_every_tree_is_proved(void)
{
    static struct log log;
    struct merkle_path path;

    fill(&log);
    for (uint64_t size = 1; size <= MANY; size++) {
        for (uint64_t i = 0; i < size; i++) {
            merkle_prove(log.leaf, size, i, &path);
            CHECK(merkle_check(log.leaf[i], i, size, &path, log.root[size]));
            CHECK(!merkle_check(log.leaf[(i + 1) % MANY], i, size, &path, log.root[size]));
            CHECK(!merkle_check(log.leaf[i], i, size, &path, log.root[size - 1]));
            CHECK(!merkle_check(log.leaf[i], size, size, &path, log.root[size]));
            if (path.n > 0) {
                path.step[path.n / 2].b[7] ^= 1;
                CHECK(!merkle_check(log.leaf[i], i, size, &path, log.root[size]));
                path.step[path.n / 2].b[7] ^= 1;
                path.n--;
                CHECK(!merkle_check(log.leaf[i], i, size, &path, log.root[size]));
            }
        }
    }
}

static void every_prefix_of_every_tree_is_proved(void)
{
    static struct log log;
    struct merkle_path path;

    fill(&log);
    for (uint64_t new = 1; new <= MANY; new ++) {
        for (uint64_t old = 1; old <= new; old++) {
            merkle_prove_prefix(log.leaf, old, new, &path);
            CHECK(merkle_check_prefix(old, new, log.root[old], log.root[new], &path));
            CHECK(!merkle_check_prefix(old, new, log.root[old - 1], log.root[new], &path));
            CHECK(!merkle_check_prefix(old, new, log.root[old], log.root[new - 1], &path));
            if (path.n > 0) {
                path.step[path.n - 1].b[0] ^= 0x80;
                CHECK(!merkle_check_prefix(old, new, log.root[old], log.root[new], &path));
                path.n = 0;
                CHECK(!merkle_check_prefix(old, new, log.root[old], log.root[new], &path));
            }
        }
    }
    CHECK(!merkle_check_prefix(0, 5, log.root[0], log.root[5], &path));
    CHECK(!merkle_check_prefix(6, 5, log.root[6], log.root[5], &path));
}

static void a_path_of_impossible_length_is_refused(void)
{
    static struct log log;
    static struct merkle_path path;

    fill(&log);
    path.n = MERKLE_PATH_MAX + 1;
    CHECK(!merkle_check(log.leaf[0], 0, UINT64_MAX, &path, log.root[1]));
    CHECK(!merkle_check_prefix(1, UINT64_MAX, log.root[1], log.root[2], &path));
}

int main(void)
{
    RUN(sha_256_gives_the_published_values);
    RUN(a_hash_reads_back_and_only_in_lower_case);
    RUN(each_tree_of_the_vectors_has_its_published_root);
    RUN(the_published_paths_come_out);
    RUN(every_leaf_of_every_tree_is_proved);
    RUN(every_prefix_of_every_tree_is_proved);
    RUN(a_path_of_impossible_length_is_refused);
    return DONE();
}
