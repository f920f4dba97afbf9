"""Reads of the privacy room: the matrix in words, own shares, the own log, and what is stored."""

from wurzelwerk.privacy.queries.control import Control, Namesake, namesakes, relation_to, sharing_control
from wurzelwerk.privacy.queries.matrix import Cell, MatrixRow, audiences, matrix_rows
from wurzelwerk.privacy.queries.seeing import Look, LookDay, LookPage, get_looks, item_counts
from wurzelwerk.privacy.queries.sharing import EndedShare, ShareRow, ended_shares, own_shares
from wurzelwerk.privacy.queries.storing import StoredPart, StoredPurpose, stored_about

__all__ = [
    "Cell",
    "Control",
    "EndedShare",
    "Look",
    "LookDay",
    "LookPage",
    "MatrixRow",
    "Namesake",
    "ShareRow",
    "StoredPart",
    "StoredPurpose",
    "audiences",
    "ended_shares",
    "get_looks",
    "item_counts",
    "matrix_rows",
    "namesakes",
    "own_shares",
    "relation_to",
    "sharing_control",
    "stored_about",
]
