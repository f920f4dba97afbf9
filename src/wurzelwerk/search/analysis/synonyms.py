"""A short list of words that mean the same in learning at work; searching one finds the others.

Each line is a group. Words are written as people write them and reduced to terms when the module loads.
"""

from typing import Final

from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.words import Language, fold

_GROUPS: Final = """
    Weiterbildung Fortbildung Schulung Qualifizierung Training
    Führungskraft Vorgesetzte Chef Teamleitung manager
    Kompetenz Fähigkeit skill competence
    Personalentwicklung Mitarbeiterentwicklung
    Lernpartner Lerntandem Lernbuddy buddy
    Lernkreis Lernzirkel circle
    Mentoring Patenschaft
    Nachweis Zertifikat Zeugnis Bescheinigung certificate
    Seminar Workshop Kurs Lehrgang course
    Kenntnis Wissen knowledge
    Arbeitsschutz Arbeitssicherheit
    Unterweisung Pflichtschulung
    Besprechung Meeting Sitzung
    Rückmeldung Feedback
    Einarbeitung Onboarding
    Präsentation Vortrag presentation
    Tabellenkalkulation Excel spreadsheet
    Datenschutz DSGVO
    Kundendienst Kundenservice
    Instandhaltung Wartung maintenance
    Verhandlung Verhandeln negotiation
    Konfliktlösung Mediation
    Teamfähigkeit Teamarbeit Zusammenarbeit teamwork
    Programmierung Softwareentwicklung programming
    Lager Logistik logistics
    Vertrieb Verkauf sales
    Einkauf Beschaffung procurement
    Beurteilung Bewertung Einschätzung
    Tagebuch Journal
    Wiederholung Auffrischung Auffrischen
"""


def _read_groups() -> dict[str, tuple[str, ...]]:
    terms = Terms()
    found: dict[str, tuple[str, ...]] = {}
    for line in _GROUPS.strip().splitlines():
        group = tuple(terms.term(fold(word, Language.GERMAN), Language.GERMAN) for word in line.split())
        for term in group:
            found[term] = tuple(other for other in group if other != term)
    return found


SYNONYMS: Final = _read_groups()
"""German term -> the terms that mean the same."""
