/* A workbook's own parts: where its sheets lie, how its cells are formatted, the strings they
 * share. Parts are found by their relationships (ECMA-376 part 2), never by guessed names. */
#include "ingest/book_inner.h"

#include "base/banned.h"

void *book_grow(struct arena *a, void *rows, size_t size, uint32_t count, uint32_t *room)
{
    void *more = rows;

    if (count < *room)
        return rows;
    *room = *room ? *room * 2 : 64;
    more = arena_raw(a, size, *room);
    if (count)
        memcpy(more, rows, size * count);
    return more;
}

bool book_is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool book_uint(str s, uint32_t most, uint32_t *out)
{
    uint64_t n = 0;

    if (!s.n || s.n > 10)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    }
    *out = (uint32_t)n;
    return n <= most;
}

/* The four digits of _x000D_; 0 = it is none, or a character that no text may have. */
static uint32_t escaped(str s)
{
    uint32_t c = 0;

    if (s.n < 7 || !str_starts(s, STR("_x")) || s.p[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        const char d = s.p[i];

        if (d >= '0' && d <= '9')
            c = c * 16 + (uint32_t)(d - '0');
        else if ((d | 0x20) >= 'a' && (d | 0x20) <= 'f')
            c = c * 16 + (uint32_t)((d | 0x20) - 'a' + 10);
        else
            return 0;
    }
    return c >= 0xD800 && c < 0xE000 ? 0 : c;
}

str book_unescape(struct arena *a, str s)
{
    struct buf b;

    if (str_find(s, STR("_x")) < 0)
        return s;
    buf_init(&b, a, s.n, LIMIT_TEXT_BYTES);
    while (s.n) {
        const uint32_t c = escaped(s);

        if (c)
            utf8_put(&b, c);
        else
            buf_put_char(&b, s.p[0]);
        s = str_skip(s, c ? 7 : 1);
    }
    return buf_str(&b);
}

static bool no_close(void *to, str name, struct err *e)
{
    (void)to;
    (void)name;
    (void)e;
    return true;
}

/* ---- relationships ---- */

/* Gathers where the relationships of a part lead. */
struct relations {
    struct book *b;
    str folder; /* of the part they belong to, with its '/' */
    str whole;  /* of the package: the workbook */
    str styles, strings;
    bool of_package; /* otherwise of the workbook */
};

static str target_of(const struct relations *r, const char *target)
{
    const str t = str_from(target);

    return str_starts(t, STR("/"))
               ? str_dup(r->b->a, str_skip(t, 1))
               : str_fmt(r->b->a, "%.*s%.*s", STR_ARG(r->folder), STR_ARG(t));
}

static bool relation_open(void *to, str name, xml_attrs attrs, struct err *e)
{
    struct relations *r = to;
    const str type = str_from(xml_attr(attrs, "Type")), id = str_from(xml_attr(attrs, "Id"));
    const char *target = xml_attr(attrs, "Target"), *mode = xml_attr(attrs, "TargetMode");

    (void)e;
    if (!str_eq(name, STR("Relationship")) || !target
        || (mode && strcmp(mode, "External") == 0))
        return true;
    if (r->of_package && str_ends(type, STR("/officeDocument")))
        r->whole = target_of(r, target);
    else if (!r->of_package && str_ends(type, STR("/styles")))
        r->styles = target_of(r, target);
    else if (!r->of_package && str_ends(type, STR("/sharedStrings")))
        r->strings = target_of(r, target);
    for (uint32_t i = 0; i < r->b->sheet_count; i++)
        if (str_eq(r->b->sheets[i].relation, id) && str_ends(type, STR("/worksheet")))
            r->b->sheets[i].path = target_of(r, target);
    return true;
}

static bool relations_read(struct relations *r, str path, struct err *e)
{
    const struct zip_entry *part = zip_find(&r->b->zip, path);
    const struct xml_reader reader = { relation_open, no_close, NULL, r };

    return !part || xml_read(&r->b->zip, part, &reader, e);
}

/* ---- the workbook ---- */

struct workbook_reader {
    struct book *b;
    uint32_t room;
};

static bool workbook_open(void *to, str name, xml_attrs attrs, struct err *e)
{
    struct workbook_reader *w = to;
    struct book *b = w->b;
    const char *state;

    if (str_eq(name, STR("workbookPr")))
        b->is_1904 = book_is_true(xml_attr(attrs, "date1904"));
    if (!str_eq(name, STR("sheet")))
        return true;
    if (b->sheet_count == LIMIT_BOOK_SHEETS)
        return err_set(e, ERR_INPUT,
                       "シートが多すぎます(1,000枚まで)。ブックを分けてください。");
    b->sheets = book_grow(b->a, b->sheets, sizeof *b->sheets, b->sheet_count, &w->room);
    state = xml_attr(attrs, "state");
    b->sheets[b->sheet_count++] = (struct book_sheet){
        .name = str_dup(b->a, str_from(xml_attr(attrs, "name"))),
        .relation = str_dup(b->a, str_from(xml_attr_anywhere(attrs, "id"))),
        .is_hidden = state && strcmp(state, "visible") != 0,
    };
    return true;
}

/* ---- formats ---- */

struct style_reader {
    struct book *b;
    struct coded {
        uint32_t id;
        struct cell_format f;
    } *coded; /* formats that the file spells out */
    uint32_t coded_count, coded_room, room;
    bool in_cells; /* within cellXfs */
};

static struct cell_format format_find(const struct style_reader *s, uint32_t id)
{
    for (uint32_t i = 0; i < s->coded_count; i++)
        if (s->coded[i].id == id)
            return s->coded[i].f;
    return format_built_in(id);
}

static bool style_open(void *to, str name, xml_attrs attrs, struct err *e)
{
    struct style_reader *s = to;
    struct book *b = s->b;
    uint32_t id = 0;

    if (str_eq(name, STR("cellXfs")))
        s->in_cells = true;
    if (s->coded_count == LIMIT_BOOK_SHEETS || b->format_count == LIMIT_BOOK_FORMATS)
        return err_set(e, ERR_INPUT,
                       "セルの書式が多すぎます。値だけを新しいブックに貼り付けて"
                       "ください。");
    if (!book_uint(str_from(xml_attr(attrs, "numFmtId")), UINT32_MAX, &id))
        id = 0;
    if (str_eq(name, STR("numFmt"))) {
        s->coded = book_grow(b->a, s->coded, sizeof *s->coded, s->coded_count, &s->coded_room);
        s->coded[s->coded_count++] =
            (struct coded){ id, format_of_code(str_from(xml_attr(attrs, "formatCode"))) };
    } else if (s->in_cells && str_eq(name, STR("xf"))) {
        b->formats = book_grow(b->a, b->formats, sizeof *b->formats, b->format_count, &s->room);
        b->formats[b->format_count++] = format_find(s, id);
    }
    return true;
}

static bool style_close(void *to, str name, struct err *e)
{
    struct style_reader *s = to;

    (void)e;
    if (str_eq(name, STR("cellXfs")))
        s->in_cells = false;
    return true;
}

/* ---- shared strings ---- */

struct string_reader {
    struct book *b;
    struct arena *mem;
    struct buf text; /* of the string that is being read */
    uint32_t room;
    bool in_text, in_furigana;
};

static bool string_open(void *to, str name, xml_attrs attrs, struct err *e)
{
    struct string_reader *s = to;

    (void)attrs;
    (void)e;
    if (str_eq(name, STR("si")))
        buf_clear(&s->text);
    s->in_furigana = s->in_furigana || str_eq(name, STR("rPh"));
    s->in_text = str_eq(name, STR("t"));
    return true;
}

static void string_text(void *to, str piece)
{
    struct string_reader *s = to;

    if (s->in_text && !s->in_furigana)
        buf_put(&s->text, piece);
}

static bool string_close(void *to, str name, struct err *e)
{
    struct string_reader *s = to;
    struct book *b = s->b;

    s->in_text = false;
    if (str_eq(name, STR("rPh")))
        s->in_furigana = false;
    if (!str_eq(name, STR("si")))
        return true;
    if (s->text.full || b->string_count == LIMIT_BOOK_STRINGS)
        return err_set(e, ERR_INPUT,
                       "セルの文字が長すぎるか、多すぎます。表を分けてください。");
    b->strings = book_grow(s->mem, b->strings, sizeof *b->strings, b->string_count, &s->room);
    b->strings[b->string_count++] =
        str_trim(str_dup(b->a, book_unescape(s->mem, buf_str(&s->text))));
    return true;
}

/* ---- all of it ---- */

static bool part_read(struct book *b, str path, const struct xml_reader *reader, struct err *e)
{
    const struct zip_entry *part = zip_find(&b->zip, path);

    return !part || xml_read(&b->zip, part, reader, e);
}

static str folder_of(str path)
{
    size_t n = path.n;

    while (n && path.p[n - 1] != '/')
        n--;
    return str_take(path, n);
}

/* The parts beside the sheets; the list of strings lives in `mem`, their text in the arena. */
static bool parts_read(struct book *b, struct arena *mem, str workbook, struct err *e)
{
    struct workbook_reader w = { .b = b };
    struct style_reader style = { .b = b };
    struct string_reader strings = { .b = b, .mem = mem };
    struct relations r = { .b = b, .folder = folder_of(workbook) };
    const str file = str_skip(workbook, r.folder.n);

    buf_init(&strings.text, mem, 1024, LIMIT_TEXT_BYTES);
    return part_read(b, workbook, &(struct xml_reader){ workbook_open, no_close, NULL, &w }, e)
           && relations_read(&r,
                             str_fmt(b->a, "%.*s_rels/%.*s.rels", STR_ARG(r.folder),
                                     STR_ARG(file)),
                             e)
           && part_read(b, r.styles,
                        &(struct xml_reader){ style_open, style_close, NULL, &style }, e)
           && part_read(b, r.strings,
                        &(struct xml_reader){ string_open, string_close, string_text,
                                              &strings },
                        e);
}

static bool names_put(struct buf *out, const struct book *b, const struct book_sheet *but)
{
    bool any = false;

    for (uint32_t i = 0; i < b->sheet_count; i++) {
        if (&b->sheets[i] == but)
            continue;
        buf_fmt(out, "「%.*s」", STR_ARG(b->sheets[i].name));
        any = true;
    }
    return any;
}

/* By its name, then by its place, else the first that is not hidden. */
static bool sheet_pick(struct book *b, str wanted, const struct book_sheet **out, struct err *e)
{
    struct buf names;
    uint32_t place;

    *out = NULL;
    for (uint32_t i = 0; i < b->sheet_count && !*out; i++)
        if (wanted.n ? str_eq(b->sheets[i].name, wanted)
                     : b->sheets[i].path.n && !b->sheets[i].is_hidden)
            *out = &b->sheets[i];
    for (uint32_t i = 0; i < b->sheet_count && !*out && wanted.n; i++)
        if (str_eq(text_fold(b->a, b->sheets[i].name), text_fold(b->a, wanted)))
            *out = &b->sheets[i];
    if (!*out && book_uint(wanted, b->sheet_count, &place) && place)
        *out = &b->sheets[place - 1];
    if (*out && (*out)->path.n)
        return true;
    buf_init(&names, b->a, 64, 160);
    (void)names_put(&names, b, NULL);
    if (wanted.n)
        return err_set(e, ERR_NOT_FOUND,
                       "「%.*s」に「%.*s」という表のシートはありません。"
                       "あるシート: %.*s",
                       STR_ARG(b->file), STR_ARG(sniff_name(wanted)), STR_ARG(buf_str(&names)));
    return err_set(e, ERR_INPUT, "「%.*s」に、表示されている表のシートがありません。",
                   STR_ARG(b->file));
}

static void tell_others(struct book *b, const struct book_sheet *picked, struct table *out)
{
    struct buf say;
    struct table_fault *notes;

    out->sheet = picked->name;
    out->sheet_count = b->sheet_count;
    out->sheets = NEW(b->a, str, b->sheet_count);
    for (uint32_t i = 0; i < b->sheet_count; i++)
        out->sheets[i] = b->sheets[i].name;
    buf_init(&say, b->a, 128, 1024);
    buf_fmt(&say, "シート「%.*s」を読みました。", STR_ARG(picked->name));
    if (picked->is_hidden)
        buf_put_c(&say, "これは非表示のシートです。");
    if (b->sheet_count > 1) {
        buf_put_c(&say, "ほかのシート");
        (void)names_put(&say, b, picked);
        buf_put_c(&say, "は読みません。読むシートは名前で選べます。");
    }
    if (b->sheet_count == 1 && !picked->is_hidden)
        return;
    notes = NEW(b->a, struct table_fault, out->note_count + 1);
    notes[0] = (struct table_fault){ SEVERITY_WARNING, 1, 0, picked->name, buf_str(&say) };
    if (out->note_count)
        memcpy(notes + 1, out->notes, out->note_count * sizeof *notes);
    out->notes = notes;
    out->note_count++;
}

bool book_read(struct arena *a, const struct table_source *source, struct table *out,
               struct err *e)
{
    AUTO(arena_done) struct arena mem = { 0 };
    struct book b = { .a = a, .file = sniff_name(source->name) };
    struct relations r = { .b = &b, .of_package = true };
    const struct book_sheet *picked;
    struct table t = { 0 };

    if (source->bytes.n > LIMIT_DOCUMENT_BYTES)
        return err_set(e, ERR_INPUT,
                       "「%.*s」は大きすぎます(%zu MB)。1 つのファイルは %d MB までです。分けて"
                       "渡してください。",
                       STR_ARG(b.file), source->bytes.n >> 20, LIMIT_DOCUMENT_BYTES >> 20);
    if (!zip_open(a, source->bytes, &b.zip, e) || !relations_read(&r, STR("_rels/.rels"), e))
        return false;
    if (!r.whole.n || str_ends(r.whole, STR(".bin")) || !zip_find(&b.zip, r.whole))
        return sniff_archive(&b.zip, source->name, e);
    if (!parts_read(&b, &mem, r.whole, e))
        return false;
    if (!b.sheet_count) /* another kind of document */
        return sniff_archive(&b.zip, source->name, e);
    if (!sheet_pick(&b, source->sheet, &picked, e) || !book_sheet_read(&b, picked, &t, e))
        return false;
    tell_others(&b, picked, &t);
    *out = t;
    return true;
}
