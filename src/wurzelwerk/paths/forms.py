"""Input of the plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.competences.models.frameworks import HIGHEST_LEVEL
from wurzelwerk.paths.choices import StepState
from wurzelwerk.ui.fields import MinutesField

LONGEST_REFLECTION = 5000


class TakePathForm(forms.Form):
    """Taking a proposed path; ``leave`` names the places of the steps to leave out."""

    target_level = forms.TypedChoiceField(
        label=_("Level I want to reach"),
        coerce=int,
        choices=[(level, str(level)) for level in range(1, HIGHEST_LEVEL + 1)],
    )
    leave = forms.TypedMultipleChoiceField(
        required=False, coerce=int, choices=[(place, str(place)) for place in range(60)]
    )


class MoveForm(forms.Form):
    """Moving a step to a column."""

    state = forms.ChoiceField(choices=StepState.choices)


class CompleteForm(forms.Form):
    """Bringing a step to its end."""

    reflection = forms.CharField(
        label=_("What do you take with you?"),
        required=False,
        max_length=LONGEST_REFLECTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One sentence is enough. It goes into your learning journal: only you can read it."),
    )
    minutes = MinutesField(label=_("How long did it take?"), required=False)
