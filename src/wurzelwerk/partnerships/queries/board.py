"""The board: my ad, who fits me, who nearly does, and all ads to look through."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from wurzelwerk.competences.queries import competence_choices
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.partnerships.choices import AdState, Form
from wurzelwerk.partnerships.matching import Fit, near_misses, suggestions
from wurzelwerk.partnerships.models import AdOffer, PartnerAd, PartnerExclusion, PartnershipRequest
from wurzelwerk.partnerships.queries.fits import FitView, pair_with, view_of
from wurzelwerk.partnerships.queries.pool import AdRow, ad_row, matching_pool, own_live_ad, read_ads
from wurzelwerk.people.models import Person, Site

PAGE_SIZE: Final = 12
MOST_SUGGESTIONS: Final = 6
MOST_NEAR_MISSES: Final = 3


@dataclass(frozen=True, slots=True)
class AdCard:
    """An ad with how it goes with mine; ``fit`` is None while I have none, ``is_asked`` while a request waits."""

    ad: AdRow
    fit: FitView | None = None
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class AdFilter:
    """What somebody looks for among the ads; empty fields do not narrow."""

    text: str = ""
    offers: str = ""
    wants: str = ""
    language: str = ""
    place: str = ""
    scenario: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What one person sees on the board: ``own`` is their live ad, ``hidden`` how many persons they hid."""

    own: AdRow | None
    suggestions: tuple[AdCard, ...]
    near_misses: tuple[AdCard, ...]
    hidden: int

    @property
    def is_published(self) -> bool:
        """Tell whether the own ad can be found."""
        return self.own is not None and self.own.state == AdState.PUBLISHED


@dataclass(frozen=True, slots=True)
class AdPage:
    """One ad for one viewer: ``windows`` are shown to the author alone."""

    ad: AdRow
    is_own: bool
    fit: FitView | None
    own: AdRow | None
    asked: PartnershipRequest | None
    raw_fit: Fit | None

    @property
    def exchanged(self) -> tuple[list[str], list[str]]:
        """Return the names of what I would learn, and of what I would pass on."""
        if self.raw_fit is None or self.own is None:
            return [line.name for line in self.ad.offers[:2]], []
        names = {**self.ad.names, **self.own.names}
        return (
            [names[each.skill] for each in self.raw_fit.for_one],
            [names[each.skill] for each in self.raw_fit.for_other],
        )


@dataclass(frozen=True, slots=True)
class HiddenPerson:
    """Somebody whom the viewer does not want to be matched with."""

    person_key: str
    name: str


def get_board(person: Person) -> Board:
    """Return the own ad with suggestions; five queries at most, however many ads there are."""
    own, pool = matching_pool(person, is_mutual=False)
    if own is None:
        return Board(own_live_ad(person), (), (), _hidden(person).count())
    rows = {row.person_id: row for row in pool}
    figures = [row.figures for row in pool]
    asked = _asked(person)
    return Board(
        own=own,
        suggestions=_cards(own, rows, suggestions(own.figures, figures, limit=MOST_SUGGESTIONS), asked),
        near_misses=_cards(own, rows, near_misses(own.figures, figures, limit=MOST_NEAR_MISSES), asked),
        hidden=_hidden(person).count(),
    )


def suggested(person: Person, limit: int = 3, asked: frozenset[int] = frozenset()) -> tuple[AdCard, ...]:
    """Return the best suggestions alone, for the home page: two queries, one without an own published ad.

    ``asked``: the persons between whom and ``person`` a request waits.
    """
    own, pool = matching_pool(person, is_mutual=True)
    if own is None:
        return ()
    rows = {row.person_id: row for row in pool}
    return _cards(own, rows, suggestions(own.figures, (row.figures for row in pool), limit=limit), asked)


def _cards(own: AdRow, rows: dict[int, AdRow], fits: tuple[Fit, ...], asked: frozenset[int]) -> tuple[AdCard, ...]:
    return tuple(
        AdCard(rows[fit.other.id], view_of(own, rows[fit.other.id], fit), fit.other.id in asked) for fit in fits
    )


def find_ads(person: Person, wish: AdFilter, *, page: int = 1) -> Page[AdRow]:
    """Return one page of the published ads of others that fit ``wish``, latest first."""
    ads = PartnerAd.objects.visible_to(person).findable().filter(form=Form.TANDEM).exclude(person=person)
    ads = ads.exclude(person__in=PartnerExclusion.objects.filter(person=person).values("excluded"))
    paginator = Paginator(_narrowed(ads, wish).order_by("-changed_at", "-pk"), PAGE_SIZE)
    found = paginator.get_page(page)
    keys = [ad.pk for ad in found.object_list]
    rows = {row.pk: row for row in read_ads(PartnerAd.objects.filter(pk__in=keys))}
    return Page([rows[key] for key in keys], found.number, paginator)


def ad_page(person: Person, ad: PartnerAd) -> AdPage:
    """Return the ad as ``person`` sees it, beside their own."""
    if ad.person_id == person.pk:
        row = ad_row(ad)
        return AdPage(row, is_own=True, fit=None, own=row, asked=None, raw_fit=None)
    found = pair_with(person, ad)
    waiting = PartnershipRequest.objects.pending().filter(
        Q(sender=person, receiver=ad.person_id) | Q(sender=ad.person_id, receiver=person)
    )
    if found is None:
        row = ad_row(ad)
        return AdPage(row, is_own=False, fit=None, own=None, asked=waiting.first(), raw_fit=None)
    own, figures, theirs = found
    fit = Fit(own.figures, figures)
    view = view_of(own, theirs, fit)
    return AdPage(theirs, is_own=False, fit=view, own=own, asked=waiting.first(), raw_fit=fit)


def offered_competences() -> tuple[tuple[str, str], ...]:
    """Return key and name of every competence that a published ad offers, by name."""
    rows = (
        AdOffer.objects.filter(ad__in=PartnerAd.objects.findable().values("pk"))
        .values_list("competence__public_id", "competence__label_de", "competence__label_en")
        .distinct()
    )
    named = ((key, pick(label_de, label_en)) for key, label_de, label_en in rows)
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))


def sites() -> tuple[tuple[str, str], ...]:
    """Return key and name of all sites."""
    return tuple(Site.objects.order_by("name").values_list("public_id", "name"))


def hidden_persons(person: Person) -> tuple[HiddenPerson, ...]:
    """Return whom ``person`` has hidden, by name."""
    rows = _hidden(person).order_by("excluded__given_name", "excluded__family_name")
    return tuple(
        HiddenPerson(key, f"{given} {family}")
        for key, given, family in rows.values_list(
            "excluded__public_id", "excluded__given_name", "excluded__family_name"
        )
    )


def _hidden(person: Person) -> Any:
    return PartnerExclusion.objects.visible_to(person).filter(person=person)


def _asked(person: Person) -> frozenset[int]:
    """Return the persons between whom and ``person`` a request waits."""
    rows = PartnershipRequest.objects.pending().filter(Q(sender=person) | Q(receiver=person))
    return frozenset(key for pair in rows.values_list("sender", "receiver") for key in pair if key != person.pk)


def _narrowed(ads: Any, wish: AdFilter) -> Any:
    if wish.offers:
        ads = ads.filter(offers__competence__public_id=wish.offers)
    if wish.wants:
        ads = ads.filter(wants__competence__public_id=wish.wants)
    if wish.language:
        # A JSON list of two-letter codes: the quotes keep "de" from matching inside another code.
        ads = ads.filter(languages__icontains=f'"{wish.language}"')
    if wish.place:
        ads = ads.filter(is_on_site=True) if wish.place == "on_site" else ads.filter(is_remote=True)
    if wish.scenario:
        ads = ads.filter(scenario=wish.scenario)
    if wish.site:
        ads = ads.filter(person__employment__site__public_id=wish.site)
    return ads.filter(text_condition(wish.text)) if wish.text.strip() else ads


def text_condition(text: str) -> Q:
    """Return the condition that an ad answers ``text``: by competences (as the search finds them), name or note."""
    keys = [choice.pk for choice in competence_choices(text, limit=30)]
    named = Q()
    for word in text.split()[:4]:
        named &= Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
    by_line = PartnerAd.objects.filter(Q(offers__competence__in=keys) | Q(wants__competence__in=keys))
    return named | Q(note__icontains=text.strip()) | Q(pk__in=by_line.values("pk"))
