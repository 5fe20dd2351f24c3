/* Differences of records in the reader's words: 「指標 3 窓口の待ち時間: 目標値」. */
#include "web/changes.h"
#include "web/parts.h"

#include "base/banned.h"

/* ---- the name of a field ---- */

static const struct value *item(const struct value *list, uint32_t index)
{
    const struct value *v = list && list->kind == VALUE_LIST ? list->first : NULL;

    while (v && index--)
        v = v->next;
    return v;
}

/* What a thing of a list is called: its name or its text. */
static str item_name(const struct value *v)
{
    str name = value_text(v, "name");

    return name.n ? name : value_text(v, "text");
}

static uint32_t number_of(str digits)
{
    uint32_t n = 0;

    for (size_t k = 0; k < digits.n && k < 9 && digits.p[k] >= '0' && digits.p[k] <= '9'; k++)
        n = n * 10 + (uint32_t)(digits.p[k] - '0');
    return n;
}

/* Walks a path ("indicators[2].target") down the body and says it in words. */
static str field_label(const struct req *r, const struct value *body, str path)
{
    const struct value *at = body;
    struct buf b;

    buf_init(&b, r->mem, 128, LIMIT_TEXT_BYTES);
    while (path.n) {
        str piece, key, index;

        path = str_cut(path, '.', &piece);
        index = str_cut(piece, '[', &key);
        buf_put_c(&b, b.n ? ": " : "");
        buf_put(&b, part_word(r, "field", key));
        at = value_get(at, key);
        if (index.n) {
            at = item(at, number_of(index));
            buf_fmt(&b, " %u ", number_of(index) + 1);
            buf_put(&b, item_name(at));
        }
    }
    return str_trim(buf_str(&b));
}

/* ---- its value ---- */

/* Words of the JSON contract in the reader's words: "not_met" is 未達成. */
static const struct {
    const char *ending, *prefix;
} WORDS[] = {
    { "verdict", "verdict" },           { "evaluation.mark", "mark" },
    { "midyear.goal", "outlook_goal" }, { "state", "state" },
    { "comparison", "comparison" },     { "direction", "direction" },
    { ".role", "goal_role" },           { ".change", "activity_change" },
};

static bool is_flag(str value)
{
    return str_eq(value, STR("true")) || str_eq(value, STR("false"));
}

static str field_value(const struct req *r, str path, str value)
{
    if (!value.n)
        return value;
    if (str_eq(path, STR("source_name")))
        return part_file_name(value); /* where a document lay is nobody's business */
    if (is_flag(value))
        return part_word(r, "flag", value);
    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++) {
        if (str_ends(path, str_from(WORDS[k].ending)))
            return part_word(r, WORDS[k].prefix, value);
    }
    return value;
}

/* What only machines read. */
static bool is_inner(str path)
{
    static const str INNER[] = {
        STR_INIT(".id"),         STR_INIT(".pairing"), STR_INIT(".indicator"),
        STR_INIT("mark_symbol"), STR_INIT("_symbol"),  STR_INIT("source"),
    };

    for (size_t k = 0; k < sizeof INNER / sizeof *INNER; k++) {
        if (str_ends(path, INNER[k]))
            return true;
    }
    return str_find(path, STR("_symbol[")) >= 0;
}

static void add_change(const struct req *r, struct value *list, const struct value *body,
                       const struct field_change *f)
{
    struct arena *a = r->mem;
    const str before = field_value(r, f->path, f->before),
              after = field_value(r, f->path, f->after);
    struct value *row;

    if (str_eq(before, after))
        return;
    row = value_add_map(a, list);
    value_put_text(a, row, "path", f->path);
    value_put_text(a, row, "label", field_label(r, body, f->path));
    value_put_text_or_null(a, row, "before", before);
    value_put_text_or_null(a, row, "after", after);
    part_put_diff(r, row, "before_runs", before, "after_runs", after);
}

void changes_put(const struct req *r, struct value *map, const char *key,
                 const struct value *before, const struct value *after)
{
    struct value *list = value_put_list(r->mem, map, key);
    struct field_change *rows;
    uint32_t count = 0;

    if (before)
        record_diff(r->mem, before, after, &rows, &count);
    for (uint32_t k = 0; k < count; k++) {
        /* what was taken out has its place in the older of the two */
        if (!is_inner(rows[k].path))
            add_change(r, list, rows[k].after.n ? after : before, &rows[k]);
    }
    value_put_bool(r->mem, map, "has_changes", list->count > 0);
}

/* ---- two versions ---- */

enum { VERSIONS_SHOWN = 200 };

struct pair {
    struct req *r;
    struct value *page;
    const struct versions_of *of;
    struct record_rows all; /* newest first */
    struct record from, to; /* with bodies; seq 0 = none */
};

static bool version_load(const struct pair *p, struct hash hash, struct record *out,
                         struct err *e)
{
    if (!store_record(p->r->db, p->r->mem, hash, out, e))
        return false;
    if (!str_eq(out->organisation, p->of->organisation) || !str_eq(out->entity, p->of->entity))
        return err_set(e, ERR_INPUT, "指定された記録は、この計画や取組のものではありません。");
    return !p->r->at || out->at_ms <= p->r->at
           || err_set(e, ERR_NOT_FOUND, "その版は、その時点ではまだありません。");
}

/* The version that a parameter names, otherwise number `other` of the list. */
static bool version_choose(const struct pair *p, const char *name, uint32_t other,
                           struct record *out, struct err *e)
{
    const str asked = req_query(p->r, name);
    struct hash hash;

    if (!asked.n)
        return other >= p->all.count || version_load(p, p->all.rows[other].hash, out, e);
    if (!hash_parse(asked, &hash))
        return err_set(e, ERR_INPUT, "%s には記録の値(64桁の16進数)を指定してください。", name);
    return version_load(p, hash, out, e);
}

static void put_version(const struct pair *p, struct value *map, const struct record *v)
{
    struct req *r = p->r;

    value_put_text(r->mem, map, "hash", part_hash(r, v->hash));
    part_put_time(r, map, v->at_ms);
    value_put_text_or_null(r->mem, map, "role_label", part_word(r, "role", v->role));
    value_put_text_or_null(r->mem, map, "reason", v->reason);
    /* what is not for everybody has no page of its own */
    value_put_text_or_null(r->mem, map, "url",
                           entity_is_public(v->entity) ? part_record_url(r, v->hash)
                                                       : (str){ 0 });
}

static void put_versions(const struct pair *p)
{
    struct arena *a = p->r->mem;
    struct value *list = value_put_list(a, p->page, "versions");

    for (uint32_t k = 0; k < p->all.count; k++) {
        const struct record *v = &p->all.rows[k];
        struct value *row = value_add_map(a, list);

        value_put_int(a, row, "number", p->all.total - k);
        put_version(p, row, v);
        value_put_bool(a, row, "is_from", hash_eq(v->hash, p->from.hash));
        value_put_bool(a, row, "is_to", hash_eq(v->hash, p->to.hash));
    }
    value_put_bool(a, p->page, "has_versions", p->all.count > 1);
    value_put_bool(a, p->page, "is_cut", p->all.count < p->all.total);
}

static bool put_chosen(const struct pair *p, const char *key, const struct record *v,
                       struct value **body, struct err *e)
{
    *body = NULL;
    if (!v->seq) {
        value_put_null(p->r->mem, p->page, key);
        return true;
    }
    put_version(p, value_put_map(p->r->mem, p->page, key), v);
    return json_read_canonical(p->r->mem, v->body, body, e);
}

/* The first version is 1; 0 for one that is too old for the list. */
static int64_t number_in_list(const struct pair *p, const struct record *v)
{
    for (uint32_t k = 0; k < p->all.count; k++) {
        if (hash_eq(p->all.rows[k].hash, v->hash))
            return p->all.total - k;
    }
    return 0;
}

static void put_sentence(const struct pair *p, uint32_t changes)
{
    struct arena *a = p->r->mem;
    struct value *words = value_map(a);
    const char *says = !p->from.seq || !p->to.seq          ? "diff.says_one"
                       : hash_eq(p->from.hash, p->to.hash) ? "diff.says_same"
                       : changes                           ? "diff.says"
                                                           : "diff.says_equal";

    value_put_text(a, words, "from", part_time_label(p->r, p->from.at_ms));
    value_put_text(a, words, "to", part_time_label(p->r, p->to.at_ms));
    value_put_int(a, words, "from_number", number_in_list(p, &p->from));
    value_put_int(a, words, "to_number", number_in_list(p, &p->to));
    value_put_int(a, words, "changes", changes);
    value_put_text(a, p->page, "sentence", req_message(p->r, says, words));
}

bool versions_put(struct req *r, struct value *page, const struct versions_of *of,
                  struct err *e)
{
    const struct versions_asked what = { of->organisation, of->entity, r->at, VERSIONS_SHOWN };
    struct pair p = { .r = r, .page = page, .of = of };
    struct value *before, *after;

    if (!store_versions(r->db, r->mem, &what, &p.all, e)
        || !version_choose(&p, "from", 1, &p.from, e) || !version_choose(&p, "to", 0, &p.to, e))
        return false;
    put_versions(&p);
    if (!put_chosen(&p, "from", &p.from, &before, e) || !put_chosen(&p, "to", &p.to, &after, e))
        return false;
    changes_put(r, page, "changes", before && after ? before : NULL, after);
    put_sentence(&p, value_get(page, STR("changes"))->count);
    return true;
}
