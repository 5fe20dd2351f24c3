#!/bin/sh
# Signed checkpoints: made, kept, checked by another program, and what they see that nothing
# else can.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

stored() {
    meguri org add minamo みなも区 >/dev/null
    meguri import --apply "$SAMPLES"/minamo-20??.* >/dev/null
}

the_first_signature_makes_a_key_and_says_so() {
    stored
    run meguri checkpoint --name plan.example.jp
    status_is 0
    err_has "meguri.db.key"
    out_has "plan.example.jp/minamo"
    holds test "$(stat -c %a meguri.db.key)" = 600
    holds test "$(wc -l <meguri.db.key)" = 1
    cp out first
    run meguri checkpoint
    same out first
    holds test ! -s err
    run meguri verify
    status_is 0
    out_has "署名つき要約 1"
    run meguri checkpoint --name other.example.jp
    status_is 1
    err_has "plan.example.jp"
}

what_cannot_be_signed_is_refused() {
    run meguri checkpoint
    status_is 2
    stored
    run meguri checkpoint nowhere
    status_is 2
    err_has "nowhere の記録はありません"
    rm meguri.db.key
    run meguri checkpoint --name "a b"
    status_is 2
    err_has "使えません"
    holds test ! -e meguri.db.key
}

# With nothing of ours: node's Ed25519 and SHA-256.
another_program_finds_the_signature_good() {
    stored
    meguri checkpoint --name plan.example.jp >note 2>/dev/null
    meguri checkpoint --public-key >key
    run node "$TOP/test/e2e/checkpoint.mjs" note "$(cat key)"
    status_is 0
    sed 's/^\([0-9]\)/9\1/' note >forged
    run node "$TOP/test/e2e/checkpoint.mjs" forged "$(cat key)"
    status_is 1
}

a_checkpoint_that_was_kept_still_holds_after_more_records() {
    stored
    meguri checkpoint >kept 2>/dev/null
    sed 's/25% (2年度22.5%)/26% (2年度22.5%)/' "$SAMPLES"/minamo-2022.txt >revised.txt
    meguri import --apply --org minamo revised.txt >/dev/null
    run meguri verify --checkpoint kept
    status_is 0
    out_has "署名されたときのままです"
    cp meguri.db copy.db
    run meguri verify --checkpoint kept --data copy.db
    status_is 2
    err_has "--key"
    run meguri verify --checkpoint kept --data copy.db --key "$(meguri checkpoint --public-key)"
    status_is 0
    run meguri verify --format json --checkpoint kept
    out_has '"result":"holds"'
}

it_says_plainly_what_does_not_hold() {
    stored
    meguri checkpoint >kept 2>/dev/null
    meguri checkpoint --public-key >key
    sed '2s/.*/3/' kept >forged
    run meguri verify --checkpoint forged
    status_is 1
    out_has "この鍵による署名ではないか、文が変えられています"
    sqlite3 meguri.db "UPDATE record SET reason = 'x' WHERE seq = 3"
    run meguri verify --checkpoint kept
    status_is 1
    out_has "署名されたあとで記録が変えられています"
    sqlite3 meguri.db "DELETE FROM record WHERE seq > 20"
    run meguri verify --checkpoint kept
    status_is 1
    out_has "終わりの記録が消されています"
    run meguri verify --checkpoint "$SAMPLES"/minamo-2022.txt
    status_is 2
    err_has "署名つき要約として読めません"
    run meguri verify --checkpoint nowhere
    status_is 2
    run meguri verify --key "$(cat key)"
    status_is 2
    err_has "--checkpoint"
}

records_taken_off_the_end_are_only_seen_through_a_signature() {
    stored
    cp meguri.db unsigned.db
    meguri checkpoint >kept 2>/dev/null
    for f in unsigned.db meguri.db; do
        sqlite3 "$f" "DELETE FROM record WHERE seq > (SELECT seq - 1 FROM record WHERE entity LIKE 'source/%' ORDER BY seq DESC LIMIT 1);
            DELETE FROM blob WHERE hash = (SELECT source FROM plan WHERE fiscal_year = 2024)"
        meguri rebuild --data "$f" >/dev/null
    done
    run meguri verify --data unsigned.db
    status_is 0
    run meguri verify
    status_is 1
    out_has "署名したあとで終わりの記録が消されています"
}

# From the pages alone: the note as a file, a record's JSON, the public key.
every_record_leads_to_the_signed_root_by_another_program() {
    stored
    meguri checkpoint --name plan.example.jp >printed 2>/dev/null
    meguri checkpoint --public-key >key
    serve_start meguri.db
    curl -s "$url/o/minamo/checkpoint/note" >note
    same note printed
    sqlite3 meguri.db "SELECT lower(hex(hash)) FROM record" >hashes
    holds test "$(wc -l <hashes)" -ge 20
    while read -r hash; do
        curl -s "$url/records/$hash.json" >page.json
        node "$TOP/test/e2e/checkpoint.mjs" note "$(cat key)" page.json >said || bad "$hash: $(cat said)"
    done <hashes
    sed 's/administrator/auditor/g' page.json >altered.json
    run node "$TOP/test/e2e/checkpoint.mjs" note "$(cat key)" altered.json
    status_is 1
    # a second signature stands beside the first, which can still be fetched
    sed 's/25% (2年度22.5%)/26% (2年度22.5%)/' "$SAMPLES"/minamo-2022.txt >revised.txt
    meguri import --apply --org minamo revised.txt >/dev/null
    run curl -s "$url/o/minamo/checkpoint?lang=ja"
    out_has "署名のあとに増えた記録が"
    meguri checkpoint >/dev/null
    run curl -s "$url/o/minamo/checkpoint?lang=ja"
    out_has "署名のあとに増えた記録はありません"
    curl -s "$url/o/minamo/checkpoint/note?size=$(sed -n 2p printed)" >older
    same older printed
    run curl -s -o /dev/null -w '%{http_code}' "$url/o/minamo/checkpoint/note?size=999"
    out_has 404
    run curl -s "$url/o/minamo/2024?lang=ja"
    out_has "/o/minamo/checkpoint"
    serve_stop
}

test_of the_first_signature_makes_a_key_and_says_so
test_of what_cannot_be_signed_is_refused
test_of another_program_finds_the_signature_good
test_of a_checkpoint_that_was_kept_still_holds_after_more_records
test_of it_says_plainly_what_does_not_hold
test_of every_record_leads_to_the_signed_root_by_another_program
test_of records_taken_off_the_end_are_only_seen_through_a_signature
test_end
