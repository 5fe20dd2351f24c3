/* The ward council's members and meetings, read from and written to records. */
#include "model/council.h"
#include "model/inner.h"

#include "base/banned.h"

static const str STATES[MEETING_STATE_COUNT] = {
    [MEETING_PLANNED] = STR_INIT("planned"),
    [MEETING_HELD] = STR_INIT("held"),
    [MEETING_CANCELLED] = STR_INIT("cancelled"),
};

str meeting_state_word(enum meeting_state s)
{
    return STATES[s];
}

bool meeting_state_parse(str word, enum meeting_state *out)
{
    for (int s = 0; s < MEETING_STATE_COUNT; s++)
        if (str_eq(word, STATES[s])) {
            *out = (enum meeting_state)s;
            return true;
        }
    return false;
}

/* ---- pieces ---- */

/* Every key of `v` is one of `known`, words with blanks between. */
static bool keys_known(const struct value *v, str known, const char *what, struct err *e)
{
    if (!v || v->kind != VALUE_MAP)
        return err_set(e, ERR_INPUT, "%sの形が正しくありません。", what);
    for (const struct value *one = v->first; one; one = one->next) {
        str rest = known, word;
        bool found = false;

        while (rest.n && !found) {
            rest = str_cut(rest, ' ', &word);
            found = str_eq(word, one->key);
        }
        if (!found)
            return err_set(e, ERR_INPUT, "%sに知らない項目「%.*s」があります。", what,
                           STR_ARG(one->key));
    }
    return true;
}

static bool list_of(const struct value *v, const char *key, uint32_t most,
                    const struct value **out, struct err *e)
{
    *out = value_get(v, str_from(key));
    if (!*out)
        return true;
    if ((*out)->kind != VALUE_LIST)
        return err_set(e, ERR_INPUT, "%s は並びにしてください。", key);
    return (*out)->count <= most || err_set(e, ERR_INPUT, "%s は%u個までです。", key, most);
}

static bool day_of(const struct value *v, const char *key, date *out, struct err *e)
{
    const str text = value_text(v, key);

    *out = (date){ 0 };
    return !text.n || date_parse(text, out)
           || err_set(e, ERR_INPUT, "%s「%.*s」は 2025-06-30 のように書いてください。", key,
                      STR_ARG(text));
}

/* "19:00", or nothing. */
static bool clock_of(const struct value *v, const char *key, str *out, struct err *e)
{
    const str t = *out = value_text(v, key);
    const bool has_form = t.n == 5 && t.p[0] >= '0' && t.p[0] <= '2' && t.p[1] >= '0'
                          && t.p[1] <= '9' && t.p[2] == ':' && t.p[3] >= '0' && t.p[3] <= '5'
                          && t.p[4] >= '0' && t.p[4] <= '9';

    return !t.n || (has_form && (t.p[0] != '2' || t.p[1] <= '3'))
           || err_set(e, ERR_INPUT, "時刻「%.*s」は 19:00 のように書いてください。",
                      STR_ARG(t));
}

static str day_text(struct arena *a, date d)
{
    struct buf b;

    buf_init(&b, a, 10, 10);
    if (d.year)
        date_put(&b, d);
    return buf_str(&b);
}

static int day_cmp(date x, date y)
{
    const int a = x.year * 10000 + x.month * 100 + x.day;
    const int b = y.year * 10000 + y.month * 100 + y.day;

    return (a > b) - (a < b);
}

/* ---- the council ---- */

const struct council_seat *council_seat(const struct council *c, str key)
{
    for (uint32_t i = 0; i < c->seat_count; i++)
        if (str_eq(c->seats[i].key, key))
            return &c->seats[i];
    return NULL;
}

bool council_sits(const struct council_seat *seat, date day)
{
    return day_cmp(seat->from, day) <= 0 && (!seat->to.year || day_cmp(day, seat->to) <= 0);
}

uint32_t council_sitting(const struct council *c, date day)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < c->seat_count; i++)
        n += council_sits(&c->seats[i], day);
    return n;
}

static bool seat_read(const struct value *v, const struct council *before,
                      struct council_seat *out, struct err *e)
{
    *out = (struct council_seat){ .key = value_text(v, "key"),
                                  .kind = value_text(v, "kind"),
                                  .body = value_text(v, "body"),
                                  .name = value_text(v, "name") };
    if (!keys_known(v, STR("key kind body name from to"), "委員", e)
        || !day_of(v, "from", &out->from, e) || !day_of(v, "to", &out->to, e))
        return false;
    if (!key_is_fine(out->key, "-"))
        return err_set(e, ERR_INPUT,
                       "委員の key「%.*s」は、英小文字で始まる英数字とハイフン(40字まで)に"
                       "してください。",
                       STR_ARG(out->key));
    if (council_seat(before, out->key))
        return err_set(e, ERR_INPUT, "委員「%.*s」が2回あります。", STR_ARG(out->key));
    if (!out->kind.n)
        return err_set(e, ERR_INPUT, "委員「%.*s」の区分(kind)がありません。",
                       STR_ARG(out->key));
    if (!out->from.year)
        return err_set(e, ERR_INPUT, "委員「%.*s」の任期の始まり(from)がありません。",
                       STR_ARG(out->key));
    return !out->to.year || day_cmp(out->from, out->to) <= 0
           || err_set(e, ERR_INPUT, "委員「%.*s」の任期の終わりが始まりより前です。",
                      STR_ARG(out->key));
}

static bool survey_row_read(const struct value *v, struct council_survey *out, struct err *e)
{
    *out = (struct council_survey){ (int)value_int(v, "fiscal_year"), value_text(v, "key") };
    if (!keys_known(v, STR("fiscal_year key"), "委員アンケート", e))
        return false;
    return (out->fiscal_year >= FISCAL_MIN && out->fiscal_year <= FISCAL_MAX
            && key_is_fine(out->key, "-"))
           || err_set(e, ERR_INPUT, "委員アンケートには年度とアンケートの記号が必要です。");
}

bool council_read(struct arena *a, const struct value *v, struct council *out, struct err *e)
{
    const struct value *seats, *surveys;

    *out = (struct council){ .title = value_text(v, "title"), .basis = value_text(v, "basis") };
    if (!keys_known(v, STR("title basis seats surveys"), "区政会議", e)
        || !list_of(v, "seats", COUNCIL_SEATS_MAX, &seats, e)
        || !list_of(v, "surveys", COUNCIL_SEATS_MAX, &surveys, e))
        return false;
    if (!out->title.n)
        return err_set(e, ERR_INPUT, "区政会議の名前(title)がありません。");
    out->seats = NEW(a, struct council_seat, seats ? seats->count : 0);
    for (const struct value *one = seats ? seats->first : NULL; one; one = one->next) {
        if (!seat_read(one, out, &out->seats[out->seat_count], e))
            return false;
        out->seat_count++;
    }
    out->surveys = NEW(a, struct council_survey, surveys ? surveys->count : 0);
    for (const struct value *one = surveys ? surveys->first : NULL; one; one = one->next)
        if (!survey_row_read(one, &out->surveys[out->survey_count++], e))
            return false;
    return true;
}

struct value *council_value(struct arena *a, const struct council *c)
{
    struct value *v = value_map(a), *list;

    value_put_text(a, v, "title", c->title);
    value_put_text_or_null(a, v, "basis", c->basis);
    list = value_put_list(a, v, "seats");
    for (uint32_t i = 0; i < c->seat_count; i++) {
        const struct council_seat *s = &c->seats[i];
        struct value *one = value_add_map(a, list);

        value_put_text(a, one, "key", s->key);
        value_put_text(a, one, "kind", s->kind);
        value_put_text_or_null(a, one, "body", s->body);
        value_put_text_or_null(a, one, "name", s->name);
        value_put_text(a, one, "from", day_text(a, s->from));
        value_put_text_or_null(a, one, "to", day_text(a, s->to));
    }
    list = value_put_list(a, v, "surveys");
    for (uint32_t i = 0; i < c->survey_count; i++) {
        struct value *one = value_add_map(a, list);

        value_put_int(a, one, "fiscal_year", c->surveys[i].fiscal_year);
        value_put_text(a, one, "key", c->surveys[i].key);
    }
    return v;
}

/* ---- a meeting ---- */

static bool texts_read(struct arena *a, const struct value *list, const char *what, str **out,
                       uint32_t *count, struct err *e)
{
    *count = 0;
    *out = NEW(a, str, list ? list->count : 0);
    for (const struct value *one = list ? list->first : NULL; one; one = one->next) {
        if (one->kind != VALUE_TEXT || !one->text.n)
            return err_set(e, ERR_INPUT, "%sの%u番目が空か、文字ではありません。", what,
                           *count + 1);
        (*out)[(*count)++] = one->text;
    }
    return true;
}

static bool document_read(const struct value *v, struct meeting_document *out, struct err *e)
{
    *out = (struct meeting_document){ .title = value_text(v, "title"),
                                      .name = value_text(v, "name") };
    if (!keys_known(v, STR("title name hash"), "資料", e))
        return false;
    if (!out->title.n)
        return err_set(e, ERR_INPUT, "資料の題がありません。");
    return hash_parse(value_text(v, "hash"), &out->hash)
           || err_set(e, ERR_INPUT, "資料「%.*s」のハッシュの形が正しくありません。",
                      STR_ARG(out->title));
}

/* What must stand together. */
static bool meeting_holds(const struct meeting *m, struct err *e)
{
    if (!m->title.n)
        return err_set(e, ERR_INPUT, "会議の名前がありません。");
    if (m->state != MEETING_CANCELLED && !m->day.year)
        return err_set(e, ERR_INPUT, "「%.*s」の開催日がありません。", STR_ARG(m->title));
    if (m->state == MEETING_CANCELLED && !m->reason.n)
        return err_set(e, ERR_INPUT, "中止した「%.*s」の理由がありません。", STR_ARG(m->title));
    if (m->state != MEETING_HELD && (m->present_count || m->minutes.n || m->watching))
        return err_set(e, ERR_INPUT,
                       "開催していない「%.*s」に、出席者、傍聴者か議事の記録があります。",
                       STR_ARG(m->title));
    if (m->from.n && m->to.n && str_cmp(m->from, m->to) > 0)
        return err_set(e, ERR_INPUT, "「%.*s」の終わりの時刻が始まりより前です。",
                       STR_ARG(m->title));
    for (uint32_t i = 0; i < m->present_count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (str_eq(m->present[i], m->present[k]))
                return err_set(e, ERR_INPUT, "出席者「%.*s」が2回あります。",
                               STR_ARG(m->present[i]));
    return !m->published.year || !m->day.year || day_cmp(m->day, m->published) <= 0
           || err_set(e, ERR_INPUT, "「%.*s」の議事録の公表日が開催日より前です。",
                      STR_ARG(m->title));
}

static bool lists_read(struct arena *a, const struct value *v, struct meeting *out,
                       struct err *e)
{
    const struct value *agenda, *present, *documents;

    if (!list_of(v, "agenda", MEETING_AGENDA_MAX, &agenda, e)
        || !list_of(v, "present", COUNCIL_SEATS_MAX, &present, e)
        || !list_of(v, "documents", MEETING_DOCUMENTS_MAX, &documents, e)
        || !texts_read(a, agenda, "議題", &out->agenda, &out->agenda_count, e)
        || !texts_read(a, present, "出席者", &out->present, &out->present_count, e))
        return false;
    out->documents = NEW(a, struct meeting_document, documents ? documents->count : 0);
    for (const struct value *one = documents ? documents->first : NULL; one; one = one->next)
        if (!document_read(one, &out->documents[out->document_count++], e))
            return false;
    return true;
}

bool meeting_read(struct arena *a, const struct value *v, struct meeting *out, struct err *e)
{
    const int64_t watching = value_int(v, "watching");

    *out = (struct meeting){ .title = value_text(v, "title"),
                             .group = value_text(v, "group"),
                             .place = value_text(v, "place"),
                             .reason = value_text(v, "reason"),
                             .minutes = value_text(v, "minutes"),
                             .watching = (uint32_t)watching };
    if (!keys_known(v,
                    STR("title group state day from to place reason agenda present watching "
                        "documents minutes published"),
                    "会議", e))
        return false;
    if (!meeting_state_parse(value_text(v, "state"), &out->state))
        return err_set(e, ERR_INPUT,
                       "会議の状態(state)は planned、held、cancelled の"
                       "いずれかにしてください。");
    if (watching < 0 || watching > 1000000)
        return err_set(e, ERR_INPUT, "傍聴者の数は0以上の数にしてください。");
    return day_of(v, "day", &out->day, e) && day_of(v, "published", &out->published, e)
           && clock_of(v, "from", &out->from, e) && clock_of(v, "to", &out->to, e)
           && lists_read(a, v, out, e) && meeting_holds(out, e);
}

static void put_texts(struct arena *a, struct value *v, const char *key, const str *rows,
                      uint32_t count)
{
    struct value *list = value_put_list(a, v, key);

    for (uint32_t i = 0; i < count; i++)
        value_add_text(a, list, rows[i]);
}

struct value *meeting_value(struct arena *a, const struct meeting *m)
{
    struct value *v = value_map(a), *list;

    value_put_text(a, v, "title", m->title);
    value_put_text_or_null(a, v, "group", m->group);
    value_put_text(a, v, "state", meeting_state_word(m->state));
    value_put_text_or_null(a, v, "day", day_text(a, m->day));
    value_put_text_or_null(a, v, "from", m->from);
    value_put_text_or_null(a, v, "to", m->to);
    value_put_text_or_null(a, v, "place", m->place);
    value_put_text_or_null(a, v, "reason", m->reason);
    put_texts(a, v, "agenda", m->agenda, m->agenda_count);
    put_texts(a, v, "present", m->present, m->present_count);
    value_put_int(a, v, "watching", m->watching);
    list = value_put_list(a, v, "documents");
    for (uint32_t i = 0; i < m->document_count; i++) {
        struct value *one = value_add_map(a, list);
        struct buf hex;

        buf_init(&hex, a, 64, 64);
        hash_put(&hex, m->documents[i].hash);
        value_put_text(a, one, "title", m->documents[i].title);
        value_put_text(a, one, "name", m->documents[i].name);
        value_put_text(a, one, "hash", buf_str(&hex));
    }
    value_put_text_or_null(a, v, "minutes", m->minutes);
    value_put_text_or_null(a, v, "published", day_text(a, m->published));
    return v;
}

bool meeting_check(const struct meeting *m, const struct council *c, struct err *e)
{
    for (uint32_t i = 0; i < m->present_count; i++) {
        const struct council_seat *seat = council_seat(c, m->present[i]);

        if (!seat)
            return err_set(e, ERR_INPUT, "出席者「%.*s」は委員の一覧にありません。",
                           STR_ARG(m->present[i]));
        if (!council_sits(seat, m->day))
            return err_set(e, ERR_INPUT, "出席者「%.*s」は、その日は任期の外です。",
                           STR_ARG(m->present[i]));
    }
    return true;
}
