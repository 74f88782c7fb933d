"""The demonstration shows every letter it would have sent; a real installation has no such page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from hengjian.authorities.roles import Role
from hengjian.messages.channels import Letter
from hengjian.messages.channels.folder import Folder
from hengjian.messages.declared import Address
from tests.pages.reading import read
from tests.world import a_seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march", "province")]
KIND = "hengjian.messages.channels.folder.Folder"


def test_what_lies_in_the_folder_is_shown_and_nothing_where_letters_leave(
    client_of: Any, settings: Any, tmp_path: Path
) -> None:
    client = client_of(a_seat(Role.CLERK))
    settings.DEMO, settings.MESSAGE_WAYS = True, {"mail": {"class": KIND, "folder": tmp_path}}
    assert "还没有发出过信件" in read(client, reverse("demo_post"))
    to = Address(mail="jiang@unit.example")
    Folder("mail", tmp_path).send(Letter("d1", to, "【衡鉴】账号已开立", "请打开链接设置口令。", "http://x/"))
    text = read(client, reverse("demo_post"))
    assert "jiang@unit.example" in text
    assert "请打开链接设置口令。" in text
    settings.DEMO = False
    read(client, reverse("demo_post"), status=404)
    settings.DEMO, settings.MESSAGE_WAYS = True, {}
    read(client, reverse("demo_post"), status=404)
