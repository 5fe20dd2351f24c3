/* How was this document read? The original text with every understood piece marked by what it
 * was understood as, and a list of what was not. */
#include "web/pages.h"
#include "web/parts.h"

#include <string.h>

#include "base/banned.h"

enum { LINES_ON_A_PAGE = 500, LINE_BYTES_SHOWN = 32 * 1024, NOTES_SHOWN = 200, RAW_SHOWN = 80 };

/* As what a piece was understood; the words of messages.tsv (kind.name) and of the style
 * sheet. */
enum piece_kind {
    PIECE_NONE,
    PIECE_NAME,
    PIECE_PROSE,
    PIECE_GOAL,
    PIECE_ACTIVITY,
    PIECE_REPORTED,
    PIECE_IMPROVEMENT,
    PIECE_MARK,
    PIECE_NUMBER,
    PIECE_COUNT
};
static const str PIECE_WORDS[PIECE_COUNT] = {
    [PIECE_NONE] = STR_INIT(""),
    [PIECE_NAME] = STR_INIT("name"),
    [PIECE_PROSE] = STR_INIT("prose"),
    [PIECE_GOAL] = STR_INIT("goal"),
    [PIECE_ACTIVITY] = STR_INIT("activity"),
    [PIECE_REPORTED] = STR_INIT("reported"),
    [PIECE_IMPROVEMENT] = STR_INIT("improvement"),
    [PIECE_MARK] = STR_INIT("mark"),
    [PIECE_NUMBER] = STR_INIT("number"),
};

struct source {
    struct req *r;
    struct value *page;
    struct plan_head head;
    struct plan plan;
    str text; /* the decoded document */
    uint32_t line_count;
    struct page_of lines; /* shown: offset is the first line - 1 */
    size_t from, to;      /* the bytes of those lines */
    uint8_t *kinds;       /* of each byte from `from` to `to` */
    uint32_t counts[PIECE_COUNT];
};

/* ---- painting ---- */

static void paint(struct source *s, struct span at, enum piece_kind kind)
{
    size_t from = at.off, to = (size_t)at.off + at.len;

    if (!at.len || to > s->text.n)
        return;
    s->counts[kind]++;
    from = from > s->from ? from : s->from;
    to = to < s->to ? to : s->to;
    if (from < to)
        memset(s->kinds + (from - s->from), (int)kind, to - from);
}

/* What is larger is painted first, so that the numbers stay visible in it. */
static void paint_indicator(struct source *s, const struct indicator *i)
{
    paint(s, i->name.at, PIECE_GOAL);
    paint(s, i->target.at, PIECE_NUMBER);
    paint(s, i->baseline.at, PIECE_NUMBER);
}

static void paint_activity(struct source *s, const struct activity *v, enum piece_kind kind)
{
    paint(s, v->text.at, kind);
    paint(s, v->quantity.at, PIECE_NUMBER);
}

static void paint_reviews(struct source *s, const struct initiative *i)
{
    for (uint32_t k = 0; k < i->midyear.activity_count; k++)
        paint(s, i->midyear.activities[k].at, PIECE_MARK);
    paint(s, i->midyear.goal.at, PIECE_MARK);
    paint(s, i->midyear.improvement.at, PIECE_IMPROVEMENT);
    paint(s, i->evaluation.mark.at, PIECE_MARK);
    paint(s, i->evaluation.improvement.at, PIECE_IMPROVEMENT);
}

static void paint_initiative(struct source *s, const struct initiative *i)
{
    paint(s, i->title.at, PIECE_NAME);
    paint(s, i->purpose.at, PIECE_PROSE);
    for (uint32_t k = 0; k < i->outline_count; k++)
        paint(s, i->outline[k].at, PIECE_PROSE);
    for (uint32_t k = 0; k < i->indicator_count; k++)
        paint_indicator(s, &i->indicators[k]);
    for (uint32_t k = 0; k < i->planned_count; k++)
        paint_activity(s, &i->planned[k], PIECE_ACTIVITY);
    for (uint32_t k = 0; k < i->reported_count; k++)
        paint_activity(s, &i->reported[k], PIECE_REPORTED);
    for (uint32_t k = 0; k < i->result_count; k++) {
        paint(s, i->results[k].name.at, PIECE_GOAL);
        paint(s, i->results[k].value.at, PIECE_NUMBER);
    }
    paint_reviews(s, i);
}

static void paint_all(struct source *s)
{
    s->kinds = NEW(s->r->mem, uint8_t, s->to - s->from + 1);
    paint(s, s->plan.organisation.at, PIECE_NAME);
    paint(s, s->plan.fiscal_year_at, PIECE_NAME);
    for (uint32_t k = 0; k < s->plan.initiative_count; k++)
        paint_initiative(s, &s->plan.initiatives[k]);
}

/* ---- lines ---- */

/* Counts the lines and finds the bytes of those that are shown. */
static void lines_find(struct source *s)
{
    const uint32_t first = s->lines.offset, end = s->lines.offset + s->lines.limit;
    size_t at = 0;

    s->from = s->to = s->text.n;
    while (at < s->text.n) {
        const char *feed = memchr(s->text.p + at, '\n', s->text.n - at);

        if (s->line_count == first)
            s->from = at;
        if (s->line_count == end)
            s->to = at;
        s->line_count++;
        at = feed ? (size_t)(feed - s->text.p) + 1 : s->text.n;
    }
}

static void put_runs(const struct source *s, struct value *line, size_t from, size_t to)
{
    struct arena *a = s->r->mem;
    struct value *runs = value_put_list(a, line, "runs");

    for (size_t at = from, next; at < to; at = next) {
        uint8_t kind = s->kinds[at - s->from];
        struct value *run = value_add_map(a, runs);

        for (next = at + 1; next < to && s->kinds[next - s->from] == kind;)
            next++;
        value_put_text_or_null(a, run, "kind", PIECE_WORDS[kind]);
        value_put_text(a, run, "text", str_take(str_skip(s->text, at), next - at));
    }
}

static void put_lines(const struct source *s)
{
    struct arena *a = s->r->mem;
    struct value *lines = value_put_list(a, s->page, "lines");
    uint32_t number = s->lines.offset;

    for (size_t at = s->from, next; at < s->to; at = next) {
        const char *feed = memchr(s->text.p + at, '\n', s->to - at);
        struct value *line = value_add_map(a, lines);
        str text;

        next = feed ? (size_t)(feed - s->text.p) + 1 : s->to;
        text = str_take(str_skip(s->text, at), next - at);
        while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
            text.n--;
        value_put_int(a, line, "line", ++number);
        value_put_bool(a, line, "is_cut", text.n > LINE_BYTES_SHOWN);
        if (text.n > LINE_BYTES_SHOWN)
            text.n = utf8_valid_prefix(text.p, LINE_BYTES_SHOWN);
        put_runs(s, line, at, at + text.n);
    }
}

/* ?page=2, or the page that holds ?line=734. */
static struct page_of lines_asked(const struct req *r)
{
    struct page_of shown = req_page_of(r, LINES_ON_A_PAGE);
    str line = req_query(r, "line");
    dec n;

    if (!req_query(r, "page").n && dec_parse(line, &n) && !n.scale && n.n > 0
        && n.n < INT32_MAX)
        shown.offset = (uint32_t)((n.n - 1) / LINES_ON_A_PAGE) * LINES_ON_A_PAGE;
    return shown;
}

/* ---- what was not understood, and how much was ---- */

static void put_notes(const struct source *s)
{
    struct arena *a = s->r->mem;
    struct value *list = value_put_list(a, s->page, "notes");

    for (uint32_t k = 0; k < s->plan.note_count && k < NOTES_SHOWN; k++) {
        const struct note *n = &s->plan.notes[k];
        struct value *row = value_add_map(a, list);
        str raw = utf8_take(n->raw, RAW_SHOWN);

        value_put_text(a, row, "kind", note_word(n->kind));
        value_put_int(a, row, "line", n->at.line);
        value_put_int(a, row, "column", n->at.col);
        value_put_text_or_null(a, row, "subject", n->subject);
        value_put_text_or_null(a, row, "raw",
                               raw.n < n->raw.n ? str_fmt(a, "%.*s…", STR_ARG(raw)) : raw);
        value_put_text_or_null(a, row, "url", part_source_url(s->r, &s->head, n->at));
    }
    value_put_int(a, s->page, "note_count", s->plan.note_count + s->plan.notes_dropped);
}

static uint32_t put_kinds(const struct source *s)
{
    struct arena *a = s->r->mem;
    struct value *list = value_put_list(a, s->page, "kinds");
    uint32_t pieces = 0;

    for (int k = PIECE_NAME; k < PIECE_COUNT; k++) {
        struct value *row = value_add_map(a, list);

        value_put_text(a, row, "kind", PIECE_WORDS[k]);
        value_put_int(a, row, "count", s->counts[k]);
        pieces += s->counts[k];
    }
    return pieces;
}

static void put_sentence(const struct source *s, uint32_t pieces)
{
    struct arena *a = s->r->mem;
    struct value *words = value_map(a);
    uint32_t notes = s->plan.note_count + s->plan.notes_dropped;
    str says, more = { 0 };

    value_put_int(a, words, "lines", s->line_count);
    value_put_int(a, words, "pieces", pieces);
    value_put_int(a, words, "notes", notes);
    says = req_message(s->r, "source.says", words);
    if (notes)
        more = req_message(s->r, "source.says_unread", words);
    value_put_text(a, s->page, "sentence",
                   str_fmt(a, "%.*s%s%.*s", STR_ARG(says),
                           more.n && s->r->lang == LANG_EN ? " " : "", STR_ARG(more)));
}

static bool text_load(struct source *s, struct err *e)
{
    enum text_encoding encoding;
    str bytes, name;

    if (hash_is_zero(s->head.source)) {
        err_set_(e, ERR_NOT_FOUND, "この計画には、読み取ったもとの文書がありません。");
        return false;
    }
    return store_blob(s->r->db, s->r->mem, s->head.source, &bytes, &name, e)
           && text_decode(s->r->mem, name, bytes, &s->text, &encoding, e);
}

static void put_head(const struct source *s)
{
    struct req *r = s->r;
    struct value *words = value_map(r->mem);

    value_put_text(r->mem, words, "year_label", part_year_label(r, s->head.fiscal_year));
    page_title(r, s->page, req_message(r, "source.h1", words));
    part_crumb_year(r, s->page, &s->head);
    page_record(r, s->page, s->head.record, s->head.at_ms);
    part_put_organisation(r, s->page, s->head.organisation, s->head.organisation_name);
    part_put_year(r, s->page, s->head.fiscal_year);
    value_put_text(r->mem, s->page, "file", part_file_name(s->head.source_name));
    value_put_text(r->mem, s->page, "hash", part_hash(r, s->head.source));
    value_put_text(r->mem, s->page, "blob_url", part_blob_url(r, s->head.source));
}

bool page_source(struct req *r, struct value *page, struct err *e)
{
    struct source s = { .r = r, .page = page, .lines = lines_asked(r) };
    const struct plan_ref ref = part_plan_ref(r);

    if (!store_plan_head(r->db, r->mem, &ref, &s.head, e)
        || !store_plan(r->db, r->mem, &ref, &s.plan, e) || !text_load(&s, e))
        return false;
    lines_find(&s);
    paint_all(&s);
    put_head(&s);
    put_sentence(&s, put_kinds(&s));
    put_notes(&s);
    value_put_int(r->mem, page, "first_line", s.lines.offset + 1);
    put_lines(&s);
    page_put_pages(r, page, s.lines, s.line_count);
    return true;
}
