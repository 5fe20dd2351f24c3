/* Voices in the sample ward, one in each state that a page of the staff can show. The functions
 * stand here whole, because a failed CHECK counts in the file that it stands in. */
#ifndef MEGURI_TEST_VOICES_H
#define MEGURI_TEST_VOICES_H

#include "sites.h"
#include "check.h"

enum { VOICES_YEAR = 2025 };
/* A day in that fiscal year. */
#define VOICES_NOW (STORES_NOW + INT64_C(400) * STORES_DAY)

static inline struct voice_ref voice_of(int number)
{
    return (struct voice_ref){ STR("minamo"), VOICES_YEAR, number, 0 };
}

static inline void voice_receive(struct site *s, const char *text)
{
    const struct stamp stamp = { .who = &STORES_CLERK, .now_ms = VOICES_NOW };
    const struct voice_submission one = { .organisation = STR("minamo"),
                                          .stamp = &stamp,
                                          .door = DOOR_BOX,
                                          .way = STR("box"),
                                          .place = STR("main"),
                                          .text = str_from(text),
                                          .contact = STR("090-0000-0000") };
    struct voice_receipt receipt;

    CHECK(store_voice_receive(s->f.c, &one, &receipt, &s->f.e));
    CHECK(receipt.fiscal_year == VOICES_YEAR);
}

static inline void voice_step(struct site *s, int number, const char *reason,
                              struct voice_act act)
{
    const struct stamp stamp = { &STORES_CLERK, VOICES_NOW, str_from(reason) };
    const struct voice_move move = { .ref = voice_of(number), .act = &act };
    struct voice_moved moved;
    const bool is_done = store_voice_move(s->f.c, &s->f.mem, &stamp, &move, &moved, &s->f.e);

    if (!is_done)
        printf("# voice %d: %s\n", number, s->f.e.text);
    CHECK(is_done);
}

static inline void voice_triage(struct site *s, int number, const char *summary)
{
    voice_step(s, number, "",
               (struct voice_act){ .step = VOICE_TRIAGE,
                                   .part = 1,
                                   .category = STR("counter"),
                                   .section = STR("minamo-shimin"),
                                   .summary = str_from(summary) });
}

static inline void voice_answer(struct site *s, int number, uint32_t part, const char *text,
                                enum voice_step last)
{
    voice_step(s, number, "",
               (struct voice_act){ .step = VOICE_DRAFT,
                                   .part = part,
                                   .kind = STR("will-do"),
                                   .text = str_from(text) });
    if (last == VOICE_DRAFT)
        return;
    voice_step(s, number, "", (struct voice_act){ .step = VOICE_SUBMIT, .part = part });
    if (last != VOICE_SUBMIT)
        voice_step(s, number, "理由",
                   (struct voice_act){ .step = last, .part = part, .is_confirmed = true });
}

#endif
