"""What `hengjian serve` runs: the site behind its intake."""

from hengjian.web.intake import Intake
from hengjian.web.wsgi import application as site

application = Intake(site)
