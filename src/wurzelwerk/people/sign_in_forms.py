"""What people type to sign in, in our words; the rest of these forms is allauth's."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from wurzelwerk.people import mailing


class SignInForm(LoginForm):  # type: ignore[misc]
    """Staff number or e-mail address, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Staff number or e-mail"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.order_fields(["login", "password"])


class NewPasswordForm(forms.Form):
    """For whom a new password is wanted; the answer is the same whether they exist or not."""

    email = forms.CharField(
        label=_("Staff number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def save(self, request: Any) -> None:
        """Let a job look for the account and write to it; the page answers before that."""
        mailing.start_password_mail(typed=self.cleaned_data["email"], origin=request.build_absolute_uri("/"))
