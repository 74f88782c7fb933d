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

# Papers: Fandol lies in a large package of TeX, of which nothing else is wanted; its fonts are unpacked from it, not installed.
fandol_files="FandolFang-Regular.otf FandolHei-Regular.otf FandolSong-Bold.otf"

has_paper_fonts() {
    local folder found
    for name in $fandol_files LiberationSerif-Regular.ttf LiberationSerif-Bold.ttf NotoSerifCJK-Regular.ttc NotoSerifCJK-Bold.ttc; do
        found=
        for folder in "${HENGJIAN_FONTS:-var/fonts}" /usr/share/texlive/texmf-dist/fonts/opentype/public/fandol \
            /usr/share/fonts/truetype/liberation /usr/share/fonts/truetype/liberation2 /usr/share/fonts/opentype/noto; do
            [ -f "$folder/$name" ] && { found=1; break; }
        done
        [ -n "$found" ] || return 1
    done
}

need_paper_fonts() {
    has_paper_fonts && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "安装公文字体 fonts-liberation、fonts-noto-cjk 和 Fandol（制作公文）…"
        install_packages fonts-liberation fonts-noto-cjk && unpack_fandol && has_paper_fonts && return 0
    fi
    echo "缺少公文字体：用于制作公文（PDF）。" >&2
    echo "  请管理员执行：apt-get install fonts-liberation fonts-noto-cjk texlive-lang-chinese" >&2
    echo "  没有它们时：公文照常登记，暂不制作。" >&2
    return 1
}

unpack_fandol() {
    local work to=${HENGJIAN_FONTS:-var/fonts}
    mkdir -p "$to" && to=$(cd "$to" && pwd)
    work=$(mktemp -d) || return 1
    (
        cd "$work" && apt-get -qq -o=Acquire::Retries=3 download texlive-lang-chinese >/dev/null 2>&1 &&
            dpkg-deb -x texlive-lang-chinese_*.deb tree &&
            for name in $fandol_files; do
                cp "tree/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/$name" "$to/" || exit 1
            done && cp tree/usr/share/doc/texlive-doc/fonts/fandol/COPYING* tree/usr/share/doc/texlive-doc/fonts/fandol/README "$to/"
    )
    local done=$?
    rm -rf "$work"
    return $done
}
