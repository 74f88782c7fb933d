#!/usr/bin/env bash
# Everything CI checks besides the tests; runs all parts, then says which failed.
set -uo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=src HENGJIAN_MODE=test
failed=()
part() {
    local name=$1; shift
    if ! "$@"; then failed+=("$name"); fi
}
part "ruff check" .venv/bin/ruff check --quiet .
part "ruff format" .venv/bin/ruff format --quiet --check .
part "mypy" .venv/bin/mypy
part "layers" .venv/bin/lint-imports --no-cache
part "generated documents" bin/hengjian docs --check
part "tracked files" .venv/bin/python scripts/tracked_files.py
part "commit messages" .venv/bin/python scripts/commits.py
if [ ${#failed[@]} -gt 0 ]; then
    printf '未通过：%s\n' "${failed[@]}" >&2
    exit 1
fi
echo "检查全部通过。"
