/* Passwords that everybody tries first. Not a list: lists of the commonest passwords are the
 * same few hundred words with a year, a walk over the keyboard or some signs behind them, and a
 * rule refuses all of those at once. Refused is what consists of
 *
 *   - one to three words of presets/passwords/stems.txt, of the organisations' names, or walks
 *     (qwerty, 4321, aaaa, 1qaz), also where signs stand for letters (P@ssw0rd), with at most
 *     eight digits and signs before, between or behind;
 *   - digits and signs alone, up to twelve digits: days, telephone and staff numbers;
 *   - a piece of up to four characters again and again;
 *   - anything with the login or a part of the name in it.
 *
 * Compared folded (text_fold): ＰＡＳＳ is pass. */
#include "store/people_inner.h"

#include <string.h>

#include "base/embed.h"
#include "base/banned.h"

/* presets/passwords/stems.txt, put in by meson.build. */
extern const struct embedded PASSWORD_PRESETS[];

enum {
    PIECES = 3,        /* words one behind the other */
    PIECE_BYTES = 3,   /* the shortest word or walk */
    EXTRA = 8,         /* digits and signs besides words */
    DIGITS_ALONE = 12, /* what has no letter needs more of them than that */
    PERIOD = 4,
    OWN_BYTES = 3, /* a login or name shorter than that says nothing */
};

/* ---- walks ---- */

static const char *const ROWS[] = {
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl;",
    "zxcvbnm,./",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
};

/* Bytes at the start of s that go along a row, in one direction. */
static size_t along(const char *row, str s, int direction)
{
    size_t n = 0;
    const char *at = s.n ? strchr(row, s.p[0]) : NULL;

    if (!at || !s.p[0])
        return 0;
    for (n = 1; n < s.n; n++) {
        if (direction < 0 && at == row)
            break;
        at += direction;
        if (!*at || *at != s.p[n])
            break;
    }
    return n;
}

/* Bytes at the start of s that are a walk, or one character again and again; 0 = fewer than
 * three. */
static size_t walk(str s)
{
    size_t longest = 0, same = 1;

    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        for (int direction = -1; direction <= 1; direction += 2) {
            const size_t n = along(ROWS[i], s, direction);

            longest = n > longest ? n : longest;
        }
    while (same < s.n && s.p[same] == s.p[0])
        same++;
    longest = same > longest ? same : longest;
    return longest >= PIECE_BYTES ? longest : 0;
}

/* ---- words ---- */

static bool is_made_of(str s, const struct own_words *own, int pieces);

static bool goes_on(str s, str word, const struct own_words *own, int pieces)
{
    return word.n >= PIECE_BYTES && str_starts(s, word)
           && is_made_of(str_skip(s, word.n), own, pieces - 1);
}

static bool begins_with_preset(str s, const struct own_words *own, int pieces)
{
    str rest = { (const char *)PASSWORD_PRESETS[0].data,
                 (size_t)(PASSWORD_PRESETS[0].end - PASSWORD_PRESETS[0].data) };
    str line, word;

    while (rest.n) {
        rest = str_cut(rest, '\n', &line);
        if (str_starts(line, STR("#")))
            continue;
        while (line.n) {
            line = str_cut(line, ' ', &word);
            if (goes_on(s, word, own, pieces))
                return true;
        }
    }
    return false;
}

/* Nothing but words and walks, at most `pieces` of them? */
static bool is_made_of(str s, const struct own_words *own, int pieces)
{
    if (!s.n)
        return pieces < PIECES; /* nothing at all is not made of words */
    if (!pieces)
        return false;
    for (size_t n = walk(s); n >= PIECE_BYTES; n--)
        if (is_made_of(str_skip(s, n), own, pieces - 1))
            return true;
    for (size_t i = 0; i < own->count; i++)
        if (goes_on(s, own->words[i], own, pieces))
            return true;
    return begins_with_preset(s, own, pieces);
}

/* ---- signs for letters ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static char letter_for(char c, char one)
{
    static const char SIGNS[] = "0345789@$!|+", LETTERS[] = "oeastbgasiit";
    const char *at = c ? strchr(SIGNS, c) : NULL;

    if (c == '1')
        return one;
    return at ? LETTERS[at - SIGNS] : c;
}

/* Letters alone; `one` is what 1 stands for, 0 = signs stand for nothing. */
static str letters_of(struct arena *a, str s, char one)
{
    struct buf b;

    buf_init(&b, a, s.n + 1, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        const char c = one ? letter_for(s.p[i], one) : s.p[i];

        if (is_letter(c))
            buf_put_char(&b, c);
    }
    return buf_str(&b);
}

/* Without the digits and signs at both ends. */
static str core_of(str s)
{
    while (s.n && !is_letter(s.p[0]))
        s = str_skip(s, 1);
    while (s.n && !is_letter(s.p[s.n - 1]))
        s.n--;
    return s;
}

static size_t count_letters(str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += is_letter(s.p[i]);
    return n;
}

/* ---- the rules ---- */

static bool is_common_words(struct arena *a, str s, const struct own_words *own)
{
    const str core = core_of(s);
    const str readings[] = {
        letters_of(a, s, 0),   letters_of(a, core, 'l'), letters_of(a, core, 'i'),
        letters_of(a, s, 'l'), letters_of(a, s, 'i'),
    };

    if (is_made_of(s, own, PIECES))
        return true;
    if (s.n - count_letters(s) > EXTRA)
        return false;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        if (is_made_of(readings[i], own, PIECES))
            return true;
    return false;
}

static bool is_few_digits(str s)
{
    return count_letters(s) == 0 && s.n <= DIGITS_ALONE + 2;
}

static bool is_repeated(str s)
{
    for (size_t period = 1; period <= PERIOD && period < s.n; period++) {
        size_t i = period;

        while (i < s.n && s.p[i] == s.p[i - period])
            i++;
        if (i == s.n)
            return true;
    }
    return false;
}

static bool holds(struct arena *a, str s, str own)
{
    const str folded = text_fold(a, own);

    return folded.n >= OWN_BYTES && str_find(s, folded) >= 0;
}

/* The parts of a name stand between blanks, full-width ones too. */
static bool holds_name(struct arena *a, str s, str name)
{
    for (str rest = name, part; rest.n;) {
        const ptrdiff_t wide = str_find(rest, STR("　")), narrow = str_find_char(rest, ' ');
        const bool is_wide = wide >= 0 && (narrow < 0 || wide < narrow);
        const ptrdiff_t at = is_wide ? wide : narrow;

        part = at < 0 ? rest : str_take(rest, (size_t)at);
        if (holds(a, s, part))
            return true;
        rest = at < 0 ? STR("") : str_skip(rest, (size_t)at + (is_wide ? 3 : 1));
    }
    return false;
}

/* Folding makes a long vowel of a hyphen, which is a letter. */
static str without_hyphens(struct arena *a, str s)
{
    struct buf b;

    buf_init(&b, a, s.n + 1, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '-')
            buf_put_char(&b, s.p[i]);
    return buf_str(&b);
}

const char *password_weakness(struct arena *a, str password, str login, str name,
                              const struct own_words *own)
{
    const str s = text_fold(a, without_hyphens(a, password));

    if (holds(a, s, login))
        return "パスワードにログイン名を入れないでください。";
    if (holds_name(a, s, name))
        return "パスワードに名前を入れないでください。";
    if (is_few_digits(s))
        return "数字だけのパスワードは日付や電話番号としてすぐに試されます。ことばを混ぜてくだ"
               "さい。";
    if (is_repeated(s))
        return "同じ文字の繰り返しはすぐに試されます。別のパスワードにしてください。";
    if (is_common_words(a, s, own))
        return "よく使われることばや並びでできたパスワードはすぐに試されます。関係のないことば"
               "を"
               "4つほど並べると、覚えやすく強いパスワードになります。";
    return NULL;
}
