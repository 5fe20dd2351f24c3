/* gen_compare TRUTH GOT: how much of the truth `meguri check --format json` read. Both files
 * hold one JSON object a line; lines belong together by the file's name. Prints precision and
 * recall of every field and every rule, and each difference; exit status 0 only when all are
 * 1.000.
 *
 * A field that the truth does not hold is not compared, nor are rules other than those of its
 * "rules", where it has some; a list where the truth expects one value means "any of these".
 * Texts are equal when they differ only in blanks, numbers when they differ only in width and
 * thousands separators. */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROWS = 96, MAX_ENTRIES = 4096, SHOWN = 400 };

struct row {
    char name[64]; /* of a field or a rule */
    long right, wrong, missed;
};

struct score {
    struct row rows[MAX_ROWS];
    int count, shown;
    const char *file; /* being compared */
    int item;
};

static struct row *row_of(struct score *s, const char *name)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->rows[i].name, name) == 0)
            return &s->rows[i];
    if (s->count == MAX_ROWS) {
        fprintf(stderr, "gen_compare: too many fields\n");
        exit(2);
    }
    snprintf(s->rows[s->count].name, sizeof s->rows[0].name, "%s", name);
    return &s->rows[s->count++];
}

static void show(struct score *s, const char *what, const json_t *want, const json_t *got)
{
    char *w = json_dumps(want, JSON_ENCODE_ANY), *g = json_dumps(got, JSON_ENCODE_ANY);

    if (s->shown++ < SHOWN)
        printf("# %s item %d %s: expected %s, got %s\n", s->file, s->item, what,
               w ? w : "nothing", g ? g : "nothing");
    free(w);
    free(g);
}

/* ---- equality */

static size_t blank_at(const char *s)
{
    if (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')
        return 1;
    if (strncmp(s, "\xc2\xa0", 2) == 0)
        return 2;
    return strncmp(s, "\xe3\x80\x80", 3) == 0 ? 3 : 0;
}

/* The next byte that counts; full-width digits and signs of numbers as ASCII. */
static int next_byte(const char **s)
{
    static const char *const wide = "０１２３４５６７８９．，％";
    static const char narrow[] = "0123456789.,%";

    for (size_t n; (n = blank_at(*s)) > 0;)
        *s += n;
    for (size_t i = 0; narrow[i]; i++) {
        if (strncmp(*s, wide + 3 * i, 3) != 0)
            continue;
        *s += 3;
        return narrow[i];
    }
    return (unsigned char)*(*s)++;
}

static bool text_equal(const char *a, const char *b, bool number)
{
    for (;;) {
        int x, y;

        do
            x = next_byte(&a);
        while (number && x == ',');
        do
            y = next_byte(&b);
        while (number && y == ',');
        if (x != y)
            return false;
        if (!x)
            return true;
    }
}

static bool value_equal(const json_t *want, const json_t *got, bool number)
{
    if (json_is_array(want)) {
        for (size_t i = 0; i < json_array_size(want); i++)
            if (value_equal(json_array_get(want, i), got, number))
                return true;
        return false;
    }
    if (json_is_string(want) && json_is_string(got))
        return text_equal(json_string_value(want), json_string_value(got), number);
    if (json_is_null(want))
        return !got || json_is_null(got);
    return got && json_equal(want, got);
}

static bool is_number_field(const char *key)
{
    static const char *const keys[] = { "target", "baseline", "actual", "quantity" };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* Counts one value: right, wrong (something else was read) or missed. NULL: not compared. */
static void count(struct score *s, const char *what, const json_t *want, const json_t *got,
                  bool number)
{
    struct row *row = row_of(s, what);
    bool empty = !got || json_is_null(got);

    if (!want)
        return;
    if (value_equal(want, got, number)) {
        if (!empty)
            row->right++;
        return;
    }
    if (!empty)
        row->wrong++;
    if (!json_is_null(want))
        row->missed++;
    show(s, what, want, got);
}

/* Every member of `want` that is neither list nor object of its own, against `got`. */
static void count_members(struct score *s, const char *prefix, json_t *want, const json_t *got)
{
    const char *key;
    json_t *value;
    char what[64];

    json_object_foreach(want, key, value)
    {
        if (json_is_object(value)
            || (json_is_array(value) && json_is_object(json_array_get(value, 0))))
            continue;
        snprintf(what, sizeof what, "%s.%s", prefix, key);
        count(s, what, value, json_object_get(got, key), is_number_field(key));
    }
}

/* ---- lists */

/* Where `v` stands in a list of objects under `key`, from `skip` on; the length when nowhere.
 */
static size_t find_by(const json_t *list, const char *key, const json_t *v, const bool skip[])
{
    size_t n = json_array_size(list), i = 0;

    while (i < n
           && ((skip && skip[i])
               || !value_equal(v, json_object_get(json_array_get(list, i), key), false)))
        i++;
    return i;
}

/* The entry of `gots` that wants[at] is about: the one with the same name, else the one at its
 * place when nobody wants that one's name. Taken entries are marked in `used`. */
static json_t *entry_for(json_t *wants, size_t at, json_t *gots, const char *key, bool used[])
{
    const json_t *name = json_object_get(json_array_get(wants, at), key);
    size_t n = find_by(gots, key, name, used);

    if (n == json_array_size(gots)) {
        n = at;
        if (at >= json_array_size(gots) || used[at])
            return NULL;
        for (size_t i = 0; i < json_array_size(wants); i++)
            if (value_equal(json_object_get(json_array_get(wants, i), key),
                            json_object_get(json_array_get(gots, n), key), false))
                return NULL;
    }
    used[n] = true;
    return json_array_get(gots, n);
}

static void count_list(struct score *s, const char *prefix, const char *key, json_t *wants,
                       json_t *gots)
{
    bool used[MAX_ENTRIES] = { false };
    char what[64];

    if (!wants || json_array_size(gots) > MAX_ENTRIES)
        return;
    snprintf(what, sizeof what, "%s (number of)", prefix);
    for (size_t i = 0; i < json_array_size(wants); i++) {
        json_t *want = json_array_get(wants, i), *got = entry_for(wants, i, gots, key, used);

        row_of(s, what)->right += got != NULL;
        row_of(s, what)->missed += got == NULL;
        if (!got) {
            show(s, what, want, NULL);
            continue;
        }
        count_members(s, prefix, want, got);
        want = json_object_get(want, "reported");
        if (json_is_object(want) && json_is_object(json_object_get(got, "reported")))
            count_members(s, "reported", want, json_object_get(got, "reported"));
        else if (json_is_object(want))
            count(s, "reported.text", json_object_get(want, "text"), NULL, false);
    }
    for (size_t i = 0; i < json_array_size(gots); i++) {
        row_of(s, what)->wrong += !used[i];
        if (!used[i])
            show(s, what, NULL, json_array_get(gots, i));
    }
}

/* A list of plain values, place by place: outline entries, marks at mid-year. */
static void count_values(struct score *s, const char *what, json_t *wants, json_t *gots)
{
    size_t n = json_array_size(wants), m = json_array_size(gots);
    char length[64];

    if (!wants)
        return;
    snprintf(length, sizeof length, "%s (number of)", what);
    row_of(s, length)->right += (long)(n < m ? n : m);
    row_of(s, length)->missed += (long)(n > m ? n - m : 0);
    row_of(s, length)->wrong += (long)(m > n ? m - n : 0);
    if (n != m)
        show(s, length, wants, gots);
    for (size_t i = 0; i < n && i < m; i++)
        count(s, what, json_array_get(wants, i), json_array_get(gots, i), false);
}

static void count_initiative(struct score *s, json_t *want, json_t *got)
{
    json_t *wm = json_object_get(want, "midyear"), *gm = json_object_get(got, "midyear");
    static const char *const texts[] = { "title", "purpose" };

    for (int i = 0; i < 2; i++)
        count(s, texts[i], json_object_get(want, texts[i]), json_object_get(got, texts[i]),
              false);
    count_values(s, "outline", json_object_get(want, "outline"),
                 json_object_get(got, "outline"));
    count_list(s, "indicator", "name", json_object_get(want, "indicators"),
               json_object_get(got, "indicators"));
    count_list(s, "activity", "text", json_object_get(want, "activities"),
               json_object_get(got, "activities"));
    count_list(s, "unplanned", "text", json_object_get(want, "unplanned"),
               json_object_get(got, "unplanned"));
    count_values(s, "midyear.activities", json_object_get(wm, "activities"),
                 json_object_get(gm, "activities"));
    json_object_del(wm, "activities");
    count_members(s, "midyear", wm, gm);
    count_members(s, "evaluation", json_object_get(want, "evaluation"),
                  json_object_get(got, "evaluation"));
}

/* ---- findings */

/* Not compared: rules that need more than the document or leave open when they speak; for a
 * truth with "rules", every rule that it does not name. */
static bool is_compared(const json_t *truth, const char *rule)
{
    const json_t *named = json_object_get(truth, "rules");
    static const char *const open[] = { "C10", "C6", "C8", "P9" };

    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        if (strcmp(rule, open[i]) == 0)
            return false;
    for (size_t i = 0; i < json_array_size(named); i++)
        if (strcmp(json_string_value(json_array_get(named, i)), rule) == 0)
            return true;
    return !named && json_object_get(truth, "findings");
}

static bool finding_fits(const json_t *want, const json_t *got)
{
    const json_t *subject = json_object_get(want, "subject");

    return json_equal(json_object_get(want, "rule"), json_object_get(got, "rule"))
           && json_equal(json_object_get(want, "initiative"),
                         json_object_get(got, "initiative"))
           && (!json_is_string(subject) && !json_is_array(subject)
                   ? true
                   : value_equal(subject, json_object_get(got, "subject"), false));
}

/* Whether some finding of the truth, certain or possible, fits this one. */
static bool is_expected(const json_t *wants, const json_t *got)
{
    for (size_t i = 0; i < json_array_size(wants); i++)
        if (finding_fits(json_array_get(wants, i), got))
            return true;
    return false;
}

static bool is_found(const json_t *want, const json_t *gots)
{
    for (size_t i = 0; i < json_array_size(gots); i++)
        if (finding_fits(want, json_array_get(gots, i)))
            return true;
    return false;
}

/* What a finding says, without its sentence. */
static json_t *finding_brief(const json_t *f)
{
    return json_pack("{s:O?, s:O?}", "rule", json_object_get(f, "rule"), "subject",
                     json_object_get(f, "subject"));
}

static void count_expected(struct score *s, const json_t *wants, const json_t *gots)
{
    for (size_t i = 0; i < json_array_size(wants); i++) {
        const json_t *want = json_array_get(wants, i);
        struct row *row = row_of(s, json_string_value(json_object_get(want, "rule")));
        bool found = is_found(want, gots);

        if (!json_is_true(json_object_get(want, "certain")))
            continue;
        s->item = (int)json_integer_value(json_object_get(want, "initiative"));
        row->right += found;
        row->missed += !found;
        if (!found)
            show(s, "finding", json_object_get(want, "rule"), json_object_get(want, "subject"));
    }
}

static void count_findings(struct score *s, const json_t *truth, const json_t *document)
{
    const json_t *wants = json_object_get(truth, "findings");
    const json_t *gots = json_object_get(document, "findings");

    count_expected(s, wants, gots);
    for (size_t i = 0; i < json_array_size(gots); i++) {
        const json_t *got = json_array_get(gots, i);
        const char *rule = json_string_value(json_object_get(got, "rule"));
        json_t *brief;

        if (!rule || !is_compared(truth, rule) || is_expected(wants, got))
            continue;
        brief = finding_brief(got);
        s->item = (int)json_integer_value(json_object_get(got, "initiative"));
        row_of(s, rule)->wrong++;
        show(s, "finding", NULL, brief);
        json_decref(brief);
    }
}

/* ---- files */

static void count_document(struct score *s, json_t *want, json_t *got)
{
    json_t *wp = json_object_get(want, "plan"), *gp = json_object_get(got, "plan");
    json_t *wi = json_object_get(wp, "initiatives"), *gi = json_object_get(gp, "initiatives");
    static const char *const heads[] = { "organisation", "fiscal_year" };

    s->file = json_string_value(json_object_get(want, "file"));
    s->item = 0;
    for (int i = 0; i < 2; i++)
        if (json_object_get(wp, heads[i]))
            count(s, heads[i], json_object_get(wp, heads[i]), json_object_get(gp, heads[i]),
                  false);
    row_of(s, "initiative (number of)")->wrong +=
        json_array_size(gi) > json_array_size(wi)
            ? (long)(json_array_size(gi) - json_array_size(wi))
            : 0;
    for (size_t i = 0; i < json_array_size(wi); i++) {
        json_t *w = json_array_get(wi, i), *g = json_array_get(gi, i);

        s->item = (int)i + 1;
        row_of(s, "initiative (number of)")->right += g != NULL;
        row_of(s, "initiative (number of)")->missed += g == NULL;
        count(s, "number", json_object_get(w, "number"), json_object_get(g, "number"), false);
        count_initiative(s, w, g);
    }
    count_findings(s, want, got);
}

/* All lines of a file, by the last part of their "file". */
static json_t *load(const char *path)
{
    FILE *f = fopen(path, "rb");
    json_t *all = json_object(), *line;
    json_error_t e;

    if (!f) {
        fprintf(stderr, "gen_compare: cannot read %s\n", path);
        exit(2);
    }
    while ((line = json_loadf(f, JSON_DISABLE_EOF_CHECK, &e)) != NULL) {
        const char *name = json_string_value(json_object_get(line, "file"));
        const char *slash = name ? strrchr(name, '/') : NULL;

        json_object_set_new(all, slash ? slash + 1 : name ? name : "?", line);
    }
    fclose(f);
    return all;
}

static bool report(const struct score *s, size_t files)
{
    bool perfect = files > 0;

    printf("%-32s %9s %9s %9s %9s %9s\n", "field or rule", "right", "wrong", "missed",
           "precision", "recall");
    for (int i = 0; i < s->count; i++) {
        const struct row *r = &s->rows[i];
        long got = r->right + r->wrong, want = r->right + r->missed;

        printf("%-32s %9ld %9ld %9ld %9.3f %9.3f\n", r->name, r->right, r->wrong, r->missed,
               got ? (double)r->right / (double)got : 1.0,
               want ? (double)r->right / (double)want : 1.0);
        perfect = perfect && r->wrong == 0 && r->missed == 0;
    }
    printf("%zu documents\n", files);
    return perfect;
}

int main(int argc, char **argv)
{
    static struct score s;
    json_t *want, *got, *truth;
    const char *name;
    bool perfect;

    if (argc != 3) {
        fprintf(stderr, "usage: gen_compare TRUTH GOT\n");
        return 2;
    }
    want = load(argv[1]);
    got = load(argv[2]);
    json_object_foreach(want, name, truth)
        count_document(&s, truth, json_object_get(got, name));
    perfect = report(&s, json_object_size(want));
    json_decref(want);
    json_decref(got);
    return perfect ? 0 : 1;
}
