#!/bin/sh
# The digest: what everybody must do, printed or mailed through a relay that this test is.
. "$(dirname "$0")/lib.sh"
SAMPLES=$TOP/samples

year() { # a year that is written: an editor and a head with addresses, planning without
    meguri org add minamo みなも区 >/dev/null
    meguri org add minamo-shimin 市民協働課 --kind section --parent minamo >/dev/null
    meguri import --apply "$SAMPLES"/minamo-2024.* >/dev/null
    meguri user add tantou --mail tantou@example.jp >/dev/null
    meguri user add kacho --mail kacho@example.jp >/dev/null
    meguri user add kikaku >/dev/null
    meguri user add yosou --mail yosou@example.jp >/dev/null
    meguri user grant tantou editor --org minamo-shimin >/dev/null
    meguri user grant kacho head --org minamo-shimin >/dev/null
    meguri user grant kikaku planning --org minamo >/dev/null
    meguri cycle start minamo 2025 >/dev/null
    meguri cycle assign minamo 2025 1 minamo-shimin >/dev/null
    meguri cycle due minamo 2025 --plan 2025-03-10 >/dev/null
}

relay_start() {
    mkdir mails
    node "$TOP/test/e2e/sink.mjs" mails >port &
    relay_pid=$!
    for _ in $(seq 100); do [ -s port ] && break; sleep 0.05; done
    relay=127.0.0.1:$(cat port)
}

relay_stop() {
    kill "$relay_pid"
    wait "$relay_pid" 2>/dev/null
}

# A mail as another program reads it: subject, then text.
read_mail() { # FILE
    python3 -c 'import email, email.policy, sys
m = email.message_from_bytes(open(sys.argv[1], "rb").read(), policy=email.policy.default)
assert not m.defects, m.defects
print(m["Subject"]); print(m["From"], m["To"], m["Date"].datetime.isoformat()); print(m.get_content())' "$1" >out
}

everybody_gets_what_is_theirs_to_do() {
    year
    run meguri digest --url https://plan.example.jp/
    status_is 0
    out_has "== tantou <tantou@example.jp>"
    out_has "書く: 1 "
    out_has "期限 2025-03-10(過ぎています)"
    out_has "https://plan.example.jp/w/minamo/2025/1/plan"
    out_has "== kikaku"
    out_lacks "== kacho"
    out_lacks "== yosou"
    run meguri digest tantou --format json
    status_is 0
    out_lines_are 1
    out_has '"kind":"write"'
    run meguri digest nobody
    status_is 2
    err_has nobody
    run meguri digest tantou --lang en
    out_has "There is work for you"
}

the_digest_stops_when_all_is_done() {
    year
    meguri cycle step minamo 2025 1 plan submit >/dev/null
    run meguri digest
    out_lacks "== tantou"
    out_has "== kacho"
    out_has "読んで承認する"
    meguri cycle step minamo 2025 1 plan approve >/dev/null
    run meguri digest kacho tantou
    status_is 0
    out_lines_are 0
}

mail_is_what_other_programs_can_read() {
    year
    relay_start
    run meguri digest --smtp "$relay" --from meguri@example.jp --url https://plan.example.jp
    status_is 0
    out_has "送信 1通"
    out_has "メールアドレスのない人 1人"
    holds [ "$(ls mails)" = 1.eml ]
    LC_ALL=C grep -q '[^ -~[:cntrl:]]' mails/1.eml && bad "the mail is ASCII"
    [ "$(awk '{ if (length > n) n = length } END { print n }' mails/1.eml)" -le 79 ] || bad "no line is long"
    read_mail mails/1.eml
    out_has "巡り: いますることが1件あります"
    out_has "tantou@example.jp"
    out_has "meguri@example.jp"
    out_has "+09:00"
    out_has "書く: 1 "
    out_has "https://plan.example.jp/w/minamo/2025/1/plan"
    relay_stop
}

one_address_that_is_refused_does_not_keep_others_from_theirs() {
    year
    meguri user add aki --mail nobody@example.jp >/dev/null
    meguri user grant aki editor --org minamo-shimin >/dev/null
    relay_start
    run meguri digest --smtp "$relay" --from meguri@example.jp
    status_is 1
    err_has "nobody@example.jp"
    err_has "550 5.1.1 no such person"
    out_has "送信 1通、送れなかったもの 1通"
    read_mail mails/1.eml
    out_has "tantou@example.jp"
    meguri user set aki --mail hangup@example.jp >/dev/null
    run meguri digest --smtp "$relay" --from meguri@example.jp
    status_is 2
    err_has "中継先"
    relay_stop
    run meguri digest --smtp "$relay" --from meguri@example.jp
    status_is 2
    err_has "つながりません"
}

settings_that_cannot_work_are_refused() {
    year
    run meguri digest --smtp 127.0.0.1:1
    status_is 2
    err_has "--from"
    run meguri digest --smtp 127.0.0.1:x --from meguri@example.jp
    status_is 2
    err_has "127.0.0.1:25"
    run meguri digest --smtp 127.0.0.1:1 --from 'a@b> RCPT TO:<c@d'
    status_is 2
    err_has "--from"
}

test_of everybody_gets_what_is_theirs_to_do
test_of the_digest_stops_when_all_is_done
test_of mail_is_what_other_programs_can_read
test_of one_address_that_is_refused_does_not_keep_others_from_theirs
test_of settings_that_cannot_work_are_refused
test_end
