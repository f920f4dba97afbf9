"""How two ads go together, in words: reasons, obstacles, common hours, and the parts of the figure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships import terms
from wurzelwerk.partnerships.matching import WEIGHTS, Ad, Fit, Obstacle
from wurzelwerk.partnerships.matching.times import Window, reference_monday, windows_of
from wurzelwerk.partnerships.models import PartnerAd, PartnerExclusion
from wurzelwerk.partnerships.queries.pool import AdRow, read_ads
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class Part:
    """One part of how a suggestion comes about; points from 0 to 1000, weight in per cent."""

    title: str
    text: str
    points: int
    weight: int


@dataclass(frozen=True, slots=True)
class FitView:
    """How somebody's ad goes with mine, as a page tells it.

    ``reason`` is one sentence; ``gains`` and ``gives`` are sentences for both directions; ``missing``
    says what keeps us apart (empty when nothing does); ``common`` are windows in my own time.
    """

    reason: str
    gains: tuple[str, ...]
    gives: tuple[str, ...]
    common: tuple[Window, ...]
    common_text: str
    missing: str
    is_possible: bool
    is_proposed: bool
    parts: tuple[Part, ...]
    total: int


def view_of(mine: AdRow, theirs: AdRow, fit: Fit) -> FitView:
    """Return ``fit`` in words, as the author of ``mine`` reads it."""
    names = {**theirs.names, **mine.names}
    common = windows_of(fit.common_hours, mine.zone, reference_monday(clock.today()))
    return FitView(
        reason=terms.reason_text(fit, common, names) if fit.for_one else "",
        gains=tuple(terms.gain_text(each, theirs.given_name, names[each.skill]) for each in fit.for_one),
        gives=tuple(terms.give_text(each, theirs.given_name, names[each.skill]) for each in fit.for_other),
        common=common,
        common_text=terms.common_time_text(common),
        missing=_missing(fit, theirs, names),
        is_possible=fit.is_possible,
        is_proposed=fit.is_proposed,
        parts=_parts(fit),
        total=fit.score.total,
    )


def fit_with(person: Person, ad: PartnerAd) -> Fit | None:
    """Return how the published ad of ``person`` goes with ``ad``; None without an own one."""
    found = pair_with(person, ad)
    return Fit(found[0].figures, found[1]) if found else None


def pair_with(person: Person, ad: PartnerAd) -> tuple[AdRow, Ad, AdRow] | None:
    """Return the own ad, the figures of ``ad`` as ``person`` may know them, and ``ad`` itself.

    A confidential wish of the other looks like "no common time": neither page nor refusal can tell.
    """
    mine = PartnerAd.objects.findable().filter(person=person, form=ad.form)
    rows = read_ads(PartnerAd.objects.filter(Q(pk=ad.pk) | Q(pk__in=mine.values("pk"))))
    own = next((row for row in rows if row.person_id == person.pk), None)
    theirs = next((row for row in rows if row.pk == ad.pk), None)
    if own is None or theirs is None:
        return None
    hidden = set(
        PartnerExclusion.objects.filter(
            Q(person=person, excluded=ad.person_id) | Q(person=ad.person_id, excluded=person)
        ).values_list("person", flat=True)
    )
    figures = _concealed(own.figures, theirs.figures, excluded_me=ad.person_id in hidden)
    if person.pk in hidden:
        figures = replace(figures, exclude=frozenset({person.pk}))
    return own, figures, theirs


def _concealed(mine: Ad, theirs: Ad, *, excluded_me: bool) -> Ad:
    avoids_me = theirs.avoid_team and mine.team == theirs.team and not mine.avoid_team
    known = replace(theirs, avoid_team=False)
    return replace(known, time=0) if excluded_me or avoids_me else known


def _missing(fit: Fit, theirs: AdRow, names: Mapping[int, str]) -> str:
    told = [obstacle for obstacle in fit.obstacles if obstacle not in _TOLD_BY_RULE]
    wanted = ", ".join(names[line.competence_id] for line in theirs.wants)
    if told:
        return terms.missing_text(fit, told[0], theirs.given_name, wanted)
    if fit.obstacles or fit.for_other:
        return ""
    return terms.missing_text(fit, None, theirs.given_name, wanted)


_TOLD_BY_RULE = frozenset({Obstacle.SAME_PERSON, Obstacle.EXCLUDED, Obstacle.MANAGER, Obstacle.SAME_TEAM})


def _parts(fit: Fit) -> tuple[Part, ...]:
    texts = terms.part_texts(fit)
    points = {
        "benefit": fit.score.benefit,
        "time": fit.score.time,
        "engagement": fit.score.engagement,
        "context": fit.score.context,
    }
    return tuple(Part(str(terms.PART_TITLES[key]), texts[key], points[key], weight) for key, weight in WEIGHTS.items())
