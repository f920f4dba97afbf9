"""Preparing, agreeing and packages, through the pages."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import PackageState, Phase
from wurzelwerk.partnerships.models import (
    AgreementSignature,
    LearningAgreement,
    LearningPackage,
    LearningPartnership,
    Member,
)
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_package,
    a_partnership,
    an_agreement_content,
    closed,
    everything,
    moderation,
    signed_in,
    sql,
)
from wurzelwerk.partnerships.tests.pages import Values, form_of, link, says, words_of
from wurzelwerk.people.choices import Language
from wurzelwerk.people.models import Person


@dataclass
class Pair:
    """Two browsers in front of one partnership."""

    story: Story
    key: str
    amira: Client
    ben: Client


@pytest.fixture
def pair(story: Story, planning: LearningPartnership) -> Pair:
    return Pair(story, planning.public_id, signed_in(story.amira), signed_in(story.ben))


def proposal(client: Client, key: str) -> Values:
    address = link("agreement", key)
    return form_of(client.get(address), address)


# --- preparing ----------------------------------------------------------------------------------


def test_both_prepare_and_then_they_plan(story: Story) -> None:
    partnership = a_partnership(story)
    key, amira, ben = partnership.public_id, signed_in(story.amira), signed_in(story.ben)

    words = [says(amira, "confirm_preparation", key) for _time in range(2)]
    then = says(ben, "confirm_preparation", key)

    assert "Gut. Du bist vorbereitet." in words[0]
    assert "Ben bereitet sich noch vor" in words[0]
    assert "Du hast schon bestätigt." in words[1]
    assert "Schlagt vor, worauf ihr euch einigt" in then
    partnership.refresh_from_db()
    assert partnership.phase == Phase.PLANNING


def test_before_planning_nothing_is_agreed(story: Story) -> None:
    partnership = a_partnership(story)
    client = signed_in(story.amira)

    words = words_of(client.get(link("agreement", partnership.public_id)))
    sheet = client.get(link("sheet", partnership.public_id))

    assert "Wenn ihr alle vorbereitet seid, plant ihr hier gemeinsam." in words
    assert sheet.status_code == 404


# --- what one can give --------------------------------------------------------------------------


def test_what_one_can_give_is_noted(pair: Pair) -> None:
    sent = {"weekly_minutes": "1:30", "rhythm_weeks": "2", "response_days": "5"}

    words = says(pair.amira, "own_terms", pair.key, **sent)

    me = Member.objects.get(person=pair.story.amira)
    assert ("Notiert, was du geben kannst." in words, "1:30" in words) == (True, True)
    assert (me.weekly_minutes, me.rhythm_weeks, me.response_days) == (90, 2, 5)


def test_what_one_cannot_give_is_kept_and_explained(pair: Pair) -> None:
    sent = {"weekly_minutes": "30:00", "rhythm_weeks": "2", "response_days": "5"}

    answer = pair.amira.post(link("own_terms", pair.key), sent)

    kept = form_of(answer, link("own_terms", pair.key))
    assert (answer.status_code, kept["weekly_minutes"], kept["rhythm_weeks"]) == (422, ["30:00"], ["2"])
    assert Member.objects.get(person=pair.story.amira).weekly_minutes == 60


def test_once_they_learn_what_each_gives_stands_in_the_agreement(story: Story, learning: LearningPartnership) -> None:
    key = learning.public_id
    sent = {"weekly_minutes": "1:30", "rhythm_weeks": "2", "response_days": "5"}

    answer = signed_in(story.amira).post(link("own_terms", key), sent)

    assert (answer.status_code, Member.objects.get(person=story.amira).weekly_minutes) == (422, 60)


# --- the agreement ------------------------------------------------------------------------------


def test_a_proposal_is_made_from_both_ads_and_sent_as_it_stands(pair: Pair) -> None:
    Member.objects.filter(person=pair.story.ben).update(weekly_minutes=45, rhythm_weeks=2, response_days=5)

    form = proposal(pair.amira, pair.key)
    words = says(pair.amira, "agreement", pair.key, **form)

    agreement = LearningAgreement.objects.get()
    assert "Vorgeschlagen. Lies es noch einmal und unterschreibe." in words
    assert (agreement.weekly_minutes, agreement.rhythm_weeks, agreement.response_days) == (45, 2, 5)
    assert sorted(agreement.goals.values_list("text", "competence")) == [
        ("Amira erreicht Stufe 3 in Moderation.", moderation().pk),
        ("Ben erreicht Stufe 3 in SQL-Abfragen.", sql().pk),
    ]


@pytest.mark.parametrize(
    "changes,sentence",
    [
        ({"goal_1": [""]}, "Hier fehlt noch eine Angabe."),
        ({"weekly_minutes": ["viel"]}, "viel"),
        ({"ends_on": ["01.11.2026"]}, "Das Ende liegt in der Vergangenheit."),
        ({"ends_on": ["irgendwann"]}, "irgendwann"),
        ({"competence_1": ["fremd"]}, "fremd"),
    ],
)
def test_a_wrong_proposal_is_kept_and_explained(pair: Pair, changes: Values, sentence: str) -> None:
    form = proposal(pair.amira, pair.key) | {"goal_2": ["Ben lernt JOIN."]}

    answer = pair.amira.post(link("agreement", pair.key), form | changes)

    assert (answer.status_code, sentence in words_of(answer) or sentence in answer.content.decode()) == (422, True)
    kept = form_of(answer, link("agreement", pair.key))
    assert kept["goal_2"] == ["Ben lernt JOIN."]
    assert LearningAgreement.objects.count() == 0


def test_two_proposals_at_once_lose_nothing(pair: Pair) -> None:
    mine, theirs = proposal(pair.amira, pair.key), proposal(pair.ben, pair.key)
    pair.ben.post(link("agreement", pair.key), theirs | {"goal_1": ["Ben fragt selbst ab."]})

    conflict = pair.amira.post(link("agreement", pair.key), mine | {"goal_1": ["Amira moderiert."]})
    kept = form_of(conflict, link("agreement", pair.key))
    saved = pair.amira.post(link("agreement", pair.key), kept)

    assert (conflict.status_code, kept["goal_1"], kept["version"]) == (409, ["Amira moderiert."], ["1"])
    assert "Ben fragt selbst ab." in words_of(conflict)
    assert saved.status_code == 302
    firsts = (
        LearningAgreement.objects.filter(goals__position=1).order_by("version").values_list("goals__text", flat=True)
    )
    assert list(firsts) == ["Ben fragt selbst ab.", "Amira moderiert."]


def test_the_same_proposal_twice_is_one_version(pair: Pair) -> None:
    form = proposal(pair.amira, pair.key)

    answers = [pair.amira.post(link("agreement", pair.key), form) for _time in range(2)]

    assert ([answer.status_code for answer in answers], LearningAgreement.objects.count()) == ([302, 302], 1)


def test_signing_asks_for_packages_and_then_for_both(pair: Pair) -> None:
    story, key = pair.story, pair.key
    pair.amira.post(link("agreement", key), proposal(pair.amira, key))
    refused = says(pair.amira, "sign", key, version=1)
    partnership = LearningAgreement.objects.get().partnership
    for learner in (story.amira, story.ben):
        a_package(story, partnership, learner=learner)
    page = pair.amira.get(link("agreement", key))
    form = form_of(page, link("sign", key))

    twice = [pair.amira.post(link("sign", key), form) for _time in range(2)]
    half = words_of(pair.amira.get(link("partnership", key)))
    whole = says(pair.ben, "sign", key, version=1)

    assert "Es gibt noch kein Lernpaket, aus dem Amira lernt." in refused
    assert {answer.headers["Location"] for answer in twice} == {link("partnership", key)}
    assert "Unterschrieben." in half
    assert "Ben muss noch unterschreiben" in half
    assert "Euer nächstes Treffen planen" in whole
    assert AgreementSignature.objects.count() == 2


def test_signing_what_was_not_read_changes_nothing(pair: Pair) -> None:
    pair.amira.post(link("agreement", pair.key), proposal(pair.amira, pair.key))
    rows = everything()

    unread = says(pair.ben, "sign", pair.key, version=2)
    unclear = pair.ben.post(link("sign", pair.key), {"version": "neueste"})

    assert "Es gibt eine neuere Fassung. Lies sie, bevor du unterschreibst." in unread
    assert unclear.headers["Location"] == link("agreement", pair.key)
    assert everything() == rows


def test_differences_are_shown_and_must_be_ticked(pair: Pair) -> None:
    story, key = pair.story, pair.key
    partnership = Member.objects.filter(person=story.amira).get().partnership
    for learner in (story.amira, story.ben):
        a_package(story, partnership, learner=learner)
    Member.objects.filter(person=story.ben).update(weekly_minutes=120)
    content = an_agreement_content()
    actions.propose_agreement(by=story.ben, partnership=partnership, content=content, seen_version=0)

    page = pair.amira.get(link("agreement", key))
    refused = says(pair.amira, "sign", key, version=1)
    signed = says(pair.amira, "sign", key, version=1, has_talked="on")

    assert "unterscheiden sich um mehr als 30 %" in words_of(page)
    assert "has_talked" in page.content.decode()
    assert "kreuzt an, dass ihr es getan habt" in refused
    assert "Unterschrieben." in signed


def test_the_agreement_in_force_is_printed_as_one_page(story: Story, learning: LearningPartnership) -> None:
    key = learning.public_id

    words = words_of(signed_in(story.ben).get(link("sheet", key)))

    for text in ("Amira moderiert eine Runde.", "Ben fragt selbst ab.", "Amira Haddad", "Ben Krüger"):
        assert text in words


def test_a_changed_agreement_waits_while_the_old_one_holds(story: Story, learning: LearningPartnership) -> None:
    key = learning.public_id
    client, address = signed_in(story.amira), link("agreement", key)
    before = words_of(client.get(address))

    client.post(address, form_of(client.get(address), address) | {"weekly_minutes": ["0:45"]})

    assert "Alle haben unterschrieben. Diese Fassung gilt." in before
    assert [each.weekly_minutes for each in LearningAgreement.objects.order_by("version")] == [60, 45]
    assert "Eine geänderte Vereinbarung wartet auf dich" in words_of(client.get(link("partnership", key)))


def test_what_is_over_takes_no_proposal(story: Story) -> None:
    key = closed(story).public_id
    client = signed_in(story.amira)
    content = {"version": "1", "goal_1": "Noch eins", "weekly_minutes": "60", "rhythm_weeks": "1", "response_days": "3"}

    answer = client.post(link("agreement", key), {**content, "ends_on": "31.12.2026", "scenario": "on_site"})

    assert (answer.status_code, LearningAgreement.objects.count()) == (422, 1)


def test_planning_speaks_english(pair: Pair) -> None:
    Person.objects.filter(pk=pair.story.amira.pk).update(language=Language.ENGLISH)

    form = proposal(pair.amira, pair.key)

    assert sorted(form["goal_1"] + form["goal_2"]) == [
        "Amira reaches level 3 in Facilitation.",
        "Ben reaches level 3 in SQL queries.",
    ]
    answer = pair.amira.post(link("agreement", pair.key), form | {"ends_on": ["01.11.2026"]})
    assert (answer.status_code, "The end lies in the past." in words_of(answer)) == (422, True)


# --- packages -----------------------------------------------------------------------------------


def test_a_package_is_planned_once_however_often_it_is_sent(pair: Pair) -> None:
    address = link("package_create", pair.key)
    form = form_of(pair.amira.get(address), address) | {"title": ["Eine Runde leiten"]}

    answers = [pair.amira.post(address, form) for _time in range(2)]

    package = LearningPackage.objects.get()
    story = pair.story
    assert {answer.headers["Location"] for answer in answers} == {link("partnership", pair.key) + "#packages"}
    assert (package.learner, package.teacher, package.competence) == (story.amira, story.ben, moderation())
    assert str(package.due_on) == "2026-12-07"


@pytest.mark.parametrize(
    "changes", [{"title": [""]}, {"due_on": ["bald"]}, {"learner": ["niemand"]}, {"competence": ["fremd"]}]
)
def test_a_wrong_package_is_kept_and_explained(pair: Pair, changes: Values) -> None:
    address = link("package_create", pair.key)
    form = form_of(pair.amira.get(address), address) | {"title": ["Üben"], "if_then": ["Wenn Freitag ist"]}

    answer = pair.amira.post(address, form | changes)

    assert (answer.status_code, LearningPackage.objects.count()) == (422, 0)
    assert form_of(answer, address)["if_then"] == ["Wenn Freitag ist"]


def test_packages_are_planned_only_in_their_time(story: Story) -> None:
    key = a_partnership(story).public_id
    client, address = signed_in(story.amira), link("package_create", key)

    answer = client.post(address, form_of(client.get(address), address) | {"title": ["Zu früh"]})

    assert (answer.status_code, LearningPackage.objects.count()) == (422, 0)
    assert "Lernpakete werden geplant, sobald ihr alle vorbereitet seid" in words_of(answer)


def test_a_package_is_changed_done_opened_again_and_removed(story: Story, learning: LearningPartnership) -> None:
    key = learning.public_id
    client = signed_in(story.ben)
    package = LearningPackage.objects.get(learner=story.ben)
    edit = link("package_edit", package.public_id)

    def now() -> tuple[str, str]:
        package.refresh_from_db()
        return package.title, package.state

    form = form_of(client.get(edit), edit)
    client.post(edit, form | {"title": ["JOIN üben"], "due_on": ["24.12.2026"]})
    seen: list[Any] = [now()]
    done = [says(client, "package_done", package.public_id) for _time in range(2)]
    seen.append(now())
    kept = [says(client, "package_remove", package.public_id), words_of(client.post(edit, form))]
    again = [says(client, "package_reopen", package.public_id) for _time in range(2)]
    seen.append(now())
    gone = says(client, "package_remove", package.public_id)

    assert seen == [("JOIN üben", PackageState.PLANNED), ("JOIN üben", PackageState.DONE), ("JOIN üben", "planned")]
    assert ["Erledigt. Gut gelernt." in words for words in done] == [True, True]
    assert ["Dieses Lernpaket ist erledigt." in words for words in kept] == [True, True]
    assert ["Das Lernpaket ist wieder offen." in words for words in again] == [True, True]
    assert ("Das Lernpaket ist weg." in gone, client.get(edit).status_code) == (True, 404)
    assert link("partnership", key) in client.get(link("own")).content.decode()


def test_done_comes_with_a_way_back(story: Story, learning: LearningPartnership) -> None:
    package = LearningPackage.objects.get(learner=story.ben)

    page = signed_in(story.ben).post(link("package_done", package.public_id), follow=True)

    assert f'action="{link("package_reopen", package.public_id)}"' in page.content.decode()


def test_in_planning_nothing_is_done_yet(pair: Pair) -> None:
    partnership = Member.objects.filter(person=pair.story.amira).get().partnership
    package = a_package(pair.story, partnership, learner=pair.story.amira)

    words = says(pair.amira, "package_done", package.public_id)

    package.refresh_from_db()
    assert "Lernpakete werden erledigt, sobald alle die Vereinbarung unterschrieben haben." in words
    assert package.state == PackageState.PLANNED
