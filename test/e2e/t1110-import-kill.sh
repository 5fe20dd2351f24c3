#!/bin/sh
# An import that is killed: what it acknowledged is there, what is there is whole, and the rest
# can be imported as if nothing had been.
. "$(dirname "$0")/lib.sh"
gen=${MEGURI_BUILD:-$TOP/build}/test/gen/gen_docs
DOCS=200

documents() {
    mkdir docs
    "$gen" --count "$DOCS" --out docs >/dev/null
}

# Starts an import and kills it after that many lines of acknowledgement.
import_and_kill() { # LINES
    : >acknowledged
    meguri import --apply docs/*.txt >acknowledged 2>import.err &
    pid=$!
    for _ in $(seq 3000); do
        [ "$(wc -l <acknowledged)" -lt "$1" ] || break
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.01
    done
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
}

# Every document whose line came out is stored with the very bytes it has.
acknowledged_is_stored() {
    LC_ALL=C sed -n 's/^\(docs\/[^:]*\): .*/\1/p' acknowledged >files
    sqlite3 meguri.db "SELECT lower(hex(hash)) FROM blob" | sort >stored
    xargs -r sha256sum <files | cut -d' ' -f1 | sort >expected
    comm -23 expected stored >lost
    [ ! -s lost ] || bad "$(wc -l <lost) acknowledged documents are lost"
}

what_was_acknowledged_survives_a_kill() {
    documents
    for lines in 1 64 129; do
        rm -f meguri.db*
        import_and_kill "$lines"
        [ -e meguri.db ] || continue
        run meguri verify
        status_is 0
        acknowledged_is_stored
        [ "$lines" -eq 1 ] || holds test -s files
    done
    run meguri import --apply docs/*.txt
    status_is 0
    run meguri verify
    status_is 0
    out_has "文書 $DOCS"
}

a_kill_at_any_moment_leaves_a_whole_store() {
    documents
    for pause in 0.02 0.06 0.12 0.2 0.35; do
        meguri import --apply docs/*.txt >acknowledged 2>import.err &
        pid=$!
        sleep "$pause"
        kill -9 "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
        [ -e meguri.db ] || continue
        run meguri import docs/doc-000000.txt
        # a file that was killed before its tables were made is made again by the next import
        [ "$status" -eq 0 ] || { meguri import --apply docs/doc-000000.txt >/dev/null; }
        run meguri verify
        status_is 0
        acknowledged_is_stored
    done
}

test_of what_was_acknowledged_survives_a_kill
test_of a_kill_at_any_moment_leaves_a_whole_store
test_end
