"""ESCO: reads all files into the staging table and checks them as a whole, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.choices import CompetenceKind, FrameworkKind, OccupationRelation
from wurzelwerk.competences.importing import layout as files
from wurzelwerk.competences.importing.content import Content, OnRows
from wurzelwerk.competences.importing.layout import Layout, find_layout
from wurzelwerk.competences.importing.rows import Row, bad_row, count_lines, read_rows, refuse_longer, unknown_address
from wurzelwerk.competences.importing.sources import SourceFile, by_name
from wurzelwerk.competences.importing.staging import (
    COMPETENCES,
    CONCEPTS,
    GROUPS,
    OCCUPATIONS,
    DuplicateUri,
    Staging,
    TextRow,
)
from wurzelwerk.competences.importing.tree import Edges, area_of_code, edges_of, in_order_of_codes, refuse_circle
from wurzelwerk.competences.writing import Need

ESCO: Final = {
    "kind": FrameworkKind.ESCO,
    "name_de": "ESCO",
    "name_en": "ESCO",
    "description_de": "Europäische Klassifikation der Fähigkeiten, Kompetenzen und Berufe.",
    "description_en": "European classification of skills, competences and occupations.",
    "attribution_de": "Dieser Dienst nutzt die ESCO-Klassifikation der Europäischen Kommission.",
    "attribution_en": "This service uses the ESCO classification of the European Commission.",
}
KINDS: Final = {
    "": CompetenceKind.SKILL,
    "skill/competence": CompetenceKind.SKILL,
    "knowledge": CompetenceKind.KNOWLEDGE,
}


class LineCount:
    """Adds up the lines of all files."""

    def __init__(self, on_rows: OnRows) -> None:
        """Tell ``on_rows`` the sum."""
        self._on_rows, self._before, self._now = on_rows, 0, 0

    def next_file(self) -> None:
        """Go on with another file."""
        self._before += self._now
        self._now = 0

    def __call__(self, lines: int) -> None:
        """Take how many lines of the file were read."""
        self._now = lines
        self._on_rows(self._before + lines)


@dataclass(frozen=True, slots=True)
class EscoFiles:
    """A download of ESCO; a ``Source``."""

    files: Sequence[SourceFile]

    @property
    def layout(self) -> str:
        """Return its name."""
        return _("ESCO (CSV files)")

    def size(self) -> int:
        """Return the number of lines; raises ``Refused`` for a file that is missing."""
        return sum(count_lines(file) for file in self._layout().files)

    def stage(self, staging: Staging, on_rows: OnRows) -> Content:
        """Read and check everything."""
        layout = self._layout()
        edges = _stage(layout, staging, LineCount(on_rows))
        language = layout.languages[0]
        codes = {one.uri: one.first for one in staging.concepts(GROUPS, language)}
        return Content(
            key="esco",
            texts=ESCO,
            language=language,
            edges=edges,
            places=in_order_of_codes(codes),
            area_of=area_of_code,
        )

    def _layout(self) -> Layout:
        return find_layout(by_name(self.files))


def _stage(layout: Layout, staging: Staging, lines: LineCount) -> Edges:
    for kind, by_language in layout.texts.items():
        for language, file in by_language.items():
            _stage_texts(staging, kind, language, file, lines)
    _same_in_both(layout, staging)
    language = layout.languages[0]
    known = {kind: staging.uris(kind, language) for kind in CONCEPTS}
    upwards = known[GROUPS] | known[COMPETENCES]
    hierarchy, broader = layout.relations[files.HIERARCHY], layout.relations[files.BROADER]
    staging.add_broader(_hierarchy(hierarchy, known[GROUPS], lines))
    staging.add_broader(_broader(broader, upwards, lines))
    edges = edges_of(staging.broader())
    refuse_circle(staging, edges)
    needs = layout.relations[files.NEEDS]
    staging.add_needs(_needs(needs, known[OCCUPATIONS], known[COMPETENCES], lines))
    return edges


def rows_of(file: SourceFile, columns: tuple[str, ...], lines: LineCount) -> Iterator[Row]:
    """Yield the rows of one file after another."""
    lines.next_file()
    return read_rows(file, columns, lines)


def _stage_texts(staging: Staging, kind: str, language: str, file: SourceFile, lines: LineCount) -> None:
    rows = rows_of(file, files.CONCEPT_COLUMNS[kind], lines)
    try:
        staging.add_texts(_text(kind, language, file, row) for row in rows)
    except DuplicateUri as duplicate:
        known = {"uri": duplicate.uri, "earlier": duplicate.earlier}
        reason = _("the address %(uri)s stands in row %(earlier)d already.") % known
        raise bad_row(file, duplicate.number, reason) from duplicate


def _text(kind: str, language: str, file: SourceFile, row: Row) -> TextRow:
    uri, label, aliases, description, first, second = row.cells
    if not uri or not label:
        raise bad_row(file, row.number, _("conceptUri and preferredLabel must not be empty."))
    refuse_longer(file, row, {"conceptUri": uri, "preferredLabel": label})
    if kind == COMPETENCES:
        if first not in KINDS:
            raise bad_row(file, row.number, _("the skillType “%(value)s” is not known.") % {"value": first[:40]})
        first = KINDS[first].value
    names = dict.fromkeys(name.strip() for name in aliases.splitlines() if name.strip() and name.strip() != label)
    return kind, language, uri, row.number, label, "\n".join(names), description, first, second


def _same_in_both(layout: Layout, staging: Staging) -> None:
    """Refuse languages that do not name the same concepts: files of two versions were mixed."""
    for one, other in (layout.languages, layout.languages[::-1]) if len(layout.languages) > 1 else ():
        for kind in CONCEPTS:
            missing, row = staging.only_in(kind, one, other)
            if missing:
                known = {"number": missing, "other": layout.texts[kind][other].name}
                reason = _(
                    "this concept is missing in %(other)s; %(number)d are in all. "
                    "The files come from two versions; please take all of them from one."
                )
                raise bad_row(layout.texts[kind][one], row, reason % known)


def _hierarchy(file: SourceFile, groups: set[str], lines: LineCount) -> Iterator[tuple[str, str, int, str, int]]:
    for row in rows_of(file, files.HIERARCHY_COLUMNS, lines):
        branch = [uri for uri in row.cells if uri]
        for uri in branch:
            if uri not in groups:
                raise unknown_address(file, row.number, uri)
        for broader, uri in pairwise(branch):
            yield uri, broader, row.number, file.name, row.number


def _broader(file: SourceFile, known: set[str], lines: LineCount) -> Iterator[tuple[str, str, int, str, int]]:
    for row in rows_of(file, files.BROADER_COLUMNS, lines):
        uri, broader = row.cells
        for one in (uri, broader):
            if one not in known:
                raise unknown_address(file, row.number, one)
        yield uri, broader, row.number, file.name, row.number


def _needs(file: SourceFile, occupations: set[str], skills: set[str], lines: LineCount) -> Iterator[Need]:
    for row in rows_of(file, files.NEEDS_COLUMNS, lines):
        occupation, relation, competence = row.cells
        if occupation not in occupations:
            raise unknown_address(file, row.number, occupation)
        if competence not in skills:
            raise unknown_address(file, row.number, competence)
        if relation not in OccupationRelation.values:
            reason = _("the relationType “%(value)s” is neither essential nor optional.")
            raise bad_row(file, row.number, reason % {"value": relation[:40]})
        yield occupation, competence, relation, None
