"""Form components of the gallery with their states: empty, filled, wrong, disabled, code tables, files."""

from __future__ import annotations

from dataclasses import replace

from django import forms

from hengjian.web.components import Crumb, Drop, Field, FieldError, Head, Option, Progress, Received, Rows
from hengjian.web.specimens.specimen import Specimen, Values


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


def _form(data: dict[str, str] | None = None) -> forms.Form:
    return _EnrolmentForm(data, prefix="wrong" if data is not None else "new")


_OCCUPATIONS = [
    Option("6-20-01-01", "6-20-01-01 钳工", chosen=True),
    Option("6-18-02-04", "6-18-02-04 焊工"),
    Option("6-31-01-03", "6-31-01-03 电工"),
]


def _rows(name: str, errors: list[str]) -> Rows:
    """Scores of two candidates, the first with an error where `errors` says so."""

    def row(number: int, person: str) -> list[Field]:
        at = f"{name}-{number}"
        came = [Option("present", "实考", chosen=True), Option("absent", "缺考")]
        return [
            Field(f"{at}-who", "考生", f"id_{at}-who", "fixed", person),
            Field(f"{at}-came", "到考", f"id_{at}-came", "select", options=came),
            Field(f"{at}-mark", "得分", f"id_{at}-mark", "number", "78.5", errors=() if number else errors),
            Field(f"{at}-seen", "已复核", f"id_{at}-seen", "checkbox", True),
        ]

    return Rows(name, "成绩", ["考生", "到考", "得分", "已复核"], [row(0, "王**"), row(1, "李**")], 2)


FORMS: dict[str, list[Specimen]] = {
    "field": [
        Specimen(
            "文本",
            {
                "field": Field(
                    name="f1",
                    label="机构名称",
                    required=True,
                    hint="与营业执照一致",
                    autocomplete="organization",
                )
            },
        ),
        Specimen(
            "有说明",
            {
                "field": Field(
                    name="f2",
                    label="统一社会信用代码",
                    help="18 位数字或大写字母。",
                    value="91130200MA0",
                    maxlength=18,
                    inputmode="text",
                )
            },
        ),
        Specimen(
            "有错误",
            {
                "field": Field(
                    name="f3",
                    label="统一社会信用代码",
                    help="18 位。",
                    value="91130200MA0",
                    required=True,
                    errors=["只有 11 位，应为 18 位。"],
                )
            },
        ),
        Specimen(
            "敏感",
            {"field": Field(name="f4", label="身份证号", sensitive=True, required=True, autocomplete="off")},
        ),
        Specimen(
            "代码表",
            {
                "field": Field(
                    name="f5",
                    label="职业",
                    kind="select",
                    value="6-20-01-01",
                    required=True,
                    options=_OCCUPATIONS,
                )
            },
        ),
        Specimen(
            "日期",
            {
                "field": Field(
                    name="f6",
                    label="考试日期",
                    kind="date",
                    value="2026-10-17",
                    min="2026-10-01",
                    required=True,
                )
            },
        ),
        Specimen(
            "多行",
            {
                "field": Field(
                    name="f7",
                    label="退回理由",
                    kind="textarea",
                    rows=4,
                    value="安全条件缺检测报告。",
                    help="写明缺什么、依据哪一条、怎样补正。",
                )
            },
        ),
        Specimen("文件", {"field": Field(name="f8", label="营业执照", kind="file", accept=".pdf,.png,.jpg")}),
        Specimen(
            "勾选一项",
            {
                "field": Field(
                    name="f9",
                    label="已核对原件",
                    kind="checkbox",
                    value=True,
                    help="由经办人负责。",
                )
            },
        ),
        Specimen(
            "多选",
            {
                "field": Field(
                    name="f10",
                    label="科目",
                    kind="checkboxes",
                    across=True,
                    options=[
                        Option("1", "理论", chosen=True),
                        Option("2", "技能"),
                        Option("3", "综合评审", note="二级以上", disabled=True),
                    ],
                )
            },
        ),
        Specimen(
            "单选有错误",
            {
                "field": Field(
                    name="f11",
                    label="检查结论",
                    kind="radios",
                    required=True,
                    errors=["请选择一项结论。"],
                    options=[Option("y", "符合"), Option("n", "不符合")],
                )
            },
        ),
        Specimen("停用", {"field": Field(name="f12", label="备案号", value="冀备 2026-0217", disabled=True)}),
        Specimen(
            "手机",
            {"field": Field(name="f13", label="联系电话", kind="tel", inputmode="tel", short=True)},
            "phone",
        ),
        Specimen("大字版", {"field": Field(name="f14", label="姓名", required=True)}, "large"),
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
                    FieldError(field="f3", label="统一社会信用代码", message="只有 11 位，应为 18 位。"),
                    FieldError("考试日期与考场占用冲突。"),
                ]
            },
        )
    ],
    "rows": [
        Specimen("两行，一处有错", {"field": _rows("scores", ["扣分不能大于满分。"])}),
        Specimen("固定姓名", {"field": replace(_rows("marks", []), help="姓名来自名册，不可改。")}, "phone"),
    ],
    "upload": [
        Specimen(
            "空",
            {
                "upload": Drop(
                    name="u1",
                    label="上传名册",
                    help="使用本批次下载的模板，Excel，不超过 20 MB。",
                    accept=".xlsx",
                    limit=20971520,
                )
            },
        ),
        Specimen(
            "进行中",
            {
                "upload": Drop(
                    name="u2",
                    label="上传名册",
                    done=Received(name="名册-钳工三级.xlsx", meta="214 行"),
                    progress=Progress(value=120, max=214, label="已核对 120/214 行"),
                )
            },
        ),
        Specimen(
            "有错误",
            {
                "upload": Drop(
                    name="u3",
                    label="上传名册",
                    errors=["这不是本批次的模板：版本为 3，应为 4。请下载新模板，或点“搬运我的数据”。"],
                )
            },
        ),
        Specimen("手机", {"upload": Drop(name="u4", label="拍照上传", accept="image/*", multiple=True)}, "phone"),
    ],
}

FORM_PAGE: Values = {
    "page": Head(
        "报送检查结果",
        crumbs=[Crumb("质量督导", "#"), Crumb("报送检查结果")],
        lead="填写的内容每隔片刻自动保存在这台电脑上，敏感内容除外。",
    ),
    "errors": [FieldError(field="note", label="情况说明", message="请写明不符合的事实。")],
    "fields": [
        Field("place", "考点", required=True, value="一号实训楼"),
        Field("holder", "身份证号", sensitive=True, help="不保存在这台电脑上。"),
        Field(
            "conclusion",
            "检查结论",
            kind="radios",
            across=True,
            required=True,
            options=[Option("y", "符合"), Option("n", "不符合", chosen=True)],
        ),
        Field("note", "情况说明", kind="textarea", required=True, errors=["请写明不符合的事实。"]),
    ],
    "scores": _rows("items", []),
    "upload": Drop(name="photo", label="现场照片", accept="image/*", multiple=True),
}
