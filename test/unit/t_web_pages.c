/* What a reader finds on the pages, from a document to the value tree: a small invented sheet
 * is read, judged, stored, changed two days later and stored again. */
#include "audit/audit.h"
#include "ingest/ingest.h"
#include "web/app.h"
#include "web/pages.h"
#include "web/route.h"

#include "check.h"
#include "stores.h"

#include <string.h>

/* Two initiatives in the published form; %s is a target, another the meetings held. */
#define DOCUMENT                                                                          \
    "令和5年度 みなも区運営方針\n"                                                        \
    "取組項目1\n"                                                                         \
    "【窓口の改善】\n"                                                                    \
    "取組の方針・目標内容\t当年度の取組内容\n"                                            \
    "<p>(趣旨・目的) 待たせない窓口にする。</p> <p>(取組の概要) 窓口の改善</p> "          \
    "<p>(目標) ・窓口の満足度 【5年度】 %s%% (4年度実績:70.5%%)</p>"                      \
    "<p>&lt;その他区政推進プランに関する目標&gt; ・待ち時間の平均 【5年度】 18分以下 "    \
    "(4年度実績:21分) ・電話の応答率 【5年度】 95%% (4年度実績:93%%)</p>\t"               \
    "<p>(取組内容) ・向上委員会の開催(24回) ・案内表示の点検(随時) ・来庁者への聞き取り"  \
    "(2回)</p>\n"                                                                         \
    "自己評価\t当年度の取組実績及び目標の達成状況\t課題と改善策\n"                        \
    "<p>(取組実績) ・向上委員会の開催(%s) ・案内表示の点検(随時) ・転入者への案内(300枚)" \
    "</p> <p>(目標の達成状況) ・窓口の満足度 81.0%% ・待ち時間の平均 17分</p>"            \
    "<p>○ ○:目標達成 ×:目標未達成</p>\t待ち時間は短くなった。\n"                          \
    "取組項目2\n"                                                                         \
    "【収納率の向上】\n"                                                                  \
    "取組の方針・目標内容\t当年度の取組内容\n"                                            \
    "<p>(趣旨・目的) 負担の公平を守る。</p> <p>(取組の概要) 収納率の向上</p> "            \
    "<p>(目標) ・収納率 【5年度】 88.40%% (4年度実績:88.12%%)</p>\t"                      \
    "<p>(取組内容) ・夜間の納付相談(12日)</p>\n"                                          \
    "自己評価\t当年度の取組実績及び目標の達成状況\t課題と改善策\n"                        \
    "<p>(取組実績) ・夜間の納付相談(12日)</p> <p>(目標の達成状況) ・収納率 88.31%%</p>"   \
    "<p>× ○:目標達成 ×:目標未達成</p>\t案内を早める。\n"

static const str WARD = STR_INIT("minamo");

/* ---- a store with the document in it ---- */

static bool document_store(struct fixture *f, str text, int64_t now_ms)
{
    const struct stamp stamp = { &STORES_CLERK, now_ms, STR("照合") };
    struct plan plan;
    struct form form;
    struct findings found;
    struct import_report report;
    struct audit_input in = { .plan = &plan };
    struct import_item item = { .plan = &plan,
                                .organisation_name = STR("みなも区"),
                                .state = STR("published"),
                                .audit_version = STR("1"),
                                .bytes = text };
    const struct import_batch batch = { &item, 1, true };
    str decoded;

    if (!form_read(&f->mem, form_preset(STR("osaka-ward-2019")), &form, &f->e)
        || !ingest_document(&f->mem, &form,
                            &(struct document_source){ STR("sheet.txt"), text, { { 0 }, 0 } },
                            &plan, &decoded, &f->e))
        return false;
    plan.organisation_code = WARD;
    plan.source_hash = hash_bytes(text);
    audit_link(&f->mem, &plan);
    audit_plan(&f->mem, &in, &found);
    item.findings = found.items;
    item.finding_count = found.count;
    return store_import(f->c, &f->mem, &stamp, &batch, &report, &f->e);
}

static bool store_fill(struct fixture *f)
{
    bool fine;

    stores_begin(f);
    fine = document_store(f, str_fmt(&f->mem, DOCUMENT, "80", "17回"), STORES_NOW)
           && document_store(f, str_fmt(&f->mem, DOCUMENT, "85", "20回"),
                             STORES_NOW + 2 * (int64_t)STORES_DAY);
    if (!fine)
        printf("# %s\n", f->e.text);
    return fine;
}

/* ---- a page of it ---- */

/* Asks for a path as the dispatcher would; NULL (and f->e) when the page refuses. */
static struct value *page_get(struct fixture *f, enum lang lang, as_of at, const char *target)
{
    struct req r = { .mem = &f->mem,
                     .db = f->c,
                     .lang = lang,
                     .at = at,
                     .now_ms = STORES_NOW + 3 * (int64_t)STORES_DAY };
    struct value *page = value_map(&f->mem);
    struct assets assets;
    struct scales scales;
    unsigned allowed;

    assets_builtin(&f->mem, &assets);
    scales_read(&f->mem, &scales);
    r.assets = &assets;
    r.scales = &scales;
    if (!target_parse(&f->mem, str_from(target), &r.target, &f->e))
        return NULL;
    r.route = route_find(METHOD_GET, r.target.path, r.params, &allowed);
    if (!r.route)
        return NULL;
    common_put(&r, page);
    return r.route->page(&r, page, &f->e) ? page : NULL;
}

/* "initiatives.0.goals.0.target" of a tree. */
static const struct value *at(const struct value *v, const char *path)
{
    str rest = str_from(path), piece;

    while (v && rest.n) {
        dec n;

        rest = str_cut(rest, '.', &piece);
        if (!dec_parse(piece, &n)) {
            v = value_get(v, piece);
            continue;
        }
        for (v = v->first; v && n.n > 0; n.n--)
            v = v->next;
    }
    return v;
}

static const char *text_at(struct fixture *f, const struct value *page, const char *path)
{
    const struct value *v = at(page, path);

    if (!v)
        return "(nothing there)";
    if (v->kind == VALUE_INT)
        return str_c(&f->mem, str_fmt(&f->mem, "%lld", (long long)v->number));
    return v->kind == VALUE_TEXT || v->kind == VALUE_MARKUP ? str_c(&f->mem, v->text) : "";
}

static bool html_has(struct fixture *f, const struct value *page, const char *template,
                     enum lang lang, const char *words)
{
    struct buf html;

    buf_init(&html, &f->mem, 4096, 1 << 22);
    return page && render_html(&html, str_from(template), page, lang, &f->e)
           && str_find(buf_str(&html), str_from(words)) >= 0;
}

/* ---- the year ---- */

static void the_sentence_of_a_year_says_what_its_table_shows(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023");

    CHECK_STR(text_at(&f, page, "sentence"),
              "2つの取組のうち達成0、未達成2。指標4のうち結果があるのは3。");
    CHECK_STR(text_at(&f, page, "initiatives.0.goals.0.verdict"), "not_met");
    CHECK_STR(text_at(&f, page, "initiatives.1.goals.0.verdict"), "not_met");
    CHECK_STR(text_at(&f, page, "initiatives.0.mark"), "met");
    CHECK_STR(text_at(&f, page, "without_result.0.indicators.0.name"), "電話の応答率");
    CHECK(at(page, "indicators") && at(page, "indicators")->count == 4);
    CHECK(html_has(&f, page, "year", LANG_JA,
                   "2つの取組のうち達成0、未達成2。指標4のうち結果があるのは3。"));
}

static void an_older_day_shows_what_was_known_on_it(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const as_of day_after = STORES_NOW + STORES_DAY;
    const struct value *then = page_get(&f, LANG_JA, day_after, "/o/minamo/2023");
    const struct value *now = page_get(&f, LANG_JA, 0, "/o/minamo/2023");

    CHECK_STR(text_at(&f, then, "initiatives.0.goals.0.target"), "80");
    CHECK_STR(text_at(&f, then, "initiatives.0.goals.0.verdict"), "met");
    CHECK_STR(text_at(&f, then, "sentence"),
              "2つの取組のうち達成1、未達成1。指標4のうち結果があるのは3。");
    CHECK_STR(text_at(&f, now, "initiatives.0.goals.0.target"), "85");
    CHECK(!page_get(&f, LANG_JA, STORES_NOW - STORES_DAY, "/o/minamo/2023"));
    CHECK(f.e.code == ERR_NOT_FOUND);
}

/* What a page of now said on the first day, the same page says of that day later. */
static void lists_search_and_history_are_those_of_the_day(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const as_of day_after = STORES_NOW + STORES_DAY;
    const struct value *then, *now;

    then = page_get(&f, LANG_JA, day_after, "/");
    CHECK_STR(text_at(&f, then, "organisations.0.years.0.met"), "2");
    now = page_get(&f, LANG_JA, 0, "/");
    CHECK_STR(text_at(&f, now, "organisations.0.years.0.met"), "1");
    CHECK(at(then, "changes")->count == 1 && at(now, "changes")->count == 2);

    then = page_get(&f, LANG_JA, day_after, "/o/minamo/2023/history");
    now = page_get(&f, LANG_JA, 0, "/o/minamo/2023/history");
    CHECK(at(then, "entries")->count == 1 && at(now, "entries")->count == 2);
    CHECK_STR(text_at(&f, then, "tree.size"), "6");

    then = page_get(&f, LANG_JA, day_after, "/search?q=80%25");
    CHECK_STR(text_at(&f, then, "pages.total"), "1");
    now = page_get(&f, LANG_JA, 0, "/search?q=80%25");
    CHECK_STR(text_at(&f, now, "pages.total"), "0");
}

static void a_day_before_everything_says_when_there_is_something(void)
{
    static const struct {
        const char *path, *template;
    } PAGES[] = { { "/", "home" },
                  { "/o/minamo", "organisation" },
                  { "/o/minamo/2023/history", "history" },
                  { "/search?q=a", "search" } };
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));

    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        const struct value *page =
            page_get(&f, LANG_JA, STORES_NOW - STORES_DAY, PAGES[i].path);

        CHECK_STR(text_at(&f, page, "early.day"), "2024-04-01");
        CHECK(html_has(&f, page, PAGES[i].template, LANG_JA,
                       "いちばん古い記録は 2024-04-01 のものです"));
        CHECK(at(page_get(&f, LANG_JA, STORES_NOW, PAGES[i].path), "early")->kind
              == VALUE_NULL);
    }
    CHECK(!page_get(&f, LANG_JA, STORES_NOW - STORES_DAY, "/o/minamo/2023"));
    CHECK(strstr(f.e.text, "2024-04-01 からあります"));
    CHECK(!page_get(&f, LANG_JA, STORES_NOW - STORES_DAY, "/o/nobody"));
    CHECK(f.e.code == ERR_NOT_FOUND);
}

/* ---- versions ---- */

static const char *hash_of(struct fixture *f, const char *entity, uint32_t number)
{
    const struct versions_asked what = { WARD, str_from(entity), 0, 10 };
    struct record_rows rows;
    struct buf b;

    CHECK(store_versions(f->c, &f->mem, &what, &rows, &f->e) && number < rows.count);
    buf_init(&b, &f->mem, 64, 64);
    hash_put(&b, rows.rows[number].hash);
    return str_c(&f->mem, buf_str(&b));
}

static void two_versions_differ_word_by_word_in_the_readers_words(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const char *newest = hash_of(&f, "plan/2023/initiative/1", 0);
    const char *oldest = hash_of(&f, "plan/2023/initiative/1", 1);
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/1/diff");
    bool has_target = false;

    CHECK(at(page, "versions")->count == 2 && value_bool(at(page, "versions.0"), "is_to"));
    CHECK_STR(text_at(&f, page, "from.hash"), oldest);
    for (const struct value *v = at(page, "changes")->first; v; v = v->next) {
        CHECK(str_find(value_text(v, "label"), STR("[")) < 0); /* no path of JSON */
        if (!str_eq(value_text(v, "path"), STR("indicators[0].target")))
            continue;
        has_target = true;
        CHECK_STR(text_at(&f, v, "label"), "指標 1 窓口の満足度: 目標値");
        CHECK_STR(text_at(&f, v, "before_runs.0.text"), "80");
        CHECK_STR(text_at(&f, v, "after_runs.0.text"), "85");
    }
    CHECK(has_target);
    CHECK(html_has(&f, page, "diff", LANG_JA, "(ここから削除)"));
    /* the other way round, and a version with itself */
    page = page_get(&f, LANG_JA, 0,
                    str_c(&f.mem, str_fmt(&f.mem, "/o/minamo/2023/1/diff?from=%s&to=%s", newest,
                                          oldest)));
    CHECK_STR(text_at(&f, page, "from.hash"), newest);
    page = page_get(&f, LANG_JA, 0,
                    str_c(&f.mem, str_fmt(&f.mem, "/o/minamo/2023/1/diff?from=%s&to=%s", newest,
                                          newest)));
    CHECK(at(page, "changes")->count == 0);
}

static void versions_of_another_thing_or_day_are_refused(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const char *other = hash_of(&f, "plan/2023/initiative/2", 0);
    const char *newest = hash_of(&f, "plan/2023/initiative/1", 0);

    CHECK(!page_get(&f, LANG_JA, 0,
                    str_c(&f.mem, str_fmt(&f.mem, "/o/minamo/2023/1/diff?from=%s", other))));
    CHECK(f.e.code == ERR_INPUT);
    CHECK(!page_get(&f, LANG_JA, 0, "/o/minamo/2023/1/diff?to=abc") && f.e.code == ERR_INPUT);
    CHECK(!page_get(&f, LANG_JA, STORES_NOW,
                    str_c(&f.mem, str_fmt(&f.mem, "/o/minamo/2023/1/diff?to=%s", newest))));
    CHECK(f.e.code == ERR_NOT_FOUND);
    CHECK(!page_get(&f, LANG_JA, 0, "/o/minamo/2023/9/diff") && f.e.code == ERR_NOT_FOUND);
    /* one version only, on the first day */
    CHECK(html_has(&f, page_get(&f, LANG_JA, STORES_NOW, "/o/minamo/2023/1/diff"), "diff",
                   LANG_JA, "比べるものがありません"));
}

static void the_versions_of_a_plan_name_the_sheets_that_changed(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/diff");

    CHECK(at(page, "initiatives")->count == 1);
    CHECK_STR(text_at(&f, page, "initiatives.0.number"), "1");
    CHECK(page_get(&f, LANG_JA, 0, text_at(&f, page, "initiatives.0.url")) != NULL);
}

static void what_was_corrected_after_publication_is_told_with_its_reason(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/corrections");
    const struct value *year = page_get(&f, LANG_JA, 0, "/o/minamo/2023");

    CHECK(at(page, "corrections")->count == 1);
    CHECK_STR(text_at(&f, page, "corrections.0.reason"), "照合");
    CHECK_STR(text_at(&f, page, "corrections.0.role_label"), "管理者");
    CHECK_STR(text_at(&f, page, "corrections.0.items.0.what"), "令和5年度 取組項目1");
    CHECK(at(page, "corrections.0.items.0.changes")->count >= 2);
    CHECK_STR(text_at(&f, year, "correction_count"), "1");
    /* on the day of publication nothing was corrected yet */
    page = page_get(&f, LANG_JA, STORES_NOW, "/o/minamo/2023/corrections");
    CHECK(at(page, "corrections")->count == 0);
    CHECK_STR(text_at(&f, page_get(&f, LANG_JA, STORES_NOW, "/o/minamo/2023"),
                      "correction_count"),
              "0");
}

/* ---- the sheet ---- */

static void planned_and_reported_stand_in_one_row_with_their_difference(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const as_of day_after = STORES_NOW + STORES_DAY;
    const struct value *page = page_get(&f, LANG_JA, day_after, "/o/minamo/2023/1");

    CHECK_STR(text_at(&f, page, "groups.0.activities.0.text"), "向上委員会の開催");
    CHECK_STR(text_at(&f, page, "groups.0.activities.0.reported.change"), "fewer");
    CHECK_STR(text_at(&f, page, "groups.0.activities.0.reported.from"), "24回");
    CHECK_STR(text_at(&f, page, "groups.0.activities.0.reported.to"), "17回");
    CHECK_STR(text_at(&f, page, "groups.0.activities.1.reported.change"), "");
    CHECK_STR(text_at(&f, page, "unplanned.0.text"), "転入者への案内");
    CHECK(html_has(&f, page, "initiative", LANG_JA, "24回 → 17回"));
    CHECK(html_has(&f, page, "initiative", LANG_JA, "報告がない")); /* 来庁者への聞き取り */
    CHECK(html_has(&f, page, "initiative", LANG_EN, "fewer than planned"));
}

static void a_finding_stands_beside_what_it_is_about(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/1");

    CHECK_STR(text_at(&f, page, "groups.0.activities.0.findings.0.rule"), "D2");
    CHECK_STR(text_at(&f, page, "groups.0.activities.2.findings.0.rule"), "D1");
    CHECK_STR(text_at(&f, page, "indicators.2.findings.0.rule"), "C1");
    CHECK_STR(text_at(&f, page, "indicators.0.findings.0.rule"), "C2"); /* ○ against 81 < 85 */
    CHECK_STR(text_at(&f, page, "groups.0.activities.0.findings.0.rule_url"), "/rules#D2");
}

static void the_gap_to_a_target_is_in_points_for_shares(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/1");

    CHECK_STR(text_at(&f, page, "indicators.0.difference"), "-4.0");
    CHECK_STR(text_at(&f, page, "indicators.0.gap"), "4.0");
    CHECK_STR(text_at(&f, page, "indicators.0.gap_unit"), "ポイント");
    CHECK_STR(text_at(&f, page, "indicators.1.gap_unit"), "分");
    CHECK_STR(text_at(&f, page, "indicators.1.side"), "below");
    CHECK_STR(text_at(&f, page, "indicators.2.gap"), "");
    CHECK(html_has(&f, page, "initiative", LANG_JA, "目標より4.0ポイント少ない"));
}

static void a_sheet_leads_to_the_ones_beside_it(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *first = page_get(&f, LANG_JA, 0, "/o/minamo/2023/1");
    const struct value *last = page_get(&f, LANG_JA, 0, "/o/minamo/2023/2");

    CHECK_STR(text_at(&f, first, "previous"), "");
    CHECK_STR(text_at(&f, first, "next.url"), "/o/minamo/2023/2");
    CHECK_STR(text_at(&f, last, "previous.title"), "窓口の改善");
    CHECK_STR(text_at(&f, last, "next"), "");
    CHECK(!page_get(&f, LANG_JA, 0, "/o/minamo/2023/3") && f.e.code == ERR_NOT_FOUND);
}

/* ---- organisations, indicators, findings ---- */

static void the_list_counts_and_filters_organisations(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *all = page_get(&f, LANG_JA, 0, "/");
    const struct value *none = page_get(&f, LANG_JA, 0, "/?name=%E3%81%AA%E3%81%84%E5%8C%BA");

    CHECK_STR(text_at(&f, all, "organisations.0.name"), "みなも区");
    CHECK_STR(text_at(&f, all, "organisations.0.years.0.indicators"), "4");
    CHECK_STR(text_at(&f, all, "organisations.0.years.0.met"), "1");
    CHECK_STR(text_at(&f, all, "changes.0.change"), "changed");
    CHECK_STR(text_at(&f, all, "changes.0.what"), "令和5年度 運営方針");
    CHECK(at(none, "organisations") && at(none, "organisations")->count == 0);
    CHECK(html_has(&f, none, "home", LANG_JA, "当てはまる団体はありません"));
}

static void an_empty_store_says_what_to_do(void)
{
    AUTO(stores_end) struct fixture f;
    stores_begin(&f);
    const struct value *page = page_get(&f, LANG_JA, 0, "/");

    CHECK(html_has(&f, page, "home", LANG_JA, "meguri import --apply"));
}

static void an_organisation_lists_its_indicators_over_the_years(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_EN, 0, "/o/minamo");

    CHECK_STR(text_at(&f, page, "columns.0.year_label"), "FY2023");
    CHECK_STR(text_at(&f, page, "indicators.0.name"), "窓口の満足度");
    CHECK_STR(text_at(&f, page, "indicators.0.cells.0.actual"), "81.0");
    CHECK_STR(text_at(&f, page, "indicators.0.cells.0.verdict"), "not_met");
}

static void an_indicator_tells_where_each_number_was_read(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *list = page_get(&f, LANG_JA, 0, "/o/minamo");
    const struct value *page = page_get(&f, LANG_JA, 0, text_at(&f, list, "indicators.0.url"));

    CHECK_STR(text_at(&f, page, "name"), "窓口の満足度");
    CHECK_STR(text_at(&f, page, "sentence"),
              "令和5年度の実績は81.0%で、目標の85%を達成していません。");
    CHECK_STR(text_at(&f, page, "rows.0.source_url"), "/o/minamo/2023/source?line=5#L5");
    CHECK_STR(text_at(&f, page, "rows.0.actual_source_url"), "/o/minamo/2023/source?line=7#L7");
}

static void findings_come_by_severity_and_initiative(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/findings");

    CHECK_STR(text_at(&f, page, "severities.0.severity"), "E");
    CHECK_STR(text_at(&f, page, "severities.0.groups.0.title"), "窓口の改善");
    CHECK_STR(text_at(&f, page, "severities.0.groups.0.findings.0.rule"), "C2");
    CHECK_STR(text_at(&f, page, "severities.1.severity"), "W");
    CHECK_STR(text_at(&f, page, "counts.error"), "1");
}

/* ---- search ---- */

static void a_word_of_two_characters_is_found_counted_and_marked(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page =
        page_get(&f, LANG_JA, 0, "/search?q=%E5%91%8A%E3%81%AE"); /* in none */
    CHECK_STR(text_at(&f, page, "pages.total"), "0");
    CHECK(html_has(&f, page, "search", LANG_JA, "段落はありません"));

    page = page_get(&f, LANG_JA, 0, "/search?q=%E7%B4%8D%E4%BB%98"); /* 納付 */
    CHECK_STR(text_at(&f, page, "sentence"), "「納付」を含む段落は1件です。");
    CHECK(html_has(&f, page, "search", LANG_JA, "夜間の<mark>納付</mark>相談"));
}

static void a_filter_that_means_nothing_is_told_and_left_out(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page =
        page_get(&f, LANG_JA, 0, "/search?q=%E7%B4%8D%E4%BB%98&org=nowhere&year=x");

    CHECK_STR(text_at(&f, page, "pages.total"), "1");
    CHECK(at(page, "complaints") && at(page, "complaints")->count == 2);
    page = page_get(&f, LANG_JA, 0, "/search?q=%E7%B4%8D%E4%BB%98&org=minamo&year=2022");
    CHECK_STR(text_at(&f, page, "pages.total"), "0");
    page =
        page_get(&f, LANG_JA, 0, "/search?q=%E7%B4%8D%E4%BB%98&org=%E3%81%BF%E3%81%AA&year=R5");
    CHECK_STR(text_at(&f, page, "pages.total"), "1");
}

/* ---- records ---- */

static void a_record_tells_what_it_changed(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *sheet = page_get(&f, LANG_JA, 0, "/o/minamo/2023/1");
    const struct value *page = page_get(&f, LANG_JA, 0, text_at(&f, sheet, "page.record.url"));
    bool has_target = false;

    for (const struct value *c = at(page, "changes.0"); c; c = c->next) {
        if (!str_eq(value_text(c, "path"), STR("indicators[0].target")))
            continue;
        has_target = true;
        CHECK(str_eq(value_text(c, "label"), STR("指標 1 窓口の満足度: 目標値")));
        CHECK(str_eq(value_text(c, "before"), STR("80")));
        CHECK(str_eq(value_text(c, "after"), STR("85")));
    }
    CHECK(has_target);
    CHECK_STR(text_at(&f, page, "reason"), "照合");
}

/* Follows the steps that the page describes, with nothing but what the page says. */
static void a_record_is_proved_by_what_its_page_says(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    for (int number = 1; number <= 2; number++) {
        const struct value *sheet =
            page_get(&f, LANG_JA, 0,
                     str_c(&f.mem, str_fmt(&f.mem, "/o/minamo/2023/%d", number)));
        const struct value *page =
            page_get(&f, LANG_JA, 0, text_at(&f, sheet, "page.record.url"));
        struct hash value = merkle_leaf(value_text(page, "bytes")), step, root;

        CHECK(str_eq(value_text(page, "hash"), value_text(at(sheet, "page.record"), "hash")));
        for (const struct value *s = at(page, "proof.path.0"); s; s = s->next) {
            CHECK(hash_parse(value_text(s, "hash"), &step));
            value = str_eq(value_text(s, "side"), STR("left")) ? merkle_node(step, value)
                                                               : merkle_node(value, step);
        }
        CHECK(hash_parse(value_text(at(page, "proof"), "root"), &root));
        CHECK(hash_eq(value, root));
    }
}

static void the_history_is_a_line_of_what_was_written_together(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/history");

    CHECK(at(page, "entries") && at(page, "entries")->count == 2);
    CHECK_STR(text_at(&f, page, "entries.0.at_label"), "2024年4月3日 09:00");
    CHECK_STR(text_at(&f, page, "entries.1.records.0.change"), "new");
    CHECK_STR(text_at(&f, page, "entries.0.role_label"), "管理者");
}

/* ---- the source ---- */

static void the_source_loses_no_letter_and_marks_what_was_read(void)
{
    AUTO(stores_end) struct fixture f;
    CHECK(store_fill(&f));
    const struct value *page = page_get(&f, LANG_JA, 0, "/o/minamo/2023/source");
    str text = str_fmt(&f.mem, DOCUMENT, "85", "20回");
    bool has_number = false;
    struct buf all;

    buf_init(&all, &f.mem, 4096, 1 << 20);
    for (const struct value *line = at(page, "lines.0"); line; line = line->next) {
        for (const struct value *run = at(line, "runs.0"); run; run = run->next) {
            buf_put(&all, value_text(run, "text"));
            has_number |= str_eq(value_text(run, "text"), STR("88.31%"))
                          && str_eq(value_text(run, "kind"), STR("number"));
        }
        buf_put_char(&all, '\n');
    }
    CHECK_STR(str_c(&f.mem, buf_str(&all)), str_c(&f.mem, text));
    CHECK(has_number);
}

int main(void)
{
    RUN(the_sentence_of_a_year_says_what_its_table_shows);
    RUN(an_older_day_shows_what_was_known_on_it);
    RUN(lists_search_and_history_are_those_of_the_day);
    RUN(a_day_before_everything_says_when_there_is_something);
    RUN(two_versions_differ_word_by_word_in_the_readers_words);
    RUN(versions_of_another_thing_or_day_are_refused);
    RUN(the_versions_of_a_plan_name_the_sheets_that_changed);
    RUN(what_was_corrected_after_publication_is_told_with_its_reason);
    RUN(planned_and_reported_stand_in_one_row_with_their_difference);
    RUN(a_finding_stands_beside_what_it_is_about);
    RUN(the_gap_to_a_target_is_in_points_for_shares);
    RUN(a_sheet_leads_to_the_ones_beside_it);
    RUN(the_list_counts_and_filters_organisations);
    RUN(an_empty_store_says_what_to_do);
    RUN(an_organisation_lists_its_indicators_over_the_years);
    RUN(an_indicator_tells_where_each_number_was_read);
    RUN(findings_come_by_severity_and_initiative);
    RUN(a_word_of_two_characters_is_found_counted_and_marked);
    RUN(a_filter_that_means_nothing_is_told_and_left_out);
    RUN(a_record_tells_what_it_changed);
    RUN(a_record_is_proved_by_what_its_page_says);
    RUN(the_history_is_a_line_of_what_was_written_together);
    RUN(the_source_loses_no_letter_and_marks_what_was_read);
    return DONE();
}
