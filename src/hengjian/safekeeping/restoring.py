"""The way back: into an empty database and an empty store, by steps that are whole or not done, proofs last.

While it is under way `restoring.json` stands in the folder of the running site: the site does not start, the state of the
installation says so. A run that was killed is started again with the same copy and goes on where it stood; another copy
is refused until then.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from hengjian.files.place import Place
from hengjian.installing.settings_folder import write_once
from hengjian.kernel import stored_files
from hengjian.kernel.words import say
from hengjian.safekeeping import databases, manifest, proofs
from hengjian.safekeeping.manifest import Manifest, Unfit
from hengjian.safekeeping.proofs import Proved
from hengjian.safekeeping.saving import DATABASE, FILES, SEALS
from hengjian.web.health_page import RESTORING


def restore(folder: Path, saved: Manifest) -> Proved:
    """Restore and prove. Raises Unfit where something stands already, NoTool where PostgreSQL's programs are missing."""
    if connection.vendor != saved.vendor:
        raise Unfit(say("备份是 {saved} 的，这里的数据库是 {vendor}。", saved=saved.vendor, vendor=connection.vendor))
    _begin(manifest.described(folder / manifest.NAME).sha256)
    if databases.is_empty():
        databases.restore(folder / DATABASE, saved.vendor)
    _bring_back_objects(folder, stored_files.place(), saved)
    _bring_back(folder, SEALS, Path(settings.SEALS_DIR), saved)
    proved = proofs.prove(saved)
    if not proved.faults:
        _state().unlink()
    return proved


def _state() -> Path:
    return Path(settings.VAR_DIR, RESTORING)


def _begin(digest: str) -> None:
    """Note which copy is on its way. Raises Unfit where another is, or where something stands that no restoring began."""
    try:
        begun = str(json.loads(_state().read_text(encoding="utf-8"))["manifest"])
    except FileNotFoundError:
        if not databases.is_empty():
            raise Unfit("数据库不是空的，没有恢复：恢复只向新建的空库。") from None
        if next(stored_files.place().lying(), None) is not None:
            raise Unfit(say("文件目录 {folder} 不是空的，没有恢复。", folder=settings.FILES[0])) from None
        if next(manifest.files_in(Path(settings.SEALS_DIR)), None) is not None:
            raise Unfit(say("文件目录 {folder} 不是空的，没有恢复。", folder=settings.SEALS_DIR)) from None
        write_once(_state(), json.dumps({"manifest": digest}), 0o644)
    else:
        if begun != digest:
            raise Unfit("另一份备份的恢复没有做完。请先用那一份做完，或换一个空库和空目录重来。")


def _bring_back_objects(folder: Path, store: Place, saved: Manifest) -> None:
    """Every object of the copy that does not lie there whole yet, into whichever store this installation has."""
    lying = {found.name: found.size for found in store.lying()}
    for name, kept in saved.files.items():
        if not name.startswith(f"{FILES}/"):
            continue
        target = name.removeprefix(f"{FILES}/")
        if target in lying:
            if lying[target] == kept.size and hashlib.sha256(store.get(target)).hexdigest() == kept.sha256:
                continue
            store.delete(target)
        store.put(target, (folder / name).read_bytes())


def _bring_back(folder: Path, part: str, store: Path, saved: Manifest) -> None:
    """Every file of that part of the copy that is not there yet; each is moved into place once it is whole."""
    for name, kept in saved.files.items():
        if not name.startswith(f"{part}/"):
            continue
        target = store / name.removeprefix(f"{part}/")
        if target.is_file() and manifest.described(target) == kept:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.restoring")
        shutil.copyfile(folder / name, draft)
        draft.replace(target)
