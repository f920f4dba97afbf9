"""The filter of the list of statements."""

from datetime import date

from django import forms

from wurzelwerk.lrs.choices import Verb
from wurzelwerk.lrs.queries import Wish


class WishForm(forms.Form):
    """Reads the filter from the address; what it does not understand filters nothing."""

    verb = forms.ChoiceField(choices=[("", ""), *Verb.choices], required=False)
    competence = forms.CharField(max_length=80, required=False)
    month = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", required=False)
    page = forms.IntegerField(min_value=1, required=False)

    def wish(self) -> Wish:
        """Return what is filtered by."""
        self.is_valid()
        given = self.cleaned_data
        return Wish(
            verb=Verb(given["verb"]) if given.get("verb") else None,
            competence=given.get("competence", ""),
            month=date.fromisoformat(f"{given['month']}-01") if given.get("month") else None,
        )

    @property
    def page_number(self) -> int:
        """The wanted page, from 1."""
        return self.cleaned_data.get("page") or 1
