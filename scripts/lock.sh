#!/usr/bin/env bash
# Makes the two lock files from pyproject.toml: exact versions with the hash of every file, no address of an index. Versions
# locked before stay unless --upgrade (or --upgrade-package NAME) is given. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
    local file=$1; shift
    "${UV:-uv}" pip compile --quiet pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --output-file "$file" "$@"
}
lock requirements.txt "$@"
lock requirements-dev.txt --group dev "$@"
