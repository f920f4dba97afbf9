"""The stories of the demo company as data: who learns what with whom, and how far they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One of two partners: unit and place in it (or a given name of the cast), and what they bring."""

    who: str
    offers: str
    offer_level: int
    wants: str
    from_level: int
    to_level: int
    goal: str
    package: str
    if_then: str


@dataclass(frozen=True, slots=True)
class Tale:
    """A partnership: its two sides, when it began, and the phase it has reached by today."""

    one: Side
    other: Side
    phase: str
    weeks_ago: int
    scenario: str = "mutual_teaching"
    message: str = "Deine Annonce passt genau zu dem, was ich suche. Wollen wir uns kurz zusammensetzen?"
    did: str = ""
    was_hard: str = ""
    next_steps: str = ""
    thanks: str = ""


@dataclass(frozen=True, slots=True)
class Ad:
    """An ad that stands on the board."""

    who: str
    offers: str
    offer_level: int
    wants: str
    from_level: int
    to_level: int
    note: str
    weeks_ago: int = 1


TALES = (
    Tale(
        Side(
            "sales:2",
            "negotiation",
            4,
            "data-visualisation",
            1,
            2,
            "Ich baue eine Auftragsübersicht selbst.",
            "Eine Übersicht der offenen Angebote",
            "Wenn ich montags den Bericht öffne, dann ergänze ich ein Bild.",
        ),
        Side(
            "data:1",
            "data-visualisation",
            4,
            "negotiation",
            1,
            3,
            "Ich führe ein Lieferantengespräch zu Ende.",
            "Ein Gespräch über Lizenzkosten vorbereiten",
            "Wenn ein Preis genannt wird, dann frage ich erst nach.",
        ),
        "learning",
        5,
        did="Wir haben die Angebotsliste gemeinsam in drei Bilder zerlegt und eines davon gebaut.",
        was_hard="Zu entscheiden, was weggelassen wird.",
        next_steps="Bis nächste Woche baut jede Seite ein eigenes Beispiel.",
    ),
    Tale(
        Side(
            "north-maintenance:1",
            "fault-finding",
            4,
            "plc-programming",
            1,
            2,
            "Ich lese ein SPS-Programm ohne Hilfe.",
            "Die Steuerung der Presse 4 nachvollziehen",
            "Wenn eine Störung kommt, dann sehe ich zuerst ins Programm.",
        ),
        Side(
            "south-maintenance:1",
            "plc-programming",
            4,
            "fault-finding",
            2,
            3,
            "Ich grenze Fehler planvoll ein.",
            "Drei alte Störungen noch einmal durchgehen",
            "Wenn ich messe, dann schreibe ich die Annahme vorher auf.",
        ),
        "planning",
        2,
        scenario="blended",
    ),
    Tale(
        Side(
            "purchasing:1",
            "supplier-management",
            4,
            "spreadsheets",
            2,
            3,
            "Ich rechne Angebote mit einer Vorlage durch.",
            "Eine Vorlage für den Angebotsvergleich",
            "Wenn ein Angebot eingeht, dann trage ich es gleich ein.",
        ),
        Side(
            "controlling:1",
            "spreadsheets",
            4,
            "supplier-management",
            1,
            2,
            "Ich verstehe, woran ihr Lieferanten messt.",
            "Zwei Lieferanten nebeneinander bewerten",
            "Wenn ich Zahlen sehe, dann frage ich nach dem Anlass.",
        ),
        "preparation",
        1,
    ),
    Tale(
        Side(
            "development:3",
            "requirements-engineering",
            4,
            "moderation",
            1,
            3,
            "Ich leite die Abnahmerunde selbst.",
            "Die Abnahmerunde mit Zeitplan vorbereiten",
            "Wenn jemand abschweift, dann schreibe ich es an den Rand.",
        ),
        Side(
            "projects:2",
            "moderation",
            4,
            "requirements-engineering",
            2,
            3,
            "Ich schreibe prüfbare Anforderungen.",
            "Fünf Anforderungen prüfbar umformulieren",
            "Wenn ein Satz „schnell“ enthält, dann frage ich nach der Zahl.",
        ),
        "closing",
        10,
        did="Die Abnahmerunde lief nach Plan, zwei Fragen standen am Rand und wurden später geklärt.",
        was_hard="Pausen auszuhalten.",
        next_steps="Im Dezember leite ich die nächste Runde allein.",
    ),
    Tale(
        Side(
            "north-quality:2",
            "spc",
            4,
            "feedback",
            1,
            2,
            "Ich gebe Rückmeldung am Arbeitsplatz, nicht per Zettel.",
            "Drei Rückmeldungen üben",
            "Wenn mir etwas auffällt, dann spreche ich es in derselben Schicht an.",
        ),
        Side(
            "hr:2",
            "feedback",
            4,
            "spc",
            1,
            2,
            "Ich verstehe eine Regelkarte.",
            "Eine Regelkarte der Wickelei lesen",
            "Wenn ich im Werk bin, dann lasse ich mir eine Karte zeigen.",
        ),
        "closed",
        16,
        did="Wir haben an der Linie eine Regelkarte gelesen und danach die Rückmeldung geübt.",
        was_hard="Ruhig zu bleiben, wenn die Maschine läuft.",
        next_steps="Beide wenden es in der nächsten Woche einmal an.",
        thanks="Danke für deine Geduld an der Linie. Ohne deine Fragen hätte ich vieles nie erklären müssen.",
    ),
    Tale(
        Side(
            "it:1",
            "cyber-security",
            4,
            "presentation",
            1,
            2,
            "Ich erkläre Sicherheit ohne Fachwörter.",
            "Fünf Minuten über Passwörter in der Frühschicht",
            "Wenn ein Fachwort fällt, dann ersetze ich es.",
        ),
        Side(
            "sales:4",
            "presentation",
            4,
            "cyber-security",
            1,
            2,
            "Ich erkenne gefälschte Mails im Alltag.",
            "Zehn Mails beurteilen",
            "Wenn eine Mail drängt, dann rufe ich an.",
        ),
        "ended",
        8,
    ),
)

ADS = (
    Ad(
        "Ben",
        "sql",
        5,
        "conversation",
        1,
        3,
        "Ich zeige dir SQL an deinen eigenen Listen. Selbst möchte ich schwierige Gespräche besser führen.",
    ),
    Ad(
        "data:2",
        "sql",
        4,
        "project-planning",
        1,
        2,
        "Abfragen, gern auch mit Python. Ich plane gerade mein erstes Projekt.",
    ),
    Ad(
        "development:5", "python", 3, "technical-english", 2, 3, "Kleine Auswertungen in Python, auch für den Einstieg."
    ),
    Ad("sales:5", "customer-service", 4, "spreadsheets", 1, 2, "Ich rede gern, rechne aber langsam."),
    Ad("sales:6", "technical-english", 4, "drive-technology", 2, 3, "Englisch am Telefon, mit Akzent und Humor."),
    Ad(
        "purchasing:3",
        "negotiation",
        4,
        "sql",
        1,
        2,
        "Verhandeln kann man üben. Dafür hätte ich gern meine Zahlen selbst.",
    ),
    Ad(
        "controlling:3",
        "costing",
        4,
        "moderation",
        1,
        2,
        "Kalkulation Schritt für Schritt; ich moderiere bald die Monatsrunde.",
    ),
    Ad("projects:4", "project-planning", 4, "conflict", 1, 3, "Planen mit Puffer, der hält."),
    Ad(
        "it:3", "digital-collaboration", 4, "conversation", 1, 2, "Ordnung in geteilten Ablagen gegen Übung im Zuhören."
    ),
    Ad("hr:3", "conversation", 4, "ai-tools", 1, 2, "Gespräche vorbereiten und nachbesprechen."),
    Ad(
        "north-quality:4",
        "problem-solving",
        4,
        "sql",
        1,
        2,
        "8D an echten Fällen, und ich möchte die Prüfdaten selbst abfragen.",
    ),
    Ad("south-test:2", "measuring", 4, "spc", 1, 2, "Messmittel verstehen statt nur ablesen."),
    Ad(
        "south-test:4",
        "quality-inspection",
        4,
        "technical-writing",
        1,
        2,
        "Prüfen mit System; meine Berichte sollen kürzer werden.",
    ),
    Ad(
        "north-maintenance:3",
        "maintenance",
        4,
        "robotics",
        1,
        2,
        "Instandhaltung nach Plan, Robotik möchte ich anfassen.",
    ),
    Ad("south-maintenance:3", "robotics", 3, "welding", 1, 2, "Ich zeige dir die Zelle, du zeigst mir die Naht."),
    Ad("north-machining:3", "cnc-machining", 4, "spc", 1, 2, "Rüsten ohne Ausschuss, in der Frühschicht am besten."),
    Ad(
        "north-logistics:2",
        "warehouse-logistics",
        4,
        "production-planning",
        1,
        2,
        "Ich weiß, wo alles liegt, und möchte wissen, warum.",
    ),
    Ad(
        "depot:2",
        "commissioning",
        4,
        "technical-writing",
        1,
        2,
        "Inbetriebnahme vor Ort, gern per Video von unterwegs.",
    ),
    Ad("depot:4", "customer-service", 4, "plc-programming", 1, 2, "Ruhe beim Kunden ist lernbar."),
)

# Who sees an assessment by their manager differently: in what, its level and words, and what they say against it.
CONTESTS = (
    (
        "David",
        "shift-handover",
        2,
        "Bei der Übergabe fehlen oft die offenen Punkte der Schicht.",
        "Seit September stehen sie auf der Tafel an der Linie, und beide Schichtführer zeichnen ab.",
    ),
    (
        "controlling:3",
        "presentation",
        2,
        "Die Quartalszahlen waren schwer zu verstehen.",
        "Das war mein erster Vortrag vor der Leitung. Die beiden danach liefen ohne Rückfragen.",
    ),
)

JOURNAL = (
    (
        19,
        "Angebote",
        (
            "Heute habe ich versucht, die Deckungsbeiträge selbst aus dem System zu holen. Nach einer Stunde hatte ich "
            "wieder die alte Tabelle. Mir fehlt, was hinter den Spalten steckt."
        ),
    ),
    (
        11,
        "Gespräch mit der Fertigung",
        (
            "Ich habe zuerst gefragt, was sie brauchen, und erst danach meine Zahlen gezeigt. Das Gespräch war "
            "kürzer und ruhiger als sonst. Am Ende stand eine Verabredung statt einer Beschwerde."
        ),
    ),
    (
        3,
        "Plan",
        (
            "Ich möchte SQL nicht in einem Kurs lernen, sondern an meiner eigenen Auftragsliste. Wer könnte mir das "
            "zeigen, und was könnte ich dafür geben?"
        ),
    ),
)
PASSAGE = "Ich habe zuerst gefragt, was sie brauchen, und erst danach meine Zahlen gezeigt."
