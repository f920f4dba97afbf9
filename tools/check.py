"""Everything ``make check`` looks at, one line each; all checks run, the exit code says whether one failed.

tools/check.py [NAME ...]    names as printed, for example "style types"
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Check:
    """One tool: its name in the report, its command, and how to repair what it finds."""

    name: str
    words: tuple[str, ...]
    repair: str


CHECKS = (
    Check("format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."), "make fix"),
    Check("style", (PYTHON, "-m", "ruff", "check", "--quiet", "."), "make fix, then by hand"),
    Check("types", (PYTHON, "-m", "mypy", "--no-error-summary"), "by hand"),
    Check(
        "contracts",
        (str(Path(PYTHON).parent / "lint-imports"), "--no-logo", "--no-cache"),
        "see architecture.md: what to do when an import wants to go up",
    ),
    Check("templates", (PYTHON, "-m", "djlint", "src", "--lint", "--quiet"), "by hand; rules in pyproject.toml"),
    Check(
        "migrations",
        (PYTHON, "-m", "wurzelwerk.cli.main", "manage", "makemigrations", "--check", "--dry-run", "--verbosity=1"),
        "wurzelwerk manage makemigrations",
    ),
    Check("catalogues", (PYTHON, "tools/catalogues.py", "check"), "make fix, then translate"),
    Check("pages", (PYTHON, "tools/docs.py", "check"), "make docs"),
)


def main() -> int:
    """Run the chosen checks and report; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *(check.name for check in CHECKS)], metavar="NAME")
    wanted = parser.parse_args().names
    failed = [check.name for check in CHECKS if (not wanted or check.name in wanted) and not passes(check)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def passes(check: Check) -> bool:
    """Run one check; print what it found and how to repair it."""
    started = monotonic()
    done = subprocess.run(check.words, cwd=ROOT, capture_output=True, text=True, check=False)
    passed = done.returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {check.name:<11} {monotonic() - started:5.1f} s", flush=True)
    if not passed:
        print((done.stdout + done.stderr).strip())
        print(f"       repair: {check.repair}")
    return passed


if __name__ == "__main__":
    sys.exit(main())
