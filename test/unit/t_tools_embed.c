/* What tools/embed.c made of test/fixtures/embed at build time. */
#include "base/embed.h"
#include "embed_sample_sql.h"
#include "check.h"

#include <string.h>

extern const struct embedded SAMPLE[];
extern const size_t SAMPLE_N;

static void a_file_keeps_its_name_below_the_root_and_its_bytes(void)
{
    CHECK(SAMPLE_N == 2);
    CHECK_STR(SAMPLE[0].name, "one.txt");
    CHECK(SAMPLE[0].end - SAMPLE[0].data == 4);
    CHECK(memcmp(SAMPLE[0].data, "one\n", 5) == 0); /* with the NUL that follows */
}

static void an_empty_file_is_an_empty_file(void)
{
    CHECK_STR(SAMPLE[1].name, "empty.txt");
    CHECK(SAMPLE[1].end == SAMPLE[1].data);
    CHECK(SAMPLE[2].name == NULL);
}

static void a_statement_is_its_lines_without_the_comments(void)
{
    CHECK_STR(SQL_WARD_RENAME, "UPDATE \"ward\" SET name = ?1\n WHERE id = ?2;\n");
    CHECK_STR(SQL_WARD_COUNT, "SELECT count(*) FROM ward;\n");
}

static void an_override_for_postgresql_stands_beside_the_statement(void)
{
    CHECK_STR(SQL_PG_WARD_COUNT, "SELECT sum(1) FROM ward;\n");
}

static void the_list_names_every_statement_once(void)
{
#define NAME_OF(name, text) name " "
    CHECK_STR(SQL_LIST(NAME_OF), "ward_rename ward_count pg:ward_count ");
#undef NAME_OF
}

static void each_shared_statement_has_a_number_and_the_texts_stand_in_that_order(void)
{
    static const char *const texts[] = { SQL_TEXTS };

    CHECK(Q_COUNT == 2);
    CHECK(sizeof texts / sizeof *texts == Q_COUNT);
    CHECK_STR(texts[Q_WARD_RENAME], SQL_WARD_RENAME);
    CHECK_STR(texts[Q_WARD_COUNT], SQL_WARD_COUNT);
}

int main(void)
{
    RUN(a_file_keeps_its_name_below_the_root_and_its_bytes);
    RUN(an_empty_file_is_an_empty_file);
    RUN(a_statement_is_its_lines_without_the_comments);
    RUN(an_override_for_postgresql_stands_beside_the_statement);
    RUN(the_list_names_every_statement_once);
    RUN(each_shared_statement_has_a_number_and_the_texts_stand_in_that_order);
    return DONE();
}
