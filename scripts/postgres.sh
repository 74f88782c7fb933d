#!/usr/bin/env bash
# A throw-away PostgreSQL from Debian's packages: `start` prints its address, `stop` ends it and removes its files.
# It listens on 127.0.0.1 only, trusts local log-ins and forgoes fsync: for tests and trials, never for real data.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
place=var/postgres
mkdir -p var

as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

stop() {
    [ -f "$place/folder" ] || return 0
    local folder; folder=$(cat "$place/folder")
    (cd / && as_owner "$(find_postgres)/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$folder" "$place"
}

start() {
    find_postgres >/dev/null || need postgresql "在 PostgreSQL 上运行" "默认使用内置的 SQLite，功能相同" || exit 1
    local bin folder port
    bin=$(find_postgres)
    stop
    # Root may not run PostgreSQL, and the account that may cannot always reach the checkout: its files stand in TMPDIR.
    folder=$(mktemp -d "${TMPDIR:-/tmp}/hengjian-postgres.XXXXXX")
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    mkdir -p "$place"
    echo "$folder" >"$place/folder"
    port=${HENGJIAN_POSTGRES_PORT:-$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
    cd /
    as_owner "$bin/initdb" -D "$folder/data" -U hengjian -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    as_owner "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" \
        -o "-c listen_addresses=127.0.0.1 -p $port -k $folder -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60" start \
        </dev/null >/dev/null
    as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U hengjian hengjian
    cd - >/dev/null
    echo "postgres://hengjian@127.0.0.1:$port/hengjian" >"$place/url"
    cat "$place/url"
}

case "${1:-start}" in
start) start ;;
stop) stop ;;
*) echo "用法：scripts/postgres.sh start|stop" >&2; exit 2 ;;
esac
