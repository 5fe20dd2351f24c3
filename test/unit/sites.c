/* The program over the sample, without sockets. */
#include "sites.h"

#include <stdio.h>
#include <unistd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit/audit.h"
#include "base/otp.h"
#include "ingest/ingest.h"
#include "measure/measure.h"
#include "web/token.h"

static const char *const SAMPLES[SITES_SAMPLES][2] = {
    { "samples/minamo-2022.txt", "minamo" },
    { "samples/minamo-2023.txt", "minamo" },
    { "samples/minamo-2024.html", "minamo" },
    { "samples/komorebi-2024.txt", "komorebi" },
};

static void stop(const char *what, const char *why)
{
    printf("Bail out! %s: %s\n", what, why);
    exit(1);
}

static str load(struct arena *a, const char *path)
{
    enum { ROOM = 1 << 20 };
    char *bytes = arena_bytes(a, ROOM);
    FILE *f = fopen(path, "rb");
    size_t n;

    if (!f)
        stop(path, "not there");
    n = fread(bytes, 1, ROOM, f);
    fclose(f);
    return (str){ bytes, n };
}

/* The same text with one of its places written otherwise. */
static str replaced(struct arena *a, str text, const char *was, const char *is)
{
    const ptrdiff_t at = str_find(text, str_from(was));

    if (at < 0)
        stop(was, "not in the sample");
    return str_fmt(a, "%.*s%s%.*s", (int)at, text.p, is,
                   STR_ARG(str_skip(text, (size_t)at + strlen(was))));
}

/* With is_corrected: the same a day later, with another target, as a plan is corrected after it
 * was published. */
static void import(struct site *s, const struct form *form, const char *path, const char *key,
                   bool is_corrected)
{
    struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW, .reason = STR("見本") };
    struct arena *a = &s->f.mem;
    struct plan plan;
    struct findings found;
    struct import_item item = { .plan = &plan, .state = STR("published") };
    struct import_batch batch = { &item, 1, true };
    struct import_report report;
    str text;

    item.bytes = load(a, path);
    if (is_corrected) {
        item.bytes = replaced(a, item.bytes, "25% (2年度22.5%)", "26% (2年度22.5%)");
        stamp.now_ms += STORES_DAY;
    }
    if (!ingest_document(a, form,
                         &(struct document_source){ str_from(path), item.bytes, { { 0 }, 0 } },
                         &plan, &text, &s->f.e))
        stop(path, s->f.e.text);
    audit_link(a, &plan);
    audit_plan(a, &(struct audit_input){ .plan = &plan }, &found);
    item.organisation_name = plan.organisation.v;
    plan.organisation_code = str_from(key);
    plan.source_hash = hash_bytes(item.bytes);
    item.findings = found.items;
    item.finding_count = found.count;
    item.audit_version = audit_version();
    if (!store_import(s->f.c, a, &stamp, &batch, &report, &s->f.e))
        stop(path, s->f.e.text);
}

/* A survey of the sample that is open. */
static void define_survey(struct site *s, const char *key)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    struct survey survey;
    const struct survey_save save = { STR("minamo"), &survey, true };
    enum change_kind change;
    char path[80];

    snprintf(path, sizeof path, "samples/surveys/%s.json", key);
    if (!survey_read(&s->f.mem, load(&s->f.mem, path), &survey, &s->f.e)
        || !store_survey_save(s->f.c, &stamp, &save, &change, &s->f.e))
        stop(path, s->f.e.text);
}

/* A survey of the sample with its answers. */
static void import_survey(struct site *s, const char *key)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    struct arena *a = &s->f.mem;
    struct survey survey;
    struct survey_save save = { STR("minamo"), &survey, true };
    struct survey_file file;
    struct survey_tally tally;
    struct survey_take take = { STR("minamo"), str_from(key), &survey, &tally,
                                { 0 },         { 0 },         true };
    struct table table;
    enum change_kind change;
    char path[80];

    snprintf(path, sizeof path, "samples/surveys/%s.json", key);
    if (!survey_read(a, load(a, path), &survey, &s->f.e)
        || !store_survey_save(s->f.c, &stamp, &save, &change, &s->f.e))
        stop(path, s->f.e.text);
    snprintf(path, sizeof path, "samples/surveys/%s.csv", key);
    if (!ingest_table(a, str_from(path), load(a, path), &table, &s->f.e))
        stop(path, s->f.e.text);
    ingest_answers(a, &table, &survey, &file);
    tally = file.tally;
    if (file.errors
        || (!file.is_tally && !measure_survey(a, &survey, &file.answers, &tally, &s->f.e))
        || !store_survey_take(s->f.c, &stamp, &take, &change, &s->f.e))
        stop(path, "cannot be taken");
}

/* ---- registers ---- */

static struct table table_of(struct site *s, const char *path)
{
    struct table t;

    if (!ingest_table(&s->f.mem, str_from(path), load(&s->f.mem, path), &t, &s->f.e))
        stop(path, s->f.e.text);
    return t;
}

static void areas_enter(struct site *s, const struct stamp *stamp)
{
    const struct table t = table_of(s, "samples/areas/areas.csv");
    struct areas areas = { NEW(&s->f.mem, struct area, t.count), 0 };
    bool is_same;

    for (uint32_t k = 1; k < t.count; k++) {
        if (t.rows[k].count == 2)
            areas.rows[areas.count++] = (struct area){ t.rows[k].cells[0], t.rows[k].cells[1] };
    }
    if (!store_areas_save(s->f.c, stamp, STR("minamo"), &areas, &is_same, &s->f.e))
        stop("areas", s->f.e.text);
}

static void register_enter(struct site *s, const struct stamp *stamp, const char *folder,
                           const char *key)
{
    struct arena *a = &s->f.mem;
    const char *path = str_c(a, str_fmt(a, "samples/%s/%s.csv", folder, key));
    const struct table t = table_of(s, path);
    struct register_def def;
    const struct entry_hints hints = { .def = &def };
    struct register_entries found;
    struct entries_report report;
    bool is_same;

    const char *own = str_c(a, str_fmt(a, "samples/%s/%s.json", folder, key));

    if (!register_parse(a,
                        access(own, R_OK) == 0 ? load(a, own) : register_preset(str_from(key)),
                        &def, &s->f.e)
        || !store_book_save(s->f.c, stamp, STR("minamo"), &def, &is_same, &s->f.e))
        stop(key, s->f.e.text);
    ingest_entries(a, &t, &hints, &found);
    const struct entries_import in = {
        .ref = { STR("minamo"), register_entity(a, &def) },
        .def = &def,
        .rows = found.rows,
        .count = found.count,
        .apply = true,
    };
    if (found.errors || !store_entries_import(s->f.c, stamp, &in, &report, &s->f.e))
        stop(path, found.errors ? "a row is not taken" : s->f.e.text);
}

static void evidence_enter(struct site *s)
{
    static const char *const REGISTERS[] = { "area-facts", "area-members", "service-rating" };
    struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW, .reason = STR("見本") };

    areas_enter(s, &stamp);
    for (size_t k = 0; k < sizeof REGISTERS / sizeof *REGISTERS; k++)
        register_enter(s, &stamp, "areas", REGISTERS[k]);
    register_enter(s, &stamp, "registers", "training");
    register_enter(s, &stamp, "registers", "explanation-meetings");
    register_enter(s, &stamp, "registers", "insurance-collection");
}

/* A share of residents, from each year's survey. */
static void survey_bind(struct site *s)
{
    static const char JSON[] = "{\"kind\":\"survey\",\"survey\":\"kumin-{year}\","
                               "\"question\":\"news\",\"unit\":\"%\",\"decimals\":1}";
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    struct arena *a = &s->f.mem;
    struct binding b;
    struct value *tree;
    const str key =
        indicator_key(a, STR("区の施策・事業・イベントの情報が届いていると感じる区民の割合"));
    bool is_same;

    if (!json_load(a, STR(JSON), &tree, &s->f.e) || !binding_read(a, tree, &b, &s->f.e)
        || !store_binding_save(s->f.c, &stamp, &(struct indicator_ref){ STR("minamo"), key, 0 },
                               binding_value(a, &b), &is_same, &s->f.e))
        stop("survey binding", s->f.e.text);
}

/* What the register proposes for 令和4年度 was declined. */
static void decline(struct site *s)
{
    const struct stamp stamp = { .who = &STORES_CLERK,
                                 .now_ms = STORES_NOW,
                                 .reason = STR("数え直す") };
    struct arena *a = &s->f.mem;
    struct indicator_body declared;
    struct actual_state state;
    struct measured m;

    if (!store_binding(s->f.c, a, STR("minamo"), STR("facd44f31f26"), &declared, &s->f.e)
        || !store_actual_state(s->f.c, a, &(struct evidence_year){ STR("minamo"), 2022 },
                               &declared, &state, &s->f.e))
        stop("decline", s->f.e.text);
    measure_actual(a,
                   &(struct measure_input){ .def = &state.binding.measure,
                                            .cells = &state.source.cells,
                                            .fiscal_year = 2022,
                                            .today = { 2026, 4, 1 } },
                   &m);
    if (!m.has_value
        || !store_actual_decline(s->f.c, &stamp,
                                 &(struct actual_ref){ STR("minamo"), 2022,
                                                       STR("facd44f31f26") },
                                 measured_value(a, &m, &state.source.evidence), &s->f.e))
        stop("decline", s->f.e.text);
}

/* An indicator of the sample counted from a register; last year's accepted. */
static void binding_enter(struct site *s)
{
    static const char JSON[] = "{\"measure\":{\"kind\":\"register\",\"register\":\"training\","
                               "\"value\":\"ratio\",\"of\":"
                               "[\"taken\",\"eligible\"],\"unit\":\"%\",\"decimals\":1},"
                               "\"quality\":{\"limits\":\"見本\"}}";
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    const struct measured m = { .has_value = true, .value = { 900, 1 }, .unit = STR("%") };
    const struct evidence_of of = { .book = STR("register/training") };
    struct arena *a = &s->f.mem;
    struct binding b;
    struct value *tree;
    bool is_same;

    if (!json_load(a, STR(JSON), &tree, &s->f.e) || !binding_read(a, tree, &b, &s->f.e)
        || !store_binding_save(s->f.c, &stamp,
                               &(struct indicator_ref){ STR("minamo"), STR("facd44f31f26"), 0 },
                               binding_value(a, &b), &is_same, &s->f.e)
        || !store_actual_save(s->f.c, &stamp,
                              &(struct actual_ref){ STR("minamo"), 2023, STR("facd44f31f26") },
                              measured_value(a, &m, &of), &is_same, &s->f.e))
        stop("binding", s->f.e.text);
}

/* The ward council of the sample, with its meetings. */
static void council_enter(struct site *s)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    struct arena *a = &s->f.mem;
    struct council council;
    struct council_save save = { .organisation = STR("minamo"), .council = &council };
    const struct value *list;
    struct value *tree;
    bool is_same;

    if (!json_load(a, load(a, "samples/council/minamo.json"), &tree, &s->f.e)
        || !council_read(a, value_get(tree, STR("council")), &council, &s->f.e)
        || !store_council_save(s->f.c, &stamp, &save, &is_same, &s->f.e))
        stop("council", s->f.e.text);
    list = value_get(tree, STR("meetings"));
    for (const struct value *row = list->first; row; row = row->next) {
        const struct meeting_file paper = { STR("資料1"), STR("1.txt"), STR("運営方針") };
        struct meeting m;
        const struct meeting_save one = { STR("minamo"), &m, { { 0 } }, &paper, 1 };
        struct meeting_saved saved;

        if (!meeting_read(a, value_get(row, STR("meeting")), &m, &s->f.e))
            stop("meeting", s->f.e.text);
        m.fiscal_year = (int)value_int(row, "fiscal_year");
        if (!store_meeting_save(s->f.c, a, &stamp, &one, &saved, &s->f.e))
            stop("meeting", s->f.e.text);
    }
}

/* A voice of the first day, answered and public. */
static void voice_enter(struct site *s)
{
    static const struct voice_piece SAID = { .summary = STR_INIT("灯りが暗い") };
    const struct voice_act acts[] = {
        { .step = VOICE_TRIAGE,
          .part = 1,
          .category = STR("roads"),
          .section = STR("minamo-voices"),
          .summary = STR("灯り") },
        { .step = VOICE_DRAFT, .part = 1, .kind = STR("explain"), .text = STR("付けます。") },
        { .step = VOICE_SUBMIT, .part = 1 },
        { .step = VOICE_APPROVE, .part = 1 },
        { .step = VOICE_PUBLISH, .pieces = &SAID, .piece_count = 1 },
    };
    const struct organisation section = { STR("minamo-voices"), STR("広聴課"), STR("section"),
                                          STR("minamo") };
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    const struct voice_submission one = { .organisation = STR("minamo"),
                                          .stamp = &stamp,
                                          .way = STR("phone"),
                                          .text = STR("公園の灯りが暗い") };
    struct voice_receipt got;

    if (!store_organisation_save(s->f.c, &stamp, &section, &s->f.e)
        || !store_voice_receive(s->f.c, &one, &got, &s->f.e))
        stop("voice", s->f.e.text);
    for (size_t k = 0; k < sizeof acts / sizeof *acts; k++) {
        const struct voice_move move = {
            .ref = { STR("minamo"), got.fiscal_year, got.number, 0 }, .act = &acts[k]
        };
        struct voice_moved moved;

        if (!store_voice_move(s->f.c, &s->f.mem, &stamp, &move, &moved, &s->f.e))
            stop("voice", s->f.e.text);
    }
}

void sites_begin(struct site *s)
{
    struct checkpoint_row signed_head;
    struct timespec now;
    struct form form;

    memset(s, 0, sizeof *s);
    stores_begin(&s->f);
    if (!form_read(&s->f.mem, form_preset(form_preset_id(0)), &form, &s->f.e))
        stop("the first form", s->f.e.text);
    for (int i = 0; i < SITES_SAMPLES; i++)
        import(s, &form, SAMPLES[i][0], SAMPLES[i][1], false);
    import(s, &form, SAMPLES[0][0], SAMPLES[0][1], true);
    evidence_enter(s);
    council_enter(s);
    voice_enter(s);
    binding_enter(s);
    survey_bind(s);
    decline(s);
    if (!store_checkpoint_sign(s->f.c, &s->f.mem, STR("minamo"), STORES_NOW, &signed_head,
                               &s->f.e))
        stop("the log of minamo", s->f.e.text);
    import_survey(s, "kumin-2022");
    import_survey(s, "kumin-2023");
    import_survey(s, "kumin-2024");
    import_survey(s, "iin-2024");
    define_survey(s, "monitor-2024");
    s->config.data = s->f.path;
    clock_gettime(CLOCK_REALTIME, &now);
    s->now_ms = (int64_t)now.tv_sec * 1000;
    if (!app_init(&s->app, &s->config, &s->f.e))
        stop("app_init", s->f.e.text);
}

void sites_end(struct site *s)
{
    app_done(&s->app);
    stores_end(&s->f);
}

struct reply sites_send(struct site *s, const char *method, const char *target,
                        const char *head, str body)
{
    struct arena *a = &s->f.mem;
    AUTO(arena_done) struct arena mem = { 0 };
    str request = str_fmt(a, "%s %s HTTP/1.1\r\nHost: a\r\n%s\r\n", method, target, head);
    struct http_answer answer = { .status = 500 };
    struct http_request r;
    struct reply reply;
    const char *why = "";
    int status;

    if (http_parse(request, &r, &status, &why) != HTTP_READY) {
        app_refuse(&s->app, &mem, status, why, &answer);
    } else {
        r.body = body;
        r.body_len = body.n;
        r.peer = STR("127.0.0.1");
        app_answer(&s->app, &mem, &r, &answer);
    }
    reply.status = answer.status;
    reply.head = str_dup(a, answer.head);
    reply.sent = str_dup(a, answer.body);
    reply.body = answer.is_bare || strcmp(method, "HEAD") == 0 ? (str){ 0 } : reply.sent;
    if (answer.release)
        answer.release(answer.owner);
    return reply;
}

struct reply sites_ask(struct site *s, const char *method, const char *target, const char *head)
{
    return sites_send(s, method, target, head, (str){ 0 });
}

struct reply sites_get(struct site *s, const char *target)
{
    return sites_ask(s, "GET", target, "");
}

/* ---- people ---- */

struct visit sites_visit(struct site *s, const char *login)
{
    struct arena *a = &s->f.mem;
    struct account account = { .login = str_from(login), .name = str_from(login) };
    struct session session = { .created_ms = s->now_ms, .how = STR("password") };
    struct visit v = { 0 };
    str token;

    if (!store_account_add(s->f.c, a, s->now_ms, &account, &s->f.e))
        stop(login, s->f.e.text);
    session.account = account.id;
    if (!store_session_begin(s->f.c, a, &session, &token, &s->f.e))
        stop(login, s->f.e.text);
    v.account = account.id;
    v.cookie = str_fmt(a, "Cookie: meguri=%.*s\r\n", STR_ARG(token));
    v.csrf = token_csrf(a, token);
    return v;
}

void sites_password(struct site *s, str account, const char *password)
{
    const struct new_password p = { .account = account, .password = str_from(password) };

    if (!store_password_set(s->f.c, s->now_ms, &p, &s->f.e))
        stop(password, s->f.e.text);
}

str sites_code(struct site *s, str secret, int64_t now_ms)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned bits = 0, n = 0;
    struct otp_code code;
    struct buf key;

    buf_init(&key, &s->f.mem, OTP_KEY_BYTES, OTP_KEY_BYTES);
    for (size_t i = 0; i < secret.n; i++) {
        bits = bits << 5 | (unsigned)(strchr(LETTERS, secret.p[i]) - LETTERS);
        n += 5;
        if (n < 8)
            continue;
        n -= 8;
        buf_put_char(&key, (char)(bits >> n));
        bits &= (1U << n) - 1;
    }
    code = otp_code(buf_str(&key), otp_step(now_ms));
    return str_dup(&s->f.mem, str_from(code.digits));
}

str sites_factor(struct site *s, str account)
{
    str secret, uri;
    int64_t before_ms = s->now_ms - (int64_t)OTP_SECONDS * 1000;

    if (!store_totp_begin(s->f.c, &s->f.mem, account, &secret, &uri, &s->f.e)
        || !store_totp_confirm(s->f.c, before_ms, account, sites_code(s, secret, before_ms),
                               &s->f.e))
        stop("second factor", s->f.e.text);
    return secret;
}

void sites_grant(struct site *s, str account, enum duty duty, const char *organisation,
                 const char *from, const char *to)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = s->now_ms };
    const struct grant grant = { .organisation = str_from(organisation),
                                 .account = account,
                                 .duty = duty,
                                 .from = str_from(from),
                                 .to = str_from(to) };

    if (!store_grant_save(s->f.c, &stamp, &grant, &s->f.e))
        stop(organisation, s->f.e.text);
}

void sites_section(struct site *s, const char *key, const char *name, const char *ward)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = s->now_ms };
    const struct organisation o = { str_from(key), str_from(name), STR("section"),
                                    str_from(ward) };

    if (!store_organisation_save(s->f.c, &stamp, &o, &s->f.e))
        stop(key, s->f.e.text);
}

struct reply sites_get_as(struct site *s, const struct visit *v, const char *target)
{
    return sites_ask(s, "GET", target, v ? str_c(&s->f.mem, v->cookie) : "");
}

struct reply sites_post_as(struct site *s, const struct visit *v, const char *target,
                           const char *fields)
{
    static const char FORM[] = "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Origin: http://a\r\nSec-Fetch-Site: same-origin\r\n";
    struct arena *a = &s->f.mem;
    const char *head =
        str_c(a, str_fmt(a, "%s%.*s", FORM, STR_ARG(v ? v->cookie : (str){ 0 })));
    str body = v ? str_fmt(a, "csrf=%.*s%s%s", STR_ARG(v->csrf), *fields ? "&" : "", fields)
                 : str_from(fields);

    return sites_send(s, "POST", target, head, body);
}

str reply_header(const struct reply *r, const char *name)
{
    str rest = r->head, line, wanted = str_from(name);

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (str_starts(line, wanted) && str_starts(str_skip(line, wanted.n), STR(": ")))
            return str_trim(str_skip(line, wanted.n + 2));
    }
    return (str){ 0 };
}

/* ---- a year that is worked on ---- */

static void must(struct site *s, bool ok, const char *what)
{
    if (!ok)
        stop(what, s->f.e.text);
}

static void settle_sheets(struct site *s, const struct work_ref *year, const struct stamp *by)
{
    struct sheet_rows rows;

    must(s, store_sheets(s->f.c, &s->f.mem, year, &rows, &s->f.e), "sheets");
    for (uint32_t i = 0; i < rows.count; i++) {
        struct work_ref ref = { year->organisation, year->fiscal_year, rows.rows[i].number };
        struct sheet_act act = { .ref = ref, .step = STEP_PLAN, .action = ACTION_SUBMIT };
        struct sheet_save save = { .ref = ref };
        struct sheet_copy copy;
        struct saved saved;

        must(s, store_sheet(s->f.c, &s->f.mem, &ref, &copy, &s->f.e), "a sheet");
        stores_fill(&s->f.mem, &copy.initiative, STEP_PLAN);
        save.initiative = &copy.initiative;
        save.seen = copy.record;
        must(s, store_sheet_save(s->f.c, &s->f.mem, by, &save, &saved, &s->f.e), "saving");
        act.sheet = saved.record;
        must(s, store_sheet_act(s->f.c, by, &act, &s->f.e), "submitting");
        act.action = ACTION_APPROVE;
        must(s, store_sheet_act(s->f.c, by, &act, &s->f.e), "approving");
    }
}

/* Every fate in turn. */
static void decide_promises(struct site *s, const struct work_ref *year, const struct stamp *by)
{
    static const enum fate FATES[] = { FATE_CARRIED, FATE_ADOPTED, FATE_DROPPED, FATE_DONE };
    struct commitment_rows rows;

    must(s, store_commitments(s->f.c, &s->f.mem, year, false, &rows, &s->f.e), "promises");
    for (uint32_t i = 0; i < rows.count; i++) {
        struct commitment k = rows.rows[i];

        k.fate = FATES[i % 4];
        k.fate_number = 1;
        k.fate_line = STR("窓口での配布");
        k.fate_reason = k.fate == FATE_ADOPTED ? STR("") : STR("理由");
        must(s, store_commitment_decide(s->f.c, by, year, &k, &s->f.e), "deciding");
    }
}

static void propose(struct site *s, const struct work_ref *year, const struct stamp *by)
{
    struct cycle_move m = { .ref = *year, .move = MOVE_PROPOSE, .audit_version = STR("1") };
    struct plan official;
    struct cycle k;

    must(s, store_cycle(s->f.c, &s->f.mem, year, &k, &s->f.e), "the year");
    must(s, store_work_plan(s->f.c, &s->f.mem, year, &official, &m.made_of, &s->f.e), "plan");
    m.seen = k.record;
    m.official = &official;
    must(s, store_cycle_move(s->f.c, &s->f.mem, by, &m, &k, &s->f.e), "proposing");
}

/* The next draft: a sheet sent back, one that waits, a due date that is over. */
static void begin_draft(struct site *s, const struct work_ref *year, const struct stamp *by)
{
    const str due[STEP_COUNT] = { STR("2024-03-01"), STR("2024-10-31"), STR("") };
    static const int FIRST = 1;
    const struct sheet_assign given = { *year, &FIRST, 1, STR("minamo-shimin") };

    must(s, store_cycle_due(s->f.c, by, year, due, &s->f.e), "due dates");
    must(s, store_sheet_assign(s->f.c, by, &given, &s->f.e), "giving");
    for (int number = 1; number <= 2; number++) {
        struct sheet_act act = { { year->organisation, year->fiscal_year, number },
                                 STEP_PLAN,
                                 ACTION_SUBMIT,
                                 { { 0 } } };
        struct sheet_copy copy;

        must(s, store_sheet(s->f.c, &s->f.mem, &act.ref, &copy, &s->f.e), "a sheet");
        act.sheet = copy.record;
        must(s, store_sheet_act(s->f.c, by, &act, &s->f.e), "submitting");
        act.action = ACTION_RETURN;
        must(s, number == 2 || store_sheet_act(s->f.c, by, &act, &s->f.e), "sending back");
    }
}

static void work_years(struct site *s, const struct stamp *stamp)
{
    for (int year = 2025; year <= 2026; year++) {
        const struct cycle_start start = { .ref = { STR("minamo"), year, 0 },
                                           .from_year = year - 1,
                                           .phase = PHASE_DRAFT };

        must(s, store_cycle_start(s->f.c, &s->f.mem, stamp, &start, &s->f.e), "a year");
        if (year == 2025) {
            settle_sheets(s, &start.ref, stamp);
            decide_promises(s, &start.ref, stamp);
            propose(s, &start.ref, stamp);
        } else {
            begin_draft(s, &start.ref, stamp);
        }
    }
}

void sites_work(struct site *s, str account)
{
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, STR("理由") };
    const struct organisation section = { STR("minamo-shimin"), STR("市民協働課"),
                                          STR("section"), STR("minamo") };
    const struct actor planner = { account, STR("planning") };
    const struct stamp own = { &planner, STORES_NOW, STR("") };
    const struct work_ref sheet = { STR("minamo"), 2026, 3 };
    const struct answer answer = { .rule = STR("P1"), .reason = STR("理由") };
    struct catalogue_entry entry = { .name = STR("満足度"),
                                     .population = STR("区民"),
                                     .unit = STR("%"),
                                     .direction = DIRECTION_HIGHER,
                                     .decimals = 1,
                                     .definition = STR("はいと答えた人の割合"),
                                     .valid_from = STR("2024-04-01"),
                                     .is_retired = true };

    must(s, store_organisation_save(s->f.c, &stamp, &section, &s->f.e), "a section");
    must(s, store_catalogue_save(s->f.c, &s->f.mem, &stamp, STR("minamo"), &entry, &s->f.e),
         "the catalogue");
    for (int d = 0; d < DUTY_COUNT; d++) {
        const struct grant g = { .organisation = STR("minamo"),
                                 .account = account,
                                 .duty = (enum duty)d,
                                 .from = STR("2020-04-01") };

        must(s, store_grant_save(s->f.c, &stamp, &g, &s->f.e), "a duty");
    }
    work_years(s, &stamp);
    must(s, store_answer_save(s->f.c, &own, &sheet, &answer, &s->f.e), "an answer");
}
