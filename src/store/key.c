/* The private key beside the data: ADDRESS.key, one line, mode 0600. Never in the data file, so
 * that a copy of the data gives nobody the power to sign. */
#include "store/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { KEY_FILE_MAX = 1024, SECRET_MODE = 0600, OTHERS = 077 };

static const char *key_path(struct conn *c, struct arena *a)
{
    return str_c(a, str_fmt(a, "%s.key", c->address));
}

static bool io_fail(struct err *e, const char *path)
{
    return err_set(e, ERR_IO, "署名の鍵 %s を読み書きできません(%s)。", path, strerror(errno));
}

static void file_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

/* ---- reading ---- */

static bool read_line(struct arena *a, const char *path, int fd, str *line, struct err *e)
{
    char *bytes = arena_bytes(a, KEY_FILE_MAX);
    struct stat about;
    ssize_t n;

    if (fstat(fd, &about) != 0)
        return io_fail(e, path);
    if (about.st_mode & OTHERS)
        return err_set(
            e, ERR_INPUT,
            "署名の鍵 %s をほかの人が読めるようになっています。chmod 600 で持ち主だけ"
            "にしてください。",
            path);
    n = read(fd, bytes, KEY_FILE_MAX);
    if (n < 0)
        return io_fail(e, path);
    if (utf8_valid_prefix(bytes, (size_t)n) != (size_t)n)
        return err_set(e, ERR_INPUT, "%s は署名の鍵ではありません。", path);
    (void)str_cut((str){ bytes, (size_t)n }, '\n', line);
    return true;
}

/* *found false when there is no such file. */
static bool key_read(struct arena *a, const char *path, struct signer *out, bool *found,
                     struct err *e)
{
    AUTO(file_end) int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct err why;
    str line;

    *found = fd >= 0;
    if (fd < 0)
        return errno == ENOENT || io_fail(e, path);
    if (!read_line(a, path, fd, &line, e))
        return false;
    return signer_read(line, out, &why)
           || err_set(e, ERR_INPUT, "%s: %s 控えた鍵を戻すか、このファイルをよけてください。",
                      path, why.text);
}

/* ---- making ---- */

static bool write_new(struct arena *a, const char *path, const struct signer *s, struct err *e)
{
    const char *part = str_c(a, str_fmt(a, "%s.%ld.part", path, (long)getpid()));
    AUTO(file_end)
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, SECRET_MODE);
    struct buf line;
    bool ok;

    if (fd < 0)
        return io_fail(e, part);
    buf_init(&line, a, KEY_FILE_MAX, KEY_FILE_MAX);
    signer_put(&line, s);
    buf_put_char(&line, '\n');
    /* link() and not rename(): somebody else's key that came first must stay. */
    ok = write(fd, line.p, line.n) == (ssize_t)line.n && fsync(fd) == 0
         && (link(part, path) == 0 || errno == EEXIST);
    if (!ok)
        (void)io_fail(e, path);
    (void)unlink(part);
    return ok;
}

static bool key_make(struct arena *a, const char *path, str name, struct err *e)
{
    AUTO(signer_forget) struct signer s;
    uint8_t seed[SIGN_SEED_BYTES];

    if (name.n && !sign_name_is_valid(name))
        return err_set(
            e, ERR_INPUT,
            "鍵の名前「%.*s」は使えません。空白と + を含まない%dバイトまでの名前(例: "
            "plan.example.jp)にしてください。",
            STR_ARG(name), SIGN_NAME_MAX);
    if (getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        return io_fail(e, path);
    signer_make(a, name, seed, &s);
    explicit_bzero(seed, sizeof seed);
    return write_new(a, path, &s, e);
}

bool key_load(struct conn *c, struct arena *a, str name, struct signer *out, bool *is_new,
              struct err *e)
{
    const char *path = key_path(c, a);
    bool found;

    *is_new = false;
    if (!key_read(a, path, out, &found, e))
        return false;
    if (!found) {
        if (!key_make(a, path, name, e) || !key_read(a, path, out, &found, e))
            return false;
        *is_new = true;
    }
    if (!found)
        return err_set(e, ERR_IO, "署名の鍵 %s がなくなりました。", path);
    if (name.n && !str_eq(name, out->verifier.name)) {
        signer_forget(out);
        return err_set(e, ERR_CONFLICT, "鍵はもうあります(%.*s)。名前は変えられません。",
                       STR_ARG(out->verifier.name));
    }
    return true;
}

bool store_key(struct conn *c, struct arena *a, str name, struct verifier *out, bool *is_new,
               struct err *e)
{
    AUTO(signer_forget) struct signer s = { 0 };

    if (!key_load(c, a, name, &s, is_new, e))
        return false;
    *out = s.verifier;
    return true;
}

bool store_verifier(struct conn *c, struct arena *a, struct verifier *out, struct err *e)
{
    AUTO(signer_forget) struct signer s = { 0 };
    bool found;

    *out = (struct verifier){ 0 };
    if (!key_read(a, key_path(c, a), &s, &found, e))
        return false;
    if (found)
        *out = s.verifier;
    return true;
}
