"""Ads as figures, for tests of the pure matching."""

import random
from dataclasses import replace
from typing import Any

from wurzelwerk.partnerships.matching import Ad, Mode, Offer, Want

TUESDAY_10 = 1 << (24 + 10)
THURSDAY_9 = 1 << (3 * 24 + 9)
MORNINGS = sum(1 << (24 * day + hour) for day in range(5) for hour in (8, 9, 10))

AMIRA = Ad(
    id=1,
    offers=(Offer(10, 4),),
    wants=(Want(20, 2, 3, 2),),
    time=MORNINGS,
    hours_min=1,
    hours_max=2,
    weeks_min=8,
    weeks_max=12,
    commit=3,
    langs=1,
    modes=Mode.ON_SITE | Mode.REMOTE,
    site=1,
    team=1,
    dept=1,
)
BEN = replace(AMIRA, id=2, offers=(Offer(20, 4),), wants=(Want(10, 1, 3, 2),), team=2, dept=2)


def ben(**changes: Any) -> Ad:
    return replace(BEN, **changes)


def amira(**changes: Any) -> Ad:
    return replace(AMIRA, **changes)


def random_ad(chance: random.Random, number: int, *, skills: int = 4, people: int = 8) -> Ad:
    """Return an ad in which every rule can go either way."""
    hours = sorted(chance.choices(range(1, 5), k=2))
    weeks = sorted(chance.choices(range(4, 16), k=2))
    wanted = chance.sample(range(skills), k=chance.randint(1, 2))
    current = {skill: chance.randint(0, 3) for skill in wanted}
    return Ad(
        id=number,
        offers=tuple(
            Offer(skill, chance.randint(1, 5)) for skill in chance.sample(range(skills), k=chance.randint(1, 3))
        ),
        wants=tuple(
            Want(skill, current[skill], chance.randint(current[skill] + 1, 5), chance.randint(1, 3)) for skill in wanted
        ),
        time=sum(1 << hour for hour in chance.sample(range(168), k=chance.choice((30, 60, 120)))),
        hours_min=hours[0],
        hours_max=hours[1],
        weeks_min=weeks[0],
        weeks_max=weeks[1],
        commit=chance.randint(2, 4),
        langs=chance.randint(1, 7),
        modes=chance.randint(1, 7),
        site=chance.randint(1, 2),
        team=chance.randint(1, 3),
        dept=chance.randint(1, 2),
        manager=chance.choice((-1, -1, chance.randrange(people))),
        avoid_team=chance.random() < 0.3,
        exclude=frozenset(chance.sample(range(people), k=chance.choice((0, 0, 1)))),
    )
