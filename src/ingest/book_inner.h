/* What the files of the workbook's reader share: the archive (zip.c), XML out of it (xml.c),
 * the workbook's own parts (book.c), one sheet (book_sheet.c), numbers and days as they are
 * seen (book_number.c). */
#ifndef MEGURI_INGEST_BOOK_INNER_H
#define MEGURI_INGEST_BOOK_INNER_H

#include "ingest/ingest.h"

/* ---- zip.c: APPNOTE.TXT 6.3.10 by PKWARE, the strict half of it ---- */

struct zip_entry {
    str name;          /* a path with '/', no '..', not absolute */
    size_t local, end; /* from the local header to the end of what was packed */
    size_t data;       /* where the packed bytes begin */
    size_t packed, size;
    uint32_t crc;
    bool is_deflated, has_descriptor;
};
struct zip {
    str bytes;
    struct zip_entry *entries; /* by their place in the file */
    uint32_t count;
};
/* Reads the directory and holds every entry against it; nothing is inflated yet. Errors:
 * ERR_INPUT for whatever could be read in two ways: bytes before, between or after the entries,
 * entries that overlap or have one name, a local header that says other things than the
 * directory, encryption, names that lead elsewhere; and for the limits. */
MUST bool zip_open(struct arena *a, str bytes, struct zip *out, struct err *e);
/* NULL = no such entry. Case does not count, as in the packages of ECMA-376 part 2. */
const struct zip_entry *zip_find(const struct zip *z, str name);

/* Takes the next piece of an entry. */
typedef bool zip_sink(void *to, str piece, bool is_last, struct err *e);
/* Inflates an entry piece by piece; ERR_INPUT when its length or its checksum differ. */
MUST bool zip_read(const struct zip *z, const struct zip_entry *entry, zip_sink *sink, void *to,
                   struct err *e);

/* ---- xml.c ---- */

/* Attributes: name, value, name, value, NULL. Names carry a namespace only where the document
 * gives them one. */
typedef const char *const *xml_attrs;
/* The value of an attribute without a namespace, or of one in any namespace that has the name;
 * NULL = none. */
const char *xml_attr(xml_attrs attrs, const char *name);
const char *xml_attr_anywhere(xml_attrs attrs, const char *name);

/* Who reads a part: elements of SpreadsheetML (either namespace) and of package relationships
 * by their plain names; others are passed over with all they hold. A function may fail. */
struct xml_reader {
    bool (*open)(void *to, str name, xml_attrs attrs, struct err *e);
    bool (*close)(void *to, str name, struct err *e);
    void (*text)(void *to, str s); /* a piece of it; may be NULL */
    void *to;
};
/* Errors: ERR_INPUT with the part's name for what is no XML, a DTD, an entity, elements more
 * than LIMIT_XML_DEPTH deep. */
MUST bool xml_read(const struct zip *z, const struct zip_entry *part,
                   const struct xml_reader *reader, struct err *e);

/* ---- book_number.c ---- */

/* How a number format shows a number. */
enum seen_as {
    SEEN_NUMBER,
    SEEN_PERCENT,
    SEEN_DAY,      /* 2024-06-03 */
    SEEN_DAY_TIME, /* 2024-06-03 14:30 */
    SEEN_MONTH,    /* 2024-06 */
    SEEN_YEAR,     /* 2024年 */
    SEEN_TIME,     /* 14:30 */
    SEEN_HOURS,    /* 26:30, a length of time */
};
struct cell_format {
    enum seen_as seen;
    bool is_scaled; /* shown in thousands or millions */
};
/* A format by its number, where ECMA-376 (18.8.30) has built it in, also for Japanese. */
struct cell_format format_built_in(uint32_t id);
/* A format by its code, as yyyy"年"m"月"d"日" or 0.0%. */
struct cell_format format_of_code(str code);
/* The text of a number as a person sees it. False when `v` is no number. */
MUST bool number_seen(struct arena *a, str v, struct cell_format f, bool is_1904, str *out);

/* ---- book.c ---- */

struct book_sheet {
    str name, relation, path; /* path "" = no sheet of cells: a chart, a macro */
    bool is_hidden;
};
struct book {
    struct arena *a;
    str file; /* its name, for sentences */
    struct zip zip;
    struct book_sheet *sheets;
    uint32_t sheet_count;
    bool is_1904;
    struct cell_format *formats; /* by the cell's s */
    uint32_t format_count;
    str *strings; /* shared ones */
    uint32_t string_count;
};
MUST bool book_read(struct arena *a, const struct table_source *source, struct table *out,
                    struct err *e);
/* Makes room for one more of `size` bytes in a list that the arena holds. */
void *book_grow(struct arena *a, void *rows, size_t size, uint32_t count, uint32_t *room);
bool book_is_true(const char *value); /* "1" or "true"; NULL is false */
/* A number from 0; false when it is anything else or above `most`. */
MUST bool book_uint(str s, uint32_t most, uint32_t *out);
/* Text of a string with its _x000D_ taken for what they stand for. */
str book_unescape(struct arena *a, str s);

/* ---- book_sheet.c ---- */

MUST bool book_sheet_read(struct book *b, const struct book_sheet *sheet, struct table *out,
                          struct err *e);

/* ---- sniff.c ---- */

/* Says what bytes are that are no table: ERR_INPUT with what to do; true when they may be one.
 */
MUST bool sniff_check(str name, str bytes, struct err *e);
/* The same of a zip file that holds no workbook. */
MUST bool sniff_archive(const struct zip *z, str name, struct err *e);
/* The name in a sentence: without its folders, and not long. */
str sniff_name(str name);

#endif
