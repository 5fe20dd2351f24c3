/* meguri checkpoint: sign the heads of logs. meguri verify --checkpoint: is the log still what
 * somebody was given a signature of? */
#include "cli/inner.h"

#include <string.h>
#include <time.h>

#include "base/banned.h"

const struct cli_option CHECKPOINT_OPTIONS[] = {
    { "public-key",
      NULL,
      NULL,
      NULL,
      { "署名を確かめるための公開鍵だけを表示する",
        "only print the public key that signatures are checked with" } },
    { "name",
      "NAME",
      NULL,
      NULL,
      { "はじめて作る鍵の名前(例: plan.example.jp)",
        "name of a key that is made now (plan.example.jp)" } },
    { NULL, NULL, NULL, NULL, { NULL, NULL } },
};

const struct cli_option VERIFY_OPTIONS[] = {
    { "checkpoint",
      "FILE",
      NULL,
      NULL,
      { "受け取った署名つき要約 FILE の時から、記録が変わっていないかだけを確かめる",
        "only check that the log still begins with what the checkpoints in FILE were signed "
        "of" } },
    { "key",
      "VERIFIER",
      NULL,
      NULL,
      { "そのときの公開鍵(なければ、データのそばの鍵)",
        "the public key for it (otherwise that of the key beside the data)" } },
    { NULL, NULL, NULL, NULL, { NULL, NULL } },
};

/* ---- meguri checkpoint ---- */

static str verifier_text(struct arena *a, const struct verifier *v)
{
    struct buf b;

    buf_init(&b, a, 256, 1024);
    verifier_put(&b, v);
    return buf_str(&b);
}

static str hash_text(struct arena *a, struct hash h)
{
    struct buf b;

    buf_init(&b, a, 64, 64);
    hash_put(&b, h);
    return buf_str(&b);
}

/* A private key has come into the world: whoever looks after the machine must know. */
static void say_new_key(const struct cli *c)
{
    fprintf(stderr,
            c->lang == LANG_JA
                ? "署名の鍵 %s.key "
                  "を作りました。データとは別の場所に控え、人に渡さないでください。\n"
                : "The key %s.key was made. Keep a copy elsewhere and give it to nobody.\n",
            c->data);
}

struct signing {
    struct cli *c;
    struct conn *db;
    int64_t now_ms;
    struct buf out;
    uint32_t count;
};

static bool sign_one(void *ctx, str organisation, struct err *e)
{
    struct signing *s = ctx;
    struct arena *a = s->c->mem;
    struct checkpoint_row row;
    struct value *v;

    if (!store_checkpoint_sign(s->db, a, organisation, s->now_ms, &row, e))
        return false;
    if (strcmp(s->c->format, "json") != 0) {
        buf_put_c(&s->out, s->count++ ? "\n" : "");
        buf_put(&s->out, row.note);
        return true;
    }
    v = value_map(a);
    value_put_text(a, v, "organisation", row.organisation);
    value_put_int(a, v, "size", (int64_t)row.size);
    value_put_text(a, v, "root", hash_text(a, row.root));
    struct buf at;
    buf_init(&at, a, 40, 40);
    instant_put(&at, row.at_ms);
    value_put_text(a, v, "at", buf_str(&at));
    value_put_text(a, v, "verifier", row.verifier);
    value_put_text(a, v, "note", row.note);
    json_put(&s->out, v);
    buf_put_char(&s->out, '\n');
    return true;
}

static bool sign_asked(struct signing *s, struct err *e)
{
    if (!s->c->arg_count)
        return logs_each(s->db, sign_one, s, e);
    for (int i = 0; i < s->c->arg_count; i++)
        if (!sign_one(s, str_from(s->c->args[i]), e))
            return false;
    return true;
}

int cmd_checkpoint(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    const char *name = cli_value(c, "name");
    struct signing s = { .c = c };
    struct verifier key;
    struct timespec now;
    struct err e;
    bool is_new;

    if (!store_open(c->data, STORE_WRITE, &db, &e)
        || !store_key(db, c->mem, name ? str_from(name) : (str){ 0 }, &key, &is_new, &e))
        return cli_fail(c, &e);
    if (is_new)
        say_new_key(c);
    if (cli_is_on(c, "public-key")) {
        (void)cli_put(c, str_fmt(c->mem, "%.*s\n", STR_ARG(verifier_text(c->mem, &key))));
        return CLI_FINE;
    }
    (void)clock_gettime(CLOCK_REALTIME, &now);
    s.db = db;
    s.now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
    buf_init(&s.out, c->mem, 4096, SIZE_MAX / 2);
    if (!sign_asked(&s, &e))
        return cli_fail(c, &e);
    (void)cli_put(c, buf_str(&s.out));
    return CLI_FINE;
}

/* ---- meguri verify --checkpoint ---- */

/* How a note stands to the log. */
enum standing { STANDING_HOLDS, STANDING_CHANGED, STANDING_SHORT, STANDING_NOT_SIGNED };

static const struct {
    const char *word;
    const char *says[LANG_COUNT]; /* organisation, records signed, records there are */
} STANDINGS[] = {
    [STANDING_HOLDS] = { "holds",
                         { "%.*s: "
                           "最初の%llu件の記録は、署名されたときのままです(いま%llu件)。\n",
                           "%.*s: the first %llu records are as they were signed (%llu "
                           "now).\n" } },
    [STANDING_CHANGED] = { "changed",
                           { "%.*s: "
                             "署名されたあとで記録が変えられています。%llu件目か、それより"
                             "前の記録です(いま%llu件)。\n",
                             "%.*s: the log was changed after it was signed, at or before "
                             "record "
                             "number %llu (%llu now).\n" } },
    [STANDING_SHORT] = { "short",
                         { "%.*s: 署名されたときは記録が%llu件ありましたが、いまは%llu件です。"
                           "終わりの記録が消されています。\n",
                           "%.*s: %llu records were signed and there are %llu now: records "
                           "were "
                           "taken off the end.\n" } },
    [STANDING_NOT_SIGNED] = { "not_signed",
                              { "%.*s: この鍵による署名ではないか、文が変えられています"
                                "(%llu件の記録についてのもの。いま%llu件)。\n",
                                "%.*s: not signed by this key, or altered (says it is of %llu "
                                "records; %llu now).\n" } },
};

struct claim {
    struct signed_checkpoint note;
    str organisation;
    uint64_t have;
    enum standing standing;
};

/* The origin is the key's name, a slash and the organisation. */
static str organisation_of(str origin)
{
    size_t at = origin.n;

    while (at > 0 && origin.p[at - 1] != '/')
        at--;
    return at ? str_skip(origin, at) : (str){ 0 };
}

static bool claim_check(struct conn *db, const struct verifier *key, struct claim *claim,
                        struct err *e)
{
    const struct checkpoint *c = &claim->note.checkpoint;
    struct hash root;

    claim->organisation = organisation_of(c->origin);
    if (!store_root(db, claim->organisation, c->size, &root, &claim->have, e))
        return false;
    if (checkpoint_check(&claim->note, key) != SIGNATURE_GOOD)
        claim->standing = STANDING_NOT_SIGNED;
    else if (claim->have < c->size)
        claim->standing = STANDING_SHORT;
    else
        claim->standing = hash_eq(root, c->root) ? STANDING_HOLDS : STANDING_CHANGED;
    return true;
}

static void claim_put(const struct cli *c, struct buf *out, const struct claim *claim)
{
    struct arena *a = c->mem;
    const struct checkpoint *head = &claim->note.checkpoint;
    struct value *v;

    if (strcmp(c->format, "json") != 0) {
        buf_fmt(out, STANDINGS[claim->standing].says[c->lang], STR_ARG(claim->organisation),
                (unsigned long long)head->size, (unsigned long long)claim->have);
        return;
    }
    v = value_map(a);
    value_put_text(a, v, "origin", head->origin);
    value_put_text(a, v, "organisation", claim->organisation);
    value_put_int(a, v, "size", (int64_t)head->size);
    value_put_text(a, v, "root", hash_text(a, head->root));
    value_put_int(a, v, "records", (int64_t)claim->have);
    value_put_text(a, v, "result", str_from(STANDINGS[claim->standing].word));
    json_put(out, v);
    buf_put_char(out, '\n');
}

static bool key_take(struct cli *c, struct conn *db, struct verifier *key, struct err *e)
{
    const char *given = cli_value(c, "key");

    if (given)
        return verifier_read(str_trim(str_from(given)), key, e);
    return store_verifier(db, c->mem, key, e)
           && (key->name.n
               || err_set(
                   e, ERR_INPUT,
                   "公開鍵が分かりません。署名つき要約と一緒に受け取った公開鍵を --key で"
                   "指定してください。"));
}

int verify_checkpoint(struct cli *c, const char *path)
{
    AUTO(conn_close) struct conn *db = NULL;
    enum text_encoding encoding;
    struct verifier key;
    struct buf out;
    bool all_hold = true;
    struct err e;
    str bytes, rest;

    if (!file_read(c->mem, path, LIMIT_CHECKPOINT_BYTES, &bytes, &e)
        || !text_decode(c->mem, file_name(c->mem, path), bytes, &rest, &encoding, &e)
        || !store_open(c->data, STORE_READ, &db, &e) || !key_take(c, db, &key, &e))
        return cli_fail(c, &e);
    buf_init(&out, c->mem, 4096, SIZE_MAX / 2);
    do {
        struct claim claim = { 0 };

        if (!checkpoint_read(&rest, &claim.note, &e) || !claim_check(db, &key, &claim, &e))
            return cli_fail(c, &e);
        claim_put(c, &out, &claim);
        all_hold &= claim.standing == STANDING_HOLDS;
    } while (str_trim(rest).n);
    (void)cli_put(c, buf_str(&out));
    return all_hold ? CLI_FINE : CLI_FINDINGS;
}
