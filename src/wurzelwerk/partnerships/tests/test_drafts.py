"""What a new ad is filled with: wishes from gaps, offers from strengths, times from work."""

from django.utils.translation import override

from wurzelwerk.competences.actions import assess_self, save_target_profile
from wurzelwerk.competences.actions.targets import TargetLevel
from wurzelwerk.partnerships.forms.ads import days_to_answer, forms_of_draft, rhythms
from wurzelwerk.partnerships.matching.times import HOUR
from wurzelwerk.partnerships.queries.board import AdFilter, find_ads
from wurzelwerk.partnerships.queries.drafting import get_draft
from wurzelwerk.partnerships.queries.working_time import cells_of_windows, proposed_windows, windows_of_cells
from wurzelwerk.partnerships.terms import windows_text
from wurzelwerk.partnerships.tests.factories import Story, moderation, sql
from wurzelwerk.people.models import Employment, JobRole, WorkPattern


def pattern(*windows: tuple[int, int, int, int], cycle_weeks: int = 1) -> WorkPattern:
    return WorkPattern.objects.create(
        code=f"p{len(windows)}{cycle_weeks}{windows[0][2]}",
        name_de="Muster",
        hours_per_week=20,
        cycle_weeks=cycle_weeks,
        windows=[list(window) for window in windows],
    )


def give_amira_a_profile(story: Story) -> None:
    job_role = JobRole.objects.get(employments__person=story.amira)
    save_target_profile(by=None, job_role=job_role, requirements=[TargetLevel(moderation(), 3.5, 1.0)])
    assess_self(by=story.amira, competence=moderation(), level=1.5)
    assess_self(by=story.amira, competence=sql(), level=4)


def test_a_draft_is_complete_enough_to_be_published(story: Story) -> None:
    give_amira_a_profile(story)

    draft = get_draft(story.amira, competence=moderation())

    assert [(each.competence, each.from_level, each.to_level, each.is_chosen) for each in draft.wants] == [
        (moderation(), 1, 4, True)
    ]
    assert [(each.competence, each.level, each.is_chosen, each.demand) for each in draft.offers] == [
        (sql(), 4, True, 1)
    ]
    assert (draft.windows, draft.languages) == (tuple((weekday, 540, 960) for weekday in range(4)), ("de",))


def test_a_draft_for_a_competence_nothing_is_known_of_begins_at_the_beginning(story: Story) -> None:
    (want,) = get_draft(story.people.david, competence=sql()).wants

    assert (want.from_level, want.to_level, want.is_chosen) == (0, 1, True)


def test_a_draft_that_answers_an_ad_fits_it(story: Story) -> None:
    give_amira_a_profile(story)
    ad = find_ads(story.amira, AdFilter()).object_list[0]

    draft = get_draft(story.amira, answer_to=ad)

    assert [each.competence for each in draft.wants if each.is_chosen] == [moderation()]
    assert [each.competence for each in draft.offers if each.is_chosen] == [sql()]


def test_windows_come_from_the_full_hours_of_the_working_time(story: Story) -> None:
    Employment.objects.filter(person=story.amira).update(work_pattern=pattern((0, 0, 450, 735), (0, 2, 480, 720)))

    windows, is_shift = proposed_windows(story.amira)

    assert (windows, is_shift) == (((0, 480, 720), (2, 480, 720)), False)


def test_alternating_shifts_leave_the_hours_around_the_change(story: Story) -> None:
    early = [(0, weekday, 6 * HOUR, 14 * HOUR) for weekday in range(5)]
    late = [(1, weekday, 14 * HOUR, 22 * HOUR) for weekday in range(5)]
    Employment.objects.filter(person=story.amira).update(work_pattern=pattern(*early, *late, cycle_weeks=2))

    windows, is_shift = proposed_windows(story.amira)

    assert (windows, is_shift) == (tuple((weekday, 13 * HOUR, 15 * HOUR) for weekday in range(5)), True)


def test_nights_in_the_cycle_leave_the_choice_to_the_person(story: Story) -> None:
    shifts = [
        (week, day_, start * HOUR, end * HOUR)
        for week, (start, end) in enumerate(((6, 14), (14, 22), (22, 6)))
        for day_ in range(5)
    ]
    Employment.objects.filter(person=story.amira).update(work_pattern=pattern(*shifts, cycle_weeks=3))

    assert proposed_windows(story.amira) == ((), True)


def test_cells_and_windows_are_two_ways_to_say_the_same() -> None:
    windows = ((0, 540, 660), (6, 22 * HOUR, 24 * HOUR))

    assert windows_of_cells(cells_of_windows(windows)) == windows
    assert cells_of_windows([(6, 23 * HOUR, 60)]) == {(6, 23), (0, 0)}


def test_days_in_a_row_with_the_same_hours_are_said_once() -> None:
    office = [(weekday, 8 * HOUR, 16 * HOUR) for weekday in range(4)]

    text = windows_text([*office, (4, 8 * HOUR, 13 * HOUR), (6, 8 * HOUR, 13 * HOUR)])

    assert text == "Mo–Do\u00a08–16, Fr\u00a08–13, So\u00a08–13"


def test_choices_of_an_ad_are_in_the_language_of_the_request() -> None:
    german = [*rhythms()[:2], days_to_answer()[0]]
    with override("en"):
        english = [*rhythms()[:2], days_to_answer()[0]]

    assert [text for _value, text in german] == ["jede Woche", "alle 2 Wochen", "1 Arbeitstag"]
    assert [text for _value, text in english] == ["every week", "every 2 weeks", "1 working day"]


def test_the_form_of_an_ad_sums_up_what_is_folded_away(story: Story) -> None:
    ad_forms = forms_of_draft(None, get_draft(story.ben))

    assert ad_forms.terms_text == "1–2\u00a0Std. je Woche · 8–12 Wochen · Deutsch"
    assert ad_forms.times_text == windows_text(get_draft(story.ben).windows)
