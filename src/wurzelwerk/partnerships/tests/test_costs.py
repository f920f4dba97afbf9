"""What each page asks the database: as much for one row as for many, and never more than twenty questions."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wurzelwerk.catalogue.tests.factories import a_competence
from wurzelwerk.competences.actions import assess_self
from wurzelwerk.kernel import clock
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.actions import Worksheet
from wurzelwerk.partnerships.models import (
    LearningPackage,
    LearningPartnership,
    Meeting,
    Member,
    PartnerAd,
    PartnershipRequest,
    SharedNote,
)
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_meeting,
    a_package,
    an_ad,
    an_agreement_content,
    at,
    day,
    in_learning,
    in_planning,
    moderation,
    signed_in,
    somebody,
    sql,
)
from wurzelwerk.partnerships.tests.pages import link

MOST = 20
MANY = 3


def grow_room(story: Story, partnership: LearningPartnership) -> None:
    """Let more gather in one partnership."""
    for number in range(MANY):
        latest = partnership.agreements.count()
        a_package(story, partnership, learner=(story.amira, story.ben)[number % 2], title=f"Noch eins {number}")
        meeting = a_meeting(story, partnership, at=at(2026, 11, 20, 9) - timedelta(days=number))
        actions.write_worksheet(by=story.ben, meeting=meeting, worksheet=Worksheet("Geübt."), seen_version=0)
        a_meeting(story, partnership, at=at(2026, 12, 1 + number, 9))
        content = an_agreement_content(weekly_minutes=61 + number)
        actions.propose_agreement(by=story.ben, partnership=partnership, content=content, seen_version=latest)
        for person in (story.amira, story.ben):
            seen = SharedNote.objects.get(partnership=partnership).version
            actions.save_notes(by=person, partnership=partnership, body=f"{seen}. Fassung", seen_version=seen)


def grow_board(story: Story) -> None:
    """Let more people publish ads, ask, and learn with Amira and Ben."""
    for number in range(MANY):
        person = somebody(story, f"Nora{number}")
        ad = an_ad(person, offers=moderation(), wants=sql())
        for other in (story.amira, story.ben):
            PartnershipRequest.objects.create(
                sender=person,
                receiver=other,
                sender_ad=ad,
                receiver_ad=None,
                pair=f"{number}:{other.pk}",
                message="Und ich?",
                due_on=day("2026-12-01"),
            )
            for scenario in ("on_site", "blended"):
                more = LearningPartnership.objects.create(scenario=scenario, started_on=clock.today())
                for member in (person, other):
                    Member.objects.create(partnership=more, person=member)
                Meeting.objects.create(partnership=more, starts_at=at(2026, 12, 4, 9))
        hidden = somebody(story, f"Jan{number}")
        actions.hide_person(by=story.amira, person=hidden)


def asked(client: Client, addresses: list[str]) -> dict[str, int]:
    """Return the number of questions per page."""
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200, address
        found[address] = len(seen)
    return found


def test_pages_of_the_board_cost_the_same_for_one_and_for_many(story: Story) -> None:
    PartnerAd.objects.update(capacity=5)
    in_planning(story)
    actions.hide_person(by=story.amira, person=story.people.david)
    nora = somebody(story, "Nora")
    ad = an_ad(nora, offers=moderation(), wants=sql())
    actions.request_partnership(by=nora, ad=story.amiras_ad, message="Magst du?")
    client, eva = signed_in(story.amira), signed_in(story.people.eva)
    addresses = [
        *(link(name) for name in ("board", "own", "hidden", "requests")),
        link("ad", ad.public_id),
        link("ask", ad.public_id),
        link("ad_edit", story.amiras_ad.public_id),
    ]

    few = {**asked(client, addresses), **asked(eva, [link("overview")])}
    grow_board(story)
    many = {**asked(client, addresses), **asked(eva, [link("overview")])}

    assert many == few
    assert {address: number for address, number in many.items() if number > MOST} == {}


def test_pages_of_a_partnership_cost_the_same_for_little_and_for_much(story: Story) -> None:
    partnership = in_learning(story, scenario="blended")
    meeting, package = a_meeting(story, partnership), LearningPackage.objects.filter(learner=story.ben)[0]
    held = a_meeting(story, partnership, at=at(2026, 11, 22, 9))
    actions.write_worksheet(by=story.ben, meeting=held, worksheet=Worksheet("Geübt."), seen_version=0)
    actions.save_notes(by=story.ben, partnership=partnership, body="Notiz", seen_version=0)
    actions.save_notes(by=story.amira, partnership=partnership, body="Mehr", seen_version=1)
    request = actions.request_time(by=story.amira, partnership=partnership, weekly_minutes=60, until=day("2027-01-31"))
    client, eva, clara = (signed_in(person) for person in (story.amira, story.people.eva, story.people.clara))
    names = (
        *("partnership", "agreement", "sheet", "package_create", "meeting_create", "calendar", "notes"),
        *("ask_for_time", "stuck", "closing"),
    )
    addresses = [
        *(link(name, partnership.public_id) for name in names),
        *(link(name, meeting.public_id) for name in ("meeting", "meeting_edit", "meeting_calendar")),
        link("package_edit", package.public_id),
        link("time_request", request.public_id),
    ]
    room = link("partnership", partnership.public_id)

    def ask_all() -> dict[str, int]:
        own = asked(client, addresses)
        seen = asked(eva, [room]) | asked(clara, [link("time_request", request.public_id)])
        return {**own, **{f"outside {address}": number for address, number in seen.items()}}

    few = ask_all()
    grow_room(story, partnership)
    many = ask_all()

    assert many == few
    assert {address: number for address, number in many.items() if number > MOST} == {}


def test_a_new_ad_costs_the_same_for_one_gap_and_for_many(story: Story) -> None:
    client = signed_in(story.people.david)
    assess_self(by=story.people.david, competence=sql(), level=4)
    few = asked(client, [link("ad_create")])
    for number in range(MANY):
        assess_self(by=story.people.david, competence=a_competence(f"k{number}", f"Können {number}"), level=4)

    assert asked(client, [link("ad_create")]) == few
    assert max(few.values()) <= MOST
