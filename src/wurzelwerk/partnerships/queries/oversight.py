"""What managers and learning and development see of a partnership: reduced, by the scenario."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.partnerships.choices import RUNNING_PHASES, Phase, Scenario
from wurzelwerk.partnerships.models import LearningPackage, LearningPartnership, Member, TimeRequest
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import has_role, is_manager_of

PAGE_SIZE: Final = 30


@dataclass(frozen=True, slots=True)
class PackageGlance:
    """An agreed package as learning and development sees it: title, competence, dates."""

    title: str
    competence: str
    due_on: date
    is_done: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """What somebody outside sees.

    A manager who was asked for time: their own report and the phase. Learning and development: who,
    the scenario, beginning and end in a tandem, packages in a blended one. ``owners`` are the persons read of.
    """

    public_id: str
    names: tuple[str, ...]
    scenario: Scenario | None
    phase: Phase | None
    started_on: date | None
    over_on: date | None
    packages: tuple[PackageGlance, ...]
    owners: tuple[int, ...]


def get_glance(partnership: LearningPartnership, viewer: Person) -> Glance:
    """Return what ``viewer``, who may see that it exists, sees of it."""
    rows = list(
        Member.objects.filter(partnership=partnership)
        .order_by("joined_at", "pk")
        .values_list("person", "person__given_name", "person__family_name")
    )
    if has_role(viewer, Role.LEARNING_AND_DEVELOPMENT):
        return _for_development(partnership, viewer, rows)
    asked = set(
        TimeRequest.objects.filter(partnership=partnership, person__employment__manager=viewer).values_list(
            "person", flat=True
        )
    )
    own = [row for row in rows if row[0] in asked]
    return Glance(
        public_id=partnership.public_id,
        names=tuple(f"{given} {family}" for _key, given, family in own),
        scenario=None,
        phase=Phase(partnership.phase),
        started_on=None,
        over_on=None,
        packages=(),
        owners=tuple(key for key, _given, _family in own),
    )


def partnerships_at_a_glance(viewer: Person, *, page: int = 1) -> Page[Glance]:
    """Return one page of all partnerships for learning and development, latest first; four queries."""
    visible = LearningPartnership.objects.visible_to(viewer).order_by("-created_at", "-pk")
    paginator = Paginator(visible, PAGE_SIZE)
    found = paginator.get_page(page)
    rows = list(found.object_list)
    members: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    people = Member.objects.filter(partnership__in=[row.pk for row in rows]).order_by("joined_at", "pk")
    for key, person, given, family in people.values_list(
        "partnership", "person", "person__given_name", "person__family_name"
    ):
        members[key].append((person, given, family))
    return Page([_glance(row, members[row.pk], ()) for row in rows], found.number, paginator)


def _for_development(partnership: LearningPartnership, viewer: Person, rows: list[tuple[int, str, str]]) -> Glance:
    packages = LearningPackage.objects.visible_to(viewer).filter(partnership=partnership).order_by("due_on", "pk")
    columns = ("title", "competence__label_de", "competence__label_en", "due_on", "completed_at")
    found = tuple(
        PackageGlance(title, pick(label_de, label_en), due_on, completed_at is not None)
        for title, label_de, label_en, due_on, completed_at in packages.values_list(*columns)
    )
    return _glance(partnership, rows, found)


def _glance(partnership: Any, rows: Iterable[tuple[int, str, str]], packages: tuple[PackageGlance, ...]) -> Glance:
    """Return the reduced row: an informal one merely exists, a tandem has a beginning and an end."""
    everyone = tuple(rows)
    scenario = Scenario(partnership.scenario)
    has_dates = scenario is not Scenario.ON_SITE
    is_over = partnership.phase not in RUNNING_PHASES
    return Glance(
        public_id=partnership.public_id,
        names=tuple(f"{given} {family}" for _key, given, family in everyone),
        scenario=scenario,
        phase=None,
        started_on=partnership.started_on if has_dates else None,
        over_on=clock.local(partnership.over_at).date() if has_dates and is_over else None,
        packages=packages,
        owners=tuple(key for key, _given, _family in everyone),
    )


@dataclass(frozen=True, slots=True)
class TimeRequestPage:
    """A request for learning time as the manager, or the person themselves, sees it."""

    public_id: str
    name: str
    person_id: int
    weekly_minutes: int
    until: date
    due_on: date
    state: str
    answer: str
    can_answer: bool


def time_request_page(request: TimeRequest, viewer: Person) -> TimeRequestPage:
    """Return the request with whether ``viewer`` is the one to answer."""
    return TimeRequestPage(
        public_id=request.public_id,
        name=request.person.full_name,
        person_id=request.person_id,
        weekly_minutes=request.weekly_minutes,
        until=request.until,
        due_on=request.due_on,
        state=request.state,
        answer=request.answer,
        can_answer=request.answered_at is None and is_manager_of(viewer, request.person),
    )
