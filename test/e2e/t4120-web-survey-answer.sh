#!/bin/sh
# Answering by invitation: one answer for a code, nothing kept that tells who.
. "$(dirname "$0")/lib.sh"

ready() {
    meguri org add minamo みなも区 >/dev/null
    meguri survey define "$TOP/samples/surveys/monitor-2024.json" --org minamo >/dev/null
    meguri survey invite monitor-2024 --org minamo --count 3 >codes
    serve_start meguri.db
    page=$url/o/minamo/surveys/monitor-2024/answer
}
answer() { # code, field=value...
    code=$1
    shift
    curl -s -c jar -b jar -o form "$page"
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' form | head -1)
    set -- "$@" "code=$code" "csrf=$csrf"
    for field; do set -- "$@" --data-urlencode "$field"; shift; done
    run curl -s -c jar -b jar -o out.html -w '%{http_code}' "$@" "$page"
}

a_code_gives_one_answer() {
    ready
    holds test "$(sort -u codes | wc -l)" -eq 3
    answer "$(sed -n 1p codes)" q.sex=1 q.q1=0 c.q2-0=1 c.q2-2=1
    out_has 303
    answer "$(sed -n 1p codes | tr a-z A-Z)" q.sex=0 q.q1=2
    out_has 409
    holds grep -q "もう受け取っています" out.html
    answer nothing q.sex=0
    out_has 422
    holds grep -q "この招待コードは見つかりません" out.html
    answer "$(sed -n 2p codes)" q.q1=2
    out_has 303
    run meguri survey collect monitor-2024 --org minamo --apply
    status_is 0
    out_has "回答 2件"
    out_has "2人中1人"
    serve_stop
}

no_code_is_kept_and_no_answer_tells_its_own() {
    ready
    answer "$(sed -n 1p codes)" q.sex=1 q.q1=0
    out_has 303
    serve_stop
    run sqlite3 meguri.db .dump
    while read -r code; do out_lacks "$code"; done <codes
    run sqlite3 meguri.db "SELECT count(*) FROM survey_reply r JOIN survey_invitation i ON i.code = r.id"
    out_has 0
}

test_of a_code_gives_one_answer
test_of no_code_is_kept_and_no_answer_tells_its_own
test_end
