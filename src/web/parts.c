/* Pieces of value trees that several pages have in common. Decides nothing about access or
 * markup: it only puts words and numbers where the templates and the JSON contract look. */
#include "web/parts.h"

#include "base/banned.h"

enum { LABEL_BYTES = 64 };

struct plan_ref part_plan_ref(const struct req *r)
{
    return (struct plan_ref){ req_param(r, "org"), req_int(r, "year"), r->at };
}

str part_year_label(const struct req *r, int fiscal_year)
{
    struct buf b;

    if (fiscal_year < FISCAL_MIN || fiscal_year > FISCAL_MAX)
        return (str){ 0 };
    buf_init(&b, r->mem, LABEL_BYTES, LABEL_BYTES);
    fiscal_put(&b, fiscal_year, r->lang == LANG_JA ? FISCAL_ERA : FISCAL_ENGLISH);
    return buf_str(&b);
}

void part_put_year(const struct req *r, struct value *map, int fiscal_year)
{
    value_put_int(r->mem, map, "fiscal_year", fiscal_year);
    value_put_text(r->mem, map, "year_label", part_year_label(r, fiscal_year));
}

static str organisation_url(const struct req *r, str key)
{
    return req_url(r, "/o/%.*s", STR_ARG(key));
}

void part_put_organisation(const struct req *r, struct value *map, str key, str name)
{
    struct value *o = value_put_map(r->mem, map, "organisation");

    value_put_text(r->mem, o, "key", key);
    value_put_text(r->mem, o, "name", name.n ? name : key);
    value_put_text(r->mem, o, "url", organisation_url(r, key));
}

void part_crumb_organisation(const struct req *r, struct value *page, str key, str name)
{
    page_crumb(r, page, name.n ? name : key, organisation_url(r, key));
}

void part_crumb_year(const struct req *r, struct value *page, const struct plan_head *head)
{
    part_crumb_organisation(r, page, head->organisation, head->organisation_name);
    page_crumb(r, page, part_year_label(r, head->fiscal_year),
               req_url(r, "/o/%.*s/%d", STR_ARG(head->organisation), head->fiscal_year));
}

/* ---- times ---- */

static str time_text(const struct req *r, int64_t at_ms)
{
    struct buf b;

    buf_init(&b, r->mem, LABEL_BYTES, LABEL_BYTES);
    instant_put(&b, at_ms);
    return buf_str(&b);
}

/* "2026-11-22T17:05:00.123+09:00" -> "2026年11月22日 17:05". */
static str time_label(const struct req *r, str at)
{
    const str year = str_take(at, 4), time = str_take(str_skip(at, 11), 5);
    str month = str_take(str_skip(at, 5), 2), day = str_take(str_skip(at, 8), 2);

    if (at.n < 16)
        return at;
    if (r->lang == LANG_EN)
        return str_fmt(r->mem, "%.*s %.*s", STR_ARG(str_take(at, 10)), STR_ARG(time));
    /* A leading zero of month or day is not written in Japanese. */
    month = str_skip(month, month.p[0] == '0');
    day = str_skip(day, day.p[0] == '0');
    return str_fmt(r->mem, "%.*s年%.*s月%.*s日 %.*s", STR_ARG(year), STR_ARG(month),
                   STR_ARG(day), STR_ARG(time));
}

str part_time_label(const struct req *r, int64_t at_ms)
{
    return time_label(r, time_text(r, at_ms));
}

void part_put_early(const struct req *r, struct value *map, int64_t first_ms)
{
    struct value *m;
    struct buf b;
    str day;

    if (!r->at || !first_ms || first_ms <= r->at) {
        value_put_null(r->mem, map, "early");
        return;
    }
    buf_init(&b, r->mem, LABEL_BYTES, LABEL_BYTES);
    instant_put(&b, first_ms);
    day = str_take(buf_str(&b), 10); /* 2024-06-30 of 2024-06-30T... */
    m = value_put_map(r->mem, map, "early");
    value_put_text(r->mem, m, "day", day);
    value_put_text(r->mem, m, "url", page_url_at(r, day));
}

void part_put_time(const struct req *r, struct value *map, int64_t at_ms)
{
    str at = time_text(r, at_ms);

    value_put_text(r->mem, map, "at", at);
    value_put_text(r->mem, map, "at_label", time_label(r, at));
}

/* ---- counts ---- */

void part_put_tally(const struct req *r, struct value *map, const struct tally *t)
{
    static const char *const KEYS[VERDICT_COUNT] = {
        [VERDICT_NOT_MEASURED] = "not_measured",
        [VERDICT_MET] = "met",
        [VERDICT_NOT_MET] = "not_met",
        [VERDICT_CANNOT_TELL] = "cannot_tell",
        [VERDICT_NOT_MEASURABLE] = "not_measurable",
    };

    value_put_int(r->mem, map, "indicators", t->indicators);
    value_put_int(r->mem, map, "with_result", t->with_result);
    for (size_t v = 0; v < VERDICT_COUNT; v++)
        value_put_int(r->mem, map, KEYS[v], t->by_verdict[v]);
}

void part_put_counts(const struct req *r, struct value *map, const struct tally *t)
{
    value_put_int(r->mem, map, "error", t->findings[SEVERITY_ERROR]);
    value_put_int(r->mem, map, "warning", t->findings[SEVERITY_WARNING]);
    value_put_int(r->mem, map, "info", t->findings[SEVERITY_INFO]);
}

/* ---- indicators ---- */

static void put_amount(const struct req *r, struct value *map, const char *key,
                       const char *key_unit, const struct amount *m)
{
    if (m->is_set)
        value_put_dec(r->mem, map, key, m->value);
    else
        value_put_null(r->mem, map, key);
    value_put_text_or_null(r->mem, map, key_unit, m->unit);
}

static void put_year_or_null(const struct req *r, struct value *map, int fiscal_year)
{
    if (fiscal_year) {
        value_put_int(r->mem, map, "baseline_year", fiscal_year);
        value_put_text(r->mem, map, "baseline_year_label", part_year_label(r, fiscal_year));
    } else {
        value_put_null(r->mem, map, "baseline_year");
        value_put_null(r->mem, map, "baseline_year_label");
    }
}

/* How far the actual is from the target: "difference" is signed, "gap" is its size, "side"
 * says on which side of the target it is ("above" | "below" | "same"). All null when they
 * cannot be compared. A difference of two percentages is in points, never in %. */
static void put_difference(const struct req *r, struct value *map, const struct indicator *i)
{
    dec gap = { 0, 0 };
    bool is_known = i->target.is_set && i->actual.is_set && !i->actual_is_change
                    && str_eq(i->target.unit, i->actual.unit)
                    && dec_sub(i->actual.value, i->target.value, &gap);
    const char *side = gap.n > 0 ? "above" : gap.n < 0 ? "below" : "same";

    if (!is_known) {
        value_put_null(r->mem, map, "difference");
        value_put_null(r->mem, map, "gap");
        value_put_null(r->mem, map, "gap_unit");
        value_put_null(r->mem, map, "side");
        return;
    }
    value_put_dec(r->mem, map, "difference", gap);
    gap.n = gap.n < 0 ? -gap.n : gap.n;
    value_put_dec(r->mem, map, "gap", gap);
    value_put_text_or_null(r->mem, map, "gap_unit",
                           str_eq(i->actual.unit, STR("%"))
                               ? req_message(r, "word.points", NULL)
                               : i->actual.unit);
    value_put_text(r->mem, map, "side", str_from(side));
}

static void put_place(const struct req *r, struct value *map, struct span at)
{
    if (at.line) {
        value_put_int(r->mem, map, "line", at.line);
        value_put_int(r->mem, map, "column", at.col);
    } else {
        value_put_null(r->mem, map, "line");
        value_put_null(r->mem, map, "column");
    }
}

str part_indicator_url(const struct req *r, str organisation, str name)
{
    return part_key_url(r, organisation, indicator_key(r->mem, name));
}

str part_key_url(const struct req *r, str organisation, str key)
{
    return req_url(r, "/o/%.*s/i/%.*s", STR_ARG(organisation), STR_ARG(key));
}

void part_put_indicator(const struct req *r, struct value *map, str url,
                        const struct indicator *i)
{
    value_put_text_or_null(r->mem, map, "name", i->name.v);
    value_put_text(r->mem, map, "url", url);
    value_put_text(r->mem, map, "role", role_word(i->role));
    value_put_text_or_null(r->mem, map, "comparison", comparison_word(i->comparison));
    value_put_text_or_null(r->mem, map, "direction", direction_word(i->direction));
    put_amount(r, map, "target", "unit", &i->target);
    if (i->target_year)
        value_put_int(r->mem, map, "target_year", i->target_year);
    else
        value_put_null(r->mem, map, "target_year");
    put_amount(r, map, "baseline", "baseline_unit", &i->baseline);
    put_year_or_null(r, map, i->baseline_year);
    put_amount(r, map, "actual", "actual_unit", &i->actual);
    put_difference(r, map, i);
    value_put_text(r->mem, map, "verdict", verdict_word(i->verdict));
    put_place(r, map, i->name.at);
}

/* ---- documents ---- */

str part_file_name(str path)
{
    for (size_t i = path.n; i > 0; i--) {
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
            return str_skip(path, i);
    }
    return path;
}

/* ---- findings ---- */

str part_source_url(const struct req *r, const struct plan_head *head, struct span at)
{
    str line, url;

    if (!at.line || hash_is_zero(head->source))
        return (str){ 0 };
    line = str_fmt(r->mem, "%u", at.line);
    url = req_url_with(r,
                       req_url(r, "/o/%.*s/%d/source", STR_ARG(head->organisation),
                               head->fiscal_year),
                       "line", line);
    return STR_CAT(r->mem, url, STR("#L"), line);
}

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0;
}

void part_put_finding(const struct req *r, struct value *map, const struct plan_head *head,
                      const struct finding *f)
{
    value_put_text(r->mem, map, "rule", f->rule);
    value_put_text(r->mem, map, "rule_url",
                   STR_CAT(r->mem, req_url(r, "/rules"), STR("#"), f->rule));
    value_put_text(r->mem, map, "severity", severity_word(f->severity));
    value_put_text_or_null(r->mem, map, "subject", f->subject);
    value_put_text_or_null(r->mem, map, "about",
                           is_number(f->subject) ? (str){ 0 } : f->subject);
    value_put_text(r->mem, map, "message", f->message[r->lang]);
    put_place(r, map, f->at);
    value_put_text_or_null(r->mem, map, "source_url", part_source_url(r, head, f->at));
}

/* ---- records ---- */

str part_word(const struct req *r, const char *prefix, str word)
{
    const char *key = str_c(r->mem, str_fmt(r->mem, "%s.%.*s", prefix, STR_ARG(word)));
    str text = req_message(r, key, NULL);

    return str_eq(text, str_from(key)) ? word : text;
}

/* The number at the start of *s, which it leaves behind; 0 when there is none. */
static int number_cut(str *s)
{
    int n = 0;
    size_t i = 0;

    for (; i < s->n && i < 6 && s->p[i] >= '0' && s->p[i] <= '9'; i++)
        n = n * 10 + (s->p[i] - '0');
    *s = str_skip(*s, i);
    return n;
}

/* "register/training", "ledger/x", "binding/KEY", "actual/2024/KEY", "declined/2024/KEY". */
static const char *evidence_kind(str entity)
{
    if (str_starts(entity, STR("binding/")))
        return "log.binding";
    if (str_starts(entity, STR("actual/")))
        return "log.actual";
    return str_starts(entity, STR("declined/")) ? "log.declined" : "log.register";
}

/* "plan/2019", "plan/2019/initiative/3", "plan/2019/findings", "organisation". */
static const char *entity_kind(str entity, int *fiscal_year, int *number)
{
    const str initiative = STR("/initiative/");

    *fiscal_year = *number = 0;
    if (str_starts(entity, STR("organisation")))
        return "log.organisation";
    if (str_starts(entity, STR("source/")))
        return "log.source";
    if (str_starts(entity, STR("survey/")))
        return str_ends(entity, STR("/answers")) ? "log.answers" : "log.survey";
    if (entity_is_evidence(entity))
        return evidence_kind(entity);
    if (!str_starts(entity, STR("plan/")))
        return "log.other";
    entity = str_skip(entity, 5);
    *fiscal_year = number_cut(&entity);
    if (!entity.n)
        return "log.plan";
    if (str_eq(entity, STR("/findings")))
        return "log.findings";
    if (!str_starts(entity, initiative))
        return "log.other";
    entity = str_skip(entity, initiative.n);
    *number = number_cut(&entity);
    return "log.initiative";
}

/* Where that which a record is about is shown. */
static str entity_url(const struct req *r, str organisation, int fiscal_year, int number)
{
    if (number)
        return req_url(r, "/o/%.*s/%d/%d", STR_ARG(organisation), fiscal_year, number);
    if (fiscal_year)
        return req_url(r, "/o/%.*s/%d", STR_ARG(organisation), fiscal_year);
    return organisation_url(r, organisation);
}

static str survey_url(const struct req *r, const struct record *record)
{
    str key, rest = str_cut(record->entity, '/', &key);

    (void)str_cut(rest, '/', &key);
    return req_url(r, "/o/%.*s/surveys/%.*s", STR_ARG(record->organisation), STR_ARG(key));
}

/* The register, or the indicator. */
static str evidence_url(const struct req *r, const struct record *record)
{
    const bool is_book = str_starts(record->entity, STR("register/"))
                         || str_starts(record->entity, STR("ledger/"));
    str key = { 0 };

    for (str rest = record->entity; rest.n;)
        rest = str_cut(rest, '/', &key);
    return is_book ? req_url(r, "/o/%.*s/evidence/%.*s", STR_ARG(record->organisation),
                             STR_ARG(key))
                   : req_url(r, "/o/%.*s/i/%.*s", STR_ARG(record->organisation), STR_ARG(key));
}

static str shows_url(const struct req *r, const struct record *record, int fiscal_year,
                     int number)
{
    if (str_starts(record->entity, STR("survey/")))
        return survey_url(r, record);
    return entity_is_evidence(record->entity)
               ? evidence_url(r, record)
               : entity_url(r, record->organisation, fiscal_year, number);
}

/* Where it is compared with the record that it replaced; "" for the first one, and for what has
 * no page of versions. */
static str diff_url(const struct req *r, const struct record *record, int fiscal_year,
                    int number)
{
    str url;

    if (hash_is_zero(record->replaces) || !fiscal_year
        || str_ends(record->entity, STR("/findings")))
        return (str){ 0 };
    url = number ? req_url(r, "/o/%.*s/%d/%d/diff", STR_ARG(record->organisation), fiscal_year,
                           number)
                 : req_url(r, "/o/%.*s/%d/diff", STR_ARG(record->organisation), fiscal_year);
    url = req_url_with(r, url, "from", part_hash(r, record->replaces));
    return req_url_with(r, url, "to", part_hash(r, record->hash));
}

void part_put_record(const struct req *r, struct value *map, const struct record *record)
{
    int fiscal_year, number;
    const char *kind = entity_kind(record->entity, &fiscal_year, &number);
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "entity", record->entity);
    value_put_int(r->mem, words, "number", number);
    /* the record of an organisation belongs to no year */
    value_put_text(r->mem, words, "year_label",
                   fiscal_year ? part_year_label(r, fiscal_year) : (str){ 0 });

    value_put_text(r->mem, map, "entity", record->entity);
    value_put_text(r->mem, map, "what", req_message(r, kind, words));
    value_put_text(r->mem, map, "shows_url", shows_url(r, record, fiscal_year, number));
    value_put_text(r->mem, map, "change",
                   hash_is_zero(record->replaces) ? STR("new") : STR("changed"));
    value_put_text(r->mem, map, "author", record->author);
    value_put_text_or_null(r->mem, map, "role", record->role);
    value_put_text_or_null(r->mem, map, "role_label", part_word(r, "role", record->role));
    value_put_text_or_null(r->mem, map, "reason", record->reason);
    value_put_text(r->mem, map, "hash", part_hash(r, record->hash));
    value_put_text(r->mem, map, "url", part_record_url(r, record->hash));
    value_put_text_or_null(r->mem, map, "diff_url", diff_url(r, record, fiscal_year, number));
}

str part_hash(const struct req *r, struct hash h)
{
    struct buf b;

    buf_init(&b, r->mem, LABEL_BYTES, LABEL_BYTES);
    hash_put(&b, h);
    return buf_str(&b);
}

str part_record_url(const struct req *r, struct hash h)
{
    return req_url(r, "/records/%.*s", STR_ARG(part_hash(r, h)));
}

str part_blob_url(const struct req *r, struct hash h)
{
    return req_url(r, "/blobs/%.*s", STR_ARG(part_hash(r, h)));
}
