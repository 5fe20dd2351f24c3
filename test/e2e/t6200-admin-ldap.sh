#!/bin/sh
# Signing in by a directory: a real slapd on this machine, started and stopped here.
. "$(dirname "$0")/lib.sh"
SLAPD=$(PATH=$PATH:/usr/sbin:/usr/lib/ldap command -v slapd || true)
BASE=dc=example,dc=jp

# slapd on a free port, with TLS by a certificate of a CA of its own; false = it is not here.
directory_start() {
    [ -x "$SLAPD" ] && [ -e /etc/ldap/schema/inetorgperson.schema ] || return 1
    mkdir data
    openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out ca.pem -days 2 \
        -subj /CN=localhost -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' 2>/dev/null
    openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 2 \
        -subj /CN=localhost 2>/dev/null
    cat >slapd.conf <<END
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile $PWD/slapd.pid
TLSCertificateFile $PWD/ca.pem
TLSCertificateKeyFile $PWD/key.pem
disallow bind_anon
database mdb
suffix "$BASE"
rootdn "cn=root,$BASE"
rootpw root-secret
directory $PWD/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=finder,$BASE" read by self read by * none
END
    cat >entries.ldif <<END
dn: $BASE
objectClass: dcObject
objectClass: organization
o: example
dc: example

dn: ou=people,$BASE
objectClass: organizationalUnit
ou: people

dn: cn=finder,$BASE
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: finder
userPassword: finder-secret

dn: uid=hana,ou=people,$BASE
objectClass: inetOrgPerson
uid: hana
cn: hana
sn: test
displayName: Test Hana
mail: hana@example.jp
userPassword: hana-secret

dn: uid=ka\\2Cna\\2B(1),ou=people,$BASE
objectClass: inetOrgPerson
uid: ka,na+(1)
cn: kana
sn: test
userPassword: kana-secret
END
    port=$((20000 + $$ % 20000))
    for _ in 1 2 3 4 5; do
        "$SLAPD" -f slapd.conf -h "ldap://127.0.0.1:$port ldaps://127.0.0.1:$((port + 1))" -d 0 >slapd.log 2>&1 &
        directory_pid=$!
        for _ in $(seq 60); do
            ldapwhoami -x -H "ldap://127.0.0.1:$port" -D "cn=root,$BASE" -w root-secret >/dev/null 2>&1 && break 2
            kill -0 "$directory_pid" 2>/dev/null || break
            sleep 0.05
        done
        port=$((port + 17))
    done
    ldapadd -x -H "ldap://127.0.0.1:$port" -D "cn=root,$BASE" -w root-secret -f entries.ldif >add.log 2>&1 || show add.log
}

directory_stop() {
    kill "$directory_pid"
    wait "$directory_pid" 2>/dev/null
}

# sign_in LOGIN PASSWORD: $code, the page in the file page; a new browser each time.
sign_in() {
    rm -f jar
    curl -s -c jar -b jar "$url/sign-in" >page
    csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' page | head -1)
    code=$(curl -s -c jar -b jar -o page -w '%{http_code}' -H "Origin: $url" \
        --data-urlencode "csrf=$csrf" --data-urlencode "login=$1" --data-urlencode "password=$2" "$url/sign-in")
}

fault() { grep -o "認証サーバー[^<]*\|[^<>]*登録されていません[^<]*" page | head -3 >fault.out; show fault.out; }
is_in() { [ "$code" = 303 ] || { bad "$1 gets in: $code"; fault; }; }
is_out() { [ "$code" = 422 ] || { bad "$1 stays outside: $code"; fault; }; }
page_has() { grep -qF -e "$1" page || { bad "the page has: $1"; fault; }; }

accounts() {
    meguri org add minamo みなも区 >/dev/null
    meguri user add kanri >/dev/null
    echo 'うみと山と37番の窓' | meguri user password kanri
    meguri user add 'ka,na+(1)' >/dev/null
}

people_sign_in_by_their_name_in_the_directory() {
    directory_start || { skip "slapd is not here"; return; }
    begin_with accounts
    serve_start meguri.db --ldap "ldap://127.0.0.1:$port" --ldap-bind "uid={login},ou=people,$BASE" --ldap-create
    sign_in hana hana-secret
    is_in hana
    run meguri user list
    out_has "Test Hana$(printf '\t')hana@example.jp"
    sign_in hana wrong
    is_out "a wrong password"
    sign_in hana ''
    is_out "no password at all, which a directory would take for nobody's"
    sign_in nobody hana-secret
    is_out "an unknown login"
    sign_in 'ka,na+(1)' kana-secret
    is_in "a login with signs of a name"
    sign_in "hana,ou=people,$BASE" hana-secret
    is_out "a login that is more of a name"
    sign_in kanri 'うみと山と37番の窓'
    is_in "who has a password here"
    directory_stop
    sign_in hana hana-secret
    holds [ "$code" = 503 ]
    page_has "認証サーバー(LDAP)"
    sign_in kanri 'うみと山と37番の窓'
    is_in "who has a password here, without the directory"
    run meguri user list --format json
    out_has '"login":"hana"'
    out_lacks hana-secret
    out_lacks "hana,ou"
}

people_are_searched_for_by_a_service_account() {
    directory_start || { skip "slapd is not here"; return; }
    begin_with accounts
    echo finder-secret >finder.txt
    serve_start meguri.db --ldap "ldaps://127.0.0.1:$((port + 1))" --ldap-ca ca.pem --ldap-base "$BASE" \
        --ldap-filter '(uid={login})' --ldap-service "cn=finder,$BASE" --ldap-service-password-file finder.txt
    sign_in 'ka,na+(1)' kana-secret
    is_in "a login with signs of a filter, over TLS"
    sign_in hana hana-secret
    holds [ "$code" = 403 ]
    page_has "登録されていません"
    meguri user add hana >/dev/null
    sign_in hana hana-secret
    is_in hana
    for login in '*' 'ha*' 'hana)(uid=*' 'x)(|(uid=hana' '\2a'; do
        sign_in "$login" hana-secret
        is_out "$login"
    done
    serve_stop
    echo other >finder.txt
    serve_start meguri.db --ldap "ldap://127.0.0.1:$port" --ldap-starttls --ldap-ca ca.pem --ldap-base "$BASE" \
        --ldap-filter '(uid={login})' --ldap-service "cn=finder,$BASE" --ldap-service-password-file finder.txt
    sign_in hana hana-secret
    holds [ "$code" = 503 ]
    page_has "検索用の利用者"
    echo finder-secret >finder.txt
    sleep 0.1
    sign_in hana hana-secret
    is_in "hana, by StartTLS"
    serve_stop
    serve_start meguri.db --ldap "ldaps://127.0.0.1:$((port + 1))" --ldap-ca other.pem --ldap-bind "uid={login},ou=people,$BASE"
    sign_in hana hana-secret
    holds [ "$code" = 503 ]
    page_has "認証サーバー(LDAP)"
    directory_stop
}

settings_that_would_give_passwords_away_are_refused() {
    begin_with accounts
    for options in "--ldap ldap://ad.example.jp --ldap-bind {login}@example.jp" \
        "--ldap http://127.0.0.1 --ldap-bind {login}@example.jp" \
        "--ldap ldaps://ad.example.jp" \
        "--ldap ldaps://ad.example.jp --ldap-bind uid=,ou=people" \
        "--ldap ldaps://ad.example.jp --ldap-base dc=jp" \
        "--ldap ldaps://ad.example.jp --ldap-bind {login} --ldap-filter (uid={login})"; do
        # shellcheck disable=SC2086 # several options
        run meguri serve --listen 127.0.0.1:0 $options
        status_is 2
        err_has ldap
    done
}

test_of people_sign_in_by_their_name_in_the_directory
test_of people_are_searched_for_by_a_service_account
test_of settings_that_would_give_passwords_away_are_refused
test_end
