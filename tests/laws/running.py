"""Runs a program against a stand-in for requests that sends nothing."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Self

Sent = tuple[str, str]
"""The method and the URL of a request."""

VERBS = ("get", "post", "put", "patch", "delete")


class Session:
    """Notes each request in ``sent``, and answers with itself."""

    def __init__(self, sent: list[Sent]) -> None:
        self.sent = sent

    def request(self, method: str, url: str) -> Session:
        self.sent.append((method.upper(), url))
        return self

    def __getattr__(self, name: str) -> Any:
        if name not in VERBS:
            raise AttributeError(name)

        def send(url: str) -> Session:
            return self.request(name, url)

        return send

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing open."""

    def json(self) -> dict[str, int]:
        return {"id": 1}


def recording(sent: list[Sent]) -> ModuleType:
    """Return a module that looks like requests."""
    module, session = ModuleType("requests"), Session(sent)
    for name in ("request", *VERBS):
        setattr(module, name, getattr(session, name))
    module.Session = lambda: session  # type: ignore[attr-defined]
    return module


@contextmanager
def _importing_from(folder: Path, requests: ModuleType) -> Iterator[None]:
    """Let imports find the folder and the stand-in, and forget afterwards what they found."""
    before = dict(sys.modules)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, str(folder))
    sys.modules["requests"] = requests
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.path_importer_cache.pop(str(folder), None)
        sys.dont_write_bytecode = written
        for name, module in [*sys.modules.items()]:
            file = getattr(module, "__file__", None) or ""
            if file.startswith(str(folder)):
                del sys.modules[name]
        sys.modules.pop("requests", None)
        if "requests" in before:
            sys.modules["requests"] = before["requests"]


def run(folder: Path) -> frozenset[Sent]:
    """Run ``main.py`` of a folder and return what it sent."""
    sent: list[Sent] = []
    with _importing_from(folder, recording(sent)):
        runpy.run_path(str(folder / "main.py"))
    return frozenset(sent)
