#!/usr/bin/env bash
# The test suite on the database of HENGJIAN_DATABASE_URL; arguments go to pytest. Journeys run wherever Chromium is.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
# The suite starts some two hundred processes: what one has compiled, the next need not.
unset PYTHONDONTWRITEBYTECODE

chosen=(-m "not slow and not heavy_engine and not production")
if [ "${HENGJIAN_SUITE:-}" = all ]; then chosen=(); fi
if [ "${HENGJIAN_SUITE:-}" != "no-journeys" ]; then
    find_chromium >/dev/null || need chromium "点击真实浏览器的流程测试" "其余测试照常运行，流程测试不运行" || true
    has_chinese_font || need fonts-noto-cjk "流程测试截图中的汉字" "测试照常运行，截图中没有汉字" || true
fi
if ! find_chromium >/dev/null || [ "${HENGJIAN_SUITE:-}" = "no-journeys" ]; then
    chosen=(-m "not slow and not heavy_engine and not production and not journey")
    echo "流程测试（journey）没有运行：没有 Chromium。"
fi
# The second database's pass: everything that touches a database, nothing that never does, of the journeys only those that
# ask something of the database (a browser's work is the same on both), no walk over the words of all pages (`once`: every
# page is asked for there by test_every_page); and production as a whole.
if [ "${HENGJIAN_SUITE:-}" = database ]; then
    chosen=(-m "(database or production) and not slow and not heavy_engine and not once and (not journey or on_both)")
fi
need_paper_fonts || true
command -v pdfsig >/dev/null 2>&1 || need poppler-utils "由外部程序核验公文的签名和文字" "其余测试照常运行，这几项跳过" || true
case "${HENGJIAN_SUITE:-}" in database | all)
    find_postgres >/dev/null || need postgresql "生产环境的测试" "生产环境的测试通不过" || true
    find_nginx >/dev/null || need nginx "生产环境的测试" "生产环境的测试通不过" || true
    ;;
esac
workers=${HENGJIAN_WORKERS:-2}
PYTHONPATH=src:. .venv/bin/python -m pytest -n "$workers" --dist loadgroup "${chosen[@]}" "$@"
