"""People files for tests, and one call that carries a file through the import."""

import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import Workbook

from wurzelwerk.kernel.jobs import run_job
from wurzelwerk.kernel.models import Job
from wurzelwerk.people import actions
from wurzelwerk.people.hr_import import applying, running
from wurzelwerk.people.models import ImportProblem, ImportRow, PeopleImport, Person

HEADING = "Personalnummer;Vorname;Nachname"
Problems = list[tuple[int, str, str]]


def write(folder: Path, text: str, name: str = "people.csv", encoding: str = "utf-8") -> Path:
    """Write a text file; ``text`` may be indented, blank lines around it do not count."""
    path = folder / name
    lines = [line.strip() for line in text.strip().splitlines()]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def workbook(rows: Sequence[Sequence[Any]], *, is_1904: bool = False) -> bytes:
    """Return an Excel workbook with one sheet."""
    book = Workbook()
    if is_1904:
        book.epoch = book.epoch.replace(year=1904, month=1, day=1)
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    """Return an archive with one part replaced or added."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, text)
    return file.getvalue()


def checked(
    path: Path,
    *,
    units: Path | None = None,
    by: Person | None = None,
    is_complete: bool = False,
    columns: Mapping[int, str] | None = None,
) -> PeopleImport:
    """Return the import of a file after its check."""
    people_import = actions.name_people_file(by=by, path=path, units_path=units, is_complete=is_complete)
    actions.settle_columns(by=by, people_import=people_import, people=columns or {}, leaves_out=True)
    return check(people_import, by=by)


def check(people_import: PeopleImport, *, by: Person | None = None) -> PeopleImport:
    """Check an import whose columns are settled."""
    finish(actions.check_import(by=by, people_import=people_import, in_queue=False))
    people_import.refresh_from_db()
    return people_import


def applied(path: Path, **options: Any) -> PeopleImport:
    """Return the import of a file after it was applied."""
    return apply(checked(path, **options), by=options.get("by"))


def apply(people_import: PeopleImport, *, by: Person | None = None) -> PeopleImport:
    """Apply a checked import."""
    finish(actions.apply_import(by=by, people_import=people_import, confirms_leavers=True, in_queue=False))
    people_import.refresh_from_db()
    return people_import


def half_checked(path: Path) -> PeopleImport:
    """Return the import of a file whose process went away at the end of the check."""
    people_import = actions.name_people_file(by=None, path=path)
    actions.settle_columns(by=None, people_import=people_import, people={}, leaves_out=True)
    _leave_at(running, "finish", actions.check_import(by=None, people_import=people_import, in_queue=False))
    return PeopleImport.objects.get(pk=people_import.pk)


def half_applied(path: Path) -> PeopleImport:
    """Return the import of a file whose process went away at the end of the applying."""
    people_import = checked(path)
    _leave_at(applying, "_finish", actions.apply_import(by=None, people_import=people_import, in_queue=False))
    return PeopleImport.objects.get(pk=people_import.pk)


def _leave_at(module: ModuleType, name: str, job: Job) -> None:
    def go_away(*_: object) -> None:
        raise SystemExit

    with pytest.MonkeyPatch.context() as patch, suppress(SystemExit):
        patch.setattr(module, name, go_away)
        run_job(job.pk)


def undone(people_import: PeopleImport, *, by: Person | None = None) -> PeopleImport:
    """Take an applied import back."""
    finish(actions.undo_import(by=by, people_import=people_import, in_queue=False))
    people_import.refresh_from_db()
    return people_import


def finish(job: Job) -> Job:
    """Run a job to its end and return it."""
    run_job(job.pk)
    job.refresh_from_db()
    return job


def problems_of(people_import: PeopleImport) -> Problems:
    """Return row, field and code of everything wrong, in the order of the file."""
    rows = ImportProblem.objects.filter(people_import=people_import).order_by("source", "row", "field")
    return list(rows.values_list("row", "field", "code"))


def kinds_of(people_import: PeopleImport) -> dict[str, str]:
    """Return what happens to whom, by staff number."""
    rows = ImportRow.objects.filter(people_import=people_import).order_by("staff_number")
    return dict(rows.values_list("staff_number", "kind"))


def company() -> dict[str, dict[str, Any]]:
    """Return everything an import writes, by staff number, without keys and instants."""
    values = Person.objects.order_by("staff_number").values(
        *("staff_number", "given_name", "family_name", "email", "language", "entered_on", "left_on", "is_active"),
        *("employment__unit__path", "employment__job_role__code", "employment__site__code"),
        *("employment__work_pattern__code", "employment__manager__staff_number"),
    )
    return {row["staff_number"]: row for row in values}
