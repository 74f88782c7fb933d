"""Performs one act and dies by SIGKILL before its n-th statement (or before the commit): run by test_crash."""

import os
import signal
import sys


def main(step: int, user_id: int, office_id: int) -> None:
    import django

    django.setup()
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
    print(count)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
