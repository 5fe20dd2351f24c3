#!/bin/sh
# meguri check: what it prints, its exit status, and every kind of bad input.
. "$(dirname "$0")/lib.sh"
CASES=$TOP/test/cases/audit

good() { cp "$CASES/P1-good.in.txt" good.txt; }      # no finding
warned() { cp "$CASES/P1-bad.in.txt" warned.txt; }   # one warning
wrong() { cp "$CASES/C2-bad.in.txt" wrong.txt; }     # one error

json_is() { # EXPRESSION VALUE: what JavaScript says of the n-th object of the output, d[n]; the value as JSON
    got=$(node -e "const d = require('fs').readFileSync('out', 'utf8').split('\\n').filter(Boolean).map(JSON.parse)
        const run = d[0].runs?.[0]
        console.log(JSON.stringify($1))" 2>&1)
    [ "$got" = "$2" ] || bad "$1 is $2, it was $got"
}

a_document_without_findings_ends_with_0() {
    good
    run meguri check good.txt
    status_is 0
    out_has "指摘 E 0 W 0 I 0(文書 1)"
}

warnings_do_not_fail() {
    warned
    run meguri check warned.txt
    status_is 0
    out_has "warned.txt:10:87: W P1: 取組1「行事に参加した区民の割合」: 目標40%は令和4年度実績46.5%を下回っています。"
    out_has "指摘 E 0 W 1 I 0"
}

an_error_ends_with_1() {
    wrong
    run meguri check wrong.txt
    status_is 1
    out_has "E C2"
}

a_file_that_cannot_be_read_ends_with_2_and_the_others_are_still_checked() {
    wrong
    run meguri check nowhere.txt wrong.txt
    status_is 2
    err_has "nowhere.txt"
    out_has "E C2"
    out_has "うち読めない文書 1"
}

english_is_spoken_on_request() {
    warned
    run meguri check --lang en warned.txt
    status_is 0
    out_has "initiative 1"
    out_has "The target of 40% is below the FY2022 result of 46.5%."
    run env MEGURI_LANG=en meguri check warned.txt
    out_has "is below"
    run env MEGURI_LANG=en meguri check --lang ja warned.txt
    out_has "下回っています"
}

the_line_and_a_caret_under_it_are_shown_on_request() {
    warned
    run meguri check --context warned.txt
    line=$(sed -n 2p out)
    caret=$(sed -n 3p out)
    case $line in *40%*) ;; *) bad "the source line is shown" ;; esac
    # the caret stands under the place; Japanese characters take two columns
    before=$(printf %s "${line%%40%*}" | node -e 'let n = 0; for (const c of require("fs").readFileSync(0, "utf8")) n += c > "\u02ff" ? 2 : 1; console.log(n)')
    [ "${#caret}" -eq $((before + 1)) ] || { bad "the caret is under 40%"; show out; }
}

json_is_one_object_a_file() {
    good
    warned
    run meguri check --format json good.txt nowhere.txt warned.txt
    status_is 2
    out_lines_are 3
    json_is "[d[0].file, d[0].findings, 'error' in d[0]]" '["good.txt",[],false]'
    json_is "['plan' in d[1], typeof d[1].error, d[1].file]" '[false,"string","nowhere.txt"]'
    json_is "d[2].findings.map(f => [f.rule, f.severity, f.initiative, f.subject, f.line, f.column])" \
        '[["P1","W",1,"行事に参加した区民の割合",10,87]]'
    json_is "[d[2].plan.fiscal_year, d[2].plan.initiatives[0].indicators[0].verdict]" '[2023,"met"]'
}

sarif_names_rules_places_and_unreadable_files() {
    wrong
    cp wrong.txt '名前 と%.txt'
    run meguri check --format sarif wrong.txt '名前 と%.txt' nowhere.txt
    status_is 2
    tr -d '\n' <out >one && mv one out
    json_is "[d[0].version, d[0].runs.length]" '["2.1.0",1]'
    json_is "[run.columnKind, run.tool.driver.name]" '["unicodeCodePoints","meguri"]'
    json_is "run.results.map(r => [r.ruleId, run.tool.driver.rules[r.ruleIndex].id])" '[["C2","C2"],["C2","C2"]]'
    json_is "run.results[0].level" '"error"'
    json_is "run.results[0].locations[0].physicalLocation.region.startLine" 16
    json_is "decodeURIComponent(run.results[1].locations[0].physicalLocation.artifactLocation.uri)" '"名前 と%.txt"'
    json_is "[run.invocations[0].executionSuccessful, run.invocations[0].toolExecutionNotifications.length]" '[false,1]'
}

sarif_without_findings_is_still_whole() {
    good
    run meguri check --format sarif good.txt
    status_is 0
    json_is "[run.results, run.invocations[0].executionSuccessful]" '[[],true]'
}

last_years_document_is_compared_with() {
    run meguri check --previous "$CASES/previous/P7-bad.txt" "$CASES/P7-bad.in.txt"
    status_is 0
    out_has "W P7"
    run meguri check --previous nowhere.txt "$CASES/P7-bad.in.txt"
    status_is 2
    err_has "nowhere.txt"
}

standard_input_is_read_for_a_dash() {
    warned
    status=0
    meguri check - <warned.txt >out 2>err || status=$?
    status_is 0
    out_has "W P1"
    status=0
    cat warned.txt | meguri check - >out 2>err || status=$? # a pipe tells no size
    out_has "W P1"
}

year_and_organisation_are_hints_for_documents_that_name_none() {
    sed -e '1d' -e 's/【5年度】/ /' "$CASES/P1-good.in.txt" >nameless.txt
    run meguri check --format json --year 令和5年度 --org みなも区 nameless.txt
    json_is "[d[0].plan.fiscal_year, d[0].plan.organisation]" '[2023,"みなも区"]'
    run meguri check --format json --year 2023 nameless.txt
    json_is "d[0].plan.fiscal_year" 2023
    run meguri check --year 20x nameless.txt
    status_is 2
    err_has "20x"
}

a_form_is_named_or_given_as_a_file() {
    warned
    run meguri check --form "$TOP/presets/forms/osaka-ward-2019.json" warned.txt
    out_has "W P1"
    run meguri check --form osaka-ward-2019 warned.txt
    out_has "W P1"
    run meguri check --form no-such-form warned.txt
    status_is 2
    err_has "no-such-form"
    echo '{"id": 1}' >bad.json
    run meguri check --form bad.json warned.txt
    status_is 2
}

refused() { # FILE SENTENCE-PART
    run timeout 20 meguri check "$1"
    status_is 2
    err_has "$2"
    run timeout 20 meguri check --format json "$1"
    status_is 2
    json_is "['error' in d[0], 'plan' in d[0]]" '[true,false]'
}

bad_bytes_are_refused_with_a_sentence() {
    printf 'ab\000c\n' >nul.txt
    refused nul.txt "1 行 3 バイト目"
    printf '\377\376a\000' >utf16.txt
    refused utf16.txt "UTF-16"
    printf '取組\300\300項目' >broken.txt
    refused broken.txt "UTF-8"
    : >empty.txt
    refused empty.txt "取組項目が見つかりません"
    echo "ただの手紙です。" >letter.txt
    refused letter.txt "取組項目が見つかりません"
    mkdir folder
    refused folder "フォルダ"
}

limited() { # KILOBYTES COMMAND...: with no more address space than this
    (ulimit -v "$1" && shift && exec "$@")
}

a_line_without_end_is_refused_before_it_fills_the_memory() {
    need_plain_memory || return
    head -c 20000000 /dev/zero | tr '\0' a >line.txt
    refused line.txt "1 行"
    truncate -s 1G sparse.txt
    run limited 200000 meguri check sparse.txt
    status_is 2
    err_has "大きすぎます"
    # from a pipe, whose size nobody tells
    status=0
    head -c 200000000 /dev/zero | limited 400000 meguri check - >out 2>err || status=$?
    status_is 2
    err_has "大きすぎます"
}

cp932_is_read_like_utf8() {
    warned
    iconv -f UTF-8 -t CP932 warned.txt >sjis.txt
    run meguri check warned.txt
    sed 's/warned/sjis/' out >want
    run meguri check sjis.txt
    same out want
}

what_a_document_holds_cannot_steer_the_terminal() {
    warned
    sed 's/行事に参加/\x1b[31m行事に参加/' warned.txt >escape.txt
    run meguri check --context escape.txt
    ! grep -q "$(printf '\033')" out || bad "no escape sequence is passed on"
}

a_full_disk_and_a_closed_pipe_are_noticed() {
    warned
    if [ -e /dev/full ]; then
        status=0
        meguri check warned.txt >/dev/full 2>err || status=$?
        status_is 2
        err_has "結果を書き出せませんでした"
    fi
    { meguri check --format json $(yes warned.txt | head -n 500); echo $? >code; } | head -c 1 >/dev/null
    [ "$(cat code)" -eq 2 ] || bad "a closed pipe ends with 2"
}

memory_does_not_grow_with_the_number_of_files() {
    need_plain_memory || return
    warned
    for i in $(seq 300); do echo warned.txt; done >few
    for i in $(seq 6000); do echo warned.txt; done >many
    stopwatch=${MEGURI_BUILD:-$TOP/build}/bench/stopwatch
    [ -x "$stopwatch" ] || { skip "the stopwatch is not built"; return; }
    for list in few many; do
        xargs -n 100000 "$stopwatch" run meguri check --format json <"$list" 2>/dev/null >"$list.sum"
        read -r wall cpu peak <"$list.sum"
        echo "$peak" >"$list.kb"
    done
    [ "$(cat many.kb)" -lt $(($(cat few.kb) + 1500)) ] ||
        bad "not more memory for 6000 files ($(cat many.kb) KB) than for 300 ($(cat few.kb) KB)"
}

unknown_words_are_refused_in_a_sentence() {
    run meguri chekc
    status_is 2
    err_has "chekc"
    run meguri check --frmat json x
    status_is 2
    err_has "--frmat"
    run meguri check --format xml x
    status_is 2
    err_has "text json sarif"
    run meguri check -x
    status_is 2
    err_has "-x"
    run meguri check
    status_is 2
    err_has "meguri check [OPTION...] FILE..."
    run meguri check --lang fr x
    status_is 2
    err_has "fr"
    run meguri check --previous
    status_is 2
    err_has "FILE"
}

help_is_everywhere() {
    for command in $(meguri help --format names); do
        run meguri "$command" --help
        status_is 0
        out_has "meguri $command"
        run meguri "$command" --help --lang en
        out_has "usage: meguri $command"
    done
    run meguri --help
    status_is 0
    out_has "check"
    run meguri --version
    out_has "meguri "
}

the_rules_are_listed_for_people_and_for_scripts() {
    run meguri audit rules
    status_is 0
    out_has "P1 (W)"
    run meguri audit rules --format json
    json_is "[d.length, d[0].id, d[0].severity]" '[32,"P1","W"]'
    run meguri audit rules --format markdown
    out_has "## C10 (I)"
    run meguri audit rules A1 --lang en
    out_has "mandatory"
    run meguri audit rules Z9
    status_is 2
    run meguri audit laws
    status_is 2
}

test_of a_document_without_findings_ends_with_0
test_of warnings_do_not_fail
test_of an_error_ends_with_1
test_of a_file_that_cannot_be_read_ends_with_2_and_the_others_are_still_checked
test_of english_is_spoken_on_request
test_of the_line_and_a_caret_under_it_are_shown_on_request
test_of json_is_one_object_a_file
test_of sarif_names_rules_places_and_unreadable_files
test_of sarif_without_findings_is_still_whole
test_of last_years_document_is_compared_with
test_of standard_input_is_read_for_a_dash
test_of year_and_organisation_are_hints_for_documents_that_name_none
test_of a_form_is_named_or_given_as_a_file
test_of bad_bytes_are_refused_with_a_sentence
test_of a_line_without_end_is_refused_before_it_fills_the_memory
test_of cp932_is_read_like_utf8
test_of what_a_document_holds_cannot_steer_the_terminal
test_of a_full_disk_and_a_closed_pipe_are_noticed
test_of memory_does_not_grow_with_the_number_of_files
test_of unknown_words_are_refused_in_a_sentence
test_of help_is_everywhere
test_of the_rules_are_listed_for_people_and_for_scripts
test_end
