"""The text analysis as this installation uses it: with the word forms in its data folder."""

from pathlib import Path

from django.conf import settings

from wurzelwerk.search.analysis.forms import FormFile, Lemmas, form_file_name, write_form_file
from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.words import Language

_by_folder: dict[Path, Terms] = {}
_without_forms = Terms()


def terms() -> Terms:
    """Return the term finder; until the word forms are written, the stemmer alone decides."""
    folder = forms_folder()
    found = _by_folder.get(folder)
    if found is None:
        lemmas = _open_forms(folder)
        if len(lemmas) < len(Language):
            return _without_forms
        found = _by_folder[folder] = Terms(lemmas)
    return found


def write_word_forms() -> None:
    """Write the word forms into the data folder unless they are there: six seconds, once per installation."""
    for language in Language:
        write_form_file(forms_folder(), language)


def forms_folder() -> Path:
    """Return the folder of the word forms."""
    return Path(settings.DATA) / "search"


def _open_forms(folder: Path) -> dict[Language, Lemmas]:
    paths = {language: folder / form_file_name(language) for language in Language}
    return {language: FormFile(path) for language, path in paths.items() if path.exists()}
