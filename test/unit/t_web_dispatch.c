/* From a request to its answer, over the sample: shapes, languages, days, caching, errors. */
#include "sites.h"

#include <libdeflate.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "web/route.h"

static struct site site;

static bool has(str text, const char *part)
{
    if (str_find(text, str_from(part)) >= 0)
        return true;
    printf("# lacks \"%s\": %.*s\n", part, (int)(text.n < 400 ? text.n : 400),
           text.n ? text.p : "");
    return false;
}

static bool header_is(const struct reply *r, const char *name, const char *value)
{
    str got = reply_header(r, name);

    if (str_eq(got, str_from(value)))
        return true;
    printf("# %s is \"%.*s\", not \"%s\"\n", name, STR_ARG(got), value);
    return false;
}

/* ---- shapes ---- */

static void a_page_has_html_a_json_twin_and_a_table(void)
{
    struct reply html = sites_get(&site, "/o/minamo/2023");
    struct reply json = sites_get(&site, "/o/minamo/2023.json");
    struct reply csv = sites_get(&site, "/o/minamo/2023.csv");
    struct value *tree = NULL;
    struct err e = { 0 };

    CHECK(html.status == 200 && header_is(&html, "Content-Type", "text/html; charset=utf-8"));
    CHECK(str_starts(html.body, STR("<!DOCTYPE html>")));
    CHECK(json.status == 200 && header_is(&json, "Content-Type", "application/json"));
    CHECK(json_load(&site.f.mem, json.body, &tree, &e) && value_get(tree, STR("page")) != NULL);
    CHECK(csv.status == 200
          && has(reply_header(&csv, "Content-Disposition"),
                 "attachment; filename=\"o-minamo-2023.csv\""));
    CHECK(str_starts(csv.body, STR("\xEF\xBB\xBF")) && has(csv.body, "\r\n"));
}

static void accept_asks_for_the_twin_too(void)
{
    struct reply r = sites_ask(&site, "GET", "/o/minamo/2023", "Accept: application/json\r\n");
    struct reply twin = sites_get(&site, "/o/minamo/2023.json");

    CHECK(str_eq(r.body, twin.body));
    CHECK(has(reply_header(&r, "Vary"), "Accept"));
}

static void a_page_without_a_table_has_no_csv_and_a_file_no_twin(void)
{
    CHECK(sites_get(&site, "/help.csv").status == 404);
    CHECK(sites_get(&site, "/healthz.json").status == 404);
    CHECK(sites_get(&site, "/healthz").status == 200);
}

static void every_route_answers_its_example_in_both_languages(void)
{
    struct web_route_info r;

    for (size_t i = 0; web_route_at(&site.f.mem, i, site.f.path, &r); i++) {
        const char *path = str_c(&site.f.mem, r.example);
        int wanted = str_eq(r.who, STR("public")) ? 200 : 401;
        struct reply ja = sites_get(&site, path);
        struct reply en =
            sites_get(&site, str_c(&site.f.mem, str_fmt(&site.f.mem, "%s?lang=en", path)));

        if (!str_eq(r.method, STR("GET")) || !r.example.n)
            continue;
        if (ja.status != wanted || en.status != wanted)
            printf("# %s: %d %d\n", path, ja.status, en.status);
        CHECK(ja.status == wanted && en.status == wanted);
        if (r.is_page)
            CHECK(has(ja.body, "<html lang=\"ja\">") && has(en.body, "<html lang=\"en\">"));
    }
}

/* ---- languages and days ---- */

static void the_address_beats_the_browser_in_the_choice_of_language(void)
{
    struct reply en = sites_ask(&site, "GET", "/o/minamo", "Accept-Language: en\r\n");
    struct reply ja = sites_ask(&site, "GET", "/o/minamo?lang=ja", "Accept-Language: en\r\n");

    CHECK(header_is(&en, "Content-Language", "en") && has(en.body, "<html lang=\"en\">"));
    CHECK(header_is(&ja, "Content-Language", "ja") && has(ja.body, "<html lang=\"ja\">"));
    CHECK(has(reply_header(&en, "Vary"), "Accept-Language"));
    CHECK(sites_get(&site, "/o/minamo?lang=fr").status == 400);
}

static void a_chosen_language_and_day_stay_in_the_links(void)
{
    struct reply kept = sites_get(&site, "/o/minamo?at=2024-12-31&lang=en");
    struct reply free = sites_ask(&site, "GET", "/o/minamo", "Accept-Language: en\r\n");

    CHECK(has(kept.body, "href=\"/o/minamo/2023?at=2024-12-31&amp;lang=en\""));
    CHECK(has(free.body, "href=\"/o/minamo/2023\""));
}

static void a_day_shows_what_was_known_at_its_end(void)
{
    /* Imported on 2024-04-01 at 9 in the morning, Japanese time. */
    CHECK(sites_get(&site, "/o/minamo/2023?at=2024-04-01").status == 200);
    CHECK(sites_get(&site, "/o/minamo/2023?at=2024-03-31").status == 404);
    CHECK(sites_get(&site, "/o/minamo/2023?at=2024-02-30").status == 400);
    CHECK(sites_get(&site, "/o/minamo?at=2199-01-01").status == 400);
    CHECK(has(sites_get(&site, "/?at=2199-01-01").body, "まだ来ていません"));
    CHECK(sites_get(&site, "/index.json?at=2024-03-31").status == 200);
    CHECK(has(sites_get(&site, "/index.json?at=2024-03-31").body, "\"organisations\":[]"));
    CHECK(sites_get(&site, "/o/minamo/2023?at=yesterday").status == 400);
}

/* ---- methods ---- */

static void head_is_get_without_the_body(void)
{
    struct reply get = sites_get(&site, "/o/minamo"),
                 head = sites_ask(&site, "HEAD", "/o/minamo", "");

    CHECK(head.status == 200 && head.body.n == 0 && str_eq(head.sent, get.body));
    CHECK(str_eq(reply_header(&head, "ETag"), reply_header(&get, "ETag")));
}

static void another_method_is_405_with_what_is_allowed(void)
{
    static const char *const METHODS[] = { "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW" };

    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        struct reply r = sites_ask(&site, METHODS[i], "/o/minamo", "");

        CHECK(r.status == 405 && header_is(&r, "Allow", "GET, HEAD, OPTIONS"));
    }
    CHECK(sites_ask(&site, "POST", "/nowhere", "").status == 404);
}

static void options_tells_what_is_allowed(void)
{
    struct reply r = sites_ask(&site, "OPTIONS", "/o/minamo", "");

    CHECK(r.status == 204 && header_is(&r, "Allow", "GET, HEAD, OPTIONS") && r.body.n == 0);
    CHECK(sites_ask(&site, "OPTIONS", "*", "").status == 204);
    CHECK(sites_ask(&site, "OPTIONS", "/nowhere", "").status == 404);
}

static void a_slash_at_the_end_leads_to_the_address_without_it(void)
{
    struct reply r = sites_get(&site, "/o/minamo/?at=2024-12-31");

    CHECK(r.status == 308 && header_is(&r, "Location", "/o/minamo?at=2024-12-31"));
    CHECK(sites_get(&site, "//evil.example/").status == 400);
}

/* ---- errors ---- */

static void an_error_is_a_page_in_the_readers_language_with_what_to_do(void)
{
    struct reply ja = sites_get(&site, "/o/nowhere"),
                 en = sites_get(&site, "/o/nowhere?lang=en");

    CHECK(ja.status == 404 && has(ja.body, "<h1>見つかりません</h1>")
          && has(ja.body, "運営方針の一覧"));
    CHECK(en.status == 404 && has(en.body, "<h1>Not found</h1>")
          && has(en.body, "list of plans"));
    CHECK(header_is(&ja, "Cache-Control", "no-store") && reply_header(&ja, "Request-Id").n > 0);
    CHECK(has(ja.body, str_c(&site.f.mem, reply_header(&ja, "Request-Id"))));
}

static void an_error_of_the_twin_is_a_problem_document(void)
{
    struct reply r = sites_get(&site, "/o/nowhere.json");
    struct value *tree = NULL;
    struct err e = { 0 };

    CHECK(r.status == 404 && header_is(&r, "Content-Type", "application/problem+json"));
    CHECK(json_load(&site.f.mem, r.body, &tree, &e));
    CHECK(value_int(tree, "status") == 404 && value_text(tree, "title").n
          && value_text(tree, "detail").n);
    CHECK(str_eq(value_text(tree, "instance"), STR("/o/nowhere")));
    CHECK(str_eq(value_text(tree, "request"), reply_header(&r, "Request-Id")));
}

static void bad_addresses_are_400_with_a_page(void)
{
    static const char *const BAD[] = { "/o/../etc",   "/%00",          "/%FF",
                                       "/o/%2e%2e/x", "/search?q=%FF", "/a%" };

    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        struct reply r = sites_get(&site, BAD[i]);

        CHECK(r.status == 400 && has(r.body, "<h1>") && has(r.body, "アドレス"));
    }
}

static void what_the_server_refuses_is_a_page_too(void)
{
    static const int STATUSES[] = { 400, 408, 411, 413, 414, 417, 431, 503, 505 };

    for (size_t i = 0; i < sizeof STATUSES / sizeof STATUSES[0]; i++) {
        AUTO(arena_done) struct arena mem = { 0 };
        struct http_answer a = { .status = 0 };

        app_refuse(&site.app, &mem, STATUSES[i], "why", &a);
        CHECK(a.status == STATUSES[i] && has(a.body, "<h1>")
              && has(a.head, "Content-Security-Policy: "));
        CHECK(str_find(a.body, STR("error_title")) < 0
              && str_find(a.body, STR("error_do")) < 0);
    }
}

/* ---- headers ---- */

static void every_answer_carries_the_security_headers(void)
{
    static const char *const TARGETS[] = {
        "/",    "/o/minamo/2023.json", "/rules.csv",     "/healthz", "/nowhere", "/favicon.svg",
        "/%00", "/o/minamo/",          "/o/nowhere.json"
    };

    for (size_t i = 0; i < sizeof TARGETS / sizeof TARGETS[0]; i++) {
        struct reply r = sites_get(&site, TARGETS[i]);
        str policy = reply_header(&r, "Content-Security-Policy");

        CHECK(str_starts(policy, STR("default-src 'none'"))
              && has(policy, "frame-ancestors 'none'"));
        CHECK(str_find(policy, STR("unsafe")) < 0);
        CHECK(header_is(&r, "X-Content-Type-Options", "nosniff"));
        CHECK(reply_header(&r, "Referrer-Policy").n
              && reply_header(&r, "Permissions-Policy").n);
        CHECK(reply_header(&r, "Cross-Origin-Opener-Policy").n
              && reply_header(&r, "Cross-Origin-Resource-Policy").n);
    }
}

static void a_header_of_the_request_cannot_add_one_to_the_answer(void)
{
    struct reply r = sites_get(&site, "/o/minamo/?x=%0d%0aSet-Cookie:%20a=b");

    CHECK(r.status == 308 && str_find(r.head, STR("\r\nSet-Cookie")) < 0);
}

static void the_name_of_a_document_cannot_add_a_header(void)
{
    struct plan p = stores_plan(&site.f.mem, 7, STR("minamo"), 2031, 1);
    struct import_report report;
    struct reply r;
    struct buf path;

    p.source_name = STR("方針\"\r\nSet-Cookie: a=b.txt");
    CHECK(stores_import(&site.f, &p, STORES_NOW, true, &report));
    buf_init(&path, &site.f.mem, 80, 80);
    buf_put(&path, STR("/blobs/"));
    hash_put(&path, p.source_hash);
    r = sites_get(&site, str_c(&site.f.mem, buf_str(&path)));
    CHECK(r.status == 200 && str_find(r.head, STR("\nSet-Cookie")) < 0);
    CHECK(str_starts(reply_header(&r, "Content-Disposition"), STR("attachment; filename=\"")));
    CHECK(has(r.head, "sandbox"));
}

/* ---- caching ---- */

static void who_has_the_page_already_is_told_so(void)
{
    struct reply first = sites_get(&site, "/o/minamo/2023");
    str etag = reply_header(&first, "ETag");
    const char *header =
        str_c(&site.f.mem, str_fmt(&site.f.mem, "If-None-Match: %.*s\r\n", STR_ARG(etag)));
    struct reply again = sites_ask(&site, "GET", "/o/minamo/2023", header);

    CHECK(etag.n && again.status == 304 && again.body.n == 0);
    CHECK(str_eq(reply_header(&again, "ETag"), etag)
          && header_is(&again, "Cache-Control", "no-cache"));
    CHECK(sites_ask(&site, "GET", "/o/minamo/2023?lang=en", header).status == 200);
    CHECK(sites_ask(&site, "GET", "/o/minamo/2023", "If-None-Match: \"x\"\r\n").status == 200);
}

static void a_compressed_page_is_the_same_page(void)
{
    enum { ROOM = 1 << 20 };
    struct reply plain = sites_get(&site, "/o/minamo/2023");
    struct reply gzip = sites_ask(&site, "GET", "/o/minamo/2023", "Accept-Encoding: gzip\r\n");
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    char *out = arena_bytes(&site.f.mem, ROOM);
    size_t n = 0;

    CHECK(header_is(&gzip, "Content-Encoding", "gzip") && gzip.body.n < plain.body.n / 2);
    CHECK(libdeflate_gzip_decompress(d, gzip.body.p, gzip.body.n, out, ROOM, &n)
          == LIBDEFLATE_SUCCESS);
    CHECK(str_eq((str){ out, n }, plain.body));
    CHECK(!str_eq(reply_header(&gzip, "ETag"), reply_header(&plain, "ETag")));
    CHECK(has(reply_header(&plain, "Vary"), "Accept-Encoding"));
    libdeflate_free_decompressor(d);
}

static void a_page_is_new_after_a_commit(void)
{
    struct reply before = sites_get(&site, "/");
    struct stamp stamp = { .who = &STORES_CLERK,
                           .now_ms = STORES_NOW + STORES_DAY,
                           .reason = STR("追加") };
    struct organisation o = { STR("minato"), STR("みなと新区"), STR("ward"), STR("") };
    struct reply after;

    CHECK(str_eq(sites_get(&site, "/").body, before.body));
    CHECK(store_organisation_save(site.f.c, &stamp, &o, &site.f.e));
    after = sites_get(&site, "/");
    CHECK(!str_eq(after.body, before.body) && has(after.body, "みなと新区"));
}

static void a_static_file_is_kept_for_good_under_the_name_of_its_bytes(void)
{
    struct reply page = sites_get(&site, "/");
    const struct asset *css = asset_find(&site.app.assets, STR("meguri.css"));
    struct reply file = sites_get(&site, str_c(&site.f.mem, css->url));

    CHECK(has(page.body, str_c(&site.f.mem, css->url)));
    CHECK(file.status == 200 && header_is(&file, "Content-Type", "text/css; charset=utf-8"));
    CHECK(header_is(&file, "Cache-Control", "public, max-age=31536000, immutable"));
    CHECK(sites_get(&site, "/static/000000000000/meguri.css").status == 404);
}

/* ---- while developing ---- */

static void templates_on_disk_give_the_same_page(void)
{
    struct reply built_in = sites_get(&site, "/rules"), on_disk;

    site.config.assets = "assets";
    on_disk = sites_get(&site, "/rules");
    site.config.assets = NULL;
    CHECK(on_disk.status == 200 && str_eq(on_disk.body, built_in.body));
}

static void write_file(const char *name, const char *text)
{
    FILE *f = fopen(str_c(&site.f.mem, str_fmt(&site.f.mem, "%s/%s", site.f.dir, name)), "w");

    if (f) {
        fputs(text, f);
        fclose(f);
    }
}

static void a_mistake_in_a_template_on_disk_is_told_with_its_place(void)
{
    struct assets ignored;
    struct err e = { 0 };
    char below[200];

    write_file("messages.tsv", "a\tb\n");
    CHECK(!assets_load(&site.f.mem, site.f.dir, &ignored, &e) && e.code == ERR_IO);
    (void)snprintf(below, sizeof below, "%s/templates", site.f.dir);
    CHECK(mkdir(below, 0700) == 0);
    CHECK(!assets_load(&site.f.mem, site.f.dir, &ignored, &e));
    CHECK_STR(e.text, "messages.tsv:1:1: the English text is missing: a");
    site.config.assets = site.f.dir;
    CHECK(sites_get(&site, "/").status == 500);
    site.config.assets = NULL;
    (void)rmdir(below);
}

int main(void)
{
    sites_begin(&site);
    RUN(a_page_has_html_a_json_twin_and_a_table);
    RUN(accept_asks_for_the_twin_too);
    RUN(a_page_without_a_table_has_no_csv_and_a_file_no_twin);
    RUN(every_route_answers_its_example_in_both_languages);
    RUN(the_address_beats_the_browser_in_the_choice_of_language);
    RUN(a_chosen_language_and_day_stay_in_the_links);
    RUN(a_day_shows_what_was_known_at_its_end);
    RUN(head_is_get_without_the_body);
    RUN(another_method_is_405_with_what_is_allowed);
    RUN(options_tells_what_is_allowed);
    RUN(a_slash_at_the_end_leads_to_the_address_without_it);
    RUN(an_error_is_a_page_in_the_readers_language_with_what_to_do);
    RUN(an_error_of_the_twin_is_a_problem_document);
    RUN(bad_addresses_are_400_with_a_page);
    RUN(what_the_server_refuses_is_a_page_too);
    RUN(every_answer_carries_the_security_headers);
    RUN(a_header_of_the_request_cannot_add_one_to_the_answer);
    RUN(the_name_of_a_document_cannot_add_a_header);
    RUN(who_has_the_page_already_is_told_so);
    RUN(a_compressed_page_is_the_same_page);
    RUN(a_static_file_is_kept_for_good_under_the_name_of_its_bytes);
    RUN(a_page_is_new_after_a_commit);
    RUN(templates_on_disk_give_the_same_page);
    RUN(a_mistake_in_a_template_on_disk_is_told_with_its_place);
    sites_end(&site);
    return DONE();
}
