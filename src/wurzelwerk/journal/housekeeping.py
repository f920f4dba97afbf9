"""Empties baskets and seals with the current key."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.journal.actions import empty_baskets, reseal_texts
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every

DAY: Final = 24 * 60


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete for good what has lain in a basket for 30 days."""
    return {"erased": empty_baskets()}


def run_reseal(job: Job, progress: Progress) -> dict[str, Any]:
    """Seal anew what an older key sealed, until nothing is left."""
    total = 0
    while count := reseal_texts():
        total += count
        progress.report(total)
    return {"resealed": total}


job_kinds.register("journal.sweep", JobKind("journal.sweep", _("Empty the baskets of the journals"), run_sweep))
job_kinds.register("journal.reseal", JobKind("journal.reseal", _("Seal journals with the current key"), run_reseal))
every(DAY, "journal.sweep")
every(DAY, "journal.reseal")
