"""What was entered in the form of an act: Django forms and formsets, made from the act's arguments (`asked_by`).

A field is cleaned by the act's own type (`kernel.arguments.adapter`), so a form has no bound and no sentence of its own but
“请填写”. All faults at once, each at its own cell. Nothing is written except an uploaded file, so that a refusal loses nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from pydantic import ValidationError

from hengjian.files.place import Unreachable
from hengjian.kernel import typed
from hengjian.kernel.actor import PUBLIC, Actor
from hengjian.kernel.arguments import MOST_ROWS, adapter, bare, faults_of
from hengjian.kernel.disclosure import disclosed
from hengjian.kernel.models import Upload
from hengjian.kernel.uploads import keep_upload
from hengjian.kernel.words import say
from hengjian.web.forms import Arguments, Asked, last_part, posted_rows

OF_THE_LIST = {
    "missing_management_form": say("行数无法读取，请核对各行后重新提交。"),
    "too_many_forms": say("至多 {max_length} 行", max_length=MOST_ROWS),
}
log = logging.getLogger("hengjian.files")
NOT_GIVEN = object()  # left empty where that is allowed: the act's own default stands


@dataclass
class Filled:
    """What was entered: the arguments for the act, and what is wrong with it, by field. `places`: of each list of rows, the
    number that each row has on the page, where empty ones lie between."""

    arguments: Arguments
    errors: dict[str, str]
    places: dict[str, list[int]] = field(default_factory=dict)

    def at(self, named: str) -> str:
        """The field of the page that a refusal names: `rows.1.seats` is the cell `rows-2-seats` where an empty row lies before."""
        name, _, rest = named.partition(".")
        place, _, column = rest.partition(".")
        places = self.places.get(name, [])
        row = typed.whole_or(place, -1) if column else -1
        return f"{name}-{places[row]}-{column}" if 0 <= row < len(places) else named


def fill(fields: list[Asked], post: QueryDict, files: MultiValueDict[str, Any], actor: Actor, subject: Any) -> Filled:
    """Read a posted form by the act's own model."""
    asked = [each for each in fields if each.question.kind != "given"]
    single = _form_of([each for each in asked if not _in_rows(each)])(post, files, actor=actor, subject=subject)
    filled = Filled(
        {each.name: each.question.given(actor, subject) for each in fields if each.question.kind == "given"}, {}
    )
    faults = single.errors.as_data()
    for each in asked:
        if _in_rows(each):
            _formset_of(each)(post, prefix=each.name).tell(filled)
        elif each.name in faults:
            filled.errors[each.name] = _said(faults[each.name][0])
        elif single.cleaned_data[each.name] is not NOT_GIVEN:
            filled.arguments[each.name] = single.cleaned_data[each.name]
    return filled


def _said(fault: forms.ValidationError) -> str:
    return cast(str, fault.message)  # not `str(fault)`: what was said remembers its message, for the other language


def _in_rows(asked: Asked) -> bool:
    return bool(asked.columns) and asked.question.kind != "own"


class Sent(forms.Widget):
    """What a browser sends for an argument, blanks around it cut off: a text, lines, a file, or (kind `own`) the whole form."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if self.asked.question.kind == "own":
            return data
        if self.asked.question.kind == "file":
            return files.get(name), data.get(f"{name}-kept", "")
        if self.asked.many:
            return [line for part in data.getlist(name) for line in map(str.strip, part.split("\n")) if line]
        return data.get(name, "").strip()


class Argument(forms.Field):
    """One argument of an act: what was sent becomes what the act takes, or a sentence."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(required=asked.required, widget=Sent(asked))
        self.asked = asked
        self.actor: Actor = PUBLIC
        self.subject: Any = None
        self.row: int | None = None

    def clean(self, value: Any) -> Any:
        asked = self.asked
        if asked.question.kind == "own":
            return self._read_by_its_page(value)
        if asked.question.kind == "file":
            return self._kept(*value)
        if asked.kind is bool:
            if value or asked.question.kind != "radios":
                return typed.truth(value)
            raise forms.ValidationError(say("请选择“{label}”。", label=asked.question.label))
        if value or (asked.many and not asked.required):
            return _as_the_act_takes_it(asked, value)
        if asked.required:
            raise forms.ValidationError(self._lacking())
        # A row says of each column whether it is empty; an argument left out has the act's default.
        return None if self.row is not None and bare(asked.annotation)[1] else NOT_GIVEN

    def _lacking(self) -> str:
        label = self.asked.question.label
        if self.row is None:
            return say("请填写“{label}”。", label=label)
        return say("第 {number} 行请填写“{label}”。", number=self.row + 1, label=label)

    def _read_by_its_page(self, post: Any) -> Any:
        read = self.asked.question.read
        if read is None:
            return NOT_GIVEN
        found, fault = read(post, self.actor, self.subject)
        if fault:
            raise forms.ValidationError(fault)
        return found

    def _kept(self, given: Any, kept: str) -> Any:
        """The number of the upload: of the file that came, or of one that came before."""
        question = self.asked.question
        if given is not None:
            if given.size > question.limit:
                raise forms.ValidationError(
                    say(
                        "文件有 {size:.1f} MB，超过上限 {limit} MB。请压缩或拆分后重新选择。",
                        size=given.size / 1048576,
                        limit=question.limit // 1048576,
                    )
                )
            try:
                return keep_upload(given.name, given.content_type or "", given.read(), self.actor).pk
            except Unreachable as problem:
                log.warning("an upload could not be kept: %s", problem)
                raise forms.ValidationError(
                    say("存放文件的地方暂时没有应答，文件没有收下。其余所填都在，请稍后重新选择文件。")
                ) from None
        key = typed.key_or_none(kept)
        if key is not None and disclosed(Upload, self.actor).filter(pk=key).exists():
            return key
        if self.asked.required:
            raise forms.ValidationError(say("请选择“{label}”的文件。", label=question.label))
        return NOT_GIVEN


def _as_the_act_takes_it(asked: Asked, value: Any) -> Any:
    try:
        return adapter(last_part(asked), asked.annotation).validate_python(value)
    except ValidationError as error:
        fault = faults_of(error)[0]
        at = fault.place[0] if fault.place else None
        sent = value[at] if isinstance(value, list) and isinstance(at, int) else value
        now = (
            say("，现为“{shown_value}”", shown_value=sent[:40])
            if isinstance(sent, str) and "现为" not in fault.says
            else ""
        )
        sentence = say("“{label}”{says}{now}。", label=asked.question.label, says=fault.says, now=now)
        raise forms.ValidationError(sentence) from None


class ActForm(forms.Form):
    """The arguments of an act that are no list of rows."""

    def __init__(self, *posted: Any, actor: Actor, subject: Any) -> None:
        super().__init__(*posted)
        for each in self.fields.values():
            assert isinstance(each, Argument)
            each.actor, each.subject = actor, subject


class RowForm(forms.Form):
    """One row of a list; empty where nothing was entered in a column that can be edited."""

    def __init__(self, *posted: Any, **options: Any) -> None:
        super().__init__(*posted, **options)
        number = str(self.prefix).rsplit("-", 1)[-1]
        for each in self.fields.values():
            assert isinstance(each, Argument)
            each.row = typed.whole_or(number, 0)

    def has_changed(self) -> bool:
        open_to_edit = [name for name, each in self.fields.items() if each.asked.question.kind != "fixed"]  # type: ignore[attr-defined]
        return any(self[name].data for name in open_to_edit)


class RowSet(forms.BaseFormSet[RowForm]):
    """A list of rows; what it holds is validated once more as a whole, by the argument's own type."""

    asked: Asked
    default_error_messages = {**OF_THE_LIST}

    def total_form_count(self) -> int:
        return posted_rows(self.asked, cast(QueryDict, self.data)) if self.is_bound else 0

    def initial_form_count(self) -> int:
        return 0

    def tell(self, filled: Filled) -> None:
        """The list and its faults: each at its own cell, then what is wrong with the list as a whole."""
        name, before = self.asked.name, len(filled.errors)
        rows = [form for form in self.forms if form.has_changed()]
        for form in rows:
            for column, faults in form.errors.as_data().items():
                filled.errors[f"{form.prefix}-{column}"] = _said(faults[0])
        for fault in self.non_form_errors().as_data()[:1]:
            filled.errors[name] = OF_THE_LIST[str(fault.code)]
        filled.places[name] = [int(str(form.prefix).rsplit("-", 1)[-1]) for form in rows]
        if self.asked.required and not rows:
            filled.errors.setdefault(name, say("请至少填写一行“{label}”。", label=self.asked.question.label))
        if len(filled.errors) > before:
            return
        given = [{key: value for key, value in form.cleaned_data.items() if value is not NOT_GIVEN} for form in rows]
        try:
            filled.arguments[name] = _as_the_act_takes_it(self.asked, given)
        except forms.ValidationError as error:
            filled.errors[name] = _said(error)


def _form_of(fields: list[Asked]) -> type[ActForm]:
    return type("EnteredForm", (ActForm,), {each.name: Argument(each) for each in fields})


def _formset_of(asked: Asked) -> type[RowSet]:
    row = type("EnteredRow", (RowForm,), {last_part(column): Argument(column) for column in asked.columns})
    made = forms.formset_factory(row, formset=RowSet, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    rows = cast(type[RowSet], made)  # a class of its own
    rows.asked = asked
    return rows
