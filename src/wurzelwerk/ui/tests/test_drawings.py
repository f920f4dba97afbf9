"""Geometry of rings, gauge, weeks and lines."""

import pytest

from wurzelwerk.ui.charts import LevelPoint, gauge_shape, levels_shape, line_shape, radar_shape, share_of, week_shape
from wurzelwerk.ui.rings import ring_shape


def test_rings_show_level_target_and_rest_of_the_scale() -> None:
    shape = ring_shape(2, target=4)

    assert [ring.kind for ring in shape.rings] == ["full", "full", "target", "target", "hair"]
    assert [ring.radius for ring in shape.rings] == [12.2, 18.4, 24.6, 30.8, 37.0]
    assert [ring.newest for ring in shape.rings] == [False, True, False, False, False]
    assert (shape.known, shape.reached) == (True, False)


def test_unknown_level_is_hairlines_and_not_zero() -> None:
    unknown, zero = ring_shape(None), ring_shape(0)

    assert [ring.kind for ring in unknown.rings] == ["hair"] * 5
    assert (unknown.known, zero.known) == (False, True)


def test_a_fraction_is_an_arc_over_its_ground() -> None:
    shape = ring_shape(2.4, target=3)

    kinds = [(ring.kind, ring.share) for ring in shape.rings]
    assert kinds == [("full", 100), ("full", 100), ("target", 100), ("part", 40), ("hair", 100), ("hair", 100)]


def test_unsecured_rings_are_hollow() -> None:
    shape = ring_shape(1, state="unsecured")

    assert [(ring.kind, ring.radius) for ring in shape.rings[:2]] == [("hollow", 10.6), ("hollow", 13.8)]


def test_target_is_reached_when_there_is_none_beyond_the_level() -> None:
    assert ring_shape(3, target=3).reached
    assert ring_shape(3).reached
    assert not ring_shape(None, target=1).reached


@pytest.mark.parametrize("value,maximum,expected", [(1, 3, 33.3), (5, 3, 100.0), (-1, 3, 0.0), (1, 0, 0.0)])
def test_share_stays_between_nothing_and_all(value: float, maximum: float, expected: float) -> None:
    assert share_of(value, maximum) == expected


def test_gauge_is_full_at_the_agreed_time() -> None:
    half, full, more = gauge_shape(120, 240), gauge_shape(240, 240), gauge_shape(300, 240)

    assert (half.water, half.agreed, half.full) == (49.0, None, False)
    assert (full.water, full.agreed, full.full) == (8.0, None, True)
    assert (more.water, more.agreed, more.full) == (8.0, 24.4, True)


def test_gauge_marks_what_is_planned() -> None:
    assert gauge_shape(60, 240, planned=60).planned == 49.0
    assert gauge_shape(0, 0).water == 90.0


def test_week_has_five_days_until_the_weekend_is_used() -> None:
    working, weekend = week_shape([(2, 600, 660)]), week_shape([(6, 600, 660)])

    assert (len(working.columns), len(weekend.columns)) == (5, 6)
    assert (working.bars[0].x, working.bars[0].y, working.bars[0].height) == (22, 9.0, 3.0)


def test_week_cuts_what_lies_outside_and_marks_what_is_shared() -> None:
    shape = week_shape([(1, 0, 300)], both=[(1, 18 * 60, 23 * 60)])

    assert [(bar.y, bar.height, bar.shared) for bar in shape.bars] == [(0, 2.0, False), (33.0, 3.0, True)]


def test_line_is_interrupted_where_nothing_is_known() -> None:
    shape = line_shape([("Jan", 0.0), ("Feb", 2.0), ("Mar", None), ("Apr", 1.0)])

    assert shape.stretches == ("8.0,88.0 109.3,8.0", "312.0,48.0")
    assert (shape.lowest, shape.highest, len(shape.dots)) == (0.0, 2.0, 3)
    assert line_shape([]).stretches == ()


def test_levels_stand_on_the_whole_scale_and_gaps_stay_gaps() -> None:
    unknown: LevelPoint = ("", None, None, None)

    shape = levels_shape([unknown, ("", 0, 0, 1), ("", 5, 4, 5), unknown, ("", 2.5, 2, 3)], target=4)

    assert shape.lines == ("63.0,74.0 120.0,6.0", "234.0,40.0")
    assert shape.bands[0] == "63.0,60.4 120.0,6.0 120.0,19.6 63.0,74.0"
    assert (shape.target, shape.last) == (19.6, (234.0, 40.0))


def test_where_nothing_was_known_nothing_is_drawn() -> None:
    shape = levels_shape([("", None, None, None)])

    assert (shape.lines, shape.bands, shape.target, shape.last) == ((), (), None, None)


def test_a_radar_begins_at_the_top_and_goes_round() -> None:
    shape = radar_shape([5, 2.5, 0, 5], [None, 5, None, None])

    assert shape.levels == "0.0,-100.0 50.0,0.0 0.0,0.0 -100.0,0.0"
    assert shape.targets == "0.0,-100.0 100.0,0.0 0.0,0.0 -100.0,0.0"
    assert (len(shape.grid), [axis[:2] for axis in shape.axes[:2]]) == (5, [(0.0, -100.0), (100.0, 0.0)])
    assert radar_shape([1, 1, 1], [None, None, None]).targets == ""
