/* What the pages of the door share. Private to page_sign_in.c and the account pages. */
#ifndef MEGURI_WEB_SIGN_IN_H
#define MEGURI_WEB_SIGN_IN_H

#include "web/page.h"

/* The fields in which an act waits, for the tables of forms that hold one. */
#define WAITING_FIELDS                                                              \
    { "to", INPUT_LINE, LIMIT_REQUEST_TARGET, false, { "行き先", "Destination" } }, \
        { "carry", INPUT_CARRY, 0, false, { "入力した内容", "What was entered" } }, \
    {                                                                               \
        "post", INPUT_FLAG, 0, false, { "入力の有無", "Is there input" }            \
    }

/* "waiting": {to, carry, post, is_post} of the page at hand, from what waits, else from the
 * form, else from ?to=; null when nothing does. */
void waiting_put(const struct req *r, struct value *page);
/* Where the form at hand says to go on: fills out->carried for an act, else out->location; to
 * `otherwise` when it says nothing. */
void waiting_go(struct req *r, struct outcome *out, str otherwise);

/* What became of a password, wherever it was judged. */
struct password_said {
    struct door_answer answer;
    str how;    /* "password", or "ldap" */
    str said;   /* why it could not be judged, or that who is right has no account here; "" */
    int status; /* of the answer, with `said` */
};
/* By the account's own password, otherwise by the directory. A directory that cannot be asked
 * is no error of the page. */
MUST bool password_judge(struct req *r, const struct door_try *given, struct password_said *out,
                         struct err *e);

/* What the door says of a password or code that does not open: a fault, and the status. */
void door_refuse(struct req *r, const struct door_answer *answer, const char *wrong,
                 struct outcome *out);

#endif
