#!/bin/sh
# Import: what is shown, what is stored, what is refused.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

sample() { # the sample's four documents, stored
    run meguri import --apply "$SAMPLES"/*-20??.*
    status_is 0
}

without_apply_it_shows_what_would_change_and_stores_nothing() {
    run meguri import "$SAMPLES"/minamo-2022.txt
    status_is 0
    out_has "新しく保存します(取組項目 5"
    out_has "--apply"
    holds test ! -e meguri.db
}

with_apply_each_document_is_stored_once() {
    sample
    out_has "みなも区(ward-f9dcd768) 令和6年度: 新しく保存しました"
    out_has "文書 4(新規 4、改定 0、同じ 0、取り込めない 0)"
    sample
    out_has "文書 4(新規 0、改定 0、同じ 4、取り込めない 0)、記録 0件"
    run meguri org list
    out_has "$(printf 'みなも区\tward\t\tR4 R5 R6')"
}

last_year_is_looked_at_whether_stored_before_or_in_the_same_call() {
    sample
    meguri import --format json "$SAMPLES"/minamo-2023.txt >again.json
    cp again.json out
    out_lacks '"change":"changed"'
    rm meguri.db
    meguri import --apply "$SAMPLES"/minamo-2022.txt >/dev/null
    run meguri import --apply "$SAMPLES"/minamo-2023.txt
    cp out alone
    rm meguri.db
    run meguri import --apply "$SAMPLES"/minamo-2022.txt "$SAMPLES"/minamo-2023.txt
    holds grep -qxF "$(head -1 alone)" out
}

a_changed_document_becomes_a_revision_told_field_by_field() {
    sample
    sed 's/25% (2年度22.5%)/26% (2年度22.5%)/' "$SAMPLES"/minamo-2022.txt >revised.txt
    run meguri import revised.txt
    out_has "改定として保存します"
    out_has "変更 plan/2022/initiative/1"
    out_has ".target: 「25」→「26」"
    out_lacks "変更 plan/2022/initiative/2"
    run meguri import --apply --reason "目標の見直し" revised.txt
    status_is 0
    run meguri import revised.txt
    out_has "前と同じです"
}

a_bad_file_stops_nobody_and_is_told() {
    printf 'nothing of ours' >bad.txt
    printf 'a\000b' >nul.txt
    run meguri import --apply bad.txt "$SAMPLES"/komorebi-2024.txt nul.txt nowhere.txt
    status_is 2
    out_has "こもれび区"
    out_has "文書 4(新規 1、改定 0、同じ 0、取り込めない 3)"
    err_has "bad.txt"
    err_has "nul.txt:1:2"
    err_has "nowhere.txt"
    run meguri verify
    status_is 0
    out_has "文書 1"
}

bad_files_alone_make_no_data_file() {
    printf 'nothing of ours' >bad.txt
    run meguri import --apply bad.txt
    status_is 2
    holds test ! -e meguri.db
}

json_is_one_object_a_document() {
    printf 'nothing of ours' >bad.txt
    run meguri import --format json bad.txt "$SAMPLES"/komorebi-2024.txt
    status_is 2
    out_lines_are 2
    out_has '"error":'
    out_has '"applied":false,"organisation":"ward-b5d3cee9","organisation_name":"こもれび区","fiscal_year":2024'
    out_has '{"change":"new","entity":"plan/2024/initiative/1"'
}

# A document as the sample's, without its first line, which names ward and year, and without any
# year in the text.
headless() { sed -e 1d -e 's/令和[0-9]*年度//g; s/[0-9]*年度//g' "$SAMPLES"/minamo-2022.txt; }

a_document_without_a_ward_asks_for_the_option() {
    headless >headless.txt
    run meguri import --apply --year 2022 headless.txt
    status_is 2
    err_has "--org"
    run meguri import --apply --org minamo --org-name みなも区 headless.txt
    status_is 2
    err_has "--year"
    run meguri import --apply --org minamo --org-name みなも区 --year 令和4年度 headless.txt
    status_is 0
    out_has "みなも区(minamo) 令和4年度"
}

a_wrong_key_or_ward_is_refused() {
    run meguri import --apply --org 271285 "$SAMPLES"/minamo-2022.txt
    status_is 2
    err_has "271285"
    holds test ! -e meguri.db
    meguri org add 271284 こもれび区 >/dev/null
    run meguri import --apply --org 271284 "$SAMPLES"/minamo-2022.txt
    status_is 2
    err_has "こもれび区"
    run meguri import --apply --state final "$SAMPLES"/minamo-2022.txt
    status_is 2
    err_has "published"
}

a_known_name_keeps_its_key() {
    meguri org add 271284 みなも区 >/dev/null
    run meguri import --apply "$SAMPLES"/minamo-2022.txt
    out_has "みなも区(271284)"
}

an_initiative_twice_is_refused() {
    sed 's/^取組項目2$/取組項目1/' "$SAMPLES"/minamo-2022.txt >twice.txt
    run meguri import --apply twice.txt
    status_is 2
    err_has "取組項目1が2つ"
}

test_of without_apply_it_shows_what_would_change_and_stores_nothing
test_of with_apply_each_document_is_stored_once
test_of last_year_is_looked_at_whether_stored_before_or_in_the_same_call
test_of a_changed_document_becomes_a_revision_told_field_by_field
test_of a_bad_file_stops_nobody_and_is_told
test_of bad_files_alone_make_no_data_file
test_of json_is_one_object_a_document
test_of a_document_without_a_ward_asks_for_the_option
test_of a_wrong_key_or_ward_is_refused
test_of a_known_name_keeps_its_key
test_of an_initiative_twice_is_refused
test_end
