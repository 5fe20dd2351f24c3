#!/bin/sh
# The store's SQL stays within what PostgreSQL 15 understands too: its form of the tables is
# loaded into a server that this test starts and stops, and every named statement is prepared.
. "$(dirname "$0")/lib.sh"
BIN=${PG_BIN:-/usr/lib/postgresql/15/bin}
print=${MEGURI_BUILD:-$TOP/build}/test/unit/sql_print

# The server refuses to be run by root.
as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

server_start() { # false = there is no PostgreSQL here
    [ -x "$BIN/initdb" ] || return 1
    pg=$(mktemp -d /tmp/meguri-pg-XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres "$pg"
    as_nobody "$BIN/initdb" -D "$pg/data" --locale=C --encoding=UTF8 -A trust -U meguri -N >pg.log 2>&1 &&
        as_nobody "$BIN/pg_ctl" -D "$pg/data" -l "$pg/log" -w -o "-k $pg -h '' -F" start >>pg.log 2>&1
}

server_stop() {
    as_nobody "$BIN/pg_ctl" -D "$pg/data" -m immediate -w stop >>pg.log 2>&1
    rm -rf "$pg"
}

sql() { # FILE
    psql -X -q -v ON_ERROR_STOP=1 -h "$pg" -U meguri -d postgres -f "$1"
}

every_statement_is_prepared_by_postgresql() {
    server_start || { skip "PostgreSQL 15 is not here"; return; }
    for migration in "$TOP"/src/store/migrations/*.pg.sql; do
        run sql "$migration"
        status_is 0
    done
    run "$print"
    status_is 0
    cp out statements.sql
    run sql statements.sql
    status_is 0
    [ "$status" -eq 0 ] || { echo "# after:"; tail -1 out | sed 's/^/#   /'; }
    run psql -X -q -t -A -h "$pg" -U meguri -d postgres -c '\dt'
    out_has "|paragraph|"
    server_stop
}

each_migration_has_both_forms() {
    for f in "$TOP"/src/store/migrations/*.sqlite.sql; do
        holds test -e "${f%.sqlite.sql}.pg.sql"
    done
    for f in "$TOP"/src/store/migrations/*.pg.sql; do
        holds test -e "${f%.pg.sql}.sqlite.sql"
    done
}

test_of every_statement_is_prepared_by_postgresql
test_of each_migration_has_both_forms
test_end
