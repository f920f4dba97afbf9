"""What a new ad is filled with, so that it can be published at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Final

from django.db.models import Count

from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.queries import Profile, ProfileLine, get_profile
from wurzelwerk.partnerships.choices import SpokenLanguage, Teaching
from wurzelwerk.partnerships.limits import LEVEL
from wurzelwerk.partnerships.matching.times import Window
from wurzelwerk.partnerships.models import AdWant, PartnerAd
from wurzelwerk.partnerships.queries.pool import AdRow
from wurzelwerk.partnerships.queries.working_time import proposed_windows
from wurzelwerk.people.choices import Language
from wurzelwerk.people.models import Person

LEAST_OFFER: Final = 2.5
"""From this estimate on (halves round up to "independent") a competence is proposed as an offer."""
MOST_CANDIDATES: Final = 8
CHOSEN_OFFERS: Final = 3


@dataclass(frozen=True, slots=True)
class WantDraft:
    """A competence that might be wanted; levels are proposals."""

    competence: Competence
    from_level: int
    to_level: int
    is_chosen: bool
    priority: int = 2
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """A competence that might be offered; ``demand`` is how many published ads look for it."""

    competence: Competence
    level: int
    is_chosen: bool
    demand: int = 0
    teaching: str = Teaching.EXPLAIN.value


@dataclass(frozen=True, slots=True)
class AdDraft:
    """A whole ad to be looked at and published; ``is_shift`` says that the shifts alternate."""

    wants: tuple[WantDraft, ...]
    offers: tuple[OfferDraft, ...]
    windows: tuple[Window, ...]
    is_shift: bool
    languages: tuple[str, ...]


def get_draft(person: Person, *, competence: Competence | None = None, answer_to: AdRow | None = None) -> AdDraft:
    """Return what to propose: the want from the gap, offers from own strong competences, times from work.

    ``competence`` is the gap one came from; ``answer_to`` an ad that the new one is meant to fit.
    """
    profile = get_profile(person)
    wanted = {line.competence_id for line in answer_to.wants} if answer_to else set()
    offered = {line.competence_id for line in answer_to.offers} if answer_to else set()
    wants = _wants(profile, competence, offered)
    chosen = {draft.competence.pk for draft in wants if draft.is_chosen}
    offers = _offers(person, profile, wanted, without=chosen)
    windows, is_shift = proposed_windows(person)
    return AdDraft(wants, offers, windows, is_shift, _languages(person))


def want_of(line: ProfileLine | None, competence: Competence, *, is_chosen: bool) -> WantDraft:
    """Return the wish that closes a gap: from the whole level below to the one that is required."""
    known = line.estimate.level if line and line.estimate else 0.0
    gaps = [gap for gap in (line.role, line.wish) if gap] if line else []
    highest = LEVEL[1]
    from_level = min(highest - 1, floor(known))
    required = max((ceil(gap.required) for gap in gaps), default=0)
    return WantDraft(competence, from_level, min(highest, max(required, from_level + 1)), is_chosen)


def _wants(profile: Profile, competence: Competence | None, offered: Collection[int]) -> tuple[WantDraft, ...]:
    lines = {line.competence.pk: line for line in profile.lines}
    drafts: list[WantDraft] = []
    if competence is not None:
        drafts.append(want_of(lines.get(competence.pk), competence, is_chosen=True))
    for line in _by_urgency(profile, offered):
        if competence is None or line.competence.pk != competence.pk:
            is_chosen = line.competence.pk in offered or (not drafts and not offered)
            drafts.append(want_of(line, line.competence, is_chosen=is_chosen))
    return tuple(drafts[:MOST_CANDIDATES])


def _by_urgency(profile: Profile, offered: Collection[int]) -> Iterable[ProfileLine]:
    """Return the lines with an open gap: what an answered ad offers first, then the most urgent."""

    def urgency(line: ProfileLine) -> tuple[bool, float]:
        sizes = [gap.urgency for gap in (line.role, line.wish) if gap and gap.is_open]
        return line.competence.pk not in offered, -max(sizes, default=0.0)

    gaps = (line for line in profile.lines if _has_gap(line) or line.competence.pk in offered)
    return sorted(gaps, key=urgency)


def _has_gap(line: ProfileLine) -> bool:
    return any(gap is not None and (gap.size is None or gap.size > 0) for gap in (line.role, line.wish))


def _offers(
    person: Person, profile: Profile, wanted: Collection[int], *, without: Collection[int]
) -> tuple[OfferDraft, ...]:
    strong = [
        line
        for line in profile.lines
        if line.estimate
        and line.competence.pk not in without
        and (line.estimate.level >= LEAST_OFFER or line.competence.pk in wanted)
    ]
    demand = _demand(person, [line.competence.pk for line in strong])

    def order(line: ProfileLine) -> tuple[bool, bool, float]:
        level = line.estimate.level if line.estimate else 0.0
        return line.competence.pk not in wanted, not demand.get(line.competence.pk), -level

    best = sorted(strong, key=order)[:MOST_CANDIDATES]
    return tuple(
        OfferDraft(
            competence=line.competence,
            level=max(1, floor((line.estimate.level if line.estimate else 0.0) + 0.5)),
            is_chosen=line.competence.pk in wanted if wanted else place < CHOSEN_OFFERS,
            demand=demand.get(line.competence.pk, 0),
        )
        for place, line in enumerate(best)
    )


def _demand(person: Person, competences: list[int]) -> dict[int, int]:
    rows = AdWant.objects.filter(ad__in=PartnerAd.objects.findable().values("pk"), competence__in=competences)
    others = rows.exclude(ad__person=person).order_by()
    return dict(others.values_list("competence").annotate(number=Count("pk")))


def _languages(person: Person) -> tuple[str, ...]:
    if person.language == Language.ENGLISH:
        return (SpokenLanguage.GERMAN.value, SpokenLanguage.ENGLISH.value)
    return (SpokenLanguage.GERMAN.value,)
