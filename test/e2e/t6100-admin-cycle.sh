#!/bin/sh
# A year from the shell: begun with last year's plan, written down, moved on to the next year.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

stored() { # a ward with a section and the plan of 2024
    meguri org add minamo みなも区 >/dev/null
    meguri org add minamo-shimin 市民協働課 --kind section --parent minamo >/dev/null
    meguri import --apply "$SAMPLES"/minamo-2024.* >/dev/null
}

json() { # FILTER: of the output, by node
    node -e 'const v = JSON.parse(require("fs").readFileSync("out", "utf8")); console.log(eval(process.argv[1]))' "$1"
}
json_is() { [ "$(json "$1")" = "$2" ] || { bad "$1 is $2, it was $(json "$1")"; show err; }; }

decide_all() { # YEAR FATE
    run meguri cycle status minamo "$1" --format json
    for id in $(json 'v.commitments.map((k) => k.id).join(" ")'); do
        run meguri cycle decide minamo "$1" "$id" "$2" --reason 来年度も続ける
        status_is 0
    done
}

settle_all() { # YEAR STEP
    run meguri cycle status minamo "$1" --format json
    for n in $(json 'v.sheets.map((s) => s.number).join(" ")'); do
        meguri cycle step minamo "$1" "$n" "$2" submit >/dev/null
        run meguri cycle step minamo "$1" "$n" "$2" approve
        status_is 0
    done
}

moved() { # YEAR MOVE PHASE [STATE]: what it is then, and what the public sees
    run meguri cycle move minamo "$1" "$2" --reason 試験 --format json
    status_is 0
    json_is v.phase "$3"
    [ $# -lt 4 ] || { curl -s "$url/o/minamo/$1.json" >out; json_is v.state "$4"; }
}

a_year_is_rolled_over_and_proposed() {
    stored
    serve_start meguri.db
    run meguri cycle start minamo 2025 --format json
    status_is 0
    json_is v.phase draft
    json_is v.origin_year 2024
    json_is 'v.sheets.length > 0' true
    json_is 'v.sheets.every((s) => s.steps.plan.status === "open")' true
    curl -s -o page.html -w '%{http_code}' "$url/o/minamo/2025" >out
    out_has 404
    run meguri cycle move minamo 2025 propose
    status_is 1
    err_has "承認されていない"
    settle_all 2025 plan
    run meguri cycle move minamo 2025 propose
    status_is 1
    err_has "改善の約束"
    decide_all 2025 carried
    moved 2025 propose proposal proposal
    moved 2025 adopt adopted adopted
    run meguri verify --format json
    status_is 0
    out_lacks '"checkpoints":0' # what the public sees was signed
    moved 2025 open-midyear midyear adopted
    run meguri verify
    status_is 0
    # what is worked on is nobody else's business
    for page in / /o/minamo/2025/history.json "/search?q=%E5%8F%96%E7%B5%84"; do
        curl -s "$url$page" >out
        holds test -s out
        out_lacks work/2025
    done
    serve_stop
}

sections_and_due_dates_are_set() {
    stored
    meguri cycle start minamo 2025 >/dev/null
    run meguri cycle assign minamo 2025 1 minamo-shimin --format json
    status_is 0
    json_is 'v.sheets[0].section' minamo-shimin
    run meguri cycle assign minamo 2025 1 nowhere
    status_is 2
    run meguri cycle due minamo 2025 --plan 2025-02-28 --format json
    json_is v.due.plan 2025-02-28
    run meguri cycle due minamo 2025 --midyear 2025-10-31 --format json
    json_is v.due.plan 2025-02-28
    json_is v.due.midyear 2025-10-31
    run meguri cycle due minamo 2025 --plan 2025-02-30
    status_is 2
    err_has 2025-02-30
}

an_imported_plan_goes_on_where_it_stands() {
    stored
    run meguri cycle start minamo 2024 --format json
    status_is 0
    run meguri cycle start minamo 2024
    status_is 1
    err_has もう始まっています
    run meguri import --apply "$SAMPLES"/minamo-2024.*
    status_is 1
    run meguri cycle status minamo
    status_is 0
    out_has "$(printf 'minamo\t2024')"
}

what_cannot_be_is_refused_in_words() {
    stored
    run meguri cycle
    status_is 2
    err_has 使い方
    run meguri cycle move minamo 2025 adopt
    status_is 2
    err_has 始まっていません
    meguri cycle start minamo 2025 >/dev/null
    run meguri cycle move minamo 2025 celebrate
    status_is 2
    err_has open-midyear
    run meguri cycle move minamo 2025 publish
    status_is 1
    err_has 素案
    run meguri cycle start minamo last-year
    status_is 2
    err_has 西暦
    run meguri cycle start nowhere 2025
    status_is 2
}

test_of a_year_is_rolled_over_and_proposed
test_of sections_and_due_dates_are_set
test_of an_imported_plan_goes_on_where_it_stands
test_of what_cannot_be_is_refused_in_words
test_end
