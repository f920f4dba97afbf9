"""Facts one room tells the others: a frozen payload, sent only once the transaction has committed."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.dispatch import Signal

Payload = TypeVar("Payload")


class DomainEvent(Generic[Payload]):
    """A fact other rooms may hear of, for example "a learning partnership was closed".

    ``payload_type`` is a frozen dataclass; ``EVENTS`` lists every event of the product.
    """

    def __init__(self, name: str, payload_type: type[Payload]) -> None:
        """Declare the event under a past-tense name such as ``partnerships.closed``."""
        self.name = name
        self.payload_type = payload_type
        self._signal = Signal()
        EVENTS[name] = self

    def send_on_commit(self, payload: Payload) -> None:
        """Tell every subscriber after the running transaction has committed; never before."""
        transaction.on_commit(lambda: self._send(payload))

    def connect(self, handler: Callable[[Payload], None]) -> None:
        """Call ``handler`` with the payload of each sending; connecting twice counts once."""

        def receive(*, payload: Payload, **_: Any) -> None:
            handler(payload)

        self._signal.connect(receive, weak=False, dispatch_uid=f"{handler.__module__}.{handler.__qualname__}")

    def _send(self, payload: Payload) -> None:
        self._signal.send(sender=self.payload_type, payload=payload)


EVENTS: dict[str, DomainEvent[Any]] = {}
