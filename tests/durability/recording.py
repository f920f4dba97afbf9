"""Records what SQLite asks of a disk: a shim between it and the files, which notes every change in its order.

Syncs are noted, not done. The -shm file is shared memory that SQLite never syncs: it passes by unrecorded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import apsw

REAL = "unix"


class Kind(Enum):
    """What happened."""

    CREATE = "create"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    DELETE = "delete"
    STARTED = "a transaction begins"
    ACKNOWLEDGED = "its commit has returned"


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of the file ``name`` or one mark of the writer, whose transaction is ``number``.

    ``number`` is the offset of a write and the new length of a truncation.
    """

    kind: Kind
    name: str = ""
    number: int = 0
    content: bytes = b""


class RecordingFile(apsw.VFSFile):
    """A file whose changes are noted."""

    def __init__(self, path: str | apsw.URIFilename, flags: list[int], log: list[Operation]) -> None:
        given = path.filename() if isinstance(path, apsw.URIFilename) else path
        self.log, self.name = log, Path(given).name
        if not Path(given).exists():
            log.append(Operation(Kind.CREATE, self.name))
        super().__init__(REAL, path, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self.log.append(Operation(Kind.WRITE, self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.log.append(Operation(Kind.TRUNCATE, self.name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.log.append(Operation(Kind.SYNC, self.name))


class Recorder(apsw.VFS):
    """A file system for SQLite, known under ``name``, that notes all changes in ``log``."""

    def __init__(self, name: str, log: list[Operation]) -> None:
        self.log = log
        super().__init__(name, REAL)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        assert name is not None, "temporary files lie in memory"
        return RecordingFile(name, flags, self.log)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.log.append(Operation(Kind.DELETE, Path(filename).name))


@contextmanager
def recording(name: str) -> Iterator[list[Operation]]:
    """Register a recorder under ``name``; give its log."""
    log: list[Operation] = []
    recorder = Recorder(name, log)
    try:
        yield log
    finally:
        recorder.unregister()
