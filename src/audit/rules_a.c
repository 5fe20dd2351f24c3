/* A: acting on it. Is there an answer to what went wrong, and is it this year's answer? */
#include "audit/inner.h"

#include "base/banned.h"

void rule_a1(struct audit *x)
{
    const struct evaluation *e = &x->in->evaluation;

    if (!x->is_evaluated || !is_not_met(x->in) || e->improvement.v.n || e->remedy.measure.n)
        return;
    report(x, &(struct report){
                  .subject = number_of(x),
                  .at = first_place(e->mark.at, e->improvement.at, x->in->at),
                  .message =
                      (const str[]){
                          STR("未達成ですが「課題と改善策」が空です。未達成の場合は必須な"
                              "ので、理由と次の対応を書いて"
                              "ください。"),
                          STR("Not met, but 課題と改善策 is empty. The form makes it "
                              "mandatory: give the "
                              "reason and what will be done.") },
              });
}

/* ---- A2 ---- */

static bool is_kanji(uint32_t c)
{
    return c >= 0x3400 && c <= 0x9FFF;
}

static bool has_folded(struct audit *x, str text, str piece)
{
    return str_find(text_fold(x->a, text), piece) >= 0;
}

static bool is_elsewhere(struct audit *x, const struct activity *p, str piece)
{
    const struct initiative *in = x->in;

    if (has_folded(x, in->title.v, piece) || has_folded(x, in->purpose.v, piece))
        return true;
    for (uint32_t k = 0; k < in->outline_count; k++)
        if (has_folded(x, in->outline[k].v, piece))
            return true;
    for (uint32_t k = 0; k < in->indicator_count; k++)
        if (has_folded(x, in->indicators[k].name.v, piece))
            return true;
    for (uint32_t k = 0; k < in->planned_count; k++)
        if (&in->planned[k] != p && has_folded(x, in->planned[k].text.v, piece))
            return true;
    return false;
}

/* Words that any text about issues and improvement may use. */
static bool is_everywhere(str piece)
{
    static const str WORDS[] = { STR_INIT("改善"), STR_INIT("課題"), STR_INIT("目標"),
                                 STR_INIT("実績"), STR_INIT("達成"), STR_INIT("計画"),
                                 STR_INIT("年度"), STR_INIT("区民"), STR_INIT("市民"),
                                 STR_INIT("職員"), STR_INIT("地域"), STR_INIT("情報"),
                                 STR_INIT("区政"), STR_INIT("区役"), STR_INIT("状況"),
                                 STR_INIT("効果"), STR_INIT("対応") };

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_eq(WORDS[i], piece))
            return true;
    return false;
}

/* The topic of an activity ends with its first の, を or に: 見守り訪問の実施. */
static size_t topic_length(str text)
{
    static const str ENDS[] = { STR_INIT("の"), STR_INIT("を"), STR_INIT("に") };
    size_t n = text.n;

    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        const ptrdiff_t at = str_find(text, ENDS[i]);

        if (at >= 0 && (size_t)at < n)
            n = (size_t)at;
    }
    return n;
}

/* The piece of a word that could name the activity: two kanji of its topic, or three telling
 * characters of the rest; "" when the word is too short. */
static str piece_of(str word, bool is_topic)
{
    size_t len, second;
    const uint32_t a = utf8_first(word, &len);
    const uint32_t b = word.n > len ? utf8_first(str_skip(word, len), &second) : 0;
    const size_t least = is_topic && is_kanji(a) && is_kanji(b) ? 2 : 3;
    const str piece = utf8_take(word, least);

    return utf8_count(piece) == least ? piece : (str){ NULL, 0 };
}

/* Does the folded text name the activity, or share with it a piece of a word which nothing else
 * in the initiative's plan has? Then it speaks of this activity. */
static bool mentions(struct audit *x, const struct activity *p, str text)
{
    const str name = text_fold(x->a, p->text.v);
    const char *topic_end = name.p + topic_length(name);
    str rest = name, word, piece;

    if (str_find(text, name) >= 0)
        return true;
    while (text_next_word(&rest, &word)) {
        size_t len;

        for (; word.n && !str_eq(word, STR("ホームページ")); word = str_skip(word, len)) {
            (void)utf8_first(word, &len);
            piece = piece_of(word, word.p < topic_end);
            if (piece.n && str_find(text, piece) >= 0 && !is_everywhere(piece)
                && !is_elsewhere(x, p, piece))
                return true;
        }
    }
    return false;
}

static bool names_quantity(struct audit *x, const struct amount *v, str text)
{
    const dec one = { 1, 0 };

    return v->is_set && dec_cmp(v->value, one) > 0
           && str_find(text, say_amount(x, v).in[LANG_JA]) >= 0;
}

void rule_a2(struct audit *x, const struct activity *p)
{
    static const str MISSING[] = {
        STR_INIT("取組実績にないこの取組に、「課題と改善策」が触れていません。しなかった理由と"
                 "対応を書いてください。"),
        STR_INIT("課題と改善策 does not mention this activity, which is not reported. Say why, "
                 "and what will "
                 "be done."),
    };
    static const str SHORT[] = {
        STR_INIT("計画を下回ったこの取組($1 → "
                 "$2)に、「課題と改善策」が触れていません。理由と対応を書いてください。"),
        STR_INIT("課題と改善策 does not mention this activity, which fell short ($1 → $2). Say "
                 "why, and what "
                 "will be done."),
    };
    const struct activity *r = report_of(x, p);
    const bool is_missing = is_unreported(x, p);
    str text;

    if (is_explained(p) || (!is_missing && (!is_short(x, p) || is_replaced(x, p))))
        return;
    text = text_fold(x->a, x->in->evaluation.improvement.v);
    if (mentions(x, p, text) || names_quantity(x, &p->quantity, text)
        || (r && names_quantity(x, &r->quantity, text)))
        return;
    report(x, &(struct report){
                  .subject = p->text.v,
                  .at = first_place(x->in->evaluation.improvement.at,
                                    r ? r->text.at : p->text.at, x->in->at),
                  .message = is_missing ? MISSING : SHORT,
                  .piece = { say_amount(x, &p->quantity),
                             r ? say_amount(x, &r->quantity) : say(STR("")) },
              });
}

/* ---- A3 ---- */

/* Texts this alike, in thousandths, are one text with retouches. A text of a few words
 * (特になし) repeats nothing. */
enum { REPEATED = 900, TEXT_CHARS = 12 };

void rule_a3(struct audit *x)
{
    const struct text *now = &x->in->evaluation.improvement,
                      *old = x->before ? &x->before->evaluation.improvement : NULL;
    struct shape a, b;

    if (!old || utf8_count(now->v) < TEXT_CHARS || !old->v.n)
        return;
    if (!str_eq(now->v, old->v)) {
        shape_make(x->a, now->v, &a);
        shape_make(x->a, old->v, &b);
        if (shape_likeness(&a, &b) < REPEATED)
            return;
    }
    report(x, &(struct report){
                  .subject = number_of(x),
                  .at = first_place(now->at, x->in->at, x->in->at),
                  .message =
                      (const str[]){
                          STR("「課題と改善策」が前年度とほぼ同じ文章です。この1年の結果を"
                              "ふまえて書き直してください。"),
                          STR("課題と改善策 repeats last year's text. Rewrite it in the "
                              "light of this year's "
                              "results.") },
              });
}
