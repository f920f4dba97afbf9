"""The verbs of learning, in the words of xAPI."""

from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Verb(TextChoices):
    """What somebody did; the keys are stable, the labels are read on the page."""

    STARTED = "started", pgettext_lazy("learning act", "Started")
    COMPLETED = "completed", pgettext_lazy("learning act", "Completed")
    PLANNED = "planned", pgettext_lazy("learning act", "Planned")
    ASSESSED = "assessed", pgettext_lazy("learning act", "Assessed")
    WROTE = "wrote", pgettext_lazy("learning act", "Written")
    REFLECTED = "reflected", pgettext_lazy("learning act", "Reflected")
    PRACTISED = "practised", pgettext_lazy("learning act", "Practised")
    APPLIED = "applied", pgettext_lazy("learning act", "Applied at work")
    PUBLISHED = "published", pgettext_lazy("learning act", "Published")
    REQUESTED = "requested", pgettext_lazy("learning act", "Requested")
    ACCEPTED = "accepted", pgettext_lazy("learning act", "Accepted")
    DECLINED = "declined", pgettext_lazy("learning act", "Declined")
    SIGNED = "signed", pgettext_lazy("learning act", "Signed")
    MET = "met", pgettext_lazy("learning act", "Met")
    TAUGHT = "taught", pgettext_lazy("learning act", "Explained to somebody")
    CLOSED = "closed", pgettext_lazy("learning act", "Closed")
    SHARED = "shared", pgettext_lazy("learning act", "Shared")
    WITHDREW = "withdrew", pgettext_lazy("learning act", "Taken back")
    ADVANCED = "advanced", pgettext_lazy("learning act", "New evidence")
    EARNED = "earned", pgettext_lazy("learning act", "Earned")


class VerbTerm(NamedTuple):
    """How xAPI names a verb: its identifier and its display in both languages."""

    iri: str
    de: str
    en: str


_ADL: Final = "http://adlnet.gov/expapi/verbs/"
_ACTIVITY: Final = "http://activitystrea.ms/schema/1.0/"
_OWN: Final = "urn:x-wurzelwerk:verb:"

# Identifiers that other systems know where there are such, else our own.
TERMS: Final[dict[Verb, VerbTerm]] = {
    Verb.STARTED: VerbTerm(f"{_ACTIVITY}start", "hat begonnen", "started"),
    Verb.COMPLETED: VerbTerm(f"{_ADL}completed", "hat abgeschlossen", "completed"),
    Verb.PLANNED: VerbTerm(f"{_OWN}planned", "hat geplant", "planned"),
    Verb.ASSESSED: VerbTerm(f"{_OWN}assessed", "hat eingeschätzt", "assessed"),
    Verb.WROTE: VerbTerm(f"{_ACTIVITY}author", "hat geschrieben", "wrote"),
    Verb.REFLECTED: VerbTerm(f"{_OWN}reflected", "hat reflektiert", "reflected"),
    Verb.PRACTISED: VerbTerm(f"{_OWN}practised", "hat geübt", "practised"),
    Verb.APPLIED: VerbTerm(f"{_OWN}applied", "hat im Alltag angewendet", "applied at work"),
    Verb.PUBLISHED: VerbTerm(f"{_OWN}published", "hat veröffentlicht", "published"),
    Verb.REQUESTED: VerbTerm(f"{_ACTIVITY}request", "hat angefragt", "requested"),
    Verb.ACCEPTED: VerbTerm(f"{_ACTIVITY}accept", "hat angenommen", "accepted"),
    Verb.DECLINED: VerbTerm(f"{_ACTIVITY}reject", "hat abgelehnt", "declined"),
    Verb.SIGNED: VerbTerm(f"{_OWN}signed", "hat unterschrieben", "signed"),
    Verb.MET: VerbTerm(f"{_ADL}attended", "hat sich getroffen", "met"),
    Verb.TAUGHT: VerbTerm(f"{_OWN}taught", "hat erklärt", "explained"),
    Verb.CLOSED: VerbTerm(f"{_OWN}closed", "hat beendet", "closed"),
    Verb.SHARED: VerbTerm(f"{_ADL}shared", "hat geteilt", "shared"),
    Verb.WITHDREW: VerbTerm(f"{_OWN}withdrew", "hat zurückgenommen", "took back"),
    Verb.ADVANCED: VerbTerm(f"{_ADL}progressed", "hat einen Nachweis erhalten für", "gained evidence for"),
    Verb.EARNED: VerbTerm(f"{_ACTIVITY}receive", "hat erhalten", "received"),
}
