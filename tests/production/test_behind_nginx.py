"""A city's installation under attack: nginx in front, PostgreSQL behind, two roles; at the end it stands and its log is whole.

The stage is set once, by the files and commands of `docs/operations.md`; the tests run in order and share it.
"""

from __future__ import annotations

import os
import re
import signal
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from prometheus_client.parser import text_string_to_metric_families

from tests.ground import an_identity_number
from tests.harness.browser import Complaints, Pictures
from tests.production import paper
from tests.production.city import APPLICATION, ENV, KEYS, OWNER, PASSWORD, SEALER, City, city
from tests.production.visitor import NAME, Answered, Visitor, field_of
from tests.serve.running import free_port, until

pytestmark = pytest.mark.production
PER_MINUTE = 20  # accounts.public_query_per_minute
AT_ONCE = 3  # accounts.login_failures_per_minute


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    with city() as made:
        yield made


def first_line(town: City, request: bytes, *, secure: bool = True, most: int = 4096) -> bytes:
    """What nginx answers to raw bytes."""
    with closing(town.door.connected(secure=secure)) as connection:
        connection.sendall(request)
        return connection.recv(most).split(b"\r\n", 1)[0]


# The way in


def test_whoever_comes_without_encryption_is_sent_to_https_and_told_to_stay(town: City) -> None:
    visitor = town.visitor()
    sent = visitor.get("/check/?number=Y0", secure=False)
    assert (sent.status, sent.head["location"]) == (301, f"{visitor.origin}/check/?number=Y0")
    assert not sent.all("set-cookie")
    # every answer over https says so exactly once, whoever gives it: the site, nginx's files, nginx's refusals
    for path, status in {"/": 200, "/nowhere/": 404, "/desk/": 302, "/static/hengjian/hengjian.css": 200,
                         "/static/nothing.css": 404, "/api/me": 401, "/said/503.html": 404}.items():  # fmt: skip
        answer = visitor.get(path)
        assert answer.status == status, path
        assert answer.all("strict-transport-security") == ["max-age=31536000"], path


def test_past_the_proxy_the_site_too_sends_everybody_to_https(town: City) -> None:
    """A firewall left open does not make a site without encryption."""
    with closing(HTTPConnection("127.0.0.1", town.port)) as connection:
        connection.request("GET", "/check/", headers={"Host": NAME})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/check/")


def test_static_files_come_from_nginx_compressed_and_kept(town: City) -> None:
    page = town.visitor().get("/check/").text
    (sheet,) = re.findall(r'href="(/static/hengjian/hengjian\.[0-9a-f]{12}\.css)"', page)
    answer = town.visitor().ask("HEAD", sheet, headers={"Accept-Encoding": "gzip"})
    assert (answer.status, answer.head["content-encoding"]) == (200, "gzip")
    assert "immutable" in answer.head["cache-control"]
    assert answer.all("x-content-type-options") == ["nosniff"]
    plain = town.visitor().get("/static/hengjian/hengjian.css")
    assert plain.head["cache-control"] == "no-cache"


@pytest.mark.parametrize("secure", [True, False])
def test_a_forged_host_is_refused(town: City, secure: bool) -> None:
    forged = b"GET /accounts/login/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    assert b" 400 " in first_line(town, forged, secure=secure)
    # the request line names the site, the header another: nginx lets it in by the first, the site refuses by the second
    split = f"GET https://{NAME}/accounts/login/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()
    assert first_line(town, split, secure=secure).split()[1] == (b"400" if secure else b"301")


def test_another_name_gets_no_certificate_and_other_hosts_in_headers_count_for_nothing(town: City) -> None:
    with pytest.raises(ssl.SSLError):
        town.door.connected(name="evil.example")
    said = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example;proto=http",
        "X-Forwarded-Proto": "http",
    }
    answer = town.visitor().get("/desk/", said)
    assert (answer.status, answer.head["location"]) == (302, "/accounts/login/?next=/desk/")
    assert "evil.example" not in str(answer)


def test_the_state_of_the_installation_is_for_monitors_on_the_machine(town: City) -> None:
    assert town.visitor().get("/health").status == 200
    assert town.visitor("127.0.0.7").get("/health").status == 403


def watched(town: City) -> dict[str, float]:
    """What Prometheus would read, on the machine: name with its labels → value."""
    answer = town.visitor().get("/metrics")
    assert answer.status == 200
    families = text_string_to_metric_families(answer.text)
    return {f"{s.name}{sorted(s.labels.values())}": s.value for family in families for s in family.samples}


def test_figures_are_for_monitors_on_the_machine_too(town: City) -> None:
    found = watched(town)
    assert found["hengjian_database_answers[]"] == 1 and found["hengjian_child_up['web']"] == 1
    assert town.visitor("127.0.0.7").get("/metrics").status == 403
    with closing(HTTPConnection("127.0.0.1", town.port)) as past:  # past nginx, saying to come from elsewhere
        past.request("GET", "/metrics", headers={"Host": NAME, "X-Forwarded-For": "127.0.0.7"})
        assert past.getresponse().status == 404


# Who asks


def checked(visitor: Visitor, said: str = "") -> Answered:
    """A certificate check, with the address that the visitor says to come from."""
    forged = {"X-Forwarded-For": said, "X-Real-IP": said, "Forwarded": f"for={said}", "X_Forwarded_For": said}
    return visitor.send("/check/", {"number": "Y0", "who": "演示某"}, forged if said else {})


def test_the_address_that_is_counted_is_the_connection_s_whatever_headers_say(town: City) -> None:
    greedy, other = town.visitor("127.0.0.21"), town.visitor("127.0.0.22")
    told = [checked(greedy, f"203.0.113.{n}").status for n in range(PER_MINUTE)]
    assert 429 not in told
    refused = checked(greedy, "127.0.0.1")
    assert refused.status == 429 and int(refused.head["retry-after"]) > 0
    assert checked(greedy, "198.51.100.1, 203.0.113.9, 127.0.0.22").status == 429
    # nobody else was counted for it: not the addresses that were named, not the proxy's own
    assert checked(other).status != 429
    assert checked(town.visitor("127.0.0.1")).status != 429


def test_wrong_passwords_are_counted_for_the_network_that_tries_them(town: City) -> None:
    """The owner's own network is not held up, and the stranger is not let off by naming others."""
    stranger, owner = town.visitor("127.0.0.31"), town.visitor("127.0.0.32")
    for link in town.links:
        page = owner.get(link)
        assert page.status == 200 and owner.send(link, {"password1": PASSWORD, "password2": PASSWORD}).status == 302
        assert owner.get(link).status == 404
    before = watched(town)["hengjian_login_failures_total[]"]
    stranger.get("/accounts/login/")
    for n in range(AT_ONCE):
        tried = stranger.send(
            "/accounts/login/", {"login": "lin", "password": "wrong"}, {"X-Forwarded-For": f"203.0.113.{n}"}
        )
        assert tried.status == 200
    said = {"X-Forwarded-For": "203.0.113.77", "Forwarded": "for=203.0.113.78"}
    held_up = stranger.send("/accounts/login/", {"login": "lin", "password": PASSWORD}, said)
    assert held_up.status == 429 and int(held_up.head["retry-after"]) > 0
    assert owner.log_in("lin", PASSWORD).head["location"] == "/desk/"
    # counted once each, whichever of the site's processes was asked
    assert watched(town)["hengjian_login_failures_total[]"] == before + AT_ONCE


# Signed in


@pytest.fixture(scope="module")
def administrator(town: City) -> Visitor:
    """Signed in over https with the second factor that production asks for, set up on the way."""
    visitor = town.visitor("127.0.0.41")
    assert visitor.log_in("lin", PASSWORD).head["location"] == "/desk/"
    assert visitor.get("/desk/").head["location"] == "/accounts/2fa/"
    asked = visitor.get("/accounts/2fa/totp/activate/").head["location"]
    visitor.get(asked)
    assert visitor.send(asked, {"password": PASSWORD}).head["location"] == "/accounts/2fa/totp/activate/"
    secret = re.search(r"\b[A-Z2-7]{32}\b", visitor.get("/accounts/2fa/totp/activate/").text)
    assert secret
    code = format_hotp_value(hotp_value(secret[0], int(time.time()) // 30))
    assert visitor.send("/accounts/2fa/totp/activate/", {"code": code}).status == 302
    assert visitor.get("/desk/").status == 200
    return visitor


def an_account_opened(town: City, administrator: Visitor, number: int) -> Answered:
    """An act, by its form, for one more invented person."""
    key = field_of(administrator.get("/people/open/").text, "key")
    ((office,),) = town.sql(OWNER, "SELECT id FROM authorities_office WHERE name LIKE '唐山市职业%'")
    person = {"username": f"xin{number}", "name": "演示：新人", "phone": f"139{number:08d}", "office_id": office}
    return administrator.send("/people/open/", {**person, "identity_number": an_identity_number(number), "key": key})


def sealed(town: City) -> int:
    """How many entries are sealed, once none waits; 0 before."""
    log = town.health()["log"]
    return 0 if log["waiting"] else int(log["sealed"])


def test_an_act_is_done_over_https_and_sealed_by_the_other_account(town: City, administrator: Visitor) -> None:
    before = sealed(town)
    done = an_account_opened(town, administrator, 3)
    assert done.status == 200 and f"{administrator.origin}/password-link/" in done.text
    until(lambda: sealed(town) > before, 60)


def test_cookies_are_for_encrypted_connections_and_not_for_scripts(town: City, administrator: Visitor) -> None:
    administrator.send("/i18n/setlang/", {"language": "en", "next": "/"})
    administrator.send("/i18n/setlang/", {"language": "zh-hans", "next": "/"})
    names = {line.split("=", 1)[0] for line in town.door.cookies}
    assert {"sessionid", "csrftoken", "hengjian_device", "django_language"} <= names
    for line in town.door.cookies:
        words = {word.strip().lower() for word in line.split(";")[1:]}
        if "max-age=0" in words:  # one that is taken back holds nothing
            continue
        assert {"secure", "httponly", "samesite=lax"} <= words, line


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"http://{NAME}", f"https://{NAME}.evil.example"])
def test_a_form_sent_from_another_site_is_refused(administrator: Visitor, origin: str) -> None:
    answer = administrator.send("/accounts/logout/", {}, {"Origin": origin})
    assert answer.status == 403
    assert administrator.get("/desk/").status == 200


def test_a_browser_signs_in_over_http_2_and_has_nothing_to_complain_of(
    town: City, launched_browser: Any, pictures: Pictures
) -> None:
    """Its own Host, Origin and cookie rules, not ours; the second administrator, who has no factor yet."""
    complaints = Complaints()
    origin = town.visitor().origin
    with closing(launched_browser.new_context(base_url=origin, ignore_https_errors=True, locale="zh-CN")) as context:
        page = context.new_page()
        complaints.watch(page)
        page.goto("/accounts/login/")
        page.fill("[name=login]", "zhou")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/accounts/2fa/")
        pictures.take(page, "second-factor")
        assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
        assert {cookie["secure"] for cookie in context.cookies()} == {True}
        page.goto(f"http://{NAME}:{town.door.plain}/verify/")
        assert page.url == f"{origin}/verify/"
    assert not complaints, "\n".join(complaints)


# What must not stop


def test_slow_connections_leave_the_site_answering(town: City) -> None:
    """Two hundred that never come to a point, half of them within the head and half within the body."""
    head = f"GET /check/ HTTP/1.1\r\nHost: {NAME}".encode()
    body = f"POST /check/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\nnumber=".encode()
    with ExitStack() as held:
        for _ in range(100):
            for begun in (head, body):
                held.enter_context(closing(town.door.connected("127.0.0.51"))).sendall(begun)
        assert [town.visitor().get(path).status for path in ("/check/", "/register/", "/") * 3] == [200] * 9
        assert checked(town.visitor("127.0.0.52")).status == 422


def test_a_body_in_pieces_is_read_like_any_other(town: City) -> None:
    headers = {"Transfer-Encoding": "chunked", "Content-Type": "application/x-www-form-urlencoded"}
    answer = town.visitor("127.0.0.53").ask("POST", "/check/", iter([b"number=Y", b"0123&who=x"]), headers)
    assert answer.status == 422 and "Y0123" in answer.text
    # two lengths for one body: what nginx and the site might read differently is read by neither
    both = f"POST /check/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert b" 400 " in first_line(town, both.encode())


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [("/check/", "text/html", "上传的文件过大"), ("/api/uploads", "application/json", "请求内容过大")],
)
def test_what_is_too_large_is_refused_before_it_is_taken(town: City, path: str, kind: str, said: str) -> None:
    with closing(town.door.connected()) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 200000000\r\n\r\n".encode())
        answer = HTTPResponse(connection, method="POST")
        answer.begin()
        assert (answer.status, str(answer.getheader("Content-Type")).split(";")[0]) == (413, kind)
        assert said in answer.read().decode()
        assert answer.getheader("Strict-Transport-Security")


def test_a_child_that_is_killed_comes_again_and_meanwhile_nginx_says_so(town: City) -> None:
    assert town.site is not None
    before = town.children()
    town.site.process.send_signal(signal.SIGSTOP)  # the supervisor looks away
    try:
        os.killpg(before["web"]["pid"], signal.SIGKILL)
        for path, said in {"/check/": "请稍候再试", "/api/me": '"code"'}.items():
            away = town.visitor().get(path)
            assert away.status == 503 and away.head["retry-after"] == "20" and said in away.text
    finally:
        town.site.process.send_signal(signal.SIGCONT)
    for name in before.keys() - {"web"}:
        os.kill(before[name]["pid"], signal.SIGKILL)
    until(lambda: all(child["up"] and child["restarts"] for child in town.children().values()), 30)
    until(town.answers, 30)
    assert {child["pid"] for child in before.values()}.isdisjoint(child["pid"] for child in town.children().values())


def test_without_its_database_the_site_says_so_and_takes_it_up_again(town: City, administrator: Visitor) -> None:
    assert town.site is not None and town.sealer is not None
    town.postgres.stop()
    try:
        for path, kind in {
            "/register/": "text/html",
            "/desk/": "text/html",
            "/api/certificates": "application/json",
        }.items():
            answer = administrator.get(path)
            assert (answer.status, answer.head["content-type"].split(";")[0]) == (503, kind)
            assert int(answer.head["retry-after"]) > 0 and "数据库" in answer.text
        assert town.visitor().get("/health").status == 503
    finally:
        town.postgres.start()
    until(lambda: administrator.get("/desk/").status == 200, 30)
    before = sealed(town)
    assert an_account_opened(town, administrator, 4).status == 200
    until(lambda: sealed(town) > before, 60)  # the sealer has found its database again by itself
    assert town.site.process.poll() is None and town.sealer.process.poll() is None


# Whoever has got hold of the site's account


NAMED = "SELECT set_config('hengjian.act', 'authorities.end_seat', true)"
SEAT = "UPDATE authorities_seat SET place_name = 'x'"
NOT_THE_SITE_S = [
    "UPDATE kernel_entry SET at = at - interval '400 days'",
    "UPDATE kernel_entry SET leaf = ''",
    "UPDATE kernel_entry SET salt = NULL, details = NULL",
    "DELETE FROM kernel_entry",
    "INSERT INTO kernel_entry (leaf, leaf_hash, act, at, actor, subject_table, lane, place)"
    " VALUES ('', '', 'x', now(), 'x', '', 0, 0)",
    "UPDATE kernel_entryrow SET commitment = ''",
    "INSERT INTO kernel_checkpoint (size, root, note, at) VALUES (9, '', '', now())",
    "DELETE FROM kernel_checkpoint",
    "DELETE FROM authorities_seat",
    "DELETE FROM authorities_account",
    "TRUNCATE authorities_seat CASCADE",
    "ALTER TABLE kernel_entry DISABLE TRIGGER ALL",
    "ALTER TABLE authorities_seat DISABLE TRIGGER ALL",
    "DROP TABLE kernel_entry CASCADE",
    "SET session_replication_role = replica",
    "SET ROLE hengjian_owner",
    "SET ROLE hengjian_sealer",
    "GRANT hengjian_owner TO hengjian_app",
    "CREATE TABLE public.mine (id int)",
    "CREATE TEMP TABLE kernel_entry (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.hengjian_closed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "COPY authorities_seat TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
]


def attacked(town: City, role: str, *statements: str) -> str:
    """Why the database refuses the transaction."""
    with pytest.raises(psycopg.Error) as refused:
        town.sql(role, *statements)
    return str(refused.value)


def test_the_site_s_role_rewrites_nothing(town: City) -> None:
    before = town.sql(OWNER, "SELECT id, leaf, at, details, idx FROM kernel_entry ORDER BY id")
    for statement in NOT_THE_SITE_S:
        told = attacked(town, APPLICATION, NAMED, statement)
        assert re.search("permission denied|must be owner|must have admin|must be member|must be superuser", told), (
            statement,
            told,
        )
    assert "written only by acts" in attacked(town, APPLICATION, SEAT)
    assert "no entry was appended" in attacked(town, APPLICATION, NAMED, SEAT)
    blanked = "SELECT hengjian_blank(ARRAY(SELECT id FROM kernel_entry), '{}')"
    assert "only by an act of erasure" in attacked(town, APPLICATION, blanked)
    assert "no entry was appended" in attacked(town, APPLICATION, NAMED, blanked)
    assert town.sql(OWNER, "SELECT id, leaf, at, details, idx FROM kernel_entry ORDER BY id") == before


def test_the_sealer_s_role_sees_no_case_and_changes_none(town: City) -> None:
    for statement in (
        "SELECT * FROM authorities_seat",
        "SELECT * FROM authorities_account",
        "SELECT details FROM kernel_entry",
        SEAT,
        "UPDATE kernel_entry SET at = now()",
        "DELETE FROM kernel_checkpoint",
        "SET ROLE hengjian_app",
    ):
        assert "permission denied" in attacked(town, SEALER, NAMED, statement), statement


def of(pid: int) -> set[int]:
    """A process and all that descend from it."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(place.parent.name)] = int(place.read_text().rsplit(")", 1)[1].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def test_the_log_s_private_key_is_the_sealing_process_s_alone(town: City) -> None:
    assert town.site is not None and town.sealer is not None
    key = town.etc / "log-key"
    assert key.stat().st_mode & 0o777 == 0o400
    secret = key.read_bytes().strip()
    processes = of(town.site.process.pid)
    assert len(processes) >= 4
    for pid in processes:
        told = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        assert b"LOG_KEY_FILE" not in told and secret not in told and str(key).encode() not in told
    assert b"LOG_KEY_FILE" in Path(f"/proc/{town.sealer.process.pid}/environ").read_bytes()
    assert "sealer" not in town.children()
    # what the site is told does not suffice to sign, and a site that could read the key does not start
    told = town.shell("bin/hengjian log seal", town.environment(ENV, KEYS), status=1)
    assert "读不到日志私钥" in told
    both = {**town.environment(ENV, KEYS), "HENGJIAN_LOG_KEY_FILE": str(key)}
    assert "读得到日志私钥" in town.shell(f"bin/hengjian serve --port {free_port()}", both, status=1)


def test_it_does_not_start_half_set_up(town: City) -> None:
    whole = town.environment(ENV, KEYS)
    serve = f"bin/hengjian serve --port {free_port()}"
    told = town.shell(serve, {"HENGJIAN_MODE": "production"}, status=1)
    needed = set(whole) - {"HENGJIAN_MODE", "HENGJIAN_VAR", "HENGJIAN_METRICS_FROM"}
    assert {name for name in needed if f"缺少 {name}" in told} == needed
    for name in ("HENGJIAN_SITE", "HENGJIAN_ORIGINS", "HENGJIAN_TRUSTED_PROXIES"):
        given = {key: value for key, value in whole.items() if key != name}
        assert f"缺少 {name}" in town.shell(serve, given, status=1)
    superuser = town.postgres.address("postgres", town.postgres.password, "postgres")
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty OWNER hengjian_owner")
    given = {**whole, "HENGJIAN_DATABASE_URL": town.postgres.address(APPLICATION, town.secret[APPLICATION], "empty")}
    assert "hengjian migrate" in town.shell(serve, given, status=1)


# And at the end


def test_the_access_log_keeps_no_trace_of_who_checked_what(town: City) -> None:
    kept = (town.folder / "nginx/log/hengjian.log").read_text()
    assert "127.0.0.41 302 POST /accounts/login/" in kept
    assert "127.0.0.21" not in kept and "Y0" not in kept and "password-link" not in kept and "?" not in kept


def test_it_still_stands_and_its_log_is_whole(town: City) -> None:
    place = town.folder / "keep.txt"
    place.write_text(town.visitor().get("/log/keep.txt").text)
    daily, against = paper.commands("每天看什么")
    told = town.shell(daily)
    assert "一切正常" in told and "一致" in told
    assert "一致" in town.shell(paper.filled(against, {"keep.txt": str(place)}), town.environment(ENV, KEYS))
    assert town.answers() and town.visitor().get("/log/").status == 200


def test_a_copy_comes_back_on_a_second_machine_and_proves_itself(town: City) -> None:
    superuser = town.postgres.address("postgres", town.postgres.password, "postgres")
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("CREATE DATABASE restored OWNER hengjian_owner TEMPLATE template0")
        connection.execute("GRANT CONNECT ON DATABASE restored TO hengjian_app, hengjian_sealer")
    save, _, restore, compare = paper.commands("备份")
    copies, second = town.folder / "copies", town.folder / "second"
    for place in (copies, second):
        place.mkdir(mode=0o711)
    told = town.shell(paper.filled(save, {"/var/backups": str(copies)}))
    assert "已备份" in told and "日志私钥不在" not in told
    (day,) = (place.name for place in (copies / "hengjian").iterdir())
    answers = (town.folder / "answers.toml").read_text().replace('/hengjian"', '/restored"')
    (second / "answers.toml").write_text(answers)
    there = {
        "5432/hengjian": "5432/restored",
        "/var/backups": str(copies),
        "2026-11-28": day,
        "--etc /etc/hengjian": f"--etc {second}/conf",
        "/srv/hengjian-answers.toml": f"{second}/answers.toml --etc {second}/conf --var {second}/var",
    }
    told = town.shell(paper.filled(restore, there), {"HENGJIAN_VAR": f"{second}/var"})
    assert "全部成立" in told and "数据库的表和授权" in told and "password-link" not in told
    kept = {"keep.txt": str(town.folder / "keep.txt"), "/etc/hengjian": f"{second}/conf"}
    assert "一致" in town.shell(paper.filled(compare, kept))
    assert (second / "conf/log-key").read_bytes() == (town.etc / "log-key").read_bytes()
    assert (second / "conf/keys.env").read_bytes() == (town.etc / "keys.env").read_bytes()
