# Two commands: `make run` and `make test`. Both set everything up; Debian 12, Python 3.11 and GNU make are enough.
.DEFAULT_GOAL := help
.PHONY: help setup run fonts test test-all check docs review bench bundle postgres postgres-stop

python := .venv/bin/python
PORT ?= 8000

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/make \1\t\2/' | expand -t 22

setup:  ## 安装运行环境（.venv，按锁定清单） · install the pinned requirements
	@bash scripts/setup.sh

run: setup fonts  ## 安装、建库、载入演示省并启动网站（PORT=8000） · set up, load the demo province, serve
	@exec bin/hengjian serve --port $(PORT)

fonts:  ## 公文字体（Debian 软件包，不进入代码库） · typefaces of papers, from Debian packages
	@bash -c '. scripts/packages.sh; need_paper_fonts || true'

test: setup  ## 运行测试（有 Chromium 时含流程测试） · run the tests, journeys included where Chromium is
	@bash scripts/test.sh $(ARGS)

test-all: setup  ## 全部测试，含慢测试和重型引擎 · everything, slow tests and heavy engines too
	@bash scripts/test_all.sh $(ARGS)

check: setup  ## 代码检查：ruff、mypy、分层、生成文档、机器路径 · what CI checks besides tests
	@bash scripts/check.sh

docs: setup  ## 重新生成 docs/map.md 和 docs/generated/ · write the generated documents anew
	@bin/hengjian docs

review: setup  ## 写下新的事实与未被引用的数值，供审阅 · write new facts and uncited values down for review
	@PYTHONPATH=src:. $(python) -m tests.house.review

bench: setup fonts  ## 运行 bench/*.py，写 bench/results.json · run the benchmarks
	@$(python) scripts/bench.py $(ARGS)

bundle: setup  ## 打成一个不用网络就能安装的归档（var/bundle/） · one archive that installs without any network
	@bash scripts/bundle.sh

postgres:  ## 启动一个临时 PostgreSQL 并打印地址 · start a throw-away PostgreSQL and print its address
	@bash scripts/postgres.sh start

postgres-stop:  ## 停止并删除临时 PostgreSQL · stop it and remove its files
	@bash scripts/postgres.sh stop
