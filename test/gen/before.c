/* Invents the year before a year: for the rules that look at last year's plan. */
#include "gen.h"
#include "words.h"

#include <string.h>

enum { LIKE_ANOTHER = 40 }; /* two improvements at most so alike are two texts */

static void go_back(struct rng *r, struct ind *i, int now)
{
    bool known = i->has_base && i->base_year == now - 1 && !i->base_flaw
                 && strcmp(i->unit, i->base_unit) == 0;

    i->target_year--;
    i->base_year--;
    i->target_flaw = i->base_flaw = i->actual_flaw = FLAW_NONE;
    if (i->kind == GOAL_GT || i->kind == GOAL_VAGUE || i->kind == GOAL_LOST)
        return;
    i->has_actual = known || rng_chance(r, 50);
    i->score_only = false;
    i->actual = i->base;
    if (!known && i->kind != GOAL_STARS)
        i->actual.v += i->base.v * rng_range(r, -10, 10) / 100;
}

void doc_previous(struct rng *r, const struct doc *now, struct doc *out)
{
    *out = *now;
    out->year--;
    out->headed = true;
    for (int k = 0; k < out->items; k++) {
        struct item *it = &out->item[k];
        const char *other = word_pick(r, &REMEDIES);

        for (int i = 0; i < it->inds; i++)
            go_back(r, &it->ind[i], now->year);
        it->mid_improvement = "";
        if (rng_chance(r, 30))
            continue; /* the text that stands there again a year later */
        it->improvement = text_likeness(other, it->improvement) <= LIKE_ANOTHER ? other : "";
    }
}
