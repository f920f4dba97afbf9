"""Contesting an assessment: it counts for nothing until whoever gave it has answered."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.competences import actions, queries
from wurzelwerk.competences.choices import ContestState, EvidenceSource
from wurzelwerk.competences.models import Competence, Contest, Evidence
from wurzelwerk.competences.tests.factories import described, role_of, target
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.notifications.models import Notification
from wurzelwerk.people.actions import deactivate_person
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.tests.factories import Cast, cast
from wurzelwerk.privacy.models import AccessLogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]

WORDS = "In der Besprechung am Montag habe ich allein geleitet."


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def competence(people: Cast) -> Competence:
    """Something that Amira's role needs."""
    found = described(label_de="Moderieren", label_en="Facilitating")
    target(role_of(people.amira), {found: 4})
    return found


@pytest.fixture
def given(people: Cast, competence: Competence) -> Evidence:
    """What Clara, who leads Amira, has said about her."""
    return actions.record_evidence(
        by=people.clara,
        person=people.amira,
        competence=competence,
        source=EvidenceSource.LEAD,
        level=2,
        summary="Braucht noch jemanden an der Seite.",
        given_by=people.clara,
        observed_on=date(2026, 11, 2),
    )


@pytest.fixture
def contest(people: Cast, given: Evidence) -> Contest:
    return actions.contest_evidence(by=people.amira, evidence=given, statement=WORDS)


def level(person: Person, competence: Competence) -> float | None:
    """Return what the profile, the start page and the gap say, which must be the same."""
    known = queries.get_level(person, competence)
    standing = queries.get_standing(person)
    assert standing is not None
    (line,) = standing.lines
    assert (line.estimate.level if line.estimate else None) == (known.level if known else None)
    return known.level if known else None


def news(person: Person) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", "url"))


def test_contested_evidence_counts_for_nothing(people: Cast, competence: Competence, given: Evidence) -> None:
    before = level(people.amira, competence)

    contest = actions.contest_evidence(by=people.amira, evidence=given, statement=f"  {WORDS} ")

    assert (before, level(people.amira, competence)) == (2, None)
    assert (contest.statement, contest.state, contest.person) == (WORDS, ContestState.OPEN, people.amira)
    assert news(people.clara) == [("competences.contested", f"/contests/{contest.public_id}")]
    assert AuditEntry.objects.filter(verb="competences.contest_evidence").count() == 1


def test_kept_it_counts_again_and_the_counter_statement_stays(
    people: Cast, competence: Competence, contest: Contest
) -> None:
    actions.answer_contest(by=people.clara, contest=contest, state=ContestState.KEPT, answer="Am Montag war ich dabei.")

    (row,) = queries.own_evidence(people.amira, competence)
    assert level(people.amira, competence) == 2
    assert (row.is_disputed, row.contest_state, row.statement) == (False, "kept", WORDS)
    assert row.answer == "Am Montag war ich dabei."
    assert [kind for kind, _url in news(people.amira)] == ["competences.contest_answered"]


def test_corrected_a_new_piece_of_the_same_day_takes_its_place(
    people: Cast, competence: Competence, given: Evidence, contest: Contest
) -> None:
    actions.answer_contest(by=people.clara, contest=contest, state=ContestState.CORRECTED, level=3)

    (row,) = queries.own_evidence(people.amira, competence)
    given.refresh_from_db()
    assert (row.level, row.observed_on, row.giver, row.statement) == (3, date(2026, 11, 2), "Clara Vogt", "")
    assert (given.withdrawn_at is not None, given.is_disputed) == (True, False)
    assert level(people.amira, competence) == 3


def test_taken_back_it_is_gone_and_cannot_be_brought_back(
    people: Cast, competence: Competence, given: Evidence, contest: Contest
) -> None:
    actions.answer_contest(by=people.clara, contest=contest, state=ContestState.RETRACTED)

    with pytest.raises(Refused):
        actions.restore_evidence(by=people.amira, evidence=given)

    assert queries.own_evidence(people.amira, competence) == ()


def test_dropped_it_counts_again_and_can_be_contested_anew(
    people: Cast, competence: Competence, given: Evidence, contest: Contest
) -> None:
    actions.drop_contest(by=people.amira, contest=contest)
    counted = level(people.amira, competence)

    again = actions.contest_evidence(by=people.amira, evidence=given, statement="Doch.")

    assert counted == 2
    assert (again.pk, again.statement, again.state, again.answered_at) == (contest.pk, "Doch.", ContestState.OPEN, None)
    assert level(people.amira, competence) is None


@pytest.mark.parametrize("state", [ContestState.KEPT, ContestState.CORRECTED, ContestState.RETRACTED])
def test_one_answer_is_enough(people: Cast, contest: Contest, state: ContestState) -> None:
    actions.answer_contest(by=people.clara, contest=contest, state=state, level=3)

    with pytest.raises(Refused):
        actions.answer_contest(by=people.clara, contest=contest, state=ContestState.KEPT)
    with pytest.raises(Refused):
        actions.drop_contest(by=people.amira, contest=contest)

    contest.refresh_from_db()
    assert contest.state == state


@pytest.mark.parametrize(
    "answer",
    [
        {"state": ContestState.OPEN},
        {"state": ContestState.DROPPED},
        {"state": ContestState.CORRECTED},
        {"state": ContestState.CORRECTED, "level": 2.0},
        {"state": ContestState.CORRECTED, "level": 6.0},
    ],
)
def test_an_answer_that_is_none_changes_nothing(people: Cast, contest: Contest, answer: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.answer_contest(by=people.clara, contest=contest, **answer)

    contest.refresh_from_db()
    assert (contest.state, contest.evidence.is_disputed) == (ContestState.OPEN, True)


def test_only_the_person_contests_and_only_who_gave_it_answers(people: Cast, given: Evidence) -> None:
    for other in (people.clara, people.ben, people.david, people.eva):
        with pytest.raises(Refused):
            actions.contest_evidence(by=other, evidence=given, statement=WORDS)
    contest = actions.contest_evidence(by=people.amira, evidence=given, statement=WORDS)
    for other in (people.amira, people.ben, people.david, people.eva):
        with pytest.raises(Refused):
            actions.answer_contest(by=other, contest=contest, state=ContestState.RETRACTED)
    for other in (people.clara, people.ben):
        with pytest.raises(Refused):
            actions.drop_contest(by=other, contest=contest)

    assert Contest.objects.get().state == ContestState.OPEN


def test_only_what_others_have_said_is_contested_once_and_with_words(
    people: Cast, competence: Competence, given: Evidence
) -> None:
    own = actions.assess_self(by=people.amira, competence=competence, level=3)

    with pytest.raises(Refused):
        actions.contest_evidence(by=people.amira, evidence=own, statement=WORDS)
    with pytest.raises(Refused):
        actions.contest_evidence(by=people.amira, evidence=given, statement="  ")
    actions.contest_evidence(by=people.amira, evidence=given, statement=WORDS)
    with pytest.raises(Refused):
        actions.contest_evidence(by=people.amira, evidence=given, statement="Noch einmal.")

    assert list(Contest.objects.values_list("statement", flat=True)) == [WORDS]


def test_taken_back_and_undone_it_is_as_disputed_as_before(
    people: Cast, competence: Competence, given: Evidence, contest: Contest
) -> None:
    actions.withdraw_evidence(by=people.amira, evidence=given)
    with pytest.raises(Refused):
        actions.answer_contest(by=people.clara, contest=contest, state=ContestState.KEPT)

    actions.restore_evidence(by=people.amira, evidence=given)

    contest.refresh_from_db()
    assert (contest.state, given.is_disputed, given.withdrawn_at) == (ContestState.OPEN, True, None)
    assert level(people.amira, competence) is None


def test_whoever_gave_it_can_correct_it_whatever_they_are_now(
    people: Cast, competence: Competence, given: Evidence, contest: Contest
) -> None:
    Employment.objects.filter(person=people.amira).update(manager=people.david)

    actions.answer_contest(by=people.clara, contest=contest, state=ContestState.CORRECTED, level=3)

    (row,) = queries.own_evidence(people.amira, competence)
    assert (row.level, row.giver) == (3, "Clara Vogt")


def test_who_has_left_cannot_be_asked(people: Cast, competence: Competence, given: Evidence, client: Client) -> None:
    deactivate_person(by=people.greta, person=people.clara)
    given.refresh_from_db()

    with pytest.raises(Refused):
        actions.contest_evidence(by=people.amira, evidence=given, statement=WORDS)

    begin = reverse("competences:contest_evidence", args=[given.public_id])
    assert begin not in page(client, people.amira, reverse("competences:competence", args=[competence.public_id]))


def test_when_the_giver_leaves_the_page_says_what_that_means(
    people: Cast, competence: Competence, contest: Contest, client: Client
) -> None:
    deactivate_person(by=people.greta, person=people.clara)

    text = page(client, people.amira, reverse("competences:competence", args=[competence.public_id]))

    assert ("bleibt ungenutzt" in text, "bis eine Antwort da ist" in text) == (True, False)


def test_a_newer_assessment_of_the_same_origin_answers_and_tells(people: Cast, competence: Competence) -> None:
    said: dict[str, Any] = {
        "by": people.ben,
        "person": people.amira,
        "competence": competence,
        "source": EvidenceSource.PARTNER,
    }
    origin: dict[str, Any] = {"given_by": people.ben, "origin_kind": "partnership", "origin_key": "one"}
    first = actions.record_evidence(**said, **origin, level=1)
    contest = actions.contest_evidence(by=people.amira, evidence=first, statement=WORDS)

    actions.record_evidence(**said, **origin, level=3)

    contest.refresh_from_db()
    first.refresh_from_db()
    assert (contest.state, first.is_disputed, level(people.amira, competence)) == (ContestState.CORRECTED, False, 3)
    assert [kind for kind, _url in news(people.amira)] == ["competences.contest_answered"]


def test_the_giver_reading_it_stands_in_the_log(people: Cast, contest: Contest, client: Client) -> None:
    address = reverse("competences:contest", args=[contest.public_id])

    page(client, people.clara, address)
    page(client, people.amira, address)

    entries = AccessLogEntry.objects.values_list("person", "reader", "item")
    assert list(entries) == [(people.amira.pk, people.clara.pk, Item.LEAD_ASSESSMENT)]


def test_what_was_taken_back_is_no_longer_shown_to_the_giver(
    people: Cast, given: Evidence, contest: Contest, client: Client
) -> None:
    address = reverse("competences:contest", args=[contest.public_id])
    actions.answer_contest(by=people.clara, contest=contest, state=ContestState.KEPT)
    before = page(client, people.clara, address)
    actions.withdraw_evidence(by=people.amira, evidence=given)

    assert (WORDS in before, WORDS in page(client, people.clara, address)) == (True, False)


def test_what_was_let_go_of_is_gone_in_words(people: Cast, contest: Contest) -> None:
    dropped = actions.drop_contest(by=people.amira, contest=contest)

    dropped.refresh_from_db()
    assert (dropped.statement, dropped.answer) == ("", "")


@pytest.mark.parametrize("state", [ContestState.CORRECTED, ContestState.RETRACTED])
def test_the_answer_reaches_the_person_whatever_it_is(
    people: Cast, contest: Contest, client: Client, state: ContestState
) -> None:
    actions.answer_contest(by=people.clara, contest=contest, state=state, level=3, answer="Du hast recht.")
    (kind, url) = news(people.amira)[-1]

    text = page(client, people.amira, url)

    assert kind == "competences.contest_answered"
    assert ("Du hast recht." in text, WORDS in text) == (True, True)


def test_an_old_undo_of_what_was_taken_back_says_so(
    people: Cast, given: Evidence, contest: Contest, client: Client
) -> None:
    actions.answer_contest(by=people.clara, contest=contest, state=ContestState.RETRACTED)
    client.force_login(people.amira)

    answer = client.post(reverse("competences:restore", args=[given.public_id]), follow=True)

    assert "selbst zurückgenommen" in answer.content.decode()


def test_a_contest_is_read_by_the_two_alone(people: Cast, contest: Contest) -> None:
    seen = [Contest.objects.visible_to(one).exists() for one in (people.amira, people.clara)]
    unseen = [
        Contest.objects.visible_to(one).exists()
        for one in (people.ben, people.david, people.eva, people.felix, people.greta)
    ]

    assert (seen, unseen) == ([True, True], [False] * 5)


def test_disputed_evidence_is_not_shown_on_the_page_of_the_person(people: Cast, given: Evidence) -> None:
    before = len(queries.shared_levels(people.clara, people.amira))

    actions.contest_evidence(by=people.amira, evidence=given, statement=WORDS)

    assert (before, len(queries.shared_levels(people.clara, people.amira))) == (1, 0)


def page(client: Client, person: Person, address: str, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_amira_contests_and_clara_answers_in_the_browser(
    people: Cast, competence: Competence, given: Evidence, client: Client
) -> None:
    of_competence = reverse("competences:competence", args=[competence.public_id])
    begin = reverse("competences:contest_evidence", args=[given.public_id])
    offered = begin in page(client, people.amira, of_competence)
    asked = page(client, people.amira, begin)
    sent = client.post(begin, {"statement": WORDS})
    disputed = page(client, people.amira, of_competence)
    address = reverse("competences:contest", args=[Contest.objects.get().public_id])
    to_clara = page(client, people.clara, address)
    answered = client.post(address, {"state": "kept", "answer": "Ich bleibe dabei."})
    afterwards = page(client, people.clara, address)
    at_the_end = page(client, people.amira, of_competence)

    assert (offered, "Braucht noch jemanden an der Seite." in asked) == (True, True)
    assert (sent["Location"], answered["Location"]) == (f"{of_competence}#evidence", address)
    assert ("bestritten" in disputed, WORDS in disputed, begin in disputed) == (True, True, False)
    assert (WORDS in to_clara, "Ich bleibe dabei." in afterwards, 'name="state"' in afterwards) == (True, True, False)
    assert ("bestritten" in at_the_end, WORDS in at_the_end, "Ich bleibe dabei." in at_the_end) == (False, True, True)


def test_the_person_reads_what_was_contested_and_can_let_go(people: Cast, contest: Contest, client: Client) -> None:
    text = page(client, people.amira, reverse("competences:contest", args=[contest.public_id]))

    drop = reverse("competences:drop_contest", args=[contest.public_id])
    assert (WORDS in text, drop in text, 'name="state"' in text) == (True, True, False)


def test_dropping_is_one_press(people: Cast, competence: Competence, contest: Contest, client: Client) -> None:
    drop = reverse("competences:drop_contest", args=[contest.public_id])
    offered = drop in page(client, people.amira, reverse("competences:competence", args=[competence.public_id]))

    client.post(drop)
    twice = client.post(drop)

    contest.refresh_from_db()
    assert (offered, contest.state, twice.status_code) == (True, ContestState.DROPPED, 302)
    told = page(client, people.clara, reverse("competences:contest", args=[contest.public_id]))
    assert (WORDS in told, "hält nicht mehr daran fest" in told) == (False, True)


@pytest.mark.parametrize(
    "sent,told",
    [
        ({}, "Was ist deine Antwort?"),
        ({"state": "corrected"}, "es muss eine andere sein als vorher"),
        ({"state": "corrected", "level": "2"}, "es muss eine andere sein als vorher"),
        ({"state": "open"}, "Was ist deine Antwort?"),
    ],
)
def test_a_wrong_answer_is_explained(
    people: Cast, contest: Contest, client: Client, sent: dict[str, str], told: str
) -> None:
    client.force_login(people.clara)

    answer = client.post(reverse("competences:contest", args=[contest.public_id]), {**sent, "answer": "Worte"})

    contest.refresh_from_db()
    assert (answer.status_code, contest.state) == (200, ContestState.OPEN)
    assert (told in answer.content.decode(), "Worte" in answer.content.decode()) == (True, True)


def test_without_words_nothing_is_contested(people: Cast, given: Evidence, client: Client) -> None:
    client.force_login(people.amira)

    answer = client.post(reverse("competences:contest_evidence", args=[given.public_id]), {"statement": " "})

    assert (answer.status_code, Contest.objects.exists()) == (200, False)


def test_own_evidence_says_why_it_cannot_be_contested(people: Cast, competence: Competence, client: Client) -> None:
    own = actions.assess_self(by=people.amira, competence=competence, level=3)

    text = page(client, people.amira, reverse("competences:contest_evidence", args=[own.public_id]))

    assert ("Eigene Nachweise kannst du zurücknehmen" in text, "<textarea" in text) == (True, False)


def test_david_finds_nothing(people: Cast, given: Evidence, contest: Contest, client: Client) -> None:
    client.force_login(people.david)
    addresses = [
        reverse("competences:contest_evidence", args=[given.public_id]),
        reverse("competences:contest", args=[contest.public_id]),
    ]

    statuses = [client.get(address).status_code for address in addresses]
    statuses.append(client.post(reverse("competences:drop_contest", args=[contest.public_id])).status_code)

    assert statuses == [404, 404, 404]
    with pytest.raises(NotThere):
        Contest.objects.get_visible(people.david, public_id=contest.public_id)


def test_the_list_and_the_file_say_what_is_disputed(people: Cast, contest: Contest, client: Client) -> None:
    listed = page(client, people.amira, reverse("competences:evidence"))
    (entry,) = client.get(reverse("competences:evidence_download")).json()["competences"]

    assert "bestritten" in listed
    assert (entry["estimate"], entry["evidence"][0]["is_disputed"]) == (None, True)
    assert entry["evidence"][0]["counter_statement"] == WORDS


def test_answering_speaks_english(people: Cast, contest: Contest, client: Client) -> None:
    Person.objects.filter(pk=people.clara.pk).update(language="en")

    text = page(client, people.clara, reverse("competences:contest", args=[contest.public_id]))

    assert "Amira Haddad sees it differently" in text
