"""From a file as people keep it to a table of candidates: nothing guessed silently, nothing lost silently."""

from hengjian.rosters.reading.roster import Reading, Sheet, read_roster
from hengjian.tables.limits import Cancelled, Limits, Unreadable

__all__ = ["Cancelled", "Limits", "Reading", "Sheet", "Unreadable", "read_roster"]
