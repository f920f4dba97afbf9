"""The language of the command line: German or English, by ``--language`` or the terminal's settings.

Texts are read with Python's own ``gettext``, so that a command can speak without Django. The standard library's
argument parser asks the same catalogue; its sentences are listed here to be extracted with ours.
"""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("de", "en")
DOMAIN = "django"
LOCALE_FOLDER = Path(__file__).parent / "locale"


def terminal_language(environment: Mapping[str, str]) -> str:
    """Return the language the terminal asks for: German when it does, otherwise English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "de" if value.lower().startswith("de") else "en"
    return "en"


def speak(language: str) -> None:
    """Answer in ``language`` ("de" or "en") from now on, also in processes started later."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)


def gettext_noop(text: str) -> str:
    """Mark ``text`` for extraction and return it as it is."""
    return text


ARGPARSE_TEXTS = (
    gettext_noop("usage: "),
    gettext_noop("positional arguments"),
    gettext_noop("options"),
    gettext_noop("show this help message and exit"),
    gettext_noop("show program's version number and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("expected one argument"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("not allowed with argument %s"),
)
