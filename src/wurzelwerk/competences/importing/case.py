"""CASE packages (1EdTech Competencies and Academic Standards Exchange 1.0) as JSON: items, their tree, rubrics.

Of a package are read ``CFDocument``, ``CFItems``, ``isChildOf`` among ``CFAssociations`` and ``CFRubrics``
(field names after the public specification of CASE 1.0).
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.choices import Area, CompetenceKind, FrameworkKind
from wurzelwerk.competences.importing.content import Content, OnRows
from wurzelwerk.competences.importing.entries import Entry, read_entries, read_text
from wurzelwerk.competences.importing.rows import LONGEST, unknown_address
from wurzelwerk.competences.importing.rubrics import anchors_of
from wurzelwerk.competences.importing.sources import SourceFile
from wurzelwerk.competences.importing.staging import COMPETENCES, GROUPS, Staging, TextRow
from wurzelwerk.competences.importing.tree import edges_of, refuse_circle
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused

DOCUMENT: Final = "CFDocument"
ITEMS: Final = "CFItems"
ASSOCIATIONS: Final = "CFAssociations"
RUBRICS: Final = "CFRubrics"
OUTLINE: Final = frozenset({DOCUMENT, ITEMS, ASSOCIATIONS})
LANGUAGES: Final = {"de": "de", "deu": "de", "ger": "de", "en": "en", "eng": "en"}
# What an item says it is decides before the place it has in the tree.
KNOWLEDGE_TYPES: Final = frozenset({"knowledge", "wissen", "kenntnis", "kenntnisse"})
COMPETENCE_TYPES: Final = KNOWLEDGE_TYPES | frozenset(
    {"ability", "competence", "competency", "skill", "fertigkeit", "fähigkeit", "kompetenz"}
)
GROUP_TYPES: Final = frozenset(
    {"area", "category", "cluster", "competency area", "competency group", "domain", "group", "strand"}
    | {"bereich", "gruppe", "kategorie", "kompetenzbereich", "kompetenzfeld", "kompetenzgruppe"}
)
_NAME_LENGTH: Final = 200
_VERSION_LENGTH: Final = 40
_KEY_LENGTH: Final = 70


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """One package; a ``Source``."""

    files: Sequence[SourceFile]

    @property
    def layout(self) -> str:
        """Return its name."""
        return _("CASE package (JSON)")

    def size(self) -> int:
        """Return the size in bytes; raises ``Refused`` for a second package."""
        if len(self.files) > 1:
            names = ", ".join(file.name for file in self.files[:3])
            raise Refused(
                _("There are several CASE packages: %(names)s. Please import one at a time.") % {"names": names}
            )
        return max(1, self.files[0].size)

    def stage(self, staging: Staging, on_rows: OnRows) -> Content:
        """Read the package thrice: its outline (document, tree), the texts of its items, what rubrics say of them.

        So no more than one entry is in memory as a whole.
        """
        file, size = self.files[0], self.size()
        text = read_text(file)
        outline = _Outline(file)
        for entry in read_entries(file, text, OUTLINE):
            outline.take(entry)
            on_rows(int(size * entry.end / 2))
        outline.finish()
        staging.add_broader(outline.broader())
        edges = edges_of(staging.broader())
        refuse_circle(staging, edges)
        groups = outline.groups()
        items = read_entries(file, text, {ITEMS})
        staging.add_texts(_rows(items, outline, groups, lambda share: on_rows(int(size * (1 + share) / 2))))
        return Content(
            key=outline.key,
            texts=outline.texts(),
            language=outline.language,
            edges=edges,
            places={uri: place for place, uri in enumerate(outline.in_order()) if uri in groups},
            area_of=_area_of,
            version=outline.version,
            ended=outline.ended,
            anchors=anchors_of(read_entries(file, text, {RUBRICS}), outline.uri_of),
        )


def _area_of(_code: str) -> Area:
    """Return where competences stand whose framework does not tell: among the professional ones."""
    return Area.PROFESSIONAL


@dataclass(slots=True)
class _Item:
    """What is kept of an item while the tree is read."""

    row: int
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class _Link:
    """One item below another: by what names they are known, and its place among its siblings."""

    row: int
    place: int
    origin: Sequence[str]
    destination: Sequence[str]


@dataclass(slots=True)
class _Outline:
    """The document, the addresses of all items and their tree; everything but the texts."""

    file: SourceFile
    document: Entry | None = None
    items: dict[str, _Item] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    _name: str = ""
    _language: str = ""
    _spoken: dict[str, Entry] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _above: list[_Link] = field(default_factory=list)
    _tree: list[tuple[str, str, int, int]] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Keep what is needed of an entry."""
        if entry.section == DOCUMENT:
            self.document = entry
        elif entry.section == ITEMS:
            self._take_item(entry)
        elif entry.section == ASSOCIATIONS and entry.text("associationType") == "isChildOf":
            turn = entry.value.get("sequenceNumber")
            place = turn if isinstance(turn, int) and abs(turn) < 1 << 31 else entry.number
            origin, destination = _names(entry, "originNodeURI"), _names(entry, "destinationNodeURI")
            self._above.append(_Link(entry.row, place, origin, destination))

    def _take_item(self, entry: Entry) -> None:
        identifier, uri = entry.text("identifier"), address_of(entry)
        if not uri:
            raise entry.bad(_("identifier must not be empty."))
        if len(uri) > LONGEST:
            raise entry.bad(_("%(column)s has at most 300 characters.") % {"column": "uri"})
        for name in {identifier.casefold(), uri.casefold()} - {""}:
            if self._known.get(name):
                known = {"uri": identifier or uri, "earlier": self.items[self._known[name]].row}
                raise entry.bad(_("the address %(uri)s stands in row %(earlier)d already.") % known)
            self._known[name] = uri
        self.items[uri] = _Item(entry.row, entry.number, entry.text("CFItemType").casefold())
        if not _is_valid(entry):
            self.ended.add(uri)
        self._hear(entry)
        if self.document is None:
            self._take_home(entry)

    def _take_home(self, entry: Entry) -> None:
        """Take the document that an item names, for a package that brings none itself."""
        named = entry.value.get("CFDocumentURI")
        if isinstance(named, dict):
            self.document = entry.part("CFDocumentURI", named)

    def _hear(self, entry: Entry) -> None:
        """Take the language of an item: the first entry of each language is kept."""
        named = entry.text("language")
        if not named:
            return
        language = _language_of(entry, named)
        if language not in self._spoken:
            self._spoken[language] = entry.part("", {})

    def finish(self) -> None:
        """Check what can be said once all is known: whose package it is, its language, and where the tree leads."""
        if not self.items:
            raise Refused(_("%(name)s holds no competences: CFItems is missing or empty.") % {"name": self.file.name})
        self._name = self._own_name()
        self._language = self._agreed_language()
        for link in self._above:
            origin, destination = self._found(link.origin, link.row), self._found(link.destination, link.row)
            if origin and destination:
                self._tree.append((origin, destination, link.row, link.place))

    def _own_name(self) -> str:
        """Return what the document keeps in every version; raises ``Refused`` without it.

        Nothing else would do: files and publishers are called the same in two packages, items change between versions.
        """
        names = [self.document.text(name).casefold() for name in ("identifier", "uri")] if self.document else []
        names = [name for name in names if name]
        if not names:
            sentence = _(
                "%(name)s does not say which document it is, so that it might replace another one. "
                "Please set “identifier” or “uri” of CFDocument."
            )
            raise Refused(sentence % {"name": self.file.name})
        for name in names:
            self._known.setdefault(name, "")
        return names[0]

    def _agreed_language(self) -> str:
        named = self.document.text("language") if self.document else ""
        if self.document and named:
            agreed = _language_of(self.document, named)
        elif self._spoken:
            agreed = next(iter(self._spoken))
        else:
            raise Refused(
                _("%(name)s: no language is named. Please set “language” of CFDocument to de or en.")
                % {"name": self.file.name}
            )
        for language, entry in self._spoken.items():
            if language != agreed:
                known = {"found": language, "expected": agreed}
                raise entry.bad(
                    _("this is in “%(found)s”, the package in “%(expected)s”; a package has one language.") % known
                )
        return agreed

    def uri_of(self, entry: Entry, name: str) -> str:
        """Return the address of the item a field points to, nothing for the document; raises ``Refused``."""
        return self._found(_names(entry, name), entry.row)

    def _found(self, names: Sequence[str], row: int) -> str:
        found = next((self._known[one.casefold()] for one in names if one.casefold() in self._known), None)
        if found is None:
            raise unknown_address(self.file, row, next((one for one in names if one), ""))
        return found

    def broader(self) -> Iterator[tuple[str, str, int, str, int]]:
        """Yield the relations upwards, as the staging table takes them."""
        for uri, broader, row, place in self._tree:
            yield uri, broader, row, self.file.name, place

    def in_order(self) -> list[str]:
        """Return all addresses: by the place among their siblings, then as they stand in the file."""
        places = {uri: place for uri, _broader, _row, place in reversed(self._tree)}
        return sorted(self.items, key=lambda uri: (places.get(uri, self.items[uri].number), self.items[uri].number))

    def groups(self) -> set[str]:
        """Return the items that are groups: what they say they are, else whether others stand below them."""
        parents = {broader for _uri, broader, _row, _place in self._tree}
        return {
            uri
            for uri, item in self.items.items()
            if item.what in GROUP_TYPES or (uri in parents and item.what not in COMPETENCE_TYPES)
        }

    @property
    def language(self) -> str:
        """Return the language of the package."""
        return self._language

    @property
    def key(self) -> str:
        """Return the key of the framework: the document keeps its identifier in every version."""
        is_short = len(self._name) <= _KEY_LENGTH
        return f"case-{self._name if is_short else hashlib.sha256(self._name.encode()).hexdigest()}"

    @property
    def version(self) -> str:
        """Return the version of the document, else the day it was changed."""
        if self.document is None:
            return ""
        return (self.document.text("version") or self.document.text("lastChangeDateTime")[:10])[:_VERSION_LENGTH]

    def texts(self) -> dict[str, Any]:
        """Return the fields of the framework."""
        title = description = creator = licence = ""
        if self.document:
            title, description = self.document.text("title"), self.document.text("description")
            creator = self.document.text("publisher") or self.document.text("creator")
            link = self.document.value.get("licenseURI")
            licence = self.document.part("licenseURI", link).text("title") if isinstance(link, dict) else ""
        other = "en" if self._language == "de" else "de"
        return {
            "kind": FrameworkKind.CASE,
            f"name_{self._language}": shortened(title or self.file.name, _NAME_LENGTH),
            f"name_{other}": "",
            f"description_{self._language}": description,
            f"description_{other}": "",
            "attribution_de": _joined("Quelle", creator, "Lizenz", licence),
            "attribution_en": _joined("Source", creator, "Licence", licence),
        }


def address_of(item: Entry) -> str:
    """Return the address of an item: its URI, else its identifier as one."""
    identifier = item.text("identifier")
    return item.text("uri") or (f"urn:uuid:{identifier}" if identifier else "")


def _names(entry: Entry, name: str) -> Sequence[str]:
    """Return by what names a field may point to an item; raises ``Refused``."""
    node = entry.value.get(name)
    if isinstance(node, str):
        return (entry.as_text(name, node),)
    inner = entry.part(name, node)
    return inner.text("identifier"), inner.text("uri")


def shortened(text: str, length: int) -> str:
    """Return ``text`` in one line of at most ``length`` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rpartition(" ")[0].rstrip(" ,;:") + "…" if " " in line[:length] else line[:length]


def _rows(items: Iterator[Entry], outline: _Outline, groups: set[str], on_share: Any) -> Iterator[TextRow]:
    for item in items:
        uri, full, short = address_of(item), item.text("fullStatement"), item.text("abbreviatedStatement")
        if not full and not short:
            raise item.bad(_("fullStatement must not be empty."))
        label, code = shortened(short or full, LONGEST), item.text("humanCodingScheme")
        description = "\n\n".join(part for part in ("" if full == label else full, item.text("notes")) if part)
        on_share(item.end)
        if uri in groups:
            yield GROUPS, outline.language, uri, item.row, label, "", description, code, ""
            continue
        names = (item.text("alternativeLabel"), *item.texts("conceptKeywords"), code)
        aliases = dict.fromkeys(shortened(name, LONGEST) for name in names if name and name != label)
        is_knowledge = outline.items[uri].what in KNOWLEDGE_TYPES
        kind = CompetenceKind.KNOWLEDGE if is_knowledge else CompetenceKind.SKILL
        yield COMPETENCES, outline.language, uri, item.row, label, "\n".join(aliases), description, kind.value, ""


def _language_of(entry: Entry, named: str) -> str:
    found = LANGUAGES.get(named.replace("_", "-").partition("-")[0].casefold())
    if found is None:
        known = {"language": named[:40]}
        raise entry.bad(_("the language is “%(language)s”; only German (de) and English (en) can be taken in.") % known)
    return found


def _is_valid(item: Entry) -> bool:
    """Tell whether an item is valid today: it has begun, and its end does not lie behind."""
    today = clock.today()
    start, end = (_day(item, name) for name in ("statusStartDate", "statusEndDate"))
    return (start is None or start <= today) and (end is None or end > today)


def _day(item: Entry, name: str) -> date | None:
    text = item.text(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        known = {"name": name, "value": text[:40]}
        raise item.bad(_("“%(name)s” is no day: %(value)s. It is written 2026-12-31.") % known) from error


def _joined(first: str, creator: str, second: str, licence: str) -> str:
    parts = ((first, creator), (second, licence))
    return " ".join(f"{word}: {text}." for word, text in parts if text)
