/* Registers (台帳): dated entries with typed fields, from which actuals are counted. What a
 * register holds is data (presets/registers/NAME.json, or an organisation's own): another kind
 * of evidence is a new file, not new code. Entries never name a person. How to write one:
 * docs/adding.md. */
#ifndef MEGURI_REGISTER_H
#define MEGURI_REGISTER_H

#include "base/base.h"

enum field_kind {
    FIELD_DATE,     /* a day, or a month alone */
    FIELD_AREA,     /* one of the organisation's areas (地域) */
    FIELD_SECTION,  /* 担当・課 */
    FIELD_PARTNER,  /* a body, never a person: 連携先 */
    FIELD_QUANTITY, /* an exact decimal, not negative */
    FIELD_TEXT,
    FIELD_CHOICE, /* one of the field's choices */
    FIELD_FLAG,   /* yes or no */
    FIELD_YEAR,   /* a fiscal year: "2024" */
    FIELD_KIND_COUNT
};

struct choice {
    str key;        /* as entries keep it */
    str label[2];   /* Japanese, English */
    str *spellings; /* folded; the key and the labels are among them */
    uint32_t spelling_count;
};

struct register_field {
    str key;      /* as entries keep it: [a-z][a-z0-9-]* */
    str label[2]; /* Japanese, English */
    enum field_kind kind;
    str unit;         /* of a quantity: 人, 回; "" = none */
    bool is_required; /* an entry without it is refused; a quantity is then said to be pending
                       */
    bool is_retired;  /* no longer asked for; old entries keep their values */
    struct choice *choices;
    uint32_t choice_count;
    str *headings; /* folded: what a table may call it; the labels are among them */
    uint32_t heading_count;
};

/* Impossible without a reason: field `less` above field `more`. Both are quantities. */
struct field_check {
    uint32_t less, more;
};

enum { FIELDS_MAX = 24 }; /* in one register */

/* What an organisation keeps its entries in. A ledger is a register of amounts that grow from
 * month to month: collection (調定額, 収納額, 還付) or revenue lines (款・項, 根拠, 相手方). */
enum book_kind { BOOK_REGISTER, BOOK_COLLECTION, BOOK_REVENUE };

struct register_def {
    str key; /* "training" */
    enum book_kind book;
    str name[2], about[2];
    str section; /* key of the section that keeps it; "" = all sections of the organisation */
    struct register_field *fields;
    uint32_t field_count;
    struct field_check *checks;
    uint32_t check_count;
    uint32_t *identity; /* the fields that tell one entry from the others */
    uint32_t identity_count;
    int date, area;            /* index of the first field of that kind, -1 = none */
    const struct value *gives; /* list of {key, name {ja, en}, measure}: what can be counted */
    const struct value *tree;  /* the definition as it was read, for its record */
};

/* Reads a definition. ERR_INPUT with a sentence that names the place: no key, name or fields,
 * an unknown kind, a key or heading twice, a check of what is no quantity, no field for
 * identity. */
MUST bool register_read(struct arena *a, const struct value *tree, struct register_def *out,
                        struct err *e);
/* The same from JSON (json_load). */
MUST bool register_parse(struct arena *a, str json, struct register_def *out, struct err *e);

/* "register/training", "ledger/kokuho": the entity of its record, and the name of its entries.
 */
str register_entity(struct arena *a, const struct register_def *d);

/* May a register that has entries be described by `after` instead? Only in ways that leave what
 * was entered true: no field, choice or unit of it may go or mean something else, and an entry
 * is told from the others as before. New fields, choices, words and checks are fine; a field
 * that is no longer wanted is retired. ERR_INPUT with what would no longer be true; *field is
 * the number of the field of `before` that it is about, -1 = the register as a whole. */
MUST bool register_may_become(const struct register_def *before,
                              const struct register_def *after, int *field, struct err *e);

/* The JSON of a register that is built into the program, by its key; "" when there is none. */
str register_preset(str key);
str register_preset_key(size_t i); /* "" past the last */

int register_field_find(const struct register_def *d, str key); /* -1 = none */
str field_kind_word(enum field_kind k); /* date area section partner quantity text choice flag
                                         */
int field_kind_find(str word);          /* -1 = none */
const struct choice *field_choice(const struct register_field *f, str key); /* NULL = none */

/* ---- entries ---- */

/* A value of an entry: canonical text ("2024-04-01", "2024-04", "12.5", a choice's key, "yes").
 * "" = it has none; pending = it is known that there is none yet (調査中, -, a required blank).
 */
struct entry_value {
    str v;
    bool is_pending;
};
struct register_entry {
    str id;                     /* 16 hexadecimal digits, the same for the same identity */
    struct entry_value *values; /* one a field */
    bool is_void;               /* taken back; its history stays */
    str reason;                 /* why an impossible value is right, or why it was voided */
    str note;                   /* what the reader kept of the cell beside the value */
    uint32_t row;
};

/* The id of an entry by its identity; `ordinal` tells equal ones of one table apart, from 0. */
str register_entry_id(struct arena *a, const struct register_def *d,
                      const struct register_entry *one, uint32_t ordinal);

/* Does an entry break a check, without a reason? The index of the check, -1 = it does not. */
int register_entry_check(const struct register_def *d, const struct register_entry *one);

/* Entries as a batch record keeps them: {register, kinds, rows, source, source_name}. kinds are
 * those of the fields as of the writing, so that a batch is understood without its definition.
 */
struct batch_source {
    str name;         /* of the file, "" = typed */
    struct hash hash; /* of its bytes, zero = typed */
};
struct value *entries_value(struct arena *a, const struct register_def *d,
                            const struct register_entry *rows, uint32_t count,
                            const struct batch_source *source);

/* ---- areas (地域) ---- */

struct area {
    str key, name;
};
struct areas {
    struct area *rows;
    uint32_t count;
};
/* {areas: [{key, name}]}; ERR_INPUT for one without a name, or twice. */
MUST bool areas_read(struct arena *a, const struct value *tree, struct areas *out,
                     struct err *e);
struct value *areas_value(struct arena *a, const struct areas *areas);

/* ---- what is counted ---- */

/* A cell of a register: all standing entries of one month, area and set of choices that have
 * values for the same quantities. */
struct cell {
    int fiscal_year; /* of the day, or as the entry names it; 0 = none */
    str month;       /* "2024-04"; "" = without a date */
    str area;        /* "" = without */
    str facets;      /* canonical JSON: {"class":"minor","section":"窓口"} */
    str missing;     /* which quantities these entries lack: "eligible- taken? " (- absent, ?
                        pending) */
    str field;       /* "" = the number of entries, else the quantity that is summed up */
    dec amount;
};
struct cells {
    struct cell *rows;
    uint32_t count;
};
enum { CELL_SCALE = 4 }; /* decimals of a quantity, at most */

#endif
