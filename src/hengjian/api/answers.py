"""What the API answers: facts, refusals, rows; one shape each."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field


class Refused(Schema):
    """Why an act is not possible: the same answer as the disabled button and the command line give."""

    code: str = Field(examples=["results.notice_running"])
    kind: str = Field(description="理由的种类：restraint、role、state、rule、input、replay 或 stale", examples=["rule"])
    sentence: str = Field(examples=["公示期到 2026 年 10 月 12 日届满。"])
    clause: str = Field("", examples=["公示制度 3.3"])
    basis: str = Field("", description="依据是什么文件、原文有没有人读到", examples=["研究文献，已读原文"])
    policy: str = Field("", examples=["results.notice_working_days"])
    remedy: str = ""
    field: str = ""
    errors: list[dict[str, str]] = Field(default_factory=list, description="每一处不合要求的字段和原因")


class Done(Schema):
    """An act performed. `fact` is what the log says; `subject` the case it was about."""

    act: str = Field(examples=["results.open_notice"])
    subject: int | None = Field(None, examples=[1])
    fact: dict[str, Any] = Field(default_factory=dict)


class Problem(Schema):
    """Something about the request itself."""

    detail: Any = Field(examples=["没有登录，或令牌无效。"])


class WhyNot(Schema):
    possible: bool
    refusal: Refused | None = None
