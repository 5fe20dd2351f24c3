/* Memory by lifetime: everything that one unit of work (a request, a command, one document of a
 * batch) needs is taken from its arena and dies with it. Nothing is freed singly.
 *
 * A function that takes no arena does not allocate. What a function returns lives as long as
 * the arena it was given. Out of memory aborts the process: input is limited before it is
 * allocated for (limits.h), transactions make the abort safe. Built with -DARENA_DEBUG each
 * object is a block of its own, so that AddressSanitizer sees overruns and late use. */
#ifndef MEGURI_ARENA_H
#define MEGURI_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define AUTO(fn)               __attribute__((cleanup(fn)))
#define MUST                   __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

struct arena_block;

/* Zero-initialised = empty and ready. */
struct arena {
    struct arena_block *blocks; /* newest first */
    char *at;                   /* the free rest of the newest block */
    size_t room;                /* its bytes */
    size_t total;               /* bytes held from the system, for the limits and for tests */
};

enum { ARENA_ALIGN = _Alignof(max_align_t) };

/* The slow way of those below: the newest block has no room. */
void *arena_raw_new(struct arena *a, size_t size, size_t count)
    __attribute__((malloc, returns_nonnull));
char *arena_bytes_new(struct arena *a, size_t size) __attribute__((returns_nonnull));

/* Room for `count` objects of `size` bytes, aligned for any type; never NULL. size * count may
 * not overflow: that aborts too. count 0 gives a valid pointer that must not be followed. Not
 * zeroed: for what the caller fills at once. */
static inline void *arena_raw(struct arena *a, size_t size, size_t count)
{
    size_t pad = -(uintptr_t)a->at % ARENA_ALIGN, all;
    char *p;

    if (__builtin_mul_overflow(size, count, &all) || all >= a->room || pad >= a->room - all)
        return arena_raw_new(a, size, count);
    p = a->at + pad;
    a->at = p + all;
    a->room -= pad + all;
    return p;
}

/* The same, zeroed. Inline, as the nodes of every tree and list come from here. */
static inline void *arena_alloc(struct arena *a, size_t size, size_t count)
{
    void *p = arena_raw(a, size, count);

    return memset(p, 0, size * count);
}

/* Room for `size` bytes of text, which the caller fills at once: not zeroed, not aligned. */
static inline char *arena_bytes(struct arena *a, size_t size)
{
    char *p = a->at;

    if (size >= a->room)
        return arena_bytes_new(a, size);
    a->at += size;
    a->room -= size;
    return p;
}

/* Makes the newest object of arena_bytes longer where it lies, so that a growing buffer is
 * seldom copied. False, with nothing changed, when p is not the newest object or its block has
 * no room. */
MUST bool arena_extend(struct arena *a, const char *p, size_t size, size_t new_size);

/* Forgets every object but keeps the largest block, so that a loop over many documents settles
 * at the size of the largest. */
void arena_reset(struct arena *a);

/* Gives everything back; the arena is empty and usable again. The form for AUTO(). */
void arena_done(struct arena *a);

#define NEW(a, T, n) ((T *)arena_alloc((a), sizeof(T), (n)))

#endif
