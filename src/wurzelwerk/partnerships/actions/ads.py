"""Writing, pausing and withdrawing an ad; not wanting to see somebody among the suggestions."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Verdict, first_refusal, refuse
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.partnerships import rules
from wurzelwerk.partnerships.actions.steps import both, note, tell
from wurzelwerk.partnerships.choices import AdState, Form, HidingReason, Scenario, SpokenLanguage, Teaching
from wurzelwerk.partnerships.matching.times import Window, hours_of, reference_monday
from wurzelwerk.partnerships.models import AdOffer, AdWant, PartnerAd, PartnerExclusion
from wurzelwerk.partnerships.models.ads import HIGHEST_LEVEL
from wurzelwerk.partnerships.states import AdAct
from wurzelwerk.people.models import Person

AD_LASTS: Final = timedelta(days=60)
MOST_LINES: Final = 6
MINUTES_PER_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class OfferInput:
    """A competence to pass on; ``level`` is one's own."""

    competence: Competence
    level: int
    teaching: Teaching = Teaching.EXPLAIN


@dataclass(frozen=True, slots=True)
class WantInput:
    """A competence to learn."""

    competence: Competence
    from_level: int
    to_level: int
    due_on: date | None = None
    priority: int = 2


@dataclass(frozen=True, slots=True)
class AdContent:
    """All that an ad says; see ``PartnerAd`` for units."""

    offers: tuple[OfferInput, ...]
    wants: tuple[WantInput, ...]
    windows: tuple[Window, ...]
    scenario: Scenario = Scenario.MUTUAL_TEACHING
    hours_min: int = 1
    hours_max: int = 2
    weeks_min: int = 8
    weeks_max: int = 12
    rhythm_weeks: int = 1
    commitment: int = 3
    response_days: int = 3
    languages: tuple[str, ...] = field(default=(SpokenLanguage.GERMAN.value,))
    is_on_site: bool = True
    is_remote: bool = True
    wants_other_team: bool = False
    note: str = ""
    capacity: int = 1


@transaction.atomic
def publish_ad(*, by: Person, content: AdContent, form: Form = Form.TANDEM) -> PartnerAd:
    """Publish an ad of ``by``; raises ``Refused`` while another one of the same form is live."""
    Person.objects.select_for_update().get(pk=by.pk)
    live = PartnerAd.objects.live().filter(person=by, form=form).first()
    first_refusal(rules.may_have_ad(by, live), may_say(content)).require()
    ad = PartnerAd(person=by, form=form)
    _write(ad, content)
    german, english = both(_("Partner ad"))
    record(
        person=by,
        verb=Verb.PUBLISHED,
        object_type="partner_ad",
        object_key=ad.public_id,
        object_name=german,
        object_name_en=english,
    )
    note(by, "publish_ad", ad)
    return ad


@transaction.atomic
def change_ad(*, by: Person, ad: PartnerAd, content: AdContent) -> PartnerAd:
    """Replace what an ad says; a paused one stays paused."""
    locked = _lock(ad)
    first_refusal(rules.may_act_on_ad(by, locked, AdAct.CHANGE), may_say(content)).require()
    _write(locked, content)
    note(by, "change_ad", locked)
    return locked


@transaction.atomic
def pause_ad(*, by: Person | None, ad: PartnerAd) -> PartnerAd:
    """Let nobody find the ad for now; the system does so when all its places are taken."""
    return _move(by, ad, AdAct.PAUSE, AdState.PAUSED)


@transaction.atomic
def resume_ad(*, by: Person, ad: PartnerAd) -> PartnerAd:
    """Publish an ad again that was paused, withdrawn or has expired."""
    live = PartnerAd.objects.live().filter(person=by, form=ad.form).exclude(pk=ad.pk).first()
    rules.may_have_ad(by, live).require()
    resumed = _move(by, ad, AdAct.RESUME, AdState.PUBLISHED)
    resumed.expires_on = clock.today() + AD_LASTS
    resumed.save(update_fields=["expires_on"])
    return resumed


@transaction.atomic
def withdraw_ad(*, by: Person, ad: PartnerAd) -> PartnerAd:
    """Take the ad back; it can be published again."""
    return _move(by, ad, AdAct.WITHDRAW, AdState.WITHDRAWN)


@transaction.atomic
def expire_ads() -> int:
    """Let the ads end whose day has passed, and tell their authors; return how many."""
    over = PartnerAd.objects.filter(state=AdState.PUBLISHED, expires_on__lt=clock.today())
    ads = list(over.select_for_update(of=("self",)).select_related("person"))
    for ad in ads:
        _move(None, ad, AdAct.EXPIRE, AdState.EXPIRED)
        title = _("The partner ad has expired. It can be published again.")
        tell([ad.person], "ad_expired", title, url=reverse("partnerships:board"))
    return len(ads)


@transaction.atomic
def hide_person(*, by: Person, person: Person, reason: HidingReason = HidingReason.UNSAID) -> PartnerExclusion:
    """Never suggest the two to each other again; nobody but ``by`` knows. Hiding twice changes nothing."""
    rules.may_hide(by, person).require()
    hidden, is_new = PartnerExclusion.objects.get_or_create(person=by, excluded=person, defaults={"reason": reason})
    if is_new:
        note(by, "hide_person", hidden)
    return hidden


@transaction.atomic
def show_person_again(*, by: Person, person: Person) -> bool:
    """Take ``hide_person`` back; tell whether there was anything to take back."""
    removed, _by_model = PartnerExclusion.objects.filter(person=by, excluded=person).delete()
    return bool(removed)


def may_say(content: AdContent) -> Verdict:
    """Say whether an ad may hold this."""
    offered = [line.competence.pk for line in content.offers]
    wanted = [line.competence.pk for line in content.wants]
    hours = hours_of(content.windows, "UTC", reference_monday(clock.today()))
    return first_refusal(
        _unless(offered, _("Say what you can pass on. Everybody knows something that helps somebody.")),
        _unless(wanted, _("Say what you would like to learn.")),
        _unless(max(len(offered), len(wanted)) <= MOST_LINES, _("Name at most six competences on each side.")),
        _unless(len({*offered}) == len(offered), _("A competence stands only once in what you offer.")),
        _unless(len({*wanted}) == len(wanted), _("A competence stands only once in what you want.")),
        _unless(all(_is_offer(line) for line in content.offers), _("Levels lie between 1 and 5.")),
        _unless(all(_is_want(line) for line in content.wants), _("The level you want to reach lies above yours.")),
        _unless(content.hours_min <= content.hours_max, _("The hours are the wrong way round.")),
        _unless(content.weeks_min <= content.weeks_max, _("The weeks are the wrong way round.")),
        _unless(content.languages, _("Choose at least one language.")),
        _unless(content.is_on_site or content.is_remote, _("Choose at least one way to meet: on site or online.")),
        _unless(
            hours.bit_count() >= content.hours_min,
            _("Mark at least as many full hours as you want to give each week."),
        ),
    )


def _unless(condition: object, reason: object) -> Verdict:
    return Verdict(allowed=True) if condition else refuse(str(reason))


def _is_offer(line: OfferInput) -> bool:
    return 1 <= line.level <= HIGHEST_LEVEL


def _is_want(line: WantInput) -> bool:
    return 0 <= line.from_level < line.to_level <= HIGHEST_LEVEL


def _lock(ad: PartnerAd) -> PartnerAd:
    locked: PartnerAd = PartnerAd.objects.select_for_update().get(pk=ad.pk)
    return locked


def _move(by: Person | None, ad: PartnerAd, act: AdAct, to: AdState) -> PartnerAd:
    locked = _lock(ad)
    rules.may_act_on_ad(by, locked, act).require()
    locked.state, locked.changed_at = to, clock.now()
    locked.save(update_fields=["state", "changed_at"])
    note(by, act.value, locked)
    return locked


def _write(ad: PartnerAd, content: AdContent) -> None:
    ad.scenario = content.scenario
    ad.windows = [list(window) for window in content.windows]
    ad.hours_min, ad.hours_max = content.hours_min, content.hours_max
    ad.weeks_min, ad.weeks_max = content.weeks_min, content.weeks_max
    ad.rhythm_weeks, ad.commitment = content.rhythm_weeks, content.commitment
    ad.response_days, ad.capacity = content.response_days, content.capacity
    ad.languages = list(content.languages)
    ad.is_on_site, ad.is_remote = content.is_on_site, content.is_remote
    ad.wants_other_team, ad.note = content.wants_other_team, content.note.strip()
    ad.changed_at, ad.expires_on = clock.now(), clock.today() + AD_LASTS
    ad.save()
    ad.offers.all().delete()
    ad.wants.all().delete()
    AdOffer.objects.bulk_create(
        AdOffer(ad=ad, competence=line.competence, level=line.level, teaching=line.teaching) for line in content.offers
    )
    AdWant.objects.bulk_create(
        AdWant(
            ad=ad,
            competence=line.competence,
            from_level=line.from_level,
            to_level=line.to_level,
            due_on=line.due_on,
            priority=line.priority,
        )
        for line in content.wants
    )
