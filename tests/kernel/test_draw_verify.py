"""A published draw is run again by the product, by the Python script and by the page: all three agree, also on tampering."""

import json
import shutil
import subprocess
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import pytest

import hengjian
from hengjian.kernel import draw
from tests.kernel.draws import CASES, SECRETS, manifest, published, published_case

STATIC = Path(hengjian.__file__).parent / "web/static/hengjian"
GOOD = published(
    manifest(barred=[("S0001", "P0001"), ("S0003", "P0005")], source="福利彩票双色球", round_="2026131"),
    "3.8.12.19.25.33./7./",
)


def run_script(tmp_path, text):
    path = tmp_path / "draw.json"
    path.write_text(text, encoding="utf-8")
    command = ["python3", "-I", STATIC / "verify_draw.py", path]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def run_page(draws):
    """The page's verifier over many published draws: for each the problems and the result."""
    if shutil.which("node") is None:
        pytest.skip("node is absent")
    code = f"""
        import {{ verifyDraw }} from {json.dumps((STATIC / "draw.js").as_uri())};
        let text = "";
        for await (const part of process.stdin) text += part;
        console.log(JSON.stringify(JSON.parse(text).map(verifyDraw)));
    """
    command = ["node", "--input-type=module", "--eval", code]
    run = subprocess.run(command, input=json.dumps(draws), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def tampered():
    def change(name, spoil):
        copy = deepcopy(GOOD)
        spoil(copy)
        return name, copy

    yield change("altered weight", lambda it: it["manifest"]["pool"][0].update(weight=9))
    yield change("dropped recusal", lambda it: it["manifest"]["barred"].pop())
    yield change("institution left out", lambda it: it["manifest"]["pool"].pop())
    yield change("institution listed twice", lambda it: it["manifest"]["pool"].insert(0, it["manifest"]["pool"][0]))
    yield change("stratum listed twice", lambda it: it["manifest"]["take"].append(["甲", 1]))
    yield change("missing secret", lambda it: it["secrets"].pop())
    yield change("another secret", lambda it: it["secrets"].__setitem__(0, "00" * 32))
    yield change("secrets exchanged", lambda it: it["secrets"].reverse())
    yield change("another code", lambda it: it.update(code="00" * 32))
    yield change("changed beacon", lambda it: it["beacon"].update(value="3.8.12.19.25.32./7./"))
    yield change("no beacon value", lambda it: it["beacon"].update(value=None))
    yield change("another beacon", lambda it: it["beacon"].update(source="体育彩票大乐透"))
    yield change("another round", lambda it: it["beacon"].update(round="2026132"))
    yield change("reordered result", lambda it: it["result"]["targets"].reverse())
    yield change("exchanged target", lambda it: it["result"]["targets"].__setitem__(0, "P0008x"))
    yield change("exchanged inspector", lambda it: next(iter(it["result"]["teams"].values())).reverse())
    yield change("null teams", lambda it: it["result"].update(teams=None))
    yield change("null result", lambda it: it.update(result=None))
    yield change("another digest", lambda it: it["result"].update(manifest_sha256="00" * 32))
    yield change("another seed", lambda it: it["result"].update(prk="00" * 32))
    yield change("no manifest", lambda it: it.pop("manifest"))


TAMPERED = dict(tampered())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["manifest"]["draw_id"])
def test_the_published_cases_hold_by_product_and_script(tmp_path, case):
    whole = published_case(case)
    assert draw.verify(whole) == []
    run = run_script(tmp_path, json.dumps(whole))
    assert (run.returncode, run.stderr) == (0, "")
    assert "抽取成立" in run.stdout


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["manifest"]["draw_id"])
def test_a_vector_is_verified_as_it_lies_in_its_file(case):
    assert draw.verify(case) == []
    assert draw.verify({**case, "targets": case["targets"][::-1]}) == ["重新计算抽中的对象或其次序与公布的不同。"]
    assert draw.verify({**case, "beacon_hex": "ff"}) != []


def test_the_published_cases_hold_on_the_page():
    assert [found["problems"] for found in run_page([published_case(case) for case in CASES])] == [[]] * len(CASES)


def test_a_draw_of_each_level_holds(tmp_path):
    for whole in (GOOD, published(manifest()), published(manifest(staff=0, team=0)), published(manifest(staff=1))):
        assert draw.verify(whole) == []
        assert run_script(tmp_path, json.dumps(whole)).returncode == 0
        assert run_page([whole])[0] == {"problems": [], "result": whole["result"]}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_draw_is_refused_by_product_and_script(tmp_path, name):
    problems = draw.verify(TAMPERED[name])
    assert problems
    assert all(problem.endswith("。") for problem in problems)
    run = run_script(tmp_path, json.dumps(TAMPERED[name]))
    assert (run.returncode, run.stderr) == (1, "")
    assert "抽取成立" not in run.stdout


def test_every_tampered_draw_is_refused_on_the_page():
    found = run_page(list(TAMPERED.values()))
    assert [name for name, verdict in zip(TAMPERED, found, strict=True) if not verdict["problems"]] == []


def test_a_draw_that_names_drand_needs_a_true_signature():
    whole = published(manifest(source="drand quicknet", round_="38"), {"signature": "00" * 48})
    assert draw.verify(whole) == ["drand 第 38 轮的签名不成立。"]


def test_three_implementations_agree_on_crowded_draws(tmp_path):
    """Few people, many recusals: where the plain order of ranks would lead into a dead end."""
    draws = []
    for number in range(24):
        barred = [
            (f"S{person:04d}", f"P{target:04d}")
            for person in range(1, 6)
            for target in range(1, 9)
            if sha256(b"%d/%d/%d" % (number, person, target)).digest()[0] < 80 + 5 * number
        ]
        sealed = {
            **manifest(pool=8, take=6, staff=5, team=1 + number % 2, cap=3, barred=barred),
            "draw_id": f"D{number}",
        }
        draws.append(published(sealed))
    assert any(whole["result"]["teams"] is None for whole in draws)
    assert any(whole["result"]["teams"] for whole in draws)
    assert [found["result"] for found in run_page(draws)] == [whole["result"] for whole in draws]
    for whole in draws[:4]:
        assert run_script(tmp_path, json.dumps(whole)).returncode == 0


def test_the_script_refuses_what_is_no_draw_and_explains_itself(tmp_path):
    assert run_script(tmp_path, "{}").returncode == 1
    assert run_script(tmp_path, "no json").returncode == 1
    run = subprocess.run(["python3", "-I", STATIC / "verify_draw.py"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "verify_draw.py" in run.stdout


def test_the_secrets_are_published_as_they_were_held():
    assert [bytes.fromhex(secret) for secret in GOOD["secrets"]] == SECRETS
