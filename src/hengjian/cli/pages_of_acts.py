"""Generated pages about acts: the map, who may do what, and how each case moves from state to state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hengjian.authorities.roles import Role
from hengjian.cli.index import Line, lines
from hengjian.kernel.header import HEADERS, Header

IMPERSONAL = {"clock": "时钟", "public": "任何人", "operator": "系统安装程序"}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    titles = list(head)
    out = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    out += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(out)


def by_of(header: Header) -> str:
    """Who may do it, and whose hand bars from it."""
    who = "、".join(dict.fromkeys(by.label for by in header.by))
    barred = barred_by(header)
    return f"{who}<br>{barred}" if barred else who


def barred_by(header: Header) -> str:
    """Four eyes: whoever did one of these on the case does not do this."""
    titles = "".join(f"“{HEADERS[other.act].title}”" for other in header.not_by)
    return f"没有办过{titles}的人" if titles else ""


def domains() -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines():
        found.setdefault(line.header.code.split(".", 1)[0], []).append(line)
    return found


def map_of_acts() -> str:
    parts = [
        "# 行为地图",
        f"全部 {len(lines())} 个行为：谁、从哪里到哪里、依什么规则和数值、凭哪一条、由哪些测试证明。",
    ]
    for domain, acts in domains().items():
        parts.append(f"## {domain}")
        parts.append(
            table(
                ["行为", "谁", "状态", "规则", "数值", "依据", "代码", "测试"],
                [
                    [
                        f"{line.header.title}<br>`{line.header.code}`",
                        by_of(line.header),
                        step_of(line.header),
                        "<br>".join(rule.title for rule in line.header.rules),
                        "<br>".join(f"`{key}`" for key in line.policies),
                        "<br>".join(line.law),
                        f"`{line.place.path.removeprefix('src/hengjian/')}`",
                        "<br>".join(f"`{place.path.removeprefix('tests/')}::{place.name}`" for place in line.tests),
                    ]
                    for line in acts
                ],
            )
        )
    return "\n\n".join(parts)


def state_labels(model: Any) -> dict[str, str]:
    """Code → label of a model's states; empty where it has none."""
    names = {field.name: field for field in model._meta.concrete_fields}
    return {str(code): str(label) for code, label in names["state"].flatchoices} if "state" in names else {}


def step_of(header: Header) -> str:
    labels = state_labels(header.subject)
    if header.shape == "creates":
        return f"新建{header.subject._meta.object_name}"
    if header.step is None:
        return "不限"
    before = "、".join(labels.get(source, source) for source in header.step.sources)
    return f"{before} → {labels.get(header.step.to, header.step.to)}" if header.step.to else before


def permissions() -> str:
    """Role × act as the headers say; a change of who may do what is a line in this page's diff."""
    roles = [(str(role.value), str(role.label)) for role in Role] + list(IMPERSONAL.items())
    parts = [
        "# 权限表",
        "每格写明以何种关系可以办理；空格即不可以。末栏：办过所列事项的人，换用其他席位也不可以。这张表由行为的表头得出，改动须经审阅。",
    ]
    for domain, acts in domains().items():
        parts.append(f"## {domain}")
        parts.append(
            table(
                ["行为", *(label for _, label in roles), "须由另一人"],
                [
                    [
                        f"{line.header.title} `{line.header.code}`",
                        *(_relation(line.header, code) for code, _ in roles),
                        barred_by(line.header),
                    ]
                    for line in acts
                ],
            )
        )
    return "\n\n".join(parts)


def _relation(header: Header, role: str) -> str:
    relations = [by.relation_label or "可" for by in header.by if by.role_code == role]
    return "、".join(dict.fromkeys(relations))


def states() -> str:
    parts = ["# 状态图", "由行为的表头得出。去向由办理内容决定的行为列在图下。"]
    by_model: dict[Any, list[Header]] = {}
    for line in lines():
        if state_labels(line.header.subject):
            by_model.setdefault(line.header.subject, []).append(line.header)
    for model in sorted(by_model, key=lambda model: str(model._meta.label)):
        parts += [f"## {model._meta.label}", _diagram(model, by_model[model])]
        decided = [header for header in by_model[model] if header.step and header.step.to is None]
        if decided:
            parts.append(
                "\n".join(f"- {header.title} `{header.code}`：办理于“{step_of(header)}”" for header in decided)
            )
    return "\n\n".join(parts)


def _diagram(model: Any, headers: list[Header]) -> str:
    labels = state_labels(model)
    out = ["```mermaid", "stateDiagram-v2"]
    out += [f'    state "{label}" as {code}' for code, label in labels.items()]
    field = model._meta.get_field("state")
    if field.has_default() and any(header.shape == "creates" for header in headers):
        names = "、".join(header.title for header in headers if header.shape == "creates")
        out.append(f"    [*] --> {field.get_default()} : {names}")
    for header in headers:
        if header.step and header.step.to is not None:
            out += [f"    {source} --> {header.step.to} : {header.title}" for source in header.step.sources]
    return "\n".join([*out, "```"])
