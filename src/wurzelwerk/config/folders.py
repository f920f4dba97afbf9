"""Folders that must be there before anything else is."""

from contextlib import suppress
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Return a folder that only the application's account may read, created if it can be.

    Where it cannot be, the system checks and ``wurzelwerk run`` say so in words.
    """
    with suppress(OSError):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    return path
