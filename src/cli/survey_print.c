/* What `meguri survey` prints: faults by cell, sums that fail, and the sentences of each
 * question. As text for people, as JSON for scripts. */
#include "cli/survey_inner.h"

#include <string.h>

#include "base/banned.h"

/* "B12" as spreadsheets name a cell; "12行" for a whole row. */
static str cell_name(struct arena *a, const struct table_fault *f)
{
    struct buf b;

    if (!f->column)
        return str_fmt(a, "%u行", f->row);
    buf_init(&b, a, 32, 32);
    ingest_column_put(&b, f->column);
    buf_put_int(&b, f->row);
    return buf_str(&b);
}

static struct survey_counted counted(const struct survey_stored *s)
{
    return (struct survey_counted){ &s->survey, s->has_tally ? &s->tally : NULL };
}

/* ---- text ---- */

static void put_line(struct buf *out, str s)
{
    if (s.n)
        buf_fmt(out, "    %.*s\n", STR_ARG(s));
}

static void put_questions(const struct cli *c, struct buf *out, const struct survey_stored *now,
                          const struct survey_stored *before)
{
    const struct survey_counted x = counted(now), y = counted(before);

    for (uint32_t i = 0; i < now->survey.question_count; i++) {
        const struct question *q = &now->survey.questions[i];
        struct survey_said said;

        audit_survey_say(c->mem, &x, i, y.tally ? &y : NULL, &said);
        if (!said.has_share)
            continue;
        buf_fmt(out, "%.*s %.*s\n", STR_ARG(q->number), STR_ARG(q->text));
        put_line(out, said.sentence[c->lang]);
        put_line(out, said.caution[c->lang]);
        put_line(out, said.bounds[c->lang]);
        put_line(out, said.changed[c->lang]);
        put_line(out, said.next[c->lang]);
        put_line(out, said.weighting[c->lang]);
    }
}

/* What is wrong with the file, cell by cell. */
static void put_cells(const struct cli *c, struct buf *out, const struct survey_file *file)
{
    const bool ja = c->lang == LANG_JA;
    const char *error = ja ? "誤り" : "error", *note = ja ? "注意" : "note";

    for (uint32_t i = 0; i < file->fault_count; i++) {
        const struct table_fault *f = &file->faults[i];

        buf_fmt(out, "%s %.*s: %.*s\n", f->severity == SEVERITY_ERROR ? error : note,
                STR_ARG(cell_name(c->mem, f)), STR_ARG(f->message));
    }
    if (file->faults_dropped)
        buf_fmt(out, ja ? "ほかに%u件あります。\n" : "and %u more.\n", file->faults_dropped);
}

static void put_faults(const struct cli *c, struct buf *out, const struct survey_incoming *in)
{
    const bool ja = c->lang == LANG_JA;

    put_cells(c, out, &in->file);
    for (uint32_t i = 0; i < in->sum_count && i < SAID_MAX; i++)
        buf_fmt(out, "%s %.*s\n",
                ja ? "誤り 合計が合いません:" : "error: sums differ:", STR_ARG(in->sums[i]));
    for (uint32_t i = 0; i < in->copy_count && i < SAID_MAX; i++)
        buf_fmt(out, "%s %.*s\n", ja ? "注意" : "note", STR_ARG(in->copies[i]));
    if (in->is_good && in->stored.survey.returned > in->tally.rows)
        buf_fmt(out,
                ja ? "注意 回収数 %llu のうち、%llu件の回答です。\n"
                   : "note: returned %llu, answers %llu.\n",
                (unsigned long long)in->stored.survey.returned,
                (unsigned long long)in->tally.rows);
}

static const char *outcome(const struct cli *c, const struct survey_incoming *in)
{
    static const char *const WORDS[LANG_COUNT][5] = {
        [LANG_JA] = { "取り込めません。上の誤りを直してください。何も保存していません。",
                      "前に取り込んだものと同じです。", "保存しました。",
                      "確かめただけです。--apply を付けると保存します。",
                      "下書きに保存しました。公表するには meguri survey release です。" },
        [LANG_EN] = { "Not taken: mend the errors above. Nothing was stored.",
                      "The same as was taken before.", "Stored.",
                      "Only checked; --apply stores it.",
                      "Stored as a draft; meguri survey release makes it public." },
    };

    if (!in->is_good)
        return WORDS[c->lang][0];
    if (in->change == CHANGE_SAME)
        return WORDS[c->lang][1];
    if (in->is_applied && in->is_draft)
        return WORDS[c->lang][4];
    return WORDS[c->lang][in->is_applied ? 2 : 3];
}

static struct survey_stored as_stored(const struct survey_incoming *in)
{
    struct survey_stored now = in->stored;

    now.has_tally = in->is_good;
    now.tally = in->tally;
    return now;
}

static void put_import_text(const struct cli *c, struct buf *out,
                            const struct survey_incoming *in)
{
    const struct survey_stored now = as_stored(in);

    put_faults(c, out, in);
    if (in->is_good) {
        buf_fmt(out, c->lang == LANG_JA ? "%.*s: 回答 %llu件\n" : "%.*s: %llu answers\n",
                STR_ARG(in->stored.survey.title), (unsigned long long)in->tally.rows);
        put_questions(c, out, &now, &in->before);
    }
    buf_fmt(out, "%s\n", outcome(c, in));
}

/* ---- JSON ---- */

static void put_said(struct arena *a, struct value *map, const struct survey_said *said,
                     enum lang lang)
{
    value_put_int(a, map, "yes", (int64_t)said->yes);
    value_put_int(a, map, "n", (int64_t)said->n);
    value_put_dec(a, map, "share", said->share);
    value_put_dec(a, map, "low", said->low);
    value_put_dec(a, map, "high", said->high);
    value_put_bool(a, map, "of_population", said->of_population);
    if (said->has_bounds) {
        value_put_dec(a, map, "worst", said->worst);
        value_put_dec(a, map, "best", said->best);
    }
    if (said->has_change) {
        value_put_dec(a, map, "change", said->change);
        value_put_dec(a, map, "change_low", said->change_low);
        value_put_dec(a, map, "change_high", said->change_high);
        value_put_dec(a, map, "detectable", said->detectable);
        value_put_bool(a, map, "is_different", said->is_different);
    }
    value_put_text(a, map, "sentence", said->sentence[lang]);
    value_put_text_or_null(a, map, "caution", said->caution[lang]);
    value_put_text_or_null(a, map, "bounds", said->bounds[lang]);
    value_put_text_or_null(a, map, "changed", said->changed[lang]);
    value_put_text_or_null(a, map, "next", said->next[lang]);
    value_put_text_or_null(a, map, "weighting", said->weighting[lang]);
}

/* The exact figures of a weighted share, for whoever recomputes it. */
static void put_weighted(struct arena *a, struct value *map, const struct weighted_tally *w)
{
    struct value *v;

    if (!w->is_set)
        return;
    v = value_put_map(a, map, "weighted");
    value_put_dec(a, v, "share", w->share);
    value_put_dec(a, v, "low", w->low);
    value_put_dec(a, v, "high", w->high);
    value_put_dec(a, v, "n_effective", w->n_effective);
    value_put_dec(a, v, "design_effect", w->design_effect);
}

static void put_questions_json(const struct cli *c, struct value *map,
                               const struct survey_stored *now,
                               const struct survey_stored *before)
{
    const struct survey_counted x = counted(now), y = counted(before);
    struct value *list = value_put_list(c->mem, map, "questions");

    for (uint32_t i = 0; now->has_tally && i < now->survey.question_count; i++) {
        struct value *v;
        struct survey_said said;

        audit_survey_say(c->mem, &x, i, y.tally ? &y : NULL, &said);
        if (!said.has_share)
            continue;
        v = value_add_map(c->mem, list);
        value_put_text(c->mem, v, "key", now->survey.questions[i].key);
        value_put_text(c->mem, v, "number", now->survey.questions[i].number);
        put_said(c->mem, v, &said, c->lang);
        put_weighted(c->mem, v, &now->tally.questions[i].weighted);
    }
}

static void put_texts(struct arena *a, struct value *map, const char *key, const str *texts,
                      uint32_t count)
{
    struct value *list = value_put_list(a, map, key);

    for (uint32_t i = 0; i < count && i < SAID_MAX; i++)
        value_add_text(a, list, texts[i]);
}

static struct value *import_value(const struct cli *c, const struct survey_incoming *in)
{
    struct value *v = value_map(c->mem), *list;
    const struct survey_stored now = as_stored(in);

    value_put_text(c->mem, v, "organisation", in->org);
    value_put_text(c->mem, v, "survey", in->key);
    value_put_int(c->mem, v, "rows", (int64_t)in->tally.rows);
    value_put_bool(c->mem, v, "is_tally", in->file.is_tally);
    value_put_bool(c->mem, v, "is_good", in->is_good);
    value_put_bool(c->mem, v, "is_applied", in->is_applied);
    value_put_bool(c->mem, v, "is_draft", in->is_draft);
    list = value_put_list(c->mem, v, "faults");
    for (uint32_t i = 0; i < in->file.fault_count; i++) {
        const struct table_fault *f = &in->file.faults[i];
        struct value *one = value_add_map(c->mem, list);

        value_put_text(c->mem, one, "severity", severity_word(f->severity));
        value_put_text(c->mem, one, "cell", cell_name(c->mem, f));
        value_put_int(c->mem, one, "row", f->row);
        value_put_int(c->mem, one, "column", f->column);
        value_put_text_or_null(c->mem, one, "raw", f->raw);
        value_put_text(c->mem, one, "message", f->message);
    }
    value_put_int(c->mem, v, "faults_dropped", in->file.faults_dropped);
    put_texts(c->mem, v, "sums", in->sums, in->sum_count);
    put_texts(c->mem, v, "copies", in->copies, in->copy_count);
    put_questions_json(c, v, &now, &in->before);
    return v;
}

/* ---- either ---- */

bool survey_put_import(struct cli *c, const struct survey_incoming *in)
{
    struct buf out;

    buf_init(&out, c->mem, 4096, LIMIT_ANSWER_BYTES);
    if (strcmp(c->format, "json") == 0) {
        json_put(&out, import_value(c, in));
        buf_put_char(&out, '\n');
    } else {
        put_import_text(c, &out, in);
    }
    return cli_put(c, buf_str(&out));
}

bool survey_put_result(struct cli *c, str org, const struct survey_stored *now,
                       const struct survey_stored *before)
{
    struct buf out;

    buf_init(&out, c->mem, 4096, LIMIT_ANSWER_BYTES);
    if (strcmp(c->format, "json") == 0) {
        struct value *v = value_map(c->mem);

        value_put_text(c->mem, v, "organisation", org);
        (void)value_append(v, survey_value(c->mem, &now->survey));
        v->last->key = STR("definition");
        value_put_int(c->mem, v, "rows", now->has_tally ? (int64_t)now->tally.rows : 0);
        put_questions_json(c, v, now, before);
        json_put(&out, v);
        buf_put_char(&out, '\n');
    } else {
        buf_fmt(&out, "%.*s\n", STR_ARG(now->survey.title));
        if (now->has_tally)
            put_questions(c, &out, now, before);
        else
            buf_put_c(&out,
                      c->lang == LANG_JA ? "回答はまだありません。\n" : "No answers yet.\n");
    }
    return cli_put(c, buf_str(&out));
}
