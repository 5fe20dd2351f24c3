/* Drafts: what somebody typed and has not saved. */
#include "store/people_inner.h"

#include "base/banned.h"

bool store_draft_save(struct conn *c, const struct form_draft *d, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (d->fields.n > LIMIT_REQUEST_BODY)
        return err_set(e, ERR_INPUT, "下書きが大きすぎます(%dバイトまで)。",
                       (int)LIMIT_REQUEST_BODY);
    if (!transaction_begin(c, &t, e))
        return false;
    {
        AUTO(query_end) struct query q = query_on(c, Q_DRAFT_PUT);

        put_text(&q, d->account);
        put_text(&q, d->form);
        put_hash(&q, &d->base);
        put_text(&q, d->fields);
        put_int(&q, d->at_ms);
        if (!query_run(&q, e))
            return false;
    }
    return transaction_commit(&t, e);
}

bool store_draft(struct conn *c, struct arena *a, str account, str form, struct form_draft *out,
                 struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_DRAFT_GET);
    bool found;

    *out = (struct form_draft){ .account = account, .form = form };
    put_text(&q, account);
    put_text(&q, form);
    if (!query_step(&q, &found, e))
        return false;
    if (!found)
        return true;
    out->base = take_hash(&q);
    out->fields = take_text(&q, a);
    out->at_ms = take_int(&q);
    return true;
}

bool store_draft_drop(struct conn *c, str account, str form, struct err *e)
{
    AUTO(transaction_end) struct transaction t = { 0 };

    if (!transaction_begin(c, &t, e))
        return false;
    {
        AUTO(query_end) struct query q = query_on(c, Q_DRAFT_DROP);

        put_text(&q, account);
        put_text(&q, form);
        if (!query_run(&q, e))
            return false;
    }
    return transaction_commit(&t, e);
}
