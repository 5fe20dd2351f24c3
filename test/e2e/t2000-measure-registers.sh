#!/bin/sh
# Registers from the shell: what a section hands in is checked cell by cell, stored once, and
# counted.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

ward() { meguri import --apply --org minamo "$SAMPLES/minamo-2023.txt" >/dev/null; }
training() { meguri register "$@" --org minamo --register training; }

a_table_is_weighed_stored_and_stored_only_once() {
    ward
    printf '日付,研修名,対象者数,受講者数\n令和6年4月1日,接遇,３０,28\n6月3日,人権,20,12(うち中止1)\n合計,,50,40\n' >t.csv
    run training import t.csv --year 2024
    status_is 0
    out_has "t.csv:D3: W"
    out_has "まだ何も保存していません"
    run training show
    holds grep -qP "eラーニング\t0" out
    run training import t.csv --year 2024 --apply
    status_is 0
    out_has "新しい 2"
    run training import t.csv --year 2024 --apply
    out_has "同じ 2、取り消す 0、取消のまま 0、記録 0件"
    run training show
    holds grep -qP "2024-06-03\t人権\t\t\t20\t12" out
    run meguri verify
    status_is 0
}

a_table_with_one_error_stores_nothing() {
    ward
    printf '日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,28\n2024/4/2,人権,20回,12\n' >bad.csv
    run training import bad.csv --apply
    status_is 1
    out_has "bad.csv:C3: E: 「20回」"
    out_has "何も保存していません"
    run training import bad.csv --apply --format json
    out_has '"cell":"C3"'
    out_has '"applied":false'
    run training show
    holds grep -qP "eラーニング\t0" out
}

cp932_and_utf16_are_read() {
    ward
    printf '日付,研修名,対象者数,受講者数\n2024/4/1,接遇,30,28\n' | iconv -t CP932 >sjis.csv
    run training import sjis.csv
    status_is 0
    out_has "新しい 1"
    printf '日付\t研修名\t対象者数\t受講者数\n2024/4/1\t接遇\t30\t28\n' | iconv -t UTF-16 >utf16.txt
    run training import utf16.txt
    status_is 0
    out_has "新しい 1"
    printf '日付,研修名,対象者数,受講者数\n2024/4/1,ひらがなのけんしゅう,30,28\n' | iconv -t EUC-JP >euc.csv
    run training import euc.csv
    status_is 2
    err_has "EUC-JP"
}

an_entry_is_added_and_taken_back_and_its_history_stays() {
    ward
    run training add 日付=2024-08-01 研修=話し方 対象者=10 受講者=9
    status_is 0
    id=$(training show | sed -n 3p | cut -f1)
    run training void "$id"
    status_is 2
    err_has "--reason"
    run training void "$id" --reason 二重
    status_is 0
    out_has "取り消す 1"
    run training history "$id"
    out_has "二重"
    out_has "取消"
    run training add 日付=2024-08-01 研修=話し方 対象者=10 受講者=11
    status_is 1
    out_has "対象者数(10)を超えています"
}

areas_are_kept_and_asked_for() {
    ward
    printf '番号,地域名\n1,朝霧\n2,若葉\n' >areas.csv
    run meguri register areas areas.csv --org minamo --apply
    status_is 0
    printf '日付,地域,参加者数\n2024/4/1,朝霧地域,12\n2024/4/2,夕霧,9\n' >m.csv
    run meguri register import m.csv --org minamo --register explanation-meetings --apply
    status_is 1
    out_has "m.csv:B3: E: 「夕霧」"
}

what_is_not_there_is_named() {
    ward
    run meguri register import nowhere.csv --org minamo --register training
    status_is 2
    err_has nowhere.csv
    printf 'a,b\n' >t.csv
    run meguri register import t.csv --org nobody --register training
    status_is 2
    err_has nobody
    run meguri register import t.csv --org minamo --register nothing
    status_is 2
    err_has "list で一覧"
    run meguri register import t.csv --org minamo
    status_is 2
    err_has "--register"
    run meguri register jump
    status_is 2
}

bound='{"kind":"register","register":"training","value":"ratio","of":["taken","eligible"],"unit":"%","decimals":1}'

an_actual_comes_from_the_register_and_a_person_accepts_it() {
    ward
    printf '日付,研修名,対象者数,受講者数\n2023/4/1,接遇,30,28\n2023/6/1,人権,20,調査中\n' >t.csv
    holds training import t.csv --apply >/dev/null
    name=区政会議で出した意見が区政に生かされていると感じる委員の割合
    run meguri actual bind --org minamo --indicator "$name" --measure "$bound"
    status_is 0
    run meguri actual propose --org minamo --year 2023
    out_has "台帳 93.3%(28/30)"
    out_has "速報"
    out_has "値のまだない行 1"
    out_has "未確定"
    run meguri actual accept --org minamo --year 令和5年度 --reason 締め
    out_has "確定 93.3%"
    printf '日付,研修名,対象者数,受講者数\n2023/6/1,人権,20,20\n' >t.csv
    holds training import t.csv --apply >/dev/null
    run meguri actual propose --org minamo --year 2023
    out_has "確定 93.3%"
    out_has "台帳 96.0%(48/50)"
    out_has "確報"
    out_has "未確定"
    run meguri verify
    status_is 0
}

what_is_no_measure_is_refused() {
    ward
    run meguri actual bind --org minamo --indicator 区政会議で出した意見が区政に生かされていると感じる委員の割合 --measure '{"kind":"guess"}'
    status_is 2
    err_has "kind は"
    run meguri actual bind --org minamo --indicator どこにもない指標 --measure "$bound"
    status_is 2
    run meguri actual propose --org minamo
    status_is 2
    err_has "--year"
}

test_of a_table_is_weighed_stored_and_stored_only_once
test_of a_table_with_one_error_stores_nothing
test_of cp932_and_utf16_are_read
test_of an_entry_is_added_and_taken_back_and_its_history_stays
test_of areas_are_kept_and_asked_for
test_of what_is_not_there_is_named
test_of an_actual_comes_from_the_register_and_a_person_accepts_it
test_of what_is_no_measure_is_refused
test_end
