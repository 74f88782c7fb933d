"""Filings and institutions in words and chips, used by every page that shows one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hengjian.institutions import facts as said
from hengjian.institutions.models import Filing, Institution, ScopeItem
from hengjian.institutions.queries import ScopeRow
from hengjian.institutions.states import FilingState, InstitutionState, MaterialState
from hengjian.kernel.facts import Fact
from hengjian.kernel.words import listed, say
from hengjian.web.components import Cell, Chip, Empty, Step, StepState, Table, Tone, columns
from hengjian.web.occupations.labels import levels_spanned
from hengjian.web.parts import day

FILING_TONES: Mapping[FilingState, Tone] = {
    FilingState.DRAFT: "quiet",
    FilingState.SUBMITTED: "normal",
    FilingState.RETURNED: "warn",
    FilingState.ACCEPTED: "normal",
    FilingState.VISITING: "normal",
    FilingState.ASSESSED: "normal",
    FilingState.FILED: "good",
    FilingState.REFUSED: "warn",
    FilingState.WITHDRAWN: "quiet",
}
INSTITUTION_TONES: Mapping[InstitutionState, Tone] = {
    InstitutionState.APPLYING: "quiet",
    InstitutionState.FILED: "good",
    InstitutionState.SUSPENDED: "warn",
    InstitutionState.ENDED: "quiet",
    InstitutionState.WITHDRAWN: "quiet",
}
MATERIAL_TONES: Mapping[MaterialState, Tone] = {
    MaterialState.GIVEN: "normal",
    MaterialState.ACCEPTED: "good",
    MaterialState.RETURNED: "warn",
    MaterialState.WITHDRAWN: "quiet",
}
PATH = (
    FilingState.DRAFT,
    FilingState.SUBMITTED,
    FilingState.ACCEPTED,
    FilingState.VISITING,
    FilingState.ASSESSED,
    FilingState.FILED,
)


def filing_chip(state: str) -> Chip:
    return Chip(str(FilingState(state).label), FILING_TONES[FilingState(state)])


def institution_chip(state: str) -> Chip:
    return Chip(str(InstitutionState(state).label), INSTITUTION_TONES[InstitutionState(state)])


def material_chip(state: str) -> Chip:
    return Chip(str(MaterialState(state).label), MATERIAL_TONES[MaterialState(state)])


def kind_of(institution: Institution) -> str:
    return kinds_of(institution.get_kind_display(), institution.get_ownership_display())


def kinds_of(kind: str, ownership: str) -> str:
    return listed((kind, ownership), " · ")


def filing_steps(filing: Filing, reached: str) -> list[Step]:
    """How far the filing has come; `reached` is the furthest state when it was stopped on the way."""
    state = FilingState(filing.state)
    here = {FilingState.RETURNED: FilingState.DRAFT}.get(state, state)
    stopped = state in (FilingState.REFUSED, FilingState.WITHDRAWN)
    if stopped:
        here = FilingState(reached)
    place = PATH.index(here) if here in PATH else 0
    parts: list[Step] = []
    for at, step in enumerate(PATH):
        standing: StepState = "done" if at < place or state == FilingState.FILED else "coming"
        if at == place and state != FilingState.FILED:
            standing = "stopped" if stopped else "present"
        label = str(step.label)
        if at == place and state != here:
            label = str(state.label)
        parts.append(Step(label, standing))
    return parts


def validity_chip(start: date, end: date, today: date) -> Chip:
    """Does a scope item hold today, and does its end come near?"""
    if today < start:
        return Chip(say("{start}起", start=day(start)), "quiet")
    if today > end:
        return Chip("已过期", "warn")
    # A quarter ahead is the house's own mark for "ends soon"; nothing legal hangs from it.
    return Chip("将到期", "warn") if (end - today).days <= 92 else Chip("有效", "good")


def in_words(fact: Fact) -> str:
    """What a fact about filings adds to its title on the time line."""
    match fact:
        case said.FilingReturned():
            return fact.note or listed(
                [say("{kind}：{reason}", kind=item.kind, reason=item.reason) for item in fact.materials], "；"
            )
        case said.FilingSubmitted() | said.FilingAccepted():
            return say("期限至 {due_on}", due_on=day(fact.due_on))
        case said.MaterialAdded():
            return fact.kind
        case said.MaterialReviewed():
            return say(
                "{kind}：{accepted}", kind=fact.kind, accepted="通过" if fact.accepted else "退回，" + fact.reason
            )
        case said.MaterialReplaced() | said.MaterialWithdrawn():
            return fact.kind
        case said.VisitPlanned():
            return say("{planned_on}，{team}", planned_on=day(fact.planned_on), team=listed(fact.team))
        case said.VisitConcluded():
            return say("{visited_on}，得分率 {total}%", visited_on=day(fact.visited_on), total=fact.total)
        case said.FilingDecided():
            return (
                say("准予备案，{filing_number}", filing_number=fact.filing_number)
                if fact.granted
                else say("不予备案：{reason}", reason=fact.reason)
            )
        case said.InstitutionSuspended() | said.InstitutionResumed() | said.InstitutionEnded():
            return fact.reason
        case said.FilingWithdrawn() | said.InstitutionReassigned():
            return fact.reason
        case said.InstitutionRechecked():
            return say(
                "{visited_on}复查，下次在 {next_due}以前", visited_on=day(fact.visited_on), next_due=day(fact.next_due)
            )
        case said.InstitutionsTakenOver():
            return say(
                "{institutions} 家机构，{items} 项备案范围", institutions=fact.institutions, items=fact.scope_items
            )
        case said.TakeoverUndone() | said.TakeoverUndone1():
            return fact.reason
        case said.FilingExpired():
            return say("有效期至 {valid_until}", valid_until=day(fact.valid_until))
        case said.FilingEdited():
            changed = [say("增 {item}", item=item) for item in fact.added] + [
                say("减 {item}", item=item) for item in fact.dropped
            ]
            return listed(changed)
    return ""


def scope_table(scope: Iterable[ScopeItem | ScopeRow], today: date) -> Table:
    """备案范围 as a table: one line for each occupation and term, its levels together."""
    lines: dict[tuple[str, str, date, date], str] = {}
    for item in scope:
        key = (item.occupation_name, item.occupation_code, item.valid_from, item.valid_until)
        lines[key] = lines.get(key, "") + item.level
    return Table(
        columns=columns("职业", "等级", "自", "至", "状态"),
        rows=[
            [
                Cell(name, note=code),
                levels_spanned(levels),
                day(start),
                day(end),
                Cell(chip=validity_chip(start, end, today)),
            ]
            for (name, code, start, end), levels in lines.items()
        ],
        empty=Empty("还没有备案范围", "准予备案后，申请的职业和等级列在这里。"),
    )
