/* Too much from one place, or from all. */
#include "web/flood.h"

#include "check.h"

static struct flood flood;

static int taken(const struct flood_rate *rate, const char *address, int tries, int64_t now_ms)
{
    int n = 0, wait_s;

    for (int i = 0; i < tries; i++)
        n += flood_take(&flood, rate, str_from(address), now_ms, &wait_s);
    return n;
}

static void one_address_gets_its_minute_and_no_more(void)
{
    const struct flood_rate rate = { "voice", 30, 0 };
    int wait_s = 0;

    flood_init(&flood);
    CHECK(taken(&rate, "192.0.2.1", 40, 1000000) == 30);
    CHECK(!flood_take(&flood, &rate, STR("192.0.2.1"), 1000000, &wait_s) && wait_s == 3);
    CHECK(taken(&rate, "192.0.2.1", 40, 1000000 + 20000) == 10); /* a third of a minute */
    CHECK(taken(&rate, "192.0.2.1", 99, 1000000 + 3600000) == 30);
    flood_done(&flood);
}

static void others_and_other_purposes_do_not_feel_it(void)
{
    const struct flood_rate voice = { "voice", 5, 0 }, receipt = { "receipt", 5, 0 };

    flood_init(&flood);
    CHECK(taken(&voice, "192.0.2.1", 9, 1000000) == 5);
    CHECK(taken(&voice, "192.0.2.2", 9, 1000000) == 5);
    CHECK(taken(&receipt, "192.0.2.1", 9, 1000000) == 5);
    flood_done(&flood);
}

static void all_together_get_so_many_a_second(void)
{
    const struct flood_rate rate = { "voice", 0, 100 };

    flood_init(&flood);
    CHECK(taken(&rate, "192.0.2.1", 500, 1000000) == 200); /* twice that in one go */
    CHECK(taken(&rate, "192.0.2.2", 500, 1000000) == 0);
    CHECK(taken(&rate, "192.0.2.2", 500, 1000500) == 50);
    flood_done(&flood);
}

static void a_proxy_that_was_not_named_is_not_one_person(void)
{
    const struct flood_rate rate = { "voice", 3, 0 };

    flood_init(&flood);
    CHECK(taken(&rate, "127.0.0.1", 500, 1000000) == 500);
    CHECK(taken(&rate, "::1", 500, 1000000) == 500);
    flood_done(&flood);
}

static void a_clock_that_is_set_back_gives_nothing_away(void)
{
    const struct flood_rate rate = { "voice", 3, 0 };

    flood_init(&flood);
    CHECK(taken(&rate, "192.0.2.1", 9, 1000000) == 3);
    CHECK(taken(&rate, "192.0.2.1", 9, 500000) == 0);
    flood_done(&flood);
}

int main(void)
{
    RUN(one_address_gets_its_minute_and_no_more);
    RUN(others_and_other_purposes_do_not_feel_it);
    RUN(all_together_get_so_many_a_second);
    RUN(a_proxy_that_was_not_named_is_not_one_person);
    RUN(a_clock_that_is_set_back_gives_nothing_away);
    return DONE();
}
