"""The rows of each table, as they were counted in one moment and must be found again."""

from collections.abc import Callable
from gettext import gettext as _

from wurzelwerk.cli.outcomes import CommandFailed

Tables = dict[str, int]
Report = Callable[[int, int], None]


def refuse_other_rows(found: Tables, expected: Tables) -> None:
    """Raise ``CommandFailed`` with the names of the tables whose rows are not those expected."""
    if wrong := sorted({name for name, _rows in found.items() ^ expected.items()}):
        raise CommandFailed(_("These tables do not have the rows they had: %(tables)s") % {"tables": ", ".join(wrong)})
