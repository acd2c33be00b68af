"""Login through an identity provider (OpenID Connect), which Streamlit does: its settings, whom to admit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from assistant.errors import SettingsError

_FILE = ".streamlit/secrets.toml"
_COMMON = ("redirect_uri", "cookie_secret")
_OF_EACH = ("client_id", "client_secret", "server_metadata_url")
_COOKIE = "_streamlit_user"
_SECONDS = 31 * 24 * 3600
_LEAST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Provider:
    """What [auth] says. `names` are the providers to choose from, one empty name where it sets only one."""

    names: tuple[str, ...]
    cookie_secret: str = field(repr=False)

    def knows(self, cookies: Mapping[str, str]) -> bool:
        """Whether a browser that holds these cookies has been logged in by the provider."""
        signer = URLSafeTimedSerializer(self.cookie_secret, salt=_COOKIE)
        try:
            signer.loads(cookies.get(_COOKIE, ""), max_age=_SECONDS)
        except BadSignature:
            return False
        return True


def provider() -> Provider | None:
    """The identity providers of `.streamlit/secrets.toml`; None where it has no [auth].

    Raises:
        SettingsError: [auth] lacks something, or the file cannot be read.
    """
    auth = _section()
    if auth is None:
        return None
    named = {name: value for name, value in auth.items() if isinstance(value, Mapping)}
    sections = {name: value for name, value in named.items() if name != "client_kwargs"} or {"": auth}
    lacking = [name for name in _COMMON if not auth.get(name)]
    for name, section in sections.items():
        lacking += [f"{name}.{key}".lstrip(".") for key in _OF_EACH if not section.get(key)]
    if lacking:
        raise SettingsError(f"[auth] in {_FILE} lacks {', '.join(lacking)}; docs/access.md has an example")
    if not str(auth["redirect_uri"]).endswith("/oauth2callback"):
        raise SettingsError(f"redirect_uri of [auth] in {_FILE} must end with /oauth2callback")
    if len(str(auth["cookie_secret"])) < _LEAST_SECRET:
        raise SettingsError(
            f"cookie_secret of [auth] in {_FILE} is short; give it at least {_LEAST_SECRET} random characters"
        )
    return Provider(tuple(sections), str(auth["cookie_secret"]))


def subject(claims: Mapping[str, Any]) -> str:
    """The same text for the same person for ever: an e-mail address may pass on to somebody else."""
    return f"{claims.get('iss', '')}#{claims.get('sub', '')}"


def is_admitted(claims: Mapping[str, Any], admitted: Sequence[str]) -> bool:
    """Whether a person is one of `admitted`: addresses or @domains; everybody where it is empty.

    Only an address counts that the provider says it has verified.
    """
    if not claims.get("sub"):
        return False
    if not admitted:
        return True
    email = str(claims.get("email") or "").casefold()
    name, at, domain = email.rpartition("@")
    if not (name and at and str(claims.get("email_verified")).lower() == "true"):
        return False
    return bool({email, f"@{domain}"} & {item.casefold() for item in admitted})


def _section() -> Mapping[str, Any] | None:
    import streamlit as st

    if st.secrets.load_if_toml_exists():
        auth = st.secrets.get("auth")
        return auth if isinstance(auth, Mapping) else None
    if any(Path(file).exists() for file in st.get_option("secrets.files")):
        raise SettingsError(f"{_FILE} cannot be read as TOML; mend it, or remove it to do without a login")
    return None
