"""``wurzelwerk run``: prepares the data, serves the application and runs its jobs until it is stopped."""

import argparse
import gc
import os
from gettext import gettext as _
from importlib import import_module

from django.conf import settings
from django.db import connections

from wurzelwerk.cli import preparing, serving
from wurzelwerk.cli.ports import DEFAULT_PORT, first_free_port
from wurzelwerk.cli.starting import start_django
from wurzelwerk.cli.supervisor import Supervisor, run_to_end
from wurzelwerk.cli.terminal import say, warn

WORKERS = 2
READY_WITHIN_SECONDS = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where to listen and whether this is the demo company."""
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: this machine only)"))
    parser.add_argument("--port", type=int, help=_("port to listen on (default: the next free one from 8000)"))
    parser.add_argument("--workers", type=int, default=WORKERS, help=_("number of web processes (default: 2)"))
    parser.add_argument(
        "--demo", action="store_true", help=_("serve the demo company, where signing in takes one click")
    )


def execute(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; memory is shared by loading the application once, before the processes part."""
    if arguments.demo:
        os.environ["WURZELWERK_DEMO"] = "1"
    say(_("Wurzelwerk is starting ..."))
    start_django()
    if code := run_to_end(preparing.prepare, arguments.demo, meanwhile=_load_pages):
        return code
    _load_application()
    port = arguments.port or first_free_port(arguments.host, DEFAULT_PORT)
    supervisor = Supervisor()
    supervisor.add("web", serving.serve, arguments.host, port, arguments.workers)
    supervisor.add("worker", serving.run_jobs, may_restart=True)
    with supervisor:
        status = serving.wait_until_answering(arguments.host, port, READY_WITHIN_SECONDS, supervisor.is_stopping)
        _announce(status, arguments, port)
        return supervisor.watch()


def _load_pages() -> None:
    """Import what pages need; this may run while the data are prepared."""
    import_module(settings.ROOT_URLCONF)


def _load_application() -> None:
    """Load the rest, which looks at the static files, and keep all of it apart from what the processes write later."""
    import_module("wurzelwerk.config.wsgi")
    connections.close_all()
    gc.collect()
    gc.freeze()


def _announce(status: int | None, arguments: argparse.Namespace, port: int) -> None:
    if status is None:
        return
    host = "localhost" if arguments.host in ("127.0.0.1", "0.0.0.0", "::") else arguments.host  # noqa: S104
    say("")
    say(_("Wurzelwerk is ready: %(address)s") % {"address": f"http://{host}:{port}"})
    if status >= 500:  # noqa: PLR2004 - HTTP's own border between "asked wrongly" and "failed"
        warn(_("The first page answered with an error; the lines above say why."))
    if arguments.demo:
        say(_("Sign in on the first page with one click, for example as:"))
        for name, what in preparing.cast():
            say(f"  {name:<6} {what}")
    say(_("Stop with Ctrl-C."))
