#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include "check.h"

static const size_t LARGE = (size_t)50 << 20;

static void objects_are_zeroed_and_aligned(void)
{
    AUTO(arena_done) struct arena a = { 0 };

    for (size_t i = 1; i < 300; i++) {
        char *odd = arena_bytes(&a, i);
        unsigned char *p;

        memset(odd, 0xFF, i);
        p = arena_alloc(&a, i, 1);
        CHECK((uintptr_t)p % _Alignof(max_align_t) == 0);
        for (size_t j = 0; j < i; j++)
            CHECK(p[j] == 0);
        memset(p, 0xFF, i);
    }
}

static void memory_used_again_after_a_reset_is_zeroed_too(void)
{
    AUTO(arena_done) struct arena a = { 0 };

    for (int turn = 0; turn < 3; turn++) {
        unsigned char *p = NEW(&a, unsigned char, 5000);

        CHECK(p[0] == 0 && p[4999] == 0);
        memset(p, 0xFF, 5000);
        arena_reset(&a);
    }
}

static void an_object_larger_than_every_block_leaves_the_others_alone(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char *small = arena_bytes(&a, 4), *large, *next;

    memcpy(small, "abcd", 4);
    large = arena_bytes(&a, LARGE);
    memset(large, 'x', LARGE);
    next = arena_bytes(&a, 4);
    memcpy(next, "efgh", 4);
    CHECK(memcmp(small, "abcd", 4) == 0);
    CHECK(large[0] == 'x' && large[LARGE - 1] == 'x');
}

static void a_loop_over_documents_settles(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    size_t settled = 0;

    for (int document = 0; document < 100; document++) {
        for (int i = 0; i < 1000; i++)
            (void)arena_alloc(&a, 64, 1);
        arena_reset(&a);
        if (document == 20)
            settled = a.total;
        CHECK(document <= 20 || a.total == settled);
    }
}

static void the_newest_bytes_grow_where_they_lie_and_others_do_not(void)
{
    AUTO(arena_done) struct arena a = { 0 };
    char *p = arena_bytes(&a, 10);

    memcpy(p, "0123456789", 10);
#ifdef ARENA_DEBUG
    CHECK(!arena_extend(&a, p, 10, 20));
#else
    char *q;
    CHECK(arena_extend(&a, p, 10, 20));
    memset(p + 10, 'x', 10);
    q = arena_bytes(&a, 1);
    *q = 'q';
    CHECK(!arena_extend(&a, p, 20, 21));
    CHECK(arena_extend(&a, q, 1, 2));
    CHECK(!arena_extend(&a, q, 2, 2 * LARGE));
    CHECK(*q == 'q');
#endif
    CHECK(memcmp(p, "0123456789", 10) == 0);
}

static void an_arena_is_usable_again_after_done(void)
{
    struct arena a = { 0 };

    (void)arena_alloc(&a, 100, 100);
    arena_done(&a);
    CHECK(a.total == 0);
    CHECK(*NEW(&a, int, 1) == 0);
    arena_done(&a);
    arena_done(&a);
}

int main(void)
{
    RUN(objects_are_zeroed_and_aligned);
    RUN(memory_used_again_after_a_reset_is_zeroed_too);
    RUN(an_object_larger_than_every_block_leaves_the_others_alone);
    RUN(a_loop_over_documents_settles);
    RUN(the_newest_bytes_grow_where_they_lie_and_others_do_not);
    RUN(an_arena_is_usable_again_after_done);
    return DONE();
}
