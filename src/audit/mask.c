/* Looking for what could tell a person. The text is laid out once as characters folded one by
 * one (a digit is a digit in either width, a dash is a dash), so that every pattern is written
 * once and every span still knows its bytes. */
#include "audit/mask.h"

#include "base/banned.h"

enum { DASH = '-', BLANK = ' ', SPAN_TEXT = 24 };

struct glyph {
    uint32_t c;  /* folded: ASCII for full-width forms, DASH for all dashes, BLANK for blanks */
    uint32_t at; /* its first byte */
};

struct page {
    struct arena *a;
    str text;
    const struct glyph *g; /* [n + 1]: the last is c 0, at the end of the text */
    uint32_t n;
    struct mask_spans *out;
};

static const struct {
    str word, label;
} KINDS[MASK_KIND_COUNT] = {
    [MASK_PHONE] = { STR_INIT("phone"), STR_INIT("〔電話番号〕") },
    [MASK_POSTCODE] = { STR_INIT("postcode"), STR_INIT("〔郵便番号〕") },
    [MASK_MAIL] = { STR_INIT("mail"), STR_INIT("〔メールアドレス〕") },
    [MASK_ADDRESS] = { STR_INIT("address"), STR_INIT("〔住所〕") },
    [MASK_NUMBER] = { STR_INIT("number"), STR_INIT("〔番号〕") },
    [MASK_NAME] = { STR_INIT("name"), STR_INIT("〔氏名〕") },
};

str mask_kind_word(enum mask_kind k)
{
    return KINDS[k].word;
}

str mask_kind_label(enum mask_kind k)
{
    return KINDS[k].label;
}

/* ---- characters ---- */

static uint32_t fold_one(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFF01 - '!';
    switch (c) {
    case 0x2010: /* hyphen .. horizontal bar */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: /* minus */
    case 0xFF70: /* the half-width long vowel mark, which keyboards give for a dash */
        return DASH;
    case '\t':
    case 0xA0:
    case 0x3000:
        return BLANK;
    default:
        return c;
    }
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_kanji_digit(uint32_t c)
{
    static const uint32_t DIGITS[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                       0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 }; /* 一 .. 十 */

    for (size_t i = 0; i < sizeof DIGITS / sizeof *DIGITS; i++)
        if (DIGITS[i] == c)
            return true;
    return false;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_kanji(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF)
           || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005
           || c == 0x30F6; /* 々 ヶ */
}

static bool is_katakana(uint32_t c)
{
    return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}

/* The long vowel mark is a dash where digits stand on both sides: 2ー3. */
static bool is_dash(const struct page *p, uint32_t i)
{
    return p->g[i].c == DASH
           || (p->g[i].c == 0x30FC && i && is_digit(p->g[i - 1].c) && is_digit(p->g[i + 1].c));
}

static void lay_out(struct page *p)
{
    struct glyph *g = NEW(p->a, struct glyph, p->text.n + 1);
    size_t at = 0, len;

    while (at < p->text.n) {
        g[p->n] =
            (struct glyph){ fold_one(utf8_first(str_skip(p->text, at), &len)), (uint32_t)at };
        p->n++;
        at += len;
    }
    g[p->n] = (struct glyph){ 0, (uint32_t)p->text.n };
    p->g = g;
}

/* Does `word` stand at i? Gives the characters it takes, 0 = no. */
static uint32_t word_at(const struct page *p, uint32_t i, str word)
{
    const str rest = str_skip(p->text, p->g[i].at);

    return str_starts(rest, word) ? (uint32_t)utf8_count(word) : 0;
}

static uint32_t any_at(const struct page *p, uint32_t i, const str *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const uint32_t n = word_at(p, i, words[k]);

        if (n)
            return n;
    }
    return 0;
}
#define ANY_AT(p, i, words) any_at((p), (i), (words), sizeof(words) / sizeof *(words))

static uint32_t digits_from(const struct page *p, uint32_t i)
{
    uint32_t n = 0;

    while (is_digit(p->g[i + n].c))
        n++;
    return n;
}

/* Keeps a span. One that reaches back over earlier ones takes their place. */
static void keep(struct page *p, const struct mask_span *span)
{
    struct mask_spans *out = p->out;

    while (out->count && out->rows[out->count - 1].to > span->from)
        out->count--;
    out->rows[out->count++] = *span;
}

static void keep_glyphs(struct page *p, uint32_t from, uint32_t to, enum mask_kind kind,
                        bool is_certain)
{
    const struct mask_span span = { p->g[from].at, p->g[to].at, kind, is_certain };

    keep(p, &span);
}

/* ---- mail ---- */

static bool is_mail_char(uint32_t c)
{
    return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '%' || c == '+'
           || c == DASH;
}

/* At an @: back over the name, forward over a domain with a point in it. */
static uint32_t mail_at(struct page *p, uint32_t i)
{
    uint32_t from = i, to = i + 1, point = 0;

    while (from && is_mail_char(p->g[from - 1].c))
        from--;
    while (is_mail_char(p->g[to].c)) {
        if (p->g[to].c == '.' && is_mail_char(p->g[to + 1].c))
            point = to;
        to++;
    }
    if (from == i || !point)
        return 0;
    while (p->g[to - 1].c == '.') /* that of the sentence */
        to--;
    keep_glyphs(p, from, to, MASK_MAIL, true);
    return to;
}

/* ---- numbers ---- */

/* What stands behind a number that counts something. */
static const str UNITS[] = {
    STR_INIT("円"),   STR_INIT("千円"), STR_INIT("万"),       STR_INIT("億"),
    STR_INIT("人"),   STR_INIT("名"),   STR_INIT("件"),       STR_INIT("回"),
    STR_INIT("年"),   STR_INIT("月"),   STR_INIT("日"),       STR_INIT("時"),
    STR_INIT("分"),   STR_INIT("歳"),   STR_INIT("才"),       STR_INIT("世帯"),
    STR_INIT("個"),   STR_INIT("台"),   STR_INIT("頁"),       STR_INIT("ページ"),
    STR_INIT("階"),   STR_INIT("%"),    STR_INIT("％"),       STR_INIT("cm"),
    STR_INIT("m"),    STR_INIT("km"),   STR_INIT("メートル"), STR_INIT("キロ"),
    STR_INIT("か月"), STR_INIT("ヶ月"), STR_INIT("週"),       STR_INIT("度"),
    STR_INIT("点"),   STR_INIT("倍"),   STR_INIT("匹"),       STR_INIT("本"),
    STR_INIT("組"),   STR_INIT("票"),   STR_INIT("校"),       STR_INIT("か所"),
};

/* Groups of digits with one dash, blank or bracket between: 06-0000-0000, (06) 0000 0000. */
struct groups {
    uint32_t from, to; /* glyphs */
    uint32_t digits;   /* in all */
    uint32_t size[6];  /* of each group */
    uint32_t count;
    bool has_dash, has_plus;
};

static bool is_between(const struct page *p, uint32_t i)
{
    return is_dash(p, i) || p->g[i].c == BLANK || p->g[i].c == '(' || p->g[i].c == ')';
}

/* Reads groups from the digit, bracket or plus at i. */
static void groups_read(const struct page *p, uint32_t i, struct groups *out)
{
    const uint32_t most = sizeof out->size / sizeof *out->size;
    bool is_closed = false;

    *out = (struct groups){ .from = i, .to = i, .has_plus = p->g[i].c == '+' };
    for (uint32_t k = 0; k < 2 && (p->g[i].c == '+' || p->g[i].c == '('); k++)
        i++;
    while (out->count < most) {
        const uint32_t n = digits_from(p, i);

        if (!n)
            break;
        out->size[out->count++] = n;
        out->digits += n;
        i += n;
        out->to = i;
        for (uint32_t k = 0; k < 2 && is_between(p, i); k++) {
            out->has_dash |= is_dash(p, i);
            is_closed |= p->g[i].c == ')' && is_digit(p->g[i + 1].c);
            i++;
        }
    }
    /* (06)0000-0000 has its bracket; (06-0000-0000) stands in somebody else's */
    if (p->g[out->from].c == '(' && !is_closed)
        out->from++;
}

static bool is_phone(const struct page *p, const struct groups *g)
{
    const uint32_t first = p->g[g->from].c;
    const uint32_t lead = first == '(' || first == '+' ? g->from + 1 : g->from;

    if (g->has_plus)
        return word_at(p, lead, STR("81")) && g->digits >= 11 && g->digits <= 12;
    return p->g[lead].c == '0' && (g->digits == 10 || g->digits == 11);
}

/* 000-0000, or seven digits behind 〒. */
static bool is_postcode(const struct page *p, const struct groups *g)
{
    const bool has_mark = g->from && (p->g[g->from - 1].c == 0x3012 /* 〒 */);

    if (g->count == 2 && g->size[0] == 3 && g->size[1] == 4 && g->has_dash)
        return true;
    return has_mark && g->digits == 7;
}

/* A date written with dashes: 2025-07-01. */
static bool is_day(const struct page *p, const struct groups *g)
{
    return g->count == 3 && g->size[0] == 4 && g->size[1] <= 2 && g->size[2] <= 2
           && (p->g[g->from].c == '1' || p->g[g->from].c == '2');
}

/* A telephone number, a post code, another long number. Gives where it ends, 0 = none. */
static uint32_t number_at(struct page *p, uint32_t i)
{
    struct groups g;

    groups_read(p, i, &g);
    if (!g.count || ANY_AT(p, g.to, UNITS))
        return 0;
    if (is_phone(p, &g)) {
        keep_glyphs(p, g.from, g.to, MASK_PHONE, true);
        return g.to;
    }
    if (is_postcode(p, &g)) {
        const bool has_mark = g.from && p->g[g.from - 1].c == 0x3012;

        keep_glyphs(p, has_mark ? g.from - 1 : g.from, g.to, MASK_POSTCODE, true);
        return g.to;
    }
    if (g.digits < 7 || is_day(p, &g))
        return 0;
    if (g.count == 2 && g.size[0] <= 4 && g.size[1] == 4 && g.has_dash) {
        keep_glyphs(p, g.from, g.to, MASK_PHONE, false); /* without the area's code */
        return g.to;
    }
    keep_glyphs(p, g.from, g.to, MASK_NUMBER, g.digits >= 12);
    return g.to;
}

/* ---- addresses ---- */

static bool is_number_char(uint32_t c)
{
    return is_digit(c) || is_kanji_digit(c);
}

static uint32_t numbers_from(const struct page *p, uint32_t i)
{
    enum { MOST = 8 }; /* a number of a house has no more; time must not grow with the run */
    uint32_t n = 0;

    while (n < MOST && is_number_char(p->g[i + n].c))
        n++;
    return n;
}

/* What follows a number in an address. The longer ones first. */
static const str STEPS[] = {
    STR_INIT("丁目"), STR_INIT("番地"), STR_INIT("番"),
    STR_INIT("号室"), STR_INIT("号"),   STR_INIT("棟"),
};

/* Back over the name of the place: 大海市みなと区港町. Kana inside stays (みなと, ヶ),
 * particles are not told from it, so that a span may take one word too many: it is offered, not
 * done. */
static uint32_t place_start(const struct page *p, uint32_t i)
{
    uint32_t from = i;

    while (from && i - from < SPAN_TEXT
           && (is_kanji(p->g[from - 1].c) || is_katakana(p->g[from - 1].c)))
        from--;
    return from;
}

/* One number of a chain with its step or dash: 1丁目, 2-. Gives its end; `to` itself when there
 * is no number. *is_last: nothing of the chain follows. */
static uint32_t link_end(const struct page *p, uint32_t to, bool *is_last)
{
    const uint32_t n = numbers_from(p, to);
    const uint32_t unit = n ? ANY_AT(p, to + n, STEPS) : 0;

    *is_last = !unit && !is_dash(p, to + n);
    if (*is_last || (!unit && !is_number_char(p->g[to + n + 1].c))) {
        *is_last = true;
        return to + n;
    }
    to += n + (unit ? unit : 1);
    if (unit && (is_dash(p, to) || p->g[to].c == 0x306E /* の */)
        && is_number_char(p->g[to + 1].c))
        to++;
    return to;
}

/* A chain 1丁目2番3号 or 1-2-3 from i; `steps` counts its numbers. Gives its end, i = none: a
 * lone number without a step is none. What follows a step in kanji digits alone is the next
 * word. */
static uint32_t chain_end(const struct page *p, uint32_t i, uint32_t *steps)
{
    enum { STEPS_MOST = 6 };
    uint32_t to = i;
    bool is_last = false;

    for (*steps = 0; *steps < STEPS_MOST && !is_last;) {
        const uint32_t next = link_end(p, to, &is_last);

        if (next == to || (is_last && (!*steps || !is_digit(p->g[to].c))))
            break;
        to = next;
        (*steps)++;
    }
    return to;
}

/* A number of an address begins at i, behind the name of a place. */
static uint32_t address_at(struct page *p, uint32_t i)
{
    const uint32_t from = place_start(p, i);
    uint32_t steps, to;

    if (from == i || (i && is_number_char(p->g[i - 1].c) && is_digit(p->g[i].c)))
        return 0;
    to = chain_end(p, i, &steps);
    if (to == i || is_dash(p, to - 1) || ANY_AT(p, to, UNITS))
        return 0;
    /* a lone 3番 or 2号 is a window or a route; a lone 2丁目 is a place */
    if (steps < 2 && !(to - i >= 3 && word_at(p, to - 2, STR("丁目")))
        && !(to - i >= 3 && word_at(p, to - 2, STR("番地"))))
        return 0;
    keep_glyphs(p, from, to, MASK_ADDRESS, steps >= 3);
    return to;
}

/* ---- names ---- */

static const str HONORIFICS[] = {
    STR_INIT("さん"),   STR_INIT("様"),   STR_INIT("さま"), STR_INIT("氏"),
    STR_INIT("ちゃん"), STR_INIT("くん"), STR_INIT("殿"),   STR_INIT("先生"),
};
static const str OFFICES[] = {
    STR_INIT("課長"), STR_INIT("係長"), STR_INIT("部長"), STR_INIT("職員"),   STR_INIT("主査"),
    STR_INIT("主任"), STR_INIT("議員"), STR_INIT("会長"), STR_INIT("町会長"),
};
/* Before さん and 様 these are nobody in particular. */
static const str NOBODY[] = {
    STR_INIT("皆"),       STR_INIT("客"),
    STR_INIT("お客"),     STR_INIT("業者"),
    STR_INIT("店員"),     STR_INIT("職員"),
    STR_INIT("住民"),     STR_INIT("区民"),
    STR_INIT("市民"),     STR_INIT("患者"),
    STR_INIT("利用者"),   STR_INIT("保護者"),
    STR_INIT("母"),       STR_INIT("父"),
    STR_INIT("奥"),       STR_INIT("子"),
    STR_INIT("娘"),       STR_INIT("息子"),
    STR_INIT("孫"),       STR_INIT("神"),
    STR_INIT("仏"),       STR_INIT("王"),
    STR_INIT("姫"),       STR_INIT("各"),
    STR_INIT("会員"),     STR_INIT("町会長"),
    STR_INIT("会長"),     STR_INIT("区長"),
    STR_INIT("市長"),     STR_INIT("課長"),
    STR_INIT("係長"),     STR_INIT("部長"),
    STR_INIT("担当者"),   STR_INIT("担当"),
    STR_INIT("係"),       STR_INIT("隣"),
    STR_INIT("赤"),       STR_INIT("同"),
    STR_INIT("異"),       STR_INIT("多"),
    STR_INIT("模"),       STR_INIT("仕"),
    STR_INIT("大工"),     STR_INIT("警察"),
    STR_INIT("消防"),     STR_INIT("校長"),
    STR_INIT("担任"),     STR_INIT("医師"),
    STR_INIT("看護師"),   STR_INIT("ヘルパー"),
    STR_INIT("スタッフ"), STR_INIT("フロアマネージャー"),
    STR_INIT("ドクター"),
};
static const str ANNOUNCED[] = {
    STR_INIT("氏名"),  STR_INIT("名前は"), STR_INIT("名前："),
    STR_INIT("名前:"), STR_INIT("署名"),
};
static const str ENDINGS[] = {
    STR_INIT("と申し"), STR_INIT("といい"), STR_INIT("と言い"),
    STR_INIT("です"),   STR_INIT("より"),
};

static str text_between(const struct page *p, uint32_t from, uint32_t to)
{
    return str_take(str_skip(p->text, p->g[from].at), p->g[to].at - p->g[from].at);
}

static bool is_one_of(str word, const str *words, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (str_eq(words[k], word))
            return true;
    return false;
}

/* Back over a run of one script, up to `most` characters. */
static uint32_t run_start(const struct page *p, uint32_t i, uint32_t most)
{
    uint32_t from = i;

    if (!i)
        return i;
    if (is_katakana(p->g[i - 1].c))
        while (from && i - from < most && is_katakana(p->g[from - 1].c))
            from--;
    else
        while (from && i - from < most && is_kanji(p->g[from - 1].c))
            from--;
    return from;
}

/* 山田さん: the run before the honorific at i. */
static void name_before_honorific(struct page *p, uint32_t i)
{
    enum { NAME_MOST = 8 };
    const uint32_t from = run_start(p, i, NAME_MOST);
    const str word = text_between(p, from, i);

    if (from == i || !ANY_AT(p, i, HONORIFICS)
        || is_one_of(word, NOBODY, sizeof NOBODY / sizeof *NOBODY))
        return;
    if (word_at(p, i, STR("氏名")) || word_at(p, i, STR("様子")) || word_at(p, i, STR("様々")))
        return;
    keep_glyphs(p, from, i, MASK_NAME, false);
}

/* 窓口の佐藤課長: a frequent surname before the office at i. */
static void name_before_office(struct page *p, uint32_t i)
{
    enum { SURNAME_MOST = 4 };

    if (!ANY_AT(p, i, OFFICES))
        return;
    for (uint32_t k = 1; k <= SURNAME_MOST && k <= i; k++) {
        const uint32_t from = i - k;

        if (!mask_is_surname(text_between(p, from, i)) || (from && is_kanji(p->g[from - 1].c)))
            continue;
        keep_glyphs(p, from, i, MASK_NAME, false);
        return;
    }
}

static bool is_name_char(uint32_t c)
{
    return is_kanji(c) || is_katakana(c) || (c >= 0x3041 && c <= 0x3096);
}

/* 氏名:山田 花子, 名前は…: what follows the word at i, up to the end of the phrase. */
static uint32_t name_announced(struct page *p, uint32_t i)
{
    enum { NAME_MOST = 16 };
    uint32_t from = i + ANY_AT(p, i, ANNOUNCED), to;

    if (from == i)
        return 0;
    while (p->g[from].c == ':' || p->g[from].c == BLANK)
        from++;
    for (to = from; to - from < NAME_MOST; to++) {
        const bool joins = p->g[to].c == BLANK && to > from && is_name_char(p->g[to + 1].c);

        if (ANY_AT(p, to, ENDINGS) || (!joins && !is_name_char(p->g[to].c)))
            break;
    }
    if (to == from || (p->g[from].c >= 0x3041 && p->g[from].c <= 0x3096 && to - from < 3))
        return 0;
    keep_glyphs(p, from, to, MASK_NAME, false);
    return to;
}

/* ---- all ---- */

/* What begins, or is recognised, at i; gives where to go on. */
static uint32_t look_at(struct page *p, uint32_t i)
{
    const uint32_t c = p->g[i].c;
    uint32_t to = 0;

    if (c == '@')
        to = mail_at(p, i);
    else if (is_digit(c) || c == '+' || c == '(')
        to = number_at(p, i);
    if (!to && is_number_char(c))
        to = address_at(p, i);
    if (!to && is_digit(c))
        to = i + digits_from(p, i);
    if (!to && is_kanji(c))
        to = name_announced(p, i);
    if (!to && i) {
        name_before_honorific(p, i);
        name_before_office(p, i);
    }
    return to > i ? to : i + 1;
}

void mask_find(struct arena *a, str text, struct mask_spans *out)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct page p = { .a = &mem, .text = text, .out = out };

    *out = (struct mask_spans){ .rows = NEW(a, struct mask_span, LIMIT_MASK_SPANS + 1) };
    lay_out(&p);
    for (uint32_t i = 0; i < p.n;) {
        if (out->count == LIMIT_MASK_SPANS) {
            out->is_cut = true;
            return;
        }
        i = look_at(&p, i);
    }
}

str mask_apply(struct arena *a, str text, const struct mask_spans *spans, bool only_certain)
{
    enum { LABEL_MOST = 32 };
    const size_t most = text.n + (size_t)spans->count * LABEL_MOST;
    struct buf b;
    size_t at = 0;

    if (!spans->count)
        return text;
    buf_init(&b, a, most, most);
    for (uint32_t k = 0; k < spans->count; k++) {
        const struct mask_span *s = &spans->rows[k];

        if (only_certain && !s->is_certain)
            continue;
        buf_put(&b, str_take(str_skip(text, at), s->from - at));
        buf_put(&b, mask_kind_label(s->kind));
        at = s->to;
    }
    buf_put(&b, str_skip(text, at));
    return buf_str(&b);
}
