"""How the acts on occupations and standards are asked (see web/questions.py)."""

from __future__ import annotations

from hengjian.occupations.models import Standard
from hengjian.web.questions import Question

CODE = Question("职业编码", "例如 6-31-01-03；输入名称可查。", suggest="occupation_options")
LEVELS = Question("等级", "连写等级代码，例如 54321。")
CONDITIONS = Question(
    "申报条件", "不选择时按颁布日期确定。", "select", lambda actor, subject: Standard.Conditions.choices
)
EDITION = Question("版本", "例如 2024 年版")
DOCUMENT = Question("文号")


def _loaded(label: str, columns: dict[str, str]) -> dict[str, Question]:
    """Lists that come with the installation: shown by the API and the catalogue of acts, never typed on a page."""
    return {"rows": Question(label), "source": Question("来源")} | {
        f"rows.{name}": Question(title) for name, title in columns.items()
    }


_SHARED = {
    "edition": EDITION,
    "levels": LEVELS,
    "issued_on": Question("颁布日期"),
    "document_number": DOCUMENT,
    "conditions": CONDITIONS,
}
_OCCUPATION_ROWS = {
    "code": "职业编码",
    "name": "名称",
    "mark": "标识",
    "trade_count": "工种数",
    "small_code": "小类代码",
    "small_name": "小类",
    "middle_code": "中类代码",
    "middle_name": "中类",
    "major_code": "大类代码",
    "major_name": "大类",
    "version": "版本",
    "valid_from": "启用日期",
}
_STANDARD_ROWS = {
    "occupation_code": "职业编码",
    "trade": "工种",
    "title": "名称",
    "code_as_published": "公布编码",
    "issued_on": "颁布日期",
    "document_number": "文号",
}
QUESTIONS: dict[str, dict[str, Question]] = {
    "occupations.add_occupation": {
        "occupation_code": Question("职业编码", "大类-中类-小类-细类，例如 6-31-01-03。"),
        "name": Question("职业名称", "绿色职业在名称后加 L，数字职业加 S。"),
        "valid_from": Question("启用日期", "今天或以后；不溯及既往。"),
        "basis": Question("依据", "公告名称和文号。"),
        "small_name": Question("小类名称"),
        "middle_name": Question("中类名称"),
        "major_name": Question("大类名称"),
    },
    "occupations.end_occupation": {
        "last_day": Question("最后一天", "此日以后不得再申报计划；已有的批次不受影响。"),
        "reason": Question("依据", "公告名称和文号。", "textarea"),
    },
    "occupations.publish_standard": _SHARED
    | {
        "kind": Question("种类", kind="select", choices=lambda actor, subject: Standard.Kind.choices),
        "occupation_code": CODE,
        "name": Question("标准名称"),
        "trade": Question("工种", "只适用于一个工种的填写。"),
    },
    "occupations.replace_standard": _SHARED
    | {
        "levels": Question("等级", "不填写时与原版相同。", initial=lambda actor, standard: standard.levels),
        "name": Question("标准名称", "不填写时与原版相同。", initial=lambda actor, standard: standard.title),
    },
    "occupations.load_catalogue": _loaded("职业", _OCCUPATION_ROWS),
    "occupations.load_standards": _loaded("标准", _STANDARD_ROWS),
}
