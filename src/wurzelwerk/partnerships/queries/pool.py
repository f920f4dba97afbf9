"""Reading ads into figures for matching and into lines for pages: two queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.late import Keys
from wurzelwerk.kernel.prepared import prepared, prepared_for_viewer
from wurzelwerk.partnerships import terms
from wurzelwerk.partnerships.choices import (
    PRIORITIES,
    SCENARIO_TEXTS,
    AdState,
    Form,
    Scenario,
    SpokenLanguage,
    Teaching,
)
from wurzelwerk.partnerships.matching import NOBODY, Ad, Mode, Offer, Want
from wurzelwerk.partnerships.matching.times import Window, hours_of, reference_monday
from wurzelwerk.partnerships.models import AdOffer, AdWant, PartnerAd, PartnerExclusion, PartnershipRequest
from wurzelwerk.people.models import Person

MOST_ADS: Final = 3000
"""One person is matched with at most so many ads, the latest first."""
DEPARTMENT_DEPTH: Final = 2


@dataclass(frozen=True, slots=True)
class OfferLine:
    """What an ad offers, as a page shows it."""

    competence_id: int
    competence_key: str
    name: str
    level: int
    teaching: str

    @property
    def teaching_label(self) -> str:
        """Return the way of passing it on in words."""
        return str(Teaching(self.teaching).label)


@dataclass(frozen=True, slots=True)
class WantLine:
    """What an ad wants, as a page shows it."""

    competence_id: int
    competence_key: str
    name: str
    from_level: int
    to_level: int
    due_on: date | None
    priority: int

    @property
    def levels(self) -> str:
        """Return the way: 2 → 3."""
        return terms.levels_text(self.from_level, self.to_level)

    @property
    def priority_label(self) -> str:
        """Return how important it is, in words."""
        return str(PRIORITIES[self.priority])


@dataclass(frozen=True, slots=True)
class AdRow:
    """An ad with its author; ``windows`` are for the author alone, others see what they have in common."""

    pk: int
    public_id: str
    person_id: int
    person_key: str
    given_name: str
    name: str
    job_title: str
    unit: str
    site: str
    zone: str
    state: str
    form: str
    scenario: str
    windows: tuple[Window, ...]
    hours_min: int
    hours_max: int
    weeks_min: int
    weeks_max: int
    rhythm_weeks: int
    commitment: int
    response_days: int
    languages: tuple[str, ...]
    is_on_site: bool
    is_remote: bool
    note: str
    expires_on: date
    offers: tuple[OfferLine, ...]
    wants: tuple[WantLine, ...]
    figures: Ad

    @property
    def names(self) -> dict[int, str]:
        """Return the names of all competences in it."""
        lines: tuple[OfferLine | WantLine, ...] = (*self.offers, *self.wants)
        return {line.competence_id: line.name for line in lines}

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """Return hours, duration, rhythm, place and the like as (name, text), for a list of terms."""
        return (
            (_("How"), f"{self.scenario_label}: {SCENARIO_TEXTS[self.scenario]}"),
            (_("Time"), f"{self.hours_text}, {terms.rhythm_text(self.rhythm_weeks)}"),
            (_("Duration"), terms.weeks_text(self.weeks_min, self.weeks_max)),
            (_("Commitment"), terms.commitment_text(self.commitment)),
            (_("Answers"), terms.response_text(self.response_days)),
            (_("Place"), self.place_text),
            (_("Languages"), self.languages_text),
        )

    @property
    def hours_text(self) -> str:
        """Return the hours a week."""
        return terms.hours_text(self.hours_min, self.hours_max)

    @property
    def languages_text(self) -> str:
        """Return the languages by name."""
        return terms.languages_text(self.languages)

    @property
    def place_text(self) -> str:
        """Return where one can meet."""
        return terms.place_text(is_on_site=self.is_on_site, is_remote=self.is_remote, site=self.site)

    @property
    def scenario_label(self) -> str:
        """Return how they would like to learn."""
        return str(Scenario(self.scenario).label)

    @property
    def windows_text(self) -> str:
        """Return the own windows in words."""
        return terms.windows_text(self.windows, most=7)

    @property
    def is_published(self) -> bool:
        """Tell whether others can find it."""
        return self.state == AdState.PUBLISHED and self.expires_on >= clock.today()


def read_ads(ads: Any) -> tuple[AdRow, ...]:
    """Return the rows of the queryset ``ads`` in its order."""
    return _ad_rows(list(ads.values_list(*_COLUMNS)))


def _ad_rows(rows: list[tuple[Any, ...]]) -> tuple[AdRow, ...]:
    offers, wants = _lines([row[0] for row in rows])
    departments: dict[str, int] = {}
    monday = reference_monday(clock.today())
    return tuple(_row(row, offers[row[0]], wants[row[0]], departments, monday) for row in rows)


def ad_row(ad: PartnerAd) -> AdRow:
    """Return one ad as a row."""
    return read_ads(PartnerAd.objects.filter(pk=ad.pk))[0]


def matching_pool(person: Person, *, is_mutual: bool) -> tuple[AdRow | None, tuple[AdRow, ...]]:
    """Return the own published ad, and the ads that could teach ``person`` something.

    ``is_mutual`` leaves out those who want nothing that ``person`` offers. Without an own ad there is no pool.
    """
    found = _ad_rows(_mutual_pool(person) if is_mutual else _pool(person))
    own = next((row for row in found if row.person_id == person.pk), None)
    return own, tuple(row for row in found if row.person_id != person.pk) if own else ()


@prepared_for_viewer()
def _pool(viewer: Any) -> Any:
    """Return the own ad and those that could teach ``viewer`` something."""
    return _own_and(viewer, _could_teach(viewer))


@prepared_for_viewer()
def _mutual_pool(viewer: Any) -> Any:
    """Return the own ad and those that could teach ``viewer`` something and want something in return."""
    return _own_and(viewer, _could_teach(viewer) & _could_learn(viewer))


def _own_and(viewer: Any, others: Q) -> Any:
    ads = PartnerAd.objects.visible_to(viewer).findable()
    found = ads.filter(Q(person=viewer) | others & ~not_to_be_proposed(viewer), form=Form.TANDEM)
    return found.order_by("-changed_at", "-pk").values_list(*_COLUMNS)[:MOST_ADS]


def own_live_ad(person: Person, form: str = Form.TANDEM) -> AdRow | None:
    """Return the ad of ``person`` that is published or paused."""
    rows = read_ads(PartnerAd.objects.live().filter(person=person, form=form))
    return rows[0] if rows else None


def not_to_be_proposed(person: Person) -> Q:
    """Return the condition on ads whose authors ``person`` excluded, who excluded them, or where one declined."""
    declined = PartnershipRequest.objects.filter(state="declined")
    return (
        Q(person__in=PartnerExclusion.objects.filter(person=person).values("excluded"))
        | Q(person__in=PartnerExclusion.objects.filter(excluded=person).values("person"))
        | Q(person__in=declined.filter(sender=person).values("receiver"))
        | Q(person__in=declined.filter(receiver=person).values("sender"))
    )


def _own_findable(person: Any) -> Any:
    return PartnerAd.objects.findable().filter(person=person, form=Form.TANDEM).values("pk")


def _could_teach(person: Any) -> Q:
    wanted = AdWant.objects.filter(ad__in=_own_findable(person)).values("competence")
    return Q(pk__in=AdOffer.objects.filter(competence__in=wanted).values("ad"))


def _could_learn(person: Any) -> Q:
    offered = AdOffer.objects.filter(ad__in=_own_findable(person)).values("competence")
    return Q(pk__in=AdWant.objects.filter(competence__in=offered).values("ad"))


_COLUMNS: Final = (
    *("pk", "public_id", "person_id", "person__public_id", "person__given_name", "person__family_name"),
    *("person__employment__job_role__title_de", "person__employment__job_role__title_en"),
    *("person__employment__unit_id", "person__employment__unit__name", "person__employment__unit__path"),
    *("person__employment__site_id", "person__employment__site__name", "person__employment__site__time_zone"),
    *("person__employment__manager_id", "state", "form", "scenario", "windows", "hours_min", "hours_max"),
    *("weeks_min", "weeks_max", "rhythm_weeks", "commitment", "response_days", "languages"),
    *("is_on_site", "is_remote", "wants_other_team", "note", "expires_on"),
)


def _lines(keys: list[int]) -> tuple[dict[int, tuple[OfferLine, ...]], dict[int, tuple[WantLine, ...]]]:
    """Return offers and wants by ad: one query for both."""
    offers: dict[int, list[OfferLine]] = defaultdict(list)
    wants: dict[int, list[WantLine]] = defaultdict(list)
    rows = _line_rows(ads=keys) if keys else ()
    for ad, _pk, pk, key, label_de, label_en, first, second, third, text, kind in sorted(rows, key=_in_order):
        name = pick(label_de, label_en)
        if kind:
            due_on = date.fromisoformat(text) if text else None
            wants[ad].append(WantLine(pk, key, name, first, second, due_on, third))
        else:
            offers[ad].append(OfferLine(pk, key, name, first, text))
    return (
        defaultdict(tuple, {ad: tuple(lines) for ad, lines in offers.items()}),
        defaultdict(tuple, {ad: tuple(lines) for ad, lines in wants.items()}),
    )


@prepared(ads=Keys)
def _line_rows(ads: Any) -> Any:
    """Return offers (kind 0) and wants (kind 1) of the ads with these keys."""
    competence = ("competence_id", "competence__public_id", "competence__label_de", "competence__label_en")
    no_number = Value(0)
    offered = AdOffer.objects.filter(ad__in=ads).annotate(
        first=F("level"), second=no_number, third=no_number, text=F("teaching"), kind=Value(0)
    )
    wanted = AdWant.objects.filter(ad__in=ads).annotate(
        first=F("from_level"),
        second=F("to_level"),
        third=F("priority"),
        text=Cast("due_on", CharField()),
        kind=Value(1),
    )
    columns = ("ad_id", "pk", *competence, "first", "second", "third", "text", "kind")
    return offered.values_list(*columns).union(wanted.values_list(*columns), all=True)


def _in_order(row: tuple[Any, ...]) -> tuple[int, int, int]:
    return row[0], row[-1], row[1]


def _row(
    values: tuple[Any, ...],
    offers: tuple[OfferLine, ...],
    wants: tuple[WantLine, ...],
    departments: dict[str, int],
    monday: date,
) -> AdRow:
    found = dict(zip(_COLUMNS, values, strict=True))
    zone = found["person__employment__site__time_zone"] or settings.TIME_ZONE
    windows = tuple((int(day), int(start), int(end)) for day, start, end in found["windows"])
    figures = _figures(found, offers, wants, departments, _hours(windows, zone, monday))
    return AdRow(
        pk=found["pk"],
        public_id=found["public_id"],
        person_id=found["person_id"],
        person_key=found["person__public_id"],
        given_name=found["person__given_name"],
        name=f"{found['person__given_name']} {found['person__family_name']}",
        job_title=_picked(found, "person__employment__job_role__title"),
        unit=found["person__employment__unit__name"] or "",
        site=found["person__employment__site__name"] or "",
        zone=zone,
        windows=windows,
        languages=tuple(found["languages"]),
        offers=offers,
        wants=wants,
        figures=figures,
        **{name: found[name] for name in _SAME},
    )


@lru_cache(maxsize=8192)
def _hours(windows: tuple[Window, ...], zone: str, monday: date) -> int:
    """Return the free hours of a week; the same ads are matched with many people."""
    return hours_of(windows, zone, monday)


_SAME: Final = (
    *("state", "form", "scenario", "hours_min", "hours_max", "weeks_min", "weeks_max", "rhythm_weeks"),
    *("commitment", "response_days", "is_on_site", "is_remote", "note", "expires_on"),
)


def _picked(found: dict[str, Any], path: str) -> str:
    return pick(found[f"{path}_de"] or "", found[f"{path}_en"] or "")


def _figures(
    found: dict[str, Any],
    offers: Iterable[OfferLine],
    wants: Iterable[WantLine],
    departments: dict[str, int],
    time: int,
) -> Ad:
    """Return what matching knows of an ad; persons stand for ads, as each has one."""
    path = "/".join((found["person__employment__unit__path"] or "").split("/")[:DEPARTMENT_DEPTH])
    modes = Mode.ON_SITE * found["is_on_site"] | Mode.REMOTE * found["is_remote"]
    return Ad(
        id=found["person_id"],
        offers=tuple(Offer(line.competence_id, line.level) for line in offers),
        wants=tuple(Want(line.competence_id, line.from_level, line.to_level, line.priority) for line in wants),
        time=time,
        hours_min=found["hours_min"],
        hours_max=found["hours_max"],
        weeks_min=found["weeks_min"],
        weeks_max=found["weeks_max"],
        commit=found["commitment"],
        langs=sum(1 << bit for bit in _bits(found["languages"])),
        modes=int(modes),
        site=found["person__employment__site_id"] or NOBODY,
        team=found["person__employment__unit_id"] or NOBODY,
        dept=departments.setdefault(path, len(departments)) if path else NOBODY,
        manager=found["person__employment__manager_id"] or NOBODY,
        avoid_team=found["wants_other_team"],
    )


def _bits(languages: Iterable[str]) -> Iterator[int]:
    known = SpokenLanguage.values
    yield from (known.index(language) for language in languages if language in known)
