"""The words of this room: why two people fit, what keeps them apart, when both are free."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wurzelwerk.partnerships.choices import COMMITMENTS, SpokenLanguage
from wurzelwerk.partnerships.matching import Exchange, Fit, Obstacle, needed_hours
from wurzelwerk.partnerships.matching.times import HOUR, Window
from wurzelwerk.ui import formatting

MONDAY: Final = date(2024, 1, 1)
MOST_WINDOWS: Final = 3

PART_TITLES: Final[dict[str, Promise]] = {
    "benefit": gettext_lazy("What both gain"),
    "time": gettext_lazy("Common time"),
    "engagement": gettext_lazy("Hours and commitment"),
    "context": gettext_lazy("Place and department"),
}


def clock_text(minute: int) -> str:
    """Return a time of day: 10, or 10:30."""
    hour, rest = divmod(minute, HOUR)
    return f"{hour}:{rest:02d}" if rest else str(hour)


def window_text(window: Window) -> str:
    """Return a weekly window: Di 10–11."""
    weekday, start, end = window
    name = formatting.weekday(MONDAY + timedelta(days=weekday), "short")
    return f"{name}\u00a0{clock_text(start)}–{clock_text(end)}"


def _runs(windows: Iterable[Window]) -> list[tuple[int, Window]]:
    """Return windows at the same hours of days in a row as (last day, first window), in the order of the week."""
    runs: list[tuple[int, Window]] = []
    for window in sorted(windows, key=lambda each: (each[1], each[2], each[0])):
        weekday, *hours = window
        if runs and runs[-1][0] == weekday - 1 and [*runs[-1][1][1:]] == hours:
            runs[-1] = (weekday, runs[-1][1])
        else:
            runs.append((weekday, window))
    return sorted(runs, key=lambda run: run[1])


def _run_text(last: int, window: Window) -> str:
    if last == window[0]:
        return window_text(window)
    until = formatting.weekday(MONDAY + timedelta(days=last), "short")
    first, _space, hours = window_text(window).partition("\u00a0")
    return f"{first}–{until}\u00a0{hours}"


def windows_text(windows: Iterable[Window], most: int = MOST_WINDOWS) -> str:
    """Return the first windows in words (Mo–Do 8–16, Fr 8–13), and how many more there are."""
    every = _runs(windows)
    text = ", ".join(_run_text(*run) for run in every[:most])
    rest = len(every) - most
    if rest <= 0:
        return text
    return ngettext("%(windows)s and one more", "%(windows)s and %(count)d more", rest) % {
        "windows": text,
        "count": rest,
    }


def levels_text(current: int, target: int) -> str:
    """Return the way of a wish: 2 → 3."""
    return f"{current}\u00a0→\u00a0{target}"


def gain_text(exchange: Exchange, name: str, competence: str) -> str:
    """Return what I gain from somebody, in one sentence."""
    return _("You want %(competence)s (level %(levels)s), %(name)s offers level %(level)s.") % {
        "competence": competence,
        "levels": levels_text(exchange.current, exchange.target),
        "name": name,
        "level": exchange.level,
    }


def give_text(exchange: Exchange, name: str, competence: str) -> str:
    """Return what somebody gains from me, in one sentence."""
    return _("%(name)s wants %(competence)s (level %(levels)s), you offer level %(level)s.") % {
        "competence": competence,
        "levels": levels_text(exchange.current, exchange.target),
        "name": name,
        "level": exchange.level,
    }


def common_time_text(windows: Iterable[Window]) -> str:
    """Return when both are free, in one sentence."""
    text = windows_text(windows)
    return _("You are both free: %(windows)s.") % {"windows": text} if text else _("You have no free hour in common.")


def reason_text(fit: Fit, windows: Iterable[Window], names: Mapping[int, str]) -> str:
    """Return in one sentence why two people fit: what they bring, and the first time both have."""
    learned = ", ".join(names[each.skill] for each in fit.for_one[:2])
    text = windows_text(windows, most=1).partition(" (")[0]
    if not text:
        return _("Brings what you are looking for: %(competences)s.") % {"competences": learned}
    first = next(iter(window_text(window) for window in windows))
    return _("Complements you in %(competences)s; you are both free %(window)s.") % {
        "competences": learned,
        "window": first,
    }


def commitment_text(level: int) -> str:
    """Return the sentence of a commitment."""
    return str(COMMITMENTS[level])


def languages_text(languages: Iterable[str]) -> str:
    """Return languages by name."""
    known = dict(SpokenLanguage.choices)
    return ", ".join(str(known[language]) for language in languages if language in known)


def range_text(least: int, most: int) -> str:
    """Return a range of figures: 1–2, or 2."""
    return str(least) if least == most else f"{least}–{most}"


def hours_text(least: int, most: int) -> str:
    """Return hours per week: 1–2 Std. pro Woche."""
    return _("%(hours)s\u00a0h a week") % {"hours": range_text(least, most)}


def weeks_text(least: int, most: int) -> str:
    """Return a duration in weeks: 8–12 Wochen."""
    return ngettext("%(weeks)s week", "%(weeks)s weeks", most) % {"weeks": range_text(least, most)}


def rhythm_text(weeks: int) -> str:
    """Return the time between meetings: jede Woche, alle 2 Wochen."""
    return _("every week") if weeks == 1 else _("every %(weeks)d weeks") % {"weeks": weeks}


def response_text(days: int) -> str:
    """Return how soon somebody answers."""
    return ngettext("within %(days)d working day", "within %(days)d working days", days) % {"days": days}


def place_text(*, is_on_site: bool, is_remote: bool, site: str) -> str:
    """Return where somebody can meet."""
    here = _("on site (%(site)s)") % {"site": site} if site else _("on site")
    if is_on_site and is_remote:
        return _("%(place)s or online") % {"place": here}
    return here if is_on_site else _("online")


def missing_text(fit: Fit, obstacle: Obstacle | None, name: str, wanted: str) -> str:
    """Return what is missing for two people to fit, and what would change it; None is a missing return."""
    one, other = fit.one, fit.other
    common = fit.common_hours.bit_count()
    sentences: dict[Obstacle | None, str] = {
        None: _("%(name)s is looking for %(wanted)s. If you can help with one of these, put it into your ad.")
        % {"name": name, "wanted": wanted},
        Obstacle.LANGUAGE: _("You have no language in common."),
        Obstacle.PLACE: _("You cannot meet: %(name)s works at another site, and one of you does not meet online.")
        % {"name": name},
        Obstacle.HOURS: _("%(name)s wants to give %(theirs)s, you %(yours)s.")
        % {
            "name": name,
            "theirs": hours_text(other.hours_min, other.hours_max),
            "yours": hours_text(one.hours_min, one.hours_max),
        },
        Obstacle.WEEKS: _("%(name)s has %(theirs)s in mind, you %(yours)s.")
        % {
            "name": name,
            "theirs": weeks_text(other.weeks_min, other.weeks_max),
            "yours": weeks_text(one.weeks_min, one.weeks_max),
        },
        Obstacle.COMMITMENT: _("Your commitment differs: %(name)s has “%(theirs)s” in mind.")
        % {"name": name, "theirs": commitment_text(other.commit)},
        Obstacle.TIME: _("You have no free hour in common and need %(needed)d a week. Mark more hours in your ad.")
        % {"needed": needed_hours(one, other)}
        if not common
        else ngettext(
            "You have %(common)d common free hour a week and need %(needed)d. Mark more hours in your ad.",
            "You have %(common)d common free hours a week and need %(needed)d. Mark more hours in your ad.",
            common,
        )
        % {"common": common, "needed": needed_hours(one, other)},
    }
    return sentences[obstacle]


def part_texts(fit: Fit) -> dict[str, str]:
    """Return how each part of the score comes about, in words."""
    one, other = fit.one, fit.other
    common, needed = fit.common_hours.bit_count(), needed_hours(one, other)
    same_site = _("same site") if fit.score.context in {500, 1000} and one.site == other.site else _("different sites")
    other_unit = _("different departments") if one.dept != other.dept else _("same department")
    return {
        "benefit": _("For you %(mine)d points, for the other %(theirs)d; counted is what both have of it.")
        % {"mine": fit.score.one_gains, "theirs": fit.score.other_gains},
        "time": _("%(common)d common free hours a week; twice what you need (%(needed)d) is full marks.")
        % {"common": common, "needed": needed},
        "engagement": _("Steps apart in commitment: %(commitment)d; hours a week apart: %(hours)d.")
        % {"commitment": abs(one.commit - other.commit), "hours": abs(one.hours_min - other.hours_min)},
        "context": f"{same_site}, {other_unit}",
    }


def suggested_message(name: str, theirs: Iterable[str], mine: Iterable[str], sender: str) -> str:
    """Return a message to ``name`` that can be sent as it is; ``theirs`` and ``mine`` are competences."""
    wanted, offered = ", ".join(theirs), ", ".join(mine)
    parts = [
        _("Hello %(name)s,") % {"name": name},
        _("I read that you pass on %(theirs)s. I would like to learn that.") % {"theirs": wanted} if wanted else "",
        _("In return I can help you with %(mine)s.") % {"mine": offered} if offered else "",
        _("Shall we give it a try? I am happy to meet for a first talk."),
        sender,
    ]
    return "\n\n".join(part for part in parts if part)
