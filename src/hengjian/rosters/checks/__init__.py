"""The catalogue of roster checks, in the order in which a reader meets them.

One module per check: its docstring is the sentence of the rule with the clause. Adding a check is adding a module, a
line here and its severity in `policies/rosters.toml`.
"""

from __future__ import annotations

from typing import cast

from hengjian.rosters.checks import (
    age_below,
    age_remarkable,
    birth_differs,
    condition_number,
    condition_unmet,
    contract_ended,
    contract_late,
    contract_missing,
    de_facto_evidence,
    duplicate_in_batch,
    employer_foreign,
    entry_conditions,
    exception_basis,
    exception_used,
    identity_number,
    level_held,
    occupation_excused,
    occupation_name,
    occupation_unknown,
    occupation_unrelated,
    outside_plan,
    overlapping_sittings,
    photo_missing,
    photo_old,
    prior_date,
    prior_level,
    prior_number,
    prior_number_differs,
    prior_occupation,
    sex_differs,
    trade_foreign,
    two_batches,
    two_employers,
)
from hengjian.rosters.checks.check import CheckModule

ALL: tuple[CheckModule, ...] = cast(
    "tuple[CheckModule, ...]",
    (
        identity_number,
        birth_differs,
        sex_differs,
        age_below,
        age_remarkable,
        duplicate_in_batch,
        two_batches,
        overlapping_sittings,
        two_employers,
        employer_foreign,
        contract_missing,
        contract_late,
        contract_ended,
        de_facto_evidence,
        outside_plan,
        occupation_unknown,
        occupation_name,
        trade_foreign,
        occupation_unrelated,
        occupation_excused,
        prior_number,
        prior_number_differs,
        prior_level,
        prior_occupation,
        prior_date,
        level_held,
        condition_number,
        condition_unmet,
        entry_conditions,
        exception_basis,
        exception_used,
        photo_missing,
        photo_old,
    ),
)
