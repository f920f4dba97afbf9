"""Writing an ad in under a minute, changing it, its states."""

from typing import Any

import pytest
from django.test import Client

from wurzelwerk.catalogue.tests.factories import a_competence
from wurzelwerk.competences.actions import assess_self, save_target_profile
from wurzelwerk.competences.actions.targets import TargetLevel
from wurzelwerk.partnerships import actions
from wurzelwerk.partnerships.choices import AdState
from wurzelwerk.partnerships.models import PartnerAd
from wurzelwerk.partnerships.tests.factories import Story, everything, moderation, signed_in, sql
from wurzelwerk.partnerships.tests.pages import Values, form_of, link, says, words_of
from wurzelwerk.people.choices import Language
from wurzelwerk.people.models import Employment, JobRole, Person, WorkPattern


@pytest.fixture
def amira(story: Story) -> Client:
    """Amira without an ad, with a gap in facilitation and a strength in SQL."""
    story.amiras_ad.delete()
    job_role = JobRole.objects.get(employments__person=story.amira)
    save_target_profile(by=None, job_role=job_role, requirements=[TargetLevel(moderation(), 3, 1.0)])
    assess_self(by=story.amira, competence=moderation(), level=1)
    assess_self(by=story.amira, competence=sql(), level=4)
    return signed_in(story.amira)


def filled(client: Client, address: str = "") -> Values:
    """Return the form of a new ad as it is filled in."""
    page = address or link("ad_create")
    return form_of(client.get(page), page)


def ad_of(person: Person) -> PartnerAd:
    found: PartnerAd = PartnerAd.objects.get(person=person)
    return found


# --- a new one ----------------------------------------------------------------------------------


def test_one_button_publishes_what_is_filled_in_and_twice_is_once(story: Story, amira: Client) -> None:
    form = filled(amira)

    answers = [amira.post(link("ad_create"), form) for _time in range(2)]

    ad = ad_of(story.amira)
    assert {answer.headers["Location"] for answer in answers} == {f"{link('board')}?published={ad.public_id}"}
    assert list(ad.wants.values_list("competence", "from_level", "to_level")) == [(moderation().pk, 1, 3)]
    assert list(ad.offers.values_list("competence", "level")) == [(sql().pk, 4)]
    assert (ad.state, ad.windows) == (AdState.PUBLISHED, [[weekday, 540, 960] for weekday in range(4)])
    assert "Deine Annonce ist veröffentlicht." in words_of(amira.get(link("board")))


def test_wrong_input_says_what_is_wrong_and_keeps_what_was_typed(story: Story, amira: Client) -> None:
    form = filled(amira)
    want = f"want-{moderation().public_id}"
    form |= {"note": ["Ich backe gern."], "hours_min": ["3"], "hours_max": ["2"], f"{want}-to_level": ["1"]}
    form = {name: values for name, values in form.items() if name not in {"is_on_site", "is_remote"}}
    before = everything()

    answer = amira.post(link("ad_create"), form)

    words = words_of(answer)
    assert (answer.status_code, everything() == before) == (422, True)
    for sentence in (
        "Das Höchste ist kleiner als das Mindeste.",
        "Wähle mindestens eine Art, euch zu treffen",
        "Wähle eine Stufe über deiner jetzigen.",
    ):
        assert sentence in words
    assert form_of(answer, link("ad_create"))["note"] == ["Ich backe gern."]


@pytest.mark.parametrize(
    "changes,sentence",
    [
        ({"languages": []}, "Hier fehlt noch eine Angabe."),
        ({"cell": ["1-10"], "hours_min": ["2"]}, "Markiere mindestens so viele volle Stunden"),
        ({"want": []}, "Sag, was du lernen möchtest."),
        ({"offer": []}, "Sag, was du weitergeben kannst."),
        ({"weeks_min": ["0"]}, "größer oder gleich 1"),
        ({"commitment": ["9"]}, "9"),
    ],
)
def test_what_is_missing_is_asked_for(story: Story, amira: Client, changes: dict[str, Any], sentence: str) -> None:
    answer = amira.post(link("ad_create"), filled(amira) | changes)

    assert (answer.status_code, sentence in words_of(answer)) == (422, True)
    assert PartnerAd.objects.filter(person=story.amira).count() == 0


def test_typed_names_become_lines(story: Story, amira: Client) -> None:
    form = filled(amira)

    unknown = amira.post(link("ad_create"), form | {"add_want": ["Bienenzucht"], "step": ["add"]})
    added = amira.post(link("ad_create"), form | {"add_want": ["sql-abfragen"], "step": ["add"]})
    published = amira.post(link("ad_create"), form | {"add_want": ["sql-abfragen"], "offer": []})

    assert (unknown.status_code, added.status_code, published.status_code) == (422, 200, 422)
    assert "Keine Kompetenz heißt so." in words_of(unknown)
    assert form_of(unknown, link("ad_create"))["add_want"] == ["Bienenzucht"]
    again = form_of(added, link("ad_create"))
    assert again["want"] == [moderation().public_id, sql().public_id]
    assert (again[f"want-{sql().public_id}-is_chosen"], again["add_want"]) == (["on"], [""])
    assert PartnerAd.objects.filter(person=story.amira).count() == 0

    amira.post(link("ad_create"), again)
    assert set(ad_of(story.amira).wants.values_list("competence", flat=True)) == {moderation().pk, sql().pk}


def test_a_name_that_fits_several_asks_which_was_meant(story: Story, amira: Client) -> None:
    for key, name in (("weld-1", "Schweißen im Stand"), ("weld-2", "Schweißen von Rohren")):
        a_competence(key, name, f"Welding {key}")

    answer = amira.post(link("ad_create"), filled(amira) | {"add_offer": ["Schweißen"], "step": ["add"]})

    form = form_of(answer, link("ad_create"))
    assert (answer.status_code, "Mehrere passen" in words_of(answer)) == (422, True)
    assert len(form["offer"]) == 3
    assert [name for name in form if name.startswith("offer-") and name.endswith("is_chosen")] == [
        f"offer-{sql().public_id}-is_chosen"
    ]


def test_a_typed_name_may_be_published_at_once(story: Story, amira: Client) -> None:
    answer = amira.post(link("ad_create"), filled(amira) | {"add_want": ["SQL-Abfragen"]})

    assert answer.status_code == 302
    assert ad_of(story.amira).wants.filter(competence=sql(), from_level=1, to_level=2).count() == 1


def test_whoever_has_an_ad_is_led_to_it(story: Story) -> None:
    client = signed_in(story.amira)
    edit = link("ad_edit", story.amiras_ad.public_id)

    assert client.get(link("ad_create")).headers["Location"] == edit
    assert client.get(link("ad_create"), {"competence": "x"}).headers["Location"] == f"{edit}?competence=x"
    assert "Du hast schon eine Annonce." in words_of(client.get(edit))


def test_a_second_ad_from_another_window_is_refused_and_kept(story: Story, amira: Client) -> None:
    form = filled(amira)
    amira.post(link("ad_create"), form)

    answer = amira.post(link("ad_create"), form | {"idempotency_key": ["another"], "note": ["Zweite"]})

    assert (answer.status_code, "Du hast schon eine Annonce" in words_of(answer)) == (422, True)
    assert form_of(answer, link("ad_create"))["note"] == ["Zweite"]
    assert PartnerAd.objects.filter(person=story.amira).count() == 1


def test_an_ad_that_answers_another_is_filled_to_fit_and_leads_back_to_it(story: Story, amira: Client) -> None:
    address = f"{link('ad_create')}?answer={story.bens_ad.public_id}"

    page = amira.get(address)
    answer = amira.post(address, form_of(page, address))

    assert "Ben Krüger" in words_of(page)
    assert answer.headers["Location"] == link("ad", story.bens_ad.public_id)


def test_an_answer_to_what_is_not_there_is_an_ordinary_ad(story: Story, amira: Client) -> None:
    actions.withdraw_ad(by=story.ben, ad=story.bens_ad)

    pages = [amira.get(f"{link('ad_create')}?answer={key}") for key in (story.bens_ad.public_id, "none")]

    assert [(page.status_code, "Krüger" in words_of(page)) for page in pages] == [(200, False)] * 2


def test_without_a_profile_the_form_invites_and_alternating_shifts_are_told(story: Story) -> None:
    windows = [[0, 1, 360, 840], [1, 1, 840, 1320]]
    pattern = WorkPattern.objects.create(code="w", name_de="Wechsel", hours_per_week=16, cycle_weeks=2, windows=windows)
    Employment.objects.filter(person=story.people.david).update(work_pattern=pattern)

    words = words_of(signed_in(story.people.david).get(link("ad_create")))

    assert "Dein Profil zeigt keine Lücke." in words
    assert "Deine Schichten wechseln." in words


def test_the_form_speaks_english(story: Story, amira: Client) -> None:
    Person.objects.filter(pk=story.amira.pk).update(language=Language.ENGLISH)

    form = filled(amira)
    answer = amira.post(link("ad_create"), form | {"hours_max": ["0"]})

    assert form["languages"] == ["de", "en"]
    assert "Publish my ad" in words_of(answer)
    assert "greater than or equal to 1" in words_of(answer)


# --- changing it --------------------------------------------------------------------------------


def test_an_ad_is_changed_with_what_it_says_filled_in(story: Story) -> None:
    client, edit = signed_in(story.amira), link("ad_edit", story.amiras_ad.public_id)
    PartnerAd.objects.filter(person=story.amira).update(note="Vorher", wants_other_team=True, commitment=4)

    form = form_of(client.get(edit), edit)
    answer = client.post(edit, form | {"note": ["Nachher"], "add_want": ["SQL-Abfragen"]})

    ad = ad_of(story.amira)
    assert (form["note"], form["commitment"], form["wants_other_team"]) == (["Vorher"], ["4"], ["on"])
    assert (answer.headers["Location"], ad.note, ad.wants_other_team) == (link("board"), "Nachher", True)
    assert set(ad.wants.values_list("competence", flat=True)) == {moderation().pk, sql().pk}
    assert ad.windows == [[1, 600, 720], [3, 540, 660]]


def test_lines_are_taken_out_and_proposals_are_not_chosen(story: Story, amira: Client) -> None:
    amira.post(link("ad_create"), filled(amira) | {"add_want": ["SQL-Abfragen"]})
    edit = link("ad_edit", ad_of(story.amira).public_id)
    form = form_of(amira.get(edit), edit)

    amira.post(edit, form | {f"want-{moderation().public_id}-is_chosen": []})
    again = form_of(amira.get(edit), edit)

    assert list(ad_of(story.amira).wants.values_list("competence", flat=True)) == [sql().pk]
    assert again["want"] == [sql().public_id, moderation().public_id]
    assert f"want-{moderation().public_id}-is_chosen" not in again


def test_a_withdrawn_ad_is_not_changed(story: Story) -> None:
    client, edit = signed_in(story.amira), link("ad_edit", story.amiras_ad.public_id)
    form = form_of(client.get(edit), edit)
    actions.withdraw_ad(by=story.amira, ad=story.amiras_ad)

    answer = client.post(edit, form | {"note": ["Zu spät"]})

    assert (answer.status_code, "Diese Annonce wurde zurückgezogen." in words_of(answer)) == (422, True)
    assert (form_of(answer, edit)["note"], ad_of(story.amira).note) == (["Zu spät"], "")


# --- its states ---------------------------------------------------------------------------------


def test_pausing_publishing_and_withdrawing_can_be_taken_back(story: Story) -> None:
    client, key = signed_in(story.amira), story.amiras_ad.public_id
    seen = []

    for name in ("ad_pause", "ad_pause", "ad_resume", "ad_resume", "ad_withdraw", "ad_withdraw", "ad_resume"):
        words = says(client, name, key)
        seen.append((name, ad_of(story.amira).state, next((text for text in SAID if text in words), "")))

    assert seen == [
        ("ad_pause", "paused", SAID[0]),
        ("ad_pause", "paused", SAID[1]),
        ("ad_resume", "published", SAID[2]),
        ("ad_resume", "published", SAID[3]),
        ("ad_withdraw", "withdrawn", SAID[4]),
        ("ad_withdraw", "withdrawn", SAID[5]),
        ("ad_resume", "published", SAID[2]),
    ]


SAID = (
    "Deine Annonce ist pausiert. Niemand findet sie jetzt.",
    "Diese Annonce ist pausiert. Veröffentliche sie erst wieder.",
    "Deine Annonce ist wieder veröffentlicht.",
    "Diese Annonce ist schon veröffentlicht.",
    "Deine Annonce ist zurückgezogen.",
    "Diese Annonce wurde zurückgezogen.",
)


def test_an_expired_ad_is_published_again_for_another_while(story: Story) -> None:
    PartnerAd.objects.filter(person=story.amira).update(state="expired", expires_on="2026-11-01")

    says(signed_in(story.amira), "ad_resume", story.amiras_ad.public_id)

    ad = ad_of(story.amira)
    assert (ad.state, str(ad.expires_on)) == (AdState.PUBLISHED, "2027-01-22")
