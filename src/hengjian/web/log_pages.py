"""The act log for people and for programs: an overview, one entry with its proof, tiles and checkpoints as files."""

from __future__ import annotations

import json
import re

from django.http import Http404, HttpResponse
from django.urls import reverse

from hengjian.kernel import log_key, publication, sealer, typed, verification_outside
from hengjian.kernel.log_readings import checkpoints, log_lines, sealed_entry, signed_size, unsealed
from hengjian.kernel.tlog import tiles
from hengjian.kernel.tlog.merkle import check_inclusion, leaf_hash
from hengjian.kernel.words import say
from hengjian.web import components
from hengjian.web.components import (
    Cell,
    Empty,
    Figure,
    FilterField,
    Filters,
    Head,
    Row,
    Table,
    columns,
    crumbs,
)
from hengjian.web.pages import Answer, Desk, Page, page
from hengjian.web.parts import act_title, moment
from hengjian.web.public.restrained import RECEIPTS

PAGE_SIZE = 50


@page("log/", "log", access="public")
def log_page(desk: Desk) -> Answer:
    """存证日志。"""
    head = sealer.latest()
    size = head.size if head else 0
    wanted = desk.asked("index").lstrip("#")
    first = typed.whole_or(desk.asked("from"), size - 1, most=typed.KEY)
    act = desk.asked("act")
    only = typed.whole_or(wanted, -1, most=typed.KEY) if wanted else None
    part = log_lines(first, PAGE_SIZE + 1, act=act, only=only)
    rows = [
        Row(
            [
                Cell(f"#{entry.index}", href=reverse("log_entry", kwargs={"index": entry.index}), mono=True),
                Cell(act_title(entry.act), after=entry.act),
                Cell(moment(entry.at)),
                Cell(entry.leaf_hash.hex()[:16] + "…", mono=True, second=True),
            ]
        )
        for entry in part[:PAGE_SIZE]
    ]
    values: dict[str, object] = {
        "table": Table(
            columns=columns("序号", "行为", "时间", "叶子摘要"),
            rows=rows,
            empty=Empty("没有这样的条目", "刚刚办理的事项在一分钟内封存。"),
        ),
        "filters": Filters(
            fields=[FilterField(name="index", label="序号", value=wanted, hint="例如 18377")],
            clear="?" if wanted or act else "",
        ),
        "older": f"?from={part[PAGE_SIZE].index}" + (f"&act={act}" if act else "") if len(part) > PAGE_SIZE else "",
        "kpis": [
            Figure(size, "已封存条目"),
            Figure(unsealed().count, "等待封存"),
            Figure(checkpoints(), "检查点"),
        ],
        "checkpoint": head.note if head else "",
        "checkpoint_time": moment(head.at) if head else "",
        "vkey": str(log_key.verifier()),
    }
    head_part = Head("存证日志", lead="每一次办理都在这里留下一条记录，只增不改。任何人都可以下载并验证。")
    return Page("public/log.html", head_part, values)


@page("log/entries/<int:index>/", "log_entry", access="public")
def entry_page(desk: Desk, index: int) -> Answer:
    """One entry with its inclusion proof. What does not fit by our own reckoning is said; that it fits, the reader must find."""
    entry = sealed_entry(index)
    head = sealer.latest()
    if entry is None or head is None:
        raise Http404
    leaf = bytes(entry.leaf)
    proof = tiles.prove_inclusion(sealer.StoredTiles(), index, head.size)
    fault = ""
    try:
        check_inclusion(index, head.size, leaf_hash(leaf), proof, bytes(head.root))
    except ValueError:
        fault = "此条目与已签署的检查点不符，请立即联系日志的管理机关。"
    said = json.loads(leaf)
    part = components.Proof(
        index=index,
        act=act_title(entry.act),
        time=moment(entry.at),
        leaf=leaf_hash(leaf).hex(),
        root=bytes(head.root).hex(),
        checkpoint=components.Checkpoint(head.size, moment(head.at), reverse("log_checkpoint")),
        fault=fault,
        command=f'python3 verify_receipt.py receipt-{index}.txt "{log_key.verifier()}"',
        receipt=reverse("log_receipt", kwargs={"index": index}),
        verify=reverse("verify"),
    )
    values = {
        "proof": part,
        "pins": [Cell(pin, href=reverse("policy", kwargs={"key": pin.split("=", 1)[0]})) for pin in said["p"]],
        "rows_written": said["n"],
        "leaf": leaf.decode(),
        "path": [node.hex() for node in proof],
    }
    return Page(
        "public/log_entry.html",
        Head(say("存证 #{index}", index=index), crumbs=crumbs(("存证日志", reverse("log")), (f"#{index}",))),
        values,
    )


@page("log/entries/<int:index>/receipt", "log_receipt", access="public", asking=RECEIPTS)
def receipt_file(desk: Desk, index: int) -> Answer:
    """The receipt of one entry as a file; the opening is added only on the pages of those who may see the case."""
    entry = sealed_entry(index)
    if entry is None:
        raise Http404
    response = HttpResponse(publication.receipt_of(entry, opened=False), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{index}.txt"'
    return response


@page("log/checkpoint", "log_checkpoint", access="public")
def checkpoint_file(desk: Desk) -> Answer:
    """The newest signed head; a log that has none yet answers that there is nothing."""
    head = sealer.latest()
    if head is None:
        raise Http404
    return HttpResponse(head.note, content_type="text/plain; charset=utf-8")


@page("log/keep.txt", "log_keep", access="public")
def text_to_keep_file(desk: Desk) -> Answer:
    """What an outsider keeps of the log as it stands: the public key and the newest checkpoint, in one small text."""
    head = sealer.latest()
    if head is None:
        raise Http404
    text = verification_outside.text_to_keep(log_key.verifier(), head.note)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="log-{head.size}.txt"'
    return response


@page("log/vkey", "log_vkey", access="public")
def key_file(desk: Desk) -> Answer:
    return HttpResponse(f"{log_key.verifier()}\n", content_type="text/plain; charset=utf-8")


_PLACE = re.compile(r"^((?:x\d{3}/)*\d{3})(?:\.p/(\d{1,3}))?$")


def _place(text: str) -> tuple[int, int]:
    found = _PLACE.match(text)
    if not found:
        raise Http404
    width = int(found[2]) if found[2] else tiles.WIDTH
    if not 1 <= width <= tiles.WIDTH:
        raise Http404
    return int(found[1].replace("x", "").replace("/", "")), width


@page("log/tile/entries/<path:place>", "log_bundle", access="public")
def bundle_file(desk: Desk, place: str) -> Answer:
    return _file(publication.bundle_bytes(*_place(place)))


@page("log/tile/<int:level>/<path:place>", "log_tile", access="public")
def tile_file(desk: Desk, level: int, place: str) -> Answer:
    head = signed_size()
    index, width = _place(place)
    if index * tiles.WIDTH + width > head >> (tiles.HEIGHT * level):
        raise Http404
    return _file(publication.tile_bytes(level, index, width))


def _file(data: bytes | None) -> HttpResponse:
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
