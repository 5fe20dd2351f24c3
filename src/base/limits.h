/* Every limit on what comes from outside, in one place. A limit is checked before memory is
 * taken for the thing. */
#ifndef MEGURI_LIMITS_H
#define MEGURI_LIMITS_H

enum {
    LIMIT_DOCUMENT_BYTES = 64 * 1024 * 1024, /* one file that is read whole */
    LIMIT_LINE_BYTES = 8 * 1024 * 1024,      /* one line of a document */
    LIMIT_INITIATIVES = 20000,               /* in one document */
    LIMIT_INDICATORS = 2000,                 /* in one initiative */
    LIMIT_ACTIVITIES = 5000,                 /* in one initiative, planned and reported each */
    LIMIT_PAIRING_CELLS = 250000,  /* planned x reported that are compared by similarity; above:
                                      exact only */
    LIMIT_TEXT_BYTES = 256 * 1024, /* one field */
    LIMIT_FIELD_COLUMNS = 64,      /* cells in one row of a form */
    LIMIT_MARKUP_DEPTH = 256,
    LIMIT_JSON_DEPTH = 64,         /* lists and maps inside each other, of a record or a page */
    LIMIT_FOREIGN_JSON_DEPTH = 32, /* of JSON from outside; more is put around it */
    LIMIT_JSON_BYTES = 64 * 1024 * 1024,
    LIMIT_NOTES = 10000,                  /* of one document; the rest is counted */
    LIMIT_FINDINGS = 20000,               /* of one document; the rest is counted */
    LIMIT_CHECKPOINT_BYTES = 1024 * 1024, /* a file of signed checkpoints */
    LIMIT_QUERY_BYTES = 400,
    LIMIT_PAGE_ROWS = 50, /* rows of a list on one page */
    LIMIT_REQUEST_TARGET = 4096,
    LIMIT_REQUEST_BODY = 1024 * 1024,     /* a form without files */
    LIMIT_UPLOAD_BYTES = 8 * 1024 * 1024, /* a form with files, all of it */
    LIMIT_BULK_BYTES = 5 * 1024 * 1024, /* a table on its way into a register: thirty times its
                                           size is held while it is read and weighed */
    LIMIT_FORM_FIELDS = 5000,           /* of one form, files too */
    LIMIT_FIELD_LINE = 400,             /* characters of a field of one line ... */
    LIMIT_FIELD_TEXT = 20000,           /* ... and of several, where the row says nothing */
    LIMIT_FIELD_FREE = 1024 * 1024,     /* characters of a text that is kept as typed */
    LIMIT_FREE_BODY = 4 * 1024 * 1024,  /* a form with such a text: three bytes for one */
    LIMIT_ANSWER_BYTES = 64 * 1024 * 1024, /* one page; a document goes out as it came in */
    LIMIT_HEADER_SECONDS = 10, /* for the whole request head; a dripped header is cut */
    LIMIT_PAGE_CACHE_BYTES = 4 * 1024 * 1024,
    LIMIT_KEPT_BYTES = 1024 * 1024, /* of one connection: what was read of records (kept.c) */
    LIMIT_CONNECTIONS = 1024,
    LIMIT_TABLE_ROWS = 2000000, /* of a table that is read whole */
    LIMIT_TABLE_COLUMNS = 256,
    LIMIT_TABLE_FAULTS = 1000, /* told of one table; the rest is counted */
    LIMIT_BATCH_ROWS = 10000,  /* entries in one record */
    LIMIT_MASK_SPANS = 1000,   /* proposed in one text */
    LIMIT_ZIP_ENTRIES = 2000,
    LIMIT_ZIP_BYTES = 200 * 1000 * 1000, /* of all entries, inflated */
    LIMIT_ZIP_RATIO = 100,               /* inflated to packed, of each entry */
    LIMIT_XML_DEPTH = 64,                /* of a part of a workbook */
    LIMIT_BOOK_SHEETS = 1000,
    LIMIT_BOOK_ROWS = 1048576,    /* of one sheet, as spreadsheets have them */
    LIMIT_BOOK_COLUMNS = 16384,   /* that a cell may name; LIMIT_TABLE_COLUMNS may be filled */
    LIMIT_BOOK_FORMATS = 65536,   /* of cells */
    LIMIT_BOOK_MERGES = 100000,   /* merged cells of one sheet */
    LIMIT_BOOK_STRINGS = 4000000, /* shared ones */
    LIMIT_PAST_ENTRIES = 50000,   /* of a register, counted anew for a day that is over */
};

#endif
