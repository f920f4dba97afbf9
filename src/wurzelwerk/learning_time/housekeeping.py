"""Deletes bookings after their time."""

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.learning_time.models import TimeEntry
from wurzelwerk.learning_time.rules import KEPT_DAYS

RESTORABLE: Final = timedelta(days=30)
DAY: Final = 24 * 60


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete removed entries after 30 days and every entry after two years."""
    removed, _by_model = TimeEntry.objects.filter(removed_at__lt=clock.now() - RESTORABLE).delete()
    oldest = clock.today() - timedelta(days=KEPT_DAYS)
    old, _by_model = TimeEntry.objects.filter(spent_on__lt=oldest).delete()
    return {"removed": removed, "old": old}


job_kinds.register("learning_time.sweep", JobKind("learning_time.sweep", _("Delete old learning time"), run_sweep))
every(DAY, "learning_time.sweep")
