#!/usr/bin/env bash
# Installs the product from this archive, without any network:   bash install.sh [TARGET]      default: /opt/hengjian
# Run again it repairs; an older version in TARGET is replaced. Settings, keys and data lie elsewhere and are not touched.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/hengjian}

echo "核对文件 …"
(cd "$here" && sha256sum --quiet --strict -c SHA256SUMS) || { echo "归档不完整或被改动，没有安装。" >&2; exit 1; }

missing=()
if command -v dpkg-query >/dev/null 2>&1; then
    while read -r package _; do
        [ -n "$package" ] && [ "${package#\#}" = "$package" ] || continue
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done <"$here/debian-packages.txt"
fi
[ ${#missing[@]} = 0 ] || echo "这台机器还没有这些系统软件包，请从安装介质装上：${missing[*]}"

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null ||
    { echo "需要 Python 3.11（Debian 12 的 python3、python3-venv）；可用 PYTHON=… 指定。" >&2; exit 1; }

# Beside the target until it is whole: a run that was ended leaves the version of before.
mkdir -p "$(dirname "$target")"
fresh=$target.installing
rm -rf "$fresh"
cp -a "$here/source" "$fresh"
echo "安装依赖 …"
"$python" -m venv "$fresh/.venv"
"$fresh/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" \
    --only-binary :all: --require-hashes -r "$fresh/requirements.txt"
"$fresh/bin/hengjian" id check 11010519491231002X >/dev/null

rm -rf "$target.before"
[ -e "$target" ] && mv "$target" "$target.before"
mv "$fresh" "$target"
rm -rf "$target.before"
echo "已安装到 $target。接下来：$target/docs/operations.md 第二步。"
