/* What `meguri user` prints: lines with TABs between, or one JSON object a line. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

static bool is_json(const struct cli *c)
{
    return strcmp(c->format, "json") == 0;
}

static str instant_text(struct arena *a, int64_t ms)
{
    struct buf b;

    buf_init(&b, a, 40, 40);
    if (ms)
        instant_put(&b, ms);
    return buf_str(&b);
}

static void line_put(struct buf *out, const struct value *v)
{
    json_put(out, v);
    buf_put_char(out, '\n');
}

/* ---- accounts ---- */

static void account_json(struct buf *out, const struct account *x,
                         const struct grant_rows *grants)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *v = value_map(&mem), *list;

    value_put_text(&mem, v, "id", x->id);
    value_put_text(&mem, v, "login", x->login);
    value_put_text_or_null(&mem, v, "name", x->name);
    value_put_text_or_null(&mem, v, "mail", x->mail);
    value_put_bool(&mem, v, "disabled", x->is_disabled);
    value_put_bool(&mem, v, "has_password", x->has_password);
    value_put_bool(&mem, v, "must_change", x->must_change);
    value_put_bool(&mem, v, "has_totp", x->has_totp);
    value_put_text_or_null(&mem, v, "created", instant_text(&mem, x->created_ms));
    value_put_text_or_null(&mem, v, "seen", instant_text(&mem, x->seen_ms));
    list = value_put_list(&mem, v, "duties");
    for (uint32_t i = 0; i < grants->count; i++) {
        const struct grant *g = &grants->rows[i];
        struct value *one = value_add_map(&mem, list);

        value_put_text(&mem, one, "organisation", g->organisation);
        value_put_text(&mem, one, "duty", duty_word(g->duty));
        value_put_text(&mem, one, "from", g->from);
        value_put_text_or_null(&mem, one, "to", g->to);
        value_put_text_or_null(&mem, one, "deputy_of", g->deputy_of);
    }
    line_put(out, v);
}

static const char *account_state(const struct account *x, enum lang lang)
{
    static const char *const WORDS[][LANG_COUNT] = { { "停止", "disabled" },
                                                     { "パスワードなし", "no password" },
                                                     { "要変更", "must change" },
                                                     { "有効", "active" } };
    const int which = x->is_disabled ? 0 : !x->has_password ? 1 : x->must_change ? 2 : 3;

    return WORDS[which][lang];
}

void user_put(struct cli *c, struct buf *out, const struct account *x,
              const struct grant_rows *grants)
{
    if (is_json(c)) {
        account_json(out, x, grants);
        return;
    }
    buf_fmt(out, "%.*s\t%.*s\t%.*s\t%.*s\t%s%s\t", STR_ARG(x->login), STR_ARG(x->id),
            STR_ARG(x->name), STR_ARG(x->mail), account_state(x, c->lang),
            x->has_totp ? " TOTP" : "");
    for (uint32_t i = 0; i < grants->count; i++) {
        const struct grant *g = &grants->rows[i];
        const str word = duty_word(g->duty);

        buf_fmt(out, "%s%.*s:%.*s(%.*s~%.*s)", i ? " " : "", STR_ARG(g->organisation),
                STR_ARG(word), STR_ARG(g->from), STR_ARG(g->to));
    }
    buf_put_char(out, '\n');
}

/* ---- the rest ---- */

void user_put_sessions(struct cli *c, struct buf *out, const struct session_rows *rows)
{
    AUTO(arena_done) struct arena mem = { 0 };

    for (uint32_t i = 0; i < rows->count; i++) {
        const struct session *s = &rows->rows[i];
        const str begun = instant_text(&mem, s->created_ms),
                  seen = instant_text(&mem, s->seen_ms);

        if (is_json(c)) {
            struct value *v = value_map(&mem);

            value_put_text(&mem, v, "created", begun);
            value_put_text(&mem, v, "seen", seen);
            value_put_text(&mem, v, "how", s->how);
            value_put_text(&mem, v, "address", s->address);
            value_put_text(&mem, v, "agent", s->agent);
            line_put(out, v);
        } else {
            buf_fmt(out, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(begun), STR_ARG(seen),
                    STR_ARG(s->how), STR_ARG(s->address), STR_ARG(s->agent));
        }
    }
}

void user_put_policy(struct cli *c, struct buf *out, const struct password_policy *p)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *v = value_map(&mem);

    for (size_t i = 0; i < POLICY_RULES; i++) {
        if (is_json(c))
            value_put_int(&mem, v, POLICY_RULE[i].name, policy_value(p, i));
        else
            buf_fmt(out, "%s=%d\t%s\n", POLICY_RULE[i].name, policy_value(p, i),
                    POLICY_RULE[i].label[c->lang]);
    }
    if (is_json(c))
        line_put(out, v);
}

void user_put_password(struct cli *c, struct buf *out, str login, str password)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct value *v = value_map(&mem);

    if (!is_json(c)) {
        buf_fmt(out, "%.*s\t%.*s\n", STR_ARG(login), STR_ARG(password));
        return;
    }
    value_put_text(&mem, v, "login", login);
    value_put_text(&mem, v, "password", password);
    line_put(out, v);
}
