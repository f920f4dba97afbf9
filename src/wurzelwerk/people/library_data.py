"""What the models of the sign-in library hold about persons; declared here because people uses them."""

from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention, library_models


def _sign_in(
    names: tuple[str, ...], *, retention: Retention, owner: str = "user", **more: tuple[str, ...]
) -> PersonalData:
    return PersonalData(owner=owner, fields=(Fields(Item.ACCOUNT, Purpose.SIGN_IN, retention, names),), **more)


def register_library_models() -> None:
    """Declare second factors, sessions, and the tables for addresses, which stay empty."""
    library_models.register(
        "mfa.authenticator",
        _sign_in(
            ("user", "type", "data", "created_at", "last_used_at"), retention=Retention.EMPLOYMENT, withheld=("data",)
        ),
    )
    library_models.register(
        "usersessions.usersession",
        _sign_in(
            ("user", "created_at", "ip", "last_seen_at", "session_key", "user_agent", "data"),
            retention=Retention.SHORT,
            withheld=("session_key",),
        ),
    )
    library_models.register(
        "account.emailaddress", _sign_in(("user", "email", "verified", "primary"), retention=Retention.EMPLOYMENT)
    )
    library_models.register(
        "account.emailconfirmation",
        _sign_in(
            ("email_address", "created", "sent", "key"),
            retention=Retention.SHORT,
            owner="email_address__user",
            withheld=("key",),
        ),
    )
