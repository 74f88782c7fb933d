"""Tables of supervisors and of assessors as they would be taken over: the dry run and the act are these functions.

What holds of a supervisor appointed one by one holds here and is said at the cell; a card past its end is a warning, for its holder is
in no draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.institutions.taking import UNWATCHED, Judge, Line, Lines, Standing, read_flat, too_long
from hengjian.kernel.asking import Asking
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.identity import check_resident_id, normalise
from hengjian.kernel.spans import last_day_of
from hengjian.kernel.words import say
from hengjian.occupations.policies import ASSESSABLE_LEVELS
from hengjian.occupations.queries import OccupationRow, classes_known, occupations_on
from hengjian.personnel.models import Assessor, Supervisor
from hengjian.personnel.policies import SUPERVISOR_CARD_YEARS
from hengjian.personnel.takeover_columns import ASSESSOR_COLUMNS, ASSESSORS, SUPERVISOR_COLUMNS, SUPERVISORS
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Watch

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def read_supervisors(asking: Asking[None], data: bytes, filename: str, watch: Watch = UNWATCHED) -> Lines:
    """Each line's `made["competence"]` is its small classes."""
    longest = last_day_of(asking.today, asking.policy(SUPERVISOR_CARD_YEARS))

    def judged(lines: Sequence[Line]) -> Judge:
        known = classes_known({_small(code) for line in lines for code in line.value("competence") or ()})

        def judge(line: Line) -> Iterator[Finding]:
            yield from too_long(line, SUPERVISOR_COLUMNS, name=60, employer=120, phone=40, card_number=24)
            classes = sorted({_small(code) for code in line.value("competence") or ()})
            line.made["competence"] = classes
            for code in classes:
                if code not in known:
                    message = say("职业分类大典中没有小类 {entry}。", entry=code)
                    remedy = "请对照职业分类大典填写小类，例如 6-31-01。"
                    yield line.row.tell("competence", "personnel.competence_unknown", ERROR, message, remedy)
            until = line.value("card_valid_until")
            if until and until > longest:
                message = say("证卡有效期最长至 {longest}。", longest=longest)
                clause = SUPERVISOR_CARD_YEARS.text.citation
                remedy = "请对照证卡更正。"
                yield line.row.tell("card_valid_until", "personnel.card_too_long", ERROR, message, remedy, clause)
            yield from _days(asking, line, "证卡已过有效期，承接后不参加抽取。")

        return judge

    return read_flat(SUPERVISORS, data, filename, watch, _cards(Supervisor), judged)


def read_assessors(asking: Asking[None], data: bytes, filename: str, watch: Watch = UNWATCHED) -> Lines:
    """`made`: `institution` (a key or None) and `occupations` (codes)."""
    assessable = asking.policy(ASSESSABLE_LEVELS)

    def judged(lines: Sequence[Line]) -> Judge:
        occupations = occupations_on({code for line in lines for code in line.value("occupations") or ()}, asking.today)
        codes = {normalise(str(line.value("uscc"))) for line in lines if line.value("uscc")}
        within = disclosed(Institution, asking.actor).filter(uscc__among=sorted(codes)).order_by("pk")
        standing = within.exclude(state=InstitutionState.WITHDRAWN)
        institutions = dict(standing.values_list("uscc", "pk"))

        def judge(line: Line) -> Iterator[Finding]:
            yield from too_long(line, ASSESSOR_COLUMNS, name=60, employer=120, phone=40, card_number=40)
            yield from _identity(asking, line)
            yield from _of_occupations(line, occupations, assessable)
            code = normalise(str(line.value("uscc"))) if line.value("uscc") else ""
            line.made["institution"] = institutions.get(code)
            if code and code not in institutions:
                message = "辖区内没有登记这个统一社会信用代码的评价机构。"
                yield line.row.tell(
                    "uscc", "personnel.no_institution", ERROR, message, "请先承接或登记该机构，或留空。"
                )
            yield from _days(asking, line, "证卡已过有效期。")

        return judge

    return read_flat(ASSESSORS, data, filename, watch, _cards(Assessor), judged)


def _small(code: str) -> str:
    return "-".join(code.split("-")[:3])


def _cards(model: type[Supervisor] | type[Assessor]) -> Standing:
    def standing(lines: Sequence[Line]) -> set[str]:
        cards = [line.key for line in lines if line.key]
        rows = model.objects.filter(card_number__among=cards).exclude(state="withdrawn").order_by("pk")
        return set(rows.values_list("card_number", flat=True))

    return standing


def _days(asking: Asking[None], line: Line, over: str) -> Iterator[Finding]:
    until, trained = line.value("card_valid_until"), line.value("trained_on")
    if until and until < asking.today:
        yield line.row.tell(
            "card_valid_until", "personnel.card_over", WARNING, over, "如已换发新卡，请填写新的有效期。"
        )
    if trained and trained > asking.today:
        message = "培训日期晚于今天。"
        yield line.row.tell("trained_on", "personnel.training_in_future", ERROR, message, "请对照培训记录更正。")


def _identity(asking: Asking[None], line: Line) -> Iterator[Finding]:
    number = line.value("document_number")
    if not isinstance(number, str):
        return
    verdict = check_resident_id(number, today=asking.today)
    if not verdict.ok:
        remedy = "请对照身份证逐位核对。"
        yield line.row.tell(
            "document_number", "personnel.document_invalid", ERROR, verdict.reason, remedy, "GB 11643-1999"
        )
    line.made["document_number"] = normalise(number)


def _of_occupations(line: Line, known: dict[str, OccupationRow], assessable: Sequence[str]) -> Iterator[Finding]:
    line.made["occupations"] = list(line.value("occupations") or ())
    for code in line.made["occupations"]:
        if code not in known:
            message = say("现行职业分类大典中没有 {code}，按原登记承接。", code=code)
            yield line.row.tell("occupations", "personnel.not_in_catalogue", WARNING, message, "请核对编码。")
    for level in str(line.value("level") or "").split("+"):
        if level and level not in assessable:
            message = say("“{level}”不是可以考评的等级。", level=level)
            yield line.row.tell("level", "personnel.level_not_assessable", ERROR, message, "请删去该等级。")
