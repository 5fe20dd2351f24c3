/* Asking a directory by libldap, which is opened when it is first needed: a server without a
 * directory starts as fast as before, and runs where there is no libldap.
 *
 *   bind:  name from the login ── bind with the password ── read that entry's name and mail
 *   search: bind as the service ── look for one entry ── bind as that entry with the password
 *
 * One connection for each question: nothing is kept open, nobody's bind serves another. */
#include "net/net.h"

#include <dlfcn.h>
#include <ldap.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/banned.h"

/* ---- libldap ---- */

/* Every function of it that is used, with the type that its header gives. */
#define FUNCTIONS(f)                                                                       \
    f(ldap_initialize) f(ldap_set_option) f(ldap_get_option) f(ldap_start_tls_s)           \
        f(ldap_sasl_bind_s) f(ldap_search_ext_s) f(ldap_first_entry) f(ldap_count_entries) \
            f(ldap_get_dn) f(ldap_get_values_len) f(ldap_value_free_len) f(ldap_memfree)   \
                f(ldap_msgfree) f(ldap_unbind_ext_s) f(ldap_err2string)

static struct {
    pthread_once_t once;
    bool is_there;
#define MEMBER(name) __typeof__(&name) name;
    FUNCTIONS(MEMBER)
#undef MEMBER
} lib = { .once = PTHREAD_ONCE_INIT };

static void lib_open(void)
{
    static const char *const NAMES[] = { "libldap-2.5.so.0", "libldap.so.2",
                                         "libldap-2.4.so.2" };
    void *handle = NULL;

    for (size_t i = 0; !handle && i < sizeof NAMES / sizeof *NAMES; i++)
        handle = dlopen(NAMES[i], RTLD_NOW | RTLD_LOCAL);
    lib.is_there = handle != NULL;
    /* ISO C has no cast from an object to a function; POSIX promises that this works. */
#define LOAD(name)                                 \
    if (handle) {                                  \
        void *symbol = dlsym(handle, #name);       \
        memcpy(&lib.name, &symbol, sizeof symbol); \
        lib.is_there = lib.is_there && symbol;     \
    }
    FUNCTIONS(LOAD)
#undef LOAD
}

/* ---- not too often ---- */

enum { AT_A_TIME = 2, REST_SECONDS = 10 };

static struct {
    pthread_mutex_t lock;
    int asking;
    time_t rest_until; /* it could not be reached: nobody tries before */
} gate = { PTHREAD_MUTEX_INITIALIZER, 0, 0 };

static time_t seconds_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* A directory that hangs must not take all of the server's threads with it. */
static bool gate_enter(struct err *e)
{
    bool ok;

    (void)pthread_mutex_lock(&gate.lock);
    ok = gate.asking < AT_A_TIME && seconds_now() >= gate.rest_until;
    gate.asking += ok;
    (void)pthread_mutex_unlock(&gate.lock);
    return ok
           || err_set(e, ERR_IO,
                      "認証サーバー(LDAP)に今は問い合わせられません。少し待ってからもう一度"
                      "サインインしてください。");
}

static void gate_leave(bool is_reached)
{
    (void)pthread_mutex_lock(&gate.lock);
    gate.asking--;
    gate.rest_until = is_reached ? 0 : seconds_now() + REST_SECONDS;
    (void)pthread_mutex_unlock(&gate.lock);
}

/* ---- one question ---- */

struct question {
    const struct directory *d;
    struct arena *a;
    LDAP *ld;
    LDAPMessage *found;
    bool is_reached; /* the server answered something */
};

static void question_end(struct question *q)
{
    if (q->found)
        (void)lib.ldap_msgfree(q->found);
    if (q->ld)
        (void)lib.ldap_unbind_ext_s(q->ld, NULL, NULL);
    q->found = NULL;
    q->ld = NULL;
}

static bool is_unreached(int code)
{
    return code == LDAP_SERVER_DOWN || code == LDAP_TIMEOUT || code == LDAP_CONNECT_ERROR;
}

/* What the library says, for whoever looks after the server; people see the first half. */
static bool fail(struct question *q, const char *what, int code, struct err *e)
{
    char *more = NULL;

    if (q->ld)
        (void)lib.ldap_get_option(q->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &more);
    err_set_(e, ERR_IO, "認証サーバー(LDAP)%s。管理者に伝えてください(%s%s%s)。", what,
             lib.ldap_err2string(code), more && *more ? ": " : "", more ? more : "");
    if (more)
        lib.ldap_memfree(more);
    q->is_reached = q->is_reached || !is_unreached(code);
    return false;
}

static bool set(struct question *q, int option, const void *value, struct err *e)
{
    const int code = lib.ldap_set_option(q->ld, option, value);

    return code == LDAP_SUCCESS || fail(q, "の設定ができません", code, e);
}

static bool set_tls(struct question *q, struct err *e)
{
    const int demand = LDAP_OPT_X_TLS_DEMAND, client = 0;

    if (q->d->ca_file && !set(q, LDAP_OPT_X_TLS_CACERTFILE, q->d->ca_file, e))
        return false;
    /* the last one makes a context of what was set before */
    return set(q, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand, e)
           && set(q, LDAP_OPT_X_TLS_NEWCTX, &client, e);
}

static bool connect_to(struct question *q, struct err *e)
{
    const int version = LDAP_VERSION3;
    const struct timeval limit = { DIRECTORY_SECONDS, 0 };
    const int code = lib.ldap_initialize(&q->ld, q->d->uri);

    if (code != LDAP_SUCCESS)
        return fail(q, "の設定ができません", code, e);
    if (!set(q, LDAP_OPT_PROTOCOL_VERSION, &version, e)
        || !set(q, LDAP_OPT_REFERRALS, LDAP_OPT_OFF, e)
        || !set(q, LDAP_OPT_NETWORK_TIMEOUT, &limit, e) || !set(q, LDAP_OPT_TIMEOUT, &limit, e))
        return false;
    if (q->d->start_tls || strncmp(q->d->uri, "ldaps", 5) == 0) {
        if (!set_tls(q, e))
            return false;
    }
    if (q->d->start_tls) {
        const int tls = lib.ldap_start_tls_s(q->ld, NULL, NULL);

        if (tls != LDAP_SUCCESS)
            return fail(q, "と暗号化して話せません", tls, e);
    }
    return true;
}

/* *is_right false: the name or the password is not right. */
static bool bind_as(struct question *q, str name, str password, bool *is_right, struct err *e)
{
    char *secret = str_c(q->a, password);
    struct berval credentials = { password.n, secret };
    const int code = lib.ldap_sasl_bind_s(q->ld, str_c(q->a, name), LDAP_SASL_SIMPLE,
                                          &credentials, NULL, NULL, NULL);

    *is_right = code == LDAP_SUCCESS;
    if (*is_right || code == LDAP_INVALID_CREDENTIALS || code == LDAP_NO_SUCH_OBJECT
        || code == LDAP_INVALID_DN_SYNTAX || code == LDAP_INAPPROPRIATE_AUTH
        || code == LDAP_UNWILLING_TO_PERFORM) {
        q->is_reached = true;
        return true;
    }
    return fail(q, "に問い合わせられません", code, e);
}

/* ---- the entry ---- */

static str attribute(struct question *q, LDAPMessage *entry, const char *name)
{
    enum { BYTES = 200 };
    struct berval **values = lib.ldap_get_values_len(q->ld, entry, name);
    str out = { 0 };

    if (values && values[0] && values[0]->bv_len <= BYTES)
        out = str_dup(q->a, (str){ values[0]->bv_val, values[0]->bv_len });
    if (values)
        lib.ldap_value_free_len(values);
    return utf8_valid_prefix(out.p, out.n) == out.n ? out : (str){ 0 };
}

static void entry_read(struct question *q, LDAPMessage *entry, struct directory_answer *out)
{
    out->name = attribute(q, entry, "displayName");
    if (!out->name.n)
        out->name = attribute(q, entry, "cn");
    out->mail = attribute(q, entry, "mail");
}

/* Entries that fit, two at most: more than one is nobody. */
static int search(struct question *q, str base, int scope, const char *filter)
{
    static char *attributes[] = { "displayName", "cn", "mail", NULL };
    struct timeval limit = { DIRECTORY_SECONDS, 0 };

    return lib.ldap_search_ext_s(q->ld, str_c(q->a, base), scope, filter, attributes, 0, NULL,
                                 NULL, &limit, 2, &q->found);
}

/* ---- the two ways ---- */

static bool by_name(struct question *q, str login, str password, struct directory_answer *out,
                    struct err *e)
{
    LDAPMessage *entry;
    str name;

    if (!directory_fill(q->a, q->d->bind, login, ESCAPE_DN, &name))
        return true;
    if (!connect_to(q, e) || !bind_as(q, name, password, &out->is_right, e))
        return false;
    /* A name and an address are welcome, not necessary: who may bind may not always read. */
    if (out->is_right && strchr(q->d->bind, '=')
        && search(q, name, LDAP_SCOPE_BASE, "(objectClass=*)") == LDAP_SUCCESS) {
        entry = lib.ldap_first_entry(q->ld, q->found);
        if (entry)
            entry_read(q, entry, out);
    }
    return true;
}

static bool service_password(struct question *q, str *out, struct err *e)
{
    enum { BYTES = 1024 };
    char line[BYTES];
    FILE *file = fopen(q->d->service_password_file, "re");
    const bool ok = file && fgets(line, sizeof line, file);

    if (file)
        (void)fclose(file);
    if (!ok)
        return err_set(e, ERR_IO, "LDAP のパスワードのファイルが読めません: %s",
                       q->d->service_password_file);
    line[strcspn(line, "\r\n")] = '\0';
    *out = str_dup(q->a, str_from(line));
    return true;
}

static bool bind_service(struct question *q, struct err *e)
{
    str password = { 0 };
    bool is_right;

    if (!q->d->service_dn)
        return true; /* searching as nobody: the server decides */
    if (!q->d->service_password_file)
        return err_set(e, ERR_IO,
                       "--ldap-service には --ldap-service-password-file が要ります。");
    if (!service_password(q, &password, e)
        || !bind_as(q, str_from(q->d->service_dn), password, &is_right, e))
        return false;
    return is_right || fail(q, "が検索用の利用者を受け付けません", LDAP_INVALID_CREDENTIALS, e);
}

/* The name of the one entry, "" = there is none, or more than one. */
static bool find(struct question *q, str login, struct directory_answer *out, str *name,
                 struct err *e)
{
    LDAPMessage *entry;
    char *dn;
    str filter;
    int code;

    *name = (str){ 0 };
    if (!directory_fill(q->a, q->d->filter, login, ESCAPE_FILTER, &filter))
        return true;
    code = search(q, str_from(q->d->base), LDAP_SCOPE_SUBTREE, str_c(q->a, filter));
    if (code == LDAP_SIZELIMIT_EXCEEDED)
        return true;
    if (code != LDAP_SUCCESS)
        return fail(q, "で検索できません", code, e);
    q->is_reached = true;
    entry = lib.ldap_first_entry(q->ld, q->found);
    if (!entry || lib.ldap_count_entries(q->ld, q->found) != 1)
        return true;
    entry_read(q, entry, out);
    dn = lib.ldap_get_dn(q->ld, entry);
    if (dn) {
        *name = str_dup(q->a, str_from(dn));
        lib.ldap_memfree(dn);
    }
    return true;
}

static bool by_search(struct question *q, str login, str password, struct directory_answer *out,
                      struct err *e)
{
    str name;

    if (!connect_to(q, e) || !bind_service(q, e) || !find(q, login, out, &name, e))
        return false;
    if (!name.n)
        return true;
    question_end(q); /* the service's connection serves nobody else */
    return connect_to(q, e) && bind_as(q, name, password, &out->is_right, e);
}

bool directory_ask(const struct directory *d, struct arena *a, str login, str password,
                   struct directory_answer *out, struct err *e)
{
    AUTO(question_end) struct question q = { .d = d, .a = a };
    bool ok;

    *out = (struct directory_answer){ 0 };
    if (!login.n || !password.n || memchr(password.p, 0, password.n))
        return true;
    (void)pthread_once(&lib.once, lib_open);
    if (!lib.is_there)
        return err_set(e, ERR_IO,
                       "LDAP のライブラリー(libldap)が入っていません。"
                       "libldap-2.5-0 などのパッケージを入れてください。");
    if (!gate_enter(e))
        return false;
    ok =
        d->bind ? by_name(&q, login, password, out, e) : by_search(&q, login, password, out, e);
    if (!out->is_right)
        *out = (struct directory_answer){ 0 };
    gate_leave(ok || q.is_reached);
    return ok;
}
