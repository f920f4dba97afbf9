from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from wurzelwerk.competences.debt import EffortCurve, Known, Position, debt_of
from wurzelwerk.competences.debt.many import EVIDENCE, NO_ROLE, Targets, kinds, reckon, reckon_all
from wurzelwerk.competences.estimating import Piece, Requirement, estimate, gap, index
from wurzelwerk.competences.tests.second_debt import VALIDITY, debt_from_evidence

TODAY = date(2026, 11, 23)
PERSONS, COMPETENCES = 150, 30
SOURCES = ("self", "peer", "lead", "test", "work_sample")

Pieces = dict[tuple[int, int], list[Piece]]
Asked = dict[int, tuple[float, float]]


class Company:
    """Random persons, roles and evidence, as objects and as arrays."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        self.roles: list[Asked] = [
            {
                competence: (chance.choice([0.5, 2, 3.5, 5]), chance.uniform(0.05, 1))
                for competence in chance.sample(range(COMPETENCES), chance.randint(1, 12))
            }
            for _role in range(6)
        ]
        self.half_lives = [chance.choice([30, 335, 900]) for _competence in range(COMPETENCES)]
        self.curves = [
            EffortCurve(tuple(chance.uniform(1, 200) for _step in range(5))) for _competence in range(COMPETENCES)
        ]
        self.role_of = [chance.choice([NO_ROLE, *range(6)]) for _person in range(PERSONS)]
        self.pieces: Pieces = {}
        for person in range(PERSONS):
            for _piece in range(chance.randint(0, 60)):
                key = (person, chance.randrange(COMPETENCES))
                self.pieces.setdefault(key, []).append(random_piece(chance))

    def asked(self, person: int) -> Asked:
        role = self.role_of[person]
        return {} if role == NO_ROLE else self.roles[role]

    @property
    def targets(self) -> Targets:
        return Targets.of(self.roles, self.half_lives, self.curves)

    @property
    def rows(self) -> NDArray[Any]:
        number = kinds()
        found = [
            (one.level, *key, number[one.kind], one.observed_on.toordinal(), one.newest_day.toordinal())
            for key, several in sorted(self.pieces.items())
            for one in several
        ]
        return np.array(found, EVIDENCE)


def random_piece(chance: Random) -> Piece:
    day = TODAY - timedelta(days=chance.choice([-1, 0, 10, 400, chance.randrange(3000)]))
    source = chance.choice(SOURCES)
    confirmed = (
        day + timedelta(days=chance.randrange(14)) if source == "work_sample" and chance.random() < 0.7 else None
    )
    return Piece(source, chance.choice([0, 1, 3, 5, chance.uniform(0, 5)]), day, confirmed)


@pytest.fixture(params=[1, 2, 3])
def company(request: pytest.FixtureRequest) -> Company:
    return Company(request.param)


def test_the_debt_of_everybody_is_that_of_each(company: Company) -> None:
    found = reckon(company.rows, np.array(company.role_of, np.int32), company.targets, TODAY.toordinal())

    for person in range(PERSONS):
        positions, gaps = [], []
        for key, (level, weight) in company.asked(person).items():
            seen = estimate(company.pieces.get((person, key), ()), TODAY, company.half_lives[key])
            where = (company.half_lives[key], company.curves[key])
            positions.append(Position(key, TODAY, level, weight, Known.of(seen), *where))
            gaps.append(gap(Requirement(key, level, weight), seen))
        debt, places = debt_of(positions, TODAY), len(gaps)
        assert found.debt[person] == pytest.approx(debt.hours, abs=1e-6)
        assert found.unknown_hours[person] == pytest.approx(debt.unknown_hours, abs=1e-6)
        assert found.hours[person, :places] == pytest.approx([one.hours_on(TODAY) for one in positions], abs=1e-6)
        assert found.gaps[person, :places] == pytest.approx([one.size or 0 for one in gaps], abs=1e-6)
        assert list(found.known[person, :places]) == [one.size is not None for one in gaps]
        value = index(gaps).value
        assert found.gap_index[person] == pytest.approx(np.nan if value is None else value, nan_ok=True)
        assert not found.hours[person, places:].any()


def test_a_second_reckoning_from_raw_evidence_gives_the_same(company: Company) -> None:
    plain = {
        key: [one for one in several if one.source in VALIDITY and one.observed_on <= TODAY]
        for key, several in company.pieces.items()
    }
    company.pieces = {key: several for key, several in plain.items() if several}

    found = reckon(company.rows, np.array(company.role_of, np.int32), company.targets, TODAY.toordinal())

    for person in range(PERSONS):
        hours = sum(
            debt_from_evidence(
                [(one.source, one.level, one.observed_on) for one in company.pieces.get((person, key), ())],
                target,
                TODAY,
                company.curves[key].hours_per_level,
                company.half_lives[key],
            )
            for key, target in company.asked(person).items()
        )
        assert found.debt[person] == pytest.approx(hours, abs=1e-6)


@pytest.mark.parametrize("chunk", [1, 7, PERSONS, 10 * PERSONS])
def test_chunks_give_what_the_whole_gives(chunk: int) -> None:
    company = Company(4)
    given = (company.rows, np.array(company.role_of, np.int32), company.targets, TODAY.toordinal())

    parts = [part for _first, part in reckon_all(*given, chunk=chunk)]

    assert np.concatenate([part.debt for part in parts]) == pytest.approx(reckon(*given).debt, abs=1e-9)


def test_the_order_of_evidence_has_no_meaning(company: Company) -> None:
    given = (np.array(company.role_of, np.int32), company.targets, TODAY.toordinal())
    mixed = np.random.default_rng(5).permutation(company.rows)

    assert reckon(mixed, *given).debt == pytest.approx(reckon(company.rows, *given).debt, abs=1e-9)


def test_without_evidence_all_is_unknown_and_nothing_owed(company: Company) -> None:
    roles = np.array(company.role_of, np.int32)

    found = reckon(np.empty(0, EVIDENCE), roles, company.targets, TODAY.toordinal())

    assert not found.known.any()
    assert not found.debt.any()
    assert found.unknown_hours == pytest.approx(company.targets.owed_from_zero[roles].sum(axis=1))
    assert np.isnan(found.gap_index).all()


def test_evidence_of_others_is_refused(company: Company) -> None:
    roles = np.array(company.role_of, np.int32)

    with pytest.raises(ValueError, match="before number 5"):
        reckon(company.rows, roles[5:], company.targets, TODAY.toordinal(), first=5)
    with pytest.raises(IndexError):
        reckon(company.rows, roles[:5], company.targets, TODAY.toordinal())
