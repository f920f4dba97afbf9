"""A question for each day, in both languages; in our own words."""

from datetime import date
from typing import Final

from wurzelwerk.kernel.bilingual import pick

PROMPTS: Final[tuple[tuple[str, str], ...]] = (
    ("Was habe ich heute zum ersten Mal versucht?", "What did I try for the first time today?"),
    ("Was hat mich überrascht, und warum eigentlich?", "What surprised me, and why really?"),
    ("Welchen Schritt gehe ich als Nächstes, und wann genau?", "Which step comes next, and when exactly?"),
    ("Wobei habe ich um Hilfe gebeten? Was hat sie bewirkt?", "What did I ask for help with? What did it change?"),
    (
        "Was kann ich jetzt erklären, was ich vor einem Monat nicht konnte?",
        "What can I explain now that I could not a month ago?",
    ),
    (
        "Woran bin ich hängen geblieben, und was hätte mir dort geholfen?",
        "Where did I get stuck, and what would have helped there?",
    ),
    ("Welche Frage nehme ich in mein nächstes Treffen mit?", "Which question do I take to my next meeting?"),
    ("Was habe ich heute jemandem gezeigt?", "What did I show somebody today?"),
    ("Welche Annahme hat sich als falsch erwiesen?", "Which assumption turned out to be wrong?"),
    ("Was würde ich beim nächsten Mal weglassen?", "What would I leave out next time?"),
    ("Worauf bin ich stolz, auch wenn es niemand gesehen hat?", "What am I proud of, even if nobody saw it?"),
    (
        "Welches Gespräch klingt nach, und was davon möchte ich behalten?",
        "Which conversation stays with me, and what of it do I want to keep?",
    ),
    ("Was ging leichter als gedacht?", "What was easier than I thought?"),
    (
        "Wann war ich heute ganz bei der Sache? Was hat das möglich gemacht?",
        "When was I fully absorbed today? What made it possible?",
    ),
    (
        "Welche Rückmeldung habe ich bekommen, und was mache ich daraus?",
        "What feedback did I get, and what do I make of it?",
    ),
    ("Was habe ich aus einem Fehler gelernt?", "What did I learn from a mistake?"),
    (
        "Wie würde ich das Gelernte in drei Sätzen weitergeben?",
        "How would I pass on what I learned in three sentences?",
    ),
    (
        "Was steht meinem Lernen gerade im Weg, und was davon kann ich ändern?",
        "What is in the way of my learning now, and which part can I change?",
    ),
    ("Welche Kleinigkeit hat heute viel bewirkt?", "Which small thing made a big difference today?"),
    (
        "Wer kann etwas, das ich lernen möchte? Was würde ich fragen?",
        "Who can do something I want to learn? What would I ask?",
    ),
    (
        "Wo habe ich das Gelernte schon gebraucht, und wo könnte ich es morgen brauchen?",
        "Where have I already used it, and where could I use it tomorrow?",
    ),
    (
        "Was verstehe ich noch nicht, und wie merke ich, dass ich es verstanden habe?",
        "What do I not understand yet, and how will I know that I do?",
    ),
    ("Was habe ich beobachtet, das andere gut machen?", "What did I notice others doing well?"),
    ("Welche Entscheidung würde ich heute anders treffen?", "Which decision would I take differently today?"),
    (
        "Wofür möchte ich mir nächste Woche eine Stunde freihalten?",
        "What do I want to keep an hour free for next week?",
    ),
    (
        "Was hat sich in meiner Arbeit verändert, seit ich damit angefangen habe?",
        "What has changed in my work since I began?",
    ),
    (
        "Woran würde jemand merken, mit dem ich lerne, dass ich weitergekommen bin?",
        "How would my learning partner notice that I have moved on?",
    ),
    ("Welcher Satz von heute gehört an die Wand?", "Which sentence of today belongs on the wall?"),
    ("Was lasse ich los, weil ich es nicht mehr brauche?", "What do I let go because I no longer need it?"),
    ("Was hat mich müde gemacht, was hat mir Kraft gegeben?", "What made me tired, what gave me strength?"),
    (
        "Wenn ich nur eines aus dieser Woche behalten dürfte: Was wäre es?",
        "If I could keep one thing of this week: what would it be?",
    ),
)


def prompt_of(day: date, skip: int = 0) -> str:
    """Return the question of ``day`` in the active language; ``skip`` asks for another one."""
    return pick(*PROMPTS[(day.toordinal() + skip) % len(PROMPTS)])
