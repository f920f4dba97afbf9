"""Reads of the journal: one's own, and what others have opened to somebody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from wurzelwerk.competences.models import Competence, Evidence, ProfileCompetence, TargetRequirement
from wurzelwerk.journal.finding import Piece, answers, folded_words, pieces, plain, shortened
from wurzelwerk.journal.models import BASKET_DAYS, EntryCompetence, EntryVersion, JournalEntry, Passage
from wurzelwerk.journal.sealing import SealBrokenError
from wurzelwerk.journal.texts import Content, key_ring, open_entries, open_passage
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import Share

SEARCHED_ENTRIES: Final = 2_000
NEAR_COMPETENCES: Final = 40
TITLE_LENGTH: Final = 70


@dataclass(frozen=True, slots=True, repr=False)
class EntryRow:
    """An entry in a list, opened for its owner; ``opens`` is false where the seal is broken.

    ``competences`` are names, ``hits`` the part of the text that answers a search.
    """

    public_id: str
    written_on: date
    title: str
    excerpt: str
    opens: bool
    competences: tuple[str, ...] = ()
    is_shared: bool = False
    passages: int = 0
    deleted_at: datetime | None = None
    hits: tuple[Piece, ...] = ()

    @property
    def gone_on(self) -> date | None:
        """The day on which a deleted entry is gone for good."""
        return (self.deleted_at + timedelta(days=BASKET_DAYS)).date() if self.deleted_at else None


@dataclass(frozen=True, slots=True)
class MonthDots:
    """A month (its first day) with the number of its entries."""

    month: date
    count: int


@dataclass(frozen=True, slots=True, repr=False)
class SearchResult:
    """What was found; ``is_cut`` when only the newest entries were searched."""

    text: str
    rows: tuple[EntryRow, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True, repr=False)
class PassageRow:
    """A passage that became evidence."""

    public_id: str
    text: str
    competence: str
    competence_key: str
    level: int
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class ShareRow:
    """To whom an entry is open, and until when."""

    public_id: str
    name: str
    audience: Audience
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An earlier version of an entry."""

    number: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SharedRow:
    """An entry that somebody opened to the viewer; no word of it."""

    public_id: str
    written_on: date
    owner: str
    owner_key: str


@dataclass(frozen=True, slots=True, repr=False)
class EntryDetails:
    """What an entry's owner sees beside its text; ``tags`` are names by competence key."""

    tags: tuple[tuple[str, str], ...]
    passages: tuple[PassageRow, ...] = ()
    shares: tuple[ShareRow, ...] = ()
    versions: tuple[VersionRow, ...] = field(default=())


def month_dots(person: Person) -> tuple[MonthDots, ...]:
    """Return the months in which ``person`` wrote, newest first; one query."""
    rows = (
        JournalEntry.objects.kept()
        .filter(person=person)
        .annotate(month=TruncMonth("written_on"))
        .order_by()
        .values_list("month")
        .annotate(number=Count("*"))
        .order_by("-month")
    )
    return tuple(MonthDots(month, number) for month, number in rows)


def entries_of_month(person: Person, month: date) -> tuple[EntryRow, ...]:
    """Return the entries of a month, newest day first, opened; two queries."""
    mine = JournalEntry.objects.kept().filter(person=person)
    return _rows(mine.filter(written_on__year=month.year, written_on__month=month.month))


def recent_entries(person: Person, limit: int) -> tuple[EntryRow, ...]:
    """Return the newest entries, opened; two queries."""
    return _rows(JournalEntry.objects.kept().filter(person=person), limit)


def basket(person: Person) -> tuple[EntryRow, ...]:
    """Return what ``person`` has deleted and can still restore, newest deletion first; two queries."""
    return _rows(JournalEntry.objects.in_basket().filter(person=person), order=("-deleted_at", "-pk"))


def count_in_basket(person: Person) -> int:
    """Return how many entries lie in the basket."""
    return int(JournalEntry.objects.in_basket().filter(person=person).count())


def search(person: Person, typed: str) -> SearchResult:
    """Search one's own entries for words, opening them in memory alone; two queries.

    At most the newest 2,000 entries are searched. Nothing of it is stored or logged.
    """
    wanted = folded_words(typed)
    if not wanted:
        return SearchResult(typed, (), is_cut=False)
    mine = JournalEntry.objects.kept().filter(person=person).order_by("-written_on", "-pk")
    newest = list(mine[: SEARCHED_ENTRIES + 1])
    opened = open_entries(newest[:SEARCHED_ENTRIES])
    found = {
        entry.pk: (content, plain(content.body))
        for entry, content in opened
        if content is not None and answers(f"{content.title} {content.body} {content.prompt}", wanted)
    }
    tags = _tags(found)
    rows = tuple(
        _row(entry, found[entry.pk][0], tags=tags, hits=pieces(found[entry.pk][1], wanted))
        for entry, _content in opened
        if entry.pk in found
    )
    return SearchResult(typed, rows, is_cut=len(newest) > SEARCHED_ENTRIES)


def entry_details(entry: JournalEntry, *, is_own: bool) -> EntryDetails:
    """Return what stands beside an entry: four queries for its owner, one for a reader."""
    tags = tuple(sorted(((key, name) for key, name in _tags_of(entry)), key=lambda tag: tag[1].casefold()))
    if not is_own:
        return EntryDetails(tags)
    return EntryDetails(tags, _passages(entry), _shares(entry), version_rows(entry))


def version_rows(entry: JournalEntry) -> tuple[VersionRow, ...]:
    """Return the earlier versions of an entry, newest first."""
    rows = EntryVersion.objects.filter(entry=entry).order_by("-number")
    return tuple(VersionRow(number, saved_at) for number, saved_at in rows.values_list("number", "saved_at"))


def near_competences(person: Person, *, entry: JournalEntry | None = None) -> tuple[Competence, ...]:
    """Return the competences ``person`` has to do with: tagged, known, chosen or asked for by their role; one query."""
    known = Evidence.objects.filter(person=person, withdrawn_at=None).values("competence")
    chosen = ProfileCompetence.objects.filter(person=person).values("competence")
    asked = TargetRequirement.objects.filter(profile__job_role__employments__person=person).values("competence")
    near = Q(pk__in=known) | Q(pk__in=chosen) | Q(pk__in=asked)
    tagged = Q(pk__in=entry.tags.values("competence")) if entry is not None else Q(pk__in=())
    found = Competence.objects.filter((near & Q(retired_at=None)) | tagged)
    return tuple(sorted(found[:NEAR_COMPETENCES], key=lambda one: str(one).casefold()))


def shared_with(viewer: Person, owner: Person | None = None) -> tuple[SharedRow, ...]:
    """Return the entries of others (or of ``owner``) that ``viewer`` may read, newest first; one query."""
    found = JournalEntry.objects.visible_to(viewer).exclude(person=viewer)
    if owner is not None:
        found = found.filter(person=owner)
    rows = found.order_by("-written_on", "-pk").values_list(
        "public_id", "written_on", "person__given_name", "person__family_name", "person__public_id"
    )
    return tuple(SharedRow(key, day, f"{given} {family}", owner_key) for key, day, given, family, owner_key in rows)


def all_entries(person: Person) -> Iterator[tuple[JournalEntry, Content | None]]:
    """Yield every entry of ``person``, oldest first, opened one after the other."""
    mine = JournalEntry.objects.kept().filter(person=person).order_by("written_on", "pk")
    for entry in mine.prefetch_related("competences").iterator(chunk_size=100):
        yield from open_entries([entry])


def unreadable_count() -> int:
    """Return how many entries were sealed with a key that is not in the key file."""
    return int(JournalEntry.objects.exclude(key_id__in=key_ring().known_ids).count())


def is_taken(public_id: str) -> bool:
    """Tell whether an entry of anybody has this name."""
    return bool(JournalEntry.objects.filter(public_id=public_id).exists())


def _rows(
    entries: Any, limit: int | None = None, order: tuple[str, ...] = ("-written_on", "-pk")
) -> tuple[EntryRow, ...]:
    in_force = Share.objects.in_force().filter(
        owner=OuterRef("person"), item=Item.JOURNAL, object_key=OuterRef("public_id")
    )
    marked = Passage.objects.in_force().filter(entry=OuterRef("pk"))
    annotated = entries.annotate(shared=Exists(in_force), marked=Exists(marked)).order_by(*order)
    opened = open_entries(annotated if limit is None else annotated[:limit])
    tags = _tags(entry.pk for entry, _content in opened)
    return tuple(_row(entry, content, tags=tags) for entry, content in opened)


def _row(
    entry: JournalEntry, content: Content | None, *, tags: dict[int, list[str]], hits: tuple[Piece, ...] = ()
) -> EntryRow:
    text = plain(content.body) if content else ""
    title = content.title if content else ""
    rest = text
    if not title:
        title = shortened(text, TITLE_LENGTH)
        rest = text.removeprefix(title.removesuffix(" …")).strip(" ,;:.–") if title != text else ""
    return EntryRow(
        public_id=entry.public_id,
        written_on=entry.written_on,
        title=title,
        excerpt=shortened(rest),
        opens=content is not None,
        competences=tuple(tags.get(entry.pk, ())),
        is_shared=bool(getattr(entry, "shared", False)),
        passages=int(getattr(entry, "marked", False)),
        deleted_at=entry.deleted_at,
        hits=hits,
    )


def _tags(entries: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the competences of each entry; one query."""
    through = EntryCompetence.objects.filter(entry__in=list(entries)).select_related("competence")
    found: dict[int, list[str]] = {}
    for tag in through:
        found.setdefault(tag.entry_id, []).append(str(tag.competence))
    return {key: sorted(names, key=str.casefold) for key, names in found.items()}


def _tags_of(entry: JournalEntry) -> Iterator[tuple[str, str]]:
    for tag in entry.tags.select_related("competence"):
        yield tag.competence.public_id, str(tag.competence)


def _passages(entry: JournalEntry) -> tuple[PassageRow, ...]:
    keys = key_ring()
    rows = Passage.objects.in_force().filter(entry=entry).select_related("competence").order_by("marked_at")
    return tuple(
        PassageRow(
            public_id=passage.public_id,
            text=_passage_text(passage, keys),
            competence=str(passage.competence),
            competence_key=passage.competence.public_id,
            level=passage.level,
            marked_at=passage.marked_at,
        )
        for passage in rows
    )


def _passage_text(passage: Passage, keys: Any) -> str:
    try:
        return open_passage(passage, keys)
    except SealBrokenError:
        return ""


def _shares(entry: JournalEntry) -> tuple[ShareRow, ...]:
    rows = Share.objects.in_force().filter(owner=entry.person_id, item=Item.JOURNAL, object_key=entry.public_id)
    return tuple(
        ShareRow(
            public_id=share.public_id,
            name=share.recipient.full_name if share.recipient else str(Audience(share.audience).label),
            audience=Audience(share.audience),
            expires_at=share.expires_at,
        )
        for share in rows.select_related("recipient").order_by("created_at")
    )
