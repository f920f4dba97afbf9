"""Key files: outside the database, readable by the application's account alone.

A backup writes them apart from the data, so that a stolen data backup does not open a journal.
"""

import os
import secrets
import stat
from pathlib import Path

SECRET_FILE = "application.key"  # noqa: S105 - a file name
JOURNAL_FILE = "journal.key"
PRIVATE_MODE = 0o600


class KeyFileError(Exception):
    """A key file is missing or readable by others; the message says which and what to do."""


def application_secret(folder: Path) -> str:
    """Return the secret that signs sessions, created with mode 0600 on first use."""
    return _read_or_create(folder / SECRET_FILE)


def create_journal_key(folder: Path) -> Path:
    """Create the journal's key file (mode 0600) unless it exists, and return its path."""
    path = folder / JOURNAL_FILE
    _read_or_create(path)
    return path


def journal_key(folder: Path) -> bytes:
    """Return the journal's key; raises ``KeyFileError`` when it is missing or open to others."""
    path = folder / JOURNAL_FILE
    if not path.exists():
        message = f"The journal's key file {path} is missing. Restore it from where the backup keeps the keys."
        raise KeyFileError(message)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        message = f"The key file {path} can be read by others. Run: chmod 600 {path}"
        raise KeyFileError(message)
    return path.read_bytes().strip()


def _read_or_create(path: Path) -> str:
    """Return the text of ``path``; a new file appears whole or not at all, even for two starters."""
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
