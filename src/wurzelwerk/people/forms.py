"""What people type: the search in the directory, their portrait and wishes, roles, work patterns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.people.choices import Density, Language, Role, Theme
from wurzelwerk.people.models import OrgUnit, Person, WorkPattern
from wurzelwerk.people.windows import WindowError, parse_windows, windows_text


class DirectoryForm(forms.Form):
    """The search in the directory; whatever is unreadable counts as not asked."""

    q = forms.CharField(required=False, max_length=100)
    unit = forms.ModelChoiceField(OrgUnit.objects.all(), to_field_name="public_id", required=False)
    page = forms.IntegerField(required=False, min_value=1)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return what was asked for: ``text``, ``unit`` and ``number``."""
        self.is_valid()
        asked = self.cleaned_data
        return {"text": asked.get("q") or "", "unit": asked.get("unit"), "number": asked.get("page") or 1}


class SettingsForm(forms.ModelForm[Person]):
    """What somebody says about themselves, and how they want the interface."""

    introduction = forms.CharField(
        label=_("Introduction"),
        help_text=_("What do you work on? What can people come to you for? Write as you would tell a new colleague."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
        required=False,
    )
    interests = forms.CharField(
        label=_("Interests"),
        help_text=_("Separated by commas, for example: process maps, Italian, beekeeping"),
        max_length=500,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Look"), choices=Theme.choices, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=_("Density"), choices=Density.choices, widget=forms.RadioSelect)

    class Meta:
        model = Person
        fields = ["introduction", "interests", "language", "theme", "density"]


class AccountsForm(forms.Form):
    """The search among the accounts; whatever is unreadable counts as not asked."""

    q = forms.CharField(required=False, max_length=100)
    state = forms.ChoiceField(choices=[("open", _("open")), ("closed", _("closed"))], required=False)
    role = forms.ChoiceField(choices=Role.choices, required=False)
    page = forms.IntegerField(required=False, min_value=1)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return what was asked for: ``text``, ``state``, ``role`` and ``number``."""
        self.is_valid()
        asked = self.cleaned_data
        return {
            "text": asked.get("q") or "",
            "state": asked.get("state") or "",
            "role": asked.get("role") or "",
            "number": asked.get("page") or 1,
        }


class UnitForm(forms.Form):
    """Which unit of the tree to open."""

    under = forms.ModelChoiceField(OrgUnit.objects.all(), to_field_name="public_id", required=False)

    @property
    def unit(self) -> OrgUnit | None:
        """Return the unit asked for, or None for the roots."""
        self.is_valid()
        found: OrgUnit | None = self.cleaned_data.get("under")
        return found


class RoleForm(forms.Form):
    """Which role to give."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class WorkPatternForm(forms.ModelForm[WorkPattern]):
    """When somebody works, as people write it."""

    code = forms.SlugField(
        label=_("Short name"), help_text=_("As the people file calls it, for example: early-late"), max_length=60
    )
    name_de = forms.CharField(label=_("Name in German"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"), min_value=1, max_value=60, max_digits=4, decimal_places=1, localize=True
    )
    cycle_weeks = forms.IntegerField(
        label=_("Weeks until it repeats"), help_text=_("1 when every week is the same"), min_value=1, max_value=12
    )
    times = forms.CharField(
        label=_("Times"),
        help_text=_("One line per rule, for example: Mon–Fri 8:00–16:30. With shifts: Week 2: Mon–Fri 14:00–22:00"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = WorkPattern
        fields = ["code", "name_de", "name_en", "hours_per_week", "cycle_weeks"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the stored times as people write them."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["times"].initial = windows_text(self.instance.windows, self.instance.cycle_weeks)

    def clean(self) -> dict[str, Any]:
        """Read the times, and ask for a name in at least one language."""
        typed = super().clean() or {}
        if not typed.get("name_de") and not typed.get("name_en"):
            self.add_error("name_de", _("Please give a name in at least one language."))
        try:
            self.instance.windows = parse_windows(typed.get("times", ""), typed.get("cycle_weeks") or 1)
        except WindowError as wrong:
            problem = _("Line %(line)s cannot be understood: “%(text)s”. Write for example: Mon–Fri 8:00–16:30")
            self.add_error("times", forms.ValidationError(problem, params={"line": wrong.line, "text": wrong.text}))
        return typed
