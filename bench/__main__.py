"""``python -m bench [NAME ...] [--json]``: runs the measurements and prints one table.

Every module of this folder with a function ``measure()`` is a measurement, under its file's name.
"""

import argparse
import json
import pkgutil
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module

from rich.console import Console
from rich.table import Table

import bench
from bench.figures import Figure, Measure

STYLES = {"moonshot": "bold green", "gate": "green", "missed": "bold red", "": ""}


def measurements() -> Iterator[tuple[str, Measure]]:
    """Yield name and function of every measurement."""
    for found in sorted(pkgutil.iter_modules(bench.__path__), key=lambda module: module.name):
        if found.name != "__main__" and (measure := getattr(import_module(f"bench.{found.name}"), "measure", None)):
            yield found.name, measure


def table(figures: list[Figure]) -> Table:
    """Return the report as a table."""
    report = Table(title=f"Wurzelwerk on {platform.machine()}, Python {platform.python_version()}")
    for heading in ("goal", "figure", "value", "baseline", "ratio", "gate", "moonshot", "reached"):
        report.add_column(heading, justify="left" if heading in {"goal", "figure", "reached"} else "right")
    for figure in figures:
        ratio = f"{figure.ratio:.2f}x" if figure.ratio is not None else ""
        report.add_row(
            figure.goal,
            figure.name,
            f"{shown(figure.value)} {figure.unit}",
            f"{shown(figure.baseline)} {figure.unit}\n{figure.baseline_name}" if figure.baseline is not None else "",
            ratio,
            shown(figure.gate),
            shown(figure.moonshot),
            f"[{STYLES[figure.verdict]}]{figure.verdict}" if figure.verdict else "",
        )
    return report


def shown(value: float | None) -> str:
    """Return a figure with as many digits as it deserves."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004


def main() -> int:
    """Run the chosen measurements; 1 when a gate was missed."""
    known = dict(measurements())
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(known)}; all when none is named")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    chosen = parser.parse_args()
    names = [name.replace("-", "_") for name in chosen.names]
    if unknown := set(names) - known.keys():
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    figures: list[Figure] = []
    for name in names or known:
        Console(stderr=True).print(f"measuring {name} ...")
        figures += known[name]()
    if chosen.json:
        rows = [asdict(figure) | {"ratio": figure.ratio, "verdict": figure.verdict} for figure in figures]
        print(json.dumps(rows, indent=1))
    else:
        Console(width=None if sys.stdout.isatty() else 160).print(table(figures))
    return 1 if any(figure.verdict == "missed" for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
