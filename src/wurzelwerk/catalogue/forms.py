"""Input of the catalogue: what learners look for, and what learning and development maintains."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from wurzelwerk.catalogue.actions import OutcomeInput
from wurzelwerk.catalogue.choices import Duration, Format, OpportunityKind
from wurzelwerk.catalogue.models import HIGHEST_LEVEL, LearningOpportunity
from wurzelwerk.catalogue.queries import Wish
from wurzelwerk.competences.models import Competence
from wurzelwerk.ui.fields import FreeDateField, MinutesField

LANGUAGES = [("de", _("German")), ("en", _("English"))]
LONGEST_MINUTES = 60 * 200


class WishForm(forms.Form):
    """The filters of the discover page; what it does not understand it ignores."""

    q = forms.CharField(required=False, max_length=200, strip=True)
    kind = forms.MultipleChoiceField(required=False, choices=OpportunityKind.choices)
    format = forms.MultipleChoiceField(required=False, choices=Format.choices)
    duration = forms.ChoiceField(required=False, choices=[("", ""), *Duration.choices])
    language = forms.ChoiceField(required=False, choices=[("", ""), *LANGUAGES])
    competence = forms.ModelChoiceField(required=False, queryset=Competence.objects.all(), to_field_name="public_id")

    def wish(self) -> Wish:
        """Return what is looked for; fields that do not validate do not narrow."""
        self.is_valid()
        data = self.cleaned_data
        return Wish(
            text=data.get("q", ""),
            kinds=tuple(OpportunityKind(each) for each in data.get("kind", ())),
            formats=tuple(Format(each) for each in data.get("format", ())),
            duration=Duration(data["duration"]) if data.get("duration") else None,
            language=data.get("language", ""),
            competence=data.get("competence"),
        )


class OpportunityForm(forms.ModelForm[LearningOpportunity]):
    """One opportunity; a title in at least one language."""

    minutes = MinutesField(label=_("Length"), help_text=_("For example 45, 1:30 or 2 h."))
    url = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("It opens in a new tab; we never load it for you."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the content"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        """The columns that people write."""

        model = LearningOpportunity
        fields = (
            "kind",
            "title_de",
            "title_en",
            "description_de",
            "description_en",
            "task_de",
            "task_en",
            "reflection_de",
            "reflection_en",
            "minutes",
            "languages",
            "provider",
            "site",
            "url",
            "is_published",
        )
        labels = {
            "kind": _("Kind"),
            "title_de": _("Title in German"),
            "title_en": _("Title in English"),
            "description_de": _("Description in German"),
            "description_en": _("Description in English"),
            "task_de": _("Task at work, in German"),
            "task_en": _("Task at work, in English"),
            "reflection_de": _("Question for reflection, in German"),
            "reflection_en": _("Question for reflection, in English"),
            "provider": _("Provider"),
            "site": _("Site"),
            "is_published": _("Learners can find it"),
        }
        help_texts = {
            "task_de": _("What to do at the workplace, with a visible result."),
        }

    def clean_minutes(self) -> int:
        """Return a length of one minute to 200 hours."""
        minutes: int = self.cleaned_data["minutes"]
        if not 1 <= minutes <= LONGEST_MINUTES:
            raise forms.ValidationError(_("Please enter a length between 1 minute and 200 hours."))
        return minutes

    def clean(self) -> dict[str, Any]:
        """Ask for a title in one language, and for the task where it is a work task."""
        data = super().clean() or {}
        if not data.get("title_de") and not data.get("title_en"):
            self.add_error("title_de", _("Please give a title in German or in English."))
        if data.get("kind") == OpportunityKind.WORK_TASK and not (data.get("task_de") or data.get("task_en")):
            self.add_error("task_de", _("Please say what is to be done at work."))
        if data.get("kind") == OpportunityKind.LINK and not data.get("url"):
            self.add_error("url", _("Please give the address of the link."))
        return data


class OutcomeForm(forms.Form):
    """One outcome: a competence and the levels it leads from and to."""

    competence = forms.ModelChoiceField(
        label=_("Competence"), queryset=Competence.objects.all(), to_field_name="public_id"
    )
    from_level = forms.TypedChoiceField(
        label=_("from level"), coerce=int, choices=[(level, str(level)) for level in range(HIGHEST_LEVEL)]
    )
    to_level = forms.TypedChoiceField(
        label=_("to level"), coerce=int, choices=[(level, str(level)) for level in range(1, HIGHEST_LEVEL + 1)]
    )

    def has_changed(self) -> bool:
        """Tell whether the row was filled in: the two levels always carry a value."""
        return "competence" in self.changed_data or bool(self.initial)

    def clean(self) -> dict[str, Any]:
        """The level must rise."""
        data = super().clean() or {}
        if "from_level" in data and "to_level" in data and data["to_level"] <= data["from_level"]:
            self.add_error("to_level", _("The level must rise."))
        return data


class OutcomeFormSet(BaseFormSet[OutcomeForm]):
    """The outcomes of one opportunity; a competence stands once."""

    def clean(self) -> None:
        """Refuse a competence named twice."""
        chosen = [form.cleaned_data.get("competence") for form in self._kept()]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Each competence can stand only once."))

    def outcomes(self) -> list[OutcomeInput]:
        """Return the outcomes that were entered."""
        return [OutcomeInput(**_levels(form.cleaned_data)) for form in self._kept()]

    def _kept(self) -> list[OutcomeForm]:
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and getattr(form, "cleaned_data", {}).get("competence")
        ]


def _levels(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("competence", "from_level", "to_level")}


outcome_forms = formset_factory(OutcomeForm, formset=OutcomeFormSet, extra=2, can_delete=True, max_num=8)


class SessionForm(forms.Form):
    """A date of an event."""

    day = FreeDateField(label=_("Day"))
    time = forms.TimeField(label=_("Begins at"))
    minutes = MinutesField(label=_("Length"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    places = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=1000)
