"""What this room offers to others: search hits, a step of a path, a block of a portrait, the file to take along."""

from typing import Any

import time_machine

from wurzelwerk.kernel.jobs import job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.partnerships import actions, upkeep
from wurzelwerk.partnerships.choices import AdState, RequestState
from wurzelwerk.partnerships.models import (
    ClosingLevel,
    ClosingStatement,
    LearningPartnership,
    NoteVersion,
    PartnerAd,
    PartnershipRequest,
)
from wurzelwerk.partnerships.offering import (
    find_partner_ads,
    partner_link,
    partner_step,
    portrait_block,
)
from wurzelwerk.partnerships.tests.factories import (
    Story,
    a_partnership,
    a_request,
    an_ad,
    closed,
    day,
    moderation,
    somebody,
    sql,
)
from wurzelwerk.partnerships.tests.pages import link
from wurzelwerk.people.models import Person
from wurzelwerk.privacy.own_data import exportable


def mine(model: Any, person: Person) -> int:
    """Return how many rows of ``model`` go into the file of ``person``."""
    rows = model._default_manager.filter(exportable(model, model.personal_data, person))
    return len({row.pk for row in rows})


def test_the_search_finds_published_ads_of_others(story: Story) -> None:
    hits = find_partner_ads(story.amira, "Moderation", 5)

    assert [(hit.title, hit.summary, hit.url) for hit in hits] == [
        ("Ben Krüger", "Moderation", link("ad", story.bens_ad.public_id))
    ]
    assert find_partner_ads(story.amira, "  ", 5) == []
    actions.pause_ad(by=story.ben, ad=story.bens_ad)
    assert find_partner_ads(story.amira, "Moderation", 5) == []


def test_a_step_of_a_path_counts_who_could_teach(story: Story) -> None:
    nora = somebody(story, "Nora")
    an_ad(nora, offers=moderation(), wants=sql(), level=2)

    counts = [partner_step(story.amira, moderation(), level, 5) for level in (1, 2, 4)]
    actions.hide_person(by=story.amira, person=story.ben)
    after = partner_step(story.amira, moderation(), 1, 3)

    assert [option.offering for option in counts if option] == [2, 1, 0]
    assert (after.offering if after else None) == 1
    address = partner_link(story.amira, moderation())
    assert address == f"{link('ad_create')}?competence={moderation().public_id}"
    assert {option.url for option in counts if option} == {address}


def test_a_portrait_shows_the_ad_while_it_is_published(story: Story) -> None:
    shown = portrait_block(story.people.david, story.ben)
    actions.withdraw_ad(by=story.ben, ad=story.bens_ad)

    assert shown is not None
    assert shown.context["ad"].name == "Ben Krüger"
    assert portrait_block(story.people.david, story.ben) is None


def test_members_take_along_what_they_wrote_together_and_their_own_words(
    story: Story, learning: LearningPartnership
) -> None:
    actions.save_notes(by=story.ben, partnership=learning, body="Ben", seen_version=0)
    actions.save_notes(by=story.amira, partnership=learning, body="Amira", seen_version=1)

    assert [mine(NoteVersion, person) for person in (story.amira, story.ben, story.people.david)] == [1, 1, 0]


def test_of_the_closing_everybody_takes_along_their_own_words_alone(story: Story) -> None:
    closed(story)

    assert [mine(model, story.amira) for model in (ClosingStatement, ClosingLevel)] == [1, 1]
    own = ClosingLevel.objects.filter(exportable(ClosingLevel, ClosingLevel.personal_data, story.amira)).get()
    assert own.statement.author == story.amira


def test_every_hour_what_is_past_its_day_ends(story: Story, frozen_time: time_machine.Traveller) -> None:
    request = a_request(story)
    PartnerAd.objects.filter(person=story.amira).update(expires_on=day("2026-11-22"))
    PartnershipRequest.objects.update(due_on=day("2026-11-15"))
    job = Job.objects.create(kind=upkeep.KIND)

    done = [job_kinds.get(upkeep.KIND).run(job, None) for _time in range(2)]  # type: ignore[arg-type]

    assert done == [{"ads": 1, "requests": 1, "deleted": 0}, {"ads": 0, "requests": 0, "deleted": 0}]
    request.refresh_from_db()
    assert (PartnerAd.objects.get(person=story.amira).state, request.state) == (AdState.EXPIRED, RequestState.EXPIRED)


def test_settled_requests_go_after_their_retention_and_what_runs_stays(
    story: Story, frozen_time: time_machine.Traveller
) -> None:
    nora = somebody(story, "Nora")
    an_ad(nora, offers=moderation(), wants=sql())
    declined = actions.request_partnership(by=nora, ad=story.amiras_ad, message="Magst du?")
    actions.answer_request(by=story.amira, request=declined, accepts=False)
    a_partnership(story)
    frozen_time.shift(upkeep.KEEP_AFTER_END.total_seconds() + 1)

    upkeep.delete_past_content()

    assert list(PartnershipRequest.objects.values_list("state", flat=True)) == [RequestState.ACCEPTED]
