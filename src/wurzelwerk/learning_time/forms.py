"""Booking time and agreeing hours: shape and syntax of what was typed."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.learning_time.models import FULL_TIME_HOURS
from wurzelwerk.ui.fields import FreeDateField, MinutesField, PastDateField


class EntryForm(forms.Form):
    """One booking."""

    minutes = MinutesField(label=_("How long"), help_text=_("1:30, 90 or 1.5 h"))
    spent_on = PastDateField(label=_("On which day"), help_text=_("Today, yesterday, Fri, 20.11."))
    note = forms.CharField(label=_("What for"), max_length=200, required=False, help_text=_("Only you read this."))


class RuleForm(forms.Form):
    """The hours a week that everyone is granted, from a day on."""

    hours_per_week = forms.DecimalField(
        label=_("Learning hours a week"), max_digits=4, decimal_places=2, min_value=Decimal(0), localize=True
    )
    full_time_hours = forms.DecimalField(
        label=_("Full time in hours a week"),
        max_digits=4,
        decimal_places=2,
        min_value=Decimal(1),
        initial=FULL_TIME_HOURS,
        localize=True,
    )
    valid_from = FreeDateField(label=_("In force from"), help_text=_("For example today, 1.1. or in 2 weeks"))


class PersonalRuleForm(forms.Form):
    """The hours agreed with one person; empty hours end what was agreed."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=60)
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"),
        max_digits=4,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        localize=True,
        help_text=_("Leave empty to let the rule for everyone hold again."),
    )
    valid_from = FreeDateField(label=_("In force from"))


class MonthForm(forms.Form):
    """The month in the address; anything else means this month."""

    month = forms.RegexField(r"^20\d{2}-(0[1-9]|1[0-2])$", required=False)

    @property
    def chosen(self) -> date:
        """The first day of the wanted month, at most this one."""
        this_month = clock.today().replace(day=1)
        if not self.is_valid() or not self.cleaned_data["month"]:
            return this_month
        return min(this_month, date.fromisoformat(f"{self.cleaned_data['month']}-01"))
