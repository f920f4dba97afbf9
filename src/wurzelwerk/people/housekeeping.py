"""Forgets access codes after 12 months."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.people.actions import forget_old_codes

SWEEP: Final = "people.forget_codes"
DAY: Final = 24 * 60


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete what is past its 12 months."""
    return {"deleted": forget_old_codes()}


job_kinds.register(SWEEP, JobKind(SWEEP, _("Forget old access codes"), run_sweep))
every(DAY, SWEEP)
