"""A passage becomes evidence by its owner's act, and can be taken back."""

from django.db import transaction

from wurzelwerk.competences.actions import record_evidence, restore_evidence, withdraw_evidence
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.models import Competence
from wurzelwerk.journal import rules
from wurzelwerk.journal.models import JournalEntry, Passage
from wurzelwerk.journal.texts import seal_passage
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.people.models import Person

ORIGIN_KIND = "journal_passage"


@transaction.atomic
def mark_passage(*, by: Person, entry: JournalEntry, text: str, competence: Competence, level: int) -> Passage:
    """Make ``text`` evidence that ``by`` has ``competence`` at ``level`` (1 to 5).

    The text leaves the journal by this act: it stands in the evidence, for whoever may see that.
    The rest of the entry stays sealed. Raises ``Refused`` for somebody else's entry or an empty text.
    """
    shown = text.strip()
    rules.may_mark(by, entry, text=shown, level=level).require()
    public_id = new_public_id()
    evidence = record_evidence(
        by=by,
        person=by,
        competence=competence,
        source=EvidenceSource.REFLECTION,
        level=level,
        summary=shown,
        observed_on=entry.written_on,
        origin_kind=ORIGIN_KIND,
        origin_key=public_id,
    )
    sealed = seal_passage(shown, public_id=public_id)
    passage = Passage.objects.create(
        public_id=public_id,
        entry=entry,
        competence=competence,
        level=level,
        sealed=sealed.data,
        key_id=sealed.key_id,
        evidence=evidence,
    )
    record_audit(by=by, verb="journal.mark_passage", subject=passage)
    return passage


@transaction.atomic
def withdraw_passage(*, by: Person, passage: Passage) -> Passage:
    """Take a passage back: its evidence counts no more and nobody else sees it. Twice changes nothing."""
    rules.may_withdraw(by, passage).require()
    if passage.withdrawn_at is None:
        if passage.evidence is not None:
            withdraw_evidence(by=by, evidence=passage.evidence)
        passage.withdrawn_at = clock.now()
        passage.save(update_fields=["withdrawn_at"])
        record_audit(by=by, verb="journal.withdraw_passage", subject=passage)
    return passage


@transaction.atomic
def restore_passage(*, by: Person, passage: Passage) -> Passage:
    """Undo a withdrawal."""
    rules.may_withdraw(by, passage).require()
    if passage.withdrawn_at is not None:
        if passage.evidence is not None:
            restore_evidence(by=by, evidence=passage.evidence)
        passage.withdrawn_at = None
        passage.save(update_fields=["withdrawn_at"])
        record_audit(by=by, verb="journal.restore_passage", subject=passage)
    return passage
