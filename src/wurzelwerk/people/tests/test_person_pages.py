from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.people.models import Person
from wurzelwerk.people.tests.factories import EmploymentFactory, OrgUnitFactory, PersonFactory, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(cast().amira)
    return client


def names_on(client: Client, **query: str) -> list[str]:
    html = client.get(f"/people?{urlencode(query)}").content.decode()
    return [part.split("</a>")[0].split(">")[1] for part in html.split('class="person-name"')[1:]]


def test_directory_shows_everyone_at_work_by_name(client: Client) -> None:
    people = cast()
    PersonFactory(given_name="Left", family_name="Long-ago", is_active=False, deactivated_at=people.amira.created_at)
    client.force_login(people.david)

    assert names_on(client) == [
        "Felix Brandt", "Amira Haddad", "Ben Krüger", "David Lenz", "Greta Nowak",
        *[person.full_name for person in Person.objects.filter(given_name="Nora")],
        "Eva Sommer", "Clara Vogt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text,expected",
    [
        ("ami", ["Amira Haddad"]),
        ("krü", ["Ben Krüger"]),
        ("Produktion", ["Amira Haddad", "Clara Vogt"]),
        ("clara produktion", ["Clara Vogt"]),
        ("nobody-like-this", []),
        ("%", []),
    ],
)
def test_directory_finds_by_name_and_unit(signed_in: Client, text: str, expected: list[str]) -> None:
    assert names_on(signed_in, q=text) == expected


def test_directory_narrows_to_a_unit_and_what_is_below_it(signed_in: Client) -> None:
    area = OrgUnitFactory(name="Logistik")
    EmploymentFactory(person__given_name="Lea", person__family_name="Lauf", unit=OrgUnitFactory(parent=area))

    assert names_on(signed_in, unit=area.public_id) == ["Lea Lauf"]


def test_directory_says_what_to_do_when_nobody_is_found(signed_in: Client) -> None:
    html = signed_in.get("/people?q=zzzz").content.decode()

    assert "Niemand gefunden" in html
    assert 'href="/people"' in html


def test_directory_turns_pages_and_survives_nonsense(signed_in: Client) -> None:
    EmploymentFactory.create_batch(31)

    assert len(names_on(signed_in, page="2")) == 9
    assert len(names_on(signed_in, page="99")) == 9
    assert len(names_on(signed_in, page="x", unit="nothing")) == 30


def test_directory_costs_the_same_for_few_and_many(
    signed_in: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        signed_in.get("/people")

    EmploymentFactory.create_batch(20)

    with django_assert_num_queries(6):
        signed_in.get("/people")


def test_htmx_gets_the_list_alone(signed_in: Client) -> None:
    html = signed_in.get("/people?q=ami", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in html
    assert "Amira Haddad" in html


@pytest.mark.parametrize("who", ["amira", "ben", "clara", "david", "eva", "felix", "greta"])
def test_person_page_shows_the_directory_to_everyone_and_the_portrait_to_nobody_else(client: Client, who: str) -> None:
    people = cast()
    people.amira.introduction = "INTRODUCTION-CANARY"
    people.amira.save()
    client.force_login(getattr(people, who))

    html = client.get(f"/people/{people.amira.public_id}").content.decode()

    assert "Amira Haddad" in html
    assert "Produktion" in html
    assert "Clara Vogt" in html
    assert ("INTRODUCTION-CANARY" in html) == (who == "amira")
    assert people.amira.email not in html


def test_person_page_of_nobody_is_not_there(signed_in: Client) -> None:
    assert signed_in.get("/people/nobodyatall").status_code == 404


def test_person_page_says_that_somebody_left(signed_in: Client) -> None:
    gone = PersonFactory(is_active=False, deactivated_at=Person.objects.earliest("pk").created_at)

    assert "arbeitet nicht mehr hier" in signed_in.get(f"/people/{gone.public_id}").content.decode()


def test_person_page_costs_few_queries(
    signed_in: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clara = Person.objects.get(staff_number="clara")

    with django_assert_max_num_queries(12):
        signed_in.get(f"/people/{clara.public_id}")


def test_my_page_leads_to_my_own(signed_in: Client) -> None:
    amira = Person.objects.get(staff_number="amira")

    response = signed_in.get("/people/me")

    assert response.headers["Location"] == f"/people/{amira.public_id}"
    assert "/people/me/settings" in signed_in.get(f"/people/{amira.public_id}").content.decode()


def test_settings_keep_portrait_and_wishes(signed_in: Client) -> None:
    sent = {"introduction": " I plan. ", "interests": "Maps", "language": "en", "theme": "dark", "density": "dense"}

    response = signed_in.post("/people/me/settings", sent)

    amira = Person.objects.get(staff_number="amira")
    assert response.status_code == 302
    assert (amira.introduction, amira.interests) == ("I plan.", "Maps")
    assert (amira.language, amira.theme, amira.density) == ("en", "dark", "dense")
    page = signed_in.get("/people/me/settings").content.decode()
    assert 'lang="en"' in page
    assert 'data-theme="dark"' in page
    assert "Saved." in page


def test_settings_keep_what_was_typed_when_something_is_wrong(signed_in: Client) -> None:
    sent = {"introduction": "I plan.", "language": "tlh", "theme": "dark", "density": "calm"}

    html = signed_in.post("/people/me/settings", sent).content.decode()

    assert "I plan." in html
    assert 'role="alert"' in html
    assert Person.objects.get(staff_number="amira").introduction == ""


def test_wishes_of_the_menu_are_kept_on_the_person(signed_in: Client) -> None:
    signed_in.post("/preferences", {"theme": "contrast"})

    assert Person.objects.get(staff_number="amira").theme == "contrast"


def test_portrait_is_only_visible_by_a_share() -> None:
    people = cast()

    assert list(Person.objects.with_visible(Item.PORTRAIT, people.amira)) == [people.amira]
    assert Item.PORTRAIT.value == "portrait"
    assert Audience.COMMUNITY.value == "community"
