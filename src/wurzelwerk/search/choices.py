"""Choices of the search room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContentLanguage(TextChoices):
    """The language a text is written in; the codes are those of `analysis.words.Language`."""

    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")
