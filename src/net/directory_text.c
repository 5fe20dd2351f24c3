/* Names and filters of a directory, from templates and what somebody typed. */
#include "net/net.h"

#include <string.h>

#include "base/banned.h"

static const char PLACE[] = "{login}";

static bool has_control(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return true;
    return false;
}

/* RFC 4514, 2.4: these anywhere, a # or blank at the beginning, a blank at the end. */
static void put_dn(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];

        if (strchr("\"+,;<>\\=", c) || (i == 0 && (c == ' ' || c == '#'))
            || (i + 1 == s.n && c == ' '))
            buf_put_char(b, '\\');
        buf_put_char(b, c);
    }
}

/* RFC 4515, 3. */
static void put_filter(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("*()\\", s.p[i]))
            buf_fmt(b, "\\%02x", (unsigned char)s.p[i]);
        else
            buf_put_char(b, s.p[i]);
    }
}

bool directory_fill(struct arena *a, const char *template, str login,
                    enum directory_escape escape, str *out)
{
    const bool is_name = strchr(template, '=') != NULL;
    struct buf b;

    if (has_control(login))
        return false;
    buf_init(&b, a, strlen(template) + 3 * login.n + 1, LIMIT_TEXT_BYTES);
    for (const char *at = template; *at;) {
        if (strncmp(at, PLACE, sizeof PLACE - 1) != 0) {
            buf_put_char(&b, *at++);
            continue;
        }
        at += sizeof PLACE - 1;
        if (escape == ESCAPE_FILTER)
            put_filter(&b, login);
        else if (is_name)
            put_dn(&b, login);
        else
            buf_put(&b, login);
    }
    *out = buf_str(&b);
    return !b.full;
}

/* ---- settings ---- */

/* "ldap://127.0.0.1:3890/" gives 127.0.0.1 */
static str host_of(str uri)
{
    str host = str_skip(uri, (size_t)str_find(uri, STR("://")) + 3);
    size_t n = 0;

    if (str_starts(host, STR("[")))
        return str_take(host, (size_t)(str_find_char(host, ']') + 1));
    while (n < host.n && host.p[n] != ':' && host.p[n] != '/')
        n++;
    return str_take(host, n);
}

static bool is_this_machine(str host)
{
    static const str NAMES[] = { STR_INIT("localhost"), STR_INIT("127.0.0.1"),
                                 STR_INIT("[::1]") };

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (str_eq(host, NAMES[i]))
            return true;
    return false;
}

static bool has_place(const char *template)
{
    return template && strstr(template, PLACE);
}

bool directory_check(const struct directory *d, struct err *e)
{
    const str uri = str_from(d->uri);
    const bool is_plain = str_starts(uri, STR("ldap://"));

    if (!is_plain && !str_starts(uri, STR("ldaps://")))
        return err_set(e, ERR_INPUT, "--ldap は ldap:// か ldaps:// で始めてください: %s",
                       d->uri);
    if (str_find_char(uri, ' ') >= 0)
        return err_set(e, ERR_INPUT, "--ldap にはサーバーを1つだけ書いてください: %s", d->uri);
    if (is_plain && !d->start_tls && !is_this_machine(host_of(uri)))
        return err_set(e, ERR_INPUT,
                       "パスワードが暗号化されずに流れます。ldaps:// にするか、"
                       "--ldap-starttls を付けてください: %s",
                       d->uri);
    if (d->bind ? d->filter != NULL : !d->base || !d->filter)
        return err_set(e, ERR_INPUT,
                       "--ldap-bind(名前の形)か、--ldap-base と --ldap-filter(探し方)の、"
                       "どちらか一方を指定してください。");
    if (!has_place(d->bind ? d->bind : d->filter))
        return err_set(e, ERR_INPUT,
                       "%s に {login} がありません。サインインする人のログイン名が入る所です。",
                       d->bind ? "--ldap-bind" : "--ldap-filter");
    return true;
}
