/* The arena: blocks from malloc, newest first, each filled from its start. Blocks double in
 * size, so that an arena of any size has few of them; an object that would leave most of a
 * block unused gets a block of its own. */
#define MEGURI_BASE_ROOM
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum {
    BLOCK_FIRST = 8 * 1024,
    BLOCK_LAST = 1024 * 1024, /* doubling stops here */
};

struct arena_block {
    struct arena_block *next; /* older */
    size_t cap;               /* bytes in data */
    _Alignas(max_align_t) char data[];
};

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "meguri: メモリーが足りません(%zu バイト)。\n", size);
    abort();
}

static struct arena_block *block_new(struct arena *a, size_t cap)
{
    struct arena_block *b = NULL;

    if (cap <= SIZE_MAX - sizeof *b)
        b = malloc(sizeof *b + cap);
    if (!b)
        out_of_memory(cap);
    b->cap = cap;
    a->total += sizeof *b + cap;
    return b;
}

#ifdef ARENA_DEBUG

/* Every object is the newest block, which has no room left: an overrun leaves its malloc, a
 * late use meets freed memory. */
static char *take(struct arena *a, size_t size)
{
    struct arena_block *b = block_new(a, size);

    b->next = a->blocks;
    a->blocks = b;
    return b->data;
}

bool arena_extend(struct arena *a, const char *p, size_t size, size_t new_size)
{
    (void)a, (void)p, (void)size, (void)new_size;
    return false;
}

void arena_reset(struct arena *a)
{
    arena_done(a);
}

#else

/* An object of its own block goes behind the newest, which stays in use. */
static char *take_alone(struct arena *a, size_t size)
{
    struct arena_block *b = block_new(a, size);

    b->next = a->blocks->next;
    a->blocks->next = b;
    return b->data;
}

static char *take(struct arena *a, size_t size)
{
    size_t cap = a->blocks ? a->blocks->cap * 2 : BLOCK_FIRST;
    struct arena_block *b;

    if (cap > BLOCK_LAST)
        cap = BLOCK_LAST;
    if (a->blocks && size > cap / 4)
        return take_alone(a, size);
    b = block_new(a, size > cap ? size : cap);
    b->next = a->blocks;
    a->blocks = b;
    a->at = b->data + size;
    a->room = b->cap - size;
    return b->data;
}

bool arena_extend(struct arena *a, const char *p, size_t size, size_t new_size)
{
    if (!a->blocks || new_size < size || p + size != a->at || new_size - size > a->room)
        return false;
    a->at += new_size - size;
    a->room -= new_size - size;
    return true;
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = NULL;

    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        struct arena_block *drop = b;

        next = b->next;
        if (!keep || b->cap > keep->cap) {
            drop = keep;
            keep = b;
        }
        free(drop);
    }
    *a = (struct arena){ .blocks = keep };
    if (keep) {
        keep->next = NULL;
        a->at = keep->data;
        a->room = keep->cap;
        a->total = sizeof *keep + keep->cap;
    }
}

#endif

void *arena_raw_new(struct arena *a, size_t size, size_t count)
{
    size_t all;

    if (__builtin_mul_overflow(size, count, &all))
        out_of_memory(SIZE_MAX);
    return take(a, all);
}

char *arena_bytes_new(struct arena *a, size_t size)
{
    return take(a, size);
}

void arena_done(struct arena *a)
{
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    *a = (struct arena){ 0 };
}
