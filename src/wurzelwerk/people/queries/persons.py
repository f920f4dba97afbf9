"""Reads for everybody: who works here, the page about one person, one's own jobs."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import job_kinds
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import Job
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import OrgUnit, Person
from wurzelwerk.people.portrait import PortraitBlock, below_portrait, blocks_for

PAGE_SIZE: Final = 30
MOST_WORDS: Final = 4
_PLACE: Final = (
    "employment__unit__name",
    "employment__unit__public_id",
    "employment__job_role__title_de",
    "employment__job_role__title_en",
    "employment__site__name",
)


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One person in a list: the data of the directory, nothing else."""

    public_id: str
    name: str
    job_title: str
    unit: str
    unit_id: str
    site: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What one viewer sees of one person.

    ``introduction`` and ``interests`` are None where they are not shared with the viewer.
    """

    person: Person
    row: DirectoryRow
    manager: DirectoryRow | None
    roles: tuple[str, ...]
    introduction: str | None
    interests: str | None
    below_portrait: tuple[PortraitBlock, ...]
    blocks: tuple[PortraitBlock, ...]
    is_own: bool


def directory(viewer: Person, *, text: str = "", unit: OrgUnit | None = None, number: int = 1) -> Page[DirectoryRow]:
    """Return one page of the persons at work whose name or unit answers every word of ``text``.

    ``unit`` narrows to its subtree. Sorted by name.
    """
    people = Person.objects.visible_to(viewer).filter(named(text), is_active=True)
    if unit is not None:
        people = people.filter(employment__unit__path__startswith=unit.path)
    page: Page[Any] = Paginator(rows_of(people), PAGE_SIZE).get_page(number)
    page.object_list = [directory_row(row) for row in page.object_list]
    return page


def rows_of(people: QuerySet[Any, Any]) -> QuerySet[Any, dict[str, Any]]:
    """Return ``people`` by name with the values ``directory_row`` reads."""
    return people.order_by("family_name", "given_name", "pk").values(
        "public_id", "given_name", "family_name", "staff_number", "is_active", *_PLACE
    )


def directory_row(values: dict[str, Any]) -> DirectoryRow:
    """Return one row of ``rows_of`` as it is shown."""
    return DirectoryRow(
        public_id=values["public_id"],
        name=f"{values['given_name']} {values['family_name']}",
        job_title=pick(values["employment__job_role__title_de"] or "", values["employment__job_role__title_en"] or ""),
        unit=values["employment__unit__name"] or "",
        unit_id=values["employment__unit__public_id"] or "",
        site=values["employment__site__name"] or "",
    )


def named(text: str) -> Q:
    """Return the condition that name or unit answer every word of ``text``."""
    condition = Q()
    for word in text.split()[:MOST_WORDS]:
        one = Q()
        # SQLite compares umlauts by case.
        for spelling in {word, word.capitalize(), word.lower()}:
            one |= Q(given_name__istartswith=spelling) | Q(family_name__istartswith=spelling)
            one |= Q(employment__unit__name__icontains=spelling)
        condition &= one
    return condition


def get_person_page(viewer: Person, person: Person) -> PersonPage:
    """Return what ``viewer`` sees of ``person``, who was fetched as visible to them."""
    is_own = viewer.pk == person.pk
    sees_portrait = is_own or Person.objects.with_visible(Item.PORTRAIT, viewer).filter(pk=person.pk).exists()
    found = rows_of(Person.objects.visible_to(viewer).filter(Q(pk=person.pk) | Q(reports__person=person)).distinct())
    rows = {row["public_id"]: directory_row(row) for row in found}
    own_row = rows.pop(person.public_id)
    return PersonPage(
        person=person,
        row=own_row,
        manager=next(iter(rows.values()), None),
        roles=tuple(str(Role(role).label) for role in Role.values if role in person.roles),
        introduction=person.introduction if sees_portrait else None,
        interests=person.interests if sees_portrait else None,
        below_portrait=below_portrait(viewer=viewer, person=person) if sees_portrait else (),
        blocks=blocks_for(viewer=viewer, person=person),
        is_own=is_own,
    )


@dataclass(frozen=True, slots=True)
class JobView:
    """How far a job is, as the page shows it; ``remaining_seconds`` is None while it cannot be told."""

    public_id: str
    title: str
    state: str
    done: int
    total: int
    note: str
    error: str
    age_seconds: int
    remaining_seconds: int | None
    result_href: str
    is_over: bool


def job_view(job: Job) -> JobView:
    """Return ``job`` as its page shows it."""
    kind = job_kinds.get(job.kind) if job.kind in job_kinds else None
    age = max(0, int((clock.now() - job.created_at).total_seconds()))
    return JobView(
        public_id=job.public_id,
        title=str(kind.label) if kind else job.kind,
        state=job.state,
        done=job.done,
        total=job.total,
        note=job.note,
        error=job.error,
        age_seconds=age,
        remaining_seconds=round(age / job.done * (job.total - job.done)) if 0 < job.done <= job.total else None,
        result_href=kind.result_url(job) if kind and kind.result_url and job.state == JobState.DONE else "",
        is_over=job.is_over,
    )
