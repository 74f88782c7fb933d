"""The dry run of an upload: progress, findings by row and cell, the marked copy, what was mended since, and filing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.kernel.models import Upload
from hengjian.kernel.uploads import contents, keep_upload
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Batch
from hengjian.rosters import dry_run
from hengjian.rosters.columns import BY_KEY
from hengjian.rosters.compare import Outcome, mended, upload_of
from hengjian.rosters.identity import person_key
from hengjian.rosters.models import Candidate, RosterCheck
from hengjian.rosters.queries import candidate as candidate_file
from hengjian.rosters.queries import check_row
from hengjian.rosters.reading.roster import read_roster
from hengjian.tables.findings import Finding, Severity
from hengjian.web.cases import case_page
from hengjian.web.components import (
    Alert,
    Button,
    Card,
    Cell,
    Chip,
    Clause,
    Component,
    Empty,
    Figure,
    FilterField,
    Filters,
    Go,
    Head,
    Option,
    Progress,
    Shown,
    Table,
    Tone,
    columns,
    crumbs,
    facts,
)
from hengjian.web.occupations.labels import level_title
from hengjian.web.pages import Answer, Desk, Goto, Page, page, page_of
from hengjian.web.paging import part_of
from hengjian.web.parts import moment, refusal_part
from hengjian.web.performing import act_bar
from hengjian.web.rosters import questions
from hengjian.web.rosters.roster_pages import FILING, SHEET_TYPE, filing_act
from hengjian.web.rosters.roster_parts import candidate_chip, check_chip

ON_ONE_PAGE = 100
TONES: Mapping[Severity, Tone] = {Severity.ERROR: "seal", Severity.WARNING: "warn", Severity.NOTE: "quiet"}


@page("rosters/<int:pk>/upload/", "roster_upload")
def upload_page(desk: Desk, pk: int) -> Answer:
    """Keep the file and begin the dry run; the page of the run shows how far it is."""
    batch = desk.one(Batch, pk, "plan__institution")
    back = reverse("roster", kwargs={"pk": pk})
    given = desk.request.FILES.get("roster")
    if not desk.post or given is None:
        return Goto(back, "请先选择名册文件。" if desk.post else "")
    if (given.size or 0) > questions.LIMIT:
        return Goto(back, say("文件超过 {limit} MB，请删去图片或分批上传。", limit=questions.LIMIT // 1048576))
    upload = keep_upload(given.name or "roster", given.content_type or "", given.read(), desk.actor)
    check = dry_run.start(batch, upload, desk.actor)
    return Goto(reverse("roster_check", kwargs={"pk": check.pk}))


def _own(desk: Desk, pk: int) -> RosterCheck:
    check = dry_run.own(desk.actor, pk)
    if check is None:
        raise Http404
    return check


@page("rosters/checks/<int:pk>/", "roster_check")
def check_page(desk: Desk, pk: int) -> Answer:
    """While it runs, how far it is; then the findings."""
    check = _own(desk, pk)
    batch = desk.one(Batch, check.batch_id, "plan__institution")
    row = check_row(check)
    running = check.state == RosterCheck.State.RUNNING
    upload = desk.visible(Upload).filter(pk=check.upload_id).first()
    again = reverse("roster", kwargs={"pk": batch.pk})
    values: dict[str, object] = {
        "running": running,
        "progress": _progress(check),
        "poll": reverse("roster_check_progress", kwargs={"pk": pk}),
        "cancel": reverse("roster_check_cancel", kwargs={"pk": pk}),
        "alert": None,
        "kpis": [],
        "table": None,
        "mended": None,
        "acts": [],
        "filters": None,
        "pager": None,
        "again": again,
    }
    if check.state in (RosterCheck.State.REFUSED, RosterCheck.State.CANCELLED):
        values["alert"] = Alert(title=row.state_label, text=check.sentence or "没有保存任何内容。", tone="warn")
    elif not running:
        values |= _findings(desk, check, batch)
    head = Head(
        "名册核查",
        crumbs=crumbs(
            ("考生核查", reverse("rosters")),
            (listed((batch.occupation_name, level_title(batch.level)), " "), again),
            (moment(check.at),),
        ),
        chips=[check_chip(row)],
        lead=upload.name if upload is not None else "",
    )
    return Page("rosters/check.html", head, values)


def _progress(check: RosterCheck) -> Progress:
    return Progress(max(check.total, 1), check.done if check.total else None, check.sentence or "等待核查")


@page("rosters/checks/<int:pk>/progress/", "roster_check_progress")
def progress_page(desk: Desk, pk: int) -> Answer:
    """The part that is asked again and again; when the run is over the browser fetches the whole page."""
    check = _own(desk, pk)
    if check.state != RosterCheck.State.RUNNING:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    values = {"progress": _progress(check), "poll": reverse("roster_check_progress", kwargs={"pk": pk})}
    return Page("rosters/progress.html", Head(""), values)


@page("rosters/checks/<int:pk>/cancel/", "roster_check_cancel")
def cancel_page(desk: Desk, pk: int) -> Answer:
    check = _own(desk, pk)
    if desk.post:
        dry_run.cancel(check)
    return Goto(reverse("roster_check", kwargs={"pk": pk}))


@page("rosters/checks/<int:pk>/copy.xlsx", "roster_check_copy")
def copy_file(desk: Desk, pk: int) -> Answer:
    """The user's own file with marked cells and one column of sentences."""
    check = _own(desk, pk)
    if check.state != RosterCheck.State.DONE:
        raise Http404
    response = HttpResponse(dry_run.annotated(check), content_type=SHEET_TYPE)
    response["Content-Disposition"] = f'attachment; filename="roster-check-{pk}.xlsx"'
    return response


def _findings(desk: Desk, check: RosterCheck, batch: Batch) -> dict[str, object]:
    found = dry_run.findings_of(check)
    only = desk.asked("severity")
    shown = [item for item in found if not only or item.severity.value == only]
    shown.sort(key=lambda item: (item.severity.weight, item.sheet, item.row))
    part = part_of(desk, shown, size=ON_ONE_PAGE, kept=[("severity", only)])
    count = Counter(item.severity for item in found)
    acts: list[Button | Go] = []
    refusal = dry_run.refusal_in(check)
    if refusal is None:
        button = filing_act(desk, batch, check.upload_id)
        if button is not None:
            acts.append(button)
    else:
        acts.append(
            Button(
                "提交名册",
                FILING[0],
                refusal=refusal_part(refusal, lead="现在还不能提交名册", id="why"),
            )
        )
    acts.append(Go("下载标注的名册", href=reverse("roster_check_copy", kwargs={"pk": check.pk}), file=True))
    return {
        "kpis": [
            Figure(check.rows, "名册行数"),
            Figure(check.errors, "错误", tone="seal" if check.errors else "good"),
            Figure(check.warnings, "提醒", tone="warn" if check.warnings else ""),
            Figure(check.notes, "说明（已自动改正）"),
        ],
        "acts": acts,
        "filters": Filters(
            fields=[
                FilterField(
                    name="severity",
                    label="轻重",
                    options=[
                        Option("", say("全部 {found}", found=len(found))),
                        *(
                            Option(item.value, listed((item.label, count[item]), " "), chosen=only == item.value)
                            for item in Severity
                        ),
                    ],
                )
            ],
            clear="?" if only else "",
        ),
        "table": Table(
            columns=columns("位置", "轻重", "核查意见", "依据", "原值与改正"),
            rows=[_row(item) for item in part.rows],
            empty=Empty("没有发现问题", "名册可以提交。"),
        ),
        "pager": part.pager,
        "mended": _mended(desk, check),
    }


def _row(item: Finding) -> list[Shown]:
    column = BY_KEY[item.column].title if item.column in BY_KEY else ""
    place = say("第 {row} 行", row=item.row) if item.row else "整张表"
    change = f"{item.old} → {item.new}" if item.new else item.old
    return [
        Cell(listed(filter(None, (place, column)), " "), note=item.sheet),
        Cell(chip=Chip(item.severity.label, TONES[item.severity])),
        Cell(item.message, note=item.remedy),
        Cell(clause=Clause(item.clause)) if item.clause else "",
        Cell(change, mono=True) if change else "",
    ]


@dataclass(frozen=True, slots=True)
class Mended(Component):
    """What became of the findings of the upload before; with `link` it has not been asked for yet."""

    link: str
    counts: Sequence[Chip] = ()
    rows: Table | None = None


def _mended(desk: Desk, check: RosterCheck) -> Mended | None:
    """What became of the findings of the upload before, when asked for: both files are read again."""
    before = (
        desk.visible(RosterCheck)
        .filter(batch_id=check.batch_id, owner=check.owner, pk__lt=check.pk, state=RosterCheck.State.DONE)
        .order_by("-pk")
        .first()
    )
    if before is None:
        return None
    if desk.asked("mended") != "1":
        return Mended("?mended=1")
    uploads = []
    for run in (before, check):
        kept = desk.visible(Upload).get(pk=run.upload_id)
        reading = read_roster(contents(kept), kept.name, key=person_key())
        uploads.append(upload_of(reading, dry_run.findings_of(run)))
    outcomes = mended(*uploads)
    count = Counter(item.outcome for item in outcomes)
    tones: Mapping[Outcome, Tone] = {
        Outcome.MENDED: "good",
        Outcome.REMAINING: "seal",
        Outcome.GONE: "quiet",
        Outcome.NEW: "warn",
    }
    rows = [
        [
            Cell(say("第 {row} 行", row=item.row) if item.row else "已删除", note=item.finding.message),
            Cell(chip=Chip(item.outcome.label, tones[item.outcome])),
            Cell(item.old, mono=True),
            Cell(item.new, mono=True),
        ]
        for item in outcomes[:ON_ONE_PAGE]
    ]
    counts = [Chip(listed((item.label, count[item]), " "), tones[item]) for item in Outcome if count[item]]
    return Mended("", counts, Table(columns("位置", "结果", "原来", "现在"), rows))


@page_of(Candidate, "candidates/<int:pk>/", "candidate", "batch__plan__institution")
def candidate_page(desk: Desk, candidate: Candidate) -> Answer:
    """One candidate: masked for the office, with the file's facts where it is in the sample."""
    pk = candidate.pk
    found = candidate_file(desk.actor, pk)
    if found is None:
        raise Http404
    head_row = found.head
    batch = candidate.batch
    head = Head(
        say("考生 · {name}", name=head_row.name or head_row.masked_name),
        crumbs=crumbs(
            ("考生核查", reverse("rosters")),
            (
                listed((batch.occupation_name, level_title(batch.level)), " "),
                reverse("roster", kwargs={"pk": batch.pk}),
            ),
            (say("名册第 {row} 行", row=head_row.row),),
        ),
        chips=[
            candidate_chip(head_row.state),
            *([Chip("抽中核查", "normal")] if head_row.sampled else []),
        ],
    )
    main = [
        Card("申报情况", facts=facts(*found.declared))
        if found.declared
        else Card("申报情况", empty=Empty("没有抽中，材料不展示", "需要时可以改为全面核查。")),
        Card("提示", text=list(found.findings)) if found.findings else None,
    ]
    aside = [
        Card(
            "基本情况",
            facts=facts(
                ("证件号码", Cell(head_row.masked_number, mono=True)),
                ("性别", head_row.sex),
                ("出生年", str(head_row.birth_year or "")),
                ("准考证号", Cell(head_row.ticket, mono=True) if head_row.ticket else ""),
                ("符合的条件", head_row.entry_row),
                *([("理由", head_row.reason)] if head_row.reason else []),
            ),
        )
    ]
    return case_page(head, main, aside, acts=act_bar(desk, candidate))
