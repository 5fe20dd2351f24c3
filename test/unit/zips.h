/* Zip files for tests, byte by byte, so that each part of them can be made to lie: entries are
 * stored, or packed by the caller. */
#ifndef MEGURI_TEST_ZIPS_H
#define MEGURI_TEST_ZIPS_H

#include <string.h>
#include <zlib.h>

#include "base/base.h"

struct zip_file {
    const char *name;
    str body;     /* as it lies in the file */
    bool deflate; /* pack it first */
    /* what the headers say otherwise; 0 = the truth */
    uint32_t local_size, size, crc, flags;
    const char *local_name;
};

static inline void zip_u16(struct buf *b, uint32_t v)
{
    buf_put_char(b, (char)v);
    buf_put_char(b, (char)(v >> 8));
}

static inline void zip_u32(struct buf *b, uint32_t v)
{
    zip_u16(b, v);
    zip_u16(b, v >> 16);
}

static inline str zip_packed(struct arena *a, str body)
{
    z_stream s = { 0 };
    char *out = arena_bytes(a, body.n + 1024);

    (void)deflateInit2(&s, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    s.next_in = (z_const Bytef *)(uintptr_t)body.p;
    s.avail_in = (uInt)body.n;
    s.next_out = (Bytef *)out;
    s.avail_out = (uInt)(body.n + 1024);
    (void)deflate(&s, Z_FINISH);
    (void)deflateEnd(&s);
    return (str){ out, s.total_out };
}

/* What both headers have in common, from the flags on. */
static inline void zip_head(struct buf *b, const struct zip_file *f, size_t packed,
                            uint32_t size)
{
    const char *name = f->name;

    zip_u16(b, f->flags);
    zip_u16(b, f->deflate ? 8 : 0);
    zip_u32(b, 0x00210000); /* 1980-01-01 */
    zip_u32(b, f->crc ? f->crc : (uint32_t)crc32(0, (const Bytef *)f->body.p, (uInt)f->body.n));
    zip_u32(b, (uint32_t)packed);
    zip_u32(b, size);
    zip_u16(b, (uint32_t)strlen(name));
    zip_u16(b, 0);
}

static inline void zip_central(struct buf *b, const struct zip_file *f, size_t packed,
                               size_t local)
{
    zip_u32(b, 0x02014B50);
    zip_u16(b, 20);
    zip_u16(b, 20);
    zip_head(b, f, packed, f->size ? f->size : (uint32_t)f->body.n);
    zip_u16(b, 0);
    zip_u16(b, 0);
    zip_u16(b, 0);
    zip_u32(b, 0);
    zip_u32(b, (uint32_t)local);
    buf_put_c(b, f->name);
}

/* The directory and its end; `before` is what lies before it. */
static inline void zip_end(struct buf *b, str directory, size_t count)
{
    const size_t at = b->n;

    buf_put(b, directory);
    zip_u32(b, 0x06054B50);
    zip_u32(b, 0);
    zip_u16(b, (uint32_t)count);
    zip_u16(b, (uint32_t)count);
    zip_u32(b, (uint32_t)directory.n);
    zip_u32(b, (uint32_t)at);
    zip_u16(b, 0);
}

static inline str zip_make(struct arena *a, const struct zip_file *files, size_t count)
{
    struct buf all, directory;

    buf_init(&all, a, 4096, SIZE_MAX / 2);
    buf_init(&directory, a, 4096, SIZE_MAX / 2);
    for (size_t i = 0; i < count; i++) {
        const str packed = files[i].deflate ? zip_packed(a, files[i].body) : files[i].body;
        struct zip_file local = files[i];

        zip_central(&directory, &files[i], packed.n, all.n);
        if (local.local_name)
            local.name = local.local_name;
        zip_u32(&all, 0x04034B50);
        zip_u16(&all, 20);
        zip_head(&all, &local, packed.n,
                 local.local_size ? local.local_size
                 : local.size     ? local.size
                                  : (uint32_t)local.body.n);
        buf_put_c(&all, local.name);
        buf_put(&all, packed);
    }
    zip_end(&all, buf_str(&directory), count);
    return buf_str(&all);
}

#define ZIP_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define ZIP_DOC  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define ZIP_PKG  "http://schemas.openxmlformats.org/package/2006/relationships"

/* A workbook of two sheets whose parts a test replaces; NULL = as it is. */
struct zip_book {
    const char *workbook, *styles, *strings, *sheet;
    bool deflate; /* pack the sheet */
};

static inline str zip_workbook(struct arena *a, const struct zip_book *b)
{
    const char *workbook =
        "<workbook xmlns='" ZIP_MAIN "' xmlns:r='" ZIP_DOC "'><sheets>"
        "<sheet name='表' sheetId='1' r:id='rId1'/><sheet name='控え' sheetId='2' r:id='rId2'/>"
        "</sheets></workbook>";
    const char *empty = "<worksheet xmlns='" ZIP_MAIN "'><sheetData/></worksheet>";
    const char *styles = "<styleSheet xmlns='" ZIP_MAIN "'/>";
    const char *strings = "<sst xmlns='" ZIP_MAIN "'/>";
    const struct zip_file files[] = {
        { .name = "_rels/.rels",
          .body =
              STR("<Relationships xmlns='" ZIP_PKG "'><Relationship Id='rId1' Type='" ZIP_DOC
                  "/officeDocument' Target='xl/workbook.xml'/></Relationships>") },
        { .name = "xl/_rels/workbook.xml.rels",
          .body = STR("<Relationships xmlns='" ZIP_PKG "'>"
                      "<Relationship Id='rId1' Type='" ZIP_DOC
                      "/worksheet' Target='worksheets/sheet1.xml'/>"
                      "<Relationship Id='rId2' Type='" ZIP_DOC
                      "/worksheet' Target='/xl/worksheets/sheet2.xml'/>"
                      "<Relationship Id='rId3' Type='" ZIP_DOC "/styles' Target='styles.xml'/>"
                      "<Relationship Id='rId4' Type='" ZIP_DOC
                      "/sharedStrings' Target='sharedStrings.xml'/></Relationships>") },
        { .name = "xl/workbook.xml", .body = str_from(b->workbook ? b->workbook : workbook) },
        { .name = "xl/styles.xml", .body = str_from(b->styles ? b->styles : styles) },
        { .name = "xl/sharedStrings.xml", .body = str_from(b->strings ? b->strings : strings) },
        { .name = "xl/worksheets/sheet1.xml",
          .body = str_from(b->sheet ? b->sheet : empty),
          .deflate = b->deflate },
        { .name = "xl/worksheets/sheet2.xml", .body = str_from(empty) },
    };

    return zip_make(a, files, sizeof files / sizeof *files);
}

#endif
