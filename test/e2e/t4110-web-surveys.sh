#!/bin/sh
# The pages of surveys: what is said, what is hidden, as data.
. "$(dirname "$0")/lib.sh"

a_survey_says_no_more_than_it_may() {
    sample meguri.db
    serve_start meguri.db
    run curl -s -H 'Accept-Language: ja' "$url/o/minamo/surveys/kumin-2023"
    out_has "回答者の36.4%(557人中203人。95%区間32.6~40.5%)"
    out_has "区内に住む18歳以上の人全体の割合ではありません"
    out_has "この調査の回答数では区別できません"
    out_has "1,500人にたずね、561人が答えました(回収率37.4%)"
    out_has "まちづくり協議会の活動内容を知っている区民の割合</a>"
    run curl -s "$url/o/minamo/surveys/kumin-2024?lang=en"
    out_has "of the population (区内に住む18歳以上の人)"
    run curl -s "$url/o/minamo"
    out_has "/o/minamo/surveys"
    run curl -s -o /dev/null -w '%{http_code}' "$url/o/minamo/surveys/nothing"
    out_has 404
    serve_stop
}

no_count_below_five_by_attribute_leaves_the_program() {
    sample meguri.db
    serve_start meguri.db
    for survey in kumin-2022 kumin-2023 kumin-2024; do
        curl -s "$url/o/minamo/surveys/$survey.csv" >table.csv
        holds grep -q ',x' table.csv
        # question,choice,attribute,group,count
        tr -d '\r' <table.csv | awk -F, 'NR > 1 && $3 != "" && $5 != "x" && $5 < 5' >small
        [ ! -s small ] || { bad "no small counts in $survey"; show small; }
        curl -s "$url/o/minamo/surveys/$survey.json" >table.json
        holds test -s table.json
        grep -o '"count":[0-4],"is_hidden":false' table.json >small || true
        [ ! -s small ] || { bad "none in the JSON of $survey"; show small; }
    done
    serve_stop
}

two_tables_together_tell_no_small_count() {
    meguri org add minamo みなも区 >/dev/null
    cat >d.json <<'END'
{ "key": "pair", "title": "組", "fiscal_year": 2024, "population": { "description": "来た人" }, "sampling": "event", "questions": [
  { "key": "sex", "number": "F1", "text": "性別", "kind": "single", "attribute": true, "choices": [ { "code": "1", "label": "男" }, { "code": "2", "label": "女" } ] },
  { "key": "q1", "number": "問1", "text": "来たか", "kind": "single", "choices": [ { "code": "1", "label": "よく" }, { "code": "2", "label": "まれに" }, { "code": "3", "label": "来ない" } ] },
  { "key": "q2", "number": "問2", "text": "なぜか", "kind": "single", "only_if": { "question": "q1", "codes": ["3"] }, "choices": [ { "code": "1", "label": "遠い" }, { "code": "2", "label": "忙しい" } ] } ] }
END
    cat >counts.csv <<'END'
問,選択肢,全体,男,女
問1,よく,100,50,50
問1,まれに,43,3,40
問1,来ない,52,12,40
問1,無回答,0,0,0
問1,計,195,65,130
問2,遠い,26,6,20
問2,忙しい,26,6,20
問2,無回答,0,0,0
問2,計,52,12,40
END
    meguri survey define d.json --org minamo >/dev/null
    run meguri survey import counts.csv --survey pair --org minamo --apply
    status_is 0
    serve_start meguri.db
    # 12 men of 問2 would be the hidden count of 問1, and 3 what is left of all men
    curl -s "$url/o/minamo/surveys/pair.json" >page.json
    holds test "$(grep -o '"is_partial":true' page.json | wc -l)" -eq 1
    holds test "$(grep -o '"is_withheld":true' page.json | wc -l)" -eq 1
    run curl -s "$url/o/minamo/surveys/pair.csv"
    out_lacks "問2,遠い,性別"
    serve_stop
}

test_of a_survey_says_no_more_than_it_may
test_of no_count_below_five_by_attribute_leaves_the_program
test_of two_tables_together_tell_no_small_count
test_end
