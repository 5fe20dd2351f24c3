/* The page cache: numbered invariants are those of cache.h. */
#include "web/cache.h"

#include <pthread.h>
#include <string.h>

#include "check.h"

static const int64_t FIRST[2] = { 1, 20000 }, SECOND[2] = { 2, 20000 },
                     NEXT_DAY[2] = { 1, 20001 };

/* Sizes of caches and pages in these tests. */
enum { SMALL = 200 * 1024, MEDIUM = 400 * 1024, PAGE = 20 * 1024 };

static char text[300000];

static struct cached page(size_t bytes, const char *etag)
{
    return (struct cached){ STR("Head: x\r\n"), { text, bytes }, str_from(etag) };
}

static bool has(struct cache *c, const int64_t generation[2], const char *key)
{
    struct cached what;
    struct cache_entry *e = cache_find(c, generation, str_from(key), &what);

    if (e)
        cache_release(e);
    return e != NULL;
}

static void put(struct cache *c, const int64_t generation[2], const char *key, size_t bytes)
{
    struct cached what = page(bytes, key);

    cache_put(c, generation, str_from(key), &what);
}

static void what_was_put_is_found_again(void)
{
    struct cache c = { 0 };
    struct cached what = page(5000, "\"e\""), found;
    struct cache_entry *e;

    cache_init(&c, 1 << 20);
    CHECK(!has(&c, FIRST, "/a"));
    cache_put(&c, FIRST, STR("/a"), &what);
    e = cache_find(&c, FIRST, STR("/a"), &found);
    CHECK(e != NULL);
    CHECK(found.body.n == 5000 && memcmp(found.body.p, text, 5000) == 0
          && found.body.p != text);
    CHECK(str_eq(found.head, STR("Head: x\r\n")) && str_eq(found.etag, STR("\"e\"")));
    CHECK(!has(&c, FIRST, "/b"));
    if (e)
        cache_release(e);
    cache_done(&c);
}

/* Invariant 1. */
static void a_commit_or_a_new_day_forgets_everything(void)
{
    struct cache c = { 0 };

    cache_init(&c, 1 << 20);
    put(&c, FIRST, "/a", 100);
    CHECK(has(&c, FIRST, "/a") && !has(&c, SECOND, "/a") && !has(&c, NEXT_DAY, "/a"));
    put(&c, SECOND, "/b", 100);
    CHECK(!has(&c, SECOND, "/a") && has(&c, SECOND, "/b"));
    CHECK(!has(&c, FIRST, "/a") && !has(&c, FIRST, "/b"));
    cache_done(&c);
}

/* Invariant 2. */
static void what_a_reader_holds_outlives_its_place_in_the_cache(void)
{
    struct cache c = { 0 };
    struct cached found;
    struct cache_entry *e;

    cache_init(&c, 1 << 20);
    put(&c, FIRST, "/a", 70000);
    e = cache_find(&c, FIRST, STR("/a"), &found);
    put(&c, SECOND, "/a", 10);
    CHECK(e && found.body.n == 70000 && memcmp(found.body.p, text, 70000) == 0);
    if (e)
        cache_release(e);
    cache_done(&c);
}

/* Invariant 3. */
static void it_never_holds_more_than_its_limit(void)
{
    struct cache c = { 0 };
    char key[16];

    cache_init(&c, 1 << 20);
    for (int i = 0; i < 200; i++) {
        snprintf(key, sizeof key, "/%d", i);
        put(&c, FIRST, key, 30000);
        CHECK(c.used <= c.limit);
    }
    CHECK(has(&c, FIRST, "/199") && !has(&c, FIRST, "/0"));
    put(&c, FIRST, "/large", (1 << 20) / 8 + 1);
    CHECK(!has(&c, FIRST, "/large"));
    cache_done(&c);
}

static void the_page_that_was_asked_for_longest_ago_goes_first(void)
{
    struct cache c = { 0 };

    cache_init(&c, SMALL);
    put(&c, FIRST, "/a", PAGE);
    for (int i = 0; i < 40; i++) {
        char key[16];

        snprintf(key, sizeof key, "/%d", i);
        put(&c, FIRST, key, PAGE);
        CHECK(has(&c, FIRST, "/a"));
    }
    cache_done(&c);
}

static void the_same_page_put_twice_is_there_once(void)
{
    struct cache c = { 0 };
    size_t used;

    cache_init(&c, 1 << 20);
    put(&c, FIRST, "/a", 30000);
    used = c.used;
    put(&c, FIRST, "/a", 30000);
    CHECK(c.used == used);
    cache_done(&c);
}

static void *churn(void *arg)
{
    struct cache *c = arg;

    for (int i = 0; i < 3000; i++) {
        const int64_t *generation = i % 97 ? FIRST : SECOND;
        char key[16];
        struct cached found;
        struct cache_entry *e;

        snprintf(key, sizeof key, "/%d", i % 61);
        e = cache_find(c, generation, str_from(key), &found);
        if (!e) {
            put(c, generation, key, (size_t)(1000 + i % 61));
            continue;
        }
        if (found.body.n != (size_t)(1000 + i % 61))
            c->limit = 0; /* seen by the test */
        cache_release(e);
    }
    return NULL;
}

static void threads_may_use_it_at_once(void)
{
    struct cache c = { 0 };
    pthread_t threads[4];

    cache_init(&c, MEDIUM);
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, churn, &c);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    CHECK(c.limit == MEDIUM && c.used <= c.limit);
    cache_done(&c);
}

int main(void)
{
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i % 26);
    RUN(what_was_put_is_found_again);
    RUN(a_commit_or_a_new_day_forgets_everything);
    RUN(what_a_reader_holds_outlives_its_place_in_the_cache);
    RUN(it_never_holds_more_than_its_limit);
    RUN(the_page_that_was_asked_for_longest_ago_goes_first);
    RUN(the_same_page_put_twice_is_there_once);
    RUN(threads_may_use_it_at_once);
    return DONE();
}
