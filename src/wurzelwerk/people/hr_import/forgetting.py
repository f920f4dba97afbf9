"""Deleting what an import no longer needs: rows after 30 days, files as soon as they are read, abandoned ones soon."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.jobs import JobKind, Progress, job_kinds
from wurzelwerk.kernel.models import Job
from wurzelwerk.kernel.scheduling import every
from wurzelwerk.people.choices import ImportState
from wurzelwerk.people.hr_import.keeping import delete_files, delete_stray_uploads, stray_folders
from wurzelwerk.people.models import (
    ImportBefore,
    ImportCorrection,
    ImportProblem,
    ImportRow,
    ImportTerm,
    ImportUnit,
    PeopleImport,
)

SWEEP: Final = "people.sweep_imports"
KEEP_UPLOADS: Final = timedelta(days=1)
KEEP_CHECKED: Final = timedelta(days=7)
KEEP_ROWS: Final = timedelta(days=30)
_OF_A_CHECK: Final = (ImportRow, ImportProblem, ImportUnit, ImportTerm)


def forget_rows(people_import: PeopleImport) -> None:
    """Delete what a check has found."""
    for model in _OF_A_CHECK:
        model.objects.filter(people_import=people_import).delete()


def forget_all(people_import: PeopleImport) -> None:
    """Delete everything of an import but the fact that it was."""
    delete_files(people_import.public_id)
    with transaction.atomic():
        forget_rows(people_import)
        ImportCorrection.objects.filter(people_import=people_import).delete()
        ImportBefore.objects.filter(people_import=people_import).delete()
        PeopleImport.objects.filter(pk=people_import.pk).update(
            settled={}, file_path="", units_file_path="", files_deleted_at=clock.now()
        )


def run_sweep(job: Job, progress: Progress) -> dict[str, Any]:
    """Discard abandoned imports, forget the rows of those that can no longer be taken back, delete stray files."""
    now = clock.now()
    left_lying = Q(state=ImportState.UPLOADED, created_at__lt=now - KEEP_UPLOADS)
    never_applied = Q(state=ImportState.CHECKED, checked_at__lt=now - KEEP_CHECKED)
    abandoned = list(PeopleImport.objects.filter(left_lying | never_applied))
    for people_import in abandoned:
        PeopleImport.objects.filter(pk=people_import.pk).update(state=ImportState.DISCARDED)
        forget_all(people_import)
    over = Q(state=ImportState.APPLIED, applied_at__lt=now - KEEP_ROWS) | Q(state=ImportState.UNDONE)
    past = list(PeopleImport.objects.filter(over, files_deleted_at=None))
    for people_import in past:
        forget_all(people_import)
    return {"discarded": len(abandoned), "forgotten": len(past), "strays": _delete_strays(now - KEEP_UPLOADS)}


def _delete_strays(before: datetime) -> int:
    """Delete files that belong to no import: what a process that was killed has left; return how many there were."""
    found = stray_folders(before.timestamp())
    kept = PeopleImport.objects.filter(public_id__in=found, files_deleted_at=None).values_list("public_id", flat=True)
    strays = found - set(kept)
    for public_id in strays:
        delete_files(public_id)
    return len(strays) + delete_stray_uploads(before.timestamp())


job_kinds.register(SWEEP, JobKind(SWEEP, _("Sweep imports that are past their time"), run_sweep))
every(60, SWEEP)
