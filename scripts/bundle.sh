#!/usr/bin/env bash
# One archive that installs without any network: this commit's source with compiled translations, every wheel of the pinned
# list, the list of Debian packages, and install.sh. Made on a machine like the one it is for (Debian 12, Python 3.11).
#     scripts/bundle.sh [REQUIREMENTS] [OUT]      default: requirements.txt, var/bundle
set -euo pipefail
cd "$(dirname "$0")/.."
requirements=$(realpath "${1:-requirements.txt}")
out=${2:-var/bundle}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml | head -n1)
name=hengjian-$version-$(git rev-parse --short=12 HEAD)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$out" "$stage/$name/wheels" "$stage/$name/source"

git archive HEAD | tar -x -C "$stage/$name/source"
cp "$requirements" "$stage/$name/source/requirements.txt"
bin/hengjian messages >/dev/null
(cd src && find hengjian/locale -name '*.mo' -print0 | tar -c --null -T -) | tar -x -C "$stage/$name/source/src"

echo "取轮子 …"
.venv/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    -r "$requirements" -d "$stage/$name/wheels"

cp scripts/bundle_install.sh "$stage/$name/install.sh"
cp scripts/debian-packages.txt "$stage/$name/debian-packages.txt"
(cd "$stage/$name" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
# Same commit, same wheels, same archive: times and owners are not part of it.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" -C "$stage" -c "$name" |
    gzip -n >"$out/$name.tar.gz.part"
mv "$out/$name.tar.gz.part" "$out/$name.tar.gz"
echo "$out/$name.tar.gz"
