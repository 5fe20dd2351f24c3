/* How a year stands, as a table or as JSON. */
#include "cli/inner.h"

#include <string.h>

#include "base/banned.h"

static void put_steps(struct arena *a, struct value *v, const struct sheet_copy *s)
{
    for (int i = 0; i < STEP_COUNT; i++) {
        const struct sheet_step *step = &s->steps[i];
        struct value *one = value_put_map(a, v, step_word((enum step)i).p);

        value_put_text(a, one, "status", step_status_word(step->status));
        value_put_int(a, one, "empty", s->empty[i]);
        value_put_text_or_null(a, one, "comment", step->comment);
    }
}

static void put_sheets(struct arena *a, struct value *v, const struct sheet_rows *sheets)
{
    struct value *list = value_put_list(a, v, "sheets");

    for (uint32_t i = 0; i < sheets->count; i++) {
        const struct sheet_copy *s = &sheets->rows[i];
        struct value *one = value_add_map(a, list);

        value_put_int(a, one, "number", s->number);
        value_put_text(a, one, "title", s->initiative.title.v);
        value_put_text_or_null(a, one, "section", s->section);
        put_steps(a, value_put_map(a, one, "steps"), s);
    }
}

static void put_promises(struct arena *a, struct value *v, const struct commitment_rows *rows)
{
    struct value *list = value_put_list(a, v, "commitments");

    for (uint32_t i = 0; i < rows->count; i++) {
        const struct commitment *k = &rows->rows[i];
        struct value *one = value_add_map(a, list);

        value_put_text(a, one, "id", k->id);
        value_put_text(a, one, "text", k->text);
        value_put_text(a, one, "fate", fate_word(k->fate));
        value_put_int(a, one, "years", k->years);
        value_put_text_or_null(a, one, "reason", k->fate_reason);
    }
}

static void put_moves(struct arena *a, struct value *v, const struct cycle *k)
{
    const struct cycle_now now = { .phase = k->phase, .midyear_done = k->midyear_done };
    const struct cycle_asker anybody = { .duties = DUTIES_ALL };
    struct value *list = value_put_list(a, v, "moves");
    struct err none;

    for (int m = 0; m < MOVE_COUNT; m++)
        if (cycle_may_move(&now, &anybody, (enum move)m, STR("-"), &none))
            value_add_text(a, list, move_word((enum move)m));
}

/* All of a year as a tree: what `--format json` prints, one line a year. */
static struct value *year_value(struct arena *a, str organisation, const struct cycle *k,
                                const struct sheet_rows *sheets,
                                const struct commitment_rows *promises)
{
    struct value *v = value_map(a), *due;

    value_put_text(a, v, "organisation", organisation);
    value_put_int(a, v, "fiscal_year", k->fiscal_year);
    value_put_text(a, v, "phase", phase_word(k->phase));
    value_put_text_or_null(a, v, "title", k->title);
    if (k->origin_year)
        value_put_int(a, v, "origin_year", k->origin_year);
    else
        value_put_null(a, v, "origin_year");
    due = value_put_map(a, v, "due");
    for (int s = 0; s < STEP_COUNT; s++)
        value_put_text_or_null(a, due, step_word((enum step)s).p, k->due[s]);
    put_moves(a, v, k);
    put_sheets(a, v, sheets);
    put_promises(a, v, promises);
    return v;
}

static void put_text(struct buf *out, str organisation, const struct cycle *k,
                     const struct sheet_rows *sheets, const struct commitment_rows *promises)
{
    const str phase = phase_word(k->phase);
    uint32_t open = 0;

    for (uint32_t i = 0; i < promises->count; i++)
        open += promises->rows[i].fate == FATE_OPEN;
    buf_fmt(out, "%.*s\t%d\t%.*s\t%u\n", STR_ARG(organisation), k->fiscal_year, STR_ARG(phase),
            open);
    for (uint32_t i = 0; i < sheets->count; i++) {
        const struct sheet_copy *s = &sheets->rows[i];

        buf_fmt(out, "%d\t%.*s\t%.*s", s->number, STR_ARG(s->section),
                STR_ARG(s->initiative.title.v));
        for (int step = 0; step < STEP_COUNT; step++) {
            const str word = step_status_word(s->steps[step].status);

            buf_fmt(out, "\t%.*s", STR_ARG(word));
        }
        buf_put_char(out, '\n');
    }
}

static bool print_year(struct cli *c, struct conn *db, const struct work_ref *ref,
                       struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct commitment_rows promises;
    struct sheet_rows sheets;
    struct cycle k;
    struct buf out;

    if (!store_cycle(db, &mem, ref, &k, e) || !store_sheets(db, &mem, ref, &sheets, e)
        || !store_commitments(db, &mem, ref, false, &promises, e))
        return false;
    buf_init(&out, &mem, 4096, SIZE_MAX / 2);
    if (strcmp(c->format, "json") == 0) {
        json_put(&out, year_value(&mem, ref->organisation, &k, &sheets, &promises));
        buf_put_char(&out, '\n');
    } else {
        put_text(&out, ref->organisation, &k, &sheets, &promises);
    }
    return cli_put(c, buf_str(&out)) || err_set(e, ERR_IO, "結果を書き出せません。");
}

bool cycle_print(struct cli *c, struct conn *db, const struct work_ref *ref, struct err *e)
{
    struct organisation known;
    struct cycle_rows years;

    if (ref->fiscal_year)
        return print_year(c, db, ref, e);
    if (!store_organisation(db, c->mem, ref->organisation, &known, e)
        || !store_cycles(db, c->mem, ref->organisation, &years, e))
        return false;
    for (uint32_t i = 0; i < years.count; i++) {
        const struct work_ref one = { ref->organisation, years.rows[i].fiscal_year, 0 };

        if (!print_year(c, db, &one, e))
            return false;
    }
    return true;
}
