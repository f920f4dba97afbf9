"""Files to begin with: a template with every column that may be in a people file, and filled examples."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wurzelwerk.kernel.bilingual import speaks_english
from wurzelwerk.people.hr_import.reading.fields import REQUIRED
from wurzelwerk.people.hr_import.reading.problems import Unreadable
from wurzelwerk.people.hr_import.reading.tables import examine

HEADINGS: Final[dict[str, Promise]] = {
    "staff_number": pgettext_lazy("column heading", "Staff number"),
    "given_name": pgettext_lazy("column heading", "Given name"),
    "family_name": pgettext_lazy("column heading", "Family name"),
    "email": pgettext_lazy("column heading", "E-mail"),
    "unit_code": pgettext_lazy("column heading", "Department code"),
    "unit_name": pgettext_lazy("column heading", "Department"),
    "unit_parent": pgettext_lazy("column heading", "Parent department"),
    "unit_path": pgettext_lazy("column heading", "Department path"),
    "manager": pgettext_lazy("column heading", "Manager (staff number)"),
    "job_role_code": pgettext_lazy("column heading", "Job code"),
    "job_role": pgettext_lazy("column heading", "Job title"),
    "site": pgettext_lazy("column heading", "Site"),
    "work_pattern": pgettext_lazy("column heading", "Work pattern"),
    "weekly_hours": pgettext_lazy("column heading", "Weekly hours"),
    "language": pgettext_lazy("column heading", "Language"),
    "entered_on": pgettext_lazy("column heading", "Entry date"),
    "left_on": pgettext_lazy("column heading", "Exit date"),
}
"""What a template calls each field: headings that an import recognises, in both languages."""

_NOTES: Final[dict[str, Promise]] = {
    "staff_number": _("Stays the same for a person for good: by it people are recognised at the next import."),
    "email": _("To this address go mails, for example to set a password."),
    "unit_code": _("Code, name and the department above make the tree of units, of any depth."),
    "unit_parent": _("Its code or its name."),
    "unit_path": _("Instead of code and parent, for example: Plant North / Assembly / Line 3"),
    "manager": _("Staff number of whoever leads this person."),
    "work_pattern": _("For example full-time, early shift, part-time 25 h."),
    "language": _("de, de-formal (with “Sie”) or en; German if nothing is said."),
    "entered_on": _("24.11.2026 or 2026-11-24"),
    "left_on": _("After this day the account is closed."),
}
_UNIT_COLUMNS: Final = ("unit_code", "unit_name", "unit_parent")
_EXAMPLE_COLUMNS: Final = (
    *("staff_number", "given_name", "family_name", "email", "unit_code", "unit_name", "unit_parent", "manager"),
    *("job_role", "site", "work_pattern", "weekly_hours", "language", "entered_on", "left_on"),
)
_EXAMPLE: Final = {
    "de": """
        90001;Johanna;Berg;berg@example.org;GF;Geschäftsführung;;;Leitung;Zentrale;Vollzeit;38,5;de;01.10.2010;
        90002;Clara;Vogt;vogt@example.org;PR;Produktion;GF;90001;Leitung;Werk Nord;Vollzeit;38,5;de;01.04.2014;
        90003;Amira;Haddad;haddad@example.org;PR-M1;Montage 1;PR;90002;Fachkraft;Werk Nord;Schicht;35;de;15.09.2021;
        90004;Ben;Krüger;krueger@example.org;VT;Vertrieb;GF;90001;Verkauf;Zentrale;Teilzeit;25;en;01.02.2023;31.12.2027
    """,
    "en": """
        90001;Johanna;Berg;berg@example.org;EX;Board;;;Lead;Head office;Full-time;38.5;de;2010-10-01;
        90002;Clara;Vogt;vogt@example.org;PR;Production;EX;90001;Lead;Plant North;Full-time;38.5;de;2014-04-01;
        90003;Amira;Haddad;haddad@example.org;PR-M1;Assembly 1;PR;90002;Technician;Plant North;Shift;35;de;2021-09-15;
        90004;Ben;Krüger;krueger@example.org;SA;Sales;EX;90001;Sales;Head office;Part-time;25;en;2023-02-01;2027-12-31
    """,
}
_EXAMPLE_UNITS: Final = {
    "de": """
        GF;Geschäftsführung;
        PR;Produktion;GF
        PR-M1;Montage 1;PR
        VT;Vertrieb;GF
    """,
    "en": """
        EX;Board;
        PR;Production;EX
        PR-M1;Assembly 1;PR
        SA;Sales;EX
    """,
}


@dataclass(frozen=True, slots=True)
class AllowedColumn:
    """A column that may be in a people file: its heading, what to know about it, and an example."""

    heading: str
    note: str
    example: str
    is_required: bool


def allowed_columns() -> tuple[AllowedColumn, ...]:
    """Return every column of the template, in the active language."""
    example = dict(zip(_EXAMPLE_COLUMNS, _rows(_EXAMPLE)[2], strict=True))
    return tuple(
        AllowedColumn(str(heading), str(_NOTES.get(key, "")), example.get(key, ""), key in REQUIRED)
        for key, heading in HEADINGS.items()
    )


def is_readable(content: Iterable[bytes]) -> bool:
    """Tell whether an uploaded file can be read as a table at all."""
    with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        file.writelines(content)
        file.flush()
        try:
            examine(Path(file.name))
        except Unreadable:
            return False
    return True


def people_template() -> str:
    """Return a people file with every column that may be in it, and no rows."""
    return _file(tuple(HEADINGS), [])


def people_example() -> str:
    """Return a people file with four persons, in the active language."""
    return _file(_EXAMPLE_COLUMNS, _rows(_EXAMPLE))


def units_example() -> str:
    """Return a units file that goes with ``people_example``."""
    return _file(_UNIT_COLUMNS, _rows(_EXAMPLE_UNITS))


def _rows(texts: Mapping[str, str]) -> list[list[str]]:
    lines = texts["en" if speaks_english() else "de"].strip().splitlines()
    return [line.strip().split(";") for line in lines]


def _file(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a file as the spreadsheets of the active language open it: separator, line ends, byte order mark."""
    file = io.StringIO()
    file.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(file, delimiter="," if speaks_english() else ";", lineterminator="\r\n")
    writer.writerow([HEADINGS[column] for column in columns])
    writer.writerows(rows)
    return file.getvalue()
