/* The lines before the first initiative: who plans, for which year, under which title. */
#include "ingest/inner.h"

#include "base/banned.h"

enum { NAME_CHARS = 24 /* a longer text before 運営方針 is no name */ };

/* The stretch of `line` before byte `to`, between years, that ends like the name of an
 * organisation. */
static str organisation_in(struct reader *r, str line, size_t to)
{
    size_t from = 0, i = 0, n = 0, year_n, at;
    str best = { 0 };

    while (i <= to) {
        bool end = i == to;
        uint32_t c = end ? 0 : char_at(line, i, &n);
        bool may = c && year_may_begin(r, c);
        size_t year = may && year_at(r, line, i, false, &year_n) ? year_n : 0;

        if (end || year || char_opens(c) || char_closes(c) || char_is_blank(c)) {
            str name = view_between(line, from, i);

            if (name.n && utf8_count(name) <= NAME_CHARS
                && word_ends(r, WORDS_ORGANISATION, name, &at) && at > 0)
                best = name;
            from = i + (year ? year : n);
        }
        if (end)
            break;
        i += year ? year : n;
    }
    return best;
}

void head_line(struct reader *r, str line)
{
    struct plan *p = r->plan;
    size_t at = line.n, n, year_pos;
    bool is_title = lexicon_document(r->form->index, line, &at);
    int year = year_find(r, line, 0, &year_pos, &n);
    bool is_short = utf8_count(line) <= (size_t)2 * NAME_CHARS;
    str name;

    if (!is_title && !is_short) {
        note_add(r, NOTE_UNREAD, line, STR(""));
        return;
    }
    year = year == YEAR_LAST ? 0 : year_western(r, year);
    if (year && !p->fiscal_year) {
        p->fiscal_year = year;
        p->fiscal_year_at = flow_span(&r->flow, (str){ line.p + year_pos, n });
        r->year_hint = year;
    }
    name = organisation_in(r, line, at);
    if (!name.n && at < line.n)
        name = organisation_in(r, line, line.n);
    if (name.n && !p->organisation.v.n)
        p->organisation = text_of(r, name);
    if (is_title && !p->title.v.n)
        p->title = text_of(r, line);
    else if (!is_title && !name.n && !year)
        note_add(r, NOTE_UNREAD, line, STR(""));
}
