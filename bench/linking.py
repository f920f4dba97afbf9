"""Text to competence: how many of the competences of a sentence are found, and how fast, beside BM25 over all labels.

    python -m bench linking              the development sentences in WURZELWERK_TEST_DATA
    python -m bench.linking FILE ...     any sentences: one JSON object a line, with "text" and "skills" (ids of ESCO)

R-Precision@5 is the mean of hits among the first five over min(5, right ones); MRR the mean of one over the place of
the first right one; both times 100. It runs on one core, over the whole of ESCO, in a process of its own.
"""

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any, Final

from bench.figures import Figure, percentile
from wurzelwerk.competences.linking import Concept, Index, Linker, shipped_encoder
from wurzelwerk.competences.linking.encoder import TABLE
from wurzelwerk.competences.linking.words import words

Sentences = list[tuple[str, frozenset[str]]]

GATES: Final[dict[str, float | None]] = {"dev_de.jsonl": 56, "dev_en.jsonl": None}
ONE_CORE: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
NO_DATA: Final = "linking is not measured: WURZELWERK_TEST_DATA names no folder that holds {0}."
FIVE: Final = 5
LOOKED_AT: Final = 1000
"""Places after which a right one counts as not found."""
WORDS_OF_TEXT: Final = 40
TEXTS: Final = 200
TRIES: Final = 3
MEGABYTE: Final = 1_000_000
K1, B = 1.2, 0.75


def measure() -> Iterator[Figure]:
    """Measure the development sentences; says so and yields nothing where the data is not there."""
    folder = data_folder() / "dev" / "skill_linking"
    files = [folder / name for name in GATES]
    if missing := [path for path in (skills_file(), *files) if not path.is_file()]:
        sys.stderr.write(NO_DATA.format(missing[0].name) + "\n")
        return
    yield from figures(in_own_process(files))


def data_folder() -> Path:
    """Return the folder of public reference data; one that does not exist when none is named."""
    return Path(os.environ.get("WURZELWERK_TEST_DATA") or "no-data")


def skills_file() -> Path:
    """Return the file of the competences, whether it is there or not."""
    return data_folder() / "esco" / "skills.csv.gz"


def in_own_process(files: Sequence[Path]) -> dict[str, Any]:
    """Return what ``work`` finds on one core."""
    command = [sys.executable, "-m", "bench.linking", "--json", *map(str, files)]
    answer = subprocess.run(command, env={**os.environ, **ONE_CORE}, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def figures(found: dict[str, Any]) -> Iterator[Figure]:
    """Yield what was found as lines of the report."""
    for name, one in found["files"].items():
        label = f"{name}, {one['sentences']} sentences"
        for index, what in enumerate(("R-Precision@5", "MRR")):
            value, baseline = one["linking"][index], one["bm25"][index]
            gate = GATES.get(name)
            yield Figure("", f"linking: {what}, {label}", value, "", baseline, "BM25", gate=gate, more_is_better=True)
    yield Figure("", "linking: p50, text of 40 words", percentile(found["milliseconds"], 50), "ms")
    yield Figure("", "linking: p95, text of 40 words", percentile(found["milliseconds"], 95), "ms", gate=30)
    yield Figure("", "linking: table", TABLE.stat().st_size / MEGABYTE, "MB", gate=20)
    yield Figure("", f"linking: embed {found['concepts']:,} concepts", found["building"], "s")
    yield Figure("", "linking: read the stored index", found["reading"], "s")


def work(files: Iterable[Path]) -> dict[str, Any]:
    """Link every sentence of every file and return scores, milliseconds and seconds."""
    concepts = list(esco())
    encoder = shipped_encoder()
    started = perf_counter()
    index = Index.build(encoder, concepts)
    building = perf_counter() - started
    stored = index.to_bytes()
    started = perf_counter()
    index = Index.from_bytes(stored, encoder)
    reading = perf_counter() - started
    linker, bm25 = Linker(encoder, index), Bm25(concepts)
    read = {path.name: sentences(path, frozenset(index.keys)) for path in files}

    def linked(text: str) -> list[str]:
        return [one.key for one in linker.suggest(text, LOOKED_AT)]

    return {
        "concepts": len(index.keys),
        "building": building,
        "reading": reading,
        "files": {
            name: {"sentences": len(known), "linking": scores(known, linked), "bm25": scores(known, bm25.find)}
            for name, known in read.items()
        },
        "milliseconds": [milliseconds(linker, text) for text in texts(read.values())],
    }


def esco() -> Iterator[Concept]:
    """Yield the skills of ESCO."""
    with gzip.open(skills_file(), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            german, english = (
                (row[f"pref_{code}"], *filter(None, row[f"alt_{code}"].split(" | "))) for code in ("de", "en")
            )
            yield Concept(row["id"], german, english, (row["desc_de"], row["desc_en"]))


def sentences(path: Path, known: frozenset[str]) -> Sentences:
    """Return text and right ids of each line; ids that the classification does not know are left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    labelled = [(str(row["text"]), known.intersection(row["skills"])) for row in rows]
    return [(text, right) for text, right in labelled if right]


def scores(known: Sentences, find: Callable[[str], Sequence[str]]) -> tuple[float, float]:
    """Return R-Precision@5 and MRR of a way to find competences."""
    precisions, reciprocals = list[float](), list[float]()
    for text, right in known:
        found = find(text)
        precisions.append(sum(key in right for key in found[:FIVE]) / min(FIVE, len(right)))
        reciprocals.append(next((1 / place for place, key in enumerate(found, 1) if key in right), 0.0))
    return 100 * fmean(precisions), 100 * fmean(reciprocals)


def texts(files: Iterable[Sentences]) -> Iterator[str]:
    """Yield texts of 40 words, cut from the sentences one after another."""
    every = [text for known in files for text, _ in known]
    together = " ".join(every * (1 + TEXTS * WORDS_OF_TEXT // max(1, sum(len(text.split()) for text in every))))
    pieces = together.split()
    for start in range(0, TEXTS * WORDS_OF_TEXT, WORDS_OF_TEXT):
        if part := pieces[start : start + WORDS_OF_TEXT]:
            yield " ".join(part)


def milliseconds(linker: Linker, text: str) -> float:
    """Return how long the five suggestions for a text take; the best of three, as others use this machine too."""
    tries = list[float]()
    for _ in range(TRIES):
        started = perf_counter()
        linker.suggest(text)
        tries.append(perf_counter() - started)
    return min(tries) * 1000


class Bm25:
    """The usual lexical baseline: each label is a document, the best one counts (S. Robertson et al., TREC-3, 1994)."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        labels = [(one.key, name) for one in concepts for name in (*one.labels_de, *one.labels_en)]
        documents = [Counter(word.text for word in words(name)) for _, name in labels]
        mean = fmean(document.total() for document in documents)
        self._owners = [key for key, _ in labels]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, document in enumerate(documents):
            slack = K1 * (1 - B + B * document.total() / mean)
            for word, count in document.items():
                self._postings[word].append((number, count * (K1 + 1) / (count + slack)))

    def find(self, text: str) -> list[str]:
        """Return the keys by falling score."""
        found: dict[int, float] = defaultdict(float)
        for word in {word.text for word in words(text)}:
            postings = self._postings.get(word, ())
            weight = log(1 + (len(self._owners) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, share in postings:
                found[number] += weight * share
        best = sorted(found, key=lambda number: (-found[number], number))
        return list(dict.fromkeys(self._owners[number] for number in best))[:LOOKED_AT]


def main() -> int:
    """Print the figures of the files named; 1 when data or a file is not there."""
    parser = argparse.ArgumentParser(prog="python -m bench.linking", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON, in this process")
    chosen = parser.parse_args()
    if not skills_file().is_file():
        sys.stderr.write(NO_DATA.format(skills_file().name) + "\n")
        return 1
    if missing := [str(path) for path in chosen.files if not path.is_file()]:
        sys.stderr.write(f"There is no file {missing[0]}.\n")
        return 1
    if chosen.json:
        print(json.dumps(work(chosen.files)))
        return 0
    for figure in figures(in_own_process(chosen.files)):
        beside = f"   ({figure.baseline_name} {figure.baseline:.1f})" if figure.baseline is not None else ""
        print(f"{figure.name:<58} {figure.value:8.1f} {figure.unit}{beside}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
