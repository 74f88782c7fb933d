"""Mail against a server that speaks SMTP: taken, refused for good, put off, and a line that breaks in the middle of a letter."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import Message as Letter
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from hengjian.authorities.roles import Role
from hengjian.kernel.clock import ZONE
from hengjian.messages.models import Delivery, Message
from hengjian.messages.sending import send_due
from tests.world import a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
NOON = datetime(2026, 3, 2, 12, tzinfo=ZONE)
State = Delivery.State


class Server:
    """Answers as it is told to each recipient and to each letter, then takes what comes."""

    def __init__(self) -> None:
        self.at_recipient: list[str] = []
        self.at_data: list[str] = []
        self.taken: list[Letter] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at_recipient:
            return self.at_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.at_data:
            said = self.at_data.pop(0)
            if said == "cut":
                server.transport.abort()
            return said
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 queued"


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Server()
    running = Controller(handler, hostname="127.0.0.1", port=port)
    running.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.MESSAGE_WAYS = {"mail": {"class": "hengjian.messages.channels.mail.Mail"}}
    yield handler
    running.stop()


@pytest.fixture
def written(settings: Any) -> Message:
    """Something for a reader whose address is known."""
    from hengjian.messages.enclosing import enclose

    reader = a_seat(Role.CENTRE_REVIEWER)
    enclose(
        person=reader.person,
        template="trial",
        cause="trial:1",
        title="设置口令",
        text="请打开链接设置口令。",
        enclosed="https://hengjian.example/password-link/x/",
        to="zhou@centre.example",
        now=NOON,
    )
    return Message.objects.get(cause="trial:1")


def standing() -> tuple[str, int, str]:
    found = Delivery.objects.get()
    return found.state, found.tries, found.answer


def test_a_letter_is_taken_once_and_says_what_was_said(server: Server, written: Message) -> None:
    assert [send_due(NOON), send_due(NOON)] == [1, 0]
    (letter,) = server.taken
    assert letter["To"] == "zhou@centre.example"
    assert "设置口令" in letter["Subject"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "password-link" in letter.get_content()  # type: ignore[attr-defined]
    written.refresh_from_db()
    assert (written.enclosed, written.enclosed_to) == ("", ""), "what opens something is destroyed once it has left"


def test_a_recipient_refused_for_good_is_not_tried_again(server: Server, written: Message) -> None:
    server.at_recipient = ["550 5.1.1 no such user"]
    assert send_due(NOON) == 0
    assert standing() == (State.FAILED, 1, "SMTP 550")
    assert send_due(NOON + timedelta(days=1)) == 0
    assert server.taken == []


@pytest.mark.parametrize("at", ["at_recipient", "at_data"])
def test_who_is_put_off_comes_again_with_the_same_letter(server: Server, written: Message, at: str) -> None:
    setattr(server, at, ["451 4.7.1 greylisted, try again later"])
    assert send_due(NOON) == 0
    assert standing() == (State.WAITING, 1, "SMTP 451")
    assert send_due(NOON + timedelta(seconds=30)) == 0, "not before the pause"
    assert send_due(NOON + timedelta(minutes=2)) == 1
    assert standing()[:2] == (State.SENT, 2)
    assert server.taken[0]["Message-ID"].startswith(f"<{Delivery.objects.get().letter}@")


def test_a_line_cut_in_the_middle_of_a_letter_loses_nothing(server: Server, written: Message) -> None:
    server.at_data = ["cut"]
    assert send_due(NOON) == 0
    state, tries, answer = standing()
    assert (state, tries) == (State.WAITING, 1)
    assert answer
    assert send_due(NOON + timedelta(minutes=2)) == 1
    (letter,) = server.taken
    assert letter["Message-ID"].startswith(f"<{Delivery.objects.get().letter}@")


def test_a_server_that_is_away_is_asked_again(settings: Any, server: Server, written: Message) -> None:
    port = settings.EMAIL_PORT
    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = shut.getsockname()[1]
        assert send_due(NOON) == 0
        assert standing()[:2] == (State.WAITING, 1)
    settings.EMAIL_PORT = port
    assert send_due(NOON + timedelta(minutes=2)) == 1
