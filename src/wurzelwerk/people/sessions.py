"""Sessions in the database, read with a prepared query: every request of a signed-in person begins with one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import CharField

from wurzelwerk.kernel.late import NOW
from wurzelwerk.kernel.prepared import prepared


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; one that is over, or never was, holds nothing and gets a new key."""
        rows = _running(key=self.session_key)
        if not rows:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(rows[0][0])
        return found


@prepared(key=CharField())
def _running(key: Any) -> Any:
    """Return the session with this key while it runs."""
    return (
        SessionStore.get_model_class()
        ._default_manager.filter(session_key=key, expire_date__gt=NOW)
        .values_list("session_data")
    )
