"""What the pages of the catalogue, and the path planner, read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, Prefetch, Q, SmallIntegerField

from wurzelwerk.catalogue.choices import KIND_ICONS, KINDS_OF_FORMAT, Duration, Format, OpportunityKind
from wurzelwerk.catalogue.documents import SOURCE
from wurzelwerk.catalogue.models import (
    Completion,
    Enrolment,
    LearningOpportunity,
    OpportunityQuerySet,
    Outcome,
    Session,
)
from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.prepared import prepared
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.models import Person
from wurzelwerk.search.queries import find

PAGE_SIZE = 24
MOST_HITS = 200
MOST_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome as a page draws it."""

    competence_id: int
    competence_public_id: str
    label: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """An opportunity as a card or a planner needs it; lengths in minutes."""

    pk: int
    public_id: str
    kind: OpportunityKind
    title: str
    description: str
    minutes: int
    provider: str
    is_internal: bool
    site: str
    languages: tuple[str, ...]
    url: str
    outcomes: tuple[OutcomeRow, ...]

    @property
    def icon(self) -> str:
        """Return the icon of the kind."""
        return KIND_ICONS[self.kind]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for in the catalogue; empty fields do not narrow."""

    text: str = ""
    kinds: tuple[OpportunityKind, ...] = ()
    formats: tuple[Format, ...] = ()
    duration: Duration | None = None
    language: str = ""
    competence: Competence | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """A page of opportunities, and what helps when there are none."""

    page: Page[OpportunityRow]
    corrected: str | None = None
    nearest_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A date as the page draws it."""

    public_id: str
    starts_at: datetime
    ends_at: datetime
    place: str
    free_places: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class OpportunityPage:
    """Everything about one opportunity for one learner."""

    row: OpportunityRow
    task: str
    reflection: str
    sessions: tuple[SessionRow, ...] = ()
    started_at: datetime | None = None
    completed_at: datetime | None = None
    related: tuple[OpportunityRow, ...] = field(default=())


def find_opportunities(wish: Wish, *, page: int = 1) -> Findings:
    """Return one page of published opportunities that fit ``wish``; best hits first with a text."""
    rows = _narrowed(LearningOpportunity.objects.published(), wish)
    if not wish.text.strip():
        paginator = Paginator(rows.order_by("-created_at", "pk"), PAGE_SIZE)
        return Findings(page=_page_of_rows(paginator, page))
    result = find(wish.text, sources=(SOURCE,), limit=MOST_HITS)
    order = {hit.object_key: rank for rank, hit in enumerate(result.hits)}
    found = rows.filter(public_id__in=order).values_list("pk", "public_id")
    keys = [pk for pk, public_id in sorted(found, key=lambda row: order[row[1]])]
    return Findings(
        page=_page_in_order(keys, page), corrected=result.corrected, nearest_terms=tuple(result.nearest_terms)
    )


def opportunities_for(
    competence: Competence,
    *,
    from_level: int,
    to_level: int,
    kinds: Iterable[OpportunityKind] | None = None,
) -> tuple[OpportunityRow, ...]:
    """Return published opportunities whose outcome meets the way from one level to the other, shortest first."""
    rows = _leading_on(competence, from_level, to_level)
    if kinds is not None:
        rows = rows.filter(kind__in=tuple(kinds))
    return as_rows(rows)


def shortest_for(competence: int, *, from_level: int, to_level: int) -> tuple[OpportunityRow, ...]:
    """Return the three shortest opportunities for the competence with this key, without outcomes; one query."""
    rows = _shortest(competence=competence, from_level=from_level, to_level=to_level)
    return tuple(_short_row(values) for values in rows)


def _leading_on(competence: Any, from_level: Any, to_level: Any) -> OpportunityQuerySet:
    outcomes = Outcome.objects.filter(competence=competence, to_level__gt=from_level, from_level__lt=to_level)
    rows = LearningOpportunity.objects.published().filter(pk__in=outcomes.values("opportunity"))
    return rows.order_by("minutes", "pk")


@prepared(competence=BigIntegerField(), from_level=SmallIntegerField(), to_level=SmallIntegerField())
def _shortest(competence: Any, from_level: Any, to_level: Any) -> Any:
    """Return what a card shows of the shortest opportunities."""
    return _leading_on(competence, from_level, to_level).values_list(*_CARD)[:MOST_SHORTEST]


_CARD = (
    *("pk", "public_id", "kind", "title_de", "title_en", "description_de", "description_en", "minutes", "languages"),
    *("url", "site__name", "provider__name", "provider__is_internal"),
)


def _short_row(values: tuple[Any, ...]) -> OpportunityRow:
    pk, public_id, kind, title_de, title_en, text_de, text_en, *more = values
    minutes, languages, url, site, provider, is_internal = more
    return OpportunityRow(
        pk=pk,
        public_id=public_id,
        kind=OpportunityKind(kind),
        title=pick(title_de, title_en),
        description=pick(text_de, text_en),
        minutes=minutes,
        provider=provider or "",
        is_internal=provider is None or is_internal,
        site=site or "",
        languages=tuple(languages),
        url=url,
        outcomes=(),
    )


def get_opportunity(public_id: str) -> LearningOpportunity:
    """Return the opportunity of this key, also a withdrawn one; raises ``NotThere`` when there is none."""
    found = LearningOpportunity.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def get_session(public_id: str) -> Session:
    """Return the date of this key with its opportunity; raises ``NotThere`` when there is none."""
    found = Session.objects.select_related("opportunity").filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def has_begun(person: Person, opportunity: LearningOpportunity) -> bool:
    """Tell whether ``person`` has begun with ``opportunity``."""
    return Completion.objects.visible_to(person).filter(person=person, opportunity=opportunity).exists()


def get_row(opportunity: LearningOpportunity) -> OpportunityRow:
    """Return one opportunity as a row."""
    return as_rows(LearningOpportunity.objects.filter(pk=opportunity.pk))[0]


def opportunity_page(opportunity: LearningOpportunity, *, person: Person) -> OpportunityPage:
    """Return what the page of ``opportunity`` shows ``person``."""
    completion = Completion.objects.visible_to(person).filter(person=person, opportunity=opportunity).first()
    row = get_row(opportunity)
    return OpportunityPage(
        row=row,
        task=pick(opportunity.task_de, opportunity.task_en),
        reflection=pick(opportunity.reflection_de, opportunity.reflection_en),
        sessions=_sessions(opportunity, person),
        started_at=completion.started_at if completion else None,
        completed_at=completion.completed_at if completion else None,
        related=_related(row),
    )


def started_opportunities(person: Person, *, limit: int = 6) -> tuple[OpportunityRow, ...]:
    """Return what ``person`` has begun and not finished, latest first."""
    begun = Completion.objects.filter(person=person, completed_at=None).order_by("-started_at")
    keys = list(begun.values_list("opportunity", flat=True)[:limit])
    return _rows_in_order(keys)


def as_rows(queryset: OpportunityQuerySet) -> tuple[OpportunityRow, ...]:
    """Return the opportunities of ``queryset`` as rows: two queries however many there are."""
    outcomes = Prefetch("outcomes", Outcome.objects.select_related("competence").order_by("pk"))
    return tuple(_row(each, each.outcomes.all()) for each in _with_places(queryset).prefetch_related(outcomes))


def catalogue_list(*, text: str = "", order: str = "title_de") -> OpportunityQuerySet:
    """Return all opportunities for the maintenance list, narrowed by words of the title."""
    rows = LearningOpportunity.objects.select_related("provider")
    for word in text.split():
        rows = rows.filter(Q(title_de__icontains=word) | Q(title_en__icontains=word))
    return rows.order_by(order, "pk")


def outcome_values(opportunity: LearningOpportunity) -> list[dict[str, object]]:
    """Return the outcomes of ``opportunity`` as a form shows them."""
    outcomes = opportunity.outcomes.select_related("competence").order_by("pk")
    return [
        {"competence": each.competence, "from_level": each.from_level, "to_level": each.to_level} for each in outcomes
    ]


def sessions_of(opportunity: LearningOpportunity) -> tuple[Session, ...]:
    """Return the dates still to come, with the number of those enrolled and nobody's name."""
    return tuple(Session.objects.filter(opportunity=opportunity).upcoming())


def enrolled_in(session: Session) -> int:
    """Return how many have a place in a session that was read through ``upcoming``."""
    enrolled: int = getattr(session, "enrolled")  # noqa: B009 - an annotation of the queryset
    return enrolled


def competences_of_catalogue() -> tuple[tuple[str, str], ...]:
    """Return public id and label of every competence some published opportunity leads to, by label."""
    published = Outcome.objects.filter(opportunity__is_published=True).values("competence")
    rows = Competence.objects.filter(pk__in=published)
    return tuple(sorted(((each.public_id, str(each)) for each in rows), key=lambda pair: pair[1].casefold()))


def _narrowed(rows: OpportunityQuerySet, wish: Wish) -> OpportunityQuerySet:
    kinds = set(wish.kinds).union(*(KINDS_OF_FORMAT[each] for each in wish.formats))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if wish.duration is not None:
        rows = rows.lasting(wish.duration)
    if wish.language:
        # JSON lists of two-letter codes: the quotes keep "de" from matching inside another code.
        rows = rows.filter(languages__icontains=f'"{wish.language}"')
    if wish.competence is not None:
        rows = rows.leading_to(wish.competence)
    return rows


def _page_of_rows(paginator: Paginator[Any], number: int) -> Page[OpportunityRow]:
    page = paginator.get_page(number)
    rows = _rows_in_order([each.pk for each in page.object_list])
    return Page(rows, page.number, paginator)


def _page_in_order(keys: Sequence[int], number: int) -> Page[OpportunityRow]:
    paginator: Paginator[Any] = Paginator(keys, PAGE_SIZE)
    page = paginator.get_page(number)
    return Page(_rows_in_order(list(page.object_list)), page.number, paginator)


def _rows_in_order(keys: Sequence[int]) -> tuple[OpportunityRow, ...]:
    rows = {row.pk: row for row in as_rows(LearningOpportunity.objects.filter(pk__in=keys))}
    return tuple(rows[pk] for pk in keys)


def _with_places(queryset: OpportunityQuerySet) -> OpportunityQuerySet:
    return queryset.select_related("provider", "site")


def _row(opportunity: LearningOpportunity, outcomes: Iterable[Outcome]) -> OpportunityRow:
    provider = opportunity.provider
    return OpportunityRow(
        pk=opportunity.pk,
        public_id=opportunity.public_id,
        kind=OpportunityKind(opportunity.kind),
        title=str(opportunity),
        description=pick(opportunity.description_de, opportunity.description_en),
        minutes=opportunity.minutes,
        provider=provider.name if provider else "",
        is_internal=provider.is_internal if provider else True,
        site=opportunity.site.name if opportunity.site else "",
        languages=tuple(opportunity.languages),
        url=opportunity.url,
        outcomes=tuple(
            OutcomeRow(
                competence_id=each.competence_id,
                competence_public_id=each.competence.public_id,
                label=str(each.competence),
                from_level=each.from_level,
                to_level=each.to_level,
            )
            for each in outcomes
        ),
    )


def _sessions(opportunity: LearningOpportunity, person: Person) -> tuple[SessionRow, ...]:
    mine = set(
        Enrolment.objects.filter(person=person, session__opportunity=opportunity, cancelled_at=None).values_list(
            "session", flat=True
        )
    )
    return tuple(
        SessionRow(
            public_id=each.public_id,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.place,
            free_places=max(0, each.places - enrolled_in(each)),
            is_mine=each.pk in mine,
        )
        for each in Session.objects.filter(opportunity=opportunity).upcoming()
    )


def _related(row: OpportunityRow, *, limit: int = 3) -> tuple[OpportunityRow, ...]:
    competences = [outcome.competence_id for outcome in row.outcomes]
    others = LearningOpportunity.objects.published().filter(
        Q(pk__in=Outcome.objects.filter(competence__in=competences).values("opportunity"))
    )
    return as_rows(others.exclude(pk=row.pk).order_by("minutes", "pk")[:limit])
