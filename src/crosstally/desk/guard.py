"""Who may talk to the desk: this machine, through the address it was opened at, from its own pages.

A desk serves a person's own ledger on their own machine. What threatens it is another web page in the same browser (cross-site posts, DNS
rebinding) and the texts it shows. So: the Host header must name this desk, whatever changes state must be a POST that carries this
process's token and comes from no other site, bodies are bounded, and a strict policy lets no inline script or style run.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_HEADER = "x-crosstally-token"


class Guard:
    """ASGI middleware. ``hosts``: the values of Host that are this desk. ``most``: bytes that a body may have."""

    def __init__(self, app: App, *, hosts: frozenset[str], most: int, token: str | None = None) -> None:
        self._app, self._hosts, self._most = app, hosts, most
        self.token = token or secrets.token_urlsafe(24)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        refusal = self._refused(scope["method"], headers)
        if refusal is not None:
            await _answer(send, *refusal)
            return
        await self._app(scope, self._bounded(receive), _dressed(send))

    def _refused(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return 421, "This desk answers on its own local address only."
        if method not in _SAFE:
            site, origin = headers.get("sec-fetch-site"), headers.get("origin")
            if site not in (None, "same-origin") or (origin is not None and origin != f"http://{host}"):
                return 403, "This came from another site, and was not done."
        try:
            length = int(headers.get("content-length", "0"))
        except ValueError:
            return 400, "Content-Length is no number."
        if length > self._most or length < 0:
            return 413, f"Too large: the most is {self._most / 1e6:,.0f} MB at once. Split it."
        return None

    def _bounded(self, receive: Receive) -> Receive:
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:  # a body sent in chunks says no length beforehand
                return {"type": "http.disconnect"}
            return message

        return bounded

    def holds(self, token: str | None) -> bool:
        """Whether a form or header carries this process's token."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())


def _dressed(send: Send) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {k.lower() for k, _ in message["headers"]}
            message["headers"] = [*message["headers"], *((k, v) for k, v in _HEADERS if k not in given)]
            if b"cache-control" not in given:
                message["headers"].append((b"cache-control", b"no-store"))
        await send(message)

    return dressed


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    start = {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]}
    await _dressed(send)(start)
    await send({"type": "http.response.body", "body": body})


def hosts_of(port: int) -> frozenset[str]:
    """The names under which a browser on this machine reaches the desk."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
