import pytest

from bench.__main__ import measurements, shown
from bench.figures import Figure, percentile


@pytest.mark.parametrize(
    "value,expected",
    [(7.0, "moonshot"), (8.0, "moonshot"), (20.0, "gate"), (20.1, "missed")],
)
def test_less_is_judged_against_gate_and_moonshot(value: float, expected: str) -> None:
    assert Figure("P16", "start", value, "s", gate=20, moonshot=8).verdict == expected


@pytest.mark.parametrize("value,expected", [(40.0, "moonshot"), (15.0, "gate"), (14.0, "missed")])
def test_more_is_judged_by_ratio_where_the_goal_is_one(value: float, expected: str) -> None:
    figure = Figure("P1", "home", value, "req/s", 1.0, "peer", 15, 40, more_is_better=True, of_ratio=True)

    assert (figure.ratio, figure.verdict) == (value, expected)


def test_a_figure_without_a_goal_has_no_verdict() -> None:
    assert Figure("", "rows", 1.0, "rows/s").verdict == ""


def test_measurements_are_found_by_their_file() -> None:
    assert "start" in dict(measurements())


def test_percentiles_lie_between_the_values() -> None:
    assert percentile([float(n) for n in range(101)], 95) == pytest.approx(95)
    assert percentile([3.0], 95) == 3.0


def test_figures_are_shown_with_the_digits_they_deserve() -> None:
    assert [shown(value) for value in (None, 0.01234, 12.34, 12345.6)] == ["", "0.0123", "12.3", "12,346"]
