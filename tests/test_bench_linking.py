"""The measurement of text to competence: its scores on made-up answers, and the gate on the real sentences."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.figures import Figure
from bench.linking import Bm25, measure, scores, sentences, skills_file, texts
from tests.architecture.source import ROOT
from wurzelwerk.competences.linking import Concept

CONCEPTS = (Concept("weld", ("Schweißen",), ("weld metal",)), Concept("lead", ("Führen von Leuten",), ("lead people",)))
needs_data = pytest.mark.skipif(not skills_file().is_file(), reason="WURZELWERK_TEST_DATA names no ESCO")


def test_scores_follow_their_formulas() -> None:
    known = [("one", frozenset("ab")), ("two", frozenset("xyzuvw")), ("three", frozenset("q"))]
    answers = {"one": list("cadeb"), "two": list("mnopx"), "three": list("rstuvq")}

    precision, reciprocal = scores(known, answers.__getitem__)

    assert precision == pytest.approx(100 * (2 / 2 + 1 / 5 + 0) / 3)
    assert reciprocal == pytest.approx(100 * (1 / 2 + 1 / 5 + 1 / 6) / 3)


def test_what_is_not_found_at_all_counts_nothing() -> None:
    assert scores([("one", frozenset("a"))], lambda _: []) == (0, 0)


def test_bm25_puts_the_rarer_word_first() -> None:
    assert Bm25(CONCEPTS).find("lead metal people") == ["lead", "weld"]
    assert Bm25(CONCEPTS).find("nothing of it") == []


def test_unknown_ids_are_left_out_and_lines_without_any_other(tmp_path: Path) -> None:
    rows = [{"text": "a\u2028b", "skills": ["weld", "gone"]}, {"text": "c", "skills": ["gone"]}]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")

    assert sentences(path, frozenset({"weld"})) == [("a\u2028b", frozenset({"weld"}))]


def test_timed_texts_have_forty_words() -> None:
    cut = list(texts([[("one two three", frozenset())]]))

    assert len(cut) == 200
    assert {len(text.split()) for text in cut} == {40}


def test_without_data_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("WURZELWERK_TEST_DATA", raising=False)

    assert list(measure()) == []
    assert "linking is not measured" in capsys.readouterr().err


def test_any_file_without_data_is_refused(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "WURZELWERK_TEST_DATA"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.linking", str(tmp_path / "own.jsonl")],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert "WURZELWERK_TEST_DATA" in done.stderr


@needs_data
@pytest.mark.slow
def test_the_development_sentences_reach_the_gate_and_beat_bm25() -> None:
    figures = {one.name: one for one in measure()}

    def about(what: str, file: str) -> Figure:
        return next(one for name, one in figures.items() if what in name and file in name)

    for what in ("R-Precision@5", "MRR"):
        assert about(what, "dev_de").verdict == "gate"
        assert all((about(what, file).ratio or 0) > 1.3 for file in ("dev_de", "dev_en"))
