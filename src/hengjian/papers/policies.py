"""Handles on the rules of papers (policies/papers.toml)."""

from __future__ import annotations

from collections.abc import Mapping

from hengjian.kernel.policy import Policy, Table

OFFICE_MARKS: Policy[Mapping[str, str]] = Policy("papers.office_marks", Table)
CODE_SIGNS = Policy("papers.code_signs", int)
LEVELS: Policy[tuple[Mapping[str, str], ...]] = Policy("occupations.levels", tuple)

OF_ISSUING = (OFFICE_MARKS, CODE_SIGNS)
