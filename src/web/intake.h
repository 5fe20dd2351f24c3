/* Voices that come in at the same time are written together: one transaction, one sync of the
 * disk, as many receipts. Whoever finds nobody writing writes for all that wait; the others
 * sleep until theirs is on disk. So a form costs the disk no more when many send it than when
 * one does, and nobody waits for a timer. */
#ifndef MEGURI_WEB_INTAKE_H
#define MEGURI_WEB_INTAKE_H

#include <pthread.h>

#include "store/store.h"

enum { INTAKE_AT_ONCE = 256 };

struct intake_slot;
struct intake {
    pthread_mutex_t lock;
    pthread_cond_t done;
    struct intake_slot *first, *last; /* who waits, in the order in which they came */
    bool is_writing;
};
void intake_init(struct intake *in);
void intake_done(struct intake *in);

/* Takes one in by `db`, which writes and is the caller's. When it returns true the voice is on
 * disk (out->ok), or out->why says why it was not taken; false: the data could not be written,
 * nothing of this one is there. */
MUST bool intake_receive(struct intake *in, struct conn *db, const struct voice_submission *one,
                         struct voice_taken *out, struct err *e);

#endif
