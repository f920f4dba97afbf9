import os
import signal
import time
from typing import Any

import pytest

from wurzelwerk.cli.job_bar import run_with_bar
from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds, start_job
from wurzelwerk.kernel.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = 20


def dig(job: Job, progress: Progress) -> dict[str, Any]:
    """Dig for a while; Ctrl-C arrives in the middle when the payload says so."""
    for step in range(STEPS):
        if job.payload.get("interrupted") and step == 1:
            os.kill(os.getpid(), signal.SIGINT)
        progress.report(step, STEPS, note="digging", force=True)
        time.sleep(0.05)
    return {"dug": STEPS}


job_kinds.register("test.dig", JobKind("test.dig", "Dig", dig))


def test_a_job_runs_with_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    job = run_with_bar(start_job(kind="test.dig", by=None), label="Digging")

    assert (job.state, job.result, job.done) == (JobState.DONE, {"dug": STEPS}, STEPS)


def test_ctrl_c_asks_the_job_to_stop() -> None:
    handler = signal.getsignal(signal.SIGINT)

    job = run_with_bar(start_job(kind="test.dig", by=None, payload={"interrupted": True}), label="Digging")

    assert job.state == JobState.CANCELLED
    assert 0 < job.done < STEPS
    assert signal.getsignal(signal.SIGINT) is handler
