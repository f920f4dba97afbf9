"""The kernel's own job kinds: sealing the audit trail and sweeping what is past its time."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import first_broken_block, seal_audit
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import AuditBlock, AuditEntry, IdempotencyKey, Job
from wurzelwerk.kernel.scheduling import every

VERIFY_AUDIT = "kernel.verify_audit"
KEEP_OVER_JOBS = timedelta(days=30)
KEEP_OWN_JOBS = timedelta(hours=1)
KEEP_IDEMPOTENCY_KEYS = timedelta(days=2)


def run_seal_audit(job: Job, progress: Progress) -> dict[str, Any]:
    """Seal the audit entries written since the last turn."""
    return {"sealed": seal_audit()}


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Delete ended jobs after 30 days, the system's own after an hour, idempotency keys after 2 days."""
    now = clock.now()
    is_old = Q(finished_at__lt=now - KEEP_OVER_JOBS) | Q(finished_at__lt=now - KEEP_OWN_JOBS, person_id=None)
    jobs, _by_model = Job.objects.filter(is_old).delete()
    keys, _by_model = IdempotencyKey.objects.filter(created_at__lt=now - KEEP_IDEMPOTENCY_KEYS).delete()
    return {"jobs": jobs, "keys": keys}


def run_verify_audit(job: Job, progress: Progress) -> dict[str, Any]:
    """Follow the whole chain of the audit trail; the result names the first broken block, if any."""
    broken = first_broken_block()
    entries, blocks = AuditEntry.objects.exclude(block=None).count(), AuditBlock.objects.count()
    return {"entries": entries, "blocks": blocks, "broken_block": broken.pk if broken else None}


job_kinds.register("kernel.seal_audit", JobKind("kernel.seal_audit", _("Seal the audit trail"), run_seal_audit))
job_kinds.register("kernel.sweep", JobKind("kernel.sweep", _("Sweep what is past its time"), run_sweep))
every(1, "kernel.seal_audit")
job_kinds.register(VERIFY_AUDIT, JobKind(VERIFY_AUDIT, _("Verify the audit trail"), run_verify_audit))
every(60, "kernel.sweep")
every(24 * 60, VERIFY_AUDIT)
