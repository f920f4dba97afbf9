"""What a period did to the debt: its six accounts, interest, repayment rate and the time repayment takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wurzelwerk.competences.debt.ledger import Account, Entry, total


@dataclass(frozen=True, slots=True)
class Period:
    """The debt at the start of a period and what was booked in it, in hours.

    ``quarters`` is its length in quarters of a year (0.5 for half a quarter, above 0). ``moved`` (M), ``measured``
    (E) and ``recalibrated`` (K) are no growth and no repayment; they stand in no rate and are shown apart.
    """

    start: float
    drift: float = 0.0
    forgotten: float = 0.0
    moved: float = 0.0
    measured: float = 0.0
    recalibrated: float = 0.0
    paid: float = 0.0
    quarters: float = 1.0

    @classmethod
    def of(cls, start: float, entries: Iterable[Entry[Any]], quarters: float = 1.0) -> "Period":
        """Return the figures of the ``entries`` booked after a debt of ``start`` hours."""
        hours = total(entries)
        return cls(
            start=start,
            drift=hours[Account.DRIFT],
            forgotten=hours[Account.FORGETTING],
            moved=hours[Account.MOVES],
            measured=hours[Account.MEASURING],
            recalibrated=hours[Account.RECALIBRATION],
            paid=hours[Account.PAID],
            quarters=quarters,
        )

    @property
    def end(self) -> float:
        """Return the debt at the end: start + A + F + M + E + K − P."""
        return self.start + self.grown + self.moved + self.measured + self.recalibrated - self.paid

    @property
    def grown(self) -> float:
        """Return A + F; negative where targets fell by more than was forgotten."""
        return self.drift + self.forgotten

    @property
    def interest(self) -> float | None:
        """Return i = (A + F)/D_start per quarter; None where nothing was owed at the start."""
        return self.grown / self.start / self.quarters if self.start > 0 else None

    @property
    def repayment_rate(self) -> float | None:
        """Return q = P/(A + F); None where the debt did not grow, so that nothing can be set against it."""
        return self.paid / self.grown if self.grown > 0 else None

    @property
    def quarters_left(self) -> float | None:
        """Return D/(P − A − F), the quarters until nothing is owed at this pace; None: it grows or stays.

        0 where nothing is owed at the end, whatever the pace.
        """
        if self.end <= 0:
            return 0.0
        pace = (self.paid - self.grown) / self.quarters
        return self.end / pace if pace > 0 else None
