"""Word forms and their base form ("geschweißt" -> "schweißen"), on disk instead of in memory.

The dictionaries of simplemma hold 1.1 million German forms, which would cost each web process
100 MB and a second. They are written once, folded and sorted, into a text file that is searched
in place: nothing is loaded, and all processes share the pages.
"""

import mmap
import os
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from wurzelwerk.search.analysis.words import Language, fold_lines

_FILE_FORMAT: Final = 1
_MAX_FORM_LENGTH: Final = 18
"""Longer words are nearly all compounds, which the splitter and the stemmer handle."""


class Lemmas(Protocol):
    """Knows the base forms of a language."""

    def lemma(self, folded: str) -> str | None:
        """Return the folded base form of a folded word, or None when it is its own or unknown."""


class FormFile:
    """A sorted file of lines `form TAB base form`, searched by bisection."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`; raises OSError when it cannot be read, ValueError when empty."""
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def lemma(self, folded: str) -> str | None:
        """Return the folded base form of a folded word, or None when it is its own or unknown."""
        wanted = folded.encode()
        low, high = 0, len(self._map)
        while low < high:
            middle = (low + high) // 2
            start = self._map.rfind(b"\n", low, middle) + 1 or low
            end = self._map.find(b"\n", start)
            form, _, base = self._map[start:end].partition(b"\t")
            if form == wanted:
                return base.decode()
            if form < wanted:
                low = end + 1
            else:
                high = start
        return None


def form_file_name(language: Language) -> str:
    """Return the file name for a language; it changes with the dictionaries and the format."""
    return f"forms-{language}-{version('simplemma')}-{_FILE_FORMAT}.txt"


def write_form_file(folder: Path, language: Language) -> Path:
    """Write the forms of one language below `folder` if they are not there yet; return the path.

    Takes about four seconds for German. Several processes may do it at once: the file appears whole.
    """
    path = folder / form_file_name(language)
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    entries = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language.value)
    lines = [f"{form}\t{base}\n".encode() for form, base in folded_forms(entries, language).items()]
    lines.sort(key=lambda line: line.partition(b"\t")[0])
    handle, name = tempfile.mkstemp(dir=folder, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.writelines(lines)
    Path(name).replace(path)
    return path


def folded_forms(entries: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return folded form -> folded base form, without forms that are, in any spelling, their own.

    When spellings that fold alike disagree, the alphabetically first base form wins.
    """
    pairs = (f"{form}\t{base}" for form, base in entries.items() if len(form) <= _MAX_FORM_LENGTH)
    own: set[str] = set()
    found: dict[str, str] = {}
    for line in fold_lines("\n".join(pairs), language).split("\n"):
        form, _, base = line.partition("\t")
        if form == base:
            own.add(form)
        elif form.isalnum() and form.isascii() and base.isalnum() and base.isascii():
            known = found.get(form)
            found[form] = base if known is None or base < known else known
    for form in own:
        found.pop(form, None)
    return found
