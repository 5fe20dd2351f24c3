/* Writing for all that wait. */
#include "web/intake.h"

#include "base/banned.h"

/* On the stack of whoever waits. */
struct intake_slot {
    struct intake_slot *next;
    const struct voice_submission *one;
    struct voice_taken *out;
    struct err e;
    bool is_done, ok;
};

void intake_init(struct intake *in)
{
    *in = (struct intake){ 0 };
    pthread_mutex_init(&in->lock, NULL);
    pthread_cond_init(&in->done, NULL);
}

void intake_done(struct intake *in)
{
    pthread_cond_destroy(&in->done);
    pthread_mutex_destroy(&in->lock);
}

static uint32_t take_waiting(struct intake *in, struct intake_slot *slots[INTAKE_AT_ONCE])
{
    uint32_t n = 0;

    while (in->first && n < INTAKE_AT_ONCE) {
        slots[n++] = in->first;
        in->first = in->first->next;
    }
    if (!in->first)
        in->last = NULL;
    return n;
}

/* Without the lock: others may line up meanwhile. */
static void write_all(struct conn *db, struct intake_slot *const *slots, uint32_t n)
{
    const struct voice_submission *all[INTAKE_AT_ONCE] = { NULL };
    struct voice_taken taken[INTAKE_AT_ONCE];
    struct err e = { 0 };
    bool ok;

    for (uint32_t i = 0; i < n; i++)
        all[i] = slots[i]->one;
    ok = store_voice_receive_many(db, all, n, taken, &e);
    for (uint32_t i = 0; i < n; i++) {
        slots[i]->ok = ok;
        slots[i]->e = e;
        if (ok)
            *slots[i]->out = taken[i];
    }
}

/* With the lock held, and again when it returns. */
static void write_turn(struct intake *in, struct conn *db)
{
    struct intake_slot *slots[INTAKE_AT_ONCE];
    const uint32_t n = take_waiting(in, slots);

    in->is_writing = true;
    pthread_mutex_unlock(&in->lock);
    write_all(db, slots, n);
    pthread_mutex_lock(&in->lock);
    in->is_writing = false;
    for (uint32_t i = 0; i < n; i++)
        slots[i]->is_done = true;
    pthread_cond_broadcast(&in->done);
}

bool intake_receive(struct intake *in, struct conn *db, const struct voice_submission *one,
                    struct voice_taken *out, struct err *e)
{
    struct intake_slot mine = { .one = one, .out = out };

    pthread_mutex_lock(&in->lock);
    if (in->last)
        in->last->next = &mine;
    else
        in->first = &mine;
    in->last = &mine;
    while (!mine.is_done) {
        if (in->is_writing)
            pthread_cond_wait(&in->done, &in->lock);
        else
            write_turn(in, db);
    }
    pthread_mutex_unlock(&in->lock);
    if (!mine.ok)
        *e = mine.e;
    return mine.ok;
}
