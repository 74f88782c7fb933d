"""A filing is opened and written by the institution: first, wider scope, or renewal (R10, R15)."""

from __future__ import annotations

from typing import Any

from hengjian.authorities.models import Office
from hengjian.authorities.roles import Role
from hengjian.institutions import rules
from hengjian.institutions.facts import FilingDrafted, FilingEdited
from hengjian.institutions.models import Filing, FilingItem, Institution, ScopeItem
from hengjian.institutions.policies import RENEWAL_WINDOW_MONTHS
from hengjian.institutions.responsibility import Routing, filing_office
from hengjian.institutions.sheets import Item
from hengjian.institutions.states import FilingState, InstitutionState
from hengjian.kernel.act import Doing, Step, act, creates
from hengjian.kernel.refusal import PRODUCT, refuse
from hengjian.kernel.words import say
from hengjian.occupations.policies import ASSESSABLE_LEVELS, CLASSES_BY_LEVEL
from hengjian.occupations.queries import OccupationRow, occupations_on


@creates(
    "institutions.draft_filing",
    Filing,
    by=[Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution],
    requires=[rules.no_other_filing_is_open, rules.institution_is_not_barred, rules.institution_is_not_suspended],
    cites=[ASSESSABLE_LEVELS, CLASSES_BY_LEVEL, RENEWAL_WINDOW_MONTHS],
    clause="《技能等级认定试点企业监管服务措施研究》第 2.3 节",
)
def draft_filing(
    doing: Doing[None], *, items: tuple[Item, ...] = (), statement: str = "", renewal: bool = False
) -> tuple[Filing, FilingDrafted]:
    """填写备案申请。

    An institution not yet filed opens its first filing, a filed one asks for a wider scope or, when its time comes, for
    renewal.
    """
    institution = Institution.objects.select_related("office__area").get(pk=doing.actor.reach["institution"])
    kind = _kind(doing, institution, renewal)
    occupations = _checked(doing, institution, kind, items)
    filing = doing.create(
        Filing,
        institution=institution,
        office_id=office_for(institution),
        kind=kind,
        statement=statement,
    )
    for item in items:
        _create_item(doing, filing, item, occupations[item.occupation_code])
    return filing, FilingDrafted(kind, filing.office_id, tuple(items))


@act(
    "institutions.edit_filing",
    Filing,
    by=[Role.CLERK.of_own_institution, Role.RESPONSIBLE_PERSON.of_own_institution],
    step=Step(FilingState.DRAFT, FilingState.RETURNED),
    requires=[rules.application_is_open],
    cites=[ASSESSABLE_LEVELS, CLASSES_BY_LEVEL],
    clause="《技能等级认定试点企业监管服务措施研究》第 2.3 节",
)
def edit_filing(doing: Doing[Filing], *, items: tuple[Item, ...], statement: str = "") -> FilingEdited:
    """修改备案申请。

    The items given are the whole application; what is no longer in it is kept as withdrawn.
    """
    filing = doing.subject
    occupations = _checked(doing, filing.institution, filing.kind, items)
    known = {(row.occupation_code, row.level): row for row in filing.items.order_by("id")}
    asked = {(item.occupation_code, item.level): item for item in items}
    added: list[str] = []
    dropped: list[str] = []
    for key, row in known.items():
        item = asked.get(key)
        if item is None and not row.withdrawn:
            row.withdrawn = True
            dropped.append(f"{row.occupation_code}/{row.level}")
            doing.save(row)
        elif item is not None and (row.withdrawn or (row.equipment, row.assessors) != (item.equipment, item.assessors)):
            row.withdrawn, row.equipment, row.assessors = False, item.equipment, item.assessors
            doing.save(row)
    for key, item in asked.items():
        if key not in known:
            _create_item(doing, filing, item, occupations[item.occupation_code])
            added.append(f"{item.occupation_code}/{item.level}")
    filing.statement = statement or filing.statement
    return FilingEdited(tuple(added), tuple(dropped), tuple(items))


def _kind(doing: Doing[None], institution: Institution, renewal: bool) -> str:
    if institution.state != InstitutionState.FILED:
        return Filing.Kind.FIRST
    if not renewal:
        return Filing.Kind.SCOPE
    opens = rules.renewal_opens_on(institution, doing.policy(RENEWAL_WINDOW_MONTHS))
    if opens is not None and doing.today < opens:
        raise refuse(
            "institutions.renewal_early",
            say("备案有效期至 {valid_until}，现在还不能申请续期。", valid_until=institution.valid_until),
            field="renewal",
            clause=RENEWAL_WINDOW_MONTHS.text.citation,
            policy=RENEWAL_WINDOW_MONTHS.key,
            remedy=say("{opens} 起可以申请。", opens=opens),
        )
    return Filing.Kind.RENEWAL


def _checked(
    doing: Doing[Any], institution: Institution, kind: str, items: tuple[Item, ...]
) -> dict[str, OccupationRow]:
    """Each item: in the catalogue today, a level that this class of institution may assess, once, not yet in scope."""
    occupations = occupations_on({item.occupation_code for item in items}, doing.today)
    in_scope = set(
        ScopeItem.objects.filter(institution=institution, valid_until__gte=doing.today)
        .order_by("id")
        .values_list("occupation_code", "level")
    )
    seen: set[tuple[str, str]] = set()
    for item in items:
        key = (item.occupation_code, item.level)
        occupation = occupations.get(item.occupation_code)
        if occupation is None:
            raise refuse(
                "institutions.not_in_catalogue",
                say("职业分类大典中没有 {occupation_code}。", occupation_code=item.occupation_code),
                field="items",
                remedy="请从职业分类大典中选择职业。",
                clause="《中华人民共和国职业分类大典（2022 年版）》",
            )
        label = say("{name} {level} 级", name=occupation.name, level=item.level)
        if item.level not in doing.policy(ASSESSABLE_LEVELS):
            raise refuse(
                "institutions.level_not_assessable",
                say("“{level}”不是可以申请备案的等级。", level=item.level),
                field="items",
                clause=ASSESSABLE_LEVELS.text.citation,
                policy=ASSESSABLE_LEVELS.key,
                remedy="请改选可以申请备案的等级。",
            )
        if institution.kind not in doing.policy(CLASSES_BY_LEVEL).get(item.level, ()):
            raise refuse(
                "institutions.level_of_class",
                say("{kind}不能评价{label}。", kind=institution.get_kind_display(), label=label),
                field="items",
                clause=CLASSES_BY_LEVEL.text.citation,
                policy=CLASSES_BY_LEVEL.key,
                remedy="请删去该等级，或由可以评价该等级的机构申请。",
            )
        if key in seen:
            raise refuse(
                "institutions.item_twice",
                say("{label}填写了两次。", label=label),
                field="items",
                remedy="请删去重复的一行。",
                clause=PRODUCT,
            )
        if kind == Filing.Kind.SCOPE and key in in_scope:
            raise refuse(
                "institutions.item_in_scope",
                say("{label}已在备案范围内。", label=label),
                field="items",
                remedy="请删去这一项，只填写新增的职业和等级。",
                clause=PRODUCT,
            )
        seen.add(key)
    return occupations


def _create_item(doing: Doing[Any], filing: Filing, item: Item, occupation: OccupationRow) -> None:
    doing.create(
        FilingItem,
        filing=filing,
        occupation_code=item.occupation_code,
        occupation_name=occupation.name,
        level=item.level,
        equipment=item.equipment,
        assessors=item.assessors,
    )


def office_for(institution: Institution) -> int:
    """Who files: the office of the province in which the institution lies, or the one filing was passed down to."""
    province = institution.area_path.split("/")[0] + "/"
    of_province = Office.objects.filter(area__path=province).order_by("id").values_list("pk", flat=True)[0]
    routing = Routing(institution.office_id, institution.office_reason)
    return filing_office(institution.filing_level, routing, of_province)
