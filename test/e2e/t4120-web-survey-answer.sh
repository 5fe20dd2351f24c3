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
    [ -n "${is_stale-}" ] || curl -s -c jar -b jar -o form "$page"
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' form | head -1)
    set -- "$@" "code=$code" "csrf=$csrf"
    for field; do set -- "$@" --data-urlencode "$field"; shift; done
    run curl -s -c jar -b jar -o out.html -w '%{http_code}' "$@" "$page"
}
send() { # as from the page that asks to confirm: all questions were seen
    code=$1
    shift
    answer "$code" do=send s.sex=1 s.q1=1 s.q2=1 "$@"
}

a_code_gives_one_answer() {
    ready
    holds test "$(sort -u codes | wc -l)" -eq 3
    send "$(sed -n 1p codes)" q.sex=1 q.q1=0 c.q2-0=1 c.q2-2=1
    out_has 303
    send "$(sed -n 1p codes | tr a-z A-Z)" q.sex=0 q.q1=2
    out_has 409
    holds grep -q "もう受け取っています" out.html
    send nothing q.sex=0
    out_has 422
    holds grep -q "この招待コードは見つかりません" out.html
    send "$(sed -n 2p codes)" q.q1=2
    out_has 303
    run meguri survey collect monitor-2024 --org minamo --apply
    status_is 0
    out_has "回答 2件"
    out_has "2人中1人"
    serve_stop
}

a_question_is_put_to_those_whom_it_concerns() {
    ready
    code=$(sed -n 1p codes)
    holds test "$(curl -s "$page" | grep -c 'name="s\.')" -eq 2
    answer "$code" do=next s.sex=1 s.q1=1 q.q1=0
    out_has 200
    holds grep -q 'name="s.q2"' out.html
    holds grep -q "問が増えました" out.html
    answer "$code" do=next s.sex=1 s.q1=1 s.q2=1 q.q1=0 c.q2-0=1 c.q2-1=1 c.q2-2=1 c.q2-3=1
    out_has 422
    holds grep -q "問2は、3つまで選べます" out.html
    answer "$code" do=next s.sex=1 s.q1=1 s.q2=1 q.q1=2 c.q2-0=1
    out_has 200
    holds grep -q "まだ送っていません" out.html
    holds test "$(grep -c 'c.q2-0' out.html)" -eq 0
    send "$code" q.q1=2 c.q2-0=1
    out_has 303
    run sqlite3 meguri.db "SELECT body FROM survey_reply"
    out_has '{"q1":["3"]}'
    out_lacks q2
    serve_stop
}

codes_cannot_be_guessed_one_after_the_other() {
    ready
    for i in $(seq 21); do answer "guess-$i" do=next s.sex=1 s.q1=1; done
    answer "$(sed -n 1p codes)" do=next s.sex=1 s.q1=1
    out_has 429
    holds grep -q "秒待ってから" out.html
    serve_stop
}

a_closed_survey_takes_nothing() {
    ready
    curl -s -c jar -b jar -o form "$page" # opened before it is closed
    sed 's/"returned": null,/"returned": null, "closed": true,/' "$TOP/samples/surveys/monitor-2024.json" >closed.json
    run meguri survey define closed.json --org minamo
    status_is 0
    holds test "$(curl -s "$page" | grep -c 'いまは受け付けていません')" -eq 1
    is_stale=1
    send "$(sed -n 1p codes)" q.q1=0
    is_stale=
    out_has 422
    run sqlite3 meguri.db "SELECT count(*) FROM survey_reply"
    out_has 0
    serve_stop
}

no_code_is_kept_and_no_answer_tells_its_own() {
    ready
    send "$(sed -n 1p codes)" q.sex=1 q.q1=0
    out_has 303
    serve_stop
    run sqlite3 meguri.db .dump
    while read -r code; do out_lacks "$code"; done <codes
    run sqlite3 meguri.db "SELECT count(*) FROM survey_reply r JOIN survey_invitation i ON i.code = r.id"
    out_has 0
}

test_of a_code_gives_one_answer
test_of a_question_is_put_to_those_whom_it_concerns
test_of codes_cannot_be_guessed_one_after_the_other
test_of a_closed_survey_takes_nothing
test_of no_code_is_kept_and_no_answer_tells_its_own
test_end
