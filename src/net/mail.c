/* A mail as bytes (RFC 5322; RFC 2045 and RFC 2047 for what is not ASCII). Everything that is
 * not ASCII is base 64, so no relay on the way can change it, and no line of a text can be
 * taken for a header or for the end. */
#include "net/net.h"

#include <sodium.h>
#include <string.h>

#include "base/banned.h"

enum {
    WORD_BYTES = 42, /* of text in one encoded word: 56 characters of base 64 */
    LINE_BYTES = 57, /* of text in one line of the body: 76 characters */
    BASE64_MAX = 80,
};

bool mail_address_fits(str address)
{
    enum { BYTES = 254 };
    size_t ats = 0;

    for (size_t i = 0; i < address.n; i++) {
        const char c = address.p[i];

        if (c <= ' ' || c > '~' || strchr("<>()[],;:\\\"", c))
            return false;
        ats += c == '@';
    }
    return ats == 1 && address.n <= BYTES && address.p[0] != '@'
           && address.p[address.n - 1] != '@';
}

static void put_base64(struct buf *b, str bytes)
{
    char text[BASE64_MAX + 1];

    (void)sodium_bin2base64(text, sizeof text, (const unsigned char *)bytes.p, bytes.n,
                            sodium_base64_VARIANT_ORIGINAL);
    buf_put_c(b, text);
}

/* Encoded words, each of whole characters, a line for each. */
static void put_subject(struct buf *b, str subject)
{
    const char *between = "Subject: ";

    do {
        str word = str_take(subject, WORD_BYTES);

        word.n = utf8_valid_prefix(word.p, word.n);
        buf_put_c(b, between);
        buf_put_c(b, "=?UTF-8?B?");
        put_base64(b, word);
        buf_put_c(b, "?=");
        between = "\r\n ";
        subject = str_skip(subject, word.n ? word.n : subject.n);
    } while (subject.n);
    buf_put_c(b, "\r\n");
}

/* "Sun, 22 Nov 2026 21:05:00 +0900" */
static void put_date(struct buf *b, struct arena *a, int64_t at_ms)
{
    static const char *const DAYS[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const MONTHS[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    enum { DAY = 10, TIME = 11, TIME_BYTES = 8 };
    struct buf instant;
    date d = { 1970, 1, 1 };
    str text;

    buf_init(&instant, a, 40, 40);
    instant_put(&instant, at_ms);
    text = buf_str(&instant);
    if (!date_parse(str_take(text, DAY), &d))
        return; /* before 1868: no clock says so */
    buf_fmt(b, "Date: %s, %02d %s %04d %.*s +0900\r\n", DAYS[date_weekday(d)], d.day,
            MONTHS[d.month - 1], d.year, (int)TIME_BYTES, text.p + TIME);
}

static str with_crlf(struct arena *a, str text)
{
    struct buf b;

    buf_init(&b, a, text.n + 64, 2 * text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            buf_put_char(&b, '\r');
        buf_put_char(&b, text.p[i]);
    }
    return buf_str(&b);
}

bool mail_write(struct arena *a, const struct mail *m, str *out, struct err *e)
{
    const str body = with_crlf(a, m->text);
    struct buf b;

    if (!mail_address_fits(m->from) || !mail_address_fits(m->to))
        return err_set(e, ERR_INPUT, "メールアドレスの形ではありません: %.*s",
                       STR_ARG(mail_address_fits(m->from) ? m->to : m->from));
    buf_init(&b, a, body.n * 2 + 1024, LIMIT_ANSWER_BYTES);
    buf_fmt(&b, "From: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(m->from), STR_ARG(m->to));
    put_subject(&b, m->subject);
    put_date(&b, a, m->at_ms);
    buf_fmt(&b, "Message-ID: <%.*s%.*s>\r\n", STR_ARG(m->id),
            STR_ARG(str_skip(m->from, (size_t)str_find_char(m->from, '@'))));
    buf_put_c(&b, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                  "Content-Transfer-Encoding: base64\r\n"
                  "Auto-Submitted: auto-generated\r\n\r\n");
    for (str rest = body; rest.n; rest = str_skip(rest, LINE_BYTES)) {
        put_base64(&b, str_take(rest, LINE_BYTES));
        buf_put_c(&b, "\r\n");
    }
    *out = buf_str(&b);
    return true;
}
