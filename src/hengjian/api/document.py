"""The document of the API (`openapi.json`) in the reader's language: Chinese, or English when asked.

What every operation answers with is said here once, by status; arguments carry the labels under which the forms ask for them.
Docstrings of shapes speak to whoever reads English, and stand in the English document only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.argument_labels import label
from hengjian.kernel.words import IDEOGRAPH, in_words, speaks_another

ANSWERS_SAID = {
    "200": "已办理，或查到的内容",
    "400": "请求无法读取",
    "401": "没有登录，或令牌无效",
    "403": "这个席位不能办理",
    "404": "没有，或不向这个席位公开",
    "409": "现在不能办理，附理由和补救办法",
    "413": "请求内容过大",
    "422": "填写的内容不合要求，逐项注明",
    "429": "查询过于频繁",
}
_SAID = frozenset({"title", "summary", "description"})


def body_name(code: str) -> str:
    """What the body of an act is called in the document: `plans.draft_plan` → `PlansDraftPlan`."""
    return "".join(part.title() for part in code.replace(".", "_").split("_"))


def spoken(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The document as ninja made it, in the language that is active now. Nothing of the original is changed."""
    bodies = {body_name(code): code for code in catalogue()}
    made: dict[str, Any] = _said(schema)
    for path in made["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                answer["description"] = in_words(ANSWERS_SAID[str(status)])
    for name, shape in made["components"]["schemas"].items():
        if not _for_this_reader(shape.get("description", "")):
            del shape["description"]
        for argument, field in shape.get("properties", {}).items():
            called = label(bodies[name], argument) if name in bodies else argument
            if called != argument and "description" not in field:
                field["description"] = in_words(called)
    return made


def _said(value: Any, name: str = "") -> Any:
    if isinstance(value, Mapping):
        return {key: _said(item, str(key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_said(item, name) for item in value]
    return in_words(value) if name in _SAID or name == "examples" else value


def _for_this_reader(text: str) -> bool:
    return not text or speaks_another() or bool(IDEOGRAPH.search(text))
