"""One batch from the applicant to the revoked certificate: at each point the acts that are done there, for nothing.

An act shows all the keys its header cites, itself and through its rules; where one way of doing it does not, there is a
second way beside it. The life itself goes on with the acts of `tests.world`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.test import Client

from hengjian.authorities.acts.accounts import reset_password
from hengjian.authorities.acts.tokens import open_token
from hengjian.authorities.models import Account, Seat
from hengjian.authorities.roles import Role
from hengjian.authorities.tokens import digest_of
from hengjian.certificates import public_queries
from hengjian.certificates.acts.issue_certificates import issue_certificates
from hengjian.certificates.acts.revoke_certificate import revoke_certificate
from hengjian.certificates.models import Certificate
from hengjian.institutions.acts.decide_filing import decide_filing
from hengjian.institutions.acts.draft_filing import draft_filing
from hengjian.institutions.acts.materials import add_material
from hengjian.institutions.acts.recheck import recheck
from hengjian.institutions.acts.register_applicant import register_applicant
from hengjian.institutions.acts.site_visit import FIT, conclude_visit, plan_visit
from hengjian.institutions.acts.submit_filing import accept_filing, return_filing, submit_filing
from hengjian.institutions.acts.suspend_institution import end_institution
from hengjian.institutions.acts.take_over import take_over
from hengjian.institutions.models import Filing, Institution
from hengjian.institutions.sheets import VIDEO, Item
from hengjian.kernel import clock, sealer
from hengjian.kernel.actor import CLOCK, OPERATOR, PUBLIC
from hengjian.kernel.calendar import stored_calendar
from hengjian.kernel.models import Entry
from hengjian.kernel.refusal import Refused
from hengjian.kernel.spans import after_months
from hengjian.kernel.uploads import keep_upload
from hengjian.occupations.acts.add_occupation import add_occupation
from hengjian.occupations.acts.publish_standard import publish_standard
from hengjian.personnel.acts.appoint_supervisor import appoint_supervisor
from hengjian.personnel.acts.declare_recusal import declare_recusal
from hengjian.plans.acts.batches import add_batch
from hengjian.plans.acts.submit_plan import file_plan, submit_plan
from hengjian.plans.models import Batch, Plan
from hengjian.results.acts.close_notice import close_notice
from hengjian.results.acts.confirm_results import confirm_results
from hengjian.results.acts.enter_scores import enter_scores
from hengjian.results.acts.file_results import file_results
from hengjian.results.acts.object_to_result import object_to_result
from hengjian.results.acts.open_notice import open_notice
from hengjian.results.acts.open_sheet import open_sheet
from hengjian.results.acts.triage_objection import refuse_objection
from hengjian.results.marks import ScoreRow
from hengjian.results.models import Objection, ObjectionBurst, ResultSheet, Score
from hengjian.results.states import ObjectionPart
from hengjian.rosters.acts.admit_candidates import admit_candidates
from hengjian.rosters.acts.draw_sample import draw_sample
from hengjian.supervision.acts.attend_exam import decline_duty, file_report, report_arrival
from hengjian.supervision.acts.begin_exam import begin_exam, finish_exam
from hengjian.supervision.acts.reveal_and_draw import reveal_and_draw
from hengjian.supervision.acts.seal_draw import seal_draw
from hengjian.supervision.acts.void_draw import void_draw
from hengjian.supervision.models import Draw, Duty
from hengjian.web.certificates.alarms import certificates_to_put_online
from hengjian.web.institutions.alarms import rechecks_due
from hengjian.web.plans.alarms import idle_institutions, rosters_still_missing
from hengjian.web.supervision.alarms import often_declining, unattended_exams
from tests import world, world_after
from tests.acts.institutions.tables import a_line, a_table
from tests.law.outcome import Probe
from tests.world import ELECTRICIAN, MARCH, TEAM, Wanted, a_seat, at_hour


def done(act: Any, title: str = "", **options: Any) -> Callable[[Callable[[], Any]], Probe]:
    """A probe of an act: what it answers, and the row it leaves where `row` says which."""
    header = act.header
    return lambda run: Probe(f"{header.code} {title}", tuple(sorted(header.citable)), run, **options)


def after(row: Any, run: Callable[[], Any]) -> Callable[[], Any]:
    """What the act answered and how the case stands then; the row in hand is not touched, so that it can be done again."""

    def performed() -> Any:
        fresh = type(row)._base_manager.get(pk=row.pk)
        fact = run_on(fresh)
        fresh.refresh_from_db()
        return fact, fresh

    def run_on(fresh: Any) -> Any:
        return run(fresh)  # type: ignore[call-arg]

    return performed


def course() -> Iterator[Probe]:
    with clock.at(MARCH):
        world.a_province()
        yield from _ground()
        yield from _filing()
        yield from _watched_rooms()
        yield from _takeover()
        yield from _plan()
        for kind in ("S", "J"):
            yield from _other_class(kind)


def _ground() -> Iterator[Probe]:
    officer = a_seat(Role.PROVINCE_OFFICER, at=world.PROVINCE)
    account = Account.objects.order_by("pk").first()
    administrator = a_seat(Role.ADMINISTRATOR, at=world.TANGSHAN)
    yield done(open_token)(lambda: open_token(officer, scope=("read",), label="报表", digest=digest_of("令牌")))
    assert account is not None

    def salted() -> Any:
        open_token(officer, scope=("read",), label="报表", digest=digest_of("令牌"))
        return {"bytes": len(Entry.objects.latest("pk").salt)}

    def sent_again() -> Any:
        once = open_token.once("twice")
        once(officer, scope=("read",), label="对接", digest=digest_of("令牌二"))
        with clock.at(clock.now() + timedelta(days=20)):
            return once(officer, scope=("read",), label="对接", digest=digest_of("令牌二"))

    yield Probe("the same request again", ("log.idempotency_days",), sent_again, values={"log.idempotency_days": (7,)})
    yield Probe("an entry of the log", ("log.salt_bytes",), salted)
    yield done(reset_password)(
        after(account, lambda row: reset_password(administrator, row, reason="本人遗忘", link_digest=digest_of("链接")))
    )
    yield done(add_occupation)(
        lambda: add_occupation(
            officer,
            occupation_code="6-31-07-99",
            name="示例机器人运维员",
            basis="增补公告〔2026〕1 号",
            valid_from=date(2026, 4, 1),
        )
    )
    norm = {"kind": "norm", "occupation_code": ELECTRICIAN, "trade": "示例", "name": "示例企业评价规范"}
    yield done(publish_standard)(
        lambda: publish_standard(officer, **norm, edition="2026 年版", levels="543", issued_on=date(2026, 2, 1))
    )
    head = a_seat(Role.CENTRE_HEAD, at=world.TANGSHAN)
    person = {"name": "督导员", "employer": "示例学校", "competence": ("6-31-01",), "practice_years": 2}
    yield done(appoint_supervisor)(lambda: appoint_supervisor(head, **person))
    assessor = person | {"practice_years": 0, "assessor_years": 3}
    yield done(appoint_supervisor, "an assessor")(lambda: appoint_supervisor(head, **assessor))
    supervisor = world.a_supervisor()
    institution = world.a_filed_institution()
    yield done(declare_recusal)(
        lambda: declare_recusal(head, supervisor, institution_id=institution.pk, ground="relative")
    )
    for area, ownership, level in (
        ("130203", "municipal", ""),
        ("130682", "private", "city"),
        ("130203", "central", "province"),
    ):
        yield done(register_applicant, area)(_registered(area, ownership, level))


def _registered(area: str, ownership: str, level: str) -> Callable[[], Any]:
    uscc = world.a_uscc()
    return lambda: register_applicant(
        OPERATOR,
        name="冀东示例制造有限公司",
        short_name="示例厂",
        uscc=uscc,
        kind="Y",
        ownership=ownership,
        filing_level=level,
        area_code=area,
        address="示例路 1 号",
    )


def _filing() -> Iterator[Probe]:
    applicant = world.an_applicant()
    clerk = a_seat(Role.CLERK, institution=applicant)
    items = (Item(ELECTRICIAN, "4", "配电实训台 20 套", 3), Item(ELECTRICIAN, "5", "配电实训台 20 套", 3))
    yield done(draft_filing)(lambda: draft_filing(clerk, items=items, statement="申请。"))
    draft = world.a_draft_filing(applicant, scope=((ELECTRICIAN, "4"),))
    kind = draft.materials.order_by("pk").first().kind
    paper = world.an_upload(clerk).pk
    yield done(add_material)(lambda: add_material(clerk, draft, kind=kind, upload_id=paper))
    responsible = a_seat(Role.RESPONSIBLE_PERSON, institution=applicant)
    yield done(submit_filing)(after(draft, lambda row: submit_filing(responsible, row)))
    submit_filing(responsible, draft)
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=draft.office)
    yield done(accept_filing)(after(draft, lambda row: accept_filing(reviewer, row)))
    yield done(return_filing)(
        after(draft, lambda row: return_filing(reviewer, row, note="请补正。", reopen_items=True))
    )

    filing = world.an_accepted_filing(scope=((ELECTRICIAN, "4"),))
    reviewer, head = a_seat(Role.CENTRE_REVIEWER, office=filing.office), a_seat(Role.CENTRE_HEAD, office=filing.office)
    today = clock.today()
    yield done(plan_visit)(after(filing, lambda row: plan_visit(reviewer, row, planned_on=today, team=TEAM)))
    plan_visit(reviewer, filing, planned_on=today, team=TEAM)
    sheets = world.complete_sheets(filing)
    seen = {"visited_on": today, "team": TEAM, "sheets": sheets, "conclusion": FIT}
    yield done(conclude_visit)(after(filing, lambda row: conclude_visit(reviewer, row, **seen)))
    conclude_visit(reviewer, filing, **seen)
    grant = {"granted": True, "reason": "符合条件", "clauses": ("人社部发〔2019〕30号",)}
    yield done(decide_filing)(after(filing, lambda row: decide_filing(head, row, **grant)))
    decide_filing(head, filing, **grant)
    institution = Institution.objects.get(pk=filing.institution_id)
    yield from _in_force(institution, seen)


def _watched_rooms() -> Iterator[Probe]:
    """A social training organisation's rooms are watched by cameras; a sheet without them is not complete."""
    filing = world.an_accepted_filing(world.an_applicant(kind="S"), scope=((ELECTRICIAN, "4"),))
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=filing.office)
    plan_visit(reviewer, filing, planned_on=clock.today(), team=TEAM)
    general, *others = world.complete_sheets(filing)
    bare = replace(general, scores=tuple(score for score in general.scores if score.subject != VIDEO))
    seen = {"visited_on": clock.today(), "team": TEAM, "sheets": (bare, *others), "conclusion": FIT}

    def run() -> str:
        try:
            conclude_visit(reviewer, Filing.objects.get(pk=filing.pk), **seen)
        except Refused as refused:
            return refused.refusal.code
        return ""

    yield Probe("rooms without cameras", ("filing.video_required",), run)


def _takeover() -> Iterator[Probe]:
    """How long institutions taken over from a table may be undone as a whole."""
    reviewer = a_seat(Role.CENTRE_REVIEWER)
    upload = keep_upload("机构.xlsx", "", a_table(a_line()), reviewer)
    yield done(take_over)(lambda: take_over(reviewer, upload_id=upload.pk))


def _in_force(institution: Institution, seen: dict[str, Any]) -> Iterator[Probe]:
    head, reviewer = (
        a_seat(Role.CENTRE_HEAD, office=institution.office),
        a_seat(Role.CENTRE_REVIEWER, office=institution.office),
    )
    clerk = a_seat(Role.CLERK, institution=institution)
    yield done(recheck)(after(institution, lambda row: recheck(reviewer, row, **seen)))
    assert institution.filed_on is not None
    with clock.at(at_hour(after_months(institution.filed_on, 12), 9)):
        yield Probe("a re-check is due", ("filing.recheck_months",), lambda: len(rechecks_due(reviewer)))
        yield Probe("an idle institution", ("filing.idle_months_to_exit",), lambda: len(idle_institutions(head)))
    ground = "伪造报名资料或证件"
    yield done(end_institution)(
        after(
            institution,
            lambda row: end_institution(
                head, row, reason="查实伪造报名资料。", basis="处理决定〔2026〕1 号", ground=ground
            ),
        )
    )
    assert institution.valid_until is not None
    with clock.at(at_hour(institution.valid_until - timedelta(days=75), 9)):
        items = (Item(ELECTRICIAN, "4", "配电实训台 20 套", 3),)
        yield done(draft_filing, "renewal")(lambda: draft_filing(clerk, items=items, statement="续期。", renewal=True))


def _plan() -> Iterator[Probe]:
    draft = world.a_draft_plan(batches=(Wanted(headcount=3),))
    responsible = a_seat(Role.RESPONSIBLE_PERSON, institution=draft.institution)
    first = draft.batches.get()
    yield done(add_batch)(
        after(
            draft,
            lambda row: add_batch(
                responsible,
                row,
                occupation_code=first.occupation_code,
                level="5" if first.level != "5" else "4",
                headcount=2,
            ),
        )
    )
    yield done(submit_plan)(after(draft, lambda row: submit_plan(responsible, row)))
    submit_plan(responsible, draft)
    reviewer = a_seat(Role.CENTRE_REVIEWER, office=draft.office)
    yield done(file_plan)(after(draft, lambda row: file_plan(reviewer, row)))
    file_plan(reviewer, draft)
    plan = Plan.objects.get(pk=draft.pk)
    clerk = a_seat(Role.CLERK, institution=plan.institution)
    with clock.at(at_hour(plan.held_on - timedelta(days=10), 9)):
        yield Probe("a roster is missing", ("plans.reminder_days",), lambda: len(rosters_still_missing(clerk)))
    batch = world_after.a_rostered_batch(plan=plan)
    yield done(draw_sample)(after(batch, lambda row: draw_sample(reviewer, row)))
    draw_sample(reviewer, batch)
    admit_candidates(reviewer, batch)
    with clock.at(at_hour(plan.held_on, 9) - timedelta(hours=20)):
        yield Probe(
            "an exam nobody attends",
            ("messages.remind_hours_before_exam",),
            lambda: [line.hint_tone for line in unattended_exams(reviewer)],
            values={"messages.remind_hours_before_exam": ((12, 2),)},
        )
    yield from _draw(plan, reviewer)
    yield from _exam(plan, batch)


def _draw(plan: Plan, reviewer: Seat) -> Iterator[Probe]:
    for _ in range(3):
        world.a_supervisor(at=plan.office.area.path)
    world_after.a_chain(plan.office)
    opens_at = clock.now() + timedelta(hours=1)
    yield done(seal_draw)(lambda: seal_draw(reviewer, plan, opens_at=opens_at))
    seal_draw(reviewer, plan, opens_at=opens_at)
    sealer.seal()
    draw = Draw.objects.get(plan=plan)
    head = a_seat(Role.CENTRE_HEAD, office=plan.office)
    with clock.at(opens_at):
        yield done(void_draw)(
            after(
                draw, lambda row: void_draw(head, row, ground="list_wrong", explanation="清单所列场次有误，另行抽取。")
            )
        )
        yield done(reveal_and_draw)(lambda: (reveal_and_draw(reviewer, draw), *_duties(plan)))
        reveal_and_draw(reviewer, Draw.objects.get(pk=draw.pk))
        key = "personnel.refusals_per_year_max"
        yield Probe("a supervisor declines", (key,), _declined(plan, head), values={key: (1,)})


def _declined(plan: Plan, head: Seat) -> Callable[[], Any]:
    def run() -> int:
        duty = _duties(plan)[0]
        decline_duty(world_after.seat_of_supervisor(duty), duty, reason="因病不能到场。")
        return len(often_declining(head))

    return run


def _duties(plan: Plan) -> list[Duty]:
    return list(Duty.objects.filter(plan=plan).order_by("pk"))


def _exam(plan: Plan, batch: Batch) -> Iterator[Probe]:
    clerk, responsible, reviewer = world_after.seats_of(plan)
    duties = world_after.accepted_duties(plan)
    with clock.at(at_hour(plan.held_on, 8)):
        for duty in duties:
            report_arrival(world_after.seat_of_supervisor(duty), duty)
        begin_exam(clerk, batch)
    with clock.at(at_hour(plan.held_on, 18)):
        finish_exam(clerk, batch)
        for duty in duties:
            seat = world_after.seat_of_supervisor(duty)
            answers = world_after.all_in_order(duty)
            said = {"answers": answers, "means": world_after.ON_SITE}
            seen = {"methods": ("现场考察",), "obstructions": ("拒绝提供资料",), "findings": "拒绝提供题库。"}
            yield done(file_report)(
                after(duty, lambda row, by=seat, said=said: file_report(by, row, **said, conclusion="orderly"))
            )
            yield done(file_report, "obstructed")(
                after(duty, lambda row, by=seat, said=said | seen: file_report(by, row, **said, conclusion="defects"))
            )
            file_report(seat, duty, **said, conclusion="orderly")
    with clock.at(at_hour(plan.held_on, 19)):
        yield done(open_sheet)(lambda: open_sheet(clerk, batch))
        open_sheet(clerk, batch)
        sheet = ResultSheet.objects.get(batch=batch)
        for rows in (_marks("60", "82"), _marks("59.5", "82"), _marks("100", "100")):
            yield done(enter_scores)(_scored(clerk, sheet, rows))
        enter_scores(clerk, sheet, rows=world_after.passing(sheet))
        confirm_results(responsible, sheet)
    opened_on = plan.held_on + timedelta(days=1)
    with clock.at(at_hour(opened_on, 9)):
        yield done(open_notice)(after(sheet, lambda row: open_notice(responsible, row, place="机构公告栏")))
        open_notice(responsible, ResultSheet.objects.get(pk=sheet.pk), place="机构公告栏")
    yield from _notice(sheet, reviewer)


def _other_class(kind: str) -> Iterator[Probe]:
    """A social training organisation and a school hand in their results by deadlines of their own."""
    batch = world_after.an_examined_batch(
        institution=world.a_filed_institution(kind=kind, scope=((ELECTRICIAN, "4"),)), people=world_after.some_people(1)
    )
    clerk = a_seat(Role.CLERK, institution=batch.plan.institution)
    with clock.at(at_hour(batch.plan.held_on, 19)):
        yield done(open_sheet, kind)(lambda: open_sheet(clerk, batch))


def _marks(theory: str, practical: str) -> list[ScoreRow]:
    return [ScoreRow(row, Decimal(theory), Decimal(practical), None) for row in (1, 2, 3)]


def _scored(clerk: Seat, sheet: ResultSheet, rows: list[ScoreRow]) -> Callable[[], Any]:
    def run() -> Any:
        fact = enter_scores(clerk, sheet, rows=rows)
        return fact, *Score.objects.filter(sheet=sheet).order_by("candidate__row")

    return run


def _notice(sheet: ResultSheet, reviewer: Seat) -> Iterator[Probe]:
    sheet = ResultSheet.objects.get(pk=sheet.pk)
    assert sheet.notice_opened_on is not None
    score = Score.objects.get(sheet=sheet, candidate__row=1)
    said = {"part": ObjectionPart.PRACTICAL, "text": "该考生当日未到场。", "happened_on": sheet.batch.plan.held_on}
    with clock.at(at_hour(sheet.notice_opened_on, 10)):
        yield done(object_to_result)(lambda: (object_to_result(PUBLIC, score, **said), *Objection.objects.all()))

        def many() -> Any:
            for place in range(5):
                with clock.at(at_hour(sheet.notice_opened_on, 10) + place * timedelta(hours=5, minutes=54)):
                    object_to_result(PUBLIC, score, **said)
            return {"bursts": ObjectionBurst.objects.count()}

        yield done(object_to_result, "many")(many)
        objection = world_after.objected(sheet, accepted=False)
        ground = "与本次评价结果无关"
        yield done(refuse_objection)(
            after(
                objection, lambda row: refuse_objection(reviewer, row, ground=ground, note="与本次评价结果没有关系。")
            )
        )
        refuse_objection(reviewer, objection, ground=ground, note="与本次评价结果没有关系。")
    with clock.at(world_after.the_day_after(sheet)):
        yield done(close_notice)(after(sheet, lambda row: close_notice(CLOCK, row)))
        close_notice(CLOCK, sheet)
        numbers = {"registered": 3, "sat": 3, "passed": 3}
        yield done(file_results)(after(sheet, lambda row: file_results(reviewer, row, **numbers)))
    world_after.filed(sheet)
    responsible = a_seat(Role.RESPONSIBLE_PERSON, institution=sheet.batch.plan.institution)
    with clock.at(world_after.the_day_after(sheet) + timedelta(hours=2)):
        yield done(issue_certificates)(
            lambda: (issue_certificates(responsible, ResultSheet.objects.get(pk=sheet.pk)), *_issued())
        )
        issue_certificates(responsible, ResultSheet.objects.get(pk=sheet.pk))
        certificate = Certificate.objects.order_by("pk").first()
        assert certificate is not None
        tail = certificate.document_number[-4:]
        keys = ("certificates.level_texts",)
        yield Probe("a check", keys, lambda: public_queries.check(certificate.number, tail=tail))
        keys = ("certificates.going_online_working_days",)
        yield Probe("to put online", keys, lambda: certificates_to_put_online(reviewer))
        late = at_hour(stored_calendar().add_working_days(clock.today(), 11).on, 9)
        keys = ("certificates.going_online_warn_working_days",)
        with clock.at(late):
            yield Probe("late online", keys, lambda: bool(certificates_to_put_online(reviewer)[0].hint))
        path = f"/certificates/{certificate.pk}/paper/"
        keys = tuple(f"certificates.{name}" for name in ON_PAPER)
        yield Probe("the printed certificate", keys, lambda: article(responsible, path))
        yield done(revoke_certificate)(
            after(
                certificate,
                lambda row: revoke_certificate(responsible, row, ground="考试舞弊", reason="查实考试舞弊。"),
            )
        )


ON_PAPER = (
    "required_fields",
    "optional_fields",
    "certificate_name",
    "query_addresses",
    "government_supervises_printing",
)


def article(seat: Seat, path: str) -> str:
    client = Client()
    client.force_login(seat.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    html = client.get(path).content.decode()
    return html[html.index("<article") : html.index("</article>")]


def _issued() -> list[Certificate]:
    return list(Certificate.objects.order_by("pk"))
