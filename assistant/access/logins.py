"""Passwords, and the signed cookie of whoever gave a right one."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from assistant.errors import StorageError
from assistant.settings import Account, Settings

FILE = "login.key"
SECONDS = 30 * 24 * 3600
_KEY_BYTES = 32


class Logins:
    """Checks names and passwords, and makes and reads login cookies.

    A cookie holds for 30 days, and no longer than the password with which it was earned.
    """

    def __init__(self, accounts: Iterable[Account], key: bytes) -> None:
        """`key` is the secret that cookies are signed with."""
        self._passwords = {account.name: account.password.encode() for account in accounts}
        self._key = key
        self._signer = URLSafeTimedSerializer(key, salt="login")

    @property
    def cookie(self) -> str:
        """The name of the cookie. Ports of a machine share cookies: each storage has a name of its own."""
        return f"assistant_login_{sha256(self._key).hexdigest()[:8]}"

    def admits(self, name: str, password: str) -> bool:
        """Whether this is the person's password; takes as long for a name that does not exist."""
        known = self._passwords.get(name)
        is_right = hmac.compare_digest(self._digest(known or b""), self._digest(password.encode()))
        return is_right and known is not None

    def issue(self, name: str) -> str:
        """The cookie of a person who was admitted."""
        return str(self._signer.dumps([name, self._mark(name)]))

    def person(self, cookie: str) -> str:
        """Whose cookie it is; empty if it is forged, too old, or of an account that has changed or gone."""
        try:
            name, mark = self._signer.loads(cookie, max_age=SECONDS)
        except (BadSignature, ValueError, TypeError):
            return ""
        is_valid = name in self._passwords and hmac.compare_digest(self._mark(name), mark)
        return str(name) if is_valid else ""

    def _mark(self, name: str) -> str:
        """Tells passwords apart without giving them away."""
        return self._digest(self._passwords[name]).hex()[:16]

    def _digest(self, password: bytes) -> bytes:
        return hmac.digest(self._key, password, "sha256")


def logins(settings: Settings) -> Logins | None:
    """The logins of these settings; None where no passwords are set.

    Raises:
        StorageError: the signing key cannot be kept in the storage.
    """
    return Logins(settings.passwords, _key(settings.storage)) if settings.passwords else None


def _key(storage: Path) -> bytes:
    """The key of this storage, made at the first call; its file is for the eyes of its owner only."""
    path = storage / FILE
    try:
        if not path.exists():
            _write_key(path)
        key = path.read_bytes()
    except OSError as error:
        raise StorageError(f"{path} cannot be used ({error.strerror}); give the program access") from error
    if len(key) != _KEY_BYTES:
        raise StorageError(f"{path} is damaged; delete it, everybody then logs in again")
    return key


def _write_key(path: Path) -> None:
    """Whole or not at all, and of two processes that start together the first one's key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        with suppress(FileExistsError):
            os.link(own, path)
    finally:
        own.unlink()
