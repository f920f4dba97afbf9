"""Calls commands that are killed at a chosen statement: ``python -m wurzelwerk.cli.tests.killed_command``.

Each line of its input is JSON: ``database`` (an SQLite file), ``kill_at`` (the number of the statement at which the
process is killed with SIGKILL, 0 for never) and ``words`` of the command. Django starts once; a process parted off
for each line does the work. The answer is a line of JSON: its exit ``code`` (-9 when killed), and what it has said.
"""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection

from wurzelwerk.cli.main import main
from wurzelwerk.cli.starting import start_django

ROWS_AT_ONCE = 3
BATCHED = ("checking", "applying")


class Count:
    """Counts the statements of a connection and kills this process at one of them."""

    def __init__(self, kill_at: int) -> None:
        self.kill_at = kill_at
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        """Carry out one statement."""
        self.statements += 1
        if self.statements == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, parameters, many, context)


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def work_in_small_batches() -> None:
    """Let a handful of rows take many batches."""
    checking, applying = (vars(import_module(f"wurzelwerk.people.hr_import.{name}")) for name in BATCHED)
    checking["CHUNK"] = ROWS_AT_ONCE
    applying["PASSES"] = tuple(replace(each, size=ROWS_AT_ONCE) for each in applying["PASSES"])


def call(order: dict[str, Any], said: Path) -> dict[str, Any]:
    """Carry one command out in a process of its own."""
    if (child := os.fork()) == 0:
        with said.open("w") as out:
            os.dup2(out.fileno(), sys.stdout.fileno())
            os.dup2(out.fileno(), sys.stderr.fileno())
        connection.settings_dict["NAME"] = order["database"]
        # A killed process loses nothing of what the system was given; power loss is tried elsewhere.
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        count = Count(order["kill_at"])
        code = 1
        try:
            with connection.execute_wrapper(count):
                code = main(order["words"])
            say(f"statements: {count.statements}")
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "said": said.read_text()}


if __name__ == "__main__":
    start_django()
    connection.prepare_database()
    connection.close()
    work_in_small_batches()
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            say(json.dumps(call(json.loads(line), Path(folder) / "said")))
