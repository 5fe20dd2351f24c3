#!/bin/sh
# What the running program answers on every route: the page, its twins, its headers.
. "$(dirname "$0")/lib.sh"

json_start
served() {
    sample data.db
    serve_start data.db
    meguri routes --data data.db --format json >routes.ndjson
}
examples() { # of the routes for everybody whose row has $1 in it
    grep -F '"who":"public"' routes.ndjson | grep -F -e "$1" | sed 's/.*"example":"\([^"]*\)".*/\1/'
}
twin() { # the address of a page in another shape
    case $1 in / | /\?*) echo "/index.$2${1#/}" ;; *) echo "$1.$2" ;; esac
}
fetch() { # path, curl options...: head in `head`, body in `body`
    path=$1
    shift
    : >body
    curl -sS -D head -o body "$@" "$url$path" || bad "$path answers"
    tr -d '\r' <head >head.txt
}
head_has() { grep -qi -e "^$1" head.txt || { bad "$path has the header $1"; show head.txt; }; }
status_line_is() { head -n 1 head.txt | grep -q " $1 " || { bad "$path has status $1"; show head.txt; }; }

every_page_answers_with_its_twins() {
    served
    [ "$(wc -l <routes.ndjson)" -gt 12 ] || bad "more than 12 routes"
    for path in $(examples '"method":"GET"'); do
        fetch "$path"
        status_line_is 200
        head_has 'Content-Security-Policy: default-src'
        head_has 'ETag: "'
    done
    for path in $(examples '"page":true'); do
        fetch "$(twin "$path" json)"
        status_line_is 200
        head_has 'Content-Type: application/json$'
        [ "$(json body 'v.page.title.length > 0')" = true ] || bad "the JSON of $path has a title"
    done
    for path in $(examples '"csv":true'); do
        fetch "$(twin "$path" csv)"
        status_line_is 200
        head_has 'Content-Type: text/csv'
        [ "$(head -c 3 body | od -An -tx1 | tr -d ' \n')" = efbbbf ] || bad "$path begins with a BOM"
    done
}

a_page_that_is_known_is_not_sent_again() {
    served
    fetch /o/minamo/2023
    etag=$(sed -n 's/^ETag: //Ip' head.txt)
    fetch /o/minamo/2023 -H "If-None-Match: $etag"
    status_line_is 304
    [ ! -s body ] || bad "no body"
    fetch /o/minamo/2023 -H 'Accept-Encoding: gzip'
    head_has 'Content-Encoding: gzip'
    gzip -dc <body >plain
    fetch /o/minamo/2023
    same body plain
}

errors_speak_the_readers_language() {
    served
    fetch /nowhere
    status_line_is 404
    holds grep -q '見つかりません' body
    head_has 'Cache-Control: no-store'
    fetch /nowhere -H 'Accept-Language: en'
    holds grep -q 'Not found' body
    fetch /nowhere.json
    status_line_is 404
    head_has 'Content-Type: application/problem+json'
    fetch /o/minamo -X DELETE
    status_line_is 405
    head_has 'Allow: GET, HEAD, OPTIONS'
    fetch /o/minamo -X OPTIONS
    status_line_is 204
    curl -sI "$url/o/minamo" >head.out
    holds grep -q '^Content-Length: [1-9]' head.out
}

no_answer_sets_a_cookie() {
    served
    fetch '/o/minamo?lang=en&at=2024-12-31'
    grep -qi '^set-cookie' head.txt && bad "there is no cookie"
    holds grep -q 'lang=en' body
}

test_of every_page_answers_with_its_twins
test_of a_page_that_is_known_is_not_sent_again
test_of errors_speak_the_readers_language
test_of no_answer_sets_a_cookie
test_end
