/* The table of rules is complete: what a reader of the manual, a script and SARIF rely on. */
#include "audit/inner.h"
#include "check.h"

static bool has_texts(const str texts[LANG_COUNT])
{
    return texts[LANG_JA].n && texts[LANG_EN].n && !str_eq(texts[LANG_JA], texts[LANG_EN]);
}

static int functions(const struct rule_run *r)
{
    return (r->plan != NULL) + (r->initiative != NULL) + (r->indicator != NULL)
           + (r->planned != NULL) + (r->reported != NULL);
}

static void every_rule_is_explained_in_both_languages(void)
{
    size_t n;
    const struct audit_rule_info *r = audit_rules(&n);

    for (size_t i = 0; i < n; i++) {
        CHECK(has_texts(r[i].title));
        CHECK(has_texts(r[i].explain));
        CHECK(has_texts(r[i].example));
        CHECK(has_texts(r[i].silence));
    }
}

static void every_rule_is_one_function(void)
{
    size_t n;
    const struct audit_rule_info *r = audit_rules(&n);

    for (size_t i = 0; i < n; i++)
        CHECK(functions(r[i].run) == 1);
}

static void identifiers_are_the_stable_ones_and_each_stands_once(void)
{
    static const char *const IDS[] = { "P1",  "P2",  "P3", "P4", "P5", "P6", "P7", "P8",
                                       "P9",  "D1",  "D2", "D3", "D4", "D5", "D6", "C1",
                                       "C2",  "C3",  "C4", "C5", "C6", "C7", "C8", "C9",
                                       "C10", "C11", "A1", "A2", "A3", "F1", "F2", "F3" };
    size_t n;
    const struct audit_rule_info *r = audit_rules(&n);

    CHECK(n == sizeof IDS / sizeof *IDS);
    for (size_t i = 0; i < n; i++)
        CHECK(str_eq(r[i].id, str_from(IDS[i])));
}

static void only_broken_rules_of_the_form_are_errors(void)
{
    size_t n;
    const struct audit_rule_info *r = audit_rules(&n);

    for (size_t i = 0; i < n; i++) {
        const bool is_form = str_eq(r[i].id, STR("C2")) || str_eq(r[i].id, STR("C3"))
                             || str_eq(r[i].id, STR("A1"));

        CHECK((r[i].severity == SEVERITY_ERROR) == is_form);
    }
}

int main(void)
{
    RUN(every_rule_is_explained_in_both_languages);
    RUN(every_rule_is_one_function);
    RUN(identifiers_are_the_stable_ones_and_each_stands_once);
    RUN(only_broken_rules_of_the_form_are_errors);
    return DONE();
}
