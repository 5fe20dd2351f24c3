/* The server over real sockets: what a client sees on the wire. One server for all tests, with
 * two workers and half a second for a request head. */
#include "web/http.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

enum { LARGE = 8 * 1024 * 1024, HEAD_MS = 500 };

static char large[LARGE];
static int port;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t is_ready = PTHREAD_COND_INITIALIZER;
static int released; /* answers given back */

/* ---- the program behind the server ---- */

static void release(void *owner)
{
    (void)owner;
    __atomic_add_fetch(&released, 1, __ATOMIC_SEQ_CST);
}

/* Says what was asked; /large is many megabytes; /kept is given back after it was sent. */
static void answer(void *ctx, struct arena *mem, const struct http_request *r,
                   struct http_answer *out)
{
    (void)ctx;
    out->status = 200;
    out->head = STR("X-Test: yes\r\n");
    out->body = str_fmt(mem, "%.*s %.*s %.*s", STR_ARG(r->method), STR_ARG(r->target),
                        STR_ARG(r->body));
    if (str_eq(r->target, STR("/large")))
        out->body = (str){ large, LARGE };
    if (str_eq(r->target, STR("/kept")))
        out->release = release;
    if (str_eq(r->target, STR("/304"))) {
        out->status = 304;
        out->is_bare = true;
    }
}

static void refuse(void *ctx, struct arena *mem, int status, const char *why,
                   struct http_answer *out)
{
    (void)ctx;
    out->status = status;
    out->head = STR("X-Refused: yes\r\n");
    out->body = str_fmt(mem, "refused: %s", why);
}

static void ready(void *ctx, const char *address)
{
    (void)ctx;
    pthread_mutex_lock(&lock);
    port = (int)strtol(strrchr(address, ':') + 1, NULL, 10);
    pthread_cond_signal(&is_ready);
    pthread_mutex_unlock(&lock);
}

static void *serve(void *fine)
{
    struct http_config config = { .host = "127.0.0.1",
                                  .threads = 2,
                                  .head_ms = HEAD_MS,
                                  .handler = { .answer = answer, .refuse = refuse },
                                  .ready = ready };
    struct err e = { 0 };

    *(bool *)fine = http_serve(&config, &e);
    if (!*(bool *)fine)
        printf("# %s\n", e.text);
    return NULL;
}

/* ---- a client ---- */

static int dial(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct timeval patience = { .tv_sec = 5 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0
        || connect(fd, (struct sockaddr *)&at, sizeof at) != 0) {
        puts("Bail out! no connection to the server");
        exit(1);
    }
    return fd;
}

static void say(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* Everything until the other side closes, or `room`. */
static const char *hear(int fd, char *to, size_t room)
{
    size_t n = 0;
    ssize_t got;

    while (n + 1 < room && (got = recv(fd, to + n, room - 1 - n, 0)) > 0)
        n += (size_t)got;
    to[n] = '\0';
    return to;
}

static char said[1 << 16];

/* One request with Connection: close in it, its whole answer. */
static const char *ask(const char *request)
{
    int fd = dial();

    say(fd, request);
    hear(fd, said, sizeof said);
    close(fd);
    return said;
}

static bool has(const char *text, const char *part)
{
    if (strstr(text, part))
        return true;
    printf("# lacks \"%s\": %.300s\n", part, text);
    return false;
}

static bool starts(const char *text, const char *part)
{
    if (strncmp(text, part, strlen(part)) == 0)
        return true;
    printf("# does not start with \"%s\": %.300s\n", part, text);
    return false;
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

#define CLOSE "Host: a\r\nConnection: close\r\n\r\n"

/* ---- the tests ---- */

static void an_answer_has_its_head_and_its_body(void)
{
    const char *got = ask("GET /x?y HTTP/1.1\r\n" CLOSE);

    CHECK(starts(got, "HTTP/1.1 200 OK\r\nDate: "));
    CHECK(
        has(got,
            " GMT\r\nContent-Length: 9\r\nConnection: close\r\nX-Test: yes\r\n\r\nGET /x?y "));
}

static void head_and_304_have_no_body(void)
{
    const char *got = ask("HEAD /x HTTP/1.1\r\n" CLOSE);

    CHECK(has(got, "Content-Length: 8\r\n") && strstr(got, "\r\n\r\n")[4] == '\0');
    got = ask("GET /304 HTTP/1.1\r\n" CLOSE);
    CHECK(starts(got, "HTTP/1.1 304 Not Modified\r\n") && strstr(got, "\r\n\r\n")[4] == '\0');
    CHECK(!strstr(got, "Content-Length"));
}

static void one_connection_carries_many_requests(void)
{
    int fd = dial();

    say(fd, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 "
            "HTTP/1.1\r\n" CLOSE);
    hear(fd, said, sizeof said);
    close(fd);
    CHECK(has(said, "GET /1 HTTP/1.1 200 OK"));
    CHECK(has(said, "GET /2 HTTP/1.1 200 OK"));
    CHECK(has(said, "Connection: keep-alive") && has(said, "\r\n\r\nGET /3 "));
}

static void http_1_0_is_closed_unless_it_asks_to_stay(void)
{
    CHECK(has(ask("GET /x HTTP/1.0\r\n\r\n"), "Connection: close\r\n"));
}

static void a_body_may_come_in_pieces_and_with_the_next_request(void)
{
    int fd = dial();

    say(fd, "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234");
    usleep(20000);
    say(fd, "56789GET /next HTTP/1.1\r\n" CLOSE);
    hear(fd, said, sizeof said);
    close(fd);
    CHECK(has(said, "\r\n\r\nPOST /p 0123456789HTTP/1.1 200 OK"));
    CHECK(has(said, "\r\n\r\nGET /next "));
}

static void a_client_that_waits_is_told_to_go_on(void)
{
    int fd = dial();
    char first[64];
    ssize_t n;

    say(fd, "POST /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\nExpect: "
            "100-continue\r\n\r\n");
    n = recv(fd, first, sizeof first - 1, 0);
    first[n > 0 ? n : 0] = '\0';
    CHECK_STR(first, "HTTP/1.1 100 Continue\r\n\r\n");
    say(fd, "ok");
    CHECK(has(hear(fd, said, sizeof said), "\r\n\r\nPOST /p ok"));
    close(fd);
}

static void a_large_answer_arrives_whole(void)
{
    static char got[LARGE + 1000];
    int fd = dial();
    const char *body;

    say(fd, "GET /large HTTP/1.1\r\n" CLOSE);
    usleep(50000); /* the socket fills: the rest must wait */
    hear(fd, got, sizeof got);
    close(fd);
    body = strstr(got, "\r\n\r\n");
    CHECK(body && strlen(body + 4) == LARGE && memcmp(body + 4, large, LARGE) == 0);
}

static void what_is_refused_is_answered_and_closed(void)
{
    static const struct {
        const char *request, *status;
    } CASES[] = {
        { "GET / HTTP/1.1\nHost: a\n\n", "HTTP/1.1 400 Bad Request\r\n" },
        { "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\n 2\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n" },
        { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: "
          "chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 400 Bad Request\r\n" },
        { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\nabc",
          "HTTP/1.1 413 Content Too Large\r\n" },
        { "GET / HTTP/7.0\r\nHost: a\r\n\r\n", "HTTP/1.1 505 HTTP Version Not Supported\r\n" },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const char *got = ask(CASES[i].request);

        CHECK(starts(got, CASES[i].status));
        CHECK(has(got, "Connection: close\r\nX-Refused: yes\r\n")
              && has(got, "\r\n\r\nrefused: "));
    }
}

static void nothing_after_a_refused_request_is_answered(void)
{
    const char *got = ask("GET / HTTP/1.1\nHost: a\n\nGET /smuggled HTTP/1.1\r\n" CLOSE);

    CHECK(!strstr(got, "smuggled"));
}

static void a_head_that_drips_is_cut(void)
{
    int fd = dial();
    int64_t begin = now_ms();

    say(fd, "GET / HTTP/1.1\r\n");
    for (int i = 0; i < 20 && now_ms() - begin < 3000; i++) {
        say(fd, "X: y\r\n");
        usleep(100000);
        if (recv(fd, said, sizeof said - 1, MSG_DONTWAIT | MSG_PEEK) >= 0)
            break;
    }
    hear(fd, said, sizeof said);
    close(fd);
    CHECK(starts(said, "HTTP/1.1 408 Request Timeout\r\n"));
    CHECK(now_ms() - begin >= HEAD_MS - 100 && now_ms() - begin < 3000);
}

static void a_connection_that_says_nothing_is_closed(void)
{
    int fd = dial();
    int64_t begin = now_ms();

    CHECK_STR(hear(fd, said, sizeof said), "");
    CHECK(now_ms() - begin < 3000);
    close(fd);
}

static void clients_that_go_away_do_no_harm(void)
{
    for (int i = 0; i < 50; i++) {
        struct linger reset = { .l_onoff = 1 };
        int fd = dial();

        say(fd, i % 2 ? "GET /large HTTP/1.1\r\nHost: a\r\n\r\n" : "GET / HT");
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(fd);
    }
    CHECK(starts(ask("GET / HTTP/1.1\r\n" CLOSE), "HTTP/1.1 200 OK\r\n"));
}

static void what_an_answer_borrowed_is_given_back(void)
{
    int before = __atomic_load_n(&released, __ATOMIC_SEQ_CST);

    ask("GET /kept HTTP/1.1\r\n" CLOSE);
    ask("HEAD /kept HTTP/1.1\r\n" CLOSE);
    CHECK(__atomic_load_n(&released, __ATOMIC_SEQ_CST) == before + 2);
}

static void the_port_cannot_be_taken_twice(void)
{
    struct http_config config = { .host = "127.0.0.1",
                                  .port = (uint16_t)port,
                                  .threads = 1,
                                  .handler = { .answer = answer, .refuse = refuse } };
    struct err e = { 0 };

    CHECK(!http_serve(&config, &e));
    CHECK(e.code == ERR_IO && has(e.text, "ほかのプログラムが使っています"));
    config.host = "no.such.name.invalid";
    CHECK(!http_serve(&config, &e) && e.code == ERR_INPUT);
}

int main(void)
{
    pthread_t server;
    bool is_fine = false;
    sigset_t stop;

    memset(large, 'x', sizeof large);
    /* The signal that ends the server must reach its descriptor, not this thread. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    pthread_create(&server, NULL, serve, &is_fine);
    pthread_mutex_lock(&lock);
    while (!port)
        pthread_cond_wait(&is_ready, &lock);
    pthread_mutex_unlock(&lock);
    RUN(an_answer_has_its_head_and_its_body);
    RUN(head_and_304_have_no_body);
    RUN(one_connection_carries_many_requests);
    RUN(http_1_0_is_closed_unless_it_asks_to_stay);
    RUN(a_body_may_come_in_pieces_and_with_the_next_request);
    RUN(a_client_that_waits_is_told_to_go_on);
    RUN(a_large_answer_arrives_whole);
    RUN(what_is_refused_is_answered_and_closed);
    RUN(nothing_after_a_refused_request_is_answered);
    RUN(a_head_that_drips_is_cut);
    RUN(a_connection_that_says_nothing_is_closed);
    RUN(clients_that_go_away_do_no_harm);
    RUN(what_an_answer_borrowed_is_given_back);
    RUN(the_port_cannot_be_taken_twice);
    kill(getpid(), SIGTERM);
    pthread_join(server, NULL);
    if (!is_fine)
        printf("Bail out! the server did not end well\n");
    return DONE() || !is_fine;
}
