"""The stricter values areas have enacted, as the policy resolver wants them."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hengjian.kernel.models import LocalPolicyValue
from hengjian.kernel.policy import LocalValue, Policy

T = TypeVar("T")


def local_values(key: str, area_path: str) -> list[LocalValue]:
    """Values of `key` set by the area at `area_path` or by one it lies in."""
    if not area_path:
        return []
    parts = area_path.strip("/").split("/")
    paths = ["/".join(parts[: end + 1]) + "/" for end in range(len(parts))]
    rows = LocalPolicyValue.objects.filter(key=key, area_path__in=paths).values_list(
        "area_path", "value", "since", "law"
    )
    return [LocalValue(key, path, value, since, law) for path, value, since, law in rows]


def value_at(handle: Policy[T], day: date, area_path: str) -> T:
    """What counts on that day in that area: for rules, which read without pinning."""
    return handle.resolve(day, local_values(handle.key, area_path)).value
