"""Words too common to search for, German and English. Short on purpose: a wrong one hides results."""

from typing import Final

from wurzelwerk.search.analysis.words import Language

_GERMAN: Final = """
    aber als also am an auch auf aus bei beim bis da damit das dass dem den der des dessen deren die
    dies diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es etwas
    für hat haben ich ihr ihre ihrem ihren ihrer im in ins ist kann mein meine mich mir mit nach nicht
    noch nur ob oder ohne sein seine sich sie sind so sowie über um und uns unser unsere unter vom von
    vor wann war warum was wenn wer werden wie wieder wir wird wo zu zum zur
"""
_ENGLISH: Final = """
    a about an and are as at be been by can do does for from had has have how i if in into is its me my
    of on or our so that the their them then there these they this those to us was we were what when
    where which who why will with you your
"""

_FOLDED: Final = {
    Language.GERMAN: frozenset(_GERMAN.replace("ü", "u").split()),
    Language.ENGLISH: frozenset(_ENGLISH.split()),
}
_ACRONYM_LENGTH: Final = 2


def is_stop_word(original: str, folded: str, language: Language) -> bool:
    """Tell whether a word is too common; written in capitals ("IT", "SO") it is a name and is not."""
    return folded in _FOLDED[language] and not (len(original) >= _ACRONYM_LENGTH and original.isupper())
