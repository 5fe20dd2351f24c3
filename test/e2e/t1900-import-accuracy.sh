#!/bin/sh
# How much of a document the reader understands: invented documents and a few written by hand,
# each beside its truth (test/gen/README.md). Every field and every rule must come out whole:
# nothing missed, nothing made up. SEED and COUNT choose other documents than the usual ones.
. "$(dirname "$0")/lib.sh"
PATH=${MEGURI_BUILD:-$TOP/build}/test/gen:$PATH
seed=${SEED:-1}
count=${COUNT:-300}

# What was read is in `got`; the exit code of check says only whether it found an E.
read_all() {
    meguri check --format json "$@" >>got 2>err
    [ $? -lt 2 ] || { bad "every document is read"; show err; }
}

is_whole() { # truth
    run gen_compare "$1" got
    [ "$status" -eq 0 ] && return
    bad "precision and recall are 1.000 everywhere"
    grep '^#' out | head -25
    grep -v '^#' out | awk 'NF > 4 && $(NF - 3) + $(NF - 2) > 0' | head -30 | sed 's/^/# /'
}

generate() { # option...
    mkdir docs
    holds gen_docs --seed "$seed" --out docs --truth truth "$@"
}

documents_read_by_hand() {
    cat "$TOP"/test/gen/cases/*.json >truth
    read_all "$TOP"/test/gen/cases/*.txt "$TOP"/test/gen/cases/*.html
    is_whole truth
}

invented_texts() {
    generate --count "$count" --unheaded 5
    read_all docs/*.txt
    is_whole truth
}

invented_pages() {
    generate --count "$((count / 3))" --html
    read_all docs/*.html
    is_whole truth
}

texts_of_windows() {
    generate --count "$((count / 3))"
    mkdir cp932
    for f in docs/*.txt; do
        sed '1s/^\xef\xbb\xbf//' "$f" | iconv -f UTF-8 -t CP932 >"cp932/${f#docs/}" || bad "$f in CP932"
    done
    read_all cp932/*.txt
    is_whole truth
}

text_that_a_tool_took_out_of_a_table() {
    generate --count "$((count / 3))" --lines
    read_all docs/*.txt
    is_whole truth
}

years_beside_the_year_before() {
    generate --count "$((count / 10))" --pairs
    for f in docs/doc-*.txt; do
        read_all --previous "docs/previous-${f#docs/doc-}" "$f"
    done
    is_whole truth
}

test_of documents_read_by_hand
test_of invented_texts
test_of invented_pages
test_of texts_of_windows
test_of text_that_a_tool_took_out_of_a_table
test_of years_beside_the_year_before
test_end
