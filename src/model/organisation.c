/* Keys of organisations, and counts of verdicts. */
#include "model/model.h"
#include "base/banned.h"

/* 全国地方公共団体コード: weights 6, 5, 4, 3, 2 on the five digits; the check digit is the last
 * digit of 11 minus the remainder of the sum by 11 (総務省 「全国地方公共団体コード仕様」).
 * 27100 -> 51 mod 11 = 7 -> 4. */
bool organisation_code_is_valid(str code)
{
    unsigned sum = 0;

    if (code.n != 6)
        return false;
    for (size_t i = 0; i < 6; i++)
        if (code.p[i] < '0' || code.p[i] > '9')
            return false;
    for (size_t i = 0; i < 5; i++)
        sum += (unsigned)(code.p[i] - '0') * (unsigned)(6 - i);
    return (unsigned)(code.p[5] - '0') == (11 - sum % 11) % 10;
}

bool organisation_key_is_valid(str key)
{
    if (key.n && key.p[0] >= '0' && key.p[0] <= '9')
        return organisation_code_is_valid(key);
    if (key.n < 2 || key.n > 40 || key.p[0] == '-')
        return false;
    for (size_t i = 0; i < key.n; i++) {
        const char c = key.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}

void model_tally(const struct initiative *i, struct tally *add_to)
{
    add_to->indicators += i->indicator_count;
    for (uint32_t k = 0; k < i->indicator_count; k++) {
        add_to->by_verdict[i->indicators[k].verdict]++;
        add_to->with_result += i->indicators[k].actual.is_set;
    }
}
