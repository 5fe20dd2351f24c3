/* Process-behaviour charts. */
#include "measure/measure.h"
#include "check.h"

#include <math.h>

static void limits_are_those_of_the_textbook(void)
{
    const double v[] = { 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1 };
    struct behaviour b;
    uint8_t signal[10];

    CHECK(measure_xmr(v, 10, &b, signal));
    CHECK(fabs(b.mean - 50.81) < 1e-9);
    CHECK(fabs(b.moving_range - 1.8777777778) < 1e-9);
    CHECK(fabs(b.low - 45.8175883) < 1e-6);
    CHECK(fabs(b.high - 55.8024117) < 1e-6);
    for (int i = 0; i < 10; i++)
        CHECK(signal[i] == 0);
}

static void a_point_beyond_a_limit_is_a_signal(void)
{
    const double v[] = { 5, 6, 5, 6, 5, 6, 5, 6, 40 };
    struct behaviour b;
    uint8_t signal[9];

    CHECK(measure_xmr(v, 9, &b, signal));
    CHECK(signal[8] & SIGNAL_OUTSIDE);
    CHECK(!(signal[7] & SIGNAL_OUTSIDE));
}

static void eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not(void)
{
    const double eight[] = { 1, 9, 1, 9, 1, 9, 1, 9, 6, 6, 6, 6, 6, 6, 6, 6 };
    const double seven[] = { 1, 9, 1, 9, 1, 9, 1, 9, 1, 6, 6, 6, 6, 6, 6, 6 };
    struct behaviour b;
    uint8_t signal[16];

    CHECK(measure_xmr(eight, 16, &b, signal));
    CHECK(signal[15] & SIGNAL_RUN && signal[8] & SIGNAL_RUN);
    CHECK(!(signal[2] & SIGNAL_RUN));
    CHECK(measure_xmr(seven, 16, &b, signal));
    CHECK(!(signal[15] & SIGNAL_RUN));
}

static void fewer_than_eight_points_are_only_a_line(void)
{
    const double v[] = { 3, 4, 5, 4, 3, 4, 5 };
    struct behaviour b;
    uint8_t signal[7];

    CHECK(!measure_xmr(v, 7, &b, signal));
    CHECK(fabs(b.mean - 4) < 1e-12);
}

static void equal_counts_are_no_signal(void)
{
    double v[36];
    struct behaviour b;
    uint8_t signal[36];

    for (int i = 0; i < 36; i++)
        v[i] = 1;
    CHECK(measure_xmr(v, 36, &b, signal));
    for (int i = 0; i < 36; i++)
        CHECK(signal[i] == 0);
}

int main(void)
{
    RUN(limits_are_those_of_the_textbook);
    RUN(a_point_beyond_a_limit_is_a_signal);
    RUN(eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not);
    RUN(fewer_than_eight_points_are_only_a_line);
    RUN(equal_counts_are_no_signal);
    return DONE();
}
