"""A real HTTP server on the loopback that answers any method and path, and records requests."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

_CACHES = itertools.count()

# Where a shell started pytest in the background, what tests start would ignore Ctrl-C, too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

RECORD = {"id": 1, "name": "Tower A", "title": "Door schedule", "number": "12", "status": "open"}
TOKEN = {"access_token": "granted", "token_type": "Bearer", "expires_in": 7200}
# The host is kept by itself; the date differs from run to run without the client's doing.
VOLATILE = {"host", "date"}
WHOLE_URL = re.compile(r"^https?://[^/]*")
LAUNCHER = Path(__file__).parent / "driving.py"
BOUNDARY = re.compile(r'(?<=boundary=)"?([^";]+)"?')


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sample",
        type=int,
        default=1,
        metavar="N",
        help="run one in N of the cases of each test that is marked as sampled",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the cases that are not in the sample, and have it said how many."""
    each = config.getoption("sample")
    cases: Counter[str] = Counter()
    left: list[pytest.Item] = []
    kept: list[pytest.Item] = []
    for item in items:
        name = item.nodeid.partition("[")[0] if item.get_closest_marker("sampled") else ""
        (left if name and cases[name] % each else kept).append(item)
        cases[name] += 1
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@dataclass(frozen=True, slots=True, order=True)
class Request:
    """One request as it arrived, without what is random in it: equal means sent alike.

    Header names are in lower case and sorted; ``path`` is as sent, without the query.
    """

    method: str
    host: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    def fits(self, line: str) -> bool:
        """Say whether it is one that ``METHOD /path/{placeholder}`` stands for."""
        pattern = re.sub(r"\\{\w*\\}", "[^/{}]+", re.escape(line))
        return re.fullmatch(pattern, self.line) is not None


def record(method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes) -> Request:
    """Return the request with its multipart boundary replaced and volatile headers left out."""
    kept = []
    host = ""
    for name, text in headers:
        if name.lower() == "host":
            host = text
        if boundary := BOUNDARY.search(text):
            body = body.replace(boundary[1].encode(), b"BOUNDARY")
        if name.lower() not in VOLATILE:
            kept.append((name.lower(), BOUNDARY.sub("BOUNDARY", text)))
    # http.client sends a whole URL as the target where it is given one.
    path, _, query = WHOLE_URL.sub("", target).partition("?")
    return Request(method, host, path, query, tuple(sorted(kept)), body)


def plausible_answer(method: str, path: str) -> tuple[int, Any]:
    """Return the status and JSON body that an API of this style would answer with."""
    last = path.rpartition("/")[2]
    match method:
        case "POST" if path.endswith("/oauth/token"):
            return 200, TOKEN
        case "POST":
            return 201, {"id": 7}
        case "DELETE":
            return 204, None
        case "GET" if not last.isdigit() and last != "me":
            return 200, [RECORD, RECORD | {"id": 2, "name": "Tower B"}]
        case _:
            return 200, RECORD | {"id": int(last) if last.isdigit() else 1}


def next_page(base: str, target: str) -> str | None:
    """Return the Link header of the first page of a list that the client asked for by pages."""
    parts = urlsplit(target)
    query = parse_qs(parts.query)
    if "per_page" not in query or "page" in query:
        return None
    return f'<{base}{parts.path}?{parts.query}&page=2>; rel="next"'


class Handler(BaseHTTPRequestHandler):
    server: RecordingServer
    protocol_version = "HTTP/1.1"
    timeout = 20
    # An answer in one packet: in two, each waits for the other side's delayed ACK.
    wbufsize = -1

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer every method, whatever it is called."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = record(self.command, self.path, self.headers.items(), body)
        self.server.requests.append(request)
        status, answer = plausible_answer(request.method, request.path)
        if request.method == "GET":
            for suffix, given in self.server.answers.items():
                if request.path.endswith(suffix):
                    answer = given
        content = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        link = next_page(self.server.url, self.path)
        if link and isinstance(answer, list):
            self.send_header("Link", link)
        if content:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked for is in the record."""


class RecordingServer(ThreadingHTTPServer):
    """Keeps what it is sent; ``answers`` maps the end of a path to the JSON that GET returns."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Request] = []
        self.answers: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def take(self) -> list[Request]:
        """Return the requests since the last time, and forget them."""
        taken, self.requests = self.requests, []
        return taken


@pytest.fixture(scope="module")
def server() -> Iterator[RecordingServer]:
    """Run a server for the tests of one module."""
    with RecordingServer() as running:
        # The default interval would cost half a second at the end.
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@dataclass(frozen=True, slots=True)
class Launcher:
    """A process that runs drivers, each in a process of its own; see ``driving.py``."""

    process: subprocess.Popen[str]
    log: Path

    def run(self, folder: Path, driver: Path) -> None:
        """Run the program in a folder to its end; fail with what it printed if it fails."""
        order = {"folder": str(folder), "driver": str(driver), "log": str(self.log)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "0\n", self.log.read_text("utf-8")


@pytest.fixture(scope="module")
def launcher(
    server: RecordingServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Launcher]:
    """Start one launcher for the tests of one module, with its requests led to their server."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    with subprocess.Popen(
        [sys.executable, str(LAUNCHER), str(server.server_port)],
        cwd=home,
        env=kept | {"HOME": str(home), "NO_PROXY": "*", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Launcher(process, home / "log")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test finds apart from what others do, and from the user's."""
    folder = tmp_path_factory.getbasetemp() / "caches" / str(next(_CACHES))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
