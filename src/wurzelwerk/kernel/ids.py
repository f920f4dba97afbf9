"""Short random names for everything that has a URL."""

import secrets

# Without vowels and look-alikes: no words by accident, readable over the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ"
LENGTH = 14

# Every letter of the alphabet for equally many bytes; the bytes left over are dropped.
_EVEN = 256 - 256 % len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNEVEN = bytes(range(_EVEN, 256))


def new_public_id() -> str:
    """Return a random identifier of 14 characters (about 77 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_public_ids(count: int) -> list[str]:
    """Return ``count`` identifiers like ``new_public_id``, some hundred times faster for many."""
    letters = ""
    while len(letters) < count * LENGTH:
        missing = count * LENGTH - len(letters)
        letters += secrets.token_bytes(missing * 9 // 8 + 64).translate(_LETTERS, _UNEVEN).decode("ascii")
    return [letters[start : start + LENGTH] for start in range(0, count * LENGTH, LENGTH)]


def new_secret_token() -> str:
    """Return an unguessable token of 43 URL-safe characters (256 bits) for capability URLs."""
    return secrets.token_urlsafe(32)
