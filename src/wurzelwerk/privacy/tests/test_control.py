"""The sharing control on one's own page: opening, closing and undoing, seen by those it is about."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.matrix import Audience, Item, can_be_shared_with
from wurzelwerk.kernel.models import AuditEntry
from wurzelwerk.kernel.verdict import NotThere, Refused
from wurzelwerk.people.models import Employment, Person
from wurzelwerk.people.tests.factories import Cast, EmploymentFactory
from wurzelwerk.privacy import actions, shareables
from wurzelwerk.privacy.models import AccessLogEntry, Share
from wurzelwerk.privacy.queries import relation_to, sharing_control
from wurzelwerk.privacy.shareables import Shareable, SharedThing
from wurzelwerk.privacy.tests.conftest import Befriend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_time")]
WORDS = "Ich zeige gern, wie man Kanban-Tafeln baut."


@pytest.fixture
def amira(client: Client, people: Cast) -> Client:
    Person.objects.filter(pk=people.amira.pk).update(introduction=WORDS)
    client.force_login(people.amira)
    return client


def address(people: Cast, *more: str) -> str:
    return "/".join(["/privacy/share/portrait", people.amira.public_id, *more])


def seen_by(viewer: Person, people: Cast) -> bool:
    """Tell whether the matrix and the shares let ``viewer`` see Amira's portrait now."""
    found: bool = Person.objects.with_visible(Item.PORTRAIT, viewer).filter(pk=people.amira.pk).exists()
    return found


def page_for(viewer: Person, people: Cast) -> str:
    """Return Amira's page as ``viewer`` gets it now."""
    client = Client()
    client.force_login(viewer)
    return client.get(f"/people/{people.amira.public_id}").content.decode()


def watchers(people: Cast) -> set[str]:
    return {name for name in Cast.__slots__ if name != "amira" and seen_by(getattr(people, name), people)}


def undo(client: Client, page: str) -> Any:
    """Press the button of the latest toast on ``page``."""
    html = client.get(page).content.decode()
    forms = re.findall(r'data-toast>.*?<form method="post" action="([^"]+)">(.*?)</form>', html, re.DOTALL)
    action, fields = forms[-1]
    return client.post(action, dict(re.findall(r'name="(keys|back)" value="([^"]*)"', fields)))


def test_own_page_says_that_only_oneself_sees_the_portrait(amira: Client, people: Cast) -> None:
    html = amira.get(f"/people/{people.amira.public_id}").content.decode()

    assert "Nur du siehst das." in html
    assert f'action="{address(people)}"' in html
    assert watchers(people) == set()


@pytest.mark.parametrize(
    "whom,expected",
    [
        ("lead", {"clara"}),
        ("learning_and_development", {"eva"}),
        ("works_council", {"felix"}),
        ("unit", {"clara"}),
        ("community", {"ben", "clara", "david", "eva", "felix", "greta"}),
    ],
)
def test_whoever_was_chosen_sees_it_on_the_next_request(
    amira: Client, people: Cast, whom: str, expected: set[str]
) -> None:
    before = watchers(people)

    response = amira.post(address(people), {"whom": whom})

    assert response.headers["Location"] == f"/people/{people.amira.public_id}#about"
    assert (before, watchers(people)) == (set(), expected)


def test_partner_and_mentor_are_asked_for_at_every_reading(amira: Client, people: Cast, stand: Befriend) -> None:
    response = amira.post(address(people), {"whom": "partner"})
    before = seen_by(people.ben, people)

    stand(Audience.PARTNER, people.amira, people.ben)

    assert (response.status_code, before, seen_by(people.ben, people)) == (302, False, True)


def test_unit_means_where_the_owner_works_at_the_time_of_reading(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "unit"})

    Employment.objects.filter(person=people.amira).update(unit=Employment.objects.get(person=people.david).unit)

    assert watchers(people) == {"david"}


def test_without_a_unit_nobody_of_no_unit_sees_it(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "unit"})

    Employment.objects.filter(person__in=[people.amira, people.ben]).update(unit=None)

    assert watchers(people) == set()
    assert "unit" not in dict(sharing_control(people.amira, Item.PORTRAIT, people.amira.public_id).choices)


def test_one_person_by_name_sees_it_alone(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "person", "name": "david lenz"})

    html = amira.get(f"/people/{people.amira.public_id}").content.decode()
    assert watchers(people) == {"david"}
    assert "David Lenz" in html
    assert "Nur du siehst das." not in html


def test_several_people_of_a_name_are_offered_to_choose_from(amira: Client, people: Cast) -> None:
    twin = EmploymentFactory(person__given_name="David", person__family_name="Lenzen").person

    asked = amira.post(address(people), {"whom": "person", "name": "David Lenz"})
    amira.post(address(people), {"whom": "person", "name": "David Lenz", "recipient": twin.public_id})

    assert asked.status_code == 400
    assert twin.public_id in asked.content.decode()
    assert watchers(people) == set()
    assert Share.objects.get().recipient == twin


@pytest.mark.parametrize("name", ["", "Niemand Nirgends", "Amira Haddad"])
def test_nobody_of_this_name_opens_nothing_and_says_so(amira: Client, people: Cast, name: str) -> None:
    response = amira.post(address(people), {"whom": "person", "name": name})

    assert response.status_code == 400
    assert "Niemand im Unternehmen passt zu diesem Namen" in response.content.decode()
    assert Share.objects.count() == 0


def test_chosen_person_who_left_is_not_found(amira: Client, people: Cast) -> None:
    Person.objects.filter(pk=people.david.pk).update(is_active=False, deactivated_at=clock.now())

    response = amira.post(address(people), {"whom": "person", "recipient": people.david.public_id})

    assert (response.status_code, Share.objects.count()) == (400, 0)


def test_action_refuses_oneself_and_leavers(people: Cast) -> None:
    people.david.is_active = False

    for recipient in (people.amira, people.david):
        with pytest.raises(Refused):
            actions.open_thing(
                by=people.amira,
                item=Item.PORTRAIT,
                object_key=people.amira.public_id,
                audience=Audience.COMMUNITY,
                recipient=recipient,
            )


@pytest.mark.parametrize("whom", ["administrator", "self", "nonsense", ""])
def test_what_the_matrix_does_not_allow_is_not_even_a_choice(amira: Client, people: Cast, whom: str) -> None:
    response = amira.post(address(people), {"whom": whom})

    assert (response.status_code, Share.objects.count()) == (400, 0)


def test_choices_are_exactly_those_of_the_matrix(people: Cast) -> None:
    choices = [key for key, _words in sharing_control(people.amira, Item.PORTRAIT, people.amira.public_id).choices]

    assert sorted(choices) == sorted([*(one.value for one in can_be_shared_with(Item.PORTRAIT)), "unit", "person"])


def test_end_of_the_day_ends_the_share(amira: Client, people: Cast, frozen_time: Traveller) -> None:
    amira.post(address(people), {"whom": "community", "until": "24.11.2026"})
    before = seen_by(people.david, people)

    frozen_time.move_to(clock.now() + timedelta(days=2))

    assert (before, seen_by(people.david, people)) == (True, False)


@pytest.mark.parametrize("until", ["20.11.2026", "1.1.2029", "irgendwann"])
def test_day_that_cannot_be_is_refused(amira: Client, people: Cast, until: str) -> None:
    response = amira.post(address(people), {"whom": "community", "until": until})

    assert (response.status_code, Share.objects.count()) == (400, 0)


def test_closing_and_undoing_hold_on_the_next_request(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "community"})
    opened = seen_by(people.david, people)

    closed = amira.post(reverse("privacy:revoke", args=[Share.objects.get().public_id]), {"back": "thing"})
    after_closing = seen_by(people.david, people)
    undo(amira, closed.headers["Location"].split("#")[0])

    assert closed.headers["Location"] == f"/people/{people.amira.public_id}#about"
    assert (opened, after_closing, seen_by(people.david, people)) == (True, False, True)


def test_opening_is_undone_by_its_toast(amira: Client, people: Cast) -> None:
    opened = amira.post(address(people), {"whom": "community"})

    before = WORDS in page_for(people.david, people)
    undone = undo(amira, opened.headers["Location"].split("#")[0])

    assert undone.headers["Location"] == f"/people/{people.amira.public_id}#about"
    assert (before, WORDS in page_for(people.david, people)) == (True, False)


def test_closing_for_everyone_closes_this_thing_alone_and_is_undone_at_once(amira: Client, people: Cast) -> None:
    for whom in ("lead", "learning_and_development"):
        amira.post(address(people), {"whom": whom})
    other = actions.share(by=people.amira, item=Item.PATH, object_key="goal", label="Weg", audience=Audience.LEAD)

    response = amira.post(address(people, "close"))
    closed = watchers(people)
    undo(amira, response.headers["Location"].split("#")[0])

    assert (closed, watchers(people)) == (set(), {"clara", "eva"})
    assert other in Share.objects.in_force()


def test_list_of_shares_closes_everything_and_undoes_it(amira: Client, people: Cast) -> None:
    for whom in ("lead", "unit"):
        amira.post(address(people), {"whom": whom})
    listed = amira.get("/privacy/shares").content.decode()

    response = amira.post("/privacy/shares/close-all")
    closed = watchers(people)
    undo(amira, response.headers["Location"])

    assert "alle in deinem Bereich" in listed
    assert "Alles beenden" in listed
    assert (closed, watchers(people)) == (set(), {"clara"})
    assert AuditEntry.objects.filter(verb="privacy.revoke_share").count() == 2


def test_closing_what_is_closed_says_nothing(amira: Client, people: Cast) -> None:
    for page in (address(people, "close"), "/privacy/shares/close-all"):
        amira.post(page)

    assert "data-toast>" not in amira.get("/privacy/shares").content.decode()


def test_reopening_is_refused_too_late(amira: Client, people: Cast, frozen_time: Traveller) -> None:
    amira.post(address(people), {"whom": "community"})
    key = Share.objects.get().public_id
    amira.post("/privacy/shares/close-all")

    frozen_time.shift(timedelta(hours=2))
    amira.post("/privacy/shares/reopen", {"keys": key})

    assert Share.objects.in_force().count() == 0


def test_nobody_reopens_or_opens_what_is_somebody_elses(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "community"})
    key = Share.objects.get().public_id
    amira.post("/privacy/shares/close-all")
    stranger = Client()
    stranger.force_login(people.david)

    stranger.post("/privacy/shares/reopen", {"keys": key})
    answers = [stranger.post(address(people, *more), {"whom": "community"}).status_code for more in ((), ("close",))]

    assert answers == [404, 404]
    assert stranger.get(address(people)).status_code == 404
    assert Share.objects.in_force().count() == 0


@pytest.mark.parametrize("item", ["journal", "nonsense"])
def test_kinds_without_a_room_that_names_its_things_are_not_there(amira: Client, item: str) -> None:
    assert amira.get(f"/privacy/share/{item}/key").status_code == 404


def test_page_of_the_control_works_by_itself_in_english(amira: Client, people: Cast) -> None:
    Person.objects.filter(pk=people.amira.pk).update(language="en")

    html = amira.get(address(people)).content.decode()

    assert "Only you see this." in html
    assert "Everyone in your unit: Produktion" in html
    assert "One person, by name" in html


def test_reading_of_others_is_noted_and_seen_in_the_log(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "person", "name": "David"})

    shown = [WORDS in page_for(viewer, people) for viewer in (people.david, people.ben)]

    noted = AccessLogEntry.objects.get()
    log = amira.get("/privacy/access-log").content.decode()
    assert shown == [True, False]
    assert (noted.reader, noted.reader_audience, noted.item) == (people.david, Audience.COMMUNITY, Item.PORTRAIT)
    assert "David Lenz" in log
    assert "Vorstellung und Interessen" in log


def test_empty_portrait_is_no_look(amira: Client, people: Cast) -> None:
    amira.post(address(people), {"whom": "community"})
    Person.objects.filter(pk=people.amira.pk).update(introduction="", interests="")

    page_for(people.david, people)

    assert AccessLogEntry.objects.count() == 0


def test_nearest_relation_counts_for_somebody_named(people: Cast, stand: Befriend) -> None:
    stand(Audience.PARTNER, people.amira, people.ben)

    found = [relation_to(people.amira, one, Item.PORTRAIT) for one in (people.ben, people.clara, people.eva)]

    assert found == [Audience.PARTNER, Audience.LEAD, Audience.COMMUNITY]
    assert relation_to(people.amira, people.david, Item.ESTIMATE) is None


def test_named_person_without_an_allowed_relation_is_refused_with_a_sentence(
    amira: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = {**shareables.shareables._entries, "estimate": Shareable(lambda _owner, _key: SharedThing("Stand", "/"))}  # noqa: SLF001
    monkeypatch.setattr(shareables.shareables, "_entries", entries)

    response = amira.post("/privacy/share/estimate/key", {"whom": "person", "name": "David"})

    assert response.status_code == 400
    assert "nur für Menschen öffnen" in response.content.decode()


def test_room_hears_of_what_is_newly_opened_once(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    kind = Shareable(lambda _owner, _key: SharedThing("Weg", "/"), lambda _owner, key: told.append(key))
    monkeypatch.setattr(shareables.shareables, "_entries", {"path": kind})

    for _time in range(2):
        actions.open_thing(by=people.amira, item=Item.PATH, object_key="goal", audience=Audience.LEAD)

    assert told == ["goal"]


def test_portrait_of_somebody_else_cannot_be_named(people: Cast) -> None:
    with pytest.raises(NotThere):
        shareables.find_portrait(people.david, people.amira.public_id)
