"""Who may agree hours, and what may be booked."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from wurzelwerk.learning_time.models import DAY_MINUTES, LONGEST_WEEK_HOURS, TimeEntry
from wurzelwerk.people.models import Person
from wurzelwerk.people.rules import may_develop_learning

KEPT_DAYS = 2 * 365


def may_agree_hours(
    person: Person, *, hours_per_week: Decimal | None, full_time_hours: Decimal, is_for_everyone: bool
) -> Verdict:
    """Say whether ``person`` may set this agreement."""
    return first_refusal(
        may_develop_learning(person),
        _may_be_hours(hours_per_week, is_for_everyone=is_for_everyone),
        ALLOWED
        if 1 <= full_time_hours <= LONGEST_WEEK_HOURS
        else refuse(_("Full time lies between 1 and 60 hours a week.")),
    )


def _may_be_hours(hours: Decimal | None, *, is_for_everyone: bool) -> Verdict:
    if hours is None and is_for_everyone:
        return refuse(_("Say how many hours a week everyone gets; 0 is an answer."))
    if hours is not None and not 0 <= hours <= LONGEST_WEEK_HOURS:
        return refuse(_("Learning time lies between 0 and 60 hours a week."))
    return ALLOWED


def may_book(*, minutes: int, spent_on: date, booked_that_day: int, today: date) -> Verdict:
    """Say whether ``minutes`` may be booked on ``spent_on``: on a day that was, and no day is longer than a day."""
    if spent_on > today:
        return refuse(_("This day lies in the future. Book learning time once you have used it."))
    if spent_on < today - timedelta(days=KEPT_DAYS):
        return refuse(_("Learning time is kept for two years; this day lies before that."))
    if minutes < 1:
        return refuse(_("Book at least one minute."))
    if booked_that_day + minutes > DAY_MINUTES:
        return refuse(_("With this, the day would have more than 24 hours."))
    return ALLOWED


def may_change_entry(person: Person, entry: TimeEntry) -> Verdict:
    """Say whether ``person`` may change, remove or restore ``entry``: only their own."""
    if entry.person_id == person.pk:
        return ALLOWED
    return refuse(_("Only the person whose time it is can do this."))


def sees_agreement_entry(person: Person) -> bool:
    """Tell whether the navigation leads ``person`` to the rule; everyone may read it from their own page."""
    return bool(may_develop_learning(person))
