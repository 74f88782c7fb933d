"""A green suite counts only when it was whole: tests ran, journeys among them, and none was skipped for absent data."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET  # our own report, just written
from pathlib import Path


def faults_of(report: str, *, journeys: bool) -> list[str]:
    """Why this JUnit report does not stand for the whole suite."""
    cases = list(ET.fromstring(report).iter("testcase"))  # noqa: S314 - the report our own run has just written
    faults: list[str] = []
    ran = [case for case in cases if case.find("skipped") is None]
    if not ran:
        faults.append("没有一个测试真正运行。")
    if journeys and not any(".journeys." in (case.get("classname") or "") + "." for case in ran):
        faults.append("流程测试（tests/journeys）没有运行。")
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
    has_journeys = any(Path("tests/journeys").glob("test_*.py"))
    faults = faults_of(path.read_text(encoding="utf-8"), journeys=has_journeys)
    for fault in faults[:20]:
        sys.stdout.write(fault + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
