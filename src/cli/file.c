/* Files come in here: whole, bounded, from a path or from standard input. */
#include "cli/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

str file_name(struct arena *a, const char *path)
{
    str rest = str_from(path);
    struct buf b;

    if (utf8_valid_prefix(rest.p, rest.n) == rest.n)
        return rest;
    buf_init(&b, a, rest.n, 3 * rest.n);
    while (rest.n) {
        const size_t good = utf8_valid_prefix(rest.p, rest.n);

        buf_put(&b, str_take(rest, good));
        if (good < rest.n)
            utf8_put(&b, 0xFFFD);
        rest = str_skip(rest, good + 1);
    }
    return buf_str(&b);
}

static void close_file(const int *fd)
{
    if (*fd > STDIN_FILENO)
        (void)close(*fd);
}

static bool too_large(str name, size_t max, struct err *e)
{
    return err_set(
        e, ERR_INPUT,
        "「%.*s」は大きすぎます。1つのファイルは %zu MB までです。分けて渡してください。",
        STR_ARG(name), max >> 20);
}

/* Reads until `n` bytes are there or the file ends; false on an error. */
static bool read_up_to(int fd, char *to, size_t n, size_t *got)
{
    ssize_t k = 1;

    for (*got = 0; *got < n && k != 0;) {
        k = read(fd, to + *got, n - *got);
        if (k < 0 && errno != EINTR)
            return false;
        *got += k > 0 ? (size_t)k : 0;
        k = k < 0 ? 1 : k; /* interrupted: again */
    }
    return true;
}

/* A pipe does not tell its size: piece by piece, up to the limit. */
static bool read_pipe(struct arena *a, int fd, str name, size_t max, str *out, struct err *e)
{
    enum { PIECE = 64 * 1024 };
    char piece[PIECE];
    struct buf b;
    size_t got = PIECE;

    buf_init(&b, a, PIECE, max);
    while (got == PIECE && !b.full) {
        if (!read_up_to(fd, piece, PIECE, &got))
            return err_set(e, ERR_IO, "「%.*s」を読めません(%s)。", STR_ARG(name),
                           strerror(errno));
        buf_put(&b, (str){ piece, got });
    }
    *out = buf_str(&b);
    return !b.full || too_large(name, max, e);
}

bool file_read(struct arena *a, const char *path, size_t max, str *out, struct err *e)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    const str name = is_stdin ? STR("標準入力") : file_name(a, path);
    AUTO(close_file) int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    size_t size, got;
    char *p;

    if (fd < 0 && errno == ENOENT)
        return err_set(e, ERR_NOT_FOUND, "「%.*s」がありません。名前と場所を確認してください。",
                       STR_ARG(name));
    if (fd < 0 || fstat(fd, &info) != 0)
        return err_set(e, ERR_IO, "「%.*s」を開けません(%s)。", STR_ARG(name), strerror(errno));
    if (S_ISDIR(info.st_mode))
        return err_set(e, ERR_INPUT, "「%.*s」はフォルダです。中のファイルを指定してください。",
                       STR_ARG(name));
    if (!S_ISREG(info.st_mode) || info.st_size == 0) /* files of /proc say 0 */
        return read_pipe(a, fd, name, max, out, e);
    size = (size_t)info.st_size;
    if (info.st_size > (off_t)max)
        return too_large(name, max, e);
    p = arena_bytes(a, size);
    if (!read_up_to(fd, p, size, &got))
        return err_set(e, ERR_IO, "「%.*s」を読めません(%s)。", STR_ARG(name), strerror(errno));
    *out = (str){ p, got };
    return true;
}
