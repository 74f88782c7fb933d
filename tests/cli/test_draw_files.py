"""`draw compute` and `draw verify` over handed files: secrets that are missing or of another draw give no result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hengjian.kernel import draw
from tests.cli.running import Hengjian
from tests.kernel.draws import CASES, manifest, published, published_case

HANDED = Path(__file__).parent.parent / "cases"


def _written(tmp_path: Path, whole: Any) -> str:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("draw_no_secrets.json", "文件缺少 秘密值 secrets，不能计算。"),
        ("draw_beacon_null.json", "文件缺少 信标 beacon，不能计算。"),
        ("draw_deep.json", "draw_deep.json"),  # too deep or no JSON, as far as this Python reads
    ],
)
def test_a_handed_file_that_cannot_be_computed_is_refused_with_one_sentence(
    run: Hengjian, name: str, sentence: str
) -> None:
    for part in ("compute", "verify"):
        ran = run("draw", part, str(HANDED / name))
        assert ran.status in (1, 2)
        assert "Traceback" not in ran.err
        if part == "compute":
            assert sentence in ran.err
            assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"secrets": []}, "清单承诺了 2 个秘密值，交来 0 个。"),
        ({"secrets": ["00" * 32, "11" * 32]}, "第 1 个秘密值与清单中的承诺不符。"),
        ({"code": "00" * 32}, "一次性代码不是清单所载哈希链的下一个。"),
    ],
)
def test_secrets_and_codes_of_another_draw_give_no_result(
    run: Hengjian, tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    ran = run("draw", "compute", _written(tmp_path, published(manifest()) | change))
    assert ran.status == 1
    (line,) = ran.out.strip().splitlines()
    assert line.startswith("不能计算：") and sentence in line
    with pytest.raises(draw.DoesNotOpen):
        draw.compute(manifest(), [b"another"], b"code", b"")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["manifest"]["draw_id"])
def test_a_published_draw_verifies_in_either_layout(run: Hengjian, tmp_path: Path, case: dict[str, Any]) -> None:
    flat = run("draw", "verify", _written(tmp_path, case), "--json")
    whole = run("draw", "verify", _written(tmp_path, published_case(case)), "--json")
    assert (flat.status, whole.status) == (0, 0)
    assert flat.data == whole.data
