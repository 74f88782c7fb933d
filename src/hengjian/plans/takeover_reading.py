"""A table of plans carried out before this system, as it would be taken over: the dry run and the act are this one function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.institutions.taking import UNWATCHED, Judge, Line, Lines, read_flat, too_long
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.identity import normalise
from hengjian.kernel.words import say
from hengjian.occupations.queries import OccupationRow, occupations_on
from hengjian.plans.models import PastPlan, Plan
from hengjian.plans.takeover_columns import COLUMNS, PLANS
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Watch

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def read_plans(asking: Asking[None], data: bytes, filename: str, watch: Watch = UNWATCHED) -> Lines:
    """`made` of a line: `institution` (a key) and `occupation_name`."""

    def judged(lines: Sequence[Line]) -> Judge:
        codes = {normalise(str(line.value("uscc"))) for line in lines if line.value("uscc")}
        rows = disclosed(Institution, asking.actor).filter(uscc__among=sorted(codes)).order_by("pk")
        known = {row.uscc: row for row in rows.exclude(state=InstitutionState.WITHDRAWN)}
        occupations = occupations_on({str(line.value("occupation_code")) for line in lines}, asking.today)
        numbers = [str(line.value("number")) for line in lines]
        own = set(Plan.objects.filter(number__among=numbers).order_by("pk").values_list("number", flat=True))

        def judge(line: Line) -> Iterator[Finding]:
            yield from too_long(line, COLUMNS, number=40, title=120, venue=200)
            if line.value("number") in own:
                message = "这是平台已给另一计划的编号。"
                yield line.row.tell("number", "plans.number_taken", ERROR, message, "请对照当时的文件更正。")
            yield from _of_institution(line, known)
            yield from _of_occupation(line, occupations)
            yield from _of_days(asking, line)
            heads, passed = line.value("headcount"), line.value("passed")
            if heads is not None and passed is not None and passed > heads:
                yield line.row.tell(
                    "passed", "plans.too_many_passed", ERROR, "合格人数多于参加人数。", "请核对两项人数。"
                )

        return judge

    return read_flat(PLANS, data, filename, watch, standing, judged)


def standing(lines: Sequence[Line]) -> set[str]:
    """The keys of rows that were taken over before."""
    numbers = sorted({str(line.value("number")) for line in lines if line.value("number")})
    rows = PastPlan.objects.filter(number__among=numbers).exclude(state=PastPlan.State.WITHDRAWN).order_by("pk")
    return {"\0".join(row) for row in rows.values_list("number", "occupation_code", "level")}


def _of_institution(line: Line, known: dict[str, Institution]) -> Iterator[Finding]:
    if not line.value("uscc"):
        return
    found = known.get(normalise(str(line.value("uscc"))))
    if found is None:
        message = "辖区内没有登记这个统一社会信用代码的评价机构。"
        yield line.row.tell("uscc", "plans.no_institution", ERROR, message, "请先承接或登记该机构。")
        return
    line.made["institution"] = found
    written = line.value("institution")
    if written and written not in (found.name, found.short_name):
        message = say("这个信用代码登记的是“{name}”，以信用代码为准。", name=found.name)
        yield line.row.tell("institution", "plans.institution_name", WARNING, message, "请核对信用代码与机构名称。")


def _of_occupation(line: Line, occupations: dict[str, OccupationRow]) -> Iterator[Finding]:
    code, written = line.value("occupation_code"), line.value("occupation_name")
    if not code:
        return
    found = occupations.get(str(code))
    line.made["occupation_name"] = found.name if found is not None else str(written or "")[:80]
    if found is None and not written:
        message = say("职业分类大典中没有 {code}，须写明职业名称。", code=code)
        yield line.row.tell("occupation_name", "plans.occupation_unnamed", ERROR, message, "请补填职业名称。")
    elif found is None:
        message = say("现行职业分类大典中没有 {code}，按原计划承接。", code=code)
        yield line.row.tell("occupation_code", "plans.not_in_catalogue", WARNING, message, "请核对编码。")
    elif written and written != found.name:
        message = say("{code} 在职业分类大典中是“{name}”，以编码为准。", code=code, name=found.name)
        yield line.row.tell("occupation_name", "plans.occupation_name", WARNING, message, "请核对编码与名称。")


def _of_days(asking: Asking[None], line: Line) -> Iterator[Finding]:
    held, ends = line.value("held_on"), line.value("ends_on")
    if held and held >= asking.today:
        message = "开考日期不早于今天；还没有开考的计划请在平台上编制、提交。"
        yield line.row.tell("held_on", "plans.not_past", ERROR, message, "请删去这一行，或更正日期。")
    if held and ends and ends < held:
        yield line.row.tell("ends_on", "plans.past_dates", ERROR, "结束日期早于开考日期。", "请对照当时的文件更正。")
