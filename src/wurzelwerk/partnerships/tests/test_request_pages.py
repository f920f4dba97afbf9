"""Asking somebody, and answering."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.notifications.models import Notification
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import AdState, RequestState
from wurzelwerk.partnerships.models import LearningPartnership, Member, PartnerAd, PartnershipRequest
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_partnership,
    a_request,
    an_ad,
    everything,
    moderation,
    signed_in,
    somebody,
    sql,
)
from wurzelwerk.partnerships.tests.pages import form_of, link, says, words_of
from wurzelwerk.people.models import Person


def state_of(request: PartnershipRequest) -> tuple[str, str]:
    request.refresh_from_db()
    return str(request.state), request.answer


# --- asking -------------------------------------------------------------------------------------


def test_the_message_is_written_already_and_twice_is_once(story: Story) -> None:
    client, ask = signed_in(story.amira), link("ask", story.bens_ad.public_id)

    form = form_of(client.get(ask), ask)
    answers = [client.post(ask, form) for _time in range(2)]

    request = PartnershipRequest.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {link("requests")}
    assert "Moderation" in request.message
    assert "SQL-Abfragen" in request.message
    assert (request.sender, request.receiver, str(request.due_on)) == (story.amira, story.ben, "2026-11-26")
    assert Notification.objects.filter(person=story.ben, kind="partnerships.request_received").count() == 1
    words = words_of(client.get(link("requests")))
    assert ("Deine Anfrage ist unterwegs." in words, "Ben Krüger" in words) == (True, True)


def test_a_message_needs_words_and_not_too_many(story: Story) -> None:
    client, ask = signed_in(story.amira), link("ask", story.bens_ad.public_id)

    answers = [client.post(ask, {"message": message}) for message in ("  ", "x" * 2001)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert form_of(answers[1], ask)["message"] == ["x" * 2001]
    assert PartnershipRequest.objects.count() == 0


def not_fitting(story: Story) -> None:
    PartnerAd.objects.filter(person=story.ben).update(languages=["pl"])


def without_an_ad(story: Story) -> None:
    actions.pause_ad(by=story.amira, ad=story.amiras_ad)


def asked_before(story: Story) -> None:
    a_request(story)


def asked_by_the_other(story: Story) -> None:
    actions.request_partnership(by=story.ben, ad=story.amiras_ad, message="Und du?")


def together_already(story: Story) -> None:
    PartnerAd.objects.update(capacity=2)
    a_partnership(story)


@pytest.mark.parametrize(
    "before,sentence,is_told_before",
    [
        (not_fitting, "Ihr habt keine gemeinsame Sprache.", True),
        (without_an_ad, "Schreib erst deine eigene Annonce", True),
        (asked_before, "Du hast schon gefragt. Bald ist eine Antwort fällig.", True),
        (asked_by_the_other, "Diese Person hat dich schon gefragt. Antworte auf diese Anfrage.", True),
        (together_already, "Ihr lernt schon gemeinsam.", False),
    ],
)
def test_whoever_cannot_ask_reads_why_and_nothing_is_sent(
    story: Story, before: Any, sentence: str, is_told_before: bool
) -> None:
    before(story)
    client, ask = signed_in(story.amira), link("ask", story.bens_ad.public_id)
    rows = everything()

    page, answer = client.get(ask), client.post(ask, {"message": "Magst du?"})

    assert (page.status_code, sentence in words_of(page)) == (200, is_told_before)
    assert (answer.status_code, sentence in words_of(answer)) == (422, True)
    assert everything() == rows


def test_nobody_asks_themselves(story: Story) -> None:
    client, ask = signed_in(story.amira), link("ask", story.amiras_ad.public_id)

    assert "Das ist deine eigene Annonce." in words_of(client.get(ask))
    assert client.post(ask, {"message": "Hallo ich"}).status_code == 422


def test_an_ad_that_was_withdrawn_while_somebody_wrote_is_not_asked(story: Story) -> None:
    stale = PartnerAd.objects.get(person=story.ben)
    actions.withdraw_ad(by=story.ben, ad=story.bens_ad)

    with pytest.raises(Refused, match="im Moment nicht veröffentlicht"):
        actions.request_partnership(by=story.amira, ad=stale, message="Noch da?")


# --- answering ----------------------------------------------------------------------------------


def test_an_empty_inbox_says_how_to_be_found(story: Story) -> None:
    assert "Keine Anfrage wartet auf dich" in words_of(signed_in(story.amira).get(link("requests")))


def test_accepting_twice_begins_one_partnership_and_leads_to_it(story: Story) -> None:
    request = a_request(story)
    client = signed_in(story.ben)
    page = client.get(link("requests"))
    accept = link("request_accept", request.public_id)

    answers = [client.post(accept, form_of(page, accept)) for _time in range(2)]

    partnership = LearningPartnership.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {link("partnership", partnership.public_id)}
    assert Member.objects.count() == 2
    assert "Ihr lernt jetzt gemeinsam. Das ist euer Raum." in words_of(client.get(answers[0].headers["Location"]))
    assert {ad.state for ad in PartnerAd.objects.all()} == {AdState.PAUSED}
    assert link("partnership", partnership.public_id) in client.get(link("requests")).content.decode()


def test_accepting_again_from_another_window_changes_nothing(story: Story) -> None:
    request = a_request(story)
    client = signed_in(story.ben)
    client.post(link("request_accept", request.public_id))
    rows = everything()

    words = says(client, "request_accept", request.public_id, idempotency_key="another")

    assert ("Diese Anfrage ist schon angenommen." in words, everything() == rows) == (True, True)


def test_declining_has_words_that_the_other_reads(story: Story) -> None:
    request = a_request(story)
    client = signed_in(story.ben)

    words = says(client, "request_decline", request.public_id, answer=" Gerade nicht, im März gern. ")

    assert "Abgelehnt. Ihr werdet einander nicht mehr vorgeschlagen." in words
    assert state_of(request) == ("declined", "Gerade nicht, im März gern.")
    assert "Gerade nicht, im März gern." in words_of(signed_in(story.amira).get(link("requests")))


def test_an_answer_is_never_lost_for_its_length(story: Story) -> None:
    request = a_request(story)

    signed_in(story.ben).post(link("request_decline", request.public_id), {"answer": "x" * 3000})

    assert state_of(request) == ("declined", "x" * 2000)


def test_a_request_is_withdrawn_and_then_no_longer_answered(story: Story) -> None:
    request = a_request(story)

    withdrawn = [says(signed_in(story.amira), "request_withdraw", request.public_id) for _time in range(2)]
    accepted = says(signed_in(story.ben), "request_accept", request.public_id)

    assert ["Deine Anfrage ist zurückgezogen." in words for words in withdrawn] == [True, False]
    assert "Diese Anfrage wurde zurückgezogen." in withdrawn[1]
    assert "Diese Anfrage wurde zurückgezogen." in accepted
    assert (state_of(request), LearningPartnership.objects.count()) == (("withdrawn", ""), 0)


def test_only_the_one_who_was_asked_answers(story: Story) -> None:
    request = a_request(story)

    accepted = says(signed_in(story.amira), "request_accept", request.public_id)
    withdrawn = says(signed_in(story.ben), "request_withdraw", request.public_id)

    assert "Nur wer gefragt wurde, kann antworten." in accepted
    assert "Nur wer gefragt hat, kann die Anfrage zurückziehen." in withdrawn
    assert state_of(request) == ("pending", "")


def test_whoever_left_learns_with_nobody(story: Story) -> None:
    request = a_request(story)
    Person.objects.filter(pk=story.amira.pk).update(is_active=False, deactivated_at=clock.now())

    words = says(signed_in(story.ben), "request_accept", request.public_id)

    assert ("arbeitet nicht mehr hier" in words, state_of(request)) == (True, ("pending", ""))


def test_with_the_last_place_the_other_requests_end_and_all_are_told(story: Story) -> None:
    nora = somebody(story, "Nora")
    an_ad(nora, offers=moderation(), wants=sql())
    waiting = actions.request_partnership(by=nora, ad=story.amiras_ad, message="Ich auch?")
    request = a_request(story)

    actions.answer_request(by=story.ben, request=request, accepts=True)

    assert state_of(waiting)[0] == RequestState.EXPIRED
    told = Notification.objects.filter(kind="partnerships.request_expired")
    assert [row.person for row in told] == [nora]
    words = says(signed_in(story.amira), "request_accept", waiting.public_id)
    assert "Diese Anfrage ist nicht mehr offen." in words


def test_an_ad_with_two_places_stays_until_both_are_taken(story: Story) -> None:
    PartnerAd.objects.filter(person=story.amira).update(capacity=2)
    nora = somebody(story, "Nora")
    an_ad(nora, offers=moderation(), wants=sql())
    waiting = actions.request_partnership(by=nora, ad=story.amiras_ad, message="Ich auch?")
    a_partnership(story)
    states = [PartnerAd.objects.get(person=story.amira).state]

    actions.answer_request(by=story.amira, request=waiting, accepts=True)

    states.append(PartnerAd.objects.get(person=story.amira).state)
    assert states == [AdState.PUBLISHED, AdState.PAUSED]
    assert sorted(Member.objects.filter(person=story.amira).values_list("slot", flat=True)) == [1, 2]


def test_a_place_that_is_gone_is_not_given_twice(story: Story) -> None:
    request = a_request(story)
    Member.objects.create(
        partnership=LearningPartnership.objects.create(scenario="on_site"),
        person=story.amira,
        ad=story.amiras_ad,
        slot=1,
    )

    words = says(signed_in(story.ben), "request_accept", request.public_id)

    assert "Eine Seite hat inzwischen eine andere Lernpartnerschaft begonnen." in words
    assert state_of(request) == ("pending", "")


def test_a_partnership_begins_without_ads_that_are_gone(story: Story) -> None:
    request = a_request(story)
    PartnerAd.objects.all().delete()
    request.refresh_from_db()

    actions.answer_request(by=story.ben, request=request, accepts=True)

    members = Member.objects.order_by("pk").values_list("person", "ad", "weekly_minutes")
    assert list(members) == [(story.amira.pk, None, 60), (story.ben.pk, None, 60)]


def test_an_overdue_request_ends_after_a_week_and_both_pages_say_so(
    story: Story, frozen_time: time_machine.Traveller
) -> None:
    request = a_request(story)
    frozen_time.shift(timedelta(days=7))
    late = words_of(signed_in(story.amira).get(link("requests")))
    counts = [actions.expire_requests()]
    frozen_time.shift(timedelta(days=4))

    counts += [actions.expire_requests(), actions.expire_requests()]

    assert "Noch keine Antwort. Du kannst die Anfrage zurückziehen" in late
    assert (counts, state_of(request)[0]) == ([0, 1, 0], "expired")
    told = Notification.objects.get(kind="partnerships.request_expired")
    assert (told.person, "Ben Krüger" in told.title_de) == (story.amira, True)


def test_different_wishes_begin_with_what_shows_least(story: Story) -> None:
    PartnerAd.objects.filter(person=story.amira).update(scenario="blended")

    assert a_partnership(story).scenario == "mutual_teaching"
