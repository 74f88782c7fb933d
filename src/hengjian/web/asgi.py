"""What `hengjian serve` runs: the site behind its intake."""

import sys

from hengjian.web.intake import Intake
from hengjian.web.wsgi import application as site

# A thread that comes back from the database waits at most this long for one that computes a page. Python's own five
# milliseconds, at each statement, made an act hold the write lock ten times longer than it works. Technical.
HANDED_OVER_SECONDS = 0.0005


def served() -> Intake:
    sys.setswitchinterval(HANDED_OVER_SECONDS)
    return Intake(site)


application = served()
