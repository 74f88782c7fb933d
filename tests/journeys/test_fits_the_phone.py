"""Every kind of page at 390 px: nothing scrolls sideways, no text lies over a text, and no text is cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.authorities.models import Seat
from hengjian.authorities.roles import Role
from hengjian.kernel import clock
from hengjian.kernel.disclosure import disclosed
from hengjian.web.room import addresses, case_pages
from tests.journeys.hands import PHONE, the_clock_stands_at
from tests.world import MARCH, PROVINCE, a_draft_plan, a_seat, a_submitted_filing
from tests.world_after import a_certified_sheet, a_person, a_sheet_on_notice, objected

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# Each run of text by what of it can be seen: clipped by its scrolling and hiding ancestors. The seal is a drawing.
FAULTS = """() => {
  const found = [], edge = document.documentElement.clientWidth;
  const sideways = document.documentElement.scrollWidth - edge;
  if (sideways > 0) found.push(`scrolls sideways by ${sideways}`);
  const seen = (holder, box) => {
    let { left, right, top, bottom } = box;
    for (let each = holder; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.overflowX === "visible" && style.clip === "auto" && style.clipPath === "none") continue;
      const own = each.getBoundingClientRect();
      left = Math.max(left, own.left); right = Math.min(right, own.right);
      top = Math.max(top, own.top); bottom = Math.min(bottom, own.bottom);
    }
    return { left, right, top, bottom };
  };
  const runs = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement, text = node.textContent.trim();
    if (!text || holder.closest("svg, select, noscript, .seal-mark") || !holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    range.selectNodeContents(node);
    for (const whole of range.getClientRects()) {
      const box = seen(holder, whole);
      if (box.right - box.left < 3 || box.bottom - box.top < 4) continue;
      if (whole.right > box.right + 2) found.push(`cut off: ${text.slice(0, 24)}`);
      runs.push({ ...box, text: text.slice(0, 24), node });
    }
  }
  runs.sort((a, b) => a.top - b.top);
  runs.forEach((a, place) => {
    for (let next = place + 1; next < runs.length && runs[next].top < a.bottom - 4; next++) {
      const b = runs[next];
      if (a.node !== b.node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2) found.push(`${a.text} lies over ${b.text}`);
    }
  });
  for (const field of document.querySelectorAll("input[placeholder]")) {
    if (field.checkVisibility() && !field.value && field.scrollWidth > field.clientWidth + 1) found.push(`cut off: ${field.placeholder}`);
  }
  return found.slice(0, 5);
}"""


def own_pages(seat: Seat | None, seen: set[str]) -> Iterator[str]:
    """Each address that nobody looked at yet, with the newest case of its kind where it names one."""
    models = {name: model for model, name in case_pages().items()}
    for pattern in addresses():
        route, name = str(pattern.pattern), str(pattern.name)
        if name in seen:
            continue
        model = models.get(name)
        if model is not None and seat is not None:
            row = disclosed(model, seat).order_by("-pk").first()
            if row is not None:
                yield "/" + re.sub(r"<[^>]+>", str(row.pk), route)
        elif model is None and "<" not in route:
            yield "/" + route


def test_every_kind_of_page_fits_the_phone(
    browser: Callable[..., Any], settings: Any, client_of: Any, pictures: Any
) -> None:
    with clock.at(MARCH):
        sheet = a_certified_sheet(people=[a_person(), a_person()])
        institution = sheet.batch.plan.institution
        objected(a_sheet_on_notice(institution=institution))
        a_draft_plan(institution=institution)
        filing = a_submitted_filing()
        supervisor = sheet.batch.plan.duties.order_by("pk").first().supervisor
        seats: list[Seat | None] = [
            a_seat(Role.CENTRE_REVIEWER),
            a_seat(Role.ADMINISTRATOR, at=PROVINCE),
            a_seat(Role.CLERK, institution=institution),
            Seat.objects.get(person_id=supervisor.pk, role=Role.SUPERVISOR),
            None,
        ]
        the_clock_stands_at(clock.now(), settings)
    seen: set[str] = set()
    found: list[str] = []
    for seat in seats:
        page = browser(seat, **PHONE)
        asked = Client() if seat is None else client_of(seat)
        for address in own_pages(seat, seen):
            answer = asked.get(address)  # cheaper than a browser where there is nothing to look at
            if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
                continue
            seen.add(str(answer.resolver_match.url_name))
            page.goto(address, wait_until="domcontentloaded")
            found += [f"{address} ({seat.role if seat else 'public'}): {fault}" for fault in page.evaluate(FAULTS)]
            pictures.take(page, address.strip("/").replace("/", "_") or "home")
    assert not found, "\n".join(found)
    assert len(seen) >= 45, sorted(seen)
    assert filing.pk and {"plan", "batch", "filing", "result_sheet", "duty", "account", "home"} <= seen


def test_text_over_text_and_text_cut_off_are_noticed(browser: Callable[..., Any]) -> None:
    page = browser(None, **PHONE)
    page.goto(reverse("check"))
    assert page.evaluate(FAULTS) == []
    page.evaluate("""() => {
      const put = (text, style, holder = document.body) => {
        const made = document.createElement("div");
        made.textContent = text;
        Object.assign(made.style, style);
        holder.append(made);
        return made;
      };
      const holder = put("", { position: "relative" });
      put("下面的字", {}, holder);
      put("上面的字", { position: "absolute", top: "2px", left: "0" }, holder);
      put("很长很长的一句话", { width: "3em", overflow: "hidden", whiteSpace: "nowrap" });
      put("宽", { width: "500px" });
    }""")
    said = " ".join(page.evaluate(FAULTS))
    assert "lies over" in said and "cut off: 很长" in said and "sideways" in said
