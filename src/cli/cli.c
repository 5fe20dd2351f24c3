/* The table of commands, and the way from argv to a running command: which command, which
 * options, which settings. Knows nothing of what the commands do. */
#include "cli/cli.h"
#include "cli/inner.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

/* clang-format off */
static const struct cli_option COMMON[] = {
    { "data", "ADDRESS", "MEGURI_DATA", "meguri.db",
      { "データの置き場所", "where the data is kept" } },
    { "lang", "ja|en", "MEGURI_LANG", "ja",
      { "表示の言語", "language of messages" } },
    { "format", "FORMAT", NULL, NULL,
      { "結果の形式", "form of the results" } },
    { "help", NULL, NULL, NULL,
      { "この説明を表示する", "show this help" } },
    { "version", NULL, NULL, NULL,
      { "版を表示する", "show the version" } },
    { 0 },
};

/* One row a command: name, function, options, formats, least and most arguments, usage, what it does. */
static const struct command COMMANDS[] = {
    { "check", cmd_check, CHECK_OPTIONS, "text json sarif", 1, -1, "[OPTION...] FILE...",
      { "文書を読み、様式と内容を点検して、指摘を表示する", "read documents, audit them, print the findings" } },
    { "import", cmd_import, IMPORT_OPTIONS, "text json", 1, -1, "[OPTION...] FILE...",
      { "文書を読んで点検し、保存する(--apply がなければ、何が変わるかだけを表示する)", "read and audit documents and store them (without --apply: only show what would change)" } },
    { "org", cmd_org, ORG_OPTIONS, "text json", 1, 3, "list | add KEY NAME | set KEY [OPTION...]",
      { "団体を一覧にする、加える、変える", "list, add and change organisations" } },
    { "user", cmd_user, USER_OPTIONS, "text json", 1, 3, "list | add LOGIN | set LOGIN | grant LOGIN DUTY --org KEY | revoke LOGIN DUTY --org KEY | password LOGIN | disable LOGIN | enable LOGIN | sessions LOGIN | totp-reset LOGIN | erase LOGIN | policy",
      { "利用者を登録し、権限を与え、パスワードと規則を決める", "add accounts, grant duties, set passwords and the rules for them" } },
    { "register", cmd_register, REGISTER_OPTIONS, "text json", 1, -1, "list | show | open | areas FILE | import FILE | add FIELD=VALUE... | void ID | history ID, --org KEY --register KEY",
      { "台帳を一覧にし、表から取り込み、1件ずつ入れ、取り消す", "list registers, import tables, add and void entries" } },
    { "ledger", cmd_register, REGISTER_OPTIONS, "text json", 1, -1, "list | show | open | import FILE | add FIELD=VALUE... | void ID | history ID, --org KEY --register KEY",
      { "収納や歳入の帳簿を、register と同じように扱う", "the same for ledgers of collection and revenue" } },
    { "actual", cmd_actual, ACTUAL_OPTIONS, "text json", 1, 1, "bind | propose | accept | decline, --org KEY [--indicator NAME] [--year YEAR]",
      { "指標を台帳に結び付け、台帳から出した実績を見て、確定するか見送る", "bind indicators to registers, see the actuals that come of them, accept or decline them" } },
    { "digest", cmd_digest, DIGEST_OPTIONS, "text json", 0, -1, "[OPTION...] [LOGIN...]",
      { "だれがいま何をするかを表示する、またはメールで送る(済んだ人には送らない)", "print what everybody must do now, or send it by mail (nothing to who has done all)" } },
    { "checkpoint", cmd_checkpoint, CHECKPOINT_OPTIONS, "text json", 0, -1, "[OPTION...] [KEY...]",
      { "団体(なければすべて)の記録全体に署名し、署名つき要約を保存して表示する", "sign the logs of organisations (all without KEY), keep and print the checkpoints" } },
    { "survey", cmd_survey, SURVEY_OPTIONS, "text json", 1, 2, "define FILE | import FILE | list | show KEY | presets [NAME] | invite KEY | collect KEY | release KEY",
      { "アンケートを定義し、回答を取り込み、公表し、言えることを表示する", "define surveys, take in their answers, make them public, say what they allow" } },
    { "council", cmd_council, COUNCIL_OPTIONS, "text json", 1, 2, "show | import FILE, --org KEY",
      { "区政会議の委員と会議を表示し、ファイルから取り込む", "show the ward council's members and meetings, take them in from a file" } },
    { "cycle", cmd_cycle, CYCLE_OPTIONS, "text json", 2, 6,
      "status ORG [YEAR] | start ORG YEAR | move ORG YEAR MOVE | due ORG YEAR | assign ORG YEAR NUMBER [SECTION] | "
      "step ORG YEAR NUMBER STEP ACTION | decide ORG YEAR ID FATE",
      { "年度の作業を始める、いまの段階を見る、次の段階に進める、期限を決める、課に割り当てる", "begin a year, see where it stands, move it on, set due dates, give sheets to sections" } },
    { "voice", cmd_voice, VOICE_OPTIONS, "text json", 1, 24,
      "settings show|import | receive | import FILE | list | counts | show NUMBER | triage NUMBER | assign NUMBER | "
      "transfer NUMBER | split NUMBER SUMMARY... | group NUMBER OTHER | draft NUMBER | submit NUMBER | return NUMBER | "
      "approve NUMBER | link NUMBER | unlink NUMBER N | fate NUMBER | publish NUMBER SUMMARY... | embargo NUMBER SUMMARY... | "
      "withhold NUMBER | look NUMBER | follow NUMBER | reopen NUMBER | erase NUMBER | retention | disclose NUMBER",
      { "市民の声を受け付け、担当課に渡し、回答し、公開し、個人の文章を消す", "voices of residents: receive, hand on, answer, publish, erase" } },
    { "verify", cmd_verify, VERIFY_OPTIONS, "text json", 0, 0, "[OPTION...]",
      { "保存されたものが保存したときのままか、すべて確かめる", "check that everything is as it was stored" } },
    { "rebuild", cmd_rebuild, NULL, NULL, 0, 0, "",
      { "表と検索の索引を、記録から作り直す", "make the tables and the search index again from the records" } },
    { "backup", cmd_backup, NULL, NULL, 1, 1, "FILE",
      { "データの控えを作り、控えを確かめる(動いているままでよい)", "copy the data to a file and verify the copy (others may go on)" } },
    { "restore", cmd_restore, NULL, NULL, 1, 1, "FILE",
      { "控えを確かめ、新しいデータファイルとして戻す", "verify a copy and make it the data file" } },
    { "doctor", cmd_doctor, NULL, "text json", 0, 0, "",
      { "版、データファイルの状態、空き容量、上限を表示する", "show versions, the state of the data, free space, limits" } },
    { "audit", cmd_audit, NULL, "text json markdown", 1, 2, "rules [ID]",
      { "点検の規則を一覧にする", "list the rules of the audit" } },
    { "help", cmd_help, NULL, "text names markdown", 0, 1, "[COMMAND]",
      { "コマンドの説明を表示する", "explain a command" } },
    { 0 }, /* ends the table */
};
/* clang-format on */

const struct command *cli_commands(size_t *count)
{
    *count = sizeof COMMANDS / sizeof *COMMANDS - 1;
    return COMMANDS;
}

const struct cli_option *cli_common_options(void)
{
    return COMMON;
}

static const struct cli_option *option_in(const struct cli_option *rows, const char *name,
                                          size_t n)
{
    for (; rows && rows->name; rows++)
        if (strlen(rows->name) == n && memcmp(rows->name, name, n) == 0)
            return rows;
    return NULL;
}

static const struct cli_option *option_find(const struct cli *c, const char *name, size_t n)
{
    const struct cli_option *own = c->command ? option_in(c->command->options, name, n) : NULL;

    return own ? own : option_in(COMMON, name, n);
}

static const char *option_given(const struct cli *c, const struct cli_option *option)
{
    for (int i = c->given_count; i-- > 0;)
        if (c->given[i].option == option)
            return c->given[i].value;
    return NULL;
}

const char *cli_value(const struct cli *c, const char *name)
{
    const struct cli_option *o = option_find(c, name, strlen(name));
    const char *value;

    assert(o && o->value);
    value = option_given(c, o);
    if (!value && o->env)
        value = getenv(o->env);
    return value && (*value || option_given(c, o)) ? value : o->fallback;
}

bool cli_is_on(const struct cli *c, const char *name)
{
    const struct cli_option *o = option_find(c, name, strlen(name));

    assert(o && !o->value);
    return option_given(c, o) != NULL;
}

int cli_refuse(const struct cli *c, const char *ja, const char *en, ...)
{
    va_list args;

    fprintf(stderr, "meguri%s%s: ", c->command ? " " : "", c->command ? c->command->name : "");
    va_start(args, en);
    vfprintf(stderr, c->lang == LANG_JA ? ja : en, args);
    va_end(args);
    fputc('\n', stderr);
    return CLI_FAILED;
}

/* The steps below are CLI_FINE, or have said what is wrong and are CLI_FAILED.
 *
 * Takes argv[*i] as an option, with the next word as its value where it needs one. */
static int take_option(struct cli *c, int argc, char **argv, int *i)
{
    const char *word = argv[*i] + 2;
    const char *equals = strchr(word, '=');
    const size_t n = equals ? (size_t)(equals - word) : strlen(word);
    const struct cli_option *o = option_find(c, word, n);
    const char *value = "";

    if (!o)
        return cli_refuse(c, "オプション --%.*s はありません。--help で一覧が出ます。",
                          "there is no option --%.*s; --help lists them.", (int)n, word);
    if (!o->value && equals)
        return cli_refuse(c, "--%s は値を取りません。", "--%s takes no value.", o->name);
    if (o->value && equals)
        value = equals + 1;
    else if (o->value && *i + 1 < argc)
        value = argv[++*i];
    else if (o->value)
        return cli_refuse(c, "--%s のあとに %s を書いてください。", "--%s needs %s after it.",
                          o->name, o->value);
    if (c->given_count == CLI_OPTIONS_MAX)
        return cli_refuse(c, "オプションが多すぎます(%d個まで)。",
                          "too many options (at most %d).", (int)CLI_OPTIONS_MAX);
    c->given[c->given_count].option = o;
    c->given[c->given_count++].value = value;
    return CLI_FINE;
}

/* Options and arguments from argv[from] on; an argument is moved to the front of argv[from…].
 * With no command known yet it stops at the first argument, which names the command. *stop is
 * the first word not read. */
static int take_words(struct cli *c, int argc, char **argv, int from, int *stop)
{
    bool is_plain = false;
    int i;

    c->args = argv + from;
    for (i = from; i < argc; i++) {
        if (!is_plain && strcmp(argv[i], "--") == 0) {
            is_plain = true;
        } else if (!is_plain && argv[i][0] == '-' && argv[i][1] == '-') {
            if (take_option(c, argc, argv, &i) != CLI_FINE)
                return CLI_FAILED;
        } else if (!is_plain && argv[i][0] == '-' && argv[i][1] != '\0') {
            return cli_refuse(c, "オプション %s はありません。オプションは -- で始まります。",
                              "there is no option %s; options start with two dashes.", argv[i]);
        } else if (!c->command) {
            break;
        } else {
            c->args[c->arg_count++] = argv[i];
        }
    }
    *stop = i;
    return CLI_FINE;
}

const struct command *command_find(const struct command_list *all, const char *name)
{
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < all->count[part]; i++)
            if (strcmp(all->part[part][i].name, name) == 0)
                return &all->part[part][i];
    return NULL;
}

/* The language first: every later sentence is said in it. */
static int resolve_lang(struct cli *c)
{
    const char *value = cli_value(c, "lang");

    c->lang = strcmp(value, "en") == 0 ? LANG_EN : LANG_JA;
    if (c->lang == LANG_JA && strcmp(value, "ja") != 0)
        return cli_refuse(c, "表示の言語は ja か en です(%s は使えません)。",
                          "the language is ja or en, not %s.", value);
    return CLI_FINE;
}

/* Is `word` one of the blank-separated words of `list`? The word as the list holds it goes to
 * *out, terminated. */
static bool word_in(struct arena *mem, const char *list, const char *word, const char **out)
{
    str rest = str_from(list), one;

    while (rest.n) {
        rest = str_cut(rest, ' ', &one);
        if (!word || str_eq(one, str_from(word))) {
            *out = str_c(mem, one);
            return true;
        }
    }
    return false;
}

static int resolve_settings(struct cli *c)
{
    const struct command *command = c->command;
    const char *format = cli_value(c, "format");

    c->data = cli_value(c, "data");
    if (format && !command->formats)
        return cli_refuse(c, "結果を表示しないので --format は使えません。",
                          "prints no results, so --format has no meaning.");
    if (command->formats && !word_in(c->mem, command->formats, format, &c->format))
        return cli_refuse(c, "--format に %s は使えません。使えるもの: %s",
                          "--format %s is not known; use one of: %s", format, command->formats);
    if (c->arg_count < command->args_min)
        return cli_refuse(c, "引数が足りません。使い方: meguri %s %s",
                          "too few arguments. usage: meguri %s %s", command->name,
                          command->usage);
    if (command->args_max >= 0 && c->arg_count > command->args_max)
        return cli_refuse(c, "引数が多すぎます(%s)。使い方: meguri %s %s",
                          "too many arguments (%s). usage: meguri %s %s",
                          c->args[command->args_max], command->name, command->usage);
    return CLI_FINE;
}

bool cli_put(struct cli *c, str s)
{
    errno = 0;
    if (s.n && fwrite(s.p, 1, s.n, stdout) != s.n && c->write_error == 0)
        c->write_error = errno ? errno : EIO;
    return c->write_error == 0;
}

/* What was printed must have arrived: a full disk or a closed pipe is not a success. A reader
 * that went away (head) knows why; it needs no sentence. */
static int finish(const struct cli *c, int status)
{
    int why = c->write_error;

    errno = 0;
    if ((fflush(stdout) != 0 || ferror(stdout)) && why == 0)
        why = errno ? errno : EIO;
    if (why == 0)
        return status;
    if (why == EPIPE)
        return CLI_FAILED;
    return cli_refuse(c, "結果を書き出せませんでした(%s)。",
                      "the results could not be written (%s).", strerror(why));
}

static int run(struct cli *c, int argc, char **argv)
{
    int at = 0;

    if (take_words(c, argc, argv, 1, &at) || resolve_lang(c))
        return CLI_FAILED;
    if (at < argc) {
        c->command = command_find(c->all, argv[at]);
        if (!c->command)
            return cli_refuse(c,
                              "%s というコマンドはありません。meguri --help で一覧が出ます。",
                              "there is no command %s; meguri --help lists them.", argv[at]);
        if (take_words(c, argc, argv, at + 1, &at) || resolve_lang(c))
            return CLI_FAILED;
    }
    if (cli_is_on(c, "version"))
        return (void)printf("meguri %s\n", MEGURI_VERSION), CLI_FINE;
    if (cli_is_on(c, "help") && c->command)
        return help_command(stdout, c->lang, c->command), CLI_FINE;
    if (!c->command) {
        const bool asked = cli_is_on(c, "help");

        help_all(asked ? stdout : stderr, c->lang, c->all);
        return asked ? CLI_FINE : CLI_FAILED;
    }
    return resolve_settings(c) == CLI_FINE ? c->command->run(c) : CLI_FAILED;
}

int cli_main(int argc, char **argv, const struct command *more, size_t more_count)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct command_list all = { .part[1] = more, .count[1] = more_count };
    struct cli c = { .mem = &mem, .all = &all };

    all.part[0] = cli_commands(&all.count[0]);
    (void)signal(SIGPIPE, SIG_IGN); /* a write then fails with EPIPE, and finish() sees it */
    return finish(&c, run(&c, argc, argv));
}
