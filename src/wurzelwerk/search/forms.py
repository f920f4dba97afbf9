"""What a search address may hold."""

from typing import Any

from django import forms

from wurzelwerk.search import sources
from wurzelwerk.search.analysis.reading import MAX_QUERY_LENGTH


class SearchForm(forms.Form):
    """A typed text, the source to look in (all when empty) and the page of results.

    Wrong values are treated as missing: an address somebody shortened or lengthened still answers.
    """

    q = forms.CharField(required=False, strip=False)
    source = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=500)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return the readable values: `text`, `source` ("" for all) and `page` (from 1)."""
        self.is_valid()
        source = self.cleaned_data.get("source", "")
        return {
            "text": (self.cleaned_data.get("q") or "")[:MAX_QUERY_LENGTH],
            "source": source if source in sources.registered else "",
            "page": self.cleaned_data.get("page") or 1,
        }
