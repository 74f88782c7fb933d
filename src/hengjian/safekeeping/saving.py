"""Saving: database, files, keys and the site's settings into one folder, the manifests last.

    DIR/database/   the database of one moment        DIR/files/      what stands in the store of files
    DIR/seals/      the pictures of seals             DIR/settings/   the site's address and its like
    DIR/keys/       the keys (or in a folder of their own)

Every file is its owner's only. A run that was killed leaves a folder without manifest; the next one clears it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection

from hengjian.files.place import Missing, Place
from hengjian.installing.settings_folder import KEYS_FILE, LOG_KEY
from hengjian.kernel import clock, stored_files
from hengjian.kernel.words import say
from hengjian.safekeeping import databases, keys, manifest
from hengjian.safekeeping.databases import Counted
from hengjian.safekeeping.manifest import Manifest, Unfit

DATABASE, FILES, SEALS, SETTINGS, KEYS = "database", "files", "seals", "settings", "keys"
SITE = f"{SETTINGS}/hengjian.env"
PARTS = (DATABASE, FILES, SEALS, SETTINGS, KEYS)


def save(folder: Path, apart: Path | None = None) -> tuple[Manifest, bool]:
    """The manifest, and whether the log's private key was saved. `apart`: a folder for the keys alone. Raises Unfit where
    something else stands, NoTool where PostgreSQL's programs are missing."""
    key_folder = apart or folder / KEYS
    with _only_its_owner_reads():
        for place, parts in ((folder, PARTS), *([(apart, ())] if apart else [])):
            _cleared(place, parts)
        for part in PARTS[: -1 if apart else None]:
            (folder / part).mkdir(mode=0o700)
        counted = databases.save(folder / DATABASE)
        _copy_objects(stored_files.place(), folder / FILES)
        _copy_files(Path(settings.SEALS_DIR), folder / SEALS)
        (folder / SITE).write_text(keys.site_settings(), encoding="utf-8")
        with_log_key = keys.save(key_folder)
        _described(counted, key_folder).write(key_folder)
        whole = _described(counted, folder)
        whole.write(folder)
    return whole, with_log_key


def _described(counted: Counted, folder: Path) -> Manifest:
    """The manifest of a folder. The keys have their own, so that they can be taken away."""
    files = {name: kept for name, kept in manifest.all_of(folder).items() if not name.startswith(f"{KEYS}/")}
    return Manifest(
        made_at=clock.now().isoformat(), mode=settings.MODE, vendor=connection.vendor, **asdict(counted), files=files
    )


@contextmanager
def _only_its_owner_reads() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _cleared(folder: Path, parts: tuple[str, ...]) -> None:
    """An empty folder. What a killed run left is taken away; of anything else nothing is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / manifest.NAME).exists():
        raise Unfit(say("{folder} 里已有一份备份，请另选一个目录。", folder=folder))
    left = {place.name for place in folder.iterdir()}
    ours = {*parts, f"{manifest.NAME}.part"} if parts else {KEYS_FILE, LOG_KEY, keys.PAPER_KEY, f"{manifest.NAME}.part"}
    if left - ours:
        raise Unfit(say("{folder} 不是空目录，请另选一个。", folder=folder))
    for name in left:
        place = folder / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()


def _copy_objects(store: Place, into: Path) -> None:
    """Every object of the store, whichever it is, still encrypted. One taken away meanwhile is not in the copy: the
    database of the copy is older, and its proofs will say so."""
    for lying in store.lying():
        target = into / lying.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(Missing):
            target.write_bytes(store.get(lying.name))


def _copy_files(store: Path, into: Path) -> None:
    """The store's files. One that is still being written under a draft's name is not yet one of them."""
    for place in manifest.files_in(store) if store.exists() else ():
        target = into / place.relative_to(store)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, target)
