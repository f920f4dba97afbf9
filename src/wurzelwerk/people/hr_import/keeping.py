"""The files of an import on the disk: written whole or not at all, reduced to what may be read, deleted in time."""

import csv
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.conf import settings

from wurzelwerk.people.hr_import.reading.csv_files import CsvShape
from wurzelwerk.people.hr_import.reading.tables import Table, chunks
from wurzelwerk.people.hr_import.settled import SettledFile

ROWS_AT_ONCE: Final = 10_000
NUMBER: Final = "row"
_CHUNK: Final = 1 << 20


def folder_of(public_id: str) -> Path:
    """Return the folder of an import's files; only the application's account may read it."""
    return Path(settings.DATA) / "imports" / public_id


def store(public_id: str, name: str, content: Iterable[bytes]) -> Path:
    """Write an uploaded file and return where it is."""
    folder = folder_of(public_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for chunk in content:
            file.write(chunk)
    draft.replace(path)
    return path


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, to find an interrupted import of the same file again."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def delete_files(public_id: str) -> None:
    """Delete everything of an import from the disk."""
    shutil.rmtree(folder_of(public_id), ignore_errors=True)


def stray_folders(before: float) -> set[str]:
    """Return what the folders of imports are called that nothing was written into since ``before`` (Unix time)."""
    return {path.name for path in _lying(Path(settings.DATA) / "imports", before) if path.is_dir()}


def delete_stray_uploads(before: float) -> int:
    """Delete uploads that were interrupted and lie there since ``before`` (Unix time); return how many."""
    strays = [path for path in _lying(Path(settings.FILE_UPLOAD_TEMP_DIR), before) if not path.is_dir()]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _lying(folder: Path, before: float) -> Iterator[Path]:
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):  # gone in the meantime
            if path.lstat().st_mtime < before:
                yield path


def reduced(source: Path, file: SettledFile, target: Path, report: Callable[[int], None]) -> SettledFile:
    """Copy only the columns that are read, with the numbers of their rows, and return how to read the copy.

    ``report`` hears of the rows copied. Raises ``Unreadable`` when the source breaks off.
    """
    places = list(file.places.values())
    draft = target.with_suffix(".draft")
    done, width = 0, len(file.table.headings)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
    ) as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow([NUMBER, *file.places])
        for numbers, rows in chunks(source, file.table, ROWS_AT_ONCE):
            writer.writerows(
                [number, *(cells[place] if place < len(cells) else "" for place in places), *_beyond(cells, width)]
                for number, cells in zip(numbers, rows, strict=True)
            )
            done += len(rows)
            report(done)
    draft.replace(target)
    read = [column for column in file.columns if column.field]
    columns = tuple(replace(column, place=place) for place, column in enumerate(read, start=1))
    table = Table(CsvShape("utf-8", ";"), 1, (NUMBER, *(column.heading for column in columns)))
    return SettledFile(table, columns, {}, number_place=0, is_1904=file.is_1904)


def _beyond(cells: list[str], width: int) -> tuple[str, ...]:
    """Return a mark for a row that goes on beyond the heading, so that the copy is found wrong in the same rows."""
    return ("…",) if any(cells[width:]) else ()
