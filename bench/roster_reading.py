"""A roster of 30,000 rows (`--big`: 100,000) and 20 columns: read, parsed, checked and annotated, against the bare libraries in the same run.

    python -m bench.roster_reading

Each side runs in a process of its own, its imports before the clock starts, the sides in turn so that a busy machine is busy for
all. The least of the rounds counts. The references do nothing but read every cell and write it again.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench._ground import size

ROWS = size(30_000, 100_000)
ROUNDS = 3
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "岳川禾麦庚辰朔望砚溪柏桐榆槐铎钧锐钰澜汀恪谨谦讷敏允若止牧樵渔耕"
DIVISIONS = ("130203", "130283", "130207", "130224", "130229", "130281")


def record(place: int) -> dict[str, Any]:
    """One invented worker; every fiftieth number is wrong in one digit."""
    from hengjian.kernel.identity import resident_check_digit

    born = date(1968, 1, 1) + timedelta(days=place // 6 % 12_000)
    body = f"{DIVISIONS[place % 6]}{born:%Y%m%d}{(place // 72_000 * 7 + place % 997) % 1000:03d}"
    number = body + resident_check_digit(body)
    if place % 50 == 0:
        number = number[:16] + str((int(number[16]) + 2) % 10) + number[17]
    return {
        "序号": place + 1,
        "姓名": SURNAMES[place % 20] + GIVEN[place % 31] + GIVEN[place // 31 % 31],
        "证件号码": number,
        "性别": "男" if int(number[16]) % 2 else "女",
        "民族": "汉族",
        "文化程度": ("大专", "本科", "高中", "中专")[place % 4],
        "手机号码": f"139{place:08d}",
        "工作单位": f"示例{place % 300}钢铁有限公司",
        "岗位": "炼钢工",
        "劳动合同开始日期": date(2010, 1, 1) + timedelta(days=place % 4_000),
        "劳动合同终止日期": "无固定期限",
        "申报职业": "炼钢工",
        "职业编码": "6-17-02-02",
        "申报等级": "三级/高级工",
        "申报条件编号": "23-3-2",
        "本职业年限": float(11 + place % 20),
        "原证书编号": f"Y000013000012204{place:06d}",
        "原证书等级": "四级/中级工",
        "原证书职业": "炼钢工",
        "原证书发证日期": date(2020, 3, 1) + timedelta(days=place % 300),
    }


def make(path: Path) -> None:
    """The workbook as table programs save it: strings shared, dates as dates."""
    import rustpy_xlsxwriter

    out = io.BytesIO()
    records = [record(place) for place in range(ROWS)]
    rustpy_xlsxwriter.write_worksheet(
        records, out, sheet_name="名册", dedupe_strings=True, datetime_format="yyyy-mm-dd"
    )
    path.write_bytes(out.getvalue())


def ours(data: bytes) -> Callable[[], int]:
    import ibis  # noqa: F401 imported by the first check otherwise
    import pandas  # noqa: F401 imported by the first array otherwise

    from hengjian.rosters.checks.from_roster import Setting
    from hengjian.rosters.examine import examine

    setting = Setting(applied=date(2026, 11, 1), exam=date(2026, 12, 1), edition=23)

    def work() -> int:
        examined = examine(data, "名册.xlsx", setting, key=b"bench")
        assert examined.reading.people == ROWS and len(examined.findings) >= ROWS // 50
        return len(examined.copy)

    return work


def bare(data: bytes) -> Callable[[], int]:
    import rustpy_xlsxwriter
    from python_calamine import CalamineWorkbook

    def work() -> int:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = list(sheet.iter_rows())
        header = [str(cell) for cell in rows[0]]
        out = io.BytesIO()
        rustpy_xlsxwriter.write_worksheet(
            (dict(zip(header, row, strict=True)) for row in rows[1:]), out, sheet_name="名册"
        )
        return len(out.getvalue())

    return work


def openpyxl(data: bytes) -> Callable[[], int]:
    from openpyxl import Workbook, load_workbook

    def work() -> int:
        source = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
        target = Workbook(write_only=True)
        page = target.create_sheet("名册")
        for row in source.iter_rows(values_only=True):
            page.append(row)
        out = io.BytesIO()
        target.save(out)
        return len(out.getvalue())

    return work


SIDES: dict[str, Callable[[bytes], Callable[[], int]]] = {"ours": ours, "bare": bare, "openpyxl": openpyxl}


def side(name: str, path: str) -> None:
    """What a child process does: one side, once, on the clock."""
    work = SIDES[name](Path(path).read_bytes())
    before = time.perf_counter()
    size = work()
    seconds = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mib": peak, "bytes": size}))


def measured(name: str, path: Path) -> dict[str, float]:
    child = subprocess.run(
        [sys.executable, "-m", "bench.roster_reading", name, str(path)], capture_output=True, check=True, text=True
    )
    found: dict[str, float] = json.loads(child.stdout)
    return found


def run(rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """Goals: at most 2.5 times the bare libraries, at most 1.5 GiB, at least 3 times as fast as openpyxl (ratio at most 1/3)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        make(path)
        found: dict[str, list[dict[str, float]]] = {name: [] for name in SIDES}
        for turn in range(rounds):
            for name in SIDES:
                if name != "openpyxl" or turn == 0:
                    found[name].append(measured(name, path))
    seconds = {name: min(one["seconds"] for one in several) for name, several in found.items()}
    peak = max(one["mib"] for one in found["ours"]) / 1024
    return [
        line("名册 10 万行：读、核、标注（秒），对照裸读写", seconds["ours"], seconds["bare"], 2.5),
        line("名册 10 万行：内存峰值（GiB）", peak, 1.0, 1.5),
        line(
            "名册 10 万行：读、核、标注（秒），对照 openpyxl 读写，至少快 3 倍",
            seconds["ours"],
            seconds["openpyxl"],
            1 / 3,
        ),
    ]


def line(name: str, value: float, reference: float, goal: float) -> dict[str, Any]:
    ratio = value / reference
    return {
        "name": name,
        "value": round(value, 3),
        "reference": round(reference, 3),
        "ratio": round(ratio, 3),
        "goal": round(goal, 3),
        "met": ratio <= goal,
    }


if __name__ == "__main__":
    if len(sys.argv) == 3:
        side(sys.argv[1], sys.argv[2])
    else:
        for result in run():
            print(json.dumps(result, ensure_ascii=False))
