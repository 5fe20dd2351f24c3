/* meguri survey: definitions and answers into the data, and what may be said of them. */
#include "cli/survey_inner.h"

#include <string.h>
#include <time.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option SURVEY_OPTIONS[] = {
    { "org", "KEY", NULL, NULL, { "団体の記号", "key of the organisation" } },
    { "survey", "KEY", NULL, NULL, { "アンケートの記号", "key of the survey" } },
    { "sheet", "NAME|N", NULL, "",
      { "読むシートの名前か番号(xlsx のとき。なければ最初の表示シート)", "name or place of the sheet of a workbook (otherwise the first that is not hidden)" } },
    { "apply", NULL, NULL, NULL,
      { "保存する(付けなければ、何が読めたかを表示するだけ)", "store (without it: only show what was read)" } },
    { "draft", NULL, NULL, NULL,
      { "公表せずに下書きに保存する、下書きを見る(define import collect show)", "keep it unpublished, show what is (define, import, collect, show)" } },
    { "count", "N", NULL, NULL, { "招待コードの数", "how many invitation codes" } },
    { "reason", "TEXT", NULL, "", { "取り込みの理由(記録に残る)", "why, kept in the record" } },
    { 0 },
};
/* clang-format on */

static struct stamp stamp_now(struct cli *c)
{
    static const struct actor OPERATOR = { STR_INIT("cli"), STR_INIT("administrator") };
    struct stamp stamp = { .who = &OPERATOR, .reason = str_from(cli_value(c, "reason")) };
    struct timespec t;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    stamp.now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    return stamp;
}

/* The value of an option that this verb needs. */
static bool need(struct cli *c, const char *option, str *out, struct err *e)
{
    const char *value = cli_value(c, option);

    if (!value || !*value)
        return err_set(e, ERR_INPUT, "--%s を指定してください。", option);
    *out = str_from(value);
    return true;
}

/* ---- before it is public ---- */

/* Where a survey that comes in goes: into the working copy when that is asked for, or when
 * there is one, so that the shell never overtakes the desk. *work is what is worked on, without
 * a record when there is neither. */
static bool work_find(struct cli *c, struct conn *db, const struct survey_ref *ref,
                      struct survey_work *work, bool *is_draft, struct err *e)
{
    *work = (struct survey_work){ 0 };
    if (!store_survey_work(db, c->mem, ref, work, e) && e->code != ERR_NOT_FOUND)
        return false;
    *is_draft = work->is_working || cli_is_on(c, "draft");
    return true;
}

static const char *how_to_release(const struct cli *c)
{
    return c->lang == LANG_JA ? "(下書き。公表するには meguri survey release)"
                              : " (a draft; meguri survey release makes it public)";
}

static const char *change_label(enum change_kind change)
{
    return change == CHANGE_NEW    ? "定義を登録しました"
           : change == CHANGE_SAME ? "定義は同じです"
                                   : "定義を改めました";
}

static int release(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    const struct stamp stamp = stamp_now(c);
    struct survey_ref ref = { .key = str_from(c->args[1]) };
    enum change_kind change;
    struct err e;

    if (!need(c, "org", &ref.organisation, &e) || !store_open(c->data, STORE_WRITE, &db, &e)
        || !store_survey_release(db, &stamp, &ref, &change, &e))
        return cli_fail(c, &e);
    (void)cli_put(c, str_fmt(c->mem, "%.*s\t%s\n", STR_ARG(ref.key),
                             change == CHANGE_SAME ? "公表しているものと同じです"
                                                   : "公表しました"));
    return CLI_FINE;
}

/* ---- define ---- */

static bool define_read(struct cli *c, str *org, struct survey *s, struct err *e)
{
    enum text_encoding encoding;
    str bytes, text;

    return need(c, "org", org, e) && file_read(c->mem, c->args[1], LIMIT_JSON_BYTES, &bytes, e)
           && text_decode(c->mem, file_name(c->mem, c->args[1]), bytes, &text, &encoding, e)
           && survey_read(c->mem, text, s, e);
}

/* What became of a definition. */
struct defined {
    bool is_draft;
    enum change_kind change;
};

static bool define_save(struct cli *c, struct conn *db, str org, const struct survey *s,
                        struct defined *out, struct err *e)
{
    const struct stamp stamp = stamp_now(c);
    const struct survey_ref ref = { org, s->key, 0 };
    struct survey_work *work = NEW(c->mem, struct survey_work, 1);

    if (!work_find(c, db, &ref, work, &out->is_draft, e))
        return false;
    if (out->is_draft)
        return store_survey_work_save(db, &stamp,
                                      &(struct survey_work_save){ org, s, work->stored.record },
                                      &out->change, e);
    return store_survey_save(db, &stamp,
                             &(struct survey_save){
                                 .organisation = org, .survey = s, .apply = true },
                             &out->change, e);
}

static int define(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct defined made = { 0 };
    struct survey s;
    struct err e;
    str org;

    if (!define_read(c, &org, &s, &e) || !store_open(c->data, STORE_WRITE, &db, &e)
        || !define_save(c, db, org, &s, &made, &e))
        return cli_fail(c, &e);
    (void)cli_put(c,
                  str_fmt(c->mem, "%.*s\t%.*s\t%s%s\n", STR_ARG(s.key), STR_ARG(s.title),
                          change_label(made.change), made.is_draft ? how_to_release(c) : ""));
    return CLI_FINE;
}

/* ---- import ---- */

/* The survey it is compared with, where it is at hand. */
static bool before_load(struct cli *c, struct conn *db, const struct survey_stored *now,
                        str org, struct survey_stored *out, struct err *e)
{
    const struct survey_ref ref = { org, now->survey.previous, 0 };

    *out = (struct survey_stored){ 0 };
    if (!now->survey.previous.n || store_survey(db, c->mem, &ref, out, e))
        return true;
    *out = (struct survey_stored){ 0 };
    return e->code == ERR_NOT_FOUND;
}

/* Counts the answers, asks whether the sums hold and whether a column was copied. */
static bool count(struct cli *c, struct survey_incoming *in, struct err *e)
{
    const struct survey *s = &in->stored.survey;

    if (in->file.errors)
        return true;
    if (in->file.is_tally)
        in->tally = in->file.tally;
    else if (!measure_survey(c->mem, s, &in->file.answers, &in->tally, e))
        return false;
    in->sum_count = survey_sums_check(c->mem, s, &in->tally, in->sums, SAID_MAX);
    if (in->before.has_tally)
        in->copy_count = survey_copies_check(c->mem, &(struct survey_counted){ s, &in->tally },
                                             &(struct survey_counted){ &in->before.survey,
                                                                       &in->before.tally },
                                             in->copies, SAID_MAX);
    in->is_good = in->sum_count == 0 && in->tally.rows > 0;
    return true;
}

static bool keep(struct cli *c, struct conn *db, struct survey_incoming *in, str bytes,
                 struct err *e)
{
    const struct stamp stamp = stamp_now(c);
    const struct survey_take take = {
        in->org,
        in->key,
        &in->stored.survey,
        &in->tally,
        bytes,
        file_name(c->mem, c->args[1]),
        cli_is_on(c, "apply"),
    };

    in->is_applied = take.apply && in->is_good;
    return !in->is_good
           || (in->is_draft ? store_survey_work_take(db, &stamp, &take, &in->change, e)
                            : store_survey_take(db, &stamp, &take, &in->change, e));
}

static bool import_bytes(struct cli *c, struct conn *db, struct survey_incoming *in, str bytes,
                         struct err *e)
{
    const struct survey_ref ref = { in->org, in->key, 0 };
    const struct table_source source = { file_name(c->mem, c->args[1]), bytes,
                                         str_from(cli_value(c, "sheet")) };
    struct survey_work *work = NEW(c->mem, struct survey_work, 1);
    struct table table;

    if (!work_find(c, db, &ref, work, &in->is_draft, e))
        return false;
    in->stored = work->stored;
    if (hash_is_zero(in->stored.record)) /* neither: the sentence is the store's */
        return store_survey(db, c->mem, &ref, &in->stored, e);
    if (!before_load(c, db, &in->stored, in->org, &in->before, e)
        || !ingest_table_of(c->mem, &source, &table, e))
        return false;
    ingest_answers(c->mem, &table, &in->stored.survey, &in->file);
    return count(c, in, e);
}

static int import(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct survey_incoming *in = NEW(c->mem, struct survey_incoming, 1);
    struct err e;
    str bytes;

    if (!need(c, "org", &in->org, &e) || !need(c, "survey", &in->key, &e)
        || !store_open(c->data, cli_is_on(c, "apply") ? STORE_WRITE : STORE_READ, &db, &e)
        || !file_read(c->mem, c->args[1], LIMIT_DOCUMENT_BYTES, &bytes, &e)
        || !import_bytes(c, db, in, bytes, &e) || !keep(c, db, in, bytes, &e))
        return cli_fail(c, &e);
    if (!survey_put_import(c, in))
        return CLI_FAILED;
    return in->is_good ? CLI_FINE : CLI_FINDINGS;
}

/* ---- list, show, presets ---- */

/* What of it is public. */
static bool state_of(struct cli *c, struct conn *db, str org, const struct survey_work_row *row,
                     const char **out, struct err *e)
{
    struct survey_work *work = NEW(c->mem, struct survey_work, 1);
    const bool ja = c->lang == LANG_JA;

    *out = ja ? "公表" : "public";
    if (!row->is_working)
        return true;
    if (!store_survey_work(db, c->mem, &(struct survey_ref){ org, row->key, 0 }, work, e))
        return false;
    if (!work->is_public)
        *out = ja ? "下書き" : "draft";
    else if (work->is_waiting)
        *out = ja ? "公表、下書きに変更あり" : "public, with changes in a draft";
    return true;
}

static int list(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct survey_work_rows rows;
    struct err e;
    str org;

    if (!need(c, "org", &org, &e) || !store_open(c->data, STORE_READ, &db, &e)
        || !store_survey_works(db, c->mem, org, &rows, &e))
        return cli_fail(c, &e);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct survey_work_row *row = &rows.rows[i];
        const char *state;

        if (!state_of(c, db, org, row, &state, &e))
            return cli_fail(c, &e);
        if (!cli_put(c, str_fmt(c->mem, "%.*s\t%d\t%.*s\t%llu\t%s\n", STR_ARG(row->key),
                                row->fiscal_year, STR_ARG(row->title),
                                (unsigned long long)row->rows, state)))
            return CLI_FAILED;
    }
    return CLI_FINE;
}

/* The public one, or what is worked on. */
static bool shown_load(struct cli *c, struct conn *db, const struct survey_ref *ref,
                       struct survey_stored *out, struct err *e)
{
    struct survey_work *work = NEW(c->mem, struct survey_work, 1);
    bool is_draft;

    if (!cli_is_on(c, "draft")) {
        if (store_survey(db, c->mem, ref, out, e))
            return true;
        return e->code == ERR_NOT_FOUND && work_find(c, db, ref, work, &is_draft, e)
               && err_set(e, ERR_NOT_FOUND,
                          is_draft
                              ? "アンケート「%.*s」はまだ公表していません。下書きを見るには "
                                "--draft を付けてください。"
                              : "アンケート「%.*s」は登録されていません。",
                          STR_ARG(ref->key));
    }
    if (!store_survey_work(db, c->mem, ref, work, e))
        return false;
    *out = work->stored;
    return true;
}

static int show(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct survey_ref ref = { .key = str_from(c->args[1]) };
    struct survey_stored now, before;
    struct err e;

    if (!need(c, "org", &ref.organisation, &e) || !store_open(c->data, STORE_READ, &db, &e)
        || !shown_load(c, db, &ref, &now, &e)
        || !before_load(c, db, &now, ref.organisation, &before, &e))
        return cli_fail(c, &e);
    return survey_put_result(c, ref.organisation, &now, &before) ? CLI_FINE : CLI_FAILED;
}

/* ---- by invitation ---- */

static int invite(struct cli *c)
{
    enum { CODES_MAX = 100000 };
    AUTO(conn_close) struct conn *db = NULL;
    struct survey_ref ref = { .key = str_from(c->args[1]) };
    const char *wanted = cli_value(c, "count");
    struct err e;
    dec count;
    str *codes;

    if (!wanted || !dec_parse(str_from(wanted), &count) || count.scale || count.n < 1
        || count.n > CODES_MAX)
        return cli_refuse(c, "--count に1から%dまでの数を指定してください。",
                          "--count takes a number from 1 to %d.", CODES_MAX);
    codes = NEW(c->mem, str, (size_t)count.n);
    if (!need(c, "org", &ref.organisation, &e) || !store_open(c->data, STORE_WRITE, &db, &e)
        || !store_survey_invite(db, c->mem, &ref, (uint32_t)count.n, codes, &e))
        return cli_fail(c, &e);
    for (int64_t i = 0; i < count.n; i++)
        if (!cli_put(c, str_fmt(c->mem, "%.*s\n", STR_ARG(codes[i]))))
            return CLI_FAILED;
    return CLI_FINE;
}

/* The answers that came by the form, as such a file. */
static bool replies_file(struct cli *c, struct conn *db, const struct survey_ref *ref, str *out,
                         struct err *e)
{
    struct survey_stored *stored = NEW(c->mem, struct survey_stored, 1);

    return store_survey(db, c->mem, ref, stored, e)
           && store_survey_replies(db, c->mem, ref, &stored->survey, out, e);
}

static int collect(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct survey_incoming *in = NEW(c->mem, struct survey_incoming, 1);
    struct survey_ref ref;
    struct err e;
    str bytes;

    in->key = str_from(c->args[1]);
    if (!need(c, "org", &in->org, &e))
        return cli_fail(c, &e);
    ref = (struct survey_ref){ in->org, in->key, 0 };
    if (!store_open(c->data, cli_is_on(c, "apply") ? STORE_WRITE : STORE_READ, &db, &e)
        || !replies_file(c, db, &ref, &bytes, &e) || !import_bytes(c, db, in, bytes, &e)
        || !keep(c, db, in, bytes, &e))
        return cli_fail(c, &e);
    if (!survey_put_import(c, in))
        return CLI_FAILED;
    return in->is_good ? CLI_FINE : CLI_FINDINGS;
}

static int presets(struct cli *c)
{
    const str json = c->arg_count > 1 ? survey_preset(str_from(c->args[1])) : (str){ 0 };

    if (c->arg_count > 1 && !json.n)
        return cli_refuse(c, "ひな形「%s」はありません。", "there is no preset %s.",
                          c->args[1]);
    for (size_t i = 0; !json.n && survey_preset_id(i).n; i++)
        if (!cli_put(c, str_fmt(c->mem, "%.*s\n", STR_ARG(survey_preset_id(i)))))
            return CLI_FAILED;
    return cli_put(c, json) ? CLI_FINE : CLI_FAILED;
}

int cmd_survey(struct cli *c)
{
    static const struct {
        const char *name;
        int least, most;
        int (*run)(struct cli *c);
    } VERBS[] = {
        { "define", 2, 2, define },   { "import", 2, 2, import },   { "list", 1, 1, list },
        { "show", 2, 2, show },       { "presets", 1, 2, presets }, { "invite", 2, 2, invite },
        { "collect", 2, 2, collect }, { "release", 2, 2, release },
    };

    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (strcmp(VERBS[i].name, c->args[0]) == 0 && c->arg_count >= VERBS[i].least
            && c->arg_count <= VERBS[i].most)
            return VERBS[i].run(c);
    return cli_refuse(c, "使い方: meguri survey %s", "usage: meguri survey %s",
                      c->command->usage);
}
