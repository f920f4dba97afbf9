"""A framework of the company's own, as it is handed to ``save_framework``."""

from dataclasses import dataclass, field

from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.models.frameworks import DEFAULT_HALF_LIFE_DAYS


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A branch of the tree; ``parent`` is the key of another group, or nothing."""

    key: str
    label_de: str
    label_en: str
    area: Area = Area.PROFESSIONAL
    parent: str = ""


@dataclass(frozen=True, slots=True)
class CompetenceDraft:
    """A competence; ``anchors`` has up to five sentences (German, English), level 1 first."""

    key: str
    group: str
    label_de: str
    label_en: str
    description_de: str = ""
    description_en: str = ""
    aliases_de: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    half_life_days: int = DEFAULT_HALF_LIFE_DAYS


@dataclass(frozen=True, slots=True)
class FrameworkDraft:
    """A whole framework; what is not in it is retired from the one that is stored under its key."""

    key: str
    name_de: str
    name_en: str
    description_de: str = ""
    description_en: str = ""
    version: str = ""
    groups: tuple[GroupDraft, ...] = field(default=())
    competences: tuple[CompetenceDraft, ...] = field(default=())
