/* Findings as SARIF 2.1.0 (OASIS standard), for editors and code-review tools: one run over all
 * files, the rules from the table. It is written piece by piece, so that memory does not grow
 * with the number of files: results first, the files that could not be read at the end. */
#include "cli/inner.h"

#include "base/banned.h"

/* SARIF's words for E, W, I. */
static str level(enum severity s)
{
    return s == SEVERITY_ERROR     ? STR("error")
           : s == SEVERITY_WARNING ? STR("warning")
                                   : STR("note");
}

static void put_message(struct arena *a, struct value *in, const char *key, str text)
{
    value_put_text(a, value_put_map(a, in, key), "text", text);
}

static struct value *rule_value(struct arena *a, const struct audit_rule_info *r,
                                enum lang lang)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "id", r->id);
    put_message(a, v, "shortDescription", r->title[lang]);
    put_message(a, v, "fullDescription", r->explain[lang]);
    put_message(a, v, "help",
                str_fmt(a, "%.*s %.*s", STR_ARG(r->example[lang]), STR_ARG(r->silence[lang])));
    value_put_text(a, value_put_map(a, v, "defaultConfiguration"), "level", level(r->severity));
    return v;
}

static void begin(const struct cli *c, struct buf *b)
{
    size_t n;
    const struct audit_rule_info *rules = audit_rules(&n);

    buf_put(
        b,
        STR("{\"$schema\":\"https://json.schemastore.org/"
            "sarif-2.1.0.json\",\"version\":\"2.1.0\","
            "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"meguri\",\"version\":\"" MEGURI_VERSION
            "\","
            "\"language\":"));
    buf_put(b, c->lang == LANG_JA ? STR("\"ja\"") : STR("\"en\""));
    buf_put(b, STR(",\"rules\":["));
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_put_char(b, ',');
        json_put(b, rule_value(b->a, &rules[i], c->lang));
    }
    buf_put(b, STR("]}},\"columnKind\":\"unicodeCodePoints\",\"results\":["));
}

/* A path as a relative reference of RFC 3986: what is not unreserved or a slash is
 * percent-encoded, byte by byte. */
static str uri(struct arena *a, str path)
{
    static const char HEX[] = "0123456789ABCDEF";
    struct buf b;

    buf_init(&b, a, path.n, 3 * path.n + 1);
    for (size_t i = 0; i < path.n; i++) {
        const unsigned char c = (unsigned char)path.p[i];
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                              || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'
                              || c == '~' || c == '/';

        buf_put_char(&b, is_plain ? (char)c : '%');
        if (!is_plain) {
            buf_put_char(&b, HEX[c >> 4]);
            buf_put_char(&b, HEX[c & 15]);
        }
    }
    return buf_str(&b);
}

static int64_t rule_index(str id)
{
    size_t n;
    const struct audit_rule_info *rules = audit_rules(&n);

    for (size_t i = 0; i < n; i++)
        if (str_eq(rules[i].id, id))
            return (int64_t)i;
    return -1; /* SARIF's word for "not in the table" */
}

static struct value *result_value(const struct cli *c, struct arena *a, str file,
                                  const struct finding *f)
{
    struct value *v = value_map(a), *place, *more;

    value_put_text(a, v, "ruleId", f->rule);
    value_put_int(a, v, "ruleIndex", rule_index(f->rule));
    value_put_text(a, v, "level", level(f->severity));
    put_message(a, v, "message", f->message[c->lang]);
    place = value_put_map(a, value_add_map(a, value_put_list(a, v, "locations")),
                          "physicalLocation");
    value_put_text(a, value_put_map(a, place, "artifactLocation"), "uri", uri(a, file));
    if (f->at.line) {
        struct value *region = value_put_map(a, place, "region");

        value_put_int(a, region, "startLine", f->at.line);
        value_put_int(a, region, "startColumn", f->at.col);
    }
    more = value_put_map(a, v, "properties");
    value_put_int(a, more, "initiative", f->initiative);
    value_put_text(a, more, "subject", f->subject);
    return v;
}

static bool has_results(const struct check_sum *sum)
{
    return sum->findings[SEVERITY_INFO] + sum->findings[SEVERITY_WARNING]
               + sum->findings[SEVERITY_ERROR]
           > 0;
}

static void document(const struct cli *c, struct buf *b, const struct checked *d,
                     const struct check_sum *sum)
{
    for (uint32_t i = 0; i < d->findings->count; i++) {
        if (i || has_results(sum))
            buf_put_char(b, ',');
        json_put(b, result_value(c, b->a, d->file, &d->findings->items[i]));
    }
}

/* Kept for the end; past the cap the rest is only counted, by the exit status. */
static void unreadable(const struct cli *c, struct buf *b, str file, const struct err *e,
                       struct check_sum *sum)
{
    struct value *v = value_map(b->a), *place;
    struct buf one;

    value_put_text(b->a, v, "level", STR("error"));
    put_message(b->a, v, "message", error_text(c, b->a, e));
    place = value_put_map(b->a, value_add_map(b->a, value_put_list(b->a, v, "locations")),
                          "physicalLocation");
    value_put_text(b->a, value_put_map(b->a, place, "artifactLocation"), "uri",
                   uri(b->a, file));
    buf_init(&one, b->a, 512, SIZE_MAX / 2);
    if (sum->kept.n)
        buf_put_char(&one, ',');
    json_put(&one, v);
    if (sum->kept.n + one.n <= sum->kept.max)
        buf_put(&sum->kept, buf_str(&one));
}

static void end(const struct cli *c, struct buf *b, const struct check_sum *sum)
{
    (void)c;
    buf_put(b, STR("],\"invocations\":[{\"executionSuccessful\":"));
    buf_put(b, sum->unreadable ? STR("false") : STR("true"));
    buf_put(b, STR(",\"toolExecutionNotifications\":["));
    buf_put(b, buf_str(&sum->kept));
    buf_put(b, STR("]}]}]}\n"));
}

const struct check_form CHECK_SARIF = {
    .name = "sarif", .begin = begin, .document = document, .unreadable = unreadable, .end = end
};
