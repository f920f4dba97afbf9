"""The hard rules: pairs that may never be proposed, each with its reason."""

from collections.abc import Iterator
from enum import StrEnum

from wurzelwerk.partnerships.matching.ads import NOBODY, Ad, Mode


class Obstacle(StrEnum):
    """Why two ads can never go together; the order is the order in which a page tells them."""

    SAME_PERSON = "same_person"
    EXCLUDED = "excluded"
    MANAGER = "manager"
    SAME_TEAM = "same_team"
    LANGUAGE = "language"
    PLACE = "place"
    HOURS = "hours"
    WEEKS = "weeks"
    COMMITMENT = "commitment"
    TIME = "time"


CONFIDENTIAL = frozenset({Obstacle.SAME_PERSON, Obstacle.EXCLUDED, Obstacle.MANAGER, Obstacle.SAME_TEAM})
"""Never told to anybody as a reason: they are a person's own wish or say something about the organisation."""


def common_hours(one: Ad, other: Ad) -> int:
    """Return the bits of the hours (UTC) that are free for both."""
    return one.time & other.time


def needed_hours(one: Ad, other: Ad) -> int:
    """Return the hours a week that the more demanding of both needs."""
    return max(one.hours_min, other.hours_min)


def obstacles(one: Ad, other: Ad) -> tuple[Obstacle, ...]:
    """Return every hard rule that keeps the two apart; the same whichever stands first."""
    return (*_between_persons(one, other), *_between_terms(one, other))


def _between_persons(one: Ad, other: Ad) -> Iterator[Obstacle]:
    if one.id == other.id:
        yield Obstacle.SAME_PERSON
    if other.id in one.exclude or one.id in other.exclude:
        yield Obstacle.EXCLUDED
    if other.id == one.manager or one.id == other.manager:
        yield Obstacle.MANAGER
    if one.team == other.team != NOBODY and (one.avoid_team or other.avoid_team):
        yield Obstacle.SAME_TEAM


def _between_terms(one: Ad, other: Ad) -> Iterator[Obstacle]:
    if not one.langs & other.langs:
        yield Obstacle.LANGUAGE
    if not have_common_mode(one, other):
        yield Obstacle.PLACE
    if one.hours_max < other.hours_min or other.hours_max < one.hours_min:
        yield Obstacle.HOURS
    if one.weeks_max < other.weeks_min or other.weeks_max < one.weeks_min:
        yield Obstacle.WEEKS
    if abs(one.commit - other.commit) > 1:
        yield Obstacle.COMMITMENT
    if common_hours(one, other).bit_count() < needed_hours(one, other):
        yield Obstacle.TIME


def are_at_one_site(one: Ad, other: Ad) -> bool:
    """Tell whether both work at the same known site."""
    return one.site == other.site != NOBODY


def have_common_mode(one: Ad, other: Ad) -> bool:
    """Tell whether they can meet: online, or face to face at one site."""
    shared = one.modes & other.modes
    return bool(shared & Mode.REMOTE) or (are_at_one_site(one, other) and bool(shared & (Mode.ON_SITE | Mode.BLENDED)))
