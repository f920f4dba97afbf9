"""The rules one by one: what they allow, and the sentence with which they refuse."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.partnerships import actions, rules
from wurzelwerk.partnerships.actions import AdContent, OfferInput, WantInput
from wurzelwerk.partnerships.actions.ads import may_say
from wurzelwerk.partnerships.choices import RUNNING_PHASES, AdState, RequestState
from wurzelwerk.partnerships.matching import Fit
from wurzelwerk.partnerships.models import LearningAgreement, Member, PartnerAd, PartnershipRequest, TimeRequest
from wurzelwerk.partnerships.states import PARTNERSHIP, Act
from wurzelwerk.partnerships.tests.factories import WINDOWS
from wurzelwerk.partnerships.tests.figures import AMIRA, BEN, ben
from wurzelwerk.people.models import Person

ONE, OTHER, THIRD = (Person(pk=number, given_name=name) for number, name in enumerate(("Ada", "Bo", "Cem"), start=1))
SQL, FACILITATION = Competence(pk=1), Competence(pk=2)


def an_ad(**changes: Any) -> PartnerAd:
    return PartnerAd(
        **{"person": OTHER, "state": AdState.PUBLISHED, "expires_on": clock.today() + timedelta(days=1)} | changes
    )


def test_an_account_that_is_closed_and_a_second_ad_are_refused() -> None:
    gone = Person(pk=4, is_active=False)

    assert rules.may_have_ad(ONE, None)
    assert "geschlossen" in str(rules.may_have_ad(gone, None).reason)
    assert "Du hast schon eine Annonce" in str(rules.may_have_ad(ONE, an_ad()).reason)


def test_nobody_hides_themselves() -> None:
    assert rules.may_hide(ONE, OTHER)
    assert str(rules.may_hide(ONE, ONE).reason) == "Das bist du."


def test_who_may_ask_whom() -> None:
    fits, apart = Fit(AMIRA, BEN), Fit(AMIRA, ben(langs=2))
    mine, theirs = PartnershipRequest(sender=ONE), PartnershipRequest(sender=OTHER)
    yesterday = clock.today() - timedelta(days=1)
    cases: tuple[tuple[PartnerAd, Fit | None, PartnershipRequest | None, str], ...] = (
        (an_ad(), fits, None, ""),
        (an_ad(expires_on=clock.today()), fits, None, ""),
        (an_ad(person=ONE), fits, None, "Das ist deine eigene Annonce."),
        (an_ad(state=AdState.PAUSED), fits, None, "Diese Annonce ist im Moment nicht veröffentlicht."),
        (an_ad(expires_on=yesterday), fits, None, "Diese Annonce ist im Moment nicht veröffentlicht."),
        (an_ad(), None, None, "Schreib erst deine eigene Annonce: Dann wisst ihr beide, was ihr gebt und sucht."),
        (an_ad(), fits, mine, "Du hast schon gefragt. Bald ist eine Antwort fällig."),
        (an_ad(), fits, theirs, "Diese Person hat dich schon gefragt. Antworte auf diese Anfrage."),
        (an_ad(), apart, None, "Ihr habt keine gemeinsame Sprache."),
    )

    for ad, fit, waiting, reason in cases:
        verdict = rules.may_request(ONE, ad, fit=fit, waiting=waiting)
        assert (verdict.allowed, str(verdict.reason)) == (reason == "", reason)


def test_every_obstacle_has_a_sentence_of_its_own() -> None:
    sentences = [str(text) for text in rules.OBSTACLE_SENTENCES.values()]

    assert len({*sentences}) == len(sentences)
    assert [text for text in sentences if not text.endswith(".")] == []


def test_every_act_that_can_be_too_early_has_a_sentence() -> None:
    possible: dict[str, set[str]] = {phase: set() for phase in RUNNING_PHASES}
    for move in PARTNERSHIP.moves:
        possible.setdefault(move.state, set()).add(move.act)
    sometimes = {act for act in Act if any(act not in possible[phase] for phase in RUNNING_PHASES)}

    assert sometimes <= rules._NOT_YET.keys()  # noqa: SLF001 - the table has no other name


def test_a_partnership_begins_with_two_who_are_here_and_have_a_place() -> None:
    gone = Person(pk=4, is_active=False)
    request = PartnershipRequest(sender=ONE, receiver=OTHER, state=RequestState.PENDING)

    assert rules.may_begin(request, free_places=[1, 2])
    assert rules.may_begin(request, free_places=[])
    assert "andere Lernpartnerschaft" in str(rules.may_begin(request, free_places=[1, None]).reason)
    request.sender = gone
    assert "arbeitet nicht mehr hier" in str(rules.may_begin(request, free_places=[1]).reason)


@dataclass(frozen=True)
class Given:
    weekly_minutes: int = 60
    rhythm_weeks: int = 1


@pytest.mark.parametrize(
    "members,talk",
    [
        ([Given(), Given()], (False, False)),
        ([Given(85), Given()], (False, False)),
        ([Given(86), Given()], (True, False)),
        ([Given(), Given(60, 2)], (False, True)),
        ([Given(40), Given(90, 3)], (True, True)),
    ],
)
def test_what_must_be_talked_through(members: list[Given], talk: tuple[bool, bool]) -> None:
    assert rules.must_talk(Given(), members) == talk


def test_who_may_sign() -> None:
    agreement = LearningAgreement(weekly_minutes=60, rhythm_weeks=1)
    members = [Member(person=person, weekly_minutes=60, rhythm_weeks=1) for person in (ONE, OTHER)]
    apart = [members[0], Member(person=OTHER, weekly_minutes=120, rhythm_weeks=1)]
    cases: tuple[tuple[list[Member], set[int], set[int], bool, str], ...] = (
        (members, set(), {1, 2}, False, ""),
        (members, {2}, {1, 2}, False, ""),
        (members, {1}, {1, 2}, False, "Du hast diese Fassung schon unterschrieben."),
        (members, set(), {1}, False, "Es gibt noch kein Lernpaket, aus dem Bo lernt."),
        (apart, set(), {1, 2}, False, "Eure Stunden oder euer Rhythmus unterscheiden sich um mehr als 30 %."),
        (apart, set(), {1, 2}, True, ""),
    )

    for everyone, signed, learners, has_talked, reason in cases:
        verdict = rules.may_sign(ONE, agreement, everyone, signed=signed, learners=learners, has_talked=has_talked)
        assert (verdict.allowed, str(verdict.reason).startswith(reason)) == (reason == "", True)


def test_the_direct_manager_answers_once() -> None:
    open_one, answered = TimeRequest(), TimeRequest(answered_at=clock.now())

    assert rules.may_answer_time_request(ONE, open_one, ONE.pk)
    assert "direkte Führungskraft" in str(rules.may_answer_time_request(ONE, open_one, OTHER.pk).reason)
    assert "direkte Führungskraft" in str(rules.may_answer_time_request(ONE, open_one, None).reason)
    assert str(rules.may_answer_time_request(ONE, answered, ONE.pk).reason) == "Das wurde schon beantwortet."


# --- what an ad may say -------------------------------------------------------------------------

GOOD = AdContent(offers=(OfferInput(SQL, 4),), wants=(WantInput(FACILITATION, 1, 3),), windows=WINDOWS)
SEVEN = tuple(Competence(pk=number) for number in range(10, 17))


@pytest.mark.parametrize(
    "changes,words",
    [
        ({}, ""),
        ({"hours_min": 4, "hours_max": 4}, ""),
        ({"offers": ()}, "Sag, was du weitergeben kannst"),
        ({"wants": ()}, "Sag, was du lernen möchtest"),
        ({"offers": tuple(OfferInput(each, 3) for each in SEVEN)}, "höchstens sechs"),
        ({"wants": tuple(WantInput(each, 1, 3) for each in SEVEN)}, "höchstens sechs"),
        ({"offers": (OfferInput(SQL, 4), OfferInput(SQL, 3))}, "nur einmal"),
        ({"wants": (WantInput(SQL, 1, 3), WantInput(SQL, 1, 2))}, "nur einmal"),
        ({"offers": (OfferInput(SQL, 6),)}, "zwischen 1 und 5"),
        ({"offers": (OfferInput(SQL, 0),)}, "zwischen 1 und 5"),
        ({"wants": (WantInput(SQL, 3, 3),)}, "über deiner"),
        ({"wants": (WantInput(SQL, 3, 6),)}, "über deiner"),
        ({"hours_min": 3, "hours_max": 2}, "Stunden"),
        ({"weeks_min": 9, "weeks_max": 8}, "Wochen"),
        ({"languages": ()}, "Sprache"),
        ({"is_on_site": False, "is_remote": False}, "vor Ort oder online"),
        ({"hours_min": 5, "hours_max": 5}, "mindestens so viele volle Stunden"),
        ({"windows": ((1, 615, 725),)}, ""),
        ({"windows": ((1, 615, 670),)}, "mindestens so viele volle Stunden"),
    ],
)
def test_what_an_ad_may_say(changes: dict[str, Any], words: str) -> None:
    verdict = may_say(replace(GOOD, **changes))

    assert (verdict.allowed, words in str(verdict.reason)) == (words == "", True)


def test_an_ad_that_says_nothing_is_neither_published_nor_kept(db: None) -> None:
    person = Person.objects.create_person(staff_number="1", given_name="Kim", family_name="Neu")

    with pytest.raises(Refused):
        actions.publish_ad(by=person, content=replace(GOOD, wants=()))

    assert PartnerAd.objects.count() == 0
