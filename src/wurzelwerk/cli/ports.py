"""Finds a port nobody else listens on."""

import errno
import socket
from gettext import gettext as _

from wurzelwerk.cli.outcomes import CommandFailed

DEFAULT_PORT = 8000
TRIES = 200


def first_free_port(host: str, start: int) -> int:
    """Return the first port from ``start`` that is free; raises ``CommandFailed`` when none is.

    A browser that is told "localhost" tries IPv6 first, so a port taken there counts as taken.
    """
    for port in range(start, start + TRIES):
        if _is_free(host, port) and (host != "127.0.0.1" or _is_free("::1", port)):
            return port
    raise CommandFailed(_("No free port between %(first)s and %(last)s.") % {"first": start, "last": start + TRIES - 1})


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        if address == "::1" and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            return True  # this machine has no IPv6, so nobody listens there
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            return False
        raise CommandFailed(
            _("Cannot listen on %(address)s: %(reason)s") % {"address": address, "reason": error.strerror}
        ) from error
    return True
