/* Names of fields against the table of a form. Pure; bodies are read with it. */
#include "web/fields.h"

#include "base/banned.h"

enum { STAR_BYTES = 64 };

static bool is_star_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool field_name_fits(str pattern, str name, str *key)
{
    bool is_first = true;

    while (pattern.n) {
        size_t n = 0;

        if (pattern.p[0] != '*') {
            if (!name.n || name.p[0] != pattern.p[0])
                return false;
            name = str_skip(name, 1);
        } else {
            while (n < name.n && n < STAR_BYTES && is_star_char(name.p[n]))
                n++;
            if (n == 0)
                return false;
            if (is_first)
                *key = str_take(name, n);
            is_first = false;
            name = str_skip(name, n);
        }
        pattern = str_skip(pattern, 1);
    }
    return name.n == 0;
}

const struct field *field_find(const struct field *table, str name)
{
    str key;

    for (const struct field *f = table; f && f->name; f++) {
        if (field_name_fits(str_from(f->name), name, &key))
            return f;
    }
    return NULL;
}
