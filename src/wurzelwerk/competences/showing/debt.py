"""The page on the learning debt: what is owed, why, how it came about, and what would change it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wurzelwerk.competences.debt import (
    Account,
    Added,
    Debt,
    Entry,
    Period,
    Position,
    Reason,
    Repayment,
    added_by_target,
    repayment,
)
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import DebtStatement, Quarter
from wurzelwerk.competences.showing import words
from wurzelwerk.competences.showing.profile import competence_href
from wurzelwerk.ui import formatting

MOST_ENTRIES: Final = 40
FINE_BELOW: Final = 10
SHOWN_FROM: Final = 0.1
"""Hours below this stand in the sums and are no line of their own."""
DEFAULT_HOURS: Final = 2.0

ACCOUNT_NAMES: Final = {
    Account.DRIFT: gettext_lazy("The role needs more"),
    Account.FORGETTING: gettext_lazy("Unused and fading"),
    Account.MOVES: gettext_lazy("Another role"),
    Account.MEASURING: gettext_lazy("Assessed anew"),
    Account.RECALIBRATION: gettext_lazy("Reckoned anew"),
    Account.PAID: gettext_lazy("Paid off by learning"),
}
REASONS: Final = {
    Reason.TARGET_ADDED: gettext_lazy("The role asks for level %(required_after)s now; before it did not ask for it."),
    Reason.TARGET_CHANGED: gettext_lazy(
        "The role asks for level %(required_after)s; before it was %(required_before)s."
    ),
    Reason.TARGET_REMOVED: gettext_lazy("The role does not ask for it any more."),
    Reason.FORGOTTEN: gettext_lazy("Unused it fades: from %(level_before)s to %(level_after)s since the last entry."),
    Reason.ROLE_TAKEN: gettext_lazy("The role asks for level %(required_after)s."),
    Reason.ROLE_LEFT: gettext_lazy("The role does not ask for it."),
    Reason.FIRST_EVIDENCE: gettext_lazy("First evidence: level %(level_after)s. It was owed before, only unknown."),
    Reason.MEASURED_AGAIN: gettext_lazy("New evidence: level %(level_after)s; before it was %(level_before)s."),
    Reason.EVIDENCE_GONE: gettext_lazy("No evidence is left."),
    Reason.LEARNED: gettext_lazy("Learned and confirmed: from %(level_before)s to %(level_after)s."),
    Reason.RECALIBRATED: gettext_lazy("Levels cost other hours than was thought."),
}


@dataclass(frozen=True, slots=True)
class DebtLine:
    """What one competence owes: hours in words, the level as it has faded, and the target."""

    name: str
    href: str
    hours: str
    level: str
    target: str
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class AccountFigure:
    """One account of a quarter, its hours with their sign."""

    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """A quarter in words; rates are empty where they have no meaning."""

    name: str
    start: str
    end: str
    accounts: tuple[AccountFigure, ...]
    interest: str
    repayment_rate: str
    time_left: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of the ledger."""

    day: date
    competence: str
    href: str
    account: str
    hours: str
    sentence: str
    rule_version: int


@dataclass(frozen=True, slots=True)
class DebtPage:
    """All that the page shows; texts are ready to be read. ``is_known``: anything that the role needs was rated."""

    title: str
    is_known: bool
    owed: str
    range: str
    unknown: int
    unknown_hours: str
    reach: str
    lines: tuple[DebtLine, ...]
    quarters: tuple[QuarterFigures, ...]
    entries: tuple[EntryLine, ...]
    more_entries: int


def debt_page(statement: DebtStatement, granted: float | None) -> DebtPage:
    """Return what to show of ``statement``; ``granted`` are hours a week."""
    debt = statement.debt
    asked = [one for one in statement.positions if one.required > 0]
    entries = [one for one in statement.entries if abs(one.hours) >= SHOWN_FROM]
    return DebtPage(
        title=statement.title,
        is_known=any(one.known for one in asked),
        owed=hours(debt.hours),
        range=range_of(debt),
        unknown=debt.unknown,
        unknown_hours=hours(debt.unknown_hours),
        reach=_reach(debt, granted),
        lines=tuple(_line(one, statement) for one in sorted(asked, key=lambda one: _rank(one, statement.today))),
        quarters=tuple(_quarter(one) for one in reversed(statement.quarters) if _is_worth_showing(one, statement)),
        entries=tuple(_entry(one) for one in entries[:MOST_ENTRIES]),
        more_entries=max(0, len(entries) - MOST_ENTRIES),
    )


def hours(value: float) -> str:
    """Return hours as one says them: whole from ten on, halves below."""
    rounded = round(value) if abs(value) >= FINE_BELOW else round(value * 2) / 2
    return _("%(hours)s h") % {"hours": formatting.number(rounded)}


def range_of(debt: Debt) -> str:
    """Return the range that holds 80 %."""
    return _("%(low)s to %(high)s") % {"low": formatting.number(round(debt.low)), "high": hours(debt.high)}


def repayment_words(found: Repayment) -> str:
    """Return when the debt would be paid."""
    if found.paid_on is None:
        return _("not within three years; %(left)s would be left") % {"left": hours(found.left)}
    if found.weeks == 0:
        return _("nothing is owed")
    month = formatting.month(found.paid_on)
    return _("paid off in %(month)s") % {"month": month}


def what_if_hours(
    statement: DebtStatement, per_week: float, competence: Competence | None
) -> tuple[tuple[str, str], ...]:
    """Return what ``per_week`` hours of learning a week lead to: spent on everything, and on one competence alone.

    That is the one named, or else the one that owes most.
    """
    today = statement.today
    owing = [one for one in statement.positions if one.hours_on(today) >= SHOWN_FROM]
    named = [one for one in statement.positions if one.competence == competence]
    single = named or sorted(owing, key=lambda one: -one.hours_on(today))[:1]
    known = [one for one in statement.positions if one.known and one.required > 0]
    everything = repayment_words(repayment(known, per_week, today)) if known else _("not known yet")
    alone = ((str(one.competence), _repaid_alone(one, per_week, today)) for one in single)
    return ((_("Everything known"), everything), *alone)


def _repaid_alone(position: Position[Competence], per_week: float, today: date) -> str:
    if position.known is None:
        return _("not known yet")
    return repayment_words(repayment([position], per_week, today))


def what_if_target(statement: DebtStatement, competence: Competence, level: float) -> str:
    """Return what a target of ``level`` in ``competence`` adds."""
    positions = {one.competence: one for one in statement.positions}
    added: Added = added_by_target(positions, competence, level, statement.today)
    if added.unknown_hours:
        return _("0 to %(hours)s more, since nothing is known of it yet") % {"hours": hours(added.unknown_hours)}
    if abs(added.hours) < SHOWN_FROM:
        return _("nothing changes")
    text = _("%(hours)s more") if added.hours > 0 else _("%(hours)s less")
    return text % {"hours": hours(abs(added.hours))}


def _reach(debt: Debt, granted: float | None) -> str:
    weeks = debt.reach_weeks(granted) if granted else None
    if weeks is None or granted is None:
        return ""
    figures = {"weeks": formatting.number(round(weeks)), "hours": formatting.number(round(granted, 1))}
    return _("%(weeks)s weeks with the %(hours)s h a week you are granted") % figures


def _rank(position: Position[Competence], today: date) -> tuple[bool, float, str]:
    return position.known is None, -position.hours_on(today) - position.unknown_hours, str(position.competence)


def _line(position: Position[Competence], statement: DebtStatement) -> DebtLine:
    level = position.level_on(statement.today)
    owed = position.hours_on(statement.today)
    return DebtLine(
        name=str(position.competence),
        href=competence_href(position.competence),
        hours=_("0 to %(hours)s") % {"hours": hours(position.unknown_hours)} if level is None else hours(owed),
        level=formatting.number(round(level, 2)) if level is not None else "–",
        target=words.figure(position.required),
        is_unknown=level is None,
    )


def _is_worth_showing(quarter: Quarter, statement: DebtStatement) -> bool:
    """Tell whether there was anything in a quarter; the current one always stands there."""
    is_current = quarter is statement.quarters[-1]
    return is_current or quarter.period.start > 0 or quarter.period.end > SHOWN_FROM


def _quarter(quarter: Quarter) -> QuarterFigures:
    period = quarter.period
    amounts = {
        Account.DRIFT: period.drift,
        Account.FORGETTING: period.forgotten,
        Account.MOVES: period.moved,
        Account.MEASURING: period.measured,
        Account.RECALIBRATION: period.recalibrated,
        Account.PAID: period.paid,
    }
    return QuarterFigures(
        name=_("quarter %(number)s of %(year)s")
        % {"number": quarter.starts_on.month // 3 + 1, "year": quarter.starts_on.year},
        start=hours(period.start),
        end=hours(period.end),
        accounts=tuple(
            AccountFigure(str(ACCOUNT_NAMES[account]), signed(account.sign * amount))
            for account, amount in amounts.items()
            if abs(amount) >= SHOWN_FROM
        ),
        interest=formatting.percent(period.interest) if period.interest else "",
        repayment_rate=formatting.percent(period.repayment_rate) if period.repayment_rate is not None else "",
        time_left=_time_left(period),
    )


def _time_left(period: Period) -> str:
    left = period.quarters_left
    if left is None:
        return _("it grows") if period.grown - period.paid > SHOWN_FROM else ""
    return _("%(quarters)s quarters") % {"quarters": formatting.number(round(left, 1))} if left else ""


def signed(value: float) -> str:
    """Return hours with their sign."""
    return f"{'−' if value < 0 else '+'}{hours(abs(value))}"


def _entry(entry: Entry[Competence]) -> EntryLine:
    levels = {
        "level_before": entry.level_before,
        "level_after": entry.level_after,
        "required_before": entry.required_before,
        "required_after": entry.required_after,
    }
    figures = {name: "–" if level is None else formatting.number(round(level, 2)) for name, level in levels.items()}
    return EntryLine(
        day=entry.day,
        competence=str(entry.competence),
        href=competence_href(entry.competence),
        account=str(ACCOUNT_NAMES[entry.account]),
        hours=signed(entry.change),
        sentence=str(REASONS[entry.reason]) % figures,
        rule_version=entry.rule_version,
    )
