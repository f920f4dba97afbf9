"""The competences a text speaks of, as proposals: each with the words that caused it."""

from dataclasses import dataclass
from typing import Final

from wurzelwerk.competences.queries import competences_by_key, profile_keys
from wurzelwerk.competences.text_links import current_linker
from wurzelwerk.people.models import Person

PROPOSALS: Final = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """A competence that a text may speak of; ``words`` are quoted from the text, the strongest first."""

    key: str
    name: str
    group: str
    framework: str
    words: tuple[str, ...]
    is_in_profile: bool


def proposals_for(person: Person, text: str) -> tuple[Proposal, ...]:
    """Return what ``text`` may speak of, best first; nothing of the text is kept."""
    found = current_linker().suggest(text, top=PROPOSALS)
    competences = {one.public_id: one for one in competences_by_key([each.key for each in found])}
    own = profile_keys(person)
    return tuple(
        Proposal(
            key=each.key,
            name=str(competences[each.key]),
            group=str(competences[each.key].group or ""),
            framework=str(competences[each.key].framework),
            words=tuple(dict.fromkeys(" ".join(text[start:end].split()) for start, end in each.words)),
            is_in_profile=each.key in own,
        )
        for each in found
        if each.key in competences
    )
