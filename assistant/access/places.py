"""Where a request comes from: this machine or elsewhere, a page of ours or another site."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

_FORWARDED = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
_FORWARDED_BEGIN = "x-forwarded"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def is_loopback(address: str) -> bool:
    """Whether an IP address, or the name localhost, is reached from this machine only."""
    if address.lower().rstrip(".") == "localhost":
        return True
    ip = _ip(address.strip("[]"))
    return ip is not None and ip.is_loopback


def is_elsewhere(address: str | None) -> bool:
    """Whether this is an IP address of another machine."""
    ip = _ip(address)
    return ip is not None and not ip.is_loopback


def is_local(connection: HTTPConnection) -> bool:
    """Whether a program of this machine sends it, to this machine by name, and no proxy between.

    The name matters because a web page elsewhere may have its own name lead to 127.0.0.1 (DNS rebinding).
    """
    server = connection.scope.get("server")
    if not server or not is_loopback(server[0]):
        return False
    if any(name in _FORWARDED or name.startswith(_FORWARDED_BEGIN) for name in connection.headers):
        return False
    hosts = connection.headers.getlist("host")
    return len(hosts) == 1 and is_loopback(_name(hosts[0]))


def is_foreign(connection: HTTPConnection) -> bool:
    """Whether a page of another site has a browser send it; to follow a link is no harm.

    Pictures and scripts that such a page is made of come without an Origin, but browsers tell their mode.
    """
    headers = connection.headers
    is_safe = connection.scope["type"] == "http" and connection.scope["method"] in _SAFE_METHODS
    mode = headers.get("sec-fetch-mode")
    if is_safe and mode == "navigate":
        return False
    origin = headers.get("origin")
    if origin is None:
        is_other = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        return is_other and (not is_safe or mode is not None)
    return origin.lower().partition("://")[2] != headers.get("host", "").lower()


def base_path(base: str) -> str:
    """The path below which the pages are served, with a slash before it and none behind; "" for the root."""
    return f"/{base.strip('/')}".rstrip("/")


def neighbourhood(connection: HTTPConnection) -> str:
    """The address that a client is counted by: of IPv6 the network, within which addresses cost nothing."""
    host = connection.client.host if connection.client else ""
    ip = _ip(host)
    return ip.exploded[:19] if isinstance(ip, IPv6Address) else str(ip or host)


def _ip(address: str | None) -> IPv4Address | IPv6Address | None:
    """An IP address, that of IPv4 where one is written as of IPv6; None for what is none."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return None
    return (isinstance(ip, IPv6Address) and ip.ipv4_mapped) or ip


def _name(host: str) -> str:
    """The name in a Host header; empty for what is none."""
    try:
        parts = urlsplit(f"//{host}")
        is_plain = parts.netloc == host and parts.port != 0 and "@" not in host
    except ValueError:
        return ""
    return (parts.hostname or "") if is_plain else ""
