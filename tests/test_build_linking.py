"""The script that builds the linking table, on a made-up vocabulary."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.architecture.source import ROOT
from tools.build_linking import FILES, Training, Vocabulary, contrast, crop, pairs, store, train
from tools.build_linking import concepts_of as numbered
from wurzelwerk.competences.linking import Encoder

THINGS = ("rose", "tulpe", "nelke", "distel", "primel", "malve", "lilie", "aster")
DEEDS = (("giessen", "water"), ("schneiden", "cut"), ("pflanzen", "plant"), ("verkaufen", "sell"))


def garden() -> list[dict[str, str]]:
    """Return 32 concepts; German and English share no word."""
    return [
        {
            "pref_de": f"{thing} {german}",
            "alt_de": f"die {thing} {german}",
            "desc_de": f"Im Garten eine {thing} {german}, wenn es Zeit ist.",
            "pref_en": f"{english} {thing[::-1]}",
            "alt_en": f"{english} a {thing[::-1]} | be {english}ing {thing[::-1]}",
            "desc_en": "",
        }
        for thing in THINGS
        for german, english in DEEDS
    ]


def test_training_brings_together_what_means_the_same() -> None:
    encoder = Encoder(train(garden(), passes=12, batch=32, tell=lambda _: None))

    german = encoder.embed(row["pref_de"] for row in garden())
    english = encoder.embed(row["pref_en"] for row in garden())

    assert (np.argmax(german @ english.T, axis=1) == np.arange(32)).mean() > 0.9


def test_untrained_rows_do_not_know_the_other_language() -> None:
    encoder = Encoder(train(garden(), passes=0, tell=lambda _: None))

    german = encoder.embed(row["pref_de"] for row in garden())
    english = encoder.embed(row["pref_en"] for row in garden())

    assert (np.argmax(german @ english.T, axis=1) == np.arange(32)).mean() < 0.3


PROGRAM = """
import sys
from pathlib import Path
from tests.test_build_linking import garden
from tools.build_linking import store, train
print(store(train(garden(), passes=2, batch=64, tell=lambda _: None), Path(sys.argv[1])))
"""


def test_every_run_gives_the_same_bytes_whatever_the_number_of_threads(tmp_path: Path) -> None:
    sums = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / f"{threads}.npy")],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": threads},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for threads in ("1", "2")
    ]

    assert sums[0] == sums[1]
    assert sums[0] == hashlib.sha256((tmp_path / "1.npy").read_bytes()).hexdigest()


def test_another_seed_gives_another_table() -> None:
    one, other = (train(garden(), passes=1, batch=64, seed=seed, tell=lambda _: None) for seed in (1, 2))

    assert (one != other).any()


def test_a_stored_table_is_read_again(tmp_path: Path) -> None:
    table = train(garden(), passes=1, batch=64, tell=lambda _: None)
    store(table, tmp_path / "table.npy")

    encoder = Encoder.load(tmp_path / "table.npy")

    assert (encoder.embed(["rose giessen"]) == Encoder(table).embed(["rose giessen"])).all()


def test_the_slopes_of_the_loss_are_its_derivative() -> None:
    chance = np.random.default_rng(3)
    vectors, concepts = chance.standard_normal((8, 5)) / 3, np.array([0, 1, 1, 2])
    _, slopes = contrast(vectors, concepts)
    step = 1e-6

    for place in [(0, 0), (2, 3), (5, 1), (7, 4)]:
        moved = [vectors.copy(), vectors.copy()]
        moved[0][place] -= step
        moved[1][place] += step
        lower, higher = (contrast(one, concepts)[0] for one in moved)
        # The loss is a mean over the pairs, the step is taken along its sum.
        assert 4 * (higher - lower) / (2 * step) == pytest.approx(slopes[place], rel=1e-4)


def test_steps_lower_the_loss_of_their_batch() -> None:
    vocabulary = Vocabulary()
    batch = pairs(numbered(garden(), vocabulary), np.random.default_rng(1))[:64]
    training = Training(vocabulary.cut(), seed=1)

    losses = [training.learn(batch) for _ in range(30)]

    assert losses[-1] < losses[0] / 4


def test_pairs_belong_to_one_concept_and_none_is_empty() -> None:
    vocabulary = Vocabulary()
    found = pairs(numbered(garden(), vocabulary), np.random.default_rng(1))

    assert {concept for _, _, concept in found} == set(range(32))
    assert all(len(one) and len(other) for one, other, _ in found)


def test_a_crop_is_a_run_of_the_text() -> None:
    text = np.arange(30, dtype=np.int32)

    for seed in range(20):
        part = crop(text, np.random.default_rng(seed))
        assert 3 <= len(part) <= 10
        assert (np.diff(part) == 1).all()
    assert len(crop(text[:2], np.random.default_rng(1))) == 2


def test_missing_files_are_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/build_linking.py", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert all(name in done.stderr for name in FILES)
