/* Token buckets. */
#include "web/flood.h"

#include "base/banned.h"

enum { TOKEN = 1000000, MINUTE_MS = 60 * 1000, SECOND_MS = 1000 };

void flood_init(struct flood *f)
{
    *f = (struct flood){ 0 };
    pthread_mutex_init(&f->lock, NULL);
}

void flood_done(struct flood *f)
{
    pthread_mutex_destroy(&f->lock);
}

struct bucket {
    int64_t size;   /* microtokens */
    int64_t refill; /* microtokens in `span_ms` */
    int64_t span_ms;
};

/* Fills it for the time that has passed. A clock that was set back fills nothing. */
static void fill(struct flood_place *p, const struct bucket *b, int64_t now_ms)
{
    const int64_t passed = now_ms - p->at_ms;
    const int64_t full_ms = b->size / b->refill * b->span_ms + b->span_ms;

    if (!p->at_ms || passed >= full_ms)
        p->microtokens = b->size;
    else if (passed > 0)
        p->microtokens += passed * b->refill / b->span_ms;
    if (p->microtokens > b->size)
        p->microtokens = b->size;
    if (passed > 0 || !p->at_ms)
        p->at_ms = now_ms;
}

static int wait_of(const struct flood_place *p, const struct bucket *b)
{
    const int64_t ms = (TOKEN - p->microtokens) * b->span_ms / b->refill;

    return (int)(ms / SECOND_MS) + 1;
}

static bool is_loopback(str address)
{
    return str_starts(address, STR("127.")) || str_eq(address, STR("::1")) || !address.n;
}

static struct flood_place *place_of(struct flood *f, const char *what, str address)
{
    const uint64_t key =
        (str_hash(address) ^ (str_hash(str_from(what)) * UINT64_C(0x9E3779B97F4A7C15))) | 1;
    struct flood_place *p = &f->places[(key >> 8) % FLOOD_PLACES];

    if (p->key != key)
        *p = (struct flood_place){ .key = key };
    return p;
}

static bool take_both(struct flood *f, const struct flood_rate *rate, str address,
                      int64_t now_ms, int *wait_s)
{
    const int64_t minute = (int64_t)rate->per_minute * TOKEN;
    const int64_t second = (int64_t)rate->per_second * TOKEN;
    const struct bucket one = { minute, minute, MINUTE_MS };
    const struct bucket all = { second * 2, second, SECOND_MS };
    struct flood_place *p = NULL;

    if (rate->per_minute && !is_loopback(address)) {
        p = place_of(f, rate->what, address);
        fill(p, &one, now_ms);
        if (p->microtokens < TOKEN) {
            *wait_s = wait_of(p, &one);
            return false;
        }
    }
    if (rate->per_second) {
        fill(&f->all, &all, now_ms);
        if (f->all.microtokens < TOKEN) {
            *wait_s = wait_of(&f->all, &all);
            return false;
        }
        f->all.microtokens -= TOKEN;
    }
    if (p)
        p->microtokens -= TOKEN;
    return true;
}

bool flood_take(struct flood *f, const struct flood_rate *rate, str address, int64_t now_ms,
                int *wait_s)
{
    bool ok;

    pthread_mutex_lock(&f->lock);
    ok = take_both(f, rate, address, now_ms, wait_s);
    pthread_mutex_unlock(&f->lock);
    return ok;
}
