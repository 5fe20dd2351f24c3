/* How often may somebody try? A counter each for a login from an address, for a login, for an
 * address, and for the codes of an account. People.h says what they are for; here stand their
 * numbers. What is counted is stored as a hash: a password typed into the wrong field must not
 * stand in the data. */
#include "store/people_inner.h"

#include "base/banned.h"

enum {
    SECOND_MS = 1000,
    DAY_MS = 24 * 60 * 60 * SECOND_MS,
    GOOD_DAYS = 30, /* an address where a login was right stays known that long */
    FIRST_WAIT = 5, /* seconds; doubled with each failure */
};

static const struct {
    const char *name; /* begins what is hashed */
    int spare;        /* failures that cost nothing */
    int longest;      /* wait, seconds */
    int leak;         /* seconds after which one failure is forgotten; 0 = all after a day */
} RULES[COUNTED] = {
    [COUNT_PAIR] = { "pair", 5, 900, 0 },
    [COUNT_LOGIN] = { "login", 20, 60, 60 },
    [COUNT_ADDRESS] = { "address", 100, 60, 60 },
    [COUNT_CODES] = { "codes", 5, 900, 0 },
    [COUNT_INVITATION] = { "invitation", 20, 300, 60 }, /* many answer from one office */
};

/* The lengths keep "ab","c" and "a","bc" apart. */
struct hash tries_key(enum counted what, str one, str other)
{
    AUTO(arena_done) struct arena mem = { 0 };

    return hash_bytes(str_fmt(&mem, "%s %zu %.*s %.*s", RULES[what].name, one.n, STR_ARG(one),
                              STR_ARG(other)));
}

static void forget(enum counted what, struct tries *t, int64_t now_ms)
{
    const int64_t past = now_ms > t->at_ms ? now_ms - t->at_ms : 0;
    const int64_t forgotten =
        RULES[what].leak ? past / SECOND_MS / RULES[what].leak : past / DAY_MS * t->failures;

    t->failures = t->failures > forgotten ? t->failures - forgotten : 0;
}

bool tries_load(struct conn *c, enum counted what, struct hash key, int64_t now_ms,
                struct tries *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_THROTTLE_GET);
    bool found;

    *out = (struct tries){ .key = key };
    put_hash(&q, &key);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return true;
    out->failures = take_int(&q);
    out->at_ms = take_int(&q);
    out->until_ms = take_int(&q);
    out->good_ms = take_int(&q);
    forget(what, out, now_ms);
    return true;
}

static bool save(struct conn *c, const struct tries *t, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_THROTTLE_PUT);

    put_hash(&q, &t->key);
    put_int(&q, t->failures);
    put_int(&q, t->at_ms);
    put_int(&q, t->until_ms);
    put_int(&q, t->good_ms);
    return query_run(&q, e);
}

static int64_t wait_after(enum counted what, int64_t failures)
{
    int64_t seconds = FIRST_WAIT;

    if (failures < RULES[what].spare)
        return 0;
    for (int64_t i = RULES[what].spare; i < failures && seconds < RULES[what].longest; i++)
        seconds *= 2;
    return seconds < RULES[what].longest ? seconds : RULES[what].longest;
}

bool tries_add(struct conn *c, enum counted what, struct tries *t, int64_t now_ms,
               struct err *e)
{
    t->failures++;
    t->at_ms = now_ms;
    t->until_ms = now_ms + wait_after(what, t->failures) * SECOND_MS;
    return save(c, t, e);
}

/* A pair and an account's codes begin anew; of the others only this try is taken back, since
 * one who guesses must not be helped by those who know. */
bool tries_right(struct conn *c, enum counted what, struct tries *t, int64_t now_ms,
                 struct err *e)
{
    const bool is_own = what == COUNT_PAIR || what == COUNT_CODES;

    t->failures = is_own || !t->failures ? 0 : t->failures - 1;
    if (t->failures < RULES[what].spare)
        t->until_ms = 0;
    t->good_ms = now_ms;
    return save(c, t, e);
}

int tries_wait(const struct tries *t, int64_t now_ms)
{
    return t->until_ms > now_ms ? (int)((t->until_ms - now_ms + SECOND_MS - 1) / SECOND_MS) : 0;
}

/* ---- the door ---- */

struct door_tries {
    struct tries of[COUNT_CODES]; /* pair, login, address */
    int count;                    /* 1 = the pair alone counts: it was right here before */
};

static bool door_load(struct conn *c, int64_t now_ms, str login, str address,
                      struct door_tries *out, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const str folded = text_fold(&mem, login);
    const struct hash keys[COUNT_CODES] = {
        [COUNT_PAIR] = tries_key(COUNT_PAIR, folded, address),
        [COUNT_LOGIN] = tries_key(COUNT_LOGIN, folded, STR("")),
        [COUNT_ADDRESS] = tries_key(COUNT_ADDRESS, address, STR("")),
    };

    for (int i = 0; i < COUNT_CODES; i++)
        if (!tries_load(c, (enum counted)i, keys[i], now_ms, &out->of[i], e))
            return false;
    out->count = now_ms - out->of[COUNT_PAIR].good_ms < (int64_t)GOOD_DAYS * DAY_MS
                     ? 1
                     : (int)COUNT_CODES;
    return true;
}

static bool sweep(struct conn *c, int64_t now_ms, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_THROTTLE_SWEEP);

    put_int(&q, now_ms - DAY_MS);
    put_int(&q, now_ms - (int64_t)GOOD_DAYS * DAY_MS);
    return query_run(&q, e);
}

bool store_door_knock(struct conn *c, int64_t now_ms, str login, str address, int *wait_seconds,
                      struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct door_tries tries;

    *wait_seconds = 0;
    if (!transaction_begin(c, &t, e) || !sweep(c, now_ms, e)
        || !door_load(c, now_ms, login, address, &tries, e))
        return false;
    for (int i = 0; i < tries.count; i++) {
        const int wait = tries_wait(&tries.of[i], now_ms);

        *wait_seconds = wait > *wait_seconds ? wait : *wait_seconds;
    }
    for (int i = 0; !*wait_seconds && i < tries.count; i++)
        if (!tries_add(c, (enum counted)i, &tries.of[i], now_ms, e))
            return false;
    return transaction_commit(&t, e);
}

bool store_door_passed(struct conn *c, int64_t now_ms, str login, str address, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct door_tries tries;

    if (!transaction_begin(c, &t, e) || !door_load(c, now_ms, login, address, &tries, e))
        return false;
    for (int i = 0; i < tries.count; i++)
        if (!tries_right(c, (enum counted)i, &tries.of[i], now_ms, e))
            return false;
    return transaction_commit(&t, e);
}
