/* Sixteen bytes at a time say what sixteen bytes one by one say. */
#include "base/lanes.h"

#include "check.h"

enum { TURNS = 20000 };

/* Numbers that repeat from run to run (Knuth's MMIX generator). */
static uint64_t seed = 1;

static unsigned next(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 56);
}

static void fill(char text[LANES])
{
    for (int i = 0; i < LANES; i++)
        text[i] = (char)next();
}

static void each_test_is_true_of_the_bytes_it_names(void)
{
    char text[LANES];

    for (int turn = 0; turn < TURNS; turn++) {
        const uint8_t byte = (uint8_t)next();
        lanes v;

        fill(text);
        v = lanes_load(text);
        for (uint32_t i = 0; i < LANES; i++) {
            const uint8_t c = (uint8_t)text[i];

            CHECK((lanes_mask(lanes_equal(v, byte)) >> i & 1) == (c == byte));
            CHECK((lanes_mask(lanes_below(v, byte)) >> i & 1) == (c < byte));
            CHECK((lanes_mask(lanes_above(v, (int8_t)byte)) >> i & 1)
                  == ((int8_t)c > (int8_t)byte));
        }
        CHECK(lanes_mask(v) >> LANES == 0);
    }
}

static void bits_and_bytes_are_counted(void)
{
    char text[LANES];

    for (int turn = 0; turn < TURNS; turn++) {
        const uint32_t w = (uint32_t)next() << 24 | next() << 16 | next() << 8 | next();
        unsigned bits = 0, odd = 0;

        for (uint32_t rest = w; rest; rest >>= 1)
            bits += rest & 1;
        CHECK(bits_count(w) == bits);
        fill(text);
        for (int i = 0; i < LANES; i++)
            odd += text[i] & 1;
        CHECK(lanes_sum(lanes_load(text) & 1) == odd);
    }
    CHECK(bits_count(0) == 0 && bits_count(UINT32_MAX) == 32);
}

int main(void)
{
    RUN(each_test_is_true_of_the_bytes_it_names);
    RUN(bits_and_bytes_are_counted);
    return DONE();
}
