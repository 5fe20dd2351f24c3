/* Answers by invitation. A code is kept as its hash alone, and whether it was used; an answer
 * is kept apart from it, without time and in an order of its own, so that nobody can tell which
 * answer came by which code. */
#include "store/people_inner.h"
#include "store/survey_inner.h"

#include <sodium.h>

#include "base/banned.h"

/* Blanks, dashes and the case of letters do not matter: people type it from paper. */
static struct hash code_hash(struct arena *a, const struct survey_ref *ref, str code)
{
    struct buf b;

    buf_init(&b, a, 128, (size_t)4 * LIMIT_QUERY_BYTES);
    buf_fmt(&b, "survey/%.*s/%.*s/", STR_ARG(ref->organisation), STR_ARG(ref->key));
    for (size_t i = 0; i < code.n; i++) {
        const char c = code.p[i];

        if (c != '-' && c != ' ')
            buf_put_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return hash_bytes(buf_str(&b));
}

static bool survey_exists(struct conn *c, struct arena *a, const struct survey_ref *ref,
                          struct err *e)
{
    struct survey_work *work = NEW(a, struct survey_work, 1);

    return store_survey_work(c, a, ref, work, e);
}

bool store_survey_invite(struct conn *c, struct arena *a, const struct survey_ref *ref,
                         uint32_t count, str *codes, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!transaction_begin(c, &t, e) || !survey_exists(c, a, ref, e))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        AUTO(query_end) struct query q = query_on(c, Q_SURVEY_INVITATION_ADD);
        struct hash hash;

        codes[i] = password_generate(a);
        hash = code_hash(a, ref, codes[i]);
        put_text(&q, ref->organisation);
        put_text(&q, ref->key);
        put_hash(&q, &hash);
        if (!query_run(&q, e))
            return false;
    }
    return transaction_commit(&t, e);
}

/* ERR_NOT_FOUND for a code that was never given out, ERR_CONFLICT for one that was used before.
 */
static bool code_look(struct conn *c, const struct survey_ref *ref, struct hash code,
                      struct err *e)
{
    AUTO(query_end) struct query look = query_on(c, Q_SURVEY_INVITATION_GET);
    bool found;

    put_text(&look, ref->organisation);
    put_text(&look, ref->key);
    put_hash(&look, &code);
    if (!query_step(&look, &found, e))
        return false;
    if (!found)
        return err_set(
            e, ERR_NOT_FOUND,
            "この招待コードは見つかりません。お手元の文字をもう一度確かめてください。");
    return !take_int(&look)
           || err_set(e, ERR_CONFLICT,
                      "この招待コードの回答は、もう受け取っています。ありがとうございました。");
}

/* Looks for the code; a wrong one counts against its address, and is counted also when the
 * caller gives up. */
static bool code_try(struct conn *c, struct arena *a, const struct survey_ref *ref,
                     const struct survey_code *code, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };
    struct tries tries;
    struct err ignored;
    int wait;

    if (!transaction_begin(c, &t, e)
        || !tries_load(c, COUNT_INVITATION,
                       tries_key(COUNT_INVITATION, code->address, ref->organisation),
                       code->now_ms, &tries, e))
        return false;
    wait = tries_wait(&tries, code->now_ms);
    if (wait)
        return err_set(
            e, ERR_DENIED,
            "まちがった招待コードが続いたので、%d秒待ってからもう一度送ってください。", wait);
    if (code_look(c, ref, code_hash(a, ref, code->code), e))
        return true;
    if (e->code == ERR_NOT_FOUND
        && (!tries_add(c, COUNT_INVITATION, &tries, code->now_ms, &ignored)
            || !transaction_commit(&t, &ignored)))
        *e = ignored;
    return false;
}

bool store_survey_code(struct conn *c, const struct survey_ref *ref,
                       const struct survey_code *code, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };

    return code_try(c, &mem, ref, code, e);
}

static bool code_use(struct conn *c, const struct survey_ref *ref, struct hash code,
                     struct err *e)
{
    AUTO(query_end) struct query use = query_on(c, Q_SURVEY_INVITATION_USE);

    put_text(&use, ref->organisation);
    put_text(&use, ref->key);
    put_hash(&use, &code);
    return code_look(c, ref, code, e) && query_run(&use, e);
}

bool store_survey_reply(struct conn *c, const struct survey_ref *ref,
                        const struct survey_code *code, str body, struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    AUTO(transaction_end) struct transaction t = { 0 };
    char id[16];

    if (!code_try(c, &mem, ref, code, e) || !transaction_begin(c, &t, e)
        || !code_use(c, ref, code_hash(&mem, ref, code->code), e))
        return false;
    randombytes_buf(id, sizeof id);
    AUTO(query_end) struct query q = query_on(c, Q_SURVEY_REPLY_ADD);
    put_text(&q, ref->organisation);
    put_text(&q, ref->key);
    put_bytes(&q, (str){ id, sizeof id });
    put_text(&q, body);
    return query_run(&q, e) && transaction_commit(&t, e);
}

/* One answer as a row: the codes of each question, blanks between. */
static bool reply_row(struct arena *a, struct buf *out, const struct survey *s, str body,
                      struct err *e)
{
    struct value *v;
    uint32_t columns = 0;

    if (!json_read_canonical(a, body, &v, e))
        return false;
    for (uint32_t i = 0; i < s->question_count; i++) {
        const struct value *list = value_get(v, s->questions[i].key);

        if (s->questions[i].kind == QUESTION_TEXT)
            continue;
        buf_put_c(out, columns++ ? ",\"" : "\"");
        for (const struct value *x = list ? list->first : NULL; x; x = x->next)
            buf_fmt(out, "%s%.*s", x == list->first ? "" : " ", STR_ARG(x->text));
        buf_put_char(out, '"');
    }
    buf_put_char(out, '\n');
    return true;
}

static void headings(struct buf *out, const struct survey *s)
{
    uint32_t columns = 0;

    for (uint32_t i = 0; i < s->question_count; i++)
        if (s->questions[i].kind != QUESTION_TEXT)
            buf_fmt(out, "%s\"%.*s\"", columns++ ? "," : "", STR_ARG(s->questions[i].column));
    buf_put_char(out, '\n');
}

bool store_survey_replies(struct conn *c, struct arena *a, const struct survey_ref *ref,
                          const struct survey *survey, str *csv, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_SURVEY_REPLY_ROWS);
    AUTO(arena_done) struct arena row = { 0 };
    bool is_row = true;
    struct buf out;

    buf_init(&out, a, 4096, LIMIT_DOCUMENT_BYTES);
    headings(&out, survey);
    put_text(&q, ref->organisation);
    put_text(&q, ref->key);
    while (query_step(&q, &is_row, e) && is_row) {
        if (!reply_row(&row, &out, survey, take_text(&q, &row), e))
            return false;
        arena_reset(&row);
    }
    *csv = buf_str(&out);
    return !is_row;
}
