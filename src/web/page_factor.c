/* The second factor: an authenticator app, and recovery codes for the day without it. The
 * secret and the codes are shown once, in the answer to the form that made them. */
#include "web/pages.h"
#include "web/sign_in.h"

#include "base/banned.h"

/* clang-format off */
const struct field FACTOR_NEW_FIELDS[] = {
    WAITING_FIELDS,
    { 0 },
};
const struct field FACTOR_CODE_FIELDS[] = {
    { "code", INPUT_LINE, 20, true, { "確認コード", "Code" } },
    { "secret", INPUT_LINE, 64, false, { "秘密の文字列", "Secret" } },
    { "uri", INPUT_LINE, 400, false, { "設定用アドレス", "Key URI" } },
    WAITING_FIELDS,
    { 0 },
};
/* clang-format on */

bool page_factor(struct req *r, struct value *page, struct err *e)
{
    struct account account;

    if (!store_account(r->db, r->mem, r->person->account, &account, e))
        return false;
    value_put_bool(r->mem, page, "has_factor", account.has_totp);
    value_put_bool(r->mem, page, "is_wanted", r->person->must_add_factor);
    value_put_text(r->mem, page, "new_url", req_url(r, "/account/factor"));
    value_put_text(r->mem, page, "codes_url", req_url(r, "/account/recovery"));
    value_put_text(r->mem, page, "remove_url", req_url(r, "/account/factor-remove"));
    waiting_put(r, page);
    return true;
}

/* In groups of four, as people read it from a screen. */
static str in_groups(const struct req *r, str secret)
{
    struct buf b;

    buf_init(&b, r->mem, secret.n * 2 + 1, secret.n * 2 + 1);
    for (size_t i = 0; i < secret.n; i++) {
        if (i && i % 4 == 0)
            buf_put_char(&b, ' ');
        buf_put_char(&b, secret.p[i]);
    }
    return buf_str(&b);
}

static void put_secret(const struct req *r, struct value *page, str secret, str uri)
{
    value_put_text(r->mem, page, "form_url", req_url(r, "/account/factor-code"));
    value_put_text(r->mem, page, "secret", secret);
    value_put_text(r->mem, page, "secret_label", in_groups(r, secret));
    value_put_text(r->mem, page, "uri", uri);
    value_put_markup(r->mem, page, "qr",
                     render_qr(r->mem, uri, req_message(r, "factor.qr", NULL)));
    page_field(r, page, "code", (str){ 0 });
    waiting_put(r, page);
}

bool act_factor_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    str secret, uri;

    (void)out;
    if (!store_totp_begin(r->db, r->mem, r->person->account, &secret, &uri, e))
        return false;
    put_secret(r, page, secret, uri);
    return true;
}

/* The codes, each once and only here. */
static bool put_codes(const struct req *r, struct value *page, struct err *e)
{
    struct value *list;
    str codes[RECOVERY_CODES];

    if (!store_recovery_make(r->db, r->mem, r->person->account, codes, e))
        return false;
    value_put_bool(r->mem, page, "codes_are_there", true);
    list = value_put_list(r->mem, page, "codes");
    for (int i = 0; i < RECOVERY_CODES; i++)
        value_add_text(r->mem, list, codes[i]);
    value_put_text(r->mem, page, "account_url", req_url(r, "/account"));
    return true;
}

bool act_factor_code(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    if (req_is_fine(r)
        && store_totp_confirm(r->db, r->now_ms, r->person->account, req_field(r, "code"), e)) {
        waiting_go(r, out, req_url(r, "/account/recovery"));
        return true;
    }
    put_secret(r, page, req_field(r, "secret"), req_field(r, "uri"));
    return req_refused(r, e, "code");
}

bool page_recovery(struct req *r, struct value *page, struct err *e)
{
    (void)e;
    value_put_bool(r->mem, page, "codes_are_there", false);
    value_put_text(r->mem, page, "form_url", req_url(r, "/account/recovery"));
    return true;
}

bool act_recovery(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    (void)out;
    return put_codes(r, page, e);
}

bool act_factor_remove(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    (void)page;
    out->location = req_url_with(r, req_url(r, "/account"), "done", STR("factor"));
    return store_totp_remove(r->db, r->person->account, e);
}
