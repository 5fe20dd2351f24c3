#!/bin/sh
# Import where the disk is full, the file may not be written, or somebody else is writing: a
# sentence, and nothing half-done.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

as_root() { [ "$(id -u)" -eq 0 ]; }

a_full_disk_is_told_and_leaves_a_whole_store() {
    mkdir small
    as_root && mount -t tmpfs -o size=700k none small 2>/dev/null || { skip "no small disk can be made here"; return; }
    run meguri import --apply --data small/m.db "$SAMPLES"/komorebi-2024.txt
    status_is 0
    run meguri import --apply --data small/m.db "$SAMPLES"/minamo-20??.*
    status_is 2
    err_has "空き"
    out_lacks "保存しました"
    cp small/m.db* .
    run meguri verify --data m.db
    status_is 0
    out_has "文書 1"
    umount small
}

a_file_that_may_not_be_written_is_told() {
    meguri import --apply "$SAMPLES"/komorebi-2024.txt >/dev/null
    chmod 444 meguri.db
    if as_root; then
        chmod 711 "$test_dir" && chmod 755 . && chown nobody . meguri.db
        nobody="runuser -u nobody --"
    else
        nobody=
    fi
    run $nobody "$(command -v meguri)" import --apply "$SAMPLES"/minamo-2022.txt
    if [ "$status" -ge 126 ]; then skip "nobody cannot run the program from here"; return; fi
    status_is 2
    err_has "書き込"
    chmod 644 meguri.db
    run meguri verify
    status_is 0
    out_has "文書 1"
}

a_folder_that_is_not_there_is_told() {
    run meguri import --apply --data no/such/place.db "$SAMPLES"/komorebi-2024.txt
    status_is 2
    err_has "no/such/place.db"
}

a_file_of_another_program_is_left_alone() {
    printf 'これは表計算の文書です。' >other.db
    cp other.db before
    run meguri import --apply --data other.db "$SAMPLES"/komorebi-2024.txt
    status_is 2
    err_has "meguri のデータファイルではありません"
    same other.db before
    sqlite3 theirs.db 'CREATE TABLE t (x); INSERT INTO t VALUES (1);'
    run meguri import --apply --data theirs.db "$SAMPLES"/komorebi-2024.txt
    status_is 2
    err_has "meguri のデータファイルではありません"
    [ "$(sqlite3 theirs.db 'SELECT count(*) FROM sqlite_schema')" = 1 ] || bad "it has one table"
}

a_file_of_a_newer_program_is_left_alone() {
    meguri import --apply "$SAMPLES"/komorebi-2024.txt >/dev/null
    sqlite3 meguri.db "INSERT INTO migration VALUES (9999, 'later', 0)"
    run meguri import --apply "$SAMPLES"/minamo-2022.txt
    status_is 2
    err_has "新しい版"
}

two_imports_at_once_both_succeed() {
    meguri import --apply "$SAMPLES"/komorebi-2024.txt >/dev/null
    meguri import --apply "$SAMPLES"/minamo-2022.txt >first.out 2>&1 &
    first=$!
    meguri import --apply "$SAMPLES"/minamo-2023.txt >second.out 2>&1 &
    second=$!
    wait "$first" || { bad "the first succeeds"; show first.out; }
    wait "$second" || { bad "the second succeeds"; show second.out; }
    run meguri verify
    status_is 0
    out_has "文書 3"
}

test_of a_full_disk_is_told_and_leaves_a_whole_store
test_of a_file_that_may_not_be_written_is_told
test_of a_folder_that_is_not_there_is_told
test_of a_file_of_another_program_is_left_alone
test_of a_file_of_a_newer_program_is_left_alone
test_of two_imports_at_once_both_succeed
test_end
