"""Copies of the key files, kept apart from the data they open."""

import hashlib
import os
from gettext import gettext as _
from pathlib import Path

from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.kernel.keyring import JOURNAL_FILE, PRIVATE_MODE, SECRET_FILE

KEY_FILES = (SECRET_FILE, JOURNAL_FILE)


def fingerprint(path: Path) -> str:
    """Return what tells one key from another without telling the key; "" for a missing file."""
    if not path.exists():
        return ""
    return hashlib.sha256(b"wurzelwerk key " + path.read_bytes().strip()).hexdigest()[:32]


def refuse_near(keys: Path, data: Path) -> None:
    """Raise ``CommandFailed`` when the keys would lie in the folder of the data or below it."""
    inner, outer = keys.resolve(), data.resolve()
    if inner == outer or outer in inner.parents:
        raise CommandFailed(
            _("The keys must not lie with the data they open: %(keys)s is part of %(data)s.")
            % {"keys": keys, "data": data}
        )


def copy_keys(source: Path, target: Path, *, set_aside: Path | None = None) -> None:
    """Copy the key files with mode 0600; a different key already there goes to ``set_aside`` or stops the copy."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in KEY_FILES:
        old, new = target / name, source / name
        if not new.exists() or fingerprint(old) == fingerprint(new):
            continue
        if old.exists():
            if set_aside is None:
                raise CommandFailed(_("%(path)s is the key of another installation.") % {"path": old})
            set_aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            old.rename(set_aside / name)
        _write_private(old, new.read_bytes())


def _write_private(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
