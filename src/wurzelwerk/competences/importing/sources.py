"""Where the files of a framework lie: a folder, a ZIP file, or several of them (one per language)."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from wurzelwerk.kernel.verdict import Refused

MEGABYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 300 * MEGABYTE
MOST_FILES: Final = 500
# The files of ESCO are packed to a fourth up to a ninth of their size.
MOST_PACKED: Final = 100
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SUFFIXES: Final = (".csv", ".txt", ".json")
# "... v1.2.0 ..." is how ESCO names its downloads, "db_29_2_text" how O*NET does.
_VERSION = re.compile(r"v(\d+(?:\.\d+){1,2})|db_(\d+)_(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a framework, in a folder or in a ZIP file; ``size`` in bytes, unpacked."""

    name: str
    path: Path
    size: int
    inside: str = ""

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it for reading; raises ``Refused`` when it is damaged, protected or a bomb, also while it is read."""
        try:
            if self.inside:
                with zipfile.ZipFile(self.path) as archive:
                    self._refuse_bomb(archive.getinfo(self.inside))
                    with archive.open(self.inside) as file:
                        yield file
            else:
                with self.path.open("rb") as file:
                    yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            known = {"name": self.name}
            raise Refused(
                _("%(name)s is damaged and cannot be read to its end. Please fetch it again.") % known
            ) from error
        except RuntimeError as error:
            if not self.inside:
                raise
            raise Refused(
                _("%(name)s is protected by a password. Please unpack it first.") % {"name": self.path.name}
            ) from error

    def _refuse_bomb(self, member: zipfile.ZipInfo) -> None:
        """Refuse a member that unpacks to far more than it is, or may without telling; the archive limits its size."""
        if member.compress_type not in _METHODS:
            raise Refused(_("%(name)s is packed in an unusual way. Please unpack it first.") % {"name": self.name})
        packed = min(member.compress_size, self.path.stat().st_size)
        if member.file_size > max(MEGABYTE, MOST_PACKED * packed):
            known = {"name": self.name, "times": MOST_PACKED}
            raise Refused(
                _("%(name)s would be more than %(times)d times as large unpacked; such a ZIP file is not read.") % known
            )


def source_files(paths: Iterable[Path]) -> list[SourceFile]:
    """Return the files below ``paths`` that may belong to a framework: CSV, text and JSON, in ZIP files too.

    Raises ``Refused`` for a path that is not there, a broken ZIP file or far too many files.
    """
    found: list[SourceFile] = []
    for file in _all_files(paths):
        if len(found) >= MOST_FILES:
            raise Refused(_("There are too many files. Please give only the files of one framework."))
        found.append(file)
    return found


def by_name(files: Sequence[SourceFile]) -> dict[str, SourceFile]:
    """Return ``files`` by their name in small letters; raises ``Refused`` for one twice or larger than 300 MB."""
    often = Counter(file.name.lower() for file in files)
    for file in files:
        if often[file.name.lower()] > 1:
            raise Refused(_("%(name)s is there twice. Please keep one version only.") % {"name": file.name})
        refuse_larger(file, LARGEST_FILE)
    return {file.name.lower(): file for file in files}


def refuse_larger(file: SourceFile, limit: int) -> None:
    """Raise ``Refused`` for a file of more than ``limit`` bytes."""
    if file.size > limit:
        known = {"name": file.name, "size": file.size // MEGABYTE, "limit": limit // MEGABYTE}
        raise Refused(_("%(name)s is too large: %(size)d MB. At most %(limit)d MB can be read.") % known)


def version_of(paths: Iterable[Path]) -> str:
    """Return the version that a folder or file name tells, or nothing."""
    found = (_VERSION.search(path.name) for path in paths)
    return next((match[1] or f"{match[2]}.{match[3]}" for match in found if match), "")


def _all_files(paths: Iterable[Path]) -> Iterator[SourceFile]:
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            yield SourceFile(path.name, path, path.stat().st_size)
        elif path.is_file():
            yield from _in_archive(path)
        else:
            raise Refused(_("%(path)s does not exist.") % {"path": path})


def _in_folder(folder: Path) -> Iterator[SourceFile]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            yield SourceFile(path.name, path, path.stat().st_size)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from _in_archive(path)


def _in_archive(path: Path) -> Iterator[SourceFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise Refused(
            _("%(name)s is no complete ZIP file. Perhaps the download broke off; please fetch it again.")
            % {"name": path.name}
        ) from error
    for member in members:
        name = member.filename.replace("\\", "/").rpartition("/")[2]
        if name.lower().endswith(SUFFIXES) and not name.startswith("._"):
            yield SourceFile(name, path, member.file_size, member.filename)
