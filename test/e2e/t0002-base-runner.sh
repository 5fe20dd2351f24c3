#!/bin/sh
# test/run adds up what test programs say, and takes no silence for a pass.
. "$(dirname "$0")/lib.sh"

tests_that_say() { # name, body of a script: one more program in a tree that has no others
    mkdir -p tree/test/e2e tree/build/test
    cp "$TOP/test/run" tree/test/
    : >tree/build/test/programs
    printf '#!/bin/sh\n%s\n' "$2" >"tree/test/e2e/t$1.sh"
    chmod +x "tree/test/e2e/t$1.sh"
}
run_them() { run env -u MEGURI_BUILD tree/test/run -not web; }
closing_line_is() { [ "$(tail -n 1 out)" = "$1" ] || { bad "the closing line is: $1"; show out; }; }

passes_and_skips_are_added_up() {
    tests_that_say 1 'echo "ok 1 - a"; echo "ok 2 - b # SKIP not here"; echo 1..2'
    tests_that_say 2 'echo "ok 1 - c"; echo 1..1'
    tests_that_say 3 'echo "1..0 # SKIP nothing to do"'
    run_them
    status_is 0
    closing_line_is "2 passed, 0 failed, 2 skipped"
}
a_failure_fails_the_run_and_says_why() {
    tests_that_say 1 'echo "# not so: 1 == 2"; echo "not ok 1 - a"; echo "ok 2 - b"; echo 1..2; exit 1'
    run_them
    status_is 1
    out_has "not so: 1 == 2"
    closing_line_is "1 passed, 1 failed, 0 skipped"
}
a_crash_after_the_last_test_is_a_failure() {
    tests_that_say 1 'echo "ok 1 - a"; echo 1..1; kill -SEGV $$'
    run_them
    status_is 1
    closing_line_is "1 passed, 1 failed, 0 skipped"
}
a_program_that_stops_half_way_is_a_failure() {
    tests_that_say 1 'echo "ok 1 - a"'
    tests_that_say 2 'echo 1..3; echo "ok 1 - a"; echo "ok 2 - b"'
    run_them
    status_is 1
    closing_line_is "3 passed, 2 failed, 0 skipped"
}
a_program_that_says_nothing_is_a_failure() {
    tests_that_say 1 'true'
    run_them
    status_is 1
    closing_line_is "0 passed, 1 failed, 0 skipped"
}
a_run_without_tests_is_no_success() {
    tests_that_say 1 true
    rm tree/test/e2e/t1.sh
    run_them
    status_is 1
    closing_line_is "0 passed, 0 failed, 0 skipped"
}

test_of passes_and_skips_are_added_up
test_of a_failure_fails_the_run_and_says_why
test_of a_crash_after_the_last_test_is_a_failure
test_of a_program_that_stops_half_way_is_a_failure
test_of a_program_that_says_nothing_is_a_failure
test_of a_run_without_tests_is_no_success
test_end
