import time
from pathlib import Path

import pytest

from wurzelwerk.cli import supervisor
from wurzelwerk.cli.outcomes import ExitCode
from wurzelwerk.cli.supervisor import Supervisor, run_to_end

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


def count_up(path: Path) -> None:
    """Leave a mark for every start, and end at once."""
    with path.open("a") as file:
        file.write("x")


def fail() -> int:
    return 7


@pytest.mark.parametrize("work,code", [(time.tzset, 0), (fail, 7)])
def test_work_in_a_process_of_its_own_returns_its_code(work: supervisor.Work, code: int) -> None:
    assert run_to_end(work) == code


def test_a_process_that_may_not_end_ends_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    watched = Supervisor()
    watched.add("web", time.sleep, 0.1)
    watched.add("worker", time.sleep, 60, may_restart=True)

    with watched:
        code = watched.watch()

    assert code is ExitCode.FAILED
    assert capsys.readouterr().err == "The web process ended by itself; stopping.\n"
    assert [child.process.is_alive() for child in watched.children if child.process] == [False, False]


def test_a_process_that_keeps_ending_starts_again_ever_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(supervisor, "LOOK_EVERY_SECONDS", 0.01)
    watched = Supervisor()
    watched.add("web", time.sleep, 3)
    watched.add("worker", count_up, tmp_path / "starts", may_restart=True)
    watched.children[1].pause = 0.05

    with watched:
        watched.watch()

    starts = len((tmp_path / "starts").read_text())
    assert 3 <= starts <= 6  # after 0.1, 0.2, 0.4, 0.8, 1.6 seconds
    assert capsys.readouterr().err.count("The worker process ended; it starts again") >= starts - 1
