/* The route table. Rows are tried from the top; a new page is a row here, a function in
 * page_NAME.c (declared in pages.h) and a template (docs/adding.md). */
#include "web/app.h"
#include "web/pages.h"
#include "web/route.h"

#include "base/banned.h"

/* clang-format off */
static const struct route ROUTES[] = {
    { METHOD_GET, "/", NEED_PUBLIC, page_home, NULL, "home", "organisations", "reading#home",
      "/", { "運営方針の一覧", "Plans" } },
    { METHOD_GET, "/search", NEED_PUBLIC, page_search, NULL, "search", "hits", "search",
      "/search", { "検索", "Search" } },
    { METHOD_GET, "/rules", NEED_PUBLIC, page_rules, NULL, "rules", "rules", "reading#findings",
      "/rules", { "点検の規則", "Rules of the audit" } },
    { METHOD_GET, "/o/:org", NEED_PUBLIC, page_organisation, NULL, "organisation", "years", "reading#organisation",
      "/o/minamo", { "団体", "Organisation" } },
    { METHOD_GET, "/o/:org/i/:key", NEED_PUBLIC, page_indicator, NULL, "indicator", "rows", "reading#indicator",
      "/o/minamo/i/facd44f31f26", { "指標", "Indicator" } },
    { METHOD_GET, "/o/:org/checkpoint", NEED_PUBLIC, page_signed_heads, NULL, "signed_heads", "rows", "history#checkpoint",
      "/o/minamo/checkpoint", { "署名つき要約", "Checkpoints" } },
    { METHOD_GET, "/o/:org/checkpoint/note", NEED_PUBLIC, NULL, file_note, NULL, NULL, NULL,
      "/o/minamo/checkpoint/note", { "署名つき要約のファイル", "Checkpoint as a file" } },
    { METHOD_GET, "/o/:org/:year", NEED_PUBLIC, page_year, NULL, "year", "indicators", "reading#year",
      "/o/minamo/2023", { "年度", "Year" } },
    { METHOD_GET, "/o/:org/:year/findings", NEED_PUBLIC, page_findings, NULL, "findings", "findings", "reading#findings",
      "/o/minamo/2023/findings", { "指摘", "Findings" } },
    { METHOD_GET, "/o/:org/:year/history", NEED_PUBLIC, page_history, NULL, "history", NULL, "history",
      "/o/minamo/2023/history", { "履歴", "History" } },
    { METHOD_GET, "/o/:org/:year/source", NEED_PUBLIC, page_source, NULL, "source", NULL, "source",
      "/o/minamo/2023/source", { "元の文書", "Source" } },
    { METHOD_GET, "/o/:org/:year/:number", NEED_PUBLIC, page_initiative, NULL, "initiative", NULL, "reading#sheet",
      "/o/minamo/2023/1", { "取組項目", "Initiative" } },
    { METHOD_GET, "/records/:hash", NEED_PUBLIC, page_one_record, NULL, "one_record", "changes", "history#record",
      "/records/0000000000000000000000000000000000000000000000000000000000000000",
      { "記録", "Record" } },
    { METHOD_GET, "/blobs/:hash", NEED_PUBLIC, NULL, file_blob, NULL, NULL, NULL,
      "/blobs/0000000000000000000000000000000000000000000000000000000000000000",
      { "文書", "Document" } },
    { METHOD_GET, "/help", NEED_PUBLIC, page_help, NULL, "help", NULL, "index",
      "/help", { "使い方", "Manual" } },
    { METHOD_GET, "/help/:name", NEED_PUBLIC, page_help, NULL, "help", NULL, "index",
      "/help/index", { "使い方", "Manual" } },
    { METHOD_GET, "/static/:key/:name", NEED_PUBLIC, NULL, file_static, NULL, NULL, NULL,
      "/static/000000000000/meguri.css", { "ページの部品", "Static file" } },
    { METHOD_GET, "/favicon.svg", NEED_PUBLIC, NULL, file_icon, NULL, NULL, NULL,
      "/favicon.svg", { "アイコン", "Icon" } },
    { METHOD_GET, "/robots.txt", NEED_PUBLIC, NULL, file_robots, NULL, NULL, NULL,
      "/robots.txt", { "検索ロボットへ", "For robots" } },
    { METHOD_GET, "/healthz", NEED_PUBLIC, NULL, file_healthz, NULL, NULL, NULL,
      "/healthz", { "動いているか", "Health" } },
};
/* clang-format on */

const struct route *routes_all(size_t *count)
{
    *count = sizeof ROUTES / sizeof ROUTES[0];
    return ROUTES;
}

/* A record's hash holds the time at which it was written, so only the data itself knows one. */
static str record_example(struct arena *a, const char *data)
{
    AUTO(conn_close) struct conn *c = NULL;
    struct history newest = { .page = { 0, 1 } };
    struct record_rows rows;
    struct err ignored;
    struct buf b;

    if (!data || !store_open(data, STORE_READ, &c, &ignored)
        || !store_history(c, a, &newest, &rows, &ignored) || !rows.count)
        return (str){ 0 };
    buf_init(&b, a, 80, 80);
    buf_put(&b, STR("/records/"));
    hash_put(&b, rows.rows[0].hash);
    return buf_str(&b);
}

/* The newest document: the record of it is named after the hash of its bytes. */
static str blob_example(struct arena *a, const char *data)
{
    enum { LOOKED_AT = 200 };
    AUTO(conn_close) struct conn *c = NULL;
    const struct history newest = { .page = { 0, LOOKED_AT } };
    const str source = STR("source/");
    struct record_rows found;
    struct err ignored;

    if (!data || !store_open(data, STORE_READ, &c, &ignored)
        || !store_history(c, a, &newest, &found, &ignored))
        return (str){ 0 };
    for (uint32_t k = 0; k < found.count; k++) {
        if (str_starts(found.rows[k].entity, source))
            return str_fmt(a, "/blobs/%.*s", STR_ARG(str_skip(found.rows[k].entity, source.n)));
    }
    return (str){ 0 };
}

static str example_of(struct arena *a, const struct route *r, const char *data)
{
    struct assets assets;

    if (r->page == page_one_record)
        return record_example(a, data);
    if (r->file == file_blob)
        return blob_example(a, data);
    if (r->file != file_static)
        return str_from(r->example);
    assets_builtin(a, &assets); /* the address names the bytes of this very program */
    return asset_find(&assets, STR("meguri.css"))->url;
}

bool web_route_at(struct arena *a, size_t number, const char *data, struct web_route_info *out)
{
    const struct route *r;

    if (number >= sizeof ROUTES / sizeof ROUTES[0])
        return false;
    r = &ROUTES[number];
    *out = (struct web_route_info){
        .method = r->method == METHOD_POST ? STR("POST") : STR("GET"),
        .path = str_from(r->path),
        .example = example_of(a, r, data),
        .title = { str_from(r->title[LANG_JA]), str_from(r->title[LANG_EN]) },
        .who = STR("public"),
        .is_page = r->page != NULL,
        .has_csv = r->table != NULL,
    };
    return true;
}
