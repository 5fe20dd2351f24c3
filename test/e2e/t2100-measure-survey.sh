#!/bin/sh
# Surveys from the shell: defined, taken in, refused, and what may be said of them.
. "$(dirname "$0")/lib.sh"
SURVEYS=$TOP/samples/surveys

ward() {
    meguri org add minamo みなも区 >/dev/null
}
taken() { # survey...
    for survey; do
        meguri survey define "$SURVEYS/$survey.json" --org minamo >/dev/null || bad "define $survey"
        meguri survey import "$SURVEYS/$survey.csv" --survey "$survey" --org minamo --apply >/dev/null || bad "import $survey"
    done
}

answers_are_checked_first_and_stored_on_demand() {
    ward
    run meguri survey define "$SURVEYS/kumin-2022.json" --org minamo
    status_is 0
    out_has "定義を登録しました"
    run meguri survey import "$SURVEYS/kumin-2022.csv" --survey kumin-2022 --org minamo
    status_is 0
    out_has "回答者の33.6%("
    out_has "これは回答者の割合で、区内に住む18歳以上の人全体の割合ではありません。"
    out_has "確かめただけです。--apply"
    run meguri survey list --org minamo
    out_has "$(printf '令和4年度 区民アンケート\t0')"
    run meguri survey import "$SURVEYS/kumin-2022.csv" --survey kumin-2022 --org minamo --apply
    status_is 0
    out_has "保存しました。"
    run meguri survey import "$SURVEYS/kumin-2022.csv" --survey kumin-2022 --org minamo --apply
    out_has "前に取り込んだものと同じです。"
    run meguri verify
    status_is 0
}

a_cell_that_is_no_choice_refuses_the_file() {
    ward
    taken kumin-2022
    sed '3s/.*/2,7,1,1,1,/' "$SURVEYS/kumin-2022.csv" >bad.csv
    run meguri survey import bad.csv --survey kumin-2022 --org minamo --apply
    status_is 1
    out_has "誤り B3: 「7」はF1の選択肢にありません"
    out_has "何も保存していません"
    run meguri survey import --format json bad.csv --survey kumin-2022 --org minamo
    status_is 1
    out_has '"cell":"B3"'
    out_has '"is_good":false'
}

a_sum_that_fails_refuses_the_counts() {
    ward
    meguri survey define "$SURVEYS/iin-2022.json" --org minamo >/dev/null
    sed 's/計,22/計,23/' "$SURVEYS/iin-2022.csv" >bad.csv
    run meguri survey import bad.csv --survey iin-2022 --org minamo --apply
    status_is 1
    out_has "選択肢の計 22 ≠ 全体 23(問1)"
    out_has "回答 23 > 回収数 22(全体)"
    run meguri survey list --org minamo
    out_has "$(printf 'アンケート\t0')"
}

counts_that_men_and_women_do_not_add_up_to_are_refused() {
    ward
    meguri survey presets residents >kumin.json
    meguri survey define kumin.json --org minamo >/dev/null
    cat >hand.csv <<'END'
問,選択肢,全体,男性,女性,答えない・その他
問1,毎号読む,200,90,110,0
,ときどき読む,149,70,79,0
,読まない,169,80,71,0
,無回答,12,6,6,0
,計,530,246,266,0
問2,届かない,20,10,10,0
,時間がない,80,40,40,0
,ほかで足りる,60,30,30,0
,計,169,80,71,0
F2,18~29歳,60,,,
,30~49歳,150,,,
,50~64歳,150,,,
,65歳以上,170,,,
END
    run meguri survey import hand.csv --survey kumin --org minamo --apply
    status_is 1
    out_has "男女計 512 ≠ 全体 530(問1)"
    out_has "保存していません"
}

a_column_of_the_year_before_is_flagged() {
    ward
    taken kumin-2022
    sed 's/kumin-2022/kumin-next/; s/"previous": null/"previous": "kumin-2022"/' "$SURVEYS/kumin-2022.json" >next.json
    meguri survey define next.json --org minamo >/dev/null
    run meguri survey import "$SURVEYS/kumin-2022.csv" --survey kumin-next --org minamo
    status_is 0
    out_has "問1「女性」の列の数が、前回(令和4年度 区民アンケート)とすべて同じです"
}

a_change_says_whether_it_can_be_told_from_chance() {
    ward
    taken kumin-2022 kumin-2023 kumin-2024
    run meguri survey show kumin-2023 --org minamo
    out_has "前回との差 2.8ポイントは、この調査の回答数では区別できません(区別できる差の目安 8.1ポイント)。"
    run meguri survey show kumin-2024 --org minamo --lang en
    out_has "The change (before weighting) of 2.8 points"
    out_has "of the population (区内に住む18歳以上の人)"
    out_has "Weighted to 住民基本台帳"
}

what_is_wrong_is_said_in_words() {
    ward
    echo 問1 >nothing.csv
    run meguri survey import nothing.csv --survey kumin --org minamo
    status_is 2
    err_has "アンケート「kumin」は登録されていません。"
    run meguri survey import nothing.csv --survey kumin
    status_is 2
    err_has "--org を指定してください。"
    echo '{"key":"x1","title":"a","fiscal_year":2024,"sampling":"random","population":{"description":"x"},"sent":5,"returned":6,"questions":[]}' >d.json
    run meguri survey define d.json --org minamo
    err_has "回収数 6 > 配布数 5"
    run meguri survey define "$SURVEYS/kumin-2022.json" --org nobody
    status_is 2
    err_has "団体「nobody」は登録されていません。"
    run meguri survey
    status_is 2
}

answer_files_are_not_handed_out() {
    ward
    taken kumin-2022
    serve_start meguri.db
    run curl -s -o answer -w '%{http_code}' "$url/blobs/$(sha256sum "$SURVEYS/kumin-2022.csv" | cut -d' ' -f1)"
    out_has 404
    serve_stop
}

test_of answers_are_checked_first_and_stored_on_demand
test_of a_cell_that_is_no_choice_refuses_the_file
test_of a_sum_that_fails_refuses_the_counts
test_of counts_that_men_and_women_do_not_add_up_to_are_refused
test_of a_column_of_the_year_before_is_flagged
test_of a_change_says_whether_it_can_be_told_from_chance
test_of what_is_wrong_is_said_in_words
test_of answer_files_are_not_handed_out
test_end
