"""The file a backup is: a tar archive with a manifest, closed by a digest over everything before it.

The digest finds a single flipped bit anywhere, also where tar itself would not look; the manifest says which files
and how many rows of which table belong together. Knows nothing of Django.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import IO, Any

from wurzelwerk.cli.outcomes import CommandFailed

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
SEAL = b"wurzelwerk-backup sha256 "
SEAL_LENGTH = len(SEAL) + 64 + 1

Report = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of the archive: its name inside, its size in bytes and its digest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; ``tables`` maps each table to its number of rows."""

    made_at: str
    version: str
    engine: str
    is_demo: bool
    journal_key: str
    tables: dict[str, int]
    files: list[StoredFile] = field(default_factory=list)
    format: int = FORMAT

    def as_json(self) -> bytes:
        """Return the text that stands in the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Return the manifest; raises ``CommandFailed`` for one of a later format."""
        values: dict[str, Any] = json.loads(text)
        if values["format"] > FORMAT:
            raise CommandFailed(_("The backup was written by a newer version of Wurzelwerk."))
        return cls(**values | {"files": [StoredFile(**entry) for entry in values["files"]]})


class _SealedFile:
    """A file to write to that keeps the digest of all bytes written."""

    def __init__(self, file: IO[bytes], report: Report) -> None:
        self._file, self._report, self.digest = file, report, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self._report(len(data))
        return self._file.write(data)


def write_archive(
    path: Path, manifest: Manifest, contents: Iterable[tuple[str, Path]], report: Report = lambda _: None
) -> Manifest:
    """Write ``contents`` (name inside, file) to ``path`` and return the manifest with their digests.

    The file appears under its name only when it is complete and on the disk. ``report`` hears of the bytes written.
    A file that vanished meanwhile is left out.
    """
    draft = path.with_name(f".{path.name}.draft")
    stored: list[StoredFile] = []
    try:
        with draft.open("xb") as file:
            sealed = _SealedFile(file, report)
            with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
                for name, source in contents:
                    if source.is_file():
                        stored.append(_add(tar, name, source))
                complete = replace(manifest, files=stored)
                _add_bytes(tar, MANIFEST, complete.as_json())
            file.write(SEAL + sealed.digest.hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError as error:
        raise CommandFailed(
            _("%(path)s exists already; nothing was overwritten.") % {"path": error.filename2 or path}
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)
    return complete


def verify_seal(path: Path, report: Report = lambda _: None) -> None:
    """Read the whole file and raise ``CommandFailed`` when a single bit differs from what was written."""
    size = path.stat().st_size - SEAL_LENGTH
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = size
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            digest.update(chunk)
            report(len(chunk))
            left -= len(chunk)
        seal = file.read() if size > 0 else b""
    if not seal.startswith(SEAL) or seal != SEAL + digest.hexdigest().encode() + b"\n":
        raise CommandFailed(
            _("%(path)s is damaged or no backup of Wurzelwerk: its checksum does not match.") % {"path": path}
        )


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a verified archive."""
    with tarfile.open(path, "r:") as tar:
        file = tar.extractfile(MANIFEST)
        return Manifest.from_json(file.read() if file else b"{}")


def extract(path: Path, manifest: Manifest, folder: Path, report: Report = lambda _: None) -> None:
    """Write every file of the manifest below ``folder`` and compare its digest; names never lead outside."""
    with tarfile.open(path, "r:") as tar:
        for entry in manifest.files:
            inside = PurePosixPath(entry.name)
            if inside.is_absolute() or ".." in inside.parts:
                raise CommandFailed(_("The backup holds a file outside its folder: %(name)s") % {"name": entry.name})
            source = tar.extractfile(entry.name)
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = _copy(source, target, report) if source else ""
            if digest != entry.sha256:
                raise CommandFailed(_("The file %(name)s of the backup is damaged.") % {"name": entry.name})


def sync_folder(folder: Path) -> None:
    """Let the names of a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _add(tar: tarfile.TarFile, name: str, source: Path) -> StoredFile:
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(file.fileno()).st_size
        entry.mode = 0o600
        tar.addfile(entry, file)
    return StoredFile(name, entry.size, digest)


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _copy(source: IO[bytes], target: Path, report: Report) -> str:
    digest = hashlib.sha256()
    with target.open("xb") as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
            report(len(chunk))
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()
