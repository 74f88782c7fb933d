"""What the public may ask no oftener than is published, apart from what the domains declare themselves."""

from __future__ import annotations

from hengjian.authorities.policies import PASSWORD_RESETS_PER_HOUR, PUBLIC_QUERIES, PUBLIC_READINGS
from hengjian.kernel.restraint import Read, Restraint
from hengjian.results.policies import FINDS_PER_HOUR

RECEIPTS = Read("public.receipts", "下载凭证", (Restraint("address", PUBLIC_READINGS),))
PAPERS = Read("public.papers", "核验公文", (Restraint("address", PUBLIC_READINGS),))
TRACK = Read("public.track", "查询办理情况", (Restraint("address", PUBLIC_QUERIES),))
FIND = Read("public.notice_find", "按姓名和号码查找", (Restraint("address", FINDS_PER_HOUR),))
RESET = Read("public.password_reset", "申请重设口令", (Restraint("address", PASSWORD_RESETS_PER_HOUR),))
# Views of the sign-in library, by their name: what is sent to them is counted.
OF_THE_LIBRARY = {"account_reset_password": RESET}
