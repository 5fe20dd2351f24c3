/* A survey's definition as a form, and back. A question is a block of fields "q.N.…"; its
 * choices are lines of a text ("1 知っている"), and codes of choices are written with commas.
 * A block in which nothing stands is no question. */
#include "web/survey_form.h"

#include "web/form_part.h"
#include "web/pages.h"

#include "base/banned.h"

/* clang-format off */
const struct field SURVEY_FORM_FIELDS[] = {
    { "do", INPUT_LINE, 10, false, { "すること", "What to do" } },
    { "seen", INPUT_HASH, 0, false, { "見ていた記録", "The record that was seen" } },
    { "closed", INPUT_FLAG, 0, false, { "受付を終えた", "Closed" } },
    { "key", INPUT_LINE, 40, false, { "アンケートの記号(アドレスになります)", "Key (part of the address)" } },
    { "title", INPUT_LINE, 200, true, { "名前", "Title" } },
    { "year", INPUT_COUNT, 4, true, { "年度(西暦)", "Fiscal year" } },
    { "previous", INPUT_LINE, 40, false, { "前回(比べるアンケート)", "Last time (compared with)" } },
    { "from", INPUT_DAY, 0, false, { "始まりの日", "From" } },
    { "to", INPUT_DAY, 0, false, { "終わりの日", "To" } },
    { "population", INPUT_LINE, 400, true, { "調査の対象(だれに)", "Population" } },
    { "size", INPUT_COUNT, 9, false, { "対象の人数", "Size of the population" } },
    { "sampling", INPUT_LINE, 10, true, { "選び方", "How they are chosen" } },
    { "method", INPUT_LINE, 400, false, { "方法(郵送、ウェブなど)", "Method (by post, on the web)" } },
    { "sent", INPUT_COUNT, 9, false, { "配った数", "Sent" } },
    { "returned", INPUT_COUNT, 9, false, { "回収した数", "Returned" } },
    { "small", INPUT_COUNT, 4, false, { "属性別の表で伏せる人数(未満)", "Counts below this are hidden by attribute" } },
    { "source", INPUT_LINE, 400, false, { "重み付けの基準(出典と時点)", "Source of the margins" } },
    { "q.*.key", INPUT_LINE, 40, false, { "問の記号", "Key of the question" } },
    { "q.*.column", INPUT_LINE, 200, false, { "回答の表の見出し", "Heading in the answer file" } },
    { "q.*.number", INPUT_LINE, 20, false, { "番号", "Number" } },
    { "q.*.text", INPUT_TEXT, 1000, false, { "問の文", "Question" } },
    { "q.*.kind", INPUT_LINE, 10, false, { "答え方", "Kind" } },
    { "q.*.choices", INPUT_TEXT, 8000, false, { "選択肢(1行に1つ)", "Choices (one a line)" } },
    { "q.*.yes", INPUT_LINE, 200, false, { "割合に数える選択肢の番号", "Choices that count towards the share" } },
    { "q.*.silent", INPUT_LINE, 3, false, { "無回答の人", "Those who gave no answer" } },
    { "q.*.attribute", INPUT_FLAG, 0, false, { "属性の問(ほかの問をこれで分けて見る)", "An attribute: other questions are broken down by it" } },
    { "q.*.most", INPUT_COUNT, 2, false, { "いくつまで選べるか", "Up to how many choices" } },
    { "q.*.only", INPUT_LINE, 40, false, { "この問に答えた人だけにたずねる", "Asked only after this question" } },
    { "q.*.codes", INPUT_LINE, 200, false, { "その問で選んだ選択肢の番号", "Choices of it, by their codes" } },
    { "q.*.margin", INPUT_LINE, 400, false, { "対象全体での割合(選択肢の順に%)", "Shares in the population (in %, in order)" } },
    { "q.*.indicators", INPUT_TEXT, 2000, false, { "この割合を実績に使う指標(1行に1つ)", "Indicators that use the share (one a line)" } },
    { "q.*.drop", INPUT_FLAG, 0, false, { "この問を除く", "Take this question out" } },
    { 0 },
};
/* clang-format on */

/* ---- a definition as texts ---- */

static str hint(const struct req *r, const char *key)
{
    return req_message(r, key, NULL);
}

static str count_text(const struct req *r, uint64_t n)
{
    return n ? str_fmt(r->mem, "%llu", (unsigned long long)n) : (str){ 0 };
}

static str day_text(const struct req *r, date d)
{
    struct buf b;

    buf_init(&b, r->mem, 16, 16);
    if (d.year)
        date_put(&b, d);
    return buf_str(&b);
}

static str choices_text(const struct req *r, const struct question *q)
{
    struct buf b;

    buf_init(&b, r->mem, 200, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < q->choice_count; k++)
        buf_fmt(&b, "%s%.*s %.*s", k ? "\n" : "", STR_ARG(q->choices[k].code),
                STR_ARG(q->choices[k].label));
    return buf_str(&b);
}

/* The codes whose bit is set. */
static str codes_text(const struct req *r, const struct question *q, uint64_t set)
{
    struct buf b;

    buf_init(&b, r->mem, 40, LIMIT_TEXT_BYTES);
    for (uint32_t k = 0; k < q->choice_count; k++)
        if (set >> k & 1)
            buf_fmt(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(q->choices[k].code));
    return buf_str(&b);
}

static uint64_t yes_set(const struct question *q)
{
    uint64_t set = 0;

    for (uint32_t k = 0; k < q->choice_count; k++)
        set |= (uint64_t)q->choices[k].is_yes << k;
    return set;
}

static str margin_text(const struct req *r, const struct survey *s, uint32_t at)
{
    struct buf b;

    buf_init(&b, r->mem, 40, LIMIT_TEXT_BYTES);
    for (uint32_t m = 0; m < s->margin_count; m++)
        for (uint32_t k = 0; s->margins[m].question == at && k < s->questions[at].choice_count;
             k++) {
            buf_put_c(&b, k ? ", " : "");
            dec_put(&b, s->margins[m].pct[k]);
        }
    return buf_str(&b);
}

static str indicators_text(const struct req *r, const struct question *q)
{
    struct buf b;

    buf_init(&b, r->mem, 40, LIMIT_TEXT_BYTES);
    for (uint32_t i = 0; i < q->indicator_count; i++)
        buf_fmt(&b, "%s%.*s", i ? "\n" : "", STR_ARG(q->indicators[i]));
    return buf_str(&b);
}

/* ---- laying it out ---- */

static void put_head(const struct req *r, struct value *map, const struct survey *s,
                     bool is_new)
{
    struct form_part f = form_part_begin(r, value_put_map(r->mem, map, "head"),
                                         SURVEY_FORM_FIELDS, STR("survey"), r->form != NULL);

    if (is_new)
        (void)form_part_field(&f, "key", s->key, hint(r, "survey_form.key"));
    (void)form_part_field(&f, "title", s->title, (str){ 0 });
    (void)form_part_field(&f, "year", count_text(r, (uint64_t)s->fiscal_year), (str){ 0 });
    (void)form_part_field(&f, "previous", s->previous, hint(r, "survey_form.previous"));
    (void)form_part_field(&f, "from", day_text(r, s->from), (str){ 0 });
    (void)form_part_field(&f, "to", day_text(r, s->to), hint(r, "survey_form.to"));
}

static void put_people(const struct req *r, struct value *map, const struct survey *s)
{
    struct form_part f = form_part_begin(r, value_put_map(r->mem, map, "people"),
                                         SURVEY_FORM_FIELDS, STR("survey"), r->form != NULL);
    struct value *choice;

    (void)form_part_field(&f, "population", s->population, hint(r, "survey_form.population"));
    (void)form_part_field(&f, "size", count_text(r, s->population_size),
                          hint(r, "survey_form.unknown"));
    choice = form_part_choice(&f, "sampling", sampling_word(s->sampling),
                              hint(r, "survey_form.sampling"));
    for (int k = 0; k < SAMPLING_COUNT; k++) {
        const str word = sampling_word((enum sampling)k);

        form_part_option(&f, choice, word,
                         req_message(r,
                                     str_c(r->mem,
                                           str_fmt(r->mem, "sampling.%.*s", STR_ARG(word))),
                                     NULL));
    }
    (void)form_part_field(&f, "method", s->method, (str){ 0 });
    (void)form_part_field(&f, "sent", count_text(r, s->sent), hint(r, "survey_form.unknown"));
    (void)form_part_field(&f, "returned", count_text(r, s->returned),
                          hint(r, "survey_form.unknown"));
    (void)form_part_field(&f, "small", count_text(r, s->small), hint(r, "survey_form.small"));
}

static const char *name_of(const struct req *r, uint32_t n, const char *field)
{
    return str_c(r->mem, str_fmt(r->mem, "q.%u.%s", n, field));
}

static void put_kinds(const struct req *r, struct form_part *f, uint32_t n, str chosen)
{
    struct value *choice = form_part_choice(f, name_of(r, n, "kind"), chosen, (str){ 0 });

    for (int k = 0; k < QUESTION_KIND_COUNT; k++) {
        const str word = question_kind_word((enum question_kind)k);

        form_part_option(f, choice, word,
                         req_message(r,
                                     str_c(r->mem, str_fmt(r->mem, "survey_form.kind_%.*s",
                                                           STR_ARG(word))),
                                     NULL));
    }
}

/* The key of block `n`: what was sent, what stands, or a new one. */
static str key_of(const struct req *r, const struct survey *s, uint32_t n)
{
    const str sent = r->form ? req_field_fmt(r, "q.%u.key", n) : (str){ 0 };

    if (sent.n)
        return sent;
    return n < s->question_count ? s->questions[n].key : str_fmt(r->mem, "q%u", n + 1);
}

/* The blocks before this one, by their place and, where it is known, their number. */
static void put_only(const struct req *r, struct form_part *f, const struct survey *s,
                     uint32_t n)
{
    const struct question *q = n < s->question_count ? &s->questions[n] : NULL;
    const str chosen = q && q->filter >= 0 ? s->questions[q->filter].key : (str){ 0 };
    struct value *choice =
        form_part_choice(f, name_of(r, n, "only"), chosen, hint(r, "survey_form.only"));

    form_part_option(f, choice, (str){ 0 }, hint(r, "survey_form.everybody"));
    for (uint32_t k = 0; k < n; k++) {
        struct value *words = value_map(r->mem);
        const str number = r->form                 ? req_field_fmt(r, "q.%u.number", k)
                           : k < s->question_count ? s->questions[k].number
                                                   : (str){ 0 };

        value_put_int(r->mem, words, "n", k + 1);
        value_put_text(r->mem, words, "number", number);
        form_part_option(f, choice, key_of(r, s, k),
                         req_message(r, "survey_form.block", words));
    }
}

static void put_more(const struct req *r, struct value *map, const struct survey *s,
                     const struct question *q, uint32_t n)
{
    struct form_part f = form_part_begin(r, value_put_map(r->mem, map, "more"),
                                         SURVEY_FORM_FIELDS, STR("survey"), r->form != NULL);
    struct value *choice;

    choice =
        form_part_choice(&f, name_of(r, n, "silent"), q->no_answer_in ? STR("in") : STR("out"),
                         hint(r, "survey_form.silent"));
    form_part_option(&f, choice, STR("out"), hint(r, "survey_form.out"));
    form_part_option(&f, choice, STR("in"), hint(r, "survey_form.in"));
    (void)form_part_field(&f, name_of(r, n, "attribute"), q->is_attribute ? STR("1") : STR(""),
                          (str){ 0 });
    (void)form_part_field(&f, name_of(r, n, "most"), count_text(r, q->answers_max),
                          hint(r, "survey_form.most"));
    put_only(r, &f, s, n);
    (void)form_part_field(&f, name_of(r, n, "codes"),
                          q->filter >= 0 && s->question_count
                              ? codes_text(r, &s->questions[q->filter], q->filter_codes)
                              : (str){ 0 },
                          hint(r, "survey_form.codes"));
    (void)form_part_field(&f, name_of(r, n, "margin"), margin_text(r, s, n),
                          hint(r, "survey_form.margin"));
    (void)form_part_field(&f, name_of(r, n, "indicators"), indicators_text(r, q), (str){ 0 });
    (void)form_part_field(&f, name_of(r, n, "drop"), STR(""), (str){ 0 });
}

static void put_block(const struct req *r, struct value *list, const struct survey *s,
                      uint32_t n)
{
    const struct question none = { .filter = -1 };
    const struct question *q = n < s->question_count ? &s->questions[n] : &none;
    struct value *map = value_add_map(r->mem, list);
    struct form_part f;

    value_put_int(r->mem, map, "n", n + 1);
    value_put_text(r->mem, map, "key_name", str_from(name_of(r, n, "key")));
    value_put_text(r->mem, map, "key", key_of(r, s, n));
    value_put_text(r->mem, map, "column_name", str_from(name_of(r, n, "column")));
    value_put_text(r->mem, map, "column",
                   r->form                        ? req_field_fmt(r, "q.%u.column", n)
                   : str_eq(q->column, q->number) ? (str){ 0 }
                                                  : q->column);
    f = form_part_begin(r, map, SURVEY_FORM_FIELDS, STR("survey"), r->form != NULL);
    (void)form_part_field(&f, name_of(r, n, "number"), q->number,
                          hint(r, "survey_form.number"));
    (void)form_part_field(&f, name_of(r, n, "text"), q->text, (str){ 0 });
    put_kinds(r, &f, n, question_kind_word(q->kind));
    (void)form_part_field(&f, name_of(r, n, "choices"), choices_text(r, q),
                          hint(r, "survey_form.choices"));
    (void)form_part_field(&f, name_of(r, n, "yes"), codes_text(r, q, yes_set(q)),
                          hint(r, "survey_form.yes"));
    put_more(r, map, s, q, n);
}

/* How many blocks were sent: they are numbered without gaps. */
static uint32_t sent_blocks(const struct req *r)
{
    uint32_t n = 0;

    while (n < SURVEY_QUESTIONS_MAX && req_field_fmt(r, "q.%u.key", n).n)
        n++;
    return n;
}

void survey_form_put(const struct req *r, struct value *map, const struct survey *s,
                     bool is_new)
{
    struct value *list;
    struct form_part f;
    uint32_t blocks = s->question_count ? s->question_count : SURVEY_FORM_BLANK;

    if (r->form)
        blocks = sent_blocks(r) + (str_eq(req_field(r, "do"), STR("add")) ? 1 : 0);
    put_head(r, map, s, is_new);
    put_people(r, map, s);
    list = value_put_list(r->mem, map, "questions");
    for (uint32_t n = 0; n < blocks && n < SURVEY_QUESTIONS_MAX; n++)
        put_block(r, list, s, n);
    f = form_part_begin(r, value_put_map(r->mem, map, "weights"), SURVEY_FORM_FIELDS,
                        STR("survey"), r->form != NULL);
    (void)form_part_field(&f, "source", s->margin_source, hint(r, "survey_form.source"));
}

/* ---- back ---- */

/* A block of what was sent. */
struct block {
    struct req *r;
    uint32_t n;
};

static str sent(const struct block *b, const char *field)
{
    return req_field(b->r, name_of(b->r, b->n, field));
}

static void need(const struct block *b, const char *field, const char *message)
{
    req_fault(b->r, str_from(name_of(b->r, b->n, field)), req_message(b->r, message, NULL));
}

static void put_count(struct arena *a, struct value *map, const char *key, str digits)
{
    dec n;

    if (dec_parse(digits, &n))
        value_put_int(a, map, key, n.n);
    else
        value_put_null(a, map, key);
}

static bool is_code_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "1 知っている", "1: 知っている", "知っている": a code in letters and digits may stand first.
 */
static void choice_parse(struct arena *a, str line, uint32_t place, str *code, str *label)
{
    size_t n = 0;

    line = str_trim(line);
    while (n < line.n && is_code_char(line.p[n]))
        n++;
    *code = str_fmt(a, "%u", place);
    *label = line;
    if (n == 0 || n == line.n || !strchr(" .:\t", line.p[n]))
        return;
    *code = str_take(line, n);
    *label = str_trim(str_skip(line, n + 1));
}

/* Is the code one of a list with commas or blanks? */
static bool is_listed(str list, str code)
{
    while (list.n) {
        size_t n = 0;

        while (n < list.n && is_code_char(list.p[n]))
            n++;
        if (n && str_eq(str_take(list, n), code))
            return true;
        list = str_skip(list, n ? n : 1);
    }
    return false;
}

static void put_choices(const struct block *b, struct value *q)
{
    struct arena *a = b->r->mem;
    struct value *list = value_put_list(a, q, "choices");
    str rest = sent(b, "choices"), line;
    uint32_t place = 0;

    while (rest.n) {
        struct value *one;
        str code, label;

        rest = str_cut(rest, '\n', &line);
        if (!str_trim(line).n)
            continue;
        choice_parse(a, line, ++place, &code, &label);
        one = value_add_map(a, list);
        value_put_text(a, one, "code", code);
        value_put_text(a, one, "label", label);
        value_put_bool(a, one, "yes", is_listed(sent(b, "yes"), code));
    }
    if (place < 2)
        need(b, "choices", "survey_form.need_choices");
}

static void put_filter(const struct block *b, struct value *q)
{
    struct arena *a = b->r->mem;
    struct value *filter, *codes;
    str rest = sent(b, "codes"), code;

    if (!sent(b, "only").n)
        return;
    filter = value_put_map(a, q, "only_if");
    value_put_text(a, filter, "question", sent(b, "only"));
    codes = value_put_list(a, filter, "codes");
    while (rest.n) {
        rest = str_cut(rest, ',', &code);
        if (str_trim(code).n)
            value_add_text(a, codes, str_trim(code));
    }
    if (!codes->count)
        need(b, "codes", "survey_form.need_codes");
}

static void put_indicators(const struct block *b, struct value *q)
{
    struct value *list = value_put_list(b->r->mem, q, "indicators");
    str rest = sent(b, "indicators"), line;

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (str_trim(line).n)
            value_add_text(b->r->mem, list, str_trim(line));
    }
}

static bool is_blank(const struct block *b)
{
    return sent(b, "drop").n
           || (!sent(b, "number").n && !sent(b, "text").n && !sent(b, "choices").n);
}

static void put_question(const struct block *b, struct value *list)
{
    struct arena *a = b->r->mem;
    struct value *q = value_add_map(a, list);

    if (!sent(b, "number").n)
        need(b, "number", "survey_form.need_number");
    if (!sent(b, "text").n)
        need(b, "text", "survey_form.need_text");
    value_put_text(a, q, "key", sent(b, "key"));
    value_put_text(a, q, "number", sent(b, "number"));
    value_put_text(a, q, "text", sent(b, "text"));
    value_put_text_or_null(a, q, "column", sent(b, "column"));
    value_put_text(a, q, "kind", sent(b, "kind"));
    value_put_text(a, q, "no_answer", sent(b, "silent").n ? sent(b, "silent") : STR("out"));
    value_put_bool(a, q, "attribute", sent(b, "attribute").n > 0);
    put_count(a, q, "answers_max", sent(b, "most"));
    if (!str_eq(sent(b, "kind"), question_kind_word(QUESTION_TEXT)))
        put_choices(b, q);
    put_filter(b, q);
    put_indicators(b, q);
}

/* Shares in the order of the choices of a question that was just put. */
static void put_margin(const struct block *b, struct value *margins, const struct value *q)
{
    struct arena *a = b->r->mem;
    struct value *map = value_add_map(a, margins), *shares;
    const struct value *choices = value_get(q, STR("choices"));
    const struct value *choice = choices ? choices->first : NULL;
    str rest = sent(b, "margin"), pct;

    value_put_text(a, map, "question", sent(b, "key"));
    shares = value_put_list(a, map, "shares");
    for (; rest.n; choice = choice ? choice->next : NULL) {
        struct value *one = value_add_map(a, shares);

        rest = str_cut(rest, ',', &pct);
        value_put_text(a, one, "code", choice ? value_text(choice, "code") : STR("?"));
        value_put_text(a, one, "pct", str_trim(pct));
    }
}

static void put_questions(struct req *r, struct value *v)
{
    const uint32_t blocks = sent_blocks(r);
    struct value *list = value_put_list(r->mem, v, "questions"), *weights = value_map(r->mem),
                 *margins;

    value_put_text(r->mem, weights, "source", req_field(r, "source"));
    margins = value_put_list(r->mem, weights, "margins");
    for (uint32_t n = 0; n < blocks; n++) {
        const struct block b = { r, n };

        if (is_blank(&b))
            continue;
        put_question(&b, list);
        if (sent(&b, "margin").n)
            put_margin(&b, margins, list->last);
    }
    if (!list->count)
        req_fault(r, (str){ 0 }, req_message(r, "survey_form.need_questions", NULL));
    if (margins->count) {
        weights->key = STR("weights");
        (void)value_append(v, weights);
    }
}

bool survey_form_value(struct req *r, str key, struct value **out)
{
    struct value *v = value_map(r->mem), *population;

    value_put_text(r->mem, v, "key", key.n ? key : req_field(r, "key"));
    value_put_text(r->mem, v, "title", req_field(r, "title"));
    put_count(r->mem, v, "fiscal_year", req_field(r, "year"));
    value_put_text_or_null(r->mem, v, "previous", req_field(r, "previous"));
    population = value_put_map(r->mem, v, "population");
    value_put_text(r->mem, population, "description", req_field(r, "population"));
    put_count(r->mem, population, "size", req_field(r, "size"));
    value_put_text(r->mem, v, "sampling", req_field(r, "sampling"));
    value_put_text_or_null(r->mem, v, "method", req_field(r, "method"));
    put_count(r->mem, v, "sent", req_field(r, "sent"));
    put_count(r->mem, v, "returned", req_field(r, "returned"));
    value_put_text_or_null(r->mem, v, "from", req_field(r, "from"));
    value_put_text_or_null(r->mem, v, "to", req_field(r, "to"));
    value_put_bool(r->mem, v, "closed", req_field(r, "closed").n > 0);
    put_count(r->mem, v, "small", req_field(r, "small"));
    put_questions(r, v);
    *out = v;
    return req_is_fine(r);
}

void survey_form_refuse(struct req *r, const struct err *e)
{
    const str text = str_dup(r->mem, str_from(e->text));
    const uint32_t blocks = sent_blocks(r);

    for (uint32_t n = 0; n < blocks; n++) {
        const struct block b = { r, n };
        const str number = str_fmt(r->mem, "(%.*s)", STR_ARG(sent(&b, "number")));

        if (sent(&b, "number").n && str_find(text, number) >= 0) {
            req_fault(r, str_from(name_of(r, n, "text")), text);
            return;
        }
    }
    req_fault(r, STR("title"), text);
}
