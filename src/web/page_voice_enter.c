/* A voice that came to the counter, by telephone, by letter: written down in seconds, one after
 * another. The receipt is shown once, on the answer, to be handed over. The form carries a key
 * of its own: sent twice, it is one voice with one receipt. */
#include "web/pages.h"
#include "web/parts.h"
#include "web/staff.h"
#include "web/voice_view.h"

#include "base/banned.h"

/* clang-format off */
const struct field VOICE_ENTER_FIELDS[] = {
    { "nonce", INPUT_LINE, 64, true, { "フォームの印", "Key of the form" } },
    { "door", INPUT_LINE, 20, true, { "入口", "Door" } },
    { "way", INPUT_LINE, 40, false, { "受付方法", "Way it came" } },
    { "received", INPUT_DAY, 0, false, { "受け付けた日", "Day of receipt" } },
    { "place", INPUT_LINE, 40, false, { "改善箱の場所", "Place of the box" } },
    { "year", INPUT_COUNT, 4, false, { "会議の年度", "Fiscal year of the meeting" } },
    { "meeting", INPUT_COUNT, 5, false, { "会議の回", "Number of the meeting" } },
    { "member", INPUT_LINE, 40, false, { "発言した委員の席", "Seat of the council" } },
    { "moment", INPUT_LINE, 10, false, { "いつの意見か", "When it was said" } },
    { "text", INPUT_TEXT, 1000000, true, { "声(聞いたまま、書かれたまま)", "The voice, as it was said or written" } },
    { "contact", INPUT_TEXT, 2000, false, { "連絡先(回答を求める人だけ)", "Contact, only for who wants an answer" } },
    { "summary", INPUT_TEXT, 2000, false, { "要旨(職員の言葉で。個人情報を書かない)", "Summary, in staff's words, without personal data" } },
    { "category", INPUT_LINE, 40, false, { "分野", "Category" } },
    { "section", INPUT_LINE, 64, false, { "担当課", "Section" } },
    { 0 },
};
/* clang-format on */

/* Comments of surveys come in with their survey. */
static void put_doors(const struct hearing_view *v, struct form_part *f, str now)
{
    static const enum voice_door DOORS[] = { DOOR_VOICE, DOOR_BOX, DOOR_COUNCIL };
    struct value *choice = form_part_choice(f, "door", now, (str){ 0 });

    for (size_t i = 0; i < sizeof DOORS / sizeof *DOORS; i++)
        form_part_option(f, choice, door_word(DOORS[i]),
                         str_from(door_label(DOORS[i], v->r->lang)));
}

static str number_text(const struct req *r, int n)
{
    return n ? str_fmt(r->mem, "%d", n) : (str){ 0 };
}

/* "kobo-1 公募委員 港町地域活動協議会": a seat, never a person. */
static void put_seats(const struct hearing_view *v, struct form_part *f, str now)
{
    const struct req *r = v->r;
    struct value *choice = form_part_choice(f, "member", now, (str){ 0 });
    struct council_stored council;
    struct err none;

    form_part_option(f, choice, STR(""), req_message(r, "hearing.choose", NULL));
    if (!store_council(r->db, r->mem, v->ward.key, 0, &council, &none))
        return;
    for (uint32_t i = 0; i < council.council.seat_count; i++) {
        const struct council_seat *s = &council.council.seats[i];

        form_part_option(f, choice, s->key,
                         str_fmt(r->mem, "%.*s %.*s %.*s", STR_ARG(s->key), STR_ARG(s->kind),
                                 STR_ARG(s->body)));
    }
}

/* What an opinion of the council has besides: meeting, seat, moment. */
static void put_council(const struct hearing_view *v, struct form_part *f,
                        const struct voice_submission *last)
{
    const struct req *r = v->r;
    struct value *choice;

    form_part_field(f, "year", number_text(r, last->meeting_year),
                    req_message(r, "hearing.hint_meeting", NULL));
    form_part_field(f, "meeting", number_text(r, last->meeting_number), (str){ 0 });
    put_seats(v, f, last->member);
    choice = form_part_choice(f, "moment", moment_word(last->moment), (str){ 0 });
    form_part_option(f, choice, STR(""), req_message(r, "hearing.choose", NULL));
    for (int m = MOMENT_NONE + 1; m < MOMENT_COUNT; m++)
        form_part_option(f, choice, moment_word((enum voice_moment)m),
                         str_from(moment_label((enum voice_moment)m, r->lang)));
}

/* Does the form ask for the meeting? When it is opened from one, or comes back with it. */
static bool is_of_council(const struct req *r, const struct voice_submission *last,
                          bool is_back)
{
    return is_back ? str_eq(req_field(r, "door"), door_word(DOOR_COUNCIL))
                   : last->door == DOOR_COUNCIL;
}

/* `last`: what was entered before this one, whose door, way and day the next one has too. */
static void put_form(const struct hearing_view *v, const struct voice_submission *last,
                     bool is_back)
{
    const struct req *r = v->r;
    const struct hearing *h = &v->stored.hearing;
    struct value *form = value_put_map(r->mem, v->page, "form");
    struct form_part f = form_part_begin(r, form, VOICE_ENTER_FIELDS, STR("new"), is_back);
    struct value *choice;

    value_put_text(r->mem, form, "url", hearing_url(v, "/new"));
    value_put_text(r->mem, form, "nonce",
                   is_back ? req_field(r, "nonce") : voice_nonce(r->mem));
    form_part_field(&f, "text", (str){ 0 }, req_message(r, "hearing.hint_text", NULL));
    put_doors(v, &f, door_word(last->door));
    choice = form_part_choice(&f, "way", last->way, (str){ 0 });
    hearing_options(v, &f, choice, &h->ways);
    form_part_field(&f, "received",
                    hearing_iso(r, last->received.year ? last->received : v->today),
                    (str){ 0 });
    choice =
        form_part_choice(&f, "place", last->place, req_message(r, "hearing.hint_place", NULL));
    hearing_options(v, &f, choice, &h->boxes);
    if (is_of_council(r, last, is_back))
        put_council(v, &f, last);
    form_part_field(&f, "contact", (str){ 0 }, req_message(r, "hearing.hint_contact", NULL));
    form_part_field(&f, "summary", (str){ 0 }, (str){ 0 });
    choice = form_part_choice(&f, "category", (str){ 0 }, (str){ 0 });
    hearing_options(v, &f, choice, &h->categories);
    choice = form_part_choice(&f, "section", (str){ 0 }, (str){ 0 });
    hearing_sections(v, &f, choice);
}

/* What is handed over: told on this page and never again. */
static void put_receipt(const struct hearing_view *v, const struct voice_receipt *receipt)
{
    struct req *r = v->r;
    struct value *m;

    if (!receipt) {
        value_put_null(r->mem, v->page, "receipt");
        return;
    }
    m = value_put_map(r->mem, v->page, "receipt");
    value_put_text(r->mem, m, "label", voice_label(r, receipt->fiscal_year, receipt->number));
    value_put_text(r->mem, m, "url", voice_url(v, receipt->fiscal_year, receipt->number, ""));
    value_put_text(r->mem, m, "secret", voice_secret_put(r->mem, receipt->secret));
    staff_put_date(r, m, "due_label", receipt->due);
}

static bool open_page(struct req *r, struct value *page, struct hearing_view *v, struct err *e)
{
    if (!hearing_open(r, page, v, e))
        return false;
    hearing_crumb(v);
    return true;
}

static int count_of(str digits)
{
    dec n;

    return dec_parse(digits, &n) && !n.scale && n.n >= 0 && n.n < 100000 ? (int)n.n : 0;
}

/* A page of a meeting leads here with ?door=council&year=2025&meeting=3. */
bool page_voice_enter(struct req *r, struct value *page, struct err *e)
{
    struct voice_submission first = { .way = STR("counter") };
    struct hearing_view v;

    if (!open_page(r, page, &v, e))
        return false;
    if (door_parse(req_query(r, "door"), &first.door) && first.door == DOOR_COUNCIL) {
        first.way = STR("meeting");
        first.moment = MOMENT_AT;
        first.meeting_year = count_of(req_query(r, "year"));
        first.meeting_number = count_of(req_query(r, "meeting"));
    }
    put_receipt(&v, NULL);
    put_form(&v, &first, false);
    return true;
}

static bool submission_read(const struct req *r, struct voice_submission *out, struct err *e)
{
    *out = (struct voice_submission){
        .organisation = req_param(r, "org"),
        .way = req_field(r, "way"),
        .category = req_field(r, "category"),
        .place = req_field(r, "place"),
        .text = req_field(r, "text"),
        .contact = req_field(r, "contact"),
        .received = hearing_day(req_field(r, "received")),
        .summary = req_field(r, "summary"),
        .section = req_field(r, "section"),
        .nonce = req_field(r, "nonce"),
        .member = req_field(r, "member"),
        .meeting_year = count_of(req_field(r, "year")),
        .meeting_number = count_of(req_field(r, "meeting")),
    };
    (void)moment_parse(req_field(r, "moment"), &out->moment);
    return door_parse(req_field(r, "door"), &out->door)
           || err_set(e, ERR_INPUT, "入口を選んでください。");
}

/* An opinion of the council names a meeting that there is. */
static bool meeting_known(struct req *r, const struct voice_submission *one, struct err *e)
{
    const struct meeting_ref ref = { one->organisation, one->meeting_year, one->meeting_number,
                                     0 };
    struct meeting_stored meeting;

    if (one->door != DOOR_COUNCIL || store_meeting(r->db, r->mem, &ref, &meeting, e))
        return true;
    if (e->code != ERR_NOT_FOUND)
        return false;
    req_fault(r, STR("meeting"), str_dup(r->mem, str_from(e->text)));
    return err_set(e, ERR_INPUT, "会議を確かめてください。");
}

bool act_voice_enter(struct req *r, struct value *page, struct outcome *out, struct err *e)
{
    const struct actor who = { r->person->account, duty_word(DUTY_LISTENER) };
    const struct stamp stamp = { .who = &who, .now_ms = r->now_ms };
    struct voice_receipt receipt;
    struct voice_submission one;
    struct hearing_view v;

    (void)out;
    if (!open_page(r, page, &v, e))
        return false;
    if (req_is_fine(r) && submission_read(r, &one, e) && meeting_known(r, &one, e)) {
        one.stamp = &stamp;
        if (store_voice_receive(r->db, &one, &receipt, e)) {
            put_receipt(&v, &receipt);
            put_form(&v, &one, false);
            return true;
        }
    }
    if (!req_refused(r, e, "text"))
        return false;
    put_receipt(&v, NULL);
    put_form(&v, &(struct voice_submission){ 0 }, true);
    return true;
}
