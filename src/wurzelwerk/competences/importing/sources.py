"""Where the files of a framework lie: a folder, a ZIP file, or several of them (one per language)."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from wurzelwerk.kernel.verdict import Refused

MEGABYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 300 * MEGABYTE
MOST_FILES: Final = 500
_VERSION = re.compile(r"v(\d+(?:\.\d+){1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """One CSV file, in a folder or in a ZIP file; ``size`` in bytes, unpacked."""

    name: str
    path: Path
    size: int
    inside: str = ""

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it for reading; raises ``Refused`` when it is damaged or protected."""
        if not self.inside:
            with self.path.open("rb") as file:
                yield file
            return
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as file:
                yield file
        except RuntimeError as error:
            raise Refused(
                _("%(name)s is protected by a password. Please unpack it first.") % {"name": self.path.name}
            ) from error


def csv_files(paths: Iterable[Path]) -> dict[str, CsvFile]:
    """Return the CSV files below ``paths`` by their name in small letters.

    Raises ``Refused`` for a path that is not there, a broken ZIP file, a file that stands there twice
    or is larger than 300 MB.
    """
    found: dict[str, CsvFile] = {}
    for file in _all_files(paths):
        name = file.name.lower()
        if name in found:
            raise Refused(_("%(name)s is there twice. Please keep one version only.") % {"name": file.name})
        if file.size > LARGEST_FILE:
            known = {"name": file.name, "size": file.size // MEGABYTE, "limit": LARGEST_FILE // MEGABYTE}
            raise Refused(_("%(name)s is too large: %(size)d MB. At most %(limit)d MB can be read.") % known)
        if len(found) >= MOST_FILES:
            raise Refused(_("There are too many files. Please give only the files of one framework."))
        found[name] = file
    return found


def version_of(paths: Iterable[Path]) -> str:
    """Return the version that a folder or file name tells ("... v1.2.0 ..."), or nothing."""
    found = (_VERSION.search(path.name) for path in paths)
    return next((match[1] for match in found if match), "")


def _all_files(paths: Iterable[Path]) -> Iterator[CsvFile]:
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif path.is_file():
            yield from _in_archive(path)
        else:
            raise Refused(_("%(path)s does not exist.") % {"path": path})


def _in_folder(folder: Path) -> Iterator[CsvFile]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".csv" and path.is_file():
            yield CsvFile(path.name, path, path.stat().st_size)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from _in_archive(path)


def _in_archive(path: Path) -> Iterator[CsvFile]:
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
        if name.lower().endswith(".csv") and not name.startswith("._"):
            yield CsvFile(name, path, member.file_size, member.filename)
