"""Counts a quarter that is over, and forgets who has looked and what was shared after 12 months."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.privacy.actions import forget_old_traces, keep_figures

DAY: Final = 24 * 60


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Keep the figures of the last quarter, then delete what is past its 12 months."""
    kept = keep_figures(today=clock.today())
    return {"deleted": forget_old_traces(), "counted": str(kept.starts_on) if kept else ""}


job_kinds.register(
    "privacy.sweep", JobKind("privacy.sweep", _("Count the last quarter, forget old log entries and shares"), run_sweep)
)
every(DAY, "privacy.sweep")
