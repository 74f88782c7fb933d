"""Translations are compiled without gettext's tools, and gettext itself reads the result."""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

from hengjian.cli.messages import compile_all
from hengjian.kernel.translations import LOCALE, compiled_from

SAMPLE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

#: a.py
msgid "待办"
msgstr "To do"

msgctxt "act"
msgid "办理"
msgstr "Per"
"form"

msgid "%d 人"
msgid_plural "%d 人们"
msgstr[0] "%d person"
msgstr[1] "%d people"

#, fuzzy
msgid "未定"
msgstr "guess"

msgid "未译"
msgstr ""
"""


def test_gettext_reads_what_was_compiled(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(SAMPLE, encoding="utf-8")
    words = gettext.GNUTranslations(BytesIO(compiled_from(source)))
    assert words.gettext("待办") == "To do"
    assert words.pgettext("act", "办理") == "Perform"
    assert words.ngettext("%d 人", "%d 人们", 3) == "%d people"
    assert words.gettext("未定") == "未定" and words.gettext("未译") == "未译"


def test_the_houses_own_translations_compile(tmp_path: Path) -> None:
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = tmp_path / source.relative_to(LOCALE)
        target.parent.mkdir(parents=True)
        target.write_bytes(source.read_bytes())
    made = compile_all(tmp_path)
    assert all(count > 0 for count in made.values())
    for name in made:
        with (tmp_path / name).with_suffix(".mo").open("rb") as file:
            gettext.GNUTranslations(file)
