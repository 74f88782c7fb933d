"""Made-up enrolments for the benchmark, written by DuckDB from row numbers: the same at every run, no real person.

Seven people in ten enrol more than once over three years; about one row in a hundred is out of order on each point.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from hengjian.rosters.checks.tables import SCHEMAS, arrow

FOLDER = Path(__file__).parent / "data"
OCCUPATIONS, EMPLOYERS, BATCH = 500, 5000, 50


def _civil(day: str) -> str:
    return f"((year({day}) * 12 + month({day}) - 1) * 32 + day({day}))"


def _roll(salt: int, sides: int) -> str:
    """A die of so many sides, thrown by row number."""
    return f"(hash(i * 1000003 + {salt}) % {sides})::INT"


def _seldom(salt: int, then: str, ordinary: str, of: int = 100) -> str:
    return f"CASE WHEN {_roll(salt, of)} = 0 THEN {then} ELSE {ordinary} END"


def candidates(first: int, rows: int, people: int) -> str:
    """The statement that makes rows `first` … of the candidates."""
    exam, applied, birth = _civil("exam_day"), _civil("applied_day"), _civil("birth_day")
    level = "(3 + hash(batch * 100003 + 4) % 3)::SMALLINT"
    occupation = f"(6000000 + hash(batch * 100003 + 3) % {OCCUPATIONS})::INT"
    values = {
        "row": "i + 1",
        "batch": "batch",
        "institution_kind": "1 + (hash(batch * 100003 + 1) % 4 = 0)::INT",
        "edition": "CASE WHEN hash(batch * 100003 + 2) % 3 = 0 THEN 18 ELSE 23 END",
        "person_key": _seldom(10, "0", "person", 1000),
        "id_kind": _seldom(11, "2", "1"),
        "id_ok": _seldom(12, "0", "1", 300),
        "birth": birth,
        "birth_in_number": _seldom(13, f"{birth} + 1", birth),
        "sex": "1 + (person % 2)",
        "sex_in_number": _seldom(14, "1", "1 + (person % 2)"),
        "employer": f"person % {EMPLOYERS}",
        "employer_own": f"CASE {_roll(46, 100)} WHEN 0 THEN 3 WHEN 1 THEN 2 ELSE 1 END",
        "evidence": f"CASE {_roll(15, 100)} WHEN 0 THEN 0 WHEN 1 THEN 2 ELSE 1 END",
        "contract_from": _seldom(16, f"{applied} + 5", f"{birth} + 20 * 384"),
        "contract_to": _seldom(17, f"{exam} - 40", "2000000000"),
        "evidence_kinds": _roll(18, 4),
        "occupation": occupation,
        "occupation_by_name": _seldom(19, f"6000000 + {_roll(20, OCCUPATIONS)}", occupation),
        "trade": _seldom(21, f"1 + {_roll(22, OCCUPATIONS)}", "0", 10),
        "level": level,
        "job": _seldom(23, f"1 + {_roll(24, OCCUPATIONS)}", f"{occupation} - 5999999", 20),
        "major": _seldom(25, f"1 + {_roll(26, OCCUPATIONS)}", "0", 3),
        "mismatch_reason": _seldom(27, "1", "0", 10),
        "applied": applied,
        "exam": exam,
        "judged": f"CASE WHEN day(exam_day + INTERVAL 1 DAY) = 1 THEN {exam} - day(exam_day) + 31 ELSE {exam} END",
        "starts": "epoch(exam_day)::BIGINT // 60 + 540 + 120 * (hash(batch * 100003 + 5) % 3)::INT",
        "ends": "epoch(exam_day)::BIGINT // 60 + 660 + 120 * (hash(batch * 100003 + 5) % 3)::INT",
        "prior_number": f"CASE {_roll(28, 60)} WHEN 0 THEN 2 WHEN 1 THEN 0 ELSE 1 END",
        "prior_number_level": f"LEAST(5, {level} + 1)",
        "prior_number_year": "2019",
        "prior_level": _seldom(29, level, f"LEAST(5, {level} + 1)"),
        "prior_occupation": _seldom(30, f"6000000 + {_roll(31, OCCUPATIONS)}", occupation, 30),
        "prior": _seldom(32, f"{applied} + 3", f"(2019 * 12 + {_roll(33, 12)}) * 32 + 1"),
        "prior_year": _seldom(34, "2020", "2019"),
        "work_from": f"{applied} - {_roll(35, 180)} * 32",
        "title_grade": f"GREATEST(0, {_roll(36, 20)} - 17)",
        "title": f"{applied} - {_roll(37, 100)} * 32",
        "schooling": f"(1 << {_roll(38, 24)}) & 1023",
        "final_year": _seldom(39, "1", "0", 10),
        "apprenticed": _seldom(40, "1", "0", 30),
        "training_hours": "0",
        "pre_technician": _seldom(41, "1", "0", 200),
        "condition": f"CASE {_roll(47, 100)} WHEN 0 THEN 2 WHEN 1 THEN 4 WHEN 2 THEN 5 ELSE 1 END",
        "condition_place": "1",
        "route": _seldom(42, "3", "0", 200),
        "basis": _roll(43, 2),
        "photo": _seldom(44, "0", "1", 200),
        "photo_on": _seldom(45, f"{applied} - 200", f"{applied} - 64", 50),
    }
    kinds = {"int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT"}
    columns = ", ".join(f'({values[name]})::{kinds[kind]} AS "{name}"' for name, kind in SCHEMAS["candidates"].items())
    return f"""
        SELECT {columns} FROM (
          SELECT i, batch, person,
            DATE '2023-11-01' + ((hash(batch * 100003 + 6) % 1000)::INT) AS applied_day,
            DATE '2023-11-01' + ((hash(batch * 100003 + 6) % 1000)::INT + 30) AS exam_day,
            DATE '1960-01-01' + ((hash(person * 100003 + 7) % 17500)::INT) AS birth_day
          FROM (SELECT i, i // {BATCH} AS batch, 1 + (hash(i * 1000003 + 8) % {people})::BIGINT AS person
                FROM range({first}, {first + rows}) AS numbers(i)))"""


def database(rows: int) -> Path:
    """The file with that many enrolments; made once."""
    path = FOLDER / f"rosters_{rows}.duckdb"
    if path.exists():
        return path
    FOLDER.mkdir(exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    people = rows * 7 // 10
    with duckdb.connect(str(part), config={"memory_limit": "2GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TABLE candidates AS {candidates(0, rows, people)}")
        fill(connection, rows, people)
        names = ", ".join(f'"{name}"' for name in SCHEMAS["enrolments"])
        connection.execute(f"CREATE VIEW enrolments AS SELECT {names} FROM candidates")
    part.rename(path)
    return path


def fill(connection: duckdb.DuckDBPyConnection, rows: int, people: int) -> None:
    """Employment, certificates, catalogue and plans to go with them."""
    open_end = "CASE WHEN hash(i * 1000003 + 52) % 50 = 0 THEN 2000000000 ELSE 2022 * 384 + (hash(i * 1000003 + 51) % 600)::INT END"
    employer = f"CASE WHEN hash(i * 1000003 + 53) % 20 = 0 THEN (hash(i * 1000003 + 54) % {EMPLOYERS})::BIGINT ELSE i % {EMPLOYERS} END"
    connection.execute(
        f"""CREATE TABLE employment AS SELECT i AS person_key, {employer} AS employer,
            (2010 * 384 + (hash(i * 1000003 + 50) % 3000)::INT)::INTEGER AS begins, ({open_end})::INTEGER AS ends
            FROM range(1, {people}) AS numbers(i)"""
    )
    connection.execute(
        f"""CREATE TABLE certificates AS SELECT 1 + (hash(i * 1000003 + 60) % {people})::BIGINT AS person_key,
            (6000000 + hash(i * 1000003 + 61) % {OCCUPATIONS})::INTEGER AS occupation, (3 + hash(i * 1000003 + 62) % 3)::SMALLINT AS level,
            (2019 * 384 + (hash(i * 1000003 + 63) % 2000)::INT)::INTEGER AS issued FROM range({rows // 2}) AS numbers(i)"""
    )
    connection.execute(
        f"CREATE TABLE occupations AS SELECT (6000000 + i)::INTEGER AS occupation FROM range({OCCUPATIONS - 2}) AS n(i)"
    )
    connection.execute(
        f"""CREATE TABLE related AS SELECT kind::SMALLINT AS kind,
            (CASE WHEN kind = 4 THEN 6000000 ELSE 1 END + (i + step) % {OCCUPATIONS})::BIGINT AS key,
            (6000000 + i)::INTEGER AS occupation
            FROM range({OCCUPATIONS}) AS n(i), range(4) AS s(step), (VALUES (1), (2), (3), (4)) AS k(kind)"""
    )
    connection.execute(
        """CREATE TABLE plans AS SELECT batch, min(occupation) AS occupation,
            (min(level) + (hash(batch * 100003 + 70) % 200 = 0)::INT)::SMALLINT AS level FROM candidates GROUP BY batch"""
    )
    connection.register("no_aliases", arrow("aliases", [{"occupation": 6000001, "named": 6000002}]))
    connection.execute("CREATE TABLE aliases AS SELECT * FROM no_aliases")
