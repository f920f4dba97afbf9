"""What the rubrics of a CASE package say about levels, as sentences on the scale from 1 to 5."""

from collections.abc import Callable, Iterable
from typing import Final

from wurzelwerk.competences.importing.entries import Entry
from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.competences.terms import nearest_level

CRITERIA: Final = "CFRubricCriteria"
LEVELS: Final = "CFRubricCriterionLevels"
MOST_SCORE: Final = 1e9

Anchors = dict[tuple[str, int], str]
"""Sentences by address of the competence and level (1 to 5); several of one level on lines of their own."""


def anchors_of(rubrics: Iterable[Entry], uri_of: Callable[[Entry, str], str]) -> Anchors:
    """Return the sentences of all criteria that belong to an item; raises ``Refused`` for an unknown one."""
    found: Anchors = {}
    for rubric in rubrics:
        for criterion in rubric.parts(CRITERIA):
            if not criterion.value.get("CFItemURI"):
                continue
            uri = uri_of(criterion, "CFItemURI")
            levels = _in_order(criterion)
            for turn, level in enumerate(levels, start=1):
                add_anchor(found, uri, turn * HIGHEST_LEVEL / len(levels), _sentence(level))
    return found


def add_anchor(anchors: Anchors, uri: str, level: float, sentence: str) -> None:
    """Add a sentence at the whole level nearest to ``level``, from 1 on."""
    if uri and sentence:
        key = uri, max(1, nearest_level(level))
        lines = anchors[key].splitlines() if key in anchors else []
        anchors[key] = "\n".join(dict.fromkeys([*lines, sentence]))


def _in_order(criterion: Entry) -> list[Entry]:
    """Return the levels from the lowest: by score where all have one (0 is no level yet), else by position."""
    levels = list(criterion.parts(LEVELS))
    scores = [_number(level, "score") for level in levels]
    if all(score is not None for score in scores):
        with_scores = [(score or 0.0, turn) for turn, score in enumerate(scores)]
        return [levels[turn] for score, turn in sorted(with_scores) if score > 0]
    positions = [_number(level, "position") or 0.0 for level in levels]
    return [levels[turn] for _position, turn in sorted(zip(positions, range(len(levels)), strict=True))]


def _number(entry: Entry, name: str) -> float | None:
    value = entry.value.get(name)
    return float(value) if isinstance(value, int | float) and abs(value) < MOST_SCORE else None


def _sentence(level: Entry) -> str:
    return " ".join((level.text("description") or level.text("quality")).split())
