"""What a seat can do here: a button carries its act, and with the act its reason when it cannot be done now."""

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
    """`act` is the code of the act it performs, empty where it only leads somewhere. `href` leads to a page or form, `action`
    sends at once; with a `refusal` it is shown but cannot be pressed. `confirm` is the question of the dialog, `file` says that
    the address downloads."""

    label: str
    act: str = ""
    href: str = ""
    action: str = ""
    primary: bool = False
    danger: bool = False
    refusal: Hindrance | None = None
    confirm: str = ""
    confirm_label: str = ""
    hidden: Sequence[Hidden] = ()
    file: bool = False

    @property
    def disabled(self) -> bool:
        return self.refusal is not None
