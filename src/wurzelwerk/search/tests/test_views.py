import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wurzelwerk.people.models import Person
from wurzelwerk.search import palette, people, showing, sources
from wurzelwerk.search.actions import index_documents
from wurzelwerk.search.analysis.highlights import Range
from wurzelwerk.search.analysis.words import Language
from wurzelwerk.search.sources import Hit, SearchSource
from wurzelwerk.search.tests.factories import ENGLISH, document, person
from wurzelwerk.ui import navigation

pytestmark = pytest.mark.django_db
AddSource = Callable[..., SearchSource]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def amira() -> Person:
    """The learner, who reads English here, so that the tests can be read."""
    return person("Amira Aydın", language="en")


@pytest.fixture
def browser(client: Client, amira: Person) -> Client:
    """A browser in which the learner is signed in and English is chosen."""
    client.force_login(amira)
    client.cookies.load({"django_language": "en", "language": "en"})
    return client


def page_of(browser: Client, address: str, headers: dict[str, str] | None = None) -> str:
    response = browser.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0] or html


def words_of(html: str) -> str:
    main = main_of(html)
    return " ".join(unescape(re.sub(r"<(?!/?mark)[^>]*>", " ", main)).split())


def links_of(html: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'<a[^>]* href="([^"]*)"', main_of(html))]


@pytest.fixture
def filled(add_source: AddSource) -> None:
    """Two indexed sources and people."""
    plans = [document(f"Planung {number}", url=f"/c/{number}") for number in range(1, 24)]
    add_source("competences", *plans, label="Competences", order=10)
    add_source(
        "pages", document("Planung im Team", url="/p/1", summary="Wie <b>Planung</b> gelingt"), label="Pages", order=20
    )
    for source in sources.in_order():
        assert source.documents is not None
        index_documents(source.key, source.documents())
    sources.register(people.source())


@pytest.mark.usefixtures("registries")
def test_the_page_without_a_text_says_what_can_be_typed(browser: Client) -> None:
    html = page_of(browser, "/search")

    assert html.count("<h1") == 1
    assert "<title>Search" in html
    assert "One field for everything" in words_of(html)
    assert 'role="search"' in html


@pytest.mark.usefixtures("filled")
def test_the_page_shows_the_best_of_each_source(browser: Client) -> None:
    html = page_of(browser, "/search?q=planung")

    shown = words_of(html)
    assert 'value="planung"' in html
    assert "Show all 23" in shown
    assert [href for href in links_of(html) if re.match("/[cp]/", href)] == [
        *(f"/c/{number}" for number in _by_title()[:5]),
        "/p/1",
    ]
    assert "/search?q=planung&source=competences" in links_of(html)
    assert "Wie &lt;b&gt;<mark>Planung</mark>&lt;/b&gt; gelingt" in html


@pytest.mark.usefixtures("filled")
def test_one_source_is_shown_in_pages(browser: Client) -> None:
    first = page_of(browser, "/search?q=planung&source=competences")
    second = page_of(browser, "/search?q=planung&source=competences&page=2")

    assert [href for href in links_of(first) if href.startswith("/c/")] == [
        f"/c/{number}" for number in _by_title()[:20]
    ]
    assert [href for href in links_of(second) if href.startswith("/c/")] == [
        f"/c/{number}" for number in _by_title()[20:]
    ]
    assert "Page 2 of 2" in words_of(second)


def _by_title() -> list[int]:
    return sorted(range(1, 24), key=lambda number: f"planung {number}")


@pytest.mark.usefixtures("filled")
def test_htmx_gets_the_results_alone(browser: Client) -> None:
    html = page_of(browser, "/search?q=planung", HTMX)

    assert "<html" not in html
    assert "<mark>Planung</mark> 1" in html


@pytest.mark.usefixtures("filled")
def test_a_corrected_search_says_so(browser: Client) -> None:
    html = page_of(browser, "/search?q=plnaung")

    assert "Nothing holds “plnaung”. These are the results for “Planung”." in words_of(html)
    assert "/search?q=Planung&source=competences" in links_of(html)


@pytest.mark.usefixtures("filled")
def test_a_relaxed_search_says_so(browser: Client) -> None:
    assert "Nothing holds all of your words together" in words_of(page_of(browser, "/search?q=planung+zzzzzzzz"))


@pytest.mark.usefixtures("filled")
def test_nothing_found_leads_on(browser: Client) -> None:
    showing.next_steps.register(
        "ask", showing.NextStep("ask", "Ask the community", "users-round", lambda text: f"/ask?topic={text}")
    )

    html = page_of(browser, "/search?q=Planetarium")

    assert "Nothing found for “Planetarium”" in words_of(html)
    assert links_of(html)[-2:] == ["/search?q=Planung", "/ask?topic=Planetarium"]


@pytest.mark.usefixtures("filled")
def test_nothing_found_in_one_source_offers_all(browser: Client) -> None:
    html = page_of(browser, "/search?q=Team&source=competences")

    assert "Perhaps it is somewhere else." in words_of(html)
    assert "/search?q=Team" in links_of(html)


@pytest.mark.parametrize(
    "address", ["/search?q=%00&page=0&source=nothing", "/search?page=x&source=pages", "/search?q=" + "a" * 900]
)
@pytest.mark.usefixtures("filled")
def test_a_broken_address_still_answers(browser: Client, address: str) -> None:
    page_of(browser, address)


def test_only_reading_is_allowed(browser: Client) -> None:
    assert [browser.post(address).status_code for address in ("/search", "/search/suggest")] == [405, 405]


def test_people_are_found_by_name_and_job_role() -> None:
    ben = person("Jürgen Müller", role_de="Instandhaltungsplanung", role_en="Maintenance planning", unit="Werk Nord")
    person("Greta Berger")

    amira = person("Amira Aydın")

    by_name = people.find_people(amira, "mueller", 5)
    by_role = people.find_people(amira, "maintenance", 5)

    assert [hit.title for hit in by_name] == ["Jürgen Müller"]
    assert by_name[0].title_ranges == (Range(7, 13),)
    assert [hit.object_key for hit in by_role] == [ben.public_id]
    assert people.find_people(amira, "jurgen berger", 5) == []
    assert people.find_people(amira, "?", 5) == []


def test_people_who_left_and_strangers_without_account_see_nothing() -> None:
    ben = person("Ben Berger")
    Person.objects.filter(pk=ben.pk).update(is_active=False, deactivated_at="2026-11-01T00:00:00Z")
    ben.refresh_from_db()

    assert people.find_people(person("David Dorn"), "ben", 5) == []
    assert people.find_people(ben, "david", 5) == []


@pytest.mark.parametrize(
    "typed,found",
    [("Mueller", "Müller"), ("Muller", "Müller"), ("Müller", "Mueller"), ("strasse", "straße"), ("abc", "Abc")],
)
def test_spellings_hold_the_ways_to_write_a_name(typed: str, found: str) -> None:
    assert found in people.spellings(typed)
    assert len(people.spellings("aouaouaouaou")) <= 18


def test_people_are_never_indexed() -> None:
    assert people.source().documents is None


@pytest.mark.usefixtures("filled")
def test_the_page_costs_the_same_for_one_and_three_people(browser: Client) -> None:
    costs = []
    for names in (["Planung Eins"], ["Planung Zwei", "Planung Drei"]):
        for name in names:
            person(name)
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, "/search?q=planung")
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[0] <= 12


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch, registries: None) -> None:
    """A navigation of two entries and a command."""
    monkeypatch.setattr(navigation, "entries_for", _entries)
    palette.register(
        palette.Command("write", "Write in my journal", "search:page", icon="pen", words="diary reflection")
    )
    palette.register(palette.Command("hidden", "Write to all", "search:page", visible=lambda _person: False))


def _entries(request: HttpRequest) -> tuple[navigation.NavLink, ...]:
    assert request.user.is_authenticated
    return tuple(
        navigation.NavLink(label, label, label, f"/{label}", "home", "main", current=False, mobile=False, shortcut="")
        for label in ("Start", "My journal")
    )


@pytest.mark.usefixtures("offers")
def test_suggest_without_a_text_offers_pages_and_actions(browser: Client) -> None:
    answer = browser.get("/search/suggest").json()

    assert answer == {
        "groups": [
            {
                "key": "pages",
                "label": "Pages",
                "items": [
                    {"label": "Start", "href": "/Start", "note": "", "icon": "home"},
                    {"label": "My journal", "href": "/My journal", "note": "", "icon": "home"},
                ],
            },
            {
                "key": "actions",
                "label": "Actions",
                "items": [{"label": "Write in my journal", "href": "/search", "note": "", "icon": "pen"}],
            },
        ]
    }


@pytest.mark.usefixtures("offers", "filled")
def test_suggest_merges_pages_actions_and_hits(browser: Client) -> None:
    jonas = person("Jonas Jung", unit="Werk Süd")
    index_documents("pages", [document("Journal führen", url="/p/2", summary="Warum es hilft. Und wie.")])

    response = browser.get("/search/suggest?q=jo")

    assert response["Cache-Control"] == "private, no-store"
    assert [
        (group["key"], [(item["label"], item["href"], item["note"]) for item in group["items"]])
        for group in response.json()["groups"]
    ] == [
        ("pages", [("My journal", "/My journal", "")]),
        ("actions", [("Write in my journal", "/search", "")]),
        ("pages", [("Journal führen", "/p/2", "Warum es hilft")]),
        ("people", [("Jonas Jung", f"/people/{jonas.public_id}", "Werk Süd")]),
    ]


@pytest.mark.usefixtures("offers")
def test_suggest_finds_an_action_by_its_further_words(browser: Client) -> None:
    (group,) = browser.get("/search/suggest?q=diary").json()["groups"]

    assert [item["label"] for item in group["items"]] == ["Write in my journal"]


def test_hits_show_in_the_language_of_the_page(browser: Client, add_source: AddSource) -> None:
    add_source("pages")
    index_documents(
        "pages",
        [
            document("Planen", object_key="1", language=Language.GERMAN),
            document("Planning", object_key="1", language=ENGLISH),
            document("Plan nur deutsch", object_key="2"),
        ],
    )

    html = page_of(browser, "/search?q=plan")

    assert "Planning</mark>" in html
    assert "Planen" not in html
    assert main_of(html).count('lang="de"') == 1


def test_marked_text_is_escaped() -> None:
    shown = showing.marked("<i>a & b</i>", (Range(0, 4), Range(5, 6)))

    assert shown == "<mark>&lt;i&gt;a</mark> <mark>&amp;</mark> b&lt;/i&gt;"


def test_a_source_is_either_indexed_or_live() -> None:
    with pytest.raises(ValueError, match="either indexed"):
        SearchSource("both", "Both")


@pytest.mark.usefixtures("registries")
def test_a_live_source_can_be_chosen(browser: Client) -> None:
    def find(viewer: object, text: str, limit: int) -> list[Hit]:
        return [Hit("live", "1", f"{text} for {viewer}", "", "/live/1", 1.0)]

    sources.register(SearchSource("live", "Live", find=find))
    sources.register(SearchSource("other", "Other", find=lambda *_args: []))

    assert "team for Amira Aydın" in words_of(page_of(browser, "/search?q=team&source=live"))
    assert "Nothing found" in words_of(page_of(browser, "/search?q=team&source=other"))


def test_addresses_of_the_search() -> None:
    assert [reverse("search:page"), reverse("search:commands")] == ["/search", "/search/suggest"]
    assert showing.search_href("Müller & Co", "people") == "/search?q=M%C3%BCller+%26+Co&source=people"
