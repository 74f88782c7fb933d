"""A table of certificates issued before this system, as it would be taken over: the dry run and the act are this one function.

Names and documents are read as those of rosters are. What a number says of itself (year, level) is compared with what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengjian.certificates import coding
from hengjian.certificates.models import Certificate, EarlierCertificate
from hengjian.certificates.schemes import Scheme, scheme_of
from hengjian.certificates.takeover_columns import CERTIFICATES, COLUMNS
from hengjian.institutions.models import Institution
from hengjian.institutions.states import InstitutionState
from hengjian.institutions.taking import UNWATCHED, Judge, Line, Lines, read_flat, too_long
from hengjian.kernel import typed
from hengjian.kernel.asking import Asking
from hengjian.kernel.certificate_number import Problem
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.identity import normalise
from hengjian.kernel.words import say
from hengjian.rosters.reading import names
from hengjian.rosters.reading.identity import RESIDENT, read_identity
from hengjian.tables.findings import Finding, Severity
from hengjian.tables.grid import Watch

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def read_certificates(asking: Asking[None], data: bytes, filename: str, watch: Watch = UNWATCHED) -> Lines:
    """`made` of a line: `scheme`, `document_type`, `document_number`, `institution` (key or None)."""

    def judged(lines: Sequence[Line]) -> Judge:
        institutions = _institutions(asking, lines)

        def judge(line: Line) -> Iterator[Finding]:
            yield from too_long(line, COLUMNS, occupation_name=80, trade=80, issuer=120)
            yield from _of_number(asking, line)
            yield from _of_person(asking, line)
            code = normalise(str(line.value("uscc"))) if line.value("uscc") else ""
            line.made["institution"] = institutions.get(code)
            if code and code not in institutions:
                message = "辖区内没有登记这个统一社会信用代码的评价机构。"
                yield line.row.tell(
                    "uscc", "certificates.no_institution", ERROR, message, "请先承接或登记该机构，或留空。"
                )

        return judge

    return read_flat(CERTIFICATES, data, filename, watch, standing, judged)


def standing(lines: Sequence[Line]) -> set[str]:
    """The numbers, as written, of certificates that are here already, issued by this house or taken over."""
    written = {typed.number_code(line.key): line.key for line in lines if line.key}
    there = numbers_here(list(written))
    return {written[number] for number in there}


def numbers_here(numbers: Sequence[str]) -> set[str]:
    """Of these numbers those of a certificate that stands here."""
    issued = Certificate.objects.filter(number__among=numbers).order_by("pk").values_list("number", flat=True)
    earlier = EarlierCertificate.objects.filter(number__among=numbers).exclude(state=EarlierCertificate.State.WITHDRAWN)
    return {*issued, *earlier.order_by("pk").values_list("number", flat=True)}


def _institutions(asking: Asking[None], lines: Sequence[Line]) -> dict[str, int]:
    codes = {normalise(str(line.value("uscc"))) for line in lines if line.value("uscc")}
    rows = disclosed(Institution, asking.actor).filter(uscc__among=sorted(codes)).order_by("pk")
    return dict(rows.exclude(state=InstitutionState.WITHDRAWN).values_list("uscc", "pk"))


def _of_number(asking: Asking[None], line: Line) -> Iterator[Finding]:
    issued_on = line.value("issued_on")
    if issued_on and issued_on > asking.today:
        yield line.row.tell("issued_on", "certificates.issued_later", ERROR, "发证日期晚于今天。", "请对照证书更正。")
    if not line.key:
        return
    scheme = scheme_of(line.key, asking)
    if isinstance(scheme, Problem):
        remedy = "请对照证书逐位核对；编号列须为文本格式。"
        yield line.row.tell("number", "certificates.number_form", ERROR, scheme.reason, remedy)
        return
    line.made["scheme"] = scheme
    level = line.value("level")
    if level and scheme.level and level != scheme.level:
        message = say("编号中的等级代码是 {code}，与“等级”不符。", code=scheme.level)
        yield line.row.tell("level", "certificates.level_differs", ERROR, message, "请对照证书更正等级或编号。")
    if issued_on and scheme.year and f"{issued_on:%y}" != scheme.year:
        message = say("编号中的年份是 {year}，与发证日期不符。", year=scheme.year)
        yield line.row.tell("issued_on", "certificates.year_differs", WARNING, message, "请对照证书核对。")


def _of_person(asking: Asking[None], line: Line) -> Iterator[Finding]:
    name = line.value("name")
    if isinstance(name, str):
        trouble = names.trouble(name, line.row.written.get("name", ""))
        if trouble:
            message = say("{trouble}。", trouble=trouble)
            yield line.row.tell("name", "certificates.name", ERROR, message, "请对照证书填写完整的姓名。")
    kind = line.value("document_type") or RESIDENT
    cell = line.value("document_number")
    if cell in (None, ""):
        return
    read = read_identity(cell, kind, asking.today)
    line.made |= {"document_type": kind, "document_number": read.number or ""}
    if read.trouble:
        message = say("{message_}。", message_=read.message)
        yield line.row.tell("document_number", f"certificates.{read.trouble}", ERROR, message, read.remedy)
    elif read.doubt:
        message = say("{message_}。", message_=read.doubt)
        yield line.row.tell("document_type", "certificates.document_kind", WARNING, message, "请核对证件类型。")
    elif read.repaired:
        message = say("已改正{repaired}。", repaired=read.repaired)
        yield line.row.tell("document_number", "certificates.document_mended", NOTE, message)


def highest_serials(asking: Asking[None], lines: Sequence[Line], restarts: Sequence[str]) -> dict[str, int]:
    """Counter of our own numbering → the highest serial that a certificate taken over has under it."""
    keys = {line.made["institution"] for line in lines if line.made["institution"] is not None}
    rows = {row.pk: row for row in disclosed(Institution, asking.actor).filter(pk__in=keys).order_by("pk")}
    highest: dict[str, int] = {}
    for line in lines:
        scheme: Scheme = line.made["scheme"]
        institution = rows.get(line.made["institution"] or 0)
        if institution is None or scheme.parts is None:
            continue
        if not scheme.value.startswith(coding.numbered_site(institution)):
            continue
        name = coding.counter(institution, line.value("issued_on"), scheme.level, restarts)
        highest[name] = max(highest.get(name, 0), int(scheme.parts.serial))
    return highest
