/* The words of voices, for records and for people: one table an enum. */
#include "model/voice.h"

#include <assert.h>

#include "base/banned.h"

/* What a record says, and what is shown: Japanese, English. */
struct spoken {
    const char *word, *label[2];
};

/* clang-format off */
static const struct spoken DOORS[DOOR_COUNT] = {
    [DOOR_VOICE]   = { "voice",   { "市民の声", "Voice of a resident" } },
    [DOOR_BOX]     = { "box",     { "改善箱", "Suggestion box" } },
    [DOOR_COUNCIL] = { "council", { "区政会議", "Ward council" } },
    [DOOR_SURVEY]  = { "survey",  { "アンケートの自由意見", "Comment in a survey" } },
};
static const struct spoken MOMENTS[MOMENT_COUNT] = {
    [MOMENT_NONE]   = { "",       { "", "" } },
    [MOMENT_BEFORE] = { "before", { "会議の前", "before the meeting" } },
    [MOMENT_AT]     = { "at",     { "会議での発言", "at the meeting" } },
    [MOMENT_AFTER]  = { "after",  { "会議の後", "after the meeting" } },
};
static const struct spoken PART_STATES[PART_STATE_COUNT] = {
    [PART_NEW]       = { "new",       { "振り分け待ち", "waits for a section" } },
    [PART_ASSIGNED]  = { "assigned",  { "担当課で検討中", "with the section" } },
    [PART_DRAFTED]   = { "drafted",   { "回答案を作成中", "answer being written" } },
    [PART_SUBMITTED] = { "submitted", { "承認待ち", "waits for approval" } },
    [PART_RETURNED]  = { "returned",  { "差戻し", "sent back" } },
    [PART_ANSWERED]  = { "answered",  { "回答済み", "answered" } },
};
static const struct spoken STATES[VOICE_STATE_COUNT] = {
    [VOICE_OPEN]     = { "open",     { "対応中", "open" } },
    [VOICE_ANSWERED] = { "answered", { "回答済み", "answered" } },
    [VOICE_CLOSED]   = { "closed",   { "完了", "closed" } },
};
static const struct spoken PUBLICATIONS[PUBLICATION_COUNT] = {
    [PUBLICATION_UNDECIDED] = { "undecided", { "公開は未定", "not decided" } },
    [PUBLICATION_EMBARGO]   = { "embargo",   { "回答後に公開", "public once answered" } },
    [PUBLICATION_PUBLIC]    = { "public",    { "公開", "public" } },
    [PUBLICATION_WITHHELD]  = { "withheld",  { "公開しない", "not published" } },
};
static const struct spoken LINKS[LINK_KIND_COUNT] = {
    [LINK_INITIATIVE] = { "initiative", { "取組項目", "initiative" } },
    [LINK_ACTIVITY]   = { "activity",   { "取組内容", "activity" } },
    [LINK_INDICATOR]  = { "indicator",  { "指標", "indicator" } },
    [LINK_COMMITMENT] = { "commitment", { "改善の約束", "promise" } },
    [LINK_BUDGET]     = { "budget",     { "予算", "budget" } },
};
static const char *const STAGE_LABELS[STAGE_COUNT][2] = {
    [STAGE_RECEIVED]   = { "受付", "received" },
    [STAGE_ASSIGNED]   = { "担当課へ", "with the section" },
    [STAGE_ANSWERED]   = { "回答", "answered" },
    [STAGE_CONSIDERED] = { "検討", "being considered" },
    [STAGE_ADOPTED]    = { "計画に反映", "adopted in a plan" },
    [STAGE_DONE]       = { "実施", "done" },
    [STAGE_DECLINED]   = { "実施しない", "declined" },
};
static const char *const FACETS[FACET_COUNT] = {
    [FACET_ALL] = "all", [FACET_DOOR] = "door", [FACET_MONTH] = "month",
    [FACET_STATE] = "state", [FACET_STAGE] = "stage", [FACET_CATEGORY] = "category",
    [FACET_SECTION] = "section", [FACET_KIND] = "kind", [FACET_STATUS] = "status",
    [FACET_PUBLICATION] = "publication", [FACET_REASON] = "reason", [FACET_TIMING] = "timing",
    [FACET_DUE] = "due", [FACET_DAYS] = "days", [FACET_REOPENED] = "reopened",
    [FACET_MEETING] = "meeting", [FACET_PLACE] = "place", [FACET_WAY] = "way",
};
/* clang-format on */

static bool spoken_find(const struct spoken *table, int count, str word, int *out)
{
    for (int i = 0; i < count; i++)
        if (str_eq(str_from(table[i].word), word))
            return *out = i, true;
    return false;
}

#define WORDS(prefix, type, table, count)         \
    str prefix##_word(type v)                     \
    {                                             \
        return str_from((table)[v].word);         \
    }                                             \
    bool prefix##_parse(str word, type *out)      \
    {                                             \
        int i;                                    \
                                                  \
        if (!spoken_find(table, count, word, &i)) \
            return false;                         \
        *out = (type)i;                           \
        return true;                              \
    }
#define LABELS(prefix, type, table)                   \
    const char *prefix##_label(type v, unsigned lang) \
    {                                                 \
        return (table)[v].label[lang];                \
    }

WORDS(door, enum voice_door, DOORS, DOOR_COUNT)
WORDS(moment, enum voice_moment, MOMENTS, MOMENT_COUNT)
WORDS(part_state, enum part_state, PART_STATES, PART_STATE_COUNT)
WORDS(voice_state, enum voice_state, STATES, VOICE_STATE_COUNT)
WORDS(publication, enum publication, PUBLICATIONS, PUBLICATION_COUNT)
WORDS(link_kind, enum link_kind, LINKS, LINK_KIND_COUNT)
LABELS(door, enum voice_door, DOORS)
LABELS(moment, enum voice_moment, MOMENTS)
LABELS(part_state, enum part_state, PART_STATES)
LABELS(voice_state, enum voice_state, STATES)
LABELS(publication, enum publication, PUBLICATIONS)
LABELS(link_kind, enum link_kind, LINKS)

const char *stage_label(enum voice_stage s, unsigned lang)
{
    return STAGE_LABELS[s][lang];
}

str facet_word(enum voice_facet f)
{
    return str_from(FACETS[f]);
}

bool facet_parse(str word, enum voice_facet *out)
{
    for (int i = 0; i < FACET_COUNT; i++)
        if (str_eq(str_from(FACETS[i]), word))
            return *out = (enum voice_facet)i, true;
    return false;
}
