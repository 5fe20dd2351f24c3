/* meguri voice: voices of residents from the shell. Acts as "cli", whoever sits at the machine;
 * people act in the pages. */
#include "cli/voice_inner.h"

#include <string.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option VOICE_OPTIONS[] = {
    { "org", "KEY", NULL, NULL, { "団体の記号", "key of the organisation" } },
    { "year", "YEAR", NULL, NULL, { "受け付けた年度(list counts import)", "fiscal year of receipt (list, counts, import)" } },
    { "door", "DOOR", NULL, NULL, { "入口: voice box council survey", "door: voice box council survey" } },
    { "way", "CODE", NULL, "", { "受付方法(receive)", "by which way it came (receive)" } },
    { "place", "CODE", NULL, "", { "改善箱(receive list)", "the box (receive, list)" } },
    { "on", "DAY", NULL, "", { "受け付けた日(receive)", "day of receipt (receive)" } },
    { "contact", "TEXT", NULL, "", { "連絡先(receive)", "how to reach the sender (receive)" } },
    { "meeting", "YEAR/N", NULL, "", { "区政会議の年度と番号(receive list)", "the council's meeting (receive, list)" } },
    { "member", "SEAT", NULL, "", { "区政会議の席(receive)", "the council's seat (receive)" } },
    { "moment", "WORD", NULL, "", { "会議の before at after(receive)", "before, at or after the meeting (receive)" } },
    { "nonce", "TEXT", NULL, "", { "同じものを二度受け付けないための印(receive)", "the same again is one voice (receive)" } },
    { "text", "TEXT", NULL, NULL, { "文章(receive draft reopen)", "the text (receive, draft, reopen)" } },
    { "file", "FILE", NULL, NULL, { "文章のファイル(- は標準入力)", "a file with the text; - is standard input" } },
    { "part", "N", NULL, "1", { "何番目の問いか", "which part" } },
    { "category", "CODE", NULL, "", { "分野", "category" } },
    { "section", "KEY", NULL, "", { "担当課", "section" } },
    { "summary", "TEXT", NULL, "", { "要旨(個人情報を入れない)", "summary, without personal data" } },
    { "kind", "CODE", NULL, "", { "回答の種類(draft)", "kind of response (draft)" } },
    { "confirm", NULL, NULL, NULL, { "同じ文章の回答が多くても承認する(approve)", "approve though many got the same text (approve)" } },
    { "link", "KIND", NULL, "", { "結び付ける先: initiative activity indicator commitment budget(link fate)", "what it is linked to (link, fate)" } },
    { "plan-year", "YEAR", NULL, "", { "計画・予算の年度(link fate)", "fiscal year of the plan (link, fate)" } },
    { "initiative", "N", NULL, "", { "取組項目の番号(link fate)", "number of the initiative (link, fate)" } },
    { "key", "KEY", NULL, "", { "指標か改善の約束の記号(link fate)", "key of the indicator or promise (link, fate)" } },
    { "line", "TEXT", NULL, "", { "計画・予算の行(link fate)", "the line of the plan (link, fate)" } },
    { "status", "CODE", NULL, "", { "対応状況(fate list)", "status (fate, list)" } },
    { "code", "N", NULL, "", { "公開しない理由の番号(withhold)", "number of the reason (withhold)" } },
    { "answer", "TEXT", NULL, "", { "公開する回答(publish。なければ承認したまま)", "the answer as published (publish)" } },
    { "secret", "TEXT", NULL, "", { "受付票の確認の文字(follow reopen)", "secret of the receipt (follow, reopen)" } },
    { "state", "WORD", NULL, "", { "open answered closed(list)", "open answered closed (list)" } },
    { "publication", "WORD", NULL, "", { "undecided embargo public withheld(list)", "undecided embargo public withheld (list)" } },
    { "search", "WORDS", NULL, "", { "要旨と回答の言葉(list)", "words in summaries and answers (list)" } },
    { "overdue", NULL, NULL, NULL, { "期限を過ぎたものだけ(list)", "only those that are overdue (list)" } },
    { "public", NULL, NULL, NULL, { "公開している写しだけ(list)", "public copies only (list)" } },
    { "page", "N", NULL, "1", { "何ページ目か(list)", "which page (list)" } },
    { "by", "FACET", NULL, "", { "何で数えるか: month category section kind …(counts)", "counted by what (counts)" } },
    { "sheet", "NAME|N", NULL, "", { "読むシート(import)", "sheet of a workbook (import)" } },
    { "apply", NULL, NULL, NULL, { "保存する・消す(付けなければ、何が起きるかを表示するだけ)(import retention settings)", "store or erase; without it only say what would happen" } },
    { "reason", "TEXT", NULL, "", { "理由・目的(記録に残る)", "why, kept in the record" } },
    { 0 },
};
/* clang-format on */

/* ---- what the verbs share ---- */

bool voice_option(const struct voice_call *r, const char *name, str *out, struct err *e)
{
    *out = str_from(cli_value(r->c, name));
    return utf8_valid_prefix(out->p, out->n) == out->n
           || err_set(e, ERR_INPUT, "--%s の値が UTF-8 ではありません。", name);
}

int voice_arg_count(const struct voice_call *r)
{
    return r->c->arg_count - 1;
}

bool voice_arg(const struct voice_call *r, int i, str *out, struct err *e)
{
    *out = i < voice_arg_count(r) ? str_from(r->c->args[i + 1]) : (str){ 0 };
    return utf8_valid_prefix(out->p, out->n) == out->n
           || err_set(e, ERR_INPUT, "引数が UTF-8 ではありません。");
}

bool voice_year(const struct voice_call *r, int *out, struct err *e)
{
    size_t used;
    str s;
    dec n;

    *out = 0;
    if (!voice_option(r, "year", &s, e) || !s.n)
        return !s.n;
    if (fiscal_parse(s, 0, true, out, &used) && used == s.n)
        return true;
    if (!dec_parse(s, &n) || n.scale || n.n < FISCAL_MIN || n.n > FISCAL_MAX)
        return err_set(e, ERR_INPUT, "--year に年度を書いてください(2024 か 令和6年度)。");
    *out = (int)n.n;
    return true;
}

bool voice_given_text(const struct voice_call *r, size_t max, str *out, struct err *e)
{
    const char *file = cli_value(r->c, "file");

    if (!file)
        return voice_option(r, "text", out, e);
    if (!file_read(r->c->mem, file, max, out, e))
        return false;
    return utf8_valid_prefix(out->p, out->n) == out->n
           || err_set(e, ERR_INPUT, "%s の文章が UTF-8 ではありません。", file);
}

static bool prepare(struct voice_call *r, bool writes, struct err *e)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    str org;

    r->stamp = (struct stamp){ &OPERATOR, cli_now_ms(), { 0 } };
    if (!voice_option(r, "org", &org, e) || !voice_option(r, "reason", &r->stamp.reason, e))
        return false;
    if (!org.n)
        return err_set(e, ERR_INPUT, "--org を付けてください。");
    return store_open(r->c->data, writes ? STORE_WRITE : STORE_READ, &r->db, e)
           && store_organisation(r->db, r->c->mem, org, &r->organisation, e)
           && store_hearing(r->db, r->c->mem, r->organisation.key, &r->hearing, e);
}

static bool voice_named(struct voice_call *r, struct err *e)
{
    str name;

    if (!voice_arg(r, 0, &name, e))
        return false;
    r->ref.organisation = r->organisation.key;
    return voice_number_parse(name, &r->ref.fiscal_year, &r->ref.number)
           || err_set(e, ERR_INPUT,
                      "「%.*s」は受付番号ではありません。2025-000001 のように"
                      "書いてください。",
                      STR_ARG(str_take(name, 80)));
}

/* ---- receiving ---- */

static bool day_of(const struct voice_call *r, date *out, struct err *e)
{
    str on;

    *out = (date){ 0 };
    if (!voice_option(r, "on", &on, e) || !on.n)
        return !on.n;
    return (date_read(on, 0, out) == DATE_FINE && out->day)
           || err_set(e, ERR_INPUT,
                      "--on の日「%.*s」がありません。2025-06-01 のように書いて"
                      "ください。",
                      STR_ARG(on));
}

static bool door_of(const struct voice_call *r, enum voice_door absent, enum voice_door *out,
                    struct err *e)
{
    str door;

    *out = absent;
    if (!voice_option(r, "door", &door, e))
        return false;
    return !door.n || door_parse(door, out)
           || err_set(e, ERR_INPUT, "--door は voice box council survey のどれかです。");
}

static bool meeting_of(const struct voice_call *r, struct voice_submission *s, struct err *e)
{
    str meeting, moment, year;
    dec y, n;

    if (!voice_option(r, "meeting", &meeting, e) || !voice_option(r, "moment", &moment, e)
        || !voice_option(r, "member", &s->member, e))
        return false;
    if (!moment_parse(moment, &s->moment))
        return err_set(e, ERR_INPUT, "--moment は before at after のどれかです。");
    if (!meeting.n)
        return true;
    meeting = str_cut(meeting, '/', &year);
    if (!dec_parse(year, &y) || !dec_parse(meeting, &n) || y.scale || n.scale
        || y.n < FISCAL_MIN || y.n > FISCAL_MAX || n.n < 1 || n.n > 10000)
        return err_set(e, ERR_INPUT,
                       "--meeting は 2025/1 のように、年度と番号で書いてください。");
    s->meeting_year = (int)y.n;
    s->meeting_number = (int)n.n;
    return true;
}

bool voice_receive(struct voice_call *r, struct err *e)
{
    struct voice_submission s = { .organisation = r->organisation.key, .stamp = &r->stamp };
    struct voice_receipt receipt;

    if (!door_of(r, DOOR_VOICE, &s.door, e) || !voice_option(r, "way", &s.way, e)
        || !voice_option(r, "place", &s.place, e)
        || !voice_option(r, "category", &s.category, e)
        || !voice_option(r, "contact", &s.contact, e)
        || !voice_option(r, "summary", &s.summary, e)
        || !voice_option(r, "section", &s.section, e) || !voice_option(r, "nonce", &s.nonce, e)
        || !day_of(r, &s.received, e) || !meeting_of(r, &s, e)
        || !voice_given_text(r, VOICE_TEXT_MAX, &s.text, e)
        || !store_voice_receive(r->db, &s, &receipt, e))
        return false;
    voice_put_receipt(r, &receipt);
    return true;
}

/* ---- looking ---- */

bool voice_show(struct voice_call *r, struct err *e)
{
    struct voice_stored v;

    if (!store_voice(r->db, r->c->mem, &r->ref, &v, e))
        return false;
    voice_put_one(r, &v);
    return true;
}

bool voice_follow(struct voice_call *r, struct err *e)
{
    struct voice_followed f;
    str secret;

    if (!voice_option(r, "secret", &secret, e)
        || !store_voice_follow(r->db, r->c->mem, &r->ref, secret, &f, e))
        return false;
    voice_put_followed(r, &f);
    return true;
}

static bool filter_of(const struct voice_call *r, struct voice_filter *f, struct err *e)
{
    static const struct {
        const char *option;
        enum voice_facet facet;
    } FACETS[] = {
        { "door", FACET_DOOR },       { "state", FACET_STATE },
        { "section", FACET_SECTION }, { "category", FACET_CATEGORY },
        { "status", FACET_STATUS },   { "publication", FACET_PUBLICATION },
        { "meeting", FACET_MEETING }, { "place", FACET_PLACE },
    };
    const uint32_t most = sizeof f->facets / sizeof *f->facets;
    dec page;

    for (size_t i = 0; i < sizeof FACETS / sizeof *FACETS; i++) {
        str value;

        if (!voice_option(r, FACETS[i].option, &value, e))
            return false;
        if (!value.n)
            continue;
        if (f->facet_count == most)
            return err_set(e, ERR_INPUT, "条件は%u個までです。", most);
        f->facets[f->facet_count++] = (struct facet_value){ FACETS[i].facet, value };
    }
    if (!dec_parse(str_from(cli_value(r->c, "page")), &page) || page.scale || page.n < 1
        || page.n > 1000000)
        return err_set(e, ERR_INPUT, "--page は1からの番号です。");
    f->page.offset = ((uint32_t)page.n - 1) * LIMIT_PAGE_ROWS;
    return voice_year(r, &f->fiscal_year, e) && voice_option(r, "search", &f->query, e);
}

bool voice_list(struct voice_call *r, struct err *e)
{
    struct voice_filter f = { .organisation = r->organisation.key };
    struct opinion_rows opinions;
    struct voice_rows rows;

    if (!filter_of(r, &f, e))
        return false;
    if (cli_is_on(r->c, "overdue"))
        f.due_before = voice_date(r, date_of_instant(r->stamp.now_ms));
    if (cli_is_on(r->c, "public")) {
        if (!store_opinions(r->db, r->c->mem, &f, &opinions, e))
            return false;
        voice_put_opinions(r, &opinions);
        return true;
    }
    if (!store_voices(r->db, r->c->mem, &f, &rows, e))
        return false;
    voice_put_rows(r, &rows);
    return true;
}

bool voice_counts(struct voice_call *r, struct err *e)
{
    struct voice_count_asked asked = { .organisation = r->organisation.key, .door = -1 };
    enum voice_door door;
    struct voice_counts counts;
    struct voice_numbers n;
    str by;

    if (!voice_year(r, &asked.fiscal_year, e) || !door_of(r, DOOR_COUNT, &door, e)
        || !voice_option(r, "by", &by, e))
        return false;
    if (door != DOOR_COUNT)
        asked.door = (int)door;
    if (by.n) {
        if (!facet_parse(by, &asked.facet))
            return err_set(e, ERR_INPUT, "--by に「%.*s」は使えません。", STR_ARG(by));
        if (!store_voice_counts(r->db, r->c->mem, &asked, &counts, e))
            return false;
        voice_put_counts(r, by, &counts);
        return true;
    }
    if (!store_voice_numbers(r->db, r->c->mem, &asked, date_of_instant(r->stamp.now_ms), &n, e))
        return false;
    voice_put_numbers(r, &n);
    return true;
}

/* ---- the verbs ---- */

int cmd_voice(struct cli *c)
{
    static const struct {
        const char *name;
        bool of_one; /* its first argument is the number of a voice */
        bool writes;
        voice_verb *run;
    } VERBS[] = {
        { "settings", false, true, voice_settings },
        { "receive", false, true, voice_receive },
        { "import", false, true, voice_import },
        { "list", false, false, voice_list },
        { "show", true, false, voice_show },
        { "follow", true, false, voice_follow },
        { "counts", false, false, voice_counts },
        { "look", true, true, voice_look },
        { "reopen", true, true, voice_reopen },
        { "erase", true, true, voice_erase },
        { "retention", false, true, voice_retention },
        { "disclose", true, true, voice_disclose },
        { "triage", true, true, voice_step },
        { "assign", true, true, voice_step },
        { "transfer", true, true, voice_step },
        { "split", true, true, voice_step },
        { "group", true, true, voice_step },
        { "draft", true, true, voice_step },
        { "submit", true, true, voice_step },
        { "return", true, true, voice_step },
        { "approve", true, true, voice_step },
        { "link", true, true, voice_step },
        { "unlink", true, true, voice_step },
        { "fate", true, true, voice_step },
        { "publish", true, true, voice_step },
        { "embargo", true, true, voice_step },
        { "withhold", true, true, voice_step },
    };
    struct voice_call r = { .c = c };
    struct err e = { .code = ERR_NONE };

    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++) {
        bool ok;

        if (strcmp(VERBS[i].name, c->args[0]) != 0)
            continue;
        ok = prepare(&r, VERBS[i].writes, &e) && (!VERBS[i].of_one || voice_named(&r, &e))
             && VERBS[i].run(&r, &e);
        conn_close(&r.db);
        return ok ? CLI_FINE : cli_fail(c, &e);
    }
    return cli_refuse(c, "使い方: meguri voice %s", "usage: meguri voice %s",
                      c->command->usage);
}
