/* Rebuilding the tables, and copies of the whole. */
#include "store/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

static bool visit(void *ctx, str organisation, struct err *e)
{
    return project_organisation(ctx, organisation, e);
}

static bool index_again(struct conn *c, struct err *e)
{
    AUTO(query_end) struct query paragraphs = query_on(c, Q_SEARCH_INDEX_REBUILD);
    AUTO(query_end) struct query voices = query_on(c, Q_VOICE_INDEX_REBUILD);

    return query_run(&paragraphs, e) && query_run(&voices, e);
}

bool store_rebuild(struct conn *c, struct err *e)
{
    AUTO(cache_end) struct conn *large = NULL;
    AUTO(transaction_end) struct transaction t = { 0 };
    bool ok;

    if (!cache_enlarge(c, &large, e) || !transaction_begin(c, &t, e) || !project_clear(c, e))
        return false;
    c->without_index = true; /* it is faster to index all of it at once */
    ok = logs_each(c, visit, c, e);
    c->without_index = false;
    return ok && index_again(c, e) && transaction_commit(&t, e);
}

bool store_about(struct conn *c, struct arena *a, struct store_facts *out, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_MIGRATION_FACTS);
    struct stat about;
    bool is_row;

    if (!query_step(&q, &is_row, e))
        return false;
    out->engine = str_fmt(a, "SQLite %s", sqlite3_libversion());
    out->form = take_int(&q);
    out->records = (uint64_t)take_int(&q);
    out->organisations = (uint64_t)take_int(&q);
    out->plans = (uint64_t)take_int(&q);
    out->blobs = (uint64_t)take_int(&q);
    out->bytes = stat(c->address, &about) == 0 ? (uint64_t)about.st_size : 0;
    return true;
}

/* ---- copies ---- */

static void backup_end(sqlite3_backup **b)
{
    (void)sqlite3_backup_finish(*b);
}

static void db_end(sqlite3 **db)
{
    (void)sqlite3_close(*db);
}

/* All pages at once: the copy is of one state, and readers are not in its way (WAL). */
static int copy_pages(struct conn *c, const char *path)
{
    AUTO(db_end) sqlite3 *to = NULL;
    int code;

    engine_private(path);
    code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK) {
        AUTO(backup_end) sqlite3_backup *b = sqlite3_backup_init(to, "main", c->db, "main");

        code = b ? sqlite3_backup_step(b, -1) : sqlite3_errcode(to);
    }
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* A new name is on disk when its folder is. */
static bool sync_folder(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    const str folder = slash ? (str){ path, (size_t)(slash - path) + 1 } : STR(".");
    const int fd = open(str_c(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        (void)close(fd);
    return ok;
}

bool store_backup(struct conn *c, const char *path, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const char *part = str_c(&mem, str_fmt(&mem, "%s.part", path));
    struct stat about;
    int code;

    if (stat(path, &about) == 0)
        return err_set(e, ERR_INPUT,
                       "%s はすでにあります。別の名前にするか、先に移してください。", path);
    (void)unlink(part);
    code = copy_pages(c, part);
    if (code != SQLITE_OK) {
        (void)unlink(part);
        return err_set(e, ERR_IO, "%s に書けません(%s)。場所と空きを確かめてください。", path,
                       sqlite3_errstr(code));
    }
    if (rename(part, path) != 0 || !sync_folder(&mem, path)) {
        (void)unlink(part);
        return err_set(e, ERR_IO, "%s に書けません(%s)。", path, strerror(errno));
    }
    return true;
}
