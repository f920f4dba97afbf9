"""What people type during an import: the files, which column holds which field, corrected cells, what is agreed to."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurzelwerk.people.choices import ChangeKind, ImportSource
from wurzelwerk.people.hr_import.reading.fields import PERSON_FIELDS, REQUIRED, UNIT_FIELDS, ImportField
from wurzelwerk.people.hr_import.reading.tables import MOST_BYTES
from wurzelwerk.people.hr_import.sentences import field_label
from wurzelwerk.people.hr_import.settled import Settled, SettledFile
from wurzelwerk.ui.fields import DropFileField, DropInput

UNITS, TERMS = "units", "terms"
MOST_CHARACTERS: Final = 2_000
_CELL: Final = re.compile(r"cell-(people|units)-(\d{1,9})-([a-z_]{1,40})", re.ASCII)
_READABLE: Final = ".csv,.txt,.tsv,.xlsx"

Cell = tuple[str, int, str]


class UploadForm(forms.Form):
    """The files of an import."""

    people_file = DropFileField(
        label=_("People file"),
        help_text=_("CSV or Excel (.xlsx), at most 200 MB. One row for each person, headings above."),
        widget=DropInput(attrs={"accept": _READABLE}),
        max_bytes=MOST_BYTES,
    )
    units_file = DropFileField(
        label=_("Units file"),
        help_text=_("Only if the tree of units stands in a file of its own: code, name and the unit above."),
        widget=DropInput(attrs={"accept": _READABLE}),
        max_bytes=MOST_BYTES,
        required=False,
    )
    is_complete = forms.BooleanField(
        label=_("The file contains everybody who works here"),
        help_text=_(
            "Then whoever is missing in it counts as having left. You see all of them by name before anything happens."
        ),
        required=False,
    )


class ColumnsForm(forms.Form):
    """Which column holds which field, for each column that may be read; and leaving the others out."""

    leaves_out = forms.BooleanField(
        label=_("Leave out all columns that are not read"),
        help_text=_("They are deleted before the first row is checked, and stand nowhere afterwards."),
        required=False,
    )

    def __init__(self, settled: Settled, data: Mapping[str, Any] | None = None) -> None:
        """Offer the allowed fields for each column."""
        super().__init__(data)
        self.settled = settled
        self.initial["leaves_out"] = settled.leaves_out
        self._add(ImportSource.PEOPLE, settled.people, PERSON_FIELDS)
        if settled.units:
            self._add(ImportSource.UNITS, settled.units, UNIT_FIELDS)

    def chosen(self, source: str) -> dict[int, str]:
        """Return the chosen field of each column of a file by its place, "" for one that is left out."""
        start = f"{source}-"
        return {int(name.removeprefix(start)): key for name, key in self.cleaned_data.items() if name.startswith(start)}

    def clean(self) -> dict[str, Any]:
        """Let each field stand once, ask for what nobody can do without, and for the agreement."""
        super().clean()
        self._once(ImportSource.PEOPLE)
        self._once(ImportSource.UNITS)
        people = set(self.chosen(ImportSource.PEOPLE).values())
        missing = [field_label(key) for key in REQUIRED if key not in people]
        if missing:
            names = ", ".join(missing)
            self.add_error(None, gettext("Please say which columns hold these fields: %(names)s") % {"names": names})
        units = set(self.chosen(ImportSource.UNITS).values())
        if self.settled.units and not units & {"unit_name", "unit_path"}:
            self.add_error(None, gettext("Please say which column of the units file holds the name of the unit."))
        if not self.cleaned_data["leaves_out"] and self._leaves_something_out():
            self.add_error("leaves_out", gettext("Please agree that the other columns are left out."))
        return self.cleaned_data

    def _add(self, source: str, file: SettledFile, fields: Iterable[ImportField]) -> None:
        choices = [("", _("do not read")), *((each.key, field_label(each.key)) for each in fields)]
        for column in file.columns:
            if column.may_be_chosen:
                name = f"{source}-{column.place}"
                self.fields[name] = forms.ChoiceField(label=column.heading, choices=choices, required=False)
                self.initial[name] = column.field

    def _once(self, source: str) -> None:
        taken: set[str] = set()
        for place, key in self.chosen(source).items():
            if key and key in taken:
                problem = gettext("Another column is to hold “%(field)s” already.") % {"field": field_label(key)}
                self.add_error(f"{source}-{place}", problem)
            taken.add(key)

    def _leaves_something_out(self) -> bool:
        sensitive = [column for column in self.settled.refused if not column.may_be_chosen]
        return bool(sensitive) or "" in {*self.chosen("people").values(), *self.chosen("units").values()}


class ScopeForm(forms.Form):
    """Whether the file contains everybody, and whether rows with errors are left out."""

    is_complete = forms.BooleanField(required=False)
    leaves_out_errors = forms.BooleanField(required=False)


class ApplyForm(forms.Form):
    """What is agreed to when an import is applied."""

    confirms_leavers = forms.BooleanField(required=False)


class PageForm(forms.Form):
    """Which part of a list to show; whatever is unreadable counts as not asked."""

    page = forms.IntegerField(required=False, min_value=1)
    problem = forms.RegexField(r"^[a-z_]{0,40}\.[a-z_]{1,40}$", required=False)

    @property
    def number(self) -> int:
        """Return the number of the page, from 1."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1

    @property
    def key(self) -> str:
        """Return the sort of problem asked for, "" for all."""
        self.is_valid()
        return self.cleaned_data.get("problem") or ""


class ChangesForm(PageForm):
    """Which changes of the preview to show, and whose."""

    show = forms.ChoiceField(choices=[*ChangeKind.choices, (UNITS, ""), (TERMS, "")], required=False)
    q = forms.CharField(required=False, max_length=100)
    refused = forms.BooleanField(required=False)

    @property
    def is_refused(self) -> bool:
        """Tell whether somebody tried to apply the import and was refused."""
        self.is_valid()
        return bool(self.cleaned_data.get("refused"))

    @property
    def shown(self) -> str:
        """Return a key of ``ChangeKind``, "units" or "terms", "" where nothing was asked for."""
        self.is_valid()
        return self.cleaned_data.get("show") or ""

    @property
    def text(self) -> str:
        """Return what is sought."""
        self.is_valid()
        return self.cleaned_data.get("q") or ""


def typed_cells(data: Mapping[str, Any]) -> dict[Cell, str]:
    """Return what was typed on the page of errors, by file, row and field; anything else in ``data`` is passed over."""
    found: dict[Cell, str] = {}
    for name, value in data.items():
        if match := _CELL.fullmatch(name):
            found[match[1], int(match[2]), match[3]] = str(value).strip()[:MOST_CHARACTERS]
    return found


def cells_for_all(data: Mapping[str, Any]) -> list[Cell]:
    """Return the cells whose new value is meant for all cells that hold the same wrong one."""
    matches = (_CELL.fullmatch(name.removeprefix("all-")) for name in data if name.startswith("all-"))
    return [(match[1], int(match[2]), match[3]) for match in matches if match]
