#!/bin/sh
# The house itself: what scripts rely on.
. "$(dirname "$0")/lib.sh"

without_a_command_it_says_how_to_use_it() {
    run meguri
    status_is 2
    err_has "meguri"
}

test_of without_a_command_it_says_how_to_use_it
test_end
