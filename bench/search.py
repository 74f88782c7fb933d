"""The search among 100,000 people (`--big`: 1,000,000) against the bare look-up of the same marks; 10,000,000 with `HENGJIAN_BENCH_PEOPLE=10000000`.

Candidates lie in one batch of each of two institutions and their marks are laid as the acts lay them. Asked is the finder
of candidates, with all it does: reading the words, disclosure, the order, the rows. The reference is the index alone: the
rows of the same marks, counted by no desk's sight. On SQLite, and on PostgreSQL where HENGJIAN_DATABASE_URL names one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from bench._ground import in_turn, installed, line, size

PEOPLE = int(os.environ.get("HENGJIAN_BENCH_PEOPLE", 0)) or size(100_000, 1_000_000)
SECONDS, TIMES, ROUNDS = (0.1 if PEOPLE <= 1_000_000 else 1.0), 3.0, 9
SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国文志秀春海燕波宁晓晨佳欣怡梓涵浩宇轩子睿博雅思雨嘉诚俊峰云飞天翔立成永康德福庆祥"
ASKED = ("王伟", "李秀英", "欧阳修竹", "wangwei", "zhangyufei", "wxm", "4417", "章伟")


def name_of(place: int) -> str:
    """Invented; a few names are common and most are rare, as in a real register."""
    spread = place * 2654435761 % 4294967296
    first = SURNAMES[(spread % 9973) ** 2 // 9973 * len(SURNAMES) // 9973]
    given = GIVEN[spread // 9973 % len(GIVEN)]
    return first + given + (GIVEN[spread // 613 % len(GIVEN)] if place % 7 else "")


def _people(start: int, institution: int) -> Iterator[Any]:
    from hengjian.kernel.marks import Named

    for place in range(PEOPLE):
        yield Named(start + place, name_of(place), f"1302**********{place * 7 % 10_000:04d}", institution + place % 16)


def _laid() -> Any:
    """One candidate copied; the copies' marks; whoever may see them all."""
    from django.db import connection
    from tests import world, world_after

    from bench._rows import START, more_rows
    from hengjian.authorities.roles import Role
    from hengjian.kernel import clock, marks
    from hengjian.rosters.models import Candidate, CandidateMark

    with clock.at(world.MARCH):
        batch = world_after.a_rostered_batch(people=[world_after.a_person()])
        seats = {
            "an office": world.a_seat(Role.CENTRE_REVIEWER, office=batch.plan.office),
            "a stranger's office": world.a_seat(Role.CENTRE_REVIEWER, at=world.BAODING),
        }
    binary = (
        "CAST(CAST(n.i AS TEXT) AS BLOB)" if connection.vendor == "sqlite" else "convert_to(CAST(n.i AS TEXT), 'UTF8')"
    )
    one = Candidate.objects.get(batch=batch)
    values = {
        "id": f"{START} + n.i",
        "row": "1000 + n.i",
        "document_index": binary,
        "ticket_code_index": "NULL",
        "ticket_code": "NULL",
    }
    more_rows(Candidate, one.pk, values, 0, PEOPLE)
    marks.write(CandidateMark, _people(START, batch.plan.institution_id))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seats


def _bare(words: str) -> Any:
    from django.db import connection

    from hengjian.kernel import marks
    from hengjian.rosters.models import CandidateMark

    marker = marks.Marker(CandidateMark)
    asked = [
        [mark for kind, values in meant.look_up for mark in marker.everywhere(kind, values)]
        for meant in marks.asked_for(words)
    ]
    asked = [found for found in asked if found]

    def look_up() -> None:
        with connection.cursor() as cursor:
            for found in asked:
                places = ", ".join(["%s"] * len(found))
                cursor.execute(
                    f'SELECT "row" FROM rosters_candidatemark WHERE mark IN ({places}) ORDER BY "row" DESC LIMIT 11',
                    found,
                )
                cursor.fetchall()

    return look_up


def run() -> list[dict[str, Any]]:
    installed()
    from django.db import connection

    from hengjian.rosters.search import CANDIDATES

    lines = []
    for whose, seat in _laid().items():
        slowest, ratios = 0.0, []
        for words in ASKED:
            found = in_turn(lambda seat=seat, words=words: CANDIDATES.find(seat, words), _bare(words), ROUNDS)
            slowest, ratios = max(slowest, found.ours), [*ratios, found.ratio]
        lines.append(
            line(
                f"slowest of {len(ASKED)} searches by {whose} among {PEOPLE:,} people, {connection.vendor} (s)",
                slowest, SECONDS, slowest / SECONDS, f"<= {SECONDS} s", slowest <= SECONDS,
            )
        )  # fmt: skip
        middle = sorted(ratios)[len(ratios) // 2]
        lines.append(
            line(
                f"the same against the bare index, median of the searches, {connection.vendor}",
                middle, 1, middle, f"<= {TIMES}", middle <= TIMES,
            )
        )  # fmt: skip
    return lines


if __name__ == "__main__":
    for result in run():
        print(result)
