"""Matching of learning partners: plain Python, no database, no Django.

``suggestions`` orders who fits one person, ``near_misses`` says who nearly does; ``Fit`` opens each
pair to its parts. ``times`` turns weekly windows into the hours of a week and back.
"""

from wurzelwerk.partnerships.matching.ads import NOBODY, Ad, Mode, Offer, Want
from wurzelwerk.partnerships.matching.obstacles import CONFIDENTIAL, Obstacle, needed_hours
from wurzelwerk.partnerships.matching.scoring import HIGHEST, LEAST, WEIGHTS, Exchange, Score, score
from wurzelwerk.partnerships.matching.suggesting import Fit, near_misses, suggestions

__all__ = [
    "CONFIDENTIAL",
    "HIGHEST",
    "LEAST",
    "NOBODY",
    "WEIGHTS",
    "Ad",
    "Exchange",
    "Fit",
    "Mode",
    "Obstacle",
    "Offer",
    "Score",
    "Want",
    "near_misses",
    "needed_hours",
    "score",
    "suggestions",
]
