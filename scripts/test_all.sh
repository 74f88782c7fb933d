#!/usr/bin/env bash
# Everything: the usual suite with its slow tests, then the heavy engines (Spark, embedded ClickHouse) in a .venv-engines
# of their own, since together they weigh more than all the rest. Spark needs a Java run time.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
failed=0
HENGJIAN_SUITE=all HENGJIAN_HOSTILE_TRIES=5000 bash scripts/test.sh -m "not heavy_engine" "$@" || failed=1

python=.venv-engines/bin/python
wanted=$(cat pyproject.toml requirements-dev.txt | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv-engines/installed.sha256 2>/dev/null || true)" != "$wanted" ]; then
    echo "安装重型引擎到 .venv-engines …"
    .venv/bin/python -m venv .venv-engines &&
        "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt &&
        "$python" -m pip install --quiet --disable-pip-version-check $("$python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["engines"])') &&
        echo "$wanted" >.venv-engines/installed.sha256 || exit 1
fi
command -v java >/dev/null || need default-jre-headless "在 Spark 上运行成批核查" "不运行 Spark 的测试" || true
PYTHONPATH=src:. "$python" -m pytest -m heavy_engine "$@" || failed=1
exit $failed
