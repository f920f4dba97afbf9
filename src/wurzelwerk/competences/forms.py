"""Shape and syntax of what the pages of this room send."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, get_args

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.actions import TargetLevel
from wurzelwerk.competences.choices import Area, ContestState, EvidenceSource
from wurzelwerk.competences.estimating import Requirement
from wurzelwerk.competences.importing.sources import LARGEST_FILE
from wurzelwerk.competences.models import Competence
from wurzelwerk.competences.showing.profile import Beside, View
from wurzelwerk.competences.terms import LEVEL_WORDS
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.ui.fields import DropFileField, FreeDateField, LevelField

NOTE_LENGTH: Final = 1000
KEY_LENGTH: Final = 24
WEIGHTS: Final = {"1.0": _("essential"), "0.7": _("important"), "0.4": _("useful"), "0.2": _("marginal")}


class ProfileForm(forms.Form):
    """How somebody wants to look at their profile; wrong values count as missing."""

    view = forms.ChoiceField(choices=[(view, "") for view in get_args(View)], required=False)
    beside = forms.ChoiceField(choices=[("role", ""), ("wish", ""), ("none", "")], required=False)
    gaps = forms.ChoiceField(choices=[("all", "")], required=False)

    def wanted(self, *, has_role: bool, has_wish: bool) -> tuple[View, Beside, bool]:
        """Return how to show it, what to compare with, and whether to show all gaps."""
        self.is_valid()
        chosen = self.cleaned_data.get("beside", "")
        beside: Beside = "role" if has_role else "wish" if has_wish else "none"
        if (chosen == "role" and has_role) or (chosen == "wish" and has_wish) or chosen == "none":
            beside = chosen
        view: View = self.cleaned_data.get("view") or "rings"
        return view, beside, self.cleaned_data.get("gaps") == "all"


class SelfAssessmentForm(forms.Form):
    """How somebody rates themselves, by the sentences of the levels."""

    note = forms.CharField(
        label=_("What do you think of?"),
        help_text=_("A situation at work, in a sentence. Only you see it, unless you share it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=NOTE_LENGTH,
        required=False,
    )

    def __init__(self, *arguments: Any, anchors: Mapping[int, str], **options: Any) -> None:
        """Offer the levels of ``anchors``."""
        super().__init__(*arguments, **options)
        none = {0: _("I cannot do this yet.")}
        level = LevelField(
            anchors={**none, **anchors},
            label=_("Which sentence fits best how you work today?"),
            error_messages={"required": _("Please choose the sentence that fits best.")},
        )
        self.fields = {"level": level, **self.fields}


class ContestForm(forms.Form):
    """What somebody sees differently in an assessment of theirs."""

    statement = forms.CharField(
        label=_("How do you see it?"),
        help_text=_("What was it like, from your side? A situation says more than a judgement."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )


class ContestAnswerForm(forms.Form):
    """What whoever gave an assessment answers."""

    state = forms.ChoiceField(
        label=_("What is your answer?"),
        choices=[
            (ContestState.KEPT, _("I stay with it. It counts again, with the counter-statement beside it.")),
            (ContestState.CORRECTED, _("I correct the level.")),
            (ContestState.RETRACTED, _("I take it back. It counts no more.")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("What would you like to say?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *arguments: Any, anchors: Mapping[int, str], **options: Any) -> None:
        """Offer the levels of ``anchors`` for a correction."""
        super().__init__(*arguments, **options)
        level = LevelField(anchors=anchors, label=_("Only for a correction: which sentence fits?"), required=False)
        self.fields = {"state": self.fields["state"], "level": level, "answer": self.fields["answer"]}


class WhatIfForm(forms.Form):
    """What somebody would like to try out; nothing of it is kept."""

    hours = forms.DecimalField(
        label=_("Learning time a week"), min_value=Decimal("0.25"), max_value=40, required=False, localize=True
    )
    competence = forms.ChoiceField(label=_("Only this one"), required=False)
    level = forms.ChoiceField(
        label=_("With another target"),
        choices=[("", "–"), *((str(level), f"{level} · {word}") for level, word in LEVEL_WORDS.items() if level)],
        required=False,
    )

    def __init__(self, *arguments: Any, competences: Iterable[Competence], **options: Any) -> None:
        """Offer ``competences`` for another target."""
        super().__init__(*arguments, **options)
        self._competences = {one.public_id: one for one in competences}
        choices = [("", "–"), *((key, str(one)) for key, one in self._competences.items())]
        self.fields["competence"] = forms.ChoiceField(label=_("Only this one"), choices=choices, required=False)

    @property
    def chosen_hours(self) -> float | None:
        """Return the hours a week, where they were named."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {}).get("hours")
        return float(wanted) if wanted else None

    @property
    def chosen_competence(self) -> Competence | None:
        """Return the competence, where one was named."""
        self.is_valid()
        return self._competences.get(getattr(self, "cleaned_data", {}).get("competence", ""))

    @property
    def chosen_target(self) -> tuple[Competence, float] | None:
        """Return the competence and the level, where both were named."""
        competence, level = self.chosen_competence, getattr(self, "cleaned_data", {}).get("level")
        return (competence, float(level)) if competence and level else None


class SearchForm(forms.Form):
    """A typed text and a page; wrong values count as missing."""

    q = forms.CharField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1)

    @property
    def text(self) -> str:
        """Return what was typed."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))

    @property
    def number(self) -> int:
        """Return the page, from 1."""
        self.is_valid()
        return self.cleaned_data.get("page") or 1


class EvidenceForm(SearchForm):
    """Which evidence to list."""

    source = forms.ChoiceField(choices=EvidenceSource.choices, required=False)

    @property
    def wanted_source(self) -> str:
        """Return the source, or nothing for all."""
        self.is_valid()
        return str(self.cleaned_data.get("source", ""))


class FrameworkForm(SearchForm):
    """Which competences or occupations of a framework to list."""

    area = forms.ChoiceField(choices=Area.choices, required=False)
    show = forms.ChoiceField(choices=[("retired", ""), ("occupations", "")], required=False)

    @property
    def wanted_area(self) -> str:
        """Return the part of a profile, or nothing for all."""
        self.is_valid()
        return str(self.cleaned_data.get("area", ""))

    @property
    def shown(self) -> str:
        """Return "retired", "occupations" or nothing for current competences."""
        self.is_valid()
        return str(self.cleaned_data.get("show", ""))


class TextForm(forms.Form):
    """A text to read; it is kept nowhere."""

    text = forms.CharField(
        label=_("Text"),
        help_text=_("German or English. The first 20,000 characters are read."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=100_000,
    )


class KeyForm(forms.Form):
    """The public id of a thing that was chosen from a list."""

    key = forms.CharField(max_length=KEY_LENGTH)


class ShareForm(forms.Form):
    """What to open, and to whom."""

    item = forms.ChoiceField(choices=Item.choices)
    audience = forms.ChoiceField(choices=Audience.choices)

    @property
    def wanted(self) -> tuple[Item, Audience]:
        """Return the checked values."""
        return Item(self.cleaned_data["item"]), Audience(self.cleaned_data["audience"])


class ImportForm(forms.Form):
    """The files of a framework: a ZIP or JSON file; of ESCO one ZIP file per language."""

    archive = DropFileField(
        label=_("File of the framework"),
        help_text=_(
            "ESCO and O*NET: the ZIP file as downloaded. CASE: the package as a JSON file, also in a ZIP file."
        ),
        extensions=("zip", "json"),
        max_bytes=LARGEST_FILE,
        required=True,
    )
    second = DropFileField(
        label=_("Only for ESCO: ZIP file of the other language"),
        help_text=_("ESCO offers one download per language. German and English are joined by their addresses."),
        extensions=("zip",),
        max_bytes=LARGEST_FILE,
        required=False,
    )
    version = forms.CharField(
        label=_("Version"),
        help_text=_("Taken from the file or its name when you leave it out, for instance 1.2.0."),
        max_length=40,
        required=False,
    )


class TargetForm(forms.Form):
    """What a job role needs: a level and a weight per competence, and from when on."""

    valid_from = FreeDateField(label=_("In force from"), help_text=_("For instance: today, 1 January, 01.01."))
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *arguments: Any,
        competences: Iterable[Competence],
        current: Mapping[int, Requirement[Competence]],
        proposed: Mapping[int, float],
        **options: Any,
    ) -> None:
        """Offer a line for each of ``competences``, filled from the version in force, else with ``proposed`` levels."""
        super().__init__(*arguments, **options)
        self.competences = tuple(competences)
        levels = [(str(level), f"{level} · {word}") for level, word in LEVEL_WORDS.items() if level]
        for one in self.competences:
            key, now = one.public_id, current.get(one.pk)
            self.fields[f"level_{key}"] = forms.ChoiceField(
                label=_("Level"),
                choices=levels,
                initial=_nearest(now.level if now else proposed.get(one.pk, 3.0), range(1, 6)),
            )
            self.fields[f"weight_{key}"] = forms.ChoiceField(
                label=_("Weight"),
                choices=list(WEIGHTS.items()),
                initial=_nearest(now.weight if now else 0.7, map(float, WEIGHTS)),
            )
            self.fields[f"leave_{key}"] = forms.BooleanField(label=_("Leave out"), required=False)
        self._current = current

    def lines(self) -> list[tuple[Competence, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Return each competence with its three fields."""
        return [
            (one, self[f"level_{one.public_id}"], self[f"weight_{one.public_id}"], self[f"leave_{one.public_id}"])
            for one in self.competences
        ]

    def clean_valid_from(self) -> date:
        """Return the day; it was checked by its field."""
        day = self.cleaned_data["valid_from"]
        if not isinstance(day, date):
            raise ValidationError(_("Please name a day."))
        return day

    def requirements(self) -> list[TargetLevel]:
        """Return what was entered; a value nobody touched stays exactly what it was."""
        kept = [one for one in self.competences if not self.cleaned_data[f"leave_{one.public_id}"]]
        return [TargetLevel(one, *self._values(one)) for one in kept]

    def _values(self, one: Competence) -> tuple[float, float]:
        level, weight = f"level_{one.public_id}", f"weight_{one.public_id}"
        now = self._current.get(one.pk)
        values = float(self.cleaned_data[level]), float(self.cleaned_data[weight])
        if now is None:
            return values
        return (
            now.level if self.cleaned_data[level] == self.fields[level].initial else values[0],
            now.weight if self.cleaned_data[weight] == self.fields[weight].initial else values[1],
        )


def _nearest(value: float, choices: Iterable[float]) -> str:
    return str(min(choices, key=lambda choice: abs(choice - value)))
