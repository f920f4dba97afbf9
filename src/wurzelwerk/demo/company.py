"""Chapter one: the sites, units, posts and people of the demo company."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.contrib.auth.hashers import make_password

from wurzelwerk.demo.names import name_of
from wurzelwerk.demo.plan import CAST, PATTERNS, UNITS, Member, Unit
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import Employment, JobRole, OrgUnit, Person, RoleGrant, Site, WorkPattern

FIRST_NUMBER = 2000


def content(name: str) -> dict[str, Any]:
    """Return one of the content files of this room."""
    return tomllib.loads((files("wurzelwerk.demo") / "content" / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Ground:
    """What employments stand on, each by its code."""

    units: dict[str, OrgUnit]
    sites: dict[str, Site]
    patterns: dict[str, WorkPattern]
    roles: dict[str, JobRole]


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody works as, when, and for whom."""

    role: str
    pattern: str
    manager: Person | None


def build_company() -> None:
    """Create everything of this chapter in an empty installation."""
    ground = Ground(_units(), _sites(), _patterns(), _job_roles())
    leads = _leads(ground)
    for unit in UNITS:
        _staff(unit, ground, leads[unit.code])
    _duties()


def person_of(given_name: str) -> Person:
    """Return a member of the cast by given name."""
    member = next(each for each in CAST if each.given_name == given_name)
    found: Person = Person.objects.get(staff_number=member.staff_number)
    return found


def staff_of(unit_code: str) -> list[Person]:
    """Return the people of a unit, the lead last, in the order of their numbers."""
    found = Person.objects.filter(employment__unit__code=unit_code).order_by("staff_number")
    return sorted(found, key=lambda person: (person.staff_number.startswith("L-"), person.staff_number))


def _sites() -> dict[str, Site]:
    rows = [
        Site(code=each["key"], name=f"{each['name_de']}, {each['town']}", federal_state=each["state"])
        for each in content("company")["site"]
    ]
    return {site.code: site for site in Site.objects.bulk_create(rows)}


def _patterns() -> dict[str, WorkPattern]:
    rows = [
        WorkPattern(
            code=each.code,
            name_de=each.name_de,
            name_en=each.name_en,
            hours_per_week=each.hours,
            cycle_weeks=len(each.weeks),
            windows=each.windows(),
        )
        for each in PATTERNS
    ]
    return {pattern.code: pattern for pattern in WorkPattern.objects.bulk_create(rows)}


def _job_roles() -> dict[str, JobRole]:
    data = content("job_roles")
    families = {each["key"]: each["label_de"] for each in data["family"]}
    rows = [
        JobRole(code=each["key"], title_de=each["title_de"], title_en=each["title_en"], family=families[each["family"]])
        for each in data["job_role"]
    ]
    return {role.code: role for role in JobRole.objects.bulk_create(rows)}


def _units() -> dict[str, OrgUnit]:
    built: dict[str, OrgUnit] = {}
    for each in UNITS:
        parent = built.get(each.parent)
        path = f"{parent.path if parent else ''}{each.code}/"
        depth = parent.depth + 1 if parent else 0
        built[each.code] = OrgUnit.objects.create(code=each.code, name=each.name, parent=parent, path=path, depth=depth)
    return built


def _leads(ground: Ground) -> dict[str, Person]:
    """Create one lead per unit, from the top down; Clara and David lead theirs."""
    leads: dict[str, Person] = {}
    for number, unit in enumerate(UNITS):
        member = next((each for each in CAST if each.leads == unit.code), None)
        names = (member.given_name, member.family_name) if member else name_of(number + 500)
        lead = _create(member.staff_number if member else f"L-{number:04}", *names, number)
        leads[unit.code] = lead
        is_production = unit.code.startswith(("north", "south"))
        role = "production-team-lead" if is_production else unit.role or "project-lead"
        pattern = "two-shift" if is_production and unit.people else "office"
        _employ(lead, unit, ground, Post(role, pattern, leads.get(unit.parent)))
    return leads


def _staff(unit: Unit, ground: Ground, lead: Person) -> None:
    members = [each for each in CAST if each.unit == unit.code and not each.leads]
    first = FIRST_NUMBER + 100 * UNITS.index(unit)
    for number in range(unit.people - len(members)):
        person = _create(f"M-{first + number}", *name_of(first + number - FIRST_NUMBER), first + number)
        _employ(person, unit, ground, Post(unit.role, unit.patterns[number % len(unit.patterns)], lead))
    for member in members:
        person = _create(member.staff_number, member.given_name, member.family_name, first)
        _employ(person, unit, ground, Post(member.role, member.pattern, lead))


def _employ(person: Person, unit: Unit, ground: Ground, post: Post) -> None:
    Employment.objects.create(
        person=person,
        unit=ground.units[unit.code],
        site=ground.sites[unit.site],
        job_role=ground.roles[post.role],
        manager=post.manager,
        work_pattern=ground.patterns[post.pattern],
    )


def _create(staff_number: str, given_name: str, family_name: str, number: int) -> Person:
    """Create a person without a password: the demo company is entered by one click."""
    address = f"{staff_number.lower()}@moorwald.example"
    person: Person = Person.objects.create(
        staff_number=staff_number,
        given_name=given_name,
        family_name=family_name,
        email=address,
        password=make_password(None),
        entered_on=_entered_on(number),
    )
    return person


def _entered_on(number: int) -> date:
    """Return a day in the last 27 years; the same for the same number and day."""
    return clock.today() - timedelta(days=90 + (number * 977) % 9800)


def _duties() -> None:
    for member in CAST:
        if member.duty:
            _grant(member)


def _grant(member: Member) -> None:
    RoleGrant.objects.create(person=person_of(member.given_name), role=member.duty)
