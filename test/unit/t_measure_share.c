/* How many people stand behind a percentage. Expected values were found by trying every k/n
 * with Python's decimal. */
#include "measure/measure.h"
#include "check.h"

static void two_shares_of_one_council_tell_its_size(void)
{
    const dec shares[] = { { 636, 1 }, { 818, 1 } };

    CHECK(measure_smallest_n(shares, 2, 1000) == 11);
}

static void a_half_needs_two_people(void)
{
    CHECK(measure_smallest_n(&(dec){ 500, 1 }, 1, 1000) == 2);
}

static void nobody_and_everybody_need_one(void)
{
    const dec shares[] = { { 0, 0 }, { 100, 0 } };

    CHECK(measure_smallest_n(shares, 2, 10) == 1);
}

static void a_half_is_rounded_up(void)
{
    CHECK(measure_smallest_n(&(dec){ 13, 0 }, 1, 1000) == 8); /* 1/8 = 12.5% is printed as 13%
                                                               */
}

static void more_decimals_need_more_people(void)
{
    CHECK(measure_smallest_n(&(dec){ 9015, 2 }, 1, 1000) == 132); /* 119/132 */
}

static void no_number_of_people_gives_more_than_all(void)
{
    CHECK(measure_smallest_n(&(dec){ 1012, 1 }, 1, 1000) == 0);
    CHECK(measure_smallest_n(&(dec){ -1, 0 }, 1, 1000) == 0);
}

static void the_search_ends_at_its_limit(void)
{
    CHECK(measure_smallest_n(&(dec){ 1, 1 }, 1, 600) == 0); /* 0.1% needs 667 */
    CHECK(measure_smallest_n(&(dec){ 1, 1 }, 1, 667) == 667);
}

static void no_shares_say_nothing(void)
{
    CHECK(measure_smallest_n(NULL, 0, 1000) == 0);
}

int main(void)
{
    RUN(two_shares_of_one_council_tell_its_size);
    RUN(a_half_needs_two_people);
    RUN(nobody_and_everybody_need_one);
    RUN(a_half_is_rounded_up);
    RUN(more_decimals_need_more_people);
    RUN(no_number_of_people_gives_more_than_all);
    RUN(the_search_ends_at_its_limit);
    RUN(no_shares_say_nothing);
    return DONE();
}
