/* Templates and handlers know the same names: every name that a template asks for is in the
 * trees of its handler, and every value that a handler provides is shown, or stands in the list
 * of what is for the .json twin alone. */
#include "sites.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "forms.h"
#include "web/dispatch.h"
#include "web/fields.h"
#include "web/route.h"

#include <assert.h>

static struct site site;

enum { NAMES_MAX = 8000 };

/* A set of short texts, each with the place where it was seen first. */
struct names {
    str name[NAMES_MAX];
    bool is_used[NAMES_MAX];
    int count;
};

static struct names provided, missing;

static int names_add(struct names *n, str name)
{
    for (int i = 0; i < n->count; i++) {
        if (str_eq(n->name[i], name))
            return i;
    }
    assert(n->count < NAMES_MAX);
    n->name[n->count] = str_dup(&site.f.mem, name);
    return n->count++;
}

/* ---- what was looked at: values of the tree at hand ---- */

struct looked {
    const struct value *at[200000];
    int count;
    const char *template;
};

static struct looked looked;

static void look(void *ctx, str name, const struct value *found)
{
    (void)ctx;
    if (found)
        looked.at[looked.count++] = found;
    else
        names_add(&missing, str_fmt(&site.f.mem, "%s: %.*s", looked.template, STR_ARG(name)));
}

static int by_address(const void *a, const void *b)
{
    const struct value *const *x = a, *const *y = b;

    return (*x > *y) - (*x < *y);
}

static bool was_looked_at(const struct value *v)
{
    return bsearch(&v, looked.at, (size_t)looked.count, sizeof looked.at[0], by_address)
           != NULL;
}

/* What every page has comes from common code: shown by one template, it is shown. Its paths are
 * counted under "*". */
static str counted_as(str path)
{
    str place, rest = str_cut(path, ':', &place);

    if (str_starts(rest, STR(" page.")) || str_starts(rest, STR(" pages.")))
        return str_fmt(&site.f.mem, "*:%.*s", STR_ARG(rest));
    return path;
}

static str key_of(str path)
{
    str rest = path, piece = path;

    while (rest.n)
        rest = str_cut(rest, '.', &piece);
    return piece;
}

/* Paths of everything in the tree: "year: initiatives[].title". A list or map is used when
 * something in it is; one that is not used at all stands for all of its content. */
static bool collect(const struct value *v, str path)
{
    bool is_used = was_looked_at(v);
    int own = -1;

    if (!str_ends(path, STR(" ")) && !str_ends(path, STR("[]")))
        own = names_add(&provided, counted_as(path));
    for (const struct value *c = v->first; c; c = c->next) {
        const char *join = str_ends(path, STR(" ")) ? "" : ".";
        str below = v->kind == VALUE_LIST ? str_fmt(&site.f.mem, "%.*s[]", STR_ARG(path))
                                          : str_fmt(&site.f.mem, "%.*s%s%.*s", STR_ARG(path),
                                                    join, STR_ARG(c->key));

        is_used = collect(c, below) || is_used;
    }
    if (own >= 0)
        provided.is_used[own] = provided.is_used[own] || is_used;
    return is_used;
}

/* The tree of a page, as the dispatcher hands it to the template, and the template walked over
 * it. */
static struct person person = {
    .name = STR_INIT("職員"),
    .login = STR_INIT("staff"),
    .session = { .how = STR_INIT("password") },
    .is_confirmed = true,
    .duties = DUTIES_ALL,
};

static void tree_watch(const struct req *r, const char *path, const struct value *page)
{
    const struct render_watch watch = { look, NULL };
    struct err e = { 0 };
    struct buf out;

    buf_init(&out, r->mem, 1 << 16, LIMIT_ANSWER_BYTES);
    looked.count = 0;
    looked.template = r->route->template;
    if (!render_html_watched(&out, site.app.assets.templates, str_from(r->route->template),
                             page, &watch, &e)) {
        printf("# %s: %s\n", path, e.text);
        CHECK(false && "the tree of a page fits its template");
    }
    qsort(looked.at, (size_t)looked.count, sizeof looked.at[0], by_address);
    collect(page, str_fmt(&site.f.mem, "%s: ", r->route->template));
}

static void page_watch(const struct route *route, const char *path, enum lang lang)
{
    struct req r = { .mem = &site.f.mem,
                     .db = site.f.c,
                     .lang = lang,
                     .now_ms = STORES_NOW,
                     .id = STR("1"),
                     .csrf = STR("c"),
                     .config = &site.config,
                     .scales = &site.app.scales,
                     .assets = &site.app.assets,
                     .is_lang_chosen = lang == LANG_EN };
    struct value *page = value_map(r.mem);
    unsigned allowed;
    struct err e = { 0 };

    CHECK(target_parse(r.mem, str_from(path), &r.target, &e));
    r.at_day = target_param(&r.target, "at");
    r.at = r.at_day.n ? STORES_NOW + STORES_DAY : 0;
    r.route = route_find(METHOD_GET, r.target.path, r.params, &allowed);
    CHECK(r.route == route);
    r.person = route->who == NEED_PUBLIC ? NULL : &person;
    common_put(&r, page);
    if (!route->page(&r, page, &e)) {
        printf("# %s: %s\n", path, e.text);
        CHECK(false && "the example of a route gives a page");
        return;
    }
    tree_watch(&r, path, page);
}

/* A form that is sent, and the page that comes of it. */
static void act_watch(const char *path, const char *fields)
{
    struct body body = { .kind = BODY_URLENCODED, .bytes = str_from(fields) };
    struct req r = { .mem = &site.f.mem,
                     .db = site.f.c,
                     .now_ms = STORES_NOW,
                     .id = STR("1"),
                     .csrf = STR("c"),
                     .door_key = STR("key"),
                     .address = STR("127.0.0.1"),
                     .intake = &site.app.intake,
                     .flood = site.app.flood,
                     .config = &site.config,
                     .person = &person,
                     .scales = &site.app.scales,
                     .assets = &site.app.assets };
    struct value *page = value_map(r.mem);
    struct form_data form;
    struct outcome out = { 0 };
    struct err e = { 0 };
    unsigned allowed;

    CHECK(target_parse(r.mem, str_from(path), &r.target, &e));
    r.route = route_find(METHOD_POST, r.target.path, r.params, &allowed);
    CHECK(r.route && body_read(r.mem, &body, &form, &e));
    r.form = &form;
    common_put(&r, page);
    if (!fields_check(&r, &form, &e) || !r.route->act(&r, page, &out, &e)) {
        printf("# %s: %s\n", path, e.text);
        CHECK(false && "the example of a form gives a page");
    } else if (!out.location.n && !out.carried.to.n) {
        act_errors_put(&r, page);
        tree_watch(&r, path, page);
    }
}

static const struct route *route_of(const char *path)
{
    struct target t;
    struct err e;
    str params[ROUTE_PARAMS_MAX];
    unsigned allowed;

    return target_parse(&site.f.mem, str_from(path), &t, &e)
               ? route_find(METHOD_GET, t.path, params, &allowed)
               : NULL;
}

/* Each record of the log is a page of its own kind: a plan, an initiative, an organisation. */
static void records_watch(const struct route *route)
{
    const struct history all = { .is_public = true, .page = { 0, 100 } };
    struct record_rows rows;
    struct err e;

    CHECK(store_history(site.f.c, &site.f.mem, &all, &rows, &e));
    for (uint32_t i = 0; i < rows.count; i++) {
        struct buf path;

        buf_init(&path, &site.f.mem, 80, 80);
        buf_put(&path, STR("/records/"));
        hash_put(&path, rows.rows[i].hash);
        page_watch(route, str_c(&site.f.mem, buf_str(&path)), LANG_JA);
    }
}

static void indicators_watch(const struct initiative *i)
{
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        struct buf path;

        buf_init(&path, &site.f.mem, 80, 80);
        buf_put(&path, STR("/o/minamo/i/"));
        buf_put(&path, indicator_key(&site.f.mem, i->indicators[k].name.v));
        page_watch(route_of(str_c(&site.f.mem, buf_str(&path))),
                   str_c(&site.f.mem, buf_str(&path)), LANG_JA);
    }
}

/* Every sheet and every indicator of three years. */
static void years_watch(void)
{
    for (int year = 2022; year <= 2024; year++) {
        const struct plan_ref ref = { STR("minamo"), year, 0 };
        struct plan plan;
        struct err e;

        CHECK(store_plan(site.f.c, &site.f.mem, &ref, &plan, &e));
        for (uint32_t i = 0; i < plan.initiative_count; i++) {
            const char *path =
                str_c(&site.f.mem, str_fmt(&site.f.mem, "/o/minamo/%d/%u", year, i + 1));

            page_watch(route_of(path), path, LANG_JA);
            indicators_watch(&plan.initiatives[i]);
        }
    }
}

/* One entry of a register: saved just now, asked about, with something wrong in each field. */
static void entry_watch(void)
{
    const struct book_ref ref = { STR("minamo"), STR("register/training") };
    struct arena *a = &site.f.mem;
    struct register_entry last;
    struct register_def d;
    struct hash record;
    struct err e;
    const char *saved, *one;

    NEED(store_book(site.f.c, a, &ref, &d, &record, &e)
         && store_entry_last(site.f.c, a, &(struct open_book){ ref, &d }, &last, &e));
    saved = str_c(a, str_fmt(a, "/w/minamo/evidence/training?saved=%.*s", STR_ARG(last.id)));
    one = str_c(a, str_fmt(a, "/w/minamo/evidence/training/%.*s", STR_ARG(last.id)));
    page_watch(route_of(saved), saved, LANG_JA);
    act_watch("/w/minamo/evidence/training",
              str_c(a,
                    str_fmt(a, "v.date=%.*s&v.title=%.*s&v.section=%.*s&v.eligible=9&v.taken=9",
                            STR_ARG(last.values[0].v), STR_ARG(last.values[1].v),
                            STR_ARG(last.values[3].v))));
    act_watch(one, "v.date=2024-06-03&v.title=a&v.eligible=1&v.taken=2&why=&seen=1");
    act_watch(one, "v.date=x&why=a&seen=1");
    act_watch(str_c(a, str_fmt(a, "%s/void", one)), "why_void=&seen=1");
}

static void all_watch(void)
{
    struct web_route_info info;

    for (size_t i = 0; web_route_at(&site.f.mem, i, site.f.path, &info); i++) {
        const char *path = str_c(&site.f.mem, info.example);
        const struct route *route = route_of(path);

        if (!info.is_page || !route || !str_eq(info.method, STR("GET")))
            continue;
        page_watch(route, path, LANG_JA);
        page_watch(route, path, LANG_EN);
        if (str_starts(info.path, STR("/records/")))
            records_watch(route);
    }
    for (size_t i = 0; i < sizeof MORE / sizeof MORE[0]; i++)
        page_watch(route_of(MORE[i]), MORE[i], LANG_JA);
    years_watch();
    entry_watch();
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++)
        act_watch(FORMS[i][0], FORMS[i][1]);
}

static void session_add(str account)
{
    const struct session s = { .account = account,
                               .created_ms = STORES_NOW - 1000,
                               .agent = STR("Firefox"),
                               .address = STR("192.0.2.1"),
                               .how = STR("password") };
    str token;

    CHECK(store_session_begin(site.f.c, &site.f.mem, &s, &token, &site.f.e));
}

/* Somebody who stands in for another. */
static void deputy_make(str principal)
{
    const struct visit deputy = sites_visit(&site, "deputy");
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, STR("休暇") };
    const struct grant g = { .organisation = STR("minamo"),
                             .account = deputy.account,
                             .duty = DUTY_EDITOR,
                             .from = STR("2024-04-01"),
                             .to = STR("2024-04-30"),
                             .deputy_of = principal };

    CHECK(store_grant_save(site.f.c, &stamp, &g, &site.f.e));
}

/* The pages of one person, with something wrong in each field. */
static void forms_of_person_watch(str page)
{
    struct arena *a = &site.f.mem;
    const char *own = str_c(a, page);

    act_watch(own, "login=a%0Ab&name=a%0Ab&mail=a%0Ab");
    act_watch(str_c(a, str_fmt(a, "%s/password", own)), "");
    act_watch(str_c(a, str_fmt(a, "%s/duty", own)),
              "organisation=a%0Ab&duty=a%0Ab&from=a&to=b&deputy=a%0Ab&reason=a%0Ab");
}

/* ---- a year in work, with a sheet in which something of everything stands ---- */

static struct work_ref sheet_ref(void)
{
    return (struct work_ref){ STR("minamo"), 2024, 1 };
}

static struct sheet_copy sheet_now(void)
{
    const struct work_ref ref = sheet_ref();
    struct sheet_copy s = { 0 };

    CHECK(store_sheet(site.f.c, &site.f.mem, &ref, &s, &site.f.e));
    return s;
}

static void sheet_say(const char *purpose)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    const struct sheet_copy now = sheet_now();
    struct initiative i = now.initiative;
    const struct sheet_save save = { .ref = sheet_ref(),
                                     .step = STEP_PLAN,
                                     .seen = now.record,
                                     .initiative = &i,
                                     .section = now.section };
    struct saved saved;

    i.purpose.v = str_from(purpose);
    i.planned[1].text.v = str_from(purpose);
    CHECK(store_sheet_save(site.f.c, &site.f.mem, &stamp, &save, &saved, &site.f.e));
}

static void step_say(enum step_action action, const char *reason)
{
    const struct stamp stamp = { &STORES_CLERK, STORES_NOW, str_from(reason) };
    const struct sheet_act act = { sheet_ref(), STEP_PLAN, action, sheet_now().record };

    CHECK(store_sheet_act(site.f.c, &stamp, &act, &site.f.e));
}

static void year_begin(void)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = STORES_NOW };
    const struct work_ref ref = sheet_ref();
    const struct cycle_start start = { .ref = { STR("minamo"), 2024, 0 },
                                       .from_year = 2024,
                                       .phase = PHASE_DRAFT };
    const struct cycle_start past = { .ref = { STR("minamo"), 2023, 0 },
                                      .from_year = 2023,
                                      .phase = PHASE_PUBLISHED };
    const struct plan_ref plan = { STR("minamo"), 2024, 0 };
    struct answer answer = { .number = 1, .reason = STR("ことし始めたため") };
    struct finding_rows found;
    const str due[STEP_COUNT] = { STR("2024-03-01"), STR("2024-10-31"), STR("2025-04-30") };

    CHECK(store_cycle_start(site.f.c, &site.f.mem, &stamp, &start, &site.f.e));
    CHECK(store_cycle_start(site.f.c, &site.f.mem, &stamp, &past, &site.f.e));
    CHECK(store_findings(site.f.c, &site.f.mem, &plan, 1, &found, &site.f.e) && found.count);
    answer.rule = found.rows[0].rule;
    answer.subject = found.rows[0].subject;
    CHECK(store_cycle_due(site.f.c, &stamp, &ref, due, &site.f.e));
    CHECK(store_answer_save(site.f.c, &stamp, &ref, &answer, &site.f.e));
    step_say(ACTION_SUBMIT, "");
    page_watch(route_of("/w/minamo/2024/1"), "/w/minamo/2024/1", LANG_JA);
    step_say(ACTION_RETURN, "目標の年度を確かめてください。");
}

/* Two changed the same blank, and the same row: all three texts are asked. */
static void conflict_watch(void)
{
    struct buf fields;

    buf_init(&fields, &site.f.mem, 400, 1000);
    buf_put_c(&fields, "do=save&purpose=mine&title=&activity=p1&seen=");
    hash_put(&fields, sheet_now().record);
    sheet_say("theirs");
    act_watch("/w/minamo/2024/1/plan", str_c(&site.f.mem, buf_str(&fields)));
    sheet_say("");
    page_watch(route_of("/w/minamo/2024/1"), "/w/minamo/2024/1", LANG_JA);
    page_watch(route_of("/w/minamo/2024/1/plan"), "/w/minamo/2024/1/plan", LANG_JA);
}

/* An answer by invitation, up to the page that asks to confirm it. */
static void answer_watch(void)
{
    const struct survey_ref ref = { STR("minamo"), STR("monitor-2024"), 0 };
    const char *path = "/o/minamo/surveys/monitor-2024/answer";
    struct arena *a = &site.f.mem;
    str code;

    CHECK(store_survey_invite(site.f.c, a, &ref, 1, &code, &site.f.e));
    act_watch(path, str_c(a, str_fmt(a, "code=%.*s&do=next&q.q1=0", STR_ARG(code))));
    act_watch(path,
              str_c(a, str_fmt(a, "code=%.*s&do=next&s.sex=1&s.q1=1&s.q2=1&q.q1=0&c.q2-0=1",
                               STR_ARG(code))));
    act_watch(path, str_c(a, str_fmt(a,
                                     "code=%.*s&do=next&q.q1=0&c.q2-0=1&c.q2-1=1&c.q2-2=1"
                                     "&c.q2-3=1",
                                     STR_ARG(code))));
    act_watch(path,
              str_c(a, str_fmt(a, "code=%.*s&do=send&s.sex=1&s.q1=1&q.q1=2", STR_ARG(code))));
}

/* A survey worked on in the browser: its form, its desk with everything that can wait there,
 * its counts by hand. */
static void survey_desk_watch(void)
{
    for (size_t i = 0; i < sizeof SURVEY_FORMS / sizeof SURVEY_FORMS[0]; i++)
        act_watch(SURVEY_FORMS[i][0], SURVEY_FORMS[i][1]);
    for (size_t i = 0; i < sizeof SURVEY_PAGES / sizeof SURVEY_PAGES[0]; i++)
        page_watch(route_of(SURVEY_PAGES[i]), SURVEY_PAGES[i], LANG_JA);
}

#include "watch_voices.h"

/* ---- voices in public ---- */

/* Sends one by the public door, and what its receipt shows: waiting, answered, asked again. */
static void receipt_watch(void)
{
    static const char FORM[] = "number=%d-%06d&secret=%s%s";
    const struct stamp stamp = { .who = &ACTOR_RESIDENT, .now_ms = VOICES_NOW };
    const struct voice_submission one = { .organisation = STR("minamo"),
                                          .stamp = &stamp,
                                          .category = STR("roads"),
                                          .text = STR("灯りが暗い"),
                                          .nonce = voice_nonce(&site.f.mem) };
    struct voice_receipt got;
    struct arena *a = &site.f.mem;
    const char *open, *again;

    CHECK(store_voice_receive(site.f.c, &one, &got, &site.f.e));
    open = str_c(a, str_fmt(a, FORM, got.fiscal_year, got.number, got.secret, ""));
    again = str_c(a, str_fmt(a, FORM, got.fiscal_year, got.number, got.secret, "&text="));
    act_watch("/o/minamo/voices/receipt", open);
    voice_triage(&site, got.number, "灯り");
    voice_answer(&site, got.number, 1, "付けます。", VOICE_APPROVE);
    voice_step(&site, got.number, "予算がない",
               (struct voice_act){ .step = VOICE_FATE, .part = 1, .status = STR("declined") });
    act_watch("/o/minamo/voices/receipt", open);
    act_watch("/o/minamo/voices/receipt/reopen", again);
    act_watch("/o/minamo/voices/receipt/reopen",
              str_c(a, str_fmt(a, FORM, got.fiscal_year, got.number, got.secret, "&text=a")));
}

/* Of the voices above one is withheld; two become public, one of them with its links. */
static void opinions_make(void)
{
    const struct voice_piece said[] = { { .summary = STR("番号札がほしい") } };

    for (int i = 3; i <= 4; i++)
        voice_step(&site, i, "",
                   (struct voice_act){
                       .step = VOICE_PUBLISH, .pieces = said, .piece_count = 1 });
    voice_step(&site, 3, "",
               (struct voice_act){ .step = VOICE_LINK,
                                   .part = 1,
                                   .link = { LINK_INITIATIVE, 2024, 1, STR(""), STR("") } });
    voice_step(&site, 3, "",
               (struct voice_act){ .step = VOICE_FATE,
                                   .part = 1,
                                   .status = STR("adopted"),
                                   .fate_year = 2024 });
}

static void opinions_watch(void)
{
    static const char *const PAGES[] = {
        "/o/minamo/voices",
        "/o/minamo/voices?year=2025&door=box&category=counter&stage=answered&q=zzz",
        "/o/minamo/voices?year=2025&q=%E7%95%AA%E5%8F%B7",
        "/o/minamo/voices/2025/2",
        "/o/minamo/voices/2025/3",
        "/o/minamo/voices/2025/4",
        "/o/minamo/voices/box/2025-05",
        "/o/minamo/council/2024/2",
        "/o/komorebi/voices",
        "/o/komorebi/council",
        "/w/komorebi/council",
    };

    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++)
        page_watch(route_of(PAGES[i]), PAGES[i], LANG_JA);
    act_watch("/o/minamo/voices/new",
              "key=0123456789abcdef0123456789abcdef&text=a&contact=&category=roads");
}

static void every_name_of_a_template_is_in_its_trees(void)
{
    for (int i = 0; i < missing.count; i++)
        printf("# asked for in vain, %.*s\n", STR_ARG(missing.name[i]));
    CHECK(missing.count == 0);
}

/* A line of the list is "year: a.b[].c", "*: a.b[].c" for any template, or "c", a key wherever
 * it stands. */
static bool is_excused_by(str line, str name)
{
    str place, path = str_cut(name, ':', &place);

    if (str_starts(line, STR("*:")))
        return str_eq(str_skip(line, 2), path);
    return str_eq(line, name) || str_eq(line, key_of(str_trim(path)));
}

static bool is_for_the_twin(str list, str name)
{
    str rest = list, line;

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (line.n && line.p[0] != '#' && is_excused_by(line, name))
            return true;
    }
    return false;
}

/* Is something above it unused as a whole? Then that is said once. */
static bool is_below_unused(str name)
{
    for (int i = 0; i < provided.count; i++) {
        str above = provided.name[i];

        if (!provided.is_used[i] && name.n > above.n && str_starts(name, above)
            && (name.p[above.n] == '.' || name.p[above.n] == '['))
            return true;
    }
    return false;
}

static void every_value_is_shown_or_meant_for_the_twin(void)
{
    enum { ROOM = 1 << 16 };
    char *list = arena_bytes(&site.f.mem, ROOM);
    FILE *f = fopen("test/unit/twin_only.txt", "r");
    size_t n = f ? fread(list, 1, ROOM, f) : 0;
    int unused = 0;

    if (f)
        fclose(f);
    for (int i = 0; i < provided.count; i++) {
        if (provided.is_used[i] || is_for_the_twin((str){ list, n }, provided.name[i])
            || is_below_unused(provided.name[i]))
            continue;
        printf("# never shown: %.*s\n", STR_ARG(provided.name[i]));
        unused++;
    }
    CHECK(unused == 0);
}

/* The list may not outlive what it excuses. */
static void nothing_on_the_list_of_the_twin_is_shown_or_gone(void)
{
    FILE *f = fopen("test/unit/twin_only.txt", "r");
    char line[200];

    while (f && fgets(line, sizeof line, f)) {
        bool is_needed = false;

        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !line[0])
            continue;
        for (int i = 0; i < provided.count && !is_needed; i++)
            is_needed =
                !provided.is_used[i] && is_for_the_twin(str_from(line), provided.name[i]);
        if (!is_needed)
            printf("# stands on the list for nothing: %s\n", line);
        CHECK(is_needed);
    }
    if (f)
        fclose(f);
}

int main(void)
{
    struct visit factor, staff;
    str page;

    sites_begin(&site);
    factor = sites_visit(&site, "factor");
    sites_password(&site, factor.account, "a-long-passphrase-of-mine");
    (void)sites_factor(&site, factor.account);
    sites_grant(&site, factor.account, DUTY_EDITOR, "komorebi", "2024-04-01", "");
    staff = sites_visit(&site, "staff");
    sites_grant(&site, staff.account, DUTY_ADMINISTRATOR, "minamo", "2024-04-01", "");
    sites_grant(&site, staff.account, DUTY_EDITOR, "minamo", "2024-04-01", "");
    deputy_make(staff.account);
    sites_work(&site, staff.account);
    person.account = staff.account;
    page_watch(route_of("/account/factor"), "/account/factor?to=/o/minamo", LANG_JA);
    sites_password(&site, staff.account, "another-long-passphrase");
    (void)sites_factor(&site, staff.account);
    session_add(staff.account);
    session_add(staff.account);
    person.session.account = staff.account;
    page = str_fmt(&site.f.mem, "/people/%.*s", STR_ARG(staff.account));
    year_begin();
    voice_make();
    voices_alike_make();
    voice_forms_watch();
    voice_publish();
    opinions_make();
    opinions_watch();
    receipt_watch();
    all_watch();
    conflict_watch();
    answer_watch();
    survey_desk_watch();
    page_watch(route_of(str_c(&site.f.mem, page)), str_c(&site.f.mem, page), LANG_JA);
    forms_of_person_watch(page);
    RUN(every_name_of_a_template_is_in_its_trees);
    RUN(every_value_is_shown_or_meant_for_the_twin);
    RUN(nothing_on_the_list_of_the_twin_is_shown_or_gone);
    sites_end(&site);
    return DONE();
}
