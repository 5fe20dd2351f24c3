/* Handing mail to a relay (RFC 5321): EHLO, and for each mail MAIL, RCPT, DATA. */
#include "net/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/banned.h"

enum { REPLY_LINES = 100, CODE_DIGITS = 3 };

bool relay_parse(struct arena *a, const char *text, struct relay *out, struct err *e)
{
    str host = str_from(text), port = STR("25");
    const char *colon = strrchr(text, ':');

    if (str_starts(host, STR("["))) {
        const ptrdiff_t end = str_find_char(host, ']');

        if (end > 0) {
            port = str_starts(str_skip(host, (size_t)end + 1), STR(":"))
                       ? str_skip(host, (size_t)end + 2)
                       : port;
            host = str_take(str_skip(host, 1), (size_t)end - 1);
        }
    } else if (colon) {
        port = str_from(colon + 1);
        host = str_take(host, (size_t)(colon - text));
    }
    *out = (struct relay){ str_c(a, host), str_c(a, port) };
    for (size_t i = 0; i < port.n; i++)
        if (port.p[i] < '0' || port.p[i] > '9')
            port.n = 0;
    return (host.n && port.n && port.n <= 5)
           || err_set(e, ERR_INPUT, "メールの中継先は 127.0.0.1:25 のように書いてください: %s",
                      text);
}

bool smtp_reply(str line, int *code, bool *has_more)
{
    *code = 0;
    if (line.n < CODE_DIGITS)
        return false;
    for (int i = 0; i < CODE_DIGITS; i++) {
        if (line.p[i] < '0' || line.p[i] > '9')
            return false;
        *code = *code * 10 + (line.p[i] - '0');
    }
    *has_more = line.n > CODE_DIGITS && line.p[CODE_DIGITS] == '-';
    return *code >= 200 && *code < 600
           && (line.n == CODE_DIGITS || *has_more || line.p[CODE_DIGITS] == ' ');
}

/* ---- lines ---- */

static bool fail(struct smtp *s, const char *what, struct err *e)
{
    return err_set(e, ERR_IO, "メールの中継先%s(%s)。", what,
                   s->said[0] ? s->said : strerror(errno));
}

static bool put(struct smtp *s, str bytes, struct err *e)
{
    while (bytes.n) {
        const ssize_t n = send(s->fd, bytes.p, bytes.n, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            s->said[0] = '\0';
            return fail(s, "に送れません", e);
        }
        bytes = str_skip(bytes, (size_t)n);
    }
    return true;
}

static void keep_said(struct smtp *s, str line)
{
    size_t n = 0;

    line = str_take(line, utf8_valid_prefix(line.p, line.n));
    for (; n < line.n && n + 1 < sizeof s->said; n++)
        s->said[n] = (unsigned char)line.p[n] < 0x20 ? ' ' : line.p[n];
    s->said[utf8_valid_prefix(s->said, n)] = '\0';
}

/* One line without its end, which stays in s->bytes until the next call. */
static bool line_get(struct smtp *s, str *line, size_t *used, struct err *e)
{
    const char *end;

    while (!(end = memchr(s->bytes, '\n', s->n))) {
        const ssize_t n = s->n == sizeof s->bytes
                              ? 0
                              : recv(s->fd, s->bytes + s->n, sizeof s->bytes - s->n, 0);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            keep_said(s, n ? (str){ 0 } : STR("途中で切れました"));
            return fail(s, "から返事がありません", e);
        }
        s->n += (size_t)n;
    }
    *used = (size_t)(end - s->bytes) + 1;
    *line = (str){ s->bytes, *used - 1 };
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

static bool reply_get(struct smtp *s, int *code, struct err *e)
{
    bool has_more = true;

    for (int i = 0; has_more && i < REPLY_LINES; i++) {
        size_t used = 0;
        str line;

        if (!line_get(s, &line, &used, e))
            return false;
        keep_said(s, line);
        if (!smtp_reply(line, code, &has_more))
            return fail(s, "の返事が分かりません", e);
        s->n -= used;
        memmove(s->bytes, s->bytes + used, s->n);
    }
    return !has_more || fail(s, "の返事が終わりません", e);
}

/* Says a line and takes the reply's code. */
static bool say(struct smtp *s, struct arena *a, const char *verb, str rest, int *code,
                struct err *e)
{
    return put(s, str_fmt(a, "%s%.*s\r\n", verb, STR_ARG(rest)), e) && reply_get(s, code, e);
}

/* ---- a conversation ---- */

static void set_limits(int fd)
{
    const struct timeval limit = { RELAY_SECONDS, 0 };

    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

static void addresses_end(struct addrinfo **all)
{
    if (*all)
        freeaddrinfo(*all);
}

static bool connect_to(const struct relay *r, struct smtp *s, struct err *e)
{
    const struct addrinfo want = { .ai_socktype = SOCK_STREAM };
    AUTO(addresses_end) struct addrinfo *all = NULL;
    const int code = getaddrinfo(r->host, r->port, &want, &all);

    if (code)
        return err_set(e, ERR_IO, "メールの中継先 %s が見つかりません(%s)。", r->host,
                       gai_strerror(code));
    for (const struct addrinfo *at = all; at; at = at->ai_next) {
        s->fd = socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (s->fd < 0)
            continue;
        set_limits(s->fd);
        if (connect(s->fd, at->ai_addr, at->ai_addrlen) == 0)
            return true;
        (void)close(s->fd);
        s->fd = -1;
    }
    return err_set(e, ERR_IO, "メールの中継先 %s:%s につながりません(%s)。", r->host, r->port,
                   strerror(errno));
}

/* This end of the connection as RFC 5321, 4.1.3 writes addresses. */
static str own_name(const struct smtp *s, struct arena *a)
{
    struct sockaddr_storage address = { 0 };
    socklen_t n = sizeof address;
    char host[NI_MAXHOST];

    if (getsockname(s->fd, (struct sockaddr *)&address, &n) != 0
        || getnameinfo((struct sockaddr *)&address, n, host, sizeof host, NULL, 0,
                       NI_NUMERICHOST)
               != 0)
        return STR("localhost");
    return str_fmt(a, address.ss_family == AF_INET6 ? "[IPv6:%s]" : "[%s]", host);
}

bool smtp_open(const struct relay *r, struct smtp *s, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    int code;

    *s = (struct smtp){ .fd = -1 };
    if (!connect_to(r, s, e) || !reply_get(s, &code, e))
        return false;
    if (code != 220)
        return fail(s, "が応じません", e);
    if (!say(s, &mem, "EHLO ", own_name(s, &mem), &code, e))
        return false;
    return code == 250 || fail(s, "が応じません", e);
}

bool smtp_send(struct smtp *s, const struct mail *m, bool *is_taken, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const str from = str_fmt(&mem, "<%.*s>", STR_ARG(m->from)),
              to = str_fmt(&mem, "<%.*s>", STR_ARG(m->to));
    str message;
    int code;

    *is_taken = false;
    if (!mail_write(&mem, m, &message, e) || !say(s, &mem, "MAIL FROM:", from, &code, e))
        return false;
    if (code == 250 && !say(s, &mem, "RCPT TO:", to, &code, e))
        return false;
    if (code == 250 && !say(s, &mem, "DATA", (str){ 0 }, &code, e))
        return false;
    if (code == 354) {
        /* mail_write gives no line that begins with a dot */
        if (!put(s, message, e) || !say(s, &mem, ".", (str){ 0 }, &code, e))
            return false;
        *is_taken = code == 250;
    }
    if (!*is_taken) {
        char why[sizeof s->said];

        memcpy(why, s->said, sizeof why);
        if (!say(s, &mem, "RSET", (str){ 0 }, &code, e))
            return false;
        memcpy(s->said, why, sizeof why);
    }
    return true;
}

void smtp_close(struct smtp *s)
{
    struct err ignored;

    if (s->fd < 0)
        return;
    if (put(s, STR("QUIT\r\n"), &ignored))
        (void)shutdown(s->fd, SHUT_WR);
    (void)close(s->fd);
    s->fd = -1;
}
