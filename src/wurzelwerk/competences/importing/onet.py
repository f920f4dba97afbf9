"""O*NET: the tab-separated text files of its database, read by the names and columns of the official download.

Elements that skills, knowledge and abilities are rated in become competences, what stands above them in
the content model groups, occupations need them by importance, as well as the level says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.choices import Area, CompetenceKind, FrameworkKind
from wurzelwerk.competences.importing.content import Content, OnRows
from wurzelwerk.competences.importing.reading import LineCount, rows_of
from wurzelwerk.competences.importing.rows import Row, bad_row, count_lines, refuse_longer
from wurzelwerk.competences.importing.rubrics import Anchors, add_anchor
from wurzelwerk.competences.importing.sources import SourceFile, by_name
from wurzelwerk.competences.importing.staging import (
    COMPETENCES,
    GROUPS,
    OCCUPATIONS,
    DuplicateRating,
    DuplicateUri,
    Rating,
    Staging,
    TextRow,
)
from wurzelwerk.competences.importing.tree import area_of_code, edges_of, in_order_of_codes
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.kernel.verdict import Refused

LANGUAGE: Final = "en"
KINDS: Final = {
    "skills.txt": CompetenceKind.SKILL,
    "abilities.txt": CompetenceKind.SKILL,
    "knowledge.txt": CompetenceKind.KNOWLEDGE,
}
"""Files with ratings; others of the same shape (work activities, interests) speak of no competences."""
ELEMENTS: Final = "Content Model Reference.txt"
OCCUPATION_DATA: Final = "Occupation Data.txt"
SCALES: Final = "Scales Reference.txt"
ANCHORS: Final = "Level Scale Anchors.txt"
ELEMENT_COLUMNS: Final = ("Element ID", "Element Name", "Description")
OCCUPATION_COLUMNS: Final = ("O*NET-SOC Code", "Title", "Description")
SCALE_COLUMNS: Final = ("Scale ID", "Minimum", "Maximum")
ANCHOR_COLUMNS: Final = ("Element ID", "Scale ID", "Anchor Value", "Anchor Description")
RATING_COLUMNS: Final = (
    *("O*NET-SOC Code", "Element ID", "Scale ID", "Data Value"),
    *("Recommend Suppress?", "Not Relevant?"),
)
IMPORTANCE: Final = "IM"
LEVEL: Final = "LV"
AREAS: Final = {
    "1": Area.PERSONAL,
    "2.A": Area.METHODICAL,
    "2.B.1": Area.SOCIAL,
    "2.B.2": Area.METHODICAL,
    "2.B.4": Area.METHODICAL,
    "2.B.5": Area.METHODICAL,
}
ONET: Final = {
    "kind": FrameworkKind.ONET,
    "name_de": "O*NET",
    "name_en": "O*NET",
    "description_de": "Berufe der USA mit dem, was sie können müssen, nach Wichtigkeit und Niveau (englisch).",
    "description_en": "Occupations of the USA with what they need, by importance and level.",
    "attribution_de": (
        "Enthält Angaben aus der O*NET-Datenbank des U.S. Department of Labor, Employment and Training "
        "Administration (USDOL/ETA), genutzt unter CC BY 4.0 und verändert: auf Stufen von 0 bis 5 umgerechnet. "
        "O*NET ist eine Marke von USDOL/ETA."
    ),
    "attribution_en": (
        "Includes information from the O*NET Database by the U.S. Department of Labor, Employment and Training "
        "Administration (USDOL/ETA), used under CC BY 4.0 and modified: converted to levels from 0 to 5. "
        "O*NET is a trademark of USDOL/ETA."
    ),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale."""

    least: float
    most: float

    @property
    def middle(self) -> float:
        """Return its middle."""
        return (self.least + self.most) / 2

    def on_levels(self, value: float) -> float:
        """Return where ``value`` stands on the levels from 0 to 5."""
        return round((value - self.least) * HIGHEST_LEVEL / (self.most - self.least), 2)


@dataclass(frozen=True, slots=True)
class Element:
    """A row of the content model."""

    name: str
    description: str
    row: int


DEFAULT_SCALES: Final = {IMPORTANCE: Scale(1, 5), LEVEL: Scale(0, 7)}


def is_named_by_onet(name: str) -> bool:
    """Tell whether a file has one of the names that are read."""
    return _plain(name) in KINDS or _plain(name) in {
        one.lower() for one in (ELEMENTS, OCCUPATION_DATA, SCALES, ANCHORS)
    }


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class OnetFiles:
    """A download of O*NET; a ``Source``."""

    files: Sequence[SourceFile]

    @property
    def layout(self) -> str:
        """Return its name."""
        return _("O*NET (text files)")

    def size(self) -> int:
        """Return the number of lines; raises ``Refused`` for a file that is missing."""
        return sum(count_lines(file) for file in self._found().values())

    def stage(self, staging: Staging, on_rows: OnRows) -> Content:
        """Read and check everything."""
        reading = _Reading(self._found(), staging, LineCount(on_rows))
        return reading.content()

    def _found(self) -> dict[str, SourceFile]:
        """Return the files that are read, by their plain names."""
        named = {_plain(name): file for name, file in by_name(self.files).items() if is_named_by_onet(name)}
        for needed in (OCCUPATION_DATA, ELEMENTS):
            if needed.lower() not in named:
                raise Refused(_("The file %(name)s is missing.") % {"name": needed})
        if not KINDS.keys() & named.keys():
            raise Refused(_("One of the files Skills.txt, Knowledge.txt and Abilities.txt is needed."))
        return named


class _Reading:
    """Reads one file after another; each is checked against those before it."""

    def __init__(self, files: Mapping[str, SourceFile], staging: Staging, lines: LineCount) -> None:
        self._files, self._staging, self._lines = files, staging, lines
        self._kinds: dict[str, CompetenceKind] = {}

    def content(self) -> Content:
        """Fill the staging table and return what goes with it."""
        scales = {**DEFAULT_SCALES, **self._scales()}
        elements = self._elements()
        occupations = self._occupations()
        for name, kind in KINDS.items():
            if name in self._files:
                self._stage_ratings(self._files[name], self._ratings(name, kind, scales, elements, occupations))
        anchors = self._anchors(scales[LEVEL], elements)
        groups = self._stage_elements(elements)
        self._staging.needs_from_ratings(
            IMPORTANCE, LEVEL, middle=scales[IMPORTANCE].middle, least=scales[IMPORTANCE].least
        )
        return Content(
            key="onet",
            texts=ONET,
            language=LANGUAGE,
            edges=edges_of(self._staging.broader()),
            places=in_order_of_codes({_element_uri(one): one for one in groups}),
            area_of=lambda code: area_of_code(code, AREAS),
            anchors=anchors,
        )

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[tuple[SourceFile, Row]]:
        file = self._files.get(name.lower())
        if file is not None:
            for row in rows_of(file, columns, self._lines):
                yield file, row

    def _scales(self) -> dict[str, Scale]:
        found = {}
        for file, row in self._rows(SCALES, SCALE_COLUMNS):
            key, *ends = row.cells
            if key in DEFAULT_SCALES:
                least, most = (
                    _number(file, row, name, text) for name, text in zip(SCALE_COLUMNS[1:], ends, strict=True)
                )
                if least >= most:
                    raise bad_row(file, row.number, _("Minimum must be below Maximum."))
                found[key] = Scale(least, most)
        return found

    def _elements(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for file, row in self._rows(ELEMENTS, ELEMENT_COLUMNS):
            key, name, description = row.cells
            _refuse_empty(file, row, {"Element ID": key, "Element Name": name})
            if key in found:
                raise _twice(file, row.number, key, found[key].row)
            found[key] = Element(name, description, row.number)
        return found

    def _occupations(self) -> set[str]:
        file = self._files[OCCUPATION_DATA.lower()]
        try:
            self._staging.add_texts(self._occupation_rows())
        except DuplicateUri as duplicate:
            raise _twice(file, duplicate.number, _code_of(duplicate.uri), duplicate.earlier) from duplicate
        return self._staging.uris(OCCUPATIONS, LANGUAGE)

    def _occupation_rows(self) -> Iterator[TextRow]:
        for file, row in self._rows(OCCUPATION_DATA, OCCUPATION_COLUMNS):
            code, title, description = row.cells
            _refuse_empty(file, row, {"O*NET-SOC Code": code, "Title": title})
            yield OCCUPATIONS, LANGUAGE, _occupation_uri(code), row.number, title, "", description, code, ""

    def _stage_ratings(self, file: SourceFile, ratings: Iterator[Rating]) -> None:
        try:
            self._staging.add_ratings(ratings)
        except DuplicateRating as duplicate:
            what = " ".join(_code_of(part) for part in duplicate.rating)
            raise _twice(file, duplicate.number, what, duplicate.earlier) from duplicate

    def _ratings(
        self,
        name: str,
        kind: CompetenceKind,
        scales: Mapping[str, Scale],
        elements: Mapping[str, Element],
        occupations: set[str],
    ) -> Iterator[Rating]:
        for file, row in self._rows(name, RATING_COLUMNS):
            code, element, scale, text, suppress, irrelevant = row.cells
            if _occupation_uri(code) not in occupations:
                raise _unknown(file, row, "O*NET-SOC Code", code)
            if element not in elements:
                raise _unknown(file, row, "Element ID", element)
            if scale not in scales:
                raise _unknown(file, row, "Scale ID", scale)
            value = _value_on(scales[scale], file, row, "Data Value", text)
            self._kinds.setdefault(element, kind)
            if "Y" not in {suppress, irrelevant}:
                level = scales[LEVEL].on_levels(value) if scale == LEVEL else value
                yield _occupation_uri(code), _element_uri(element), scale, level, row.number

    def _anchors(self, scale: Scale, elements: Mapping[str, Element]) -> Anchors:
        found: Anchors = {}
        for file, row in self._rows(ANCHORS, ANCHOR_COLUMNS):
            element, key, text, sentence = row.cells
            if element not in elements:
                raise _unknown(file, row, "Element ID", element)
            value = _value_on(scale, file, row, "Anchor Value", text) if key == LEVEL else None
            if value is not None and element in self._kinds:
                add_anchor(found, _element_uri(element), scale.on_levels(value), sentence)
        return found

    def _stage_elements(self, elements: Mapping[str, Element]) -> set[str]:
        """Stage the competences and the groups above them; return the groups."""
        groups = {above for one in self._kinds for above in _above(one, elements)} - self._kinds.keys()
        file = self._files[ELEMENTS.lower()]
        for kind, keys in ((COMPETENCES, self._kinds.keys()), (GROUPS, groups)):
            self._staging.add_texts(self._element_row(kind, key, elements[key]) for key in keys)
        self._staging.add_broader(
            (_element_uri(key), _element_uri(above), elements[key].row, file.name, elements[key].row)
            for key in (*self._kinds, *groups)
            for above in list(_above(key, elements))[:1]
        )
        return groups

    def _element_row(self, kind: str, key: str, one: Element) -> TextRow:
        first = key if kind == GROUPS else self._kinds[key].value
        return kind, LANGUAGE, _element_uri(key), one.row, one.name, "", one.description, first, ""


def _above(key: str, elements: Mapping[str, Element]) -> Iterator[str]:
    """Yield what stands above an element, from the nearest: 2.A.1 and 2.A above 2.A.1.b."""
    while "." in key:
        key = key.rpartition(".")[0]
        if key in elements:
            yield key


def _element_uri(key: str) -> str:
    return f"urn:onet:element:{key}"


def _occupation_uri(code: str) -> str:
    return f"urn:onet:occupation:{code}"


def _code_of(uri: str) -> str:
    return uri.rpartition(":")[2]


def _refuse_empty(file: SourceFile, row: Row, cells: Mapping[str, str]) -> None:
    for column, cell in cells.items():
        if not cell:
            raise bad_row(file, row.number, _("%(column)s must not be empty.") % {"column": column})
    refuse_longer(file, row, cells)


def _twice(file: SourceFile, number: int, what: str, earlier: int) -> Refused:
    known = {"what": what, "earlier": earlier}
    return bad_row(file, number, _("%(what)s stands in row %(earlier)d already.") % known)


def _unknown(file: SourceFile, row: Row, column: str, value: str) -> Refused:
    known = {"column": column, "value": value[:40] or "–"}
    return bad_row(file, row.number, _("the %(column)s “%(value)s” is not known.") % known)


def _number(file: SourceFile, row: Row, column: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        known = {"column": column, "value": text[:40] or "–"}
        raise bad_row(file, row.number, _("%(column)s is no number: “%(value)s”.") % known)
    return value


def _value_on(scale: Scale, file: SourceFile, row: Row, column: str, text: str) -> float:
    value = _number(file, row, column, text)
    if not scale.least <= value <= scale.most:
        known = {"value": text, "least": f"{scale.least:g}", "most": f"{scale.most:g}"}
        reason = _("the value %(value)s lies outside its scale from %(least)s to %(most)s.")
        raise bad_row(file, row.number, reason % known)
    return value
