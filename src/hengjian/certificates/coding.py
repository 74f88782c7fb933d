"""The coding rule of the day, built from the policy tables (人社鉴发〔2019〕2号), and who counts under which counter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hengjian.certificates import policies
from hengjian.institutions.models import Institution
from hengjian.kernel.certificate_number import Layout, compose
from hengjian.kernel.law import Law, nationwide

LAYOUT = (
    policies.LAYOUT,
    policies.CLASS_LETTERS,
    policies.LEVEL_LETTERS,
    policies.PROVINCE_CODES,
    policies.OLDER_SCHEMES,
)


def layout(law: Law) -> Layout:
    """The layout in force; the tables are national and have no local values."""
    return Layout.of(
        law.policy(policies.LAYOUT)["parts"],
        law.policy(policies.CLASS_LETTERS),
        law.policy(policies.LEVEL_LETTERS),
        law.policy(policies.PROVINCE_CODES),
        law.policy(policies.OLDER_SCHEMES),
    )


def layout_on(day: date) -> Layout:
    return layout(nationwide(day))


def counter(institution: Institution, year: date, level: str, restarts_per: Sequence[str]) -> str:
    """The counter a serial is taken from: always of one site, new for each of what the rule names."""
    parts = {"year": f"{year:%y}", "level": level}
    return "/".join(["certificate", numbered_site(institution), *(parts[name] for name in restarts_per)])


def numbered_site(institution: Institution) -> str:
    """Class, organisation, province and site: what the authorities have given the institution."""
    return f"{institution.kind}{institution.organisation_code}{institution.area_path[:2]}{institution.site_code}"


def number(layout: Layout, institution: Institution, issued_on: date, level: str, serial: int) -> str:
    return compose(
        layout,
        class_letter=institution.kind,
        organisation=institution.organisation_code,
        province=institution.area_path[:2],
        site=str(institution.site_code),
        year=f"{issued_on:%y}",
        level=level,
        serial=serial,
    ).value
