/* meguri digest: what everybody must do now, printed or by mail. A task is there while the
 * thing stands as it does (store_tasks), so who has done everything gets nothing. */
#include "cli/inner.h"
#include "net/net.h"

#include <string.h>
#include <time.h>

#include "base/banned.h"

/* clang-format off */
const struct cli_option DIGEST_OPTIONS[] = {
    { "smtp", "HOST:PORT", "MEGURI_SMTP", NULL, { "メールの中継先。指定すると、表示の代わりに送る", "mail relay; with it the digest is sent, not printed" } },
    { "from", "ADDRESS", "MEGURI_MAIL_FROM", NULL, { "差出人のメールアドレス", "address of the sender" } },
    { "url", "URL", "MEGURI_URL", NULL, { "巡りのアドレス(https://plan.example.jp)。リンクに使う", "address of the server, for links (https://plan.example.jp)" } },
    { 0 },
};
/* clang-format on */

/* Of one account. */
struct digest {
    const struct account *account;
    struct task_rows tasks;
    struct voice_task_rows voices;
};

struct digests {
    struct cli *c;
    struct conn *db;
    int64_t now_ms;
    str today, url, from;
    struct smtp *relay; /* NULL = print */
    struct buf out;
    uint32_t sent, refused, without_address;
};

/* ---- words ---- */

static const char *task_label(enum task_kind kind, enum lang lang)
{
    static const char *const LABELS[TASK_KIND_COUNT][LANG_COUNT] = {
        [TASK_WRITE] = { "書く", "write" },
        [TASK_RETURNED] = { "差し戻されたので直す", "mend what was sent back" },
        [TASK_APPROVE] = { "読んで承認する", "read and approve" },
        [TASK_MOVE] = { "次に進める", "move on" },
        [TASK_DECIDE] = { "改善の約束をどうするか決める", "decide about promises" },
    };

    return LABELS[kind][lang];
}

static const char *task_word(enum task_kind kind)
{
    static const char *const WORDS[TASK_KIND_COUNT] = {
        [TASK_WRITE] = "write", [TASK_RETURNED] = "returned", [TASK_APPROVE] = "approve",
        [TASK_MOVE] = "move",   [TASK_DECIDE] = "decide",
    };

    return WORDS[kind];
}

static const char *step_label(enum step step, enum lang lang)
{
    static const char *const LABELS[STEP_COUNT][LANG_COUNT] = {
        [STEP_PLAN] = { "計画", "plan" },
        [STEP_MIDYEAR] = { "中間振り返り", "mid-year review" },
        [STEP_EVALUATION] = { "自己評価", "self-evaluation" },
    };

    return LABELS[step][lang];
}

static bool is_of_sheet(const struct task *t)
{
    return t->kind != TASK_MOVE && t->kind != TASK_DECIDE;
}

static str task_path(struct arena *a, const struct task *t)
{
    const str year = str_fmt(a, "/w/%.*s/%d", STR_ARG(t->organisation), t->fiscal_year);
    const str step = step_word(t->step);

    if (t->kind == TASK_MOVE)
        return year;
    if (t->kind == TASK_DECIDE)
        return str_fmt(a, "%.*s/commitments", STR_ARG(year));
    if (t->kind == TASK_APPROVE)
        return str_fmt(a, "%.*s/%d", STR_ARG(year), t->number);
    return str_fmt(a, "%.*s/%d/%.*s", STR_ARG(year), t->number, STR_ARG(step));
}

/* ---- as text ---- */

static void put_subject(struct buf *b, const struct task *t, enum lang lang)
{
    if (t->kind == TASK_MOVE)
        buf_fmt(b, "%s", move_rule(t->move)->label[lang]);
    else if (is_of_sheet(t))
        buf_fmt(b, "%d %.*s(%s)", t->number, STR_ARG(t->title), step_label(t->step, lang));
    else if (t->empty)
        buf_fmt(b, lang == LANG_JA ? "%u件" : "%u of them", t->empty);
}

static void put_task(const struct digests *d, struct buf *b, const struct task *t)
{
    const bool ja = d->c->lang == LANG_JA;
    const bool is_late = t->due.n && str_cmp(t->due, d->today) < 0;

    buf_fmt(b, "- %s: ", task_label(t->kind, d->c->lang));
    put_subject(b, t, d->c->lang);
    buf_fmt(b, "\n  %.*s ", STR_ARG(t->organisation_name));
    fiscal_put(b, t->fiscal_year, ja ? FISCAL_ERA : FISCAL_ENGLISH);
    if (t->due.n)
        buf_fmt(b, ja ? "、期限 %.*s%s" : ", due %.*s%s", STR_ARG(t->due),
                !is_late ? ""
                : ja     ? "(過ぎています)"
                         : " (overdue)");
    if (t->empty && is_of_sheet(t))
        buf_fmt(b, ja ? "、必須の空欄 %u" : ", %u mandatory fields empty", t->empty);
    buf_put_char(b, '\n');
    if (t->kind == TASK_RETURNED && t->comment.n)
        buf_fmt(b, ja ? "  差し戻しの理由: %.*s\n" : "  sent back because: %.*s\n",
                STR_ARG(t->comment));
    if (d->url.n) {
        const str path = task_path(b->a, t);

        buf_fmt(b, "  %.*s%.*s\n", STR_ARG(d->url), STR_ARG(path));
    }
}

/* ---- voices ---- */

static const char *wait_label(enum voice_wait wait, enum lang lang)
{
    static const char *const LABELS[WAIT_COUNT][LANG_COUNT] = {
        [WAIT_TRIAGE] = { "声を振り分ける", "triage a voice" },
        [WAIT_ANSWER] = { "声への回答を書く", "answer a voice" },
        [WAIT_RETURNED] = { "差し戻された回答を直す", "mend an answer that was sent back" },
        [WAIT_APPROVE] = { "声への回答を読んで承認する", "read and approve an answer" },
        [WAIT_PUBLISH] = { "声の公開を決める", "decide on the publication of a voice" },
    };

    return LABELS[wait][lang];
}

static str voice_path(struct arena *a, const struct voice_task *t)
{
    return str_fmt(a, "/w/%.*s/voices/%d/%d", STR_ARG(t->organisation), t->fiscal_year,
                   t->number);
}

static str day_of(struct arena *a, date d)
{
    struct buf b;

    buf_init(&b, a, 16, 16);
    if (d.year)
        date_put(&b, d);
    return buf_str(&b);
}

static void put_voice(const struct digests *d, struct buf *b, const struct voice_task *t)
{
    const bool ja = d->c->lang == LANG_JA;
    const str due = day_of(b->a, t->due);

    buf_fmt(b, "- %s: ", wait_label(t->wait, d->c->lang));
    voice_number_put(b, t->fiscal_year, t->number);
    buf_fmt(b, " %.*s\n  %.*s", STR_ARG(t->summary), STR_ARG(t->organisation_name));
    if (due.n)
        buf_fmt(b, ja ? "、期限 %.*s%s" : ", due %.*s%s", STR_ARG(due),
                !t->is_overdue ? ""
                : ja           ? "(過ぎています)"
                               : " (overdue)");
    buf_put_char(b, '\n');
    if (t->wait == WAIT_RETURNED && t->comment.n)
        buf_fmt(b, ja ? "  差し戻しの理由: %.*s\n" : "  sent back because: %.*s\n",
                STR_ARG(t->comment));
    if (d->url.n) {
        const str path = voice_path(b->a, t);

        buf_fmt(b, "  %.*s%.*s\n", STR_ARG(d->url), STR_ARG(path));
    }
}

static uint32_t work_of(const struct digest *one)
{
    return one->tasks.count + one->voices.total;
}

static void put_text(const struct digests *d, struct buf *b, const struct digest *one)
{
    const bool ja = d->c->lang == LANG_JA;

    buf_fmt(b, ja ? "いますることが%u件あります。\n\n" : "There is work for you: %u.\n\n",
            work_of(one));
    for (uint32_t i = 0; i < one->tasks.count; i++)
        put_task(d, b, &one->tasks.rows[i]);
    for (uint32_t i = 0; i < one->voices.count; i++)
        put_voice(d, b, &one->voices.rows[i]);
    buf_put_c(b, ja ? "\nすべて済むと、このお知らせは届かなくなります。\n"
                    : "\nWhen all is done this digest stops coming.\n");
}

/* ---- as JSON ---- */

static void put_json_voices(const struct digests *d, struct arena *a, struct value *v,
                            const struct digest *one)
{
    struct value *list = value_put_list(a, v, "voices");

    for (uint32_t i = 0; i < one->voices.count; i++) {
        const struct voice_task *t = &one->voices.rows[i];
        struct value *row = value_add_map(a, list);
        const str path = voice_path(a, t);

        value_put_text(a, row, "wait", voice_wait_word(t->wait));
        value_put_text(a, row, "organisation", t->organisation);
        value_put_int(a, row, "fiscal_year", t->fiscal_year);
        value_put_int(a, row, "number", t->number);
        value_put_text_or_null(a, row, "summary", t->summary);
        value_put_text_or_null(a, row, "due", day_of(a, t->due));
        value_put_bool(a, row, "is_overdue", t->is_overdue);
        value_put_text(a, row, "url", str_fmt(a, "%.*s%.*s", STR_ARG(d->url), STR_ARG(path)));
    }
}

static void put_json(const struct digests *d, struct buf *b, const struct digest *one)
{
    struct arena *a = b->a;
    struct value *v = value_map(a), *list;

    value_put_text(a, v, "login", one->account->login);
    value_put_text_or_null(a, v, "mail", one->account->mail);
    list = value_put_list(a, v, "tasks");
    for (uint32_t i = 0; i < one->tasks.count; i++) {
        const struct task *t = &one->tasks.rows[i];
        struct value *row = value_add_map(a, list);
        const str path = task_path(a, t);

        value_put_text(a, row, "kind", str_from(task_word(t->kind)));
        value_put_text(a, row, "organisation", t->organisation);
        value_put_int(a, row, "fiscal_year", t->fiscal_year);
        value_put_int(a, row, "number", t->number);
        value_put_text_or_null(a, row, "title", t->title);
        value_put_text_or_null(a, row, "step", is_of_sheet(t) ? step_word(t->step) : STR(""));
        value_put_text_or_null(a, row, "due", t->due);
        value_put_int(a, row, "empty", t->empty);
        value_put_text(a, row, "url", str_fmt(a, "%.*s%.*s", STR_ARG(d->url), STR_ARG(path)));
    }
    put_json_voices(d, a, v, one);
    json_put(b, v);
    buf_put_char(b, '\n');
}

/* ---- printing and sending ---- */

static bool print(struct digests *d, struct arena *a, const struct digest *one)
{
    struct buf b;

    buf_init(&b, a, 4096, LIMIT_ANSWER_BYTES);
    if (strcmp(d->c->format, "json") == 0) {
        put_json(d, &b, one);
    } else {
        buf_fmt(&b, "== %.*s <%.*s>\n", STR_ARG(one->account->login),
                STR_ARG(one->account->mail));
        put_text(d, &b, one);
        buf_put_char(&b, '\n');
    }
    return cli_put(d->c, buf_str(&b));
}

static bool send_one(struct digests *d, struct arena *a, const struct digest *one,
                     struct err *e)
{
    const struct account *to = one->account;
    struct mail mail = {
        .from = d->from,
        .to = to->mail,
        .subject = str_fmt(a,
                           d->c->lang == LANG_JA ? "巡り: いますることが%u件あります"
                                                 : "meguri: work for you: %u",
                           work_of(one)),
        .id = str_fmt(a, "%lld.%.*s", (long long)d->now_ms, STR_ARG(to->id)),
        .at_ms = d->now_ms,
    };
    struct buf b;
    bool is_taken = false;

    if (!to->mail.n) {
        d->without_address++;
        return true;
    }
    buf_init(&b, a, 4096, LIMIT_ANSWER_BYTES);
    put_text(d, &b, one);
    mail.text = buf_str(&b);
    if (!smtp_send(d->relay, &mail, &is_taken, e))
        return false;
    if (!is_taken)
        (void)cli_refuse(d->c, "%.*s には送れませんでした(%s)。", "not sent to %.*s (%s).",
                         STR_ARG(to->mail), d->relay->said);
    d->sent += is_taken;
    d->refused += !is_taken;
    return true;
}

static bool one_account(struct digests *d, const struct account *account, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct digest one = { .account = account };

    if (account->is_disabled)
        return true;
    if (!store_tasks(d->db, &mem, account->id, d->now_ms, &one.tasks, e)
        || !store_voice_tasks(d->db, &mem, account->id, d->now_ms, &one.voices, e))
        return false;
    if (!work_of(&one))
        return true;
    return d->relay ? send_one(d, &mem, &one, e) : print(d, &mem, &one);
}

static bool all_accounts(struct digests *d, struct err *e)
{
    struct page_of page = { 0, 100 };
    struct account_rows rows = { .count = 1 };

    for (; rows.count; page.offset += rows.count) {
        AUTO(arena_done) struct arena mem = { 0 };

        if (!store_accounts(d->db, &mem, STR(""), page, &rows, e))
            return false;
        for (uint32_t i = 0; i < rows.count; i++)
            if (!one_account(d, &rows.rows[i], e))
                return false;
    }
    return true;
}

static bool named_accounts(struct digests *d, struct err *e)
{
    for (int i = 0; i < d->c->arg_count; i++) {
        struct account account;

        if (!store_account_by_login(d->db, d->c->mem, str_from(d->c->args[i]), &account, e)
            || !one_account(d, &account, e))
            return false;
    }
    return true;
}

static bool run(struct digests *d, struct err *e)
{
    return d->c->arg_count ? named_accounts(d, e) : all_accounts(d, e);
}

static bool send_all(struct digests *d, struct err *e)
{
    AUTO(smtp_close) struct smtp relay = { .fd = -1 };
    struct relay where;

    if (!relay_parse(d->c->mem, cli_value(d->c, "smtp"), &where, e))
        return false;
    if (!mail_address_fits(d->from))
        return err_set(e, ERR_INPUT, "--from に差出人のメールアドレスを指定してください。");
    if (!smtp_open(&where, &relay, e))
        return false;
    d->relay = &relay;
    if (!run(d, e))
        return false;
    return cli_put(
        d->c, str_fmt(d->c->mem,
                      d->c->lang == LANG_JA
                          ? "送信 %u通、送れなかったもの %u通、メールアドレスのない人 %u人\n"
                          : "sent %u, not sent %u, without an address %u\n",
                      d->sent, d->refused, d->without_address));
}

/* "https://plan.example.jp/" without its last slash. */
static str base_url(const struct cli *c)
{
    str url = str_from(cli_value(c, "url"));

    if (str_ends(url, STR("/")))
        url.n--;
    return url;
}

int cmd_digest(struct cli *c)
{
    AUTO(conn_close) struct conn *db = NULL;
    struct digests d = { .c = c, .url = base_url(c), .from = str_from(cli_value(c, "from")) };
    struct timespec t;
    struct buf day;
    struct err e;

    (void)clock_gettime(CLOCK_REALTIME, &t);
    d.now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    buf_init(&day, c->mem, 40, 40);
    instant_put(&day, d.now_ms);
    d.today = str_take(buf_str(&day), 10);
    if (!store_open(c->data, STORE_READ, &db, &e))
        return cli_fail(c, &e);
    d.db = db;
    if (!(cli_value(c, "smtp") ? send_all(&d, &e) : run(&d, &e)))
        return cli_fail(c, &e);
    return d.refused ? CLI_FINDINGS : CLI_FINE;
}
