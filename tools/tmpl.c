/*
 * Compiles the templates and messages into the program.
 *
 *   tmpl OUT.c MESSAGES.tsv TEMPLATE.html...
 *
 * writes the table of operations that src/render/template.h describes as one constant,
 * `const struct template_set TEMPLATES_BUILTIN`. Parsing is done by the room itself
 * (src/render/parse.c); this program only reads files and writes C. It stops with
 * file:line:column, a sentence and exit code 1 at the first mistake, and leaves no file.
 */
#include "render/template.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool say(const char *path, const char *what)
{
    fprintf(stderr, "tmpl: %s: %s\n", path, what);
    return false;
}

static bool load(struct arena *a, const char *path, str *out)
{
    FILE *f = fopen(path, "rb");
    long size = -1;
    char *bytes;
    bool fine;

    if (!f || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0
        || fseek(f, 0, SEEK_SET) != 0) {
        if (f)
            fclose(f);
        return say(path, strerror(errno));
    }
    bytes = arena_alloc(a, 1, (size_t)size + 1);
    fine = fread(bytes, 1, (size_t)size, f) == (size_t)size;
    fclose(f);
    *out = (str){ bytes, (size_t)size };
    return fine || say(path, "cannot read");
}

/* The last part of the path without .html: "assets/templates/year.html" is "year". */
static str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    str name = str_from(slash ? slash + 1 : path);

    return str_ends(name, STR(".html")) ? str_take(name, name.n - 5) : name;
}

/* One string literal of many short ones; octal, so that a digit that follows cannot join in. */
static void write_text(FILE *out, const char *text, uint32_t n)
{
    fprintf(out, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
                 "static const char TEXT[] =");
    for (uint32_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];

        if (i % 64 == 0)
            fprintf(out, "%s\n    \"", i ? "\"" : "");
        if (c == '"' || c == '\\' || c == '?' || c < ' ' || c > '~')
            fprintf(out, "\\%03o", c);
        else
            fputc(c, out);
    }
    fprintf(out, "%s;\n\n", n ? "\"" : "\"\"");
}

static void write_set(FILE *out, const struct template_set *s)
{
    fprintf(out,
            "/* Made by tools/tmpl.c from assets/. */\n#include \"render/template.h\"\n\n");
    write_text(out, s->text, s->text_len);
    fprintf(out, "static const struct op OPS[] = {\n");
    for (uint32_t i = 0; i < s->op_count; i++)
        fprintf(out, "    { %u, %u, %u, %u, %u },\n", s->ops[i].kind, s->ops[i].parts,
                s->ops[i].prefix, s->ops[i].a, s->ops[i].b);
    fprintf(out, "    { OP_STOP, 0, 0, 0, 0 },\n};\n\nstatic const struct piece NAMES[] = {\n");
    for (uint32_t i = 0; i < s->name_count; i++)
        fprintf(out, "    { %u, %u },\n", s->names[i].off, s->names[i].len);
    fprintf(out, "    { 0, 0 },\n};\n\nstatic const struct template_entry TEMPLATES[] = {\n");
    for (uint32_t i = 0; i < s->template_count; i++)
        fprintf(out, "    { { %u, %u }, %u },\n", s->templates[i].name.off,
                s->templates[i].name.len, s->templates[i].first);
    fprintf(out,
            "    { { 0, 0 }, 0 },\n};\n\nstatic const struct message_entry MESSAGES[] = {\n");
    for (uint32_t i = 0; i < s->message_count; i++)
        fprintf(out, "    { { %u, %u }, { %u, %u } },\n", s->messages[i].key.off,
                s->messages[i].key.len, s->messages[i].first[LANG_JA],
                s->messages[i].first[LANG_EN]);
    fprintf(out,
            "    { { 0, 0 }, { 0, 0 } },\n};\n\n"
            "extern const struct template_set TEMPLATES_BUILTIN;\n"
            "const struct template_set TEMPLATES_BUILTIN = {\n"
            "    TEXT, OPS, NAMES, TEMPLATES, MESSAGES, %u, %u, %u, %u, %u,\n};\n",
            s->text_len, s->op_count, s->name_count, s->template_count, s->message_count);
}

static bool compile(struct arena *a, const char *messages, char **paths, size_t n,
                    const struct template_set **out)
{
    struct template_source *sources = NEW(a, struct template_source, n);
    struct err e = { 0 };
    str tsv;

    if (!load(a, messages, &tsv))
        return false;
    for (size_t i = 0; i < n; i++) {
        sources[i].name = name_of(paths[i]);
        if (!load(a, paths[i], &sources[i].text))
            return false;
    }
    return template_set_make(a, sources, n, tsv, out, &e) || say("assets", e.text);
}

int main(int argc, char **argv)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const struct template_set *set;
    FILE *out;
    bool fine;

    if (argc < 3) {
        fputs("usage: tmpl OUT.c MESSAGES.tsv TEMPLATE.html...\n", stderr);
        return 1;
    }
    if (!compile(&mem, argv[2], argv + 3, (size_t)argc - 3, &set))
        return 1;
    out = fopen(argv[1], "w");
    if (!out) {
        say(argv[1], strerror(errno));
        return 1;
    }
    write_set(out, set);
    fine = !ferror(out);
    if (fclose(out) != 0 || !fine) {
        say(argv[1], "cannot write");
        remove(argv[1]);
        return 1;
    }
    return 0;
}
