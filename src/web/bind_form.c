/* A measure as a form, and back. */
#include "web/bind_form.h"
#include "web/actual_part.h"

#include "web/parts.h"
#include "web/pages.h"

#include "base/banned.h"

/* clang-format off */
const struct field BIND_FIELDS[] = {
    { "source", INPUT_LINE, 80, true, { "もとになる証拠", "Evidence" } },
    { "seen", INPUT_HASH, 0, false, { "見ていた測り方", "The measure that was seen" } },
    { "do", INPUT_LINE, 10, true, { "操作", "What to do" } },
    { "value", INPUT_LINE, 20, false, { "何を出すか", "What is given" } },
    { "of1", INPUT_LINE, 40, false, { "項目(分子)", "Quantity (numerator)" } },
    { "of2", INPUT_LINE, 40, false, { "項目(分母)", "Quantity (denominator)" } },
    { "of3", INPUT_LINE, 40, false, { "差し引く項目(還付)", "Taken off (refunds)" } },
    { "question", INPUT_LINE, 60, false, { "設問", "Question" } },
    { "plain", INPUT_FLAG, 0, false, { "重み付け前の割合を使う", "Use the unweighted share" } },
    { "unit", INPUT_LINE, 20, false, { "単位", "Unit" } },
    { "decimals", INPUT_COUNT, 1, false, { "小数点以下の桁数", "Decimals" } },
    { "divide", INPUT_COUNT, 9, false, { "割る数(千円なら1000)", "Divided by (1000 for thousands)" } },
    { "filter.*.*", INPUT_FLAG, 0, false, { "数えるもの", "What counts" } },
    { "only.*", INPUT_LINE, 300, false, { "数えるもの(読点で区切る)", "What counts (separated by commas)" } },
    { "year.*.number", INPUT_LINE, 30, false, { "値", "Number" } },
    { "year.*.source", INPUT_LINE, 300, false, { "元の資料", "Document" } },
    { "year.*.by", INPUT_LINE, 80, false, { "入力した課", "Entered by (office)" } },
    { "year.*.on", INPUT_DAY, 0, false, { "入力した日", "Entered on" } },
    { "verified", INPUT_TEXT, 1000, false, { "確かめ方", "How verified" } },
    { "origin", INPUT_TEXT, 1000, false, { "出所", "Source" } },
    { "accuracy", INPUT_TEXT, 1000, false, { "要る正しさ", "Accuracy needed" } },
    { "limits", INPUT_TEXT, 1000, false, { "言えないこと", "Limits" } },
    { "compensation", INPUT_TEXT, 1000, false, { "それを補う方法", "Compensation" } },
    { "reason", INPUT_TEXT, 1000, false, { "理由", "Reason" } },
    { 0 },
};
/* clang-format on */

static const str YEAR = STR_INIT("{year}");

/* ---- the source ---- */

static str source_of(struct arena *a, const struct measure_def *d)
{
    const str key = str_skip(d->book, (size_t)str_find_char(d->book, '/') + 1);

    switch (d->kind) {
    case MEASURE_SURVEY:
        return str_fmt(a, "survey/%.*s", STR_ARG(d->survey));
    case MEASURE_MANUAL:
        return STR("manual");
    case MEASURE_VOICES:
        return MEASURE_VOICES_BOOK;
    case MEASURE_RATING:
        return str_fmt(a, "rating/%.*s", STR_ARG(key));
    case MEASURE_REGISTER:
    case MEASURE_LEDGER:
        return d->book;
    case MEASURE_KIND_COUNT:
        break;
    }
    return (str){ 0 };
}

static str key_of(str source)
{
    return str_skip(source, (size_t)str_find_char(source, '/') + 1);
}

static bool kind_of(str source, enum measure_kind *out)
{
    str word;

    (void)str_cut(source, '/', &word);
    return measure_kind_find(word, out);
}

/* "kumin-2024" of 2024 is one of "kumin-{year}". */
static str series_of(struct arena *a, const struct survey_row *s)
{
    const str year = str_fmt(a, "%d", s->fiscal_year);
    const ptrdiff_t at = str_find(s->key, year);

    return at < 0 ? s->key
                  : str_fmt(a, "%.*s%.*s%.*s", (int)at, s->key.p, STR_ARG(YEAR),
                            STR_ARG(str_skip(s->key, (size_t)at + year.n)));
}

static bool book_load(struct req *r, struct bind_form *f, struct err *e)
{
    str book = f->source;
    struct hash record;

    if (str_starts(book, STR("rating/")))
        book = str_fmt(r->mem, "register/%.*s", STR_ARG(key_of(book)));
    return store_book(r->db, r->mem, &(struct book_ref){ f->organisation, book }, &f->def,
                      &record, e);
}

/* The newest survey of the series says what can be asked for. */
static bool survey_load(struct req *r, struct bind_form *f, struct err *e)
{
    struct survey_stored found;

    for (uint32_t i = 0; i < f->surveys.count; i++) {
        const struct survey_row *s = &f->surveys.rows[i]; /* the newest year first */

        if (!str_eq(series_of(r->mem, s), key_of(f->source))
            && !str_eq(s->key, key_of(f->source)))
            continue;
        if (!store_survey(r->db, r->mem, &(struct survey_ref){ f->organisation, s->key, 0 },
                          &found, e))
            return false;
        f->survey = found.survey;
        return true;
    }
    return err_set(e, ERR_NOT_FOUND, "アンケート「%.*s」はありません。",
                   STR_ARG(key_of(f->source)));
}

/* ?give=rate: the measure that the register itself offers under that key. */
static void give_take(struct req *r, struct bind_form *f)
{
    const str key = r->form ? (str){ 0 } : req_query(r, "give");
    struct binding b;
    struct err ignored;

    for (const struct value *v = f->def.gives && key.n ? f->def.gives->first : NULL; v;
         v = v->next) {
        if (!str_eq(value_text(v, "key"), key)
            || !binding_read(r->mem, value_get(v, STR("measure")), &b, &ignored))
            continue;
        b.quality = f->binding.quality;
        f->binding = b;
        f->is_complete = true;
    }
}

bool bind_form_load(struct req *r, str organisation, const struct binding *standing,
                    struct bind_form *out, struct err *e)
{
    const str asked = r->form ? req_field(r, "source") : req_query(r, "source");
    const bool has = standing->measure.kind != MEASURE_KIND_COUNT;
    const str stands = has ? source_of(r->mem, &standing->measure) : (str){ 0 };
    enum measure_kind kind;

    *out = (struct bind_form){ .organisation = organisation,
                               .standing = *standing,
                               .source = asked.n ? asked : stands };
    out->binding.quality = standing->quality;
    if (!store_books(r->db, r->mem, organisation, &out->books, e)
        || !store_surveys(r->db, r->mem, organisation, &out->surveys, e))
        return false;
    if (!out->source.n)
        return true;
    if (!kind_of(out->source, &kind))
        return err_set(e, ERR_NOT_FOUND, "証拠「%.*s」はありません。", STR_ARG(out->source));
    if (has && str_eq(out->source, stands)) {
        out->binding = *standing;
        out->is_complete = true;
    } else {
        out->binding.measure.kind = kind;
        out->binding.measure.divide = 1;
    }
    if (kind == MEASURE_MANUAL)
        return true;
    if (kind == MEASURE_VOICES)
        return actual_voices_load(r, organisation, &out->def, e);
    if (!(kind == MEASURE_SURVEY ? survey_load(r, out, e) : book_load(r, out, e)))
        return false;
    give_take(r, out);
    return true;
}

/* ---- back ---- */

static void read_of(struct req *r, struct value *m)
{
    static const char *const NAMES[] = { "of1", "of2", "of3" };
    struct value *list = NULL;

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (!req_field(r, NAMES[i]).n)
            continue;
        if (!list)
            list = value_put_list(r->mem, m, "of");
        value_add_text(r->mem, list, req_field(r, NAMES[i]));
    }
}

static void read_filter(struct req *r, struct value *filters,
                        const struct register_field *field)
{
    struct value *list = NULL;
    str rest = req_field_fmt(r, "only.%.*s", STR_ARG(field->key)), one;

    for (uint32_t k = 0; k < field->choice_count; k++) {
        if (!req_field_fmt(r, "filter.%.*s.%.*s", STR_ARG(field->key),
                           STR_ARG(field->choices[k].key))
                 .n)
            continue;
        if (!list)
            list = value_put_list(r->mem, filters, str_c(r->mem, field->key));
        value_add_text(r->mem, list, field->choices[k].key);
    }
    for (ptrdiff_t at; rest.n;) {
        at = str_find(rest, STR("、"));
        if (at >= 0) {
            one = str_take(rest, (size_t)at);
            rest = str_skip(rest, (size_t)at + STR("、").n);
        } else {
            rest = str_cut(rest, ',', &one);
        }
        one = str_trim(one);
        if (!one.n)
            continue;
        if (!list)
            list = value_put_list(r->mem, filters, str_c(r->mem, field->key));
        value_add_text(r->mem, list, one);
    }
}

static void read_filters(struct req *r, const struct bind_form *f, struct value *m)
{
    struct value *filters = value_map(r->mem);

    for (uint32_t i = 0; i < f->def.field_count; i++)
        read_filter(r, filters, &f->def.fields[i]);
    if (!filters->count)
        return;
    filters->key = STR("filter");
    (void)value_append(m, filters);
}

/* needed: a number must stand in one of them. */
static bool read_years(struct req *r, bool needed, struct value *m, struct err *e)
{
    const uint32_t n = req_field_count(r, "year.*.number");
    struct value *years = NULL;

    for (uint32_t i = 0; i < n; i++) {
        str year;
        const str typed = req_field_at(r, "year.*.number", i, &year);
        struct value *one;
        dec number;

        if (!typed.n)
            continue;
        if (!dec_parse(typed, &number))
            return err_set(e, ERR_INPUT, "%.*s年度の値「%.*s」を数として読めません。",
                           STR_ARG(year), STR_ARG(typed));
        if (!years)
            years = value_put_map(r->mem, m, "years");
        one = value_put_map(r->mem, years, str_c(r->mem, year));
        value_put_dec(r->mem, one, "number", number);
        value_put_text(r->mem, one, "source",
                       req_field_fmt(r, "year.%.*s.source", STR_ARG(year)));
        value_put_text(r->mem, one, "by", req_field_fmt(r, "year.%.*s.by", STR_ARG(year)));
        value_put_text(r->mem, one, "on", req_field_fmt(r, "year.%.*s.on", STR_ARG(year)));
    }
    return years || !needed
           || err_set(e, ERR_INPUT,
                      "値を入れる年度が1つもありません。値と元の資料を入れて"
                      "ください。");
}

/* Years of a survey that are fed from one of another name stay as they are. */
static void keep_years(struct req *r, const struct bind_form *f, struct value *m)
{
    const struct measure_def *d = &f->standing.measure;
    struct value *years;

    if (d->kind != MEASURE_SURVEY || !d->year_count)
        return;
    years = value_put_map(r->mem, m, "years");
    for (uint32_t i = 0; i < d->year_count; i++)
        value_put_text(r->mem,
                       value_put_map(r->mem, years,
                                     str_c(r->mem,
                                           str_fmt(r->mem, "%d", d->years[i].fiscal_year))),
                       "survey", d->years[i].survey);
}

static int64_t count_of(const struct req *r, const char *name, int64_t otherwise)
{
    dec n;

    return dec_parse(req_field(r, name), &n) ? n.n : otherwise;
}

static bool read_kind(struct req *r, struct bind_form *f, enum measure_kind kind,
                      struct value *m, struct err *e)
{
    if (kind == MEASURE_MANUAL)
        return read_years(r, true, m, e);
    if (kind == MEASURE_VOICES) {
        if (req_field(r, "value").n)
            value_put_text(r->mem, m, "value", req_field(r, "value"));
        read_filters(r, f, m);
        return read_years(r, false, m, e);
    }
    if (kind == MEASURE_SURVEY) {
        value_put_text(r->mem, m, "survey", key_of(f->source));
        value_put_text(r->mem, m, "question", req_field(r, "question"));
        value_put_bool(r->mem, m, "weights", !req_field(r, "plain").n);
        keep_years(r, f, m);
        return true;
    }
    value_put_text(r->mem, m, kind == MEASURE_LEDGER ? "ledger" : "register",
                   key_of(f->source));
    if (req_field(r, "value").n)
        value_put_text(r->mem, m, "value", req_field(r, "value"));
    value_put_int(r->mem, m, "divide", count_of(r, "divide", 1));
    read_of(r, m);
    read_filters(r, f, m);
    return true;
}

bool bind_form_read(struct req *r, struct bind_form *f, struct err *e)
{
    struct value *tree = value_map(r->mem), *m = value_put_map(r->mem, tree, "measure"), *q;
    enum measure_kind kind;

    if (!kind_of(f->source, &kind))
        return err_set(e, ERR_INPUT, "もとになる証拠を選んでください。");
    value_put_text(r->mem, m, "kind", measure_kind_word(kind));
    if (!read_kind(r, f, kind, m, e))
        return false;
    value_put_text(r->mem, m, "unit", req_field(r, "unit"));
    value_put_int(r->mem, m, "decimals", count_of(r, "decimals", 0));
    q = value_put_map(r->mem, tree, "quality");
    value_put_text(r->mem, q, "verified", req_field(r, "verified"));
    value_put_text(r->mem, q, "source", req_field(r, "origin"));
    value_put_text(r->mem, q, "accuracy", req_field(r, "accuracy"));
    value_put_text(r->mem, q, "limits", req_field(r, "limits"));
    value_put_text(r->mem, q, "compensation", req_field(r, "compensation"));
    return binding_read(r->mem, tree, &f->binding, e);
}

/* ---- into the tree ---- */

static void add_option(const struct req *r, struct value *list, str value, str label,
                       bool is_chosen)
{
    struct value *one = value_add_map(r->mem, list);

    value_put_text(r->mem, one, "value", value);
    value_put_text(r->mem, one, "label", label);
    value_put_text(r->mem, one, "lang", page_lang_of(r, label));
    value_put_bool(r->mem, one, "is_chosen", is_chosen);
}

static bool is_offered(const struct value *list, str value)
{
    for (const struct value *v = list->first; v; v = v->next)
        if (str_eq(value_text(v, "value"), value))
            return true;
    return false;
}

static void put_sources(const struct req *r, struct value *page, const struct bind_form *f)
{
    struct value *list = value_put_list(r->mem, page, "sources");

    for (uint32_t i = 0; i < f->books.count; i++) {
        const struct book_row *b = &f->books.rows[i];
        struct value *words = value_map(r->mem);

        value_put_text(r->mem, words, "name", b->name[r->lang]);
        add_option(r, list, b->book,
                   req_message(r,
                               str_starts(b->book, STR("ledger/")) ? "bind.of_ledger"
                                                                   : "bind.of_register",
                               words),
                   str_eq(f->source, b->book));
        if (!str_eq(b->book, STR("register/service-rating")))
            continue;
        add_option(r, list, STR("rating/service-rating"),
                   req_message(r, "bind.of_rating", words),
                   str_eq(f->source, STR("rating/service-rating")));
    }
    for (uint32_t i = 0; i < f->surveys.count; i++) {
        const struct survey_row *s = &f->surveys.rows[i];
        const str series = series_of(r->mem, s),
                  source = str_fmt(r->mem, "survey/%.*s", STR_ARG(series));
        struct value *words = value_map(r->mem);

        if (is_offered(list, source))
            continue;
        value_put_text(r->mem, words, "name", s->title);
        value_put_text(r->mem, words, "key", series);
        add_option(r, list, source,
                   req_message(r,
                               str_find(series, YEAR) >= 0 ? "bind.of_surveys"
                                                           : "bind.of_survey",
                               words),
                   str_eq(f->source, source));
    }
    add_option(r, list, MEASURE_VOICES_BOOK, req_message(r, "bind.of_voices", NULL),
               str_eq(f->source, MEASURE_VOICES_BOOK));
    add_option(r, list, STR("manual"), req_message(r, "bind.of_manual", NULL),
               str_eq(f->source, STR("manual")));
}

static void put_values(const struct req *r, struct value *form, const struct bind_form *f)
{
    struct value *list = value_put_list(r->mem, form, "values");

    for (int v = 0; v < GIVES_COUNT_OF_KINDS; v++) {
        const str word = measure_value_word((enum measure_value)v);

        if (f->binding.measure.kind != MEASURE_SURVEY
            && f->binding.measure.kind != MEASURE_MANUAL
            && measure_gives(f->binding.measure.kind, (enum measure_value)v))
            add_option(r, list, word, part_word(r, "measure_value", word),
                       r->form ? str_eq(req_field(r, "value"), word)
                               : f->binding.measure.value == (enum measure_value)v);
    }
}

static void put_of(const struct req *r, struct value *form, const struct bind_form *f)
{
    static const char *const NAMES[] = { "of1", "of2", "of3" };
    const struct measure_def *d = &f->binding.measure;
    struct value *list = value_put_list(r->mem, form, "of");

    for (uint32_t i = 0; i < 3 && f->def.field_count && d->kind != MEASURE_VOICES; i++) {
        struct value *one = value_add_map(r->mem, list), *options;

        value_put_text(r->mem, one, "name", str_from(NAMES[i]));
        options = value_put_list(r->mem, one, "options");
        for (uint32_t k = 0; k < f->def.field_count; k++)
            if (f->def.fields[k].kind == FIELD_QUANTITY)
                add_option(r, options, f->def.fields[k].key, f->def.fields[k].label[r->lang],
                           r->form ? str_eq(req_field(r, NAMES[i]), f->def.fields[k].key)
                                   : i < d->of_count && str_eq(d->of[i], f->def.fields[k].key));
    }
}

static const struct measure_filter *filter_of(const struct measure_def *d, str field)
{
    for (uint32_t i = 0; i < d->filter_count; i++)
        if (str_eq(d->filters[i].field, field))
            return &d->filters[i];
    return NULL;
}

static bool counts(const struct measure_filter *filter, str value)
{
    for (uint32_t i = 0; filter && i < filter->count; i++)
        if (str_eq(filter->any_of[i], value))
            return true;
    return false;
}

static void put_filters(const struct req *r, struct value *form, const struct bind_form *f)
{
    struct value *list = value_put_list(r->mem, form, "filters");

    for (uint32_t i = 0; i < f->def.field_count; i++) {
        const struct register_field *field = &f->def.fields[i];
        const struct measure_filter *filter = filter_of(&f->binding.measure, field->key);
        struct value *one, *options;
        struct buf only;

        if (field->kind != FIELD_CHOICE && field->kind != FIELD_SECTION
            && field->kind != FIELD_AREA)
            continue;
        one = value_add_map(r->mem, list);
        value_put_text(r->mem, one, "field", field->key);
        value_put_text(r->mem, one, "label", field->label[r->lang]);
        value_put_bool(r->mem, one, "is_free", field->kind != FIELD_CHOICE);
        options = value_put_list(r->mem, one, "options");
        for (uint32_t k = 0; k < field->choice_count; k++)
            add_option(r, options, field->choices[k].key, field->choices[k].label[r->lang],
                       r->form ? req_field_fmt(r, "filter.%.*s.%.*s", STR_ARG(field->key),
                                               STR_ARG(field->choices[k].key))
                                         .n
                                     > 0
                               : counts(filter, field->choices[k].key));
        buf_init(&only, r->mem, 64, LIMIT_TEXT_BYTES);
        for (uint32_t k = 0; filter && field->kind != FIELD_CHOICE && k < filter->count; k++)
            buf_fmt(&only, "%s%.*s", k ? "、" : "", STR_ARG(filter->any_of[k]));
        value_put_text_or_null(r->mem, one, "only",
                               r->form ? req_field_fmt(r, "only.%.*s", STR_ARG(field->key))
                                       : buf_str(&only));
    }
}

static void put_questions(const struct req *r, struct value *form, const struct bind_form *f)
{
    struct value *list = value_put_list(r->mem, form, "questions");

    for (uint32_t i = 0; i < f->survey.question_count; i++) {
        const struct question *q = &f->survey.questions[i];

        if (q->has_yes)
            add_option(r, list, q->key,
                       str_fmt(r->mem, "%.*s %.*s", STR_ARG(q->number), STR_ARG(q->text)),
                       str_eq(r->form ? req_field(r, "question") : f->binding.measure.question,
                              q->key));
    }
}

static void put_year(const struct req *r, struct value *one, const char *what, int year,
                     str saved)
{
    value_put_text_or_null(r->mem, one, what,
                           r->form ? req_field_fmt(r, "year.%d.%s", year, what) : saved);
}

/* Do some of its years have a number of their own? */
static bool has_years(const struct measure_def *d)
{
    return d->kind == MEASURE_MANUAL || d->kind == MEASURE_VOICES;
}

static void put_years(const struct req *r, struct value *form, const struct bind_form *f)
{
    struct value *list = value_put_list(r->mem, form, "years");

    for (int year = f->last_year;
         has_years(&f->binding.measure) && year && year >= f->first_year; year--) {
        const struct measure_year *own = measure_year_of(&f->binding.measure, year);
        struct value *one = value_add_map(r->mem, list);

        part_put_year(r, one, year);
        put_year(r, one, "number", year,
                 own && own->has_number ? dec_str(r->mem, own->number) : (str){ 0 });
        put_year(r, one, "source", year, own ? own->source : (str){ 0 });
        put_year(r, one, "by", year, own ? own->by : (str){ 0 });
        put_year(r, one, "on", year, own ? own->on : (str){ 0 });
    }
}

static void put_gives(const struct req *r, struct value *form, const struct bind_form *f)
{
    struct value *list = value_put_list(r->mem, form, "gives");

    for (const struct value *v = f->def.gives ? f->def.gives->first : NULL; v; v = v->next) {
        struct value *one = value_add_map(r->mem, list);
        const str own = str_fmt(r->mem, "%.*s", STR_ARG(r->target.path));

        value_put_text(r->mem, one, "name",
                       value_text(value_get(v, STR("name")), r->lang == LANG_JA ? "ja" : "en"));
        value_put_text(r->mem, one, "url",
                       req_url_with(r, req_url_with(r, own, "source", f->source), "give",
                                    value_text(v, "key")));
    }
    value_put_bool(r->mem, form, "has_gives", list->count > 0);
}

static void put_quality(const struct req *r, struct value *form, const struct data_quality *q)
{
    const struct {
        const char *name;
        str text;
    } ROWS[] = { { "verified", q->verified },
                 { "origin", q->source },
                 { "accuracy", q->accuracy },
                 { "limits", q->limits },
                 { "compensation", q->compensation } };
    struct value *list = value_put_list(r->mem, form, "quality");

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct value *one = value_add_map(r->mem, list);

        value_put_text(r->mem, one, "name", str_from(ROWS[i].name));
        value_put_text_or_null(r->mem, one, "value", req_typed(r, ROWS[i].name, ROWS[i].text));
    }
}

void bind_form_put(const struct req *r, struct value *page, const struct bind_form *f)
{
    const struct measure_def *d = &f->binding.measure;
    struct value *form;

    put_sources(r, page, f);
    if (!f->source.n) {
        value_put_null(r->mem, page, "form");
        return;
    }
    form = value_put_map(r->mem, page, "form");
    value_put_text(r->mem, form, "source", f->source);
    value_put_bool(r->mem, form, "is_survey", d->kind == MEASURE_SURVEY);
    value_put_bool(r->mem, form, "is_manual", d->kind == MEASURE_MANUAL);
    value_put_bool(r->mem, form, "is_voices", d->kind == MEASURE_VOICES);
    value_put_bool(r->mem, form, "has_years", has_years(d));
    value_put_bool(r->mem, form, "has_values",
                   d->kind != MEASURE_SURVEY && d->kind != MEASURE_MANUAL);
    value_put_bool(r->mem, form, "is_book", d->kind != MEASURE_SURVEY && !has_years(d));
    put_values(r, form, f);
    put_of(r, form, f);
    put_questions(r, form, f);
    put_filters(r, form, f);
    put_years(r, form, f);
    put_gives(r, form, f);
    value_put_bool(r->mem, form, "is_plain",
                   r->form ? req_field(r, "plain").n > 0 : d->is_plain);
    value_put_text(r->mem, form, "unit", req_typed(r, "unit", d->unit));
    value_put_text(r->mem, form, "decimals",
                   req_typed(r, "decimals", str_fmt(r->mem, "%u", d->decimals)));
    value_put_text(r->mem, form, "divide",
                   req_typed(r, "divide", str_fmt(r->mem, "%lld", (long long)d->divide)));
    put_quality(r, form, &f->binding.quality);
}
