"""The official CSV layout of ESCO: which files there are, and which columns of them are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.importing.sources import SourceFile
from wurzelwerk.competences.importing.staging import COMPETENCES, CONCEPTS, GROUPS, OCCUPATIONS
from wurzelwerk.kernel.verdict import Refused

LANGUAGES: Final = ("de", "en")

HIERARCHY: Final = "skillsHierarchy"
BROADER: Final = "broaderRelationsSkillPillar"
NEEDS: Final = "occupationSkillRelations"

STEMS: Final = {GROUPS: "skillGroups", COMPETENCES: "skills", OCCUPATIONS: "occupations"}
"""Files with texts: one per language, joined by the address (URI) of the concept."""
RELATIONS: Final = (HIERARCHY, BROADER, NEEDS)
"""Files that say the same in every language: one is read."""

# Address, preferred label, other labels, description, two properties of the kind.
CONCEPT_COLUMNS: Final = {
    GROUPS: ("conceptUri", "preferredLabel", "altLabels?", "description?", "code", "inScheme?"),
    COMPETENCES: ("conceptUri", "preferredLabel", "altLabels", "description", "skillType", "reuseLevel?"),
    OCCUPATIONS: ("conceptUri", "preferredLabel", "altLabels", "description", "code", "iscoGroup"),
}
HIERARCHY_COLUMNS: Final = ("Level 0 URI", "Level 1 URI", "Level 2 URI", "Level 3 URI")
BROADER_COLUMNS: Final = ("conceptUri", "broaderUri")
NEEDS_COLUMNS: Final = ("occupationUri", "relationType", "skillUri")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files to read: texts by kind and language, relations by kind."""

    texts: Mapping[str, Mapping[str, SourceFile]]
    relations: Mapping[str, SourceFile]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages there are."""
        return tuple(self.texts[COMPETENCES])

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """Return all files that are read."""
        return (*(file for files in self.texts.values() for file in files.values()), *self.relations.values())


def find_layout(files: Mapping[str, SourceFile]) -> Layout:
    """Return which of ``files`` (by name in small letters) to read; raises ``Refused`` for a missing one."""
    languages = [language for language in LANGUAGES if _name(COMPETENCES, language).lower() in files]
    if not languages:
        names = " / ".join(_name(COMPETENCES, language) for language in LANGUAGES)
        raise Refused(
            _("There is no file %(names)s. Please choose the folder or ZIP file of the CSV download of ESCO.")
            % {"names": names}
        )
    texts = {kind: {language: _needed(files, _name(kind, language)) for language in languages} for kind in CONCEPTS}
    relations = {kind: _needed(files, *_names(kind, languages)) for kind in RELATIONS}
    return Layout(texts, relations)


def _name(kind: str, language: str) -> str:
    return f"{STEMS.get(kind, kind)}_{language}.csv"


def _names(kind: str, languages: list[str]) -> tuple[str, ...]:
    return (*(_name(kind, language) for language in reversed(languages)), f"{kind}.csv")


def _needed(files: Mapping[str, SourceFile], *names: str) -> SourceFile:
    for name in names:
        if name.lower() in files:
            return files[name.lower()]
    raise Refused(_("The file %(name)s is missing.") % {"name": names[0]})


def is_named_by_esco(name: str) -> bool:
    """Tell whether a file has one of the names of the download."""
    return name.lower() in _ALL_NAMES


_ALL_NAMES: Final = frozenset(
    _name(kind, language).lower() for kind in (*CONCEPTS, *RELATIONS) for language in LANGUAGES
)
