/* Voices in the store: received, worked on, answered, published, erased; what verification
 * finds; what survives a rebuild. */
#include "works.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

static struct actor LISTENER;
static const char SECRET_TEXT[] =
    "はなみずき通りの街灯が消えたままです。電話は 00-0000-0000 です。";

/* ---- a ward that listens ---- */

static void ward_begin(struct year *y)
{
    year_begin(y);
    hire(y, &LISTENER, "listener", WARD, DUTY_LISTENER);
}

static struct voice_submission sending(struct year *y, const char *text, const char *nonce)
{
    return (struct voice_submission){ .organisation = WARD,
                                      .stamp = by(y, &ACTOR_RESIDENT, ""),
                                      .door = DOOR_VOICE,
                                      .text = str_from(text),
                                      .contact = STR(""),
                                      .nonce = str_from(nonce) };
}

static struct voice_receipt receive(struct year *y, const char *text, const char *nonce)
{
    const struct voice_submission s = sending(y, text, nonce);
    struct voice_receipt r = { 0 };

    CHECK(store_voice_receive(y->f.c, &s, &r, &y->f.e));
    return r;
}

static struct voice_ref ref_of(const struct voice_receipt *r)
{
    return (struct voice_ref){ WARD, r->fiscal_year, r->number, 0 };
}

static struct voice_stored voice_now(struct year *y, struct voice_ref ref)
{
    struct voice_stored v = { 0 };

    CHECK(store_voice(y->f.c, &y->f.mem, &ref, &v, &y->f.e));
    return v;
}

static bool move_as(struct year *y, const struct actor *who, const char *reason,
                    struct voice_ref ref, const struct voice_act *act)
{
    const struct voice_move m = { ref, { { 0 } }, act };
    struct voice_moved out;

    return store_voice_move(y->f.c, &y->f.mem, by(y, who, reason), &m, &out, &y->f.e);
}

static void triage(struct year *y, struct voice_ref ref)
{
    const struct voice_act act = { .step = VOICE_TRIAGE,
                                   .part = 1,
                                   .category = STR("roads"),
                                   .summary = STR("街灯が消えている"),
                                   .section = STR("minamo-kikaku") };

    CHECK(move_as(y, &LISTENER, "", ref, &act));
}

static bool answer(struct year *y, struct voice_ref ref, const char *text)
{
    const struct voice_act draft = {
        .step = VOICE_DRAFT, .part = 1, .kind = STR("will-do"), .text = str_from(text)
    };
    const struct voice_act submit = { .step = VOICE_SUBMIT, .part = 1 };
    const struct voice_act approve = { .step = VOICE_APPROVE, .part = 1 };

    return move_as(y, &EDITOR, "", ref, &draft) && move_as(y, &EDITOR, "", ref, &submit)
           && move_as(y, &HEAD, "", ref, &approve);
}

static struct verify_report verified(struct year *y)
{
    struct verify_report r = { 0 };

    CHECK(store_verify(y->f.c, &y->f.mem, &r, &y->f.e));
    return r;
}

static void check_whole(struct year *y)
{
    const struct verify_report r = verified(y);

    for (uint32_t i = 0; i < r.fault_count; i++)
        printf("# %.*s\n", STR_ARG(r.faults[i]));
    CHECK(r.fault_count == 0);
}

static bool found(struct year *y, const char *sentence)
{
    const struct verify_report r = verified(y);

    for (uint32_t i = 0; i < r.fault_count; i++)
        if (str_find(r.faults[i], str_from(sentence)) >= 0)
            return true;
    return false;
}

static struct voice_numbers numbers(struct year *y)
{
    const struct voice_count_asked asked = { WARD, 0, -1, FACET_ALL };
    struct voice_numbers n = { 0 };

    CHECK(store_voice_numbers(y->f.c, &y->f.mem, &asked, date_of_instant(y->now_ms), &n,
                              &y->f.e));
    return n;
}

/* Behind the program's back. */
static void change(struct year *y, const char *sql)
{
    sqlite3 *db = NULL;

    CHECK(sqlite3_open(y->f.path, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_close(db) == SQLITE_OK);
}

/* ---- receiving ---- */

static void the_same_form_sent_twice_is_one_voice_with_one_receipt(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt one = receive(&y, SECRET_TEXT, "abc");
    const struct voice_receipt again = receive(&y, SECRET_TEXT, "abc");
    const struct voice_receipt other = receive(&y, "別の意見です。", "abc");

    CHECK(one.fiscal_year == 2024 && one.number == 1 && !one.is_same);
    CHECK(again.is_same && again.number == 1);
    CHECK_STR(again.secret, one.secret);
    CHECK(strlen(one.secret) == VOICE_SECRET_CHARS);
    CHECK(!other.is_same && other.number == 2 && strcmp(other.secret, one.secret) != 0);
    CHECK(one.due.year == 2024 && one.due.month == 4 && one.due.day == 15);
    CHECK(numbers(&y).received == 2);
    check_whole(&y);
}

static void one_that_cannot_be_taken_does_not_keep_the_others_out(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    struct voice_submission s[3] = { sending(&y, "一つ目", "1"), sending(&y, " \n　", "2"),
                                     sending(&y, "三つ目", "3") };
    const struct voice_submission *all[] = { &s[0], &s[1], &s[2] };
    struct voice_taken out[3];

    CHECK(store_voice_receive_many(y.f.c, all, 3, out, &y.f.e));
    CHECK(out[0].ok && !out[1].ok && out[2].ok);
    CHECK(out[1].why.code == ERR_INPUT && strstr(out[1].why.text, "文章"));
    CHECK(out[0].receipt.number == 1 && out[2].receipt.number == 2);
    s[0].organisation = STR("nirgends");
    CHECK(!store_voice_receive(y.f.c, &s[0], &out[0].receipt, &y.f.e));
    CHECK(y.f.e.code == ERR_NOT_FOUND);
    s[2].section = STR("minamo-kikaku"); /* a resident gives no section */
    CHECK(!store_voice_receive(y.f.c, &s[2], &out[0].receipt, &y.f.e));
}

static void strange_texts_are_kept_as_typed(void)
{
    static const char *const STRANGE[] = {
        "<script>alert(1)</script>",
        "'; DROP TABLE voice; --",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 \xF0\xA0\xAE\xB7\xE9\x87\x8E\xE5\xAE\xB6",
        "\xE2\x80\xAE\xE9\x80\x86\xE3\x81\x95\xE3\x81\xBE\xE2\x80\xAC",
        "=HYPERLINK(\"http://example.com\")",
        "  両端の空白  \r\n改行\t",
        "\uFEFF BOM %s %n {{>x}} \\u0000",
    };
    AUTO(year_end) struct year y;
    ward_begin(&y);

    for (size_t i = 0; i < sizeof STRANGE / sizeof *STRANGE; i++) {
        const struct voice_receipt r = receive(&y, STRANGE[i], "");
        const struct voice_ref ref = ref_of(&r);
        struct voice_text texts[VOICE_TURNS];

        CHECK(store_voice_look(y.f.c, &y.f.mem, by(&y, &LISTENER, "振り分けのため"), &ref,
                               texts, &y.f.e));
        CHECK(str_eq(texts[0].text, str_from(STRANGE[i])));
    }
    check_whole(&y);
}

static void what_was_acknowledged_survives_a_kill(void)
{
    enum { BATCHES = 1000, SIZE = 8 };
    AUTO(year_end) struct year y;
    ward_begin(&y);
    int told[2];
    char byte;
    int64_t acknowledged = 0;
    pid_t child;

    (void)receive(&y, "先に一つ", "");
    CHECK(pipe(told) == 0);
    (void)fflush(stdout);
    child = fork();
    if (child == 0) {
        AUTO(conn_close) struct conn *c = NULL;
        struct voice_submission s[SIZE];
        const struct voice_submission *all[SIZE];
        struct voice_taken out[SIZE];
        struct err e;

        if (!store_open(y.f.path, STORE_WRITE, &c, &e))
            _exit(1);
        for (int i = 0; i < BATCHES; i++) {
            for (int k = 0; k < SIZE; k++) {
                s[k] = sending(&y, "殺されるまで受け付けます", "");
                all[k] = &s[k];
            }
            if (!store_voice_receive_many(c, all, SIZE, out, &e) || write(told[1], "x", 1) != 1)
                _exit(1);
        }
        _exit(0);
    }
    (void)close(told[1]);
    while (acknowledged < 20 && read(told[0], &byte, 1) == 1)
        acknowledged++;
    CHECK(kill(child, SIGKILL) == 0);
    while (read(told[0], &byte, 1) == 1)
        acknowledged++;
    (void)close(told[0]);
    CHECK(waitpid(child, NULL, 0) == child);
    CHECK(acknowledged >= 20);
    CHECK(numbers(&y).received >= 1 + acknowledged * SIZE);
    check_whole(&y);
}

/* ---- the loop ---- */

static void a_voice_goes_from_receipt_to_a_published_answer(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n");
    const struct voice_ref ref = ref_of(&r);
    const struct voice_piece piece = { .summary = STR("街灯が消えている") };
    const struct voice_act publish = { .step = VOICE_PUBLISH,
                                       .pieces = &piece,
                                       .piece_count = 1 };
    const struct voice_act embargo = { .step = VOICE_EMBARGO,
                                       .pieces = &piece,
                                       .piece_count = 1 };
    struct voice_numbers n;
    struct opinion o;

    triage(&y, ref);
    CHECK(!move_as(&y, &LISTENER, "", ref, &publish)); /* not answered */
    CHECK(move_as(&y, &LISTENER, "", ref, &embargo));
    CHECK(!store_opinion(y.f.c, &y.f.mem, &ref, &o, &y.f.e) && y.f.e.code == ERR_NOT_FOUND);
    CHECK(answer(&y, ref, "今月中に直します。"));
    CHECK(store_opinion(y.f.c, &y.f.mem, &ref, &o, &y.f.e));
    CHECK(str_eq(o.row.summary, piece.summary) && !o.row.is_withheld);
    CHECK(str_eq(o.row.published, STR("2024-04-01")));
    n = numbers(&y);
    CHECK(n.received == 1 && n.answered == 1 && n.in_time == 1 && n.published == 1);
    CHECK(n.median_days == 0 && n.waiting == 0 && n.undecided == 0);
    check_whole(&y);
    CHECK(store_rebuild(y.f.c, &y.f.e));
    check_whole(&y);
    CHECK(numbers(&y).published == 1);
}

static void who_may_not_is_told_who_may(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n");
    const struct voice_ref ref = ref_of(&r);
    const struct voice_act approve = { .step = VOICE_APPROVE, .part = 1 };
    const struct voice_act withhold = { .step = VOICE_WITHHOLD, .code = STR("2") };
    const struct voice_act draft = {
        .step = VOICE_DRAFT, .part = 1, .kind = STR("done"), .text = STR("直しました。")
    };
    const struct voice_act submit = { .step = VOICE_SUBMIT, .part = 1 };
    struct voice_text texts[VOICE_TURNS];

    triage(&y, ref);
    CHECK(!move_as(&y, &EDITOR, "", ref, &withhold) && y.f.e.code == ERR_DENIED);
    CHECK(!move_as(&y, &STRANGER, "", ref, &draft) && y.f.e.code == ERR_DENIED);
    CHECK(!move_as(&y, &AUDITOR, "", ref, &draft) && y.f.e.code == ERR_DENIED);
    CHECK(!store_voice_look(y.f.c, &y.f.mem, by(&y, &EDITOR, "知りたい"), &ref, texts, &y.f.e));
    CHECK(y.f.e.code == ERR_DENIED);
    CHECK(!store_voice_look(y.f.c, &y.f.mem, by(&y, &LISTENER, ""), &ref, texts, &y.f.e));
    CHECK(y.f.e.code == ERR_INPUT);
    CHECK(voice_now(&y, ref).looks == 0);
    CHECK(move_as(&y, &HEAD, "", ref, &draft) && move_as(&y, &HEAD, "", ref, &submit));
    CHECK(!move_as(&y, &HEAD, "", ref, &approve) && y.f.e.code == ERR_DENIED);
    CHECK(strstr(y.f.e.text, "本人"));
}

static void the_receipt_tells_its_holder_and_nobody_else(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n");
    const struct voice_receipt other = receive(&y, "別の人", "m");
    const struct voice_ref ref = ref_of(&r);
    const struct voice_ref nowhere = { WARD, 2024, 77, 0 };
    struct voice_followed f;
    struct err wrong;

    triage(&y, ref);
    CHECK(store_voice_follow(y.f.c, &y.f.mem, &ref, voice_secret_put(&y.f.mem, r.secret), &f,
                             &y.f.e));
    CHECK(f.voice.parts[0].state == PART_ASSIGNED && !f.voice.parts[0].summary.n);
    CHECK(!f.may_reopen);
    CHECK(!store_voice_follow(y.f.c, &y.f.mem, &ref, str_from(other.secret), &f, &wrong));
    CHECK(!store_voice_follow(y.f.c, &y.f.mem, &nowhere, str_from(r.secret), &f, &y.f.e));
    CHECK_STR(wrong.text, y.f.e.text);
    CHECK(wrong.code == y.f.e.code && wrong.code == ERR_NOT_FOUND);
}

static void an_answer_that_was_none_is_answered_once_more(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n");
    const struct voice_ref ref = ref_of(&r);
    const struct voice_reopening what = { ref, str_from(r.secret), STR("いつ直るのですか。") };
    const struct voice_reopening more = { ref, str_from(r.secret), STR("まだです。") };
    struct voice_stored v;

    CHECK(!store_voice_reopen(y.f.c, by(&y, &ACTOR_RESIDENT, ""), &what, &y.f.e));
    CHECK(y.f.e.code == ERR_CONFLICT);
    triage(&y, ref);
    CHECK(answer(&y, ref, "検討します。"));
    y.now_ms += 20 * (int64_t)STORES_DAY;
    CHECK(store_voice_reopen(y.f.c, by(&y, &ACTOR_RESIDENT, ""), &what, &y.f.e));
    CHECK(store_voice_reopen(y.f.c, by(&y, &ACTOR_RESIDENT, ""), &what, &y.f.e)); /* reload */
    CHECK(!store_voice_reopen(y.f.c, by(&y, &ACTOR_RESIDENT, ""), &more, &y.f.e));
    v = voice_now(&y, ref);
    CHECK(v.voice.turn_count == 2 && voice_state_of(&v.voice) == VOICE_OPEN);
    CHECK(voice_in_time(&v.voice) && voice_due(&v.voice).month == 5);
    CHECK(answer(&y, ref, "来月10日に直します。"));
    v = voice_now(&y, ref);
    CHECK(v.voice.parts[0].answer_count == 2 && numbers(&y).reopened == 1);
    check_whole(&y);
}

static void the_same_text_for_many_has_to_be_confirmed(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_act confirmed = { .step = VOICE_APPROVE,
                                         .part = 1,
                                         .is_confirmed = true };
    struct voice_ref ref = { 0 };

    for (int i = 0; i < 4; i++) {
        const struct voice_receipt r = receive(&y, "同じ問い合わせ", "");

        ref = ref_of(&r);
        triage(&y, ref);
        if (i < 3)
            CHECK(answer(&y, ref, "ご意見ありがとうございました。"));
    }
    CHECK(!answer(&y, ref, "ご意見 ありがとうございました。"));
    CHECK(y.f.e.code == ERR_CONFLICT && strstr(y.f.e.text, "3件"));
    CHECK(!move_as(&y, &HEAD, "", ref, &confirmed) && y.f.e.code == ERR_INPUT);
    CHECK(move_as(&y, &HEAD, "同じ制度の説明のため", ref, &confirmed));
    check_whole(&y);
}

static void a_double_click_is_one_record_and_a_stale_page_a_conflict(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n");
    const struct voice_ref ref = ref_of(&r);
    const struct voice_act one = {
        .step = VOICE_TRIAGE, .part = 1, .category = STR("roads"), .summary = STR("要旨")
    };
    const struct voice_act other = { .step = VOICE_TRIAGE,
                                     .part = 1,
                                     .category = STR("safety") };
    const struct voice_move first = { ref, voice_now(&y, ref).record, &one };
    const struct voice_move second = { ref, first.seen, &other };
    struct voice_moved out;

    CHECK(store_voice_move(y.f.c, &y.f.mem, by(&y, &LISTENER, ""), &first, &out, &y.f.e));
    CHECK(!out.is_same);
    CHECK(store_voice_move(y.f.c, &y.f.mem, by(&y, &LISTENER, ""), &first, &out, &y.f.e));
    CHECK(out.is_same);
    CHECK(!store_voice_move(y.f.c, &y.f.mem, by(&y, &LISTENER, ""), &second, &out, &y.f.e));
    CHECK(y.f.e.code == ERR_CONFLICT);
}

/* ---- lists ---- */

static uint32_t listed(struct year *y, enum voice_facet f, const char *value, const char *words)
{
    const struct voice_filter filter = { .organisation = WARD,
                                         .facets = { { f, str_from(value) } },
                                         .facet_count = 1,
                                         .query = str_from(words) };
    struct voice_rows rows;

    CHECK(store_voices(y->f.c, &y->f.mem, &filter, &rows, &y->f.e));
    CHECK(rows.count == rows.total);
    return rows.total;
}

static void voices_are_found_by_what_they_are(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_act withhold = { .step = VOICE_WITHHOLD, .code = STR("2") };
    struct voice_filter filter = { .organisation = WARD, .due_before = STR("2024-05-01") };
    struct voice_task_rows tasks;
    struct voice_rows rows;

    for (int i = 0; i < 5; i++) {
        const struct voice_receipt r = receive(&y, "意見です", "");

        if (i < 3)
            triage(&y, ref_of(&r));
        if (i < 2)
            CHECK(answer(&y, ref_of(&r), i ? "樹木を切ります。" : "舗装します。"));
        if (i == 0)
            CHECK(move_as(&y, &LISTENER, "", ref_of(&r), &withhold));
    }
    CHECK(listed(&y, FACET_ALL, "", "") == 5);
    CHECK(listed(&y, FACET_STATE, "open", "") == 3);
    CHECK(listed(&y, FACET_SECTION, "minamo-kikaku", "") == 3);
    CHECK(listed(&y, FACET_PUBLICATION, "withheld", "") == 1);
    CHECK(listed(&y, FACET_ALL, "", "舗装") == 1);
    CHECK(listed(&y, FACET_ALL, "", "街灯") == 3);
    CHECK(listed(&y, FACET_STATE, "answered", "街灯") == 2);
    CHECK(listed(&y, FACET_ALL, "", "見つからない") == 0);
    CHECK(store_voices(y.f.c, &y.f.mem, &filter, &rows, &y.f.e) && rows.total == 3);
    filter.due_before = STR("2024-04-15");
    CHECK(store_voices(y.f.c, &y.f.mem, &filter, &rows, &y.f.e) && rows.total == 0);
    CHECK(store_voice_tasks(y.f.c, &y.f.mem, LISTENER.id, y.now_ms, &tasks, &y.f.e));
    CHECK(tasks.count == 3); /* two to sort, one to decide on */
    CHECK(store_voice_tasks(y.f.c, &y.f.mem, EDITOR.id, y.now_ms, &tasks, &y.f.e));
    CHECK(tasks.count == 1 && tasks.rows[0].wait == WAIT_ANSWER);
}

/* ---- erasing ---- */

static bool file_has(const char *path, const char *text)
{
    FILE *f = fopen(path, "rb");
    char *bytes = malloc(64u << 20);
    size_t n = 0;
    bool has = false;

    if (f) {
        n = fread(bytes, 1, 64u << 20, f);
        (void)fclose(f);
    }
    for (size_t i = 0; !has && i + strlen(text) <= n; i++)
        has = memcmp(bytes + i, text, strlen(text)) == 0;
    free(bytes);
    return has;
}

static bool stands_in_files(struct year *y, const char *text)
{
    const char *wal = str_c(&y->f.mem, str_fmt(&y->f.mem, "%s-wal", y->f.path));

    return file_has(y->f.path, text) || file_has(wal, text);
}

static void what_is_erased_is_in_no_file_and_the_log_still_holds(void)
{
    enum { VOICES = 300 };
    AUTO(year_end) struct year y;
    ward_begin(&y);
    struct voice_receipt r[VOICES];
    const struct voice_ref ref = { WARD, 2024, 7, 0 };
    const struct voice_erasing what = { ref, STR("request") };
    struct voice_text texts[VOICE_TURNS];
    struct voice_erased out;
    bool swept;

    for (int i = 0; i < VOICES; i++) /* long and short, so that pages fill and split */
        r[i] = receive(&y,
                       str_c(&y.f.mem, str_fmt(&y.f.mem, "個人の文章%03d番%0*d", i,
                                               i % 9 ? i % 97 + 1 : 6000, i)),
                       "");
    CHECK(r[VOICES - 1].number == VOICES);
    CHECK(store_voice_sweep(y.f.c, &swept, &y.f.e) && swept);
    CHECK(stands_in_files(&y, "個人の文章006番") && stands_in_files(&y, "個人の文章018番"));
    CHECK(!store_voice_erase(y.f.c, by(&y, &EDITOR, "本人の申し出"), &what, &out, &y.f.e));
    CHECK(!store_voice_erase(y.f.c, by(&y, &LISTENER, ""), &what, &out, &y.f.e));
    CHECK(store_voice_erase(y.f.c, by(&y, &LISTENER, "本人の申し出"), &what, &out, &y.f.e));
    CHECK(out.turns == 1 && out.is_swept);
    CHECK(!stands_in_files(&y, "個人の文章006番"));
    CHECK(stands_in_files(&y, "個人の文章007番"));
    for (int i = 0; i < VOICES; i += 9) { /* the long ones, and first and last */
        const struct voice_erasing one = { ref_of(&r[i]), STR("request") };

        CHECK(store_voice_erase(y.f.c, by(&y, &LISTENER, "本人の申し出"), &one, &out, &y.f.e));
    }
    for (int i = 0; i < VOICES; i += 9)
        CHECK(!stands_in_files(&y, str_c(&y.f.mem, str_fmt(&y.f.mem, "個人の文章%03d番", i))));
    CHECK(
        store_voice_look(y.f.c, &y.f.mem, by(&y, &LISTENER, "確かめる"), &ref, texts, &y.f.e));
    CHECK(texts[0].is_erased && !texts[0].text.n && voice_now(&y, ref).is_erased[0]);
    check_whole(&y);
    CHECK(store_rebuild(y.f.c, &y.f.e));
    check_whole(&y);
    CHECK(store_voice_erase(y.f.c, by(&y, &LISTENER, "もう一度"), &what, &out, &y.f.e));
    CHECK(out.turns == 0);
}

static void a_receipt_outlives_the_text(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "table/1");
    const struct voice_erasing what = { ref_of(&r), STR("request") };
    const struct voice_ref ref = ref_of(&r);
    const struct voice_reopening more = { ref, str_from(r.secret), STR("まだです。") };
    struct voice_followed f;
    struct voice_erased out;

    triage(&y, ref);
    CHECK(answer(&y, ref, "直しました。"));
    CHECK(store_voice_erase(y.f.c, by(&y, &LISTENER, "申し出"), &what, &out, &y.f.e));
    CHECK(store_voice_follow(y.f.c, &y.f.mem, &ref, str_from(r.secret), &f, &y.f.e));
    CHECK(f.is_erased && !f.may_reopen && f.voice.parts[0].answer_count == 1);
    CHECK(!store_voice_reopen(y.f.c, by(&y, &ACTOR_RESIDENT, ""), &more, &y.f.e));
    /* what it was known by is gone: the same again is a new voice */
    CHECK(receive(&y, SECRET_TEXT, "table/1").number == 2);
    check_whole(&y);
}

static void what_is_over_is_erased_by_itself(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_act settle = { .step = VOICE_FATE, .part = 1, .status = STR("settled") };
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n"), open = receive(&y, "二", "m");
    struct voice_retention what = { WARD, false };
    uint32_t voices;
    bool swept;

    triage(&y, ref_of(&r));
    CHECK(answer(&y, ref_of(&r), "直しました。"));
    CHECK(move_as(&y, &HEAD, "", ref_of(&r), &settle));
    CHECK(store_voice_retention(y.f.c, by(&y, &STORES_CLERK, ""), &what, &voices, &swept,
                                &y.f.e));
    CHECK(voices == 0);
    y.now_ms += 1096 * (int64_t)STORES_DAY;
    CHECK(store_voice_retention(y.f.c, by(&y, &STORES_CLERK, ""), &what, &voices, &swept,
                                &y.f.e));
    CHECK(voices == 1 && !voice_now(&y, ref_of(&r)).is_erased[0]);
    what.apply = true;
    CHECK(store_voice_retention(y.f.c, by(&y, &STORES_CLERK, ""), &what, &voices, &swept,
                                &y.f.e));
    CHECK(voices == 1 && swept && voice_now(&y, ref_of(&r)).is_erased[0]);
    CHECK(!voice_now(&y, ref_of(&open)).is_erased[0]);
    check_whole(&y);
}

/* ---- faults that somebody plants ---- */

static void a_changed_text_is_found(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    (void)receive(&y, SECRET_TEXT, "n");
    change(&y, "UPDATE voice_text SET text = CAST('ほかの文章' AS BLOB)");
    CHECK(found(&y, "書き換えられています"));
}

static void a_missing_text_is_found(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    (void)receive(&y, SECRET_TEXT, "n");
    change(&y, "DELETE FROM voice_text");
    CHECK(found(&y, "なくなっています"));
}

static void an_emptied_text_without_tombstone_is_found(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    (void)receive(&y, SECRET_TEXT, "n");
    change(&y, "UPDATE voice_text SET is_erased = 1, text = zeroblob(length(text))");
    CHECK(found(&y, "消した記録がありません"));
}

static void a_deleted_tombstone_is_found(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt r = receive(&y, SECRET_TEXT, "n");
    const struct voice_erasing what = { ref_of(&r), STR("request") };
    struct voice_erased out;

    CHECK(store_voice_erase(y.f.c, by(&y, &LISTENER, "申し出"), &what, &out, &y.f.e));
    change(&y, "DELETE FROM voice_erasure");
    CHECK(found(&y, "消した声の表"));
    change(&y, "PRAGMA foreign_keys = OFF; DELETE FROM record WHERE kind = 'erasure'");
    CHECK(found(&y, "消した記録がありません") && found(&y, "記録の木"));
}

static void a_wrong_count_is_found(void)
{
    AUTO(year_end) struct year y;
    ward_begin(&y);
    (void)receive(&y, SECRET_TEXT, "n");
    change(&y, "UPDATE voice_count SET voices = 2 WHERE facet = 'all'");
    CHECK(found(&y, "声の件数の表"));
    CHECK(store_rebuild(y.f.c, &y.f.e));
    check_whole(&y);
}

/* What an indicator of voices is counted from: days, codes and numbers, kept with each step. */
static struct voice_clock clock_now(struct year *y)
{
    struct voice_clock c = { .voices = 0 };

    CHECK(store_voice_clock(y->f.c, &y->f.mem, WARD,
                            date_fiscal_year(date_of_instant(y->now_ms)), &c, &y->f.e));
    return c;
}

static void the_clock_knows_who_was_answered_in_time_and_nothing_that_was_said(void)
{
    static const int64_t DAY = INT64_C(86400000);
    AUTO(year_end) struct year y;
    ward_begin(&y);
    const struct voice_receipt quick = receive(&y, SECRET_TEXT, "quick");
    const struct voice_receipt slow = receive(&y, "遅い返事になる意見です。", "slow");
    const struct voice_clock came = clock_now(&y);
    struct voice_clock c;

    CHECK(came.voices == 2 && came.terms.count == 1 && !came.terms.rows[0].in_time);
    CHECK(str_eq(came.terms.rows[0].facets, STR("voice\n\t")));
    triage(&y, ref_of(&quick));
    triage(&y, ref_of(&slow));
    CHECK(answer(&y, ref_of(&quick), "直しました。"));
    y.now_ms += 20 * DAY;
    CHECK(answer(&y, ref_of(&slow), "遅くなりました。直しました。"));
    c = clock_now(&y);
    CHECK(c.voices == 2 && c.terms.count == 2 && !hash_eq(c.digest, came.digest));
    for (uint32_t i = 0; i < c.terms.count; i++) {
        CHECK(str_eq(c.terms.rows[i].facets, STR("voice\nroads\tminamo-kikaku")));
        CHECK(c.terms.rows[i].voices == 1 && c.terms.rows[i].in_time == (i == 1));
    }
    check_whole(&y);
    CHECK(store_rebuild(y.f.c, &y.f.e));
    CHECK(hash_eq(clock_now(&y).digest, c.digest));
    change(&y, "UPDATE voice_term SET voices = 2");
    CHECK(found(&y, "声の期限の表"));
}

int main(void)
{
    RUN(the_same_form_sent_twice_is_one_voice_with_one_receipt);
    RUN(one_that_cannot_be_taken_does_not_keep_the_others_out);
    RUN(strange_texts_are_kept_as_typed);
    RUN(what_was_acknowledged_survives_a_kill);
    RUN(a_voice_goes_from_receipt_to_a_published_answer);
    RUN(who_may_not_is_told_who_may);
    RUN(the_receipt_tells_its_holder_and_nobody_else);
    RUN(an_answer_that_was_none_is_answered_once_more);
    RUN(the_same_text_for_many_has_to_be_confirmed);
    RUN(a_double_click_is_one_record_and_a_stale_page_a_conflict);
    RUN(voices_are_found_by_what_they_are);
    RUN(what_is_erased_is_in_no_file_and_the_log_still_holds);
    RUN(a_receipt_outlives_the_text);
    RUN(what_is_over_is_erased_by_itself);
    RUN(a_changed_text_is_found);
    RUN(a_missing_text_is_found);
    RUN(an_emptied_text_without_tombstone_is_found);
    RUN(a_deleted_tombstone_is_found);
    RUN(a_wrong_count_is_found);
    RUN(the_clock_knows_who_was_answered_in_time_and_nothing_that_was_said);
    return DONE();
}
