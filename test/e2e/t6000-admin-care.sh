#!/bin/sh
# Looking after the data: verify, rebuild, backup, restore, org, doctor.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

stored() { meguri import --apply "$SAMPLES"/*-20??.* >/dev/null; }

verify_says_that_all_is_well() {
    stored
    run meguri verify
    status_is 0
    out_has "すべて保存したときのままです"
    run meguri verify --format json
    out_has '"faults":[]'
}

verify_names_a_changed_record() {
    stored
    sqlite3 meguri.db "UPDATE record SET body = replace(body, '窓口', '窗口') WHERE entity = 'plan/2023/initiative/3'"
    run meguri verify
    status_is 1
    out_has "plan/2023/initiative/3"
    out_has "書き換えられています"
    run meguri verify --format json
    status_is 1
    out_has "plan/2023/initiative/3"
}

# Flips one bit of every 4099th byte in turn: whatever lies there, either verify says so or
# nothing that anybody can ask for has changed.
a_flipped_bit_anywhere_is_found_or_harmless() {
    stored
    sqlite3 meguri.db "SELECT hash, body FROM record ORDER BY seq" >before
    size=$(stat -c %s meguri.db)
    at=100
    while [ "$at" -lt "$size" ]; do
        cp meguri.db flipped.db
        byte=$(od -An -tu1 -j "$at" -N 1 flipped.db | tr -d ' ')
        printf "\\$(printf %o $((byte ^ 4)))" | dd of=flipped.db bs=1 seek="$at" conv=notrunc 2>/dev/null
        run meguri verify --data flipped.db
        if [ "$status" -eq 0 ]; then
            sqlite3 flipped.db "SELECT hash, body FROM record ORDER BY seq" >after 2>/dev/null
            cmp -s before after || bad "byte $at was changed and verify did not see it"
        fi
        at=$((at + 16411))
    done
}

rebuild_mends_what_was_derived() {
    stored
    sqlite3 meguri.db "DELETE FROM activity; UPDATE plan SET met = 99"
    run meguri verify
    status_is 1
    out_has "meguri rebuild"
    run meguri rebuild
    status_is 0
    run meguri verify
    status_is 0
}

a_rebuild_leaves_the_tables_as_they_were() {
    stored
    for t in log organisation source plan initiative indicator activity finding paragraph; do
        sqlite3 meguri.db "SELECT '$t', * FROM $t"
    done >before
    meguri rebuild >/dev/null
    for t in log organisation source plan initiative indicator activity finding paragraph; do
        sqlite3 meguri.db "SELECT '$t', * FROM $t"
    done >after
    same before after
    holds test -s before
}

a_copy_can_be_restored() {
    stored
    run meguri backup copy.db
    status_is 0
    run meguri backup copy.db
    status_is 2
    err_has "すでにあります"
    run meguri restore copy.db
    status_is 2
    rm meguri.db
    run meguri restore copy.db
    status_is 0
    run meguri org list
    out_has "みなも区"
}

a_damaged_copy_is_not_restored() {
    stored
    meguri backup copy.db >/dev/null
    rm meguri.db
    sqlite3 copy.db "UPDATE record SET reason = 'x' WHERE seq = 3"
    run meguri restore copy.db
    status_is 1
    err_has "戻しませんでした"
    holds test ! -e meguri.db
}

organisations_are_added_and_changed() {
    run meguri org add 271004 巡市
    status_is 0
    run meguri org add 271004 巡市
    status_is 2
    err_has "もう登録されています"
    run meguri org add 271285 みなも区
    status_is 2
    run meguri org add minamo みなも区 --parent nobody
    status_is 2
    err_has "nobody"
    run meguri org add minamo みなも区 --parent 271004
    status_is 0
    run meguri org set minamo --name 水面区 --kind planet
    status_is 2
    run meguri org set minamo --name 水面区
    status_is 0
    run meguri org list --format json
    out_has '{"key":"minamo","name":"水面区","kind":"ward","parent":"271004","fiscal_years":[]}'
    run meguri org set nobody --name x
    status_is 2
    run meguri org remove minamo
    status_is 2
    err_has "使い方"
}

doctor_tells_the_state_of_things() {
    stored
    run meguri doctor
    status_is 0
    out_has "SQLite 3."
    out_has "plans                4"
    run meguri doctor --format json --data nowhere.db
    status_is 2
    out_has '"limit_initiatives"'
    err_has "nowhere.db"
}

test_of verify_says_that_all_is_well
test_of verify_names_a_changed_record
test_of a_flipped_bit_anywhere_is_found_or_harmless
test_of rebuild_mends_what_was_derived
test_of a_rebuild_leaves_the_tables_as_they_were
test_of a_copy_can_be_restored
test_of a_damaged_copy_is_not_restored
test_of organisations_are_added_and_changed
test_of doctor_tells_the_state_of_things
test_end
