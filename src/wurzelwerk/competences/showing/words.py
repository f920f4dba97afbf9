"""Levels, ages, certainty and reasons in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wurzelwerk.competences.estimating import Estimate, Reason
from wurzelwerk.competences.queries.targets import Gap
from wurzelwerk.competences.terms import level_word
from wurzelwerk.ui import formatting

DAYS_IN_WORDS = 14
WEEKS_IN_WORDS = 70
MONTHS_IN_WORDS = 730
WELL_SUPPORTED = 0.6
SUPPORTED = 0.15


def rounded(level: float | None) -> float | None:
    """Return a level to one place after the decimal mark, as it is shown everywhere."""
    return None if level is None else round(level, 1)


def figure(level: float) -> str:
    """Return a level as a figure, for instance "2.4" or "3"."""
    return formatting.number(rounded(level))


def age(day: date, today: date) -> str:
    """Return how long ago ``day`` was, in the largest unit that fits."""
    days = max(0, (today - day).days)
    if days == 0:
        return _("today")
    if days < DAYS_IN_WORDS:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < WEEKS_IN_WORDS:
        return ngettext("%(count)d week ago", "%(count)d weeks ago", days // 7) % {"count": days // 7}
    if days < MONTHS_IN_WORDS:
        months = round(days / 30.4)
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    return ngettext("%(count)d year ago", "%(count)d years ago", days // 365) % {"count": days // 365}


def certainty(estimate: Estimate) -> str:
    """Return how well a level is supported: unsecured, disputed, or by how much evidence."""
    if estimate.is_unsecured:
        return _("unsecured")
    if estimate.disagrees:
        return _("evidence disagrees")
    if estimate.weight >= WELL_SUPPORTED:
        return _("well supported")
    return _("supported") if estimate.weight >= SUPPORTED else _("little evidence")


def level_and_word(level: float) -> str:
    """Return a level with its word, for instance "2.4 · basics"."""
    return f"{figure(level)} · {level_word(level)}"


def reasons(gap: Gap) -> tuple[str, ...]:
    """Return why there is a gap, one sentence part per reason, with its figures."""
    return tuple(_reason(gap, reason) for reason in gap.reasons)


def _reason(gap: Gap, reason: Reason) -> str:
    if reason is Reason.NEVER_RATED or gap.estimate is None:
        return _("never rated so far")
    if reason is Reason.RATED_BELOW:
        known = {"level": figure(gap.estimate.level), "required": figure(gap.required)}
        return _("rated %(level)s, needed is %(required)s") % known
    if reason is Reason.TARGET_RAISED and gap.raised_from is not None:
        known = {"before": figure(gap.raised_from), "now": figure(gap.required)}
        return _("the target was raised from %(before)s to %(now)s") % known
    return _("evidence is out of date, the newest is of %(day)s") % {
        "day": formatting.date(gap.estimate.newest_on, "medium")
    }
