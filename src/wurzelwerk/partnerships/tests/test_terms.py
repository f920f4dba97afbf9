"""The words of the room, in German and in English."""

import pytest
from django.utils.translation import override

from wurzelwerk.partnerships import terms
from wurzelwerk.partnerships.matching import Fit, Obstacle
from wurzelwerk.partnerships.tests.figures import AMIRA, ben

NAMES = {10: "SQL", 20: "Moderation"}
FIT = Fit(AMIRA, ben())


def in_both(words: object) -> tuple[str, str]:
    """Return what ``words()`` says in German and in English, with plain blanks."""
    german = words()  # type: ignore[operator]
    with override("en"):
        english = words()  # type: ignore[operator]
    return german.replace("\u00a0", " "), english.replace("\u00a0", " ")


def test_times_of_the_week() -> None:
    windows = [(day, 600 + day, 720) for day in range(5)]

    assert in_both(lambda: terms.window_text((1, 630, 720))) == ("Di 10:30–12", "Tue 10:30–12")
    assert in_both(lambda: terms.windows_text(windows)) == (
        "Mo 10–12, Di 10:01–12, Mi 10:02–12 und 2 weitere",
        "Mon 10–12, Tue 10:01–12, Wed 10:02–12 and 2 more",
    )
    assert in_both(lambda: terms.windows_text(windows[:4]))[1].endswith("and one more")
    assert in_both(lambda: terms.windows_text(())) == ("", "")


def test_common_times() -> None:
    assert in_both(lambda: terms.common_time_text([(1, 600, 720)]))[1] == "You are both free: Tue 10–12."
    assert in_both(lambda: terms.common_time_text([]))[0] == "Ihr habt keine freie Stunde gemeinsam."


def test_the_reason_names_what_is_learned_and_the_first_common_time() -> None:
    with_time = in_both(lambda: terms.reason_text(FIT, [(1, 600, 720), (3, 540, 660)], NAMES))
    without = in_both(lambda: terms.reason_text(FIT, [], NAMES))

    assert with_time[1] == "Complements you in Moderation; you are both free Tue 10–12."
    assert without[1] == "Brings what you are looking for: Moderation."
    assert "Di 10–12" in with_time[0]


def test_ranges_and_rhythms() -> None:
    assert (terms.range_text(1, 2), terms.range_text(2, 2)) == ("1–2", "2")
    assert in_both(lambda: terms.weeks_text(1, 1)) == ("1 Woche", "1 week")
    assert in_both(lambda: terms.weeks_text(8, 12)) == ("8–12 Wochen", "8–12 weeks")
    assert in_both(lambda: terms.rhythm_text(1)) == ("jede Woche", "every week")
    assert in_both(lambda: terms.rhythm_text(2)) == ("alle 2 Wochen", "every 2 weeks")
    assert in_both(lambda: terms.response_text(1))[1] == "within 1 working day"
    assert in_both(lambda: terms.response_text(3))[1] == "within 3 working days"


@pytest.mark.parametrize(
    "on_site,remote,site,english",
    [
        (True, True, "Werk 1", "on site (Werk 1) or online"),
        (True, False, "Werk 1", "on site (Werk 1)"),
        (True, False, "", "on site"),
        (False, True, "Werk 1", "online"),
    ],
)
def test_places(on_site: bool, remote: bool, site: str, english: str) -> None:
    assert in_both(lambda: terms.place_text(is_on_site=on_site, is_remote=remote, site=site))[1] == english


def test_languages_that_are_not_known_are_left_out() -> None:
    assert in_both(lambda: terms.languages_text(("de", "xx", "en"))) == ("Deutsch, Englisch", "German, English")


def test_what_is_missing_is_told_for_every_obstacle_that_may_be_told() -> None:
    told = (None, Obstacle.LANGUAGE, Obstacle.PLACE, Obstacle.HOURS, Obstacle.WEEKS, Obstacle.COMMITMENT, Obstacle.TIME)

    for obstacle in told:
        german, english = in_both(lambda obstacle=obstacle: terms.missing_text(FIT, obstacle, "Ben", "SQL"))
        assert (obstacle, german != english, german[-1] in ".“", english[-1]) == (obstacle, True, True, ".")


def test_how_the_figure_comes_about() -> None:
    with override("en"):
        here = terms.part_texts(FIT)
        elsewhere = terms.part_texts(Fit(AMIRA, ben(site=2, dept=1, commit=4, hours_min=2)))

    assert here["context"] == "same site, different departments"
    assert elsewhere["context"] == "different sites, same department"
    assert elsewhere["engagement"] == "Steps apart in commitment: 1; hours a week apart: 1."


def test_a_message_is_complete_whatever_is_known() -> None:
    with override("en"):
        full = terms.suggested_message("Ben", ["SQL"], ["Moderation"], "Amira")
        bare = terms.suggested_message("Ben", [], [], "Amira")

    assert full.splitlines()[::2] == [
        "Hello Ben,",
        "I read that you pass on SQL. I would like to learn that.",
        "In return I can help you with Moderation.",
        "Shall we give it a try? I am happy to meet for a first talk.",
        "Amira",
    ]
    assert bare.splitlines()[::2] == [
        "Hello Ben,",
        "Shall we give it a try? I am happy to meet for a first talk.",
        "Amira",
    ]
