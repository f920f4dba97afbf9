"""The board: suggestions with reasons, near misses, filters."""

from datetime import timedelta
from typing import Any

from pytest_django import DjangoAssertNumQueries

from wurzelwerk.kernel import clock
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.models import PartnerAd
from wurzelwerk.partnerships.queries.board import AdFilter, ad_page, find_ads, get_board
from wurzelwerk.partnerships.tests.factories import Story, a_request, an_ad, moderation, somebody, sql
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Employment, Person, Site
from wurzelwerk.people.rules import has_role
from wurzelwerk.people.tests.factories import EmploymentFactory

OBSTACLES: tuple[dict[str, Any], ...] = (
    {"languages": ["pl"]},
    {"is_remote": False, "is_on_site": True},
    {"hours_min": 3, "hours_max": 4},
    {"weeks_min": 20, "weeks_max": 30},
    {"commitment": 5},
    {"windows": [[1, 600, 660]], "hours_min": 2},
)


def test_the_board_suggests_who_fits_with_reasons_for_both(story: Story) -> None:
    board = get_board(story.amira)

    (entry,) = board.suggestions
    fit = entry.fit
    assert fit is not None
    assert (board.own.public_id if board.own else "", entry.ad.name) == (story.amiras_ad.public_id, "Ben Krüger")
    assert fit.gains == ("Du suchst Moderation (Stufe 1\u00a0→\u00a03), Ben bietet Stufe 4.",)
    assert fit.gives == ("Ben sucht SQL-Abfragen (Stufe 1\u00a0→\u00a03), du bietest Stufe 4.",)
    assert fit.common == ((1, 600, 720), (3, 540, 660))
    assert "Di\u00a010–12" in fit.reason
    assert sum(part.points * part.weight for part in fit.parts) // 100 == fit.total


def test_without_a_published_ad_there_are_no_suggestions(story: Story) -> None:
    actions.pause_ad(by=story.amira, ad=story.amiras_ad)

    board = get_board(story.amira)

    assert (board.is_published, board.own is not None, board.suggestions) == (False, True, ())
    assert get_board(story.people.david).own is None


def test_whoever_is_hidden_is_suggested_to_neither(story: Story) -> None:
    actions.hide_person(by=story.amira, person=story.ben)

    assert [len(get_board(person).suggestions) for person in (story.amira, story.ben)] == [0, 0]
    assert [get_board(person).hidden for person in (story.amira, story.ben)] == [1, 0]


def test_a_declined_request_ends_the_suggestion(story: Story) -> None:
    actions.answer_request(by=story.ben, request=a_request(story), accepts=False)

    assert [get_board(person).suggestions for person in (story.amira, story.ben)] == [(), ()]


def test_the_manager_is_no_suggestion(story: Story) -> None:
    an_ad(story.people.clara, offers=moderation(), wants=sql())

    assert [entry.ad.given_name for entry in get_board(story.amira).suggestions] == ["Ben"]


def test_near_misses_say_what_is_missing(story: Story) -> None:
    PartnerAd.objects.filter(pk=story.bens_ad.pk).update(windows=[[4, 600, 720]])
    nora = somebody(story, "Nora")
    an_ad(nora, offers=moderation(), wants=moderation(), level=5)

    found = {entry.ad.given_name: entry.fit.missing for entry in get_board(story.amira).near_misses if entry.fit}

    assert found["Ben"].startswith("Ihr habt keine freie Stunde gemeinsam")
    assert (found["Nora"].startswith("Nora sucht"), "Moderation" in found["Nora"]) == (True, True)


def test_every_obstacle_has_its_sentence(story: Story) -> None:
    Employment.objects.filter(person=story.ben).update(site=EmploymentFactory().site)
    before = PartnerAd.objects.filter(pk=story.bens_ad.pk).values(*{name for changes in OBSTACLES for name in changes})[
        0
    ]

    told = []
    for changes in OBSTACLES:
        PartnerAd.objects.filter(pk=story.bens_ad.pk).update(**{**before, **changes})
        fit = ad_page(story.amira, story.bens_ad).fit
        assert (changes, fit is not None and fit.is_possible) == (changes, False)
        told.append(fit.missing if fit else "")

    assert told == [
        "Ihr habt keine gemeinsame Sprache.",
        (
            "Ihr könnt euch nicht treffen: Ben arbeitet an einem anderen Standort, "
            "und eine Seite trifft sich nicht online."
        ),
        "Ben möchte 3–4\u00a0Std. je Woche geben, du 1–2\u00a0Std. je Woche.",
        "Ben denkt an 20–30 Wochen, du an 8–12 Wochen.",
        "Euer Einsatz unterscheidet sich: Ben denkt an „Das ist mein wichtigstes Lernziel; ich schaffe ihm Raum.“.",
        "Ihr habt 1 gemeinsame freie Stunde je Woche und braucht 2. Markiere mehr Stunden in deiner Annonce.",
    ]


def test_board_costs_the_same_for_one_and_for_many(
    story: Story, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    has_role(story.amira, Role.LEARNING_AND_DEVELOPMENT)  # every page asks for the roles once
    with django_assert_max_num_queries(4):
        assert len(get_board(story.amira).suggestions) == 1
    for name in ("Nora", "Jan", "Lena"):
        an_ad(somebody(story, name), offers=moderation(), wants=sql())

    with django_assert_max_num_queries(4):
        assert len(get_board(story.amira).suggestions) == 4


def test_ads_are_filtered(story: Story) -> None:
    nora = somebody(story, "Nora")
    an_ad(nora, offers=sql(), wants=sql(), languages=("en",), scenario="blended", is_on_site=False)
    PartnerAd.objects.filter(person=nora).update(changed_at=clock.now() + timedelta(hours=1))
    site = Site.objects.get(employments__person=story.ben).public_id
    Employment.objects.filter(person=nora).update(site=EmploymentFactory().site)
    wishes: tuple[tuple[AdFilter, list[str]], ...] = (
        (AdFilter(), ["Nora", "Ben"]),
        (AdFilter(text="Moderation"), ["Ben"]),
        (AdFilter(text="krüger"), ["Ben"]),
        (AdFilter(text="Bienenzucht"), []),
        (AdFilter(language="en"), ["Nora"]),
        (AdFilter(place="online"), ["Nora", "Ben"]),
        (AdFilter(place="on_site"), ["Ben"]),
        (AdFilter(scenario="blended"), ["Nora"]),
        (AdFilter(site=site), ["Ben"]),
        (AdFilter(site="unknown"), []),
        (AdFilter(offers=sql().public_id), ["Nora"]),
        (AdFilter(offers="unknown"), []),
        (AdFilter(wants=sql().public_id), ["Nora", "Ben"]),
        (AdFilter(wants="unknown"), []),
    )

    for wish, names in wishes:
        assert (wish, [ad.given_name for ad in find_ads(story.amira, wish).object_list]) == (wish, names)


def test_ads_of_those_who_left_and_of_hidden_people_are_not_listed(story: Story) -> None:
    nora = somebody(story, "Nora")
    an_ad(nora, offers=sql(), wants=sql())
    actions.hide_person(by=story.amira, person=story.ben)
    Person.objects.filter(pk=nora.pk).update(is_active=False, deactivated_at=clock.now())

    assert list(find_ads(story.amira, AdFilter()).object_list) == []


def test_a_confidential_wish_cannot_be_told_from_no_time(story: Story) -> None:
    PartnerAd.objects.filter(pk=story.bens_ad.pk).update(windows=[[4, 600, 720]])
    busy = ad_page(story.amira, story.bens_ad).fit
    PartnerAd.objects.filter(pk=story.bens_ad.pk).update(windows=[[1, 600, 720], [3, 540, 660]])
    actions.hide_person(by=story.ben, person=story.amira)
    hidden = ad_page(story.amira, story.bens_ad).fit
    actions.show_person_again(by=story.ben, person=story.amira)
    Employment.objects.filter(person=story.ben).update(unit=story.amira.employment.unit)
    PartnerAd.objects.filter(pk=story.bens_ad.pk).update(wants_other_team=True)

    other_team = ad_page(story.amira, story.bens_ad).fit

    assert busy is not None
    assert hidden is not None
    assert other_team is not None
    assert {(each.missing, each.common, each.common_text) for each in (busy, hidden, other_team)} == {
        (busy.missing, (), busy.common_text)
    }
