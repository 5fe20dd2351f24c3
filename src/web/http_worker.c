/* Connections of one worker thread. A connection is always in one of these states:
 *
 *            bytes of a head          whole head with a body
 *     HEAD ------------------> HEAD ------------------------> BODY
 *      ^  \                                                    |
 *      |   \ whole request: answer, sent at once               | whole body: answer
 *      |    \                                                  v
 *      +-----+<---------------------------- all sent ------- WRITE  (only when the socket would
 * not take it all)
 *                                                              |
 *                        is_last: LINGER, then closed  <-------+
 *
 * Invariants:
 *  1. each state has a deadline; a connection that passes it is closed (in HEAD with bytes: 408
 * first).
 *  2. a request is answered only when all of it is here; an answer is complete before the next
 * request is read.
 *  3. an answer after which we close is followed by reading and forgetting what still comes
 * (LINGER): closing with unread input would make the kernel take the answer back. */
#include "web/http_worker.h"

#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    IDLE_MS = 60 * 1000,  /* a connection kept alive without a request */
    BODY_MS = 30 * 1000,  /* a whole request body */
    WRITE_MS = 30 * 1000, /* an answer that makes no progress */
    LINGER_MS = 2 * 1000,
    STOP_MS = HTTP_STOP_SECONDS * 1000,
    SWEEP_MS = 1000,
    SWEEP_SOON_MS = 100, /* while stopping, and where a head has little time */
    EVENTS = 64,
    MEM_KEPT_BYTES = 2 * 1024 * 1024,
    STACK_BYTES = 1024 * 1024,
};

enum client_state { CLIENT_HEAD, CLIENT_BODY, CLIENT_WRITE, CLIENT_LINGER };

struct client {
    struct client *prev, *next;
    int fd;
    enum client_state state;
    bool is_last; /* close after the answer that is being written */
    bool is_gone; /* closed in this round of events; its struct is reused after it */
    int64_t deadline_ms;
    char *in; /* HTTP_HEAD_BYTES of input: the head, and what came after it */
    size_t in_n, in_seen, head_n;
    struct arena body_mem; /* the request's body while it comes in */
    char *body;
    size_t body_n, body_len;
    struct arena out_mem; /* what the socket did not take yet */
    str out;
    char peer[INET6_ADDRSTRLEN]; /* the other end's address */
};

/* ---- the list of connections ---- */

static int64_t clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void peer_find(struct client *c)
{
    struct sockaddr_storage at = { 0 };
    socklen_t n = sizeof at;

    if (getpeername(c->fd, (struct sockaddr *)&at, &n) != 0
        || getnameinfo((struct sockaddr *)&at, n, c->peer, sizeof c->peer, NULL, 0,
                       NI_NUMERICHOST)
               != 0)
        c->peer[0] = '\0';
}

static void client_open(struct worker *w, int fd)
{
    struct client *c = w->unused;
    struct epoll_event want = { .events = EPOLLIN };
    char *in;

    if (c) {
        w->unused = c->next;
        in = c->in;
    } else {
        c = NEW(&w->clients_mem, struct client, 1);
        in = arena_bytes(&w->clients_mem, HTTP_HEAD_BYTES);
    }
    *c = (struct client){ .fd = fd, .in = in, .next = w->clients };
    c->deadline_ms = w->now_ms + w->head_ms;
    peer_find(c);
    if (c->next)
        c->next->prev = c;
    w->clients = c;
    want.data.ptr = c;
    if (epoll_ctl(w->epoll, EPOLL_CTL_ADD, fd, &want) != 0)
        c->deadline_ms = 0; /* the next sweep closes it */
}

static void client_close(struct worker *w, struct client *c)
{
    if (c->prev)
        c->prev->next = c->next;
    else
        w->clients = c->next;
    if (c->next)
        c->next->prev = c->prev;
    close(c->fd); /* leaves the epoll by itself */
    arena_done(&c->body_mem);
    arena_done(&c->out_mem);
    c->is_gone = true;
    c->next = w->unused;
    w->unused = c;
    atomic_fetch_sub(&w->load, 1);
}

static void client_want(struct worker *w, struct client *c, uint32_t events)
{
    struct epoll_event want = { .events = events, .data.ptr = c };

    epoll_ctl(w->epoll, EPOLL_CTL_MOD, c->fd, &want);
}

static void client_linger(struct worker *w, struct client *c)
{
    shutdown(c->fd, SHUT_WR);
    if (c->state == CLIENT_WRITE)
        client_want(w, c, EPOLLIN);
    c->state = CLIENT_LINGER;
    c->deadline_ms = w->now_ms + LINGER_MS;
}

/* The answer has gone: on to the next request. */
static void client_next(struct worker *w, struct client *c)
{
    arena_done(&c->body_mem);
    arena_done(&c->out_mem);
    c->body = NULL;
    c->body_n = c->body_len = 0;
    if (c->is_last) {
        client_linger(w, c);
        return;
    }
    if (c->state == CLIENT_WRITE)
        client_want(w, c, EPOLLIN);
    c->state = CLIENT_HEAD;
    c->in_seen = 0;
    c->in_n -= c->head_n;
    if (c->in_n)
        memmove(c->in, c->in + c->head_n, c->in_n);
    c->head_n = 0;
    c->deadline_ms = w->now_ms + (c->in_n ? w->head_ms : IDLE_MS);
}

/* ---- answers ---- */

static const char *date_now(struct worker *w)
{
    static const char DAYS[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char MONTHS[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct timespec t;
    struct tm tm;

    clock_gettime(CLOCK_REALTIME_COARSE, &t);
    if (t.tv_sec != w->date_s && gmtime_r(&t.tv_sec, &tm)) {
        w->date_s = t.tv_sec;
        snprintf(w->date, sizeof w->date, "%s, %02d %s %d %02d:%02d:%02d GMT", DAYS[tm.tm_wday],
                 tm.tm_mday, MONTHS[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
                 tm.tm_sec);
    }
    return w->date;
}

void http_head_put(struct buf *b, const struct http_answer *a, const char *now,
                   bool is_keep_alive)
{
    buf_put(b, STR("HTTP/1.1 "));
    buf_put_int(b, a->status);
    buf_put_char(b, ' ');
    buf_put_c(b, http_reason(a->status));
    if (now) {
        buf_put(b, STR("\r\nDate: "));
        buf_put_c(b, now);
    }
    if (a->status != 304 && a->status != 204) {
        buf_put(b, STR("\r\nContent-Length: "));
        buf_put_int(b, (int64_t)a->body.n);
    }
    buf_put(b, is_keep_alive ? STR("\r\nConnection: keep-alive\r\n")
                             : STR("\r\nConnection: close\r\n"));
    buf_put(b, a->head);
    buf_put(b, STR("\r\n"));
}

/* Sends both parts; what the socket does not take now is kept. False when the other side has
 * gone. */
static bool send_or_keep(struct worker *w, struct client *c, str head, str body)
{
    struct iovec parts[2] = { { .iov_base = (char *)(uintptr_t)head.p, .iov_len = head.n },
                              { .iov_base = (char *)(uintptr_t)body.p, .iov_len = body.n } };
    struct msghdr message = { .msg_iov = parts, .msg_iovlen = body.n ? 2 : 1 };
    ssize_t sent = sendmsg(c->fd, &message, MSG_NOSIGNAL);
    struct buf rest;
    size_t done;

    if (sent < 0 && errno != EAGAIN && errno != EINTR)
        return false;
    done = sent < 0 ? 0 : (size_t)sent;
    if (done == head.n + body.n)
        return true;
    buf_init(&rest, &c->out_mem, head.n + body.n - done, head.n + body.n - done);
    buf_put(&rest, str_skip(head, done));
    buf_put(&rest, str_skip(body, done > head.n ? done - head.n : 0));
    c->out = buf_str(&rest);
    c->state = CLIENT_WRITE;
    c->deadline_ms = w->now_ms + WRITE_MS;
    client_want(w, c, EPOLLOUT);
    return true;
}

static void answer_send(struct worker *w, struct client *c, struct http_answer *a)
{
    struct buf head;
    bool is_there;

    c->is_last = a->is_last || atomic_load(&w->is_stopping);
    buf_init(&head, &w->mem, 1024 + a->head.n, 2048 + a->head.n);
    http_head_put(&head, a, date_now(w), !c->is_last);
    is_there = send_or_keep(w, c, buf_str(&head), a->is_bare ? (str){ 0 } : a->body);
    if (a->release)
        a->release(a->owner);
    if (w->mem.total > MEM_KEPT_BYTES)
        arena_done(&w->mem); /* a large download does not stay in memory for good */
    else
        arena_reset(&w->mem);
    if (!is_there)
        client_close(w, c);
    else if (c->state != CLIENT_WRITE)
        client_next(w, c);
}

static void refuse(struct worker *w, struct client *c, int status, const char *why)
{
    struct http_answer a = { .status = status };

    w->handler->refuse(w->handler->ctx, &w->mem, status, why, &a);
    a.is_last = true;
    c->head_n = c->in_n; /* nothing after it is read as a request */
    answer_send(w, c, &a);
}

/* ---- requests ---- */

static void request_answer(struct worker *w, struct client *c, struct http_request *r)
{
    struct http_answer a = { .status = 500 };

    r->body = (str){ c->body, c->body_len };
    r->peer = str_from(c->peer);
    w->handler->answer(w->handler->ctx, &w->mem, r, &a);
    a.is_last = a.is_last || !r->is_keep_alive;
    a.is_bare = a.is_bare || str_eq(r->method, STR("HEAD"));
    answer_send(w, c, &a);
}

/* The head is here and announces a body. What of it came with the head is moved out of the
 * input. */
static void body_begin(struct worker *w, struct client *c, const struct http_request *r)
{
    size_t here = c->in_n - c->head_n;

    c->body_len = r->body_len;
    c->body = arena_bytes(&c->body_mem, r->body_len);
    if (here > r->body_len)
        here = r->body_len;
    memcpy(c->body, c->in + c->head_n, here);
    memmove(c->in + c->head_n, c->in + c->head_n + here, c->in_n - c->head_n - here);
    c->in_n -= here;
    c->body_n = here;
    c->state = CLIENT_BODY;
    c->deadline_ms = w->now_ms + BODY_MS;
    if (r->is_waiting && here < r->body_len)
        (void)!send(c->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);
}

/* The head in `in` has been seen whole before: it parses again. */
static void body_done(struct worker *w, struct client *c)
{
    struct http_request r = { 0 };
    const char *why;
    int status;

    c->state = CLIENT_HEAD;
    if (http_parse((str){ c->in, c->head_n }, &r, &status, &why) == HTTP_READY)
        request_answer(w, c, &r);
    else
        refuse(w, c, status, why);
}

static size_t body_max(const struct worker *w, const struct http_request *r)
{
    if (r->body_len <= LIMIT_REQUEST_BODY || !w->handler->body_max)
        return LIMIT_REQUEST_BODY;
    return w->handler->body_max(w->handler->ctx, r);
}

static void head_done(struct worker *w, struct client *c)
{
    struct http_request r;
    const char *why;
    int status;

    if (http_parse((str){ c->in, c->head_n }, &r, &status, &why) == HTTP_REFUSED)
        refuse(w, c, status, why);
    else if (r.body_len > body_max(w, &r))
        refuse(w, c, 413, "body too large");
    else if (r.body_len == 0)
        request_answer(w, c, &r);
    else
        body_begin(w, c, &r);
}

/* Everything that can be done with the bytes that are here. */
static void client_advance(struct worker *w, struct client *c)
{
    const char *why;
    int status;

    while (!c->is_gone && c->state == CLIENT_HEAD && c->in_n) {
        switch (
            http_head_find((str){ c->in, c->in_n }, &c->in_seen, &c->head_n, &status, &why)) {
        case HTTP_MORE:
            return;
        case HTTP_REFUSED:
            refuse(w, c, status, why);
            break;
        case HTTP_READY:
            head_done(w, c);
            break;
        }
        if (!c->is_gone && c->state == CLIENT_BODY && c->body_n == c->body_len)
            body_done(w, c);
    }
}

/* ---- events ---- */

/* False when the other side has closed or is broken. */
static bool receive(struct client *c, char *to, size_t room, size_t *n)
{
    ssize_t got = recv(c->fd, to, room, 0);

    *n = got > 0 ? (size_t)got : 0;
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

static void on_readable(struct worker *w, struct client *c)
{
    char forgotten[4096];
    bool is_there;
    size_t n;

    switch (c->state) {
    case CLIENT_HEAD:
        is_there = receive(c, c->in + c->in_n, HTTP_HEAD_BYTES - c->in_n, &n);
        if (n && c->in_n == 0)
            c->deadline_ms = w->now_ms + w->head_ms;
        c->in_n += n;
        break;
    case CLIENT_BODY:
        is_there = receive(c, c->body + c->body_n, c->body_len - c->body_n, &n);
        c->body_n += n;
        if (c->body_n == c->body_len) {
            body_done(w, c);
            if (c->is_gone)
                return;
        }
        break;
    case CLIENT_LINGER:
        is_there = receive(c, forgotten, sizeof forgotten, &n);
        break;
    case CLIENT_WRITE:
    default:
        return;
    }
    if (is_there)
        client_advance(w, c);
    else
        client_close(w, c);
}

static void on_writable(struct worker *w, struct client *c)
{
    ssize_t sent = send(c->fd, c->out.p, c->out.n, MSG_NOSIGNAL);

    if (sent < 0) {
        if (errno != EAGAIN && errno != EINTR)
            client_close(w, c);
        return;
    }
    c->out = str_skip(c->out, (size_t)sent);
    c->deadline_ms = w->now_ms + WRITE_MS;
    if (c->out.n)
        return;
    client_next(w, c);
    client_advance(w, c);
}

/* ---- time ---- */

/* Invariant 1. While stopping, what waits for a request is closed too. */
static void sweep(struct worker *w)
{
    bool is_stopping = atomic_load(&w->is_stopping);

    for (struct client *c = w->clients, *next; c; c = next) {
        next = c->next;
        if (c->deadline_ms <= w->now_ms && c->state == CLIENT_HEAD && c->in_n)
            refuse(w, c, 408, "the request head came too slowly");
        else if (c->deadline_ms <= w->now_ms
                 || (is_stopping && c->state == CLIENT_HEAD && c->in_n == 0))
            client_close(w, c);
    }
    w->swept_ms = w->now_ms;
}

static void inbox_take(struct worker *w)
{
    uint64_t ignored;

    (void)!read(w->wake, &ignored, sizeof ignored);
    pthread_mutex_lock(&w->lock);
    for (uint32_t i = 0; i < w->inbox_count; i++)
        client_open(w, w->inbox[i]);
    w->inbox_count = 0;
    pthread_mutex_unlock(&w->lock);
}

/* When a stop is wanted: true once nothing is in flight, or when it takes too long. */
static bool is_finished(struct worker *w)
{
    if (!atomic_load(&w->is_stopping))
        return false;
    if (w->stop_ms == 0)
        w->stop_ms = w->now_ms + STOP_MS;
    sweep(w);
    return !w->clients || w->now_ms >= w->stop_ms;
}

static void *worker_run(void *arg)
{
    struct worker *w = arg;
    struct epoll_event events[EVENTS];

    for (w->now_ms = clock_ms(); !is_finished(w);) {
        int every_ms = w->stop_ms || w->head_ms < SWEEP_MS ? SWEEP_SOON_MS : SWEEP_MS;
        int n = epoll_wait(w->epoll, events, EVENTS, every_ms);

        w->now_ms = clock_ms();
        for (int i = 0; i < n; i++) {
            struct client *c = events[i].data.ptr;

            if (!c)
                inbox_take(w);
            else if (!c->is_gone && c->state == CLIENT_WRITE)
                on_writable(w, c);
            else if (!c->is_gone)
                on_readable(w, c);
        }
        if (w->now_ms - w->swept_ms >= every_ms)
            sweep(w);
    }
    while (w->clients)
        client_close(w, w->clients);
    arena_done(&w->mem);
    arena_done(&w->clients_mem);
    return NULL;
}

/* ---- from outside ---- */

bool worker_start(struct worker *w, const struct http_config *config, struct err *e)
{
    struct epoll_event want = { .events = EPOLLIN };
    pthread_attr_t attributes;
    int failed;

    w->handler = &config->handler;
    w->head_ms = config->head_ms ? config->head_ms : LIMIT_HEADER_SECONDS * 1000;
    w->epoll = epoll_create1(EPOLL_CLOEXEC);
    w->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (w->epoll < 0 || w->wake < 0 || epoll_ctl(w->epoll, EPOLL_CTL_ADD, w->wake, &want) != 0)
        return err_set(e, ERR_IO, "サーバーを始められません: %s", strerror(errno));
    pthread_mutex_init(&w->lock, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    failed = pthread_create(&w->thread, &attributes, worker_run, w);
    pthread_attr_destroy(&attributes);
    if (failed)
        return err_set(e, ERR_IO, "スレッドを始められません: %s", strerror(failed));
    return true;
}

static void wake(struct worker *w)
{
    uint64_t one = 1;

    (void)!write(w->wake, &one, sizeof one);
}

void worker_give(struct worker *w, int fd)
{
    atomic_fetch_add(&w->load, 1);
    pthread_mutex_lock(&w->lock);
    assert(w->inbox_count < LIMIT_CONNECTIONS);
    w->inbox[w->inbox_count++] = fd;
    pthread_mutex_unlock(&w->lock);
    wake(w);
}

void worker_stop(struct worker *w)
{
    atomic_store(&w->is_stopping, true);
    wake(w);
}

void worker_join(struct worker *w)
{
    pthread_join(w->thread, NULL);
    pthread_mutex_destroy(&w->lock);
    close(w->epoll);
    close(w->wake);
}
