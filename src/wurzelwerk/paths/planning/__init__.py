"""The planner: a gap, what there is to learn from, and the hours granted become steps with reasons.

Plain Python without Django: the same situation gives the same plan, whatever the order of its parts.
"""

from wurzelwerk.paths.planning.rules import plan
from wurzelwerk.paths.planning.situation import Option, PartnerOption, Plan, ReasonKey, Situation, Step, StepSort

__all__ = ["Option", "PartnerOption", "Plan", "ReasonKey", "Situation", "Step", "StepSort", "plan"]
