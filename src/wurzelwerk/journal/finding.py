"""Searching in opened texts: plain strings in, places out; nothing is kept."""

import re
from dataclasses import dataclass
from typing import Final

from wurzelwerk.search.analysis.words import Language, fold, words

EXCERPT: Final = 180
BEFORE: Final = 60
MOST_WORDS: Final = 8

# An underscore inside a word is part of it ("data_2026").
_MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+|[*`~]{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|\[([^\]]*)\]\([^)]*\)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of shown text; ``is_hit`` when it is what was searched for."""

    text: str
    is_hit: bool


def plain(markdown: str) -> str:
    """Return a text without the signs of Markdown, in one line."""
    return re.sub(r"\s+", " ", _unmarked(markdown)).strip()


def _unmarked(markdown: str) -> str:
    return _MARKS.sub(lambda found: found.group(1) or "", markdown)


def paragraphs(markdown: str) -> tuple[str, ...]:
    """Return the paragraphs of a text in order, without the signs of Markdown: what stands between empty lines."""
    parts = re.split(r"\n\s*\n", markdown.replace("\r\n", "\n"))
    return tuple(plain for part in parts if (plain := _unmarked(part).strip()))


def shortened(text: str, length: int = EXCERPT) -> str:
    """Return the beginning of a text, cut at a word."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.–") + " …"


def folded_words(typed: str) -> tuple[str, ...]:
    """Return what was typed as folded words: umlauts, spellings and case make no difference."""
    found = (fold(word.text, Language.GERMAN) for word in words(typed))
    return tuple(word for word in found if word)[:MOST_WORDS]


def answers(text: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether every wanted word stands in ``text``, also inside of longer words."""
    there = " ".join(fold(word.text, Language.GERMAN) for word in words(text))
    return all(word in there for word in wanted)


def pieces(text: str, wanted: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return the part of ``text`` around the first hit, with the hits marked."""
    hits = [
        (word.start, word.end)
        for word in words(text)
        if any(each in fold(word.text, Language.GERMAN) for each in wanted)
    ]
    start = _start(text, hits)
    end = min(len(text), start + EXCERPT)
    found: list[Piece] = [Piece("… ", is_hit=False)] if start else []
    place = start
    for first, last in hits:
        if place <= first and last <= end:
            found += [Piece(text[place:first], is_hit=False), Piece(text[first:last], is_hit=True)]
            place = last
    found.append(Piece(text[place:end] + (" …" if end < len(text) else ""), is_hit=False))
    return tuple(piece for piece in found if piece.text)


def _start(text: str, hits: list[tuple[int, int]]) -> int:
    if not hits or hits[0][0] <= BEFORE:
        return 0
    return text.rfind(" ", 0, hits[0][0] - BEFORE // 2) + 1
