import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, tracked_files

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "a registry address": re.compile(
        "|".join(re.escape(host) for host in ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org"))
    ),
    "an index in a lock": re.compile(r"^--(?:extra-)?index" + "-url", re.MULTILINE),
    "a path of one machine": re.compile(r"(?<![\w.$}])/(?:root|work|home/\w+|Users/\w+)" + r"/[\w.]"),
    "a note to do later": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    "a conflict": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}
BINARY = {".png", ".ico", ".woff2", ".jpg", ".webp", ".mo", ".sqlite3", ".xlsx", ".zip", ".gz", ".npy"}
FOREIGN = {"LICENSE", "vendor"}
LARGE = {"src/wurzelwerk/competences/linking/table.npy"}  # ADR 17; built by a script, so that it changes seldom


def findings(text: str) -> Iterator[str]:
    """Yield what must not stand in a tracked file."""
    yield from (what for what, pattern in FORBIDDEN.items() if pattern.search(text))


def test_tracked_files_are_clean() -> None:
    found = {}
    for path in tracked_files():
        if path.suffix in BINARY or FOREIGN.intersection(path.parts):
            continue
        if problems := list(findings(path.read_text(encoding="utf-8"))):
            found[path.relative_to(ROOT).as_posix()] = problems

    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "https://files.pythonhosted" + ".org/packages/x",
        "--index" + "-url https://example.org/simple",
        "see /" + "root/notes.txt",
        "# TO" + "DO later",
        "<" * 7 + " HEAD",
    ],
)
def test_what_must_not_stand_there_is_found(text: str) -> None:
    assert len(list(findings(text))) == 1


def test_no_large_files_are_tracked() -> None:
    large = {path.relative_to(ROOT).as_posix() for path in tracked_files() if path.stat().st_size > 1_000_000}

    assert large <= LARGE
