"""A form sent twice (double click, lost answer) has one effect and gets one answer."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from wurzelwerk.kernel.models import IdempotencyKey

FIELD = "idempotency_key"


def once(*, key: str, by: Any, action: str, run: Callable[[], str]) -> str:
    """Run ``run`` unless ``by`` has done so under ``key``; return its answer (a URL) either way.

    The key is written in the same transaction as the effect: both are there or neither is.
    An empty key means the form carried none: then it simply runs.
    """
    if not key:
        return run()
    with transaction.atomic():
        row, is_new = IdempotencyKey.objects.select_for_update().get_or_create(
            key=f"{by.pk}:{key}"[:64], defaults={"person_id": by.pk, "action": action}
        )
        if not is_new:
            return row.answer
        row.answer = run()
        row.save(update_fields=["answer"])
        return row.answer
