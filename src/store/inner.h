/* Inside the room: connections, statements, records, projection. sqlite.c, query.c and
 * tokenizer.c are the only files that know the engine; the others speak in statements. */
#ifndef MEGURI_STORE_INNER_H
#define MEGURI_STORE_INNER_H

#include "store/store.h"
#include "store_sql.h" /* made from sql/ by tools/embed */

struct sqlite3;
struct sqlite3_stmt;

struct conn {
    struct arena mem; /* holds the conn itself */
    struct sqlite3 *db;
    struct sqlite3_stmt *statements[Q_COUNT]; /* each prepared at its first use */
    enum store_mode mode;
    const char *address;
    bool without_index;      /* a projection that is only compared needs no index of words */
    int64_t first_new;       /* seq of the first record of the transaction, 0 = none yet */
    bool is_snapshot;        /* store_snapshot_begin: reads share its transaction */
    bool knows_generation;   /* of the snapshot that is open, ... */
    int64_t generation;      /* ... which this is */
    const struct form *form; /* that was needed last (work_form) */
    bool entries_are_new;    /* no entry of what is being said stands yet: none is looked for */
    bool is_pending;         /* paragraphs of new records wait to be indexed (project.c) */
    bool has_new_voices;     /* the same of texts of voices (voice_words.c) */
    struct kept *kept;       /* the one asked for last first (kept.c) */
    size_t kept_bytes;
    bool is_keeping; /* what is read now is kept as a whole */
};

/* ---- sqlite.c: the engine ---- */

/* What the engine says is wrong, as a sentence for the person at the desk. */
bool engine_fail(struct conn *c, int code, struct err *e);
/* Runs a script of several statements (migrations, settings). */
MUST bool engine_script(struct conn *c, const char *sql, struct err *e);
/* Gives the connection a large page cache until cache_end: before very many rows are written or
 * compared. *to_end is for AUTO(cache_end). */
MUST bool cache_enlarge(struct conn *c, struct conn **to_end, struct err *e);
void cache_end(struct conn **c);
/* Opens the file as it is; no migration, no check whose it is. */
MUST bool engine_open(struct conn *c, struct err *e);
/* Makes an empty file that its owner alone can read, where there is none: the data holds names,
 * and what lets people in. SQLite gives its companions the same rights. */
void engine_private(const char *path);
/* Lets temporary tables be written that refer to what is not there (verify.c). */
MUST bool engine_loosen(struct conn *c, struct err *e);
/* Registers the tokenizer of the search index (tokenizer.c). */
MUST bool tokenizer_register(struct conn *c, struct err *e);

/* ---- query.c: one statement being run ---- */

struct query {
    struct conn *c;
    struct sqlite3_stmt *s;
    int code;   /* of the first thing that failed */
    int bound;  /* parameters given so far */
    int column; /* next column to read */
};

/* Takes the statement, prepared and reset. Failures show at query_step. */
struct query query_on(struct conn *c, enum sql statement);
void query_end(struct query *q); /* for AUTO(): gives the statement back, ends its read */

/* Parameters, in their order. Texts and bytes must live until query_end. */
void put_int(struct query *q, int64_t n);
void put_text(struct query *q, str text);
void put_text_or_null(struct query *q, str text); /* "" is NULL */
void put_bytes(struct query *q, str bytes);
void put_hash(struct query *q, const struct hash *h); /* all zero is NULL */
void put_null(struct query *q);

/* The next row: *is_row false when there is none (left). */
MUST bool query_step(struct query *q, bool *is_row, struct err *e);
/* Runs a statement that gives no rows. */
MUST bool query_run(struct query *q, struct err *e);
/* Begins again with new parameters. */
void query_again(struct query *q);

/* Columns of the row, in their order. Texts are copied into the arena; NULL is empty, 0, zero.
 */
int64_t take_int(struct query *q);
str take_text(struct query *q, struct arena *a);
struct hash take_hash(struct query *q);
void take_skip(struct query *q);
bool next_is_null(const struct query *q);

/* A statement that gives one number. */
MUST bool query_number(struct query *q, int64_t *out, struct err *e);

/* A transaction: begun by the constructor, rolled back by AUTO unless it was committed. */
struct transaction {
    struct conn *c;
    bool is_open;
    bool is_writer; /* others of this process wait for it */
};
MUST bool transaction_begin(struct conn *c, struct transaction *t, struct err *e);
MUST bool transaction_begin_read(struct conn *c, struct transaction *t, struct err *e);
MUST bool transaction_commit(struct transaction *t, struct err *e);
void transaction_end(struct transaction *t);

/* ---- record.c: records as bytes and rows ---- */

/* Rows with organisation, kind and entity (record_by_seq, record_by_hash, record_of_log). */
struct record row_record(struct query *q, struct arena *a);
/* The same without body (history_, record_written_by). */
struct record row_listed(struct query *q, struct arena *a);

/* The record that says how an entity stands now, or stood at an instant (0 = now). When there
 * is none, *out has seq 0. */
struct entity_ref {
    str organisation, entity;
    as_of when;
};
MUST bool record_find(struct conn *c, struct arena *a, const struct entity_ref *ref,
                      struct record *out, struct err *e);
/* Its seq alone; 0 when there is none. */
MUST bool record_find_seq(struct conn *c, const struct entity_ref *ref, int64_t *seq,
                          struct err *e);

/* The size, time and peaks of an organisation's log; all zero when it has none. */
struct log {
    struct merkle tree;
    int64_t at_ms;
};
MUST bool log_load(struct conn *c, str organisation, struct log *out, struct err *e);
MUST bool log_save(struct conn *c, str organisation, const struct log *log, struct err *e);

/* Names of entities. */
str entity_cycle(struct arena *a, int fiscal_year);
str entity_sheet(struct arena *a, int fiscal_year, int number);
str entity_step(struct arena *a, int fiscal_year, int number, enum step s);
str entity_answer(struct arena *a, int fiscal_year, int number, str id);
str entity_commitment(struct arena *a, int fiscal_year, bool is_official, str id);
str entity_catalogue(struct arena *a, str id);
str entity_plan(struct arena *a, int fiscal_year);
str entity_initiative(struct arena *a, int fiscal_year, int number);
str entity_findings(struct arena *a, int fiscal_year);
str entity_source(struct arena *a, struct hash source);
/* The fiscal year and number (of an initiative, of a sheet) that an entity's name holds, 0
 * where it holds none. */
void entity_parts(str entity, int *fiscal_year, int *number);

/* ---- plan.c ---- */

/* The initiative that a record says. Within a snapshot it is kept, and *out is valid until
 * that ends; otherwise it lies in `a`. */
MUST bool initiative_of_record(struct conn *c, struct arena *a, int64_t seq,
                               struct initiative_row *out, struct err *e);

/* ---- commit.c: the one door ---- */

struct draft {
    str organisation, kind, entity;
    struct hash replaces; /* what its author saw; zero = nothing was there */
    str body;             /* canonical JSON */
};
/* *out borrows the texts of stamp and draft. */
MUST bool record_commit(struct conn *c, const struct stamp *stamp, const struct draft *d,
                        struct record *out, struct err *e);

/* ---- access.c: who may write what ---- */

/* Is the draft's entity the name of something of its kind? */
bool kind_fits(const struct draft *d);
/* "cli": whoever sits at the machine. */
bool actor_is_machine(const struct actor *who);
/* The duties that the stamp's author holds at its time for the section ("" = all of it). */
MUST bool access_duties(struct conn *c, const struct stamp *stamp, str organisation,
                        str section, unsigned *out, struct err *e);
/* May the author write the draft as what they say they are? `tree` is its body. ERR_DENIED. */
MUST bool access_check(struct conn *c, const struct stamp *stamp, const struct draft *d,
                       const struct value *tree, struct err *e);

/* ---- project.c: records into tables ----
 *
 * The tables are a function of the newest record of each entity, and of nothing else: not of
 * the order of writing, not of what stood there before. So a rebuild gives the same rows. */

/* Whose rows are written. */
struct spot {
    struct conn *c;
    struct arena *a;
    str organisation;
    int fiscal_year, number;
};
/* A statement whose first parameters are organisation and fiscal year (and number). */
struct query query_at(const struct spot *s, enum sql statement);
struct query query_at_number(const struct spot *s, enum sql statement);

/* survey.c */
bool project_survey(const struct spot *s, const struct record *r, const struct value *tree,
                    struct err *e);
bool project_answers(const struct spot *s, const struct record *r, const struct value *tree,
                     struct err *e);

/* A record that has just been appended; `tree` is its body. */
MUST bool project_record(struct conn *c, struct arena *a, const struct record *r,
                         const struct value *tree, struct err *e);
/* All of an organisation's rows. The tables hold nothing of it yet. */
MUST bool project_organisation(struct conn *c, str organisation, struct err *e);
/* Puts the paragraphs of the transaction's new records into the search index;
 * transaction_commit does it. */
MUST bool search_flush(struct conn *c, struct err *e);
/* The same for texts of voices; voice_words.c. */
MUST bool voice_words_flush(struct conn *c, struct err *e);
/* Empties every derived table. */
MUST bool project_clear(struct conn *c, struct err *e);

/* The paragraphs of an initiative that can be searched, numbered from 0 in the order of the
 * sheet; empty ones have no number. Stops where `visit` gives false. */
typedef bool paragraph_fn(void *ctx, int64_t number, enum hit_kind kind, str text,
                          struct err *e);
MUST bool paragraphs_each(const struct initiative *i, paragraph_fn *visit, void *ctx,
                          struct err *e);
/* The id of a paragraph names its record. */
enum { PARAGRAPH_BITS = 16, PARAGRAPHS_MAX = 1 << PARAGRAPH_BITS };
static inline int64_t paragraph_id(int64_t seq, int64_t number)
{
    return seq * PARAGRAPHS_MAX + number;
}
static inline int64_t paragraph_record(int64_t id)
{
    return id / PARAGRAPHS_MAX;
}

/* Did the initiative reach its main goals, by the numbers? *known false: it cannot be told. */
bool goals_met(const struct initiative *i, bool *known);

/* ---- import.c ---- */

/* Within a transaction: a plan that was worked on here becomes the official one, with its
 * findings; no document comes with it. */
MUST bool plan_publish(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct import_item *item, struct err *e);

/* ---- organisation.c ---- */

/* The body of an organisation's record. */
struct value *organisation_value(struct arena *a, const struct organisation *o);
/* store_organisations for those who look for a plan: without the sections that have none. */
MUST bool organisations_shown(struct conn *c, struct arena *a, str query, struct page_of page,
                              struct organisation_rows *out, struct err *e);

/* ---- verify.c ---- */

/* What is found wrong, as it is collected. */
struct verify;
void verify_fault(struct verify *v, str text);

/* ---- verify_checkpoint.c: a log that is being followed, beside what was signed of it ---- */

struct heads {
    struct verify *v;
    struct conn *c;
    struct arena *a;
    str organisation;
    struct verifier key;         /* of the key file; name "" = there is none */
    struct checkpoint_row *rows; /* those of this log with a good note, the smallest first */
    uint32_t count, next;
    uint64_t good; /* records that a signature has vouched for so far */
};
MUST bool heads_begin(struct heads *h, struct arena *a, struct verify_report *report,
                      struct err *e);
void heads_pass(struct heads *h, const struct merkle *tree); /* after each record */
void heads_end(struct heads *h, uint64_t size);
/* Whole logs that are gone, rows that were taken out. */
MUST bool heads_missing(struct verify *v, struct conn *c, struct arena *a, struct err *e);

/* ---- verify_voice.c: received texts beside the records ---- */

MUST bool verify_voices(struct verify *v, struct conn *c, struct arena *a, struct err *e);

/* ---- checkpoint.c, key.c ---- */

/* Columns of the checkpoint_ statements. */
struct checkpoint_row row_checkpoint(struct query *q, struct arena *a);
/* The private key of these data, made at first need. */
MUST bool key_load(struct conn *c, struct arena *a, str name, struct signer *out, bool *is_new,
                   struct err *e);

/* ---- people_grant.c ---- */

MUST bool grant_project(struct conn *c, const struct record *r, const struct value *tree,
                        struct err *e);

/* ---- search.c, search_past.c ---- */

/* A query, understood. */
struct search_words {
    str *folded;
    uint32_t count;
    str match; /* in the index's query language */
};
/* False when nothing can hold what was asked: it has no words. */
bool search_understand(struct arena *a, const struct search *what, struct search_words *out);
/* AND {scope} : "word": narrows a query of the index. */
void search_put_scope(struct buf *b, str word);
/* Does a folded text hold all of them? */
bool search_words_stand_in(const struct search_words *w, str folded);
MUST bool search_past(struct conn *c, struct arena *a, const struct search *what,
                      const struct search_words *words, struct hits *out, struct err *e);

/* ---- council.c; those of registers stand in entry_inner.h ---- */

MUST bool project_council(const struct spot *s, const struct record *r,
                          const struct value *tree, struct err *e);
MUST bool project_meeting(const struct spot *s, const struct record *r,
                          const struct value *tree, struct err *e);

/* ---- entering.c: one record, unless it says what the entity's newest says already ---- */

struct said {
    str organisation, kind, entity;
    const struct value *tree;
};
/* Within a transaction. */
MUST bool record_say(struct conn *c, const struct stamp *stamp, const struct said *what,
                     bool *is_same, struct err *e);
/* In a transaction of its own; ERR_NOT_FOUND for an organisation that is not there. */
MUST bool record_say_alone(struct conn *c, const struct stamp *stamp, const struct said *what,
                           bool *is_same, struct err *e);

/* ---- shared by readers ---- */

/* A record's body as a tree; ERR_IO when it is not what it must be: then the file is damaged.
 */
MUST bool body_tree(struct arena *a, str body, struct value **out, struct err *e);
/* A tree as a record's body; "" when it is larger than LIMIT_JSON_BYTES. */
str body_put(struct arena *a, const struct value *tree);
/* A pattern for LIKE … ESCAPE '\' in which the text stands for itself. */
void like_put(struct buf *b, str text);
uint32_t page_limit(struct page_of page);
/* Room for one more than `count` rows of `size` bytes: the same rows, or a copy twice as long.
 */
void *rows_grow(struct arena *a, void *rows, size_t size, uint32_t count, uint32_t *room);

#endif
