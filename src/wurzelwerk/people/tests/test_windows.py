import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.people.windows import Window, WindowError, bars, parse_windows, windows_text

OFFICE = [(0, day, 480, 990) for day in range(5)]


@pytest.mark.parametrize(
    "text,expected",
    [
        ("Mo–Fr 8:00–16:30", OFFICE),
        ("mo-fr 8-16:30", OFFICE),
        ("Mon–Fri 8:00–16:30", OFFICE),
        ("Montag bis Freitag 8-9", None),
        ("Mo, Mi 14–22", [(0, 0, 840, 1320), (0, 2, 840, 1320)]),
        ("Di 8-12, 13-17", [(0, 1, 480, 720), (0, 1, 780, 1020)]),
        ("So–Mo 22–6", [(0, 0, 1320, 360), (0, 6, 1320, 360)]),
        ("Sa 16–24", [(0, 5, 960, 0)]),
        ("Mo 8-12\n\n Mo 8-12 ", [(0, 0, 480, 720)]),
        ("", []),
        ("Mo 25–26", None),
        ("Mo 8–8", None),
        ("Xo 8–9", None),
        ("Mo", None),
        ("8–9", None),
        ("Woche 2: Mo 8–9", None),
        ("Mo-Di-Mi 8-9", None),
    ],
)
def test_working_time_is_read_as_people_write_it(text: str, expected: list[Window] | None) -> None:
    if expected is None:
        with pytest.raises(WindowError):
            parse_windows(text, 1)
    else:
        assert parse_windows(text, 1) == expected


def test_weeks_of_a_cycle_have_their_own_lines() -> None:
    found = parse_windows("Woche 1: Mo 6–14\nWeek 2: Mo 14–22\n2: Di 14–22", 2)

    assert found == [(0, 0, 360, 840), (1, 0, 840, 1320), (1, 1, 840, 1320)]


def test_the_line_that_makes_no_sense_is_named() -> None:
    with pytest.raises(WindowError) as wrong:
        parse_windows("Mo 8–9\nquatsch", 1)

    assert (wrong.value.line, wrong.value.text) == (2, "quatsch")


def test_working_time_is_written_shortly() -> None:
    with translation.override("en"):
        assert windows_text(OFFICE, 1) == "Mon–Fri 8:00–16:30"
        assert windows_text([(0, 0, 480, 720), (0, 0, 780, 1020)], 1) == "Mon 8:00–12:00, 13:00–17:00"
        assert (
            windows_text([(0, 0, 360, 840), (1, 2, 840, 1320)], 2) == "Week 1: Mon 6:00–14:00\nWeek 2: Wed 14:00–22:00"
        )


WINDOWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1439)).filter(
        lambda window: window[2] != window[3]
    ),
    unique=True,
    max_size=12,
)


@given(WINDOWS, st.sampled_from(["de", "en"]))
def test_what_is_written_is_read_again(windows: list[Window], language: str) -> None:
    with translation.override(language):
        assert parse_windows(windows_text(windows, 3), 3) == sorted(windows)


def test_a_night_is_drawn_in_two_pieces() -> None:
    assert bars([(0, 6, 1320, 360), (0, 5, 960, 0), (1, 0, 480, 720)], 0) == [
        (1, 0, 360),
        (6, 960, 1440),
        (7, 1320, 1440),
    ]
