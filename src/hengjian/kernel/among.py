"""`field__among=values`: membership in a list of any length, as one parameter.

Django's `__in` writes one mark per value into the statement, whose text then grows with the rows and is refused above a
bound of the database; here the text is always the same.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Field, ForeignObject, Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup[Any]):
    """Numbers or texts; the right side is any iterable of them."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, parameters = self.process_lhs(compiler, connection)
        values = list(self.rhs)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", (*parameters, values)
        return left + " IN (SELECT value FROM json_each(%s))", (*parameters, json.dumps(values))  # noqa: S608
