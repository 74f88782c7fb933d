"""Sentences about witnesses of a draw and about throwing a draw away (M1): rules of the product, for the law has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from hengjian.authorities.models import Area, Office
from hengjian.kernel.actor import Impersonal
from hengjian.kernel.asking import Asking
from hengjian.kernel.beacon import NONE
from hengjian.kernel.clock import ZONE
from hengjian.kernel.refusal import PRODUCT
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import listed, say
from hengjian.plans.models import Plan
from hengjian.supervision.models import Draw, Duty, Witness
from hengjian.supervision.policies import VOIDS_BY_OWN_HEAD_MAX
from hengjian.supervision.rules import SCHEME

WITNESS_SILENT = "witness_silent"  # the ground of a void that marks the witness as silent
NO_TEAM = "no_team"  # void by the result itself: nobody chose it
_HEAD = Impersonal("seat:1", "市中心负责人", "centre_head", {"office": 2, "area": "13/1302/"}, person="user:1")
_ABOVE = Impersonal("seat:2", "省中心负责人", "centre_head", {"office": 1, "area": "13/"}, person="user:2")
_BELOW = Impersonal("seat:3", "区中心负责人", "centre_head", {"office": 3, "area": "13/1302/130203/"}, person="user:3")
_CITY = Office(pk=2, area=Area(path="13/1302/"), parent_id=1)
_TOP = Office(pk=2, area=Area(path="13/1302/"))
_NAMED, _NONE_NAMED = {"beacon": {"source": "双色球"}}, {"beacon": {"source": NONE}}
_NINE = datetime(2026, 5, 6, 9, tzinfo=ZONE)


def voided_by_choice(plan: int) -> Q:
    """The draws of one exam that somebody threw away; a draw without a possible team is nobody's choice."""
    return Q(plan=plan, state=Draw.State.VOID) & ~Q(void_ground=NO_TEAM)


def voids_of(plan: Plan) -> int:
    """How often draws of this exam were thrown away by choice."""
    return Draw.objects.filter(voided_by_choice(plan.pk)).count()


def earlier_voids(draw: Draw) -> int:
    """The same for the exam of this draw."""
    return voids_of(draw.plan)


def committed_persons(plan: Plan) -> frozenset[str]:
    rows = Witness.objects.filter(plan=plan.pk, state=Witness.State.COMMITTED).order_by("pk")
    return frozenset(rows.values_list("person", flat=True))


def silent_persons(plan: Plan) -> frozenset[str]:
    rows = Witness.objects.filter(plan=plan.pk, state=Witness.State.SILENT).order_by("pk")
    return frozenset(rows.values_list("person", flat=True))


def silent_witnesses(draw: Draw) -> tuple[str, ...]:
    """The witnesses of the sealed list who have not revealed."""
    rows = Witness.objects.filter(draw=draw.pk, state=Witness.State.SEALED).order_by("place")
    return tuple(rows.values_list("label", flat=True))


def somebody_drawn_arrived(draw: Draw) -> bool:
    return Duty.objects.filter(draw=draw.pk, arrived_at__isnull=False).exists()


@dataclass(frozen=True)
class Named:
    """The public value a witness's sealed list named, and when it comes out."""

    source: str
    opens_at: datetime


def named_for(witness: Witness) -> Named | None:
    draw = witness.draw
    return None if draw is None else Named(draw.manifest["beacon"]["source"], draw.opens_at)


@rule("supervision.sealer_is_no_witness", clause=SCHEME)
def sealer_is_no_witness(asking: Asking[Plan]) -> tuple[str, str] | None:
    """封存清单的人不作见证。"""
    if asking.actor.person not in asking.reading(committed_persons):
        return None
    return "您已承诺见证这次抽取，不能由您封存。", "由另一人封存，或者先撤回您的见证。"


sealer_is_no_witness.shown_by(
    case("another committed", Plan(), actor=_HEAD, read={committed_persons: frozenset({"user:2"})}),
    case("the sealer did", Plan(), actor=_HEAD, read={committed_persons: frozenset({"user:1"})}, says="不能由您封存"),
)


@rule("supervision.every_witness_has_revealed", clause=SCHEME)
def every_witness_has_revealed(asking: Asking[Draw]) -> tuple[str, str] | None:
    """清单所列的见证人都揭示了秘密值，才能抽取。"""
    waiting = asking.reading(silent_witnesses)
    if not waiting:
        return None
    return (
        say("{waiting}还没有揭示秘密值。", waiting=listed(waiting)),
        "请见证人在自己的账号上揭示；始终不揭示的，由中心负责人作废本次抽取。",
    )


every_witness_has_revealed.shown_by(
    case("all did", Draw(), read={silent_witnesses: ()}),
    case("one has not", Draw(), read={silent_witnesses: ("市总工会·见证席",)}, says="市总工会·见证席还没有揭示"),
)


@rule("supervision.public_value_is_not_yet_out", clause=SCHEME)
def public_value_is_not_yet_out(asking: Asking[Witness]) -> tuple[str, str] | None:
    """指定了公开随机值的，见证人须在它产生之前揭示。"""
    named = asking.reading(named_for)
    if named is None or named.source == NONE or asking.now < named.opens_at:
        return None
    return "公开随机值已经产生，秘密值未在此前揭示。", "由中心负责人作废本次抽取，另行封存。"


public_value_is_not_yet_out.shown_by(
    case("before", Witness(), at="2026-05-06T08:59", read={named_for: Named("双色球", _NINE)}),
    case("none named", Witness(), read={named_for: Named(NONE, _NINE)}),
    case("at the moment", Witness(), read={named_for: Named("双色球", _NINE)}, says="已经产生"),
)


@rule("supervision.witness_kept_the_word", clause=SCHEME)
def witness_kept_the_word(asking: Asking[Plan]) -> tuple[str, str] | None:
    """在同一次考试中没有揭示秘密值的，不再见证。"""
    if asking.actor.person not in asking.reading(silent_persons):
        return None
    return "您在这次考试此前的抽取中没有揭示秘密值，不能再作见证。", "由其他人见证。"


witness_kept_the_word.shown_by(
    case("never silent", Plan(), actor=_HEAD, read={silent_persons: frozenset()}),
    case("silent before", Plan(), actor=_HEAD, read={silent_persons: frozenset({"user:1"})}, says="不能再作见证"),
)


@rule("supervision.void_is_for_own_head_or_above", clause=PRODUCT)
def void_is_for_own_head_or_above(asking: Asking[Draw]) -> tuple[str, str] | None:
    """抽取由抽取机关或其上级机关的中心负责人作废。"""
    office, held = asking.subject.office, asking.actor.reach
    area = str(held.get("area") or "")
    above = bool(area) and office.area.path.startswith(area) and office.area.path != area
    if held.get("office") == office.pk or above:
        return None
    return "这次抽取不由本机关组织，不能由您作废。", "由抽取机关的中心负责人或其上级决定。"


void_is_for_own_head_or_above.shown_by(
    case("own head", Draw(office=_CITY), actor=_HEAD),
    case("the head above", Draw(office=_CITY), actor=_ABOVE),
    case("the head below", Draw(office=_CITY), actor=_BELOW, says="不能由您作废"),
)


@rule("supervision.voided_by_another_than_the_sealer", clause=PRODUCT)
def voided_by_another_than_the_sealer(asking: Asking[Draw]) -> tuple[str, str] | None:
    """封存清单的人不能作废同一次抽取。"""
    if asking.subject.sealed_by != asking.actor.person:
        return None
    return "清单由您封存，不能由您作废。", "由另一位负责人或上级机关的负责人决定。"


voided_by_another_than_the_sealer.shown_by(
    case("another sealed", Draw(sealed_by="user:9"), actor=_HEAD),
    case("sealed by oneself", Draw(sealed_by="user:1"), actor=_HEAD, says="由您封存"),
)


@rule("supervision.nobody_drawn_has_arrived", clause=PRODUCT)
def nobody_drawn_has_arrived(asking: Asking[Draw]) -> tuple[str, str] | None:
    """督导员到场以后，抽取不能作废。"""
    if not asking.reading(somebody_drawn_arrived):
        return None
    return "已有督导员到场，这次抽取不能作废。", "须更换督导员的，由其推辞后另行抽取。"


nobody_drawn_has_arrived.shown_by(
    case("nobody yet", Draw(), read={somebody_drawn_arrived: False}),
    case("one has", Draw(), read={somebody_drawn_arrived: True}, says="已有督导员到场"),
)


@rule("supervision.repeated_void_is_for_the_office_above", clause=PRODUCT, cites=[VOIDS_BY_OWN_HEAD_MAX])
def repeated_void_is_for_the_office_above(asking: Asking[Draw]) -> tuple[str, str] | None:
    """同一次考试再次作废，由上级机关的中心负责人决定。"""
    draw, voids = asking.subject, asking.reading(earlier_voids)
    if voids < asking.policy(VOIDS_BY_OWN_HEAD_MAX) or draw.office.parent_id is None:
        return None
    if asking.actor.reach.get("office") != draw.office_id:
        return None
    return (
        say("这次考试的抽取已作废 {voids} 次，本级不能再次作废。", voids=voids),
        "报上级机关的中心负责人决定；人员有缺的，另行抽取补足。",
    )


repeated_void_is_for_the_office_above.shown_by(
    case("the first", Draw(office=_CITY), actor=_HEAD, read={earlier_voids: 0}),
    case("the second", Draw(office=_CITY), actor=_HEAD, read={earlier_voids: 1}, says="已作废 1 次"),
    case("the second, by the head above", Draw(office=_CITY), actor=_ABOVE, read={earlier_voids: 1}),
    case("nobody stands above", Draw(office=_TOP), actor=_HEAD, read={earlier_voids: 1}),
)


@rule("supervision.a_result_was_thrown_away", clause=SCHEME)
def a_result_was_thrown_away(asking: Asking[Draw]) -> tuple[str, str] | None:
    """已有结果而作废的抽取，考后同样公开。"""
    draw = asking.subject
    if draw.disclosed_on is not None:
        return "这次作废的抽取已经公开。", "在公开页面上查阅。"
    if draw.result is None:
        return "这次抽取在产生结果以前作废，没有可以公开的结果。", "作废的理由已经公开。"
    return None


a_result_was_thrown_away.shown_by(
    case("with a result", Draw(result={})),
    case("before any", Draw(result=None), says="没有可以公开的结果"),
    case("disclosed", Draw(result={}, disclosed_on=date(2026, 5, 5)), says="已经公开"),
)
