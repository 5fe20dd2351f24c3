/*
 * Puts files into the program at build time.
 *
 *   embed --files TABLE OUT.c ROOT FILE...   a table of names and bytes
 *   embed --sql OUT.h FILE...                named statements as string constants
 *
 * --files writes, for `#include "base/embed.h"`, the definition of
 *     const struct embedded TABLE[];  const size_t TABLE_N;
 * in the order of the arguments. A name is the path of the file below ROOT. The bytes come
 * in by .incbin: a megabyte costs no compile time, and no byte is rewritten on the way.
 *
 * --sql reads statements that begin with a line `-- name: indicator_rename` and end before the
 * next such line. Each becomes the macro SQL_INDICATOR_RENAME; from a file that ends in
 * `.pg.sql` it becomes SQL_PG_INDICATOR_RENAME, the form for PostgreSQL where the two differ.
 * Comment lines are left out. SQL_LIST(X) names every statement once, so that a test can
 * prepare them all: X("indicator_rename", SQL_INDICATOR_RENAME). Each statement that is not an
 * override also has a number, Q_INDICATOR_RENAME of enum sql, and { SQL_TEXTS } is the array
 * of their texts.
 *
 * It never decides what is embedded: the lists stand in meson.build. It stops with a sentence
 * and exit code 1 at the first thing that is wrong, and leaves no half-written file.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LEN = 80, STATEMENTS_MAX = 1000, LINE_MAX_LEN = 4096 };

struct statement {
    char name[NAME_MAX_LEN];
    bool is_pg;
};

static const char *out_path;

_Noreturn static void fail(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("embed: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    if (out_path)
        remove(out_path);
    exit(1);
}

static FILE *open_or_fail(const char *path, const char *mode)
{
    FILE *f = fopen(path, mode);

    if (!f)
        fail("%s: %s", path, strerror(errno));
    return f;
}

static void close_or_fail(FILE *f, const char *path)
{
    if (ferror(f) || fclose(f) != 0)
        fail("%s: cannot write", path);
}

/* A path goes into C text and into an assembler string; what would need quoting is refused. */
static void check_path(const char *path)
{
    if (strpbrk(path, "\"\\\n"))
        fail("%s: a name with a quote, a backslash or a line break cannot be embedded", path);
}

/* meson names inputs from the build directory and roots from the source: compare real paths. */
static char *real_or_fail(const char *path)
{
    char *real = realpath(path, NULL); /* never freed: the program ends in a moment */

    if (!real)
        fail("%s: %s", path, strerror(errno));
    check_path(real);
    return real;
}

static const char *name_below(const char *root, const char *path)
{
    size_t n = strlen(root);

    if (strncmp(path, root, n) != 0 || path[n] != '/')
        fail("%s: not below %s", path, root);
    return path + n + 1;
}

static void write_files(const char *table, const char *root, int n, char **paths)
{
    FILE *out = open_or_fail(out_path, "w");

    root = real_or_fail(root);
    for (int i = 0; i < n; i++)
        paths[i] = real_or_fail(paths[i]);
    fprintf(out, "/* Made by tools/embed.c. */\n#include \"base/embed.h\"\n\n");
    for (int i = 0; i < n; i++) {
        /* The byte after the content is NUL, so that text can be handed to C functions. */
        fprintf(out,
                "__asm__(\".section .rodata\\n.balign 16\\n%s_%d:\\n.incbin \\\"%s\\\"\\n\"\n"
                "        \"%s_%d_end:\\n.byte 0\\n.previous\\n\");\n"
                "extern const unsigned char %s_%d[], %s_%d_end[];\n",
                table, i, paths[i], table, i, table, i, table, i);
    }
    fprintf(out, "\nextern const struct embedded %s[];\nextern const size_t %s_N;\n", table,
            table);
    fprintf(out, "const struct embedded %s[] = {\n", table);
    for (int i = 0; i < n; i++)
        fprintf(out, "    { \"%s\", %s_%d, %s_%d_end },\n", name_below(root, paths[i]), table,
                i, table, i);
    fprintf(out, "    { 0, 0, 0 },\n};\nconst size_t %s_N = %d;\n", table, n);
    close_or_fail(out, out_path);
}

static void upper(FILE *out, const char *s)
{
    for (; *s; s++)
        fputc(toupper((unsigned char)*s), out);
}

static void macro_name(FILE *out, const struct statement *s)
{
    fputs(s->is_pg ? "SQL_PG_" : "SQL_", out);
    upper(out, s->name);
}

static void quote_line(FILE *out, const char *line)
{
    fputs(" \\\n    \"", out);
    for (; *line; line++) {
        if (*line == '"' || *line == '\\')
            fputc('\\', out);
        fputc(*line, out);
    }
    fputs("\\n\"", out);
}

static void statement_begin(FILE *out, struct statement *all, int *n, struct statement next)
{
    for (int i = 0; i < *n; i++) {
        if (all[i].is_pg == next.is_pg && strcmp(all[i].name, next.name) == 0)
            fail("statement %s is named twice", next.name);
    }
    if (*n == STATEMENTS_MAX)
        fail("more than %d statements", STATEMENTS_MAX);
    all[(*n)++] = next;
    fputs("\n#define ", out);
    macro_name(out, &next);
}

static struct statement statement_named(const char *path, int row, const char *name)
{
    struct statement s = { .is_pg = strstr(path, ".pg.sql") != NULL };

    if (!*name || strlen(name) >= sizeof s.name
        || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")])
        fail("%s:%d: a name is lower case letters, digits and _", path, row);
    memcpy(s.name, name, strlen(name)); /* the rest is zero */
    return s;
}

static void write_statements_of(FILE *out, const char *path, struct statement *all, int *n)
{
    FILE *in = open_or_fail(path, "r");
    char line[LINE_MAX_LEN];
    bool inside = false;

    for (int row = 1; fgets(line, sizeof line, in); row++) {
        size_t len = strcspn(line, "\n");

        if (len + 1 == sizeof line)
            fail("%s:%d: the line is longer than %d bytes", path, row, LINE_MAX_LEN);
        while (len && isspace((unsigned char)line[len - 1]))
            len--;
        line[len] = '\0';
        if (strncmp(line, "-- name: ", 9) == 0) {
            statement_begin(out, all, n, statement_named(path, row, line + 9));
            inside = true;
        } else if (len && strncmp(line + strspn(line, " "), "--", 2) != 0) {
            if (!inside)
                fail("%s:%d: text before the first `-- name:` line", path, row);
            quote_line(out, line);
        }
    }
    fclose(in);
    fputc('\n', out);
}

/* What a connection keeps its prepared statements by. */
static void write_numbers(FILE *out, const struct statement *all, int count)
{
    fprintf(out, "\n\nenum sql {");
    for (int i = 0; i < count; i++) {
        if (all[i].is_pg)
            continue;
        fprintf(out, "\n    Q_");
        upper(out, all[i].name);
        fputc(',', out);
    }
    fprintf(out, "\n    Q_COUNT\n};\n\n#define SQL_TEXTS");
    for (int i = 0; i < count; i++) {
        if (all[i].is_pg)
            continue;
        fprintf(out, " \\\n    [Q_");
        upper(out, all[i].name);
        fprintf(out, "] = ");
        macro_name(out, &all[i]);
        fputc(',', out);
    }
    fputc('\n', out);
}

static void write_sql(int n, char **paths)
{
    static struct statement all[STATEMENTS_MAX];
    FILE *out = open_or_fail(out_path, "w");
    int count = 0;

    fprintf(out, "/* Made by tools/embed.c from the .sql files beside the store. */\n");
    fprintf(out, "#ifndef MEGURI_SQL_H\n#define MEGURI_SQL_H\n");
    for (int i = 0; i < n; i++)
        write_statements_of(out, paths[i], all, &count);
    fprintf(out, "\n#define SQL_LIST(X)");
    for (int i = 0; i < count; i++) {
        fprintf(out, " \\\n    X(\"%s%s\", ", all[i].is_pg ? "pg:" : "", all[i].name);
        macro_name(out, &all[i]);
        fputc(')', out);
    }
    write_numbers(out, all, count);
    fprintf(out, "\n#endif\n");
    close_or_fail(out, out_path);
}

int main(int argc, char **argv)
{
    if (argc >= 5 && strcmp(argv[1], "--files") == 0) {
        out_path = argv[3];
        write_files(argv[2], argv[4], argc - 5, argv + 5);
    } else if (argc >= 4 && strcmp(argv[1], "--sql") == 0) {
        out_path = argv[2];
        write_sql(argc - 3, argv + 3);
    } else {
        fail("usage: embed --files TABLE OUT.c ROOT FILE... | embed --sql OUT.h FILE...");
    }
    return 0;
}
