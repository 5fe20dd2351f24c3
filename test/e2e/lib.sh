# What every test of the real program begins with:
#
#     . "$(dirname "$0")/lib.sh"
#     a_missing_file_is_named() {
#         run meguri check nowhere.txt
#         status_is 2
#         err_has nowhere.txt
#     }
#     test_of a_missing_file_is_named
#     test_end
#
# A test is a function whose name is a sentence. Each runs in an empty directory of its own,
# which is gone afterwards, with `meguri` in the path. Its checks all run, so that one run
# shows every difference. The output is TAP.
set -u
TOP=$(cd "$(dirname "$0")/../.." && pwd)
CORPUS=$(dirname "$TOP")/shared/corpus # real documents, where they are at hand: see need_corpus
PATH=${MEGURI_BUILD:-$TOP/build}:$PATH
export PATH TZ=Asia/Tokyo LC_ALL=C.UTF-8
unset MEGURI_DATA
test_dir=$(mktemp -d)
test_count=0
test_failed=0
trap 'serve_stop; kill ${json_pid-} 2>/dev/null; rm -rf "$test_dir"' EXIT
trap 'exit 1' INT TERM

# run COMMAND...: its output to the files out and err, its exit code to $status.
run() {
    status=0
    "$@" >out 2>err </dev/null || status=$?
}

bad() { # what is not so
    echo "# not so: $*"
    test_bad=1
}

show() { # a file, as comments, not more than a screen of it
    sed -e 's/^/#   /' -e 40q "$1"
}

status_is() { [ "$status" -eq "$1" ] || { bad "exit code $1, it was $status"; show err; }; }
out_has() { grep -qF -e "$1" out || { bad "the output has: $1"; show out; }; }
out_lacks() { ! grep -qF -e "$1" out || bad "the output lacks: $1"; }
err_has() { grep -qF -e "$1" err || { bad "the errors have: $1"; show err; }; }
out_lines_are() { [ "$(wc -l <out)" -eq "$1" ] || { bad "$1 lines of output"; show out; }; }
holds() { "$@" || bad "$*"; } # any other command that must succeed
same() { cmp -s "$1" "$2" || { bad "$1 and $2 are the same"; diff "$1" "$2" | head -20 >diff.out; show diff.out; }; }

skip() { test_skip=$*; } # and return: what the test needs is not on this machine
need_corpus() { [ -e "$CORPUS/$1" ] || { skip "the corpus is not here"; return 1; }; }

# Under a sanitizer memory says nothing: it takes terabytes of addresses, and keeps what was freed.
need_plain_memory() {
    ! grep -qaF __asan_init "${MEGURI_BUILD:-$TOP/build}/meguri" || { skip "a sanitizer takes memory of its own"; return 1; }
}

# sample FILE: the sample's data, to do with as the test likes.
sample() { "$TOP/test/sample" "$PWD/$1" >/dev/null 2>&1 || bad "the sample is made"; }

# begin_with FUNCTION: what it leaves in an empty directory, to do with as the test likes. It is made
# once and copied to each test that begins with it: a password alone takes a tenth of a second.
begin_with() {
    [ -d "$test_dir/$1.begun" ] || {
        mkdir "$test_dir/$1.begun"
        (cd "$test_dir/$1.begun" && "$1") || bad "$1"
    }
    cp -R "$test_dir/$1.begun/." .
}

# json_start, then json FILE EXPRESSION: the value of an expression of JavaScript that calls the JSON
# of the file v, as text to stdout. Words of what is wrong are a value too: no test wants them.
json_start() {
    mkfifo "$test_dir/json.asked" "$test_dir/json.told"
    node "$TOP/test/e2e/json.mjs" "$test_dir/json.value" <"$test_dir/json.asked" >"$test_dir/json.told" &
    json_pid=$!
    exec 6>"$test_dir/json.asked" 7<"$test_dir/json.told"
}
json() {
    printf '%s/%s\t%s\n' "$PWD" "$1" "$2" >&6
    read -r _ <&7
    cat "$test_dir/json.value"
}

# serve_start DATA [OPTION...]: a server on a free port; its address without path to $url.
serve_start() {
    serve_data=$1
    shift
    meguri serve --data "$serve_data" --listen 127.0.0.1:0 "$@" >serve.log 2>&1 </dev/null &
    serve_pid=$!
    url=
    for _ in $(seq 100); do
        url=$(grep -om1 'http://127\.0\.0\.1:[0-9]*' serve.log)
        [ -n "$url" ] && return
        kill -0 "$serve_pid" 2>/dev/null || break
        sleep 0.05
    done
    bad "the server starts and says where"
    show serve.log
}

serve_stop() {
    [ -n "${serve_pid-}" ] || return 0
    kill "$serve_pid" 2>/dev/null
    wait "$serve_pid" 2>/dev/null
    serve_pid=
}

# A person's browser: the page that is open stands in `page`, its cookies in `jar`, its status in $code.
get() { code=$(curl -s -b jar -c jar -o page -w '%{http_code}' "$url$1"); }
csrf() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' page | head -1; }
post() { # path, field=value...
    path=$1
    shift
    set -- "$@" "csrf=$(csrf)"
    for field; do set -- "$@" --data-urlencode "$field"; shift; done
    code=$(curl -s -b jar -c jar -o page -D head -w '%{http_code}' -H "Origin: $url" "$@" "$url$path")
}
code_is() { [ "$code" = "$1" ] || { bad "status $1, it was $code"; sed -n '/<main/,$p' page >main; show main; }; }
page_has() { grep -qF -e "$1" page || { bad "the page has: $1"; sed -n '/<main/,$p' page >main; show main; }; }

test_of() {
    test_bad=0
    test_skip=
    mkdir "$test_dir/$1"
    cd "$test_dir/$1" || exit 1
    "$1"
    serve_stop
    cd "$TOP" || exit 1
    rm -rf "${test_dir:?}/$1"
    test_count=$((test_count + 1))
    if [ "$test_bad" -ne 0 ]; then
        test_failed=1
        echo "not ok $test_count - $1"
    else
        echo "ok $test_count - $1${test_skip:+ # SKIP $test_skip}"
    fi
}

test_end() {
    echo "1..$test_count"
    exit "$test_failed"
}
