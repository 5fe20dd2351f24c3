/*
 * Prints every named statement of the store as psql can take it: ?1 becomes $1, the overrides
 * for PostgreSQL replace what they override, and each is prepared under its own name. What
 * cannot be prepared (BEGIN and its kind) is run. For test/e2e/t1960-import-postgresql.sh.
 */
#include "store_sql.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct statement {
    const char *name, *text;
};
#define ROW(name, text) { name, text },
static const struct statement ALL[] = { SQL_LIST(ROW) };
enum { COUNT = sizeof ALL / sizeof *ALL };

static const char *override_of(const char *name)
{
    for (int i = 0; i < COUNT; i++)
        if (strncmp(ALL[i].name, "pg:", 3) == 0 && strcmp(ALL[i].name + 3, name) == 0)
            return ALL[i].text;
    return NULL;
}

static int is_shared(const char *name)
{
    for (int i = 0; i < COUNT; i++)
        if (strcmp(ALL[i].name, name) == 0)
            return 1;
    return 0;
}

static int is_utility(const char *text)
{
    static const char *const WORDS[] = { "BEGIN", "COMMIT", "ROLLBACK", "REINDEX" };

    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strncmp(text, WORDS[i], strlen(WORDS[i])) == 0)
            return 1;
    return 0;
}

static void print(const char *name, const char *text)
{
    printf("\\echo %s\n", name);
    assert(text); /* each statement has its words */
    if (!is_utility(text))
        printf("PREPARE %s AS ", name);
    for (; *text; text++)
        putchar(*text == '?' && text[1] >= '1' && text[1] <= '9' ? '$' : *text);
}

int main(void)
{
    int status = 0;

    /* the temporary tables that some statements compare with */
    printf("%s\\gexec\n", SQL_PG_MIGRATION_DERIVED);
    for (int i = 0; i < COUNT; i++) {
        const char *name = ALL[i].name, *other;

        if (strncmp(name, "pg:", 3) != 0) {
            other = override_of(name);
            print(name, other ? other : ALL[i].text);
        } else if (!is_shared(name + 3)) {
            fprintf(stderr, "sql_print: %s overrides nothing\n", name);
            status = 1;
        }
    }
    return status;
}
