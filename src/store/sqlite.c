/* SQLite: opening the file, its settings, and what its errors mean for the person at the
 * desk. */
#include "store/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { BUSY_MS = 30000 }; /* how long a writer waits for another one */

static const struct {
    int code;
    enum err_code as;
    const char *text;
} ENGINE_ERRORS[] = {
    { SQLITE_FULL, ERR_IO,
      "ディスクの空きがないため保存できません。空きを作ってからやり直してください("
      "この操作では何"
      "も保存していません): %s" },
    { SQLITE_READONLY, ERR_IO,
      "データファイルに書き込めません。ファイルとフォルダの書き込みの権限を確かめてください: "
      "%s" },
    { SQLITE_BUSY, ERR_IO,
      "ほかの処理がデータファイルに書き込んでいます。終わってからやり直してください: %s" },
    { SQLITE_CANTOPEN, ERR_IO, "データファイルを開けません。場所と権限を確かめてください: %s" },
    { SQLITE_PERM, ERR_IO, "データファイルを使う権限がありません: %s" },
    { SQLITE_AUTH, ERR_IO, "データファイルを使う権限がありません: %s" },
    { SQLITE_NOTADB, ERR_INPUT, "meguri のデータファイルではありません: %s" },
    { SQLITE_CORRUPT, ERR_IO,
      "データファイルが壊れています。meguri verify で場所を確かめ、控えから戻してください: "
      "%s" },
    { SQLITE_IOERR, ERR_IO,
      "ディスクの読み書きに失敗しました。ディスクの状態を確かめてください: %s" },
    { SQLITE_TOOBIG, ERR_INPUT, "データが大きすぎて保存できません: %s" },
};

bool engine_fail(struct conn *c, int code, struct err *e)
{
    for (size_t i = 0; i < sizeof ENGINE_ERRORS / sizeof *ENGINE_ERRORS; i++)
        if (ENGINE_ERRORS[i].code == (code & 0xFF))
            return err_set(e, ENGINE_ERRORS[i].as, ENGINE_ERRORS[i].text, c->address);
    return err_set(e, ERR_IO, "データファイルの操作に失敗しました(%s): %s",
                   c->db ? sqlite3_errmsg(c->db) : sqlite3_errstr(code), c->address);
}

bool engine_script(struct conn *c, const char *sql, struct err *e)
{
    const int code = sqlite3_exec(c->db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK || engine_fail(c, code, e);
}

/* DEFENSIVE: no SQL, however it came here, may write to the index's own tables or turn the file
 * into something else. */
static int harden(sqlite3 *db)
{
    static const struct {
        int what, on;
    } SWITCHES[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },   { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
        { SQLITE_DBCONFIG_ENABLE_VIEW, 0 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },     { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    int code = SQLITE_OK;

    for (size_t i = 0; i < sizeof SWITCHES / sizeof *SWITCHES && code == SQLITE_OK; i++)
        code = sqlite3_db_config(db, SWITCHES[i].what, SWITCHES[i].on, NULL);
    return code;
}

bool engine_loosen(struct conn *c, struct err *e)
{
    const int code = sqlite3_db_config(c->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);

    return code == SQLITE_OK || engine_fail(c, code, e);
}

/* A reader opens for writing too: a log that another process left behind (kill -9) has to be
 * read through shared memory. What it may not do is written into query_only. */
void engine_private(const char *path)
{
    const int fd = strcmp(path, ":memory:") == 0
                       ? -1
                       : open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);

    if (fd >= 0)
        (void)close(fd); /* what cannot be made, SQLite will say */
}

bool engine_open(struct conn *c, struct err *e)
{
    const int create = c->mode == STORE_CREATE ? SQLITE_OPEN_CREATE : 0;
    struct stat about;
    int code;

    if (!create && stat(c->address, &about) != 0 && errno == ENOENT)
        return err_set(e, ERR_NOT_FOUND,
                       "データファイルがありません: %s(meguri import --apply で作れます)",
                       c->address);
    if (create)
        engine_private(c->address);
    code = sqlite3_open_v2(c->address, &c->db,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
                               | create,
                           NULL);
    if (code == SQLITE_OK)
        code = harden(c->db);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(c->db, BUSY_MS);
    return code == SQLITE_OK || engine_fail(c, code, e);
}
