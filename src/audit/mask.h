/* What in a text could tell who wrote it or whom it is about: telephone numbers, post codes,
 * mail addresses, addresses, long numbers, names. It proposes, a person decides: nothing is
 * published because nothing was found here, and nothing is left out without being seen.
 *
 * Full-width and half-width digits, every dash in use and blanks between groups are read alike.
 * A span is certain where its form leaves little else (a mail address, ten digits that begin
 * with 0); the others are offered: 港町2丁目 may be where somebody lives, or where a street
 * lamp is broken. Names have no form: they are offered where a word stands before さん, 様, 氏,
 * … or behind 名前は, 氏名:, and where one of the frequent surnames stands before an office
 * (課長). */
#ifndef MEGURI_MASK_H
#define MEGURI_MASK_H

#include "base/base.h"

enum mask_kind {
    MASK_PHONE,
    MASK_POSTCODE,
    MASK_MAIL,
    MASK_ADDRESS,
    MASK_NUMBER, /* an account, a card, My Number, an insurance number: seven digits and more */
    MASK_NAME,
    MASK_KIND_COUNT
};
str mask_kind_word(enum mask_kind k); /* phone postcode mail address number name */
/* What is put in its place: 〔電話番号〕 〔郵便番号〕 〔メールアドレス〕 〔住所〕 〔番号〕
 * 〔氏名〕. */
str mask_kind_label(enum mask_kind k);

struct mask_span {
    size_t from, to; /* bytes of the text, whole characters */
    enum mask_kind kind;
    bool is_certain;
};
struct mask_spans {
    struct mask_span *rows; /* in the order of the text, none over another */
    uint32_t count;
    bool is_cut; /* more than LIMIT_MASK_SPANS: the rest of the text was not looked at */
};
/* In one pass, whatever the text: time grows with its length. */
void mask_find(struct arena *a, str text, struct mask_spans *out);

/* The text with each span's label in its place; `only_certain` leaves offered ones as they
 * are. Gives back `text` itself when there is nothing to do. */
str mask_apply(struct arena *a, str text, const struct mask_spans *spans, bool only_certain);

/* One of the frequent Japanese surnames (mask_names.c); for the file beside this one. */
bool mask_is_surname(str word);

#endif
