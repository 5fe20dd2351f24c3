/* The received text from the shell: read under record, erased, handed out. */
#include "cli/voice_inner.h"

#include "base/banned.h"

/* A text for a terminal: what could steer it is shown as U+FFFD. */
static str harmless(struct arena *a, str text)
{
    struct buf b;

    buf_init(&b, a, text.n + 16, SIZE_MAX / 2);
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];

        if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F)
            buf_put_c(&b, c == '\r' ? "" : "\xEF\xBF\xBD");
        else
            buf_put_char(&b, (char)c);
    }
    return buf_str(&b);
}

static void texts_json(struct voice_call *r, const struct voice_text texts[VOICE_TURNS])
{
    struct arena *a = r->c->mem;
    struct value *v = value_map(a), *list;

    value_put_text(a, v, "voice", voice_name(r, r->ref.fiscal_year, r->ref.number));
    list = value_put_list(a, v, "texts");
    for (int i = 0; i < VOICE_TURNS; i++) {
        struct value *one;

        if (!texts[i].received_ms)
            continue;
        one = value_add_map(a, list);
        value_put_bool(a, one, "erased", texts[i].is_erased);
        value_put_text(a, one, "text", texts[i].text);
        value_put_text(a, one, "contact", texts[i].contact);
    }
    voice_put_value(r, v);
}

bool voice_look(struct voice_call *r, struct err *e)
{
    const bool ja = r->c->lang == LANG_JA;
    struct voice_text texts[VOICE_TURNS];
    struct buf out;

    if (!store_voice_look(r->db, r->c->mem, &r->stamp, &r->ref, texts, e))
        return false;
    if (voice_is_json(r)) {
        texts_json(r, texts);
        return true;
    }
    buf_init(&out, r->c->mem, 4096, SIZE_MAX / 2);
    for (int i = 0; i < VOICE_TURNS; i++) {
        if (!texts[i].received_ms)
            continue;
        if (texts[i].is_erased) {
            buf_put_c(&out, ja ? "(消されました)\n" : "(erased)\n");
            continue;
        }
        buf_put(&out, harmless(r->c->mem, texts[i].text));
        buf_put_char(&out, '\n');
        if (texts[i].contact.n) {
            buf_put_c(&out, ja ? "連絡先: " : "contact: ");
            buf_put(&out, harmless(r->c->mem, texts[i].contact));
            buf_put_char(&out, '\n');
        }
    }
    (void)cli_put(r->c, buf_str(&out));
    return true;
}

static const char *swept_line(const struct voice_call *r, bool is_swept)
{
    const bool ja = r->c->lang == LANG_JA;

    if (is_swept)
        return "";
    return ja ? "ほかの処理が読んでいるため、書き込みの控え(-wal)を空にできませんでした。"
                "しばらくして meguri voice retention --apply を実行してください。\n"
              : "A reader kept the write-ahead log; run meguri voice retention --apply "
                "later.\n";
}

bool voice_erase(struct voice_call *r, struct err *e)
{
    const struct voice_erasing what = { r->ref, STR("request") };
    struct arena *a = r->c->mem;
    struct voice_erased out;
    struct value *v;

    if (!store_voice_erase(r->db, &r->stamp, &what, &out, e))
        return false;
    if (!voice_is_json(r))
        return (void)cli_put(r->c, str_fmt(a,
                                           r->c->lang == LANG_JA
                                               ? "受け付けた文章 %u 件を消しました。\n%s"
                                               : "%u texts erased.\n%s",
                                           out.turns, swept_line(r, out.is_swept))),
               true;
    v = value_map(a);
    value_put_int(a, v, "erased", out.turns);
    value_put_bool(a, v, "swept", out.is_swept);
    voice_put_value(r, v);
    return true;
}

bool voice_retention(struct voice_call *r, struct err *e)
{
    const bool apply = cli_is_on(r->c, "apply"), ja = r->c->lang == LANG_JA;
    const struct voice_retention what = { r->organisation.key, apply };
    struct arena *a = r->c->mem;
    struct value *v;
    uint32_t voices;
    bool is_swept;

    if (!store_voice_retention(r->db, &r->stamp, &what, &voices, &is_swept, e)
        || (apply && !store_voice_sweep(r->db, &is_swept, e)))
        return false;
    if (!voice_is_json(r))
        return (void)cli_put(
                   r->c,
                   str_fmt(a,
                           apply ? (ja ? "保存期間を過ぎた %u 件の文章を消しました。\n%s"
                                       : "Texts of %u voices erased.\n%s")
                                 : (ja ? "保存期間を過ぎた文章: %u 件。消すには --apply を"
                                         "付けてください。\n%s"
                                       : "%u voices are over; --apply erases them.\n%s"),
                           voices, swept_line(r, is_swept))),
               true;
    v = value_map(a);
    value_put_int(a, v, "voices", voices);
    value_put_bool(a, v, "applied", apply);
    value_put_bool(a, v, "swept", is_swept);
    voice_put_value(r, v);
    return true;
}

/* Always JSON: it is a file for whoever asked. */
bool voice_disclose(struct voice_call *r, struct err *e)
{
    struct value *v;

    if (!store_voice_disclose(r->db, r->c->mem, &r->stamp, &r->ref, &v, e))
        return false;
    voice_put_value(r, v);
    return true;
}
