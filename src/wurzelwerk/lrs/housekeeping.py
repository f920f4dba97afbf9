"""Deletes single statements after their time."""

from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.lrs.models import Statement

KEPT: Final = relativedelta(months=13)
DAY: Final = 24 * 60


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete the statements of acts that lie more than 13 months back."""
    deleted, _by_model = Statement.objects.filter(occurred_at__lt=clock.now() - KEPT).delete()
    return {"deleted": deleted}


job_kinds.register("lrs.sweep", JobKind("lrs.sweep", _("Delete learning traces after 13 months"), run_sweep))
every(DAY, "lrs.sweep")
