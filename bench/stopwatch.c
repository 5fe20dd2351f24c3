/*
 * Measures other programs for bench/run; knows nothing of what they do.
 *
 *   stopwatch run COMMAND...             runs it and prints "wall cpu peak": seconds, seconds
 *                                        of processor, kilobytes resident at most
 *   stopwatch first PORT PATH COMMAND... starts a server and prints how many milliseconds after
 *                                        that the first byte of its answer to GET PATH came;
 *                                        then ends it
 *   stopwatch ask PORT FILE              asks for each path in FILE, one after the other on one
 *                                        connection; prints median, 95th percentile and worst
 *                                        in milliseconds, and how many answers were not 200
 *
 * The command's own output goes to standard error. Anything that does not work ends it with a
 * sentence and exit code 1, so that a figure is never made of nothing.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ASKS_MAX = 100000, ANSWER_MAX = 1 << 20 };

static const double START_SECONDS = 30;

_Noreturn static void fail(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("stopwatch: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static pid_t start(char **command)
{
    pid_t pid = fork();

    if (pid < 0)
        fail("fork: %s", strerror(errno));
    if (pid == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execvp(command[0], command);
        fail("%s: %s", command[0], strerror(errno));
    }
    return pid;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int run(char **command)
{
    double begin = now();
    pid_t pid = start(command);
    struct rusage used;
    int status;

    if (wait4(pid, &status, 0, &used) != pid)
        fail("wait: %s", strerror(errno));
    /* exit code 1 is an answer too: findings */
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
        fail("%s ended with %d", command[0], WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    printf("%.3f %.3f %ld\n", now() - begin, seconds(used.ru_utime) + seconds(used.ru_stime),
           used.ru_maxrss);
    return 0;
}

/* A connection to 127.0.0.1, or -1 when nobody listens there yet. */
static int dial(const char *port)
{
    struct sockaddr_in to = { .sin_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    to.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0)
        fail("socket: %s", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

static void send_request(int fd, const char *path)
{
    char request[4096];
    int n = snprintf(request, sizeof request,
                     "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: ja\r\n\r\n", path);

    if (n < 0 || (size_t)n >= sizeof request || write(fd, request, (size_t)n) != n)
        fail("cannot ask for %s", path);
}

static int first(const char *port, const char *path, char **command)
{
    const struct timespec pause = { .tv_nsec = 200000 };
    double begin = now();
    pid_t pid = start(command);
    char byte;
    int fd;

    while ((fd = dial(port)) < 0) {
        if (now() - begin > START_SECONDS || waitpid(pid, NULL, WNOHANG) != 0)
            fail("%s does not listen on port %s", command[0], port);
        nanosleep(&pause, NULL);
    }
    send_request(fd, path);
    if (read(fd, &byte, 1) != 1)
        fail("no answer to GET %s", path);
    printf("%.1f\n", (now() - begin) * 1000);
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    return 0;
}

/* Reads one answer that says its Content-Length; gives its status. */
static int read_answer(int fd)
{
    static char answer[ANSWER_MAX];
    size_t have = 0, wanted = sizeof answer - 1;

    while (have < wanted) {
        ssize_t n = read(fd, answer + have, sizeof answer - 1 - have);
        const char *body, *length;

        if (n <= 0)
            fail("the server hung up in an answer");
        have += (size_t)n;
        answer[have] = '\0';
        body = strstr(answer, "\r\n\r\n");
        length = strcasestr(answer, "\r\nContent-Length:");
        if (body && length && length < body)
            wanted = (size_t)(body + 4 - answer) + strtoul(length + 17, NULL, 10);
    }
    return (int)strtol(answer + 9, NULL, 10); /* after "HTTP/1.1 " */
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static int ask(const char *port, const char *file)
{
    static double ms[ASKS_MAX];
    FILE *paths = fopen(file, "r");
    int fd = dial(port), n = 0, bad = 0;
    char path[2048];

    if (!paths || fd < 0)
        fail("cannot open %s, or nobody listens on port %s", file, port);
    while (n < ASKS_MAX && fgets(path, sizeof path, paths)) {
        double begin = now();

        path[strcspn(path, "\n")] = '\0';
        send_request(fd, path);
        bad += read_answer(fd) != 200;
        ms[n++] = (now() - begin) * 1000;
    }
    fclose(paths);
    if (n == 0)
        fail("%s: no paths", file);
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("%.2f %.2f %.2f %d\n", ms[n / 2], ms[n * 95 / 100], ms[n - 1], bad);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "run") == 0)
        return run(argv + 2);
    if (argc > 4 && strcmp(argv[1], "first") == 0)
        return first(argv[2], argv[3], argv + 4);
    if (argc == 4 && strcmp(argv[1], "ask") == 0)
        return ask(argv[2], argv[3]);
    fail("usage: stopwatch run COMMAND... | first PORT PATH COMMAND... | ask PORT FILE");
}
