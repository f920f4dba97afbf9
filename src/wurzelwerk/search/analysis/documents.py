"""What a room gives to the index: one object in one language, free of anything about persons."""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final

from wurzelwerk.search.analysis.words import Language

ANALYSIS_VERSION: Final = 1
"""Raise it when the analysis changes: the next run writes every document anew."""
KEYWORD_SEPARATOR: Final = " | "
MAX_TITLE: Final = 300
MAX_KEYWORDS: Final = 8_000
MAX_SUMMARY: Final = 2_000
MAX_BODY: Final = 40_000
_UNWANTED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """An object to be found.

    `keywords` are further names (synonyms, alternative labels); `body` is searched but not shown;
    `weight` above 1 lifts the object, below 1 lowers it.
    """

    object_key: str
    language: Language
    title: str
    url: str
    summary: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    weight: float = 1.0

    def cleaned(self) -> "Document":
        """Return the document as it is stored: no control characters, texts cut to their length.

        Raises ValueError for an empty title or key, control characters in key or address, or a weight
        that is not above 0.
        """
        title = " ".join(_clean(self.title, MAX_TITLE).split())
        if not title or not self.object_key or self.weight <= 0 or _UNWANTED.search(self.object_key + self.url):
            raise ValueError(f"no document: {self.object_key!r}, {self.title!r}, {self.url!r}, weight {self.weight}")
        return replace(
            self,
            language=Language(self.language),
            title=title,
            summary=_clean(self.summary, MAX_SUMMARY),
            keywords=tuple(filter(None, _clean(KEYWORD_SEPARATOR.join(self.keywords), MAX_KEYWORDS).split(" | "))),
            body=_clean(self.body, MAX_BODY),
        )

    @property
    def digest(self) -> str:
        """Return a fingerprint of the content and of the analysis; equal ones need no new writing."""
        content = repr((ANALYSIS_VERSION, self.title, self.url, self.summary, self.keywords, self.body, self.weight))
        return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def _clean(text: str, length: int) -> str:
    return _UNWANTED.sub(" ", text).strip()[:length].rstrip()
