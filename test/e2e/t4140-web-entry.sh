#!/bin/sh
# A register entered in the browser: lines, tables, definitions; who may, what is refused and why,
# and how it looked on a day that is over.
. "$(dirname "$0")/lib.sh"
PASSWORD='うみと山と37番の窓'
books=/w/minamo/evidence
book=$books/training

people() { # two sections, an editor in each, planning, an auditor
    meguri org add minamo みなも区 >/dev/null
    for section in shimin:市民協働課 hoken:保険年金課; do
        meguri org add "minamo-${section%%:*}" "${section#*:}" --kind section --parent minamo >/dev/null
    done
    for login in tanto hoka kikaku kansa; do
        meguri user add $login --name $login >/dev/null
        echo "$PASSWORD" | meguri user password $login
    done
    meguri user grant tanto editor --org minamo-shimin >/dev/null
    meguri user grant hoka editor --org minamo-hoken >/dev/null
    meguri user grant kikaku planning --org minamo >/dev/null
    meguri user grant kansa auditor --org minamo >/dev/null
}
ward() {
    begin_with people
    serve_start meguri.db
}
send() { # path, file, field=value...: as a form with a file
    path=$1
    file=$2
    shift 2
    set -- "$@" "csrf=$(csrf)"
    for field; do set -- "$@" --form-string "$field"; shift; done
    code=$(curl -s -b jar -c jar -o page -D head -w '%{http_code}' -H "Origin: $url" "$@" -F "file=@$file" "$url$path")
}
hidden() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" page | head -1; }
sign_in() {
    rm -f jar
    get /sign-in
    post /sign-in "login=$1" "password=$PASSWORD" to=/work
    get /work
}
page_lacks() { ! grep -qF -e "$1" page || bad "the page lacks: $1"; }
entries() { meguri register show --org minamo --register training >shown; }
shown_has() { entries; grep -qE -e "$1" shown || { bad "the register has: $1"; show shown; }; }
count_is() { entries; n=$(grep -cE -e "$1" shown); [ "$n" -eq "$2" ] || { bad "$2 of $1, there are $n"; show shown; }; }

opened() { # by planning; left signed in as an editor
    ward
    sign_in kikaku
    get $books
    post $books preset=training
    code_is 303
    sign_in tanto
    get $book
}
line() { # day, title, eligible, taken, more...
    day=$1 title=$2 eligible=$3 taken=$4
    shift 4
    post $book "v.date=$day" "v.title=$title" "v.eligible=$eligible" "v.taken=$taken" "$@"
}

a_register_is_opened_by_planning_alone() {
    ward
    sign_in tanto
    get $books
    page_has 台帳はまだありません
    page_lacks この台帳を使う
    post $books preset=training
    code_is 403
    sign_in kikaku
    get $books
    page_has この台帳を使う
    post $books preset=nonsense
    code_is 422
    get $books
    post $books preset=training
    code_is 303
    get $books
    page_has 最初の1件を記入するか
    run meguri verify
    status_is 0
}

a_line_is_one_entry_however_often_it_is_sent() {
    opened
    line 令和6年6月3日 接遇 ３０ ２８
    code_is 303
    get $book
    line 2024-06-03 接遇 30 28
    code_is 303
    count_is '2024-06-03.接遇' 1
    get $book
    line 2024-06-03 接遇 12 11
    code_is 409
    page_has 同じ日付と名前の1件がすでにあります
    ordinal=$(hidden ordinal)
    line 2024-06-03 接遇 12 11 same=other "ordinal=$ordinal"
    code_is 303
    get $book
    line 2024-06-03 接遇 12 11 same=other "ordinal=$ordinal"
    code_is 303
    count_is '2024-06-03.接遇' 2
    run meguri verify
    status_is 0
}

what_is_wrong_stands_beside_its_field_and_nothing_is_stored() {
    opened
    line 2024-02-30 '' たくさん 12
    code_is 422
    page_has 'href="#f-v.date"'
    page_has 暦にある日を書いてください
    page_has 「研修名」は必ず書いてください
    page_has 'value="たくさん"'
    get $book
    line 2024-06-03 接遇 10 12
    code_is 422
    page_has 受講者数が対象者数
    page_has 'name="reason"'
    line 2024-06-03 接遇 10 12 reason=途中で異動した
    code_is 303
    shown_has '接遇.*10.*12'
    get $book
    line 6/4 集計中の研修 調査中 ''
    code_is 303
    entries
    holds grep -q 集計中の研修 shown
    get "$(sed -n 's/^[Ll]ocation: //p' head | tr -d '\r')"
    page_has 'まだ値がありません(0ではありません)'
    get $book
    post $book v.nonsense=1 v.date=2024-06-03
    code_is 422
}

an_entry_is_mended_and_taken_back_with_a_reason() {
    opened
    line 2024-06-03 接遇 30 28
    one=$book/$(sed -n 's/.*saved=\([0-9a-f]*\).*/\1/p' head)
    get "$one"
    code_is 200
    seen=$(hidden seen)
    post "$one" v.date=2024-06-03 v.title=接遇 v.eligible=30 v.taken=27 "seen=$seen"
    code_is 422
    post "$one" v.date=2024-06-03 v.title=接遇 v.eligible=30 v.taken=27 "seen=$seen" why=名簿と合わせた
    code_is 303
    get "$one"
    page_has 名簿と合わせた
    post "$one" v.date=2024-06-03 v.title=接遇 v.eligible=31 v.taken=27 "seen=$seen" why=古い画面から
    code_is 409
    page_has 別の人がこの1件を変えました
    post "$one/void" "why_void=" "seen=$(hidden seen)"
    code_is 422
    post "$one/void" why_void=二重に入れた "seen=$(hidden seen)"
    code_is 303
    get "$one"
    page_has この1件は取り消されています
    post "$one" v.date=2024-06-03 v.title=接遇 v.eligible=30 v.taken=27 "seen=$(hidden seen)" why=別の研修だった
    code_is 303
    get "$one"
    page_lacks この1件は取り消されています
    run meguri verify
    status_is 0
}

a_table_is_shown_first_and_stored_as_a_whole() {
    opened
    printf '令和6年度 研修,,,\n,,人数,\n実施日,研修名,対象者数,受講者数\n6月3日,接遇,３０人,28\nR6.6.31,窓口,20,18\n6月5日,聴く,10,12(うち中止1)\n合計,,60,60\n' |
        iconv -f UTF-8 -t CP932 >odd.csv
    get $book/bulk
    send $book/bulk odd.csv do=check
    code_is 200
    page_has D6
    page_has A5
    page_has 暦にある日を書いてください
    page_lacks この内容をすべて保存する
    count_is 接遇 0
    printf '実施日,研修名,対象者数,受講者数\n2024-06-03,接遇,30,28\n2024-06-04,窓口,20,-\n合計,,50,28\n' | iconv -f UTF-8 -t UTF-16LE >body
    { printf '\377\376'; cat body; } >good.csv
    get $book/bulk
    send $book/bulk good.csv do=check
    page_has この内容をすべて保存する
    count_is 接遇 0
    digest=$(hidden digest)
    carried=$(hidden carried)
    headings=$(hidden headings)
    cp page dry
    post $book/bulk do=store "carried=$carried" carried_name=good.csv "headings=$headings" digest=
    code_is 422
    page_has もう一度確かめて
    cp dry page
    post $book/bulk do=store "carried=$carried" carried_name=good.csv "headings=$headings" "digest=$digest"
    code_is 303
    holds grep -q 'fresh=2' head
    cp dry page
    post $book/bulk do=store "carried=$carried" carried_name=good.csv "headings=$headings" "digest=$digest"
    code_is 303
    holds grep -q 'fresh=0' head
    count_is '2024-06-0[34]' 2
    get $book/bulk
    post $book/bulk do=check "text=いつ,なに,母数,出た
2024-07-01,救命,5,4"
    page_has いつ
    post $book/bulk do=check "text=いつ,なに,母数,出た
2024-07-01,救命,5,4" "headings=$(hidden headings)" col.0=date col.1=title col.2=eligible col.3=taken
    page_has この内容をすべて保存する
    run meguri verify
    status_is 0
}

a_workbook_is_read_like_any_table() {
    opened
    get $book/bulk
    send $book/bulk "$TOP/test/fuzz/corpus/book/openpyxl.xlsx" do=check
    code_is 200
    page_has 列の読み方
    printf 'PK\003\004nonsense' >bad.xlsx
    get $book/bulk
    send $book/bulk bad.xlsx do=check
    code_is 422
    page_has "途中で切れています"
}

a_register_of_ones_own_keeps_old_entries_true() {
    ward
    sign_in tanto
    get $books/new
    code_is 403
    sign_in kikaku
    get $books/new
    post $books/new do=save rows=6 name=防災訓練 key=drills section=minamo-shimin \
        f.0.label=実施日 f.0.kind=date f.0.identity=1 f.0.required=1 f.1.label=訓練名 f.1.kind=text f.1.identity=1 \
        f.2.label=定員 f.2.kind=quantity f.2.unit=人 f.3.label=参加者 f.3.kind=quantity f.3.unit=人 \
        f.4.label=規模 f.4.kind=choice "f.4.choices=全区
地域" k.0.less=3 k.0.more=2
    code_is 303
    sign_in hoka # another section sees it, and may not enter
    get $books/drills
    code_is 200
    page_has この台帳に記入するのは別の課です
    post $books/drills v.date=2024-06-03 v.item-1=水防
    code_is 403
    sign_in kansa
    get $books/drills
    code_is 200
    sign_in tanto
    get $books/drills
    post $books/drills v.date=2024-06-03 v.item-1=水防 v.item-2=10 v.item-3=12 v.item-4=全区
    code_is 422
    post $books/drills v.date=2024-06-03 v.item-1=水防 v.item-2=10 v.item-3=12 v.item-4=全区 reason=立ち見
    code_is 303
    meguri register show --org minamo --register drills >shown
    holds grep -q 水防 shown
    sign_in kikaku
    get $books/drills/definition
    seen=$(hidden seen)
    keys="rows=6 name=防災訓練 section=minamo-shimin seen=$seen f.0.key=date f.0.label=実施日 f.0.kind=date f.0.identity=1 f.0.required=1
        f.1.key=item-1 f.1.label=訓練名 f.1.kind=text f.1.identity=1 f.2.key=item-2 f.2.label=定員 f.2.kind=quantity
        f.3.key=item-3 f.3.label=参加者 f.3.kind=quantity f.3.unit=人 f.4.key=item-4 f.4.label=規模 f.4.kind=choice c.4.choice-2=地域"
    # shellcheck disable=SC2086 # words on purpose
    post $books/drills/definition do=save $keys f.2.unit=世帯 c.4.choice-1=全区
    code_is 422
    page_has 単位は変えられません
    # shellcheck disable=SC2086
    post $books/drills/definition do=save $keys f.2.unit=人 c.4.choice-1=
    code_is 422
    page_has 選択肢「全区」は消せません
    # shellcheck disable=SC2086
    post $books/drills/definition do=save $keys f.2.unit=人 c.4.choice-1=区全体 f.4.choices=学校 why=呼び名が変わった
    code_is 303
    post $books/drills/definition do=save rows=1 name=古い seen="$seen" f.0.key=date f.0.label=日 f.0.kind=date f.0.identity=1
    holds [ "$code" -ge 400 ]
    # the command is held to the same
    meguri register open --definition "$TOP/presets/registers/training.json" --org minamo >/dev/null
    meguri register add 日付=2024-06-03 研修名=接遇 対象者数=3 受講者数=2 --org minamo --register training >/dev/null
    sed 's/"unit": "人"/"unit": "件"/' "$TOP/presets/registers/training.json" >other.json
    run meguri register open --definition other.json --org minamo
    status_is 2
    err_has 単位は変えられません
    run meguri verify
    status_is 0
}

a_page_shows_what_stood_on_a_day() {
    opened
    line 2024-06-03 接遇 30 28
    get "$book?at=2020-01-01"
    code_is 200
    page_lacks 接遇
    get "$book/calendar?month=2024-06"
    page_has '2024年6月は1件です'
    get "$book/calendar?month=2024-06&at=2020-01-01"
    page_has '2024年6月は0件です'
    get "$book/planned?year=2024"
    page_has '対象者数 30人 に対して 受講者数 28人'
    rm -f jar
    get '/o/minamo/evidence/training?at=2020-01-01'
    page_lacks 接遇
    get /o/minamo/evidence/training
    page_has 接遇
}

a_file_that_is_too_large_is_told_what_to_do() {
    opened
    get $book/bulk
    page_has "5 MB まで"
    head -c 6000000 /dev/zero | tr '\0' a >large.csv
    send $book/bulk large.csv do=check
    code_is 422
    page_has "「ファイル」は 5 MB までです。"
    page_has "月や年度で分けて"
    get $book/bulk
    head -c 21000000 /dev/zero | tr '\0' a >larger.csv
    send $book/bulk larger.csv do=check
    code_is 413
    page_has "meguri register import"
    serve_stop
}

test_of a_register_is_opened_by_planning_alone
test_of a_line_is_one_entry_however_often_it_is_sent
test_of what_is_wrong_stands_beside_its_field_and_nothing_is_stored
test_of an_entry_is_mended_and_taken_back_with_a_reason
test_of a_table_is_shown_first_and_stored_as_a_whole
test_of a_workbook_is_read_like_any_table
test_of a_register_of_ones_own_keeps_old_entries_true
test_of a_page_shows_what_stood_on_a_day
test_of a_file_that_is_too_large_is_told_what_to_do
test_end
