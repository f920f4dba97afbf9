"""What ``wurzelwerk import-people`` says of an import: what is not read, what is wrong, what would change."""

from collections.abc import Iterator
from gettext import gettext as _

from wurzelwerk.people.choices import ChangeKind
from wurzelwerk.people.models import PeopleImport
from wurzelwerk.people.queries.import_listing import Change, Mistake, columns_left_out, first_changes, first_mistakes


def not_read(people_import: PeopleImport) -> Iterator[str]:
    """Yield a line for each column that is not read, with the reason."""
    for column in columns_left_out(people_import):
        text = _("Not read: column %(letters)s “%(heading)s”. %(reason)s")
        yield text % {"letters": column.letters, "heading": column.heading, "reason": column.reason}


def mistakes(people_import: PeopleImport, most: int) -> Iterator[str]:
    """Yield a line for each of the first errors, and how many more there are."""
    if not people_import.problem_count:
        return
    yield _("Errors: %(count)d") % {"count": people_import.problem_count}
    shown = 0
    for mistake in first_mistakes(people_import, most):
        shown += 1
        yield f"  {_place(mistake)}: {mistake.sentence}"
    yield from _more(people_import.problem_count - shown)


def preview(people_import: PeopleImport, most: int) -> Iterator[str]:
    """Yield what would change, with the first persons of each kind."""
    counts = people_import.counts
    yield _("Rows read: %(count)d") % {"count": counts["rows"]}
    for kind, label in _labels().items():
        count = counts.get(kind, 0)
        yield f"{label}: {count}"
        changes = first_changes(people_import, kind, most) if count else []
        yield from (f"  {_line(change)}" for change in changes)
        yield from _more(count - len(changes))
    if counts["new_units"] or counts["changed_units"]:
        yield _("Units: %(new_units)d new, %(changed_units)d changed") % counts
    if counts["new_terms"]:
        yield _("New job roles, sites and working time patterns: %(new_terms)d") % counts
    yield from _of_access(people_import)


def leavers_question(people_import: PeopleImport) -> str:
    """Return what must be known before many leave."""
    counts: dict[str, int] = people_import.counts
    return _("%(leaver)d of %(active)d persons would leave, more than a tenth.") % counts


def result(people_import: PeopleImport) -> str:
    """Return what was applied, in one line."""
    counts = people_import.counts
    text = _(
        "Applied: %(joiner)d joined, %(mover)d moved, %(changed)d changed, %(leaver)d left, %(returner)d came back."
    )
    return str(text % counts)


def _labels() -> dict[ChangeKind, str]:
    return {
        ChangeKind.JOINER: _("Joining"),
        ChangeKind.RETURNER: _("Coming back"),
        ChangeKind.MOVER: _("Moving"),
        ChangeKind.CHANGED: _("With other changes"),
        ChangeKind.LEAVER: _("Leaving"),
    }


def _line(change: Change) -> str:
    if change.moves_unit:
        return f"{change.staff_number} {change.name} ({change.before} → {change.after})"
    unit = change.after or change.before
    return f"{change.staff_number} {change.name} ({unit})" if unit else f"{change.staff_number} {change.name}"


def _place(mistake: Mistake) -> str:
    row = _("Units file, row %(row)d") if mistake.is_of_units else _("Row %(row)d")
    place = row % {"row": mistake.row} if mistake.row else _("Already in Wurzelwerk")
    if mistake.label:
        place += f", {mistake.label}"
    return _("%(place)s “%(value)s”") % {"place": place, "value": mistake.value} if mistake.value else place


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield "  " + _("and %(count)d more") % {"count": count}


def _of_access(people_import: PeopleImport) -> Iterator[str]:
    """Yield what happens to access and roles, and why somebody stays whom the file does not name."""
    counts = people_import.counts
    if counts.get("changed_addresses"):
        yield _("E-mail addresses that change for persons who sign in already: %(changed_addresses)d") % counts
    if counts.get("ending_roles"):
        yield _("Roles that end with closed accounts: %(ending_roles)d") % counts
    if counts["kept_administrators"]:
        yield _("Administrators whose account stays open all the same: %(kept_administrators)d") % counts
    if people_import.is_complete and counts["nameless"]:
        yield _("Nobody missing in the file leaves: %(nameless)d rows have no readable staff number.") % counts
    elif not people_import.is_complete and counts["absent"]:
        yield _("Not in the file, and staying as they are: %(absent)d (--complete lets them leave)") % counts
