"""One question of a form, and a list of rows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.web.components.component import Component
from hengjian.web.components.option import Option


@dataclass(frozen=True, slots=True)
class Field(Component):
    """`kind`: text, date, datetime-local, number, email, tel, password, search, time, select, textarea, file, checkbox,
    checkboxes, radios, fixed (shown as `text`, sent as `value`). `sensitive` is never kept on this computer; `hint` is the
    placeholder; `suggest` the address that suggests values."""

    name: str
    label: str
    id: str = ""
    kind: str = "text"
    value: str | int | bool | None = None
    text: str = ""
    help: str = ""
    errors: Sequence[str] = ()
    required: bool = False
    disabled: bool = False
    sensitive: bool = False
    hint: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    maxlength: int | None = None
    min: str = ""
    max: str = ""
    short: bool = False
    rows: int | None = None
    across: bool = False
    options: Sequence[Option] = ()
    suggest: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Rows(Component):
    """`columns` are labels; `fixed`: no row is added."""

    name: str
    label: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Field]]
    count: int
    help: str = ""
    errors: Sequence[str] = ()
    fixed: bool = False
    kind: str = "rows"


@dataclass(frozen=True, slots=True)
class FieldError(Component):
    """One line of the summary above a form; `field` is the id it leads to."""

    message: str
    field: str = ""
    label: str = ""
