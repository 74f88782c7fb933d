"""Walks the pages of the generated province as each of its people, and reads what they show.

One page of every kind for every seat, each side and filter of it once: enough to find a key, a code, JSON or the value of an
enumeration that stands where a label from the glossary belongs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.db.models import Field as Column
from django.test import Client
from django.urls import Resolver404, resolve

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.policy import catalogue as policies
from hengjian.kernel.rule import RULES

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What is set as code is meant to be read as code: a digest, a key to look up, a line to type.
AS_CODE = {"mono", "hash", "hash-block", "number", "codes"}
UNREAD = {"script", "style", "template", "pre", "code", "svg", "kbd", "textarea"}
NOT_PAGES = re.compile(
    r"export=|\.(xlsx|csv|json|txt|pdf|tlog-proof)|/(receipt|checkpoint|vkey|tile|static|logout|file|roster_template)\b|/api/"
)
KEYS = re.compile(r"\b[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b")
PYTHON = re.compile(r"\{['\"]|\[['\"]|\bNone\b|\bTrue\b|\bFalse\b|datetime\.|Decimal\(|<[A-Z]\w+:|object at 0x")


@dataclass
class Read(HTMLParser):
    """The texts of a page, each with what it stands in; the addresses it leads to."""

    texts: list[tuple[str, bool]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    menu: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    stack: list[tuple[str, bool, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        dress = set((named.get("class") or "").split())
        self.classes.update(dress)
        if tag == "a" and named.get("href"):
            self.links.append(str(named["href"]))
            if any(outer == "nav" for outer, _, _ in self.stack):
                self.menu.append(str(named["href"]))
        for name in ("title", "aria-label", "placeholder"):
            if named.get(name):
                self.texts.append((str(named[name]), False))
        if tag in VOID:
            return
        code, unread = (self.stack[-1][1:]) if self.stack else (False, False)
        self.stack.append((tag, code or bool(dress & AS_CODE), unread or tag in UNREAD))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and self.stack and not self.stack[-1][2]:
            self.texts.append((text, self.stack[-1][1]))


def read(markup: str) -> Read:
    page = Read()
    page.feed(markup)
    page.close()
    return page


def stored_values() -> set[str]:
    """Every value that a column with choices stores and that is no word of its label."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("hengjian."):
            continue
        for column in model._meta.get_fields():
            if isinstance(column, Column) and column.choices:
                found |= {str(value) for value, label in column.flatchoices if str(value) != str(label)}
    return {value for value in found if re.fullmatch(r"[a-z][a-z_]{2,}", value)}


def raw(page: Read, values: set[str], names: set[str]) -> Iterator[str]:
    """What no reader should see: a stored value by itself, a key or code that is not set as code, a value as Python or JSON
    writes it."""
    for text, as_code in page.texts:
        if text in values:
            yield f"stored value {text!r}"
        elif PYTHON.search(text) and not as_code:
            yield f"raw value {text[:60]!r}"
        elif not as_code and (found := [key for key in KEYS.findall(text) if key in names or "_" in key]):
            yield f"key {found[0]!r} in {text[:60]!r}"


def names_of_the_house() -> set[str]:
    return {*catalogue(), *policies(), *RULES}


@dataclass(frozen=True)
class Visit:
    """One page as one person saw it."""

    who: str
    name: str
    address: str
    status: int
    page: Read


def walk(client: Client, who: str, start: str, *, each: int = 1) -> Iterator[Visit]:
    """From page to page by the links on them: of every kind of page `each`, of every side of it one."""
    waiting, seen, kinds = [start], {start}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        try:
            name = resolve(parts.path).url_name or parts.path
        except Resolver404:
            continue
        side = "".join(re.findall(r"\bside=\w+", parts.query))
        kind = f"{name} {resolve(parts.path).kwargs.get('code', '')} {side}"
        if kinds[kind] >= each:
            continue
        kinds[kind] += 1
        answer: Any = client.get(address)
        if not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        page = read(answer.content.decode())
        yield Visit(who, name, address, answer.status_code, page)
        for link in page.links:
            goes = urljoin(address, link)
            if goes.startswith("/") and not NOT_PAGES.search(goes) and (goes := goes.split("#")[0]) not in seen:
                seen.add(goes)
                waiting.append(goes)


# Pages open to all that stay outside the frame of the desk: what a stranger uses, and signing in and out.
OUTSIDE = re.compile(
    r"check|notice|objection|register|public_draw|home|verify|account_|mfa_|usersessions|devices|registration|api_guide|contact|privacy"
)


def pages_at_fault(people: dict[str, Client]) -> list[str]:
    """Every page of these people that shows a raw value, leaves the desk's frame, or does not answer."""
    values, names = stored_values(), names_of_the_house()
    found: list[str] = []
    for who, client in people.items():
        start = "/desk/" if who else "/"
        menu: set[str] = set()
        seen = Counter[str]()
        for visit in walk(client, who, start):
            seen[visit.name] += 1
            place = f"{who or 'public'} {visit.address}"
            found += [f"{place}: {fault}" for fault in raw(visit.page, values, names)]
            if visit.status not in (200, 302):
                found.append(f"{place}: answered {visit.status}")
            if who and visit.status == 200 and not OUTSIDE.search(visit.name) and not visit.page.classes["desk"]:
                found.append(f"{place}: outside the frame of the desk")
            if visit.address == "/desk/":
                menu = set(visit.page.menu)
            if visit.address in menu and NOT_FOR_THIS_DESK in " ".join(text for text, _ in visit.page.texts):
                found.append(f"{place}: the side bar leads to a list that is not for this desk")
        if who and not {"log", "policies", "calendar"} <= set(seen):
            found.append(f"{who}: did not reach the log, the rules and the calendar")
        if sum(seen.values()) < 8:
            found.append(f"{who or 'public'}: walked only {sum(seen.values())} pages")
    return found


NOT_FOR_THIS_DESK = "这里的事项不归本席位"
