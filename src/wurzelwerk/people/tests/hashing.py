from django.contrib.auth.hashers import Argon2PasswordHasher

PASSWORD = "a long sentence to remember"


class CountingHasher(Argon2PasswordHasher):
    """Counts how often a password is hashed; weak, so that tests are quick."""

    time_cost, memory_cost, parallelism = 1, 8, 1
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.hashed += 1
        return super().verify(password, encoded)
