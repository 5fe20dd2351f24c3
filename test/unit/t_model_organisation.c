/* Codes and keys of organisations. */
#include "model/model.h"
#include "check.h"

static void the_check_digit_of_a_code_decides(void)
{
    CHECK(organisation_code_is_valid(STR("271004"))); /* 大阪市 */
    CHECK(organisation_code_is_valid(STR("271284"))); /* 大阪市中央区 */
    CHECK(organisation_code_is_valid(STR("131016"))); /* 千代田区 */
    CHECK(organisation_code_is_valid(STR("011002"))); /* 札幌市 */
    CHECK(!organisation_code_is_valid(STR("271285")));
    CHECK(!organisation_code_is_valid(STR("721004"))); /* two digits exchanged */
    CHECK(!organisation_code_is_valid(STR("27128")));
    CHECK(!organisation_code_is_valid(STR("2712844")));
    CHECK(!organisation_code_is_valid(STR("27128x")));
    CHECK(!organisation_code_is_valid(STR("")));
}

static void a_key_is_a_right_code_or_a_slug(void)
{
    CHECK(organisation_key_is_valid(STR("271284")));
    CHECK(organisation_key_is_valid(STR("minamo")));
    CHECK(organisation_key_is_valid(STR("ward-0a1b2c3d")));
    CHECK(organisation_key_is_valid(STR("ab")));
    CHECK(!organisation_key_is_valid(STR("a")));
    CHECK(!organisation_key_is_valid(STR("271285")));
    CHECK(!organisation_key_is_valid(STR("Minamo")));
    CHECK(!organisation_key_is_valid(STR("-minamo")));
    CHECK(!organisation_key_is_valid(STR("mi/namo")));
    CHECK(!organisation_key_is_valid(STR("mi..namo")));
    CHECK(!organisation_key_is_valid(STR("みなも")));
    CHECK(!organisation_key_is_valid(STR("a2345678901234567890123456789012345678901")));
    CHECK(!organisation_key_is_valid(STR("")));
}

int main(void)
{
    RUN(the_check_digit_of_a_code_decides);
    RUN(a_key_is_a_right_code_or_a_slug);
    return DONE();
}
