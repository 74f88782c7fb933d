"""The day a command reckons with: the installation's clock, or the calendar's day where no database has been made yet."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from hengjian.cli.installation import start


def today() -> date:
    start()
    from django.db import connection
    from django.db.utils import DatabaseError

    from hengjian.kernel import clock

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and name != ":memory:" and not Path(name).exists():
        return datetime.now(clock.ZONE).date()
    try:
        return clock.today()
    except DatabaseError:
        return datetime.now(clock.ZONE).date()
