"""Performs one act and dies by SIGKILL before its n-th statement (or before the commit): run by test_crash.

One process loads the product and then forks for every line it reads: `step user office` performs and dies, `counts` says what
stands in the database. It answers each with the way the fork ended and what it printed, as JSON. It never opens a
connection itself, so that no two forks share one.
"""

import json
import os
import signal
import sys
from collections.abc import Callable


def perform(step: int, user_id: int, office_id: int) -> str:
    from django.db import connection

    from hengjian.authorities.acts.open_seat import open_seat
    from hengjian.kernel.actor import OPERATOR

    count = 0

    def die_at(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    connection.ensure_connection()
    commit = connection.connection.commit

    def last_moment() -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        commit()

    connection._commit = last_moment
    with connection.execute_wrapper(die_at):
        open_seat.once("crash")(OPERATOR, user_id=user_id, role="auditor", office_id=office_id)
    return str(count)


def counts() -> str:
    from hengjian.authorities.models import Seat
    from hengjian.kernel.models import Entry
    from hengjian.kernel.verification import verify

    seats, entries = Seat.objects.filter(role="auditor"), Entry.objects.filter(act="authorities.open_seat")
    return f"{seats.count()} {entries.count()} {len(verify().differences)}"


def forked(work: Callable[[], str]) -> tuple[int, str]:
    """How a fork that does this work ended (negative: the signal), and what it said; of a failure the last of its traceback."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 0
        try:
            said = work()
        except BaseException:
            import traceback

            said, code = traceback.format_exc()[-4000:], 1
        os.write(writing, said.encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def main() -> None:
    import django

    django.setup()
    from hengjian.kernel.acts_catalogue import catalogue
    from hengjian.kernel.told import _teller

    catalogue()
    _teller()
    for line in sys.stdin:
        words = line.split()
        answer = forked(counts if words == ["counts"] else lambda words=words: perform(*map(int, words)))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
