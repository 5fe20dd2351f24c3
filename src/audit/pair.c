/* Two lists of texts, paired: equal texts first and in linear time, the rest as one assignment
 * by likeness. */
#include "audit/inner.h"

#include <string.h>

#include "base/banned.h"

int32_t *pair_none(struct arena *a, uint32_t n)
{
    int32_t *none = NEW(a, int32_t, n);

    memset(none, 0xFF, n * sizeof *none);
    return none;
}

/* A chained hash table of the free texts on the right: head[hash & mask] and next[] hold index
 * + 1, 0 ends. */
struct index {
    uint32_t *head, *next;
    uint32_t mask;
};

static struct index index_free(struct arena *a, const str *right, uint32_t count,
                               const int32_t *taken)
{
    struct index x = { .mask = 15 };

    while (x.mask < count)
        x.mask = x.mask * 2 + 1;
    x.head = NEW(a, uint32_t, (size_t)x.mask + 1);
    x.next = NEW(a, uint32_t, count);
    for (uint32_t j = count; j-- > 0;) { /* from the end, so that a chain is in the order of the
                                            list */
        uint32_t *head = &x.head[str_hash(right[j]) & x.mask];

        if (taken[j] >= 0 || right[j].n == 0)
            continue;
        x.next[j] = *head;
        *head = j + 1;
    }
    return x;
}

static uint32_t count_free(const int32_t *taken, uint32_t n)
{
    uint32_t free_count = 0;

    for (uint32_t i = 0; i < n; i++)
        free_count += taken[i] < 0;
    return free_count;
}

static void take(const struct two_lists *l, uint32_t i, uint32_t j)
{
    l->right_of_left[i] = (int32_t)j;
    l->left_of_right[j] = (int32_t)i;
}

static bool is_same_group(const struct two_lists *l, uint32_t i, uint32_t j)
{
    return !l->left_group || str_eq(l->left_group[i], l->right_group[j]);
}

/* Most reports repeat the plan line by line: down to the first line that differs no table is
 * needed. */
static void take_head(const struct two_lists *l)
{
    for (uint32_t i = 0; i < l->left_count && i < l->right_count; i++) {
        if (l->right_of_left[i] >= 0 || l->left_of_right[i] >= 0 || !l->left[i].n
            || !str_eq(l->left[i], l->right[i]) || !is_same_group(l, i, i))
            return;
        take(l, i, i);
    }
}

static void take_equal(const struct two_lists *l, const struct index *x, bool in_group)
{
    for (uint32_t i = 0; i < l->left_count; i++) {
        uint32_t *link;

        if (l->right_of_left[i] >= 0)
            continue;
        link = &x->head[str_hash(l->left[i]) & x->mask];
        while (*link
               && (!str_eq(l->right[*link - 1], l->left[i])
                   || (in_group && !is_same_group(l, i, *link - 1))))
            link = &x->next[*link - 1];
        if (*link) {
            const uint32_t j = *link - 1;

            *link = x->next[j]; /* taken: out of its chain */
            take(l, i, j);
        }
    }
}

void pair_equal(struct arena *a, const struct two_lists *l)
{
    struct index x;

    take_head(l);
    if (!count_free(l->right_of_left, l->left_count)
        || !count_free(l->left_of_right, l->right_count))
        return;
    x = index_free(a, l->right, l->right_count, l->left_of_right);
    if (l->left_group)
        take_equal(l, &x, true);
    take_equal(l, &x, false);
}

/* The free texts of one side, shaped. */
struct rest {
    uint32_t *at; /* their indexes */
    struct shape *shape;
    uint32_t n;
};

static struct rest rest_of(struct arena *a, const str *texts, const int32_t *taken,
                           uint32_t count)
{
    struct rest r = { .at = NEW(a, uint32_t, count) };

    for (uint32_t i = 0; i < count; i++)
        if (taken[i] < 0 && texts[i].n)
            r.at[r.n++] = i;
    r.shape = NEW(a, struct shape, r.n);
    for (uint32_t k = 0; k < r.n; k++)
        shape_make(a, texts[r.at[k]], &r.shape[k]);
    return r;
}

void pair_alike(struct arena *a, const struct two_lists *l, pair_gain *gain,
                const void *context, uint64_t *cells)
{
    const uint64_t free_left = count_free(l->right_of_left, l->left_count);
    const uint64_t free_right = count_free(l->left_of_right, l->right_count);
    struct rest left, right;
    int32_t *gains, *col;

    if (free_left == 0 || free_right == 0 || free_left * free_right > *cells)
        return;
    *cells -= free_left * free_right;
    left = rest_of(a, l->left, l->right_of_left, l->left_count);
    right = rest_of(a, l->right, l->left_of_right, l->right_count);
    gains = NEW(a, int32_t, (size_t)left.n *right.n);
    for (uint32_t i = 0; i < left.n; i++)
        for (uint32_t j = 0; j < right.n; j++)
            gains[(size_t)i * right.n + j] =
                gain(context, &(struct candidate){ left.at[i], right.at[j], &left.shape[i],
                                                   &right.shape[j] });
    col = NEW(a, int32_t, left.n);
    assign(a, gains, left.n, right.n, col);
    for (uint32_t i = 0; i < left.n; i++)
        if (col[i] >= 0)
            take(l, left.at[i], right.at[col[i]]);
}
