#!/bin/sh
# The pages of surveys: what is said, what is hidden, as data.
. "$(dirname "$0")/lib.sh"

sample() {
    (cd "$TOP" && tools/sample "$test_here/meguri.db") >/dev/null 2>&1 || bad "the sample is made"
}

a_survey_says_no_more_than_it_may() {
    test_here=$PWD
    sample
    serve_start meguri.db
    run curl -s -H 'Accept-Language: ja' "$url/o/minamo/surveys/kumin-2023"
    out_has "回答者の36.4%(557人中203人。95%区間32.6~40.5%)"
    out_has "区内に住む18歳以上の人全体の割合ではありません"
    out_has "この調査の回答数では区別できません"
    out_has "1500人にたずね、561人が答えました(回収率37.4%)"
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
    test_here=$PWD
    sample
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

test_of a_survey_says_no_more_than_it_may
test_of no_count_below_five_by_attribute_leaves_the_program
test_end
