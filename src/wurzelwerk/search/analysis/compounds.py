"""Splits German compounds into the words they are made of.

A part is a word of the indexed vocabulary, so the splitter knows the words of this company and
needs no dictionary of its own: only the linking letters between parts, and the prefixes that make
a new verb instead of a compound ("Ausbildung" is no kind of "Bildung").
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from wurzelwerk.search.analysis.parts import (
    ADJECTIVE_HEADS,
    NO_HEADS,
    OWN_PARTS,
    PREFIXES,
    SCHAFT,
    VERB_STARTS,
)

MIN_WORD_LENGTH: Final = 7
"""Shorter words are not split: "Lernort" is the shortest kind of compound worth it."""
MAX_WORD_LENGTH: Final = 48
_MIN_PART_LENGTH: Final = 4
_MIN_OWN_LENGTH: Final = 3
_LINKS: Final = ("s", "es", "n", "en", "er", "e", "ens", "ns")
_ENDINGS: Final = ("en", "n", "s", "es", "e", "er", "ern", "innen", "in")
_LINK_AFTER: Final = ("ung", "heit", "keit", "schaft", "ion", "tat", "ling", "kunft", "tum")
"""After these a compound always links with s: "Ankunftsorte" holds "Orte", not "Sorte"."""
_CERTAIN_LINK: Final = re.compile(r"(?<=...(?:ung|ion|tat|eit))s(?!ch)(?=.{4})|(?<=..schaft)s(?!ch)(?=.{4})")
_MIN_UNKNOWN_PART: Final = 4
_MIN_KNOWN_HEAD: Final = 7
_MIN_HEAD_COUNT: Final = 2
_Cut = tuple[int, int]
_NO_SPLIT: Final[tuple[_Cut, ...]] = ((-1, -1),)


class Splitter:
    """Splits folded German words with the parts it was given."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Take the folded words that may be parts, each with the number of documents it stands in."""
        self._counts = vocabulary
        # A verb or a noun in -e loses its ending inside a compound: lern(en), sprach(e).
        self._shortened = {
            word.removesuffix(ending): count
            for ending in ("e", "en")
            for word, count in vocabulary.items()
            if word.endswith(ending) and len(word) - len(ending) >= _MIN_PART_LENGTH
        }
        self._cuts = lru_cache(maxsize=65_536)(self._find_cuts)

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the smallest parts of a folded word from left to right; empty when it is no compound."""
        cuts = self._compound_cuts(word)
        return tuple(word[start:end] for start, end in cuts)

    def subwords(self, word: str) -> tuple[str, ...]:
        """Return every part and every run of neighbouring parts, sorted, without the word itself.

        "lernpartnerschaften" gives lern, lernpartner, partner, partnerschaften.
        """
        cuts = self._compound_cuts(word)
        runs = {
            word[cuts[first][0] : cuts[last][1]]
            for first in range(len(cuts))
            for last in range(first, len(cuts))
            if word[slice(*cuts[first])] not in NO_HEADS
        }
        return tuple(sorted(runs - {word}))

    def _compound_cuts(self, word: str) -> tuple[_Cut, ...]:
        if not MIN_WORD_LENGTH <= len(word) <= MAX_WORD_LENGTH or not word.isalpha():
            return ()
        cuts = self._cuts(word)
        return cuts if len(cuts) > 1 else ()

    def _find_cuts(self, word: str) -> tuple[_Cut, ...]:
        """Return the (start, end) of each smallest part; the word itself when it is no compound."""
        cuts = self._fewest_parts(word) or _linked_by_s(word) or self._known_head(word)
        if not cuts:
            return ((0, len(word)),)
        smallest: list[_Cut] = []
        for start, end in cuts:
            inner = self._cuts(word[start:end]) if end - start >= MIN_WORD_LENGTH else ((0, end - start),)
            smallest += [(start + first, start + last) for first, last in inner]
        return tuple(smallest)

    def _fewest_parts(self, word: str) -> tuple[_Cut, ...]:
        """Return the split with the fewest parts, then the fewest linking letters, then the longest last part."""
        best: dict[int, tuple[_Cut, ...]] = {len(word): ()}

        def best_from(start: int) -> tuple[_Cut, ...] | None:
            if start not in best:
                candidates = [
                    ((start, end), *rest)
                    for end, following in self._ends(word, start)
                    if (rest := best_from(following)) is not None
                ]
                best[start] = min(candidates, key=_badness) if candidates else _NO_SPLIT
            found = best[start]
            return None if found is _NO_SPLIT else found

        return best_from(0) or ()

    def _ends(self, word: str, start: int) -> Iterator[_Cut]:
        """Yield (end of a part from `start`, where the next part begins); the whole word is no part."""
        length = len(word)
        for end in range(start + _MIN_OWN_LENGTH, length):
            piece = word[start:end]
            if not (piece in self._counts or piece in self._shortened or piece in OWN_PARTS or piece in SCHAFT):
                continue
            if not self._is_part(word, start, end):
                continue
            if not (word[end] == "s" and piece.endswith(_LINK_AFTER)):
                yield end, end
            for link in _LINKS:
                following = end + len(link)
                if (
                    following <= length - _MIN_OWN_LENGTH
                    and word.startswith(link, end)
                    and word[start:following] not in PREFIXES
                ):
                    yield end, following
        if start and length - start >= _MIN_OWN_LENGTH and self._is_part(word, start, length):
            yield length, length

    def _is_part(self, word: str, start: int, end: int) -> bool:
        piece = word[start:end]
        if start == 0 and piece in PREFIXES:
            return False
        if piece in OWN_PARTS:
            return True
        if piece in SCHAFT:
            # "Partnerschaft" is cut after "Partner"; other words in -schaft ("Wirtschaft") stay whole.
            return start > _MIN_PART_LENGTH and word[:start].endswith("er")
        if len(piece) < _MIN_PART_LENGTH or piece in NO_HEADS:
            return False
        count, length = self._known_head_as(piece) if end == len(word) else (self._inner_count(piece), len(piece))
        # Four letters turn up by chance: they count only when more common than the word they are found in.
        return count > 0 and (length > _MIN_PART_LENGTH or count >= self._counts.get(word, 0))

    def _inner_count(self, piece: str) -> int:
        return self._counts.get(piece, 0) or self._shortened.get(piece, 0)

    def _known_head_as(self, piece: str) -> tuple[int, int]:
        """Return in how many documents a last part stands, plain or inflected, and the length of that word."""
        count = self._counts.get(piece, 0)
        if count:
            return count, len(piece)
        bases = [piece.removesuffix(ending) for ending in _ENDINGS if piece.endswith(ending)]
        if any(base in OWN_PARTS for base in bases):
            return 1, len(piece)
        known = ((self._counts.get(base, 0), len(base)) for base in bases if len(base) >= _MIN_PART_LENGTH)
        return max(known, default=(0, 0))

    def _known_head(self, word: str) -> tuple[_Cut, ...]:
        """Cut before a long, well-known last part, although what stands before it is not known."""
        if word.startswith(VERB_STARTS) or word.endswith(ADJECTIVE_HEADS):
            return ()
        for start in range(_MIN_UNKNOWN_PART, len(word) - _MIN_KNOWN_HEAD + 1):
            if word[:start].endswith(_LINK_AFTER):
                continue
            if self._known_head_as(word[start:])[0] >= _MIN_HEAD_COUNT:
                return ((0, start), (start, len(word)))
        return ()


def _linked_by_s(word: str) -> tuple[_Cut, ...]:
    """Cut at an s that can only be a link ("…ungs|planung"), although no part may be known."""
    found = _CERTAIN_LINK.search(word)
    return ((0, found.start()), (found.end(), len(word))) if found else ()


def _badness(cuts: tuple[_Cut, ...]) -> tuple[int, int, int]:
    covered = sum(end - start for start, end in cuts)
    return len(cuts), -covered, cuts[-1][0]
