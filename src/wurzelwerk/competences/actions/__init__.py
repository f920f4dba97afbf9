"""Writes of this room: keyword-only, atomic, with ``by`` as the actor."""

from wurzelwerk.competences.actions.assessing import (
    assess_self,
    confirm_evidence,
    record_evidence,
    restore_evidence,
    withdraw_evidence,
)
from wurzelwerk.competences.actions.choosing import add_to_profile, remove_from_profile, set_wished_role
from wurzelwerk.competences.actions.contesting import answer_contest, contest_evidence, drop_contest
from wurzelwerk.competences.actions.drafts import CompetenceDraft, FrameworkDraft, GroupDraft
from wurzelwerk.competences.actions.frameworks import import_framework, index_competences, save_framework
from wurzelwerk.competences.actions.sharing import revoke_share, share_evidence
from wurzelwerk.competences.actions.targets import TargetLevel, save_target_profile

__all__ = [
    "CompetenceDraft",
    "FrameworkDraft",
    "GroupDraft",
    "TargetLevel",
    "add_to_profile",
    "answer_contest",
    "assess_self",
    "confirm_evidence",
    "contest_evidence",
    "drop_contest",
    "import_framework",
    "index_competences",
    "record_evidence",
    "remove_from_profile",
    "restore_evidence",
    "revoke_share",
    "save_framework",
    "save_target_profile",
    "set_wished_role",
    "share_evidence",
    "withdraw_evidence",
]
