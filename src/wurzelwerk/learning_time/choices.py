"""Choices of the learning time room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """On which account minutes stand; mandatory training never reduces the granted time."""

    GRANTED = "granted", _("granted learning time")
    MANDATORY = "mandatory", _("mandatory training")
