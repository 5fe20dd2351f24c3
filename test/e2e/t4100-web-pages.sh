#!/bin/sh
# What a reader finds on the pages of the running program, with the sample in it and with the
# real document where that is at hand.
. "$(dirname "$0")/lib.sh"

served() {
    sample data.db
    serve_start data.db
}
get() { # a path, curl options...: the body in `out`
    path=$1
    shift
    curl -sS -o out "$@" "$url$path" || bad "$path answers"
}
# js EXPRESSION: of the JSON in `out`, which is called d; the result as text to stdout.
json_start
js() { json out "(d => $1)(v)"; }
js_is() { [ "$(js "$1")" = "$2" ] || bad "$path: $1 is $2, it was $(js "$1")"; }

the_meetings_that_fell_away_are_seen_on_the_sheet() {
    served
    get /o/minamo/2023/3
    out_has '24回 → 17回'
    out_has '計画より少ない'
    get /o/minamo/2023/3.json
    js_is 'd.groups.flatMap(g => g.activities).filter(a => a.reported?.change === "fewer").map(a => a.reported.from + a.reported.to).join()' '24回17回'
}

the_sentence_counts_what_the_table_shows() {
    served
    for year in 2022 2023 2024; do
        get /o/minamo/$year.json
        js_is 'd.sentence.match(/達成(\d+)、/)[1]' "$(js 'd.initiatives.filter(i => i.goals.every(g => g.verdict === "met")).length')"
        js_is 'd.sentence.match(/未達成(\d+)/)[1]' "$(js 'd.initiatives.filter(i => i.goals.some(g => g.verdict === "not_met")).length')"
        js_is 'd.sentence.match(/指標(\d+)/)[1]' "$(js 'd.indicators.length')"
        js_is 'd.sentence.match(/結果があるのは(\d+)/)[1]' "$(js 'd.indicators.filter(i => i.actual !== null).length')"
        sentence=$(js 'd.sentence')
        get /o/minamo/$year
        out_has "$sentence"
    done
}

the_page_says_what_its_twin_says() {
    served
    for page in /o/minamo/2022/1 /o/minamo/2024/1 /o/minamo/2023/3 /o/minamo/2024/findings; do
        get $page.json
        js '[...JSON.stringify(d).matchAll(/"(?:name|actual|target|message|text)":("(?:[^"\\]|\\.)*")/g)].map(m => JSON.parse(m[1])).join("\n")' >said
        get $page
        node -e '
            const { readFileSync } = require("fs");
            const page = readFileSync("out", "utf8").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&#39;/g, "\x27").replace(/&amp;/g, "&").replace(/<\/?ins>/g, "");
            const lost = readFileSync("said", "utf8").split("\n").filter((s) => !page.includes(s));
            console.log(lost.join("\n"));
            process.exit(lost.length ? 1 : 0)' >lost || { bad "$page shows everything its twin says"; show lost; }
    done
}

a_word_of_two_characters_is_found_and_counted() {
    served
    get '/search.json?q=%E7%AA%93%E5%8F%A3' # 窓口
    js_is 'd.hits.every(h => h.text.includes("窓口"))' true
    total=$(js 'd.pages.total')
    sqlite3 data.db "SELECT count(*) FROM search WHERE text LIKE '%窓口%'" >counted 2>/dev/null \
        && [ "$total" != "$(cat counted)" ] && bad "all $(cat counted) paragraphs are counted, not $total"
    get '/search?q=%E7%AA%93%E5%8F%A3'
    out_has '<mark>窓口</mark>'
    out_has "「窓口」を含む段落は${total}件です。"
    get '/search?q=%E7%AA%93%E5%8F%A3&page=2'
    out_has '<mark>窓口</mark>'
    get '/search?q=%E7%AA%93%E5%8F%A3&org=komorebi&year=R6'
    out_has 'こもれび区'
    out_lacks '/o/minamo/'
}

a_document_comes_back_as_it_went_in() {
    served
    get /o/minamo/2023
    blob=$(grep -o '/blobs/[0-9a-f]*' out | head -n 1)
    curl -sS -D head -o document "$url$blob"
    same document "$TOP/samples/minamo-2023.txt"
    [ "/blobs/$(sha256sum <document | cut -d' ' -f1)" = "$blob" ] || bad "the address is the hash"
    grep -qi '^content-disposition: attachment' head || bad "it is offered for saving"
    grep -qi '^content-type: application/octet-stream' head || bad "it is not shown as a page"
}

a_record_is_verified_offline_as_the_manual_says() {
    served
    get /o/minamo/2023/4
    record=$(grep -o '/records/[0-9a-f]*' out | head -n 1)
    get "$record.json"
    cp out page.json
    js 'd.bytes' >record.json
    leaf=$({ printf '\0'; cat record.json; } | sha256sum | cut -d' ' -f1)
    [ "/records/$leaf" = "$record" ] || bad "the leaf is the record's hash"
    value=$leaf
    js 'd.proof.path.map(s => s.side + " " + s.hash + "\n").join("")' >steps
    while read -r side hash; do
        pair=$value$hash
        [ "$side" = right ] || pair=$hash$value
        value=$(node -e 'process.stdout.write(Buffer.from("01" + process.argv[1], "hex"))' "$pair" | sha256sum | cut -d' ' -f1)
    done <steps
    js_is 'd.proof.root' "$value"
    get /o/minamo/2023/history.json
    js_is 'd.tree.root' "$value"
}

a_table_comes_as_csv_without_what_has_no_cell() {
    served
    get /o/minamo/2023.csv
    head -n 1 out | grep -q 'fiscal_year,year_label,initiative,title,name' || { bad "named columns"; show out; }
    [ "$(wc -l <out)" -eq 30 ] || bad "one line for each of 29 indicators and the head"
}

every_link_of_a_page_leads_to_something() {
    served
    get /o/minamo/2024/2
    grep -o 'href="/[^"#]*' out | cut -c7- | sed 's/&amp;/\&/g' | sort -u >links
    [ "$(wc -l <links)" -gt 10 ] || bad "more than 10 links"
    while read -r link; do
        code=$(curl -sS -o /dev/null -w '%{http_code}' "$url$link")
        [ "$code" = 200 ] || bad "$link answers 200, not $code"
    done <links
}

three_hundred_initiatives_are_shown_a_piece_at_a_time() {
    {
        echo '令和5年度 みなも区運営方針'
        for i in $(seq 300); do
            printf '取組項目%s\n【試み%s】\n取組の方針・目標内容\t当年度の取組内容\n<p>(目標) ・割合%s 【5年度】 40%% (4年度実績:30%%)</p>\t<p>(取組内容) ・会議%s(3回)</p>\n\n' "$i" "$i" "$i" "$i"
        done
    } >many.txt
    run meguri import --apply --data data.db --org minamo --org-name みなも区 many.txt
    serve_start data.db
    get /o/minamo/2023.json
    js_is 'd.initiatives.length' 200
    js_is 'd.pages.total' 300
    get '/o/minamo/2023.json?page=2'
    js_is 'd.initiatives.length' 100
    js_is 'd.initiatives[99].number' 300
    get /o/minamo/2023/299
    out_has '/o/minamo/2023/298'
    out_has '/o/minamo/2023/300'
}

the_real_document_reads_as_an_auditor_would_say() {
    need_corpus osaka-chuo-r01-reform.txt || return 0
    run meguri import --apply --data data.db --org 271284 --org-name 大阪市中央区 \
        "$CORPUS/osaka-chuo-r01-reform.txt"
    serve_start data.db
    get /o/271284/2019.json
    js_is 'd.indicators.length' 23
    js_is 'd.indicators.filter(i => i.actual !== null).length' 5
    js_is 'd.without_result.flatMap(i => i.indicators).length' 18
    get /o/271284/2019
    out_has '指標23のうち結果があるのは5。'
    get /o/271284/2019/3
    out_has '24回 → 17回'
}

test_of the_meetings_that_fell_away_are_seen_on_the_sheet
test_of the_sentence_counts_what_the_table_shows
test_of the_page_says_what_its_twin_says
test_of a_word_of_two_characters_is_found_and_counted
test_of a_document_comes_back_as_it_went_in
test_of a_record_is_verified_offline_as_the_manual_says
test_of a_table_comes_as_csv_without_what_has_no_cell
test_of every_link_of_a_page_leads_to_something
test_of three_hundred_initiatives_are_shown_a_piece_at_a_time
test_of the_real_document_reads_as_an_auditor_would_say
test_end
