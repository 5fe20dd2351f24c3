#!/bin/sh
# The guard of the server, over raw sockets: requests that two programs could read differently, or that take too
# long or too much, end in a page that says so.
. "$(dirname "$0")/lib.sh"

served() {
    sample data.db
    serve_start data.db
}
# raw FORMAT [drip]: what the server answers to these bytes (printf's escapes)
raw() {
    # shellcheck disable=SC2059 # the format is the test
    printf "$1" | node "$TOP/test/e2e/raw.mjs" "$url" ${2-} >out 2>err
}
answer_is() { # status
    head -n 1 out | grep -q "^HTTP/1.1 $1 " || { bad "status $1"; show out; }
    holds grep -q '^Content-Security-Policy: default-src' out
    holds grep -q '^X-Content-Type-Options: nosniff' out
    holds grep -q '<h1>' out
}

what_could_be_read_in_two_ways_is_400() {
    served
    for request in \
        'GET / HTTP/1.1\nHost: a\n\n' \
        'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n' \
        'GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n' \
        'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n' \
        'GET / HTTP/1.1\r\nHost : a\r\n\r\n' \
        'GET / HTTP/1.1\r\n\r\n' \
        'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n' \
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' \
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd' \
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd' \
        'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n'; do
        raw "$request"
        answer_is 400
    done
}

addresses_that_lead_outside_are_400() {
    served
    for path in /../etc/passwd /%%2e%%2e/etc/passwd /o/%%2E%%2E/x /a%%00b /%%FF /%%C0%%AF /a%%2Fb //a /a%%5Cb; do
        raw "GET $path HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        answer_is 400
    done
}

too_much_has_its_own_status() {
    served
    long=$(head -c 5000 /dev/zero | tr '\0' a)
    raw "GET /$long HTTP/1.1\r\nHost: a\r\n\r\n"
    answer_is 414
    raw "GET / HTTP/1.1\r\nHost: a\r\nX: $long$long$long$long\r\n\r\n"
    answer_is 431
    raw 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\nabc'
    answer_is 413
    raw 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    answer_is 411
    raw 'GET / HTTP/2.0\r\nHost: a\r\n\r\n'
    answer_is 505
}

nothing_hides_behind_a_refused_request() {
    served
    raw 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
    answer_is 400
    [ "$(grep -c '^HTTP/1.1' out)" -eq 1 ] || { bad "one answer"; show out; }
}

a_head_that_drips_is_cut() {
    served
    begin=$(date +%s)
    raw 'GET / HTTP/1.1\r\nHost: a\r\nX: 0123456789012345678901234567890123456789\r\n\r\n' drip
    answer_is 408
    took=$(($(date +%s) - begin))
    [ "$took" -ge 9 ] && [ "$took" -le 40 ] || bad "ten seconds (more on a busy machine), it took $took"
}

test_of what_could_be_read_in_two_ways_is_400
test_of addresses_that_lead_outside_are_400
test_of too_much_has_its_own_status
test_of nothing_hides_behind_a_refused_request
test_of a_head_that_drips_is_cut
test_end
