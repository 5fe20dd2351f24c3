/* One worker of the HTTP server: a thread with an epoll and the connections that were given to
 * it. Private to http_server.c and http_worker.c. */
#ifndef MEGURI_WEB_HTTP_WORKER_H
#define MEGURI_WEB_HTTP_WORKER_H

#include <pthread.h>
#include <stdatomic.h>

#include "web/http.h"

struct client;

/* Zero-initialised, then worker_start. */
struct worker {
    const struct http_handler *handler;
    int head_ms; /* for a whole request head */
    pthread_t thread;
    int epoll, wake;      /* wake: an eventfd, written when the inbox has something or a stop is
                             wanted */
    pthread_mutex_t lock; /* of the inbox */
    int inbox[LIMIT_CONNECTIONS]; /* accepted sockets that the worker has not yet taken */
    uint32_t inbox_count;
    atomic_uint load; /* connections given to it and not yet closed */
    atomic_bool is_stopping;

    /* Only the worker's own thread looks below here. */
    struct arena mem;         /* of the request that is being answered */
    struct arena clients_mem; /* client structs and their buffers; reused by `unused` */
    struct client *clients, *unused;
    int64_t now_ms, swept_ms, stop_ms;
    int64_t date_s; /* second for which `date` was made */
    char date[40];  /* "Sun, 22 Nov 2026 08:00:00 GMT" */
};

/* Starts its thread. `config` must stay. ERR_IO when the system gives no epoll or thread. */
MUST bool worker_start(struct worker *w, const struct http_config *config, struct err *e);

/* Hands over an accepted, non-blocking socket. Called by the accepting thread, which sees to it
 * that there are never more than LIMIT_CONNECTIONS. */
void worker_give(struct worker *w, int fd);

/* Asks it to finish what is in flight; worker_join waits for that. */
void worker_stop(struct worker *w);
void worker_join(struct worker *w);

/* Writes status line and all headers of an answer. `now` is an HTTP date, NULL = none. */
void http_head_put(struct buf *b, const struct http_answer *a, const char *now,
                   bool is_keep_alive);

#endif
