"""A token's scope at the one door of the API: every operation asks for a word, and what asks for none is closed to tokens."""

from __future__ import annotations

from hengjian.authorities.models import Seat
from hengjian.authorities.scopes import READ
from hengjian.kernel.acts_catalogue import catalogue
from hengjian.kernel.refusal import Kind, Refusal
from hengjian.kernel.words import say

ROOT = "/api/"
UPLOADS = "uploads"
READING = frozenset({"search"})  # asked with a body, so that what is searched for stands in no address


def word_for(method: str, path: str) -> str:
    """The word of a scope that this request needs; empty where no token may ask it."""
    parts = path.removeprefix(ROOT).strip("/").split("/")
    if method in ("GET", "HEAD", "OPTIONS") or (method == "POST" and len(parts) == 1 and parts[0] in READING):
        return READ
    if method == "POST" and (code := ".".join(parts[:2])) in catalogue():
        return code
    return UPLOADS if method == "POST" and parts == [UPLOADS] else ""


def beyond(seat: Seat, method: str, path: str) -> Refusal | None:
    """Why this token may not ask this; a file may be handed in by whoever may do any act."""
    scope = seat.token_scope
    if scope is None:
        return None
    word = word_for(method, path)
    if word in scope or (word == UPLOADS and set(scope) - {READ}):
        return None
    act = catalogue().get(word)
    wanted = act.header.title if act is not None else say("查询") if word == READ else say("上传文件")
    return Refusal(
        "accounts.token_scope",
        say("这个令牌签发时没有包括“{wanted}”。", wanted=wanted),
        remedy="请由席位持有人登录网页，签发包括此项的令牌。",
        kind=Kind.ROLE,
    )
