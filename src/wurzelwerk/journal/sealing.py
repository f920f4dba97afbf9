"""Sealing texts with a key that lies outside the database (AES-256-GCM); plain bytes in, sealed bytes out.

The key file holds one key per line: the first seals, all of them open. So a key is changed by
putting a new line on top; the nightly job seals everything anew, then the old line can go.
What a sealed text belongs to is bound into it: moved to another row, it does not open.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SCHEME: Final = b"\x01"
NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 8
PURPOSE: Final = b"wurzelwerk journal v1"


class SealBrokenError(Exception):
    """A sealed text does not open: its key is missing, or it was altered. Carries no text."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text and the name of the key that opens it."""

    key_id: str
    data: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One derived key and its public name; neither tells the secret it comes from."""

    key_id: str
    cipher: AESGCM


@lru_cache(maxsize=8)
def derive_key(secret: bytes) -> Key:
    """Derive the key of the journal, and its name, from one line of the key file."""
    return Key(
        key_id=_derive(secret, PURPOSE + b" key id", KEY_ID_BYTES).hex(),
        cipher=AESGCM(_derive(secret, PURPOSE + b" key", KEY_BYTES)),
    )


def _derive(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(secret)


class KeyRing:
    """The keys of one key file; the first one seals."""

    def __init__(self, file_content: bytes) -> None:
        """Take the keys from the lines of the file; raises ``ValueError`` when there is none."""
        self._keys: Sequence[Key] = [derive_key(line.strip()) for line in file_content.splitlines() if line.strip()]
        if not self._keys:
            raise ValueError("The journal's key file is empty.")

    @property
    def current_id(self) -> str:
        """The name of the key that seals."""
        return self._keys[0].key_id

    @property
    def known_ids(self) -> frozenset[str]:
        """The names of all keys that open."""
        return frozenset(key.key_id for key in self._keys)

    def seal(self, text: bytes, *, belongs_to: str) -> Sealed:
        """Seal ``text`` so that it opens only as what it belongs to."""
        key = self._keys[0]
        nonce = secrets.token_bytes(NONCE_BYTES)
        return Sealed(key.key_id, SCHEME + nonce + key.cipher.encrypt(nonce, text, belongs_to.encode()))

    def open(self, sealed: Sealed, *, belongs_to: str) -> bytes:
        """Return the text; raises ``SealBrokenError`` for a missing key or any altered byte."""
        key = next((key for key in self._keys if key.key_id == sealed.key_id), None)
        data = bytes(sealed.data)
        if key is None or data[:1] != SCHEME:
            raise SealBrokenError
        nonce, rest = data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :]
        try:
            return key.cipher.decrypt(nonce, rest, belongs_to.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError from error
