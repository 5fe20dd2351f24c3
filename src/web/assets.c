/* Templates, messages and static files: those built in, or those of a directory while somebody
 * works on them. */
#include "web/app.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/embed.h"

#include "base/banned.h"

extern const struct embedded WEB_STATIC[];
extern const size_t WEB_STATIC_N;

enum { DIRECTORY_FILES_MAX = 200 };

static str type_of(str name)
{
    static const struct {
        str suffix, type;
    } TYPES[] = {
        { STR_INIT(".css"), STR_INIT("text/css; charset=utf-8") },
        { STR_INIT(".js"), STR_INIT("text/javascript; charset=utf-8") },
        { STR_INIT(".svg"), STR_INIT("image/svg+xml") },
        { STR_INIT(".png"), STR_INIT("image/png") },
        { STR_INIT(".txt"), STR_INIT("text/plain; charset=utf-8") },
    };

    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        if (str_ends(name, TYPES[i].suffix))
            return TYPES[i].type;
    }
    return STR("application/octet-stream");
}

/* The address names the bytes, so that a browser may keep them for good. */
static void asset_fill(struct arena *a, struct asset *out, str name, str bytes)
{
    struct buf hash;

    buf_init(&hash, a, 64, 64);
    hash_put(&hash, hash_bytes(bytes));
    out->name = name;
    out->bytes = bytes;
    out->type = type_of(name);
    out->url = str_fmt(a, "/static/%.12s/%.*s", hash.p, STR_ARG(name));
}

void assets_builtin(struct arena *a, struct assets *out)
{
    struct asset *files = NEW(a, struct asset, WEB_STATIC_N);

    for (size_t i = 0; i < WEB_STATIC_N; i++) {
        const struct embedded *f = &WEB_STATIC[i];

        asset_fill(a, &files[i], str_from(f->name),
                   (str){ (const char *)f->data, (size_t)(f->end - f->data) });
    }
    *out = (struct assets){ template_set_builtin(), files, WEB_STATIC_N };
}

const struct asset *asset_find(const struct assets *assets, str name)
{
    for (size_t i = 0; i < assets->file_count; i++) {
        if (str_eq(assets->files[i].name, name))
            return &assets->files[i];
    }
    return NULL;
}

/* ---- from a directory ---- */

static bool file_load(struct arena *a, const char *path, str *out, struct err *e)
{
    FILE *f = fopen(path, "rb");
    char chunk[16 * 1024];
    struct buf b;
    size_t n;

    if (!f)
        return err_set(e, ERR_IO, "%s を読めません: %s", path, strerror(errno));
    buf_init(&b, a, sizeof chunk, LIMIT_DOCUMENT_BYTES);
    do {
        n = fread(chunk, 1, sizeof chunk, f);
        buf_put(&b, (str){ chunk, n });
    } while (n == sizeof chunk);
    fclose(f);
    *out = buf_str(&b);
    return true;
}

/* Names in directory/below that end in `suffix`, at most DIRECTORY_FILES_MAX of them. */
static bool names_load(struct arena *a, const char *directory, const char *suffix, str *names,
                       size_t *count, struct err *e)
{
    DIR *d = opendir(directory);

    *count = 0;
    if (!d)
        return err_set(e, ERR_IO, "%s を読めません: %s", directory, strerror(errno));
    for (struct dirent *entry = readdir(d); entry && *count < DIRECTORY_FILES_MAX;
         entry = readdir(d)) {
        str name = str_from(entry->d_name);

        if (name.p[0] != '.' && str_ends(name, str_from(suffix)))
            names[(*count)++] = str_dup(a, name);
    }
    closedir(d);
    return true;
}

static const char *path_below(struct arena *a, const char *directory, const char *below,
                              str name)
{
    return str_c(a, str_fmt(a, "%s/%s%.*s", directory, below, STR_ARG(name)));
}

static bool templates_load(struct arena *a, const char *directory, struct assets *out,
                           struct err *e)
{
    str *names = NEW(a, str, DIRECTORY_FILES_MAX);
    struct template_source *sources = NEW(a, struct template_source, DIRECTORY_FILES_MAX);
    str messages;
    size_t n;

    if (!names_load(a, path_below(a, directory, "templates", (str){ 0 }), ".html", names, &n, e)
        || !file_load(a, path_below(a, directory, "messages.tsv", (str){ 0 }), &messages, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        sources[i].name = str_take(names[i], names[i].n - 5); /* without .html */
        if (!file_load(a, path_below(a, directory, "templates/", names[i]), &sources[i].text,
                       e))
            return false;
    }
    return template_set_make(a, sources, n, messages, &out->templates, e);
}

static bool files_load(struct arena *a, const char *directory, struct assets *out,
                       struct err *e)
{
    str *names = NEW(a, str, DIRECTORY_FILES_MAX), bytes;
    struct asset *files = NEW(a, struct asset, DIRECTORY_FILES_MAX);
    size_t n;

    if (!names_load(a, path_below(a, directory, "static", (str){ 0 }), "", names, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!file_load(a, path_below(a, directory, "static/", names[i]), &bytes, e))
            return false;
        asset_fill(a, &files[i], names[i], bytes);
    }
    out->files = files;
    out->file_count = n;
    return true;
}

bool assets_load(struct arena *a, const char *directory, struct assets *out, struct err *e)
{
    return templates_load(a, directory, out, e) && files_load(a, directory, out, e);
}
