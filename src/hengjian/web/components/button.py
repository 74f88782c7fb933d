"""What a seat can do here: a button carries its act, and with the act its reason when it cannot be done now. What performs
nothing and only leads somewhere is no button, however it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.refused import Hindrance


@dataclass(frozen=True, slots=True)
class Hidden(Component):
    """A value sent along with a button."""

    name: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Button(Component):
    """`act` is the code of the act it performs, or to whose form it leads. `href` leads to a page or form, `action` sends at
    once; with a `refusal` it is shown but cannot be pressed. `confirm` is the question of the dialog."""

    label: str
    act: str
    href: str = ""
    action: str = ""
    primary: bool = False
    danger: bool = False
    refusal: Hindrance | None = None
    confirm: str = ""
    confirm_label: str = ""
    hidden: Sequence[Hidden] = ()

    @property
    def goes(self) -> bool:
        """Whether it only leads somewhere."""
        return False

    @property
    def disabled(self) -> bool:
        return self.refusal is not None


@dataclass(frozen=True, slots=True)
class Go(Component):
    """Leads somewhere and performs nothing. `file` says that the address downloads; `action` is an address that notes something
    of the reader's own on the way (that a message was read)."""

    label: str
    href: str = ""
    action: str = ""
    primary: bool = False
    file: bool = False

    @property
    def goes(self) -> bool:
        return True
