"""Mail settings from one URL; without it mails are written to the terminal."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

PORTS: Final = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
TERMINAL: Final = "django.core.mail.backends.console.EmailBackend"
SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True, slots=True)
class Mail:
    """How mails leave: which backend, over which server, how encrypted."""

    backend: str = TERMINAL
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def mail_from_url(url: str) -> Mail:
    """Return how mails leave by ``url``: ``smtp://`` (turning to TLS), ``smtps://`` or ``smtp+plain://``.

    Raises ``ValueError`` for any other, or without a host.
    """
    if not url:
        return Mail()
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        message = "WURZELWERK_MAIL_URL must look like smtp://user:password@mail.example.org:587"
        raise ValueError(message)
    return Mail(
        backend=SMTP,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp",
        is_tls=parts.scheme == "smtps",
    )
