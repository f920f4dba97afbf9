"""The board, the page of an ad, and not wanting to see somebody."""

from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import HidingReason
from wurzelwerk.partnerships.models import PartnerAd, PartnerExclusion
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_partnership,
    a_request,
    an_ad,
    closed,
    moderation,
    signed_in,
    somebody,
    sql,
)
from wurzelwerk.partnerships.tests.pages import link, says, words_of
from wurzelwerk.people.choices import Language
from wurzelwerk.people.models import Person


def test_an_empty_board_invites_to_be_the_first(story: Story) -> None:
    PartnerAd.objects.all().delete()

    words = words_of(signed_in(story.people.david).get(link("board")))

    for text in ("Schreib eine Annonce in 60 Sekunden", "Du bist am Anfang allein", "Deine wird gefunden, sobald"):
        assert text in words


def test_the_board_shows_my_ad_who_fits_and_what_waits(story: Story) -> None:
    actions.request_partnership(by=story.ben, ad=story.amiras_ad, message="Wollen wir?")
    client = signed_in(story.amira)

    words = words_of(client.get(link("board")))

    assert "1 Anfrage wartet auf dich" in words
    assert "Ben sucht SQL-Abfragen (Stufe 1 → 3), du bietest Stufe 4." in words
    assert "Eine Anfrage wartet" in words
    assert ("Pausieren" in words, "Ben Krüger" in words) == (True, True)


def test_filters_narrow_the_list_and_each_can_be_taken_away(story: Story) -> None:
    client = signed_in(story.amira)

    found = client.get(link("board"), {"q": "Krüger", "language": "de", "place": "online", "page": "99"})
    none = client.get(link("board"), {"q": "Krüger", "language": "pl", "scenario": "nonsense", "page": "x"})

    assert "1 Annonce" not in words_of(none)
    assert "Keine Annonce passt zu alledem" in words_of(none)
    assert link("ad", story.bens_ad.public_id) in found.content.decode()
    assert 'href="?language=de&amp;place=online"' in found.content.decode()
    assert 'href="?q=Kr%C3%BCger&amp;language=de"' in found.content.decode()


def test_a_search_while_one_types_gets_the_list_alone(story: Story) -> None:
    client = signed_in(story.amira)

    part = client.get(link("board"), {"q": "Moderation"}, headers={"hx-request": "true"})
    empty = client.get(link("board"), {"q": "Bienen"}, headers={"hx-request": "true"})
    nothing = PartnerAd.objects.exclude(person=story.amira).delete()
    alone = client.get(link("board"), headers={"hx-request": "true"})

    assert ("<html" in part.content.decode(), "Ben Krüger" in words_of(part)) == (False, True)
    assert "Keine Annonce passt zu alledem" in words_of(empty)
    assert (bool(nothing), alone.status_code) == (True, 200)


def test_whoever_nearly_fits_is_shown_with_what_is_missing(story: Story) -> None:
    PartnerAd.objects.filter(person=story.ben).update(commitment=5)

    words = words_of(signed_in(story.amira).get(link("board")))

    assert "Gerade passt niemand" in words
    assert "Euer Einsatz unterscheidet sich: Ben denkt an" in words


def test_a_paused_ad_is_shown_as_paused(story: Story) -> None:
    actions.pause_ad(by=story.amira, ad=story.amiras_ad)

    words = words_of(signed_in(story.amira).get(link("board")))

    assert "Pausiert: Niemand findet sie" in words
    assert "Wieder veröffentlichen" in words


def test_the_board_speaks_english(story: Story) -> None:
    Person.objects.filter(pk=story.amira.pk).update(language=Language.ENGLISH)

    words = words_of(signed_in(story.amira).get(link("board")))

    assert "Find somebody who knows what you want to learn" in words
    assert "Ben wants SQL queries (level 1 → 3), you offer level 4." in words


# --- the page of an ad --------------------------------------------------------------------------


def test_the_page_of_an_ad_says_how_it_goes_with_mine(story: Story) -> None:
    PartnerAd.objects.filter(person=story.ben).update(note="Ich erkläre gern mit Beispielen.")
    client = signed_in(story.amira)

    words = words_of(client.get(link("ad", story.bens_ad.public_id)))

    assert "Ich erkläre gern mit Beispielen." in words
    assert "Du suchst Moderation (Stufe 1 → 3), Ben bietet Stufe 4." in words
    assert "Ben anfragen" in words


def test_the_page_of_an_ad_says_what_keeps_two_apart(story: Story) -> None:
    client = signed_in(story.amira)
    seen = []

    PartnerAd.objects.filter(person=story.ben).update(languages=["pl"])
    seen.append(words_of(client.get(link("ad", story.bens_ad.public_id))))
    PartnerAd.objects.filter(person=story.ben).update(languages=["de"])
    actions.hide_person(by=story.amira, person=story.ben)
    seen.append(words_of(client.get(link("ad", story.bens_ad.public_id))))
    actions.show_person_again(by=story.amira, person=story.ben)
    a_request(story)
    seen.append(words_of(client.get(link("ad", story.bens_ad.public_id))))

    assert "Ihr habt keine gemeinsame Sprache." in seen[0]
    assert "Du möchtest keine Vorschläge dieser Person. Nimm das zuerst zurück." in seen[1]
    assert "Zur wartenden Anfrage" in seen[2]
    assert ["Ben anfragen" in words for words in seen] == [False, False, False]


def test_my_manager_is_no_partner(story: Story) -> None:
    ad = an_ad(story.people.clara, offers=moderation(), wants=sql())

    words = words_of(signed_in(story.amira).get(link("ad", ad.public_id)))

    assert "Eine Seite führt die andere. Eine Lernpartnerschaft braucht Augenhöhe." in words


def test_without_an_own_ad_one_is_offered_that_fits(story: Story) -> None:
    page = signed_in(story.people.david).get(link("ad", story.bens_ad.public_id))

    assert "Erst meine Annonce schreiben" in words_of(page)
    assert f"{link('ad_create')}?answer={story.bens_ad.public_id}" in page.content.decode()


def test_my_own_ad_shows_my_times_and_whether_it_is_found(story: Story) -> None:
    actions.pause_ad(by=story.amira, ad=story.amiras_ad)

    words = words_of(signed_in(story.amira).get(link("ad", story.amiras_ad.public_id)))

    assert "Deine Zeiten: Di 10–12, Do 9–11." in words
    assert "Diese Annonce ist nicht veröffentlicht. Nur du siehst sie." in words


def test_what_is_withdrawn_or_expired_is_not_there_for_others(story: Story) -> None:
    client, key = signed_in(story.amira), story.bens_ad.public_id
    addresses = [link("ad", key), link("ask", key)]

    answers = []
    for change in ({"state": "withdrawn"}, {"state": "published", "expires_on": "2026-11-22"}):
        PartnerAd.objects.filter(person=story.ben).update(**change)
        answers += [client.get(address).status_code for address in addresses]
        answers += [client.post(link("hide", key)).status_code]

    assert answers == [404] * 6


# --- not for me ---------------------------------------------------------------------------------


def test_hiding_can_be_taken_back_and_twice_is_once(story: Story) -> None:
    client = signed_in(story.amira)
    key = story.bens_ad.public_id

    hidden = [client.post(link("hide", key), {"reason": reason}) for reason in ("time", "topic")]
    found = PartnerExclusion.objects.get()
    board, listed = client.get(link("board")), client.get(link("hidden"))
    back = [says(client, "show_again", story.ben.public_id) for _time in range(2)]

    assert {answer.headers["Location"] for answer in hidden} == {link("board")}
    assert (found.person, found.excluded, found.reason) == (story.amira, story.ben, HidingReason.TIME)
    assert "Du siehst keine Vorschläge dieser Person mehr." in words_of(board)
    assert link("show_again", story.ben.public_id) in board.content.decode()
    assert ("Ausgeblendete Personen (1)" in words_of(board), "Ben Krüger" in words_of(listed)) == (True, True)
    assert ["Diese Person kann dir wieder vorgeschlagen werden." in words for words in back] == [True, True]
    assert ("Niemand ist ausgeblendet" in back[1], PartnerExclusion.objects.count()) == (True, 0)


def test_a_reason_may_stay_unsaid_and_nobody_hides_themselves(story: Story) -> None:
    client = signed_in(story.amira)

    own = client.post(link("hide", story.amiras_ad.public_id))
    client.post(link("hide", story.bens_ad.public_id), {"reason": "nonsense"})

    assert (own.status_code, "Das bist du." in words_of(own)) == (403, True)
    assert PartnerExclusion.objects.get().reason == HidingReason.UNSAID


# --- the own partnerships -----------------------------------------------------------------------


def test_own_partnerships_are_listed_by_whether_they_run(story: Story) -> None:
    client = signed_in(story.amira)
    seen = [words_of(client.get(link("own")))]
    PartnerAd.objects.update(capacity=2)
    closed(story)
    seen.append(words_of(client.get(link("own"))))
    a_partnership(story)
    seen.append(words_of(client.get(link("own"))))
    on_the_board = words_of(client.get(link("board")))

    assert ["Im Moment keine" in words for words in seen] == [True, True, False]
    assert [words.count("Mit Ben Krüger") for words in seen] == [0, 1, 2]
    assert ("Deine Lernpartnerschaften" in on_the_board, "Du bist dran" in on_the_board) == (True, True)


def test_suggestions_of_several_keep_their_order(story: Story) -> None:
    for name in ("Nora", "Jan"):
        an_ad(somebody(story, name), offers=moderation(), wants=sql(), level=5)

    words = words_of(signed_in(story.amira).get(link("board")))

    assert words.count("du bietest Stufe 4.") == 3
