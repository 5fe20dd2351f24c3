#!/bin/sh
# The checkers of tools/: the tree passes, and each planted fault is found and named.
. "$(dirname "$0")/lib.sh"

plant() { # file, line: at the end of a copy of the tree's sources
    [ -d tree ] || {
        mkdir tree
        cp -R "$TOP/src" "$TOP/tools" tree/
    }
    mkdir -p "tree/$(dirname "$1")"
    echo "$2" >>"tree/$1"
}
found_by() { # checker, what it says
    run "$TOP/tools/$1" tree
    status_is 1
    out_has "$2"
}

the_tree_keeps_its_layers() { holds "$TOP/tools/check-layers"; }
the_sources_keep_the_house_rules() { holds "$TOP/tools/check-src"; }
the_pure_rooms_are_pure() { holds "$TOP/tools/check-pure" "$TOP/build"; }

an_include_that_looks_up_is_found() {
    plant src/base/planted.c '#include "model/model.h"'
    found_by check-layers "src/base/planted.c:1: base must not know model"
}
an_include_that_looks_sideways_is_found() {
    plant src/ingest/planted.c '#include "audit/audit.h"'
    found_by check-layers "ingest must not know audit"
}
audit_may_use_measure_but_not_the_other_way_round() {
    plant src/audit/planted.c '#include "measure/measure.h"'
    run "$TOP/tools/check-layers" tree
    status_is 0
    plant src/measure/planted.c '#include "audit/audit.h"'
    found_by check-layers "measure must not know audit"
}
a_private_header_of_another_room_is_found() {
    plant src/web/planted.c '#include "store/inner.h"'
    found_by check-layers "store/inner.h is private"
}
a_way_round_through_folders_is_found() {
    plant src/render/planted.c '#include "../store/store.h"'
    found_by check-layers "not a way through folders"
}
an_unfinished_mark_is_found() {
    plant src/base/planted.c "/* TO""DO: later */"
    found_by check-src "src/base/planted.c:1: unfinished"
}
an_unbounded_function_is_found() {
    plant src/base/planted.c 'void f(char *a) { strcpy(a, "b"); }'
    found_by check-src "src/base/planted.c:1: unbounded function"
}
raw_memory_outside_base_is_found() {
    plant src/base/planted.c 'void *g(void) { return malloc(1); }'
    plant src/web/planted.c 'void *f(void) { return malloc(1); }'
    found_by check-src "src/web/planted.c:1: raw memory"
    out_lacks "src/base/planted.c"
}
sql_in_c_is_found() {
    plant src/store/planted.c 'const char *s = "SELECT 1";'
    found_by check-src "src/store/planted.c:1: SQL in C"
}
a_path_of_a_machine_is_found() {
    plant src/cli/planted.c "const char *s = \"/ho""me/somebody/data\";"
    found_by check-src "src/cli/planted.c:1: path of a machine"
}
a_file_that_is_too_long_is_found() {
    plant src/cli/planted.c "$(seq -f 'int v%.0f;' 900)"
    found_by check-src "src/cli/planted.c:900: longer than 800 lines"
}

test_of the_tree_keeps_its_layers
test_of the_sources_keep_the_house_rules
test_of the_pure_rooms_are_pure
test_of an_include_that_looks_up_is_found
test_of an_include_that_looks_sideways_is_found
test_of audit_may_use_measure_but_not_the_other_way_round
test_of a_private_header_of_another_room_is_found
test_of a_way_round_through_folders_is_found
test_of an_unfinished_mark_is_found
test_of an_unbounded_function_is_found
test_of raw_memory_outside_base_is_found
test_of sql_in_c_is_found
test_of a_path_of_a_machine_is_found
test_of a_file_that_is_too_long_is_found
test_end
