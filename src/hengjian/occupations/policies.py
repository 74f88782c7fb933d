"""Handles on the law of occupations, levels and standards (policies/occupations.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.kernel.policy import Policy, Table

LEVELS: Policy[tuple[Mapping[str, Any], ...]] = Policy("occupations.levels", tuple)
ASSESSABLE_LEVELS: Policy[tuple[str, ...]] = Policy("occupations.assessable_levels", tuple)
CLASSES_BY_LEVEL: Policy[Mapping[str, tuple[str, ...]]] = Policy("occupations.classes_by_level", Table)
BASIS_BY_CLASS: Policy[Mapping[str, tuple[str, ...]]] = Policy("occupations.basis_by_class", Table)
MAJOR_CLASSES: Policy[tuple[str, ...]] = Policy("occupations.major_classes", tuple)
CATALOGUE_EDITION = Policy("occupations.catalogue_edition", str)
STANDARD_TEMPLATE = Policy("occupations.standard_template", str)
