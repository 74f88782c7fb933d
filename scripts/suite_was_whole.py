"""A green suite counts only when it was whole: tests ran, among them those named (`journeys`, `production`), and none was
skipped for absent data.

    suite_was_whole.py REPORT [FOLDER…]    every folder of `tests/` named must have run, with nothing in it skipped
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET  # our own report, just written
from collections.abc import Sequence
from pathlib import Path

NAMES = {"journeys": "流程测试", "papers": "公文的测试", "production": "生产环境的测试"}


def faults_of(report: str, *, folders: Sequence[str] = ()) -> list[str]:
    """Why this JUnit report does not stand for the whole suite."""
    cases = list(ET.fromstring(report).iter("testcase"))  # noqa: S314 - the report our own run has just written
    faults: list[str] = []
    ran = [case for case in cases if case.find("skipped") is None]
    if not ran:
        faults.append("没有一个测试真正运行。")
    for folder in folders:
        own = [case for case in cases if f".{folder}." in (case.get("classname") or "") + "."]
        if not own:
            faults.append(f"{NAMES.get(folder, folder)}（tests/{folder}）没有运行。")
        faults += [
            f"{NAMES.get(folder, folder)} {case.get('classname')}.{case.get('name')} 被跳过。"
            for case in own
            if case.find("skipped") is not None
        ]
    for case in cases:
        skipped = case.find("skipped")
        if skipped is not None and "shared data absent" in (skipped.get("message") or ""):
            faults.append(f"{case.get('classname')}.{case.get('name')} 因缺少共享数据而跳过。")
    return faults


def main() -> int:
    path = Path(sys.argv[1])
    if not path.exists():
        sys.stdout.write("没有测试报告。\n")
        return 1
    faults = faults_of(path.read_text(encoding="utf-8"), folders=sys.argv[2:])
    for fault in faults[:20]:
        sys.stdout.write(fault + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
