/* The help texts, made from the table of commands and the rows of options: nothing is written
 * down twice. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

/* Columns that a text takes on a terminal: two for what is not ASCII, as Japanese fonts show
 * it. */
static int columns(const char *s)
{
    int n = 0;

    for (; *s; s++)
        if ((unsigned char)*s < 0x80)
            n += 1;
        else if ((unsigned char)*s >= 0xC0) /* the first byte of a character; the others add
                                               nothing */
            n += 2;
    return n;
}

static void row(FILE *to, const char *left, const char *right)
{
    enum { WIDTH = 26 };
    int pad = WIDTH - columns(left);

    if (pad < 2)
        fprintf(to, "  %s\n  %*s%s\n", left, WIDTH, "", right);
    else
        fprintf(to, "  %s%*s%s\n", left, pad, "", right);
}

static void options(FILE *to, enum lang lang, const struct cli_option *o)
{
    char left[64];

    for (; o && o->name; o++) {
        (void)snprintf(left, sizeof left, "--%s%s%s", o->name, o->value ? " " : "",
                       o->value ? o->value : "");
        row(to, left, o->help[lang]);
        if (o->env)
            fprintf(to, lang == LANG_JA ? "%*s(環境変数 %s" : "%*s(environment %s", 28, "",
                    o->env);
        if (o->env && o->fallback)
            fprintf(to, lang == LANG_JA ? "、なければ %s" : ", otherwise %s", o->fallback);
        if (o->env)
            fputs(")\n", to);
    }
}

void help_all(FILE *to, enum lang lang, const struct command_list *all)
{
    fputs(lang == LANG_JA ? "使い方: meguri コマンド [オプション...] [引数...]\n\nコマンド:\n"
                          : "usage: meguri COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n",
          to);
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < all->count[part]; i++)
            row(to, all->part[part][i].name, all->part[part][i].summary[lang]);
    fputs(lang == LANG_JA ? "\nすべてのコマンドに共通のオプション:\n"
                          : "\nOptions of every command:\n",
          to);
    options(to, lang, cli_common_options());
    fputs(lang == LANG_JA ? "\n各コマンドの説明: meguri コマンド --help\n"
                          : "\nMore about a command: meguri COMMAND --help\n",
          to);
}

void help_command(FILE *to, enum lang lang, const struct command *command)
{
    const bool ja = lang == LANG_JA;

    fprintf(to, "%s: meguri %s%s%s\n\n%s\n", ja ? "使い方" : "usage", command->name,
            command->usage[0] ? " " : "", command->usage, command->summary[lang]);
    if (command->options) {
        fputs(ja ? "\nオプション:\n" : "\nOptions:\n", to);
        options(to, lang, command->options);
    }
    if (command->formats)
        fprintf(to, "\n%s: %s\n",
                ja ? "--format に書けるもの(最初が既定)" : "Formats (the first is the default)",
                command->formats);
    fputs(ja ? "\n共通のオプション:\n" : "\nCommon options:\n", to);
    options(to, lang, cli_common_options());
}

static void markdown_row(const struct command *k)
{
    printf("| `meguri %s%s%s` | %s |", k->name, k->usage[0] ? " " : "", k->usage,
           k->summary[LANG_EN]);
    for (const struct cli_option *o = k->options; o && o->name; o++)
        printf("%s `--%s%s%s` %s", o == k->options ? "" : ";", o->name, o->value ? " " : "",
               o->value ? o->value : "", o->help[LANG_EN]);
    printf(" | %s |\n", k->formats ? k->formats : "");
}

/* Rows of a table in Markdown, for docs/commands.md: in English, as all documents for
 * developers. */
static void markdown(const struct command_list *all)
{
    puts("| command | what it does | options of its own | formats |\n|---|---|---|---|");
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < all->count[part]; i++)
            markdown_row(&all->part[part][i]);
}

static void names(const struct command_list *all)
{
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < all->count[part]; i++)
            puts(all->part[part][i].name);
}

int cmd_help(struct cli *c)
{
    const struct command *of = c->arg_count ? command_find(c->all, c->args[0]) : NULL;

    if (c->arg_count && !of)
        return cli_refuse(c, "%s というコマンドはありません。", "there is no command %s.",
                          c->args[0]);
    if (of)
        help_command(stdout, c->lang, of);
    else if (strcmp(c->format, "markdown") == 0)
        markdown(c->all);
    else if (strcmp(c->format, "names") == 0)
        names(c->all);
    else
        help_all(stdout, c->lang, c->all);
    return CLI_FINE;
}
