"""How the competences that statements speak of are called; the room above that knows them registers itself."""

from collections.abc import Callable, Collection, Mapping

from wurzelwerk.kernel.registry import Registry

CompetenceNames = Callable[[Collection[str]], Mapping[str, str]]

sources: Registry[CompetenceNames] = Registry()
"""``source(keys)``: the names, in the active language, of the competences with these public ids; one query."""


def competence_names(keys: Collection[str]) -> dict[str, str]:
    """Return the known names by key; nothing is asked when there are no keys."""
    found: dict[str, str] = {}
    if keys:
        for source in sources:
            found |= source(keys)
    return found
