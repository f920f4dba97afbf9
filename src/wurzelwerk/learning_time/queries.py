"""The gauge of a month, the months before, the entries, and the agreement in force."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, DateField, Subquery, Sum, Value
from django.db.models.functions import TruncMonth

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.prepared import prepared
from wurzelwerk.learning_time.entitlement import Rule, granted_minutes, rule_on, weekly_minutes
from wurzelwerk.learning_time.models import LearningTimeAgreement, TimeEntry
from wurzelwerk.learning_time.planned_sources import planned_minutes
from wurzelwerk.people.models import Employment, Person

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Gauge:
    """Learning time of one month, in minutes; ``month`` is its first day."""

    month: date
    used_minutes: int
    agreed_minutes: int
    planned_minutes: int

    @property
    def left_minutes(self) -> int:
        """What is neither used nor planned yet; never below 0."""
        return max(0, self.agreed_minutes - self.used_minutes - self.planned_minutes)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One booking as the page lists it."""

    public_id: str
    spent_on: date
    minutes: int
    note: str
    is_from_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed for a person today: minutes a week, whether personally, and the company's rule."""

    weekly_minutes: int
    is_personal: bool
    valid_from: date | None
    working_hours: Decimal | None
    is_part_time: bool = False


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One agreement for everyone, with who agreed it."""

    hours_per_week: Decimal
    full_time_hours: Decimal
    valid_from: date
    agreed_by: str
    is_in_force: bool


def first_of_month(day: date) -> date:
    """Return the first day of the month of ``day``."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return next_month(day) - timedelta(days=1)


def next_month(day: date) -> date:
    """Return the first day of the month after that of ``day``."""
    return date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, 1)


def months_before(day: date, count: int) -> list[date]:
    """Return the first days of ``count`` months up to that of ``day``, oldest first."""
    months = [first_of_month(day)]
    while len(months) < count:
        months.insert(0, first_of_month(months[0] - timedelta(days=1)))
    return months


def get_gauge(person: Person, month: date | None = None) -> Gauge:
    """Return the gauge of ``month`` (any day of it; this month when omitted) for the person themselves.

    Two queries, and one for each source of planned time while the month is not over.
    """
    today = clock.today()
    first = first_of_month(month or today)
    last = last_of_month(first)
    rules, working_hours = _rules_of(person, last)
    used = TimeEntry.objects.on_account(person, first, last).aggregate(total=Sum("minutes"))["total"] or 0
    planned = planned_minutes(person, max(first, today), last) if last >= today else 0
    return Gauge(first, used, _granted(person, first, last, rules, working_hours), planned)


def get_account(person: Person) -> Gauge:
    """Return the gauge of this month without what is planned, for the start page.

    One query; a second one while nothing is agreed.
    """
    first = first_of_month(clock.today())
    last = last_of_month(first)
    rules, working_hours, used = _rules_in(_account(person=person.pk, first=first, last=last))
    if not rules:
        used = TimeEntry.objects.on_account(person, first, last).aggregate(total=Sum("minutes"))["total"]
    return Gauge(first, used or 0, _granted(person, first, last, rules, working_hours), 0)


@prepared(person=BigIntegerField(), first=DateField(), last=DateField())
def _account(person: Any, first: date, last: date) -> Any:
    """Return the rules that begin by ``last``, each with the minutes used since ``first``."""
    entries = TimeEntry.objects.on_account(person, first, last)
    total = entries.order_by().values("person").annotate(total=Sum("minutes")).values("total")
    return _rules_beside(Subquery(total), person, last)


def get_history(person: Person, month: date, count: int = DECEMBER) -> tuple[Gauge, ...]:
    """Return ``count`` months up to ``month``, oldest first; planned time is not part of it. Two queries."""
    months = months_before(month, count)
    last = last_of_month(months[-1])
    rules, working_hours = _rules_of(person, last)
    used = dict(
        TimeEntry.objects.on_account(person, months[0], last)
        .annotate(month=TruncMonth("spent_on"))
        .values_list("month")
        .annotate(total=Sum("minutes"))
    )
    return tuple(
        Gauge(first, used.get(first, 0), _granted(person, first, last_of_month(first), rules, working_hours), 0)
        for first in months
    )


def get_entries(person: Person, month: date) -> tuple[EntryRow, ...]:
    """Return what ``person`` booked in the month, newest day first."""
    first = first_of_month(month)
    rows = TimeEntry.objects.on_account(person, first, last_of_month(first)).order_by("-spent_on", "-pk")
    return tuple(
        EntryRow(public_id, spent_on, minutes, note, bool(origin))
        for public_id, spent_on, minutes, note, origin in rows.values_list(
            "public_id", "spent_on", "minutes", "note", "origin_kind"
        )
    )


def get_terms(person: Person, day: date) -> Terms:
    """Return what is agreed for ``person`` on ``day``; one query."""
    rules, working_hours = _rules_of(person, day)
    rule = rule_on(day, rules)
    return Terms(
        weekly_minutes=round(weekly_minutes(rule, working_hours)),
        is_personal=rule is not None and rule.is_personal,
        valid_from=rule.valid_from if rule else None,
        working_hours=working_hours,
        is_part_time=rule is not None and working_hours is not None and working_hours < rule.full_time_hours,
    )


def hours_a_week(person: Person) -> float | None:
    """Return the hours a week granted to ``person`` today; None where nothing is agreed. One query."""
    return get_terms(person, clock.today()).weekly_minutes / 60 or None


def company_rules(day: date) -> tuple[RuleRow, ...]:
    """Return the agreements for everyone, newest first; at most one is in force on ``day``."""
    rows = list(LearningTimeAgreement.objects.of_company().select_related("agreed_by").order_by("-valid_from"))
    in_force = next((row.pk for row in rows if row.valid_from <= day), None)
    return tuple(
        RuleRow(
            hours_per_week=row.hours_per_week or Decimal(0),
            full_time_hours=row.full_time_hours,
            valid_from=row.valid_from,
            agreed_by=row.agreed_by.full_name if row.agreed_by else "",
            is_in_force=row.pk == in_force,
        )
        for row in rows
    )


def find_person(viewer: Person, staff_number: str) -> Person | None:
    """Return the active person with this staff number, as the directory shows them to ``viewer``."""
    found: Person | None = (
        Person.objects.visible_to(viewer).filter(staff_number=staff_number.strip(), is_active=True).first()
    )
    return found


def _rules_of(person: Person, until: date) -> tuple[list[Rule], Decimal | None]:
    """Return the rules that begin by ``until``, and the weekly working hours (None: unknown, full time)."""
    rules, working_hours, _nothing = _rules_in(list(_rules_beside(Value(0), person, until)))
    return rules, working_hours


def _rules_beside(figure: Any, person: Any, until: date) -> Any:
    """Return the rows of rules and working hours, with one more ``figure`` in each."""
    working_hours = Employment.objects.filter(person=person).values("work_pattern__hours_per_week")
    return (
        LearningTimeAgreement.objects.holding_for(person, until)
        .annotate(working_hours=Subquery(working_hours), beside=figure)
        .values_list("valid_from", "hours_per_week", "full_time_hours", "person_id", "working_hours", "beside")
    )


def _rules_in(rows: list[tuple[Any, ...]]) -> tuple[list[Rule], Decimal | None, Any]:
    """Return rules, working hours and the figure beside them."""
    rules = [Rule(start, granted, full, owner is not None) for start, granted, full, owner, _hours, _beside in rows]
    return (rules, rows[0][4], rows[0][5]) if rows else (rules, None, None)


def _granted(person: Person, first: date, last: date, rules: list[Rule], working_hours: Decimal | None) -> int:
    """Return the minutes granted while ``person`` was employed in the month."""
    start = max(first, person.entered_on or first)
    end = min(last, person.left_on or last)
    return granted_minutes(start, end, rules, working_hours) if start <= end else 0
