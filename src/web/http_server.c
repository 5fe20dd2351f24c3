/* The listening socket: accepts, hands each connection to the worker with the fewest, waits for
 * a signal. */
#include "web/http_worker.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    BACKLOG = 511,
    FILES_BESIDE = 64, /* descriptors besides the connections': database, log, epoll */
    FULL_WAIT_MS = 50, /* no descriptor is free: until the next try */
    ADDRESS_BYTES = 128,
    REFUSAL_BYTES = 64 * 1024, /* head and page of an answer to one connection too many */
};

/* ---- listening ---- */

static bool listen_fail(const struct http_config *config, int why, struct err *e)
{
    if (why == EADDRINUSE)
        return err_set(
            e, ERR_IO,
            "%s:%u は、ほかのプログラムが使っています。そのプログラムを終えるか、--listen "
            "で別のポートを指定してください。",
            config->host, config->port);
    if (why == EACCES)
        return err_set(e, ERR_IO,
                       "%s:%u で待ち受ける権限がありません。1024 以上のポートを --listen "
                       "で指定してください。",
                       config->host, config->port);
    return err_set(e, ERR_IO, "%s:%u で待ち受けられません: %s", config->host, config->port,
                   strerror(why));
}

static int listen_at(const struct addrinfo *at)
{
    int on = 1;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int why;

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* accepted sockets inherit it */
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    why = errno;
    close(fd);
    errno = why;
    return -1;
}

static bool listen_open(const struct http_config *config, int *fd, struct err *e)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    char port[8];
    int failed, why = EADDRNOTAVAIL;

    snprintf(port, sizeof port, "%u", config->port);
    failed = getaddrinfo(config->host, port, &hints, &found);
    if (failed)
        return err_set(e, ERR_INPUT,
                       "--listen の「%s」はこのコンピューターの住所ではありません: %s",
                       config->host, gai_strerror(failed));
    *fd = -1;
    for (const struct addrinfo *at = found; at && *fd < 0; at = at->ai_next) {
        *fd = listen_at(at);
        why = errno;
    }
    freeaddrinfo(found);
    return *fd >= 0 || listen_fail(config, why, e);
}

/* "http://127.0.0.1:8080/" with the port that the system chose. */
static void address_put(int fd, char *out, size_t size)
{
    struct sockaddr_storage at = { 0 };
    socklen_t n = sizeof at;
    char host[64], port[8];
    const char *form = "http://%s:%s/";

    if (getsockname(fd, (struct sockaddr *)&at, &n) != 0
        || getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port, sizeof port,
                       NI_NUMERICHOST | NI_NUMERICSERV)
               != 0) {
        snprintf(out, size, "http://?/");
        return;
    }
    if (at.ss_family == AF_INET6)
        form = "http://[%s]:%s/";
    snprintf(out, size, form, host, port);
}

/* ---- accepting ---- */

struct server {
    const struct http_config *config;
    struct worker *workers;
    int listener, signals;
};

static void refuse_full(const struct server *s, int fd)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct http_answer a = { .status = 503 };
    const struct http_handler *h = &s->config->handler;
    struct buf out;

    h->refuse(h->ctx, &mem, 503, "too many connections", &a);
    buf_init(&out, &mem, REFUSAL_BYTES, REFUSAL_BYTES);
    http_head_put(&out, &a, NULL, false);
    buf_put(&out, a.body);
    (void)!send(fd, out.p, out.n, MSG_NOSIGNAL);
    if (a.release)
        a.release(a.owner);
    close(fd);
}

static void give(const struct server *s, int fd)
{
    struct worker *best = &s->workers[0];
    unsigned all = 0;

    for (unsigned i = 0; i < s->config->threads; i++) {
        all += atomic_load(&s->workers[i].load);
        if (atomic_load(&s->workers[i].load) < atomic_load(&best->load))
            best = &s->workers[i];
    }
    if (all < LIMIT_CONNECTIONS)
        worker_give(best, fd);
    else
        refuse_full(s, fd);
}

/* False when a descriptor for the next connection is missing. */
static bool accept_all(const struct server *s)
{
    for (;;) {
        int fd = accept4(s->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd >= 0)
            give(s, fd);
        else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)
            return false;
        else if (errno != EINTR && errno != ECONNABORTED)
            return true;
    }
}

static void accept_until_stopped(const struct server *s)
{
    struct pollfd wait[2] = { { .fd = s->signals, .events = POLLIN },
                              { .fd = s->listener, .events = POLLIN } };
    bool is_full = false;

    for (;;) {
        /* Without a free descriptor the listener would be ready for ever: look away for a
         * moment. */
        int n = poll(wait, is_full ? 1 : 2, is_full ? FULL_WAIT_MS : -1);

        if (n > 0 && (wait[0].revents & POLLIN))
            return;
        if (n >= 0)
            is_full = !accept_all(s);
    }
}

/* ---- the whole ---- */

static void files_limit_raise(void)
{
    struct rlimit files;
    rlim_t wanted = LIMIT_CONNECTIONS + FILES_BESIDE;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted)
        return;
    files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &files);
}

static bool run(struct server *s, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    char address[ADDRESS_BYTES];
    unsigned started = 0;
    bool fine = true;

    s->workers = NEW(&mem, struct worker, s->config->threads);
    while (fine && started < s->config->threads) {
        fine = worker_start(&s->workers[started], s->config, e);
        started += fine;
    }
    if (fine) {
        address_put(s->listener, address, sizeof address);
        if (s->config->ready)
            s->config->ready(s->config->ready_ctx, address);
        accept_until_stopped(s);
    }
    close(s->listener);
    for (unsigned i = 0; i < started; i++)
        worker_stop(&s->workers[i]);
    for (unsigned i = 0; i < started; i++)
        worker_join(&s->workers[i]);
    return fine;
}

bool http_serve(const struct http_config *config, struct err *e)
{
    struct server s = { .config = config };
    sigset_t stop, before;
    bool fine;

    files_limit_raise();
    if (!listen_open(config, &s.listener, e))
        return false;
    /* Blocked before the workers start, so that they inherit it and only this thread reads
     * them. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGINT);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, &before);
    s.signals = signalfd(-1, &stop, SFD_CLOEXEC);
    fine = s.signals >= 0 ? run(&s, e)
                          : err_set(e, ERR_IO, "シグナルを受け取れません: %s", strerror(errno));
    if (s.signals >= 0) {
        struct signalfd_siginfo taken;
        struct pollfd wait = { .fd = s.signals, .events = POLLIN };

        if (poll(&wait, 1, 0) > 0)
            (void)!read(s.signals, &taken, sizeof taken); /* it has done its work */
        close(s.signals);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fine;
}
