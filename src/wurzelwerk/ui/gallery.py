"""What the gallery shows: every component in every state, with the cast of the stories."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.verdict import refuse
from wurzelwerk.ui import icons
from wurzelwerk.ui.charts import LevelPoint
from wurzelwerk.ui.fields import DropFileField, FreeDateField, LevelField, MarkdownField, MinutesField, SwitchField

CAST = ("Amira Haddad", "Ben Krüger", "Clara Vogt", "David Lindner", "Eva Brandt", "Felix Sommer", "Greta Holm")
ANCHORS = (
    ("Kenne die Begriffe, frage noch nach.", "Knows the terms, still asks."),
    ("Löse übliche Aufgaben mit Anleitung.", "Solves usual tasks with guidance."),
    ("Arbeite selbstständig, auch wenn es ungewohnt wird.", "Works alone, also when it gets unusual."),
    ("Helfe anderen und finde neue Wege.", "Helps others and finds new ways."),
    ("Präge, wie wir das im Haus machen.", "Shapes how the company does this."),
)

MARKDOWN = (
    (
        "## Was habe ich versucht?\n\nIch habe **zuerst gefragt** und dann erklärt.\n\n"
        "- eine offene Frage\n- zehn Sekunden Stille\n\n> „Was würdest du zuerst ändern?“"
    ),
    (
        "## What did I try?\n\nI **asked first** and explained later.\n\n"
        "- one open question\n- ten seconds of silence\n\n> “What would you change first?”"
    ),
)


def _anchors() -> dict[int, str]:
    return {level: pick(*texts) for level, texts in enumerate(ANCHORS, 1)}


def _pairs(*texts: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [(value, pick(german, english)) for value, german, english in texts]


def sample_form(data: dict[str, Any] | None = None) -> forms.Form:
    """Return a form with one field of each kind; with empty ``data`` it shows its errors."""
    form = forms.Form(data, auto_id="sample_%s" if data is None else "wrong_%s")
    form.fields |= _typed_fields() | _chosen_fields()
    return form


def _typed_fields() -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(
            label=pick("Was möchtest du lernen?", "What do you want to learn?"),
            help_text=pick("Ein Satz genügt.", "One sentence is enough."),
        ),
        "way": forms.ChoiceField(
            label=pick("Form", "Form"), choices=[("", pick("Bitte wählen", "Please choose")), *_ways()]
        ),
        "on": FreeDateField(
            label=pick("Bis wann?", "Until when?"),
            help_text=pick("Zum Beispiel Fr, 24.11. oder in 2 Wochen.", "For example Fri, 24 Nov or in 2 weeks."),
        ),
        "minutes": MinutesField(label=pick("Zeit je Woche", "Time per week"), required=False),
        "people": forms.IntegerField(label=pick("Wie viele Personen?", "How many people?"), required=False),
        "text": MarkdownField(label=pick("Was nimmst du mit?", "What do you take with you?"), required=False),
    }


def _chosen_fields() -> dict[str, forms.Field]:
    days = _pairs(("di", "Dienstag", "Tuesday"), ("do", "Donnerstag", "Thursday"), ("fr", "Freitag", "Friday"))
    return {
        "level": LevelField(label=pick("Wo stehst du bei SQL?", "Where are you with SQL?"), anchors=_anchors()),
        "days": forms.MultipleChoiceField(
            label=pick("Wann passt es?", "When does it suit?"),
            choices=days,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "pace": forms.ChoiceField(
            label=pick("Wie möchtest du lernen?", "How do you want to learn?"),
            choices=_ways(),
            widget=forms.RadioSelect,
        ),
        "agreed": forms.BooleanField(label=pick("Ich habe die Vereinbarung gelesen.", "I have read the agreement.")),
        "digest": SwitchField(label=pick("Einmal in der Woche per Mail", "Once a week by mail"), initial=True),
        "file": DropFileField(
            label=pick("Personaldatei", "People file"), extensions=("csv", "xlsx"), max_bytes=20_000_000, required=False
        ),
    }


def _ways() -> list[tuple[str, str]]:
    return _pairs(("site", "Vor Ort", "On site"), ("blended", "Gemischt", "Blended"), ("tandem", "Tandem", "Tandem"))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sample table."""

    name: str
    competence: str
    minutes: int
    due_on: dt.date
    tone: str
    state: str


def sample_rows() -> list[Row]:
    """Return the lines of the sample table."""
    today = clock.today()
    states = _pairs(
        ("done", "erledigt", "done"), ("soon", "bald fällig", "due soon"), ("overdue", "überfällig", "overdue")
    )
    topics = _pairs(
        ("", "SQL und Datenbanken", "SQL and databases"),
        ("", "Gesprächsführung", "Leading conversations"),
        ("", "Arbeitssicherheit an Pressen", "Safety at presses"),
    )
    return [
        Row(name, topics[place % 3][1], 45 + 35 * place, today + dt.timedelta(days=9 * place - 12), *states[place % 3])
        for place, name in enumerate(CAST)
    ]


def sample_rings() -> list[dict[str, Any]]:
    """Return competences in every state of a ring."""
    return [
        {"name": "SQL", "level": 2, "target": 4, "href": "#rings"},
        {"name": pick("Gesprächs\u00adführung", "Leading conver\u00adsations"), "level": 1, "target": 3},
        {"name": pick("Arbeits\u00adsicherheit", "Safety at work"), "level": 4, "target": 4},
        {"name": pick("Projekt\u00adplanung", "Project planning"), "level": 2.4, "target": 3, "fresh": True},
        {"name": pick("Daten\u00adschutz", "Data protection"), "level": 3, "target": 3, "state": "unsecured"},
        {"name": pick("Moderation", "Facilitation"), "level": None, "target": 2},
    ]


@dataclass(frozen=True, slots=True)
class SampleJob:
    """A job in one state."""

    id: str
    state: str
    done: int
    remaining: int | None


def sample_jobs() -> list[SampleJob]:
    """Return a job in every state."""
    states = {"waiting": 0, "running": 1840, "done": 4000, "failed": 12, "cancelled": 12}
    return [SampleJob(f"job-{state}", state, done, 190 if done > 1000 else None) for state, done in states.items()]  # noqa: PLR2004 - a sample


def sample_history() -> list[tuple[str, float | None]]:
    """Return levels over a year, with a month in which nothing was known."""
    months = [("Jan.", "Jan"), ("März", "March"), ("Mai", "May"), ("Juli", "July"), ("Nov.", "Nov")]
    return [(pick(*month), level) for month, level in zip(months, (1.0, 1.5, None, 2.0, 2.4), strict=True)]


def sample_levels() -> list[LevelPoint]:
    """Return levels with their ranges over half a year; at first nothing was known."""
    unknown: LevelPoint = ("", None, None, None)
    return [unknown, ("", 1.0, 0.0, 2.4), ("", 1.6, 0.5, 2.7), ("", 2.4, 1.6, 3.2), ("", 3.0, 2.3, 3.7)]


def sample_spokes() -> list[dict[str, Any]]:
    """Return competences for the radar, one of them without a target."""
    names = (("Moderation", "Facilitation"), ("SQL", "SQL"), ("Schweißen", "Welding"), ("Zuhören", "Listening"))
    levels = ((3.0, 4.0), (2.4, 3.0), (4.0, None), (3.5, 3.0))
    return [
        {"name": pick(*name), "href": "", "level": level, "target": target}
        for name, (level, target) in zip(names, levels, strict=True)
    ]


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the gallery page."""
    rows = sample_rows()
    return {
        "icon_names": sorted(icons.names()),
        "cast": CAST,
        "form": sample_form(),
        "wrong_form": sample_form({"title": "", "on": "irgendwann", "level": ""}),
        "rows": rows,
        "page_of_rows": Paginator(rows, 3).get_page(request.GET.get("page")),
        "ring_items": sample_rings(),
        "refused": refuse(pick("Erst wenn beide unterschrieben haben.", "Only once both have signed.")),
        "sample_jobs": sample_jobs(),
        "free": [(2, 10 * 60, 11 * 60 + 30), (4, 8 * 60, 9 * 60), (5, 13 * 60, 15 * 60)],
        "both": [(2, 10 * 60, 10 * 60 + 30)],
        "markdown_text": pick(*MARKDOWN),
        "history": sample_history(),
        "levels": sample_levels(),
        "spokes": sample_spokes(),
    }
