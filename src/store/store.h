/* The only place with SQL. Records are the truth: immutable, canonical JSON, one log for each
 * organisation, each log a Merkle tree. Tables are an index of them (tables = project(records),
 * always) and can be made again byte for byte.
 *
 * One door for every write, record_commit() inside: check who may -> check the form of it ->
 * check that it replaces what the author saw -> append -> project
 * -> read back and compare hashes -> commit -> answer. What was acknowledged is on disk.
 *
 * One struct conn serves one thread. Results live in the arena given. Times are Unix
 * milliseconds; the caller gives them. */
#ifndef MEGURI_STORE_H
#define MEGURI_STORE_H

#include "model/model.h"
#include "store/versions.h"

/* ---- opening ---- */

struct conn;

enum store_mode {
    STORE_READ,   /* refuses writes; fails when there is no data file */
    STORE_WRITE,  /* fails when there is no data file */
    STORE_CREATE, /* makes it when there is none */
};

/* Opens the data at `address` (a path; other engines later), runs migrations in a write mode.
 * Errors: ERR_NOT_FOUND, ERR_IO, ERR_INPUT for a file that is not ours or was written by a
 * newer version. */
MUST bool store_open(const char *address, enum store_mode mode, struct conn **out,
                     struct err *e);
void conn_close(struct conn **c); /* for AUTO() */

/* A number that is different after any commit by anybody (also by another process); cheap
 * enough to ask on every request. */
MUST bool store_generation(struct conn *c, int64_t *generation, struct err *e);

/* All reads between the two see one state, whatever others commit meanwhile; they also cost
 * less than each on its own. Short: what waits for disk space waits for it. No write may stand
 * between. */
MUST bool store_snapshot_begin(struct conn *c, struct err *e);
void store_snapshot_end(struct conn *c); /* also where it was not begun */

/* ---- writing ---- */

struct actor {
    str id;   /* who: an account, or "cli" */
    str role; /* "administrator", "planning", … */
};

/* Who writes, when and why: the same for every record of one change. */
struct stamp {
    const struct actor *who;
    int64_t now_ms; /* Unix milliseconds */
    str reason;     /* in their words; may be empty */
};

/* One document to be stored: its plan (linked, judged), what the audit found and by which
 * version of the rules, and the very bytes it came from. */
struct import_item {
    const struct plan *plan; /* organisation_code and fiscal_year set */
    str organisation_name;   /* for the organisation's record when it is new; "" = its key */
    str state;               /* draft proposal adopted revised midyear evaluated published */
    const struct finding *findings;
    uint32_t finding_count;
    str audit_version;
    bool used_previous; /* last year's plan was at hand when it was judged */
    str bytes;
};

/* Can it be stored at all? ERR_INPUT with a sentence: no organisation, no fiscal year, no
 * initiative, a number twice. Pure. */
MUST bool import_item_check(const struct import_item *item, struct err *e);

enum change_kind { CHANGE_NEW, CHANGE_CHANGED, CHANGE_SAME, CHANGE_GONE };
struct entity_change {
    enum change_kind kind;
    uint32_t item; /* of the batch */
    str organisation;
    str entity; /* "plan/2019", "plan/2019/initiative/3" */
    str title;
    struct field_change *fields; /* CHANGE_CHANGED: what is different */
    uint32_t field_count;
};
struct import_report {
    struct entity_change *changes;
    uint32_t change_count;
    uint32_t records; /* appended (or that would be) */
};

struct import_batch {
    const struct import_item *items;
    size_t count;
    bool apply; /* false: only tell what would change */
};

/* Stores a batch in one transaction, or (apply false) tells what would change and stores
 * nothing. A plan that was there becomes a revision; what is equal makes no record. Either the
 * whole batch is on disk when this returns true, or nothing of it is there. Fails for the whole
 * batch when one of its items fails import_item_check. */
MUST bool store_import(struct conn *c, struct arena *a, const struct stamp *stamp,
                       const struct import_batch *batch, struct import_report *out,
                       struct err *e);

/* Adds or changes an organisation. */
struct organisation {
    str key;    /* code or slug, organisation_key_is_valid */
    str name;   /* みなも区 */
    str kind;   /* "ward", "city", "bureau", "section" */
    str parent; /* key, "" = none */
};
/* ward, city, bureau or section, as the end of its name says; ward when it says nothing. */
str store_organisation_kind(str name);
MUST bool store_organisation_save(struct conn *c, const struct stamp *stamp,
                                  const struct organisation *o, struct err *e);

/* ---- reading: pages ---- */

/* As-of: 0 = now, otherwise what was known at that instant (inclusive). */
typedef int64_t as_of;

struct page_of {            /* which rows of a list */
    uint32_t offset, limit; /* limit 0 = LIMIT_PAGE_ROWS */
};

struct plan_head {
    int64_t id;
    str organisation, organisation_name;
    int fiscal_year;
    str title, state; /* state: draft proposal adopted revised midyear evaluated published */
    str form_id, source_name;
    struct hash source; /* blob of the document, zero = none */
    struct hash record; /* the record it shows */
    int64_t at_ms;      /* when that was written */
    str author, reason;
    uint32_t initiatives;
    struct tally tally;
    uint32_t initiatives_met, initiatives_not_met; /* by the main goals' verdicts */
};

struct organisation_row {
    struct organisation organisation;
    struct plan_head *years; /* newest first; only fiscal_year, state, tally and the counts of
                                initiatives are filled */
    uint32_t year_count;
};

struct organisation_rows {
    struct organisation_row *rows;
    uint32_t count;
    uint32_t total; /* on all pages of the list */
};
/* Organisations whose name or key contains `query` ("" = all), by key. */
MUST bool store_organisations(struct conn *c, struct arena *a, str query, struct page_of page,
                              struct organisation_rows *out, struct err *e);
MUST bool store_organisation(struct conn *c, struct arena *a, str key, struct organisation *out,
                             struct err *e);
/* The organisation whose name is `name`, after folding. ERR_NOT_FOUND when there is none. */
MUST bool store_organisation_named(struct conn *c, struct arena *a, str name,
                                   struct organisation *out, struct err *e);

struct organisation_list {
    struct organisation *rows;
    uint32_t count;
};
/* The sections of an organisation, by key. */
MUST bool store_sections(struct conn *c, struct arena *a, str organisation,
                         struct organisation_list *out, struct err *e);

/* Which plan, as it stood when. */
struct plan_ref {
    str organisation; /* key */
    int fiscal_year;
    as_of when;
};

struct plan_heads {
    struct plan_head *rows;
    uint32_t count;
};
/* The years of one organisation, newest first. */
MUST bool store_plans(struct conn *c, struct arena *a, str organisation, struct plan_heads *out,
                      struct err *e);
MUST bool store_plan_head(struct conn *c, struct arena *a, const struct plan_ref *ref,
                          struct plan_head *out, struct err *e);

/* The whole plan, from the records' bodies. */
MUST bool store_plan(struct conn *c, struct arena *a, const struct plan_ref *ref,
                     struct plan *out, struct err *e);

struct initiative_row {
    struct initiative initiative;
    str *keys;          /* of its indicators (indicator_key), in their order */
    struct hash record; /* that says so */
    int64_t at_ms;      /* when that was written */
};
/* One initiative of it, by its number. What it points to is not to be changed; within a
 * snapshot it is shared with others who ask, and valid until that ends. */
MUST bool store_initiative(struct conn *c, struct arena *a, const struct plan_ref *ref,
                           int number, struct initiative_row *out, struct err *e);

struct initiative_name {
    int number; /* 0 = there is none */
    str title;
};
struct neighbours {
    struct initiative_name previous, next;
};
/* The initiatives that stand before and after one in its plan, whether or not it is there. */
MUST bool store_neighbours(struct conn *c, struct arena *a, const struct plan_ref *ref,
                           int number, struct neighbours *out, struct err *e);

struct finding_rows {
    const struct finding *rows; /* in the order of the document */
    uint32_t count;
};
/* Findings of a whole plan (initiative 0) or of one initiative; within a snapshot they are
 * valid until that ends. */
MUST bool store_findings(struct conn *c, struct arena *a, const struct plan_ref *ref,
                         int initiative, struct finding_rows *out, struct err *e);

/* An indicator that outlives the year: the same folded name in the same organisation. Its key
 * in addresses is the first 12 hexadecimal digits of SHA-256(folded name). */
str indicator_key(struct arena *a, str name);
/* The keys of all indicators of an initiative, in their order. */
str *indicator_keys(struct arena *a, const struct initiative *i);
struct indicator_ref {
    str organisation, key;
    as_of when;
};
struct series_point {
    int fiscal_year; /* of the plan */
    int initiative;
    struct indicator indicator;
    struct hash record;
};
struct series {
    struct series_point *points; /* by fiscal year, oldest first */
    uint32_t count;
};
/* ERR_NOT_FOUND when the organisation has no indicator by that key. */
MUST bool store_series(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                       struct series *out, struct err *e);
/* What the newest plan that has it calls it; as store_series otherwise. */
MUST bool store_indicator_name(struct conn *c, struct arena *a, const struct indicator_ref *ref,
                               str *name, struct err *e);

/* ---- reading: the log ---- */

struct record {
    int64_t seq;   /* in the whole store */
    int64_t index; /* in its organisation's log, from 0 */
    str organisation, kind, entity;
    struct hash replaces; /* zero = the first of its entity */
    str author, role, reason;
    int64_t at_ms;
    str body; /* canonical JSON; "" in lists */
    struct hash hash;
};
struct history {
    str organisation;  /* "" = everything */
    str entity_prefix; /* "plan/2019/initiative/3"; "" = all of the organisation */
    struct page_of page;
    as_of when;
    bool is_public;    /* only what everybody may see: entity_is_public */
    bool is_uncounted; /* total is not wanted: counting reads every record there is */
};
struct record_rows {
    struct record *rows; /* newest first, without bodies */
    uint32_t count;
    uint32_t total; /* on all pages of the list */
};
MUST bool store_history(struct conn *c, struct arena *a, const struct history *what,
                        struct record_rows *out, struct err *e);
MUST bool store_record(struct conn *c, struct arena *a, struct hash hash, struct record *out,
                       struct err *e);
/* The record whole, in canonical JSON: SHA-256 of a zero byte and these bytes is its hash. */
str record_bytes(struct arena *a, const struct record *r);
/* The bytes of a stored document. */
MUST bool store_blob(struct conn *c, struct arena *a, struct hash hash, str *bytes, str *name,
                     struct err *e);
/* Size and root of an organisation's log (RFC 6962). */
MUST bool store_tree(struct conn *c, str organisation, struct merkle *out, struct err *e);
struct proof {
    uint64_t index, size; /* of the record, of its log */
    struct hash root;     /* of the log */
    struct merkle_path path;
};
/* The audit path by which one record is shown to stand in its log: merkle_check. `size` is that
 * of an older head of the log which the record already stands in; 0 = the log as it is.
 * ERR_INPUT when the record is not among the first `size`. */
MUST bool store_proof(struct conn *c, struct hash record, uint64_t size, struct proof *out,
                      struct err *e);

/* ---- care ---- */

struct verify_report {
    uint64_t records, organisations, blobs, checkpoints;
    uint32_t fault_count;
    str *faults; /* each a sentence with organisation, index and entity */
};
/* Recomputes every hash, chain, tree and blob, checks every checkpoint by its signature and by
 * the records it is of, and compares the tables with a fresh projection.
 * True also when faults were found: look at the count. */
MUST bool store_verify(struct conn *c, struct arena *a, struct verify_report *out,
                       struct err *e);
/* Throws all derived tables away and makes them again from the records, in one transaction. */
MUST bool store_rebuild(struct conn *c, struct err *e);
struct store_facts {
    str engine;   /* "SQLite 3.40.1" */
    int64_t form; /* newest migration the data has */
    uint64_t records, organisations, plans, blobs;
    uint64_t bytes; /* of the file, without its write-ahead log */
};
MUST bool store_about(struct conn *c, struct arena *a, struct store_facts *out, struct err *e);
/* Copies the data as it stands to a new file, while others may be writing. The file is there
 * whole, or not at all; one that exists is refused. */
MUST bool store_backup(struct conn *c, const char *path, struct err *e);

#include "store/actuals.h"
#include "store/checkpoint.h"
#include "store/council.h"
#include "store/past.h"
#include "store/people.h"
#include "store/search.h"
#include "store/registers.h"
#include "store/survey.h"
#include "store/voices.h"
#include "store/work.h"

#endif
