/* A filled form from outside, name=text a line (\x02 is a line end inside a text): each step
 * takes it or says why not, and what it took can be written and taken again. */
#include "fuzz.h"
#include "model/blanks.h"

#include <stdlib.h>

static struct initiative sheet(struct arena *a)
{
    struct initiative i = { .number = 1, .title.v = STR("窓口") };

    i.indicators = NEW(a, struct indicator, 1);
    i.indicators[i.indicator_count++] = (struct indicator){
        .name.v = STR("割合"),
        .target = { .is_set = true, .value = { 40, 0 }, .unit = STR("%") },
    };
    i.planned = NEW(a, struct activity, 2);
    i.planned_count = 2;
    i.planned[0] = (struct activity){ .text.v = STR("会議"),
                                      .quantity = { true, { 24, 0 }, STR("回"), { 0 } },
                                      .other = 0 };
    i.planned[1] = (struct activity){ .text.v = STR("配布"), .as_needed = true, .other = -1 };
    i.reported = NEW(a, struct activity, 2);
    i.reported_count = 2;
    i.reported[0] = (struct activity){ .text.v = STR("会議"), .other = 0 };
    i.reported[1] = (struct activity){ .text.v = STR("訓練"), .other = -1 };
    return i;
}

static void read_lines(struct arena *a, str text, struct filled_list *out)
{
    while (text.n) {
        str line, name;

        text = str_cut(text, '\n', &line);
        line = str_cut(line, '=', &name);
        for (size_t i = 0; i < line.n; i++)
            if (line.p[i] == 2)
                ((char *)line.p)[i] = '\n';
        filled_set(a, out, name, line);
    }
}

static void check_step(struct arena *a, const struct filled_list *list, enum step s)
{
    const struct initiative base = sheet(a);
    struct blanks_input in = { NULL, &base, list, s, 2024 };
    struct blank_faults faults = { 0 }, lacking = { 0 };
    struct form form = { .improvement_when_negative = true };
    struct initiative made, again;
    struct filled_list put;

    if (!blanks_take(a, &in, &made, &faults)) {
        if (!faults.count)
            abort();
        return;
    }
    if (!initiative_differs_only_in(a, &base, &made, s))
        abort();
    sheet_missing(a, &form, &made, s, &lacking);
    blanks_put(a, &made, s, &put);
    in.base = &made;
    in.list = &put;
    if (!blanks_take(a, &in, &again, &faults) || !blanks_same(a, &made, &again, s))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_done) struct arena mem = { 0 };
    const size_t n = utf8_valid_prefix((const char *)data, size);
    struct filled_list list = { 0 };

    read_lines(&mem, str_dup(&mem, (str){ (const char *)data, n }), &list);
    for (int s = 0; s < STEP_COUNT; s++)
        check_step(&mem, &list, (enum step)s);
    return 0;
}
