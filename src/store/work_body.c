/* The records of the working copies as trees, and back. Keys are written when they hold
 * something, so that old records and new ones differ only where something was said. */
#include "store/work_inner.h"

#include "base/banned.h"

/* ---- pieces ---- */

static void put(struct arena *a, struct value *v, const char *key, str text)
{
    if (text.n)
        value_put_text(a, v, key, text);
}

static void put_number(struct arena *a, struct value *v, const char *key, int n)
{
    if (n)
        value_put_int(a, v, key, n);
}

static void put_name(struct arena *a, struct value *v, const char *key, struct hash h)
{
    struct buf b;

    if (hash_is_zero(h))
        return;
    buf_init(&b, a, 64, 64);
    hash_put(&b, h);
    value_put_text(a, v, key, buf_str(&b));
}

static bool bad_key(const char *key, struct err *e)
{
    return err_set(e, ERR_INPUT, "記録の項目「%s」の形が正しくありません。", key);
}

/* "" or a day that exists. */
static bool day_fits(str day)
{
    date d;

    return !day.n || date_parse(day, &d);
}

static bool read_name(const struct value *v, const char *key, struct hash *out, struct err *e)
{
    const str text = value_text(v, key);

    *out = (struct hash){ { 0 } };
    return !text.n || hash_parse(text, out) || bad_key(key, e);
}

/* ---- cycle ---- */

struct value *work_cycle_value(struct arena *a, const struct cycle *k)
{
    struct value *v = value_map(a), *due;

    value_put_text(a, v, "phase", phase_word(k->phase));
    value_put_bool(a, v, "midyear_done", k->midyear_done);
    put_number(a, v, "origin_year", k->origin_year);
    put(a, v, "title", k->title);
    put(a, v, "form", k->form_id);
    due = value_put_map(a, v, "due");
    for (int s = 0; s < STEP_COUNT; s++)
        put(a, due, step_word((enum step)s).p, k->due[s]);
    value_put_text(a, v, "mover", k->mover);
    return v;
}

bool work_cycle_read(const struct value *v, struct cycle *out, struct err *e)
{
    const struct value *due = value_get(v, STR("due"));

    *out = (struct cycle){
        .midyear_done = value_bool(v, "midyear_done"),
        .origin_year = (int)value_int(v, "origin_year"),
        .title = value_text(v, "title"),
        .form_id = value_text(v, "form"),
        .mover = value_text(v, "mover"),
    };
    if (!phase_parse(value_text(v, "phase"), &out->phase))
        return bad_key("phase", e);
    for (int s = 0; s < STEP_COUNT; s++) {
        out->due[s] = value_text(due, step_word((enum step)s).p);
        if (!day_fits(out->due[s]))
            return bad_key("due", e);
    }
    return true;
}

/* ---- sheet ---- */

struct value *work_sheet_value(struct arena *a, const struct sheet_body *s)
{
    struct value *v = value_map(a), *initiative;

    put(a, v, "section", s->section);
    put_number(a, v, "origin_year", s->origin_year);
    put_number(a, v, "origin_number", s->origin_number);
    if (s->is_dropped)
        value_put_bool(a, v, "dropped", true);
    initiative = model_initiative_value(a, &s->initiative, true);
    initiative->key = STR("initiative");
    (void)value_append(v, initiative);
    return v;
}

bool work_sheet_read(struct arena *a, const struct value *v, struct sheet_body *out,
                     struct err *e)
{
    const struct value *initiative = value_get(v, STR("initiative"));

    *out = (struct sheet_body){
        .section = value_text(v, "section"),
        .origin_year = (int)value_int(v, "origin_year"),
        .origin_number = (int)value_int(v, "origin_number"),
        .is_dropped = value_bool(v, "dropped"),
    };
    if (!initiative || initiative->kind != VALUE_MAP)
        return bad_key("initiative", e);
    return model_initiative_read(a, initiative, &out->initiative, e);
}

/* ---- step ---- */

struct value *work_step_value(struct arena *a, const struct step_body *s)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "status", step_status_word(s->status));
    put(a, v, "submitter", s->submitter);
    put_name(a, v, "sheet", s->sheet);
    return v;
}

bool work_step_read(const struct value *v, struct step_body *out, struct err *e)
{
    *out = (struct step_body){ .submitter = value_text(v, "submitter") };
    return (step_status_parse(value_text(v, "status"), &out->status) || bad_key("status", e))
           && read_name(v, "sheet", &out->sheet, e);
}

/* ---- answer ---- */

struct value *work_answer_value(struct arena *a, const struct answer *w)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "rule", w->rule);
    put(a, v, "subject", w->subject);
    put(a, v, "reason", w->reason);
    return v;
}

bool work_answer_read(const struct value *v, struct answer *out, struct err *e)
{
    *out = (struct answer){
        .rule = value_text(v, "rule"),
        .subject = value_text(v, "subject"),
        .reason = value_text(v, "reason"),
    };
    return out->rule.n || bad_key("rule", e);
}

/* ---- commitment ---- */

static const str FATES[FATE_COUNT] = {
    [FATE_OPEN] = STR_INIT("open"),       [FATE_ADOPTED] = STR_INIT("adopted"),
    [FATE_DROPPED] = STR_INIT("dropped"), [FATE_CARRIED] = STR_INIT("carried"),
    [FATE_DONE] = STR_INIT("done"),
};

str fate_word(enum fate f)
{
    return FATES[f];
}

bool fate_parse(str word, enum fate *out)
{
    for (int f = 0; f < FATE_COUNT; f++) {
        if (str_eq(FATES[f], word)) {
            *out = (enum fate)f;
            return true;
        }
    }
    return false;
}

struct value *work_commitment_value(struct arena *a, const struct commitment *k)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "id", k->id);
    value_put_int(a, v, "made_year", k->made_year);
    value_put_int(a, v, "made_number", k->made_number);
    value_put_text(a, v, "made_step", step_word(k->made_step));
    value_put_text(a, v, "text", k->text);
    put(a, v, "cause", k->cause);
    put(a, v, "measure", k->measure);
    put(a, v, "owner", k->owner);
    put(a, v, "due", k->due);
    value_put_text(a, v, "fate", fate_word(k->fate));
    put_number(a, v, "fate_number", k->fate_number);
    put(a, v, "fate_line", k->fate_line);
    put(a, v, "fate_reason", k->fate_reason);
    put_number(a, v, "years", k->years);
    return v;
}

bool work_commitment_read(const struct value *v, struct commitment *out, struct err *e)
{
    *out = (struct commitment){
        .id = value_text(v, "id"),
        .made_year = (int)value_int(v, "made_year"),
        .made_number = (int)value_int(v, "made_number"),
        .text = value_text(v, "text"),
        .cause = value_text(v, "cause"),
        .measure = value_text(v, "measure"),
        .owner = value_text(v, "owner"),
        .due = value_text(v, "due"),
        .fate_number = (int)value_int(v, "fate_number"),
        .fate_line = value_text(v, "fate_line"),
        .fate_reason = value_text(v, "fate_reason"),
        .years = (int)value_int(v, "years"),
    };
    if (!out->id.n || !out->text.n)
        return bad_key("text", e);
    return (step_parse(value_text(v, "made_step"), &out->made_step) || bad_key("made_step", e))
           && (fate_parse(value_text(v, "fate"), &out->fate) || bad_key("fate", e));
}

/* ---- indicators of the catalogue ---- */

struct value *work_catalogue_value(struct arena *a, const struct catalogue_entry *k)
{
    struct value *v = value_map(a);

    value_put_text(a, v, "name", k->name);
    put(a, v, "population", k->population);
    put(a, v, "unit", k->unit);
    put(a, v, "direction", direction_word(k->direction));
    if (k->decimals >= 0)
        value_put_int(a, v, "decimals", k->decimals);
    put(a, v, "definition", k->definition);
    put(a, v, "valid_from", k->valid_from);
    put(a, v, "common", k->common);
    if (k->is_retired)
        value_put_bool(a, v, "retired", true);
    return v;
}

static bool direction_parse(str word, enum direction *out)
{
    for (int d = 0; d < DIRECTION_COUNT; d++) {
        if (str_eq(direction_word((enum direction)d), word)) {
            *out = (enum direction)d;
            return true;
        }
    }
    return false;
}

bool work_catalogue_read(const struct value *v, struct catalogue_entry *out, struct err *e)
{
    const struct value *decimals = value_get(v, STR("decimals"));

    *out = (struct catalogue_entry){
        .name = value_text(v, "name"),
        .population = value_text(v, "population"),
        .unit = value_text(v, "unit"),
        .decimals = decimals ? (int)decimals->number : -1,
        .definition = value_text(v, "definition"),
        .valid_from = value_text(v, "valid_from"),
        .common = value_text(v, "common"),
        .is_retired = value_bool(v, "retired"),
    };
    if (!out->name.n)
        return bad_key("name", e);
    if (out->decimals < -1 || out->decimals > DEC_SCALE_MAX)
        return bad_key("decimals", e);
    return (direction_parse(value_text(v, "direction"), &out->direction)
            || bad_key("direction", e))
           && (day_fits(out->valid_from) || bad_key("valid_from", e));
}
