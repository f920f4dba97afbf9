"""Reads all files of a framework into the staging table and checks them as a whole, before anything is written."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.choices import CompetenceKind, OccupationRelation
from wurzelwerk.competences.importing import layout as files
from wurzelwerk.competences.importing.layout import Layout
from wurzelwerk.competences.importing.rows import Row, bad_row, read_rows
from wurzelwerk.competences.importing.sources import CsvFile
from wurzelwerk.competences.importing.staging import DuplicateUri, Staging, TextRow
from wurzelwerk.competences.importing.tree import Edges, edges_of, find_circle
from wurzelwerk.kernel.verdict import Refused

OnRows = Callable[[int], None]
"""Hears how many lines of all files were read."""

LONGEST: Final = 300
KINDS: Final = {
    "": CompetenceKind.SKILL,
    "skill/competence": CompetenceKind.SKILL,
    "knowledge": CompetenceKind.KNOWLEDGE,
}


def stage(layout: Layout, staging: Staging, on_rows: OnRows) -> Edges:
    """Fill ``staging`` and return the tree; raises ``Refused`` with file and row for the first thing wrong."""
    lines = _Lines(on_rows)
    for kind, by_language in layout.texts.items():
        for language, file in by_language.items():
            _stage_texts(staging, kind, language, file, lines)
    _same_in_both(layout, staging)
    language = layout.languages[0]
    known = {kind: staging.uris(kind, language) for kind in files.CONCEPTS}
    upwards = known[files.GROUPS] | known[files.SKILLS]
    hierarchy, broader = layout.relations[files.HIERARCHY], layout.relations[files.BROADER]
    staging.add_broader(_hierarchy(hierarchy, known[files.GROUPS], lines))
    staging.add_broader(_broader(broader, upwards, lines))
    edges = edges_of(staging.broader())
    _no_circle(staging, edges)
    needs = layout.relations[files.NEEDS]
    staging.add_needs(_needs(needs, known[files.OCCUPATIONS], known[files.SKILLS], lines))
    return edges


class _Lines:
    """Adds up the lines of all files."""

    def __init__(self, on_rows: OnRows) -> None:
        self._on_rows, self._before, self._now = on_rows, 0, 0

    def next_file(self) -> None:
        self._before += self._now
        self._now = 0

    def __call__(self, lines: int) -> None:
        self._now = lines
        self._on_rows(self._before + lines)


def _rows(file: CsvFile, columns: tuple[str, ...], lines: _Lines) -> Iterator[Row]:
    lines.next_file()
    return read_rows(file, columns, lines)


def _stage_texts(staging: Staging, kind: str, language: str, file: CsvFile, lines: _Lines) -> None:
    rows = _rows(file, files.CONCEPT_COLUMNS[kind], lines)
    try:
        staging.add_texts(_text(kind, language, file, row) for row in rows)
    except DuplicateUri as duplicate:
        known = {"uri": duplicate.uri, "earlier": duplicate.earlier}
        reason = _("the address %(uri)s stands in row %(earlier)d already.") % known
        raise bad_row(file, duplicate.number, reason) from duplicate


def _text(kind: str, language: str, file: CsvFile, row: Row) -> TextRow:
    uri, label, aliases, description, first, second = row.cells
    if not uri or not label:
        raise bad_row(file, row.number, _("conceptUri and preferredLabel must not be empty."))
    if len(uri) > LONGEST or len(label) > LONGEST:
        raise bad_row(file, row.number, _("conceptUri and preferredLabel have at most 300 characters."))
    if kind == files.SKILLS and first not in KINDS:
        raise bad_row(file, row.number, _("the skillType “%(value)s” is not known.") % {"value": first[:40]})
    names = dict.fromkeys(name.strip() for name in aliases.splitlines() if name.strip() and name.strip() != label)
    return kind, language, uri, row.number, label, "\n".join(names), description, first, second


def _same_in_both(layout: Layout, staging: Staging) -> None:
    """Refuse languages that do not name the same concepts: files of two versions were mixed."""
    for one, other in (layout.languages, layout.languages[::-1]) if len(layout.languages) > 1 else ():
        for kind in files.CONCEPTS:
            missing, row = staging.only_in(kind, one, other)
            if missing:
                known = {"number": missing, "other": layout.texts[kind][other].name}
                reason = _(
                    "this concept is missing in %(other)s; %(number)d are in all. "
                    "The files come from two versions; please take all of them from one."
                )
                raise bad_row(layout.texts[kind][one], row, reason % known)


def _hierarchy(file: CsvFile, groups: set[str], lines: _Lines) -> Iterator[tuple[str, str, int, str, int]]:
    for row in _rows(file, files.HIERARCHY_COLUMNS, lines):
        branch = [uri for uri in row.cells if uri]
        for uri in branch:
            if uri not in groups:
                raise _unknown(file, row, uri)
        for broader, uri in pairwise(branch):
            yield uri, broader, row.number, file.name, row.number


def _broader(file: CsvFile, known: set[str], lines: _Lines) -> Iterator[tuple[str, str, int, str, int]]:
    for row in _rows(file, files.BROADER_COLUMNS, lines):
        uri, broader = row.cells
        for one in (uri, broader):
            if one not in known:
                raise _unknown(file, row, one)
        yield uri, broader, row.number, file.name, row.number


def _needs(file: CsvFile, occupations: set[str], skills: set[str], lines: _Lines) -> Iterator[tuple[str, str, str]]:
    for row in _rows(file, files.NEEDS_COLUMNS, lines):
        occupation, relation, competence = row.cells
        if occupation not in occupations:
            raise _unknown(file, row, occupation)
        if competence not in skills:
            raise _unknown(file, row, competence)
        if relation not in OccupationRelation.values:
            reason = _("the relationType “%(value)s” is neither essential nor optional.")
            raise bad_row(file, row.number, reason % {"value": relation[:40]})
        yield occupation, competence, relation


def _no_circle(staging: Staging, edges: Edges) -> None:
    circle = find_circle(edges)
    if circle is None:
        return
    name, number = staging.row_of_broader(circle.uri, circle.broader)
    known = {"name": name, "row": number, "uri": circle.uri, "broader": circle.broader}
    raise Refused(
        _("%(name)s, row %(row)d: the hierarchy runs in a circle: %(uri)s stands below %(broader)s and above it.")
        % known
    )


def _unknown(file: CsvFile, row: Row, uri: str) -> Refused:
    reason = _("nothing has the address %(uri)s.") % {"uri": uri[:120] or "–"}
    return bad_row(file, row.number, reason)
