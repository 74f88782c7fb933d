"""The stricter values areas have enacted, as the policy resolver wants them; read by `Asking`, which pins what counts."""

from __future__ import annotations

from hengjian.kernel.models import LocalPolicyValue
from hengjian.kernel.policy import LocalValue


def local_values(area_path: str) -> list[LocalValue]:
    """Every value set by the area at `area_path` or by one it lies in."""
    if not area_path:
        return []
    parts = area_path.strip("/").split("/")
    paths = ["/".join(parts[: end + 1]) + "/" for end in range(len(parts))]
    rows = LocalPolicyValue.objects.filter(area_path__in=paths).values_list("key", "area_path", "value", "since", "law")
    return [LocalValue(*row) for row in rows]
