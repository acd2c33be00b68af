"""Where a request comes from: this machine or elsewhere, a page of ours or another site."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def is_loopback(address: str) -> bool:
    """Whether an IP address, or the name localhost, is reached from this machine only."""
    if address.lower().rstrip(".") == "localhost":
        return True
    try:
        ip = ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return (mapped or ip).is_loopback


def is_local(connection: HTTPConnection) -> bool:
    """Whether a program of this machine sends it, to this machine by name, and no proxy between.

    The name matters because a web page elsewhere may have its own name lead to 127.0.0.1 (DNS rebinding).
    """
    server = connection.scope.get("server")
    if not server or not is_loopback(server[0]):
        return False
    if any(name in connection.headers for name in _FORWARDED):
        return False
    hosts = connection.headers.getlist("host")
    return len(hosts) == 1 and is_loopback(_name(hosts[0]))


def is_foreign(connection: HTTPConnection) -> bool:
    """Whether the script or the form of another site has a browser send it; to follow a link is no harm."""
    headers = connection.headers
    is_safe = connection.scope["type"] == "http" and connection.scope["method"] in _SAFE_METHODS
    if is_safe and headers.get("sec-fetch-mode") == "navigate":
        return False
    origin = headers.get("origin")
    if origin is None:
        return not is_safe and headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    return origin.lower().partition("://")[2] != headers.get("host", "").lower()


def neighbourhood(connection: HTTPConnection) -> str:
    """The address that a client is counted by: of IPv6 the network, within which addresses cost nothing."""
    host = connection.client.host if connection.client else ""
    try:
        ip = ip_address(host)
    except ValueError:
        return host
    return ip.exploded[:19] if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else host


def _name(host: str) -> str:
    """The name in a Host header; empty for what is none."""
    try:
        parts = urlsplit(f"//{host}")
        is_plain = parts.netloc == host and parts.port != 0 and "@" not in host
    except ValueError:
        return ""
    return (parts.hostname or "") if is_plain else ""
