"""Form components of the gallery with their states: empty, filled, wrong, disabled, code tables, files."""

from __future__ import annotations

from typing import Any

from django import forms

from hengjian.web.specimens.specimen import Specimen

Values = dict[str, Any]


class _EnrolmentForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=30)
    level = forms.ChoiceField(label="等级", choices=[("", "请选择"), ("3", "三级 / 高级工"), ("4", "四级 / 中级工")])
    exam_on = forms.DateField(
        label="考试日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="须晚于报送之日。"
    )
    parts = forms.MultipleChoiceField(
        label="科目",
        choices=[("theory", "理论"), ("practical", "技能")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="已告知考生公示与异议的办法")


def _form(data: Values | None = None) -> forms.Form:
    return _EnrolmentForm(data, prefix="wrong" if data is not None else "new")


_OCCUPATIONS = [
    {"value": "6-20-01-01", "label": "6-20-01-01 钳工", "chosen": True},
    {"value": "6-18-02-04", "label": "6-18-02-04 焊工"},
    {"value": "6-31-01-03", "label": "6-31-01-03 电工"},
]


def _rows(name: str, errors: list[str]) -> Values:
    """Scores of two candidates, the first with an error where `errors` says so."""

    def row(number: int, person: str) -> list[Values]:
        at = f"{name}-{number}"
        wrong = errors if number == 0 else []
        options = [{"value": "present", "label": "实考", "chosen": True}, {"value": "absent", "label": "缺考"}]
        return [
            {
                "kind": "fixed",
                "name": f"{at}-who",
                "id": f"id_{at}-who",
                "label": "考生",
                "value": person,
                "errors": [],
            },
            {
                "kind": "select",
                "name": f"{at}-came",
                "id": f"id_{at}-came",
                "label": "到考",
                "options": options,
                "errors": [],
            },
            {
                "kind": "number",
                "name": f"{at}-mark",
                "id": f"id_{at}-mark",
                "label": "得分",
                "value": "78.5",
                "errors": wrong,
            },
            {
                "kind": "checkbox",
                "name": f"{at}-seen",
                "id": f"id_{at}-seen",
                "label": "已复核",
                "value": True,
                "errors": [],
            },
        ]

    return {
        "name": name,
        "label": "成绩",
        "columns": ["考生", "到考", "得分", "已复核"],
        "rows": [row(0, "王**"), row(1, "李**")],
        "count": 2,
        "errors": [],
    }


FORMS: dict[str, list[Specimen]] = {
    "field": [
        Specimen(
            "文本",
            {
                "field": {
                    "name": "f1",
                    "label": "机构名称",
                    "required": True,
                    "hint": "与营业执照一致",
                    "autocomplete": "organization",
                }
            },
        ),
        Specimen(
            "有说明",
            {
                "field": {
                    "name": "f2",
                    "label": "统一社会信用代码",
                    "help": "18 位数字或大写字母。",
                    "value": "91130200MA0",
                    "maxlength": 18,
                    "inputmode": "text",
                }
            },
        ),
        Specimen(
            "有错误",
            {
                "field": {
                    "name": "f3",
                    "label": "统一社会信用代码",
                    "help": "18 位。",
                    "value": "91130200MA0",
                    "required": True,
                    "errors": ["只有 11 位，应为 18 位。"],
                }
            },
        ),
        Specimen(
            "敏感",
            {"field": {"name": "f4", "label": "身份证号", "sensitive": True, "required": True, "autocomplete": "off"}},
        ),
        Specimen(
            "代码表",
            {
                "field": {
                    "name": "f5",
                    "label": "职业",
                    "kind": "select",
                    "value": "6-20-01-01",
                    "required": True,
                    "options": _OCCUPATIONS,
                }
            },
        ),
        Specimen(
            "日期",
            {
                "field": {
                    "name": "f6",
                    "label": "考试日期",
                    "kind": "date",
                    "value": "2026-10-17",
                    "min": "2026-10-01",
                    "required": True,
                }
            },
        ),
        Specimen(
            "多行",
            {
                "field": {
                    "name": "f7",
                    "label": "退回理由",
                    "kind": "textarea",
                    "rows": 4,
                    "value": "安全条件缺检测报告。",
                    "help": "写明缺什么、依据哪一条、怎样补正。",
                }
            },
        ),
        Specimen("文件", {"field": {"name": "f8", "label": "营业执照", "kind": "file", "accept": ".pdf,.png,.jpg"}}),
        Specimen(
            "勾选一项",
            {
                "field": {
                    "name": "f9",
                    "label": "已核对原件",
                    "kind": "checkbox",
                    "value": True,
                    "help": "由经办人负责。",
                }
            },
        ),
        Specimen(
            "多选",
            {
                "field": {
                    "name": "f10",
                    "label": "科目",
                    "kind": "checkboxes",
                    "across": True,
                    "options": [
                        {"value": "1", "label": "理论", "chosen": True},
                        {"value": "2", "label": "技能"},
                        {"value": "3", "label": "综合评审", "note": "二级以上", "disabled": True},
                    ],
                }
            },
        ),
        Specimen(
            "单选有错误",
            {
                "field": {
                    "name": "f11",
                    "label": "检查结论",
                    "kind": "radios",
                    "required": True,
                    "errors": ["请选择一项结论。"],
                    "options": [{"value": "y", "label": "符合"}, {"value": "n", "label": "不符合"}],
                }
            },
        ),
        Specimen("停用", {"field": {"name": "f12", "label": "备案号", "value": "冀备 2026-0217", "disabled": True}}),
        Specimen(
            "手机",
            {"field": {"name": "f13", "label": "联系电话", "kind": "tel", "inputmode": "tel", "short": True}},
            "phone",
        ),
        Specimen("大字版", {"field": {"name": "f14", "label": "姓名", "required": True}}, "large"),
    ],
    "form": [Specimen("未填", {"form": _form()}), Specimen("有错误", {"form": _form({})})],
    "bound_field": [
        Specimen("登录框", {"field": _form()["name"], "plain_label": True}),
        Specimen("多选", {"field": _form()["parts"]}),
    ],
    "form_errors": [
        Specimen(
            "两处",
            {
                "errors": [
                    {"field": "f3", "label": "统一社会信用代码", "message": "只有 11 位，应为 18 位。"},
                    {"message": "考试日期与考场占用冲突。"},
                ]
            },
        )
    ],
    "rows": [
        Specimen("两行，一处有错", {"field": _rows("scores", ["扣分不能大于满分。"])}),
        Specimen("固定姓名", {"field": {**_rows("marks", []), "help": "姓名来自名册，不可改。"}}, "phone"),
    ],
    "upload": [
        Specimen(
            "空",
            {
                "upload": {
                    "name": "u1",
                    "label": "上传名册",
                    "help": "使用本批次下载的模板，Excel，不超过 20 MB。",
                    "accept": ".xlsx",
                    "limit": 20971520,
                }
            },
        ),
        Specimen(
            "进行中",
            {
                "upload": {
                    "name": "u2",
                    "label": "上传名册",
                    "done": {"name": "名册-钳工三级.xlsx", "meta": "214 行"},
                    "progress": {"value": 120, "max": 214, "label": "已核对 120/214 行"},
                }
            },
        ),
        Specimen(
            "有错误",
            {
                "upload": {
                    "name": "u3",
                    "label": "上传名册",
                    "errors": ["这不是本批次的模板：版本为 3，应为 4。请下载新模板，或点“搬运我的数据”。"],
                }
            },
        ),
        Specimen(
            "手机", {"upload": {"name": "u4", "label": "拍照上传", "accept": "image/*", "multiple": True}}, "phone"
        ),
    ],
}

FORM_PAGE: Values = {
    "page": {
        "title": "报送检查结果",
        "crumbs": [{"label": "质量督导", "href": "#"}, {"label": "报送检查结果"}],
        "lead": "填写的内容每隔片刻自动保存在这台电脑上，敏感内容除外。",
    },
    "errors": [{"field": "note", "label": "情况说明", "message": "请写明不符合的事实。"}],
    "fields": [
        {"name": "place", "label": "考点", "required": True, "value": "一号实训楼"},
        {"name": "holder", "label": "身份证号", "sensitive": True, "help": "不保存在这台电脑上。"},
        {
            "name": "conclusion",
            "label": "检查结论",
            "kind": "radios",
            "across": True,
            "required": True,
            "options": [{"value": "y", "label": "符合"}, {"value": "n", "label": "不符合", "chosen": True}],
        },
        {"name": "note", "label": "情况说明", "kind": "textarea", "required": True, "errors": ["请写明不符合的事实。"]},
    ],
    "scores": _rows("items", []),
    "upload": {"name": "photo", "label": "现场照片", "accept": "image/*", "multiple": True},
}
