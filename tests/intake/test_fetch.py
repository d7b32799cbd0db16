"""Fetching an address: only public hosts, each hop checked, the connection pinned to what was checked, size, time and robots kept to."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from crosstally.errors import InputError
from crosstally.intake.fetch import fetch, public

PAGE = b"<html><body><p>Five people were killed.</p></body></html>"


class Site(http.server.BaseHTTPRequestHandler):
    robots: bytes | None = None
    asked: list[str] = []  # noqa: RUF012 - the handler's own log, emptied by each test

    def do_GET(self) -> None:
        Site.asked.append(f"{self.headers['Host']}{self.path}")
        if self.path == "/robots.txt":
            self._send(200 if Site.robots is not None else 404, Site.robots or b"", "text/plain")
        elif self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
        elif self.path == "/big":
            self._send(200, b"x" * 50_000, "text/html")
        elif self.path == "/slow":
            time.sleep(3)
            self._send(200, PAGE, "text/html")
        elif self.path == "/film":
            self._send(200, b"\x00" * 10, "video/mp4")
        elif self.path == "/gone":
            self._send(404, b"no", "text/html")
        else:
            self._send(200, PAGE, "text/html; charset=utf-8")

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Site.robots, Site.asked = None, []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def names(host: str, port: int) -> tuple[str, ...]:
    """The test's own name server: one name of the open internet, which is really this machine, and one inside."""
    if host not in ("news.example", "inside.example", "half.example"):
        raise OSError(host)
    return ("127.0.0.1",) if host == "news.example" else ("10.0.0.7",) if host == "inside.example" else ("127.0.0.1", "10.0.0.7")


def get(url: str, most: int = 10_000, seconds: float = 20.0) -> bytes:
    return fetch(url, most, resolve=names, allowed=lambda address: address == "127.0.0.1", seconds=seconds).data


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
     "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "fe80::1%eth0", "no address"],
)  # fmt: skip
def test_what_is_not_the_open_internet(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_what_is(address: str) -> None:
    assert public(address)


def test_a_page_comes_with_its_hash_and_its_address(port: int) -> None:
    found = fetch(f"http://news.example:{port}/to?/story", 10_000, resolve=names, allowed=lambda a: a == "127.0.0.1")
    assert found.data == PAGE
    assert found.address == f"http://news.example:{port}/story"
    assert found.kind == "text/html"
    assert len(found.sha256) == 64
    assert f"news.example:{port}/story" in Site.asked  # the name, though the connection went to the address that was checked


@pytest.mark.parametrize(
    ("url", "why"),
    [("file:///etc/passwd", "no http"), ("ftp://news.example/", "no http"), ("gopher://news.example/", "no http"), ("javascript:alert(1)", "no http"),
     ("http://", "no plain"), ("http://user:word@news.example/", "no plain"), ("http://news.example:99999/", "no web address"),
     ("http://news.example/a b", "no web address"), ("http://nowhere.example/", "there is no host"), ("http://inside.example/", "private network"),
     ("http://half.example/", "private network")],
)  # fmt: skip
def test_what_is_not_fetched_is_said_with_the_remedy(url: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as said:
        get(url)
    assert said.value.remedy


def test_by_default_this_machine_is_refused(port: int) -> None:
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "0x7f.1"):
        with pytest.raises(InputError, match=r"private network|no host"):
            fetch(f"http://{host}:{port}/story", 10_000)
    assert Site.asked == []


@pytest.mark.parametrize("target", ["http://inside.example/x", "file:///etc/passwd", "//inside.example/", "http://10.0.0.7/"])
def test_a_redirect_is_checked_like_the_first_address(port: int, target: str) -> None:
    with pytest.raises(InputError, match=r"private network|no http|no host"):
        get(f"http://news.example:{port}/to?{target}")


def test_redirects_end(port: int) -> None:
    with pytest.raises(InputError, match="leads on"):
        get(f"http://news.example:{port}/to?/to?/to?/to?/to?/to?/to?/to?/story")


@pytest.mark.parametrize(("path", "why"), [("/big", "more than 0.0 MB"), ("/film", "not a page or text"), ("/gone", "answered 404")])
def test_what_cannot_be_used(port: int, path: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        get(f"http://news.example:{port}{path}")


def test_a_slow_site_is_not_waited_for(port: int) -> None:
    with pytest.raises(InputError, match=r"broke off|too long"):
        get(f"http://news.example:{port}/slow", seconds=0.6)


def test_robots_are_respected(port: int) -> None:
    Site.robots = b"User-agent: *\nDisallow: /private\n"
    assert get(f"http://news.example:{port}/story") == PAGE
    with pytest.raises(InputError, match=r"robots\.txt"):
        get(f"http://news.example:{port}/private/story")
    with pytest.raises(InputError, match=r"robots\.txt"):
        get(f"http://news.example:{port}/to?/private/story")
    assert not [a for a in Site.asked if "/private" in a and "/to?" not in a]
