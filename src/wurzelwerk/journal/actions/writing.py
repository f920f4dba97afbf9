"""Writing entries, from one page or from two at once."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from wurzelwerk.competences.models import Competence
from wurzelwerk.journal import rules
from wurzelwerk.journal.models import KEPT_VERSIONS, EntryCompetence, EntryVersion, JournalEntry
from wurzelwerk.journal.texts import Content, open_entry, seal_content
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.audit import record_audit
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.kernel.verdict import NotThere
from wurzelwerk.lrs.actions import record
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.people.models import Person

ONE_SITTING: Final = timedelta(minutes=10)
OBJECT_TYPE: Final = "journal_entry"
NAME_DE, NAME_EN = "Lerntagebuch", "Learning journal"


class VersionConflict(Exception):  # noqa: N818 - it is an answer: somebody saved in between
    """The entry was saved elsewhere since this page was opened; carries it as it is now."""

    def __init__(self, entry: JournalEntry) -> None:
        """Keep the entry."""
        super().__init__(entry.public_id)
        self.entry = entry


@transaction.atomic
def write_entry(
    *,
    by: Person,
    body: str,
    title: str = "",
    written_on: date | None = None,
    competence: Competence | None = None,
    competences: Iterable[Competence] = (),
    prompt: str = "",
    public_id: str = "",
    editor_key: str = "",
) -> JournalEntry:
    """Write a new entry of ``by``, sealed; ``prompt`` is the question it answers.

    ``public_id`` is the name under which a draft was opened: writing it twice is refused with
    ``NotThere``. Raises ``Refused`` for an empty or too long text and for a day in the future.
    """
    content = Content(title=title.strip(), body=body, prompt=prompt)
    day = written_on or clock.today()
    rules.may_hold(content, written_on=day, today=clock.today()).require()
    name = public_id or new_public_id()
    sealed = seal_content(content, public_id=name, version=1)
    entry = JournalEntry(
        public_id=name, person=by, written_on=day, sealed=sealed.data, key_id=sealed.key_id, editor_key=editor_key
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise NotThere from error
    tags = list(dict.fromkeys([*([competence] if competence else []), *competences]))
    EntryCompetence.objects.bulk_create(EntryCompetence(entry=entry, competence=one) for one in tags)
    record_audit(by=by, verb="journal.write_entry", subject=entry)
    record(
        person=by,
        verb=Verb.REFLECTED if prompt else Verb.WROTE,
        object_type=OBJECT_TYPE,
        object_key=entry.public_id,
        object_name=NAME_DE,
        object_name_en=NAME_EN,
        competence_key=tags[0].public_id if tags else "",
    )
    return entry


@transaction.atomic
def update_entry(
    *,
    by: Person,
    entry: JournalEntry,
    body: str,
    version: int,
    title: str | None = None,
    written_on: date | None = None,
    competences: Collection[Competence] | None = None,
    editor_key: str = "",
) -> JournalEntry:
    """Save an entry that was opened at ``version``; what is None stays as it is.

    The text before is kept as a version when another page wrote it or a sitting (10 minutes) is over.
    Raises ``VersionConflict`` when somebody saved something else in between, ``SealBrokenError`` when
    the text there does not open (it is never overwritten), ``Refused`` as ``write_entry`` does.
    Saving the same again changes nothing.
    """
    kept: JournalEntry = JournalEntry.objects.select_for_update().get(pk=entry.pk)
    rules.may_edit(by, kept).require()
    before = open_entry(kept)
    content = Content(before.title if title is None else title.strip(), body, before.prompt)
    day = written_on or kept.written_on
    rules.may_hold(content, written_on=day, today=clock.today()).require()
    same_text = content == before
    if version != kept.version and not same_text:
        raise VersionConflict(kept)
    if not same_text:
        _keep_version(kept, editor_key)
        kept.version += 1
        sealed = seal_content(content, public_id=kept.public_id, version=kept.version)
        kept.sealed, kept.key_id = sealed.data, sealed.key_id
        kept.editor_key, kept.saved_at = editor_key, clock.now()
    kept.written_on = day
    kept.save()
    if competences is not None:
        _tag(kept, competences)
    return kept


def _keep_version(entry: JournalEntry, editor_key: str) -> None:
    """Keep the text as it is as a version, unless the same sitting goes on; only the newest 20 stay."""
    same_page = bool(editor_key) and editor_key == entry.editor_key
    if same_page and clock.now() - entry.created_at < ONE_SITTING:
        return
    newest = entry.versions.order_by("-number").first()
    if same_page and newest is not None and clock.now() - newest.saved_at < ONE_SITTING:
        return
    EntryVersion.objects.create(
        entry=entry, number=entry.version, sealed=entry.sealed, key_id=entry.key_id, saved_at=entry.saved_at
    )
    outdated = entry.versions.order_by("-number").values_list("pk", flat=True)[KEPT_VERSIONS:]
    EntryVersion.objects.filter(pk__in=list(outdated)).delete()


def _tag(entry: JournalEntry, competences: Collection[Competence]) -> None:
    wanted = {one.pk: one for one in competences}
    entry.tags.exclude(competence__in=wanted).delete()
    there = set(entry.tags.values_list("competence", flat=True))
    EntryCompetence.objects.bulk_create(
        EntryCompetence(entry=entry, competence=one) for pk, one in wanted.items() if pk not in there
    )
