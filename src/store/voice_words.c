/* The texts of voices that can be searched, and their index. As with paragraphs (project.c)
 * the new ones of a transaction are indexed by one statement at its end. */
#include "store/voice_inner.h"

#include "base/banned.h"

static bool index_add(struct conn *c, int64_t first, int64_t last, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, Q_VOICE_INDEX_ADD);

    put_int(&q, first);
    put_int(&q, last);
    return query_run(&q, e);
}

/* A tag without the marks around it. */
static str tag_word(str tag)
{
    return str_take(str_skip(tag, 1), tag.n - 2);
}

str voice_scope(struct arena *a, str organisation, bool is_public, str tag)
{
    const str word = tag_word(tag);

    return str_fmt(a, "\x01%.*s/%d/%.*s", STR_ARG(organisation), is_public, STR_ARG(word));
}

str voice_tag(struct arena *a, const struct facet_value *v)
{
    const str word = facet_word(v->facet);

    return str_fmt(a, "\x01%.*s=%.*s\x01", STR_ARG(word), STR_ARG(v->value));
}

str voice_year_tag(struct arena *a, int fiscal_year)
{
    return str_fmt(a, "\x01year=%d\x01", fiscal_year);
}

/* Whose, for whom and what in one word of the index each, so that a search joins few lists. */
static str scope_of(const struct spot *s, const struct voice_worded *w)
{
    struct buf b;

    buf_init(&b, s->a, 512, SIZE_MAX);
    buf_put(&b, voice_scope(s->a, s->organisation, w->is_public,
                            voice_year_tag(s->a, s->fiscal_year)));
    for (uint32_t i = 0; i < w->facet_count; i++)
        buf_put(&b, voice_scope(s->a, s->organisation, w->is_public,
                                voice_tag(s->a, &w->facets[i])));
    return buf_str(&b);
}

bool voice_words_put(const struct spot *s, const struct voice_worded *w, struct err *e)
{
    AUTO(query_end) struct query q = query_on(s->c, Q_VOICE_WORDS_ADD);

    if (!w->text.n)
        return true;
    put_int(&q, w->seq);
    put_text(&q, s->organisation);
    put_int(&q, s->fiscal_year);
    put_int(&q, s->number);
    put_int(&q, w->is_public);
    put_text(&q, w->text);
    put_text(&q, scope_of(s, w));
    if (!query_run(&q, e))
        return false;
    if (s->c->without_index)
        return true;
    if (w->seq < s->c->first_new)
        return index_add(s->c, w->seq, w->seq, e);
    s->c->has_new_voices = true;
    return true;
}

static bool by_id(struct conn *c, enum sql statement, int64_t seq, struct err *e)
{
    AUTO(query_end) struct query q = query_on(c, statement);

    put_int(&q, seq);
    return query_run(&q, e);
}

bool voice_words_forget(const struct spot *s, int64_t seq, struct err *e)
{
    const bool is_indexed = !s->c->without_index && (!s->c->first_new || seq < s->c->first_new);

    return (!is_indexed || by_id(s->c, Q_VOICE_INDEX_DROP, seq, e))
           && by_id(s->c, Q_VOICE_WORDS_DROP, seq, e);
}

bool voice_words_flush(struct conn *c, struct err *e)
{
    if (!c->has_new_voices)
        return true;
    c->has_new_voices = false;
    return index_add(c, c->first_new, INT64_MAX, e);
}
