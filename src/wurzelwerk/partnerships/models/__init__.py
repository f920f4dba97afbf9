"""What this room keeps: ads and requests, partnerships with their members, and what they do together."""

from wurzelwerk.partnerships.models.ads import AdOffer, AdWant, PartnerAd, PartnerExclusion
from wurzelwerk.partnerships.models.agreements import AgreementGoal, AgreementSignature, LearningAgreement
from wurzelwerk.partnerships.models.closing import ClosingLevel, ClosingStatement
from wurzelwerk.partnerships.models.partnerships import LearningPartnership, Member, TimeRequest
from wurzelwerk.partnerships.models.requests import PartnershipRequest
from wurzelwerk.partnerships.models.working import LearningPackage, Meeting, NoteVersion, SharedNote

__all__ = [
    "AdOffer",
    "AdWant",
    "AgreementGoal",
    "AgreementSignature",
    "ClosingLevel",
    "ClosingStatement",
    "LearningAgreement",
    "LearningPackage",
    "LearningPartnership",
    "Meeting",
    "Member",
    "NoteVersion",
    "PartnerAd",
    "PartnerExclusion",
    "PartnershipRequest",
    "SharedNote",
    "TimeRequest",
]
