# Sourced. `need PACKAGE WHAT_FOR WAY_WITHOUT`: root installs it from Debian, anybody else is told exactly what is missing.

need() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "安装系统软件包 $1（$2）…"
        install_packages "$1" && return 0
    fi
    echo "缺少系统软件包 $1：用于$2。" >&2
    echo "  请管理员执行：apt-get install $1" >&2
    echo "  没有它时：$3。" >&2
    return 1
}

install_packages() {
    local quiet=(-qq -o=Dpkg::Use-Pty=0 -o=Acquire::Retries=3)
    export DEBIAN_FRONTEND=noninteractive
    apt-get "${quiet[@]}" install -y --no-install-recommends "$@" >/dev/null 2>&1 </dev/null && return 0
    apt-get "${quiet[@]}" update >/dev/null 2>&1 </dev/null || return 1
    apt-get "${quiet[@]}" install -y --no-install-recommends "$@" >/dev/null </dev/null
}

find_chromium() {
    for name in "${HENGJIAN_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && { command -v "$name"; return 0; }
    done
    return 1
}

has_chinese_font() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n1)" ]
}

find_postgres() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        [ -x "$folder/initdb" ] && { echo "$folder"; return 0; }
    done
    command -v initdb >/dev/null 2>&1 && dirname "$(command -v initdb)"
}

find_nginx() {
    for name in nginx /usr/sbin/nginx; do
        command -v "$name" >/dev/null 2>&1 && [ -f /etc/nginx/nginx.conf ] && { command -v "$name"; return 0; }
    done
    return 1
}
