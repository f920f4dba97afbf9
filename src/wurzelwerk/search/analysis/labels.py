"""Compares short labels (menu entries, actions) with what somebody types."""

from typing import Final

from wurzelwerk.search.analysis.words import Language, fold, words

_MIN_INSIDE: Final = 4


def label_match(label: str, text: str) -> int | None:
    """Return how well a label answers a typed text, smaller is better, or None when it does not.

    0: it begins so; 1: each typed word begins one of its words; 2: some stand only inside longer words.
    """
    typed = [fold(word.text, Language.GERMAN) for word in words(text)]
    own = [fold(word.text, Language.GERMAN) for word in words(label)]
    if not typed:
        return None
    if " ".join(own).startswith(" ".join(typed)):
        return 0
    if all(any(word.startswith(start) for word in own) for start in typed):
        return 1
    if all(any(word.startswith(part) or _is_inside(part, word) for word in own) for part in typed):
        return 2
    return None


def _is_inside(part: str, word: str) -> bool:
    return len(part) >= _MIN_INSIDE and part in word
