"""Keeps the processes of one installation together: starts, watches, restarts and stops them.

Processes are forked from one that has loaded the application, so that its memory is shared. Each leads a session of
its own: Ctrl-C reaches the supervisor alone, which stops the others in order; when it is killed, the system stops them.
"""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from gettext import gettext as _
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from operator import attrgetter
from time import monotonic
from types import FrameType, TracebackType
from typing import Any, Self

from wurzelwerk.cli.outcomes import ExitCode
from wurzelwerk.cli.terminal import complain, say, warn

STOP_WITHIN_SECONDS = 10.0
LOOK_EVERY_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
LIVED_LONG_SECONDS = 60.0
SET_PARENT_DEATH_SIGNAL = 1

Work = Callable[..., Any]
_fork = multiprocessing.get_context("fork")


@dataclass
class Child:
    """A process to keep alive, and how often it had to be started of late."""

    name: str
    work: Work
    arguments: tuple[Any, ...]
    may_restart: bool
    process: ForkProcess | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS
    restart_at: float | None = None


@dataclass
class Supervisor:
    """A context in which its processes run; leaving it stops them all."""

    children: list[Child] = field(default_factory=list)
    _wants_stop: bool = False
    _handlers: dict[int, Any] = field(default_factory=dict)

    def add(self, name: str, work: Work, *arguments: Any, may_restart: bool = False) -> None:
        """Plan a process; one that may not restart ends the others when it ends."""
        self.children.append(Child(name, work, arguments, may_restart))

    def __enter__(self) -> Self:
        """Start all processes and take over the signals to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, self._request_stop)
        for child in self.children:
            _start(child)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ask every process to end, insist after ten seconds, and give the signals back."""
        running = [child.process for child in self.children if child.process is not None]
        for insist in (ForkProcess.terminate, ForkProcess.terminate, ForkProcess.kill):
            alive = [process for process in running if process.is_alive()]
            for process in alive:
                insist(process)
            deadline = monotonic() + STOP_WITHIN_SECONDS
            for process in alive:
                process.join(max(0.0, deadline - monotonic()))
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def is_stopping(self) -> bool:
        """Tell whether a stop was requested or a process that must not end has ended."""
        return self._wants_stop or self._fallen() is not None

    def watch(self) -> ExitCode:
        """Restart what may restart until a stop is requested or another process ends."""
        while not self._wants_stop:
            if fallen := self._fallen():
                complain(_("The %(name)s process ended by itself; stopping.") % {"name": fallen.name})
                return ExitCode.FAILED
            for child in filter(attrgetter("may_restart"), self.children):
                _restart_when_due(child)
            wait([child.process.sentinel for child in self.children if child.process], timeout=LOOK_EVERY_SECONDS)
        say(_("Stopping ..."))
        return ExitCode.OK

    def _fallen(self) -> Child | None:
        return next((child for child in self.children if not child.may_restart and not _is_alive(child)), None)

    def _request_stop(self, number: int, frame: FrameType | None) -> None:
        self._wants_stop = True


def run_to_end(work: Work, *arguments: Any, meanwhile: Callable[[], None] = lambda: None) -> int:
    """Run ``work`` in a forked process, so that the memory it needs is given back; return its exit code.

    ``meanwhile`` runs in this process.
    """
    process = _fork.Process(target=_run_child, args=(os.getpid(), work, arguments), kwargs={"own_session": False})
    process.start()
    try:
        meanwhile()
        process.join()
    except KeyboardInterrupt:
        process.join()
        raise
    return ExitCode.FAILED if process.exitcode is None or process.exitcode < 0 else process.exitcode


def _start(child: Child) -> None:
    child.process = _fork.Process(
        target=_run_child,
        name=child.name,
        args=(os.getpid(), child.work, child.arguments),
        kwargs={"own_session": True},
    )
    child.process.start()
    child.started_at, child.restart_at = monotonic(), None


def _is_alive(child: Child) -> bool:
    return child.process is not None and child.process.is_alive()


def _restart_when_due(child: Child) -> None:
    """Start an ended process again, after a pause that doubles while it keeps ending at once."""
    if _is_alive(child):
        return
    now = monotonic()
    if child.restart_at is None:
        lived_long = now - child.started_at > LIVED_LONG_SECONDS
        child.pause = FIRST_PAUSE_SECONDS if lived_long else min(child.pause * 2, LONGEST_PAUSE_SECONDS)
        child.restart_at = now + child.pause
        child.process = None
        warn(
            _("The %(name)s process ended; it starts again in %(seconds)d s.")
            % {"name": child.name, "seconds": child.pause}
        )
    elif now >= child.restart_at:
        _start(child)


def _run_child(parent: int, work: Work, arguments: tuple[Any, ...], *, own_session: bool) -> None:
    """Do ``work`` as a process that ends when its parent does; its return value is the exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if own_session:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            return
    sys.exit(int(work(*arguments) or 0))
