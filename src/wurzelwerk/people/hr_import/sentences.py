"""Everything an import says in words: names of fields, what is wrong, and what is not read and why."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.people.hr_import.reading.headings import Refusal
from wurzelwerk.people.hr_import.reading.problems import Params

FIELDS: Final[dict[str, Promise]] = {
    "staff_number": _("Staff number"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "email": _("E-mail"),
    "unit_code": _("Code of the unit"),
    "unit_name": _("Unit"),
    "unit_parent": _("Unit above"),
    "unit_path": _("Path of units"),
    "manager": _("Manager (staff number)"),
    "job_role_code": _("Code of the job role"),
    "job_role": _("Job role"),
    "site": _("Site"),
    "work_pattern": _("Working time pattern"),
    "weekly_hours": _("Hours per week"),
    "language": _("Language"),
    "entered_on": _("Entry date"),
    "left_on": _("Exit date"),
}
PROBLEMS: Final[dict[str, Promise]] = {
    "missing": _("This cell must not be empty."),
    "too_long": _("This is %(length)s characters long; at most %(limit)s are possible."),
    "formula": _("A formula stands here. Please write its value instead."),
    "broken_cell": _("The spreadsheet shows an error in this cell. Please write the value."),
    "control_character": _("There are characters in this cell that cannot be read."),
    "more_cells": _("This row has more cells than there are headings (%(width)s). Is a separator in the text?"),
    "bad_email": _("This is not an e-mail address."),
    "unknown_language": _(
        "This language is not known. Possible are: German (de), German with Sie (de-formal), English (en)."
    ),
    "bad_hours": _("These are not hours per week. Examples: 38.5 or 20."),
    "unknown_pattern": _(
        "This working time pattern is not known, and its name does not tell the hours. "
        "Please write for example “Part-time 25 h”, or add a column with the hours per week."
    ),
    "bad_date": _("This is not a date. Examples: 24.11.2026 or 2026-11-24."),
    "ambiguous_date": _("Day and month cannot be told apart here. Please write 24.11.2026 or 2026-11-24."),
    "far_date": _("This date is not between %(first)s and %(last)s."),
    "exit_before_entry": _("The exit date is before the entry date (%(entered)s)."),
    "contradicts_known_day": _("The exit date would be before the entry date that is known for this person."),
    "own_manager": _("Nobody is their own manager."),
    "unknown_manager": _("There is nobody with this staff number, neither in the file nor in Wurzelwerk."),
    "duplicate_staff_number": _("This staff number stands in row %(row)s already."),
    "unknown_unit": _("This unit is not known. It stands neither in the units file nor in Wurzelwerk."),
    "ambiguous_unit": _("%(count)s units have this name. Please give the code or the path of the unit."),
    "unit_name_differs": _("Row %(row)s gives the same unit another name: %(other)s."),
    "unit_parent_differs": _("Row %(row)s places the same unit elsewhere: below %(other)s."),
    "duplicate_unit": _("This unit stands in row %(row)s already."),
    "unknown_parent": _("The unit above is not known: it stands neither in the file nor in Wurzelwerk."),
    "circular_units": _("These units lie below each other in a circle: %(circle)s."),
    "tree_too_deep": _("The path to this unit is too long. Shorter codes or fewer levels help."),
    "path_too_deep": _("This path has more than %(limit)s levels."),
}
UNREADABLE: Final[dict[str, Promise]] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is too large: %(megabytes)s MB. At most %(limit)s MB are possible."),
    "wrong_encoding": _(
        "The letters of this file cannot be read (tried: %(encoding)s). Please save it as “CSV UTF-8” or as .xlsx."
    ),
    "mixed_encoding": _(
        "The file mixes two encodings; row %(row)s is the first that does not fit. "
        "Please save it again as “CSV UTF-8” or as .xlsx."
    ),
    "not_text": _("This is neither a text file (.csv) nor an Excel workbook (.xlsx)."),
    "open_quote": _("A quotation mark is opened near row %(row)s and never closed."),
    "long_row": _("Row %(row)s is longer than any row of a people file can be. Is this the right file?"),
    "old_excel": _("This is an old Excel file (.xls). Please save it as .xlsx or .csv."),
    "locked": _("The workbook is protected by a password. Please save it without one."),
    "broken_archive": _("The workbook is damaged and cannot be opened. Please save it again."),
    "no_workbook": _("This archive is not an Excel workbook. Please choose a .xlsx or .csv file."),
    "links": _("The workbook refers to other files. Please save it with values only."),
    "bomb": _("The workbook unpacks to far more than it should. It is not opened."),
    "entities": _("The workbook contains declarations that spreadsheets never write. It is not opened."),
    "too_many_columns": _("The file has more than %(limit)s columns."),
    "formula_heading": _("A formula or an error stands in the headings. Please write the headings as text."),
    "changed": _("The file has changed while it was being imported. Please start again with the file."),
    "bad_path": _(
        "The path to this file is too long or contains letters that cannot be read. "
        "Please give the file a plain name, or copy it elsewhere."
    ),
    "gone": _("The file is no longer there. Please start again with the file."),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.PAY: _("Pay and bank details have no place in a learning system."),
    Refusal.BIRTH: _("Age and date of birth are not needed for learning and could be used to disadvantage people."),
    Refusal.BELIEF: _("Religion and belief are specially protected; Wurzelwerk never keeps them."),
    Refusal.HEALTH: _("Health, disability and absence are specially protected; Wurzelwerk never keeps them."),
    Refusal.GENDER: _("Wurzelwerk addresses everybody by name and keeps no gender."),
    Refusal.FAMILY: _("Family is nobody's business here."),
    Refusal.ORIGIN: _("Origin and nationality are specially protected; Wurzelwerk never keeps them."),
    Refusal.UNION: _("Membership in unions and parties is specially protected; Wurzelwerk never keeps it."),
    Refusal.PRIVATE: _("Private addresses and telephone numbers are not needed for learning."),
    Refusal.IDENTITY: _("Numbers of authorities and insurances are not needed for learning."),
    Refusal.APPRAISAL: _("Appraisals from the people file are not taken over; competences have their own evidence."),
    Refusal.UNKNOWN: _("This is not on the list of what Wurzelwerk keeps of a person."),
    Refusal.TWICE: _("Another column already holds this field."),
}


def problem_text(code: str, params: Mapping[str, str | int]) -> str:
    """Return what is wrong in a cell, in the active language."""
    return str(PROBLEMS[code]) % params


def unreadable_text(code: str, params: Params) -> str:
    """Return why a file cannot be read, in the active language."""
    return str(UNREADABLE[code]) % params


def field_label(key: str) -> str:
    """Return the name of a field, in the active language."""
    return str(FIELDS.get(key, ""))
