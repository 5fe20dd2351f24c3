/* Accounts and duties, for administrators.
 *
 * Every administrator sees all accounts of the installation: who gives a colleague a duty has
 * to find that colleague, also when they come from another ward. What takes an account over (a
 * new password, a second factor taken away, another login) or shuts it is for those who
 * administer every organisation in which it holds a duty (SCOPE_ACCOUNT). Duties are records;
 * the store lets an administrator write those of its own organisations. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/people.h"

#include "base/banned.h"

enum { PEOPLE_ON_A_PAGE = 50, HISTORY_ROWS = 50, ORGANISATIONS_MAX = 1000 };

/* clang-format off */
const struct field PERSON_NEW_FIELDS[] = {
    { "login", INPUT_LINE, 64, true, { "ログイン名", "Login" } },
    { "name", INPUT_LINE, 100, true, { "氏名", "Name" } },
    { "mail", INPUT_LINE, 200, false, { "メールアドレス", "E-mail address" } },
    { 0 },
};
const struct field PERSON_FIELDS[] = {
    { "login", INPUT_LINE, 64, true, { "ログイン名", "Login" } },
    { "name", INPUT_LINE, 100, true, { "氏名", "Name" } },
    { "mail", INPUT_LINE, 200, false, { "メールアドレス", "E-mail address" } },
    { "disabled", INPUT_FLAG, 1, false, { "使えなくする", "Shut" } },
    { 0 },
};
const struct field GRANT_FIELDS[] = {
    { "organisation", INPUT_LINE, 64, true, { "団体または課の記号", "Organisation or section" } },
    { "duty", INPUT_LINE, 20, true, { "役割", "Duty" } },
    { "from", INPUT_DAY, 10, false, { "始まる日", "From" } },
    { "to", INPUT_DAY, 10, false, { "終わる日", "Until" } },
    { "deputy", INPUT_LINE, 64, false, { "だれの代理か(ログイン名)", "Deputy of (login)" } },
    { "reason", INPUT_LINE, 200, false, { "理由", "Reason" } },
    { 0 },
};
/* clang-format on */

/* ---- names and duties ---- */

str people_name(const struct req *r, str account)
{
    struct account found;
    struct err ignored;

    if (!account.n)
        return (str){ 0 };
    if (!store_account(r->db, r->mem, account, &found, &ignored))
        return req_message(r, "people.erased", NULL);
    return found.name;
}

static str today(const struct req *r)
{
    struct buf b;

    buf_init(&b, r->mem, 40, 40);
    instant_put(&b, r->now_ms);
    return str_take(buf_str(&b), 10);
}

static const char *grant_state(const struct grant *g, str day)
{
    if (str_cmp(g->from, day) > 0)
        return "later";
    return g->to.n && str_cmp(g->to, day) < 0 ? "past" : "now";
}

static void put_grant(const struct req *r, struct value *list, const struct grant *g)
{
    struct value *m = value_add_map(r->mem, list);
    str state = str_from(grant_state(g, today(r)));
    struct organisation o = { 0 };
    struct err ignored;

    if (!store_organisation(r->db, r->mem, g->organisation, &o, &ignored))
        o.name = g->organisation;
    value_put_text(r->mem, m, "organisation", g->organisation);
    value_put_text(r->mem, m, "organisation_name", o.name);
    value_put_text(r->mem, m, "duty", duty_word(g->duty));
    value_put_text(r->mem, m, "duty_label", part_word(r, "duty", duty_word(g->duty)));
    value_put_text(r->mem, m, "from", g->from);
    value_put_text_or_null(r->mem, m, "to", g->to);
    value_put_text_or_null(r->mem, m, "deputy_name", people_name(r, g->deputy_of));
    value_put_text(r->mem, m, "state", state);
    value_put_text(r->mem, m, "state_label", part_word(r, "grant_state", state));
}

bool people_put_grants(const struct req *r, struct value *map, const struct grant_rows *grants,
                       struct err *e)
{
    struct value *list = value_put_list(r->mem, map, "grants");

    (void)e;
    for (uint32_t i = 0; i < grants->count; i++)
        put_grant(r, list, &grants->rows[i]);
    value_put_bool(r->mem, map, "has_grants", grants->count > 0);
    return true;
}

bool people_administers(const struct req *r, const struct grant_rows *grants)
{
    const str day = today(r);

    for (uint32_t i = 0; i < grants->count; i++) {
        const struct grant *g = &grants->rows[i];

        if (g->duty == DUTY_ADMINISTRATOR && str_eq(str_from(grant_state(g, day)), STR("now")))
            return true;
    }
    return false;
}

/* ---- the list ---- */

static str person_url(const struct req *r, str account)
{
    return req_url(r, "/people/%.*s", STR_ARG(account));
}

static bool put_row(const struct req *r, struct value *list, const struct account *a,
                    struct err *e)
{
    struct value *m = value_add_map(r->mem, list);
    struct grant_rows grants;

    value_put_text(r->mem, m, "account", a->id);
    value_put_text(r->mem, m, "login", a->login);
    value_put_text(r->mem, m, "name", a->name);
    value_put_text(r->mem, m, "url", person_url(r, a->id));
    value_put_bool(r->mem, m, "is_disabled", a->is_disabled);
    value_put_bool(r->mem, m, "has_factor", a->has_totp);
    value_put_text_or_null(r->mem, m, "seen_label",
                           a->seen_ms ? part_time_label(r, a->seen_ms) : (str){ 0 });
    return store_grants(r->db, r->mem, a->id, (str){ 0 }, &grants, e)
           && people_put_grants(r, m, &grants, e);
}

static bool put_list(const struct req *r, struct value *page, struct err *e)
{
    const struct page_of shown = req_page_of(r, PEOPLE_ON_A_PAGE);
    struct value *list = value_put_list(r->mem, page, "people");
    struct account_rows found;
    str query = req_query(r, "q");

    if (!store_accounts(r->db, r->mem, query, shown, &found, e))
        return false;
    for (uint32_t i = 0; i < found.count; i++) {
        if (!put_row(r, list, &found.rows[i], e))
            return false;
    }
    value_put_text(r->mem, page, "query", query);
    value_put_int(r->mem, page, "total", found.total);
    value_put_bool(r->mem, page, "has_people", found.count > 0);
    page_put_pages(r, page, shown, found.total);
    return true;
}

bool page_people(struct req *r, struct value *page, struct err *e)
{
    value_put_text(r->mem, page, "people_url", req_url(r, "/people"));
    value_put_text(r->mem, page, "new_url", req_url(r, "/people/new"));
    return put_list(r, page, e);
}

/* ---- a new one ---- */

/* The password for one use, on the only page that ever shows it. */
static void put_password(const struct req *r, struct value *page, const struct account *a,
                         str password)
{
    value_put_text(r->mem, page, "login", a->login);
    value_put_text(r->mem, page, "name", a->name);
    value_put_text(r->mem, page, "password", password);
    value_put_text(r->mem, page, "person_url", person_url(r, a->id));
}

static bool password_new(const struct req *r, const struct account *a, str *password,
                         struct err *e)
{
    const struct new_password p = { .account = a->id,
                                    .password = *password = password_generate(r->mem),
                                    .must_change = true };

    return store_password_set(r->db, r->now_ms, &p, e);
}

bool page_person_new(struct req *r, struct value *page, struct err *e)
{
    (void)e;
    page_crumb(r, page, req_message(r, "people.title", NULL), req_url(r, "/people"));
    value_put_text(r->mem, page, "form_url", req_url(r, "/people/new"));
    page_field(r, page, "login", (str){ 0 });
    page_field(r, page, "name", (str){ 0 });
    page_field(r, page, "mail", (str){ 0 });
    return true;
}

bool act_person_new(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct account a = { .login = req_field(r, "login"),
                         .name = req_field(r, "name"),
                         .mail = req_field(r, "mail") };

    if (req_is_fine(r) && store_account_add(r->db, r->mem, r->now_ms, &a, e)) {
        out->location = person_url(r, a.id);
        return true;
    }
    if (e->code == ERR_CONFLICT)
        req_fault(r, STR("login"), str_from(e->text));
    return req_refused(r, e, "login") && page_person_new(r, page, e);
}

/* ---- one ---- */

static bool put_history(const struct req *r, struct value *page,
                        const struct grant_rows *grants, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "history");
    str entity = str_fmt(r->mem, "grant/%.*s", STR_ARG(req_param(r, "account")));
    str last = { 0 };

    for (uint32_t i = 0; i < grants->count; i++) { /* by organisation */
        struct history what = { .organisation = grants->rows[i].organisation,
                                .entity_prefix = entity,
                                .page = { 0, HISTORY_ROWS } };
        struct record_rows found;

        if (str_eq(what.organisation, last))
            continue;
        last = what.organisation;
        if (!store_history(r->db, r->mem, &what, &found, e))
            return false;
        for (uint32_t k = 0; k < found.count; k++) {
            struct value *m = value_add_map(r->mem, list);

            part_put_time(r, m, found.rows[k].at_ms);
            value_put_text(r->mem, m, "organisation", found.rows[k].organisation);
            value_put_text(r->mem, m, "duty_label",
                           part_word(r, "duty", str_skip(found.rows[k].entity, entity.n + 1)));
            value_put_text(r->mem, m, "by",
                           str_eq(found.rows[k].author, STR("cli"))
                               ? STR("cli")
                               : people_name(r, found.rows[k].author));
            value_put_text_or_null(r->mem, m, "reason", found.rows[k].reason);
        }
    }
    value_put_bool(r->mem, page, "has_history", list->count > 0);
    return true;
}

static void put_duties(const struct req *r, struct value *page)
{
    struct value *list = value_put_list(r->mem, page, "duties");
    str chosen = req_typed(r, "duty", STR("editor"));

    for (int d = 0; d < DUTY_COUNT; d++) {
        struct value *m = value_add_map(r->mem, list);
        str word = duty_word((enum duty)d);

        value_put_text(r->mem, m, "word", word);
        value_put_text(r->mem, m, "label", part_word(r, "duty", word));
        value_put_bool(r->mem, m, "is_chosen", str_eq(word, chosen));
    }
}

/* Those whose duties this administrator gives. */
static bool put_organisations(const struct req *r, struct value *page, struct err *e)
{
    struct value *list = value_put_list(r->mem, page, "organisations");
    const struct page_of all = { 0, ORGANISATIONS_MAX };
    str chosen = req_typed(r, "organisation", (str){ 0 });
    struct organisation_rows found;

    if (!store_organisations(r->db, r->mem, (str){ 0 }, all, &found, e))
        return false;
    for (uint32_t i = 0; i < found.count; i++) {
        const struct organisation *o = &found.rows[i].organisation;
        const struct duty_place at = { o->key, (str){ 0 }, r->now_ms };
        struct value *m;
        unsigned duties;

        if (!store_duties(r->db, r->person->account, &at, &duties, e))
            return false;
        if (!(duties & DUTY_BIT(DUTY_ADMINISTRATOR)))
            continue;
        m = value_add_map(r->mem, list);
        value_put_text(r->mem, m, "key", o->key);
        value_put_text(r->mem, m, "name", o->name);
        value_put_bool(r->mem, m, "is_chosen", str_eq(o->key, chosen));
    }
    return true;
}

static void put_person_urls(const struct req *r, struct value *page, str id)
{
    value_put_text(r->mem, page, "save_url", person_url(r, id));
    value_put_text(r->mem, page, "password_url",
                   req_url(r, "/people/%.*s/password", STR_ARG(id)));
    value_put_text(r->mem, page, "factor_url",
                   req_url(r, "/people/%.*s/factor-remove", STR_ARG(id)));
    value_put_text(r->mem, page, "grant_url", req_url(r, "/people/%.*s/duty", STR_ARG(id)));
}

bool page_person(struct req *r, struct value *page, struct err *e)
{
    struct account a;
    struct grant_rows grants;

    if (!store_account(r->db, r->mem, req_param(r, "account"), &a, e)
        || !store_grants(r->db, r->mem, a.id, (str){ 0 }, &grants, e))
        return false;
    page_title(r, page, a.name.n ? a.name : a.login);
    page_crumb(r, page, req_message(r, "people.title", NULL), req_url(r, "/people"));
    value_put_text(r->mem, page, "account", a.id);
    value_put_bool(r->mem, page, "is_disabled", a.is_disabled);
    value_put_bool(r->mem, page, "has_password", a.has_password);
    value_put_bool(r->mem, page, "has_factor", a.has_totp);
    value_put_text_or_null(r->mem, page, "seen_label",
                           a.seen_ms ? part_time_label(r, a.seen_ms) : (str){ 0 });
    put_person_urls(r, page, a.id);
    page_field(r, page, "login", a.login);
    page_field(r, page, "name", a.name);
    page_field(r, page, "mail", a.mail);
    page_field(r, page, "organisation", (str){ 0 });
    page_field(r, page, "duty", STR("editor"));
    page_field(r, page, "from", today(r));
    page_field(r, page, "to", (str){ 0 });
    page_field(r, page, "deputy", (str){ 0 });
    page_field(r, page, "reason", (str){ 0 });
    put_duties(r, page);
    return put_organisations(r, page, e) && people_put_grants(r, page, &grants, e)
           && put_history(r, page, &grants, e);
}

bool act_person(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct account a;

    if (!store_account(r->db, r->mem, req_param(r, "account"), &a, e))
        return false;
    a.login = req_field(r, "login");
    a.name = req_field(r, "name");
    a.mail = req_field(r, "mail");
    a.is_disabled = req_field(r, "disabled").n > 0;
    if (req_is_fine(r) && store_account_save(r->db, &a, e)) {
        out->location = person_url(r, a.id);
        return true;
    }
    if (e->code == ERR_CONFLICT)
        req_fault(r, STR("login"), str_from(e->text));
    return req_refused(r, e, "login") && page_person(r, page, e);
}

bool act_person_password(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    struct account a;
    str password;

    (void)out;
    if (!store_account(r->db, r->mem, req_param(r, "account"), &a, e)
        || !password_new(r, &a, &password, e))
        return false;
    put_password(r, page, &a, password);
    return true;
}

bool act_person_factor(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    (void)page;
    out->location = person_url(r, req_param(r, "account"));
    return store_totp_remove(r->db, req_param(r, "account"), e);
}

/* ---- duties ---- */

static bool deputy_find(struct req *r, str *account, struct err *e)
{
    str login = req_field(r, "deputy");
    struct account a;

    *account = (str){ 0 };
    if (!login.n)
        return true;
    if (!store_account_by_login(r->db, r->mem, login, &a, e)) {
        if (e->code != ERR_NOT_FOUND)
            return false;
        *e = (struct err){ 0 };
        req_fault(r, STR("deputy"), req_message(r, "people.no_login", NULL));
        return true;
    }
    *account = a.id;
    return true;
}

bool act_person_duty(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = { r->person->account, duty_word(DUTY_ADMINISTRATOR) };
    const struct stamp stamp = { &who, r->now_ms, req_field(r, "reason") };
    struct grant g = { .organisation = req_field(r, "organisation"),
                       .account = req_param(r, "account"),
                       .from = req_field(r, "from"),
                       .to = req_field(r, "to") };

    if (req_is_fine(r) && !duty_parse(req_field(r, "duty"), &g.duty))
        req_fault(r, STR("duty"), req_message(r, "people.no_duty", NULL));
    if (!deputy_find(r, &g.deputy_of, e))
        return false;
    if (req_is_fine(r) && store_grant_save(r->db, &stamp, &g, e)) {
        out->location = person_url(r, g.account);
        return true;
    }
    if (e->code == ERR_NOT_FOUND || e->code == ERR_DENIED)
        req_fault(r, STR("organisation"), str_from(e->text));
    return req_refused(r, e, "organisation") && page_person(r, page, e);
}
