"""Fetching one address, safely: an address that a person names may lead anywhere, also into their own network.

Only http and https; every host is resolved once, every address it resolves to must be a public one, and the connection goes to the very
address that was checked, so that a second answer of the name server cannot lead it elsewhere. Redirects are followed by hand and checked
like the first address. Size and time are bounded, and a site's robots.txt is respected.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import msgspec

from crosstally.errors import InputError

AGENT = "crosstally"
_REDIRECTS = 5
_SECONDS = 20.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
_ROBOTS_BYTES = 500_000
_SAVE = "open the page in a browser, and save or paste its text"

Resolve = Callable[[str, int], tuple[str, ...]]
Allowed = Callable[[str], bool]


class Fetched(msgspec.Struct, frozen=True):
    """``address`` is the one that answered, after redirects; ``kind`` its media type; ``sha256`` of ``data``."""

    address: str
    data: bytes
    kind: str
    sha256: str


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Every address a name stands for. Raises OSError."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def public(address: str) -> bool:
    """Whether an address lies on the open internet: not this machine, not a private, link-local, shared, multicast or reserved network."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def fetch(url: str, most: int, *, resolve: Resolve = resolve, allowed: Allowed = public, seconds: float = _SECONDS) -> Fetched:
    """The bytes at an address. ``most``: bytes that may come. ``allowed`` judges each resolved address.

    Raises InputError that names the address and the remedy: for another scheme, a host of a private network, too many redirects, more than
    ``most`` bytes, no answer in ``seconds`` altogether, an answer that is no text, or where robots.txt asks that the page not be read.
    """
    until = time.monotonic() + seconds
    at = url.strip()
    robots: dict[str, RobotFileParser | None] = {}
    for _ in range(_REDIRECTS + 1):
        parts = _checked(at)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in robots:
            robots[site] = _robots(site, until, resolve, allowed)
        rules = robots[site]
        if rules is not None and not rules.can_fetch(AGENT, at):
            raise InputError(at, "the site asks in its robots.txt that this page be read by people only", _SAVE)
        status, headers, data = _get(parts, at, most, until, resolve, allowed)
        target = headers.get("location")
        if status in _MOVED and target:
            at = urljoin(at, target)
            continue
        if status != 200:
            raise InputError(at, f"answered {status}", f"check the address, or {_SAVE}")
        kind = (headers.get("content-type") or "text/plain").partition(";")[0].strip().lower()
        if kind not in _KINDS:
            raise InputError(at, f"is {kind[:80]}, not a page or text", "name the address of the article itself")
        return Fetched(at, data, kind, hashlib.sha256(data).hexdigest())
    raise InputError(url, f"leads on more than {_REDIRECTS} times", "name the address it ends at")


def _checked(url: str) -> SplitResult:
    if any(ch.isspace() or ord(ch) < 32 for ch in url):
        raise InputError(url[:200], "is no web address", "write it as https://host/path, without spaces")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise InputError(url[:200], "is no web address", "write it as https://host/path") from None
    if parts.scheme not in ("http", "https"):
        raise InputError(url[:200], "is no http or https address", "only those are fetched; hand in anything else as a file")
    if not host or port == 0 or parts.username is not None or parts.password is not None:
        raise InputError(url[:200], "is no plain web address", "write it as https://host/path, without a user name")
    return parts


def _pinned(parts: SplitResult, at: str, until: float, resolve: Resolve, allowed: Allowed) -> tuple[socket.socket, int]:
    """A connection to a checked address of the host, through TLS where asked for."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = resolve(host.encode("idna").decode("ascii") if not host.isascii() else host, port)
    except (OSError, UnicodeError):
        raise InputError(at, f"there is no host {host}", "check the address") from None
    if not found or not all(allowed(address) for address in found):
        raise InputError(
            at, "is an address of this machine or of a private network", "only public addresses are fetched; save the page and hand in the file"
        )
    error: Exception | None = None
    for address in found[:4]:
        try:
            plain = socket.create_connection((address, port), timeout=_left(until, at))
            if parts.scheme == "https":
                return ssl.create_default_context().wrap_socket(plain, server_hostname=host), port
            return plain, port
        except (OSError, ssl.SSLError) as failed:
            error = failed
    why = "has a certificate that does not hold" if isinstance(error, ssl.SSLError) else "cannot be reached"
    raise InputError(at, why, f"check the address, or {_SAVE}")


def _left(until: float, at: str) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise InputError(at, "took too long to answer", f"try again later, or {_SAVE}")
    return left


def _get(parts: SplitResult, at: str, most: int, until: float, resolve: Resolve, allowed: Allowed) -> tuple[int, dict[str, str], bytes]:
    sock, port = _pinned(parts, at, until, resolve, allowed)
    connection = http.client.HTTPConnection(parts.hostname or "", port)
    connection.sock = sock
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.putrequest("GET", quote(path, safe="/:?#[]@!$&'()*+,;=%~-._"), skip_accept_encoding=True)
        connection.putheader("User-Agent", AGENT)
        connection.putheader("Accept", "text/html, text/plain;q=0.9")
        connection.putheader("Accept-Encoding", "identity")
        connection.putheader("Connection", "close")
        connection.endheaders()
        sock.settimeout(_left(until, at))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        data = b""
        while len(data) <= most:
            sock.settimeout(_left(until, at))
            piece = answer.read1(65536)
            if not piece:
                break
            data += piece
    except InputError:
        raise
    except (OSError, http.client.HTTPException, ValueError):
        raise InputError(at, "broke off its answer", f"try again later, or {_SAVE}") from None
    finally:
        sock.close()
    if len(data) > most:
        raise InputError(at, f"is more than {most / 1e6:,.1f} MB", f"{_SAVE}, or raise CROSSTALLY_MAX_REPORT_BYTES")
    return answer.status, headers, data


def _robots(site: str, until: float, resolve: Resolve, allowed: Allowed) -> RobotFileParser | None:
    """The site's rules; None where it has none or they cannot be had (RFC 9309: a missing file allows, an unreachable one forbids)."""
    at = f"{site}/robots.txt"
    rules = RobotFileParser()
    for _ in range(_REDIRECTS + 1):
        status, headers, data = _get(_checked(at), at, _ROBOTS_BYTES, until, resolve, allowed)
        target = headers.get("location")
        if status in _MOVED and target:
            at = urljoin(at, target)
            continue
        if status >= 500:
            raise InputError(site, "cannot say what it allows to be read", f"try again later, or {_SAVE}")
        if status != 200:
            return None
        rules.parse(data.decode("utf-8", "replace").splitlines())
        return rules
    return None
