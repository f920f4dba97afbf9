"""The estimate of a level and the gap to a target: plain Python, no database, no Django.

``estimate`` weighs pieces of evidence, ``gap`` compares with what is required, ``index`` sums up.
"""

from wurzelwerk.competences.estimating.ageing import unsecured_from, unsecured_on
from wurzelwerk.competences.estimating.estimate import Estimate, Share, estimate, shares
from wurzelwerk.competences.estimating.gap import CompetenceGap, GapIndex, Reason, Requirement, by_urgency, gap, index
from wurzelwerk.competences.estimating.history import history, known_on
from wurzelwerk.competences.estimating.pieces import DEFAULT_RULE, Piece, Rule

__all__ = [
    "DEFAULT_RULE",
    "CompetenceGap",
    "Estimate",
    "GapIndex",
    "Piece",
    "Reason",
    "Requirement",
    "Rule",
    "Share",
    "by_urgency",
    "estimate",
    "gap",
    "history",
    "index",
    "known_on",
    "shares",
    "unsecured_from",
    "unsecured_on",
]
