"""Which column holds which field, and which columns are refused because Wurzelwerk must not know what is in them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wurzelwerk.people.hr_import.reading.fields import PERSON_FIELDS, ImportField


class Refusal(StrEnum):
    """Why a column is not read."""

    PAY = "pay"
    BIRTH = "birth"
    BELIEF = "belief"
    HEALTH = "health"
    GENDER = "gender"
    FAMILY = "family"
    ORIGIN = "origin"
    UNION = "union"
    PRIVATE = "private"
    IDENTITY = "identity"
    APPRAISAL = "appraisal"
    UNKNOWN = "unknown"
    TWICE = "twice"


# Looked for in the folded heading, in this order, where it is no heading of an allowed field.
# "^" and "$" mean the beginning and the end of the heading.
SENSITIVE: Final = {
    Refusal.HEALTH: """
        gesund krank health sick behinder schwerbeh ^gdb disab fehlzeit fehltage absence abwesen impf vaccin diagnos
        schwanger pregnan mutterschutz maternity""",
    Refusal.BELIEF: "konfession religi kirche church glaube denomination weltanschauung bekenntnis",
    Refusal.UNION: "gewerkschaft tradeunion ^union partei politic politisch",
    Refusal.IDENTITY: """
        steuer sozialversicherung ^sv rentenvers ausweis passport reisepass taxid taxnumber socialsecurity ^ssn
        nationalid krankenkasse""",
    Refusal.ORIGIN: """
        national staatsang ethni herkunft ^rasse ^race hautfarbe migration citizenship geburtsort geburtsland
        placeofbirth countryofbirth""",
    Refusal.BIRTH: "geburt birth ^alter$ ^age$ ^dob$ jahrgang lebensalter altersgruppe",
    Refusal.GENDER: "geschlecht gender ^sex sexual anrede salutation pronomen pronoun",
    Refusal.FAMILY: "familienstand marital kinder children verheirat ehepartner ehegatt spouse",
    Refusal.PAY: """
        gehalt entgelt lohn verguet bonus praemie salary ^wages?$ ^wagegroup compensation tarif eingruppierung payscale
        paygrade ^pay ^iban ^bic$ ^konto kontonummer bankverbindung bankaccount bankleitzahl steuerklasse""",
    Refusal.PRIVATE: """
        privat wohn strasse street ^plz postleitzahl postal zipcode ^zip hausnummer anschrift ^adresse homeaddress
        ^address notfall emergency""",
    Refusal.APPRAISAL: """
        beurteil leistung bewertung performance appraisal ^rating rating$ abmahn reprimand potenzial potential
        disziplin disciplin zielerreich kuendigung reasonforleaving austrittsgrund""",
}
_SENSITIVE: Final = {refusal: re.compile("|".join(words.split())) for refusal, words in SENSITIVE.items()}
_TRANSLITERATED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_IN_PARENTHESES: Final = re.compile(r"\(.*?\)|\[.*?\]")
MOST_COLUMNS: Final = 256


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its place from 0, its heading, and either a field or why it is refused.

    ``letters`` is what a spreadsheet calls the column.
    """

    place: int
    heading: str
    field: str = ""
    refusal: Refusal | None = None
    letters: str = ""

    @property
    def may_be_chosen(self) -> bool:
        """Tell whether the column may be read after all when somebody names its field."""
        return self.refusal in (None, Refusal.UNKNOWN, Refusal.TWICE)


def transliterate(name: str) -> str:
    """Return ``name`` in lower case, umlauts written out, other accents dropped."""
    lowered = unicodedata.normalize("NFC", name).translate(_TRANSLITERATED).casefold().translate(_TRANSLITERATED)
    return "".join(letter for letter in unicodedata.normalize("NFKD", lowered) if letter.isascii())


def fold(heading: str) -> str:
    """Return a heading in the form in which headings are compared."""
    return "".join(letter for letter in transliterate(heading) if letter.isalnum())


def field_of(heading: str, fields: Sequence[ImportField] = PERSON_FIELDS) -> str:
    """Return the key of the field that ``heading`` names, or "" when it names none of the list."""
    for spelling in (fold(heading), fold(_IN_PARENTHESES.sub("", heading))):
        for each in fields:
            if spelling and spelling in each.headings:
                return each.key
    return ""


def refusal_of(heading: str) -> Refusal:
    """Return why a column whose heading names no field is not read."""
    folded = fold(heading)
    return next((refusal for refusal, pattern in _SENSITIVE.items() if pattern.search(folded)), Refusal.UNKNOWN)


def recognise(headings: Sequence[str], fields: Sequence[ImportField] = PERSON_FIELDS) -> tuple[Column, ...]:
    """Return what each column is; columns without a heading and content are the caller's to drop.

    The first column that names a field gets it, a second one is refused as named twice.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for place, heading in enumerate(headings):
        if not heading.strip():
            continue
        field = field_of(heading, fields)
        if not field:
            columns.append(Column(place, heading, refusal=refusal_of(heading), letters=letters_of(place)))
        elif field in taken:
            columns.append(Column(place, heading, refusal=Refusal.TWICE, letters=letters_of(place)))
        else:
            taken.add(field)
            columns.append(Column(place, heading, field, letters=letters_of(place)))
    return tuple(columns)


def letters_of(place: int) -> str:
    """Return the name a spreadsheet gives the column at ``place`` (0 is A, 26 is AA)."""
    name = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
