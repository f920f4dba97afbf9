"""What people type to use a code from a letter, and for whom letters are printed."""

from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import PasswordVerificationMixin
from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.people.models import OrgUnit, Person


class AccessCodeForm(forms.Form):
    """Staff number and code, as they stand on the letter."""

    staff_number = forms.CharField(
        label=_("Staff number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Access code"),
        max_length=40,
        help_text=_("12 letters and figures from your letter. Small letters and hyphens make no difference."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class FirstPasswordForm(PasswordVerificationMixin, forms.Form):  # type: ignore[misc]
    """The password that somebody chooses with a code."""

    password1 = SetPasswordField(label=_("New password"))
    password2 = PasswordField(label=_("New password once more"), autocomplete="new-password")

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        """Compare the password with what is known of ``person``: their own name is none."""
        super().__init__(*args, **options)
        self.fields["password1"].user = person  # type: ignore[attr-defined]


class LettersForm(forms.Form):
    """For whom letters are printed."""

    unit = forms.ModelChoiceField(
        OrgUnit.objects.order_by("path"),
        to_field_name="public_id",
        required=False,
        label=_("Unit"),
        empty_label=_("The whole company"),
        help_text=_("With everything below it."),
    )
    with_email = forms.BooleanField(
        required=False,
        label=_("Also people with an e-mail address"),
        help_text=_("They can ask for a link by e-mail themselves. Only needed while this installation sends no mail."),
    )
    again = forms.BooleanField(
        required=False,
        label=_("Also people who have a letter already"),
        help_text=_("When letters were lost or the printer failed. The code of the earlier letter ends."),
    )

    @property
    def wanted(self) -> dict[str, Any]:
        """The unit (None: the whole company), and whether people with an address or with a letter are meant too."""
        if not self.is_bound or not self.is_valid():
            return {"unit": None, "with_email": False, "again": False}
        return {name: self.cleaned_data[name] for name in ("unit", "with_email", "again")}
