/* What `meguri voice` prints. Texts are those of staff and of the settings; the received text
 * is printed by `look` alone. */
#include "cli/voice_inner.h"

#include <string.h>

#include "base/banned.h"

static bool is_ja(const struct voice_call *r)
{
    return r->c->lang == LANG_JA;
}

static struct buf begin(const struct voice_call *r)
{
    struct buf out;

    buf_init(&out, r->c->mem, 4096, SIZE_MAX / 2);
    return out;
}

bool voice_is_json(const struct voice_call *r)
{
    return strcmp(r->c->format, "json") == 0;
}

void voice_put_value(const struct voice_call *r, const struct value *v)
{
    struct buf out = begin(r);

    json_put(&out, v);
    buf_put_char(&out, '\n');
    (void)cli_put(r->c, buf_str(&out));
}

str voice_name(const struct voice_call *r, int fiscal_year, int number)
{
    return str_fmt(r->c->mem, "%d-%06d", fiscal_year, number);
}

str voice_date(const struct voice_call *r, date d)
{
    return d.year ? str_fmt(r->c->mem, "%04d-%02d-%02d", d.year, d.month, d.day) : (str){ 0 };
}

/* One line of staff's words: the first of them, without what a terminal would obey. */
static str line_of(const struct voice_call *r, str text)
{
    struct buf b = begin(r);

    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];

        if (c == '\n' || c == '\r' || c == '\t')
            buf_put_char(&b, ' ');
        else if (c >= ' ' && c != 0x7F)
            buf_put_char(&b, (char)c);
    }
    return buf_str(&b);
}

/* ---- receipts and steps ---- */

void voice_put_receipt(const struct voice_call *r, const struct voice_receipt *receipt)
{
    struct arena *a = r->c->mem;
    const str name = voice_name(r, receipt->fiscal_year, receipt->number);
    const str secret = voice_secret_put(a, receipt->secret);
    const str due = voice_date(r, receipt->due);
    struct value *v;

    if (!voice_is_json(r)) {
        (void)cli_put(r->c,
                      str_fmt(a,
                              is_ja(r) ? "受付番号 %.*s\n確認の文字 %.*s\n回答の期限 %.*s\n%s"
                                       : "number %.*s\nsecret %.*s\ndue %.*s\n%s",
                              STR_ARG(name), STR_ARG(secret), STR_ARG(due),
                              !receipt->is_same ? ""
                              : is_ja(r)        ? "前に受け付けたものと同じです。\n"
                                                : "It was received before.\n"));
        return;
    }
    v = value_map(a);
    value_put_text(a, v, "voice", name);
    value_put_text(a, v, "secret", secret);
    value_put_text(a, v, "due", due);
    value_put_bool(a, v, "same", receipt->is_same);
    voice_put_value(r, v);
}

void voice_put_moved(const struct voice_call *r, enum voice_step step,
                     const struct voice_moved *moved)
{
    struct arena *a = r->c->mem;
    const str name = voice_name(r, r->ref.fiscal_year, r->ref.number);
    struct value *v;

    if (!voice_is_json(r)) {
        (void)cli_put(r->c, str_fmt(a, "%.*s %s%s\n", STR_ARG(name),
                                    voice_step_label(step, is_ja(r) ? 0 : 1),
                                    !moved->became_public ? ""
                                    : is_ja(r)            ? "(公開の内容が変わりました)"
                                                          : " (the public copy changed)"));
        return;
    }
    v = value_map(a);
    value_put_text(a, v, "voice", name);
    value_put_text(a, v, "step", voice_step_word(step));
    value_put_bool(a, v, "same", moved->is_same);
    value_put_bool(a, v, "public", moved->became_public);
    value_put_int(a, v, "same_answers", moved->same_answers);
    voice_put_value(r, v);
}

/* ---- one voice ---- */

static struct value *one_value(const struct voice_call *r, const struct voice *v)
{
    struct arena *a = r->c->mem;
    struct value *m = voice_value(a, v);

    value_put_text(a, m, "voice", voice_name(r, v->fiscal_year, v->number));
    value_put_text(a, m, "state", voice_state_word(voice_state_of(v)));
    value_put_text(a, m, "stage", stage_word(voice_stage_of(v)));
    value_put_text_or_null(a, m, "due", voice_date(r, voice_due(v)));
    value_put_bool(a, m, "in_time", voice_in_time(v));
    return m;
}

static const char *label_of(const struct voice_call *r, const struct hearing_list *list,
                            str code)
{
    const struct hearing_item *one = hearing_find(list, code);

    return one ? str_c(r->c->mem, one->label[is_ja(r) ? 0 : 1]) : "";
}

static void part_put(const struct voice_call *r, struct buf *out, const struct voice_part *p,
                     uint32_t n)
{
    const struct hearing *h = &r->hearing.hearing;
    const unsigned lang = is_ja(r) ? 0 : 1;

    buf_fmt(out, "  [%u] %s %s %.*s %s\n", n, part_state_label(p->state, lang),
            label_of(r, &h->categories, p->category), STR_ARG(p->section),
            label_of(r, &h->statuses, p->status));
    if (p->summary.n)
        buf_fmt(out, "      %.*s\n", STR_ARG(line_of(r, p->summary)));
    for (uint32_t i = 0; i < p->answer_count; i++)
        buf_fmt(out, "      %.*s %s: %.*s\n", STR_ARG(voice_date(r, p->answers[i].on)),
                label_of(r, &h->kinds, p->answers[i].kind),
                STR_ARG(line_of(r, p->answers[i].text)));
    for (uint32_t i = 0; i < p->link_count; i++)
        buf_fmt(out, "      → %s %d %d %.*s\n", link_kind_label(p->links[i].kind, lang),
                p->links[i].fiscal_year, p->links[i].number,
                STR_ARG(line_of(r, p->links[i].text)));
    if (p->fate_reason.n)
        buf_fmt(out, "      %.*s\n", STR_ARG(line_of(r, p->fate_reason)));
}

static void voice_text_put(const struct voice_call *r, struct buf *out, const struct voice *v)
{
    const unsigned lang = is_ja(r) ? 0 : 1;

    buf_fmt(out, "%.*s %s %s %s %s\n", STR_ARG(voice_name(r, v->fiscal_year, v->number)),
            door_label(v->door, lang), voice_state_label(voice_state_of(v), lang),
            stage_label(voice_stage_of(v), lang), publication_label(v->publication, lang));
    for (uint32_t i = 0; i < v->turn_count; i++)
        buf_fmt(out,
                is_ja(r) ? "  受付 %.*s 期限 %.*s 回答 %.*s\n"
                         : "  received %.*s due %.*s answered %.*s\n",
                STR_ARG(voice_date(r, v->turns[i].received)),
                STR_ARG(voice_date(r, v->turns[i].due)),
                STR_ARG(voice_date(r, v->turns[i].answered)));
    for (uint32_t i = 0; i < v->part_count; i++)
        part_put(r, out, &v->parts[i], i + 1);
}

void voice_put_one(const struct voice_call *r, const struct voice_stored *v)
{
    struct arena *a = r->c->mem;
    struct buf out = begin(r);
    struct value *m;

    if (!voice_is_json(r)) {
        voice_text_put(r, &out, &v->voice);
        if (v->is_erased[0])
            buf_put_c(&out, is_ja(r) ? "  受け付けた文章は消されました\n" : "  text erased\n");
        (void)cli_put(r->c, buf_str(&out));
        return;
    }
    m = one_value(r, &v->voice);
    value_put_bool(a, m, "erased", v->is_erased[0]);
    value_put_int(a, m, "looks", v->looks);
    voice_put_value(r, m);
}

void voice_put_followed(const struct voice_call *r, const struct voice_followed *f)
{
    struct buf out = begin(r);
    struct value *m;

    if (!voice_is_json(r)) {
        voice_text_put(r, &out, &f->voice);
        (void)cli_put(r->c, buf_str(&out));
        return;
    }
    m = one_value(r, &f->voice);
    value_put_bool(r->c->mem, m, "may_reopen", f->may_reopen);
    value_put_bool(r->c->mem, m, "erased", f->is_erased);
    voice_put_value(r, m);
}

/* ---- lists ---- */

static void row_json(const struct voice_call *r, struct value *list, const struct voice_row *x)
{
    struct arena *a = r->c->mem;
    struct value *v = value_add_map(a, list);

    value_put_text(a, v, "voice", voice_name(r, x->fiscal_year, x->number));
    value_put_text(a, v, "door", door_word(x->door));
    value_put_text(a, v, "received", voice_date(r, x->received));
    value_put_text(a, v, "due", voice_date(r, x->due));
    value_put_text(a, v, "state", voice_state_word(x->state));
    value_put_text(a, v, "stage", stage_word(x->stage));
    value_put_text(a, v, "publication", publication_word(x->publication));
    value_put_text_or_null(a, v, "category", x->category);
    value_put_text_or_null(a, v, "section", x->section);
    value_put_text_or_null(a, v, "summary", x->summary);
    value_put_int(a, v, "parts", x->parts);
    value_put_bool(a, v, "reopened", x->is_reopened);
    value_put_bool(a, v, "erased", x->is_erased);
}

static void total_put(const struct voice_call *r, struct buf *out, uint32_t total, bool is_more)
{
    buf_fmt(out, is_ja(r) ? "%u 件%s\n" : "%u voices%s\n", total,
            !is_more   ? ""
            : is_ja(r) ? "以上"
                       : " or more");
}

void voice_put_rows(const struct voice_call *r, const struct voice_rows *rows)
{
    const unsigned lang = is_ja(r) ? 0 : 1;
    struct arena *a = r->c->mem;
    struct buf out = begin(r);

    if (voice_is_json(r)) {
        struct value *v = value_map(a), *list;

        value_put_int(a, v, "total", rows->total);
        value_put_bool(a, v, "more", rows->is_more);
        list = value_put_list(a, v, "voices");
        for (uint32_t i = 0; i < rows->count; i++)
            row_json(r, list, &rows->rows[i]);
        voice_put_value(r, v);
        return;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct voice_row *x = &rows->rows[i];

        buf_fmt(&out, "%.*s  %.*s  %s  %s  %.*s  %.*s\n",
                STR_ARG(voice_name(r, x->fiscal_year, x->number)),
                STR_ARG(voice_date(r, x->due)), door_label(x->door, lang),
                stage_label(x->stage, lang),
                STR_ARG(x->section_name.n ? x->section_name : STR("-")),
                STR_ARG(line_of(r, x->summary)));
    }
    total_put(r, &out, rows->total, rows->is_more);
    (void)cli_put(r->c, buf_str(&out));
}

static void opinion_json(const struct voice_call *r, struct value *list,
                         const struct opinion_row *x)
{
    struct arena *a = r->c->mem;
    struct value *v = value_add_map(a, list);

    value_put_text(a, v, "voice", voice_name(r, x->fiscal_year, x->number));
    value_put_text(a, v, "door", door_word(x->door));
    value_put_text(a, v, "month", x->month);
    value_put_bool(a, v, "withheld", x->is_withheld);
    value_put_text_or_null(a, v, "reason", x->reason);
    value_put_text_or_null(a, v, "category", x->category);
    value_put_text_or_null(a, v, "summary", x->summary);
    value_put_text_or_null(a, v, "kind", x->kind);
    value_put_text_or_null(a, v, "status", x->status);
    value_put_text_or_null(a, v, "published", x->published);
}

void voice_put_opinions(const struct voice_call *r, const struct opinion_rows *rows)
{
    const unsigned lang = is_ja(r) ? 0 : 1;
    struct arena *a = r->c->mem;
    struct buf out = begin(r);

    if (voice_is_json(r)) {
        struct value *v = value_map(a), *list;

        value_put_int(a, v, "total", rows->total);
        value_put_bool(a, v, "more", rows->is_more);
        list = value_put_list(a, v, "opinions");
        for (uint32_t i = 0; i < rows->count; i++)
            opinion_json(r, list, &rows->rows[i]);
        voice_put_value(r, v);
        return;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct opinion_row *x = &rows->rows[i];

        buf_fmt(&out, "%.*s  %.*s  %s  %.*s\n",
                STR_ARG(voice_name(r, x->fiscal_year, x->number)), STR_ARG(x->month),
                door_label(x->door, lang),
                STR_ARG(x->is_withheld
                            ? str_fmt(a, is_ja(r) ? "公開しない(理由%.*s)" : "withheld (%.*s)",
                                      STR_ARG(x->reason))
                            : line_of(r, x->summary)));
    }
    total_put(r, &out, rows->total, rows->is_more);
    (void)cli_put(r->c, buf_str(&out));
}

/* ---- numbers ---- */

void voice_put_counts(const struct voice_call *r, str facet, const struct voice_counts *counts)
{
    struct arena *a = r->c->mem;
    struct buf out = begin(r);
    struct value *v, *list;

    if (!voice_is_json(r)) {
        for (uint32_t i = 0; i < counts->count; i++)
            buf_fmt(&out, "%.*s\t%u\n", STR_ARG(counts->rows[i].value), counts->rows[i].voices);
        (void)cli_put(r->c, buf_str(&out));
        return;
    }
    v = value_map(a);
    value_put_text(a, v, "by", facet);
    list = value_put_list(a, v, "counts");
    for (uint32_t i = 0; i < counts->count; i++) {
        struct value *one = value_add_map(a, list);

        value_put_text(a, one, "value", counts->rows[i].value);
        value_put_int(a, one, "voices", counts->rows[i].voices);
    }
    voice_put_value(r, v);
}

void voice_put_numbers(const struct voice_call *r, const struct voice_numbers *n)
{
    const struct {
        const char *key, *label[LANG_COUNT];
        uint32_t value;
    } ROWS[] = {
        { "received", { "受け付けた", "received" }, n->received },
        { "answered", { "回答した", "answered" }, n->answered },
        { "waiting", { "回答待ち", "waiting" }, n->waiting },
        { "in_time", { "期限までに回答した", "answered in time" }, n->in_time },
        { "late", { "期限を過ぎて回答した", "answered late" }, n->late },
        { "overdue", { "期限を過ぎて回答待ち", "overdue" }, n->overdue },
        { "reopened", { "回答になっていないとの申し出", "reopened" }, n->reopened },
        { "published", { "公開した", "published" }, n->published },
        { "withheld", { "公開しない", "not published" }, n->withheld },
        { "embargo", { "回答後に公開する", "public once answered" }, n->embargo },
        { "undecided", { "公開は未定", "not decided" }, n->undecided },
        { "closed", { "完了した", "closed" }, n->closed },
    };
    struct arena *a = r->c->mem;
    const str median = n->median_days < 0
                           ? (str){ 0 }
                           : str_fmt(a, "%d.%d", n->median_days / 10, n->median_days % 10);
    struct buf out = begin(r);
    struct value *v = value_map(a), *reasons;

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        value_put_int(a, v, ROWS[i].key, ROWS[i].value);
        buf_fmt(&out, "%s\t%u\n", ROWS[i].label[r->c->lang], ROWS[i].value);
    }
    value_put_text_or_null(a, v, "median_days", median);
    buf_fmt(&out, "%s\t%.*s\n", is_ja(r) ? "回答までの日数の中央値" : "median days",
            STR_ARG(median.n ? median : STR("-")));
    reasons = value_put_list(a, v, "by_reason");
    for (uint32_t i = 0; i < n->by_reason.count; i++) {
        struct value *one = value_add_map(a, reasons);

        value_put_text(a, one, "reason", n->by_reason.rows[i].value);
        value_put_int(a, one, "voices", n->by_reason.rows[i].voices);
        buf_fmt(&out,
                is_ja(r) ? "公開しない理由 %.*s\t%u\n" : "not published, reason %.*s\t%u\n",
                STR_ARG(n->by_reason.rows[i].value), n->by_reason.rows[i].voices);
    }
    if (voice_is_json(r))
        voice_put_value(r, v);
    else
        (void)cli_put(r->c, buf_str(&out));
}
