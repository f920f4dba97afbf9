"""Who sees what: the rows of every model, and every object page for everybody of the cast."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import AdState, Scenario
from wurzelwerk.partnerships.models import (
    AdOffer,
    AdWant,
    AgreementGoal,
    AgreementSignature,
    ClosingLevel,
    ClosingStatement,
    LearningAgreement,
    LearningPackage,
    LearningPartnership,
    Meeting,
    Member,
    NoteVersion,
    PartnerAd,
    PartnershipRequest,
    SharedNote,
    TimeRequest,
)
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    a_package,
    at,
    closed,
    day,
    everything,
    in_learning,
    in_planning,
    signed_in,
    what_amira_says,
)
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.models import AccessLogEntry

pytestmark = pytest.mark.django_db
BEGUN, DUE = "23.\u00a0November 2026", "7.\u00a0Dez. 2026"
CAST = ("amira", "ben", "clara", "david", "eva", "felix", "greta")


def seen_by(story: Story, model: Any) -> str:
    """Return the initials of those who see a row of ``model``, in the order of the cast."""
    return "".join(name[0].upper() for name in CAST if model.objects.visible_to(getattr(story.people, name)).exists())


def fill(story: Story, **agreed: Any) -> LearningPartnership:
    """Return a partnership in closing with everything in it."""
    partnership = in_learning(story, **agreed)
    meeting = a_meeting(story, partnership, at=at(2026, 11, 22, 10))
    actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=actions.Worksheet("Geübt."), seen_version=0)
    actions.save_notes(by=story.amira, partnership=partnership, body="Notiz", seen_version=0)
    actions.save_notes(by=story.ben, partnership=partnership, body="Notizen", seen_version=1)
    actions.start_closing(by=story.amira, partnership=partnership)
    actions.close_partnership(by=story.amira, partnership=partnership, content=what_amira_says(story))
    return partnership


CONTENT = (
    *(PartnershipRequest, LearningAgreement, AgreementGoal, AgreementSignature, Meeting, SharedNote, NoteVersion),
    *(ClosingStatement, ClosingLevel),
)


@pytest.mark.parametrize("scenario", Scenario)
def test_rows_are_seen_as_the_matrix_says(story: Story, scenario: Scenario) -> None:
    fill(story, scenario=scenario)

    assert {model.__name__: seen_by(story, model) for model in CONTENT} == {model.__name__: "AB" for model in CONTENT}
    assert [seen_by(story, model) for model in (LearningPartnership, Member)] == ["ABE", "ABE"]
    assert seen_by(story, LearningPackage) == ("ABE" if scenario is Scenario.BLENDED else "AB")


def test_packages_are_seen_by_development_only_once_agreed(story: Story) -> None:
    PartnerAd.objects.update(scenario=Scenario.BLENDED)
    partnership = in_planning(story)
    a_package(story, partnership, learner=story.amira)

    assert (partnership.scenario, seen_by(story, LearningPackage)) == (Scenario.BLENDED, "AB")


def test_the_manager_sees_it_only_once_asked_for_time(story: Story, learning: LearningPartnership) -> None:
    before = seen_by(story, LearningPartnership)
    actions.request_time(by=story.amira, partnership=learning, weekly_minutes=60, until=day("2027-01-31"))

    assert (before, seen_by(story, LearningPartnership), seen_by(story, TimeRequest)) == ("ABE", "ABCE", "AC")
    assert [seen_by(story, model) for model in (LearningAgreement, Meeting, LearningPackage)] == ["AB", "", "AB"]


def test_a_partner_sees_nothing_of_other_partnerships(story: Story) -> None:
    PartnerAd.objects.update(capacity=2)
    first = in_learning(story)
    nora = Person.objects.get(given_name="Nora")
    ad = PartnerAd.objects.get(person=story.ben)
    other = LearningPartnership.objects.create(scenario=Scenario.ON_SITE)
    for person in (nora, story.ben):
        Member.objects.create(partnership=other, person=person)
    PartnershipRequest.objects.create(
        sender=nora, receiver=story.ben, receiver_ad=ad, pair="x", message="Hallo", due_on=day("2026-12-01")
    )

    assert list(LearningPartnership.objects.visible_to(story.amira)) == [first]
    assert PartnershipRequest.objects.visible_to(story.amira).filter(sender=nora).count() == 0
    assert LearningPartnership.objects.visible_to(story.ben).count() == 2


def test_members_go_on_seeing_what_is_over(story: Story) -> None:
    closed(story)

    assert [seen_by(story, model) for model in (LearningPartnership, LearningAgreement, ClosingStatement)] == [
        "ABE",
        "AB",
        "AB",
    ]


def test_an_ad_is_everybodys_while_it_can_be_found(story: Story) -> None:
    story.amiras_ad.delete()
    models = (PartnerAd, AdOffer, AdWant)

    found = {}
    for state in AdState:
        PartnerAd.objects.update(state=state)
        found[state.value] = {seen_by(story, model) for model in models}
    PartnerAd.objects.update(state=AdState.PUBLISHED, expires_on=day("2020-01-01"))

    assert found == {"published": {"ABCDEFG"}, "paused": {"B"}, "withdrawn": {"B"}, "expired": {"B"}}
    assert {seen_by(story, model) for model in models} == {"B"}


def test_answers_for_matching_are_nobody_elses(story: Story) -> None:
    seen = {
        name: PartnerAd.objects.with_visible(Item.MATCHING_ANSWERS, getattr(story.people, name)).count()
        for name in CAST
    }

    assert seen == {"amira": 1, "ben": 1, "clara": 0, "david": 0, "eva": 0, "felix": 0, "greta": 0}


# --- pages --------------------------------------------------------------------------------------


def statuses(story: Story, address: str) -> list[int]:
    """Return the answers to Clara, David, Eva, Felix and Greta, and to nobody signed in."""
    clients = [signed_in(getattr(story.people, name)) for name in CAST[2:]]
    return [client.get(address).status_code for client in (*clients, Client())]


def links(key: str, *names: str) -> list[str]:
    return [reverse(f"partnerships:{name}", args=[key]) for name in names]


def test_the_pages_of_a_partnership_are_not_there_for_anybody_else(story: Story) -> None:
    partnership = fill(story, scenario=Scenario.BLENDED)
    room, package, meeting = partnership.public_id, LearningPackage.objects.all()[0], Meeting.objects.get()
    read = [
        *links(room, "agreement", "sheet", "package_create", "meeting_create", "calendar", "notes", "ask_for_time"),
        *links(room, "stuck", "closing"),
        *links(package.public_id, "package_edit"),
        *links(meeting.public_id, "meeting", "meeting_edit", "meeting_calendar"),
    ]
    clients = [signed_in(person) for person in (story.people.clara, story.people.eva)]

    answers = {address: [client.get(address).status_code for client in clients] for address in read}

    assert answers == {address: [404] * len(clients) for address in read}
    assert {Client().get(address).status_code for address in read} == {302}
    assert statuses(story, *links(room, "partnership")) == [404, 404, 200, 404, 404, 302]


def test_posting_is_not_there_for_anybody_else(story: Story) -> None:
    partnership = fill(story)
    request, package, meeting = (
        PartnershipRequest.objects.get(),
        LearningPackage.objects.all()[0],
        Meeting.objects.get(),
    )
    written = [
        *links(partnership.public_id, "sign", "own_terms", "stuck", "notes", "confirm_preparation", "agreement"),
        *links(partnership.public_id, "start_closing", "resume_learning", "closing", "ask_for_time", "package_create"),
        *links(partnership.public_id, "meeting_create"),
        *links(package.public_id, "package_edit", "package_done", "package_reopen", "package_remove"),
        *links(meeting.public_id, "meeting", "meeting_edit", "meeting_cancel", "meeting_book"),
        *links(request.public_id, "request_accept", "request_decline", "request_withdraw"),
        *links(story.amiras_ad.public_id, "ad_pause", "ad_resume", "ad_withdraw", "ad_edit"),
    ]
    before = everything()

    for person in (story.people.clara, story.people.eva):
        client = signed_in(person)
        assert {address: client.post(address).status_code for address in written} == dict.fromkeys(written, 404)

    assert everything() == before


@pytest.mark.parametrize(
    "scenario,shown,hidden",
    [
        (Scenario.ON_SITE, ("Amira Haddad", "Ben Krüger"), (BEGUN, "Erste Abfrage", "moderiert")),
        (Scenario.MUTUAL_TEACHING, ("Amira Haddad", BEGUN), ("Erste Abfrage", "moderiert", "Freitag")),
        (Scenario.BLENDED, ("Erste Abfrage", "SQL-Abfragen", DUE), ("moderiert", "Freitag", "Geübt")),
    ],
)
def test_development_sees_what_the_scenario_allows_and_the_reading_is_logged(
    story: Story, scenario: Scenario, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    partnership = fill(story, scenario=scenario)
    client = signed_in(story.people.eva)

    text = client.get(reverse("partnerships:partnership", args=[partnership.public_id])).content.decode()

    assert [word for word in shown if word not in text] == []
    assert [word for word in hidden if word in text] == []
    items = {Item.PARTNERSHIP, Item.LEARNING_PACKAGE} if scenario is Scenario.BLENDED else {Item.PARTNERSHIP}
    log = AccessLogEntry.objects.filter(reader=story.people.eva)
    assert {(row.person_id, row.item) for row in log} == {
        (person.pk, item) for person in (story.amira, story.ben) for item in items
    }


def test_the_manager_reads_phase_and_time_but_neither_topic_nor_partner(
    story: Story, learning: LearningPartnership
) -> None:
    request = actions.request_time(by=story.amira, partnership=learning, weekly_minutes=90, until=day("2027-01-31"))
    client = signed_in(story.people.clara)

    pages = [
        client.get(reverse("partnerships:partnership", args=[learning.public_id])).content.decode(),
        client.get(reverse("partnerships:time_request", args=[request.public_id])).content.decode(),
    ]

    assert ["Amira" in page for page in pages] == [True, True]
    assert [word for word in ("Krüger", "SQL", "moderiert", "Moderation") for page in pages if word in page] == []
    assert {row.item for row in AccessLogEntry.objects.filter(reader=story.people.clara)} == {
        Item.PARTNERSHIP,
        Item.LEARNING_SLOT,
    }
    address = reverse("partnerships:time_request", args=[request.public_id])
    assert statuses(story, address) == [200, 404, 404, 404, 404, 302]


def test_a_closing_statement_is_not_read_before_all_have_spoken(story: Story, closing: LearningPartnership) -> None:
    actions.close_partnership(by=story.amira, partnership=closing, content=what_amira_says(story))
    client = signed_in(story.ben)

    pages = [
        client.get(reverse(f"partnerships:{name}", args=[closing.public_id])).content.decode()
        for name in ("partnership", "closing")
    ]

    assert [word for word in ("Geduld", "offener", "Er fragt selbst ab") for page in pages if word in page] == []


def test_members_reading_their_own_partnership_is_not_logged(story: Story) -> None:
    partnership = fill(story)
    client = signed_in(story.ben)

    client.get(reverse("partnerships:partnership", args=[partnership.public_id]))

    assert AccessLogEntry.objects.count() == 0


def test_the_overview_is_for_development_alone(story: Story) -> None:
    fill(story)

    assert statuses(story, reverse("partnerships:overview")) == [404, 404, 200, 404, 404, 302]


def test_others_never_see_the_windows_of_an_ad(story: Story) -> None:
    PartnerAd.objects.filter(pk=story.bens_ad.pk).update(windows=[[1, 600, 720], [4, 480, 960]])
    client = signed_in(story.amira)

    text = client.get(reverse("partnerships:ad", args=[story.bens_ad.public_id])).content.decode()

    assert ("Di\u00a010–12" in text, "Fr\u00a08–16" in text, "480" in text) == (True, False, False)
