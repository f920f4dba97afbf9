import sys

import pytest

from tools.check import CHECKS, Check, passes


def test_a_passing_check_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert passes(Check("calm", (sys.executable, "-c", "print('fine')"), "nothing"))

    assert capsys.readouterr().out.startswith("ok     calm")
    assert "fine" not in capsys.readouterr().out


def test_a_failing_check_tells_what_and_how_to_repair(capsys: pytest.CaptureFixture[str]) -> None:
    assert not passes(Check("storm", (sys.executable, "-c", "raise SystemExit('a leak')"), "mend the roof"))

    told = capsys.readouterr().out
    assert "FAILED storm" in told
    assert "a leak" in told
    assert "mend the roof" in told


def test_everything_promised_is_checked() -> None:
    assert [check.name for check in CHECKS] == [
        "format",
        "style",
        "types",
        "contracts",
        "templates",
        "migrations",
        "catalogues",
        "pages",
    ]
