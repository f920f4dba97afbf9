"""Calls the real command line in a process of its own, on a data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

WORDS = (sys.executable, "-m", "wurzelwerk.cli.main", "--language", "en")


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return an environment in which only ``data`` and ``more`` are set for Wurzelwerk."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WURZELWERK_", "DATABASE_URL"))}
    return kept | {"WURZELWERK_DATA": str(data), "PYTHONWARNINGS": "ignore"} | more


def call(data: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run ``wurzelwerk WORDS`` to its end."""
    return subprocess.run(
        [*WORDS, *map(str, words)],
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
