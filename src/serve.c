/* meguri serve: the server. meguri routes: what it answers to. */
#include "serve.h"
#include "net/net.h"
#include "store/store.h"
#include "web/web.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

/* ---- meguri serve ---- */

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (this machine only). The port after the last colon.
 */
static bool listen_read(struct cli *c, const char *value, struct web_config *config)
{
    str s = str_from(value), host;
    const char *colon = strrchr(value, ':');
    dec port;

    if (!colon || !dec_parse(str_from(colon + 1), &port) || port.scale || port.n < 0
        || port.n > UINT16_MAX)
        return false;
    host = str_take(s, (size_t)(colon - value));
    if (str_starts(host, STR("[")) && str_ends(host, STR("]")))
        host = str_take(str_skip(host, 1), host.n - 2);
    config->host = host.n ? str_c(c->mem, host) : "127.0.0.1";
    config->port = (uint16_t)port.n;
    return true;
}

static bool threads_read(const char *value, unsigned *threads)
{
    enum { MAX = 64 };
    dec n;

    if (!dec_parse(str_from(value), &n) || n.scale || n.n < 0 || n.n > MAX)
        return false;
    *threads = (unsigned)n.n;
    return true;
}

/* Nobody can sign in who was not made by hand: say how, once, where it is seen. */
static void say_how_to_begin(const struct cli *c)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(conn_close) struct conn *db = NULL;
    struct account_rows rows;
    struct err ignored;

    if (!store_open(c->data, STORE_READ, &db, &ignored)
        || !store_accounts(db, &mem, STR(""), (struct page_of){ 0, 1 }, &rows, &ignored)
        || rows.total)
        return;
    printf(c->lang == LANG_JA
               ? "利用者がまだいません(見るだけなら要りません)。最初の管理者は次のように作り"
                 "ます:\n"
                 "  meguri user add LOGIN --generate --data %s\n"
                 "  meguri user grant LOGIN administrator --org KEY --data %s\n"
               : "There is no account yet (reading needs none). Make the first administrator "
                 "with:\n"
                 "  meguri user add LOGIN --generate --data %s\n"
                 "  meguri user grant LOGIN administrator --org KEY --data %s\n",
           c->data, c->data);
}

static void say_address(void *ctx, const char *address)
{
    const struct cli *c = ctx;

    printf(c->lang == LANG_JA
               ? "%s で %s を公開しています。終えるには Ctrl-C を押してください。\n"
               : "%s serves %s. Press Ctrl-C to end it.\n",
           address, c->data);
    say_how_to_begin(c);
    fflush(stdout);
}

/* False when there is no directory, or its settings cannot work (*e then says so). */
static bool directory_read(struct cli *c, struct directory *d, struct err *e)
{
    *d = (struct directory){
        .uri = cli_value(c, "ldap"),
        .bind = cli_value(c, "ldap-bind"),
        .base = cli_value(c, "ldap-base"),
        .filter = cli_value(c, "ldap-filter"),
        .service_dn = cli_value(c, "ldap-service"),
        .service_password_file = cli_value(c, "ldap-service-password-file"),
        .ca_file = cli_value(c, "ldap-ca"),
        .start_tls = cli_is_on(c, "ldap-starttls"),
        .may_create = cli_is_on(c, "ldap-create"),
    };
    return d->uri && directory_check(d, e);
}

static int cmd_serve(struct cli *c)
{
    struct web_config config = { .data = c->data, .ready = say_address, .ready_ctx = c };
    struct directory directory;
    struct err e = { 0 };

    if (!listen_read(c, cli_value(c, "listen"), &config))
        return cli_refuse(
            c, "--listen には 127.0.0.1:8080 のように、住所とポートを指定してください。",
            "--listen needs an address and a port, as in 127.0.0.1:8080.");
    if (!threads_read(cli_value(c, "threads"), &config.threads))
        return cli_refuse(c, "--threads には 0 から 64 までの数を指定してください。",
                          "--threads needs a number from 0 to 64.");
    if (directory_read(c, &directory, &e))
        config.directory = &directory;
    else if (e.code != ERR_NONE)
        return cli_fail(c, &e);
    config.assets = cli_value(c, "assets");
    config.is_https = cli_is_on(c, "https");
    config.trust_header = cli_value(c, "trust-header");
    config.trust_from = cli_value(c, "trust-from");
    if (!config.trust_header != !config.trust_from)
        return cli_refuse(c, "--trust-header と --trust-from は、いっしょに指定してください。",
                          "--trust-header and --trust-from go together.");
    config.is_uncached = cli_is_on(c, "no-cache");
    config.is_logged = cli_is_on(c, "log");
    signal(SIGPIPE, SIG_IGN); /* a reader of stdout that goes away is no reason to stop serving
                               */
    return web_serve(&config, &e) ? CLI_FINE : cli_fail(c, &e);
}

static const struct cli_option SERVE_OPTIONS[] = {
    { "listen",
      "HOST:PORT",
      "MEGURI_LISTEN",
      "127.0.0.1:8080",
      { "待ち受ける住所とポート(0 = 空いているもの)", "address and port (0 = any free one)" } },
    { "threads",
      "N",
      NULL,
      "0",
      { "同時に働くスレッドの数(0 = プロセッサーの数より多め)",
        "worker threads (0 = more than there are processors)" } },
    { "assets",
      "DIR",
      NULL,
      NULL,
      { "テンプレートなどを毎回 DIR から読む(開発用)",
        "read templates and static files from DIR each time (development)" } },
    { "https",
      NULL,
      NULL,
      NULL,
      { "手前のプロキシーが TLS を話す: クッキーを https だけに送らせる",
        "a proxy in front speaks TLS: cookies are for https alone" } },
    { "trust-header",
      "NAME",
      "MEGURI_TRUST_HEADER",
      NULL,
      { "サインインした人のログイン名を伝えるヘッダー(例: X-Remote-User)",
        "header in which a proxy names who is signed in" } },
    { "trust-from",
      "ADDRESS[,ADDRESS]",
      "MEGURI_TRUST_FROM",
      NULL,
      { "そのヘッダーを信じてよいプロキシーの住所",
        "addresses of the proxy that may say so" } },
    { "no-cache",
      NULL,
      NULL,
      NULL,
      { "ページを覚えておかず、毎回つくる", "render every page anew" } },
    { "log",
      NULL,
      NULL,
      NULL,
      { "すべての要求を 1 行ずつ stderr に書く", "a line on stderr for each request" } },
    /* clang-format off */
    { "ldap", "URI", "MEGURI_LDAP", NULL,
      { "ここにパスワードのない人を確かめる認証サーバー(ldaps://ad.example.jp)", "directory that is asked about those without a password here (ldaps://ad.example.jp)" } },
    { "ldap-bind", "TEMPLATE", "MEGURI_LDAP_BIND", NULL,
      { "サインインする人の名前の形(uid={login},ou=people,dc=example,dc=jp や {login}@example.jp)", "name of whoever signs in (uid={login},ou=people,dc=example,dc=jp or {login}@example.jp)" } },
    { "ldap-base", "DN", "MEGURI_LDAP_BASE", NULL,
      { "名前の形の代わりに、ここから下を探す", "instead of a name: search below this" } },
    { "ldap-filter", "FILTER", "MEGURI_LDAP_FILTER", NULL,
      { "探し方(例: (sAMAccountName={login}))", "what to search for, as in (sAMAccountName={login})" } },
    { "ldap-service", "DN", "MEGURI_LDAP_SERVICE", NULL,
      { "探すときに使う利用者", "who searches" } },
    { "ldap-service-password-file", "FILE", "MEGURI_LDAP_SERVICE_PASSWORD_FILE", NULL,
      { "そのパスワードが1行目にあるファイル", "file whose first line is the password of who searches" } },
    { "ldap-ca", "FILE", "MEGURI_LDAP_CA", NULL,
      { "認証サーバーの証明書を確かめる CA 証明書(PEM)", "CA certificates that the directory must show one of (PEM)" } },
    { "ldap-starttls", NULL, NULL, NULL,
      { "ldap:// でつないで、すぐに暗号化する(StartTLS)", "ldap:// with StartTLS" } },
    { "ldap-create", NULL, NULL, NULL,
      { "はじめてサインインした人を、職務なしで登録する", "whoever signs in first becomes an account without a duty" } },
    /* clang-format on */
    { NULL, NULL, NULL, NULL, { NULL, NULL } },
};

/* ---- meguri routes ---- */

static void put_json(struct buf *out, const struct web_route_info *r)
{
    struct value *row = value_map(out->a);

    value_put_text(out->a, row, "method", r->method);
    value_put_text(out->a, row, "path", r->path);
    value_put_text_or_null(out->a, row, "example", r->example);
    value_put_text(out->a, row, "title", r->title[LANG_JA]);
    value_put_text(out->a, row, "title_en", r->title[LANG_EN]);
    value_put_text(out->a, row, "who", r->who);
    value_put_bool(out->a, row, "page", r->is_page);
    value_put_bool(out->a, row, "csv", r->has_csv);
    json_put(out, row);
    buf_put_char(out, '\n');
}

static void put_markdown(struct buf *out, const struct web_route_info *r)
{
    buf_fmt(out, "| %.*s | `%.*s` | %.*s | %.*s | %s | %.*s |\n", STR_ARG(r->method),
            STR_ARG(r->path), STR_ARG(r->title[LANG_JA]), STR_ARG(r->title[LANG_EN]),
            !r->is_page  ? "file"
            : r->has_csv ? "html json csv"
                         : "html json",
            STR_ARG(r->who));
}

static int cmd_routes(struct cli *c)
{
    bool is_json = strcmp(c->format, "json") == 0,
         is_markdown = strcmp(c->format, "markdown") == 0;
    struct web_route_info r;
    struct buf out;

    buf_init(&out, c->mem, 4096, LIMIT_JSON_BYTES);
    if (is_markdown)
        buf_put_c(
            &out,
            "| method | path | ページ | page | shapes | who |\n|---|---|---|---|---|---|\n");
    for (size_t i = 0; web_route_at(c->mem, i, is_json ? c->data : NULL, &r); i++) {
        if (is_json)
            put_json(&out, &r);
        else if (is_markdown)
            put_markdown(&out, &r);
        else
            buf_fmt(&out, "%-4.*s  %-26.*s  %.*s\n", STR_ARG(r.method), STR_ARG(r.path),
                    STR_ARG(r.title[c->lang]));
    }
    fwrite(out.p, 1, out.n, stdout);
    return CLI_FINE;
}

/* ---- the table ---- */

const struct command SERVE_COMMANDS[] = {
    { "serve",
      cmd_serve,
      SERVE_OPTIONS,
      NULL,
      0,
      0,
      "[OPTION...]",
      { "ページと JSON をブラウザーに見せる", "serve the pages and their JSON" } },
    { "routes",
      cmd_routes,
      NULL,
      "text json markdown",
      0,
      0,
      "",
      { "サーバーが答えるアドレスの表", "the addresses that the server answers to" } },
};
const size_t SERVE_COMMANDS_N = sizeof SERVE_COMMANDS / sizeof SERVE_COMMANDS[0];
