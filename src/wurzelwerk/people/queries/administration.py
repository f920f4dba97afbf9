"""Reads of the administration: accounts, units, sites, work patterns, jobs; never anything learned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.jobs import job_kinds
from wurzelwerk.kernel.models import Job, Schedule
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import OrgUnit, Person, RoleGrant, Site, WorkPattern
from wurzelwerk.people.queries.persons import DirectoryRow, directory_row, named, rows_of
from wurzelwerk.people.windows import bars

PAGE_SIZE: Final = 50
MOST_JOBS: Final = 100


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list: who, staff number, whether it is open, roles held."""

    person: DirectoryRow
    staff_number: str
    is_active: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role that was given: when, by whom, and when it was taken back; ``key`` names it in a form."""

    key: int
    role: str
    granted_at: datetime
    granted_by: str
    revoked_at: datetime | None
    revoked_by: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the tree: how many units lie right below it, how many people work in it alone."""

    public_id: str
    code: str
    name: str
    children: int
    people: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site and how many people work there."""

    code: str
    name: str
    time_zone: str
    federal_state: str
    people: int


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A work pattern and how many people work by it; ``weeks`` holds each week of its cycle for drawing."""

    public_id: str
    code: str
    name: str
    hours_per_week: Decimal
    weeks: tuple[list[tuple[int, int, int]], ...]
    people: int


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the administration sees it: what and how far, not whose and not with what."""

    title: str
    state: str
    done: int
    total: int
    attempts: int
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A job that starts again by itself."""

    title: str
    every_minutes: int
    next_at: datetime


def accounts(viewer: Person, *, text: str = "", state: str = "", role: str = "", number: int = 1) -> Page[AccountRow]:
    """Return one page of accounts; ``state`` is "open", "closed" or "" for all, ``role`` a key of ``Role``.

    ``text`` is sought in names, units and, as a whole, among the staff numbers.
    """
    people = Person.objects.visible_to(viewer)
    if text.strip():
        people = people.filter(named(text) | Q(staff_number__iexact=text.strip()))
    if state:
        people = people.filter(is_active=state == "open")
    if role:
        people = people.filter(pk__in=RoleGrant.objects.in_force().filter(role=role).values("person"))
    page: Page[Any] = Paginator(rows_of(people), PAGE_SIZE).get_page(number)
    rows = list(page.object_list)
    roles = _roles_of(row["public_id"] for row in rows)
    page.object_list = [
        AccountRow(directory_row(row), row["staff_number"], row["is_active"], tuple(roles.get(row["public_id"], ())))
        for row in rows
    ]
    return page


def _roles_of(public_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of the roles that these persons hold."""
    found: dict[str, list[str]] = {}
    grants = RoleGrant.objects.in_force().filter(person__public_id__in=list(public_ids)).order_by("role")
    for public_id, role in grants.values_list("person__public_id", "role"):
        found.setdefault(public_id, []).append(str(Role(role).label))
    return found


def account(viewer: Person, person: Person) -> AccountRow:
    """Return one account, fetched as visible to ``viewer``."""
    row = rows_of(Person.objects.visible_to(viewer).filter(pk=person.pk)).get()
    roles = tuple(_roles_of([person.public_id]).get(person.public_id, ()))
    return AccountRow(directory_row(row), row["staff_number"], row["is_active"], roles)


def grants_of(viewer: Person, person: Person) -> tuple[GrantRow, ...]:
    """Return the roles ``person`` holds or held, those in force first."""
    grants = RoleGrant.objects.visible_to(viewer).filter(person=person).select_related("granted_by", "revoked_by")
    rows = [
        GrantRow(
            key=grant.pk,
            role=str(Role(grant.role).label),
            granted_at=grant.granted_at,
            granted_by=grant.granted_by.full_name if grant.granted_by else "",
            revoked_at=grant.revoked_at,
            revoked_by=grant.revoked_by.full_name if grant.revoked_by else "",
        )
        for grant in grants.order_by("-granted_at")
    ]
    return tuple(sorted(rows, key=lambda row: row.revoked_at is not None))


def unit_level(parent: OrgUnit | None) -> tuple[UnitRow, ...]:
    """Return the units right below ``parent`` (the roots for None), by name."""
    units = OrgUnit.objects.filter(parent=parent).annotate(
        below=Count("children", distinct=True),
        working=Count("employments", filter=Q(employments__person__is_active=True), distinct=True),
    )
    return tuple(
        UnitRow(unit.public_id, unit.code, unit.name, unit.below, unit.working) for unit in units.order_by("name")
    )


def unit_way(unit: OrgUnit | None) -> tuple[OrgUnit, ...]:
    """Return the units from the root down to ``unit``."""
    if unit is None:
        return ()
    return tuple(OrgUnit.objects.filter(code__in=unit.path.split("/")).order_by("depth"))


def sites() -> tuple[SiteRow, ...]:
    """Return all sites by name."""
    found = Site.objects.annotate(working=Count("employments", filter=Q(employments__person__is_active=True)))
    return tuple(
        SiteRow(site.code, site.name, site.time_zone, site.federal_state, site.working)
        for site in found.order_by("name")
    )


def work_patterns() -> tuple[PatternRow, ...]:
    """Return all work patterns by code."""
    found = WorkPattern.objects.annotate(working=Count("employments", filter=Q(employments__person__is_active=True)))
    return tuple(
        PatternRow(
            public_id=one.public_id,
            code=one.code,
            name=pick(one.name_de, one.name_en),
            hours_per_week=one.hours_per_week,
            weeks=tuple(bars(one.windows, week) for week in range(one.cycle_weeks)),
            people=one.working,
        )
        for one in found.order_by("code")
    )


def work_pattern(public_id: str) -> WorkPattern:
    """Return one work pattern; raises ``NotThere``."""
    found = WorkPattern.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def latest_jobs() -> tuple[JobRow, ...]:
    """Return the latest jobs of everybody, newest first, without whose they are and what they hold."""
    rows = Job.objects.order_by("-pk").values(
        "kind", "state", "done", "total", "attempts", "created_at", "finished_at"
    )[:MOST_JOBS]
    return tuple(
        JobRow(
            title=_title(row["kind"]),
            state=row["state"],
            done=row["done"],
            total=row["total"],
            attempts=row["attempts"],
            created_at=row["created_at"],
            finished_at=row["finished_at"],
        )
        for row in rows
    )


def schedules() -> tuple[ScheduleRow, ...]:
    """Return what starts again by itself, soonest first."""
    return tuple(
        ScheduleRow(_title(one.kind), one.every_minutes, one.next_at) for one in Schedule.objects.order_by("next_at")
    )


def _title(kind: str) -> str:
    return str(job_kinds.get(kind).label) if kind in job_kinds else kind
