"""The official CSV layout of ESCO: which files there are, and which columns of them are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wurzelwerk.competences.importing.sources import CsvFile
from wurzelwerk.kernel.verdict import Refused

LANGUAGES: Final = ("de", "en")

SKILLS: Final = "skills"
GROUPS: Final = "skillGroups"
OCCUPATIONS: Final = "occupations"
HIERARCHY: Final = "skillsHierarchy"
BROADER: Final = "broaderRelationsSkillPillar"
NEEDS: Final = "occupationSkillRelations"

CONCEPTS: Final = (GROUPS, SKILLS, OCCUPATIONS)
"""Files with texts: one per language, joined by the address (URI) of the concept."""
RELATIONS: Final = (HIERARCHY, BROADER, NEEDS)
"""Files that say the same in every language: one is read."""

# Address, preferred label, other labels, description, two properties of the kind.
CONCEPT_COLUMNS: Final = {
    GROUPS: ("conceptUri", "preferredLabel", "altLabels?", "description?", "code", "inScheme?"),
    SKILLS: ("conceptUri", "preferredLabel", "altLabels", "description", "skillType", "reuseLevel?"),
    OCCUPATIONS: ("conceptUri", "preferredLabel", "altLabels", "description", "code", "iscoGroup"),
}
HIERARCHY_COLUMNS: Final = ("Level 0 URI", "Level 1 URI", "Level 2 URI", "Level 3 URI")
BROADER_COLUMNS: Final = ("conceptUri", "broaderUri")
NEEDS_COLUMNS: Final = ("occupationUri", "relationType", "skillUri")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files to read: texts by kind and language, relations by kind."""

    texts: Mapping[str, Mapping[str, CsvFile]]
    relations: Mapping[str, CsvFile]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages there are."""
        return tuple(self.texts[SKILLS])

    @property
    def files(self) -> tuple[CsvFile, ...]:
        """Return all files that are read."""
        return (*(file for files in self.texts.values() for file in files.values()), *self.relations.values())


def find_layout(files: Mapping[str, CsvFile]) -> Layout:
    """Return which of ``files`` (by name in small letters) to read; raises ``Refused`` for a missing one."""
    languages = [language for language in LANGUAGES if _name(SKILLS, language).lower() in files]
    if not languages:
        names = " / ".join(_name(SKILLS, language) for language in LANGUAGES)
        raise Refused(
            _("There is no file %(names)s. Please choose the folder or ZIP file of the CSV download of ESCO.")
            % {"names": names}
        )
    texts = {kind: {language: _needed(files, _name(kind, language)) for language in languages} for kind in CONCEPTS}
    relations = {kind: _needed(files, *_names(kind, languages)) for kind in RELATIONS}
    return Layout(texts, relations)


def _name(kind: str, language: str) -> str:
    return f"{kind}_{language}.csv"


def _names(kind: str, languages: list[str]) -> tuple[str, ...]:
    return (*(_name(kind, language) for language in reversed(languages)), f"{kind}.csv")


def _needed(files: Mapping[str, CsvFile], *names: str) -> CsvFile:
    for name in names:
        if name.lower() in files:
            return files[name.lower()]
    raise Refused(_("The file %(name)s is missing.") % {"name": names[0]})
