"""The stricter values areas have enacted, as the policy resolver wants them; read by `Asking`, which pins what counts."""

from __future__ import annotations

from hengjian.kernel.models import LocalPolicyValue
from hengjian.kernel.policy import LocalValue


def local_values(area_path: str | None) -> list[LocalValue]:
    """Every value set by the area at `area_path` or by one it lies in; with None those of all areas."""
    rows = LocalPolicyValue.objects.order_by("pk")
    if area_path is not None:
        rows = rows.filter(area_path__in=paths_to(area_path))
    return [LocalValue(*row) for row in rows.values_list("key", "area_path", "value", "since", "law")]


def paths_to(area_path: str) -> list[str]:
    """`13/1302/130203/` lies in `13/`, `13/1302/` and itself."""
    parts = area_path.strip("/").split("/")
    return ["/".join(parts[: end + 1]) + "/" for end in range(len(parts))]
