"""Who may enter: logins with passwords or an identity provider, and the guard in front of every request."""

from assistant.access.binding import require_keys, require_login
from assistant.access.guard import Guard
from assistant.access.logins import Logins, logins
from assistant.access.provider import Provider, provider

__all__ = ["Guard", "Logins", "Provider", "logins", "provider", "require_keys", "require_login"]
