"""The twelve who knock at every door, and as which audiences of the matrix they stand to a person."""

from dataclasses import dataclass

from wurzelwerk.kernel.matrix import Audience
from wurzelwerk.people.choices import Role
from wurzelwerk.people.models import Person

ALL_OWNERS = ("own", "team", "other")


@dataclass(frozen=True)
class Actor:
    """Somebody (or nobody) who asks; ``audiences`` by owner: how the matrix sees them there."""

    name: str
    person: Person | None
    audiences: dict[str, frozenset[Audience]]
    roles: frozenset[Role] = frozenset()

    def is_owner(self, owner: str) -> bool:
        """Tell whether what belongs to ``owner`` is this actor's own."""
        return Audience.SELF in self.audiences[owner]


def audiences_of(name: str) -> dict[str, frozenset[Audience]]:
    """Return how the actor ``name`` stands to each owner of objects.

    "own" is Amira, "team" somebody of her team, "other" somebody elsewhere. Everybody signed in is
    also "everyone in the company".
    """
    special: dict[str, dict[str, Audience]] = {
        "self": {"own": Audience.SELF},
        "partner": {"own": Audience.PARTNER},
        "mentor": {"own": Audience.MENTOR},
        "lead": {"own": Audience.LEAD, "team": Audience.LEAD},
        "other_lead": {"other": Audience.LEAD},
        "learning_and_development": dict.fromkeys(ALL_OWNERS, Audience.LEARNING_AND_DEVELOPMENT),
        "works_council": dict.fromkeys(ALL_OWNERS, Audience.WORKS_COUNCIL),
        "data_protection": dict.fromkeys(ALL_OWNERS, Audience.WORKS_COUNCIL),
        "administrator": dict.fromkeys(ALL_OWNERS, Audience.ADMINISTRATOR),
    }
    if name in {"anonymous", "api_client"}:
        return dict.fromkeys(ALL_OWNERS, frozenset[Audience]())
    mine = special.get(name, {})
    return {owner: frozenset({Audience.COMMUNITY, *([mine[owner]] if owner in mine else [])}) for owner in ALL_OWNERS}
