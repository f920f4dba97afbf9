"""The organisation of the demo company as data: units, posts, working times and the cast."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: where, which role most people have, how many, and in which working times."""

    code: str
    name: str
    parent: str
    site: str
    role: str = ""
    people: int = 0
    patterns: tuple[str, ...] = ("office",)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A working time: weekly hours, and windows as (week, weekday, from minute, to minute)."""

    code: str
    name_de: str
    name_en: str
    hours: str
    weeks: tuple[tuple[tuple[int, int], ...], ...]
    days: tuple[int, ...] = (0, 1, 2, 3, 4)

    def windows(self) -> list[list[int]]:
        """Return the windows as ``WorkPattern`` keeps them."""
        return [
            [week, day, start, end]
            for week, spans in enumerate(self.weeks)
            for day in self.days
            for start, end in spans
        ]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast: who they are and where they stand."""

    staff_number: str
    given_name: str
    family_name: str
    unit: str
    role: str
    pattern: str
    leads: str = ""
    duty: str = ""


EARLY, LATE, NIGHT = (360, 840), (840, 1320), (1320, 360)
PATTERNS = (
    Pattern("office", "Gleitzeit, Vollzeit", "Flexitime, full time", "38.5", (((480, 990),),)),
    Pattern("office-part", "Gleitzeit, 24 Stunden", "Flexitime, 24 hours", "24.0", (((480, 780),),)),
    Pattern("two-shift", "Zweischicht", "Two shifts", "37.5", ((EARLY,), (LATE,))),
    Pattern("three-shift", "Dreischicht", "Three shifts", "36.0", ((EARLY,), (LATE,), (NIGHT,))),
    Pattern("shift-part", "Frühschicht, 20 Stunden", "Early shift, 20 hours", "20.0", (((360, 600),),)),
    Pattern("field", "Außendienst", "Field service", "38.5", (((420, 930),),)),
)

NORTH, SOUTH, OFFICE, DEPOT = "plant-north", "plant-south", "head-office", "service-depot"
THREE = ("three-shift", "three-shift", "three-shift", "shift-part")
TWO = ("two-shift", "two-shift", "shift-part")
DAY = ("office", "office", "office-part")
UNITS = (
    Unit("company", "Moorwald Antriebstechnik", "", OFFICE),
    Unit("north", "Werk Nord", "company", NORTH),
    Unit("north-winding", "Wickelei", "north", NORTH, "assembly-specialist", 38, THREE),
    Unit("north-machining", "CNC-Fertigung", "north", NORTH, "cnc-specialist", 46, THREE),
    Unit("north-assembly", "Montage Nord", "north", NORTH, "assembly-specialist", 52, THREE),
    Unit("north-maintenance", "Instandhaltung Nord", "north", NORTH, "maintenance-specialist", 14, THREE),
    Unit("north-quality", "Qualität Nord", "north", NORTH, "quality-specialist", 12, TWO),
    Unit("north-logistics", "Lager und Versand", "north", NORTH, "logistics-specialist", 22, TWO),
    Unit("south", "Werk Süd", "company", SOUTH),
    Unit("south-boards", "Leiterplatten", "south", SOUTH, "assembly-specialist", 34, TWO),
    Unit("south-assembly", "Montage Süd", "south", SOUTH, "assembly-specialist", 36, TWO),
    Unit("south-test", "Prüffeld", "south", SOUTH, "quality-specialist", 12, TWO),
    Unit("south-maintenance", "Instandhaltung Süd", "south", SOUTH, "maintenance-specialist", 9, TWO),
    Unit("office", "Hauptsitz", "company", OFFICE),
    Unit("development", "Entwicklung", "office", OFFICE, "development-specialist", 30, DAY),
    Unit("projects", "Projekte", "office", OFFICE, "project-lead", 9, DAY),
    Unit("sales", "Vertrieb", "office", OFFICE, "sales-specialist", 20, DAY),
    Unit("purchasing", "Einkauf", "office", OFFICE, "purchasing-specialist", 9, DAY),
    Unit("controlling", "Controlling und Finanzen", "office", OFFICE, "controlling-specialist", 9, DAY),
    Unit("data", "Datenanalyse", "office", OFFICE, "data-analyst", 5, DAY),
    Unit("it", "IT", "office", OFFICE, "it-specialist", 10, DAY),
    Unit("hr", "Personal", "office", OFFICE, "people-development-specialist", 6, DAY),
    Unit("depot", "Servicestützpunkt", "company", DEPOT, "service-specialist", 17, ("field",)),
)

CAST = (
    Member("M-1001", "Amira", "Haddad", "controlling", "controlling-specialist", "office"),
    Member("M-1002", "Ben", "Krüger", "data", "data-analyst", "office"),
    Member("M-1003", "Clara", "Vogt", "controlling", "controlling-specialist", "office", leads="controlling"),
    Member("M-1004", "David", "Lenz", "north-assembly", "production-team-lead", "two-shift", leads="north-assembly"),
    Member("M-1005", "Eva", "Sommer", "hr", "people-development-specialist", "office", duty="learning_and_development"),
    Member("M-1006", "Felix", "Brandt", "north-winding", "assembly-specialist", "three-shift", duty="works_council"),
    Member("M-1007", "Greta", "Nowak", "it", "it-specialist", "office", duty="administrator"),
)
