#!/bin/sh
# The door of the real program: a person comes in over the wire, nobody else does, and the log
# holds neither secrets nor lines that somebody outside has written.
. "$(dirname "$0")/lib.sh"
PASSWORD='うみと山と37番の窓'

accounts() {
    meguri org add minamo みなも区 >/dev/null
    meguri user add kanri --name 管理 >/dev/null
    echo "$PASSWORD" | meguri user password kanri
    meguri user grant kanri administrator --org minamo >/dev/null
}

csrf_of() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$1" | head -1; }

# post PATH FIELD...: with the cookie and csrf of the page before; $code, the answer in page.
post() {
    path=$1
    shift
    csrf=$(csrf_of page)
    code=$(curl -s -b jar -c jar -o page -w '%{http_code}' -H "Origin: $url" --data-urlencode "csrf=$csrf" "$@" "$url$path")
}


come_in() {
    rm -f jar
    get /sign-in
    post /sign-in --data-urlencode "login=$1" --data-urlencode "password=$2" "${3:---data-urlencode}" "${4:-to=/account}"
}

code_is() { [ "$code" = "$1" ] || { bad "status $1, it was $code"; show page; }; }

a_person_comes_in_and_goes_out() {
    begin_with accounts
    serve_start meguri.db
    get /account
    code_is 401
    come_in kanri "$PASSWORD"
    code_is 303
    get /people
    code_is 200
    holds grep -q 管理 page
    post /sign-out
    code_is 303
    get /account
    code_is 401
    serve_stop
}

what_waited_goes_on_after_the_sign_in() {
    begin_with accounts
    serve_start meguri.db
    come_in kanri "$PASSWORD"
    get /account
    run meguri user sessions kanri --end
    status_is 0
    post /account/name --data-urlencode 'name=山 & 川' --data-urlencode mail=
    code_is 401
    carry=$(sed -n 's/.*name="carry" value="\([^"]*\)".*/\1/p' page | sed 's/&amp;/\&/g')
    post /sign-in --data-urlencode login=kanri --data-urlencode "password=$PASSWORD" \
        --data-urlencode to=/account/name --data-urlencode post=1 --data-urlencode "carry=$carry"
    code_is 303
    get /account
    holds grep -q '山 &amp; 川' page
    serve_stop
}

the_log_is_written_by_the_program_alone() {
    begin_with accounts
    serve_start meguri.db --log
    nasty=$(printf 'a\r\n2026-01-01T00:00:00.000+09:00 x 200 FORGED\033[2J')
    come_in "$nasty" "$PASSWORD"
    code_is 422
    come_in kanri "$PASSWORD"
    get /account
    csrf=$(csrf_of page)
    token=$(sed -n 's/.*meguri[[:space:]]//p' jar)
    get "/o/minamo?x=%0d%0a2026-01-01T00:00:00.000+09:00%20FORGED%1b%5b2J"
    curl -s -o /dev/null -A "$nasty" -H 'X-Forwarded-For: FORGED' "$url/account"
    post /account/name --data-urlencode "name=$nasty" --data-urlencode mail=
    serve_stop
    holds [ -n "$csrf" ]
    holds [ -n "$token" ]
    for secret in "$PASSWORD" "$csrf" "$token"; do
        ! grep -qF -e "$secret" serve.log || bad "the log holds a secret"
    done
    ! grep -q '^[^ ]* x 200 FORGED' serve.log || bad "a line is forged"
    ! grep -q "$(printf '\033')" serve.log || bad "the log moves the cursor"
    holds [ "$(grep -c ' POST /sign-in ' serve.log)" = 2 ]
}

a_foreign_page_sends_nothing_in() {
    begin_with accounts
    serve_start meguri.db
    come_in kanri "$PASSWORD"
    get /account
    csrf=$(csrf_of page)
    for header in 'Origin: http://evil.example' 'Origin: null' 'Sec-Fetch-Site: cross-site'; do
        code=$(curl -s -b jar -o page -w '%{http_code}' -H "$header" --data-urlencode "csrf=$csrf" -d name=evil "$url/account/name")
        code_is 403
    done
    code=$(curl -s -b jar -o page -w '%{http_code}' -H "Origin: $url" -d name=evil "$url/account/name")
    code_is 403
    head -c 1200000 /dev/zero | tr '\0' a >big
    code=$(curl -s -b jar -o page -w '%{http_code}' -H "Origin: $url" --data-urlencode "csrf=$csrf" --data-urlencode name@big "$url/account/name")
    code_is 413
    run meguri user list
    out_lacks evil
    serve_stop
}

test_of a_person_comes_in_and_goes_out
test_of what_waited_goes_on_after_the_sign_in
test_of the_log_is_written_by_the_program_alone
test_of a_foreign_page_sends_nothing_in
test_end
