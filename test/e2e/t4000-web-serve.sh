#!/bin/sh
# meguri serve: starting, stopping, and what it says when it cannot.
. "$(dirname "$0")/lib.sh"

it_says_where_it_serves_and_ends_when_told() {
    sample data.db
    serve_start data.db
    holds curl -sf -o page.html "$url/"
    holds grep -q 'みなも区' page.html
    kill -TERM "$serve_pid"
    wait "$serve_pid"
    status=$?
    status_is 0
    serve_pid=
    run curl -s "$url/"
    [ "$status" -ne 0 ] || bad "nothing answers any more"
}

a_port_in_use_is_named() {
    sample data.db
    serve_start data.db
    run meguri serve --data data.db --listen "127.0.0.1:${url##*:}"
    status_is 2
    err_has "${url##*:}"
    err_has "ほかのプログラムが使っています"
}

missing_data_is_named() {
    run meguri serve --data nowhere.db --listen 127.0.0.1:0
    status_is 2
    err_has "nowhere.db"
}

an_option_that_cannot_be_taken_is_named() {
    sample data.db
    for listen in nonsense 127.0.0.1: 127.0.0.1:70000 127.0.0.1:x 127.0.0.1:-1; do
        run meguri serve --data data.db --listen "$listen"
        status_is 2
        err_has "--listen"
    done
    run meguri serve --data data.db --listen 127.0.0.1:0 --threads many
    status_is 2
    err_has "--threads"
    run meguri serve --data data.db --listen 127.0.0.1:0 --assets nowhere
    status_is 2
    err_has "nowhere"
}

the_log_has_a_line_for_each_request_and_no_more() {
    sample data.db
    serve_start data.db --log
    curl -s -o page.html "$url/nowhere?x=%0AForged"
    curl -s -o page.html -A "$(printf 'a\tb')" "$url/"
    serve_stop
    [ "$(grep -c ' GET /' serve.log)" -eq 2 ] || { bad "two lines"; show serve.log; }
    holds grep -qE '^20[0-9-]+T[0-9:.]+\+09:00 [0-9a-f]+-[0-9]+ 404 GET /nowhere\?x=%0AForged [0-9]+ bytes [0-9]+ us' serve.log
    grep -q '^Forged' serve.log && bad "a request wrote a line of its own"
}

without_the_cache_the_pages_are_the_same() {
    sample data.db
    serve_start data.db
    curl -s -o cached.html "$url/o/minamo/2023"
    curl -s -o again.html "$url/o/minamo/2023"
    serve_stop
    serve_start data.db --no-cache --threads 1
    curl -s -o new.html "$url/o/minamo/2023"
    same cached.html again.html
    same cached.html new.html
}

what_another_process_imports_is_shown_at_once() {
    sample data.db
    serve_start data.db
    curl -s -o before.html "$url/"
    run meguri org add minato みなと新区 --data data.db
    status_is 0
    curl -s -o after.html "$url/"
    holds grep -q 'みなと新区' after.html
    grep -q 'みなと新区' before.html && bad "it was not there before"
}

test_of it_says_where_it_serves_and_ends_when_told
test_of a_port_in_use_is_named
test_of missing_data_is_named
test_of an_option_that_cannot_be_taken_is_named
test_of the_log_has_a_line_for_each_request_and_no_more
test_of without_the_cache_the_pages_are_the_same
test_of what_another_process_imports_is_shown_at_once
test_end
