/* F: what the file itself lost or holds against reading it, as the reader noted it. */
#include "audit/inner.h"

#include "base/banned.h"

/* A note is about an indicator when it names one; otherwise about the initiative as a whole. */
static str subject_of(struct audit *x, const struct note *n)
{
    for (uint32_t i = 0; n->subject.n && x->in && i < x->in->indicator_count; i++)
        if (str_eq(x->in->indicators[i].name.v, n->subject))
            return n->subject;
    return x->in ? number_of(x) : (str){ NULL, 0 };
}

/* Notes stand in the order of the document, so the initiatives of the notes come in the plan's
 * order. */
static void go_to_initiative(struct audit *x, int number)
{
    const struct initiative *all = x->plan->initiatives;
    const uint32_t n = x->plan->initiative_count;
    uint32_t k = x->in ? (uint32_t)(x->in - all) : 0;

    if (x->in && x->in->number == number)
        return;
    x->in = NULL;
    for (uint32_t tried = 0; number && tried < n; tried++, k = (k + 1) % n)
        if (all[k].number == number) {
            x->in = &all[k];
            return;
        }
}

/* Marks of one initiative are lost together, when a document is printed to text: one finding
 * tells of all of them. */
struct losses {
    const struct note *first;
    uint32_t places;
    struct buf lines; /* of those after the first; each line once */
    uint32_t last_line;
};

static void add_loss(struct losses *l, const struct note *n)
{
    if (l->places++ == 0)
        l->first = n;
    if (n->at.line == l->last_line)
        return;
    if (l->last_line)
        buf_put_c(&l->lines, ", ");
    buf_put_int(&l->lines, n->at.line);
    l->last_line = n->at.line;
}

static void report_losses(struct audit *x, str subject, const struct losses *l)
{
    static const str ONE[] = {
        STR_INIT(
            "印・☆・数字のどれかが失われています(「$1」)。元の文書で確かめ、補ってください。"),
        STR_INIT("A mark, a star or a number was lost here (\"$1\"). Look it up in the "
                 "original and put it "
                 "back."),
    };
    static const str SEVERAL[] = {
        STR_INIT(
            "印・☆・数字が$2か所で失われています($3行目)。元の文書で確かめ、補ってください。"),
        STR_INIT("Marks, stars or numbers were lost in $2 places (line $3). Look them up in "
                 "the original and "
                 "put them back."),
    };

    report(x, &(struct report){
                  .subject = subject,
                  .at = l->first->at,
                  .message = l->places == 1 ? ONE : SEVERAL,
                  .piece = { say(str_trim(l->first->raw)), say_count(x, l->places),
                             say(buf_str(&l->lines)) },
              });
}

/* Brackets for a mark with nothing in them. Before the year is evaluated they wait to be filled
 * in. */
static bool is_waiting(const struct audit *x, const struct note *n)
{
    str inside = str_trim(n->raw);
    size_t first = 0, last = 0;

    if (x->is_evaluated || utf8_count(inside) < 2)
        return false;
    (void)utf8_first(inside, &first);
    for (last = inside.n - 1; ((unsigned char)inside.p[last] & 0xC0) == 0x80; last--)
        continue;
    inside = str_trim((str){ inside.p + first, last - first });
    return inside.n == 0;
}

/* The losses of one indicator, which stand one after the other. The result is the last of these
 * notes. */
static uint32_t report_indicator(struct audit *x, uint32_t from)
{
    const struct note *notes = x->plan->notes;
    struct losses l = { .places = 0 };
    uint32_t k = from;

    buf_init(&l.lines, x->a, 16, 200);
    add_loss(&l, &notes[k]);
    while (k + 1 < x->plan->note_count && notes[k + 1].kind == NOTE_LOST_MARK
           && notes[k + 1].initiative == notes[from].initiative
           && str_eq(notes[k + 1].subject, notes[from].subject))
        add_loss(&l, &notes[++k]);
    report_losses(x, notes[from].subject, &l);
    return k;
}

/* The notes from `from` on that speak of the same initiative: one finding for each indicator
 * among them and one for the initiative. The result is the first note behind them. */
static uint32_t report_notes(struct audit *x, uint32_t from)
{
    const struct note *notes = x->plan->notes;
    const int number = notes[from].initiative;
    struct losses whole = { .places = 0 };
    uint32_t k;

    go_to_initiative(x, number);
    buf_init(&whole.lines, x->a, 32, 200);
    for (k = from; k < x->plan->note_count && notes[k].initiative == number; k++) {
        const str subject =
            notes[k].kind == NOTE_LOST_MARK ? subject_of(x, &notes[k]) : (str){ NULL, 0 };

        if (notes[k].kind != NOTE_LOST_MARK || is_waiting(x, &notes[k]))
            continue;
        if (!subject.p || subject.p != notes[k].subject.p)
            add_loss(&whole, &notes[k]);
        else
            k = report_indicator(x, k);
    }
    if (whole.places)
        report_losses(x, x->in ? number_of(x) : (str){ NULL, 0 }, &whole);
    return k;
}

void rule_f1(struct audit *x)
{
    for (uint32_t k = 0; k < x->plan->note_count;)
        k = report_notes(x, k);
    x->in = NULL;
}

/* clang-format off */
static const struct said FAULTS[DEC_LONG + 1] = {
    [DEC_FINE]       = { { STR_INIT("数として読めません"), STR_INIT("not a number") } },
    [DEC_NONE]       = { { STR_INIT("数字がありません"), STR_INIT("no digit") } },
    [DEC_TWO_POINTS] = { { STR_INIT("小数点が2つあります"), STR_INIT("two decimal points") } },
    [DEC_SEPARATOR]  = { { STR_INIT("桁区切りの位置が違います"), STR_INIT("a thousands separator in the wrong place") } },
    [DEC_MIXED]      = { { STR_INIT("全角と半角の数字が混ざっています"), STR_INIT("full-width and half-width digits mixed") } },
    [DEC_LONG]       = { { STR_INIT("桁が多すぎます"), STR_INIT("too many digits") } },
};
/* clang-format on */

void rule_f2(struct audit *x)
{
    for (uint32_t k = 0; k < x->plan->note_count; k++) {
        const struct note *n = &x->plan->notes[k];

        if (n->kind != NOTE_BAD_NUMBER)
            continue;
        go_to_initiative(x, n->initiative);
        report(x, &(struct report){
                      .subject = subject_of(x, n),
                      .at = n->at,
                      .message =
                          (const str[]){
                              STR("「$1」は数として読めません($2)。正しい数に直してください。"),
                              STR("\"$1\" cannot be read as a number ($2). Correct it.") },
                      .piece = { say(str_trim(n->raw)),
                                 FAULTS[n->fault <= DEC_LONG ? n->fault : DEC_FINE] },
                  });
    }
    x->in = NULL;
}

void rule_f3(struct audit *x, const struct indicator *i)
{
    if (i->target_year == 0 || x->year == 0 || i->target_year == x->year)
        return;
    report(x, &(struct report){
                  .subject = i->name.v,
                  .at = first_place(i->goal.at, i->name.at, x->in->at),
                  .message =
                      (const str[]){
                          STR("目標の年度は$1ですが、この計画は$"
                              "2のものです。年度を確認してください。"),
                          STR("The goal is for $1, but this is the plan of $2. Check the "
                              "year.") },
                  .piece = { say_year(x, i->target_year), say_year(x, x->year) },
              });
}
