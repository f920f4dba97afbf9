"""The word lists of the compound splitter, folded ("gespraech" is "gesprach")."""

from typing import Final

_OWN: Final = """
    amt art bad bau bus eis erz fax gas hof job kfz kur lkw ort pkw rad see tag team tor uhr wlan weg zug
    abteilung anfang angebot anlage arbeit aufgabe ausbildung bedarf beratung bereich bericht beruf betrieb
    bewertung bildung buch daten dienst druck einheit entwicklung erfolg ergebnis fach fahrt feld firma form
    forschung frage fuhrung gebiet gerat geschaft gesellschaft gesprach gesundheit gruppe hand handlung haus heft
    hilfe information inhalt jahr karte kompetenz konzept kraft kreis kultur kunde kunden kurs land lehr leistung
    leiter leitung lern liste losung markt maschine massnahme material methode mitarbeiter mittel modell nachweis
    netz ordnung pakt partner person personal pfad pflege plan planung platz praxis problem produkt produktion
    profil projekt prozess prufung qualitat quelle raum recht regel rolle runde schule schulung schutz schuld
    sicherheit software sprache stelle steuerung stoff strategie system tagebuch technik teil termin test text
    thema training umwelt unternehmen unterricht verantwortung verfahren verkauf vertrag verwaltung vorgang ware
    wasser werk werkzeug wert wissen zeit zeitung ziel zeugnis
"""
_VERB_PREFIXES: Final = """
    aber ander auf aus durch eigen eine empor entgegen fest fort frei gegen gleich haupt heim hera heran heraus
    herbei herein hervor herunter hier hinaus hinein hinter hinweg hinzu hoch infra instand inter klar kurz lahm
    maxi meta mini miss mitte nach neben nieder ober ohne para post richtig rund schwer selb sicher sowie statt
    still tief trotz uber uberein ultra umher unter voll voran voraus vorbei vorher voruber vorweg weiter
    wider wieder zurecht zuruck zusammen zwischen
"""
_UNSTRESSED: Final = "ab an be dar ein ent er ge her hin re um un ver vor weg zer zu"
_ENDINGS: Final = """
    heit keit lich isch igkeit nisse schaft schaften ische ischen liche lichen bare baren same samen ungen tion
    tionen ation ationen itat ment ments ende enden ierung ierungen ieren iert
"""

OWN_PARTS: Final = frozenset(_OWN.split())
"""Parts that count in an empty index too: short words, and the words of learning and work."""
PREFIXES: Final = frozenset(_VERB_PREFIXES.split())
"""What stands before these makes a new verb, not a compound: "Ausbildung", "Instandhaltung"."""
VERB_STARTS: Final = (*_UNSTRESSED.split(), *sorted(PREFIXES))
"""A word that begins so is not cut before a known last part: "Aus-sch-reibung"."""
ADJECTIVE_HEADS: Final = ("sche", "schen", "scher", "sches", "schem")
SCHAFT: Final = ("schaft", "schaften")
NO_HEADS: Final = frozenset(_ENDINGS.split())
"""Endings that are no words, though an index may hold them."""
