/* Signing in and out, and giving the password again.
 *
 *          password right                         code right
 * /sign-in ──────────────► second factor? ─ yes ─► asks the code ───────► session, new token
 *    ▲                          │ no                     │ wrong                │
 *    └── wrong: one sentence    └────────────────────────┼──────────────────────┤
 *        that does not tell which                        └─ asks again          ▼
 *                                                             what waited, else /work
 *
 * Between the two steps nothing is kept here: the form carries a ticket that says whose password
 * was right, until when, and for which cookie; a code of this server under a key of its own
 * makes sure that nobody else wrote it. */
#include "web/pages.h"
#include "web/route.h"
#include "web/sign_in.h"
#include "web/token.h"

#include "base/banned.h"

/* clang-format off */
const struct field SIGN_IN_FIELDS[] = {
    { "login", INPUT_LINE, 64, false, { "ログイン名", "Login" } },
    { "password", INPUT_SECRET, 1024, false, { "パスワード", "Password" } },
    { "code", INPUT_LINE, 64, false, { "確認コード", "Code" } },
    { "ticket", INPUT_LINE, 200, false, { "引換証", "Ticket" } },
    WAITING_FIELDS,
    { 0 },
};
/* clang-format on */

/* ---- what waits ---- */

/* An address of this site, as a browser would send it: no scheme, no host, nothing that a
 * header or another program could take for more. */
static bool is_local(const struct req *r, str to)
{
    struct target target;
    struct err ignored;

    for (size_t i = 0; i < to.n; i++) {
        if (to.p[i] <= ' ' || to.p[i] > '~' || to.p[i] == '\\')
            return false;
    }
    return to.n && !str_starts(to, STR("//")) && target_parse(r->mem, to, &target, &ignored);
}

static struct carried waiting_of(const struct req *r)
{
    struct carried w = r->waiting;

    if (!w.to.n && r->form)
        w = (struct carried){ req_field(r, "to"), req_field(r, "carry"),
                              req_field(r, "post").n > 0 };
    else if (!w.to.n)
        w = (struct carried){ .to = req_query(r, "to") };
    return is_local(r, w.to) ? w : (struct carried){ 0 };
}

void waiting_put(const struct req *r, struct value *page)
{
    const struct carried w = waiting_of(r);
    struct value *m;

    if (!w.to.n) {
        value_put_null(r->mem, page, "waiting");
        return;
    }
    m = value_put_map(r->mem, page, "waiting");
    value_put_text(r->mem, m, "to", w.to);
    value_put_text(r->mem, m, "carry", w.fields);
    value_put_bool(r->mem, m, "is_post", w.is_post);
}

/* ---- the page ---- */

static void put_sign_in(const struct req *r, struct value *page, str ticket)
{
    value_put_text(r->mem, page, "form_url", req_url(r, "/sign-in"));
    value_put_bool(r->mem, page, "is_code", ticket.n > 0);
    value_put_text_or_null(r->mem, page, "ticket", ticket);
    page_field(r, page, "login", (str){ 0 });
    page_field(r, page, "password", (str){ 0 });
    page_field(r, page, "code", (str){ 0 });
    waiting_put(r, page);
}

bool page_sign_in(struct req *r, struct value *page, struct err *e)
{
    (void)e;
    put_sign_in(r, page, (str){ 0 });
    return true;
}

