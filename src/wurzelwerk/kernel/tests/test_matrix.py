"""The matrix equals the table agreed on, written down here a second time by hand."""

import pytest
from django.utils.translation import override

from wurzelwerk.kernel.matrix import MATRIX, NOTES, Audience, Item, Level, can_be_shared_with, level_of, who_sees

# self partner mentor lead L&D works-council administrator community: a = always, r = reduced,
# s = by share, f = figures about many, n = never.
AGREED = {
    "directory": "aaaaaaaa",
    "portrait": "asssssns",
    "matching_answers": "assnnnnn",
    "partner_ad": "aaarrrra",
    "self_assessment": "asssffns",
    "peer_assessment": "arrsffnn",
    "lead_assessment": "ansrnfnn",
    "estimate": "assnnnnn",
    "team_debt": "fnnfffnn",
    "quiz": "assnfnnn",
    "mandatory_status": "annrrfnn",
    "mandatory_result": "annnnnnn",
    "certificate": "asssrnns",
    "path": "asssffnn",
    "statement": "annnnnnn",
    "learning_slot": "arrrffnn",
    "learning_time_use": "annnffnn",
    "journal": "assnnnnn",
    "partnership": "aanrrfns",
    "partnership_content": "aasnnnnn",
    "learning_package": "aasnrnnn",
    "partnership_health": "aannffnn",
    "peer_consultation": "annnnnnn",
    "community_post": "arrrrrra",
    "culture_answer": "nnnfffnf",
    "decision_log": "annnffnn",
    "access_log": "annnnfnn",
}
LETTERS = {
    Level.ALWAYS: "a",
    Level.REDUCED: "r",
    Level.SHARED: "s",
    Level.AGGREGATE: "f",
    Level.NEVER: "n",
}


def test_the_matrix_is_the_one_agreed_on() -> None:
    written = {item.value: "".join(LETTERS[MATRIX[item][audience]] for audience in Audience) for item in MATRIX}

    assert {item: written[item] for item in AGREED} == AGREED


@pytest.mark.parametrize("item", list(Item))
@pytest.mark.parametrize("language", ["de", "en"])
def test_who_sees_has_one_sentence_per_audience(item: Item, language: str) -> None:
    with override(language):
        sentences = [str(sight) for sight in who_sees(item)]

    assert len(sentences) == len(Audience)
    assert all(sentence[0].isupper() and ":" in sentence for sentence in sentences)


def test_a_note_stands_in_brackets() -> None:
    with override("en"):
        sentence = str(who_sees(Item.JOURNAL)[1])

    assert sentence == "Your learning partners: only if you share it (entry by entry)"


def test_only_shareable_audiences_are_offered() -> None:
    assert can_be_shared_with(Item.JOURNAL) == (Audience.PARTNER, Audience.MENTOR)
    assert level_of(Item.JOURNAL, Audience.LEAD) is Level.NEVER


def test_every_note_limits_something_that_is_seen() -> None:
    seen = {cell for cell in NOTES if MATRIX[cell[0]][cell[1]] is not Level.NEVER}

    assert seen == set(NOTES)
