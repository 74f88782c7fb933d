"""Whether a sitting has people enough: invigilators by room and ratio, assessors by ratio, panels of an odd number (R36)."""

from __future__ import annotations

from hengjian.kernel.asking import Asking
from hengjian.kernel.law import Law
from hengjian.kernel.rule import rule
from hengjian.kernel.rule_cases import case
from hengjian.kernel.words import say
from hengjian.plans import policies
from hengjian.plans.models import Plan, Sitting
from hengjian.plans.readings import sittings_of
from hengjian.plans.rule_samples import AHEAD, sitting_on

CLAUSE = "《保育师国家职业标准》（2021 年版）监考及考评人员与考生配比"
ROLES = {Sitting.Part.THEORY: "监考人员", Sitting.Part.PRACTICAL: "考评人员", Sitting.Part.REVIEW: "评审委员"}


def staff_needed(sitting: Sitting, law: Law) -> int:
    """How many a sitting of so many seats needs at least; where panels are odd, the next odd number."""
    part = sitting.part
    if part == Sitting.Part.THEORY:
        of_room = law.policy(policies.THEORY_INVIGILATORS_PER_ROOM_MIN)
        return max(of_room, -(-sitting.seats // law.policy(policies.THEORY_CANDIDATES_PER_INVIGILATOR)))
    if part == Sitting.Part.PRACTICAL:
        least = law.policy(policies.PRACTICAL_ASSESSORS_MIN)
        needed = max(least, -(-sitting.seats // law.policy(policies.PRACTICAL_CANDIDATES_PER_ASSESSOR)))
    else:
        needed = law.policy(policies.REVIEW_PANEL_MIN)
    return needed + 1 if law.policy(policies.PANELS_ARE_ODD) and not needed % 2 else needed


@rule(
    "plans.staffed",
    clause=CLAUSE,
    cites=[
        policies.THEORY_INVIGILATORS_PER_ROOM_MIN,
        policies.THEORY_CANDIDATES_PER_INVIGILATOR,
        policies.PRACTICAL_ASSESSORS_MIN,
        policies.PRACTICAL_CANDIDATES_PER_ASSESSOR,
        policies.REVIEW_PANEL_MIN,
        policies.PANELS_ARE_ODD,
    ],
    waivable=True,
)
def sittings_are_staffed(asking: Asking[Plan]) -> tuple[str, str] | None:
    """每场监考、考评和评审人员须够数，考评组、评审委员会为单数。"""
    odd = asking.policy(policies.PANELS_ARE_ODD)
    for sitting in asking.reading(sittings_of):
        needed, role = staff_needed(sitting, asking), ROLES[Sitting.Part(sitting.part)]
        if sitting.staff < needed:
            return (
                say(
                    "{room}安排 {seats} 座，须有{role} {needed} 人，计划为 {staff} 人。",
                    room=sitting.room,
                    seats=sitting.seats,
                    role=role,
                    needed=needed,
                    staff=sitting.staff,
                ),
                "请增派人员或分成几场；职业标准另有配比的，写明后申请豁免。",
            )
        if odd and sitting.part != Sitting.Part.THEORY and not sitting.staff % 2:
            return (
                say("{room}的{role}须为单数，计划为 {staff} 人。", room=sitting.room, role=role, staff=sitting.staff),
                "请增加或减少一人。",
            )
    return None


sittings_are_staffed.shown_by(
    case("two for thirty", AHEAD, read={sittings_of: [sitting_on(staff=2)]}),
    case("one in a small room", AHEAD, read={sittings_of: [sitting_on(seats=10, staff=1)]}, says="须有监考人员 2 人"),
    case("two in a small room", AHEAD, read={sittings_of: [sitting_on(seats=10, staff=2)]}),
    case("two for forty-five", AHEAD, read={sittings_of: [sitting_on(seats=45, staff=2)]}, says="须有监考人员 3 人"),
    case("seven for thirty in a workshop", AHEAD, read={sittings_of: [sitting_on("practical", staff=7)]}),
    case("six for thirty", AHEAD, read={sittings_of: [sitting_on("practical", staff=6)]}, says="须有考评人员 7 人"),
    case("three for five", AHEAD, read={sittings_of: [sitting_on("practical", seats=5, staff=3)]}),
    case("four for five", AHEAD, read={sittings_of: [sitting_on("practical", seats=5, staff=4)]}, says="须为单数"),
    case("three review", AHEAD, read={sittings_of: [sitting_on("review", staff=3)]}),
    case("two review", AHEAD, read={sittings_of: [sitting_on("review", staff=2)]}, says="须有评审委员 3 人"),
)
