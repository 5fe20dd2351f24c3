#!/bin/sh
# A survey in the browser, from its definition to its release: what is worked on is seen by staff
# alone, what is wrong leads to its cell, what does not add up is refused.
. "$(dirname "$0")/lib.sh"
PASSWORD='うみと山と37番の窓'

people() { # an editor of a section and somebody of planning
    meguri org add minamo みなも区 >/dev/null
    meguri org add minamo-kouhou 広報課 --kind section --parent minamo >/dev/null
    for login in tanto kikaku; do
        meguri user add $login --name $login >/dev/null
        echo "$PASSWORD" | meguri user password $login
    done
    meguri user grant tanto editor --org minamo-kouhou >/dev/null
    meguri user grant kikaku planning --org minamo >/dev/null
}
ward() {
    begin_with people
    serve_start meguri.db
    desk=/w/minamo/surveys/mado-2025
}
post() { # path, field=value...
    path=$1
    shift
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' page | head -1)
    set -- "$@" "csrf=$csrf"
    for field; do set -- "$@" --data-urlencode "$field"; shift; done
    code=$(curl -s -b jar -c jar -o page -w '%{http_code}' -H "Origin: $url" "$@" "$url$path")
}
sign_in() {
    rm -f jar
    get /sign-in
    post /sign-in "login=$1" "password=$PASSWORD" to=/work
    get /work
}
page_lacks() { ! grep -qF -e "$1" page || bad "the page lacks: $1"; }

define() { # more fields
    get /w/minamo/surveys/new
    post /w/minamo/surveys/new do=save key=mado-2025 title=窓口アンケート year=2025 population=窓口に来た人 sampling=event \
        q.0.key=sex q.0.number=F1 q.0.text=性別 q.0.kind=single "q.0.choices=男性
女性" q.0.attribute=1 \
        q.1.key=q1 q.1.number=問1 q.1.text=待ち時間はどうでしたか。 q.1.kind=single "q.1.choices=短い
ふつう
長い" "q.1.yes=1, 2" \
        q.2.key=q2 q.2.number=問2 q.2.text=なぜですか。 q.2.kind=multiple "q.2.choices=人が多い
説明が長い" q.2.only=q1 "$@"
}
counts() { # do: 12 men, 18 women; the last number of 問1 is $2
    post "$desk/tally" "do=$1" by=sex \
        t.1-0-0=20 t.1-0-1=8 t.1-0-2=12 t.1-0-3=0 t.1-1-0=6 t.1-1-1=2 t.1-1-2=4 t.1-1-3=0 \
        t.1-2-0=3 t.1-2-1=1 t.1-2-2=2 t.1-2-3=0 t.1-3-0=1 t.1-3-1=1 t.1-3-2=0 t.1-3-3=0 \
        t.1-4-0=30 t.1-4-1=12 "t.1-4-2=$2" t.1-4-3=0 \
        t.2-0-0=2 t.2-0-1=1 t.2-0-2=1 t.2-0-3=0 t.2-1-0=2 t.2-1-1=0 t.2-1-2=2 t.2-1-3=0 \
        t.2-2-0=0 t.2-2-1=0 t.2-2-2=0 t.2-2-3=0 t.2-3-0=3 t.2-3-1=1 t.2-3-2=2 t.2-3-3=0
}

a_survey_goes_from_its_form_to_its_public_page() {
    ward
    sign_in tanto
    define q.2.codes=
    code_is 422
    page_has "その問で選んだ選択肢の番号を書いてください"
    page_has "短い"
    define q.2.codes=3
    code_is 303
    get $desk
    page_has "公表前"
    run curl -s -o /dev/null -w '%{http_code}' "$url/o/minamo/surveys/mado-2025"
    out_has 404
    run curl -s -o /dev/null -w '%{http_code}' "$url/o/minamo/surveys/mado-2025/answer"
    out_has 404
    get "$desk/tally?by=sex"
    counts store 17
    code_is 422
    page_has "男女計 29 ≠ 全体 30(問1)"
    page_has "選択肢の計 18 ≠ 計 17(問1「女性」)"
    counts store x
    code_is 422
    page_has "人数ではありません"
    holds grep -q 'href="#f-t.1-4-2"' page
    counts check 18
    code_is 200
    page_has "まだ保存していません"
    get $desk
    page_has "まだありません"
    get "$desk/tally?by=sex"
    counts store 18
    code_is 200
    page_has "取り込みました"
    get $desk/preview
    page_has "回答者の89.7%"
    run curl -s "$url/o/minamo/surveys"
    out_lacks 窓口アンケート
    run curl -s "$url/"
    out_lacks mado-2025
    get $desk
    post $desk/release reason=
    code_is 403
    sign_in kikaku
    get $desk
    post $desk/release reason=集計を終えた
    code_is 303
    run curl -s "$url/o/minamo/surveys/mado-2025"
    out_has "回答者の89.7%(29人中26人"
    out_has "窓口に来た人"
    run meguri verify
    status_is 0
    serve_stop
}

the_shell_and_the_desk_work_on_the_same_draft() {
    ward
    sign_in tanto
    define q.2.codes=3
    printf 'F1,問1,問2\n1,1,\n2,3,"1,2"\n' >answers.csv
    run meguri survey list --org minamo
    out_has "$(printf '窓口アンケート\t0\t下書き')"
    run meguri survey show mado-2025 --org minamo
    status_is 2
    err_has "まだ公表していません。下書きを見るには --draft"
    run meguri survey import answers.csv --survey mado-2025 --org minamo
    out_has "確かめただけです"
    run meguri survey import answers.csv --survey mado-2025 --org minamo --apply
    status_is 0
    out_has "下書きに保存しました"
    run curl -s -o /dev/null -w '%{http_code}' "$url/o/minamo/surveys/mado-2025"
    out_has 404
    get $desk
    page_has "<dt>回答数</dt><dd>2 "
    run meguri survey show mado-2025 --org minamo --draft
    out_has "50.0%"
    run meguri survey release mado-2025 --org minamo --reason 集計を終えた
    out_has 公表しました
    run curl -s "$url/o/minamo/surveys/mado-2025"
    out_has "2人中1人"
    get $desk
    page_lacks "公表前"
    run meguri survey release mado-2025 --org minamo
    out_has "公表しているものと同じです"
    # one that the shell begins waits on the desk as well
    meguri survey presets members | sed '0,/"key": *"[^"]*"/s//"key": "iin-2030"/' >iin.json
    run meguri survey define iin.json --org minamo --draft
    status_is 0
    out_has "meguri survey release"
    get /w/minamo/surveys
    page_has iin-2030
    run curl -s "$url/o/minamo/surveys"
    out_lacks iin-2030
    run meguri survey release nashi --org minamo
    status_is 2
    err_has "登録されていません"
    run meguri verify
    status_is 0
    serve_stop
}

questions_stay_when_there_are_answers() {
    ward
    sign_in tanto
    define q.2.codes=3
    get "$desk/tally?by=sex"
    counts store 18
    get $desk/edit
    seen=$(sed -n 's/.*name="seen" value="\([^"]*\)".*/\1/p' page)
    post $desk/edit do=save "seen=$seen" title=窓口アンケート year=2025 population=窓口に来た人 sampling=event \
        q.0.key=q1 q.0.number=問1 q.0.text=待ち時間は "q.0.choices=短い
長い" q.0.kind=single
    code_is 422
    page_has "問や選択肢を変えることはできません"
    get $desk/edit
    post $desk/edit do=save seen=0000000000000000000000000000000000000000000000000000000000000001 title=ほか \
        year=2025 population=x sampling=event q.0.key=q1 q.0.number=1 q.0.text=x "q.0.choices=a
b" q.0.kind=single
    code_is 409
    page_has "ほかの人が先に保存しました"
    serve_stop
}

answers_come_by_paste_by_file_and_by_invitation() {
    ward
    sign_in tanto
    define q.2.codes=3
    get $desk
    post $desk/answers do=check "text=$(printf 'F1\t問1\t問2\n1\t1\t\n2\t9\t3')"
    code_is 422
    page_has "</b> B3: <span"
    page_has "「9」は問1の選択肢にありません"
    page_has "$(printf '2\t9\t3')"
    printf 'F1,問1,問2\n1,1,\n2,3,"1,2"\n' >answers.csv
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' page | head -1)
    code=$(curl -s -b jar -c jar -o page -w '%{http_code}' -H "Origin: $url" -F "csrf=$csrf" -F do=store \
        -F file=@answers.csv -F text= "$url$desk/answers")
    code_is 200
    page_has "取り込みました"
    page_has "回答 2件"
    post $desk/invite count=3
    code_is 200
    sed -n 's|<li class="secret">\(.*\)</li>|\1|p' page >codes
    holds test "$(wc -l <codes)" -eq 3
    get $desk
    page_lacks "$(head -1 codes)"
    rm -f jar
    get /o/minamo/surveys/mado-2025/answer
    code_is 200
    post /o/minamo/surveys/mado-2025/answer "code=$(head -1 codes)" do=send s.sex=1 s.q1=1 q.sex=0 q.q1=1
    code_is 303
    sign_in tanto
    get $desk
    page_has "3件を配り、1件の回答が届いています"
    post $desk/collect do=store
    code_is 200
    page_has "回答 1件"
    post $desk/state do=close
    code_is 303
    get /o/minamo/surveys/mado-2025/answer
    page_has "いまは受け付けていません"
    serve_stop
}

test_of a_survey_goes_from_its_form_to_its_public_page
test_of the_shell_and_the_desk_work_on_the_same_draft
test_of questions_stay_when_there_are_answers
test_of answers_come_by_paste_by_file_and_by_invitation
test_end
