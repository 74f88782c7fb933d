#!/usr/bin/env bash
# Makes .venv with the pinned requirements; seconds when nothing has changed since. Needs Python 3.11 and GNU make only.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

locked=requirements-dev.txt
stamp=.venv/installed.sha256
wanted=$(sha256sum "$locked" | cut -d' ' -f1)
[ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && [ -x .venv/bin/python ] && exit 0

find_python() {
    for name in "${PYTHON:-}" python3.11 python3 python; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$name"; return; }
    done
    return 1
}
python=$(find_python) || {
    echo "需要 Python 3.11 或更高版本（Debian 12：apt-get install python3 python3-venv）。" >&2
    exit 2
}

if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        need python3-venv "建立 .venv 虚拟环境" "也可以用 PYTHON=… 指定另一个自带 venv 的 Python 3.11"
    echo "建立运行环境 .venv …"
    "$python" -m venv .venv
fi

echo "安装依赖（首次约一分钟）…"
uv=$(command -v uv || { [ -x .venv/bin/uv ] && echo .venv/bin/uv; } || true)
if [ -n "$uv" ] && UV_PYTHON_DOWNLOADS=never "$uv" pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$locked"; then
    :
else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$locked"
fi
echo "$wanted" >"$stamp"
