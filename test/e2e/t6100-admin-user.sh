#!/bin/sh
# Accounts, duties, passwords and their rules, as a script makes them.
. "$(dirname "$0")/lib.sh"

ward() {
    meguri org add minamo みなも区 --kind ward >/dev/null
    meguri org add shimin 市民課 --kind section --parent minamo >/dev/null
}

field() { # NAME: its value in the JSON line of the output
    node -e 'const v = JSON.parse(require("fs").readFileSync("out", "utf8").split("\n")[0]); console.log(JSON.stringify(v[process.argv[1]]))' "$1"
}

the_first_administrator_is_made_by_hand() {
    ward
    run meguri user add kanri --name "管理 一号" --mail kanri@example.jp
    status_is 0
    echo 'うみと山と37番の窓' >password
    status=0
    meguri user password kanri <password >out 2>err || status=$?
    status_is 0
    run meguri user grant kanri administrator --org minamo
    status_is 0
    out_has "minamo:administrator"
    run meguri user list --format json
    status_is 0
    out_lines_are 1
    holds [ "$(field login)" = '"kanri"' ]
    holds [ "$(field has_password)" = true ]
    holds [ "$(field must_change)" = false ]
    ! grep -q '37番' meguri.db* || bad "no password stands in the data"
}

a_password_for_one_use_is_shown_once_and_must_be_changed() {
    run meguri user add hana --generate
    status_is 0
    grep -Eq "^hana$(printf '\t')[0-9a-z]{5}(-[0-9a-z]{5}){3}\$" out || { bad "login and password"; show out; }
    run meguri user list --format json
    holds [ "$(field must_change)" = true ]
    run meguri user password hana --generate --format json
    status_is 0
    holds [ "$(field login)" = '"hana"' ]
}

weak_passwords_are_refused_with_a_reason() {
    meguri user add hana >/dev/null
    for password in short password2024 qwertyuiop 12345678 hanahana 'ｐａｓｓｗｏｒｄ'; do
        status=0
        echo "$password" | meguri user password hana >out 2>err || status=$?
        status_is 2
        err_has パスワード
        holds grep -qvF "$password" err
    done
    run meguri user password hana # nothing on standard input
    status_is 2
    err_has "標準入力"
    run meguri user list --format json
    holds [ "$(field has_password)" = false ]
}

duties_have_days_and_end() {
    ward
    meguri user add hana >/dev/null
    meguri user add jun >/dev/null
    run meguri user grant hana head --org shimin --from 2024-04-01 --to 2099-03-31
    status_is 0
    out_has "shimin:head(2024-04-01~2099-03-31)"
    run meguri user grant jun head --org shimin --deputy-of hana --reason 出張
    status_is 0
    run meguri user revoke jun head --org shimin
    status_is 0
    run meguri user revoke jun head --org shimin
    status_is 2
    err_has "もう終わっています"
    run meguri user grant jun head --org shimin --from 2024-02-30
    status_is 2
    err_has 2024-02-30
    run meguri user grant jun chief --org shimin
    status_is 2
    err_has "editor head planning mayor reform auditor listener administrator"
    run meguri user grant jun head
    status_is 2
    err_has "--org"
    run meguri user grant jun head --org nowhere
    status_is 2
    err_has nowhere
    run meguri verify
    status_is 0
    run meguri rebuild
    status_is 0
    run meguri user list
    out_has "shimin:head(2024-04-01~2099-03-31)"
}

accounts_are_changed_stopped_and_erased() {
    meguri user add hana >/dev/null
    run meguri user add HANA
    status_is 2
    err_has "もう使われています"
    run meguri user add "ha na"
    status_is 2
    run meguri user add jun --mail "a@b, c@d"
    status_is 2
    run meguri user set hana --login hana.k --name 花 --mail h@example.jp
    status_is 0
    run meguri user disable hana.k --format json
    status_is 0
    holds [ "$(field disabled)" = true ]
    run meguri user enable hana.k --format json
    holds [ "$(field disabled)" = false ]
    run meguri user totp-reset hana.k
    status_is 0
    run meguri user sessions hana.k --end
    status_is 0
    run meguri user erase hana.k
    status_is 0
    run meguri user erase hana.k
    status_is 2
    err_has hana.k
    run meguri user list
    status_is 0
    out_lines_are 0
}

the_rules_are_shown_and_changed_within_their_ranges() {
    meguri user add hana >/dev/null
    run meguri user policy
    status_is 0
    out_has min_length=8
    out_has advised_length=15
    out_has max_age_days=0
    run meguri user policy --set min_length=12 --set totp_required=1 --format json
    status_is 0
    holds [ "$(field min_length)" = 12 ]
    holds [ "$(field totp_required)" = 1 ]
    for bad in min_length=3 min_length=x min_length=99999999999999999999 unknown=1 min_length; do
        run meguri user policy --set "$bad"
        status_is 2
        err_has "${bad%%=*}"
    done
    echo 'うみと山と37番' | meguri user password hana >out 2>err && bad "the longer rule holds"
    err_has 12文字以上
}

a_copy_takes_accounts_along_and_a_rebuild_leaves_them() {
    ward
    meguri user add hana --generate >/dev/null
    meguri user grant hana editor --org shimin >/dev/null
    meguri user list >before
    meguri rebuild 2>/dev/null >&2
    meguri backup copy.db >/dev/null 2>&1
    run meguri user list
    same out before
    run meguri user list --data copy.db
    same out before
    run meguri verify --data copy.db
    status_is 0
}

nobody_but_its_owner_reads_the_data() {
    umask 022
    meguri user add hana --generate >/dev/null
    meguri backup copy.db >/dev/null 2>&1
    holds [ "$(stat -c %a meguri.db)" = 600 ]
    holds [ "$(stat -c %a copy.db)" = 600 ]
    meguri import "$TOP"/samples/minamo-2024.* --data new.db >/dev/null 2>&1 # only tells what would change
    holds [ ! -e new.db ] && holds [ ! -e :memory: ]
}

a_server_without_accounts_says_how_to_make_the_first() {
    ward
    serve_start meguri.db
    for _ in $(seq 40); do grep -q "user add" serve.log && break; sleep 0.05; done
    cp serve.log out
    out_has "meguri user add"
    out_has "meguri user grant"
    serve_stop
    meguri user add hana >/dev/null
    serve_start meguri.db
    sleep 0.3
    cp serve.log out
    out_lacks "meguri user add"
    serve_stop
}

test_of the_first_administrator_is_made_by_hand
test_of a_password_for_one_use_is_shown_once_and_must_be_changed
test_of weak_passwords_are_refused_with_a_reason
test_of duties_have_days_and_end
test_of accounts_are_changed_stopped_and_erased
test_of the_rules_are_shown_and_changed_within_their_ranges
test_of a_copy_takes_accounts_along_and_a_rebuild_leaves_them
test_of nobody_but_its_owner_reads_the_data
test_of a_server_without_accounts_says_how_to_make_the_first
test_end
