"""Reads of one's own statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.models import Statement
from wurzelwerk.lrs.naming import competence_names
from wurzelwerk.people.models import Person

PAGE_SIZE: Final = 50

VERB_ICONS: Final[dict[Verb, str]] = {
    Verb.STARTED: "play",
    Verb.COMPLETED: "check",
    Verb.PLANNED: "calendar-plus",
    Verb.ASSESSED: "target",
    Verb.WROTE: "notebook-pen",
    Verb.REFLECTED: "lightbulb",
    Verb.PRACTISED: "repeat",
    Verb.APPLIED: "wrench",
    Verb.PUBLISHED: "send",
    Verb.REQUESTED: "hand-heart",
    Verb.ACCEPTED: "thumbs-up",
    Verb.DECLINED: "circle-x",
    Verb.SIGNED: "handshake",
    Verb.MET: "users-round",
    Verb.TAUGHT: "message-circle",
    Verb.CLOSED: "flag",
    Verb.SHARED: "share-2",
    Verb.WITHDREW: "undo-2",
    Verb.ADVANCED: "sprout",
    Verb.EARNED: "award",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which statements somebody wants to see; empty means all."""

    verb: Verb | None = None
    competence: str = ""
    month: date | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is filtered."""
        return self.verb is None and not self.competence and self.month is None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as the page shows it."""

    occurred_at: datetime
    verb: Verb
    icon: str
    name: str
    minutes: int | None
    competence: str


@dataclass(frozen=True, slots=True)
class MonthRows:
    """The statements of one month (its first day), newest first."""

    month: date
    rows: tuple[StatementRow, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A value to filter by, with how many statements have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Options:
    """What somebody can filter by: only what their own statements hold."""

    verbs: tuple[Option, ...]
    competences: tuple[Option, ...]
    months: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of statements, by month."""

    page: Page[Any]
    months: tuple[MonthRows, ...]


def own_statements(person: Person, wish: Wish, page_number: int = 1) -> Listing:
    """Return one page of the statements of ``person``, newest first: three queries."""
    found = _wanted(person, wish).order_by("-occurred_at", "-stored_at").values(*_COLUMNS)
    page = Paginator(found, PAGE_SIZE).get_page(page_number)
    rows = list(page.object_list)
    names = competence_names({row["competence_key"] for row in rows} - {""})
    return Listing(page, tuple(_by_month([_row(row, names) for row in rows])))


def get_options(person: Person) -> Options:
    """Return what ``person`` can filter by, most frequent first; three queries."""
    mine = Statement.objects.visible_to(person)
    verbs = mine.order_by().values_list("verb").annotate(number=Count("*")).order_by("-number")
    keys = dict(mine.exclude(competence_key="").order_by().values_list("competence_key").annotate(number=Count("*")))
    months = mine.annotate(month=TruncMonth("occurred_at")).order_by().values_list("month")
    names = competence_names(keys)
    return Options(
        verbs=tuple(Option(verb, str(Verb(verb).label), number) for verb, number in verbs),
        competences=tuple(
            sorted(
                (Option(key, names[key], number) for key, number in keys.items() if key in names),
                key=lambda option: option.label.casefold(),
            )
        ),
        months=tuple((month.date(), number) for month, number in months.annotate(number=Count("*")).order_by("-month")),
    )


def exported(person: Person) -> Iterator[dict[str, Any]]:
    """Yield every statement of ``person`` in the shape of xAPI, oldest first, without holding them all."""
    rows = Statement.objects.visible_to(person).order_by("occurred_at", "stored_at")
    return rows.values_list("statement", flat=True).iterator(chunk_size=500)


_COLUMNS: Final = ("occurred_at", "verb", "object_name", "object_name_en", "minutes", "competence_key")


def _wanted(person: Person, wish: Wish) -> Any:
    found = Statement.objects.visible_to(person)
    if wish.verb is not None:
        found = found.with_verb(wish.verb)
    if wish.competence:
        found = found.about_competence(wish.competence)
    if wish.month is not None:
        found = found.in_month(wish.month)
    return found


def _row(row: dict[str, Any], names: dict[str, str]) -> StatementRow:
    verb = Verb(row["verb"])
    name = pick(row["object_name"], row["object_name_en"])
    competence = names.get(row["competence_key"], "")
    return StatementRow(
        occurred_at=row["occurred_at"],
        verb=verb,
        icon=VERB_ICONS[verb],
        name=name,
        minutes=row["minutes"],
        competence="" if competence == name else competence,
    )


def _by_month(rows: list[StatementRow]) -> Iterator[MonthRows]:
    months: dict[date, list[StatementRow]] = {}
    for row in rows:
        months.setdefault(timezone.localtime(row.occurred_at).date().replace(day=1), []).append(row)
    for month, members in months.items():
        yield MonthRows(month, tuple(members))
