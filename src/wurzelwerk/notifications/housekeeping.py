"""Deletes messages after their time."""

from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.notifications.models import Notification

KEPT: Final = timedelta(days=90)
RESTORABLE: Final = timedelta(days=1)
DAY: Final = 24 * 60


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete messages after 90 days, and those a person deleted after one day."""
    now = clock.now()
    old, _by_model = Notification.objects.sent_before(now - KEPT).delete()
    deleted, _by_model = Notification.objects.filter(deleted_at__lt=now - RESTORABLE).delete()
    return {"old": old, "deleted": deleted}


job_kinds.register("notifications.sweep", JobKind("notifications.sweep", _("Empty old messages"), run_sweep))
every(DAY, "notifications.sweep")
