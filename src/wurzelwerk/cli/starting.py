"""Starts Django for a command, and says in a sentence why it cannot."""

import os
from gettext import gettext as _

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from wurzelwerk.cli.outcomes import CommandFailed
from wurzelwerk.kernel.keyring import KeyFileError


def start_django() -> None:
    """Load settings and rooms; raises ``CommandFailed`` when a setting or a key file is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.config.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, KeyFileError, ValueError, OSError) as error:
        raise CommandFailed(_("The settings are not right: %(reason)s") % {"reason": error}) from error
    translation.activate(os.environ.get("LANGUAGE", "en"))
