"""Teams: of all feasible assignments, the lexicographically first. It is unique, so any correct method finds the same.

Targets come in drawn order, each with its staff in ranked order. Every target needs a team of the same size, nobody
serves beyond the own capacity, and who is barred from a target is simply not ranked for it. We first find any feasible
assignment (augmenting paths), then walk through it and fix, place by place, the best-ranked person who still leaves an
assignment for everybody after. Sets of people and of targets are the bits of an integer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def first_feasible(ranked: Sequence[Sequence[int]], capacity: Sequence[int], team: int) -> list[list[int]] | None:
    """`ranked[t]`: the people who may serve target t, best first; the teams in the same order, or None if none fits."""
    plan = _Plan(ranked, capacity)
    for target in range(len(ranked)):
        for _ in range(team):
            if not plan.add(target):
                return None
    return [plan.fix(target, ranked[target], team) for target in range(len(ranked))]


class _Plan:
    def __init__(self, ranked: Sequence[Sequence[int]], capacity: Sequence[int]) -> None:
        self.allowed = [sum(1 << person for person in people) for people in ranked]
        self.team = [0] * len(ranked)  # who serves a target in the present plan
        self.movable = [0] * len(capacity)  # which targets a person serves and may still be relieved of
        self.room = list(capacity)
        self.spare = sum(1 << person for person, room in enumerate(capacity) if room > 0)

    def add(self, target: int) -> bool:
        """One more person for the target, moving others where nobody who may serve has room."""
        path = self._path(self.allowed[target] & ~self.team[target], self.spare)[0]
        if not path:
            return False
        self._take_room(path[-1][0], 1)
        self._walk(target, path)
        return True

    def fix(self, target: int, ranked: Sequence[int], team: int) -> list[int]:
        """The best team for this target that leaves a plan for the rest; it does not move any more."""
        chosen: list[int] = []
        loose, hopeless = self.team[target], 0
        for person in ranked:
            if len(chosen) == team:
                break
            bit = 1 << person
            if not loose & bit:
                if hopeless & bit:
                    continue
                path, seen = self._path(bit, self.spare | loose)
                if not path:
                    hopeless |= seen  # whoever was reached leads nowhere either, now and later
                    continue
                end = path[-1][0]
                if loose >> end & 1:
                    leaver = end
                else:
                    leaver = loose.bit_length() - 1
                    self._take_room(end, 1)
                    self._take_room(leaver, -1)
                self.team[target] &= ~(1 << leaver)
                self.movable[leaver] &= ~(1 << target)
                loose &= ~(1 << leaver)
                self._walk(target, path)
            loose &= ~bit
            self.movable[person] &= ~(1 << target)
            chosen.append(person)
        return chosen

    def _path(self, start: int, goal: int) -> tuple[list[tuple[int, int]], int]:
        """How one of `start` can be given a further target so that the chain of moves ends with one of `goal`.

        The chain of (person, the target that gives the person up and takes the next one), and everyone reached.
        """
        came: dict[int, tuple[int, int]] = {}
        seen, seen_targets, queue = start, 0, list(_bits(start))
        if hit := start & goal:
            return [(_lowest(hit), -1)], seen
        for person in queue:
            for target in _bits(self.movable[person] & ~seen_targets):
                seen_targets |= 1 << target
                reached = self.allowed[target] & ~self.team[target] & ~seen
                if hit := reached & goal:
                    chain, end = [(_lowest(hit), -1)], (person, target)
                    while True:
                        chain.append(end)
                        if end[0] not in came:
                            return chain[::-1], seen
                        end = came[end[0]]
                seen |= reached
                for other in _bits(reached):
                    came[other] = (person, target)
                    queue.append(other)
        return [], seen

    def _walk(self, target: int, path: list[tuple[int, int]]) -> None:
        for person, giver in path:
            if giver >= 0:
                self.team[giver] &= ~(1 << person)
                self.movable[person] &= ~(1 << giver)
            self.team[target] |= 1 << person
            self.movable[person] |= 1 << target
            target = giver

    def _take_room(self, person: int, count: int) -> None:
        self.room[person] -= count
        self.spare = self.spare | 1 << person if self.room[person] > 0 else self.spare & ~(1 << person)


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
