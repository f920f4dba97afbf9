"""What this room offers to others: a way to close a gap, a step of a path, a block of a portrait, search hits."""

from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.partnerships.choices import Form
from wurzelwerk.partnerships.models import PartnerAd
from wurzelwerk.partnerships.queries.board import text_condition
from wurzelwerk.partnerships.queries.pool import not_to_be_proposed, read_ads
from wurzelwerk.paths.planning import PartnerOption
from wurzelwerk.people.models import Person
from wurzelwerk.people.portrait import PortraitBlock
from wurzelwerk.search.sources import Hit, SearchSource

FIRST_MEETING_MINUTES: Final = 60
SOURCE: Final = "partner_ads"


def partner_link(person: Person, competence: Competence) -> str | None:
    """Return where a partner for ``competence`` is looked for: the ad, filled in from the gap."""
    return f"{reverse('partnerships:ad_create')}?competence={competence.public_id}"


def board_link(text: str) -> str:
    """Return the board of ads, asked for ``text``."""
    return f"{reverse('partnerships:board')}?{urlencode({'q': text})}"


def partner_step(person: Person, competence: Competence, from_level: int, to_level: int) -> PartnerOption | None:
    """Return how many people offer ``competence`` above ``from_level`` now; with nobody, an ad is still a way."""
    offering = (
        PartnerAd.objects.visible_to(person)
        .findable()
        .filter(form=Form.TANDEM, offers__competence=competence, offers__level__gt=from_level)
        .exclude(person=person)
        .exclude(not_to_be_proposed(person))
        .count()
    )
    return PartnerOption(offering, FIRST_MEETING_MINUTES, partner_link(person, competence) or "")


def portrait_block(viewer: Person, person: Person) -> PortraitBlock | None:
    """Return the published ad of ``person``, as any reader sees it; published on purpose, so nothing is logged."""
    rows = read_ads(PartnerAd.objects.visible_to(viewer).findable().filter(person=person, form=Form.TANDEM))
    if not rows:
        return None
    return PortraitBlock("partner-ad", _("Partner ad"), "partnerships/portrait.html", {"ad": rows[0]})


def find_partner_ads(viewer: Person, text: str, limit: int) -> list[Hit]:
    """Return published ads that answer ``text``, read live as ``viewer`` may see them."""
    if not text.strip():
        return []
    ads = PartnerAd.objects.visible_to(viewer).findable().filter(text_condition(text)).exclude(person=viewer)
    found = read_ads(ads.order_by("-changed_at", "-pk")[:limit])
    return [
        Hit(
            source=SOURCE,
            object_key=ad.public_id,
            title=ad.name,
            summary=" · ".join(line.name for line in ad.offers),
            url=reverse("partnerships:ad", kwargs={"public_id": ad.public_id}),
            score=0.0,
        )
        for ad in found
    ]


def search_source() -> SearchSource:
    """Return partner ads as a source of the search."""
    return SearchSource(SOURCE, _("Partner ads"), icon="handshake", order=80, find=find_partner_ads)
