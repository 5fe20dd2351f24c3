/* A password from whoever sits at the terminal, or from a script. It stands in no argument:
 * those are seen by everybody on the machine. */
#include "cli/inner.h"

#include <errno.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/banned.h"

/* The terminal as it was, for AUTO(). */
struct unseen {
    struct termios before;
    bool is_set;
};

static void unseen_end(struct unseen *u)
{
    if (u->is_set)
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &u->before);
}

static void unseen_begin(struct unseen *u)
{
    struct termios quiet;

    if (tcgetattr(STDIN_FILENO, &u->before) != 0)
        return;
    quiet = u->before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    u->is_set = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
}

/* One line without its end. */
static bool line_read(struct cli *c, str *out, struct err *e)
{
    char line[PASSWORD_BYTES + 3];
    size_t n;

    if (!fgets(line, sizeof line, stdin))
        return err_set(e, ERR_INPUT,
                       "標準入力にパスワードがありません。1行目にパスワードを書いて渡すか、"
                       "--generate を付けてください。");
    n = strlen(line);
    if (n && line[n - 1] == '\n')
        n--;
    else if (n == sizeof line - 1)
        return err_set(e, ERR_INPUT, "パスワードは%dバイトまでです。", (int)PASSWORD_BYTES);
    if (n && line[n - 1] == '\r')
        n--;
    if (utf8_valid_prefix(line, n) != n)
        return err_set(e, ERR_INPUT, "パスワードが UTF-8 ではありません。");
    *out = str_dup(c->mem, (str){ line, n });
    return true;
}

static bool ask(struct cli *c, const char *question, str *out, struct err *e)
{
    bool ok;

    fputs(question, stderr);
    ok = line_read(c, out, e);
    fputc('\n', stderr);
    return ok;
}

bool password_read(struct cli *c, str *out, struct err *e)
{
    AUTO(unseen_end) struct unseen u = { 0 };
    const bool ja = c->lang == LANG_JA;
    str again;

    if (!isatty(STDIN_FILENO))
        return line_read(c, out, e);
    unseen_begin(&u);
    if (!ask(c, ja ? "新しいパスワード: " : "New password: ", out, e)
        || !ask(c, ja ? "もう一度: " : "Again: ", &again, e))
        return false;
    return str_eq(*out, again)
           || err_set(e, ERR_INPUT, "2回の入力が違います。はじめからやり直してください。");
}
