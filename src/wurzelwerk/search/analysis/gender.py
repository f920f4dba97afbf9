"""Brings the written gender forms of German person words to one form.

`Entwickler*innen`, `Entwickler:innen`, `Entwickler_innen`, `Entwickler/-innen`, `EntwicklerInnen`,
`Entwicklerinnen` and `Entwicklerin` are all found as `Entwickler`.
"""

import re
from typing import Final

from wurzelwerk.search.analysis.words import Language, fold

_MIN_BASE_LENGTH: Final = 4
_PERSON_ENDINGS: Final = (
    "er", "or", "eur", "ent", "ant", "ist", "ast", "at", "et", "ot", "log", "arzt", "koch", "kund",
    "expert", "wirt", "kolleg", "chef", "walt", "graf", "graph", "soph", "nom", "genoss", "zeug",
)  # fmt: skip
"""Folded endings after which -in and -innen mark a person; other words in -in stay as they are."""
_PAIRS: Final = {
    "frau": "mann",
    "frauen": "mann",
    "leute": "mann",
    "leuten": "mann",
    "manner": "mann",
    "mannern": "mann",
}
_PAIR_BASES: Final = ("kauf", "fach", "kamera", "ob", "feuerwehr", "fuhr", "schiffs", "zimmer")
_SIGNS: Final = re.compile(
    r"(?P<base>[^\W\d_]{3,})(?P<sign>[*:_·•]|/-?|\()(?P<end>in(?:nen)?)(?P<close>\))?(?![^\W\d_])",
    re.IGNORECASE,
)
_FILLER: Final = "\u200b"
"""Stands in for the sign, so that places in the text stay the same; folding drops it."""


def join_gender_forms(text: str) -> str:
    """Return `text` of the same length with gender signs inside words made invisible.

    "Entwickler*innen" becomes one word; places (start, end) of words stay valid for the original.
    """
    return _SIGNS.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    sign, close = match["sign"], match["close"] or ""
    is_person = fold(match["base"], Language.GERMAN).endswith(_PERSON_ENDINGS)
    if not is_person or (sign == "(") != bool(close):
        return match.group()
    return match["base"] + _FILLER * len(sign) + match["end"] + _FILLER * len(close)


def person_base(folded: str) -> str:
    """Return the neutral base of a folded German word: "entwicklerinnen" becomes "entwickler"."""
    for ending in ("innen", "in"):
        base = folded.removesuffix(ending)
        if base != folded and len(base) >= _MIN_BASE_LENGTH and base.endswith(_PERSON_ENDINGS):
            return base
    for ending, neutral in _PAIRS.items():
        base = folded.removesuffix(ending)
        if base != folded and base.endswith(_PAIR_BASES):
            return base + neutral
    return folded
