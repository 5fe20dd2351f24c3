/* Is the password right? An account that has one here is asked here; every other login is asked
 * of the directory, when one is set up. So those with a password of their own get in when the
 * directory is down, and nobody is let in by a password that was left behind in either. */
#include "net/net.h"
#include "web/sign_in.h"
#include "web/web.h"

#include "base/banned.h"

static bool own(struct req *r, const struct door_try *given, struct password_said *out,
                struct err *e)
{
    out->how = STR("password");
    return store_password_check(r->db, r->mem, r->now_ms, given, &out->answer, e);
}

/* Does this login have a password here, or is there no directory at all? */
static bool is_own(struct req *r, str login, bool *out, struct err *e)
{
    struct account account;

    *out = r->config->directory == NULL;
    if (*out)
        return true;
    if (!store_account_by_login(r->db, r->mem, login, &account, e))
        return e->code == ERR_NOT_FOUND;
    *out = account.has_password;
    return true;
}

/* The directory vouches: whose account is it here? */
static bool vouched(struct req *r, const struct door_try *given,
                    const struct directory_answer *directory, struct password_said *out,
                    struct err *e)
{
    const struct external who = { given->login, directory->name, directory->mail,
                                  r->config->directory->may_create };
    struct account account;

    if (!store_door_passed(r->db, r->now_ms, given->login, given->address, e))
        return false;
    if (!store_account_external(r->db, r->mem, r->now_ms, &who, &account, e)) {
        out->said = str_dup(r->mem, str_from(e->text));
        out->status = err_shown(e->code)->http;
        return e->code == ERR_DENIED || e->code == ERR_INPUT;
    }
    out->answer.account = account.id;
    out->answer.door = account.has_totp ? DOOR_CODE : DOOR_OPEN;
    return true;
}

bool password_judge(struct req *r, const struct door_try *given, struct password_said *out,
                    struct err *e)
{
    struct directory_answer directory;
    bool is_here;

    *out = (struct password_said){ .answer.door = DOOR_WRONG, .how = STR("ldap") };
    if (!is_own(r, given->login, &is_here, e))
        return false;
    if (is_here)
        return own(r, given, out, e);
    if (!store_door_knock(r->db, r->now_ms, given->login, given->address,
                          &out->answer.wait_seconds, e))
        return false;
    if (out->answer.wait_seconds) {
        out->answer.door = DOOR_WAIT;
        return true;
    }
    if (!directory_ask(r->config->directory, r->mem, given->login, given->password, &directory,
                       e)) {
        out->said = str_dup(r->mem, str_from(e->text));
        out->status = 503;
        return true;
    }
    return !directory.is_right || vouched(r, given, &directory, out, e);
}
