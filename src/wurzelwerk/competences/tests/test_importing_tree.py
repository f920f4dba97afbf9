import pytest

from wurzelwerk.competences.importing.tree import area_of_code, find_circle, in_order_of_codes, nearest_group


def test_competences_below_competences_find_their_group() -> None:
    edges = {"a": ["b"], "b": ["c", "group"], "c": ["d"], "d": []}

    assert nearest_group("a", edges, {"group"}) == "group"
    assert nearest_group("d", edges, {"group"}) == ""


def test_circles_are_found_and_diamonds_are_none() -> None:
    diamond = {"a": ["b", "c"], "b": ["d"], "c": ["d"]}
    turning = {"a": ["b"], "b": ["c"], "c": ["a"]}

    assert find_circle(diamond) is None
    circle = find_circle(turning)
    assert circle is not None
    assert (circle.uri, circle.broader) == ("c", "a")


@pytest.mark.parametrize(
    "code,area",
    [
        ("S1.4.2", "social"),
        ("S1.11.2", "professional"),
        ("T3", "personal"),
        ("K", "professional"),
        ("S2", "methodical"),
    ],
)
def test_codes_say_which_part_of_a_profile_they_belong_to(code: str, area: str) -> None:
    assert area_of_code(code) == area


def test_groups_stand_in_the_order_of_their_codes() -> None:
    codes = {"a": "S1.10", "b": "S1.2", "c": "S1", "d": "0111"}

    assert sorted(codes, key=in_order_of_codes(codes).__getitem__) == ["c", "b", "a", "d"]
