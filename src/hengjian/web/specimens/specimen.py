"""One state of one component: what the state is called, the values given, and the frame it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, object]

LONG_NAME = "唐山市曹妃甸区滨海港务装卸与起重机械安装维修技术服务有限责任公司职业技能等级认定中心"


@dataclass(frozen=True, slots=True)
class Specimen:
    """`frame` is empty, `phone` (as narrow as a phone) or `large` (large type)."""

    state: str
    values: Values
    frame: str = ""
